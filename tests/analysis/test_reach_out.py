"""Who is on the list, why, and what a reader must know: lists written by hand first, then case by case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as day
from datetime import timedelta
from typing import Any

import pytest
from lists_by_hand import BEYOND_THE_FILES, DEL_NORTE_MATHEMATICS, DEL_NORTE_NOT, LAKE_COMPUTER_SCIENCE, LAKE_NOT
from maps_of_rows import AS_OF, a_map, a_table, public_pages
from tiny_counties import readings

import assetgraph
from assetgraph.analysis.candidates import role_of
from assetgraph.analysis.questions import close_gaps, explain, measures, paths, ranking, reach_out, without
from assetgraph.analysis.reach_out import ReachOut, Suggester, Suggestion
from assetgraph.build.reference import sample_folder
from assetgraph.errors import UsageError
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Reading
from assetgraph.model.sheets import AskedRow, CoordinatorRow, NeedRow, OfferingRow, PartnerRow, QuickstormRow, SheetRow, TieRow
from assetgraph.store import Store, open_store, read_network
from benchmarks.make_state import SIZES, make_state
from benchmarks.oracle import World
from benchmarks.oracle.reach import reach_out as by_a_loop

MATH = ("math",)
LAST, AFTER = day(2025, 1, 15), day(2025, 1, 14)
"""Something that ends on the day asked about still holds; what ended the day before does not."""


def tied(name: str, to: str = "Lake COE", ends_on: day | None = None, **more: Any) -> TieRow:
    return TieRow(from_name=name, to_name=to, how="partners_with", **({"content_areas": MATH} | more), ends_on=ends_on)


def offered(title: str, provider: str, **more: Any) -> OfferingRow:
    return OfferingRow(title=title, provider=provider, **({"content_areas": MATH} | more))


def partner(name: str, **more: Any) -> PartnerRow:
    return PartnerRow(name=name, **({"home_county": "Lake", "partner_kind": "museum_science_center"} | more))


HALL = [partner("Science Hall"), offered("Number week", "Science Hall")]


def asked(*given: Reading, county: str = "Lake", area: str = "math", **more: Any) -> ReachOut:
    """The list on these readings, as of January 15, 2025."""
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, *given, reference=False)
        return reach_out(store, county=county, area=area, as_of=AS_OF, top=100, **more)


def names(found: ReachOut) -> list[str]:
    return [one.partner for one in found]


def said(one: Suggestion) -> str:
    return " | ".join(reason.sentence for reason in (*one.reasons, *one.introduction, *one.against))


@pytest.fixture(scope="module", params=["Lake", "Del Norte"])
def alone(request: pytest.FixtureRequest) -> Iterator[tuple[str, Store]]:
    """One county's map and the public pages, and nothing else."""
    with open_store(":memory:", write=True) as store:
        folder = sample_folder() / "maps" / request.param.lower().replace(" ", "-")
        assetgraph.build(store, assetgraph.read_files([folder]))
        yield request.param, store


BY_HAND = {"Lake": ("computer_science", LAKE_COMPUTER_SCIENCE, LAKE_NOT), "Del Norte": ("math", DEL_NORTE_MATHEMATICS, DEL_NORTE_NOT)}


def test_one_county_and_public_pages_give_the_list_written_by_hand(alone: tuple[str, Store]) -> None:
    county, store = alone
    area, members, _ = BY_HAND[county]
    found = reach_out(store, county=county, area=area, as_of=AS_OF, top=1000)
    bodies = read_network(store).bodies
    groups = {one.partner: (one.ring, role_of(bodies[one.partner_id])) for one in found}
    assert {name: groups.get(name) for name in members} == members
    # The other seven maps lend what they know to the public pages; of those, nobody is nearer than they should be.
    assert {name for name, (ring, _) in groups.items() if ring < 4} - members.keys() == BEYOND_THE_FILES[county]
    assert [groups[name] for name in names(found)] == sorted(groups.values()), "rings first, and in them kinds"


def test_who_looks_right_and_is_not_is_told_why(alone: tuple[str, Store]) -> None:
    county, store = alone
    area, _, others = BY_HAND[county]
    listed = names(reach_out(store, county=county, area=area, as_of=AS_OF, top=1000))
    for name, why in others.items():
        reasons = explain(store, name, county=county, area=area, as_of=AS_OF)
        assert name not in listed and any(why in reason.sentence for reason in reasons), (name, reasons)


