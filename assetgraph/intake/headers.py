"""Headers: which row of a sheet holds them, which kind of table they make, and what each column is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assetgraph.intake.spelling import is_slip
from assetgraph.intake.tables import Grid, RawTable, Spoiled, header_text, is_blank
from assetgraph.model.names import fold
from assetgraph.model.sheets import SHEETS
from assetgraph.model.vocabulary import look_up

__all__ = ["HeaderMatch", "find_header", "match_headers", "table_at"]

HEADER_WITHIN = 20
"""How many filled rows are searched for the header row; titles and notes may stand above it."""

_CANONICAL, _ALIAS = 1.0, 0.6
_LEAST_SHARE = 1 / 3
"""A row of other people's words is a header row only if at least a third of it is known; else it is data."""

_LONGER = "the row has {cells} cells, and there are {headers} headers"
_LONGER_CURE = "put a cell that holds the separator between quotation marks, or take away what is too much"

_COUNTY_HEADERS = frozenset({"county", "county name", "in county"})


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """How well a row of headers fits one kind of sheet."""

    kind: str
    fields: dict[int, str]
    """Column index to the field of the kind's row class."""
    areas: dict[int, str]
    """Column index to content area, on a Reach sheet."""
    county: int | None
    """Index of a County column that the kind itself does not have."""
    missing: tuple[str, ...]
    """Required headers that are not there."""
    score: float
    own_words: bool
    """Whether a required header stands there in the sheet's own words."""
    share: float
    """How much of the row is headers of this kind, 0 to 1."""

    @property
    def fits(self) -> bool:
        """Whether every required header is there."""
        return not self.missing

    def beats(self, unfit: float) -> bool:
        """Whether it fits, and better than something that nearly does: other people's words alone prove little."""
        return self.fits and (self.own_words or (self.score >= unfit and self.share >= _LEAST_SHARE))


def find_header(grid: Grid) -> tuple[int, HeaderMatch | None]:
    """The index in ``grid.rows`` of the header row, and the kind of table it makes.

    The kind is None where nothing resembles a header. A sheet that bears the name of a kind is that kind when
    its required headers are there. Of several kinds the one with most headers wins, its own words counting for
    more than other people's words.
    """
    named = next((kind for kind in SHEETS if fold(kind) == fold(grid.sheet)), None)
    found: list[tuple[int, HeaderMatch]] = []
    beaten = 0.0  # a row of no more cells than this has fewer headers than one that is surely headers
    for index, (_, cells) in enumerate(grid.rows[:HEADER_WITHIN]):
        headers = [header_text(cell) for cell in cells]
        match = match_headers(headers, named) if sum(map(bool, headers)) > beaten else None
        if match is not None and (match.own_words or _is_first_wide_row(grid, index)):
            found.append((index, match))
            if match.fits and match.own_words and named in {None, match.kind}:
                beaten = max(beaten, match.score)
    unfit = max((match.score for _, match in found if not match.fits), default=0.0)

    def rank(one: tuple[int, HeaderMatch]) -> tuple[bool, bool, float, int]:
        return one[1].beats(unfit), one[1].kind == named, one[1].score, -one[0]

    return max(found, key=rank, default=(0, None))


def _is_first_wide_row(grid: Grid, index: int) -> bool:
    """Whether only titles stand above: a row below another of its width is data, whatever words it holds."""
    widths = [sum(1 for cell in cells if header_text(cell)) for _, cells in grid.rows[: index + 1]]
    return all(width < max(2, widths[-1] / 2) for width in widths[:-1])


def match_headers(headers: Sequence[str], named: str | None = None) -> HeaderMatch | None:
    """The kind of table that a row of headers makes, fully or nearly; None when no header is known.

    >>> match_headers(["Partner / Organization", "Asset", "Content Area(s)"]).kind
    'Quickstorm'
    """
    matches = [match for kind in SHEETS if (match := _match(kind, tuple(headers))).fields]
    if named is not None:
        own = next((match for match in matches if match.kind == named), None)
        if own is not None and own.fits:
            return own
    unfit = max((match.score for match in matches if not match.fits), default=0.0)
    order = list(SHEETS)

    def rank(match: HeaderMatch) -> tuple[bool, bool, float, int]:
        # "Who, What, Colour" is an unfinished Quickstorm, not a table of actions because "What" may mean an action.
        return match.beats(unfit), match.kind == named, match.score, -order.index(match.kind)

    return max(matches, key=rank, default=None)


