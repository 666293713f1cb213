"""Text tables: comma, tab, semicolon, pipe or caret separated, in any of the encodings that spreadsheets save."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from assetgraph.errors import InputError
from assetgraph.intake.tables import Grid, is_blank
from assetgraph.model.names import FORMULA_STARTS

__all__ = ["read_delimited"]

_SEPARATORS = ",\t;|^"
_LARGEST_FILE = 300_000_000
_LARGEST_CELL = 10_000_000


def read_delimited(path: Path) -> Grid:
    """The cells of a text table, all of them text; the sheet is named after the file.

    Raises InputError for an empty file, for something that is no text, and for a quotation mark never closed.
    """
    if path.stat().st_size > _LARGEST_FILE:
        raise InputError(f"{path.name} is larger than {_LARGEST_FILE // 1_000_000} MB", "split it into smaller files")
    text, remarks = _decoded(path)
    if not text.strip():
        raise InputError(f"{path.name} is empty", "save the table again, or leave the file out")
    separator = _separator(text)
    rows: list[tuple[int, list[str]]] = []
    csv.field_size_limit(_LARGEST_CELL)
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=False)
    try:
        # A cell may hold line breaks, so a row's number is counted in rows, as a spreadsheet would show it.
        for number, cells in enumerate(lines, start=1):
            if not all(is_blank(cell) for cell in cells):
                rows.append((number, [_unguarded(cell) for cell in cells]))
    except csv.Error as problem:
        cure = "open it in a spreadsheet program and save it as CSV again"
        raise InputError(f"{path.name} cannot be read as a table near line {lines.line_num} ({problem})", cure) from problem
    return Grid(file=path.name, sheet=path.stem, rows=list(rows), remarks=remarks)


def _decoded(path: Path) -> tuple[str, tuple[str, ...]]:
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), ()
        except UnicodeDecodeError as problem:
            raise InputError(f"{path.name} breaks off in the middle of a character", "save it again") from problem
    if raw[:2000].count(b"\x00"):
        raise InputError(f"{path.name} is not a text table", "save it as CSV or as .xlsx")
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; Latin-1 reads them as invisible characters, which are cleaned away.
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
        return text, ("it is not UTF-8, so it was read as Windows-1252: check accented letters",)


def _unguarded(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from running it: what we write comes back unchanged."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


def _separator(text: str) -> str:
    """The character that splits the first lines most evenly, and into most columns."""
    counts: Counter[str] = Counter()
    sample = text[:200_000]
    if sample[:4].casefold() == "sep=" and len(sample) > 4:
        return sample[4]
    for separator in _SEPARATORS:
        if separator not in sample:
            continue
        widths: Counter[int] = Counter()
        try:
            for number, cells in enumerate(csv.reader(StringIO(sample, newline=""), delimiter=separator)):
                widths[len(cells)] += 1
                if number >= 50:
                    break
        except csv.Error:
            continue
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        counts[separator] = rows * 1000 + min(width, 999) if width > 1 else 0
    return max(_SEPARATORS, key=lambda separator: (counts[separator], -_SEPARATORS.index(separator)))
