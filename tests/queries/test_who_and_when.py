"""Who may be suggested, which needs are open, and what is current: the last day that counts and the first that does not."""

from __future__ import annotations

from datetime import date as day
from typing import Any

import pytest
from maps_of_rows import AS_OF, a_map, a_table, answer, public_pages

from assetgraph.model.records import Reading
from assetgraph.model.sheets import NeedRow, OfferingRow, PartnerRow, QuickstormRow, ReachRow, SheetRow, TieRow

MATH = ("math",)
LAST, AFTER = day(2025, 1, 15), day(2025, 1, 14)
"""Something that ends on the day asked about still holds; what ended the day before does not."""


def tied(name: str, to: str, ends_on: day | None = None, **more: Any) -> TieRow:
    return TieRow(from_name=name, to_name=to, how="partners_with", content_areas=MATH, ends_on=ends_on, **more)


def offered(title: str, provider: str, **more: Any) -> OfferingRow:
    return OfferingRow(title=title, provider=provider, content_areas=MATH, **more)




def need(text: str, **more: Any) -> NeedRow:
    return NeedRow(whose="Lake COE", need=text, content_areas=MATH, **more)


NEEDS = [
    need("no word"), need("open", status="open"), need("begun", status="in_progress"), need("met", status="met"),
    need("dropped", status="dropped"), need("today", as_of=AS_OF), need("tomorrow", as_of=day(2025, 1, 16)),
    need("addressed", addressed_by=("Number week",)),
]  # fmt: skip
OPEN = ["begun", "no word", "open", "today"]


def test_met_dropped_addressed_and_later_needs_are_not_open() -> None:
    assert [row.need for row in answer("unaddressed_needs", a_map(*NEEDS), county="Lake")] == OPEN
    later = answer("unaddressed_needs", a_map(*NEEDS, as_of=None), county="Lake", as_of=day(2025, 1, 16))
    assert [row.need for row in later] == [*OPEN, "tomorrow"]


def test_only_open_needs_are_looked_for_elsewhere() -> None:
    elsewhere = a_map(offered("Number week", "Glenn COE"), of="Glenn")
    assert [row.need for row in answer("needs_met_elsewhere", a_map(*NEEDS), elsewhere, county="Lake", top=9)] == OPEN


@pytest.mark.parametrize(("grades", "is_met"), [
    ((0, 5), False), ((3, 6), True), ((7, 7), True), ((8, 12), True), ((9, 12), False), (None, True),
])  # fmt: skip
def test_what_is_offered_elsewhere_reaches_the_grades_of_the_need(grades: tuple[int, int] | None, is_met: bool) -> None:
    elsewhere = a_map(offered("Number week", "Glenn COE", grades=grades), of="Glenn")
    rows = answer("needs_met_elsewhere", a_map(need("time", grades=(6, 8))), elsewhere, county="Lake")
    assert [row.asset for row in rows] == (["Number week"] if is_met else [])


def hall(home: str | None = "Tehama") -> PartnerRow:
    return PartnerRow(name="Hall", home_county=home)


def took_part(lea: str, year: str) -> ReachRow:
    return ReachRow(lea=lea, offering="Week", year=year)


# Glenn borders Lake; Tehama does not.
WITHIN_REACH: dict[str, tuple[list[SheetRow], bool]] = {
    "based here": ([hall("Lake"), offered("Week", "Hall")], True),
    "based next door": ([hall("Glenn"), offered("Week", "Hall")], True),
    "based next door, open elsewhere": ([hall("Glenn"), offered("Week", "Hall", open_to=("Tehama",))], True),
    "based farther away": ([hall(), offered("Week", "Hall")], False),
    "nobody says where": ([hall(None), offered("Week", "Hall")], False),
    "nobody says where, open here": ([hall(None), offered("Week", "Hall", open_to=("Lake",))], True),
    "open here": ([hall(), offered("Week", "Hall", open_to=("Lake",))], True),
    "open to the state": ([hall(), offered("Week", "Hall", open_to=("statewide",))], True),
    "open elsewhere": ([hall(), offered("Week", "Hall", open_to=("Tehama",))], False),
    "by the office": ([offered("Week", "Lake COE")], True),
    "by an office next door": ([offered("Week", "Glenn COE")], True),
    "by an office farther away": ([offered("Week", "Tehama COE")], False),
    "until yesterday": ([hall("Lake"), offered("Week", "Hall", ends_on=AFTER)], False),
    "until today": ([hall("Lake"), offered("Week", "Hall", ends_on=LAST)], True),
    "from next year": ([hall("Lake"), offered("Week", "Hall", starts_on=day(2026, 1, 1))], True),
    "to grade 3": ([hall("Lake"), offered("Week", "Hall", grades=(0, 3))], False),
    "to grade 4": ([hall("Lake"), offered("Week", "Hall", grades=(0, 4))], True),
    "from grade 12": ([hall("Lake"), offered("Week", "Hall", grades=(12, 14))], True),
    "in college": ([hall("Lake"), offered("Week", "Hall", grades=(13, 14))], False),
}


