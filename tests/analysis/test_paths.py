"""Warm paths: by hand on a few ties, and against every simple path of networkx on random ones."""

from __future__ import annotations

from datetime import date
from math import prod

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgraph.analysis.paths import Ways, best_paths, paths_between, paths_to_any, sentence, worth
from assetgraph.model.partner_network import Body, PartnerNetwork, Tie

DAY = date(2025, 1, 15)


def tie(number: int, a: str, b: str, *, strength: int | None = 3, as_of: date | None = DAY, ends_on: date | None = None,
        kind: str = "PARTNERS_WITH", starts_on: date | None = None) -> Tie:  # fmt: skip
    return Tie(f"tie:{number}", kind, a, b, (), starts_on, ends_on, "unknown", as_of, "map", strength)


def network(*ties: Tie) -> PartnerNetwork:
    bodies = {end: Body(end, "Partner", end.upper()) for one in ties for end in (one.a, one.b)}
    return PartnerNetwork(bodies, ties, (), (), (), {}, {}, {}, {}, {}, frozenset(), {}, ())


def ends(paths: list) -> list[tuple[str, ...]]:
    return [path.ends for path in paths]


def test_what_a_tie_is_worth() -> None:
    assert worth(tie(1, "a", "b"), DAY) == 1.0
    assert worth(tie(1, "a", "b", strength=1), DAY) == 0.5 and worth(tie(1, "a", "b", strength=None), DAY) == 0.6
    assert worth(tie(1, "a", "b", as_of=date(2022, 1, 15)), DAY) == pytest.approx(0.5, abs=0.001)
    assert worth(tie(1, "a", "b", as_of=None), DAY) == 0.5 and worth(tie(1, "a", "b", as_of=date(2030, 1, 1)), DAY) == 1.0
    assert 0 < worth(tie(1, "a", "b", as_of=date.min), DAY) < 1e-6, "however old, never nothing"


def test_strong_and_fresh_ties_come_before_few_hops() -> None:
    some = network(tie(1, "a", "d", as_of=date(2019, 1, 15)), tie(2, "a", "b"), tie(3, "b", "d", strength=2), tie(4, "a", "c", strength=1),
                   tie(5, "c", "d", strength=1))  # fmt: skip
    ways = Ways(some, DAY)
    assert ends(paths_between(ways, "a", "d")) == [("a", "b", "d"), ("a", "c", "d"), ("a", "d")]
    assert best_paths(ways, {"a": 1.0})["d"].ends == ("a", "b", "d")
    assert ends(paths_between(ways, "a", "d", most=1)) == [("a", "b", "d")]


def test_three_hops_are_the_most_and_nobody_is_met_twice() -> None:
    chain = network(*(tie(number, a, b) for number, (a, b) in enumerate(["ab", "bc", "cd", "de"])))
    ways = Ways(chain, DAY)
    assert ends(paths_between(ways, "a", "d")) == [("a", "b", "c", "d")] and paths_between(ways, "a", "e") == []
    assert set(best_paths(ways, {"a": 1.0})) == {"b", "c", "d"}
    assert ends(paths_between(ways, "a", "e", most_hops=4)) == [("a", "b", "c", "d", "e")]
    assert paths_between(ways, "a", "a") == [] and paths_between(ways, "a", "nobody") == []


def test_a_path_over_what_has_ended_is_dead_and_said_to_be() -> None:
    some = network(tie(1, "a", "b", ends_on=date(2024, 6, 30), kind="FUNDED_BY"), tie(2, "b", "c"), tie(3, "c", "d", starts_on=date(2026, 1, 1)))
    assert best_paths(Ways(some, DAY), {"a": 1.0}) == {} and paths_between(Ways(some, DAY), "a", "c") == []
    (path,) = paths_between(Ways(some, DAY, live_only=False), "a", "c")
    assert not path.is_live and [hop.is_live for hop in path.hops] == [False, True]
    assert [sentence(some, hop) for hop in path.hops] == ["A is funded by B (ended June 30, 2024)", "B partners with C"]
    (back,) = paths_between(Ways(some, DAY, live_only=False), "c", "a")
    assert [sentence(some, hop) for hop in back.hops] == ["C partners with B", "B funds A (ended June 30, 2024)"]
    (unbegun,) = paths_between(Ways(some, DAY, live_only=False), "c", "d")
    assert sentence(some, unbegun.hops[0]) == "C partners with D (not begun)"


def test_of_two_ties_the_one_that_holds_and_is_worth_more_is_the_hop() -> None:
    some = network(tie(1, "a", "b", strength=1), tie(2, "b", "a", strength=2), tie(3, "a", "b", ends_on=date(2020, 1, 1)))
    for live_only in (True, False):
        (path,) = paths_between(Ways(some, DAY, live_only=live_only), "a", "b")
        assert [hop.tie.id for hop in path.hops] == ["tie:2"]


def test_to_any_of_a_kind() -> None:
    some = network(tie(1, "a", "m1", strength=1), tie(2, "a", "b"), tie(3, "b", "m2"), tie(4, "m2", "m3"))
    ways = Ways(some, DAY)
    assert ends(paths_to_any(ways, "a", {"m1", "m2", "m3", "m4"})) == [("a", "b", "m2"), ("a", "b", "m2", "m3"), ("a", "m1")]
    assert len(paths_to_any(ways, "a", {"m1", "m2"}, most=1)) == 1


def test_a_worse_start_is_taken_only_where_it_leads_further() -> None:
    some = network(tie(1, "office", "x"), tie(2, "lea", "x"), tie(3, "lea", "y"), tie(4, "office", "lea"))
    found = best_paths(Ways(some, DAY), {"office": 1.0, "lea": 0.9})
    assert found["x"].ends == ("office", "x") and found["y"].ends == ("lea", "y") and "lea" not in found


letters = st.sampled_from("abcdefg")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(letters, letters, st.sampled_from([1, 2, 3, None]), st.integers(2015, 2025)), max_size=14))
def test_paths_are_all_simple_paths_best_first(said: list[tuple[str, str, int | None, int]]) -> None:
    ties = [tie(number, a, b, strength=strength, as_of=date(year, 1, 15)) for number, (a, b, strength, year) in enumerate(said) if a != b]
    some = network(*ties)
    graph = nx.Graph()
    for one in ties:
        value = worth(one, DAY)
        if not graph.has_edge(one.a, one.b) or graph[one.a][one.b]["worth"] < value:
            graph.add_edge(one.a, one.b, worth=value)
    ways, best = Ways(some, DAY), best_paths(Ways(some, DAY), {"a": 1.0})
    for end in "bcdefg":
        there = [] if "a" not in graph or end not in graph else list(nx.all_simple_paths(graph, "a", end, cutoff=3))
        worths = sorted((prod(graph[x][y]["worth"] for x, y in nx.utils.pairwise(path)) for path in there), reverse=True)
        found = paths_between(ways, "a", end, most=100)
        assert sorted(ends(found)) == sorted(map(tuple, there))
        assert [path.worth for path in found] == pytest.approx(worths)
        assert (end in best) == bool(worths)
        if worths:
            assert best[end].worth == pytest.approx(worths[0])
