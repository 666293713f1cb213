// One county as it is drawn: its items, gaps and links by id, and what is chosen or filtered away.
var looks = given.looks;
var view = null, items = [], folded = [], foldedAt = {}, ghostItems = [], allLinks = [], itemOf = new Map(), linksAt = new Map();

// ``on`` is the day asked about, as yyyy-mm-dd; ``grades`` is 'lowest,highest' or '' for all.
var state = {};
var longestFirst = ['enduring', 'time_limited', 'temporary', 'unknown', 'ended'];

function forgetFilters() {
  state.area = state.scope = state.grades = '';
  state.on = view.on;
  state.hiddenGroups = new Set();
  state.hiddenStyles = new Set();
}

function readCounty(county) {
  view = county;
  ghostItems = view.ghosts.map(function (ghost) {
    return {
      id: ghost.id, group: 'ghost', kind: 'Gap worth a call', ring: 3, shape: 'ghost', color: looks.colors.gap, size: 10,
      name: ghost.name, x: ghost.x, y: ghost.y, areas: ghost.areas, area_ids: ghost.area_ids, reasons: ghost.reasons,
      details: [], private: [], needs: [], also_called: []
    };
  });
  items = view.items.filter(function (item) { return item.is_drawn; }).concat(ghostItems);
  folded = view.folded || view.items.filter(function (item) { return !item.is_drawn; });
  foldedAt = view.folded_at || {};
  if (!view.folded_at) {
    var drawnIds = new Set(items.map(function (item) { return item.id; }));
    view.links.forEach(function (link) {
      var ends = [link.from_id, link.to_id].filter(function (id) { return drawnIds.has(id); });
      if (ends.length === 1) { foldedAt[ends[0]] = (foldedAt[ends[0]] || 0) + 1; }
    });
  }
  itemOf = new Map(items.map(function (item) { return [item.id, item]; }));
  var ghostLinks = [];
  ghostItems.forEach(function (ghost) {
    ghost.area_ids.forEach(function (area) {
      ghostLinks.push({ id: ghost.id + '.' + area, from_id: area, to_id: ghost.id, style: 'suggested', areas: itemOf.get(area).areas });
    });
  });
  allLinks = view.links.filter(function (link) { return itemOf.has(link.from_id) && itemOf.has(link.to_id); }).concat(ghostLinks);
  linksAt = new Map(items.map(function (item) { return [item.id, []]; }));
  allLinks.forEach(function (link) {
    linksAt.get(link.from_id).push(link);
    linksAt.get(link.to_id).push(link);
  });
  state.chosen = state.to = state.focus = state.hover = null;
  state.row = '';
  state.steps = 1;
  forgetFilters();
}

function begun(one) { return !one.starts_on || one.starts_on <= state.on || state.on === view.on; }

function ended(one) { return Boolean(one.ends_on) && one.ends_on < state.on; }

// How a line is drawn on the day asked about; null where nothing of it has begun.
function styleOn(link) {
  if (!link.statements || state.on === view.on) { return link.style; }
  var styles = link.statements.filter(begun).map(function (said) { return ended(said) ? 'ended' : said.duration; });
  return longestFirst.find(function (style) { return styles.indexOf(style) >= 0; }) || null;
}

function inGrades(item) {
  if (!state.grades || !item.grades) { return true; }
  var asked = state.grades.split(',').map(Number);
  return item.grades[0] <= asked[1] && item.grades[1] >= asked[0];
}

function itemShown(item) {
  if (state.hiddenGroups.has(item.group) || !begun(item) || !inGrades(item)) { return false; }
  if (item.duration && state.hiddenStyles.has(ended(item) ? 'ended' : item.duration)) { return false; }
  if (state.scope && item.scope && item.scope !== state.scope && item.group !== 'office') { return false; }
  return !state.area || item.group === 'office' || item.areas.indexOf(state.area) >= 0;
}

function linkShown(link) {
  var style = styleOn(link);
  if (!style || state.hiddenStyles.has(style)) { return false; }
  if (state.area && link.areas.length && link.areas.indexOf(state.area) < 0) { return false; }
  return itemShown(itemOf.get(link.from_id)) && itemShown(itemOf.get(link.to_id));
}

function otherEnd(link, id) { return itemOf.get(link.from_id === id ? link.to_id : link.from_id); }

function filtersNow() {
  return [state.area, state.scope, state.grades, state.on, Array.from(state.hiddenGroups), Array.from(state.hiddenStyles)].join('|');
}

// Everything that what is shown depends on, as one text: what was worked out for it is kept until it changes.
function whatIsShown() { return [view.county, state.chosen, state.to, state.steps, filtersNow()].join('|'); }

function isFiltered() {
  return Boolean(state.area || state.scope || state.grades || state.on !== view.on || state.hiddenGroups.size || state.hiddenStyles.size);
}
