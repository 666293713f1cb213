// Choosing, keys, pointer, and which view is shown.
var shownAs = 'map';

// What a view needs before it is shown.
var beforeShown = {};

// The other end of the path that is lit; null for none. Another end takes the place of the one before in the address.
function setTo(id) {
  var had = state.to;
  state.to = id;
  remember(Boolean(had && id));
  showPanel();
  network.redraw();
}

// ``before`` is what was shown where that is known: what has not changed is not drawn again.
function showChoice(id, toPanel, before) {
  state.chosen = id;
  state.focus = id || state.focus;
  var revealed = id && reveal(itemOf.get(id));
  showPanel();
  if (revealed) { says.textContent += '. Filters are taken away, so that it can be shown'; }
  if (id) {
    openSheet(panel);
    bringIntoView(itemOf.get(id));
    if (toPanel) { panel.focus(); }
  } else {
    closeSheets();
    if (!moved && stage.clientWidth) { fit(); }
  }
  if (whatIsShown() !== before) { network.redraw(); }
}

function choose(id, toPanel) {
  state.to = null;
  showChoice(id, toPanel);
  remember();
}

function clearChoice() {
  if (!state.chosen) { return; }
  state.to = null;
  showChoice(null);
  remember();
}

// What is folded stands in the list: that is where it is shown.
function showInList(id) {
  state.row = id;
  showAs('list');
  remember();
  showRow();
}

function showRow() {
  var row = state.row && byId('row-' + state.row);
  if (!row) { return; }
  row.tabIndex = -1;
  row.scrollIntoView({ block: 'center' });
  row.focus();
}

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
  if (event.key !== 'Escape' || shownAs !== 'map' || countyInAddress === '') { return; }
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

function showAs(name) {
  shownAs = name;
  if (beforeShown[name]) { beforeShown[name](); }
  document.documentElement.className = 'js ' + name + '-shown';
  document.querySelectorAll('[data-show]').forEach(function (button) {
    button.setAttribute('aria-pressed', button.dataset.show === name ? 'true' : 'false');
  });
  window.scrollTo(0, 0);
  if (name === 'map') { place(moved); }
}
document.querySelectorAll('[data-show]').forEach(function (button) {
  button.addEventListener('click', function () {
    state.row = '';
    showAs(button.dataset.show);
    remember();
  });
});
[['zoom-in', function () { zoom(1.35); }], ['zoom-out', function () { zoom(1 / 1.35); }], ['zoom-fit', function () { fit(); }]].forEach(function (one) {
  byId(one[0]).addEventListener('click', function () { if (countyInAddress !== '') { one[1](); } });
});
new ResizeObserver(function () {
  if (!stage.clientWidth) { return; }
  var kept = { position: network.getViewPosition(), scale: network.getScale() };
  network.setSize('100%', '100%');
  place(moved);
  if (moved) { glide(kept, true); }
}).observe(stage);

// Show a county; what the page came with is drawn already, and only has to be put in its places.
function openCounty(county, isDrawn) {
  readCounty(county);
  wrapped.clear();
  indexNames();
  showFilters();
  if (isDrawn) { place(); return; }
  measure();
  drawItems();
  fit(true);
}