def test_every_reason_rests_on_facts_with_source_and_day(alone: tuple[str, Store]) -> None:
    county, store = alone
    for row in reach_out(store, county=county, area=BY_HAND[county][0], as_of=AS_OF, top=1000).shown():
        assert any(reason["facts"] for reason in row["reasons"])
        for fact in (fact for part in ("reasons", "introduction", "against") for reason in row[part] for fact in reason["facts"]):
            assert fact["sentence"] and fact["source"] and fact["as_of"]
        for reason in (*row["reasons"], *row["introduction"]):
            assert reason["facts"] or "its home county is not recorded" in reason["sentence"] or row["partner_id"].startswith("coe/")


FRESH, GLENN_DAY = day(2025, 1, 10), day(2024, 12, 20)
TINY = {
    # Already partners of the office: Math Circle Project and Hope Church, and Star Lab by what public pages say.
    "math": [
        ("Valley Math Site", 0, "Colusa", FRESH, None), ("Oak Grove College", 1, "Glenn", FRESH, ["Pierce Joint Unified partners with Oak Grove College"]),
        ("State Math Network", 2, "Los Angeles", FRESH, None), ("Open Numbers", 3, "San Diego", GLENN_DAY, None),
    ],
    "computer_science": [
        ("Youth Code Club", 0, "Colusa", FRESH, ["Maxwell Unified partners with Youth Code Club"]), ("Almond Growers", 0, "Colusa", FRESH, None),
        # It pays for the Almond Growers' weekend, and nothing else is known of it.
        ("Farm Trust", 4, None, FRESH, None),
    ],
    # Lava Lab serves Lassen alone, Story maps stop at grade 3, the Field Trip Fund and Rancheria Learning have ended.
    "science": [
        ("Elk Creek Culture Center", 1, "Glenn", GLENN_DAY,
         ["Pierce Joint Unified partners with Oak Grove College", "Oak Grove College partners with Glenn County Office of Education",
          "Glenn County Office of Education partners with Elk Creek Culture Center"]), ("Peak Observatory", 4, None, day(2025, 1, 8), None),
        ("Prairie Science Guild", 4, None, GLENN_DAY, None),
    ],
}  # fmt: skip


@pytest.mark.parametrize("area", TINY)
def test_three_counties_small_enough_to_check_by_eye(any_tiny: Store, area: str) -> None:
    found = reach_out(any_tiny, county="Colusa", area=area, as_of=AS_OF)
    rows = []
    for one in found:
        living = [hop.sentence for hop in one.introduction] if one.is_path_live else None
        rows.append((one.partner, one.ring, one.home_county, one.latest, living))
    assert rows == TINY[area]


def test_every_store_gives_the_same_network_and_list(tiny_stores: tuple[Store, Store]) -> None:
    here, served = map(read_network, tiny_stores)
    assert here == served
    for area in TINY:
        assert Suggester(here, AS_OF).list_for("Colusa", area) == Suggester(served, AS_OF).list_for("Colusa", area)


SUGGESTED = {
    "nothing between them": ([], [], True),
    "a tie that has ended": ([tied("Science Hall", ends_on=AFTER)], [], True),
    "a tie on its last day": ([tied("Science Hall", ends_on=LAST)], [], False),
    "a tie that has not begun": ([tied("Science Hall", starts_on=day(2025, 1, 16))], [], True),
    "a tie in another area": ([tied("Science Hall", content_areas=("science",))], [], False),
    "a tie with a district only": ([tied("Science Hall", "Konocti Unified")], [], True),
    "a tie known from public pages": ([], [tied("Science Hall")], False),
    "a tie that public pages say has ended": ([], [tied("Science Hall", ends_on=AFTER)], True),
    "one that has ended and one that holds": ([tied("Science Hall", ends_on=AFTER)], [tied("Science Hall")], False),
}  # fmt: skip


@pytest.mark.parametrize(("own", "public", "is_suggested"), SUGGESTED.values(), ids=list(SUGGESTED))
def test_a_current_tie_to_the_office_is_what_keeps_a_partner_off_the_list(
    own: list[SheetRow], public: list[SheetRow], is_suggested: bool
) -> None:
    assert names(asked(a_map(*HALL, *own), public_pages(*public))) == (["Science Hall"] if is_suggested else [])


