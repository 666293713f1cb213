// The address says where one is: the state, a county, a shape in it.
function inAddress(name) {
  var match = new RegExp('[#&]' + name + '=([^&]+)').exec(location.hash);
  try { return match ? decodeURIComponent(match[1]) : null; } catch (error) { return null; }
}

function go(county, node) {
  var at = county ? '#county=' + encodeURIComponent(county) + (node === null ? '' : '&node=' + node) : '#';
  // Inside a sandboxed frame the address may not be written; the page works without.
  try { if (location.hash !== at) { history.pushState(null, '', at); } } catch (error) { says.textContent = ''; }
  show(county, node);
}

var asked = 0;

function show(county, node) {
  if (shownAs !== 'map') { showAs('map'); }
  var mine = asked += 1;
  if (!county || !countyOf.has(county)) { showState(); return; }
  unpack().then(function () {
    if (mine !== asked) { return; }
    var walked = stateSvg.contains(document.activeElement);
    if (!countyNow || countyNow.name !== county) {
      countyNow = openedCounty(county);
      zoomed = { scale: 1, x: 0, y: 0 };
      fillNames();
    }
    chosenNode = countyNow.itemOf.has(node) ? node : null;
    focusNode = chosenNode;
    document.documentElement.dataset.in = 'county';
    byId('back').hidden = byId('find-box').hidden = false;
    byId('where').textContent = county + ' County';
    drawRings();
    panel.textContent = '';
    panel.scrollTop = 0;
    if (chosenNode === null) { fillCountyPanel(); } else { fillNodePanel(countyNow.itemOf.get(chosenNode)); }
    if (walked) { byId('back').focus(); }
    says.textContent = chosenNode === null ? county + ' County opened' : countyNow.itemOf.get(chosenNode).name;
  }, tooOld);
}

function tooOld() {
  says.textContent = byId('where').textContent = 'This browser is too old to unpack the counties; the CSV beside this page has every row.';
}

function showState() {
  countyNow = null;
  chosenNode = null;
  document.documentElement.dataset.in = 'state';
  byId('back').hidden = byId('find-box').hidden = true;
  byId('where').textContent = '';
  panel.textContent = '';
  panel.scrollTop = 0;
  fillStatePanel();
}

function fillNames() {
  var list = byId('names');
  list.textContent = '';
  countyNow.items.slice().sort(function (a, b) { return fold(a.name) < fold(b.name) ? -1 : 1; })
    .forEach(function (item) { list.appendChild(element('option')).value = item.name; });
}

byId('find').addEventListener('change', function () {
  var wanted = fold(byId('find').value.trim());
  var hit = wanted && countyNow.items.filter(function (item) { return fold(item.name).indexOf(wanted) >= 0; })
    .sort(function (a, b) {
      return (fold(b.name) === wanted) - (fold(a.name) === wanted) || fold(a.name).indexOf(wanted) - fold(b.name).indexOf(wanted) || a.id - b.id;
    })[0];
  if (hit) { go(countyNow.name, hit.id); } else { says.textContent = 'No name like that on this map'; }
});

var ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
ringsSvg.addEventListener('keydown', function (event) {
  var from = countyNow && countyNow.itemOf.get(Number(event.target.dataset.node)), way = ways[event.key];
  if (from && way) {
    event.preventDefault();
    var best = null, least = Infinity;
    countyNow.items.forEach(function (item) {
      if (item.x === null || item === from) { return; }
      var x = item.at.x - from.at.x, y = item.at.y - from.at.y, ahead = x * way[0] + y * way[1], aside = Math.abs(x * way[1]) + Math.abs(y * way[0]);
      if (ahead > 0 && aside <= ahead * 2 && ahead + aside * 1.5 < least) { best = item; least = ahead + aside * 1.5; }
    });
    if (best) { from.drawn.setAttribute('tabindex', '-1'); best.drawn.setAttribute('tabindex', '0'); focusNode = best.id; best.drawn.focus(); }
  } else if (from && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault();
    go(countyNow.name, from.id);
  } else if (event.key === '+' || event.key === '=') { zoomBy(1.3); } else if (event.key === '-') { zoomBy(1 / 1.3); }
});
document.addEventListener('keydown', function (event) {
  if (event.key !== 'Escape' || shownAs !== 'map' || !countyNow) { return; }
  if (chosenNode !== null) { go(countyNow.name, null); } else { go(null, null); }
});

