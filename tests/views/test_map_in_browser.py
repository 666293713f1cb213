"""The page in a real headless Chromium: what a person sees and does, and that nothing else happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_up_county import AS_OF, GAPS, big, small
from opened_page import Opened
from test_page import HOSTILE

from assetgraph.views.draw import Page, draw_map

pytestmark = pytest.mark.browser
Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def lake() -> Page:
    return draw_map(small().graph, "Lake", as_of=AS_OF, gaps=GAPS)


@pytest.fixture(scope="module")
def full() -> Page:
    return draw_map(big().graph, "Lake", as_of=AS_OF, gaps=GAPS)


def test_it_opens_on_what_the_county_has_and_gaps_come_second(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    text = opened.panel()
    assert (
        text.index("What Lake County has") < text.index(lake.view.opening) < text.index("4 gaps worth a call")
    )
    assert opened.page.is_visible("#map canvas")
    assert not opened.page.is_visible("#list-view")
    opened.assert_quiet()


def test_search_folds_accents_and_the_panel_groups_neighbours_by_relation(
    lake: Page, open_page: Open
) -> None:
    opened = open_page(lake)
    opened.page.fill("#find", "PENA sci")
    assert opened.page.locator("#found [role=option]").all_inner_texts()[0].startswith("Peña Science Center")
    opened.page.press("#find", "ArrowDown")
    assert opened.page.get_attribute("#find", "aria-activedescendant") == "found-0"
    opened.page.press("#find", "Enter")
    assert opened.page.locator("#panel h3").all_inner_texts() == [
        "Partners with (1)",
        "Offers (1)",
        "Member of (1)",
    ]
    text = opened.panel()
    assert "Peña Science Center partners with Lake County Office of Education." in text
    assert "Enduring; how we know: survey." in text
    assert "Lake COE asset map, plan A (as of May 3, 2026) · lake.xlsx, sheet Quickstorm, row" in text
    opened.page.click("#panel .pick:has-text('Lab kits')")
    assert opened.page.inner_text("#panel h2") == "Lab kits"
    opened.assert_quiet()


def test_other_spellings_are_found(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("psc")
    assert opened.page.inner_text("#panel h2") == "Peña Science Center"
    opened.page.fill("#find", "zzz")
    assert opened.page.inner_text("#found") == "No name like that on this map"


def test_the_address_holds_the_choice_and_back_goes_back(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("lab kits")
    first = opened.page.evaluate("location.hash")
    opened.choose("lesson study")
    assert opened.page.evaluate("location.hash") != first
    opened.page.go_back()
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'Lab kits'")
    opened.page.go_forward()
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'Lesson study'")
    again = open_page(lake, at=first)
    assert again.page.inner_text("#panel h2") == "Lab kits"
    strange = open_page(lake, at="#node=__proto__")
    assert "What Lake County has" in strange.panel()
    strange.assert_quiet()


def test_the_legend_filters(full: Page, open_page: Open) -> None:
    opened = open_page(full)
    opened.page.uncheck("input[data-group=lea]")
    links = list(full.view.links)
    leas = {item.id for item in full.view.items if item.group == "lea"}
    kept = [link for link in links if not {link.from_id, link.to_id} & leas]
    assert opened.page.inner_text("#says") == f"60 shapes and {len(kept)} lines shown"
    opened.page.check("input[data-group=lea]")
    assert opened.page.inner_text("#says") == f"72 shapes and {len(links)} lines shown"
    (key,) = [entry.key for entry in full.view.areas if entry.name == "Arts"]
    opened.page.select_option("#area", key)
    arts = [item for item in full.view.items if key in item.areas or item.group == "office"]
    ghosts = [ghost for ghost in full.view.ghosts if key in ghost.areas]
    assert opened.page.inner_text("#says").startswith(f"{len(arts) + len(ghosts)} shapes and ")
    opened.page.select_option("#area", "")
    opened.page.uncheck("input[data-style=unknown]")
    assert opened.page.inner_text("#says").endswith(
        f" and {sum(link.style != 'unknown' for link in links if not_asset(full, link, 'unknown'))} lines shown"
    )
    opened.choose("County Library")
    assert opened.page.inner_text("#panel h2") == "County Library"
    opened.assert_quiet()


def not_asset(page: Page, link: object, duration: str) -> bool:
    """Whether no end of a line is an asset of that duration (those go with the filter too)."""
    hidden = {item.id for item in page.view.items if item.duration == duration}
    return not {link.from_id, link.to_id} & hidden


def test_keys_move_open_and_clear(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.page.focus("#map")
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.inner_text("#says").startswith("Lake County Office of Education")
    opened.page.keyboard.press("ArrowUp")
    assert opened.page.inner_text("#says") == "Mathematics, Content area"
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#panel h2") == "Mathematics"
    opened.page.keyboard.press("Escape")
    assert "What Lake County has" in opened.panel()
    opened.assert_quiet()


def test_a_click_opens_a_shape_and_a_click_beside_clears(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    box = opened.page.locator("#map").bounding_box()
    opened.page.mouse.click(box["x"] + box["width"] / 2 + 8, box["y"] + box["height"] / 2 - 8)
    opened.page.wait_for_function(
        "document.querySelector('#panel h2').textContent.startsWith('Lake County Office')"
    )
    opened.page.mouse.click(box["x"] + 12, box["y"] + 12)
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent.startsWith('What Lake')")


def test_a_ghost_says_why(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.page.click("#panel .gap:has-text('Colleges and research')")
    text = opened.panel()
    assert "No college is named for computer science." in text
    assert "An example elsewhere" in text and "Hill Valley College" in text
    assert opened.page.locator("#panel .pick").all_inner_texts() == ["Computer science"]


def test_the_list_holds_everything_the_picture_does(full: Page, open_page: Open) -> None:
    opened = open_page(full)
    opened.page.click("#show-list")
    text = " ".join(opened.page.inner_text("#list-view").split())
    assert [item.name for item in full.view.items if item.name not in text] == []
    assert [ghost.name for ghost in full.view.ghosts if ghost.name not in text] == []
    assert [row.sentence for row in full.view.rows() if row.sentence not in text] == []
    places = [by.place for row in full.view.rows() for by in row.said_by]
    assert places and [place for place in places if place not in text] == []
    opened.page.click("#show-map")
    assert opened.page.is_visible("#map canvas")
    opened.assert_quiet()


def test_without_javascript_the_table_is_there(lake: Page, open_page: Open) -> None:
    opened = open_page(lake, js=False)
    assert opened.page.is_visible("#list-view table >> nth=0")
    assert not opened.page.is_visible("#map-view")
    assert not opened.page.is_visible("#show-list")
    assert len(opened.requests) == 1


def test_on_a_phone_nothing_is_wider_than_the_screen_and_sheets_open(full: Page, open_page: Open) -> None:
    opened = open_page(full, width=390, height=844)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    assert not opened.page.is_visible("#side")
    opened.page.click("#side-open")
    assert opened.page.is_visible("#find")
    opened.choose("County Library")
    assert opened.page.is_visible("#panel h2")
    assert not opened.page.is_visible("#side")
    opened.page.click("#panel .close")
    assert not opened.page.is_visible("#panel")
    opened.page.click("#strip")
    assert full.view.opening in opened.panel()
    opened.assert_quiet()


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_hostile_text_does_nothing(open_page: Open, edition: str) -> None:
    sketch = small()
    partner = type(sketch.graph.nodes["partner/pena-science-center"])
    for number, name in enumerate((*HOSTILE, "y" * 10_000)):
        node = sketch.add(
            partner, f"partner/x{number}", name, web=name, also_called=[name], notes=name, kind=name
        )
        sketch.say("PARTNERS_WITH", node, sketch.coe, areas=[name], notes=name, web=name, strength=3)
    opened = open_page(draw_map(sketch.graph, "Lake", as_of=AS_OF, edition=edition))
    for name in ("</script>", "__proto__", "onerror", "yyy", "constructor"):
        opened.choose(name)
        assert "What Lake" not in opened.panel()
        opened.page.hover("#map")
    opened.page.select_option("#area", index=5)
    opened.page.click("#show-list")
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.evaluate("document.querySelectorAll('script:not([type]), img[src]').length") == 3
    assert opened.page.evaluate("Object.keys(Object.prototype).length") == 0
    opened.assert_quiet()


def test_it_works_in_a_notebook_frame(lake: Page, open_page: Open) -> None:
    opened = open_page(f"<!doctype html><html data-ready=yes><body>{lake._repr_html_()}</body></html>")
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.locator("#find").fill("lab")
    frame.locator("#find").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "Lab kits"
    assert opened.messages == [] and opened.errors == []


def test_the_picture_can_be_saved(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    with opened.page.expect_download() as waiting:
        opened.page.click("#save")
    assert waiting.value.suggested_filename == "lake-map.png"
    opened.assert_quiet()