ACTIVE = {
    "an offering that has ended": ([offered("Old week", "Hall", ends_on=AFTER)], "has ended: Old week, the last on January 14, 2025"),
    "one on its last day": ([offered("Old week", "Hall", ends_on=LAST)], None),
    "one that has yet to begin": ([offered("New week", "Hall", starts_on=day(2025, 6, 1))], None),
    "one for small children": ([offered("Blocks", "Hall", grades=(-2, 3))], "is not for grades 4-12: Blocks (PK-3)"),
    "one that meets the grades at their edge": ([offered("Blocks", "Hall", grades=(0, 4))], None),
    "a tie alone": ([tied("Hall", "Konocti Unified")], None),
    "a tie with an end, where what was offered has ended": (
        [offered("Old week", "Hall", ends_on=AFTER), tied("Hall", "Konocti Unified", ends_on=day(2026, 1, 1))], None),
    "a tie without one, where what was offered has ended": (
        [offered("Old week", "Hall", ends_on=AFTER), tied("Hall", "Konocti Unified")], "has ended"),
    "a tie in another area": ([tied("Hall", "Konocti Unified", content_areas=("science",))], "nothing that Hall offers"),
    "service of another county": ([offered("Week", "Hall"), TieRow(from_name="Hall", to_name="Butte County", how="serves")], None),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "why"), ACTIVE.values(), ids=list(ACTIVE))
def test_who_works_on_the_area(rows: list[SheetRow], why: str | None) -> None:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(partner("Hall"), *rows), reference=False)
        reasons = explain(store, "Hall", county="Lake", area="math", as_of=AS_OF)
        on_the_list = names(reach_out(store, county="Lake", area="math", as_of=AS_OF)) == ["Hall"]
    assert on_the_list == (why is None)
    assert any((why or "is number 1 of 1 on the list") in reason.sentence for reason in reasons), reasons


SERVICE = {
    "the county": (("Lake County",), True), "its region": (("CCSESA region 1",), True), "the state": (("Statewide",), True),
    "another county": (("Butte County",), False), "another county and ours": (("Butte County", "Lake County"), True), "nobody knows": ((), True),
}  # fmt: skip


@pytest.mark.parametrize(("served", "is_listed"), SERVICE.values(), ids=list(SERVICE))
def test_whom_somebody_serves(served: tuple[str, ...], is_listed: bool) -> None:
    rows = [TieRow(from_name="Hall", to_name=place, how="serves") for place in served]
    found = asked(a_map(partner("Hall", home_county="Butte"), offered("Week", "Hall"), *rows))
    assert names(found) == (["Hall"] if is_listed else [])
    if is_listed and not served:
        assert "Whom it serves is not recorded" in said(found[0])


def test_the_order_is_ring_kind_path_need_gap_and_freshness() -> None:
    """Each is ahead of the one below it for one thing alone, and behind it in everything that counts less."""
    everybody = [
        (partner("A far provider", home_county="Kern"), {}), (partner("B near funder", partner_kind="philanthropy"), {}),
        (partner("C near network", partner_kind="professional_association"), {}), (partner("D near provider"), {}),
        (partner("E meets a need", partner_kind="library"), {}), (partner("F is introduced", partner_kind="library"), {}),
    ]  # fmt: skip
    rows: list[SheetRow] = [one for one, _ in everybody]
    rows += [offered(f"Week of {one.name}", one.name, grades=(9, 12) if one.name.startswith("E") else (4, 5)) for one, _ in everybody]
    rows += [tied("F is introduced", "Konocti Unified", content_areas=("science",)),
             NeedRow(whose="Lake COE", need="calculus", content_areas=MATH, grades=(11, 12))]  # fmt: skip
    found = asked(a_map(*rows))
    assert names(found) == ["F is introduced", "E meets a need", "D near provider", "C near network", "B near funder", "A far provider"]
    introduced, needed = found[0], found[1]
    assert [hop.sentence for hop in introduced.introduction] == ["Konocti Unified partners with F is introduced"] and introduced.is_path_live
    assert needed.meets_need and "Lake County Office of Education needs: calculus" in said(needed)
    assert "Nobody is recorded who could introduce you" in said(needed)


