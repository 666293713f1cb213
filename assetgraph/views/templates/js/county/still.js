// What is on the screen as a drawing of its own: a title above; below, what shapes and lines mean, the day, the edition and the licence.
var svgFont = 'system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif';

var pen = document.createElement('canvas').getContext('2d');

// Text in lines of at most that width; a word that is longer is cut.
function inLines(text, font, width) {
  var lines = [''];
  pen.font = font;
  text.split(' ').forEach(function (word) {
    var last = lines.length - 1, tried = lines[last] ? lines[last] + ' ' + word : word;
    if (!lines[last] || pen.measureText(tried).width <= width) { lines[last] = cut(pen, tried, width); } else { lines.push(cut(pen, word, width)); }
  });
  return lines;
}

// A sheet of that width, white, with its title in one line, and lines that say what it is below ``low``.
function sheetOf(title, width, low, lines) {
  var said = [].concat.apply([], lines.map(function (line) { return inLines(line, '12px ' + svgFont, width - 30); })), high = low + 18 * said.length + 20;
  var made = drawn('svg', { xmlns: svgSpace, viewBox: '0 0 ' + width + ' ' + high, width: width, height: high, 'font-family': svgFont });
  drawn('rect', { width: width, height: high, fill: looks.colors.paper }, made);
  pen.font = '700 18px ' + svgFont;
  drawn('text', { x: 12, y: 28, 'font-size': 18, 'font-weight': 700, fill: looks.colors.ink }, made).textContent = cut(pen, title, width - 30);
  said.forEach(function (line, n) {
    drawn('text', { x: 12, y: low + 14 + 18 * n, 'font-size': 12, fill: looks.colors.soft }, made).textContent = line;
  });
  return made;
}

function svgShape(item, x, y, size, inside, faint) {
  var corners = looks.corners[item.shape], gap = item.shape === 'ghost';
  if (corners) {
    return drawn('polygon', { points: corners.map(function (one) { return (x + one[0] * size).toFixed(1) + ',' + (y + one[1] * size).toFixed(1); }).join(' '), fill: item.color }, inside);
  }
  var round = drawn('circle', {
    cx: x.toFixed(1), cy: y.toFixed(1), r: size.toFixed(1), fill: gap ? looks.colors.paper : item.color,
    stroke: gap ? item.color : null, 'stroke-width': gap ? 1.5 : null, 'stroke-dasharray': gap ? looks.dashes.ghost.join(' ') : null
  }, inside);
  if (item.shape === 'ring') { drawn('circle', { cx: x.toFixed(1), cy: y.toFixed(1), r: (size * 0.7).toFixed(1), fill: 'none', stroke: looks.colors.paper, 'stroke-width': 2 }, inside); }
  if (gap) { drawn('text', { x: x, y: y + size * 0.42, opacity: faint ? 0.16 : null, 'font-size': size * 1.2, 'font-weight': 700, 'text-anchor': 'middle', fill: item.color }, inside).textContent = '?'; }
  return round;
}

function svgLine(link, lit, inside) {
  var from = onScreen(itemOf.get(link.from_id)), to = onScreen(itemOf.get(link.to_id)), style = styleOn(link);
  var faint = style === 'ended' || !itemOf.get(link.from_id).ring || !itemOf.get(link.to_id).ring;
  drawn('line', {
    x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1), 'stroke-dasharray': looks.dashes[style].join(' ') || null,
    stroke: lit ? litColor(style) : style === 'suggested' ? looks.colors.gap : looks.colors[faint ? 'faint' : 'line'], 'stroke-width': lit ? 2.4 : faint ? 0.6 : 1
  }, inside);
}

// Marks and names in rows from ``top`` down; gives back how high they are.
function svgLegend(width, top, inside) {
  var x = 12, y = top;
  view.kinds.concat(view.durations).forEach(function (entry) {
    var wide = 44 + entry.name.length * 6.8;
    if (x + wide > width && x > 12) { x = 12; y += 20; }
    if (entry.style) {
      drawn('line', { x1: x, y1: y, x2: x + 26, y2: y, stroke: looks.colors.line, 'stroke-width': 1.5, 'stroke-dasharray': looks.dashes[entry.style].join(' ') || null }, inside);
    } else { svgShape(entry, x + 13, y, 6, inside); }
    drawn('text', { x: x + 32, y: y + 4, 'font-size': 12, fill: looks.colors.ink }, inside).textContent = entry.name;
    x += wide;
  });
  return y - top + 20;
}

