// One county's rings: shapes, lines and as many names as have room, at any zoom; drawn anew when the zoom changes, moved when dragged.
var ringsSvg = byId('rings'), chosenNode = null, focusNode = null;
var zoomed = { scale: 1, x: 0, y: 0 };
var pen = document.createElement('canvas').getContext('2d');
var corners = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]], diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  triangle: [[0, -1.16], [1.15, 0.83], [-1.15, 0.83]], triangleDown: [[0, 1.16], [1.15, -0.83], [-1.15, -0.83]],
  hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
  star: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(function (n) {
    var length = n % 2 ? 0.5 : 1.25;
    return [length * Math.sin(n * Math.PI / 5), 0.1 - length * Math.cos(n * Math.PI / 5)];
  })
};

function sizeNow() { return { width: stage.clientWidth || 800, height: stage.clientHeight || 600 }; }

function placeOf(item) {
  var box = sizeNow(), x = Math.max(box.width / 2 - 110, 80), y = Math.max(box.height / 2 - 60, 80);
  return { x: box.width / 2 + item.x * Math.min(x, y * 1.7) * zoomed.scale, y: box.height / 2 + item.y * Math.min(y, x * 2.2) * zoomed.scale };
}

function shapeAt(item, at, inside) {
  var size = item.size * item.shrink;
  if (corners[item.shape]) {
    return drawn('polygon', { points: corners[item.shape].map(function (one) { return (at.x + one[0] * size).toFixed(1) + ',' + (at.y + one[1] * size).toFixed(1); }).join(' '), fill: item.color }, inside);
  }
  return drawn('circle', { cx: at.x.toFixed(1), cy: at.y.toFixed(1), r: size.toFixed(1), fill: item.color }, inside);
}

function near(node) {
  if (node === null) { return null; }
  var kept = new Set([node]);
  countyNow.itemOf.get(node).links.forEach(function (link) { kept.add(link.from === node ? link.to : link.from); });
  return kept;
}

function drawRings() {
  var box = sizeNow(), kept = near(chosenNode);
  var had = ringsSvg.contains(document.activeElement), was = had ? document.activeElement.dataset.node : null;
  ringsSvg.textContent = '';
  ringsSvg.setAttribute('viewBox', '0 0 ' + box.width + ' ' + box.height);
  ringsSvg.setAttribute('width', box.width);
  ringsSvg.setAttribute('height', box.height);
  told(ringsSvg, countyNow.name + ' County: the office in the middle, then content areas, offerings, partners and districts');
  var moving = drawn('g', { id: 'moving', transform: 'translate(' + zoomed.x + ' ' + zoomed.y + ')' }, ringsSvg);
  var shown = countyNow.items.filter(function (item) { return item.x !== null; });
  var perRing = {};
  shown.forEach(function (item) { perRing[item.ring] = (perRing[item.ring] || 0) + 1; });
  shown.forEach(function (item) { item.at = placeOf(item); item.shrink = Math.min(1, Math.max(0.35, 60 * zoomed.scale / Math.max(60, perRing[item.ring]))); });
  countyNow.links.forEach(function (link) {
    var from = countyNow.itemOf.get(link.from), to = countyNow.itemOf.get(link.to);
    if (from.x === null || to.x === null) { return; }
    var lit = kept && (link.from === chosenNode || link.to === chosenNode), faint = from.ring === 0 || to.ring === 0 || link.ended;
    drawn('line', { x1: from.at.x.toFixed(1), y1: from.at.y.toFixed(1), x2: to.at.x.toFixed(1), y2: to.at.y.toFixed(1),
      stroke: lit ? '#0b57b0' : faint ? '#8a94a6' : '#6f7a8d', 'stroke-width': lit ? 2.4 : faint ? 0.5 : 0.8, 'stroke-dasharray': link.ended ? '1.5 9' : null,
      opacity: kept && !lit ? 0.25 : null }, moving);
  });
  shown.forEach(function (item) {
    item.drawn = shapeAt(item, item.at, moving);
    item.drawn.setAttribute('class', 'node');
    item.drawn.setAttribute('role', 'button');
    item.drawn.setAttribute('tabindex', item.id === (focusNode === null ? shown[0].id : focusNode) ? '0' : '-1');
    item.drawn.setAttribute('aria-label', item.name + ', ' + item.kind);
    item.drawn.dataset.node = item.id;
    if (kept && !kept.has(item.id)) { item.drawn.setAttribute('opacity', '0.2'); }
    if (item.id === chosenNode) { item.drawn.setAttribute('stroke', '#1c2434'); item.drawn.setAttribute('stroke-width', '3'); }
    told(item.drawn, item.name + ': ' + item.kind);
  });
  drawNames(moving, shown, kept);
  if (!ringsSvg.querySelector('[tabindex="0"]') && shown.length) { shown[0].drawn.setAttribute('tabindex', '0'); }
  if (had) { (ringsSvg.querySelector('[data-node="' + was + '"]') || ringsSvg.querySelector('[tabindex="0"]')).focus(); }
}