def test_within_all_that_a_wider_gap_comes_first_then_habit_then_freshness() -> None:
    """Two libraries and a church; then one that counties like ours work with; then the one that was confirmed last."""
    rows: list[SheetRow] = [partner("A library", partner_kind="library"), partner("B church", partner_kind="faith_based")]
    rows += [offered("Week A", "A library"), offered("Week B", "B church")]
    own = [partner("Own library", partner_kind="library"), tied("Own library")]
    asked_all = AskedRow(content_areas=MATH, asked="yes", partner_kind="all")
    assert names(asked(a_map(*rows, *own, asked_all))) == ["B church", "A library"], "nobody recorded comes before one tie"
    two = [partner("A"), partner("B"), offered("Week A", "A"), offered("Week B", "B")]
    assert names(asked(a_map(*two), public_pages(tied("B", "Glenn COE", as_of=day(2025, 1, 14))))) == ["A", "B"]
    older = a_map(*two[:1], two[2], as_of=day(2020, 1, 1), plan="b")
    assert names(asked(older, a_map(two[1], two[3]))) == ["B", "A"], "the freshly confirmed come first"


def test_whom_counties_alike_work_with_comes_before_the_others() -> None:
    counties = sorted(name for name in COUNTIES if name != "Lake")[:12]
    maps = [a_map(*(tied(f"{'PQ'[number % 2]}{each}", f"{county} COE", content_areas=("science",)) for each in range(6)), of=county)
            for number, county in enumerate(counties)]  # fmt: skip
    lake = a_map(*(tied(f"P{each}", content_areas=("science",)) for each in range(4)),
                 *(offered(f"Week {name}", name) for name in ("Q0", "P4")))  # fmt: skip
    found = asked(*maps, lake)
    assert names(found)[:2] == ["P4", "Q0"], "Lake works with four of the P's, as six other counties do"
    assert "Counties that share partners with Lake work with it (how many they share):" in said(found[0])
    assert len(found[0].reasons[-1].facts) == 3


def test_needs_that_are_open_and_no_others_decide() -> None:
    closed = [NeedRow(whose="Lake COE", need="met", content_areas=MATH, status="met"),
              NeedRow(whose="Lake COE", need="addressed", content_areas=MATH, addressed_by=("Number week",)),
              NeedRow(whose="Lake COE", need="later", content_areas=MATH, as_of=day(2025, 1, 16)),
              NeedRow(whose="Glenn COE", need="theirs", content_areas=MATH)]  # fmt: skip
    assert not asked(a_map(*HALL, *closed))[0].meets_need
    assert asked(a_map(*HALL, *closed, NeedRow(whose="Konocti Unified", need="open", content_areas=MATH)))[0].meets_need


def test_who_offers_something_together_with_the_office_is_a_partner_already() -> None:
    together = offered("Number week", "Science Hall", co_provider=("Lake COE",))
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(HALL[0], together), reference=False)
        (why,) = explain(store, "Science Hall", county="Lake", area="math", as_of=AS_OF)
    assert "is a partner of Lake County Office of Education already" in why.sentence and len(why.facts) == 2
    assert names(asked(a_map(HALL[0], offered("Number week", "Science Hall", co_provider=("Lake COE",), ends_on=AFTER),
                             offered("Next week", "Science Hall")))) == ["Science Hall"]  # fmt: skip


def test_where_office_and_district_are_one_body_its_partners_are_the_office_s() -> None:
    rows = [partner("Hall", home_county="Alpine"), offered("Week", "Hall"), tied("Hall", "Alpine County Unified")]
    assert not asked(a_map(*rows, of="Alpine"), county="Alpine")


def test_what_has_yet_to_begin_and_what_ends_soon_is_said() -> None:
    later = asked(a_map(partner("Hall"), offered("Week", "Hall", starts_on=day(2025, 6, 1), grades=(8, 8))))
    assert "Offers Week (grade 8), from June 1, 2025" in said(later[0])
    soon = asked(a_map(partner("Hall"), tied("Hall", "Konocti Unified", ends_on=day(2025, 3, 1))))
    assert "All its ties on the area end by March 1, 2025" in said(soon[0])
    unbegun = asked(a_map(*HALL, tied("Science Hall", "Konocti Unified", starts_on=day(2026, 1, 1), ends_on=day(2027, 1, 1))))
    assert "does not hold on this day: Konocti Unified partners with Science Hall (not begun)" in said(unbegun[0])


