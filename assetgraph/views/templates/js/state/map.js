// The counties: filled by their state for an area and family, with lines where partners are shared.
var stateSvg = byId('state'), linkLayer = byId('links'), stage = byId('stage');
var countyOf = new Map(view.counties.map(function (county) { return [county.name, county]; }));
var shapeOf = new Map(Array.from(stateSvg.querySelectorAll('[data-county]')).map(function (path) { return [path.dataset.county, path]; }));
var svgSpace = 'http://www.w3.org/2000/svg';

function drawn(tag, attributes, inside) {
  var made = document.createElementNS(svgSpace, tag);
  Object.keys(attributes).forEach(function (name) { if (attributes[name] !== null) { made.setAttribute(name, attributes[name]); } });
  if (inside) { inside.appendChild(made); }
  return made;
}

function told(shape, text) { drawn('title', {}, shape).textContent = text; }

function stateOf(county) { return county.states[byId('area').value][byId('family').value]; }

function fillCounties() {
  view.counties.forEach(function (county) {
    var path = shapeOf.get(county.name), look = view.looks[stateOf(county)];
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
  view.shared.forEach(function (partner) {
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
    var from = view.points[pair.one], to = view.points[pair.other];
    var line = drawn('line', { x1: from[0], y1: from[1], x2: to[0], y2: to[1], 'stroke-width': Math.min(1 + pair.partners.length * 0.5, 4) }, linkLayer);
    told(line, pair.one + ' and ' + pair.other + ' share ' + pair.partners.join(', '));
  });
}

function sayStates() {
  var names = view.counties.filter(function (county) { return county.has_map; }).length;
  says.textContent = byId('area').selectedOptions[0].textContent + ', ' + byId('family').selectedOptions[0].textContent + ': ' + names + ' counties with a map';
}

function countyButton(name, note) {
  var button = element('button', 'pick'), words = element('span');
  button.type = 'button';
  words.appendChild(element('span', '', name + ' County'));
  if (note) { words.appendChild(spelled('small', '', note)); }
  button.appendChild(words);
  button.addEventListener('click', function () { go(name, null); });
  return button;
}

function fillStatePanel() {
  panel.appendChild(element('h2', '', view.title));
  panel.appendChild(spelled('p', '', view.opening));
  view.notes.forEach(function (note) {
    if (note.length < 140) { panel.appendChild(spelled('p', 'quiet', note)); return; }
    var box = panel.appendChild(element('details')), parts = note.split(': ');
    box.appendChild(element('summary', '', parts[0]));
    box.appendChild(spelled('p', 'quiet', parts.slice(1).join(': ')));
  });
  panel.appendChild(element('h3', '', 'Counties with a map'));
  var list = element('ul', 'picks');
  view.counties.filter(function (county) { return county.has_map; }).forEach(function (county) {
    var states = view.areas.map(function (area) { return area[1] + ' ' + view.looks[county.states[area[0]].all].name.toLowerCase(); });
    list.appendChild(element('li')).appendChild(countyButton(county.name, states.join(', ')));
  });
  panel.appendChild(list);
}

['area', 'family'].forEach(function (id) {
  byId(id).addEventListener('change', function () { fillCounties(); sayStates(); });
});
['shared', 'statewide'].forEach(function (id) { byId(id).addEventListener('change', drawLinks); });
shapeOf.forEach(function (path, name) {
  path.addEventListener('click', function () { go(name, null); });
  path.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); go(name, null); }
  });
});
