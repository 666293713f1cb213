// What the page unpacks: names, ties and counties as columns (made by packed.py), and one county at a time as shapes and lines.
var packed = null;
var unpacking = null;
var groupLooks = view.groups;

function unpack() {
  if (unpacking) { return unpacking; }
  if (!window.DecompressionStream) { unpacking = Promise.reject(new Error('too old')); return unpacking; }
  var bytes = Uint8Array.from(atob(byId('packed').textContent.trim()), function (letter) { return letter.charCodeAt(0); });
  var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  unpacking = new Response(stream).json().then(function (data) { packed = data; return data; });
  return unpacking;
}

// One county: items by number of node, with their place from -1 to 1, and links between them with all that is said.
var countyNow = null;

function openedCounty(name) {
  var held = packed.counties[name], itemOf = new Map(), links = new Map();
  held.nodes.forEach(function (node, at) {
    var look = groupLooks[held.group[at]];
    itemOf.set(node, {
      id: node, name: packed.nodes.name[node], kind: packed.kinds[packed.nodes.kind[node]], home: packed.nodes.home[node], group: look.key,
      ring: look.ring, shape: look.shape, color: look.color, size: look.size,
      x: held.x[at] === null ? null : held.x[at] / 1000, y: held.y[at] === null ? null : held.y[at] / 1000, links: []
    });
  });
  held.ties.forEach(function (tie) {
    var a = drawnAt(held, packed.ties.a[tie]), b = drawnAt(held, packed.ties.b[tie]);
    if (a === b) { return; }
    var key = a < b ? a + '-' + b : b + '-' + a;
    if (!links.has(key)) { links.set(key, { from: Math.min(a, b), to: Math.max(a, b), ties: [], ended: true }); }
    var link = links.get(key);
    link.ties.push(tie);
    link.ended = link.ended && Boolean(packed.ties.ended[tie]);
  });
  links.forEach(function (link) { itemOf.get(link.from).links.push(link); itemOf.get(link.to).links.push(link); });
  return { name: name, items: Array.from(itemOf.values()), itemOf: itemOf, links: Array.from(links.values()), folded: held.folded };
}

// What is said of the county as a whole is drawn at its office.
function drawnAt(held, node) { return node === held.whole ? held.office : node; }

// The statements of a county, each once with everybody who says it.
function statementsOf(name) {
  var once = new Map();
  packed.counties[name].ties.forEach(function (tie) {
    var said = sayOf(tie, false), span = packed.spans[packed.ties.span[tie]], key = said + '|' + span;
    if (!once.has(key)) { once.set(key, [said, span, []]); }
    if (once.get(key)[2].indexOf(whereOf(tie)) < 0) { once.get(key)[2].push(whereOf(tie)); }
  });
  return Array.from(once.values()).map(function (row) { return [row[0], row[1], row[2].join('; ')]; });
}

function sayOf(tie, fromB) {
  var type = packed.types[packed.ties.type[tie]];
  return (fromB ? type.backward : type.forward)
    .replace('{a}', function () { return packed.nodes.name[packed.ties.a[tie]]; })
    .replace('{b}', function () { return packed.nodes.name[packed.ties.b[tie]]; });
}

function whereOf(tie) {
  var row = packed.ties.row[tie];
  return packed.sources[packed.ties.source[tie]] + (row ? ', row ' + row : '');
}

function countiesWith(node) {
  return Object.keys(packed.counties).filter(function (name) { return packed.counties[name].nodes.indexOf(node) >= 0; });
}
