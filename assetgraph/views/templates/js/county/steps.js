// What stays lit: what is within so many steps of the chosen one, or the path from it to another.
var lit = { key: '', kept: null, links: [], path: null };

// What is open, shortest first; a tie that has ended counts for three, so that a living way is taken before a shorter dead one.
function wayBetween(from, to) {
  var best = new Map([[from, { cost: 0, link: null, before: null }]]), open = [from], closed = new Set();
  while (open.length) {
    open.sort(function (a, b) { return best.get(a).cost - best.get(b).cost || (a < b ? -1 : 1); });
    var at = open.shift();
    if (at === to) { break; }
    closed.add(at);
    linksAt.get(at).filter(linkShown).forEach(function (link) {
      var next = otherEnd(link, at).id, style = styleOn(link);
      var cost = best.get(at).cost + (style === 'ended' ? 3 : style === 'suggested' ? 100 : 1);
      if (closed.has(next) || (best.has(next) && best.get(next).cost <= cost)) { return; }
      best.set(next, { cost: cost, link: link, before: at });
      if (open.indexOf(next) < 0) { open.push(next); }
    });
  }
  if (!best.has(to)) { return null; }
  var hops = [];
  for (var id = to; id !== from; id = best.get(id).before) { hops.unshift({ from: best.get(id).before, to: id, link: best.get(id).link }); }
  return hops;
}

function light() {
  var key = whatIsShown();
  if (lit.key === key) { return lit; }
  lit = { key: key, kept: null, links: [], path: null };
  if (!state.chosen) { return lit; }
  lit.kept = new Set([state.chosen]);
  if (state.to) {
    lit.path = wayBetween(state.chosen, state.to);
    lit.kept.add(state.to);
    (lit.path || []).forEach(function (hop) { lit.kept.add(hop.to); lit.links.push(hop.link); });
    return lit;
  }
  var links = new Set(), edge = [state.chosen];
  for (var step = 0; step < state.steps; step += 1) {
    var next = [];
    edge.forEach(function (id) {
      linksAt.get(id).filter(linkShown).forEach(function (link) {
        var other = otherEnd(link, id).id;
        links.add(link);
        if (!lit.kept.has(other)) { lit.kept.add(other); next.push(other); }
      });
    });
    edge = next;
  }
  lit.links = Array.from(links);
  return lit;
}

function inSight() { return light().kept; }

function litLinks() { return light().links; }

function stepButtons() {
  var group = element('div', 'steps'), label = element('span', 'of', 'Light up');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'How far to light up');
  group.appendChild(label);
  [1, 2, 3].forEach(function (steps) {
    var button = element('button', '', steps === 1 ? '1 step' : steps + ' steps');
    button.type = 'button';
    button.setAttribute('aria-pressed', state.steps === steps && !state.to ? 'true' : 'false');
    button.addEventListener('click', function () {
      state.steps = steps;
      setTo(null);
      panel.querySelector('.steps [aria-pressed="true"]').focus();
      says.textContent = light().kept.size + ' shapes within ' + button.textContent;
    });
    group.appendChild(button);
  });
  return group;
}

// Where the path goes: a list of every name that is shown, ordered as it is found.
function pathPicker(item) {
  var box = element('div', 'pathto'), label = element('label', 'of', 'Path to'), list = element('select');
  list.id = 'path-to';
  label.htmlFor = list.id;
  list.appendChild(element('option', '', 'nobody chosen')).value = '';
  items.filter(function (other) { return other !== item && other.group !== 'ghost' && itemShown(other); })
    .sort(function (a, b) { return fold(a.name) < fold(b.name) ? -1 : 1; })
    .forEach(function (other) {
      var option = list.appendChild(element('option', '', other.name));
      option.value = other.id;
      option.selected = other.id === state.to;
    });
  list.addEventListener('change', function () {
    setTo(list.value || null);
    byId('path-to').focus();
  });
  box.appendChild(label);
  box.appendChild(list);
  return box;
}

function fillPath() {
  var hops = light().path, to = itemOf.get(state.to);
  panel.appendChild(element('h3', '', 'The way to ' + to.name));
  if (!hops) {
    panel.appendChild(element('p', 'quiet', 'No way is recorded among what is shown; blank means not recorded.'));
    return;
  }
  var list = element('ol', 'hops');
  hops.forEach(function (hop) {
    var li = list.appendChild(element('li'));
    li.appendChild(pickButton(itemOf.get(hop.to)));
    var facts = (hop.link.statements || []).map(function (said) { return [hop.link.from_id === hop.from ? said.forward : said.backward, said]; });
    var told = li.appendChild(element('ul', 'facts'));
    saidOnce(facts).forEach(function (said) { told.appendChild(factLine(said)); });
  });
  panel.appendChild(list);
}
