// The picture as it stands, on white, with its title, its legend, and the lines that say what it is.
function legendEntries() {
  return view.kinds.map(function (entry) {
    return { name: entry.name, item: { shape: entry.shape, color: entry.color, group: entry.key } };
  }).concat(view.durations.map(function (entry) { return { name: entry.name, style: entry.style }; }));
}

function paintMark(ctx, entry, x, y) {
  ctx.setLineDash([]);
  if (entry.style) {
    ctx.beginPath();
    ctx.setLineDash(dashOf[entry.style]);
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = '#667085';
    ctx.moveTo(x, y);
    ctx.lineTo(x + 26, y);
    ctx.stroke();
    return 32;
  }
  path(ctx, entry.item.shape, x + 6, y, 5.5);
  ctx.fillStyle = ctx.strokeStyle = entry.item.color;
  if (entry.item.group === 'ghost') { ctx.setLineDash([3, 2]); ctx.stroke(); } else { ctx.fill(); }
  return 18;
}

// Marks and names in rows; gives back the height that they take.
function paintLegend(ctx, width, top) {
  var x = 16, y = top;
  ctx.font = '12px ' + family;
  ctx.textBaseline = 'middle';
  legendEntries().forEach(function (entry) {
    var wide = ctx.measureText(entry.name).width + 50;
    if (x + wide > width && x > 16) { x = 16; y += 20; }
    var after = paintMark(ctx, entry, x, y);
    ctx.setLineDash([]);
    ctx.fillStyle = '#1c2434';
    ctx.fillText(entry.name, x + after, y);
    x += ctx.measureText(entry.name).width + after + 18;
  });
  return y - top + 20;
}

function pictured() {
  var drawn = stage.querySelector('canvas'), width = stage.clientWidth, ratio = drawn.width / Math.max(width, 1);
  var sheet = document.createElement('canvas'), ctx = sheet.getContext('2d');
  var low = 50 + drawn.height / ratio, lines = [view.source_line, view.edition_line + '. ' + view.licence_line].concat(view.sample_note ? [view.sample_note] : []);
  sheet.width = drawn.width;
  sheet.height = (low + paintLegend(ctx, width, 0) + 24 + 16 * lines.length) * ratio;
  ctx.fillStyle = '#fff';
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  ctx.drawImage(drawn, 0, 50 * ratio);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = '#1c2434';
  ctx.textBaseline = 'alphabetic';
  ctx.font = '700 18px ' + family;
  ctx.fillText(cut(ctx, view.title, width - 32), 16, 30);
  low += paintLegend(ctx, width, low + 10) + 24;
  ctx.textBaseline = 'alphabetic';
  ctx.fillStyle = '#525d70';
  lines.forEach(function (line, n) { ctx.fillText(cut(ctx, line, width - 32), 16, low + 16 * n); });
  return sheet;
}

byId('save').addEventListener('click', function () {
  pictured().toBlob(function (blob) { saveBlob(blob, 'map.png'); });
});
byId('save-svg').addEventListener('click', function () { saveSvg(byId('still').querySelector('svg'), 'map'); });
byId('print').addEventListener('click', function () { window.print(); });