def test_service_that_has_ended_counts_for_nothing_and_is_said_to_have() -> None:
    served = [TieRow(from_name="Hall", to_name="Lake County", how="serves", ends_on=AFTER)]
    found = asked(a_map(partner("Hall", home_county="Butte"), offered("Week", "Hall"), *served))
    assert "What is recorded of whom it serves has ended" in said(found[0]) and found[0].ring == 4


def test_a_statewide_body_is_as_near_as_a_member_that_is_still_one() -> None:
    def ring(**more: Any) -> Suggestion:
        rows = [partner("Net", home_county="Kern", partner_kind="network"), partner("Site", home_county="Mendocino"), offered("Week", "Net"),
                TieRow(from_name="Net", to_name="Statewide", how="serves"), TieRow(from_name="Site", to_name="Net", how="member_of", **more)]
        return next(one for one in asked(a_map(*rows)) if one.partner == "Net")

    assert ring().ring == 2 and "Site is a member of it" in said(ring())
    assert ring(ends_on=AFTER).ring == 3


def test_namesakes_are_pointed_out() -> None:
    rows = [partner("Hall"), partner("Hall", home_county="Butte"), offered("Week", "Hall")]
    found = asked(a_map(*rows, tied("Hall", "Konocti Unified")))
    told = [said(one) for one in found]
    assert any("bears its name, one of Butte County and one of Lake County, and may be the same" in one for one in told)
    assert not any("partner/hall" in one for one in told)


def test_one_more_fact_that_ties_it_to_the_county_never_lowers_a_place() -> None:
    counties = ["Lake", *(county for county in sorted(COUNTIES) if county != "Lake")][:12]
    rows = {county: [TieRow(from_name=f"{'AZ'[number % 2]}{each}", to_name=f"{county} COE", how="partners_with", content_areas=MATH)
                     for each in range(6) if (number, each) != (0, 4)] for number, county in enumerate(counties)}  # fmt: skip
    homes = [partner(name, home_county="Lake") for name in ("A4", "Z4")]
    more = [TieRow(from_name="A4", to_name="Lake County", how="serves"), TieRow(from_name="A4", to_name="Konocti Unified", how="partners_with", content_areas=("science",)),
            tied("A4", "Konocti Unified", ends_on=AS_OF - timedelta(days=1))]  # fmt: skip
    for fact in (None, *more):
        with open_store(":memory:", write=True) as store:
            lake = a_map(*homes, *rows["Lake"], *([fact] if fact else []))
            assetgraph.build(store, lake, *(a_map(*some, of=county) for county, some in rows.items() if county != "Lake"), reference=False)
            found = names(assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF, top=30))
        assert found.index("A4") < found.index("Z4"), fact


def test_what_began_long_ago_and_has_no_end_is_said_to_be_uncertain() -> None:
    old = {"starts_on": day(2021, 6, 1)}
    rows = [partner("Hall"), offered("Summer", "Hall", **old), partner("Camp"), offered("Always", "Camp", **old, written_duration="enduring")]
    found = {one.partner: said(one) for one in asked(a_map(*rows))}
    assert "What it offers began June 1, 2021, and whether it has ended is not recorded" in found["Hall"]
    assert "whether it has ended" not in found["Camp"]


def test_a_path_from_an_office_may_begin_at_its_leas_and_a_dead_one_is_told() -> None:
    rows = [partner("Hall", partner_kind="library"), tied("Hall", "Konocti Unified"), tied("Hall", "Glenn COE", ends_on=AS_OF - timedelta(days=9))]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows), reference=False)
        (found,) = paths(store, "Lake COE", "Hall", as_of=AS_OF)
        assert found.ends == ("Konocti Unified", "Hall") and found.is_live
        assert [one.ends for one in paths(store, "Lake COE", to_kind="library", as_of=AS_OF)] == [("Konocti Unified", "Hall")]
        (dead,) = paths(store, "Glenn COE", "Hall", as_of=AS_OF)
        assert not dead.is_live and "ended January 6, 2025" in dead.hops[0].sentence


def test_days_that_no_day_can_be_counted_from_are_refused() -> None:
    with open_store(":memory:") as store, pytest.raises(UsageError, match="is too far ahead"):
        reach_out(store, county="Lake", area="math", as_of="9999-12-31")


