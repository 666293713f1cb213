"""Figures about LEAs and counties: long tables, one figure a row, and wide ones, one measure a column."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from assetgraph.intake.cells import read_cell
from assetgraph.intake.codes import is_rounded
from assetgraph.intake.headers import HeaderMatch
from assetgraph.intake.outcome import RefusedCell
from assetgraph.intake.rows import TableReading
from assetgraph.intake.tables import Grid, RawTable, header_text, is_blank, shown
from assetgraph.intake.twins import Twins
from assetgraph.model.names import fold
from assetgraph.model.records import Problem, Record, SheetCount
from assetgraph.model.sheets import IndicatorRow

__all__ = ["WideColumns", "find_wide", "read_long", "read_wide"]

_HEADER_WITHIN = 20
_SAMPLE = 200
_COLUMNS = IndicatorRow.columns()
_CODE_HEADERS = frozenset({"cds", "cdscode", "cds code", "cd code"})
_NO_MEASURE = frozenset({
    "lat", "latitude", "lon", "longitude", "zip", "fips", "county fips", "county code", "cds county code", "id", "nces id",
    "year", "coe cds", "phone", "doc", "year start", "test year", "school year", "ccsesa region", "record number",
})  # fmt: skip
_YEAR_HEADERS = ("year", "school year", "test year", "year start")
_SHORT_YEARS = re.compile(r"[_ ](\d{2})(\d{2})$")
_COMPANION = re.compile(r"[_ ](year|tested)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of figures: what is measured, in which year, out of how many."""

    index: int
    name: str
    year: str | None
    year_at: int | None
    tested_at: int | None


@dataclass(frozen=True, slots=True)
class WideColumns:
    """Where a wide table holds its codes, counties, years and figures."""

    code: int | None
    county: int | None
    year: int | None
    measures: tuple[Measure, ...]


def find_wide(grid: Grid, *, needs_code: bool = False) -> tuple[int, WideColumns] | None:
    """The index of the header row and the columns, or None when the grid is no table of figures by code or county.

    With ``needs_code`` a County column alone is not enough: the grid may be some other table with a number in it.
    """
    for index, (_, cells) in enumerate(grid.rows[:_HEADER_WITHIN]):
        headers = [header_text(cell) for cell in cells]
        folded = [_folded(header) for header in headers]
        code = next((i for i, header in enumerate(folded) if header in _CODE_HEADERS), None)
        county = next((i for i, header in enumerate(folded) if header in ("county", "county name")), None)
        if code is None and (county is None or needs_code):
            continue
        year = next((i for name in _YEAR_HEADERS for i, header in enumerate(folded) if header == name), None)
        below = grid.rows[index + 1 : index + 1 + _SAMPLE]
        measures = _measures(headers, folded, below)
        if measures and below:
            return index, WideColumns(code, county, year, measures)
    return None


def _measures(headers: Sequence[str], folded: Sequence[str], below: Sequence[tuple[int, list[Any]]]) -> tuple[Measure, ...]:
    places = {header.casefold(): index for index, header in enumerate(headers) if header}
    found = []
    for index, header in enumerate(headers):
        if not header or folded[index] in _NO_MEASURE or folded[index] in _CODE_HEADERS or _is_companion(header, places):
            continue
        if not _is_numeric(index, below):
            continue
        years = _SHORT_YEARS.search(header)
        year = f"20{years[1]}-{years[2]}" if years and (int(years[1]) + 1) % 100 == int(years[2]) else None
        name = header[: years.start()] if years and year else header
        found.append(Measure(index, name, year, _companion(header, "year", places), _companion(header, "tested", places)))
    return tuple(found)


def _is_companion(header: str, places: dict[str, int]) -> bool:
    base = _COMPANION.sub("", header)
    return base != header and base.casefold() in places


def _companion(header: str, what: str, places: dict[str, int]) -> int | None:
    return places.get(f"{header}_{what}".casefold(), places.get(f"{header} {what}".casefold()))


def _is_numeric(index: int, below: Sequence[tuple[int, list[Any]]]) -> bool:
    """Whether a column holds figures: nine in ten of its filled cells are numbers."""
    filled = [cells[index] for _, cells in below if index < len(cells) and not is_blank(cells[index])]
    return bool(filled) and sum(_number(cell) is not None for cell in filled) >= 0.9 * len(filled)


def _number(raw: Any) -> float | None:
    try:
        outcome = read_cell(raw, _COLUMNS["value"])
    except RefusedCell:
        return None
    return float(outcome.value) if outcome is not None else None


def _folded(header: str) -> str:
    return fold(header.replace("_", " "))


