// The tables of one county, from the same data as its picture: every item, and every statement with who says it.
var rowsFor = '', cannotUnpack = false;

function tableOf(title, headings, lines) {
  var box = element('div', 'wide'), table = element('table'), head = element('tr'), body = element('tbody');
  box.setAttribute('role', 'region');
  box.tabIndex = 0;
  box.setAttribute('aria-label', title);
  table.appendChild(element('caption', '', title + ' ')).appendChild(element('span', 'count', String(lines.length)));
  headings.forEach(function (heading) { head.appendChild(element('th', '', heading)).scope = 'col'; });
  table.appendChild(element('thead')).appendChild(head);
  lines.forEach(function (line) {
    var row = body.appendChild(element('tr'));
    if (line.id) { row.id = 'row-' + line.id; }
    row.appendChild(spelled('th', '', line.cells[0])).scope = 'row';
    line.cells.slice(1).forEach(function (cell, n) {
      var made = row.appendChild(element('td'));
      made.dataset.of = headings[n + 1];
      [].concat(cell).forEach(function (text) { made.appendChild(text.href ? text : spelled('div', '', text)); });
    });
  });
  table.appendChild(body);
  table.dataset.name = fold(title).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  box.appendChild(table);
  byId('rows').appendChild(box);
  giveTools(table);
}

// The list, and what is printed, begin with the county that is open, or say why none can be.
function showRows() {
  fillCountyRows();
  byId('rows').hidden = !countyInAddress && !cannotUnpack;
}

function rowOf(item) {
  var said = item.details.map(function (line) { return line.name + ': ' + line.text; });
  item.needs.forEach(function (need) { said.push('Need: ' + need.text + ' (' + need.note + ')'); });
  return { id: item.id, cells: [item.name, item.kind, areaNames(item), item.web ? said.concat([webLink(item.web)]) : said] };
}

function fillCountyRows() {
  if (!view || rowsFor === view.county) { return; }
  rowsFor = view.county;
  byId('rows').textContent = '';
  var back = byId('rows').appendChild(element('button', 'more', '← All counties'));
  back.type = 'button';
  back.addEventListener('click', function () { goTo('', 'list'); });
  byId('rows').appendChild(element('h2', '', view.title)).tabIndex = -1;
  view.kinds.forEach(function (kind) {
    var held = view.items.filter(function (item) { return item.group === kind.key; });
    tableOf(view.county + ' County: ' + kind.name, ['Name', 'Kind', 'Content areas', 'Recorded (blank means not recorded)'], held.map(rowOf));
  });
  var names = new Map(view.areas.map(function (area) { return [area.key, area.name]; })), lines = [];
  view.links.forEach(function (link) {
    saidOnce(link.statements.map(function (said) { return [said.turned ? said.backward : said.forward, said]; })).forEach(function (said) {
      var who = [];
      said.from.forEach(function (one) {
        who.push(one.source + (one.place ? ' · ' + one.place : ''));
        if (one.web) { who.push(webLink(one.web)); }
      });
      lines.push({ cells: [said.sentence, link.areas.map(function (key) { return names.get(key); }).join(', '), said.lasts, who] });
    });
  });
  tableOf(view.county + ' County: every statement', ['What is said', 'Content areas', 'How long', 'Who says so'], lines);
}

beforeShown.list = showRows;
window.addEventListener('beforeprint', showRows);

document.querySelectorAll('[data-rows]').forEach(function (button) {
  button.addEventListener('click', function () {
    goTo(button.dataset.rows, 'list').then(function (isThere) {
      if (!isThere) { return; }
      byId('rows').scrollIntoView();
      byId('rows').querySelector('h2').focus();
      says.textContent = 'Every statement of ' + view.county + ' County';
    });
  });
});
