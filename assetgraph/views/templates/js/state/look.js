// How near one looks at the counties: zooming in goes to those that have a map, dragging moves, and a finger may miss a county a little.
var wholeState = stateSvg.viewBox.baseVal, whole = { x: wholeState.x, y: wholeState.y, width: wholeState.width, height: wholeState.height };
var looked = { near: 1, x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 }, dragged = null;

function lookAgain() {
  var width = whole.width / looked.near, height = whole.height / looked.near;
  looked.x = Math.min(Math.max(looked.x, whole.x), whole.x + whole.width);
  looked.y = Math.min(Math.max(looked.y, whole.y), whole.y + whole.height);
  stateSvg.setAttribute('viewBox', [looked.x - width / 2, looked.y - height / 2, width, height].join(' '));
  stateSvg.style.setProperty('--near', looked.near);
}

// Pixels of the screen for each unit of the map.
function pixels() { return stateSvg.getScreenCTM().a; }

function lookNearer(times) {
  var mapped = given.counties.filter(function (county) { return county.has_map; });
  if (looked.near === 1 && mapped.length) {
    ['x', 'y'].forEach(function (axis, n) {
      looked[axis] = mapped.reduce(function (sum, county) { return sum + given.points[county.name][n]; }, 0) / mapped.length;
    });
  }
  looked.near = Math.min(Math.max(looked.near * times, 1), 12);
  if (looked.near === 1) { lookAtAll(); } else { lookAgain(); }
}

function lookAtAll() {
  looked = { near: 1, x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 };
  lookAgain();
}

[['zoom-in', function () { lookNearer(1.6); }], ['zoom-out', function () { lookNearer(1 / 1.6); }], ['zoom-fit', lookAtAll]].forEach(function (one) {
  byId(one[0]).addEventListener('click', function () { if (!countyInAddress) { one[1](); } });
});

stateSvg.addEventListener('pointerdown', function (event) {
  dragged = { x: event.clientX, y: event.clientY, fromX: looked.x, fromY: looked.y, far: false };
});
stateSvg.addEventListener('pointermove', function (event) {
  if (!dragged || looked.near === 1) { return; }
  var x = event.clientX - dragged.x, y = event.clientY - dragged.y;
  if (!dragged.far && Math.hypot(x, y) < 6) { return; }
  dragged.far = true;
  looked.x = dragged.fromX - x / pixels();
  looked.y = dragged.fromY - y / pixels();
  lookAgain();
});
window.addEventListener('pointerup', function () { setTimeout(function () { dragged = null; }, 0); });

// The county with a map whose middle is within 22 pixels of a point on the screen, the nearest first; null for none.
function mappedNear(x, y) {
  var box = stateSvg.getScreenCTM(), best = null, least = 22;
  given.counties.forEach(function (county) {
    var at = given.points[county.name], away = Math.hypot(box.e + at[0] * box.a - x, box.f + at[1] * box.d - y);
    if (county.has_map && away < least) { best = county.name; least = away; }
  });
  return best;
}

stateSvg.addEventListener('click', function (event) {
  if (dragged && dragged.far) { return; }
  var on = event.target.closest('[data-county]'), name = on && on.dataset.county;
  var hit = name && countyOf.get(name).has_map ? name : mappedNear(event.clientX, event.clientY) || name;
  if (hit) { goTo(hit); }
});
lookAgain();
