// The counties: filled by their state for an area and family, with lines where partners are shared.
var stateSvg = byId('state'), linkLayer = byId('links');
var countyOf = new Map(given.counties.map(function (county) { return [county.name, county]; }));
var shapeOf = new Map(Array.from(stateSvg.querySelectorAll('[data-county]')).map(function (path) { return [path.dataset.county, path]; }));

// The partners of several counties, as the table of the list has them.
var sharedPartners = Array.from(document.querySelectorAll('#shared-partners tbody tr')).map(function (row) {
  return { name: row.cells[0].textContent, is_statewide: row.cells[1].textContent === 'yes', counties: row.cells[2].textContent.split(', ') };
});

// What a county looks like for an area, and for a family by its place in the list: the first is all together.
function lookOf(county, area, family) { return given.fills[given.states[Number(county.states[area].charAt(family))]]; }

function fillCounties() {
  given.counties.forEach(function (county) {
    var path = shapeOf.get(county.name), look = lookOf(county, byId('fill-area').value, byId('fill-family').selectedIndex);
    if (!path) { return; }
    path.setAttribute('fill', look.fill);
    path.setAttribute('stroke', look.edge);
    if (look.dashed) { path.setAttribute('stroke-dasharray', look.dashed); } else { path.removeAttribute('stroke-dasharray'); }
    path.setAttribute('aria-label', county.name + ' County: ' + look.name + (county.has_map ? '. ' + county.map_line : ''));
    path.querySelector('title').textContent = path.getAttribute('aria-label');
  });
}

function sharedBy() {
  var pairs = new Map();
  sharedPartners.forEach(function (partner) {
    if (partner.is_statewide && !byId('statewide').checked) { return; }
    partner.counties.forEach(function (one, place) {
      partner.counties.slice(place + 1).forEach(function (other) {
        var key = one + '|' + other;
        if (!pairs.has(key)) { pairs.set(key, { one: one, other: other, partners: [] }); }
        pairs.get(key).partners.push(partner.name);
      });
    });
  });
  return Array.from(pairs.values());
}

function drawLinks() {
  linkLayer.textContent = '';
  if (!byId('shared').checked) { return; }
  sharedBy().forEach(function (pair) {
    var from = given.points[pair.one], to = given.points[pair.other];
    var width = Math.min(1 + pair.partners.length * 0.5, 4);
    var line = drawn('line', { x1: from[0], y1: from[1], x2: to[0], y2: to[1], 'stroke-width': width }, linkLayer);
    drawn('title', {}, line).textContent = pair.one + ' and ' + pair.other + ' share ' + pair.partners.join(', ');
  });
}

function sayStates() {
  var number = given.counties.filter(function (county) { return county.has_map; }).length;
  says.textContent = chosenIn('fill-area') + ', ' + chosenIn('fill-family') + ': ' + number + (number === 1 ? ' county' : ' counties') + ' with a map';
}

function chosenIn(list) { return byId(list).selectedOptions[0].textContent; }

// The map as it is filled now, as a drawing of its own, with what fills and lines mean.
function shownState() {
  var box = whole, width = Math.max(box.width, 760), y = box.height + 60;
  var family = byId('fill-family').selectedIndex ? ', ' + chosenIn('fill-family').toLowerCase() : '';
  var hasLines = byId('shared').checked, low = y + 20 * (given.states.length + hasLines) - 6;
  var made = sheetOf(given.title + ': ' + chosenIn('fill-area').toLowerCase() + family, width, low, given.lines);
  var ground = drawn('g', { transform: 'translate(' + ((width - box.width) / 2 - box.x) + ' ' + (44 - box.y) + ')' }, made);
  Array.from(stateSvg.childNodes).forEach(function (one) { ground.appendChild(one.cloneNode(true)); });
  ground.querySelectorAll('[data-county]').forEach(function (path) {
    ['tabindex', 'role', 'aria-label', 'data-county'].forEach(function (name) { path.removeAttribute(name); });
  });
  var lines = ground.querySelector('#links');
  lines.removeAttribute('id');
  lines.setAttribute('stroke', looks.colors.lit);
  lines.setAttribute('stroke-opacity', '0.5');
  given.states.forEach(function (state) {
    var look = given.fills[state];
    drawn('rect', { x: 12, y: y - 12, width: 22, height: 14, rx: 2, fill: look.fill, stroke: look.edge, 'stroke-dasharray': look.dashed }, made);
    svgWords(42, y, 13, look.name + ': ' + look.meaning, made);
    y += 20;
  });
  if (hasLines) {
    drawn('line', { x1: 12, y1: y - 5, x2: 34, y2: y - 5, stroke: looks.colors.lit, 'stroke-width': 2 }, made);
    svgWords(42, y, 13, 'Partners are shared' + (byId('statewide').checked ? ', statewide ones too' : ''), made);
  }
  return made;
}

['fill-area', 'fill-family'].forEach(function (id) {
  byId(id).addEventListener('change', function () { fillCounties(); sayStates(); remember(true); });
});
['shared', 'statewide'].forEach(function (id) {
  byId(id).addEventListener('change', function () { drawLinks(); remember(true); });
});
shapeOf.forEach(function (path, name) {
  path.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); goTo(name); }
  });
});
