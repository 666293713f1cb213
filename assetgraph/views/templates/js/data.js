// What the page knows: items, ghosts and links by id, and what is chosen or filtered away.
var view = JSON.parse(document.getElementById('view-data').textContent);
var drawing = JSON.parse(document.getElementById('drawing-data').textContent);
var byId = function (id) { return document.getElementById(id); };
var calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;

var ghostItems = view.ghosts.map(function (ghost) {
  return {
    id: ghost.id, group: 'ghost', kind: 'Missing partner (suggested)', ring: 3, shape: 'ghost', color: '#7a4b00', size: 10,
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

var state = { chosen: null, focus: null, hover: null, area: '', hiddenGroups: new Set(), hiddenStyles: new Set() };

function itemShown(item) {
  if (state.hiddenGroups.has(item.group)) { return false; }
  if (item.duration && state.hiddenStyles.has(item.duration)) { return false; }
  return !state.area || item.group === 'office' || item.areas.indexOf(state.area) >= 0;
}

function linkShown(link) {
  if (state.hiddenStyles.has(link.style)) { return false; }
  if (state.area && link.areas.length && link.areas.indexOf(state.area) < 0) { return false; }
  return itemShown(itemOf.get(link.from_id)) && itemShown(itemOf.get(link.to_id));
}

function otherEnd(link, id) { return itemOf.get(link.from_id === id ? link.to_id : link.from_id); }

function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
}

// DOM by textContent only: nothing from a sheet is ever read as markup.
function element(tag, className, text) {
  var made = document.createElement(tag);
  if (className) { made.className = className; }
  if (text !== undefined) { made.textContent = text; }
  return made;
}

function iconOf(item) {
  var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  var use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '-10 -10 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('fill', item.color);
  svg.setAttribute('color', item.color);
  use.setAttribute('href', '#shape-' + item.shape);
  [['x', -10], ['y', -10], ['width', 20], ['height', 20]].forEach(function (pair) { use.setAttribute(pair[0], pair[1]); });
  svg.appendChild(use);
  return svg;
}

var acronymWords = Object.keys(view.acronyms).sort(function (a, b) { return b.length - a.length; });
var acronymPattern = new RegExp('\\b(' + acronymWords.join('|') + ')\\b');

function spelled(tag, className, text) {
  var made = element(tag, className);
  text.split(acronymPattern).forEach(function (piece, place) {
    if (place % 2) {
      var short = element('abbr', '', piece);
      short.title = view.acronyms[piece];
      made.appendChild(short);
    } else if (piece) {
      made.appendChild(document.createTextNode(piece));
    }
  });
  return made;
}

function webLink(address) {
  var link = element('a', '', 'web page');
  link.href = address;
  link.rel = 'noopener noreferrer';
  link.target = '_blank';
  return link;
}