var held = null;
ringsSvg.addEventListener('pointerdown', function (event) { held = { x: event.clientX - zoomed.x, y: event.clientY - zoomed.y, far: false, id: event.pointerId }; });
ringsSvg.addEventListener('pointermove', function (event) {
  if (!held) { return; }
  var x = event.clientX - held.x, y = event.clientY - held.y;
  if (!held.far && Math.hypot(x - zoomed.x, y - zoomed.y) < 4) { return; }
  if (!held.far) { held.far = true; ringsSvg.setPointerCapture(held.id); }
  zoomed.x = x;
  zoomed.y = y;
  byId('moving').setAttribute('transform', 'translate(' + x + ' ' + y + ')');
});
ringsSvg.addEventListener('pointerup', function (event) {
  var far = held && held.far;
  held = null;
  if (far) { return; }
  var hit = nodeNear(event);
  go(countyNow.name, hit ? hit.id : null);
});
ringsSvg.addEventListener('pointercancel', function () { held = null; });
ringsSvg.addEventListener('wheel', function (event) { event.preventDefault(); zoomBy(event.deltaY < 0 ? 1.15 : 1 / 1.15); }, { passive: false });

var shownAs = 'map';
function showAs(name) {
  shownAs = name;
  document.documentElement.className = 'js ' + name + '-shown';
  document.querySelectorAll('[data-show]').forEach(function (button) { button.setAttribute('aria-pressed', button.dataset.show === name ? 'true' : 'false'); });
  window.scrollTo(0, 0);
  if (name === 'map' && countyNow) { drawRings(); }
  if (name === 'list' && countyNow) { openRows(countyNow.name); }
}
document.querySelectorAll('[data-show]').forEach(function (button) { button.addEventListener('click', function () { showAs(button.dataset.show); }); });

// A county's rows, from the same data as its picture.
function openRows(name, after) {
  unpack().then(function () {
    var old = byId('rows-of');
    if (old) { old.remove(); }
    var box = element('div', 'wide'), table = element('table'), body = element('tbody'), line = element('tr');
    box.id = 'rows-of';
    box.setAttribute('role', 'region');
    box.setAttribute('tabindex', '0');
    box.setAttribute('aria-label', name + ' County, every statement');
    table.appendChild(element('caption', '', name + ' County, every statement'));
    ['What is said', 'How long', 'Where'].forEach(function (title) { line.appendChild(element('th', '', title)).scope = 'col'; });
    table.appendChild(element('thead')).appendChild(line);
    var rows = statementsOf(name);
    rows.sort(function (a, b) { return fold(a[0]) < fold(b[0]) ? -1 : 1; });
    rows.forEach(function (row) {
      var tr = body.appendChild(element('tr'));
      tr.appendChild(spelled('th', '', row[0])).scope = 'row';
      tr.appendChild(element('td', '', row[1])).dataset.of = 'How long';
      tr.appendChild(spelled('td', '', row[2])).dataset.of = 'Where';
    });
    table.appendChild(body);
    box.appendChild(table);
    var holder = byId('rows');
    holder.textContent = '';
    holder.appendChild(box);
    giveTools(table);
    box.focus();
    box.scrollIntoView();
    says.textContent = rows.length + ' statements of ' + name + ' County';
  }, tooOld);
}
document.querySelectorAll('[data-rows]').forEach(function (button) { button.addEventListener('click', function () { openRows(button.dataset.rows); }); });

