"""The last day that counts and the first that does not, and whose words count: the gap grid, districts, kinds of partner."""

from __future__ import annotations

from datetime import date as day
from typing import Any

import pytest
from maps_of_rows import a_directory, a_map, a_table, answer, public_pages

from assetgraph.model.records import Reading
from assetgraph.model.sheets import (
    AskedRow,
    DirectoryRow,
    IndicatorRow,
    OfferingRow,
    PartnerRow,
    QuickstormRow,
    ReachRow,
    SheetRow,
    TieRow,
)

MATH = ("math",)
CODE = "17640220000000"
KONOCTI = DirectoryRow(cds=CODE, name="Konocti Unified", county="Lake", kind="unified", status="Active")


def library(name: str, ends_on: day | None = None) -> list[SheetRow]:
    return [PartnerRow(name=name, partner_kind="library", home_county="Lake"),
            TieRow(from_name=name, to_name="Lake COE", how="partners_with", content_areas=MATH, ends_on=ends_on)]  # fmt: skip


def cell(family: str, *readings: Reading, county: str = "Lake") -> Any:
    (row,) = [row for row in answer("gap_grid", *readings, county=county, area="math") if row.family == family]
    return row


# 180 days after January 15, 2025 is July 14.
@pytest.mark.parametrize(("last", "state", "soon"), [
    (day(2025, 7, 14), "fragile", 2),
    (day(2025, 7, 15), "covered", 1),
])  # fmt: skip
def test_a_tie_ends_soon_up_to_its_180th_day(last: day, state: str, soon: int) -> None:
    row = cell("museums_libraries_arts", a_map(*library("One", day(2025, 7, 14)), *library("Two", last)))
    assert (row.state, row.ties, row.ending_soon) == (state, 2, soon)


@pytest.mark.parametrize(("last", "state"), [(day(2025, 1, 15), "fragile"), (day(2025, 1, 14), "not_asked")])
def test_a_tie_holds_on_its_last_day_and_not_the_day_after(last: day, state: str) -> None:
    assert cell("museums_libraries_arts", a_map(*library("One", last))).state == state


NETWORK = PartnerRow(name="State Network", partner_kind="network", home_county="Fresno")
SERVES = TieRow(from_name="State Network", to_name="Lake County", how="serves", content_areas=MATH)
SERVES_ALL = TieRow(from_name="State Network", to_name="Lake County", how="serves")
TALKS = OfferingRow(title="Talks", provider="State Network", content_areas=MATH)
OPEN_TALKS = OfferingRow(title="Talks", provider="State Network", content_areas=MATH, open_to=("statewide",))
ON_PAPER = {
    "a service": ([SERVES], [], True),
    "a service from public pages": ([], [SERVES], False),
    "a service and what it offers": ([SERVES_ALL, TALKS], [], True),
    "a service, and offers from public pages": ([SERVES_ALL], [TALKS], False),
    "an open offering": ([OPEN_TALKS], [], True),
    "an open offering from public pages": ([], [OPEN_TALKS], False),
    "an offering that public pages call open": ([TALKS], [OPEN_TALKS], False),
}


@pytest.mark.parametrize(("own", "public", "counts"), ON_PAPER.values(), ids=list(ON_PAPER))
def test_only_a_county_s_own_word_puts_a_service_on_paper(own: list[SheetRow], public: list[SheetRow], counts: bool) -> None:
    said = (a_map(NETWORK, *own), public_pages(NETWORK, *public))
    row = cell("professional_learning_and_networks", *said)
    assert (row.state, row.on_paper) == (("on_paper", ("State Network",)) if counts else ("not_asked", ()))
    (district,) = answer("unreached_leas", *said, a_directory(KONOCTI), county="Lake", area="math")
    assert district.state == ("on_paper" if counts else "not_asked")


def test_what_one_county_of_a_table_asked_another_did_not() -> None:
    everyone = AskedRow(content_areas=MATH, partner_kind="all", asked="yes")
    table = a_table(Lake=library("One"), Glenn=[everyone])
    assert cell("tribal", table, county="Glenn").state == "nobody"
    assert cell("tribal", table, county="Lake").state == "not_asked"


def unreached(*readings: Reading) -> list[Any]:
    return list(answer("unreached_leas", *readings, a_directory(KONOCTI), county="Lake", area="math"))


@pytest.mark.parametrize(("last", "is_reached"), [(day(2022, 1, 15), True), (day(2022, 1, 14), False)])
def test_taking_part_counts_for_three_years_to_the_day(last: day, is_reached: bool) -> None:
    took_part = QuickstormRow(who="Lake COE", what="Institute", content_areas=MATH, ends_on=last, leas=("Konocti Unified",))
    assert (unreached(a_map(took_part)) == []) is is_reached


@pytest.mark.parametrize(("written", "is_reached"), [(day(2022, 1, 15), True), (day(2022, 1, 14), False)])
def test_a_yes_counts_for_three_years_to_the_day(written: day, is_reached: bool) -> None:
    yes = ReachRow(lea="Konocti Unified", answers=(("math", "yes"),))
    assert (unreached(a_map(yes, as_of=written)) == []) is is_reached


@pytest.mark.parametrize(("year", "is_reached"), [("2024-25", True), ("2025-26", False)])
def test_a_yes_for_a_year_that_has_not_begun_reaches_nobody(year: str, is_reached: bool) -> None:
    assert (unreached(a_map(ReachRow(lea="Konocti Unified", answers=(("math", "yes"),), year=year))) == []) is is_reached


def test_a_county_wide_service_is_said_before_a_no() -> None:
    no = ReachRow(lea="Konocti Unified", answers=(("math", "no"),))
    for_all = QuickstormRow(who="Lake COE", what="Lending", content_areas=MATH, leas=("all",))
    assert [row.state for row in unreached(a_map(no))] == ["no"]
    assert [row.state for row in unreached(a_map(no, for_all))] == ["on_paper"]


def figure(value: float, year: str | None, group: str | None = None) -> IndicatorRow:
    return IndicatorRow(cds=CODE, measure="unduplicated_pct", value=value, year=year, group=group)


FIGURES = {
    "the newest year": ([figure(50, "2022-23"), figure(60, "2023-24"), figure(40, "2021-22")], (60, "2023-24")),
    "no student group": ([figure(50, "2022-23"), figure(90, "2023-24", "English learners")], (50, "2022-23")),
    "dated before undated": ([figure(99, None), figure(50, "2022-23")], (50, "2022-23")),
    "undated where no other is": ([figure(99, None)], (99, None)),
    "a student group alone is none": ([figure(90, "2023-24", "English learners")], (None, None)),
}


@pytest.mark.parametrize(("figures", "shown"), FIGURES.values(), ids=list(FIGURES))
def test_which_figure_a_district_is_shown_with(figures: list[IndicatorRow], shown: tuple[Any, ...]) -> None:
    (row,) = unreached(a_directory(*figures, name="figures"))
    assert (row.value, row.year) == shown


@pytest.mark.parametrize(("said", "is_held"), [
    (a_map(*library("One")), True),
    (a_map(*library("One", day(2025, 1, 15))), True),
    (a_map(*library("One", day(2025, 1, 14))), False),
    (public_pages(*library("One")), False),
], ids=["current", "last day", "ended", "public pages"])  # fmt: skip
def test_a_kind_is_held_by_a_current_tie_of_the_county_s_own(said: Reading, is_held: bool) -> None:
    missing = {row.kind for row in answer("missing_partner_kinds", said, county="Lake")}
    assert "tribal_organization" in missing
    assert ("library" not in missing) is is_held
