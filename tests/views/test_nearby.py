"""What a map says beyond the county's own sheets: needs that something elsewhere could meet, and offers near that nobody uses."""

from __future__ import annotations

from collections.abc import Callable

from maps_of_rows import AS_OF, a_map
from opened_page import Opened

from assetgraph import build, draw_map, open_store
from assetgraph.model.sheets import NeedRow, OfferingRow, PartnerRow, TieRow
from assetgraph.views.draw import Page
from assetgraph.views.nearby import MOST_LISTED

MATH, HOSTILE = ("math",), "<img src=x onerror=alert(1)>"


def lake(offers: int = 1) -> Page:
    """Lake has a need that Glenn's library could meet, and a library that offers what nobody is recorded as using."""
    own = [NeedRow(whose="Lake COE", need=f"Algebra help {HOSTILE}", content_areas=MATH), PartnerRow(name="Shelves", home_county="Lake"),
           TieRow(from_name="Hall", to_name="Lake COE", how="partners_with", content_areas=MATH)]  # fmt: skip
    own += [OfferingRow(title=f"Quiet week {number}", provider="Shelves", content_areas=("science",)) for number in range(offers)]
    theirs = [PartnerRow(name="Glenn Library", home_county="Glenn"), OfferingRow(title=f"Algebra {HOSTILE}", provider="Glenn Library", content_areas=MATH)]
    with open_store(":memory:", write=True) as store:
        build(store, a_map(*own), a_map(*theirs, of="Glenn"), reference=False)

        return draw_map(store, "Lake", as_of=AS_OF)


def test_a_need_says_what_elsewhere_could_meet_it() -> None:
    view = lake().view
    (need,) = next(item.needs for item in view.items if item.group == "office")
    assert "nothing recorded that addresses it; elsewhere: Algebra" in need.note and "(Glenn Library, in or for Glenn County)" in need.note
    lists = {one.title: one for one in view.listings}
    met, unused, silent = (lists[title] for title in ("Needs, and what elsewhere is on the same content area", "Offered near, no use recorded",
                                                     "Not asked about yet"))  # fmt: skip
    assert "Glenn Library, in or for Glenn County, offers" in met.rows[0][1]
    assert {"Quiet week 0"} <= {name for name, _ in unused.rows}
    assert ("Tribal", "Mathematics, science and computer science: nobody asked.") in silent.rows


def test_a_long_list_says_how_much_more_there_is() -> None:
    unused = next(one for one in lake(MOST_LISTED + 5).view.listings if one.title == "Offered near, no use recorded")
    assert len(unused.rows) == MOST_LISTED and unused.more >= 5


def test_a_county_without_needs_or_offers_has_no_such_list() -> None:
    with open_store(":memory:", write=True) as store:
        build(store, a_map(TieRow(from_name="Hall", to_name="Lake COE", how="partners_with")), reference=False)
        page = draw_map(store, "Lake", as_of=AS_OF)
    assert [one.title for one in page.view.listings] == ["Not asked about yet"] and "Offered near" not in page.html.partition("<script")[0]


def test_the_list_shows_them_and_runs_nothing(open_page: Callable[..., Opened]) -> None:
    opened = open_page(lake())
    opened.page.click("#show-list")
    text = opened.page.inner_text("#list-view")
    assert "Needs, and what elsewhere is on the same content area" in text and "Offered near, no use recorded" in text and HOSTILE in text
    opened.page.click("#show-map")
    opened.choose("Lake County Office of Education")
    assert "elsewhere: Algebra" in opened.panel()
    opened.assert_quiet()
