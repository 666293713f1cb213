// Find a name: a combobox over every name and every other spelling, accents and case folded.
var find = byId('find'), found = byId('found');
var index = [], hits = [], at = -1;

function indexNames() {
  index = items.concat(folded).map(function (item) { return { item: item, texts: [item.name].concat(item.also_called).map(fold) }; });
  find.value = '';
  hits = [];
  closeFound();
}

function scoreOf(text, wanted) {
  if (text.indexOf(wanted) === 0) { return 0; }
  if (text.indexOf(' ' + wanted) >= 0) { return 1; }
  return text.indexOf(wanted) >= 0 ? 2 : 9;
}

function search(text) {
  var wanted = fold(text.trim());
  if (!wanted) { return []; }
  return index.map(function (entry) {
    return { item: entry.item, score: Math.min.apply(null, entry.texts.map(function (one) { return scoreOf(one, wanted); })) };
  }).filter(function (hit) { return hit.score < 9; }).sort(function (a, b) {
    return a.score - b.score || (fold(a.item.name) < fold(b.item.name) ? -1 : 1);
  }).slice(0, 9).map(function (hit) { return hit.item; });
}

function showFound() {
  found.textContent = '';
  var typed = find.value.trim();
  hits.forEach(function (item, n) {
    var li = element('li'), words = element('span');
    li.id = 'found-' + n;
    li.setAttribute('role', 'option');
    li.setAttribute('aria-selected', n === at ? 'true' : 'false');
    li.appendChild(iconOf(item));
    words.appendChild(element('span', '', item.name));
    words.appendChild(element('small', '', item.kind + (itemOf.has(item.id) ? '' : '; folded, in the list')));
    li.appendChild(words);
    li.addEventListener('mousedown', function (event) { event.preventDefault(); take(item); });
    found.appendChild(li);
  });
  if (typed && !hits.length) {
    var none = element('li', 'none', 'No name like that on this map');
    none.setAttribute('role', 'option');
    none.setAttribute('aria-disabled', 'true');
    none.setAttribute('aria-selected', 'false');
    found.appendChild(none);
  }
  found.hidden = !typed;
  find.setAttribute('aria-expanded', typed ? 'true' : 'false');
  if (at >= 0) {
    find.setAttribute('aria-activedescendant', 'found-' + at);
    found.children[at].scrollIntoView({ block: 'nearest' });
  } else { find.removeAttribute('aria-activedescendant'); }
}

function closeFound() {
  found.hidden = true;
  at = -1;
  find.setAttribute('aria-expanded', 'false');
  find.removeAttribute('aria-activedescendant');
}

function take(item) {
  find.value = item.name;
  closeFound();
  if (!itemOf.has(item.id)) { showInList(item.id); return; }
  choose(item.id);
}

find.addEventListener('input', function () {
  hits = search(find.value);
  at = -1;
  showFound();
});
find.addEventListener('blur', closeFound);
find.addEventListener('keydown', function (event) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!hits.length) { return; }
    at = (at + (event.key === 'ArrowDown' ? 1 : hits.length - (at < 0 ? 0 : 1))) % hits.length;
    showFound();
  } else if (event.key === 'Enter' && hits.length && !found.hidden) {
    event.preventDefault();
    take(hits[at < 0 ? 0 : at]);
  } else if (event.key === 'Escape') {
    if (find.value) { event.stopPropagation(); }
    find.value = '';
    hits = [];
    closeFound();
  }
});
