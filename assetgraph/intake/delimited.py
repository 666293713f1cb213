"""Text tables: comma, tab, semicolon, pipe or caret separated, in any of the encodings that spreadsheets save.

A file is read as a stream, row by row. What one row spoils (a letter in another encoding or half a letter, a quotation
mark that is never closed) is said of that row and never costs another.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

from assetgraph.errors import InputError
from assetgraph.intake.tables import Grid, Spoiled, file_name, is_blank
from assetgraph.intake.text_rows import separated_rows
from assetgraph.model.names import unguarded

__all__ = ["read_delimited"]

_SEPARATORS = ",\t;|^"
_LARGEST_FILE = 300_000_000
_SAMPLE_BYTES, _SAMPLE_LINES = 4_000, 50
_MOST_ROWS_NAMED = 5
_WIDE = 50
_MOST_CONTROLS = 10
"""One character in ten that no text holds is more than names with escapes in them make."""
_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF_8 = "utf-8-sig"
_NOT_UTF_8 = re.compile("[\udc80-\udcff]+")
_HALF = "\udcff"
codecs.register_error("assetgraph-half", lambda problem: (_HALF, problem.end))  # type: ignore[attr-defined]
"""Stands for what is no letter in a file of two or four bytes a letter; no letter that is one decodes to it."""
_UNPARTED_CURE = "correct the row, or save the file as CSV from a spreadsheet program again"
_HALF_CURE = "type the row again, or save the file as CSV UTF-8 again"
_CONTROLS = bytes({*range(32), 127} - {9, 10, 12, 13, 27})


def read_delimited(path: Path) -> Grid:
    """The cells of a text table, all of them text; the sheet is named after the file.

    Raises InputError for an empty file, for something that is no text, and for what is too large.
    """
    if path.stat().st_size > _LARGEST_FILE:
        raise InputError(f"{file_name(path)} is larger than {_LARGEST_FILE // 1_000_000} MB", "split it into smaller files")
    lines = _Lines(path)
    separator, width = _separator(islice(lines, _SAMPLE_LINES))
    grid = _grid(path, lines, separator, width)
    if not grid.rows and not grid.spoiled:
        raise InputError(f"{file_name(path)} is empty", "save the table again, or leave the file out")
    return grid


def _grid(path: Path, lines: _Lines, separator: str, width: int) -> Grid:
    rows: list[tuple[int, list[Any]]] = []
    spoiled: list[Spoiled] = []
    foreign: list[int] = []
    # A cell may hold line breaks, so a row's number is counted in rows, as a spreadsheet would show it.
    for number, cells in enumerate(separated_rows(iter(lines), separator, width), start=1):
        if isinstance(cells, str):
            spoiled.append(Spoiled(number, cells, _UNPARTED_CURE))
        elif lines.encoding != _UTF_8 and any(_HALF in cell for cell in cells):
            spoiled.append(Spoiled(number, "half a letter stands in this row", _HALF_CURE))
        elif not all(is_blank(cell) for cell in cells):
            is_foreign = any(not cell.isascii() and _NOT_UTF_8.search(cell) for cell in cells)
            if is_foreign:
                foreign.append(number)
            rows.append((number, [unguarded(_NOT_UTF_8.sub(_western, cell) if is_foreign else cell) for cell in cells]))
    name = file_name(path)
    return Grid(name, PurePath(name).stem, rows, remarks=_remarks(foreign), is_text=True, spoiled=tuple(spoiled))


def _remarks(foreign: list[int]) -> tuple[str, ...]:
    if not foreign:
        return ()
    named = ", ".join(str(number) for number in foreign[:_MOST_ROWS_NAMED])
    more = f" and {len(foreign) - _MOST_ROWS_NAMED:,} more" if len(foreign) > _MOST_ROWS_NAMED else ""
    which = f"row {named}" if len(foreign) == 1 else f"rows {named}{more}"
    cure = "check accented letters, or save it as CSV UTF-8"
    return (f"not all of it is UTF-8, so letters in {which} were read as Windows-1252: {cure}",)


class _Lines:
    """The lines of a text file with their line ends, from the start each time.

    Letters that are no UTF-8 stay as they are, for each row to say so: files are put together from several.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.encoding = path, _encoding(path)

    def __iter__(self) -> Iterator[str]:
        errors = "surrogateescape" if self.encoding == _UTF_8 else "assetgraph-half"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as stream:
            for line in stream:
                # What marks the start of a file also stands in the middle of those that were put together, where it
                # would hide a quotation mark.
                yield line if line.isascii() else line.lstrip("\ufeff")


def _western(found: re.Match[str]) -> str:
    letters = found[0].encode("utf-8", "surrogateescape")
    # Windows-1252 leaves five bytes undefined; Latin-1 reads them as invisible characters, which are cleaned away.
    try:
        return letters.decode("cp1252")
    except UnicodeDecodeError:
        return letters.decode("latin-1")


def _encoding(path: Path) -> str:
    """The encoding of a file. Raises InputError for what is no text."""
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE_BYTES)
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    # Text in two bytes a letter, without the mark that says so: every other byte of plain letters is zero.
    half = len(start) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[first::2].count(0) > 0.6 * half and start[1 - first :: 2].count(0) < 0.1 * half:
            return encoding
    controls = len(start) - len(start.translate(None, _CONTROLS))
    if controls > max(4, len(start) // _MOST_CONTROLS):
        raise InputError(f"{file_name(path)} is not a text table", "save it as CSV or as .xlsx")
    return _UTF_8


def _separator(lines: Iterable[str]) -> tuple[str, int]:
    """The character that parts the first lines most evenly and into most cells, and into how many.

    One that parts the first line like most others is believed before one that other lines hold: a list in a cell.
    """
    sample = [line for line in lines if line.strip()]
    first = sample[0] if sample else ""
    found: dict[str, tuple[bool, int, int]] = {}
    said = first[4] if first[:4].casefold() == "sep=" and first[4:].strip("\r\n") else None
    for separator in _SEPARATORS if said is None else said:
        # Each line by itself: a cell with line breaks loses the vote, and a stray quotation mark costs one line.
        widths = [len(next(csv.reader([line], delimiter=separator), ())) for line in sample]
        width, rows = max(Counter(widths).items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
        found[separator] = (False, 0, width) if width < 2 else (widths[0] == width, rows * min(width, _WIDE), width)
    best = max(found, key=lambda separator: found[separator][:2])
    return best, found[best][2]
