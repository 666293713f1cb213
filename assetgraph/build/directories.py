"""What the lines of public files say: offices, LEAs and schools, and figures about them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from assetgraph.build.naming import lea_node_id
from assetgraph.build.weave import Loom
from assetgraph.matching.leas import KnownLEA, LEAIndex, canonical_lea_name
from assetgraph.model.ids import coe_id, county_id
from assetgraph.model.names import slug
from assetgraph.model.nodes import COE, LEA, Indicator, School
from assetgraph.model.places import COUNTIES, county_named
from assetgraph.model.records import Problem, Record
from assetgraph.model.sheets import DirectoryRow, IndicatorRow

__all__ = ["add_directory", "add_indicators", "index_of_leas"]

DISTRICT_KINDS = frozenset({"unified", "elementary", "high"})
FEWEST_SHOWN = 11
"""The smallest number of students that may be shown."""

OPEN_STATUSES = frozenset({None, "Active", "Pending"})


def _is_lea(row: DirectoryRow) -> bool:
    return row.kind not in ("coe", "school")


def index_of_leas(records: Iterable[tuple[Record, DirectoryRow]]) -> LEAIndex:
    """Every LEA that a directory names; a line without a code is the LEA of its county that bears its name."""
    coded: dict[str, KnownLEA] = {}
    uncoded: list[DirectoryRow] = []
    for _, row in records:
        if not _is_lea(row):
            continue
        if row.cds is None:
            uncoded.append(row)
        elif row.cds not in coded or row.status in OPEN_STATUSES:
            coded[row.cds] = _known(row)
    index = LEAIndex(list(coded.values()))
    aliases: dict[str, tuple[str, ...]] = {}
    fresh: dict[str, KnownLEA] = {}
    for row in uncoded:
        same = [lea for lea in index.named(row.name, row.county) if _same_name(lea, row)]
        if len(same) == 1:
            aliases[same[0].id] = (*aliases.get(same[0].id, ()), row.name, *row.also_called)
        elif not same:
            known = _known(row)
            fresh[known.id] = known
    joined = [
        lea if lea.id not in aliases else _also_called(lea, aliases[lea.id]) for lea in coded.values()
    ]
    return LEAIndex([*joined, *fresh.values()])


def _same_name(lea: KnownLEA, row: DirectoryRow) -> bool:
    return canonical_lea_name(lea.name) == canonical_lea_name(row.name) or lea.is_district


def _also_called(lea: KnownLEA, names: tuple[str, ...]) -> KnownLEA:
    return KnownLEA(lea.id, lea.county, lea.name, lea.cds, lea.is_district, lea.is_active, (*lea.also_called, *names))


def _known(row: DirectoryRow) -> KnownLEA:
    return KnownLEA(
        id=lea_node_id(row.cds, row.county, row.name),
        county=row.county,
        name=row.name,
        cds=row.cds,
        is_district=row.kind in DISTRICT_KINDS,
        is_active=row.status in OPEN_STATUSES,
        also_called=row.also_called,
    )


def add_directory(loom: Loom, index: LEAIndex, records: Iterable[tuple[Record, DirectoryRow]]) -> dict[str, str]:
    """Offices, LEAs and schools of some directory lines, and where each belongs; returns code to node id."""
    rows = list(records)
    codes = {place.coe_cds: coe_id(name) for name, place in COUNTIES.items()}
    codes |= {cds: lea.id for cds, lea in index.by_cds.items()}
    for record, row in rows:
        if row.kind == "coe":
            loom.node(coe_id(row.county), COE, row.name, record, county=row.county, cds=row.cds, web=row.web)
        elif row.kind != "school":
            _lea(loom, index, record, row)
    for record, row in rows:
        # A charter is an LEA where a directory of charters is loaded, and one of the schools where none is.
        if row.kind == "school" and (row.cds is None or not codes.get(row.cds, "school/").startswith("lea/")):
            codes[row.cds or ""] = _school(loom, codes, record, row)
    return codes


def _lea(loom: Loom, index: LEAIndex, record: Record, row: DirectoryRow) -> None:
    node_id = lea_node_id(row.cds, row.county, row.name)
    if row.cds is None:
        same = [lea for lea in index.named(row.name, row.county) if _same_name(lea, row)]
        node_id = same[0].id if len(same) == 1 else node_id
    known = index.by_cds.get(row.cds or "")
    if known is not None and known.is_active and row.status not in OPEN_STATUSES:
        # The code has an open line too: this one tells nothing of today.
        loom.fact("REPORTED_BY", node_id, f"source/{record.source}", record)
        return
    low, high = row.grades or (None, None)
    loom.node(node_id, LEA, row.name, record, county=row.county, cds=row.cds, kind=row.kind,
              is_charter=bool(row.is_charter) or row.kind == "charter", is_district=row.kind in DISTRICT_KINDS,
              status=row.status, grade_low=low, grade_high=high, locale=row.locale, **_students(row.enrollment),
              city=row.city, lat=row.lat, lon=row.lon, web=row.web)  # fmt: skip
    loom.fact("IN", node_id, county_id(row.county), record)
    loom.fact("SUPPORTED_BY", node_id, coe_id(row.county), record)
    district = index.by_cds.get(row.district_cds or "")
    if district is not None and district.id != node_id:
        loom.fact("PART_OF", node_id, district.id, record)


def _students(count: int | None) -> dict[str, Any]:
    """A number of students; the public may not see one from 1 to 10, so the graph does not hold it."""
    few = count is not None and FEWEST_SHOWN > count > 0
    return {"enrollment": None if few else count, "has_few_students": few}


def _school(loom: Loom, codes: dict[str, str], record: Record, row: DirectoryRow) -> str:
    node_id = f"school/{row.cds}" if row.cds else f"school/{slug(row.county)}/{slug(row.name)}"
    low, high = row.grades or (None, None)
    loom.node(node_id, School, row.name, record, county=row.county, cds=row.cds, is_charter=bool(row.is_charter),
              status=row.status, grade_low=low, grade_high=high, **_students(row.enrollment))  # fmt: skip
    loom.fact("IN", node_id, county_id(row.county), record)
    if row.district_cds in codes:
        loom.fact("PART_OF", node_id, codes[row.district_cds], record)
    return node_id


def add_indicators(loom: Loom, index: LEAIndex, codes: dict[str, str],
                   records: Iterable[tuple[Record, IndicatorRow]]) -> list[Problem]:  # fmt: skip
    """Figures about LEAs, offices, schools and counties; one for a code that nobody knows is reported and waits."""
    silent: Counter[tuple[str, str, str, str]] = Counter()
    for record, row in records:
        subject = _measured(index, codes, row)
        few = _students(row.denominator)["has_few_students"]
        if subject is None:
            silent[record.file, record.sheet, *_WAITING] += 1
        elif few or (_COUNTS_STUDENTS.search(row.measure) and FEWEST_SHOWN > row.value > 0):
            silent[record.file, record.sheet, *_FEW] += 1
        else:
            measure = f"indicator/{slug(row.measure, '_')}"
            loom.node(measure, Indicator, row.measure, unit=row.unit)
            loom.fact("MEASURED", subject, measure, record, year=row.year, value=row.value, unit=row.unit, group=row.group,
                      denominator=row.denominator, cited=row.cited)  # fmt: skip
    return [
        Problem(file=file, sheet=sheet, row=None, column=None, level="note", what=f"{what}: {count}", cure=cure)
        for (file, sheet, what, cure), count in sorted(silent.items())
    ]


_WAITING = ("figures that wait, because no office, LEA or school of theirs is loaded", "build the state's directory file too")
_FEW = ("figures that are not shown, because they are about fewer than 11 students", "")
_COUNTS_STUDENTS = re.compile(r"^(enroll|students|pupils)|(_tested|_enrolled)$", re.IGNORECASE)


def _measured(index: LEAIndex, codes: dict[str, str], row: IndicatorRow) -> str | None:
    if row.cds:
        # A code that ends in zeros where the district digits stand is the county itself.
        if row.cds.endswith("000000000000"):
            place = county_named(row.cds[:2])
            return county_id(place.name) if place else None
        return codes.get(row.cds)
    if row.cds_rounded:
        lea = index.by_rounded_code(row.cds_rounded)
        return lea.id if lea else None
    return county_id(row.county) if row.county else None
