// What the page knows: items, ghosts and links by id, and what is chosen or filtered away.
var drawing = JSON.parse(document.getElementById('drawing-data').textContent);

var ghostItems = view.ghosts.map(function (ghost) {
  return {
    id: ghost.id, group: 'ghost', kind: 'Gap worth a call', ring: 3, shape: 'ghost', color: '#7a4b00', size: 10,
    name: ghost.name, x: ghost.x, y: ghost.y, areas: ghost.areas, area_ids: ghost.area_ids, reasons: ghost.reasons,
    details: [], private: [], needs: [], also_called: []
  };
});
var items = view.items.concat(ghostItems);
var itemOf = new Map(items.map(function (item) { return [item.id, item]; }));
var linksAt = new Map(items.map(function (item) { return [item.id, []]; }));
view.links.forEach(function (link) {
  linksAt.get(link.from_id).push(link);
  linksAt.get(link.to_id).push(link);
});
var ghostLinks = [];
ghostItems.forEach(function (ghost) {
  ghost.area_ids.forEach(function (area) {
    ghostLinks.push({ id: ghost.id + '.' + area, from_id: area, to_id: ghost.id, style: 'suggested', areas: itemOf.get(area).areas });
  });
});
ghostLinks.forEach(function (link) {
  linksAt.get(link.from_id).push(link);
  linksAt.get(link.to_id).push(link);
});
var allLinks = view.links.concat(ghostLinks);

// ``on`` is the day asked about, as yyyy-mm-dd; ``grades`` is [lowest, highest] or null for all.
var state = {
  chosen: null, to: null, steps: 1, focus: null, hover: null, area: '', scope: '', grades: null, on: view.on,
  hiddenGroups: new Set(), hiddenStyles: new Set()
};
var longestFirst = ['enduring', 'time_limited', 'temporary', 'unknown', 'ended'];

function begun(one) { return !one.starts_on || one.starts_on <= state.on || state.on === view.on; }

function ended(one) { return Boolean(one.ends_on) && one.ends_on < state.on; }

// How a line is drawn on the day asked about; null where nothing of it has begun.
function styleOn(link) {
  if (!link.statements || state.on === view.on) { return link.style; }
  var styles = link.statements.filter(begun).map(function (said) { return ended(said) ? 'ended' : said.duration; });
  return longestFirst.find(function (style) { return styles.indexOf(style) >= 0; }) || null;
}

function inGrades(item) {
  return !state.grades || !item.grades || (item.grades[0] <= state.grades[1] && item.grades[1] >= state.grades[0]);
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
