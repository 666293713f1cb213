// What leaves the page: tables to paste or as CSV, pictures as SVG and PNG.
function saveBlob(blob, name) {
  var link = element('a');
  link.href = URL.createObjectURL(blob);
  link.download = fold(given.file || given.county).replace(/[^a-z0-9]+/g, '-') + '-' + name;
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
}

function svgText(svg) { return new XMLSerializer().serializeToString(svg); }

function saveSvg(svg, name) { saveBlob(new Blob([svgText(svg)], { type: 'image/svg+xml' }), name + '.svg'); }

function savePng(svg, name) {
  // Twice as fine as it is shown, as far as browsers can hold it.
  var image = new Image(), size = svg.viewBox.baseVal, fine = Math.min(2, 8000 / size.width, 8000 / size.height);
  image.onload = function () {
    var canvas = document.createElement('canvas');
    canvas.width = size.width * fine;
    canvas.height = size.height * fine;
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(function (blob) {
      if (blob) { saveBlob(blob, name + '.png'); } else { says.textContent = 'This browser cannot make so large a PNG: save it as SVG.'; }
    });
  };
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(svgText(svg));
}

// A cell in one line: what stands below each other in it is parted by semicolons.
function cellText(cell) {
  var lines = Array.from(cell.querySelectorAll(':scope > div'));
  if (!lines.length) { return cell.textContent.trim().replace(/\s+/g, ' '); }
  return lines.map(function (line) { return line.textContent.trim().replace(/\s+/g, ' '); }).join('; ');
}

function rowsOf(table) {
  return Array.from(table.rows).map(function (row) { return Array.from(row.cells).map(cellText); });
}

// Text that a spreadsheet would run as a formula begins with an apostrophe.
function csvCell(text) {
  var safe = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? "'" + text : text;
  return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

function csvOf(table) {
  return '\ufeff' + rowsOf(table).map(function (row) { return row.map(csvCell).join(','); }).join('\r\n') + '\r\n';
}

// A table of text alone, which word processors and spreadsheets take as a table.
function plainTable(table) {
  var made = element('table');
  Array.from(table.rows).forEach(function (row) {
    var line = made.appendChild(element('tr'));
    Array.from(row.cells).forEach(function (cell) {
      line.appendChild(element(cell.parentNode.parentNode.tagName === 'THEAD' ? 'th' : 'td', '', cellText(cell)));
    });
  });
  return made.outerHTML;
}

function copyTable(table) {
  var done = false;
  var give = function (event) {
    event.clipboardData.setData('text/html', plainTable(table));
    event.clipboardData.setData('text/plain', rowsOf(table).map(function (row) { return row.join('\t'); }).join('\n'));
    event.preventDefault();
    done = true;
  };
  document.addEventListener('copy', give, { once: true });
  // Old, but it works in a page from a disk and in a sandboxed frame, where the newer way is forbidden.
  document.execCommand('copy');
  document.removeEventListener('copy', give);
  says.textContent = done ? 'The table is copied.' : 'The table could not be copied: select it and copy it by hand.';
  return done;
}

function toolbar(buttons, more) {
  var bar = element('div', 'tools take' + (more ? ' ' + more : ''));
  buttons.forEach(function (one) {
    var button = element('button', '', one[0]);
    button.type = 'button';
    button.setAttribute('aria-label', one[1]);
    button.addEventListener('click', function () { one[2](button); });
    bar.appendChild(button);
  });
  return bar;
}

function titleOf(table) {
  var copy = table.caption.cloneNode(true);
  copy.querySelectorAll('.count, .note').forEach(function (part) { part.remove(); });
  return copy.textContent.trim();
}

function giveTools(table) {
  var title = titleOf(table);
  var name = table.dataset.name || fold(title).replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  table.parentNode.parentNode.insertBefore(toolbar([
    ['Copy table', 'Copy the table ' + title, function (button) {
      button.textContent = copyTable(table) ? 'Copied' : 'Not copied';
      setTimeout(function () { button.textContent = 'Copy table'; }, 2500);
    }],
    ['CSV', 'Save the table ' + title + ' as CSV', function () { saveBlob(new Blob([csvOf(table)], { type: 'text/csv' }), name + '.csv'); }]
  ]), table.parentNode);
}
document.querySelectorAll('main table').forEach(giveTools);
document.querySelectorAll('.picture-view .drawn').forEach(function (box) {
  var svg = box.querySelector('svg'), name = box.dataset.name;
  box.parentNode.insertBefore(toolbar([
    ['PNG', 'Save the picture as PNG', function () { savePng(svg, name); }],
    ['SVG', 'Save the picture as SVG', function () { saveSvg(svg, name); }],
    ['Print', 'Print this page', function () { window.print(); }]
  ], 'of-picture'), box);
});