class _Figures:
    """Reads one table of figures, row by row; a row without any figure (suppressed cells) is kept and says nothing."""

    def __init__(self, table: RawTable, source: str, county: str | None, *, is_long: bool) -> None:
        self.table, self.source, self.county, self.is_long = table, source, county, is_long
        self.out = TableReading()
        self.silent = self.kept = self.refused = 0
        self.changed: set[int] = set()
        self.twins = Twins()

    def read(self, row: Callable[[int, Sequence[Any]], list[dict[str, Any]]]) -> TableReading:
        for number, cells in self.table.rows:
            try:
                figures = row(number, cells)
            except RefusedCell:
                self.refused += 1
                continue
            if not figures:
                self.silent += 1
                continue
            self.kept += 1
            for values in figures:
                record = self._record(number, values)
                self.out.records.append(record)
                # A code has one figure of a kind; a table by county may have many rows for each.
                remark = self.twins.remark(number, record.county, record.values) if values["cds"] or self.is_long else None
                if remark is not None:
                    self.tell(number, None, "note", *remark)
        if self.silent:
            what = f"{self.silent} row{'s' * (self.silent > 1)} without any figure: not reported, kept as not recorded"
            self.tell(None, None, "note", what, "")
        self.out.count = SheetCount(file=self.table.file, sheet=self.table.sheet, rows_in=self.kept + self.silent + self.refused,
                                    kept=self.kept + self.silent, changed=len(self.changed), refused=self.refused)  # fmt: skip
        return self.out

    def tell(self, row: int | None, column: str | None, level: str, what: str, cure: str) -> None:
        if level == "changed" and row is not None:
            self.changed.add(row)
        self.out.problems.append(Problem(file=self.table.file, sheet=self.table.sheet, row=row, column=column,
                                         level=level, what=what, cure=cure))  # fmt: skip

    def cell(self, number: int, cells: Sequence[Any], index: int | None, name: str) -> Any:
        """The clean value of one cell, None when blank; raises RefusedCell after having told of it."""
        if index is None or index >= len(cells) or is_blank(cells[index]):
            return None
        header = self.table.headers[index]
        try:
            outcome = read_cell(cells[index], _COLUMNS[name])
        except RefusedCell as refusal:
            self.tell(number, header, "refused", refusal.what, refusal.cure)
            raise
        for level, whats in (("changed", outcome.changed), ("note", outcome.notes)) if outcome else ():
            for what in whats:
                self.tell(number, header, level, what, "")
        return outcome.value if outcome else None

    def whose(self, number: int, cells: Sequence[Any], code: int | None, county: int | None) -> dict[str, Any]:
        """The code and county of a row; one of them must be there."""
        cds = self.cell(number, cells, code, "cds")
        name = self.cell(number, cells, county, "county") or (None if cds else self.county)
        if not cds and not name:
            self.tell(number, None, "refused", "neither a CDS code nor a county", "fill in one of the two")
            raise RefusedCell("neither a CDS code nor a county", "")
        if cds and is_rounded(cds):
            return {"cds": None, "cds_rounded": cds, "county": name}
        return {"cds": cds, "county": name}

    def year(self, number: int, cells: Sequence[Any], index: int | None) -> str | None:
        year = self.cell(number, cells, index, "year")
        if index is not None and year and len(year) == 4 and _folded(self.table.headers[index]) == "year start":
            return f"{year}-{(int(year) + 1) % 100:02d}"
        return str(year) if year else None

    def _record(self, number: int, values: dict[str, Any]) -> Record:
        return Record(source=self.source, file=self.table.file, sheet=self.table.sheet, row=number, kind="Indicators",
                      county=values["county"], values=IndicatorRow(**values))  # fmt: skip


def read_long(table: RawTable, match: HeaderMatch, *, source: str, county: str | None) -> TableReading:
    """One figure from each row of a table of code or county, measure, year, value and source."""
    figures = _Figures(table, source, county, is_long=True)
    at = {name: index for index, name in match.fields.items()}
    unknown = [i for i, header in enumerate(table.headers) if header and i not in match.fields]

    def row(number: int, cells: Sequence[Any]) -> list[dict[str, Any]]:
        value = figures.cell(number, cells, at["value"], "value")
        if value is None:
            return []
        values = figures.whose(number, cells, at.get("cds"), at.get("county"))
        values |= {"value": value, "year": figures.year(number, cells, at.get("year"))}
        for name in ("measure", "unit", "group", "denominator", "cited"):
            values[name] = figures.cell(number, cells, at.get(name), name)
        if not values["measure"]:
            figures.tell(number, table.headers[at["measure"]], "refused", "Measure is empty", "say what the figure measures")
            raise RefusedCell("Measure is empty", "")
        if values["group"] and values["group"].casefold() in ("all", "all students"):
            values["group"] = None
        values["extra"] = tuple((table.headers[i], shown(cells[i])) for i in unknown if i < len(cells) and not is_blank(cells[i]))
        return [values]

    return figures.read(row)


def read_wide(table: RawTable, columns: WideColumns, *, source: str, county: str | None) -> TableReading:
    """One figure from each filled cell under a measure; a cell that is no number is left out and told of."""
    figures = _Figures(table, source, county, is_long=False)
    used = {columns.code, columns.county, columns.year}
    for measure in columns.measures:
        used |= {measure.index, measure.year_at, measure.tested_at}
    unused = [header for index, header in enumerate(table.headers) if header and index not in used]
    if unused:
        figures.tell(table.header_row, None, "note", f"columns without figures are not kept: {', '.join(unused)}", "")

    def row(number: int, cells: Sequence[Any]) -> list[dict[str, Any]]:
        found = []
        for measure in columns.measures:
            raw = cells[measure.index] if measure.index < len(cells) else None
            if is_blank(raw):
                continue
            value = _number(raw)
            if value is None:
                header = table.headers[measure.index]
                figures.tell(number, header, "note", f"{shown(raw)[:40]!r} is not a number and is left out", "")
                continue
            tested = _tested(cells, measure)
            found.append({"measure": measure.name, "value": value, "denominator": tested,
                          "year": figures.year(number, cells, measure.year_at) or measure.year})  # fmt: skip
        if not found:
            return []
        whose = figures.whose(number, cells, columns.code, columns.county)
        year = figures.year(number, cells, columns.year)
        return [{**whose, **figure, "year": figure["year"] or year} for figure in found]

    return figures.read(row)


def _tested(cells: Sequence[Any], measure: Measure) -> int | None:
    raw = cells[measure.tested_at] if measure.tested_at is not None and measure.tested_at < len(cells) else None
    number = _number(raw) if not is_blank(raw) else None
    return int(number) if number is not None and number >= 0 and number.is_integer() else None
