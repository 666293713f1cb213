"""Real files of every bad kind, made on the spot: workbooks, compound files, archives that swell, and odd text."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sheets_made import QUICKSTORM, READ_ME, workbook

ROW = ["Lake Library", "Code club", "math"]
OTHER = ["Garden Museum", "Soil lab", "science"]
XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet2.xml"
"""The part of the Quickstorm sheet: the Read me stands first."""


def map_of_lake(path: Path, *rows: Iterable[Any], headers: Iterable[str] = QUICKSTORM) -> Path:
    """A whole map: a Read me and a Quickstorm sheet with these rows, else with two good ones."""
    return with_shared_texts(workbook(path, {"Read me": READ_ME, "Quickstorm": [list(headers), *(rows or (ROW, OTHER))]}))


def with_shared_texts(path: Path) -> Path:
    """The workbook with its texts in a part of their own, as Excel writes it; openpyxl leaves them in the cells."""
    texts: list[bytes] = []

    def number(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    def share(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.startswith("xl/worksheets/sheet")]:
            parts[name] = re.sub(rb't="inlineStr"><is>(.*?)</is></c>', number, parts[name])
        items = b"".join(b"<si>%s</si>" % text for text in texts)
        parts["xl/sharedStrings.xml"] = XML + b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % items
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
        if kind not in parts[types]:
            part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
            parts[types] = parts[types].replace(b"</Types>", part)
            space = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
            relation = b'<Relationship Id="rIdTexts" Type="%s" Target="sharedStrings.xml"/></Relationships>' % space
            parts[relations] = parts[relations].replace(b"</Relationships>", relation)

    return repacked(path, share, made=path)


def opened(path: Path, change: Callable[[Workbook], object]) -> Path:
    """The map, after a change that openpyxl can make."""
    book = load_workbook(map_of_lake(path))
    change(book)
    book.save(path)
    return path


def repacked(path: Path, change: Callable[[dict[str, bytes]], object], *, made: Path | None = None) -> Path:
    """The map, with its parts changed as bytes."""
    with zipfile.ZipFile(made or map_of_lake(path)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(path, parts)


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_cells(path: Path, cells: str) -> Path:
    """The map with one more row 4 of cells as XML, in the Quickstorm sheet."""
    def add(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", f'<row r="4">{cells}</row></sheetData>'.encode())

    return repacked(path, add)


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def formula(path: Path, *, saved: str | None, failed: bool = False) -> Path:
    """A third row whose What is a formula: with its saved value, one that was never saved, or one that failed."""
    kind = ' t="e"' if failed else ' t="str"' if saved else ""
    value = f"<v>{saved}</v>" if saved else ""
    made = f'<c r="B4"{kind}><f>CONCATENATE("Rob","otics")</f>{value}</c>'
    return with_cells(path, f"{text_cell('A4', 'Science Center')}{made}{text_cell('C4', 'math')}")


def with_macros(path: Path) -> Path:
    """A macro workbook as Excel packs it: another content type, and the program in a compound file of its own."""
    def add(parts: dict[str, bytes]) -> None:
        types = parts["[Content_Types].xml"]
        types = types.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                              b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
        parts["[Content_Types].xml"] = types.replace(
            b"</Types>", b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
        relation = (b'<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                    b'Target="vbaProject.bin"/></Relationships>')
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", relation)
        parts["xl/vbaProject.bin"] = compound_file("VBA", b"Attribute VB_Name" + b"\0" * 600)

    return repacked(path, add)


def protected(path: Path) -> Path:
    """The map as a spreadsheet program saves it with a password: a compound file with an encrypted package."""
    plain = map_of_lake(path.with_name("plain.xlsx"))
    with plain.open("rb") as source, path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("correct horse", target)
    plain.unlink()
    return path


def compound_file(stream: str, content: bytes) -> bytes:
    """A compound file, as old Office programs write, that holds one stream in sectors of 512 bytes."""
    free, end, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF
    content = content.ljust(4096, b"\0")  # below that, a stream would stand in the small sectors
    sectors = -(-len(content) // 512)
    header = struct.pack("<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1,
                         0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<108I", *[free] * 108)
    chain = [0xFFFFFFFD, end, *range(3, 2 + sectors), end]
    table = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = (name + "\0").encode("utf-16-le") if name else b""
        return struct.pack("<64sHBBIII16sIQQIQ", raw, len(raw), kind, 1, none, none, child, b"", 0, 0, 0, start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(stream, 2, none, 2, len(content)) + 2 * entry("", 0, none, 0, 0)
    return header + table + directory + content


def old_excel(path: Path) -> Path:
    """An .xls: a compound file whose stream begins as a workbook of Excel 97 does."""
    path.write_bytes(compound_file("Workbook", struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)))
    return path


def open_document(path: Path) -> Path:
    """An .ods with one sheet of rows."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in QUICKSTORM)
    space = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    content = (f'<office:document-content {" ".join(map(space.format, ("office", "table", "text")))}><office:body><office:spreadsheet>'
               f'<table:table table:name="Quickstorm"><table:table-row>{cells}</table:table-row></table:table>'
               "</office:spreadsheet></office:body></office:document-content>")
    manifest = f'<manifest:manifest {space.format("manifest")}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return zipped(path, {"mimetype": kind.encode(), "content.xml": XML + content.encode(), "META-INF/manifest.xml": XML + manifest.encode()})