def test_of_a_need_that_was_asked_about_is_said_what_is_recorded_of_it() -> None:
    needs = [NeedRow(whose="Lake COE", need="met already", content_areas=MATH, status="met"), NeedRow(whose="Lake COE", need="anything"),
             NeedRow(whose="Lake COE", need="labs", content_areas=("science",))]  # fmt: skip
    for words, said_of_it, meets in (("met already", "is recorded as met", True), ("anything", "names no content area", True),
                                     ("labs", "is recorded as about science", False)):  # fmt: skip
        found = asked(a_map(*HALL, *needs), need=words)
        assert any(said_of_it in note for note in found.notes) and found[0].meets_need == meets


def test_a_need_that_two_sources_name_is_one() -> None:
    need = NeedRow(whose="Lake COE", need="calculus", content_areas=MATH)
    found = asked(a_map(*HALL, need), a_table(Lake=[need]))
    assert said(found[0]).count("needs: calculus") == 1
    assert len(next(reason for reason in found[0].reasons if "needs: calculus" in reason.sentence).facts) >= 2


def test_no_other_edition() -> None:
    with pytest.raises(UsageError, match="no edition 'Staff'"):
        asked(a_map(*HALL), edition="Staff")


def test_needs_by_their_words() -> None:
    rows = [NeedRow(whose="Lake COE", need="math", content_areas=MATH), NeedRow(whose="Lake COE", need="math and more", content_areas=MATH)]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, *HALL), reference=False)
        assert reach_out(store, county="Lake", need="Math", as_of=AS_OF).total == 1, "the whole need before a part of another"
        assert reach_out(store, county="Lake", need="more math", as_of=AS_OF).total == 1, "words in any order"
        with pytest.raises(UsageError, match=r"is in 2 needs of Lake County. To mend it: write one of their ids: 'math"):
            reach_out(store, county="Lake", need="mat", as_of=AS_OF)
        with pytest.raises(UsageError, match="no need of Lake County holds"):
            reach_out(store, county="Lake", need="!!!", as_of=AS_OF)


def test_a_gap_comes_before_none_and_an_area_nobody_asked_about_is_no_gap() -> None:
    rows = [partner("Hall"), offered("Week", "Hall"), partner("Books", partner_kind="library"), offered("Reading", "Books")]
    ask = AskedRow(content_areas=MATH, asked="yes", partner_kind="all")
    silent, told = asked(a_map(*rows)), asked(a_map(*rows, ask))
    assert any("nobody recorded having asked about kinds of partner for mathematics in Lake County" in note for note in silent.notes)
    assert not any("asked" in said(one) for one in silent) and {one.before for one in silent} == {"not_asked"}
    assert {(one.before, one.after) for one in told} == {("nobody", "fragile")} and not any("having asked" in note for note in told.notes)
    assert all("asked about museums, libraries and arts and its map records none; a tie would be the first" in said(one) for one in told)


def test_having_asked_about_an_area_but_no_kind_of_partner_is_not_denied() -> None:
    notes = asked(a_map(*HALL, AskedRow(content_areas=MATH, asked="yes"))).notes
    assert any("having asked about kinds of partner for mathematics" in note for note in notes)


def test_ties_that_all_end_soon_are_told_from_a_single_one() -> None:
    own = [partner("Ours", partner_kind="library"), tied("Ours", ends_on=day(2025, 3, 1)), tied("Ours", "Konocti Unified", ends_on=day(2025, 3, 1))]
    assert "has 2 ties that all end within 180 days with museums" in said(asked(a_map(*HALL, *own))[0])


def test_what_one_tie_changes_on_the_grid() -> None:
    own = [partner("Ours", partner_kind="library"), tied("Ours")]
    found = asked(a_map(partner("Hall"), offered("Week", "Hall"), *own))
    assert (found[0].before, found[0].after) == ("fragile", "covered")
    assert "has one tie with museums, libraries and arts; this would be one more" in said(found[0])


def test_a_need_decides_the_grades_and_who_comes_first() -> None:
    need = NeedRow(whose="Lake COE", need="Reading for numbers", content_areas=MATH, grades=(0, 2))
    rows = [partner("Little ones"), offered("Blocks", "Little ones", grades=(-1, 2)), partner("Big ones"), offered("Proofs", "Big ones", grades=(9, 12))]
    found = asked(a_map(need, *rows), need="for numbers")
    assert names(found) == ["Little ones"] and found[0].meets_need
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(need, *rows), reference=False)
        (why,) = explain(store, "Big ones", county="Lake", need="for numbers", as_of=AS_OF)
    assert "not for grades K-2" in why.sentence
    assert names(asked(a_map(need, *rows))) == ["Big ones"], "without it, the grant's grades are meant"