@pytest.mark.parametrize(("rows", "is_near"), WITHIN_REACH.values(), ids=list(WITHIN_REACH))
def test_what_is_within_reach_of_a_county_and_its_neighbours(rows: list[SheetRow], is_near: bool) -> None:
    found = answer("unused_offers", a_map(*rows, of="Tehama"), county="Lake")
    assert [row.asset for row in found] == (["Week"] if is_near else [])


WEEK: list[SheetRow] = [hall("Lake"), offered("Week", "Hall")]
USES: dict[str, tuple[list[SheetRow], bool]] = {
    "a tie with the office": ([*WEEK, tied("Hall", "Lake COE")], True),
    "a tie with an office next door": ([*WEEK, tied("Glenn COE", "Hall")], True),
    "a tie with a district": ([*WEEK, tied("Konocti Unified", "Hall")], True),
    "a tie farther away": ([*WEEK, tied("Hall", "Tehama COE")], False),
    "a tie with a partner": ([*WEEK, tied("Hall", "Other Hall")], False),
    "a tie until today": ([*WEEK, tied("Hall", "Lake COE", LAST)], True),
    "a tie until yesterday": ([*WEEK, tied("Hall", "Lake COE", AFTER)], False),
    "a district lately": ([*WEEK, took_part("Konocti Unified", "2021-22")], True),
    "a district long ago": ([*WEEK, took_part("Konocti Unified", "2020-21")], False),
    "the office's, tied to its district": ([offered("Week", "Lake COE"), tied("Konocti Unified", "Lake COE")], False),
    "the office's, and its district": ([offered("Week", "Lake COE"), took_part("Konocti Unified", "2023-24")], True),
    "a district's, and it alone": ([offered("Week", "Konocti Unified", open_to=("Lake",)), took_part("Konocti Unified", "2023-24")], False),
    "a district's, tied to its office": ([offered("Week", "Konocti Unified", open_to=("Lake",)), tied("Konocti Unified", "Lake COE")], True),
}


@pytest.mark.parametrize(("rows", "is_used"), USES.values(), ids=list(USES))
def test_who_is_recorded_as_using_what_is_offered(rows: list[SheetRow], is_used: bool) -> None:
    found = answer("unused_offers", a_map(*rows), county="Lake")
    assert [row.asset for row in found] == ([] if is_used else ["Week"])


def test_a_tie_that_public_pages_tell_is_a_use() -> None:
    found = answer("unused_offers", a_map(*WEEK), public_pages(tied("Hall", "Lake COE")), county="Lake")
    assert found.rows == ()


def test_an_unused_offer_names_the_open_needs_that_it_could_meet() -> None:
    (row,) = answer("unused_offers", a_map(*NEEDS, *WEEK), county="Lake")
    assert row.needs == tuple(OPEN)
    assert row.reason == (
        "Hall, in or for Lake County, offers Week; nobody in Lake County or next to it is recorded as using it; "
        'it could meet: "begun", "no word" and 2 more; not recorded as open to this county.'
    )
    (its_own,) = answer("unused_offers", a_map(need("time"), offered("Week", "Lake COE")), county="Lake")
    assert its_own.needs == ()


@pytest.mark.parametrize(("grades", "needs"), [((0, 5), ()), ((3, 6), ("time",)), ((9, 12), ()), (None, ("time",))])
def test_an_unused_offer_reaches_the_grades_of_the_need(grades: tuple[int, int] | None, needs: tuple[str, ...]) -> None:
    said = a_map(need("time", grades=(6, 8)), hall("Lake"), offered("Week", "Hall", grades=grades))
    assert [row.needs for row in answer("unused_offers", said, county="Lake")] == [needs]


