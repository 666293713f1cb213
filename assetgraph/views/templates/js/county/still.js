// What is on the screen as a drawing of its own: a title above; below, what shapes and lines mean, the day, the edition and the licence.
var svgFont = 'system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif';
var pen = document.createElement('canvas').getContext('2d');

function dashText(style) { return looks.dashes[style].join(' ') || null; }

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

function svgWords(x, y, size, text, inside, more) {
  var made = drawn('text', Object.assign({ x: x, y: y, 'font-size': size, fill: looks.colors.ink }, more || {}), inside);
  made.textContent = text;
  return made;
}

// A sheet of that width, white, with its title in one line, and lines that say what it is below ``low``.
function sheetOf(title, width, low, lines) {
  var said = [];
  lines.forEach(function (line) { said = said.concat(inLines(line, '12px ' + svgFont, width - 30)); });
  var high = low + 18 * said.length + 20;
  var made = drawn('svg', { xmlns: svgSpace, viewBox: '0 0 ' + width + ' ' + high, width: width, height: high, 'font-family': svgFont });
  drawn('rect', { width: width, height: high, fill: looks.colors.paper }, made);
  pen.font = '700 18px ' + svgFont;
  svgWords(12, 28, 18, cut(pen, title, width - 30), made, { 'font-weight': 700 });
  said.forEach(function (line, n) { svgWords(12, low + 14 + 18 * n, 12, line, made, { fill: looks.colors.soft }); });
  return made;
}

// A shape of the legend or the map, around a point, as an element of its own.
function svgShape(item, x, y, size, inside) {
  var corners = looks.corners[item.shape], group = drawn('g', { transform: 'translate(' + x.toFixed(1) + ' ' + y.toFixed(1) + ')' }, inside);
  if (corners) {
    var points = corners.map(function (one) { return (one[0] * size).toFixed(1) + ',' + (one[1] * size).toFixed(1); }).join(' ');
    drawn('polygon', { points: points, fill: item.color }, group);
  } else if (item.shape === 'ghost') {
    drawn('circle', { r: size.toFixed(1), fill: looks.colors.paper, stroke: item.color, 'stroke-width': 1.5, 'stroke-dasharray': dashText('ghost') }, group);
    svgWords(0, size * 0.42, size * 1.2, '?', group, { 'font-weight': 700, 'text-anchor': 'middle', fill: item.color });
  } else {
    drawn('circle', { r: size.toFixed(1), fill: item.color }, group);
    if (item.shape === 'ring') { drawn('circle', { r: (size * 0.7).toFixed(1), fill: 'none', stroke: looks.colors.paper, 'stroke-width': 2 }, group); }
  }
  return group;
}

function svgLink(link, lit, inside) {
  var from = onScreen(itemOf.get(link.from_id)), to = onScreen(itemOf.get(link.to_id)), style = styleOn(link), faint = isFaint(link, style);
  var color = lit ? litColor(style) : looks.colors[style === 'suggested' ? 'gap' : faint ? 'faint' : 'line'];
  drawn('line', {
    x1: from.x.toFixed(1), y1: from.y.toFixed(1), x2: to.x.toFixed(1), y2: to.y.toFixed(1), stroke: color,
    'stroke-dasharray': dashText(style), 'stroke-width': lit ? 2.4 : faint ? 0.6 : 1
  }, inside);
}

function svgItem(item, faint, inside) {
  var at = onScreen(item), shape = svgShape(item, at.x, at.y, sizeOf(item) * network.getScale(), inside);
  if (faint) { shape.setAttribute('opacity', 0.16); }
  if (item.id === state.chosen || item.id === state.to) {
    shape.firstChild.setAttribute('stroke', looks.colors.ink);
    shape.firstChild.setAttribute('stroke-width', 3);
  }
  drawn('title', {}, shape).textContent = item.name + ': ' + item.kind;
}

function svgLabel(label, inside) {
  var bold = /^[67]00/.test(label.style.font) || label.item.id === state.chosen, size = label.style.size;
  var text = drawn('text', {
    'font-size': size, 'font-weight': bold ? 700 : null, 'text-anchor': { left: 'start', right: 'end', center: 'middle' }[label.box.align],
    fill: label.style.color, stroke: looks.colors.paper, 'stroke-width': 3, 'paint-order': 'stroke', 'stroke-linejoin': 'round'
  }, inside);
  label.lines.forEach(function (line, n) {
    var y = label.box.y + size + n * size * 1.17;
    drawn('tspan', { x: label.box.x.toFixed(1), y: y.toFixed(1) }, text).textContent = line;
  });
}

