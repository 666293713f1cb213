"""From a table to records: each row is kept or refused, and whatever there is to say is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from assetgraph.intake.cells import read_cell
from assetgraph.intake.codes import is_rounded
from assetgraph.intake.county_cells import read_county
from assetgraph.intake.headers import HeaderMatch
from assetgraph.intake.outcome import Outcome, RefusedCell
from assetgraph.intake.tables import LONGEST_REPEATED, RawTable, is_blank, shown
from assetgraph.intake.twins import Twins
from assetgraph.model.duration import Duration
from assetgraph.model.names import fold
from assetgraph.model.places import coe_named
from assetgraph.model.records import Problem, Record, SheetCount
from assetgraph.model.sheets import SHEETS, Cell, Column
from assetgraph.model.vocabulary import look_up, open_term

__all__ = ["EXAMPLE_START", "OWNER_KINDS", "TableReading", "forget", "read_rows"]

EXAMPLE_START = "example:"
"""What the first filled cell of a template's example row starts with, in lower case."""

OWNER_KINDS = frozenset({"Quickstorm", "Asked about", "Reach", "Actions", "Team", "Outreach"})
"""Kinds whose rows mean nothing without the county whose map they are on."""

_MOST_KNOWN = 20_000
"""Texts of a column that are remembered."""

_UNKNOWN = object()

_ANSWER = Column(header="answer", cell=Cell.TERM, vocabulary="answer")
_LONGEST_LIST = 600
_NOTE = Column(header="note", cell=Cell.TEXT, private=True)
_COUNTY_CURE = "add a column County, or say which county it is (--county)"


