"""Text tables: comma, tab, semicolon, pipe or caret separated, in any of the encodings that spreadsheets save.

A file is read as a stream, row by row. What one row spoils (a letter in another encoding, a quotation mark that is
never closed) is said of that row and never costs another.
"""

from __future__ import annotations

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
_BOMS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_UTF_8 = "utf-8-sig"
_NOT_UTF_8 = re.compile("[\udc80-\udcff]+")
_CONTROLS = bytes({*range(32), 127} - {9, 10, 12, 13, 27})


def read_delimited(path: Path) -> Grid:
    """The cells of a text table, all of them text; the sheet is named after the file.

    Raises InputError for an empty file, for something that is no text, and for what is too large.
    """
    if path.stat().st_size > _LARGEST_FILE:
        raise InputError(f"{file_name(path)} is larger than {_LARGEST_FILE // 1_000_000} MB", "split it into smaller files")
    lines = _Lines(path)
    try:
        separator, width = _separator(islice(lines, _SAMPLE_LINES))
        grid = _grid(path, lines, separator, width)
    except UnicodeDecodeError as problem:
        raise InputError(f"{file_name(path)} breaks off in the middle of a character", "save it again") from problem
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
            spoiled.append(Spoiled(number, cells, "correct the row, or save the file as CSV from a spreadsheet program again"))
        elif not all(is_blank(cell) for cell in cells):
            rows.append((number, [unguarded(cell) for cell in cells]))
        if lines.met_another_encoding():
            foreign.append(number)
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

    Letters that are no UTF-8 are read as Windows-1252, line by line: files are put together from several.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.encoding = path, _encoding(path)
        self._foreign = False

    def __iter__(self) -> Iterator[str]:
        self._foreign = False
        errors = "surrogateescape" if self.encoding == _UTF_8 else "strict"
        with self.path.open(encoding=self.encoding, errors=errors, newline="") as stream:
            for line in stream:
                yield line if line.isascii() else self._mended(line)

    def met_another_encoding(self) -> bool:
        """Whether any line since the last time this was asked held letters that are no UTF-8."""
        met, self._foreign = self._foreign, False
        return met

    def _mended(self, line: str) -> str:
        # Files that were put together have the mark of a file's start in their middle, where it would hide a quotation mark.
        line = line.lstrip("\ufeff")
        if _NOT_UTF_8.search(line) is None:
            return line
        self._foreign = True
        return _NOT_UTF_8.sub(lambda found: _western(found[0].encode("utf-8", "surrogateescape")), line)


def _western(letters: bytes) -> str:
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
    if controls > max(4, len(start) // 50):
        raise InputError(f"{file_name(path)} is not a text table", "save it as CSV or as .xlsx")
    return _UTF_8


def _separator(lines: Iterable[str]) -> tuple[str, int]:
    """The character that splits the first lines most evenly and into most columns, and into how many."""
    sample = list(lines)
    first = sample[0] if sample else ""
    found: dict[str, tuple[int, int]] = {}
    said = first[4] if first[:4].casefold() == "sep=" and first[4:].strip("\r\n") else None
    for separator in _SEPARATORS if said is None else said:
        # Each line by itself: a cell with line breaks loses the vote, and a stray quotation mark costs one line.
        widths = Counter(len(next(csv.reader([line], delimiter=separator), ())) for line in sample if line.strip())
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(0, 0))
        found[separator] = (rows * 1000 + min(width, 999) if width > 1 else 0, width)
    best = max(found, key=lambda separator: found[separator][0])
    return best, found[best][1]
