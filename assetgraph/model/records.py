"""Records: the kept rows of the user's files, with where each came from. The graph is made from them.

A store keeps every record beside the graph, so that two maps loaded months apart still meet: identity is
decided over all records at once, and the order of loading never matters.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import core_schema

from assetgraph.model.names import slug
from assetgraph.model.sheets import SHEETS, OutreachRow, SheetRow

__all__ = [
    "OWN_BASES", "Basis", "FileRead", "Problem", "Reading", "Record", "SheetCount", "SourceInfo", "Standing", "source_id",
]  # fmt: skip


class Basis(StrEnum):
    """What kind of source a fact rests on; only facts from a map or a table count as a county's own."""

    MAP = "map"
    TABLE = "table"
    DIRECTORY = "directory"
    REFERENCE = "reference"
    BUILT_IN = "built_in"


OWN_BASES = frozenset({Basis.MAP, Basis.TABLE})
"""Bases of what stands on somebody's own map or table; all else is known from public pages or built in."""


def source_id(basis: Basis, owner: str, plan: str | None = None, step: str | None = None) -> str:
    """The id of a source: a map is known by owner, plan and step, anything else by its name.

    >>> source_id(Basis.MAP, "Lake County Office of Education", "A", "1")
    'map/lake-county-office-of-education/plan-a/step-1'
    """
    parts = [basis.value, slug(owner) or "unnamed"]
    if plan:
        parts.append(f"plan-{slug(plan)}")
    if step:
        parts.append(f"step-{slug(step)}")
    return "/".join(parts)


class SourceInfo(BaseModel):
    """One source: an asset map, a table, a directory or the reference facts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    basis: Basis
    name: str
    """The owner of a map as written in its Read me sheet; else the table's or directory's name."""
    counties: tuple[str, ...] = ()
    """County names that a map is of; empty for sources that are not about given counties."""
    plan: str | None = None
    step: str | None = None
    as_of: date | None = None
    files: tuple[str, ...] = ()
    """File names without folders."""
    rows_in: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    filled_in_by: str | None = Field(default=None, json_schema_extra={"private": True})
    contact: str | None = Field(default=None, json_schema_extra={"private": True})


class Record:
    """One kept row: its place, the county it speaks of, and its clean values. It is never changed.

    A state has millions of them, so ``values`` may also be given as the JSON that ``content`` gave; they are then
    read when they are asked for, and not kept.

    >>> from assetgraph.model.sheets import QuickstormRow
    >>> row = QuickstormRow(who="Lake COE", what="Lesson study", content_areas=("math",))
    >>> record = Record(source="map/lake", file="lake.xlsx", sheet="Quickstorm", row=2, kind="Quickstorm", values=row)
    >>> record.packed() == record, record.packed().values == row
    (True, True)
    """

    __slots__ = ("_values", "county", "file", "kind", "part", "row", "sheet", "source")

    def __init__(self, *, source: str, file: str, sheet: str, row: int, kind: str, values: SheetRow | str,
                 county: str | None = None, part: int = 0) -> None:  # fmt: skip
        self.source = source
        self.file = file
        self.sheet = sheet
        """The sheet's name in the file, as a person reads it there."""
        self.row = row
        """Row number in the file, the header being row 1 where it stands first."""
        self.kind = kind
        """A key of SHEETS: which row class ``values`` is."""
        self.county = county
        """County name from the row, else from the map where it has one county, else from --county."""
        self.part = part
        """Which of several records of one place this is: a row of many figures, or files of one name in two folders."""
        self._values = values

    @property
    def values(self) -> SheetRow:
        """The clean values. Raises ValueError for JSON that no row of this kind gave."""
        return SHEETS[self.kind].model_validate_json(self._values) if isinstance(self._values, str) else self._values

    @property
    def is_outreach(self) -> bool:
        """Whether it is a line of an outreach log: private as a whole, and no part of a map or the graph."""
        return self.kind == OutreachRow.sheet

    def content(self) -> str:
        """The row's clean values as JSON: equal for equal rows, wherever they stand."""
        return self._values if isinstance(self._values, str) else self._values.model_dump_json(exclude_defaults=True)

    def packed(self) -> Record:
        """The same with its values as JSON, which take a tenth of the memory."""
        return self.replaced(values=self.content())

    def typed(self) -> Record:
        """The same with its values read."""
        return self.replaced(values=self.values) if isinstance(self._values, str) else self

    def replaced(self, **fields: Any) -> Record:
        """The same with some fields replaced."""
        held = {name: getattr(self, name) for name in ("source", "file", "sheet", "row", "kind", "county", "part")}
        return Record(**{**held, "values": self._values, **fields})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Record({self.source!r}, {self.file!r}, {self.sheet!r}, row={self.row}, {self.values!r})"

    def _key(self) -> tuple[Any, ...]:
        return self.source, self.file, self.sheet, self.row, self.part, self.kind, self.county, self.content()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.is_instance_schema(cls, serialization=core_schema.to_string_ser_schema())


class Problem(BaseModel):
    """One thing to tell the person who filled in a sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sheet: str
    row: int | None
    """Row number in the file; None when the whole sheet or file is meant."""
    column: str | None
    """Header as written; None when the whole row is meant."""
    level: str
    """``refused``: the row is left out; ``changed``: we read it differently than written; ``note``: worth knowing."""
    what: str
    cure: str
    """What to do; empty when nothing needs doing."""


class SheetCount(BaseModel):
    """Rows of one sheet: ``rows_in == kept + refused``; ``changed`` counts kept rows that were read differently."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    sheet: str
    rows_in: int
    kept: int
    changed: int
    refused: int


class Standing(StrEnum):
    """What became of a file."""

    READ = "read"
    BLANK = "blank"
    """It is a map or a table, and no row of it is filled in."""
    OLDER = "older"
    """An older version of a map that another file holds: left out."""
    COPY = "copy"
    """All its rows stand in another file of the same map: left out."""
    LEFT_OUT = "left_out"
    """It is no table and was not meant to be one."""
    REFUSED = "refused"
    """It may hold rows and could not be read."""


class FileRead(BaseModel):
    """What one file turned out to be: ``rows_in == kept + refused``, or why it was left out and what to do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    """The file as it was reached from what was given, folders included."""
    standing: Standing
    source: str | None = None
    """The id of the source that its rows are kept under; the first of several."""
    kinds: tuple[str, ...] = ()
    """Keys of SHEETS: which tables it holds."""
    rows_in: int = 0
    kept: int = 0
    changed: int = 0
    refused: int = 0
    what: str = ""
    """Why it was left out, or what is worth knowing of it as a whole; else empty."""
    cure: str = ""


class Reading(BaseModel):
    """What reading some files gave: sources, their kept records, and everything there is to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[SourceInfo, ...] = ()
    records: tuple[Record, ...] = ()
    counts: tuple[SheetCount, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[FileRead, ...] = ()
    """One for each file that was met, in order; empty for what was read from no file."""

    @property
    def refused(self) -> int:
        """Rows left out, and files that could not be read at all count as one each."""
        whole = sum(1 for p in self.problems if p.level == "refused" and p.row is None)
        return sum(c.refused for c in self.counts) + whole