function wrap(name, width) {
  var lines = [], line = '';
  name.split(' ').forEach(function (word) {
    var tried = line ? line + ' ' + word : word;
    if (line && pen.measureText(tried).width > width) { lines.push(line); line = word; } else { line = tried; }
  });
  lines.push(line);
  if (lines.length > 2) { lines = [lines[0], lines[1] + ' …']; }
  return lines.map(function (one) {
    var letters = Array.from(one);
    while (letters.length > 1 && pen.measureText(letters.join('')).width > width + 20) { letters = letters.slice(0, -2).concat('…'); }
    return letters.join('');
  });
}

function drawNames(moving, shown, kept) {
  var taken = shown.map(function (item) { var r = item.size * item.shrink; return [item.at.x - r, item.at.y - r, item.at.x + r, item.at.y + r]; });
  var free = function (box) { return !taken.some(function (other) { return box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]; }); };
  var order = shown.filter(function (item) { return !kept || kept.has(item.id); });
  order.sort(function (a, b) { return (b.id === chosenNode) - (a.id === chosenNode) || (a.ring > 1) - (b.ring > 1) || b.links.length - a.links.length || a.id - b.id; });
  pen.font = '12px system-ui, sans-serif';
  order.forEach(function (item) {
    var lines = wrap(item.name, 118), wide = Math.max.apply(null, lines.map(function (line) { return pen.measureText(line).width; })), high = lines.length * 14.5;
    var gap = item.size * item.shrink + 3, x = item.at.x, y = item.at.y;
    var spots = [['middle', x, y + gap], ['middle', x, y - gap - high]];
    var side = item.x < 0 ? [['end', x - gap - 2, y - high / 2], ['start', x + gap + 2, y - high / 2]] : [['start', x + gap + 2, y - high / 2], ['end', x - gap - 2, y - high / 2]];
    spots.concat(side).some(function (spot) {
      var left = spot[0] === 'middle' ? spot[1] - wide / 2 : spot[0] === 'end' ? spot[1] - wide : spot[1];
      var box = [left - 1, spot[2], left + wide + 1, spot[2] + high];
      var off = zoomed.scale === 1 && (box[0] < 2 || box[2] > stage.clientWidth - 2 || box[1] < 2 || box[3] > stage.clientHeight - 2);
      if (off || !free(box)) { return false; }
      taken.push(box);
      var text = drawn('text', { x: spot[1].toFixed(1), 'text-anchor': spot[0], 'font-size': 12, fill: item.ring === 1 ? '#6b2a6d' : '#1c2434',
        'font-weight': item.ring < 2 || item.id === chosenNode ? 700 : null, stroke: '#fff', 'stroke-width': 3, 'paint-order': 'stroke', 'aria-hidden': 'true' }, moving);
      lines.forEach(function (line, n) { drawn('tspan', { x: spot[1].toFixed(1), y: (spot[2] + 11 + n * 14.5).toFixed(1) }, text).textContent = line; });
      return true;
    });
  });
}

function nodeNear(event) {
  var box = stage.getBoundingClientRect(), best = null, least = 22;
  countyNow.items.forEach(function (item) {
    if (item.x === null) { return; }
    var away = Math.hypot(item.at.x + zoomed.x - (event.clientX - box.left), item.at.y + zoomed.y - (event.clientY - box.top)) - item.size * item.shrink;
    if (away < least) { best = item; least = away; }
  });
  return best && least <= Math.max(22 - best.size, 6) ? best : null;
}

