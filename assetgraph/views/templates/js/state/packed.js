// The counties, unpacked: the other half of packed.py.
var packed = null, unpacking = null;

function unpack() {
  if (unpacking) { return unpacking; }
  if (!window.DecompressionStream) { unpacking = Promise.reject(new Error('too old')); return unpacking; }
  var bytes = Uint8Array.from(atob(byId('packed').textContent.trim()), function (letter) { return letter.charCodeAt(0); });
  var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  unpacking = new Response(stream).json().then(function (data) { packed = data; return data; });
  return unpacking;
}

// Gives, each time it is called with the name of a column, the next number of one county in it.
function reader(place) {
  var at = {};
  return function (name) {
    at[name] = (at[name] || 0) + 1;
    return packed.columns[name][place][at[name] - 1];
  };
}

function readValues(fields, next, into) {
  Object.keys(fields).forEach(function (column) {
    var values = packed.tables[column][next(column)];
    fields[column].forEach(function (name, n) { into[name] = values[n]; });
  });
  return into;
}

function unpackedItem(number, headings, next) {
  var item = readValues(packed.fields.item, next, { id: 'n' + number });
  item.x = next('x') / packed.places;
  item.y = next('y') / packed.places;
  item.node = next('node');
  item.details = packed.tables.headings[headings].map(function (name) {
    return { name: name, text: packed.tables['of ' + name][next('of ' + name)] };
  });
  return item;
}

function unpackedStatement(first, second, next) {
  var said = readValues(packed.fields.statement, next, {}), row = next('row');
  packed.fields.statement.told.forEach(function (name) {
    if (typeof said[name] === 'string') { said[name] = said[name].split(packed.first).join(first).split(packed.second).join(second); }
  });
  if (row) { said.place += row; }
  said.lasts += said.besides;
  delete said.besides;
  return said;
}

// Counties are in the order in which the map has them.
function unpackedCounty(place) {
  var next = reader(place), first = 0, second = 0;
  var items = packed.columns.headings[place].map(function (headings, n) { return unpackedItem(n, headings, next); });
  var links = packed.columns.from[place].map(function (step, n) {
    var to = next('to'), many = next('many'), statements = [];
    second = n && !step ? second + to : to;
    first += step;
    var link = readValues(packed.fields.link, next, { id: 'e' + n, from_id: items[first].id, to_id: items[second].id });
    while (statements.length < many) { statements.push(unpackedStatement(items[first].name, items[second].name, next)); }
    link.statements = statements;
    return link;
  });
  return Object.assign({}, packed.counties[place], { items: items, links: links, acronyms: given.acronyms });
}

// The other counties on whose maps somebody stands, by name.
function alsoOn(item) {
  return given.counties.filter(function (county, place) {
    return county.name !== countyInAddress && packed.columns.node[place].indexOf(item.node) >= 0;
  }).map(function (county) { return county.name; });
}
