// The panel: what the county has, or one item with everything that ties it, or why a ghost is suggested.

function pickButton(item, note, className) {
  var button = element('button', 'pick' + (className ? ' ' + className : ''));
  var words = element('span');
  button.type = 'button';
  button.dataset.item = item.id;
  button.appendChild(iconOf(item));
  words.appendChild(spelled('span', '', item.name));
  if (note) { words.appendChild(spelled('small', '', note)); }
  button.appendChild(words);
  button.addEventListener('click', function () { choose(item.id, true); });
  return button;
}

function picks(list, noteOf, className) {
  var ul = element('ul', 'picks');
  list.forEach(function (item) {
    var li = element('li');
    li.appendChild(pickButton(item, noteOf ? noteOf(item) : '', className));
    ul.appendChild(li);
  });
  return ul;
}

function areaNames(item) {
  return view.areas.filter(function (area) { return item.areas.indexOf(area.key) >= 0; })
    .map(function (area) { return area.name; }).join(', ');
}

function detailList(lines, className) {
  var dl = element('dl', className);
  lines.forEach(function (line) {
    var div = element('div');
    div.appendChild(element('dt', '', line.name));
    var said = div.appendChild(spelled('dd', line.name === 'Named in' ? 'named' : '', line.text));
    // What is cut is told whole where one tabs to it or taps it.
    if (line.name === 'Named in' && line.text.length > 100) { said.tabIndex = 0; }
    dl.appendChild(div);
  });
  return dl;
}

function closeButton() {
  var close = element('button', 'close', '×');
  close.type = 'button';
  close.setAttribute('aria-label', 'Close');
  close.addEventListener('click', function () { clearChoice(); closeSheets(); });
  return close;
}

// What a page of many counties has to say besides, of a county and of an item.
var moreOfCounty = [], moreOfItem = [];

function fillOverview() {
  panel.appendChild(element('h2', '', 'What ' + view.county + ' County has'));
  panel.appendChild(spelled('p', '', view.opening));
  panel.appendChild(spelled('p', 'quiet sheet-only', view.source_line + '. ' + view.licence_line + '.'));
  view.notes.concat(view.not_asked).forEach(function (note) { panel.appendChild(spelled('p', 'quiet', note)); });
  if (folded.length) {
    panel.appendChild(listButton('Show all in the list', folded[0].id));
  }
  view.sections.forEach(function (section) {
    var held = section.item_ids.map(function (id) { return itemOf.get(id); }).filter(Boolean);
    if (!held.length) { return; }
    var box = element('details'), title = element('summary', '', section.title + ' (' + held.length + ')');
    box.open = held.length <= 6 && !/nothing recorded/.test(section.title);
    box.appendChild(title);
    box.appendChild(picks(held, function (item) { return item.group === 'lea' ? '' : item.kind; }));
    panel.appendChild(box);
  });
  moreOfCounty.forEach(function (fill) { fill(); });
  if (!ghostItems.length) { return; }
  panel.appendChild(element('hr'));
  panel.appendChild(element('h2', '', ghostItems.length === 1 ? '1 gap worth a call' : ghostItems.length + ' gaps worth a call'));
  panel.appendChild(element('p', 'quiet', 'Dashed circles on the map: families of partners with nobody, or too little, on record. Each one says why it is suggested.'));
  panel.appendChild(picks(ghostItems, function (ghost) {
    return ghost.reasons.map(function (reason) { return reason.reason; }).join(' ');
  }, 'gap'));
  if (view.ghosts_left_out) {
    panel.appendChild(element('p', 'quiet', 'And ' + view.ghosts_left_out + ' more kinds of partner that are not drawn.'));
  }
}

function fillGhost(ghost) {
  var examples = new Map();
  ghost.reasons.forEach(function (reason) {
    panel.appendChild(element('h3', '', reason.areas));
    panel.appendChild(spelled('p', '', reason.reason));
    if (reason.could_ask.length) { panel.appendChild(element('h3', '', 'Who you could ask')); }
    reason.could_ask.forEach(function (one) {
      panel.appendChild(spelled('h4', '', one[0]));
      panel.appendChild(spelled('p', 'quiet', one[1]));
    });
    if (reason.example) { examples.set(reason.example, reason.example_sentence); }
  });
  if (examples.size) { panel.appendChild(element('h3', '', examples.size === 1 ? 'An example elsewhere' : 'Examples elsewhere')); }
  examples.forEach(function (sentence, example) {
    panel.appendChild(spelled('p', '', example));
    if (sentence) { panel.appendChild(spelled('p', 'quiet', sentence)); }
  });
  panel.appendChild(element('h3', '', 'Suggested for (' + ghost.area_ids.length + ')'));
  panel.appendChild(picks(ghost.area_ids.map(function (id) { return itemOf.get(id); })));
}

