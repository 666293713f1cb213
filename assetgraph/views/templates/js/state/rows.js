// The tables of one county, from the same data as its picture: every item, and every statement with who says it.
var rowsFor = '';

function tableOf(title, headings, lines) {
  var box = element('div', 'wide'), table = element('table'), head = element('tr'), body = element('tbody');
  box.setAttribute('role', 'region');
  box.tabIndex = 0;
  box.setAttribute('aria-label', title);
  table.appendChild(element('caption', '', title));
  headings.forEach(function (heading) { head.appendChild(element('th', '', heading)).scope = 'col'; });
  table.appendChild(element('thead')).appendChild(head);
  lines.forEach(function (line) {
    var row = body.appendChild(element('tr'));
    if (line.id) { row.id = 'row-' + line.id; }
    row.appendChild(spelled('th', '', line.cells[0])).scope = 'row';
    line.cells.slice(1).forEach(function (cell, n) {
      var made = row.appendChild(element('td'));
      made.dataset.of = headings[n + 1];
      [].concat(cell).forEach(function (text) { made.appendChild(spelled('div', '', text)); });
    });
  });
  table.appendChild(body);
  box.appendChild(table);
  byId('rows').appendChild(box);
  giveTools(table);
}

function fillCountyRows() {
  if (!view || rowsFor === view.county) { return; }
  rowsFor = view.county;
  byId('rows').textContent = '';
  byId('rows').appendChild(element('h2', '', view.title)).tabIndex = -1;
  view.kinds.forEach(function (kind) {
    var held = view.items.filter(function (item) { return item.group === kind.key; });
    tableOf(kind.name, ['Name', 'Kind', 'Content areas', 'Recorded (blank means not recorded)'], held.map(function (item) {
      var said = item.details.map(function (line) { return line.name + ': ' + line.text; });
      return { id: item.id, cells: [item.name, item.kind, areaNames(item), said.concat(item.needs.map(function (need) { return 'Need: ' + need.text + ' (' + need.note + ')'; }))] };
    }));
  });
  var names = new Map(view.areas.map(function (area) { return [area.key, area.name]; })), lines = [];
  view.links.forEach(function (link) {
    saidOnce(link.statements.map(function (said) { return [said.turned ? said.backward : said.forward, said]; })).forEach(function (said) {
      var who = said.from.map(function (one) { return one.source + (one.place ? ' · ' + one.place : ''); });
      lines.push({ cells: [said.sentence, link.areas.map(function (key) { return names.get(key); }).join(', '), said.lasts, who] });
    });
  });
  tableOf('Every statement', ['What is said', 'Content areas', 'How long', 'Who says so'], lines);
}

// The list begins with the county that is open.
beforeShown.list = function () {
  fillCountyRows();
  byId('rows').hidden = !countyInAddress;
};

document.querySelectorAll('[data-rows]').forEach(function (button) {
  button.addEventListener('click', function () {
    goTo(button.dataset.rows, 'list').then(function () {
      byId('rows').scrollIntoView();
      byId('rows').querySelector('h2').focus();
      says.textContent = 'Every statement of ' + view.county + ' County';
    });
  });
});
