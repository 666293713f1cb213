"""Which LEA a name or a code means: answered, asked about, or new; never guessed."""

from __future__ import annotations

import pytest

from assetgraph.build.project import Projection, project
from assetgraph.matching.leas import KnownLEA, LEAIndex, canonical_lea_name, looks_like_lea
from assetgraph.model.nodes import LEA
from assetgraph.model.records import Basis, Record, SourceInfo
from assetgraph.model.sheets import DirectoryRow, QuickstormRow, ReachRow, TieRow


def known(cds: str, name: str, county: str = "Sonoma", *, district: bool = True, active: bool = True) -> KnownLEA:
    return KnownLEA(f"lea/{cds}", county, name, cds, district, active)


SONOMA = LEAIndex([
    known("49709120000000", "Santa Rosa Elementary"), known("49709200000000", "Santa Rosa High"),
    known("49708540000000", "Petaluma City Elementary"), known("49708620000000", "Petaluma Joint Union High"),
    known("49753900000000", "Healdsburg Unified"), known("49706490000000", "Cloverdale Unified"),
    known("49707300000000", "Kenwood"), known("49753580000000", "Windsor Unified"), known("49709610000000", "Old Adobe Union"),
    known("49709380112987", "Windsor Charter", district=False), known("49999990000000", "Healdsburg Elementary", active=False),
    known("17640140000000", "Kelseyville Unified", "Lake"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Santa Rosa City Schools", {"Santa Rosa Elementary", "Santa Rosa High"}),
        ("Santa Rosa High", {"Santa Rosa High"}),
        ("Santa Rosa High School District", {"Santa Rosa High"}),
        ("Santa Rosa Elementary", {"Santa Rosa Elementary"}),
        ("Petaluma", {"Petaluma City Elementary", "Petaluma Joint Union High"}),
        ("Petaluma JUHSD", {"Petaluma Joint Union High"}),
        ("Healdsburg USD", {"Healdsburg Unified"}),
        ("healdsburg", {"Healdsburg Unified"}),  # not the one that closed
        ("Healdsburg Unified School District", {"Healdsburg Unified"}),
        ("Windsor", {"Windsor Unified"}),  # a district before a charter
        ("Windsor Charter", {"Windsor Charter"}),
        ("Kenwood School District", {"Kenwood"}),
        ("Cloverdale High", set()),  # a unified district is no high school district
        ("Kelseyville Unified", set()),  # in another county
        ("Nowhere Unified", set()),
    ],
)  # fmt: skip
def test_names_within_a_county(written: str, meant: set[str]) -> None:
    assert {lea.name for lea in SONOMA.named(written, "Sonoma")} == meant


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("4.97539E+13", "Healdsburg Unified"), ("4.97091E+13", "Santa Rosa Elementary"), ("1.7640E+13", "Kelseyville Unified"),
        ("4.97E+13", None), ("5.47209E+13", None), ("E+13", None), ("", None), ("no code", None),
    ],
)  # fmt: skip
def test_a_code_that_a_spreadsheet_rounded_joins_where_exactly_one_prints_so(printed: str, meant: str | None) -> None:
    found = SONOMA.by_rounded_code(printed)
    assert (found.name if found else None) == meant


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("Upper Lake USD", "upper lake unified"), ("Upper Lake Unified School District", "upper lake unified"),
     ("Kenwood School District", "kenwood"), ("Wilmar Union Elementary (K-6)", "wilmar union elementary"), ("", "")],
)  # fmt: skip
def test_canonical_names(name: str, canonical: str) -> None:
    assert canonical_lea_name(name) == canonical


@pytest.mark.parametrize("name", ["Kelseyville USD", "Santa Rosa City Schools", "Kenwood School District", "Windsor Charter"])
def test_names_that_say_they_are_leas(name: str) -> None:
    assert looks_like_lea(name)


@pytest.mark.parametrize("name", ["School Garden Project", "Unified Theater", "Lake County Library", "Charter Boats", ""])
def test_names_that_do_not(name: str) -> None:
    assert not looks_like_lea(name)


MAP = SourceInfo(id="map/sonoma", basis=Basis.MAP, name="Sonoma County Office of Education", counties=("Sonoma",))
DIRECTORY = SourceInfo(id="directory/leas", basis=Basis.DIRECTORY, name="leas")


def directory(*lines: tuple[str, str, str]) -> list[Record]:
    return [Record(source=DIRECTORY.id, file="leas.csv", sheet="leas", row=row, kind="Directory",
                   values=DirectoryRow(cds=cds, name=name, county=county, kind="unified" if "Unified" in name else "elementary"))
            for row, (cds, name, county) in enumerate(lines, start=2)]  # fmt: skip


