"""Districts, schools and figures by name and code; from when to when taking part counts; ties that are none."""

from __future__ import annotations

from datetime import date as day
from itertools import permutations
from pathlib import Path

import pytest
from maps_of_rows import AS_OF, a_directory, a_map, facts, projected

from assetgraph.build.project import project
from assetgraph.intake import read_files
from assetgraph.model.nodes import LEA
from assetgraph.model.records import Reading
from assetgraph.model.sheets import DirectoryRow, IndicatorRow, QuickstormRow, TieRow

BEGUN, ENDED, RUNS_TO, LATER = day(2024, 8, 1), day(2024, 12, 1), day(2025, 6, 30), day(2025, 3, 1)


@pytest.mark.parametrize(("known_on", "starts", "ends", "first_on", "last_on"), [
    (AS_OF, None, None, None, AS_OF),
    (AS_OF, BEGUN, None, BEGUN, AS_OF),
    (AS_OF, BEGUN, ENDED, BEGUN, ENDED),
    (AS_OF, BEGUN, RUNS_TO, BEGUN, AS_OF),  # it still runs: known up to the map's day
    (AS_OF, None, RUNS_TO, None, AS_OF),
    (AS_OF, AS_OF, RUNS_TO, AS_OF, AS_OF),
    (AS_OF, LATER, RUNS_TO, LATER, RUNS_TO),  # it has not begun
    (AS_OF, LATER, None, LATER, LATER),
    (None, BEGUN, RUNS_TO, BEGUN, RUNS_TO),
    (None, BEGUN, None, BEGUN, None),
])  # fmt: skip
def test_from_when_to_when_taking_part_is_known(
    known_on: day | None, starts: day | None, ends: day | None, first_on: day | None, last_on: day | None
) -> None:
    row = QuickstormRow(who="Lake COE", what="Week", content_areas=("math",), starts_on=starts, ends_on=ends, leas=("Konocti Unified",))
    (edge,) = facts(projected(a_map(row, as_of=known_on)), "TOOK_PART_IN")
    assert (edge.fact.first_on, edge.fact.last_on) == (first_on, last_on)  # type: ignore[attr-defined]


def line(name: str, cds: str | None, county: str = "Lake", kind: str = "unified", status: str = "Active", district: str | None = None) -> DirectoryRow:
    return DirectoryRow(name=name, cds=cds, county=county, kind=kind, status=status, district_cds=district)


KONOCTI, CHICO = "17640220000000", "04614240000000"


def district_of(name: str, directory: Reading) -> str:
    """Which district a Lake map means by a name in its column of LEAs."""
    row = QuickstormRow(who="Lake COE", what="Week", content_areas=("math",), leas=(name,))
    (edge,) = facts(projected(directory, a_map(row)), "TOOK_PART_IN")
    return edge.from_id


@pytest.mark.parametrize(("name", "district"), [
    ("Konocti", f"lea/{KONOCTI}"),  # at home its stem is enough
    ("Chico Unified", f"lea/{CHICO}"),
    ("Chico Unified School District", f"lea/{CHICO}"),
    ("Chico", "lea/lake/chico"),
    ("Chico Elementary", "lea/lake/chico-elementary"),
    ("Park Unified", "lea/lake/park-unified"),  # two other counties have one
])  # fmt: skip
def test_a_district_of_another_county_is_meant_by_its_full_name_only(name: str, district: str) -> None:
    directory = a_directory(line("Konocti Unified", KONOCTI), line("Chico Unified", CHICO, "Butte"),
                            line("Park Unified", "11000010000000", "Glenn"), line("Park Unified", "52000010000000", "Tehama"))  # fmt: skip
    assert district_of(name, directory) == district


def test_a_name_that_two_other_counties_have_is_a_district_here() -> None:
    """A directory that knows both is no reason to think of either."""
    directory = a_directory(line("Konocti Unified", KONOCTI), line("Park Unified", "11000010000000", "Glenn"),
                            line("Park Unified", "52000010000000", "Tehama"))  # fmt: skip
    row = QuickstormRow(who="Lake COE", what="Week", content_areas=("math",), leas=("Park Unified",))
    said = projected(directory, a_map(row))
    park = said.graph.nodes["lea/lake/park-unified"]
    assert isinstance(park, LEA) and park.is_district and park.could_be == []


def test_a_name_means_the_open_one_of_two_that_bear_it() -> None:
    for order in permutations([line("Konocti Unified", "17000010000000", status="Closed"), line("Konocti Unified", KONOCTI)]):
        assert district_of("Konocti Unified", a_directory(*order)) == f"lea/{KONOCTI}"


