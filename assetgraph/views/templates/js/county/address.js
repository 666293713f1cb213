// The address: where one is, what is chosen and what is filtered.

// Of a page of many counties: the one that is open ('' for none; null on the page of one alone), and what its address says
// while none is.
var countyInAddress = null, partsOfAll = null;

function inAddress(name) {
  var match = new RegExp('[#&]' + name + '=([^&]+)').exec(location.hash);
  try { return match ? decodeURIComponent(match[1]) : ''; } catch (error) { return ''; }
}

// The address says what is shown, chosen and filtered; Back goes to what it said before. A filter takes the place of the one before.
function remember(instead) {
  goToAddress((countyInAddress === '' ? partsOfAll() : partsOfCounty()).concat([['view', shownAs === 'map' ? '' : shownAs]]), instead);
}

function goToAddress(parts, instead) {
  var address = '#' + parts.filter(function (part) { return part[1]; })
    .map(function (part) { return part[0] + '=' + encodeURIComponent(part[1]); }).join('&');
  if ((location.hash || '#') === address) { return; }
  // Inside a sandboxed frame the address may not be written; the page works without.
  try { history[instead ? 'replaceState' : 'pushState'](null, '', address); } catch (error) { return; }
}

function partsOfCounty() {
  var hidden = Array.from(state.hiddenGroups).concat(Array.from(state.hiddenStyles)).join('.');
  return [
    ['county', countyInAddress], ['row', shownAs === 'list' ? state.row : ''], ['node', state.chosen], ['to', state.to],
    ['steps', state.chosen && state.steps > 1 ? state.steps : ''], ['area', state.area], ['scope', state.scope], ['grades', state.grades],
    ['on', state.on === view.on ? '' : state.on], ['hide', hidden]
  ];
}

function itemInAddress(name) { return itemOf.has(inAddress(name)) ? inAddress(name) : null; }

// One of the values that a list offers; else none.
function choiceInAddress(name) {
  return Array.from(byId(name).options).some(function (option) { return option.value === inAddress(name); }) ? inAddress(name) : '';
}

// The day asked about, where it is one that the field for it takes; else that of the map.
function dayInAddress() {
  var field = byId('as-of'), day = new Date(inAddress('on') + 'T00:00:00Z');
  var text = isNaN(day) ? '' : day.toISOString().slice(0, 10);
  return text && text === inAddress('on') && text >= field.min && text <= field.max ? text : view.on;
}

// Of some rows of the legend the keys of those that the address hides.
function hiddenInAddress(entries) {
  var hidden = inAddress('hide').split('.');
  return new Set(entries.map(function (entry) { return entry.key; }).filter(function (key) { return hidden.indexOf(key) >= 0; }));
}

function followFilters() {
  var before = filtersNow();
  ['area', 'scope', 'grades'].forEach(function (name) { state[name] = choiceInAddress(name); });
  state.on = dayInAddress();
  state.hiddenGroups = hiddenInAddress(view.kinds);
  state.hiddenStyles = hiddenInAddress(view.durations);
  if (filtersNow() !== before) { showFilters(); applyFilters(); }
}

function followAddress() {
  var before = whatIsShown(), row = /^n\d+$/.test(inAddress('row')) ? inAddress('row') : '', isNew = row !== state.row;
  followFilters();
  var filters = filtersNow(), wanted = inAddress('view') || 'map';
  state.steps = Math.min(Math.max(Math.round(Number(inAddress('steps'))) || 1, 1), 3);
  var node = itemInAddress('node'), to = itemInAddress('to'), end = to && itemOf.get(to);
  state.to = node && end && to !== node && end.group !== 'ghost' && itemShown(end) ? to : null;
  state.row = row;
  showChoice(node, false, before);
  if (wanted !== shownAs) { showAs(document.querySelector('[data-show="' + CSS.escape(wanted) + '"]') ? wanted : 'map'); }
  if (isNew && shownAs === 'list') { showRow(); }
  if (filtersNow() !== filters) { remember(true); }
}
