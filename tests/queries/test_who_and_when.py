"""Who may be suggested, which needs are open, and what is current: the last day that counts and the first that does not."""

from __future__ import annotations

from datetime import date as day
from typing import Any

import pytest
from maps_of_rows import AS_OF, a_map, a_table, answer

from assetgraph.model.records import Reading
from assetgraph.model.sheets import NeedRow, OfferingRow, QuickstormRow, SheetRow, TieRow

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
