"""A county's own graph as a network of partners and counties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assetgraph import build, open_store, read_files
from assetgraph.analysis.own_graph import evaluate_own, own_network
from assetgraph.errors import InputError
from assetgraph.model.places import COUNTIES
from assetgraph.store import Store
from assetgraph.store.network import read_network

LAKE = (
    "Who,What,Content area,Starts,Kind of partner\n"
    "Lake Library,Code club,CS,2024-05-01,library\n"
    "Lake Library,Math night,Math,2023-05-01,library\n"
    "Valley Museum,Robots,CS,,museum\n"
)
GLENN = "Who,What,Content area,Starts,Kind of partner\nValley Museum,Robots,CS,2025-02-01,museum\nGlenn Farm,Soil,Science,2020-02-01,farm\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(":memory:", write=True) as made:
        for county, text in (("Lake", LAKE), ("Glenn", GLENN)):
            path = tmp_path / f"{county}.csv"
            path.write_text(text, encoding="utf-8")
            build(made, read_files([path], county=county), reference=False)
        return made


def test_each_county_has_the_partners_that_are_tied_to_it(store: Store) -> None:
    network = own_network(read_network(store))
    names = {project.id: {network.organizations[one].name: day for one, day in zip(project.members, project.joined, strict=True)}
             for project in network.projects}  # fmt: skip
    assert names == {"Lake": {"Lake Library": date(2023, 5, 1), "Valley Museum": None},
                     "Glenn": {"Valley Museum": date(2025, 2, 1), "Glenn Farm": date(2020, 2, 1)}}  # fmt: skip
    assert {one.type for one in network.organizations} >= {"library", "farm"}
    assert network.near["Lake", "Glenn"] == 0.5 and ("Lake", "San Diego") not in network.near and ("Lake", "Lake") not in network.near
    assert {one for pair in network.near for one in pair} == set(COUNTIES)


def test_each_tie_is_hidden_in_turn(store: Store) -> None:
    row = evaluate_own(store).rows[0]
    assert (row.method, row.n, row.n_unseen) == ("assetgraph", 2, 2), "the museum is in both, the others are seen nowhere else"


def test_without_dates_that_allow_it_a_split_says_so(store: Store) -> None:
    with pytest.raises(InputError, match="hides nobody who was seen before: memberships start from 2020-02-01 to 2025-02-01"):
        evaluate_own(store, split=date(2025, 1, 1))
