"""The fewest partners that close the gaps: by hand, and against every choice on small ones."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps_of_rows import AS_OF, a_map

import assetgraph
from assetgraph.analysis.closing import Closing, cover_best, cover_greedily
from assetgraph.errors import UsageError
from assetgraph.model.sheets import AskedRow, OfferingRow, PartnerRow, SheetRow, TieRow
from assetgraph.store import open_store

ALL = ("math", "science", "computer_science")
ASKED = AskedRow(content_areas=ALL, asked="yes", partner_kind="library")
"""Asked about libraries alone, so their cells are the only gaps."""


def library(name: str, *areas: str) -> list[SheetRow]:
    return [PartnerRow(name=name, partner_kind="library", home_county="Lake"), OfferingRow(title=f"Week of {name}", provider=name, content_areas=areas)]


def closed(*rows: SheetRow, **more: Any) -> Closing:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows), reference=False)
        return assetgraph.close_gaps(store, county="Lake", as_of=AS_OF, **more)


FAMILY = AskedRow(content_areas=ALL, asked="yes", partner_kind="all")


def test_one_who_closes_two_comes_before_two_who_close_one_each() -> None:
    found = closed(FAMILY, *library("Both", "math", "science"), *library("One", "math"), *library("Other", "computer_science"))
    assert [step.suggestion.partner for step in found.steps] == ["Both", "Other"]
    assert [[key for key, *_ in step.adds] for step in found.steps] == [
        [("math", "museums_libraries_arts"), ("science", "museums_libraries_arts")], [("computer_science", "museums_libraries_arts")]]  # fmt: skip
    assert found.closes == 3 and found.best == () and found.is_exact and found.best_closes == 3
    assert found.steps[1].reason == "Other adds museums, libraries and arts in computer science (the first tie)"
    assert found.stay_fragile == sum(after == "fragile" for step in found.steps for *_, after in step.adds) > 0
    assert all((before, after) == ("nobody", "fragile") for step in found.steps for _, before, after in step.adds)
    rows = found.shown()
    assert [(row["what"], row["partner"]) for row in rows[:2]] == [("step", "Both"), ("step", "Other")]
    assert [row["what"] for row in rows[2:]] == ["open"] * len(found.left) and len(found.to_frame()) == 24 - 3 + 2
    facts = found.told()[0]["facts"]
    assert facts and all(fact["source"] and fact["as_of"] for fact in facts)


def test_whose_tie_a_fragile_cell_rests_on_does_not_close_it() -> None:
    lea = TieRow(from_name="Ours", to_name="Konocti Unified", how="partners_with", content_areas=("math",))
    found = closed(*library("Ours", "math"), lea)
    assert found.gaps == 1 and not found.steps
    assert "nobody on record is left to ask" in found.left["math", "museums_libraries_arts"]
    assert [step.suggestion.partner for step in closed(*library("Ours", "math"), lea, *library("Zeta", "math")).steps] == ["Zeta"]


def test_an_area_about_which_nobody_asked_and_a_county_without_a_map_are_told() -> None:
    served = TieRow(from_name="Far", to_name="Fresno County", how="serves", content_areas=("math",))
    rows = [*library("Far", "math"), served]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, FAMILY), reference=False)
        notes = {county: assetgraph.close_gaps(store, county=county, areas=["math"], as_of=AS_OF).notes for county in ("Lake", "Fresno")}
        other = assetgraph.close_gaps(store, county="Lake", areas=["other"], as_of=AS_OF).notes
    assert notes["Lake"] == () and notes["Fresno"][0].startswith("the graph holds no map of Fresno County")
    assert other[0].startswith("nobody recorded having asked about kinds of partner for other in Lake County")


def test_what_stays_open_says_why() -> None:
    found = closed(FAMILY, *library("One", "math"), *library("Other", "science"), most=1)
    assert [step.suggestion.partner for step in found.steps] == ["One"] and found.gaps == 24 and len(found.left) == 23
    assert found.left["science", "museums_libraries_arts"] == "museums, libraries and arts in science: 1 could be asked, but at most 1 partners were wanted"
    assert "nobody on record is left to ask" in found.left["math", "tribal"]


def test_a_single_tie_is_a_gap_and_two_are_none() -> None:
    own = TieRow(from_name="Ours", to_name="Lake COE", how="partners_with", content_areas=("math",))
    ours = PartnerRow(name="Ours", partner_kind="library")
    once = closed(ours, own, *library("Other", "math"))
    assert (once.gaps, [step.adds for step in once.steps]) == (1, [((("math", "museums_libraries_arts"), "fragile", "covered"),)])
    again = TieRow(from_name="Mine", to_name="Lake COE", how="partners_with", content_areas=("math",))
    assert closed(ours, own, PartnerRow(name="Mine", partner_kind="library"), again, *library("Other", "math")).gaps == 0


def test_where_nobody_asked_nothing_is_called_a_gap() -> None:
    found = closed(*library("One", "math"))
    assert (found.gaps, found.steps, found.closes) == (0, (), 0) and len(found.not_asked) == 24


def test_only_some_areas() -> None:
    found = closed(FAMILY, *library("Both", "math", "science"), areas=("science",))
    assert found.gaps == 8 and [key for key, *_ in found.steps[0].adds] == [("science", "museums_libraries_arts")]


def test_words_that_mean_nothing() -> None:
    with open_store(":memory:") as store:
        with pytest.raises(UsageError, match="holds no office of Lake County"):
            assetgraph.close_gaps(store, county="Lake")
        with pytest.raises(UsageError, match="0 is no number of partners"):
            assetgraph.close_gaps(store, county="Lake", most=0)


COVERS = {"greedy": {1, 2, 3, 4}, "left": {1, 2, 5}, "right": {3, 4, 6}}


def cells(numbers: set[int]) -> frozenset[tuple[str, str]]:
    return frozenset((str(number), "x") for number in numbers)


def test_the_greedy_choice_is_not_always_the_best() -> None:
    covers = {name: cells(numbers) for name, numbers in COVERS.items()}
    assert cover_greedily(covers, 2) == ["greedy", "left"] and cover_best(covers, 2) == ["left", "right"]
    assert cover_best({}, 3) == [] and cover_greedily({}, 3) == [] and cover_best({"a": frozenset()}, 1) == []


def test_few_late_ones_come_before_many_early_ones() -> None:
    covers = {**{f"early {number}": cells({number, number + 10}) for number in range(6)},
              **{f"late {number}": cells({4 * number + step for step in range(4)} | {10 + 4 * number + step for step in range(4)} & {10, 11, 12, 13, 14, 15})
                 for number in range(2)}}  # fmt: skip
    best = cover_best(covers, 6)
    assert best is not None
    closed = len(frozenset().union(*(covers[name] for name in best)))
    fewest = min(size for size in range(1, 7) for some in combinations(covers, size) if len(frozenset().union(*(covers[name] for name in some))) == closed)
    assert len(best) == fewest


def test_of_equal_choices_the_fewest_and_the_first() -> None:
    covers = {"a": cells({1}), "b": cells({2}), "c": cells({1, 2}), "d": cells({1, 2})}
    assert cover_best(covers, 3) == ["c"] == cover_greedily(covers, 3)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sets(st.integers(0, 7)), max_size=6), st.integers(1, 4))
def test_no_choice_closes_more_and_the_greedy_one_closes_most_of_it(sets: list[set[int]], most: int) -> None:
    covers = {str(place): cells(numbers) for place, numbers in enumerate(sets)}

    def closes(names: Any) -> int:
        return len(frozenset().union(*(covers[name] for name in names)))

    best, greedy = cover_best(covers, most), cover_greedily(covers, most)
    assert best is not None and len(best) <= most and len(greedy) <= most
    every = [some for size in range(min(most, len(covers)) + 1) for some in combinations(covers, size)]
    most_closed = max(map(closes, every))
    assert closes(best) == most_closed and len(best) == min(len(some) for some in every if closes(some) == most_closed)
    assert closes(greedy) >= 0.63 * most_closed