def reach(name: str, row: int = 2) -> Record:
    return Record(source=MAP.id, file="sonoma.xlsx", sheet="Reach", row=row, kind="Reach", county="Sonoma",
                  values=ReachRow(lea=name, answers=(("math", "no"),)))  # fmt: skip


def leas(projection: Projection) -> dict[str, LEA]:
    return {node.name: node for node in projection.graph.nodes.values() if isinstance(node, LEA)}


TWO = directory(("49709120000000", "Santa Rosa Elementary", "Sonoma"), ("49709200000000", "Santa Rosa High", "Sonoma"))


def test_a_name_that_fits_two_is_asked_about_and_stands_apart() -> None:
    told = project([MAP, DIRECTORY], [*TWO, reach("Santa Rosa City Schools")])
    (question,) = told.problems
    assert question.what == "'Santa Rosa City Schools' fits 2 LEAs: Santa Rosa Elementary and Santa Rosa High"
    assert (question.sheet, question.row, question.column) == ("Reach", 2, "LEA")
    assert "CDS code" in question.cure
    joint = leas(told)["Santa Rosa City Schools"]
    assert joint.could_be == ["lea/49709120000000", "lea/49709200000000"]
    assert not joint.is_district, "reach is not counted over a name"


def test_without_a_directory_a_name_in_a_column_of_leas_is_a_district_of_the_county() -> None:
    """Reach is counted over what the county's own sheet lists, though nobody gave a directory."""
    told = leas(project([MAP], [reach("Kenwood"), reach("Healdsburg Unified", 3), reach("Windsor Charter School", 4)]))
    assert {name: lea.is_district for name, lea in told.items()} == {
        "Kenwood": True, "Healdsburg Unified": True, "Windsor Charter School": False,
    }  # fmt: skip
    assert told["Kenwood"].id == "lea/sonoma/kenwood"
    assert told["Kenwood"].cds is None


def test_with_a_directory_of_the_county_a_name_that_it_does_not_hold_is_no_district() -> None:
    told = project([MAP, DIRECTORY], [*TWO, reach("Kenwood")])
    assert not leas(told)["Kenwood"].is_district


def test_a_directory_gives_the_code_later_and_the_row_follows() -> None:
    before = project([MAP], [reach("Kenwood School District")])
    after = project([MAP, DIRECTORY], [reach("Kenwood School District"), *directory(("49707300000000", "Kenwood", "Sonoma"))])
    assert [lea.id for lea in leas(before).values()] == ["lea/sonoma/kenwood"]
    assert [lea.id for lea in leas(after).values()] == ["lea/49707300000000"]


@pytest.mark.parametrize("written", ["49707300000000", "4970730"])
def test_a_code_in_the_place_of_a_name(written: str) -> None:
    told = project([MAP, DIRECTORY], [reach(written), *directory(("49707300000000", "Kenwood", "Sonoma"))])
    assert list(leas(told)) == ["Kenwood"]


def test_a_district_of_another_county_is_known_by_its_full_name_only() -> None:
    lake = directory(("17640140000000", "Kelseyville Unified", "Lake"))
    assert list(leas(project([MAP, DIRECTORY], [reach("Kelseyville Unified"), *lake]))) == ["Kelseyville Unified"]
    short = project([MAP, DIRECTORY], [reach("Kelseyville"), *lake])
    assert sorted(lea.id for lea in leas(short).values()) == ["lea/17640140000000", "lea/sonoma/kelseyville"]


def test_a_tie_to_a_district_is_not_a_tie_to_a_partner() -> None:
    row = TieRow(from_name="Guild", to_name="Kenwood", how="partners_with")
    record = Record(source=MAP.id, file="sonoma.xlsx", sheet="Ties", row=2, kind="Ties", county="Sonoma", values=row)
    graph = project([MAP, DIRECTORY], [record, *directory(("49707300000000", "Kenwood", "Sonoma"))]).graph
    assert [(e.from_id, e.to_id) for e in graph.edges.values() if e.fact.type == "PARTNERS_WITH"] == [
        ("partner/guild", "lea/49707300000000")]  # fmt: skip


def test_a_quickstorm_row_names_districts_as_leas() -> None:
    row = QuickstormRow(who="Guild", what="Circles", content_areas=("math",), leas=("Kenwood", "all"))
    record = Record(source=MAP.id, file="sonoma.xlsx", sheet="Quickstorm", row=2, kind="Quickstorm", county="Sonoma", values=row)
    graph = project([MAP], [record]).graph
    found = {(e.fact.type, e.from_id, e.to_id) for e in graph.edges.values()}
    assert ("TOOK_PART_IN", "lea/sonoma/kenwood", "asset/circles--partner-guild") in found
    assert ("SERVES", "partner/guild", "county/sonoma") in found