def test_an_unused_offer_of_public_pages_says_so() -> None:
    (row,) = answer("unused_offers", public_pages(offered("Week", "Hall", open_to=("Lake",), ends_on=day(2025, 6, 30))), county="Lake")
    assert row.reason == (
        "Hall, place not recorded, offers Week; nobody in Lake County or next to it is recorded as using it; "
        "open to this county; until June 30, 2025; known from public pages, as of January 15, 2025."
    )


JUNE = day(2025, 6, 30)
A_TIE, ENDS = tied("Hall", "Lake COE"), offered("Week", "Hall", ends_on=JUNE)
ON_ANYTHING = TieRow(from_name="Lake COE", to_name="Hall", how="member_of")
IN_SCIENCE = OfferingRow(title="Labs", provider="Hall", content_areas=("science",))
HELD: dict[str, tuple[list[SheetRow], list[tuple[Any, ...]]]] = {
    "one that ends": ([A_TIE, ENDS], [("Week", MATH, None)]),
    "one without an end": ([A_TIE, offered("Week", "Hall")], []),
    "one that has ended": ([A_TIE, offered("Week", "Hall", ends_on=AFTER)], []),
    "one that ends today": ([A_TIE, offered("Week", "Hall", ends_on=LAST)], [("Week", MATH, None)]),
    "two": ([A_TIE, ENDS, offered("Month", "Hall", ends_on=JUNE)], []),
    "another that has ended": ([A_TIE, ENDS, offered("Month", "Hall", ends_on=AFTER)], [("Week", MATH, None)]),
    "another that has not begun": ([A_TIE, ENDS, offered("Month", "Hall", starts_on=JUNE)], [("Week", MATH, None)]),
    "another in science": ([A_TIE, ENDS, IN_SCIENCE], [("Week", MATH, None)]),
    "a tie on nothing": ([ON_ANYTHING, ENDS], [("Week", (), None)]),
    "a tie on nothing, and another in science": ([ON_ANYTHING, ENDS, IN_SCIENCE], []),
    "two ties, one of them on nothing": ([A_TIE, ON_ANYTHING, ENDS, IN_SCIENCE], []),
    "a tie in science": ([TieRow(from_name="Hall", to_name="Lake COE", how="serves", content_areas=("science",)), ENDS], []),
    "a tie until today": ([tied("Hall", "Lake COE", LAST), ENDS], [("Week", MATH, LAST)]),
    "a tie until yesterday": ([tied("Hall", "Lake COE", AFTER), ENDS], []),
    "two ties, until the later": ([tied("Hall", "Lake COE", LAST), tied("Hall", "Lake COE", JUNE), ENDS], [("Week", MATH, JUNE)]),
    "a tie with an office next door": ([tied("Hall", "Glenn COE"), ENDS], []),
    "between offices": ([tied("Glenn COE", "Lake COE"), offered("Week", "Glenn COE", ends_on=JUNE)], []),
}


@pytest.mark.parametrize(("rows", "held"), HELD.values(), ids=list(HELD))
def test_what_rests_on_one_offering(rows: list[SheetRow], held: list[tuple[Any, ...]]) -> None:
    found = answer("ties_held_by_one_offering", a_map(*rows), county="Lake")
    assert [(row.asset, row.areas, row.tie_ends_on) for row in found] == held


def test_what_rests_on_one_offering_is_the_county_s_own_word() -> None:
    assert not answer("ties_held_by_one_offering", a_map(ENDS), public_pages(A_TIE), county="Lake")
    assert not answer("ties_held_by_one_offering", a_map(A_TIE, ENDS), public_pages(offered("Month", "Hall")), county="Lake")
    (row,) = answer("ties_held_by_one_offering", a_map(A_TIE, ENDS), county="Lake")
    assert row.reason == (
        "When Week ends on June 30, 2025, nothing else is recorded that Hall offers Lake County Office of Education on mathematics; "
        "the tie itself has no recorded end."
    )


def ending(number: int, last: day) -> list[SheetRow]:
    return [tied(f"Partner {number}", "Lake COE", last),
            offered(f"Asset {number}", "Lake COE", ends_on=last),
            offered(f"Paid {number}", "Lake COE", funder=("State",), funded_until=last)]  # fmt: skip


def test_the_first_and_the_last_day_of_a_span_are_in_it() -> None:
    days = [day(2025, 1, 31), day(2025, 2, 1), day(2025, 2, 14), day(2025, 2, 28), day(2025, 3, 1)]
    said = a_map(*(row for number, last in enumerate(days) for row in ending(number, last)))
    rows = answer("ending_between", said, county="Lake", **{"from": days[1], "to": days[3]})
    assert sorted((row.what, row.ends_on) for row in rows) == sorted(
        (what, last) for what in ("tie", "asset", "funding") for last in days[1:4]
    )


