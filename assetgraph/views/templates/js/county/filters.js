// The legend is the filter: kinds, content area, how long. And the sheets that hold it all on a phone.
var side = byId('side');

function applyFilters() {
  nodes.update(items.map(function (item) { return { id: item.id, hidden: !itemShown(item) }; }));
  edges.update(allLinks.filter(function (link) { return edges.get(link.id); })
    .map(function (link) { return { id: link.id, hidden: !linkShown(link), dashes: dashesOf(styleOn(link)) }; }));
  byId('empty').hidden = items.some(itemShown);
  if (state.focus && !itemShown(itemOf.get(state.focus))) { state.focus = null; }
  network.redraw();
}

function sayHowMany() {
  says.textContent = items.filter(itemShown).length + ' shapes and ' + view.links.filter(function (link) {
    return itemOf.has(link.from_id) && itemOf.has(link.to_id) && linkShown(link);
  }).length + ' lines shown';
}

// What is chosen stays chosen only while it is shown.
function filtered() {
  applyFilters();
  byId('day-note').hidden = state.on === view.on;
  if (state.to && !itemShown(itemOf.get(state.to))) { state.to = null; }
  if (state.chosen && !itemShown(itemOf.get(state.chosen))) { state.chosen = state.to = null; }
  showPanel();
  remember(true);
  sayHowMany();
}

function lineIcon(style) {
  var svg = drawn('svg', { 'class': 'line', viewBox: '0 0 34 6', 'aria-hidden': 'true' });
  drawn('path', { d: 'M0 3H34', stroke: looks.colors[style === 'suggested' ? 'gap' : 'line'], 'stroke-dasharray': dashText(style) }, svg);
  return svg;
}

// One row of the legend: a box to tick, what it looks like, its name and how many there are.
function legendRow(entry, icon) {
  var label = element('label', 'check'), box = element('input'), hidden = entry.style ? 'hiddenStyles' : 'hiddenGroups';
  box.type = 'checkbox';
  box.checked = !state[hidden].has(entry.key);
  box.dataset[entry.style ? 'style' : 'group'] = entry.key;
  box.addEventListener('change', function () {
    state[hidden][box.checked ? 'delete' : 'add'](entry.key);
    filtered();
  });
  [box, icon, element('span', '', entry.name), element('span', 'count', String(entry.count))].forEach(function (part) { label.appendChild(part); });
  return label;
}

function fillRows(box, rows) {
  Array.from(box.children).slice(1).forEach(function (old) { old.remove(); });
  rows.forEach(function (row) { box.appendChild(row); });
  box.hidden = !rows.length;
}

// The filters as they stand, for the county that is shown.
function showFilters() {
  fillRows(byId('kinds'), view.kinds.map(function (entry) { return legendRow(entry, iconOf(entry)); }));
  var lines = view.durations.map(function (entry) { return legendRow(entry, lineIcon(entry.style)); });
  if (ghostItems.length) {
    lines.push(element('p', 'check key'));
    lines[lines.length - 1].appendChild(lineIcon('suggested'));
    lines[lines.length - 1].appendChild(element('span', '', 'Suggested, not there'));
  }
  fillRows(byId('durations'), lines);
  var areas = byId('area');
  areas.textContent = '';
  areas.appendChild(element('option', '', 'All content areas')).value = '';
  view.areas.forEach(function (entry) {
    areas.appendChild(element('option', '', entry.name + ' (' + (entry.count || 'nothing recorded') + ')')).value = entry.key;
  });
  ['area', 'scope', 'grades'].forEach(function (name) { byId(name).value = state[name]; });
  byId('as-of').value = state.on;
  byId('day-note').hidden = state.on === view.on;
  byId('day-of').textContent = view.as_of;
}

// What is asked for by name is shown, whatever the filters say.
function reveal(item) {
  if (itemShown(item)) { return false; }
  forgetFilters();
  showFilters();
  applyFilters();
  return true;
}

function openSheet(sheet) {
  closeSheets();
  sheet.classList.add('open');
}

function closeSheets() {
  side.classList.remove('open');
  panel.classList.remove('open');
}

['area', 'scope', 'grades'].forEach(function (name) {
  byId(name).addEventListener('change', function () {
    state[name] = byId(name).value;
    filtered();
  });
});
byId('as-of').addEventListener('change', function () {
  state.on = byId('as-of').value || view.on;
  byId('as-of').value = state.on;
  filtered();
});
byId('day-back').addEventListener('click', function () {
  byId('as-of').value = view.on;
  byId('as-of').dispatchEvent(new Event('change'));
});
byId('side-open').addEventListener('click', function () {
  openSheet(side);
  Array.from(side.querySelectorAll('input, select')).find(function (one) { return one.offsetParent; }).focus();
});
byId('side-close').addEventListener('click', function () { closeSheets(); byId('side-open').focus(); });
document.querySelectorAll('#panel-open, #strip').forEach(function (button) {
  button.addEventListener('click', function () { clearChoice(); openSheet(panel); panel.focus(); });
});
