"""The address says all that is shown, and what is saved or printed is what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up_county import AS_OF, GAPS, small
from opened_page import Opened

from assetgraph.views.draw import Page, draw_map

Open = Callable[..., Opened]
LIT, PALE = 'stroke="#0b57b0"', 'opacity="0.16"'


@pytest.fixture(scope="module")
def lake() -> Page:
    return draw_map(small().graph, "Lake", as_of=AS_OF, gaps=GAPS, licence="CC BY 4.0", sample_note="A sample " + "said at length " * 12)


def shown(opened: Opened) -> dict[str, object]:
    """What can be seen of a page: its filters, panel, view and address."""
    page = opened.page
    boxes = page.evaluate("Array.from(document.querySelectorAll('#side input[type=checkbox]'), one => [one.dataset.group || one.dataset.style, one.checked])")
    lists = {name: page.input_value(f"#{name}") for name in ("area", "scope", "grades", "as-of")}
    return {"boxes": boxes, "lists": lists, "panel": opened.panel(), "class": page.evaluate("document.documentElement.className"),
            "note": page.is_visible("#day-note"), "hash": page.evaluate("location.hash")}  # fmt: skip


def test_an_address_opens_what_it_was_copied_from(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    steps: list[Callable[[], object]] = [
        lambda: opened.page.uncheck("input[data-group=lea]"), lambda: opened.page.uncheck("input[data-style=ended]"),
        lambda: opened.page.select_option("#area", index=2), lambda: opened.page.select_option("#scope", "outside_coe"),
        lambda: opened.page.select_option("#grades", "6,8"), lambda: opened.page.fill("#as-of", "2027-03-01"), lambda: opened.choose("Peña"),
        lambda: opened.page.click("#panel button:has-text('3 steps')"),
        lambda: opened.page.select_option("#path-to", label="Lake County Office of Education"), lambda: opened.page.click("#show-timeline"),
    ]  # fmt: skip
    for number, step in enumerate(steps):
        step()
        again = open_page(lake, at=opened.page.evaluate("location.hash"))
        assert shown(again) == shown(opened), number
    address = opened.page.evaluate("location.hash")
    for part in ("view=timeline", "node=n", "to=n", "steps=3", "area=a", "scope=outside_coe", "grades=6%2C8", "on=2027-03-01", "hide=lea.ended"):
        assert part in address, part
    opened.assert_quiet()


@pytest.mark.parametrize("address", [
    "#on=2025-99-99", "#on=0001-01-01", "#on=x", "#area=a99", "#area=constructor", "#scope=__proto__", "#grades=1", "#hide=__proto__.constructor", "#steps=99999",
    "#node=constructor", "#to=n1", "#view=__proto__", "#view=constructor", "#%E0%A4%A", "#node=%E0%A4%A",
])  # fmt: skip
def test_an_address_that_means_nothing_shows_the_map_at_rest(lake: Page, open_page: Open, address: str) -> None:
    rest, opened = open_page(lake), open_page(lake, at=address)
    assert opened.page.locator("#map").screenshot() == rest.page.locator("#map").screenshot()
    assert {**shown(opened), "hash": ""} == {**shown(rest), "hash": ""}
    opened.assert_quiet()


def test_what_is_chosen_stays_chosen_only_while_it_is_shown(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("North Coast STEM Network")
    opened.page.select_option("#path-to", label="Upper Lake Unified")
    opened.page.uncheck("input[data-group=asset]")
    assert "No way is recorded among what is shown" in opened.panel(), "the way led over an asset"
    opened.page.uncheck("input[data-group=network]")
    assert opened.page.inner_text("#panel h2") == "What Lake County has" and "node=" not in opened.page.evaluate("location.hash")
    opened.choose("North Coast STEM Network")
    assert opened.page.is_checked("input[data-group=network]") and "hide" not in opened.page.evaluate("location.hash"), "asked for by name, it is shown"
    assert opened.page.inner_text("#says").endswith("Filters are taken away, so that it can be shown")


def test_focus_stays_where_one_is(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("North Coast STEM Network")
    opened.page.focus("#panel button:has-text('2 steps')")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("document.activeElement.textContent") == "2 steps"
    opened.page.focus("#path-to")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.evaluate("document.activeElement.id") == "path-to"
    length = opened.page.evaluate("history.length")
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.evaluate("history.length") == length, "another end takes the place of the one before"


def test_back_to_nothing_chosen_closes_the_sheet_of_a_phone(lake: Page, open_page: Open) -> None:
    opened = open_page(lake, width=390, height=844)
    opened.page.click("#side-open")
    opened.choose("Peña")
    assert opened.page.is_visible("#panel")
    opened.page.go_back()
    opened.page.wait_for_function("!location.hash.includes('node')")
    assert not opened.page.is_visible("#panel")


def svg(opened: Opened) -> str:
    with opened.page.expect_download() as waiting:
        opened.page.click("#save-svg")
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def test_what_is_saved_is_the_still_at_rest_and_else_what_is_on_the_screen(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    rest = svg(opened)
    assert "Upper Lake Unified" in rest and LIT not in rest and 'width="1200"' in rest
    opened.choose("North Coast STEM Network")
    chosen = svg(opened)
    assert ">Lake County: North Coast STEM Network</text>" in chosen and chosen.count(LIT) == 1 and chosen.count('stroke="#1c2434" stroke-width="3"') == 1 and chosen.count(PALE) == 12 + 4, "of 14 all but two, and four gaps"
    opened.page.keyboard.press("Escape")
    assert svg(opened) == rest
    opened.page.uncheck("input[data-group=lea]")
    opened.page.fill("#as-of", "2027-03-01")
    filtered = svg(opened)
    assert "Shown: for 2027-03-01 (sentences are for November 22, 2026); without District or other LEA" in filtered
    opened.page.click("#day-back")
    assert "Upper Lake" not in filtered.partition("<title>")[2] and "Lab kits" in filtered and LIT not in filtered
    opened.page.check("input[data-group=lea]")
    assert svg(opened) == rest
    opened.page.click("#zoom-in")
    zoomed = svg(opened)
    assert zoomed != rest and 'width="1200"' not in zoomed
    opened.page.click("#zoom-fit")
    assert svg(opened) == rest


def test_what_is_printed_is_what_would_be_saved_and_then_all_is_as_before(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    box = "document.getElementById('still').innerHTML"
    before = opened.page.evaluate(box)
    opened.choose("North Coast STEM Network")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    printed = opened.page.evaluate(box)
    assert "Lake County: North Coast STEM Network" in printed and printed.count(LIT) == 1
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert opened.page.evaluate(box) == before and before.startswith("<svg")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_saved_picture_says_whole_what_it_is(lake: Page, open_page: Open, width: int) -> None:
    opened = open_page(lake, width=width, height=844)
    opened.page.evaluate("location.hash = '#node=n9'")
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent !== 'What Lake County has'")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.evaluate("document.getElementById('still').style.display = 'block'")
    texts = opened.page.evaluate("""Array.from(document.querySelectorAll('#still > svg > text'), one => [one.textContent, one.getBBox().x + one.getBBox().width,
        one.getBBox().y + one.getBBox().height])""")
    size = opened.page.evaluate("(box => [box.width, box.height])(document.querySelector('#still svg').viewBox.baseVal)")
    said = " ".join(text for text, *_ in texts)
    for line in ("from Lake COE asset map, plan A (May 3, 2026)", "Public edition: private notes, contacts, power and interest are left out", "CC BY 4.0", "at length"):
        assert line in said
    assert re.search(r"(said at length ){11}said at length", said), "wrapped, not cut"
    assert all(right <= size[0] and low <= size[1] for _, right, low in texts)