@dataclass(slots=True)
class TableReading:
    """What reading one table gave."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    count: SheetCount | None = None
    examples: int = 0
    """Example rows of the template, which are not data."""


def read_rows(table: RawTable, match: HeaderMatch, *, source: str, county: str | None,
              needs_county: bool = True) -> TableReading:  # fmt: skip
    """The kept rows of a table as records, the problems of all rows, and their count.

    ``county`` is the map's one county or the one that the caller gave; None where each row must say its own, which
    ``needs_county`` waives for a map of several counties: its owner says whose the row is.
    """
    return _RowReader(table, match, source, county, needs_county).read()


_Texts = tuple[dict[str, Any], dict[str, tuple[Outcome | None, RefusedCell | None]]]


@lru_cache(maxsize=512)
def _met(column: Column) -> _Texts:
    """The texts met in a column, in this and the sheets before it: those that need no remark with their values, and all."""
    return {}, {}


def forget() -> None:
    """Nothing; the texts met in the tables so far are no longer held in memory."""
    _met.cache_clear()


class _Cells:
    """The cells of one column: what each text means is worked out once, since sheets repeat the same few."""

    def __init__(self, index: int, name: str, column: Column) -> None:
        self.index, self.name, self.column = index, name, column
        self.plain, self._known = _met(column)

    def read(self, raw: Any) -> tuple[Outcome | None, RefusedCell | None]:
        """What a cell means (None when it says nothing), or why it cannot be read."""
        found = self._known.get(raw) if type(raw) is str else None
        if found is None:
            try:
                found = read_cell(raw, self.column), None
            except RefusedCell as refusal:
                found = None, refusal
            if type(raw) is str and len(raw) <= LONGEST_REPEATED:
                self._remember(raw, *found)
        return found

    def _remember(self, raw: str, outcome: Outcome | None, refusal: RefusedCell | None) -> None:
        if len(self._known) >= _MOST_KNOWN:
            self.plain.clear()
            self._known.clear()
        self._known[raw] = outcome, refusal
        if outcome is not None and outcome.value is not None and outcome == Outcome(outcome.value):
            self.plain[raw] = outcome.value


class _RowReader:
    """Reads the rows of one table; one instance for one table."""

    def __init__(self, table: RawTable, match: HeaderMatch, source: str, county: str | None, needs_county: bool) -> None:
        self.table, self.match, self.source, self.county = table, match, source, county
        self.needs_county = needs_county
        self.kind = SHEETS[match.kind]
        self.columns = self.kind.columns()
        self.areas = dict(match.areas)
        evidence = {index for index, name in match.fields.items() if self.columns[name].vocabulary == "evidence"}
        self.cells = [_Cells(index, name, self.columns[name]) for index, name in match.fields.items() if index not in evidence]
        self.evidence = [_Cells(index, match.fields[index], self.columns[match.fields[index]]) for index in sorted(evidence)]
        self.answers = [_Cells(index, area, _ANSWER) for index, area in self.areas.items()]
        self.counties: dict[Any, str] = {}
        """What stands in a County column and needs no remark."""
        self.out = TableReading()
        self.changed_rows: set[int] = set()
        self.noted: set[tuple[str, str]] = set()
        """What a note says is said once for each column, not for each row."""

    def read(self) -> TableReading:
        unknown = self._unknown_columns()
        rows_in = 0
        twins = Twins()
        for number, cells in self.table.rows:
            first = next((cell for cell in cells if not is_blank(cell)), None)
            if isinstance(first, str) and shown(first).casefold().startswith(EXAMPLE_START):
                self.out.examples += 1
                continue
            rows_in += 1
            record = self._record(number, cells, unknown)
            if record is not None:
                self.out.records.append(record)
                remark = twins.remark(number, record.county, record.values)
                if remark is not None:
                    self.tell(number, None, "note", *remark)
            cells.clear()  # what a cell means is held from here on; a large file would be held twice
        kept = len(self.out.records)
        changed = len(self.changed_rows & {record.row for record in self.out.records})
        self.out.count = SheetCount(file=self.table.file, sheet=self.table.sheet, rows_in=rows_in, kept=kept,
                                    changed=changed, refused=rows_in - kept)  # fmt: skip
        return self.out

    def tell(self, row: int | None, column: str | None, level: str, what: str, cure: str) -> None:
        if level == "changed" and row is not None:
            self.changed_rows.add(row)
        self.out.problems.append(Problem(file=self.table.file, sheet=self.table.sheet, row=row, column=column,
                                         level=level, what=what, cure=cure))  # fmt: skip

    def _unknown_columns(self) -> list[int]:
        """Columns that the sheet does not know; on Reach, one whose cells are all answers is a new area."""
        known = {*self.match.fields, *self.areas, self.match.county}
        unknown = [index for index, header in enumerate(self.table.headers) if header and index not in known]
        if self.match.kind == "Reach":
            for index in list(unknown):
                cells = [shown(cell) for cell in self.table.column(index) if not is_blank(cell)]
                term = open_term(self.table.headers[index])
                if cells and term and all(look_up("answer", cell) for cell in cells):
                    self.areas[index] = term
                    self.answers.append(_Cells(index, term, _ANSWER))
                    unknown.remove(index)
        named = ", ".join(repr(self.table.headers[index]) for index in unknown)
        if named:
            named = named if len(named) <= _LONGEST_LIST else f"{named[:_LONGEST_LIST]} …"
            self.tell(self.table.header_row, None, "note", f"unknown columns are kept as private notes: {named}", "")
        return unknown

    def _record(self, number: int, cells: Sequence[Any], unknown: Sequence[int]) -> Record | None:
        values, refused = self._values(number, cells)
        aside = self._set_aside(number, cells, values) if self.evidence else []
        answers, spoiled = self._answers(number, cells) if self.answers else ((), False)
        county, lost = self._county(number, cells, values)
        refused = refused or spoiled or lost
        if refused or self._out_of_order(number, values) or self._to_itself(number, cells, values):
            return None
        extra = self._extra(number, cells, (*unknown, *aside)) if unknown or aside else ()
        if extra:
            values["extra"] = extra
        if answers:
            values["answers"] = answers
        if is_rounded(values.get("cds") or ""):
            del values["cds"]
        row = self.kind.model_validate(values)
        return Record(source=self.source, file=self.table.file, sheet=self.table.sheet, row=number, kind=self.match.kind,
                      county=county, values=row)  # fmt: skip

    def _values(self, number: int, cells: Sequence[Any]) -> tuple[dict[str, Any], bool]:
        values: dict[str, Any] = {}
        refused = open_end = False
        width = len(cells)
        for column in self.cells:
            raw = cells[column.index] if column.index < width else None
            # Nearly every cell of a large sheet is one of few texts that need no remark: those are looked up here.
            value = column.plain.get(raw, _UNKNOWN) if type(raw) is str else _UNKNOWN
            if value is not _UNKNOWN:
                values[column.name] = value
                continue
            outcome, bad = self._cell(number, column, raw)
            refused = refused or bad
            if outcome is not None:
                open_end = open_end or outcome.open_end
                if outcome.value is not None:
                    values[column.name] = outcome.value
            elif column.column.required and not bad:
                refused = True
                self.tell(number, self.table.headers[column.index], "refused",
                          f"{column.column.header} {_is_empty(raw)}", _fill_in(column.column))  # fmt: skip
        if open_end and "written_duration" in self.columns:
            values.setdefault("written_duration", Duration.ENDURING)
        return values, refused

    def _set_aside(self, number: int, cells: Sequence[Any], values: dict[str, Any]) -> list[int]:
        """Reads the column "How we know"; a sentence there is no reason to lose a row, so it becomes a private note."""
        aside = []
        for column in self.evidence:
            if column.index >= len(cells):
                continue
            outcome, refusal = column.read(cells[column.index])
            if refusal is not None:
                aside.append(column.index)
                if shown(cells[column.index]):
                    what = "the text is none of this column's words; it is kept as a private note"
                    self.tell(number, self.table.headers[column.index], "note", what, refusal.cure)
            elif outcome is not None:
                values[column.name] = outcome.value
                self._tell_outcome(number, self.table.headers[column.index], outcome)
        return aside

    def _extra(self, number: int, cells: Sequence[Any], aside: Sequence[int]) -> tuple[tuple[str, str], ...]:
        """What is kept as a private note, with its header; a cell that cannot be is told of, and loses no row."""
        found = []
        for index in aside:
            try:
                outcome = read_cell(cells[index], _NOTE) if index < len(cells) else None
            except RefusedCell as refusal:
                self.tell(number, self.table.headers[index], "note", f"{refusal.what}, so this note is left out", refusal.cure)
                continue
            if outcome is not None:
                found.append((self.table.headers[index], outcome.value))
        return tuple(found)

    def _cell(self, number: int, column: _Cells, raw: Any) -> tuple[Outcome | None, bool]:
        outcome, refusal = column.read(raw)
        if refusal is not None:
            self.tell(number, self.table.headers[column.index], "refused", refusal.what, refusal.cure)
        elif outcome is not None:
            self._tell_outcome(number, self.table.headers[column.index], outcome)
        return outcome, refusal is not None

    def _tell_outcome(self, number: int, header: str, outcome: Outcome) -> None:
        if outcome.changed:
            self.tell(number, header, "changed", "; ".join(outcome.changed), "")
        for what in outcome.notes:
            if (header, what) not in self.noted:
                self.noted.add((header, what))
                self.tell(number, header, "note", what, "")

    def _answers(self, number: int, cells: Sequence[Any]) -> tuple[tuple[tuple[str, str], ...], bool]:
        found, refused = [], False
        for column in self.answers:
            raw = cells[column.index] if column.index < len(cells) else None
            outcome, bad = self._cell(number, column, raw)
            refused = refused or bad
            if outcome is not None:
                found.append((column.name, outcome.value))
        return tuple(found), refused

    def _county(self, number: int, cells: Sequence[Any], values: dict[str, Any]) -> tuple[str | None, bool]:
        """The county that a row speaks of, and whether the row is refused for want of one."""
        if "county" in self.columns:
            return values.get("county"), False
        index = self.match.county
        raw = cells[index] if index is not None and index < len(cells) else None
        if index is not None and not is_blank(raw):
            if raw in self.counties:
                return self.counties[raw], False
            try:
                outcome = read_county(shown(raw))
            except RefusedCell as refusal:
                self.tell(number, self.table.headers[index], "refused", refusal.what, refusal.cure)
                return None, True
            self._tell_outcome(number, self.table.headers[index], outcome)
            if outcome == Outcome(outcome.value):
                self.counties[raw] = str(outcome.value)
            return str(outcome.value), False
        if self.county is None and self.needs_county and self.match.kind in OWNER_KINDS:
            self.tell(number, None, "refused", "nothing says which county the row is about", _COUNTY_CURE)
            return None, True
        return self.county, False

    def _out_of_order(self, number: int, values: dict[str, Any]) -> bool:
        start, end = values.get("starts_on"), values.get("ends_on")
        if start and end and end < start:
            header = next(self.table.headers[i] for i, name in self.match.fields.items() if name == "ends_on")
            what = f"the end, {end}, is before the start, {start}"
            self.tell(number, header, "refused", what, "correct one of the two dates")
            return True
        return False

    def _to_itself(self, number: int, cells: Sequence[Any], values: dict[str, Any]) -> bool:
        """Whether a tie has one organization at both ends; one that only a third row shows to be the same is told later."""
        start, end = values.get("from_name"), values.get("to_name")
        if not start or not end:
            return False
        office = coe_named(start)
        if fold(start) != fold(end) and (office is None or office != coe_named(end)):
            return False
        column = next(i for i, name in self.match.fields.items() if name == "to_name")
        what = f"{shown(cells[column])[:60]!r} is tied to itself"
        self.tell(number, self.table.headers[column], "refused", what, "write the other organization, or delete the row")
        return True


def _is_empty(raw: Any) -> str:
    """How a cell says nothing: empty, or by a word that people write for nothing."""
    return f"is empty: {shown(raw)!r} stands for nothing" if shown(raw) else "is empty"


def _fill_in(column: Column) -> str:
    return f"fill it in: {column.help}" if column.help else "fill it in"