// Neighbours under the relation that ties them, each with all that was said.
function relationsOf(item) {
  var groups = new Map();
  var add = function (title, other, said) {
    if (!groups.has(title)) { groups.set(title, new Map()); }
    var others = groups.get(title);
    if (!others.has(other.id)) { others.set(other.id, []); }
    if (said) { others.get(other.id).push(said); }
  };
  linksAt.get(item.id).forEach(function (link) {
    var first = link.from_id === item.id, other = otherEnd(link, item.id);
    if (!link.statements) { add('Suggested partners, not there', other, null); return; }
    link.statements.forEach(function (said) { add(first ? said.relation : said.relation_back, other, [first ? said.forward : said.backward, said]); });
  });
  return groups;
}

// What several sources say in the same words is said once, with each source.
function saidOnce(facts) {
  var once = new Map();
  facts.forEach(function (said) {
    var key = said[0] + '\n' + said[1].lasts;
    if (!once.has(key)) { once.set(key, { sentence: said[0], lasts: said[1].lasts, from: [] }); }
    once.get(key).from.push(said[1]);
  });
  return Array.from(once.values());
}

function factLine(said) {
  var li = element('li');
  li.appendChild(spelled('p', '', said.sentence + '.'));
  if (said.lasts) { li.appendChild(spelled('p', '', said.lasts.charAt(0).toUpperCase() + said.lasts.slice(1) + '.')); }
  said.from.forEach(function (facts) {
    var where = element('p', 'said');
    where.appendChild(spelled('span', '', facts.source + (facts.place ? ' · ' + facts.place : '') + (facts.web ? ' · ' : '')));
    if (facts.web) { where.appendChild(webLink(facts.web)); }
    li.appendChild(where);
    if (facts.private.length) { li.appendChild(detailList(facts.private, 'private')); }
  });
  return li;
}

function listButton(text, id) {
  var button = element('button', 'more', text);
  button.type = 'button';
  button.addEventListener('click', function () { showInList(id); });
  return button;
}

function fillRelations(item) {
  var groups = relationsOf(item), more = foldedAt[item.id] || 0;
  if (more) {
    panel.appendChild(element('p', 'quiet', 'Tied to ' + more + ' more that ' + (more === 1 ? 'is' : 'are') + ' folded: not drawn, and not below.'));
    panel.appendChild(listButton('Show in the list', item.id));
  }
  if (!groups.size && !more) { panel.appendChild(element('p', 'quiet', 'Nothing recorded that ties it. Blank means not recorded.')); }
  groups.forEach(function (others, title) {
    panel.appendChild(element('h3', '', title + ' (' + others.size + ')'));
    var ul = element('ul', 'picks');
    others.forEach(function (facts, id) {
      var li = element('li'), list = element('ul', 'facts');
      li.appendChild(pickButton(itemOf.get(id)));
      saidOnce(facts).forEach(function (said) { list.appendChild(factLine(said)); });
      if (facts.length) { li.appendChild(list); }
      ul.appendChild(li);
    });
    panel.appendChild(ul);
  });
}

function fillItem(item) {
  var kind = element('p', 'kind');
  panel.appendChild(closeButton());
  kind.appendChild(iconOf(item));
  kind.appendChild(element('span', '', item.kind));
  panel.appendChild(kind);
  panel.appendChild(spelled('h2', '', item.name));
  if (item.group === 'ghost') { fillGhost(item); return; }
  var areas = item.group === 'area' || item.group === 'office' ? '' : areaNames(item);
  if (areas) { panel.appendChild(element('p', 'quiet', areas)); }
  if (item.web) { panel.appendChild(webLink(item.web)); }
  if (item.details.length) { panel.appendChild(detailList(item.details)); }
  panel.appendChild(stepButtons());
  panel.appendChild(pathPicker(item));
  if (state.to) { fillPath(); }
  if (item.private.length) {
    panel.appendChild(element('h3', '', 'Private'));
    panel.appendChild(detailList(item.private, 'private'));
  }
  if (item.needs.length) {
    panel.appendChild(element('h3', '', 'Needs (' + item.needs.length + ')'));
    item.needs.forEach(function (need) {
      panel.appendChild(spelled('p', '', need.text));
      panel.appendChild(spelled('p', 'quiet', need.note));
    });
  }
  moreOfItem.forEach(function (fill) { fill(item); });
  fillRelations(item);
}

function showPanel() {
  panel.textContent = '';
  panel.scrollTop = 0;
  if (state.chosen) {
    var item = itemOf.get(state.chosen);
    panel.setAttribute('aria-label', 'About ' + item.name);
    fillItem(item);
    says.textContent = item.name + ', ' + item.kind + ', ' + (linksAt.get(item.id).filter(function (link) { return link.statements; }).length + (foldedAt[item.id] || 0)) + ' ties';
  } else {
    panel.setAttribute('aria-label', 'About the county');
    says.textContent = 'What ' + view.county + ' County has';
    panel.appendChild(closeButton());
    panel.firstChild.classList.add('sheet-only');
    fillOverview();
  }
}
