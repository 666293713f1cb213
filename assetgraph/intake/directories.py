"""The state's public directories and the partner directory, in each of the shapes that people download.

Columns that no record needs are left out on purpose: administrators' names, e-mail addresses and telephone
numbers stand in these files and are nobody's business here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assetgraph.intake.cells import read_cell
from assetgraph.intake.codes import is_rounded
from assetgraph.intake.outcome import RefusedCell
from assetgraph.intake.rows import TableReading
from assetgraph.intake.tables import Grid, RawTable, header_text, is_blank, shown
from assetgraph.intake.twins import Twins
from assetgraph.model.grades import parse_grades
from assetgraph.model.names import fold
from assetgraph.model.records import Problem, Record, SheetCount
from assetgraph.model.sheets import SHEETS, Column

__all__ = ["DirectoryFormat", "find_directory", "nearly_a_directory", "read_directory"]

Row = Mapping[str, Any]
"""Folded header to cell."""

_HEADER_WITHIN = 20

_MUSEUM = "museum_science_center"
_PARTNER_KIND_OF = {
    "public_library_system": "library", "rocp": "public_agency", "jpa": "public_agency", "admin_unit": "higher_education",
    "child_development_or_community_action": "community_organization", "nature_center_garden": _MUSEUM,
    "zoo_aquarium": _MUSEUM,
}  # fmt: skip
"""Type in the partner directory to our kind, where its category does not decide."""

_CATEGORY_KIND = {
    "library": "library", "college": "higher_education", "education_agency": "public_agency",
    "community_org": "community_organization",
}  # fmt: skip

_STATUSES = frozenset({"statustype", "status type", "status"})
_IN_OTHER_YEARS = {
    "status type": "statustype", "cdcode": "cd code", "county name": "county", "countyname": "county",
    "district name": "district", "districtname": "district", "district official name": "district", "agency name": "district",
    "school name": "school", "schoolname": "school", "school official name": "school",
}  # fmt: skip
"""Headers that the state's exports have had in other years, to the ones they have now."""

_CODES = {"cds": "CDS", "cds code": "CDS Code", "cdscode": "CDSCode", "cd code": "CD Code"}

