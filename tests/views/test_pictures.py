"""The still pictures: what they say, that text stays text, and what leaves the page as PNG, SVG, CSV and pasted tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from made_up_county import AS_OF, GAPS, big, small
from opened_page import Opened

from assetgraph.queries.gaps import GapGrid
from assetgraph.views.draw import Page, draw_map
from assetgraph.views.map_view import Nearby
from assetgraph.views.pictures.grid import STATE_LOOKS, draw_grid, grid_view
from assetgraph.views.pictures.needs import Answers, NeedsView, draw_needs
from assetgraph.views.pictures.rings import draw_rings
from assetgraph.views.pictures.timeline import MOST_BARS, Span, TimelineView, draw_timeline

Open = Callable[..., Opened]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>window.hit=1</script><image href='http://x.example/a.png'/>\"'&"


def cell(area: str, family: str, state: str, **more: object) -> GapGrid:
    given = {"ties": 0, "partners": (), "ending_soon": 0, "on_paper": (), "asked_kinds": (), "is_single_district": False, "facts": ()}
    return GapGrid.model_validate({**given, "area": area, "family": family, "state": state, **more})


CELLS = [
    cell("math", "tribal", "covered", ties=2, partners=("Hill Tribe", "Lake Tribe")), cell("science", "tribal", "fragile", ties=1, partners=("Hill Tribe",)),
    cell("computer_science", "tribal", "nobody"), cell("math", "faith_based", "on_paper", on_paper=("Eta Church",)),
    cell("science", "faith_based", "not_asked"), cell("computer_science", "faith_based", "not_asked"), cell("arts", "tribal", "nobody"),
]  # fmt: skip


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def page() -> Page:
    nearby = Nearby(grid=grid_view("Lake", CELLS), met_elsewhere={"need/cs": "Code week (Glenn Library)"})
    return draw_map(small().graph, "Lake", as_of=AS_OF, gaps=GAPS, nearby=nearby)


def test_the_grid_says_each_state_and_reason_by_family_and_area() -> None:
    view = grid_view("Lake", CELLS, ["As of today"])
    assert [family for family, _ in view.rows] == ["Faith-based", "Tribal"] and view.areas == ("Mathematics", "Science", "Computer science")
    assert [(one.state_name, one.reason) for one in view.rows[1][1]] == [
        ("Covered", "2 current ties, with Hill Tribe and Lake Tribe."), ("Fragile", "One current tie, with Hill Tribe."),
        ("Nobody", "Asked about, and nobody is recorded."),
    ]  # fmt: skip
    svg = draw_grid(view)
    said = texts(svg)
    assert said.count("Not asked") == 2 and said[-1] == "As of today" and "Covered: two or more current ties that do not all end soon" in said
    about = next(ElementTree.fromstring(svg).iter(f"{SVG}desc")).text
    assert about == "A matrix of 2 families by 3 content areas: covered 1, fragile 1, on paper 1, nobody 1, not asked 2."
    assert set(STATE_LOOKS) == {"covered", "fragile", "on_paper", "nobody", "not_asked"}


def test_the_timeline_has_a_bar_for_what_has_dates_and_counts_the_rest(page: Page) -> None:
    view = page.view.timeline
    assert [(span.name, span.status) for span in view.spans] == [
        ("Lesson study", "ended"), ("Butte County Office of Education partners with Lake County Office of Education", "soon"),
    ]  # fmt: skip
    assert view.spans[0].words == "temporary, since January 10, 2025, ended June 10, 2025" and view.spans[1].source.startswith("Lake COE")
    assert view.sentence() == "1 has ended, 1 ends within 180 days; 3 more without a date."
    svg = draw_timeline(view)
    assert "November 22, 2026" in texts(svg) and {"2025", "2026"} <= set(texts(svg))


def test_a_timeline_of_many_draws_what_has_not_ended_and_says_what_it_leaves_out() -> None:
    ended = [Span(name=f"old {n}", what="Tie", starts_on=None, ends_on=date(2020, 1, 1), duration="unknown", status="ended", words="", source="") for n in range(50)]
    going = [Span(name=f"new {n}", what="Tie", starts_on=date(2020, 1, 1), ends_on=None, duration="enduring", status="running", words="", source="") for n in range(40)]
    view = TimelineView(title="T", lines=(), as_of=AS_OF, spans=(*ended, *going))
    drawn = view.drawn()
    assert len(drawn) == MOST_BARS and {span.name for span in going} <= {span.name for span in drawn} and drawn[0].name == "old 30"
    assert "30 more in the table." in texts(draw_timeline(view))
    early = TimelineView(title="T", lines=(), as_of=date.min, spans=(*ended, *going))
    assert draw_timeline(early) and "nothing with a date is recorded." in draw_timeline(view.model_copy(update={"spans": ()}))


def test_needs_stand_beside_what_answers_them(page: Page) -> None:
    (need,) = page.view.needs.needs
    assert (need.need, need.whose, need.elsewhere) == ("A teacher for computer science", "Lake County Office of Education", ("Code week (Glenn Library)",))
    assert page.view.needs.sentence() == "1 need: 0 addressed, 1 with something elsewhere on the same content area."
    both = NeedsView(title="T", lines=(), needs=(need.model_copy(update={"recorded": ("Lab kits",)}), Answers(need="Chalk", whose="Hall", note="")))
    svg = draw_needs(both)
    assert {"Lab kits", "Hall · nothing is recorded that could answer it"} <= set(texts(svg)) and svg.count('stroke-dasharray="6 5"') == 2
    assert draw_needs(both.model_copy(update={"needs": ()})).count("No need is recorded") == 2


def test_the_rings_draw_every_shape_and_line_and_name_what_has_room() -> None:
    view = draw_map(big().graph, "Lake", as_of=AS_OF, gaps=GAPS).view
    svg = draw_rings(view)
    root = ElementTree.fromstring(svg)
    titles = [one.text for one in root.iter(f"{SVG}title")]
    assert [item.name for item in view.items if f"{item.name}: {item.kind}" not in titles] == []
    legend = len(view.durations)
    assert len(list(root.iter(f"{SVG}line"))) == len(view.links) + sum(bool(ghost.area_ids) for ghost in view.ghosts) + legend + 1
    said = " ".join(texts(svg))
    assert all(item.name.split()[0] in said for item in view.items if item.ring < 2) and view.source_line in said
    assert draw_rings(view) == svg


def test_text_is_only_ever_text() -> None:
    sketch = small()
    partner = type(sketch.graph.nodes["partner/pena-science-center"])
    node = sketch.add(partner, "partner/x", HOSTILE, also_called=[HOSTILE])
    sketch.say("PARTNERS_WITH", node, sketch.coe, areas=[HOSTILE], ends_on=date(2027, 1, 1))
    sketch.say("NEEDS", sketch.coe, sketch.add(type(sketch.graph.nodes["need/cs"]), "need/x", HOSTILE))
    view = draw_map(sketch.graph, "Lake", as_of=AS_OF).view
    grid = grid_view(HOSTILE, [cell("math", "tribal", "covered", ties=1, partners=(HOSTILE,))], [HOSTILE])
    for svg in (draw_rings(view), draw_timeline(view.timeline), draw_needs(view.needs), draw_grid(grid)):
        tags = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(svg).iter()}
        assert tags <= {"svg", "title", "desc", "rect", "text", "tspan", "line", "circle", "polygon", "ellipse", "g", "path"}
        assert "<script" not in svg and "style=" not in svg and " href" not in svg.replace("&lt;image href", "")
        assert HOSTILE[:30] in "".join(ElementTree.fromstring(svg).itertext())


def test_each_picture_stands_above_its_table(page: Page, open_page: Open) -> None:
    opened = open_page(page)
    for name, words in (("grid", "Hill Tribe and Lake Tribe"), ("timeline", "Lesson study"), ("needs", "Code week (Glenn Library)")):
        opened.page.click(f"#show-{name}")
        assert opened.page.is_visible(f"#{name}-view svg") and not opened.page.is_visible("#map-view")
        assert words in opened.page.inner_text(f"#{name}-view table")
        assert opened.page.get_attribute(f"#show-{name}", "aria-pressed") == "true"
    opened.page.click("#show-map")
    assert opened.page.is_visible("#map canvas") and not opened.page.is_visible("#needs-view")
    opened.page.go_back()
    opened.page.wait_for_function("document.documentElement.className === 'js needs-shown'")
    assert opened.page.evaluate("location.hash") == "#view=needs"
    again = open_page(page, at="#view=grid&node=n3")
    assert again.page.is_visible("#grid-view") and open_page(page, at="#view=nothing").page.is_visible("#map canvas")
    opened.assert_quiet()


def saved(opened: Opened, selector: str) -> tuple[str, bytes]:
    with opened.page.expect_download() as waiting:
        opened.page.click(selector)
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_pictures_leave_as_svg_and_png(page: Page, open_page: Open) -> None:
    opened = open_page(page)
    name, data = saved(opened, "#save-svg")
    assert name == "lake-map.svg" and next(ElementTree.fromstring(data).iter(f"{SVG}title")).text == page.view.title
    opened.page.click("#show-grid")
    name, data = saved(opened, "#grid-view button[aria-label='Save the picture as PNG']")
    assert name == "lake-gaps.png" and data.startswith(b"\x89PNG") and len(data) > 20_000
    name, data = saved(opened, "#grid-view button[aria-label='Save the picture as SVG']")
    assert name == "lake-gaps.svg" and "Covered" in texts(data.decode())
    opened.assert_quiet()


def test_every_table_leaves_as_csv_that_runs_no_formula(open_page: Open) -> None:
    sketch = small()
    partner = type(sketch.graph.nodes["partner/pena-science-center"])
    sketch.say("PARTNERS_WITH", sketch.add(partner, "partner/x", "=cmd|' /C calc'!A0, \"x\""), sketch.coe)
    opened = open_page(draw_map(sketch.graph, "Lake", as_of=AS_OF, gaps=GAPS))
    opened.page.click("#show-list")
    tables = opened.page.locator("#list-view table")
    assert opened.page.locator("#list-view .take").count() == tables.count() > 5
    name, data = saved(opened, "#list-view button[aria-label='Save the table Partner as CSV']")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert name == "lake-partner.csv" and rows[0][:2] == ["Name", "Kind"]
    assert "'=cmd|' /C calc'!A0, \"x\"" in [row[0] for row in rows] and all(len(row) == len(rows[0]) for row in rows)
    opened.assert_quiet()


def test_a_table_is_pasted_as_a_table(page: Page, open_page: Open) -> None:
    opened = open_page(page)
    opened.page.click("#show-grid")
    opened.page.evaluate("""(function () { var old = DataTransfer.prototype.setData; window.given = {};
        DataTransfer.prototype.setData = function (kind, text) { window.given[kind] = text; return old.call(this, kind, text); }; }())""")
    opened.page.click("#grid-view button[aria-label^='Copy']")
    given = opened.page.evaluate("window.given")
    assert given["text/html"].startswith("<table><tr><th>Family of partners</th>") and "<td>Covered: 2 current ties" in given["text/html"]
    assert given["text/plain"].splitlines()[0] == "Family of partners\tMathematics\tScience\tComputer science"
    assert opened.page.inner_text("#grid-view button[aria-label^='Copy']") == "Copied"


def test_without_scripts_the_pictures_and_all_tables_are_there(page: Page, open_page: Open) -> None:
    opened = open_page(page, js=False)
    for selector in ("#still svg", "#grid-view svg", "#timeline-view table", "#needs-view table", "#list-view table >> nth=0"):
        assert opened.page.is_visible(selector)
    assert opened.page.locator(".take").count() == 0


@pytest.mark.parametrize(("shown", "printed", "hidden"), [("map", "#still svg", "#grid-view"), ("grid", "#grid-view svg", "#list-view")])
def test_what_is_shown_is_printed(page: Page, open_page: Open, shown: str, printed: str, hidden: str) -> None:
    opened = open_page(page)
    opened.page.click(f"#show-{shown}")
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible(printed) and not opened.page.is_visible(hidden) and not opened.page.is_visible(".toggle")
    assert opened.page.locator(".take").first.is_hidden()
