"""Which kind of table a grid holds, whatever its file or sheet is called, and the reader for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assetgraph.intake.directories import find_directory, nearly_a_directory, read_directory
from assetgraph.intake.headers import HeaderMatch, find_header, table_at
from assetgraph.intake.indicators import find_wide, read_long, read_wide
from assetgraph.intake.rows import TableReading, read_rows
from assetgraph.intake.tables import Grid, RawTable, header_text
from assetgraph.model.records import Basis, Problem
from assetgraph.model.sheets import OutreachRow

__all__ = ["Recognized", "is_log", "recognize", "unrecognized"]

_WEAKLY_MARKED = frozenset({"Partners", "Team", "Directory"})
"""Kinds that one or two everyday headers make; a CDS code and columns of figures say more."""

_MANY_FIGURES = 4
"""A directory has an enrollment and a place; more columns of numbers than that are figures."""

_MOST_HEADERS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Recognized:
    """A grid whose kind is known: what its source rests on when it is no map, and how to read it."""

    kind: str
    basis: Basis
    read: Callable[[str, str | None], TableReading]
    """Takes the source's id and the county of rows that do not say theirs."""


def recognize(grid: Grid, *, is_map: bool = False) -> Recognized | None:
    """The kind of table that a grid holds, or None when its headers fit none; rows of a map need no county of theirs.

    >>> recognize(Grid("a.csv", "a", [(1, ["From", "To", "How"])])).kind
    'Ties'
    """
    directory = find_directory(grid)
    if directory is not None:
        index, known = directory
        table = table_at(grid, index)
        return _recognized(known.kind, Basis.DIRECTORY, table, lambda source, county: read_directory(table, known, source=source))
    index, match = find_header(grid)
    if match is None or not match.fits or match.kind in _WEAKLY_MARKED:
        wide = find_wide(grid, needs_code=match is not None and match.fits)
        is_directory = match is not None and match.kind == "Directory" and match.fits
        if wide is not None and not (is_directory and len(wide[1].measures) < _MANY_FIGURES):
            wide_table, columns = table_at(grid, wide[0]), wide[1]
            return _recognized("Indicators", Basis.DIRECTORY, wide_table,
                               lambda source, county: read_wide(wide_table, columns, source=source, county=county))  # fmt: skip
    return _by_headers(grid, index, match, is_map) if match is not None and match.fits else None


def _by_headers(grid: Grid, index: int, match: HeaderMatch, is_map: bool) -> Recognized:
    table = table_at(grid, index)
    if match.kind == "Indicators":
        return _recognized(match.kind, Basis.DIRECTORY, table,
                           lambda source, county: read_long(table, match, source=source, county=county))  # fmt: skip
    basis = Basis.DIRECTORY if match.kind == "Directory" else Basis.TABLE
    return _recognized(match.kind, basis, table, lambda source, county: read_rows(
        table, match, source=source, county=county, needs_county=not is_map))  # fmt: skip


def _recognized(kind: str, basis: Basis, table: RawTable, read: Callable[[str, str | None], TableReading]) -> Recognized:
    """The reader of a table, with the rows that the file itself spoiled counted and told among the refused."""

    def whole(source: str, county: str | None) -> TableReading:
        reading = read(source, county)
        if table.repeats:
            rows = ", ".join(map(str, table.repeats[:_MOST_HEADERS_SHOWN])) + (" …" * (len(table.repeats) > _MOST_HEADERS_SHOWN))
            what = f"the headers stand here again, which is no data and is left out: row {rows}"
            reading.problems.append(_problem(table, "note", what, ""))
        if table.spoiled and reading.count is not None:
            more, count = len(table.spoiled), reading.count
            reading.count = count.model_copy(update={"rows_in": count.rows_in + more, "refused": count.refused + more})
            reading.problems.extend(
                Problem(file=table.file, sheet=table.sheet, row=row, column=None, level="refused", what=what, cure=cure)
                for row, what, cure in table.spoiled
            )
            reading.problems.sort(key=lambda problem: problem.row or 0)
        return reading

    return Recognized(kind, basis, whole)


def is_log(grid: Grid) -> bool:
    """Whether a grid is an outreach log.

    >>> is_log(Grid("a.csv", "a", [(1, ["County", "Organization", "Outcome", "Date"])]))
    True
    """
    match = find_header(grid)[1]
    return match is not None and match.fits and match.kind == OutreachRow.sheet


def unrecognized(grid: Grid) -> Problem:
    """What to tell of a grid that is no table we know: its headers, the closest kind and what that would need.

    A sheet of running text, one column wide, is worth a note; a table is refused.
    """
    index, match = find_header(grid)
    is_table = bool(grid.spoiled) or any(sum(1 for cell in cells if header_text(cell)) > 1 for _, cells in grid.rows)
    headers = [header_text(cell)[:40] for cell in grid.rows[index][1] if header_text(cell)] if grid.rows else []
    named = ", ".join(headers[:_MOST_HEADERS_SHOWN]) + (" …" if len(headers) > _MOST_HEADERS_SHOWN else "")
    if not is_table:
        return _problem(grid, "note", "this sheet holds no table and was left out", "")
    spoiled = next((f"row {one.row}: {one.what}" for one in grid.spoiled), None)
    what = f"no kind of table has these headers: {named}" + (f" ({spoiled})" if spoiled else "")
    near = nearly_a_directory([header_text(cell) for cell in grid.rows[index][1]]) if grid.rows else None
    if near is not None:
        return _problem(grid, "refused", what, f"it is nearly the state's file of {near[0]}: add the column {near[1]}")
    if match is None:
        return _problem(grid, "refused", what, "start from the template's headers, such as Who, What, Content area")
    cure = f"the closest kind is {match.kind}: add {' and '.join(match.missing)}"
    return _problem(grid, "refused", what, cure)


def _problem(grid: Grid | RawTable, level: str, what: str, cure: str) -> Problem:
    return Problem(file=grid.file, sheet=grid.sheet, row=None, column=None, level=level, what=what, cure=cure)
