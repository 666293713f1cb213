"""Records: the kept rows of the user's files, with where each came from. The graph is made from them.

A store keeps every record beside the graph, so that two maps loaded months apart still meet: identity is
decided over all records at once, and the order of loading never matters.
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

from assetgraph.model.names import slug
from assetgraph.model.sheets import SHEETS, SheetRow

__all__ = ["Basis", "FileRead", "Problem", "Reading", "Record", "SheetCount", "SourceInfo", "Standing", "source_id"]


class Basis(StrEnum):
    """What kind of source a fact rests on; only facts from a map or a table count as a county's own."""

    MAP = "map"
    TABLE = "table"
    DIRECTORY = "directory"
    REFERENCE = "reference"
    BUILT_IN = "built_in"


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


class Record(BaseModel):
    """One kept row: its place, the county it speaks of, and its clean values."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    file: str
    sheet: str
    """The sheet's name in the file, as a person reads it there."""
    row: int
    """Row number in the file, the header being row 1 where it stands first."""
    part: int = 0
    """Which of several records of one place this is: a row of many figures, or files of one name in two folders."""
    kind: str
    """A key of SHEETS: which row class ``values`` is."""
    county: str | None = None
    """County name from the row, else from the map where it has one county, else from --county."""
    values: Annotated[SheetRow, SerializeAsAny()]

    @model_validator(mode="before")
    @classmethod
    def _typed_values(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("values"), dict):
            return {**data, "values": SHEETS[data["kind"]].model_validate(data["values"])}
        return data

    def content(self) -> str:
        """The row's clean values as JSON: equal for equal rows, wherever they stand."""
        return self.values.model_dump_json(exclude_defaults=True)

    def digest(self) -> str:
        """A short name of what the row says, apart from its place in the file."""
        text = "\x1f".join((self.source, self.kind, self.county or "", self.content()))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


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
