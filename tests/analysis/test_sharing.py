"""Lists for many counties at once: nobody is suggested to more than the cap allows, and nobody could have a better list."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from maps_of_rows import AS_OF, a_directory, a_map, public_pages

import assetgraph
from assetgraph.analysis.reach_out import Suggester
from assetgraph.analysis.sharing import Shared, _accepted, share_out
from assetgraph.errors import UsageError
from assetgraph.model.records import Reading
from assetgraph.model.sheets import DirectoryRow, OfferingRow, PartnerRow, SheetRow, TieRow
from assetgraph.store import open_store, read_network

MATH = ("math",)


def shared(*readings: Reading, **more: Any) -> Shared:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, *readings, reference=False)
        return assetgraph.reach_out_everywhere(store, area="math", as_of=AS_OF, **more)


def partner(name: str, county: str | None = None) -> list[SheetRow]:
    return [PartnerRow(name=name, home_county=county, partner_kind="library"),
            OfferingRow(title=f"Week of {name}", provider=name, content_areas=MATH)]  # fmt: skip


def names(found: Shared, county: str) -> list[str]:
    return [one.partner for one in found.lists[county]]


def test_the_nearest_keep_who_is_wanted_by_all_and_the_next_best_is_shown() -> None:
    rows = public_pages(*partner("Near Lake", "Lake"), *partner("Anywhere"))
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, rows, reference=False)
        suggester = Suggester(read_network(store), AS_OF)
    for order in (("Lake", "Colusa", "Mendocino"), ("Mendocino", "Colusa", "Lake")):
        found = share_out(suggester, "math", counties=order, top=1, cap=2)
        assert {county: names(found, county) for county in order} == {"Lake": ["Near Lake"], "Colusa": ["Near Lake"], "Mendocino": ["Anywhere"]}
        assert found.passed_over == {"Lake": (), "Colusa": (), "Mendocino": ("Near Lake",)} and found.lists["Mendocino"][0].place == 2
        assert (found.fairness.suggestions, found.fairness.organizations, found.fairness.most_often) == (3, 2, 2)
    everywhere = shared(rows, top=1, cap=3)
    often = [name for county in everywhere.lists for name in names(everywhere, county)]
    assert often.count("Near Lake") == 3 == often.count("Anywhere") and names(everywhere, "Lake") == ["Near Lake"]


def test_every_list_is_the_first_of_its_own_without_a_cap() -> None:
    rows = [row for number in range(7) for row in partner(f"P{number}")]
    found = shared(public_pages(*rows), top=4, cap=58)
    assert {tuple(names(found, county)) for county in found.lists} == {("P0", "P1", "P2", "P3")}
    assert found.fairness.organizations == 4 and len(found.lists) == 58


def test_whom_the_suggestions_go_to_is_told() -> None:
    districts = [DirectoryRow(name="Far Elementary", county="Lake", kind="elementary", locale="43 - Rural, Remote", cds="17000010000000"),
                 DirectoryRow(name="Tiny Elementary", county="Lake", kind="elementary", locale="21", enrollment=90, cds="17000020000000"),
                 DirectoryRow(name="City Unified", county="Lake", kind="unified", locale="11 - City, Large", enrollment=90_000, cds="17000030000000")]  # fmt: skip
    ties = [TieRow(from_name=name, to_name=lea, how="partners_with", content_areas=("science",))
            for name, lea in (("Known", "City Unified"), ("Open", "Far Elementary"))]  # fmt: skip
    found = shared(a_directory(*districts), a_map(*partner("Known", "Lake"), *partner("Open", "Lake"), *ties), top=5)
    assert (found.fairness.rural, found.fairness.small, found.fairness.others) == ((1, 1), (0, 1), (1, 1))
    assert found.fairness.to_the_ten is not None and 0 < found.fairness.to_the_ten <= 1


def test_the_share_of_the_ten_is_of_those_with_most_ties() -> None:
    busy = [TieRow(from_name=f"Busy {number}", to_name=lea, how="partners_with", content_areas=("science",))
            for number in range(10) for lea in ("Konocti Unified", "Kelseyville Unified")]  # fmt: skip
    rows = [row for number in range(10) for row in partner(f"Busy {number}", "Lake")] + [row for number in range(12) for row in partner(f"Quiet {number}", "Glenn")]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, *busy), reference=False)
        suggester = Suggester(read_network(store), AS_OF)
        lake, glenn = (share_out(suggester, "math", counties=[county], top=5, cap=5) for county in ("Lake", "Glenn"))
    assert lake.fairness.to_the_ten == 1 and glenn.fairness.to_the_ten == 0


def test_numbers_that_mean_nothing() -> None:
    with pytest.raises(UsageError, match="no number of suggestions"):
        shared(cap=0)


class _One:
    def __init__(self, body: str, group: tuple[int, int]) -> None:
        self.one = self
        self.body = self
        self.id, self.name, self.group = body, body, group


wishes = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.tuples(st.sampled_from("PQRST"), st.integers(0, 3)), max_size=5,
                                                             unique_by=lambda wish: wish[0]), min_size=1)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(wishes, st.integers(1, 3), st.integers(1, 3))
def test_it_is_stable_and_keeps_the_cap(wanted: dict[str, list[tuple[str, int]]], top: int, cap: int) -> None:
    """No county could have somebody whom it would rather have, and who would rather be suggested to it."""
    lists = {county: [_One(name, (ring, 0)) for name, ring in sorted(some, key=lambda wish: wish[1])] for county, some in wanted.items()}
    held = _accepted(lists, top, cap)  # type: ignore[arg-type]
    of: dict[str, list[tuple[tuple[int, int], int, str]]] = {}
    for county, places in held.items():
        assert len(places) <= top
        for place in places:
            one = lists[county][place]
            of.setdefault(one.id, []).append((one.group, place, county))
    assert all(len(some) <= cap for some in of.values())
    for county, some in lists.items():
        for place, one in enumerate(some):
            is_wanted = place not in held[county] and (len(held[county]) < min(top, len(some)) or place < max(held[county], default=-1))
            holders = of.get(one.id, [])
            assert not is_wanted or (len(holders) == cap and max(holders) < (one.group, place, county))
    assert held == _accepted(dict(reversed(lists.items())), top, cap)  # type: ignore[arg-type]
