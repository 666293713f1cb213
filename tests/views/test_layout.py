"""Where items stand: laws that hold for every picture, and one small picture by hand."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from assetgraph.views.layout import ring_positions

counts = st.lists(st.integers(0, 40), min_size=4, max_size=4)


def _rings(numbers: list[int]) -> dict[int, list[str]]:
    rings = {ring: [f"r{ring}i{n}" for n in range(number)] for ring, number in enumerate(numbers, start=1)}
    return {0: ["middle"], **rings}


@given(counts, st.data())
def test_every_item_has_a_place_of_its_own_inside_the_picture(
    numbers: list[int], data: st.DataObject
) -> None:
    rings = _rings(numbers)
    everything = [item for ring in rings.values() for item in ring]
    links = data.draw(
        st.lists(st.tuples(st.sampled_from(everything), st.sampled_from(everything)), max_size=60)
    )
    places = ring_positions(rings, links)
    assert set(places) == set(everything)
    assert len(set(places.values())) == len(everything)
    assert all(math.hypot(x, y) <= 1.001 for x, y in places.values())
    assert places["middle"] == (0.0, 0.0)
    assert places == ring_positions(rings, reversed(links))


@given(counts)
def test_rings_do_not_mix(numbers: list[int]) -> None:
    rings = _rings(numbers)
    places = ring_positions(rings, [])
    reach = {ring: [math.hypot(*places[item]) for item in items] for ring, items in rings.items() if items}
    for inner, outer in zip(sorted(reach), sorted(reach)[1:], strict=False):
        assert max(reach[inner]) < min(reach[outer])


def test_an_item_stands_near_what_it_is_linked_to() -> None:
    rings = {0: ["coe"], 1: ["up", "right", "down", "left"], 2: ["a", "b", "c", "d"]}
    places = ring_positions(rings, [("a", "left"), ("b", "down"), ("c", "right"), ("d", "up"), ("a", "coe")])
    assert places["up"] == (0.0, -0.3)
    assert [places[item] for item in "abcd"] == [(-1.0, 0.0), (0.0, 1.0), (1.0, 0.0), (0.0, -1.0)]


def test_a_crowded_ring_stands_on_two_radii_and_a_roomy_one_does_not() -> None:
    places = ring_positions({1: ["a", "b"], 2: [f"o{n}" for n in range(30)], 3: ["z"]}, [])
    assert {round(math.hypot(*places[f"o{n}"]), 2) for n in range(30)} == {0.61, 0.69}
    places = ring_positions({1: ["a", "b"], 2: [f"o{n}" for n in range(8)], 3: ["z"]}, [])
    assert {round(math.hypot(*places[f"o{n}"]), 2) for n in range(8)} == {0.65}
