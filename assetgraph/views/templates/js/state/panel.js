// What the panel says of the state, and of a county and an item what only a page of many counties knows.
function countyButton(name, note) {
  var button = element('button', 'pick'), words = element('span');
  button.type = 'button';
  words.appendChild(element('span', '', name + ' County'));
  if (note) { words.appendChild(spelled('small', '', note)); }
  button.appendChild(words);
  button.addEventListener('click', function () { goTo(name); });
  return button;
}

function countyButtons(list) {
  var all = element('ul', 'picks');
  list.forEach(function (one) { all.appendChild(element('li')).appendChild(countyButton(one[0], one[1])); });
  return all;
}

function statesOf(county) {
  return given.areas.map(function (area) { return area[1] + ' ' + lookOf(county, area[0], 0).name.toLowerCase(); });
}

function fillStatePanel() {
  panel.textContent = '';
  panel.scrollTop = 0;
  panel.setAttribute('aria-label', 'About the counties');
  panel.appendChild(element('h2', '', given.title));
  panel.appendChild(spelled('p', '', given.opening));
  given.notes.forEach(function (note) {
    if (note.length < 140) { panel.appendChild(spelled('p', 'quiet', note)); return; }
    var box = panel.appendChild(element('details')), parts = note.split(': ');
    box.appendChild(element('summary', '', parts[0]));
    box.appendChild(spelled('p', 'quiet', parts.slice(1).join(': ')));
  });
  panel.appendChild(element('h3', '', 'Counties with a map'));
  panel.appendChild(countyButtons(given.counties.filter(function (county) { return county.has_map; }).map(function (county) {
    return [county.name, statesOf(county).join(', ')];
  })));
}

moreOfCounty.push(function () {
  var county = countyOf.get(countyInAddress);
  if (given.pages[county.name]) {
    var whole = panel.appendChild(element('p')).appendChild(element('a', '', 'The whole page of this county: gaps, timeline, needs'));
    whole.href = given.pages[county.name];
  }
  panel.appendChild(element('p', 'quiet', statesOf(county).join(', ') + '.'));
  var pairs = sharedBy().filter(function (pair) { return pair.one === county.name || pair.other === county.name; });
  if (!pairs.length) { return; }
  panel.appendChild(element('h3', '', 'Shares partners with (' + pairs.length + ')'));
  panel.appendChild(countyButtons(pairs.map(function (pair) {
    return [pair.one === county.name ? pair.other : pair.one, pair.partners.join('; ')];
  })));
});

moreOfItem.push(function (item) {
  var also = item.ring > 1 ? alsoOn(item) : [];
  if (!also.length) { return; }
  panel.appendChild(element('h3', '', 'Also on the map of (' + also.length + ')'));
  panel.appendChild(countyButtons(also.slice(0, 12).map(function (name) { return [name, '']; })));
  if (also.length > 12) { panel.appendChild(element('p', 'quiet', 'And ' + (also.length - 12) + ' more.')); }
});
