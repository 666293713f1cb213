"""What the gap cards of a map say, from a workbook whose gaps were worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from assetgraph import build, draw_map, open_store, read_files
from assetgraph.views.atlas import Atlas
from assetgraph.views.county_map import gaps_of
from assetgraph.views.map_view import Gap, MapView

AS_OF = date(2026, 11, 22)
SHEETS = {
    "Read me": [["Map of", "Lake COE"], ["Counties", "Lake"], ["As of", "2026-11-22"]],
    "Ties": [
        ["From", "To", "How", "Content areas", "Until"],
        ["Eta Church", "Lake COE", "partners with", "Mathematics", None],
        ["Lower Library", "Lake COE", "partners with", "Mathematics; Science; Computer science", None],
        ["Upper Library", "Lake COE", "partners with", "Mathematics; Science; Computer science", None],
        ["Lake Tribe", "Lake COE", "partners with", "Mathematics", "2026-12-31"],
        ["Hill Tribe", "Lake COE", "partners with", "Mathematics; Science", "2026-12-31"],
        ["Farm Bureau", "Lake County", "serves", "Science", None],
    ],
    "Partners": [
        ["Name", "Kind of partner"],
        ["Eta Church", "Faith-based organization"], ["Lower Library", "Library"], ["Upper Library", "Library"],
        ["Lake Tribe", "Tribe"], ["Hill Tribe", "Tribe"], ["Farm Bureau", "Employer"],
    ],
    "Asked about": [
        ["Content area", "Kind of partner", "Asked"],
        ["Science", "Faith-based", "yes"], ["Mathematics", "College or university", "yes"], ["Computer science", None, "yes"],
    ],
}  # fmt: skip


def read(path: Path, sheets: dict[str, list[list[str | None]]], *, reference: bool) -> tuple[Sequence[Gap], MapView]:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    reading = read_files([path])
    assert reading.refused == 0
    with open_store(":memory:") as store:
        build(store, reading, reference=reference)
        return gaps_of(Atlas(store, as_of=AS_OF), "Lake"), draw_map(store, "Lake", as_of=AS_OF).view


@pytest.fixture
def cards(tmp_path: Path) -> dict[str, Gap]:
    gaps, _ = read(tmp_path / "lake.xlsx", SHEETS, reference=True)
    assert len({gap.family for gap in gaps}) == len(gaps)
    return {gap.family: gap for gap in gaps}


def test_each_area_is_said_as_it_is(cards: dict[str, Gap]) -> None:
    assert {family: cards[family].reason for family in ("faith_based", "tribal", "employers_agencies_funders")} == {
        "faith_based": "Science: asked, nobody recorded. Mathematics: one current tie (Eta Church). "
                       "Computer science: nobody asked.",
        "tribal": "Mathematics: 2 current ties (Hill Tribe and Lake Tribe), all ending within 180 days. "
                  "Science: one current tie (Hill Tribe), which ends within 180 days. Computer science: nobody asked.",
        "employers_agencies_funders": "Science: only county-wide or statewide service (Farm Bureau). "
                                      "Mathematics and computer science: nobody asked.",
    }  # fmt: skip
    assert cards["faith_based"].areas == ("math", "science"), "where nobody asked there is no gap"


def test_a_family_about_which_nobody_asked_is_no_gap_but_is_listed_as_such(tmp_path: Path) -> None:
    gaps, view = read(tmp_path / "lake.xlsx", SHEETS, reference=True)
    assert "colleges_and_research" not in {gap.family for gap in gaps}
    listing = next(one for one in view.listings if one.title == "Not asked about yet")
    assert dict(listing.rows)["Colleges and research"] == (
        "Mathematics: asked only about college or university; nobody asked about the rest. "
        "Science and computer science: nobody asked."
    )
    assert not {name for name, _ in listing.rows} & {gap.family_name for gap in gaps}


def test_a_family_that_is_covered_in_all_three_is_no_gap(cards: dict[str, Gap]) -> None:
    assert "museums_libraries_arts" not in cards


def test_a_covered_area_is_left_out_of_the_card(tmp_path: Path) -> None:
    sheets = {**SHEETS, "Ties": [row for row in SHEETS["Ties"] if row[0] != "Upper Library"]}
    sheets["Ties"].append(["Upper Library", "Lake COE", "partners with", "Mathematics; Science", None])
    gaps, _ = read(tmp_path / "lake.xlsx", sheets, reference=False)
    (libraries,) = [gap for gap in gaps if gap.family == "museums_libraries_arts"]
    assert (libraries.areas, libraries.reason) == (
        ("computer_science",), "Computer science: one current tie (Lower Library)."
    )  # fmt: skip


def test_a_gap_names_who_could_be_asked_why_and_where_that_stands(tmp_path: Path) -> None:
    asked = [*SHEETS["Asked about"], ["Science", "all", "yes"]]
    gaps, view = read(tmp_path / "lake.xlsx", {**SHEETS, "Asked about": asked}, reference=True)
    college = next(gap for gap in gaps if gap.family == "colleges_and_research")
    names = [name for name, _ in college.could_ask]
    assert 1 <= len(names) <= 3 and len(set(names)) == len(names) and college.example is None
    assert all(why.startswith("Science. ") and "Sources: public pages (January 15, 2025)." in why for _, why in college.could_ask)
    listing = next(one for one in view.listings if one.title == "Who could be asked about science")
    assert names[0] in dict(listing.rows) and listing.more > 0
    ghost = next(ghost for ghost in view.ghosts if ghost.name == college.family_name)
    assert ghost.reasons[0].could_ask == college.could_ask


def test_who_is_in_the_cell_already_is_not_the_one_to_ask(tmp_path: Path) -> None:
    ties = [*SHEETS["Ties"], ["Alpha Church", "Konocti Unified", "partners with", "Science", None],
            ["Beta Church", "Kelseyville Unified", "partners with", "Mathematics", None]]  # fmt: skip
    partners = [*SHEETS["Partners"], ["Alpha Church", "Faith-based organization"], ["Beta Church", "Faith-based organization"]]
    gaps, _ = read(tmp_path / "lake.xlsx", {**SHEETS, "Ties": ties, "Partners": partners}, reference=False)
    church = next(gap for gap in gaps if gap.family == "faith_based")
    assert "one current tie (Alpha Church)" in church.reason and "Alpha Church" not in dict(church.could_ask)


def test_what_would_be_lost_stands_in_the_panel_of_a_partner_and_in_the_list(tmp_path: Path) -> None:
    _, view = read(tmp_path / "lake.xlsx", SHEETS, reference=False)
    church = next(item for item in view.items if item.name == "Eta Church")
    lost = next(line.text for line in church.details if line.name == "If it left")
    assert lost == "Without it 1 cell of the gap grid would fall back, in Lake."
    listing = next(one for one in view.listings if one.title == "What would be lost without a partner")
    assert dict(listing.rows)["Eta Church"] == lost


def test_an_example_from_public_pages_says_so_with_its_day(tmp_path: Path) -> None:
    asked = [*SHEETS["Asked about"], ["Science", "all", "yes"]]
    gaps, _ = read(tmp_path / "lake.xlsx", {**SHEETS, "Asked about": asked}, reference=True)
    examples = [gap for gap in gaps if gap.example]
    assert all(gap.example_sentence == "Known from public pages, as of January 15, 2025." and not gap.could_ask for gap in examples)
    assert "Farm Bureau (employer, Lake County)" not in {gap.example for gap in examples}


def test_an_area_is_asked_about_only_where_kinds_of_partner_were(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in SHEETS.items() if name not in ("Ties", "Partners")}
    sheets["Quickstorm"] = [["Who", "What", "Content area"], ["Library", "Story hour", "Mathematics"]]
    _, view = read(tmp_path / "lake.xlsx", sheets, reference=False)
    assert view.opening == (
        "Lake County's map names 1 partner and 1 asset. Counted in each of their areas: 2 in mathematics, none in science and computer science blank; "
        "blank means not recorded."
    )
    by = "Lake County Office of Education asset map (as of November 22, 2026)"
    assert view.not_asked == (
        f"Mathematics was asked about: {by}",
        f"Science was asked about: {by}",
        f"Computer science: it is not recorded which kinds of partner were asked about: {by}",
    )