// Which day and filters a picture is of, in words; empty where it is all, on the day of the map.
function filtersInWords() {
  var names = function (entries, hidden) { return entries.filter(function (one) { return hidden.has(one.key); }).map(function (one) { return one.name; }); };
  var hidden = names(view.kinds, state.hiddenGroups).concat(names(view.durations, state.hiddenStyles));
  var chosen = ['area', 'scope', 'grades'].filter(function (name) { return state[name]; }).map(function (name) { return byId(name).selectedOptions[0].textContent; });
  var parts = [state.on === view.on ? '' : 'for ' + state.on + ' (sentences are for ' + view.as_of + ')', chosen.join(', '), hidden.length ? 'without ' + hidden.join(', ') : ''];
  return parts.filter(Boolean).join('; ');
}

// The county as it stands on the screen: the same part of it, with the same names; what is not lit is faint.
function shownCounty() {
  var wide = Math.max(seen.width, 320), high = Math.max(seen.height, 240), width = Math.max(wide, 760), kept = inSight(), lit = new Set(litLinks());
  var lines = [view.source_line, view.edition_line + '. ' + view.licence_line].concat(view.sample_note ? [view.sample_note] : []);
  if (isFiltered()) { lines.unshift('Shown: ' + filtersInWords()); }
  var legend = drawn('g', {}), low = svgLegend(width, high + 64, legend);
  var made = sheetOf(state.chosen ? view.county + ' County: ' + itemOf.get(state.chosen).name : view.title, width, high + 64 + low, lines);
  var ground = drawn('svg', { x: (width - wide) / 2, y: 44, width: wide, height: high, viewBox: '0 0 ' + wide + ' ' + high }, made);
  allLinks.filter(function (link) { return linkShown(link) && !lit.has(link) && edges.get(link.id); }).forEach(function (link) { svgLine(link, false, ground); });
  if (kept) { drawn('rect', { width: wide, height: high, fill: looks.colors.paper, opacity: 0.84 }, ground); }
  lit.forEach(function (link) { svgLine(link, true, ground); });
  items.filter(itemShown).forEach(function (item) {
    var at = onScreen(item), faint = kept && !kept.has(item.id), shape = svgShape(item, at.x, at.y, sizeOf(item) * network.getScale(), ground, faint);
    if (faint) { shape.setAttribute('opacity', 0.16); }
    if (item.id === state.chosen || item.id === state.to) { shape.setAttribute('stroke', looks.colors.ink); shape.setAttribute('stroke-width', 3); }
    drawn('title', {}, shape).textContent = item.name + ': ' + item.kind;
  });
  laidOut.labels.forEach(function (label) {
    var anchor = { left: 'start', right: 'end', center: 'middle' }[label.box.align];
    var text = drawn('text', {
      'font-size': label.style.size, 'font-weight': /^[67]00/.test(label.style.font) || label.item.id === state.chosen ? 700 : null, 'text-anchor': anchor,
      fill: label.style.color, stroke: looks.colors.paper, 'stroke-width': 3, 'paint-order': 'stroke', 'stroke-linejoin': 'round'
    }, ground);
    label.lines.forEach(function (line, n) {
      drawn('tspan', { x: label.box.x.toFixed(1), y: (label.box.y + label.style.size + n * label.style.size * 1.17).toFixed(1) }, text).textContent = line;
    });
  });
  made.appendChild(legend);
  return made;
}

// What leaves the page: at rest the still picture that it came with, which is laid out for paper; else what is on the screen.
var stillBox = byId('still'), stillAtFirst = Array.from(stillBox.childNodes);
function leaving() {
  var atRest = !state.chosen && !isFiltered() && !moved;
  return { name: 'map', svg: atRest ? stillAtFirst.find(function (one) { return one.tagName === 'svg'; }) : shownCounty() };
}
byId('save').addEventListener('click', function () { savePng(leaving().svg, leaving().name); });
byId('save-svg').addEventListener('click', function () { saveSvg(leaving().svg, leaving().name); });
byId('print').addEventListener('click', function () { window.print(); });
window.addEventListener('beforeprint', function () { stillBox.replaceChildren(leaving().svg); });
window.addEventListener('afterprint', function () { stillBox.replaceChildren.apply(stillBox, stillAtFirst); });