def numbers(path: Path) -> Path:
    """The shape of a Numbers document: an archive of packed objects under Index/."""
    return zipped(path, {"Index/Document.iwa": b"\0\x10\0\0" + bytes(64), "Index/Tables/DataList.iwa": b"\0\x10\0\0" + bytes(64),
                         "Metadata/Properties.plist": b"bplist00", "preview.jpg": b"\xff\xd8\xff"})


def pdf(path: Path) -> Path:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(body + b"xref\n0 3\n0000000000 65535 f \n" + table + b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body))
    return path


def swelling_sheet(path: Path) -> Path:
    """40 MB of blanks that pack into 40 KB, inside an otherwise whole workbook."""
    return repacked(path, lambda parts: parts.update({SHEET: parts[SHEET].replace(b"<sheetData>", b"<sheetData>" + b" " * 40_000_000)}))


def claims_too_much(path: Path) -> Path:
    """A sheet that the directory of the archive calls 300 MB long."""
    return _with_size(map_of_lake(path), 300_000_000)


def part_twice(path: Path, name: str = SHEET) -> Path:
    """The map with another sheet under the name of the first, or nearly."""
    map_of_lake(path)
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, "<worksheet/>")
    return path


def many_parts(path: Path) -> Path:
    return repacked(path, lambda parts: parts.update({f"xl/worksheets/extra{n}.xml": b"<worksheet/>" for n in range(6_000)}))


def claims_too_little(path: Path) -> Path:
    """A sheet that the directory of the archive calls 100 bytes long, and which is far longer."""
    return _with_size(repacked(path, lambda parts: parts.update({
        SHEET: parts[SHEET].replace(b"<sheetData>", b"<sheetData>" + b" " * 3_000_000)})), 100)


def _with_size(path: Path, size: int) -> Path:
    raw = bytearray(path.read_bytes())
    directory = raw.rindex(b"PK\x01\x02", 0, raw.rindex(SHEET.encode()))
    struct.pack_into("<I", raw, directory + 24, size)
    path.write_bytes(bytes(raw))
    return path


LAUGHS = b"<!DOCTYPE worksheet [" + b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)) + b"]>"
OUTSIDE = b'<!DOCTYPE worksheet [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


def with_instructions(path: Path, part: str, instructions: bytes, *, before: bytes = b"", encoding: str = "utf-8",
                      use: bytes = b"&l9;") -> Path:
    """The map, one of its parts declaring entities and using one in place of a text."""
    def add(parts: dict[str, bytes]) -> None:
        body = parts[part].partition(b"?>\n")[2] if parts[part].startswith(b"<?xml") else parts[part]
        body = body.replace(b"Code club", use)
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
        whole = (declared + before + instructions + body).decode()
        parts[part] = whole.encode(encoding)

    return repacked(path, add)


def far_row(path: Path, row: int) -> Path:
    """A sheet that claims a row far beyond any that a spreadsheet has."""
    def add(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b'<row r="%d"><c r="A%d"><v>1</v></c></row></sheetData>' % (row, row))

    return repacked(path, add)


def far_columns(path: Path, rows: int) -> Path:
    """The map with that many rows in its Quickstorm sheet, and one cell more in column 1,999 of each that is added."""
    def add(parts: dict[str, bytes]) -> None:
        more = "".join(f'<row r="{number}">{text_cell("A", f"Lab {number}")}{text_cell("B", "Camp")}{text_cell("C", "math")}'
                       '<c r="BXW1"><v>1</v></c></row>' for number in range(4, rows + 2)).encode()
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", more + b"</sheetData>")

    return repacked(path, add)


def formatted_rows(path: Path, rows: int, cells: str = "ABC") -> Path:
    """The map with that many rows in its Quickstorm sheet that are formatted and hold nothing."""
    made = io.BytesIO()
    for number in range(4, rows + 1):
        made.write(b'<row r="%d" s="1" customFormat="1">' % number)
        made.write(b"".join(b'<c r="%c%d" s="1"/>' % (ord(letter), number) for letter in cells))
        made.write(b"</row>")

    def add(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b"</sheetData>", made.getvalue() + b"</sheetData>")

    return repacked(path, add)
