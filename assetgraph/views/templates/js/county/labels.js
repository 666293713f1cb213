// Names at a fixed size on the screen. A name that would cover another name or a shape is left out until there is room.
var family = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
var wrapped = new Map();
var laidOut = { key: '', labels: [] };

function styleFor(item) {
  if (item.group === 'office') { return { font: '700 14px ' + family, size: 14, color: looks.colors.ink, width: small ? 96 : 150, first: 0 }; }
  if (item.group === 'area') {
    return { font: (small ? '700 12px ' : '700 13.5px ') + family, size: small ? 12 : 13.5, color: looks.colors.area, width: small ? 84 : 140, first: 1 };
  }
  if (item.group === 'ghost') { return { font: '600 12px ' + family, size: 12, color: looks.colors.gap, width: 120, first: 2 }; }
  var size = small ? 11.5 : 12.3;
  // Partners before offerings before districts, and districts that nothing touches last.
  var first = item.ring === 3 ? 3 : item.ring === 2 ? 4 : linksAt.get(item.id).length ? 5 : 6;
  return { font: size + 'px ' + family, size: size, color: looks.colors.ink, width: item.ring === 4 ? 106 : 118, first: first };
}

function cut(ctx, word, width) {
  if (ctx.measureText(word).width <= width) { return word; }
  var letters = Array.from(word);
  while (letters.length > 1 && ctx.measureText(letters.join('') + '…').width > width) { letters.pop(); }
  return letters.join('') + '…';
}

// A name in at most three lines of about that width.
function linesOf(ctx, item, style, width) {
  var key = item.name + '/' + style.font + '/' + width;
  if (wrapped.has(key)) { return wrapped.get(key); }
  ctx.font = style.font;
  var lines = [], words = item.name.split(' '), line = '', whole = true;
  for (var n = 0; n < words.length; n += 1) {
    var tried = line ? line + ' ' + words[n] : words[n];
    if (line && ctx.measureText(tried).width > width) {
      lines.push(line);
      line = words[n];
      if (lines.length === 3) { whole = false; break; }
    } else { line = tried; }
  }
  if (lines.length < 3) { lines.push(line); }
  lines = lines.map(function (one) { return cut(ctx, one, width + 14); });
  if (!whole) { lines[2] = cut(ctx, lines[2] + ' …', width + 14).replace(/ ?…+$/, '…'); }
  var label = { lines: lines, width: Math.max.apply(null, lines.map(function (one) { return ctx.measureText(one).width; })) };
  wrapped.set(key, label);
  return label;
}

// Where a name may stand around its shape, the best place first: outward on the outer ring, else below.
function candidates(item, at, label, style, gap) {
  var height = label.lines.length * style.size * 1.17, half = label.width / 2;
  var box = function (x, y, align) {
    var left = align === 'left' ? x : align === 'right' ? x - label.width : x - half;
    return { x: x, y: y, align: align, lines: label.lines, left: left - 2, right: left + label.width + 2, top: y - 1, bottom: y + height + 1 };
  };
  var below = box(at.x, at.y + gap, 'center'), above = box(at.x, at.y - gap - height, 'center');
  var right = box(at.x + gap + 2, at.y - height / 2, 'left'), left = box(at.x - gap - 2, at.y - height / 2, 'right');
  var lowRight = box(at.x + gap * 0.7, at.y + gap * 0.7, 'left'), lowLeft = box(at.x - gap * 0.7, at.y + gap * 0.7, 'right');
  var highRight = box(at.x + gap * 0.7, at.y - gap * 0.7 - height, 'left');
  var highLeft = box(at.x - gap * 0.7, at.y - gap * 0.7 - height, 'right');
  var all = item.y < 0 ? [above, below] : [below, above];
  var sides = item.x < 0 ? [left, right] : [right, left];
  var corners = [lowRight, lowLeft, highRight, highLeft];
  if (item.ring === 4) { return (Math.abs(item.x) > 0.8 ? sides.concat(all) : all.concat(sides)).concat(corners); }
  if (item.ring === 0) { return [below, above]; }
  if (item.ring === 1) { return all.concat(sides, corners); }
  return [below].concat(sides, [above], corners);
}

function crosses(a, b) { return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; }