def test_a_code_that_stands_twice_is_called_what_its_open_line_says() -> None:
    for order in permutations([line("Highlands Unified", KONOCTI, status="Closed"), line("Konocti Unified", KONOCTI)]):
        assert district_of("Konocti Unified", a_directory(*order)) == f"lea/{KONOCTI}"
        assert district_of("Highlands Unified", a_directory(*order)) == "lea/lake/highlands-unified"


def test_a_closed_district_stays_known_where_no_open_one_bears_its_name() -> None:
    assert district_of("Konocti Unified", a_directory(line("Konocti Unified", KONOCTI, status="Closed"))) == f"lea/{KONOCTI}"


CHARTER = "17640220123456"
CHARTERS = line("Clear Lake Charter", CHARTER, kind="charter", district=KONOCTI)
SCHOOLS = line("Clear Lake Charter", CHARTER, kind="school", district=KONOCTI)


def figure(cds: str) -> IndicatorRow:
    return IndicatorRow(cds=cds, measure="grad_pct", year="2023-24", value=90)


@pytest.mark.parametrize("name", ["a", "z"])
def test_a_charter_of_two_files_is_one_lea(name: str) -> None:
    """Wherever the file of charters sorts."""
    said = projected(a_directory(line("Konocti Unified", KONOCTI), SCHOOLS, figure(CHARTER)), a_directory(CHARTERS, name=name))
    charter = said.graph.nodes[f"lea/{CHARTER}"]
    assert isinstance(charter, LEA) and charter.is_charter and not charter.is_district
    assert not [node for node in said.graph.nodes if node.startswith("school/")]
    assert [edge.from_id for edge in facts(said, "MEASURED")] == [f"lea/{CHARTER}"]
    assert [(edge.from_id, edge.to_id) for edge in facts(said, "PART_OF")] == [(f"lea/{CHARTER}", f"lea/{KONOCTI}")]


def test_a_charter_of_the_file_of_schools_alone_is_a_school() -> None:
    said = projected(a_directory(line("Konocti Unified", KONOCTI), SCHOOLS, figure(CHARTER)))
    assert f"lea/{CHARTER}" not in said.graph.nodes
    assert [edge.from_id for edge in facts(said, "MEASURED")] == [f"school/{CHARTER}"]


@pytest.mark.parametrize(("cds", "about"), [
    ("17000000000000", "county/lake"),
    ("17101730000000", "coe/lake"),
    (KONOCTI, f"lea/{KONOCTI}"),
    ("99000000000000", None),
    ("17999990000000", None),
])  # fmt: skip
def test_whom_a_figure_is_about(cds: str, about: str | None) -> None:
    said = projected(a_directory(line("Konocti Unified", KONOCTI), figure(cds)))
    assert [edge.from_id for edge in facts(said, "MEASURED")] == ([about] if about else [])
    assert ["figures that wait" in problem.what for problem in said.problems] == ([] if about else [True])


@pytest.mark.parametrize(("start", "end"), [
    ("Science Hall", "Science Hall"), ("Lake COE", "Lake County Office of Education"), ("Konocti USD", "Konocti Unified"),
])  # fmt: skip
def test_a_tie_to_itself_is_reported_and_not_drawn(start: str, end: str) -> None:
    said = projected(a_map(TieRow(from_name=start, to_name=end, how="partners_with")))
    assert facts(said, "PARTNERS_WITH") == []
    assert [(problem.row, problem.column) for problem in said.problems] == [(2, "To")]
    assert "tied to itself" in said.problems[0].what


def test_a_tie_to_another_is_drawn() -> None:
    said = projected(a_map(TieRow(from_name="Science Hall", to_name="Lake COE", how="partners_with")))
    assert len(facts(said, "PARTNERS_WITH")) == 1
    assert [one.what for one in said.problems] == ["'Science Hall' is named by ties alone, and kept as new"]


def test_a_code_with_a_closed_and_an_open_line_is_open(tmp_path: Path) -> None:
    lines = ["CDS code,Name,County,Kind,Status", "17640220000000,Old Name,Lake,unified,Closed", "17640220000000,New Name,Lake,unified,Active"]
    (tmp_path / "districts.csv").write_text("\n".join(lines), encoding="utf-8")
    reading = read_files([tmp_path / "districts.csv"])
    lea = project(reading.sources, reading.records).graph.nodes["lea/17640220000000"]
    assert (lea.name, lea.status) == ("New Name", "Active")  # type: ignore[attr-defined]
