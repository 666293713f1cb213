"""One sheet of a workbook, read once and as a stream: its cells, its merged blocks, and formulas that were never saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel, from_ISO8601

from assetgraph.intake.tables import UNCALCULATED

__all__ = ["Formats", "SheetCells", "read_cells"]

MOST_COLUMNS = 2000
_MOST_ROWS = 1_048_576
_FAR = 50
"""Empty cells in front of a filled one that are nothing out of the way."""
_MOST_EMPTY = 20_000_000
"""Empty cells in front of filled ones that are far out, and cells that merged blocks fill, that are held for one sheet."""
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Formats:
    """What a workbook says of its cells beside their values: its texts, and which styles show numbers as days."""

    texts: Sequence[str]
    days: frozenset[int]
    spans: frozenset[int]
    """Styles of hours and minutes that are no time of day."""
    epoch: datetime


@dataclass(slots=True)
class SheetCells:
    """The filled cells of a sheet by row number, and its merged blocks as (first row, last row, first column)."""

    rows: dict[int, list[Any]] = field(default_factory=dict)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    beyond: int = 0
    """Filled cells beyond the 2,000th column, which are not read."""
    cut: set[int] = field(default_factory=set)
    """Rows of which not all cells are read, because they and others stand so far to the right."""
    _empty: int = 0

    def put(self, row: int, column: int, value: Any, *, is_copy: bool = False) -> None:
        """The value, at its place, where there is room for it; ``is_copy`` for what a merged block says of its other rows."""
        cells = self.rows.get(row, [])
        missing = max(0, column - 1 - len(cells))
        cost = (missing if missing > _FAR else 0) + is_copy
        if column > MOST_COLUMNS:
            self.beyond += 1
            return
        if self._empty + cost > _MOST_EMPTY:
            self.cut.add(row)
            return
        self._empty += cost
        if not cells:
            self.rows[row] = cells
        if missing:
            cells.extend([None] * missing)
        if column > len(cells):
            cells.append(value)
        else:
            cells[column - 1] = value


def read_cells(part: IO[bytes], formats: Formats) -> SheetCells:
    """What the XML of one sheet holds; cells that are only formatted take no room.

    A formula whose result was never saved reads as ``UNCALCULATED``. Raises ValueError or LookupError for what no
    spreadsheet program writes.
    """
    reader = _Reader(formats)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        while piece := part.read(_PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise ValueError(str(problem)) from problem
    return reader.found


class _Reader:
    """Takes the elements of a sheet as they come."""

    def __init__(self, formats: Formats) -> None:
        self.found = SheetCells()
        self._formats = formats
        self._row = self._column = 0
        self._kind, self._style = "n", 0
        self._text: list[str] | None = None
        """The value of the cell so far; None outside of one."""
        self._takes_text = self._in_phonetic = False
        self._is_formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = _local(name)
        if name == "c":
            reference = attributes.get("r")
            self._column = _column(reference.rstrip("0123456789")) if reference else self._column + 1
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self._text, self._is_formula = None, False
        elif name == "row":
            self._row = int(float(attributes.get("r", self._row + 1)))
            self._column = 0
            if not 0 < self._row <= _MOST_ROWS:
                raise ValueError(f"row {self._row}")
        elif name == "v" or (name == "t" and self._kind == "inlineStr" and not self._in_phonetic):
            self._text, self._takes_text = self._text or [], True
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "mergeCell":
            left, top, _, bottom = range_boundaries(attributes["ref"])
            self.found.merged.append((top, bottom, left))

    def characters(self, text: str) -> None:
        if self._takes_text and self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        name = _local(name)
        if name in ("v", "t"):
            self._takes_text = False
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "c" and (self._text is not None or self._is_formula):
            text = "".join(self._text or ())
            value = self._value(text) if text else UNCALCULATED if self._is_formula else None
            if value is not None:
                self.found.put(self._row, self._column, value)

    def _value(self, text: str) -> Any:
        match self._kind:
            case "s":
                return self._formats.texts[int(text)]
            case "n":
                return self._number(text)
            case "b":
                return bool(int(text))
            case "d":
                return from_ISO8601(text)
            case _:
                return text

    def _number(self, text: str) -> Any:
        number = int(text) if text.lstrip("-").isdigit() else float(text)
        if self._style in self._formats.days:
            try:
                return from_excel(number, self._formats.epoch, timedelta=self._style in self._formats.spans)
            except (OverflowError, ValueError):
                return number  # outside of the days that a spreadsheet knows: whoever reads the column says so
        return number


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))