_BODY_KINDS = (
    ("county office", "coe"), ("coe", "coe"), ("unified", "unified"), ("elementary", "elementary"), ("high", "high"),
    ("regional occupation", "rocp"), ("rocp", "rocp"), ("roc p", "rocp"), ("joint powers", "jpa"), ("jpa", "jpa"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DirectoryFormat:
    """One shape of directory: the headers that tell it, and how a row of it becomes the values of a record."""

    name: str
    kind: str
    needed: frozenset[str]
    """Folded headers that must all be there."""
    headers: Mapping[str, tuple[str, ...]]
    """Field to the folded headers that hold it, the first one filled in being taken."""
    derive: Callable[[Row, dict[str, Any]], None]
    """Adds what no single cell says."""


def find_directory(grid: Grid) -> tuple[int, DirectoryFormat] | None:
    """The index of the header row and the format, or None when the grid is no directory.

    >>> find_directory(Grid("a.txt", "a", [(1, ["CD Code", "County", "District", "StatusType"])]))[1].name
    'public districts'
    """
    for index, (_, cells) in enumerate(grid.rows[:_HEADER_WITHIN]):
        headers = set(_keys(cells))
        for known in _FORMATS:
            if known.needed <= headers:
                return index, known
    return None


def nearly_a_directory(headers: Sequence[str]) -> tuple[str, str] | None:
    """The format that headers would make with one more, and that header; None when they are not close to any.

    >>> nearly_a_directory(["CD Code", "District", "StatusType"])
    ('public districts', 'County')
    """
    keys = set(_keys(headers))
    near = [(known.name, *known.needed - keys) for known in _FORMATS if "StatusType" in headers and len(known.needed - keys) == 1]
    return (near[0][0], _CODES.get(near[0][1], near[0][1].title())) if near else None


def read_directory(table: RawTable, known: DirectoryFormat, *, source: str) -> TableReading:
    """The rows of a directory as records; a cell that adds detail and cannot be read is left out, not its row."""
    out = TableReading()
    folded = _keys(table.headers)
    twins = Twins()
    left_out: Counter[str] = Counter()
    elsewhere = 0
    for number, cells in table.rows:
        row = {header: cell for header, cell in zip(folded, cells, strict=False) if not is_blank(cell)}
        if fold(shown(row.get("county", ""))) == "out of state":
            elsewhere += 1
            continue
        record = _record(table, known, number, row, source, out, left_out)
        if record is not None:
            out.records.append(record)
            remark = twins.remark(number, record.county, record.values)
            if remark is not None:
                out.problems.append(_problem(table, number, None, "note", *remark))
    for header, count in sorted(left_out.items()):
        what = f"{count} cell{'s' * (count > 1)} of {header} could not be read and {'were' if count > 1 else 'was'} left out"
        out.problems.append(_problem(table, None, header, "note", what, ""))
    if elsewhere:
        what = f"rows marked 'Out of State', which are not of California: {elsewhere}"
        out.problems.append(_problem(table, None, None, "note", what, ""))
    unused = _unused(table.headers, folded, known)
    if unused:
        what = f"columns that are not kept: {', '.join(unused)}"
        out.problems.append(_problem(table, table.header_row, None, "note", what, ""))
    kept, rows_in = len(out.records), len(table.rows) - elsewhere
    changed = len({p.row for p in out.problems if p.level == "changed"} & {record.row for record in out.records})
    out.count = SheetCount(file=table.file, sheet=table.sheet, rows_in=rows_in, kept=kept, changed=changed,
                           refused=rows_in - kept)  # fmt: skip
    return out


def _record(table: RawTable, known: DirectoryFormat, number: int, row: Row, source: str, out: TableReading,
            left_out: Counter[str]) -> Record | None:  # fmt: skip
    columns = _columns(known.kind)
    values: dict[str, Any] = {}
    for name, candidates in known.headers.items():
        header = next((one for one in candidates if one in row), None)
        if header is None:
            continue
        try:
            outcome = read_cell(row[header], columns[name])
        except RefusedCell as refusal:
            if name not in ("cds", "name", "county", "home_county"):
                left_out[header] += 1
                continue
            out.problems.append(_problem(table, number, _as_written(table, header), "refused", refusal.what, refusal.cure))
            return None
        if outcome is not None:
            values[name] = outcome.value
            if name != "web":  # an address without https:// is the rule in these files, not worth a line for each
                out.problems.extend(
                    _problem(table, number, _as_written(table, header), "changed", what, "") for what in outcome.changed
                )
    known.derive(row, values)
    _drop_rounded(values)
    if values.get("status"):
        values["status"] = values["status"].capitalize()
    missing = [column.header for name, column in columns.items() if column.required and not values.get(name)]
    if missing:
        cure = "fill it in, or delete the row"
        out.problems.append(_problem(table, number, None, "refused", f"no {' and no '.join(missing)}", cure))
        return None
    county = values.get("county") if known.kind == "Directory" else values.get("home_county")
    return Record(source=source, file=table.file, sheet=table.sheet, row=number, kind=known.kind, county=county,
                  values=SHEETS[known.kind].model_validate(values))  # fmt: skip


@lru_cache(maxsize=4)
def _columns(kind: str) -> dict[str, Column]:
    return SHEETS[kind].columns()


def _drop_rounded(values: dict[str, Any]) -> None:
    """A directory whose own codes are rounded cannot settle what they were: its rows are known by county and name."""
    for name in ("cds", "district_cds"):
        if is_rounded(values.get(name) or ""):
            values.pop(name)


def _keys(headers: Sequence[Any]) -> list[str]:
    """The folded headers; of a file that tells each body's status, also those of other years under today's name."""
    folded = [fold(header_text(header).replace("_", " ")) for header in headers]
    if not _STATUSES & set(folded):
        return folded
    return [key if (name := _IN_OTHER_YEARS.get(key)) is None or name in folded else name for key in folded]


def _as_written(table: RawTable, folded: str) -> str:
    return table.headers[_keys(table.headers).index(folded)]


def _unused(headers: Sequence[str], folded: Sequence[str], known: DirectoryFormat) -> list[str]:
    used = known.needed.union(*known.headers.values(), _ALSO_USED)
    return [header for header, key in zip(headers, folded, strict=True) if header and key not in used]


def _problem(table: RawTable, row: int | None, column: str | None, level: str, what: str, cure: str) -> Problem:
    return Problem(file=table.file, sheet=table.sheet, row=row, column=column, level=level, what=what, cure=cure)


def _body_kind(*texts: Any) -> str:
    for text in texts:
        folded = fold(shown(text).replace("_", " "))
        for words, kind in _BODY_KINDS:
            if words in folded:
                return kind
    return "other"


def _district(row: Row, values: dict[str, Any]) -> None:
    values["kind"] = _body_kind(row.get("type"), row.get("doctype"), row.get("entity type"))
    low, high = (_grade(row.get(header)) for header in ("grade low", "grade high"))
    if low and high and low[0] <= high[1]:
        values["grades"] = (low[0], high[1])


def _grade(raw: Any) -> tuple[int, int] | None:
    text = shown(raw).casefold()
    return parse_grades({"kg": "k", "ad": "12"}.get(text, text)) if text else None


def _school(row: Row, values: dict[str, Any]) -> None:
    charter = shown(row.get("charter")).casefold() in ("true", "y", "yes", "1")
    values["kind"] = "charter" if charter else "school"
    values["is_charter"] = charter if "charter" in row else None
    cds = values.get("cds")
    if cds and not is_rounded(cds):
        values.setdefault("district_cds", f"{cds[:7]}0000000")
    span = shown(row.get("grade span") or row.get("gsserved") or row.get("gsoffered"))
    # "AD" is adult school: beyond grade 12 and no grade of its own.
    grades = parse_grades(span.replace("–AD", "–12").replace("-AD", "-12"))
    if grades is not None:
        values["grades"] = tuple(grades)


def _district_or_school(row: Row, values: dict[str, Any]) -> None:
    """Both state exports hold districts and schools; a district's row has no school name or a code ending in zeros."""
    record_type = fold(shown(row.get("record type")))
    is_school = "school" in row and record_type != "district"
    if is_school:
        values["name"] = _read_name(row["school"]) or values.get("name")
        _school(row, values)
    else:
        _district(row, values)


def _read_name(raw: Any) -> str | None:
    """A name from a cell, or None when it holds none that can be kept."""
    try:
        outcome = read_cell(raw, _columns("Directory")["name"])
    except RefusedCell:
        return None
    return str(outcome.value) if outcome else None


def _partner(row: Row, values: dict[str, Any]) -> None:
    kind, category = shown(row.get("type")), shown(row.get("category"))
    museum = _MUSEUM if category == "museum" and kind.startswith("museum_") else None
    # Historic preservation is a society, a house or a trust: nothing says that it is a museum, so no kind is given.
    values["partner_kind"] = _PARTNER_KIND_OF.get(kind) or museum or _CATEGORY_KIND.get(category)


_ALSO_USED = frozenset({"type", "category", "doc", "doctype", "entity type", "record type", "school", "charter",
                        "grade low", "grade high", "grade span", "gsserved", "gsoffered"})  # fmt: skip
_PLACE = {"county": ("county", "county name"), "city": ("city", "street city"), "lat": ("latitude", "lat"),
          "lon": ("longitude", "lon")}  # fmt: skip
_CODE_AND_STATUS = {"cds": ("cds", "cds code", "cdscode", "cd code"), "status": ("status", "statustype")}

_FORMATS = (
    DirectoryFormat("partners", "Partners", frozenset({"name", "type", "category", "county"}),
                    {"name": ("name",), "home_county": ("county",), "web": ("website",)}, _partner),
    DirectoryFormat("schools and charters", "Directory", frozenset({"cds", "name", "district cds", "county"}),
                    {**_CODE_AND_STATUS, **_PLACE, "name": ("name",), "district_cds": ("district cds",),
                     "enrollment": ("enrollment",), "locale": ("locale",)}, _school),
    DirectoryFormat("local educational agencies", "Directory", frozenset({"cds", "name", "type", "county", "city"}),
                    {**_CODE_AND_STATUS, **_PLACE, "name": ("name",), "locale": ("locale", "locale seen"),
                     "enrollment": ("enroll 2324", "enroll 2425 incl charters", "enrollment"),
                     "web": ("website 2018", "website"), "also_called": ("also called",)}, _district),
    DirectoryFormat("public districts", "Directory", frozenset({"cd code", "county", "district"}),
                    {**_CODE_AND_STATUS, **_PLACE, "name": ("district",)}, _district),
    DirectoryFormat("directory export", "Directory", frozenset({"record type", "cds code", "county", "district"}),
                    {**_CODE_AND_STATUS, **_PLACE, "name": ("district",)}, _district_or_school),
    DirectoryFormat("public schools", "Directory", frozenset({"cdscode", "county", "district", "school"}),
                    {**_CODE_AND_STATUS, **_PLACE, "name": ("district",), "web": ("website",)}, _district_or_school),
)  # fmt: skip
