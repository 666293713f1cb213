// The legend is the filter: kinds, content area, how long. And the sheets that hold it all on a phone.
var side = byId('side');

function applyFilters() {
  nodes.update(items.map(function (item) { return { id: item.id, hidden: !itemShown(item) }; }));
  edges.update(allLinks.filter(function (link) { return edges.get(link.id); })
    .map(function (link) {
      var dashes = dashOf[styleOn(link)];
      return { id: link.id, hidden: !linkShown(link), dashes: dashes && dashes.length ? dashes : false };
    }));
  byId('empty').hidden = items.some(itemShown);
  if (state.focus && !itemShown(itemOf.get(state.focus))) { state.focus = null; }
  network.redraw();
}

function sayHowMany() {
  says.textContent = items.filter(itemShown).length + ' shapes and ' + view.links.filter(linkShown).length + ' lines shown';
}

function filterBoxes(name, hidden) {
  document.querySelectorAll('input[data-' + name + ']').forEach(function (box) {
    box.checked = true;
    box.addEventListener('change', function () {
      hidden[box.checked ? 'delete' : 'add'](box.dataset[name]);
      applyFilters();
      sayHowMany();
    });
  });
}

// What is asked for by name is shown, whatever the filters say.
function reveal(item) {
  if (itemShown(item)) { return; }
  state.hiddenGroups.delete(item.group);
  state.on = view.on;
  byId('day-note').hidden = true;
  if (item.duration) { state.hiddenStyles.delete(ended(item) ? 'ended' : item.duration); }
  state.area = '';
  state.scope = '';
  state.grades = null;
  state.on = view.on;
  byId('area').value = byId('grades').value = byId('scope').value = '';
  byId('as-of').value = view.on;
  document.querySelectorAll('input[data-group]').forEach(function (box) { box.checked = !state.hiddenGroups.has(box.dataset.group); });
  document.querySelectorAll('input[data-style]').forEach(function (box) { box.checked = !state.hiddenStyles.has(box.dataset.style); });
  applyFilters();
}

function openSheet(sheet) {
  closeSheets();
  sheet.classList.add('open');
}

function closeSheets() {
  side.classList.remove('open');
  panel.classList.remove('open');
}

filterBoxes('group', state.hiddenGroups);
filterBoxes('style', state.hiddenStyles);
byId('area').value = byId('grades').value = byId('scope').value = '';
byId('scope').addEventListener('change', function () {
  state.scope = byId('scope').value;
  applyFilters();
  sayHowMany();
});
byId('area').addEventListener('change', function () {
  state.area = byId('area').value;
  applyFilters();
  sayHowMany();
});
byId('grades').addEventListener('change', function () {
  state.grades = byId('grades').value ? byId('grades').value.split(',').map(Number) : null;
  applyFilters();
  sayHowMany();
});
byId('as-of').value = view.on;
byId('as-of').addEventListener('change', function () {
  state.on = byId('as-of').value || view.on;
  byId('day-note').hidden = state.on === view.on;
  applyFilters();
  sayHowMany();
});
byId('day-back').addEventListener('click', function () {
  byId('as-of').value = view.on;
  byId('as-of').dispatchEvent(new Event('change'));
});
byId('side-open').addEventListener('click', function () { openSheet(side); find.focus(); });
byId('side-close').addEventListener('click', closeSheets);
['panel-open', 'strip'].forEach(function (id) {
  byId(id).addEventListener('click', function () { clearChoice(); openSheet(panel); panel.focus(); });
});