// Marks and names in rows from ``top`` down; gives back how high they are.
function svgLegend(width, top, inside) {
  var x = 12, y = top;
  view.kinds.concat(view.durations).forEach(function (entry) {
    var wide = 44 + entry.name.length * 6.8;
    if (x + wide > width && x > 12) { x = 12; y += 20; }
    if (entry.style) {
      drawn('line', { x1: x, y1: y, x2: x + 26, y2: y, stroke: looks.colors.line, 'stroke-width': 1.5, 'stroke-dasharray': dashText(entry.style) }, inside);
    } else { svgShape(entry, x + 13, y, 6, inside); }
    svgWords(x + 32, y + 4, 12, entry.name, inside);
    x += wide;
  });
  return y - top + 20;
}

function namesOf(entries, hidden) {
  return entries.filter(function (one) { return hidden.has(one.key); }).map(function (one) { return one.name; });
}

// Which day and filters a picture is of, in words; empty where it is all, on the day of the map.
function filtersInWords() {
  var hidden = namesOf(view.kinds, state.hiddenGroups).concat(namesOf(view.durations, state.hiddenStyles));
  var chosen = ['area', 'scope', 'grades'].filter(function (name) { return state[name]; });
  return [
    state.on === view.on ? '' : 'for ' + state.on + ' (sentences are for ' + view.as_of + ')',
    chosen.map(function (name) { return byId(name).selectedOptions[0].textContent; }).join(', '),
    hidden.length ? 'without ' + hidden.join(', ') : ''
  ].filter(Boolean).join('; ');
}

// The county as it stands on the screen: the same part of it, with the same names; what is not lit is faint.
function shownCounty() {
  var wide = Math.max(seen.width, 320), high = Math.max(seen.height, 240), width = Math.max(wide, 760);
  var title = state.chosen ? view.county + ' County: ' + itemOf.get(state.chosen).name : view.title;
  if (state.to) { title += ', the way to ' + itemOf.get(state.to).name; } else if (state.chosen && state.steps > 1) { title += ', ' + state.steps + ' steps'; }
  var lines = [isFiltered() ? 'Shown: ' + filtersInWords() : '', view.source_line, view.edition_line + '. ' + view.licence_line, view.sample_note || ''];
  var legend = drawn('g', {}), low = high + 64 + svgLegend(width, high + 64, legend);
  var made = sheetOf(title, width, low, lines.filter(Boolean));
  var ground = drawn('svg', { x: (width - wide) / 2, y: 44, width: wide, height: high, viewBox: '0 0 ' + wide + ' ' + high }, made);
  var kept = inSight(), lit = new Set(litLinks());
  allLinks.forEach(function (link) { if (linkShown(link) && !lit.has(link) && edges.get(link.id)) { svgLink(link, false, ground); } });
  if (kept) { drawn('rect', { width: wide, height: high, fill: looks.colors.paper, opacity: 0.84 }, ground); }
  lit.forEach(function (link) { svgLink(link, true, ground); });
  items.filter(itemShown).forEach(function (item) { svgItem(item, kept && !kept.has(item.id), ground); });
  laidOut.labels.forEach(function (label) { svgLabel(label, ground); });
  made.appendChild(legend);
  return made;
}

// What leaves the page: at rest the still picture that it came with, which is laid out for paper; else what is on the screen.
var stillBox = byId('still'), stillAtFirst = Array.from(stillBox.childNodes);
var leaving = function () {
  var atRest = !state.chosen && !isFiltered() && !moved;
  return { name: 'map', svg: atRest ? stillAtFirst.find(function (one) { return one.tagName === 'svg'; }) : shownCounty() };
};
byId('save').addEventListener('click', function () { savePng(leaving().svg, leaving().name); });
byId('save-svg').addEventListener('click', function () { saveSvg(leaving().svg, leaving().name); });
byId('print').addEventListener('click', function () { window.print(); });
window.addEventListener('beforeprint', function () { stillBox.replaceChildren(leaving().svg); });
window.addEventListener('afterprint', function () { stillBox.replaceChildren.apply(stillBox, stillAtFirst); });
