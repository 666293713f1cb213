// The canvas: places stretched to the screen, hit-testing, the veil over what is not chosen.
var stage = byId('map');
var small = false, seen = { width: 0, height: 0 };
var moved = false;

// A county page brings its shapes and lines with it; where a county is opened, they are drawn from its items and links.
var drawing = JSON.parse(byId('drawing-data').textContent);
var nodes = new vis.DataSet(drawing.nodes), edges = new vis.DataSet(drawing.edges);
var network = new vis.Network(stage, { nodes: nodes, edges: edges }, JSON.parse(drawing.options));
var reach = { x: 1, y: 1 };

// On a crowded ring, and on a small screen, shapes are smaller, so that they do not touch.
var shrink = {};

// Zooming in makes room for names: shapes grow far less than the distances between them.
var grown = 1;

function sizeOf(item) { return item.size * Math.max(shrink[item.ring] || 1, item.group === 'ghost' ? 0.7 : 0) / grown; }

function resize() {
  var now = Math.pow(Math.max(network.getScale(), 0.3), 0.8);
  if (Math.abs(now - grown) < 0.01) { return; }
  grown = now;
  nodes.update(items.map(function (item) { return { id: item.id, size: sizeOf(item) }; }));
}

function drawItems() {
  nodes = new vis.DataSet(items.map(function (item) {
    return Object.assign({ id: item.id, shape: item.shape === 'ring' ? 'dot' : item.shape, size: sizeOf(item), color: item.color }, placed(item));
  }));
  edges = new vis.DataSet(allLinks.map(function (link) {
    var faint = isFaint(link, link.style);
    return {
      id: link.id, from: link.from_id, to: link.to_id, dashes: dashesOf(link.style), width: faint ? 0.6 : 1,
      color: { color: looks.colors[faint ? 'faint' : 'line'] }
    };
  }));
  network.setData({ nodes: nodes, edges: edges });
}

// Faint are lines that have ended, and those towards the middle, where everything meets.
function isFaint(link, style) { return style === 'ended' || !itemOf.get(link.from_id).ring || !itemOf.get(link.to_id).ring; }

function dashesOf(style) { return style && looks.dashes[style].length ? looks.dashes[style] : false; }

function measureRings() {
  var held = {};
  items.forEach(function (item) { (held[item.ring] = held[item.ring] || []).push(Math.hypot(item.x, item.y)); });
  Object.keys(held).forEach(function (ring) {
    var mean = held[ring].reduce(function (sum, radius) { return sum + radius; }, 0) / held[ring].length;
    var room = Math.PI * mean * (reach.x + reach.y) * 1.6 / held[ring].length;
    shrink[ring] = Math.min(small ? 0.72 : 1, mean ? Math.max(room / 24, 0.3) : 1);
  });
}

// On a narrow screen the inner rings get a larger share, so that names fit between them.
function placed(item) {
  var wider = small && item.ring ? Math.pow(Math.hypot(item.x, item.y), -0.2) : 1;
  return { x: item.x * reach.x * wider, y: item.y * reach.y * wider };
}

// How far the rings reach on this screen; false while there is none.
function measure() {
  var width = stage.clientWidth, height = stage.clientHeight;
  if (!width || !height || !view) { return false; }
  small = width < 520 || height < 420;
  seen = { width: width, height: height };
  var x = Math.max(width / 2 - (small ? 46 : Math.min(124, width * 0.15)), 90), y = Math.max(height / 2 - (height < 420 ? 30 : small ? 66 : 64), 90);
  reach = { x: Math.min(x, y * 1.6), y: Math.min(y, x * 2.2) };
  measureRings();
  return true;
}

// Everything to its place; the part that is looked at stays where it is ``kept``.
function place(kept) {
  if (!measure()) { return; }
  nodes.update(items.map(function (item) { return Object.assign({ id: item.id, size: sizeOf(item) }, placed(item)); }));
  if (!kept) { fit(true); }
}

function fit(still) {
  moved = false;
  glide({ position: { x: 0, y: small && seen.height > 420 ? 24 : 0 }, scale: 1 }, still);
}

function glide(view, still) {
  var atOnce = Boolean(still || calm);
  // The engine writes into what it is given.
  network.moveTo(Object.assign({ animation: atOnce ? false : { duration: 220, easingFunction: 'easeOutQuad' } }, view));
  if (atOnce) { resize(); }
}
network.on('animationFinished', resize);
network.on('zoom', function () { requestAnimationFrame(resize); });

function zoom(factor) {
  moved = true;
  glide({ position: network.getViewPosition(), scale: Math.min(6, Math.max(0.3, network.getScale() * factor)) });
}

function onScreen(item) { return network.canvasToDOM(placed(item)); }

function nearestTo(point) {
  var best = null, least = Infinity;
  items.forEach(function (item) {
    if (!itemShown(item)) { return; }
    var at = onScreen(item);
    var away = Math.hypot(at.x - point.x, at.y - point.y) - sizeOf(item) * network.getScale();
    if (away < least) { best = item; least = away; }
  });
  return best && least <= Math.max(22 - sizeOf(best), 6) ? best : null;
}

