"""What is lost when a partner leaves: by hand, and by building the graph without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from maps_of_rows import AS_OF, a_map
from tiny_counties import readings

import assetgraph
from assetgraph.analysis.grid import STATES, gap_grid
from assetgraph.analysis.leaving import losses, ranking, stranded
from assetgraph.errors import UsageError
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.sheets import AskedRow, OfferingRow, PartnerRow, SheetRow, TieRow
from assetgraph.store import open_store, read_network

MATH, LIBRARIES = ("math",), "museums_libraries_arts"


def tied(name: str, to: str, *areas: str, ends_on: date | None = None) -> TieRow:
    return TieRow(from_name=name, to_name=to, how="partners_with", content_areas=areas, ends_on=ends_on)


ROWS: list[SheetRow] = [
    *(PartnerRow(name=name, partner_kind="library", home_county="Lake") for name in ("Books", "Shelves")),
    PartnerRow(name="Spare", partner_kind="library", home_county="Lake"), OfferingRow(title="Week", provider="Spare", content_areas=MATH),
    tied("Books", "Lake COE", "math", "science"), tied("Shelves", "Lake COE", "math"),
    tied("Books", "Konocti Unified", "math"), tied("Books", "Upper Lake Unified", "math"), tied("Shelves", "Upper Lake Unified", "math"),
    tied("Books", "Middletown Unified", "math", ends_on=AS_OF - timedelta(days=1)),
    AskedRow(content_areas=("science",), asked="yes", partner_kind="all"),
]  # fmt: skip


def network(*rows: SheetRow) -> PartnerNetwork:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows), reference=False)
        return read_network(store)


def test_cells_fall_back_and_who_is_left_alone_is_named() -> None:
    lake = network(*ROWS)
    lost = losses(lake, "partner/books", AS_OF)
    assert [(one.area, one.family, one.before, one.after) for one in lost] == [("science", LIBRARIES, "fragile", "nobody")]
    assert lost[0].reason == "Lake County, science with museums, libraries and arts: fragile now, without it nobody recorded, though asked"
    assert len(lost[0].ties) == 1, "math stays covered, by Shelves with two"
    alone = stranded(lake, "partner/books", AS_OF)
    assert [(one.name, one.area) for one in alone] == [("Konocti Unified", "math"), ("Lake County Office of Education", "science")]
    assert stranded(lake, "partner/shelves", AS_OF) == [] and losses(lake, "partner/shelves", AS_OF) == []
    assert losses(lake, "partner/spare", AS_OF) == []


def test_partners_by_what_would_be_lost() -> None:
    ranks = ranking(network(*ROWS), AS_OF)
    assert [(rank.partner, rank.stranded, rank.cells, rank.counties) for rank in ranks] == [("Books", 2, 1, ("Lake",))]
    assert "an office or LEA would have nobody in an area 2 times, and 1 cell of the gap grid would fall back, in Lake" in ranks[0].reason
    assert ranking(network(*ROWS), AS_OF, ["Glenn"]) == []


def test_every_rank_is_the_sum_of_its_losses_and_each_loss_is_the_grid_without_it() -> None:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, *readings(), reference=False)
        tiny = read_network(store)
    ranks = {rank.partner_id: rank for rank in ranking(tiny, AS_OF)}
    partners = [one for one, body in tiny.bodies.items() if body.label == "Partner"]
    assert len(ranks) > 3
    for partner in partners:
        lost, alone = losses(tiny, partner, AS_OF), stranded(tiny, partner, AS_OF)
        rank = ranks.get(partner)
        assert (len(alone), len(lost)) == ((rank.stranded, rank.cells) if rank else (0, 0))
        gone = replace(tiny, ties=[tie for tie in tiny.ties if partner not in (tie.a, tie.b)],
                       offers=[offer for offer in tiny.offers if offer.provider != partner])  # fmt: skip
        for county in tiny.mapped:
            before, after = gap_grid(tiny, county, AS_OF), gap_grid(gone, county, AS_OF)
            states = {key: (cell.state, after[key].state if key in after else "not_asked") for key, cell in before.items()}
            fell = {key for key, (now, then) in states.items() if STATES.index(then) > STATES.index(now)}
            assert fell == {(one.area, one.family) for one in lost if one.county == county}


def test_where_the_district_is_the_office_they_are_one_body() -> None:
    rows = [PartnerRow(name="Hall", partner_kind="library"), tied("Hall", "Alpine COE", "math"),
            PartnerRow(name="Books", partner_kind="library"), tied("Books", "Alpine County Unified", "math")]  # fmt: skip
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, of="Alpine"), reference=False)
        alpine = read_network(store)
    assert stranded(alpine, "partner/hall", AS_OF) == [] == stranded(alpine, "partner/books", AS_OF)
    gone = replace(alpine, ties=[tie for tie in alpine.ties if "partner/books" not in (tie.a, tie.b)])
    assert [(one.body, one.area) for one in stranded(gone, "partner/hall", AS_OF)] == [("coe/alpine", "math")]


def test_what_a_county_without_a_map_would_lose_is_not_guessed() -> None:
    rows = [*ROWS, TieRow(from_name="Books", to_name="Glenn County", how="serves", content_areas=MATH)]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows), reference=False)
        left = assetgraph.without(store, "Books", as_of=AS_OF)
        assert {one.county for one in (*left.losses, *left.stranded)} == {"Lake"} and left.unmapped == ("Glenn",)
        assert {rank.counties for rank in assetgraph.ranking(store, as_of=AS_OF)} == {("Lake",)}
        assert {tie for row in left.shown() for tie in row["ties"]} == set(left.facts) and all(row["ties"][0]["source"] for row in left.told())


def test_who_could_stand_in_is_of_the_same_family() -> None:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*ROWS), reference=False)
        left = assetgraph.without(store, "Books", as_of=AS_OF)
        assert [one.partner for one in left.instead["Lake", "math"]] == ["Spare"] and not left.instead["Lake", "science"]
        assert left.at_hand == {("Lake", "math"): ("Shelves",), ("Lake", "science"): ()}
        with pytest.raises(UsageError, match="is no partner but an office"):
            assetgraph.without(store, "Lake COE", as_of=AS_OF)
        with pytest.raises(UsageError, match="did you mean 'Books'"):
            assetgraph.without(store, "Boks", as_of=AS_OF)
        assert [rank.partner for rank in assetgraph.ranking(store, county="Lake", as_of=AS_OF)] == ["Books"]


def test_nobody_stands_in_for_itself_and_nobody_of_no_kind_for_anybody() -> None:
    rows = [PartnerRow(name="Hall", partner_kind="library", home_county="Lake"), tied("Hall", "Konocti Unified", "math"),
            PartnerRow(name="Plain", home_county="Lake"), tied("Plain", "Middletown Unified", "math"),
            PartnerRow(name="Farm", partner_kind="employer", home_county="Lake"), OfferingRow(title="Week", provider="Farm", content_areas=MATH)]  # fmt: skip
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows), reference=False)
        assert not any(assetgraph.without(store, "Hall", as_of=AS_OF).instead.values())
        assert assetgraph.without(store, "Plain", as_of=AS_OF).instead == {}
