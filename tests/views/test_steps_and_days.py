"""What is lit around a shape, the way between two, and the filters by grade and by day, as they are clicked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from made_up_county import AS_OF, GAPS, small
from opened_page import Opened

from assetgraph.views.draw import Page, draw_map

Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def lake() -> Page:
    return draw_map(small().graph, "Lake", as_of=AS_OF, gaps=GAPS)


def says(opened: Opened) -> str:
    return str(opened.page.inner_text("#says"))


def test_one_two_and_three_steps_are_lit(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("North Coast STEM Network")
    lit = []
    for steps in ("1 step", "2 steps", "3 steps"):
        opened.page.click(f"#panel .steps button:has-text('{steps}')")
        assert opened.page.get_attribute(f"#panel .steps button:has-text('{steps}')", "aria-pressed") == "true"
        lit.append(int(says(opened).split()[0]))
    # The network and its member; then the office and the lab kits; then what these touch.
    assert lit[:2] == [2, 4] and lit[2] > 4
    opened.assert_quiet()


def test_the_way_between_two_is_lit_told_and_in_the_address(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("North Coast STEM Network")
    opened.page.select_option("#path-to", label="Upper Lake Unified")
    names = opened.page.locator("#panel .hops > li > .pick").all_inner_texts()
    assert names == ["Peña Science Center", "Lab kits", "Upper Lake Unified"]
    assert "Peña Science Center is a member of" in opened.panel() or "North Coast STEM Network has" in opened.panel()
    assert "Lake COE asset map, plan A (as of May 3, 2026) · lake.xlsx, sheet Quickstorm, row " in opened.panel()
    address = opened.page.evaluate("location.hash")
    again = open_page(lake, at=address)
    assert again.page.locator("#panel .hops > li > .pick").all_inner_texts() == names
    opened.page.go_back()
    opened.page.wait_for_function("!document.querySelector('#panel .hops')")
    assert opened.page.inner_text("#panel h2") == "North Coast STEM Network"
    opened.assert_quiet()


def test_where_no_way_is_recorded_it_is_said(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)
    opened.choose("North Coast STEM Network")
    opened.page.select_option("#path-to", label="Lucerne Unified")
    assert "No way is recorded among what is shown; blank means not recorded." in opened.panel()


def test_grades_hide_what_is_recorded_for_others_and_nothing_else(lake: Page, open_page: Open) -> None:
    graph = small().graph
    asset = graph.nodes["asset/lesson-study--coe-lake"]
    graph.nodes[asset.id] = asset.model_copy(update={"grade_low": 9, "grade_high": 12})
    page = draw_map(graph, "Lake", as_of=AS_OF)
    opened = open_page(page)
    opened.page.select_option("#grades", label="Up to grade 5")
    assert says(opened).startswith(f"{len(page.view.items) - 1} shapes")
    opened.page.select_option("#grades", label="Grades 9 to 12")
    assert says(opened).startswith(f"{len(page.view.items)} shapes")


def test_another_day_redraws_what_had_begun_and_what_has_ended(lake: Page, open_page: Open) -> None:
    opened = open_page(lake)

    def on(day: date) -> dict[str, str | None]:
        opened.page.fill("#as-of", day.isoformat())
        opened.page.dispatch_event("#as-of", "change")
        return {"says": says(opened), "note": opened.page.is_visible("#day-note")}

    lesson = next(item for item in lake.view.items if item.name == "Lesson study")
    assert (lesson.starts_on, lesson.ends_on) == (date(2025, 1, 10), date(2025, 6, 10))
    shapes = len(lake.view.items) + len(lake.view.ghosts)
    assert on(date(2024, 1, 1)) == {"says": on(date(2024, 1, 1))["says"], "note": True}
    assert says(opened).startswith(f"{shapes - 1} shapes"), "lesson study has not begun"
    assert on(date(2025, 3, 1))["says"].startswith(f"{shapes} shapes")
    opened.page.uncheck("input[data-style=ended]")
    assert says(opened).startswith(f"{shapes} shapes"), "it runs on that day"
    assert on(date(2025, 6, 11))["says"].startswith(f"{shapes - 1} shapes"), "it has ended, and ended things are hidden"
    assert on(AS_OF)["note"] is False
    opened.assert_quiet()


def test_inside_and_outside_are_told_and_filtered(lake: Page, open_page: Open) -> None:
    scopes = {item.name: item.scope for item in lake.view.items}
    assert scopes["Lesson study"] == "inside_coe" and scopes["Lab kits"] == "outside_coe" == scopes["Peña Science Center"]
    assert scopes["Butte County Office of Education"] == "other_coe" and scopes["Mathematics"] is None
    lesson = next(item for item in lake.view.items if item.name == "Lesson study")
    assert {line.name: line.text for line in lesson.details}["Whose"] == "Inside the county office"
    opened = open_page(lake)
    everything = len(lake.view.items) + len(lake.view.ghosts)
    for value, kept in (("inside_coe", ("inside_coe",)), ("other_coe", ("other_coe",)), ("outside_coe", ("outside_coe",))):
        opened.page.select_option("#scope", value)
        hidden = sum(item.scope is not None and item.scope not in kept and item.group != "office" for item in lake.view.items)
        assert says(opened).startswith(f"{everything - hidden} shapes")


def test_lines_and_shapes_can_be_seen_on_white() -> None:
    from assetgraph.views.legend import GROUPS
    from assetgraph.views.looks import COLORS
    from assetgraph.views.pictures.grid import STATE_LOOKS

    def contrast(color: str) -> float:
        parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)

    for color in (*(COLORS[name] for name in ("line", "faint", "lit", "gap")), *(group.color for group in GROUPS.values()), *(look.edge for look in STATE_LOOKS.values())):
        assert contrast(color) >= 3, color
    assert round(contrast("#767676"), 2) == 4.54