def test_the_area_may_be_the_need_s() -> None:
    need = NeedRow(whose="Lake COE", need="Reading for numbers", content_areas=MATH)
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(need, *HALL, NeedRow(whose="Lake COE", need="Anything at all")), reference=False)
        assert reach_out(store, county="Lake", need="numbers", as_of=AS_OF).area == "math"
        for words, told in (("at all", "names no content area"), ("zzz", "no need of Lake County holds the words"), ("a", "is in 2 needs")):
            with pytest.raises(UsageError, match=told):
                reach_out(store, county="Lake", need=words, as_of=AS_OF)
        with pytest.raises(UsageError, match="no content area was given"):
            reach_out(store, county="Lake", as_of=AS_OF)
        with pytest.raises(UsageError, match="no need of Butte County is recorded"):
            reach_out(store, county="Butte", need="numbers", as_of=AS_OF)


def test_only_one_kind_or_family() -> None:
    rows = [partner("Hall"), offered("Week", "Hall"), partner("Bank", partner_kind="employer"), offered("Money week", "Bank")]
    assert names(asked(a_map(*rows), kind="museum")) == ["Hall"]
    assert names(asked(a_map(*rows), kind="employers_agencies_funders")) == ["Bank"]
    with pytest.raises(UsageError, match="no kind of partner is called 'musem'.*did you mean Museum or science center"):
        asked(a_map(*rows), kind="musem")


def test_what_speaks_against_somebody() -> None:
    rows = [partner("Hall", home_county="Butte"), offered("Week", "Hall", ends_on=day(2025, 5, 1)), tied("Hall", "Konocti Unified", ends_on=AFTER)]
    (one,) = asked(a_map(*rows, as_of=day(2017, 6, 1)))
    told = [reason.sentence for reason in one.against]
    assert told[0] == "Last confirmed June 1, 2017" and "Whom it serves is not recorded" in told and "For which grades is not recorded" in told
    assert "All that it offers ends by May 1, 2025" in told
    assert any("The only introduction on record does not hold on this day: Konocti Unified partners with Hall (ended January 14, 2025)" in one for one in told)
    assert one.is_path_live is False and one.introduction


def test_old_work_is_said_though_the_row_of_the_partner_is_fresh() -> None:
    old, fresh = (tied("Hall", "Konocti Unified", as_of=of) for of in (day(2015, 1, 1), day(2024, 1, 1)))
    told = "What it does on the area was last confirmed January 1, 2015"
    here = partner("Hall", serves_counties=("Lake",))
    assert told in said(asked(a_map(here, old))[0]) and "last confirmed" not in said(asked(a_map(here, old, fresh))[0])
    assert "last confirmed" not in said(asked(a_map(here, fresh))[0])


def test_two_of_one_name_are_two_suggestions() -> None:
    rows = [partner("Hall"), partner("Hall", home_county="Butte"), offered("Week", "Hall")]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, tied("Hall", "Konocti Unified")), reference=False)
        with pytest.raises(UsageError, match="is the name of"):
            explain(store, "Hall", county="Lake", area="math", as_of=AS_OF)


def test_a_short_list_says_so_and_names_the_nearest_peer() -> None:
    seats = a_table(Glenn=[CoordinatorRow(office="Glenn COE", role="Math lead", content_areas=MATH)],
                    Kern=[CoordinatorRow(office="Kern COE", role="Math lead", content_areas=MATH)])  # fmt: skip
    found = asked(a_map(*HALL), seats)
    said = "that could be asked about mathematics in Lake County"
    assert any(f"only 1 organization {said} is on record" in note and "mathematics is that of Glenn County" in note for note in found.notes)
    nobody = asked(a_map(partner("Hall")), seats)
    assert any(note.startswith(f"no organization {said} is on record") for note in nobody.notes) and not nobody
    assert any(note.startswith(f"no organization of this kind {said}") for note in asked(a_map(*HALL), kind="library").notes)