// Into the part of the picture that no sheet covers: sheets lie below, or beside it where the screen is low.
function bringIntoView(item) {
  var at = onScreen(item), sheet = document.querySelector('.panel.open');
  var covers = sheet && getComputedStyle(sheet).position === 'fixed', isBeside = covers && sheet.offsetWidth < stage.clientWidth * 0.9;
  var low = stage.clientHeight - (covers && !isBeside ? sheet.offsetHeight : 0), far = stage.clientWidth - (isBeside ? sheet.offsetWidth : 0);
  if (!stage.clientWidth || (at.x > 30 && at.y > 30 && at.x < far - 30 && at.y < low - 30)) { return; }
  var offset = { x: (far - stage.clientWidth) / 2, y: (low - stage.clientHeight) / 2 };
  glide({ position: placed(item), scale: network.getScale(), offset: offset });
}

function path(ctx, shape, x, y, r) {
  var corners = looks.corners[shape];
  ctx.beginPath();
  if (!corners) { ctx.arc(x, y, r, 0, 2 * Math.PI); return; }
  corners.forEach(function (corner, n) { ctx[n ? 'lineTo' : 'moveTo'](x + corner[0] * r, y + corner[1] * r); });
  ctx.closePath();
}

function paintItem(ctx, item) {
  var at = placed(item);
  if (item.group === 'ghost') {
    path(ctx, 'dot', at.x, at.y, sizeOf(item));
    ctx.fillStyle = '#fff';
    ctx.fill();
    ctx.setLineDash(looks.dashes.ghost);
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = item.color;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = item.color;
    ctx.font = '700 ' + (sizeOf(item) * 1.2) + 'px system-ui, sans-serif';
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    ctx.fillText('?', at.x, at.y + 0.5);
    return;
  }
  path(ctx, item.shape, at.x, at.y, sizeOf(item));
  ctx.fillStyle = item.color;
  ctx.fill();
  if (item.shape === 'ring') {
    path(ctx, 'dot', at.x, at.y, sizeOf(item) * 0.7);
    ctx.lineWidth = 2;
    ctx.strokeStyle = '#fff';
    ctx.stroke();
  }
}

function outline(ctx, item, color, width) {
  var at = placed(item);
  path(ctx, item.group === 'ghost' ? 'dot' : item.shape, at.x, at.y, sizeOf(item) + 4 / network.getScale());
  ctx.lineWidth = width / network.getScale();
  ctx.strokeStyle = color;
  ctx.stroke();
}

function litColor(style) { return looks.colors[style === 'suggested' ? 'gap' : style === 'ended' ? 'line' : 'lit']; }

function paintLink(ctx, link) {
  var from = placed(itemOf.get(link.from_id)), to = placed(itemOf.get(link.to_id));
  ctx.beginPath();
  var style = styleOn(link);
  var scale = network.getScale();
  ctx.setLineDash(looks.dashes[style].map(function (length) { return length / scale; }));
  ctx.lineWidth = 2.4 / scale;
  ctx.strokeStyle = litColor(style);
  ctx.moveTo(from.x, from.y);
  ctx.lineTo(to.x, to.y);
  ctx.stroke();
  ctx.setLineDash([]);
}

network.on('beforeDrawing', function (ctx) {
  if (!view) { return; }
  var radii = {};
  items.forEach(function (item) { if (item.ring) { (radii[item.ring] = radii[item.ring] || []).push(Math.hypot(item.x, item.y)); } });
  ctx.lineWidth = 1;
  ctx.strokeStyle = looks.colors.circle;
  Object.keys(radii).forEach(function (ring) {
    var mean = (Math.min.apply(null, radii[ring]) + Math.max.apply(null, radii[ring])) / 2;
    mean = small ? Math.pow(mean, 0.8) : mean;
    ctx.beginPath();
    ctx.ellipse(0, 0, mean * reach.x, mean * reach.y, 0, 0, 2 * Math.PI);
    ctx.stroke();
  });
});

network.on('afterDrawing', function (ctx) {
  if (!view) { return; }
  var kept = inSight();
  if (kept) {
    var corner = network.DOMtoCanvas({ x: 0, y: 0 }), far = network.DOMtoCanvas({ x: stage.clientWidth, y: stage.clientHeight });
    ctx.fillStyle = 'rgba(255, 255, 255, 0.84)';
    ctx.fillRect(corner.x, corner.y, far.x - corner.x, far.y - corner.y);
    litLinks().forEach(function (link) { paintLink(ctx, link); });
  }
  items.forEach(function (item) {
    var repaint = kept ? kept.has(item.id) : item.shape === 'ring' || item.group === 'ghost';
    if (itemShown(item) && repaint) { paintItem(ctx, item); }
  });
  [state.chosen, state.to].forEach(function (id) {
    if (id && itemShown(itemOf.get(id))) { outline(ctx, itemOf.get(id), looks.colors.ink, 2.5); }
  });
  if (state.focus && document.activeElement === stage) { outline(ctx, itemOf.get(state.focus), looks.colors.lit, 3); }
  paintLabels(ctx, kept);
});
