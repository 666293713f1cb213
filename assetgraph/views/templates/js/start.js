// Choosing, the address, keys, pointer, map or list.
function inAddress(name) {
  var match = new RegExp('[#&]' + name + '=([^&]+)').exec(location.hash);
  return match && itemOf.has(match[1]) ? match[1] : null;
}

function nodeInAddress() { return inAddress('node'); }

function viewInAddress() {
  var match = /[#&]view=([a-z]+)/.exec(location.hash);
  return match && document.querySelector('[data-show="' + match[1] + '"]') ? match[1] : 'map';
}

// The address says what is shown, what is chosen and where the path leads; Back goes to what it said before.
function remember(id, to, shown) {
  var parts = [shown && shown !== 'map' ? 'view=' + shown : '', id ? 'node=' + id : '', id && to ? 'to=' + to : ''];
  var address = '#' + parts.filter(Boolean).join('&');
  if ((location.hash || '#') === address) { return; }
  // Inside a sandboxed frame the address may not be written; the page works without.
  try { history.pushState(null, '', address); } catch (error) { return; }
}

// The other end of the path that is lit; null for none.
function setTo(id) {
  state.to = id;
  remember(state.chosen, id);
  showPanel();
  network.redraw();
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
  state.to = null;
  remember(id, null);
  showChoice(id, toPanel);
}

function clearChoice() {
  if (!state.chosen) { return; }
  state.to = null;
  remember(null, null);
  showChoice(null);
  closeSheets();
}

function followAddress() {
  var id = nodeInAddress(), to = inAddress('to');
  if (viewInAddress() !== shownAs) { showAs(viewInAddress()); }
  if (id === state.chosen && to === state.to) { return; }
  state.to = to;
  showChoice(id);
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
  if (event.key !== 'Escape' || shownAs !== 'map') { return; }
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

var shownAs = 'map';
function showAs(name) {
  shownAs = name;
  document.documentElement.className = 'js ' + name + '-shown';
  document.querySelectorAll('[data-show]').forEach(function (button) {
    button.setAttribute('aria-pressed', button.dataset.show === name ? 'true' : 'false');
  });
  window.scrollTo(0, 0);
  if (name === 'map') { place(); }
}
document.querySelectorAll('[data-show]').forEach(function (button) {
  button.addEventListener('click', function () {
    remember(state.chosen, state.to, button.dataset.show);
    showAs(button.dataset.show);
  });
});
byId('zoom-in').addEventListener('click', function () { zoom(1.35); });
byId('zoom-out').addEventListener('click', function () { zoom(1 / 1.35); });
byId('zoom-fit').addEventListener('click', function () { fit(); });

new ResizeObserver(function () { if (!moved && stage.clientWidth) { network.setSize('100%', '100%'); place(); } }).observe(stage);
place();
applyFilters();
state.chosen = nodeInAddress();
state.to = inAddress('to');
showPanel();
if (state.chosen) { showChoice(state.chosen); }
if (viewInAddress() !== 'map') { showAs(viewInAddress()); }
document.documentElement.dataset.ready = 'yes';
