"""No rule of axe-core is broken in any state of any page, and every page can be walked with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from made_up_county import AS_OF, GAPS, big, small
from maps_of_rows import AS_OF as DAY
from maps_of_rows import a_map
from opened_page import Opened

from assetgraph import build, draw_state_map, open_store
from assetgraph.model.sheets import PartnerRow, TieRow
from assetgraph.queries.gaps import GapGrid
from assetgraph.views.draw import draw_map
from assetgraph.views.index_page import MapLink, render_index
from assetgraph.views.map_view import Listing, Nearby
from assetgraph.views.pictures.grid import grid_view

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason='pip install "assetgraph[test]"')
Open = Callable[..., Opened]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def cells() -> list[GapGrid]:
    given = {"ties": 1, "partners": ("A",), "ending_soon": 0, "on_paper": ("B",), "asked_kinds": (), "is_single_district": False, "facts": ()}
    return [GapGrid.model_validate({**given, "area": area, "family": "tribal", "state": state})
            for area, state in (("math", "covered"), ("science", "fragile"), ("computer_science", "nobody"))]  # fmt: skip


def county(graph: Any, edition: str = "public") -> str:
    nearby = Nearby(grid=grid_view("Lake", cells()), listings=(Listing(title="Who could be asked", rows=(("Hall", "Why."),), note="A note."),))
    return draw_map(graph, "Lake", as_of=AS_OF, gaps=GAPS, nearby=nearby, edition=edition, sample_note="A sample.").html


def state() -> str:
    rows = [PartnerRow(name="Books", partner_kind="library"), TieRow(from_name="Books", to_name="Lake COE", how="partners_with", content_areas=("math",))]
    with open_store(":memory:", write=True) as store:
        build(store, a_map(*rows), a_map(*rows, TieRow(from_name="Books", to_name="Glenn COE", how="partners_with"), of="Glenn"), reference=False)
        return draw_state_map(store, as_of=DAY).html


def broken(opened: Opened) -> list[str]:
    found = axe.Axe().run(opened.page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary'][:200]}" for one in found]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_the_county_page_in_every_state(open_page: Open, width: int, height: int) -> None:
    opened = open_page(county(small().graph, "staff"), width=width, height=height)
    assert broken(opened) == []
    for name in ("grid", "timeline", "needs", "list", "map"):
        opened.page.click(f"#show-{name}")
        assert broken(opened) == [], name
    if width < 500:
        opened.page.click("#side-open")
        assert broken(opened) == [], "the filters"
    opened.choose("Peña")
    assert broken(opened) == [], "chosen"
    opened.page.select_option("#path-to", label="Upper Lake Unified")
    assert broken(opened) == [], "a path"
    if width > 500:
        opened.page.click("#panel .close")
        opened.page.fill("#find", "lab")
        assert broken(opened) == [], "found"
        opened.page.press("#find", "Escape")
        opened.page.click("#panel .gap >> nth=0")
        assert broken(opened) == [], "a gap"


def test_a_full_county_and_one_with_nothing(open_page: Open) -> None:
    from assetgraph.model.graph import Graph

    for graph in (big().graph, Graph()):
        opened = open_page(draw_map(graph, "Lake", as_of=AS_OF).html)
        assert broken(opened) == []
        for name in ("timeline", "needs", "list"):
            opened.page.click(f"#show-{name}")
            assert broken(opened) == [], name


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_the_state_page_in_every_state(open_page: Open, width: int, height: int) -> None:
    opened = open_page(state(), width=width, height=height)
    assert broken(opened) == []
    opened.page.focus("[data-county=Lake]")
    opened.page.keyboard.press("Enter")
    opened.wait_for_county("Lake")
    assert broken(opened) == [], "a county"
    if width < 500:
        opened.page.click("#side-open")
        assert broken(opened) == [], "its filters"
    opened.choose("Books")
    assert broken(opened) == [], "a shape"
    opened.page.select_option("#path-to", label="Mathematics")
    assert broken(opened) == [], "a path"
    opened.page.click("#show-list")
    assert opened.page.is_visible("#rows table >> nth=0") and broken(opened) == [], "its rows"


def test_the_index(open_page: Open) -> None:
    html = render_index("Maps", "A sample.", [MapLink(file="lake.html", data="data/lake.csv", county="Lake", opening="…")], state="state.html",
                        table="state.csv", lines=["As of today"])  # fmt: skip
    opened = open_page(html, js=False)
    assert broken_without_scripts(opened) == []


def broken_without_scripts(opened: Opened) -> list[str]:
    """axe runs in the page: a context in which scripts may run is opened for a page that has none of its own."""
    html = opened.page.content()
    context = opened.page.context.browser.new_context()
    page = context.new_page()
    page.set_content(html)
    found = broken(Opened(page))
    context.close()
    return found


def test_the_tab_key_reaches_everything_and_never_gets_stuck(open_page: Open) -> None:
    opened = open_page(county(small().graph))
    seen = []
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        seen.append(opened.page.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.tagName"))
    assert {"show-map", "show-grid", "show-list", "find", "area", "grades", "as-of", "save", "print", "map", "zoom-in"} <= set(seen)
    assert any("pick" in one for one in seen), "the panel"