// What is on the screen as a picture of its own: a title above, the day, edition and licence below, and what fills mean.
function shownSvg() {
  var source = countyNow ? ringsSvg : stateSvg, box = source.viewBox.baseVal, keys = countyNow ? [] : Object.keys(view.looks);
  var width = box.width, low = box.height + 60, high = low + 20 * (keys.length + view.lines.length) + 20;
  var made = drawn('svg', { xmlns: svgSpace, viewBox: '0 0 ' + width + ' ' + high, width: width, height: high, 'font-family': 'system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif' });
  var what = countyNow ? countyNow.name + ' County' : view.title + ': ' + byId('area').selectedOptions[0].textContent.toLowerCase() +
    (byId('family').value === 'all' ? '' : ', ' + byId('family').selectedOptions[0].textContent.toLowerCase());
  drawn('rect', { width: width, height: high, fill: '#fff' }, made);
  drawn('text', { x: 12, y: 28, 'font-size': 18, 'font-weight': 700, fill: '#1c2434' }, made).textContent = what;
  var ground = drawn('g', { transform: 'translate(' + -box.x + ' ' + (44 - box.y) + ')' }, made);
  Array.from(source.childNodes).forEach(function (one) { ground.appendChild(one.cloneNode(true)); });
  ground.querySelectorAll('#links line').forEach(function (line) { line.setAttribute('stroke', '#0b57b0'); line.setAttribute('stroke-opacity', '0.5'); });
  keys.forEach(function (key, n) {
    var look = view.looks[key];
    drawn('rect', { x: 12, y: low + n * 20 - 12, width: 22, height: 14, rx: 2, fill: look.fill, stroke: look.edge, 'stroke-dasharray': look.dashed }, made);
    drawn('text', { x: 42, y: low + n * 20, 'font-size': 13, fill: '#1c2434' }, made).textContent = look.name + ': ' + look.meaning;
  });
  view.lines.forEach(function (line, n) {
    drawn('text', { x: 12, y: low + (keys.length + n) * 20, 'font-size': 12, fill: '#525d70' }, made).textContent = line;
  });
  return made;
}
window.addEventListener('beforeprint', function () {
  byId('still').textContent = '';
  byId('still').appendChild(shownSvg());
});
function shownName() { return countyNow ? countyNow.name.toLowerCase().replace(/[^a-z0-9]+/g, '-') : 'map'; }
byId('save').addEventListener('click', function () { savePng(shownSvg(), shownName()); });
byId('save-svg').addEventListener('click', function () { saveSvg(shownSvg(), shownName()); });
byId('print').addEventListener('click', function () { window.print(); });
byId('side-open').addEventListener('click', function () { byId('side').classList.add('open'); byId('area').focus(); });
byId('side-close').addEventListener('click', function () { byId('side').classList.remove('open'); byId('side-open').focus(); });
byId('back').addEventListener('click', function () { go(null, null); });
byId('zoom-in').addEventListener('click', function () { if (countyNow) { zoomBy(1.35); } });
byId('zoom-out').addEventListener('click', function () { if (countyNow) { zoomBy(1 / 1.35); } });
byId('zoom-fit').addEventListener('click', function () { zoomed = { scale: 1, x: 0, y: 0 }; if (countyNow) { drawRings(); } });
function follow() { show(inAddress('county'), inAddress('node') === null ? null : Number(inAddress('node'))); }
window.addEventListener('popstate', follow);
window.addEventListener('hashchange', follow);
new ResizeObserver(function () { if (countyNow && stage.clientWidth && shownAs === 'map') { drawRings(); } }).observe(stage);
byId('area').selectedIndex = 0;
byId('family').selectedIndex = 0;
fillCounties();
drawLinks();
follow();
document.documentElement.dataset.ready = 'yes';
// Unpacked while the reader looks, so that the first county opens as soon as the next ones.
setTimeout(function () { unpack().catch(function () { return null; }); }, 60);
