"""The gap grid as a pure function is the named question; what one partner more or less changes is worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from maps_of_rows import AS_OF, a_map
from tiny_counties import readings

import assetgraph
from assetgraph.analysis.grid import STATES, Cell, gap_grid, held_in, with_one_more
from assetgraph.build.reference import sample_folder
from assetgraph.model.sheets import PartnerRow, TieRow
from assetgraph.store import Store, open_store, read_network
from benchmarks.make_state import SIZES, make_state


def assert_same_as_the_question(store: Store, days: list[date]) -> set[str]:
    """The states that were met."""
    network, met = read_network(store), set()
    for county in network.counties:
        for day in days:
            cells = gap_grid(network, county, day)
            for row in assetgraph.ask(store, "gap_grid", county=county, as_of=day):
                cell = cells.pop((row.area, row.family))
                partners, on_paper = (tuple(sorted({network.bodies[one].name for one in some})) for some in (cell.partners, cell.on_paper))
                mine = (cell.state, cell.ties, cell.ties - cell.lasting, partners, on_paper)
                assert mine == (row.state, row.ties, row.ending_soon, row.partners, row.on_paper)
                met.add(cell.state)
            assert not cells
    return met


def test_on_the_sample_and_on_tiny_counties_it_is_the_question() -> None:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, *readings(), assetgraph.read_files([sample_folder() / "maps"]))
        assert assert_same_as_the_question(store, [AS_OF, date(2024, 7, 15), date(2027, 1, 1)]) == set(STATES)


def test_on_a_made_up_state_it_is_the_question(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("state")
    make_state(folder, SIZES["2k"], seed=6)
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, assetgraph.read_files([folder]))
        assert len(assert_same_as_the_question(store, [AS_OF])) >= 4


def test_without_a_partner_a_cell_falls_back() -> None:
    rows = [PartnerRow(name=name, partner_kind="library") for name in ("Books", "Shelves")]
    ties = [TieRow(from_name=name, to_name="Lake COE", how="partners_with", content_areas=("math",), ends_on=ends)
            for name, ends in (("Books", None), ("Shelves", AS_OF + timedelta(days=180)))]  # fmt: skip
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, *ties), reference=False)
        network = read_network(store)
    key = ("math", "museums_libraries_arts")
    assert gap_grid(network, "Lake", AS_OF)[key] == Cell("covered", 2, 1, ("partner/books", "partner/shelves"), ())
    held = held_in(network, "Lake", AS_OF)[key]
    assert held.without({"partner/books"}).cell() == Cell("fragile", 1, 0, ("partner/shelves",), ())
    assert held.without({"partner/books", "partner/shelves"}).state == "not_asked"
    assert gap_grid(network, "Lake", AS_OF + timedelta(days=181))[key] == Cell("fragile", 1, 1, ("partner/books",), ())
    assert gap_grid(network, "Nowhere", AS_OF) == {}


@pytest.mark.parametrize(("state", "ties", "after"), [("not_asked", 0, "fragile"), ("on_paper", 0, "fragile"), ("fragile", 1, "covered"),
                                                      ("fragile", 2, "covered"), ("covered", 3, "covered")])  # fmt: skip
def test_one_tie_more(state: str, ties: int, after: str) -> None:
    assert with_one_more(Cell(state, ties, 0, (), ())) == after