def table_at(grid: Grid, index: int) -> RawTable:
    """The grid as a table whose header row stands at this index of its rows.

    A column that holds something and has no header is called by its letter. In a text file, a row with more cells
    than there are headers is spoiled: nobody can say which of its cells belongs where.
    """
    number, cells = grid.rows[index]
    below = grid.rows[index + 1 :]
    rows = [one for one in below if one[1] != cells]
    repeats = tuple(row for row, filled in below if filled == cells) if len(rows) < len(below) else ()
    spoiled = [one for one in grid.spoiled if one.row > number]
    if grid.is_text:
        width = len(cells)
        longer = {row: len(filled) for row, filled in rows if len(filled) > width and _is_longer(filled, width)}
        spoiled += [Spoiled(row, _LONGER.format(cells=length, headers=width), _LONGER_CURE) for row, length in longer.items()]
        rows = [one for one in rows if one[0] not in longer] if longer else rows
    else:
        width = max((len(filled) for _, filled in rows), default=0)
    headers = [header_text(cell) for cell in cells] + [""] * (width - len(cells))
    for place in (place for place, header in enumerate(headers) if not header):
        if any(place < len(filled) and not is_blank(filled[place]) for _, filled in rows):
            from openpyxl.utils import get_column_letter  # openpyxl takes a while to load, and few tables need it

            headers[place] = f"column {get_column_letter(place + 1)}"
    return RawTable(grid.file, grid.sheet, number, tuple(headers), rows, tuple(spoiled), repeats)


def _is_longer(cells: Sequence[Any], width: int) -> bool:
    return not all(is_blank(cell) for cell in cells[width:])


@lru_cache(maxsize=512)
def _match(kind: str, headers: tuple[str, ...]) -> HeaderMatch:
    columns = SHEETS[kind].columns()
    fields: dict[int, str] = {}
    score = 0.0
    for read, worth in ((_own_word, _CANONICAL), (_other_word, _ALIAS), (_misspelt, _ALIAS)):
        if read is _misspelt and not fields:
            break  # where no header is known, slips of headers are not looked for: rows of data are no headers
        for index, header in enumerate(headers):
            field = read(kind, header) if header and index not in fields else None
            if field is not None and field not in fields.values():
                fields[index] = field
                score += worth
    areas = _area_columns(headers, fields) if kind == "Reach" else {}
    own_county = "county" in columns
    county = next((i for i, h in enumerate(headers) if i not in fields and fold(h) in _COUNTY_HEADERS), None)
    missing = [column.header for name, column in columns.items() if column.required and name not in fields.values()]
    if kind == "Reach" and not areas and "offering" not in fields.values():
        missing.append("a column for each content area, or Offering")
    if kind == "Indicators" and not {"cds", "county"} & set(fields.values()):
        missing.append("CDS code or County")
    own_words = any(columns[name].required and _own_word(kind, headers[i]) == name for i, name in fields.items())
    share = (len(fields) + len(areas)) / max(1, sum(1 for header in headers if header))
    return HeaderMatch(kind, fields, areas, None if own_county else county, tuple(missing),
                       score + len(areas) * _CANONICAL, own_words, share)  # fmt: skip


def _area_columns(headers: Sequence[str], fields: dict[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for index, header in enumerate(headers):
        term = look_up("content_area", header) if header and index not in fields else None
        if term is not None and term.term not in found.values():
            found[index] = term.term
    return found


@lru_cache(maxsize=64)
def _spellings(kind: str, canonical: bool) -> dict[str, str]:
    """Folded header to field: the sheet's own headers, or what else people call them."""
    table: dict[str, str] = {}
    for name, column in SHEETS[kind].columns().items():
        for text in (column.header,) if canonical else (*column.also, name):
            table.setdefault(_folded(text), name)
    return table


def _own_word(kind: str, header: str) -> str | None:
    return next((field for key in _variants(header) if (field := _spellings(kind, True).get(key))), None)


def _other_word(kind: str, header: str) -> str | None:
    return next((field for key in _variants(header) if (field := _spellings(kind, False).get(key))), None)


@lru_cache(maxsize=4096)
def _folded(header: str) -> str:
    return fold(re.sub(r"\((s|es)\)", r"\1", header).replace("_", " ").replace("/", " / "))


@lru_cache(maxsize=4096)
def _variants(header: str) -> tuple[str, ...]:
    """The header, and the header without what stands in brackets, after a colon or comma: hints to who fills it in."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", re.sub(r"\((s|es)\)", r"\1", header))
    return tuple(dict.fromkeys(key for key in (_folded(header), _folded(bare), _folded(re.split(r"[:,]| - ", bare)[0])) if key))


@lru_cache(maxsize=4096)
def _misspelt(kind: str, header: str) -> str | None:
    """The one field whose header differs by a slip."""
    near = {
        field
        for canonical in (True, False)
        for spelling, field in _spellings(kind, canonical).items()
        if any(is_slip(key, spelling) for key in _variants(header))
    }
    return next(iter(near)) if len(near) == 1 else None