HERE, THERE = ("Lake",), ("Glenn",)
RELATIONS = {
    "its own, on the last day": ([offered("Week", "Lake COE", ends_on=LAST)], [], "own"),
    "its own, the day after": ([offered("Week", "Lake COE", ends_on=AFTER)], [], None),
    "open here": ([], [offered("Week", "Hall", open_to=HERE)], "open"),
    "open here until yesterday": ([], [offered("Week", "Hall", open_to=HERE, ends_on=AFTER)], None),
    "open there only": ([], [offered("Week", "Hall", open_to=THERE)], None),
    "open there and here": ([], [offered("Week", "Hall", open_to=(*HERE, *THERE))], "open"),
    "a partner's, open there only": ([tied("Hall", "Lake COE")], [offered("Week", "Hall", open_to=THERE)], None),
    "a partner's, open to nobody by name": ([tied("Hall", "Lake COE")], [offered("Week", "Hall")], "partner"),
    "on its map, open there only": ([offered("Week", "Hall", open_to=THERE)], [], None),
    "on its map": ([offered("Week", "Hall")], [], "mapped"),
}


@pytest.mark.parametrize(("own", "glenn", "relation"), RELATIONS.values(), ids=list(RELATIONS))
def test_what_a_county_can_use(own: list[SheetRow], glenn: list[SheetRow], relation: str | None) -> None:
    rows = answer("offerings_for", a_map(*own), a_map(*glenn, of="Glenn"), county="Lake")
    assert [row.relation for row in rows] == ([relation] if relation else [])


def kept(who: str, what: str, **more: Any) -> QuickstormRow:
    return QuickstormRow(who=who, what=what, content_areas=MATH, **more)


def test_each_county_of_a_table_counts_its_own_assets() -> None:
    table = a_table(Lake=[kept("Lake COE", "Coaching"), kept("Lake COE", "Old", ends_on=AFTER)],
                    Glenn=[kept("Glenn COE", "Lending"), kept("Hall", "Week", ends_on=LAST)])  # fmt: skip
    lake = [("Lake", "inside_coe", 1, ("Coaching",))]
    glenn = [("Glenn", "inside_coe", 1, ("Lending",)), ("Glenn", "outside_coe", 1, ("Week",))]
    for county, wanted in ((None, [*glenn, *lake]), ("Lake", lake), ("Glenn", glenn)):
        rows = answer("duration_by_scope", table, county=county)
        assert [(row.county, row.scope, row.assets, row.names) for row in rows] == wanted


@pytest.mark.parametrize(("ties", "connects"), [
    ([tied("Hall", "Lake COE")], []),
    ([tied("Hall", "Glenn COE")], []),
    ([tied("Hall", "Lake COE"), tied("Hall", "Glenn COE")], [("Hall", True)]),
    ([tied("Hall", "Lake COE", AFTER), tied("Hall", "Glenn COE", LAST)], [("Hall", False)]),
    ([tied("Hall", "Lake COE", LAST), tied("Hall", "Glenn COE", AFTER)], [("Hall", False)]),
    ([tied("Lake COE", "Glenn COE")], []),
], ids=["the first", "the second", "both", "the first once", "the second once", "no third"])  # fmt: skip
def test_a_connector_is_tied_to_both(ties: list[SheetRow], connects: list[tuple[str, bool]]) -> None:
    rows = answer("who_connects", a_map(*ties), a="Lake COE", b="Glenn COE")
    assert [(row.connector, row.is_current) for row in rows] == connects


@pytest.mark.parametrize(("writers", "count", "is_one_voice"), [
    ([None], 0, False), (["Ana"], 1, True), (["Ana", None, "Ana"], 1, True), (["Ana", "Bo"], 2, False),
])  # fmt: skip
def test_one_voice_is_one_writer_who_is_named(writers: list[str | None], count: int, is_one_voice: bool) -> None:
    said: Reading = a_map(*(kept("Hall", f"Week {number}", contributor=writer) for number, writer in enumerate(writers)))
    rows = answer("who_was_asked", said, county="Lake")
    assert {(row.contributors, row.is_one_voice) for row in rows} == {(count, is_one_voice)}
