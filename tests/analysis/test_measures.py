"""Network measures: by hand on small graphs, against networkx where it has them, and at their ends."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps_of_rows import AS_OF, a_map
from networkx.algorithms import bipartite

import assetgraph
from assetgraph.analysis import measures as m
from assetgraph.model.partner_network import Body, PartnerNetwork, Tie
from assetgraph.model.sheets import AskedRow, PartnerRow, TieRow
from assetgraph.store import open_store, read_network


def network(ties: str, *, families: dict[str, str] | None = None, kinds: str = "", bodies: str = "") -> PartnerNetwork:
    """Ties as "aX bY XY": small letters are bodies of Lake (a its office), large ones partners."""
    pairs = ties.split()
    letters = sorted({letter for pair in pairs for letter in pair} | set(bodies))
    known = {letter: Body(letter, "LEA" if letter.islower() else "Partner", letter, family=(families or {}).get(letter)) for letter in letters}
    said = [Tie(f"t{number}", "PARTNERS_WITH", one, other, ("math",), None, None, "unknown", AS_OF, "map", None)
            for number, (one, other) in enumerate(pairs)]  # fmt: skip
    said += [Tie(f"m{number}", "LEADS", one, other, ("math",), None, None, "unknown", AS_OF, "map", None)
             for number, (one, other) in enumerate(kinds.split())]  # fmt: skip
    lower = tuple(letter for letter in letters if letter.islower())
    return PartnerNetwork(known, said, (), (), (), {"Lake": "a"} if "a" in lower else {}, {"Lake": tuple(one for one in lower if one != "a")},
                          {}, {}, {}, frozenset({"Lake"}), {}, ())  # fmt: skip


def ties(said: str, **more: object) -> m.Ties:
    return m.ties_of(network(said, **more), AS_OF)  # type: ignore[arg-type]


def test_density_is_the_share_of_pairs_of_a_body_and_a_partner() -> None:
    assert m.density(ties("aX bX aY")) == pytest.approx(3 / 4)
    assert m.density(ties("aX bX aY", bodies="c")) == pytest.approx(3 / 6), "an LEA without a partner counts too"
    assert m.density(ties("aX bX aY XY")) == pytest.approx(3 / 4), "ties of partners with each other are none of these"
    assert m.density(ties("")) is None


def test_centralization_is_1_for_one_that_has_all_and_0_for_equals() -> None:
    assert m.centralization(ties("aX bX cX aY aZ")) == pytest.approx(1)
    assert m.centralization(ties("aX bY cZ")) == 0
    # shares of three bodies: 1, 2/3, 1/3; sum of differences 1; the most is 2 * 2/3
    assert m.centralization(ties("aX bX cX aY bY aZ")) == pytest.approx(1 / (4 / 3))
    assert m.centralization(ties("aX")) is None


def test_fragmentation_is_the_share_of_pairs_without_a_path() -> None:
    assert m.fragmentation(ties("aX bX")) == 0 and m.fragmentation(ties("aX", bodies="b")) == pytest.approx(1 - 2 / 6)
    assert m.fragmentation(ties("aX bY")) == pytest.approx(1 - 4 / 12) and m.fragmentation(ties("")) is None


def test_sectors_cross_or_not_and_what_chance_would_do() -> None:
    some = ties("aX aY XY", families={"X": "tribal", "Y": "tribal"})
    across, by_chance = m.e_i_index(some)
    assert across == pytest.approx((2 - 1) / 3)
    assert by_chance == pytest.approx(1 - 2 * (2 * 1) / (3 * 2)), "of six ordered pairs, two are within"
    assert m.e_i_index(ties("")) == (None, None)


def test_more_than_one_way_or_area() -> None:
    assert m.multiplexity(ties("aX bX", kinds="aX")) == pytest.approx(1 / 2) and m.multiplexity(ties("aX aX")) == 0
    assert m.multiplexity(ties("")) is None


def test_who_keeps_a_partner_while_the_best_tied_leave() -> None:
    curve = m.robustness(ties("aX bX cX cY"), steps=2)
    assert curve == [(0.0, 1.0), (0.5, pytest.approx(1 / 3)), (1.0, 0.0)]
    assert m.robustness(ties("", bodies="ab")) == []


def test_how_much_rests_on_few() -> None:
    assert m.dependence(ties("aX bX")) == 1 and m.dependence(ties("aX aY aZ bZ")) == pytest.approx((1 + 1 + 4) / 16)
    assert m.dependence(ties("")) is None


def test_brokerage_of_an_office() -> None:
    alone, circle = ties("aX aY aZ"), ties("aX aY aZ XY YZ XZ")
    assert m.effective_size(alone, "a") == 3 and m.effective_size(circle, "a") == 1
    assert m.constraint(alone, "a") == pytest.approx(1 / 3)
    # In a circle of four each is reached directly with 1/3 and through two others with 2/9: three times (5/9) squared.
    assert m.constraint(circle, "a") == pytest.approx(3 * (5 / 9) ** 2)
    assert m.effective_size(ties("bX", bodies="a"), "a") is None and m.constraint(ties("bX", bodies="a"), "a") is None


def test_cells_that_are_known_are_covered_once_twice_and_freshly() -> None:
    rows = [PartnerRow(name=name, partner_kind="library") for name in ("Books", "Shelves")]
    said = [TieRow(from_name="Books", to_name="Lake COE", how="partners_with", content_areas=("math", "science"), as_of=date(2022, 1, 15)),
            TieRow(from_name="Shelves", to_name="Lake COE", how="partners_with", content_areas=("math",))]  # fmt: skip
    asked = AskedRow(content_areas=("computer_science",), asked="yes", partner_kind="all")
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, *said, asked), reference=False)
        once, twice, fresh = m.coverage(read_network(store), "Lake", AS_OF)
        assert {one.name: one.value for one in assetgraph.measures(store, county="Lake", as_of=AS_OF)}["coverage, one partner"] == once
        assert m.coverage(read_network(store), "Butte", AS_OF) == (None, None, None)
    # Known: libraries in math and science, and the eight families asked about in computer science.
    assert (once, twice) == (pytest.approx(2 / 10), pytest.approx(1 / 10)) and fresh == pytest.approx((1 + 0.5) / 10, abs=0.001)


def test_all_counties_are_those_with_a_map_and_the_notes_say_from_what() -> None:
    hall = PartnerRow(name="Hall", home_county="Glenn", partner_kind="library")
    tie = TieRow(from_name="Hall", to_name="Glenn COE", how="partners_with", content_areas=("math",))
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(hall, tie, of="Glenn"), reference=False)
        every, glenn, lake = (assetgraph.measures(store, county=county, as_of=AS_OF) for county in (None, "Glenn", "Lake"))
        assert "lake" in str(read_network(store).own_bodies("Lake")), "an office of which there is no map"
    assert {one.name: one.value for one in every}["density"] == {one.name: one.value for one in glenn}["density"] == 1
    robust = next(one for one in glenn if one.name == "robustness")
    assert robust.curve[0] == (0, 1) and robust.curve[-1] == (1, 0) and robust.shown()["curve"][0] == [0, 1]
    assert "with half of the partners gone, " in robust.meaning
    assert every.notes[1] == "Maps: Glenn" and every.notes[0].endswith("among 1 office or LEA and 1 partner")
    assert glenn.notes[1].startswith("Sources: Glenn") and lake.notes[1].startswith("The graph holds no map of Lake County")
    assert all(note in glenn._repr_html_() for note in glenn.notes)


def test_every_measure_of_nothing_is_none_and_says_what_it_would_mean() -> None:
    with open_store(":memory:") as store:
        for county in (None, "Lake"):
            found = assetgraph.measures(store, county=county, as_of=AS_OF)
            assert all(one.value is None and one.meaning for one in found) and len(found) == (8 if county is None else 13)


edges = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("WXYZ")), max_size=14)


@settings(max_examples=80, deadline=None)
@given(edges)
def test_networkx_says_the_same(said: list[tuple[str, str]]) -> None:
    some = ties(" ".join(f"{body}{partner}" for body, partner in said), bodies="ab")
    graph = nx.Graph([*dict.fromkeys(said)])
    graph.add_nodes_from("ab")
    assert set(some.graph) == set(graph) and {frozenset(edge) for edge in some.graph.edges} == {frozenset(edge) for edge in graph.edges}
    if said:
        bodies = {one for one in graph if one.islower()}
        assert m.density(some) == pytest.approx(bipartite.density(graph, bodies))
    reachable = sum(len(nx.descendants(graph, one)) for one in graph)
    assert m.fragmentation(some) == pytest.approx(1 - reachable / (len(graph) * (len(graph) - 1)))
    for value in (m.density(some), m.centralization(some), m.fragmentation(some), m.multiplexity(some), m.dependence(some)):
        assert value is None or -1e-9 <= value <= 1 + 1e-9
    curve = m.robustness(some)
    assert [height for _, height in curve] == sorted((height for _, height in curve), reverse=True)


@settings(max_examples=60, deadline=None)
@given(edges, st.lists(st.tuples(st.sampled_from("WXYZ"), st.sampled_from("WXYZ")), max_size=6), st.permutations(["tribal", "libraries", "farms", None]))
def test_by_chance_is_the_mean_over_all_ways_to_give_the_sectors(said: list[tuple[str, str]], among: list[tuple[str, str]],
                                                                families: list[str | None]) -> None:  # fmt: skip
    from itertools import permutations

    pairs = [f"{one}{other}" for one, other in (*said, *among) if one != other]
    some = ties(" ".join(pairs), families={letter: family for letter, family in zip("WXYZ", families, strict=True) if family})
    across, by_chance = m.e_i_index(some)
    if across is None or len(some.graph) > 5:
        return
    members = sorted(some.graph)
    sectors = [some.sector(one) for one in members]
    means = []
    for order in permutations(sectors):
        given_to = dict(zip(members, order, strict=True))
        within = sum(given_to[one] == given_to[other] for one, other in some.pairs)
        means.append(1 - 2 * within / len(some.pairs))
    assert by_chance == pytest.approx(sum(means) / len(means))