def test_a_county_without_a_map_and_a_graph_without_anybody() -> None:
    for found in (asked(a_map(*HALL), county="Butte"), asked(public_pages(*HALL))):
        assert names(found) == ["Science Hall"] and "holds no map of" in found.notes[0]
    with open_store(":memory:", write=True) as store:
        found = reach_out(store, county="Lake", area="math", as_of=AS_OF)
        assert not found and found.notes == ("the graph holds no office of Lake County: build its map first",)


def test_equal_inputs_give_equal_lists_whatever_their_order() -> None:
    first, *others = (asked(*order, county="Colusa") for order in (readings(), tuple(reversed(readings())), readings()))
    assert all(other == first for other in others)


def test_the_list_is_whom_a_plain_loop_finds(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("state")
    make_state(folder, SIZES["2k"], seed=5)
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, assetgraph.read_files([folder]))
        world, suggester = World(store.graph()), Suggester(read_network(store), AS_OF)
        found = 0
        for county in ("Lake", "Alameda", "Alpine", "Del Norte"):
            for area in ("math", "computer_science"):
                loop = {row["partner_id"]: (row["ring"], row["latest"], row["is_reference"])
                        for row in by_a_loop(world, county=county, area=area, as_of=AS_OF)}  # fmt: skip
                mine = {one.partner_id: (one.ring, one.is_reference) for one in suggester.list_for(county, area)}
                assert mine == {key: (ring, reference) for key, (ring, _, reference) in loop.items()}
                found += len(mine)
        assert found > 200


def test_in_a_notebook_and_as_a_frame() -> None:
    found = asked(a_map(partner("<b>Hall"), offered("Week", "<b>Hall")))
    assert "&lt;b&gt;Hall" in found._repr_html_() and "<b>Hall" not in found._repr_html_()
    assert "Nobody recorded having asked about kinds of partner for mathematics in Lake County" in found._repr_html_()
    frame = found.to_frame()
    assert list(frame["partner"]) == ["<b>Hall"] and frame["reason"][0].startswith("In the county: based in Lake County")


def test_quickstorm_alone_is_enough() -> None:
    row = QuickstormRow(who="Hall", what="Week", content_areas=MATH)
    assert names(asked(a_map(row, of="Glenn"), a_map(*HALL))) == ["Science Hall", "Hall"], "whom another county works with may be asked"


def test_what_is_worked_out_shows_itself_in_a_notebook() -> None:
    hostile = partner("<b>Hall</b>", partner_kind="library")
    rows = [hostile, offered("Week", "<b>Hall</b>"), tied("<b>Hall</b>", "Konocti Unified"), tied("Konocti Unified", "Lake COE")]
    ask = AskedRow(content_areas=MATH, asked="yes", partner_kind="all")
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*rows, ask), reference=False)
        ranks, found = ranking(store, as_of=AS_OF), paths(store, "Konocti Unified", "<b>Hall</b>", as_of=AS_OF)
        why = explain(store, "<b>Hall</b>", county="Lake", area="math", as_of=AS_OF)
        left = without(store, "<b>Hall</b>", as_of=AS_OF)
        shown = [ranks, found, why, left, measures(store, as_of=AS_OF), close_gaps(store, county="Lake", as_of=AS_OF)]
    pages = [one._repr_html_() for one in shown]
    assert all(page.startswith("<table><caption>") and "<b>" not in page for page in pages)
    assert all("&lt;b&gt;Hall" in page for page in pages[:4]) and "nobody" in pages[5]
    assert why.to_frame()["reason"][0] == "<b>Hall</b> is number 1 of 1 on the list"
    assert [(row["what"], row["body"]) for row in left.shown()] == [("cell", None), ("stranded", "lea/lake/konocti-unified")]
    assert list(left.to_frame()["reason"]) == [one.reason for one in (*left.losses, *left.stranded)]
    assert list(ranks.to_frame()["partner"]) == ["<b>Hall</b>"] and ranks == list(ranks)


def test_the_first_of_a_list_are_the_same_however_many_are_asked_for() -> None:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, *assetgraph.read_sample(), reference=False)
        network = read_network(store)
    for county in ("Lake", "Butte", "Alpine"):
        whole = [ranked.one.body.id for ranked in Suggester(network, AS_OF).in_order(county, "science")]
        for top in (1, 2, 5, 17, 500):
            first = [ranked.one.body.id for ranked in Suggester(network, AS_OF).in_order(county, "science", top=top)]
            assert first[:top] == whole[:top] and sorted(first) == sorted(whole) and len(whole) > 40