function zoomBy(factor) {
  var old = zoomed.scale;
  zoomed.scale = Math.min(8, Math.max(0.5, zoomed.scale * factor));
  zoomed.x *= zoomed.scale / old;
  zoomed.y *= zoomed.scale / old;
  if (zoomed.scale === 0.5) { zoomed.x = zoomed.y = 0; }
  drawRings();
}

function fillNodePanel(item) {
  var close = element('button', 'close', '×');
  close.type = 'button';
  close.setAttribute('aria-label', 'Close');
  close.addEventListener('click', function () { go(countyNow.name, null); });
  panel.appendChild(close);
  panel.appendChild(element('p', 'kind', item.kind));
  panel.appendChild(spelled('h2', '', item.name));
  if (item.home) { panel.appendChild(element('p', 'quiet', item.home + ' County')); }
  var also = countiesWith(item.id).filter(function (name) { return name !== countyNow.name; });
  if (also.length && item.ring > 1) {
    panel.appendChild(element('h3', '', 'Also on the map of (' + also.length + ')'));
    var list = panel.appendChild(element('ul', 'picks'));
    also.slice(0, 12).forEach(function (name) { list.appendChild(element('li')).appendChild(countyButton(name)); });
    if (also.length > 12) { panel.appendChild(element('p', 'quiet', 'And ' + (also.length - 12) + ' more.')); }
  }
  var groups = new Map();
  item.links.forEach(function (link) {
    link.ties.forEach(function (tie) {
      var fromB = drawnAt(packed.counties[countyNow.name], packed.ties.a[tie]) !== item.id, type = packed.types[packed.ties.type[tie]], title = fromB ? type.back : type.relation;
      if (!groups.has(title)) { groups.set(title, new Map()); }
      var other = link.from === item.id ? link.to : link.from;
      if (!groups.get(title).has(other)) { groups.get(title).set(other, []); }
      groups.get(title).get(other).push([sayOf(tie, fromB), tie]);
    });
  });
  if (!groups.size) { panel.appendChild(element('p', 'quiet', 'Nothing recorded that ties it. Blank means not recorded.')); }
  groups.forEach(function (others, title) {
    panel.appendChild(element('h3', '', title + ' (' + others.size + ')'));
    var list = panel.appendChild(element('ul', 'picks'));
    others.forEach(function (ties, other) {
      var li = list.appendChild(element('li')), button = element('button', 'pick'), facts = element('ul', 'facts');
      button.type = 'button';
      button.appendChild(spelled('span', '', packed.nodes.name[other]));
      button.addEventListener('click', function () { go(countyNow.name, other); });
      li.appendChild(button);
      ties.forEach(function (said) {
        var line = facts.appendChild(element('li')), span = packed.spans[packed.ties.span[said[1]]];
        line.appendChild(spelled('p', '', said[0] + '.' + (span ? ' ' + span.charAt(0).toUpperCase() + span.slice(1) + '.' : '')));
        line.appendChild(spelled('p', 'said', whereOf(said[1])));
      });
      li.appendChild(facts);
    });
  });
}

function fillCountyPanel() {
  var county = countyOf.get(countyNow.name);
  panel.appendChild(element('h2', '', countyNow.name + ' County'));
  panel.appendChild(spelled('p', 'quiet', county.map_line));
  if (view.pages[county.name]) {
    var whole = panel.appendChild(element('p')).appendChild(element('a', '', 'The whole page of this county: gaps, timeline, needs'));
    whole.href = view.pages[county.name];
  }
  var list = element('dl');
  view.areas.forEach(function (area) {
    var div = list.appendChild(element('div'));
    div.appendChild(element('dt', '', area[1]));
    div.appendChild(element('dd', '', view.looks[county.states[area[0]].all].name.toLowerCase()));
  });
  panel.appendChild(list);
  if (countyNow.folded) { panel.appendChild(element('p', 'quiet', countyNow.folded)); }
  var pairs = sharedBy().filter(function (pair) { return pair.one === countyNow.name || pair.other === countyNow.name; });
  if (pairs.length) { panel.appendChild(element('h3', '', 'Shares partners with (' + pairs.length + ')')); }
  var others = panel.appendChild(element('ul', 'picks'));
  pairs.forEach(function (pair) {
    others.appendChild(element('li')).appendChild(countyButton(pair.one === countyNow.name ? pair.other : pair.one, pair.partners.join('; ')));
  });
  panel.appendChild(element('p', 'quiet', 'Click a shape to see what ties it; the list has every statement with its source.'));
}
