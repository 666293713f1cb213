"""A phone: fingers, and a processor four times slower; and what comes out of a printer."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from made_up_county import AS_OF, GAPS, big, small
from maps_of_rows import AS_OF as DAY
from maps_of_rows import a_map
from opened_page import Opened, letting_in

from assetgraph import build, draw_state_map, open_store
from assetgraph.model.sheets import TieRow
from assetgraph.views.draw import draw_map

Open = Callable[..., Opened]
PHONE = {"width": 390, "height": 844, "touch": True, "slower": 4}
WHERE = """var item = items.find(function (one) { return one.name === window.wanted; }), box = stage.getBoundingClientRect(), at = onScreen(item);
    return { x: box.left + at.x, y: box.top + at.y, size: sizeOf(item) * network.getScale(), scale: network.getScale() };"""


def where(opened: Opened, name: str) -> dict[str, float]:
    """Where a shape is on the screen, how large, and how far the picture is zoomed."""
    found = opened.page.evaluate("name => { window.wanted = name; return window.where(); }", name)
    return {key: float(value) for key, value in found.items()}


def pinched_apart(opened: Opened) -> None:
    session = opened.page.context.new_cdp_session(opened.page)
    for apart in range(9):
        points = [{"x": 150 - apart * 10, "y": 400, "id": 0}, {"x": 240 + apart * 10, "y": 400, "id": 1}]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if apart else "touchStart", "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    opened.page.wait_for_timeout(300)


@pytest.fixture(scope="module")
def lake() -> str:
    return letting_in(draw_map(small().graph, "Lake", as_of=AS_OF, gaps=GAPS).html, "where", WHERE)


def test_a_finger_may_miss_a_shape_by_twenty_pixels(lake: str, open_page: Open) -> None:
    opened = open_page(lake, **PHONE)
    at = where(opened, "Kelseyville Unified")
    opened.page.touchscreen.tap(at["x"], at["y"] - at["size"] - 12)
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'Kelseyville Unified'")
    assert opened.page.is_visible("#panel")
    opened.page.tap("#panel .close")
    opened.page.touchscreen.tap(at["x"], at["y"] - at["size"] - 40)
    assert not opened.page.is_visible("#panel"), "forty pixels away is beside it"
    opened.assert_quiet()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)], ids=["upright", "turned"])
def test_what_is_chosen_is_beside_the_sheet_and_the_picture_comes_back(lake: str, open_page: Open, width: int, height: int) -> None:
    opened = open_page(lake, width=width, height=height, touch=True)
    rest = where(opened, "Lab kits")
    for name in ("Kelseyville Unified", "Peña Science Center", "Computer science"):
        opened.page.tap("#side-open")
        opened.choose(name)
        opened.page.wait_for_timeout(100)
        at, sheet = where(opened, name), opened.page.locator("#panel").bounding_box()
        assert 0 < at["x"] < width and 0 < at["y"] < height, name
        assert at["y"] + at["size"] < sheet["y"] or at["x"] + at["size"] < sheet["x"], name
        opened.page.tap("#panel .close")
        opened.page.wait_for_timeout(100)
        assert where(opened, "Lab kits") == rest, "nobody moved it but the page"
    opened.assert_quiet()


def test_two_fingers_zoom(lake: str, open_page: Open) -> None:
    opened = open_page(lake, **PHONE)
    before = where(opened, "Kelseyville Unified")
    pinched_apart(opened)
    after = where(opened, "Kelseyville Unified")
    assert after["scale"] > before["scale"] * 1.3 and after["size"] < before["size"] * 1.5, "distances grow far more than shapes"
    opened.assert_quiet()


def test_on_a_slow_phone_a_county_is_opened_searched_and_left(open_page: Open) -> None:
    ties = [TieRow(from_name=f"Partner {n}", to_name="Lake COE", how="partners_with", content_areas=("math",)) for n in range(120)]
    with open_store(":memory:", write=True) as store:
        build(store, a_map(*ties), a_map(ties[0].model_copy(update={"to_name": "Glenn COE"}), of="Glenn"), reference=False)
        html = draw_state_map(store, as_of=DAY, counties=["Lake", "Glenn"]).html
    opened = open_page(html, **PHONE)
    points = opened.page.evaluate("JSON.parse(document.getElementById('view-data').textContent).points")
    corner = "(one => [one.e, one.f, one.a])(document.getElementById('state').getScreenCTM())"
    left, top, scale = opened.page.evaluate(corner)
    opened.page.touchscreen.tap(left + points["Lake"][0] * scale + 12, top + points["Lake"][1] * scale)
    opened.wait_for_county("Lake")
    opened.page.tap("#back")
    opened.page.tap("#zoom-in")
    _, _, nearer = opened.page.evaluate(corner)
    assert nearer > scale * 1.5, "the counties with a map are nearer"
    opened.page.tap("#zoom-fit")
    assert opened.page.evaluate(corner) == [left, top, scale]
    box = opened.page.locator("[data-county=Lake]").bounding_box()
    opened.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    opened.wait_for_county("Lake")
    opened.page.tap("#side-open")
    opened.choose("Partner 77")
    assert "Partner 77 partners with Lake County Office of Education." in opened.panel()
    opened.page.tap("#panel .close")
    opened.page.tap("#back")
    opened.page.wait_for_function("document.documentElement.dataset.in === 'state'")
    opened.assert_quiet()


@pytest.mark.parametrize(("at", "said"), [
    ("", ["Lake County: assets and partners", "County Library", "What ties them"]), ("#view=list", ["What ties them"]), ("#view=timeline", ["what starts and what ends"]),
])  # fmt: skip
def test_what_comes_out_of_a_printer(open_page: Open, at: str, said: list[str]) -> None:
    """In print the picture and its tables are there, and nothing to press."""
    opened = open_page(draw_map(big().graph, "Lake", as_of=AS_OF, gaps=GAPS), at=at)
    printed = opened.page.pdf(format="Letter", landscape=True)
    pages = len(re.findall(rb"/Type\s*/Page[^s]", printed))
    assert printed.startswith(b"%PDF") and 1 <= pages < 25
    opened.page.emulate_media(media="print")
    shown = opened.page.evaluate("document.body.innerText") + " ".join(
        opened.page.evaluate("Array.from(document.querySelectorAll('svg text')).filter(one => one.getClientRects().length).map(one => one.textContent)"))  # fmt: skip
    assert all(text in shown for text in said)
    assert opened.page.evaluate("Array.from(document.querySelectorAll('button')).filter(one => one.getClientRects().length).length") == 0