function layLabels(ctx, kept) {
  var scale = network.getScale(), width = stage.clientWidth, height = stage.clientHeight;
  var seen = items.filter(itemShown).filter(function (item) { return !kept || kept.has(item.id) || item.id === state.hover; });
  var blocks = seen.map(function (item) {
    var at = onScreen(item), r = sizeOf(item) * scale;
    return { id: item.id, left: at.x - r, right: at.x + r, top: at.y - r, bottom: at.y + r };
  });
  var lines = kept && state.chosen ? linksAt.get(state.chosen).filter(linkShown).map(function (link) {
    return [onScreen(itemOf.get(link.from_id)), onScreen(itemOf.get(link.to_id))];
  }) : [];
  var covers = buttonBoxes();
  var order = seen.slice().sort(function (a, b) { return rank(a) - rank(b) || Number(a.id.slice(1)) - Number(b.id.slice(1)); });
  var labels = [];
  order.forEach(function (item) {
    var style = styleFor(item), label = linesOf(ctx, item, style, style.width), at = onScreen(item), urgent = rank(item) < 0;
    if (at.x < -60 || at.y < -60 || at.x > width + 60 || at.y > height + 60) { return; }
    var gap = sizeOf(item) * scale + (item.id === state.chosen ? 10 : 5);
    var places = candidates(item, at, label, style, gap);
    if (item.ring > 1) {
      [84, 190].forEach(function (other) { places = places.concat(candidates(item, at, linesOf(ctx, item, style, other), style, gap)); });
    }
    var legible = places.filter(function (box) {
      if (box.left < 2 || box.top < 2 || box.right > width - 2 || box.bottom > height - 2) { return false; }
      return !labels.some(function (other) { return crosses(box, other.box); }) &&
        !covers.some(function (cover) { return crosses(box, cover); });
    });
    var free = legible.filter(function (box) {
      return !blocks.some(function (block) { return block.id !== item.id && crosses(box, block); });
    });
    var struck = function (box) { return lines.filter(function (line) { return runsThrough(line, box); }).length; };
    if (lines.length) { free.sort(function (a, b) { return struck(a) - struck(b); }); }
    // A content area always keeps its name, where it covers the fewest shapes, and never the office.
    var covered = function (box) {
      return blocks.filter(function (block) { return block.id !== item.id && crosses(box, block); })
        .reduce(function (sum, block) { return sum + (itemOf.get(block.id).ring < 2 ? 20 : 1); }, 0);
    };
    if (!free.length && rank(item) <= 1) { legible.sort(function (a, b) { return covered(a) - covered(b); }); }
    var box = free[0] || (rank(item) <= 1 ? legible[0] : null) || (urgent ? inside(places[0], width, height) : null);
    if (box) { labels.push({ item: item, box: box, lines: box.lines, style: style }); }
  });
  return labels;
}

// The buttons that float over the picture: no name goes under them.
function buttonBoxes() {
  var whole = stage.getBoundingClientRect();
  return Array.from(document.querySelectorAll('.zoom, .bar, .where')).map(function (one) {
    var box = one.getBoundingClientRect();
    return { left: box.left - whole.left - 3, right: box.right - whole.left + 3, top: box.top - whole.top - 3, bottom: box.bottom - whole.top + 3 };
  });
}

function runsThrough(line, box) {
  for (var n = 1; n < 24; n += 1) {
    var x = line[0].x + (line[1].x - line[0].x) * n / 24, y = line[0].y + (line[1].y - line[0].y) * n / 24;
    if (x > box.left && x < box.right && y > box.top && y < box.bottom) { return true; }
  }
  return false;
}

function inside(box, width, height) {
  var dx = Math.max(0, 4 - box.left) - Math.max(0, box.right - width + 4);
  var dy = Math.max(0, 4 - box.top) - Math.max(0, box.bottom - height + 4);
  return Object.assign({}, box, {
    x: box.x + dx, y: box.y + dy, left: box.left + dx, right: box.right + dx, top: box.top + dy, bottom: box.bottom + dy
  });
}

function rank(item) {
  if (item.id === state.chosen) { return -3; }
  if (item.id === state.focus && document.activeElement === stage) { return -2; }
  if (item.id === state.hover) { return -1; }
  return styleFor(item).first;
}

function paintLabels(ctx, kept) {
  var corner = network.DOMtoCanvas({ x: 0, y: 0 }), scale = network.getScale();
  var key = [whatIsShown(), scale, corner.x, corner.y, stage.clientWidth, stage.clientHeight, reach.x, state.hover, state.focus,
    document.activeElement === stage].join('|');
  if (laidOut.key !== key) { laidOut = { key: key, labels: layLabels(ctx, kept) }; }
  ctx.save();
  ctx.translate(corner.x, corner.y);
  ctx.scale(1 / scale, 1 / scale);
  ctx.textBaseline = 'top';
  ctx.lineJoin = 'round';
  laidOut.labels.forEach(function (label) {
    ctx.font = label.item.id === state.chosen ? label.style.font.replace(/^(\d+ )?/, '700 ') : label.style.font;
    ctx.textAlign = label.box.align;
    label.lines.forEach(function (line, n) {
      var y = label.box.y + n * label.style.size * 1.17;
      ctx.lineWidth = 4;
      ctx.strokeStyle = 'rgba(255, 255, 255, 0.92)';
      ctx.strokeText(line, label.box.x, y);
      ctx.fillStyle = label.style.color;
      ctx.fillText(line, label.box.x, y);
    });
  });
  ctx.restore();
}
