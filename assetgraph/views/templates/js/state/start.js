// Where one is: the state, a county, a shape in it. The address says so, and Back goes back.
var asked = 0, openedName = '';
countyInAddress = '';

// Opens a county, or the whole for ''; as the list where that is wanted. Gives a promise of when it is there.
function goTo(county, shown) {
  goToAddress((county ? [['county', county]] : partsOfAll()).concat([['view', shown]]));
  return show(county, shown || 'map');
}

function show(county, shown) {
  var mine = asked += 1;
  if (!countyOf.has(county)) { showState(shown); return Promise.resolve(false); }
  return unpack().then(function () {
    if (mine !== asked) { return false; }
    var walked = document.activeElement !== document.body;
    var isNew = openedName !== county || !countyInAddress;
    countyInAddress = county;
    document.documentElement.dataset.in = 'county';
    byId('back').hidden = false;
    byId('where').textContent = county + ' County';
    if (isNew && openedName === county) { fit(true); }
    if (openedName !== county) { openCounty(unpackedCounty(given.counties.indexOf(countyOf.get(county)))); }
    openedName = county;
    if (shown === 'list') { showRows(); }
    followAddress();
    if (shown !== shownAs) { showAs(shown); }
    var active = document.activeElement, isLost = active === document.body || !active.getClientRects().length;
    if (walked && shownAs === 'map' && isLost) { stage.focus(); }
    if (isNew && !state.chosen) { says.textContent = county + ' County opened'; }
    return true;
  }, tooOld);
}

function tooOld() {
  showState(shownAs);
  says.textContent = byId('where').textContent = byId('rows').textContent =
    'This browser is too old to unpack the counties; the CSV beside this page has every row.';
  cannotUnpack = true;
  showRows();
  return false;
}

function showState(shown) {
  var from = countyInAddress;
  countyInAddress = '';
  if (view) { state.chosen = state.to = state.hover = null; }
  document.documentElement.dataset.in = 'state';
  byId('back').hidden = true;
  byId('where').textContent = '';
  closeSheets();
  fillCounties();
  drawLinks();
  fillStatePanel();
  if (shownAs !== shown || shown === 'list') { showAs(shown); }
  says.textContent = given.title;
  var back = shown === 'map' ? shapeOf.get(from) : document.querySelector('[data-rows="' + CSS.escape(from) + '"]');
  if (back) { back.focus(); }
}

partsOfAll = function () {
  return ['area', 'family'].map(function (name) { return [name, byId('fill-' + name).selectedIndex ? byId('fill-' + name).value : '']; })
    .concat([['lines', byId('shared').checked ? byId('statewide').checked ? 'statewide' : '' : 'none']]);
};

// What counties are filled by, and which lines there are.
function choicesFromAddress() {
  ['area', 'family'].forEach(function (name) {
    var list = byId('fill-' + name);
    list.selectedIndex = Math.max(0, Array.from(list.options).findIndex(function (option) { return option.value === inAddress(name); }));
  });
  byId('shared').checked = inAddress('lines') !== 'none';
  byId('statewide').checked = inAddress('lines') === 'statewide';
}

// The county that the address names, however it is spelt; else none, and it is said.
function follow() {
  var asked = fold(inAddress('county')), found = given.counties.find(function (county) { return fold(county.name) === asked; });
  if (!found) { choicesFromAddress(); }
  show(found ? found.name : '', inAddress('view') === 'list' ? 'list' : 'map').then(function () {
    if (asked && !found) { says.textContent = byId('where').textContent = 'No county of that name is on this map'; }
  });
}

byId('back').addEventListener('click', function () { goTo(''); });
// Before the county's own keys see it: with nothing chosen, Escape leaves the county.
document.addEventListener('keydown', function (event) {
  if (event.key !== 'Escape' || shownAs !== 'map' || !countyInAddress || state.chosen || event.target.closest('input, select')) { return; }
  if (side.classList.contains('open') || panel.classList.contains('open')) { return; }
  goTo('');
}, true);
leaving = function () {
  if (!countyInAddress) { return { name: 'map', svg: shownState() }; }
  return { name: fold(countyInAddress).replace(/[^a-z0-9]+/g, '-'), svg: shownCounty() };
};
window.addEventListener('popstate', follow);
follow();
document.documentElement.dataset.ready = 'yes';
// Unpacked while the reader looks, so that the first county opens as soon as the next ones.
setTimeout(function () { unpack().catch(function () { return null; }); }, 60);
