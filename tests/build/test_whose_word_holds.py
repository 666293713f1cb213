"""Which of several claims about one node is believed, whatever the order in which they came."""

from __future__ import annotations

from datetime import date as day
from itertools import combinations, permutations

import pytest
from maps_of_rows import a_directory, a_map, projected, public_pages

from assetgraph.build.weave import Loom
from assetgraph.model.nodes import COE, LEA, Asset, Partner
from assetgraph.model.records import Basis, Record, SourceInfo
from assetgraph.model.sheets import DirectoryRow, PartnerRow, QuickstormRow, SheetRow

WORDS = PartnerRow(name="x")
OLD, NEW = day(2020, 1, 1), day(2025, 1, 1)


def said_by(*claims: tuple[SourceInfo, str, int, dict[str, object]]) -> LEA:
    """One district as several sources (its name in each, the row, the fields) describe it."""
    loom = Loom({source.id: source for source, *_ in claims})
    for source, name, row, fields in claims:
        loom.node(f"source/{source.id}", Partner, source.name)
        record = Record(source=source.id, file="f", sheet="Partners", row=row, kind="Partners", values=WORDS)
        loom.node("lea/1", LEA, name, record, **fields)
    found = loom.finish()[0]["lea/1"]
    assert isinstance(found, LEA)
    return found


def source(basis: Basis, name: str = "a", as_of: day | None = NEW) -> SourceInfo:
    return SourceInfo(id=f"{basis.value}/{name}", basis=basis, name=name, as_of=as_of)


ORDER = (Basis.DIRECTORY, Basis.MAP, Basis.TABLE, Basis.REFERENCE)


@pytest.mark.parametrize(("better", "worse"), list(combinations(ORDER, 2)))
def test_a_directory_is_believed_before_a_map_a_table_and_public_pages(better: Basis, worse: Basis) -> None:
    claims = [(source(better, as_of=OLD), "The right name", 9, {"kind": "unified"}),
              (source(worse), "Another name", 2, {"kind": "elementary", "city": "Lakeport"})]  # fmt: skip
    for order in permutations(claims):
        lea = said_by(*order)
        assert (lea.name, lea.kind, lea.city) == ("The right name", "unified", "Lakeport")


@pytest.mark.parametrize("older", [OLD, None])
def test_of_two_maps_the_newest_is_believed(older: day | None) -> None:
    claims = [(source(Basis.MAP, "a", older), "Old name", 2, {"kind": "elementary", "city": "Lakeport"}),
              (source(Basis.MAP, "b", NEW), "New name", 9, {"kind": "unified"})]  # fmt: skip
    for order in permutations(claims):
        lea = said_by(*order)
        assert (lea.name, lea.kind, lea.city) == ("New name", "unified", "Lakeport")


def test_of_two_rows_of_one_map_the_first_is_believed() -> None:
    one = source(Basis.MAP)
    for order in permutations([(one, "First", 2, {}), (one, "Tenth", 10, {})]):
        assert said_by(*order).name == "First"


@pytest.mark.parametrize(("left", "right", "together"), [(True, False, True), (False, True, True), (False, False, False)])
def test_what_one_source_says_is_so_is_so(left: bool, right: bool, together: bool) -> None:
    claims = [(source(Basis.DIRECTORY), "x", 2, {"is_charter": left}), (source(Basis.MAP), "x", 2, {"is_charter": right})]
    for order in permutations(claims):
        assert said_by(*order).is_charter is together


def test_an_office_is_called_what_its_directory_calls_it() -> None:
    line = DirectoryRow(cds="17101730000000", name="Lake Office of Schools", county="Lake", kind="coe")
    office = projected(a_directory(line)).graph.nodes["coe/lake"]
    assert isinstance(office, COE) and office.name == "Lake Office of Schools"
    assert projected().graph.nodes["coe/lake"].name == "Lake County Office of Education"


def asset(kind: str) -> QuickstormRow:
    return QuickstormRow(who="Lake COE", what="Week", content_areas=("math",), asset_kind=kind)


def hall(kind: str) -> PartnerRow:
    return PartnerRow(name="Science Hall", partner_kind=kind, home_county="Lake")


@pytest.mark.parametrize("turn", [1, -1])
def test_a_partner_s_kind_is_that_of_the_newest_map_and_never_of_public_pages(turn: int) -> None:
    older, newer = a_map(hall("library"), as_of=OLD), a_map(hall("museum_science_center"), of="Glenn", as_of=NEW)
    public = public_pages(hall("network"), as_of=day(2026, 1, 1))
    for readings, kind, family in (([older, newer], "museum_science_center", "museums_libraries_arts"),
                                   ([older, public], "library", "museums_libraries_arts"),
                                   ([public], "network", "professional_learning_and_networks")):  # fmt: skip
        found = projected(*readings[::turn]).graph.nodes["partner/science-hall"]
        assert isinstance(found, Partner) and (found.kind, found.family) == (kind, family)


def test_two_plans_of_one_map_are_two_sources_and_the_newest_is_believed() -> None:
    rows: list[tuple[SheetRow, day, str]] = [(asset("coaching"), NEW, "a"), (asset("materials"), OLD, "b")]
    for order in permutations(rows):
        graph = projected(*(a_map(row, as_of=as_of, plan=plan) for row, as_of, plan in order)).graph
        (found,) = [node for node in graph.nodes.values() if isinstance(node, Asset)]
        assert found.kind == "coaching" and found.is_offering
