// Choosing, the address, keys, pointer, map or list.
function nodeInAddress() {
  var match = /^#node=(.+)$/.exec(location.hash);
  return match && itemOf.has(match[1]) ? match[1] : null;
}

function remember(id) {
  if (nodeInAddress() === id) { return; }
  // Inside a sandboxed frame the address may not be written; the page works without.
  try { history.pushState(null, '', id ? '#node=' + id : '#'); } catch (error) { return; }
}

function showChoice(id, toPanel) {
  state.chosen = id;
  state.focus = id || state.focus;
  showPanel();
  if (id) {
    reveal(itemOf.get(id));
    openSheet(panel);
    bringIntoView(itemOf.get(id));
    if (toPanel) { panel.focus(); }
  }
  network.redraw();
}

function choose(id, toPanel) {
  remember(id);
  showChoice(id, toPanel);
}

function clearChoice() {
  if (!state.chosen) { return; }
  remember(null);
  showChoice(null);
  closeSheets();
}

function followAddress() {
  var id = nodeInAddress();
  if (id !== state.chosen) { showChoice(id); }
}
window.addEventListener('popstate', followAddress);
window.addEventListener('hashchange', followAddress);

var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest shape in that direction, straight ahead before aside.
function nextTowards(from, way) {
  var here = placed(from), best = null, least = Infinity;
  items.filter(itemShown).forEach(function (item) {
    var there = placed(item), x = there.x - here.x, y = there.y - here.y;
    var ahead = x * way[0] + y * way[1], aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
    if (item === from || ahead <= 0 || aside > ahead * 2) { return; }
    if (ahead + aside * 1.5 < least) { best = item; least = ahead + aside * 1.5; }
  });
  return best;
}

stage.addEventListener('keydown', function (event) {
  var way = ways[event.key];
  if (way) {
    event.preventDefault();
    var from = state.focus ? itemOf.get(state.focus) : null;
    var next = from ? nextTowards(from, way) : items.filter(itemShown)[0];
    if (next) {
      state.focus = next.id;
      says.textContent = next.name + ', ' + next.kind;
      bringIntoView(next);
      network.redraw();
    }
  } else if (event.key === 'Enter' && state.focus) {
    event.preventDefault();
    choose(state.focus);
  } else if (event.key === '+' || event.key === '=') { zoom(1.3);
  } else if (event.key === '-') { zoom(1 / 1.3);
  } else if (event.key === '0') { fit(); }
});
stage.addEventListener('focus', function () { network.redraw(); });
stage.addEventListener('blur', function () { network.redraw(); });
document.addEventListener('keydown', function (event) {
  if (event.key !== 'Escape' || !document.documentElement.classList.contains('map-shown')) { return; }
  clearChoice();
  closeSheets();
});

network.on('click', function (event) {
  var hit = nearestTo(event.pointer.DOM);
  if (hit) { choose(hit.id); } else { clearChoice(); closeSheets(); }
});
network.on('dragStart', function () { moved = true; });
network.on('zoom', function () { moved = true; });
stage.addEventListener('mousemove', function (event) {
  var box = stage.getBoundingClientRect();
  var hit = nearestTo({ x: event.clientX - box.left, y: event.clientY - box.top });
  var id = hit ? hit.id : null;
  if (id === state.hover) { return; }
  state.hover = id;
  stage.style.cursor = id ? 'pointer' : '';
  network.redraw();
});

function showAs(map) {
  document.documentElement.classList.toggle('map-shown', map);
  byId('show-map').setAttribute('aria-pressed', map ? 'true' : 'false');
  byId('show-list').setAttribute('aria-pressed', map ? 'false' : 'true');
  if (map) { place(); }
}
byId('show-map').addEventListener('click', function () { showAs(true); });
byId('show-list').addEventListener('click', function () { showAs(false); });
byId('zoom-in').addEventListener('click', function () { zoom(1.35); });
byId('zoom-out').addEventListener('click', function () { zoom(1 / 1.35); });
byId('zoom-fit').addEventListener('click', function () { fit(); });

new ResizeObserver(function () { if (!moved && stage.clientWidth) { network.setSize('100%', '100%'); place(); } }).observe(stage);
place();
applyFilters();
state.chosen = nodeInAddress();
showPanel();
if (state.chosen) { showChoice(state.chosen); }
document.documentElement.dataset.ready = 'yes';
