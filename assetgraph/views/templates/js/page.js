// Parts of any page: elements made by textContent only, icons, acronyms spelt out, links.
var byId = function (id) { return document.getElementById(id); };
var calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
var given = JSON.parse(byId('view-data').textContent);
var panel = byId('panel');
var says = byId('says');

function fold(text) {
  return text.normalize('NFD').replace(/[\u0300-\u036f'\u2018\u2019]/g, '').toLowerCase();
}

// DOM by textContent only: nothing from a sheet is ever read as markup.
function element(tag, className, text) {
  var made = document.createElement(tag);
  if (className) { made.className = className; }
  if (text !== undefined) { made.textContent = text; }
  return made;
}

var svgSpace = 'http://www.w3.org/2000/svg';

// An element of a drawing; an attribute that is null is left out.
function drawn(tag, attributes, inside) {
  var made = document.createElementNS(svgSpace, tag);
  Object.keys(attributes).forEach(function (name) { if (attributes[name] !== null) { made.setAttribute(name, attributes[name]); } });
  if (inside) { inside.appendChild(made); }
  return made;
}

function iconOf(item) {
  var svg = drawn('svg', { 'class': 'icon', viewBox: '-10 -10 20 20', 'aria-hidden': 'true', fill: item.color, color: item.color });
  drawn('use', { href: '#shape-' + item.shape, x: -10, y: -10, width: 20, height: 20 }, svg);
  return svg;
}

var acronymWords = Object.keys(given.acronyms).sort(function (a, b) { return b.length - a.length; });
var acronymPattern = new RegExp('\\b(' + acronymWords.join('|') + ')\\b');

function spelled(tag, className, text) {
  var made = element(tag, className);
  text.split(acronymPattern).forEach(function (piece, place) {
    if (place % 2) {
      var short = element('abbr', '', piece);
      short.title = given.acronyms[piece];
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
