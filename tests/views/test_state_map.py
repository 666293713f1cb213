"""The state map: what each county is filled by, who is shared, the counties behind it, and the table beside it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from maps_of_rows import AS_OF, a_map
from opened_page import Opened, letting_in

import assetgraph
from assetgraph import build, draw_state_map, open_store
from assetgraph.analysis.grid import STATES
from assetgraph.errors import OutputError, UsageError
from assetgraph.model.places import COUNTIES
from assetgraph.model.sheets import AskedRow, NeedRow, OfferingRow, PartnerRow, SheetRow, TieRow
from assetgraph.store import Store, read_network
from assetgraph.views.county import county_view
from assetgraph.views.draw import draw_map
from assetgraph.views.fold import MOST_LINES, MOST_SHAPES, folded_sentence, unfolded
from assetgraph.views.map_view import IN_TABLES, MapView
from assetgraph.views.opening import SAMPLE_MARK
from assetgraph.views.packed import packed, unpacked
from assetgraph.views.pictures.state import state_looks
from assetgraph.views.state_page import StatePage
from assetgraph.views.state_view import ALL_FAMILIES, state_view

Open = Callable[..., Opened]
HOSTILE = "</script><img src=x onerror=window.hit=1>"
SECRET = "canary in a cage"


def tied(name: str, to: str, *areas: str, **more: object) -> TieRow:
    return TieRow(from_name=name, to_name=to, how="partners_with", content_areas=areas, **more)  # type: ignore[arg-type]


LAKE: list[SheetRow] = [
    PartnerRow(name="Books", partner_kind="library", home_county="Lake", notes=SECRET, power="3", contact=SECRET),
    PartnerRow(name="Everywhere", partner_kind="museum"), TieRow(from_name="Everywhere", to_name="Statewide", how="serves"),
    OfferingRow(title=f"Week {HOSTILE}", provider="Books", content_areas=("math",)),
    tied("Books", "Lake COE", "math"), tied("Books", "Konocti Unified", "math"), tied("Everywhere", "Lake COE", "science"),
    AskedRow(content_areas=("computer_science",), asked="yes", partner_kind="all"),
]  # fmt: skip
GLENN: list[SheetRow] = [tied("Books", "Glenn COE", "science", ends_on=date(2025, 3, 1)), tied("Everywhere", "Glenn COE", "science")]


@pytest.fixture(scope="module")
def store() -> Store:
    made = open_store(":memory:", write=True)
    build(made, a_map(*LAKE), a_map(*GLENN, of="Glenn"), reference=False)
    return made


@pytest.fixture(scope="module")
def page(store: Store) -> StatePage:
    return draw_state_map(store, as_of=AS_OF)


def test_each_county_is_filled_by_its_state_in_an_area(page: StatePage) -> None:
    counties = {one.name: one for one in page.view.counties}
    lake = {area: counties["Lake"].states[area][ALL_FAMILIES] for area in ("math", "science", "computer_science")}
    assert lake == {"math": "covered", "science": "fragile", "computer_science": "nobody"}
    assert counties["Lake"].states["math"]["tribal"] == "not_asked" and counties["Lake"].states["math"]["museums_libraries_arts"] == "covered"
    assert counties["Glenn"].states["science"][ALL_FAMILIES] == "covered", "two ties, of which one goes on"
    assert len(counties) == 58 and {counties[name].states["math"][ALL_FAMILIES] for name in COUNTIES if name not in ("Lake", "Glenn")} == {"no_map"}
    assert counties["Lake"].map_line.startswith("Lake") and "January 15, 2025" in counties["Lake"].map_line and counties["Napa"].map_line == "no map yet"
    assert {state for one in page.view.counties for of in one.states.values() for state in of.values()} <= {*STATES, "no_map"}


def test_shared_partners_join_counties_and_statewide_ones_only_when_asked(page: StatePage) -> None:
    assert [(one.name, one.is_statewide, one.counties) for one in page.view.shared] == [
        ("Books", False, ("Glenn", "Lake")), ("Everywhere", True, ("Glenn", "Lake"))]  # fmt: skip
    assert page.view.links() == {("Glenn", "Lake"): ("Books",)}
    assert page.view.links(statewide=True) == {("Glenn", "Lake"): ("Books", "Everywhere")}
    assert page.view.opening == "2 of 58 counties have a map; 1 partner works with two of them or more."
    assert page.view.notes[0] == "Names of partners not yet resolved, which may mean the same as another: none."
    assert page.view.notes[1].startswith("No map yet, so nothing is known: Alameda, Alpine") and "Lake," not in page.view.notes[1]


def test_regions_and_groups_are_the_same_picture_of_fewer(store: Store) -> None:
    region = draw_state_map(store, region="CCSESA 1", as_of=AS_OF)
    assert [one.name for one in region.view.counties] == ["Del Norte", "Humboldt", "Lake", "Mendocino", "Sonoma"]
    group = draw_state_map(store, counties=["glenn", "Lake"], as_of=AS_OF)
    assert [one.name for one in group.view.counties] == ["Glenn", "Lake"] and {row.county for row in group.rows} == {"Glenn", "Lake"}
    for wrong in ({"region": "99"}, {"region": "1", "counties": ["Lake"]}, {"counties": ["Nowhere"]}):
        with pytest.raises(UsageError):
            draw_state_map(store, as_of=AS_OF, **wrong)  # type: ignore[arg-type]


def given_to_a_page(views: Sequence[MapView]) -> list[dict[str, object]]:
    return [view.model_dump(mode="json", exclude={*IN_TABLES, "acronyms"}) for view in views]


def test_what_is_packed_comes_out_as_the_page_of_each_county_is_given_it(store: Store, page: StatePage) -> None:
    assert unpacked(packed(page.counties)) == given_to_a_page(page.counties)
    with pytest.raises(ValueError, match="only public views"):
        packed([county_view(store.graph(), "Lake", as_of=AS_OF, edition="staff")])
    names = {item.name for item in page.counties[sorted(COUNTIES).index("Lake")].items}
    assert {"Lake County Office of Education", "Mathematics", "Books", "Konocti Unified", "Everywhere"} <= names
    sentences = {row.statement for row in page.rows if row.county == "Lake"}
    assert {"Books partners with Konocti Unified", "Books partners with Lake County Office of Education", f"Books offers Week {HOSTILE}"} <= sentences
    assert all("row" in row.place for row in page.rows) and page.rows
    assert SECRET not in str(unpacked(packed(page.counties))) and SECRET not in page.html and SECRET not in page.csv


@pytest.mark.parametrize("name", ["a", "Lake", "row 7", "row 007", "row 12345678901234567890", "\u2028", "n", "{a}", "Books partners with Books"])
def test_any_name_comes_out_of_the_packing_as_it_went_in(name: str) -> None:
    with open_store(":memory:", write=True) as made:
        build(made, a_map(tied(name, "Lake COE", "math", how_known="interview"), tied("Books", "Lake COE"), PartnerRow(name=name, web="https://a.example")),
              reference=False)
        views = draw_state_map(made, as_of=AS_OF, counties=["Glenn", "Lake"]).counties
    assert unpacked(packed(views)) == given_to_a_page(views)


def test_the_page_unpacks_what_was_packed(page: StatePage, open_page: Open) -> None:
    script = "return unpack().then(function () { return packed.counties.map(function (one, at) { return unpackedCounty(at); }); });"
    found = open_page(letting_in(page.html, "tried", script)).page.evaluate("window.tried()")
    for view in found:
        del view["acronyms"]
        for item in view["items"]:
            del item["node"]
    assert found == unpacked(packed(page.counties))


def test_a_county_is_the_same_picture_on_its_own_page_and_on_the_state_s(store: Store, page: StatePage, open_page: Open) -> None:
    """The same shapes, lines and filters, and the same words in the panel; gaps are on its own page alone."""
    script = """return [nodes.get().map(function (one) { return [one.id, one.shape, one.color]; }),
        edges.get().map(function (one) { return [one.id, one.from, one.to, one.dashes, one.width, one.color]; })];"""
    own = letting_in(draw_map(store.graph(), "Lake", as_of=AS_OF).html, "drawnNow", script)
    alone, among = open_page(own), open_page(letting_in(page.html, "drawnNow", script), at="#county=Lake")
    among.wait_for_county("Lake")
    drawn = [opened.page.evaluate("window.drawnNow()") for opened in (alone, among)]
    assert drawn[0] == drawn[1] and len(drawn[0][0]) == 8 and len(drawn[0][1]) == 5
    legends = [opened.page.inner_text("#kinds") + opened.page.inner_text("#durations") for opened in (alone, among)]
    assert legends[0] == legends[1] and "Partner\n" in legends[0]
    for opened in (alone, among):
        opened.choose("Books")
    shown = [" ".join(re.sub(r"Named in.*?Light up", "", opened.panel(), flags=re.DOTALL).split()) for opened in (alone, among)]
    assert shown[1].replace("Also on the map of (1) Glenn County ", "") == shown[0] and "Partners with (2)" in shown[0]


def test_the_table_beside_the_page_holds_every_statement(page: StatePage, tmp_path: Path) -> None:
    html, table = page.save(tmp_path / "state.html")
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert html.read_text(encoding="utf-8") == page.html and rows[0] == ["county", "statement", "content areas", "how long", "source", "place", "web"]
    assert len(rows) == len(page.rows) + 1 and sorted({row[0] for row in rows[1:]}) == ["Glenn", "Lake"]


def test_a_county_opens_and_the_address_leads_there_and_back(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html)
    assert "2 of 58 counties have a map" in opened.panel() and opened.page.locator("#state [data-county]").count() == 58
    assert opened.page.get_attribute("[data-county=Lake]", "aria-label").startswith("Lake County: Covered. ")
    for area, family in (("math", "all"), ("science", "all"), ("science", "museums_libraries_arts"), ("math", "tribal")):
        opened.page.select_option("#fill-area", area)
        opened.page.select_option("#fill-family", family)
        labels = opened.page.evaluate("""Array.from(document.querySelectorAll('#state [data-county]'),
            one => [one.dataset.county, one.ariaLabel, one.getAttribute('fill')])""")
        looks = {one.name: state_looks()[one.states[area][family]] for one in page.view.counties}
        assert {county: (label.partition(": ")[2].partition(".")[0], fill) for county, label, fill in labels} == {
            county: (look.name, look.fill) for county, look in looks.items()}  # fmt: skip
    opened.page.select_option("#fill-family", "all")
    opened.page.select_option("#fill-area", "computer_science")
    assert "Lake County: Nobody." in opened.page.get_attribute("[data-county=Lake]", "aria-label")
    assert opened.page.evaluate("location.hash") == "#area=computer_science"
    opened.page.click("[data-county=Lake]")
    opened.wait_for_county("Lake")
    assert opened.page.evaluate("location.hash") == "#county=Lake"
    assert "Mathematics covered, Science fragile, Computer science nobody." in opened.panel() and "Shares partners with (1)" in opened.panel()
    opened.choose("books")
    assert opened.page.inner_text("#panel h2") == "Books"
    assert "Also on the map of (1)" in opened.panel() and "Books partners with Konocti Unified." in opened.panel()
    opened.page.click("#panel button:has-text('2 steps')")
    opened.page.select_option("#grades", "6,8")
    again = open_page(page.html, at=opened.page.evaluate("location.hash"))
    again.wait_for_county("Lake")
    assert again.panel() == opened.panel() and again.page.input_value("#grades") == "6,8"
    assert again.page.get_attribute("#panel button:has-text('2 steps')", "aria-pressed") == "true"
    opened.page.go_back()
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'Books'")
    opened.page.go_back()
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'What Lake County has'")
    opened.page.click("#back")
    opened.page.wait_for_function("document.documentElement.dataset.in === 'state'")
    opened.page.go_back()
    opened.wait_for_county("Lake")
    opened.page.click("#panel .pick:has-text('Glenn County')")
    opened.wait_for_county("Glenn")
    assert "What Glenn County has" in opened.panel() and opened.page.input_value("#grades") == ""
    assert opened.page.evaluate("window.hit") is None
    opened.assert_quiet()


def test_keys_walk_the_counties_and_the_rings(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html)
    opened.page.focus("[data-county=Glenn]")
    opened.page.keyboard.press("Enter")
    opened.wait_for_county("Glenn")
    assert opened.page.evaluate("document.activeElement.id") == "map"
    opened.page.keyboard.press("ArrowDown")
    first = opened.page.inner_text("#says")
    opened.page.keyboard.press("ArrowUp")
    second = opened.page.inner_text("#says")
    assert first.startswith("Glenn County Office of Education") and second != first
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_function(f"document.querySelector('#panel h2').textContent === {second.split(',')[0]!r}")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_function("document.querySelector('#panel h2').textContent === 'What Glenn County has'")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_function("document.documentElement.dataset.in === 'state'")
    assert opened.page.evaluate("document.activeElement.dataset.county") == "Glenn", "the keys go on from there"
    opened.assert_quiet()


DRAWN_NOW = """return {
    shapes: nodes.get().map(function (one) { return [one.shape, one.color, Math.round(one.x), Math.round(one.y), Math.round(one.size * 100)]; }),
    lines: edges.get().map(function (one) { return [one.from, one.to]; }), names: laidOut.labels.map(function (one) { return one.lines.join(' '); }), at: [network.getScale(), network.getViewPosition()] };"""


def test_counties_opened_one_after_the_other_leave_nothing_of_each_other(page: StatePage, open_page: Open) -> None:
    """Opened from the map, the list, the panel or the address, a county looks as it does when it is opened first."""
    html = letting_in(page.html, "drawnNow", DRAWN_NOW)
    alone = {}
    for name in ("Glenn", "Lake"):
        first = open_page(html, at=f"#county={name}")
        first.wait_for_county(name)
        first.page.wait_for_timeout(150)
        alone[name] = (first.page.evaluate("window.drawnNow()"), first.panel())
    opened = open_page(html)
    opened.page.click("[data-county=Glenn]")
    opened.wait_for_county("Glenn")
    for _ in range(4):
        opened.page.click("#zoom-in")
    opened.page.fill("#find", "books")
    opened.page.click("#show-list")
    assert opened.page.inner_text("#rows h2") == "Glenn County: assets and partners"
    opened.page.click("[data-rows=Lake]")
    opened.wait_for_county("Lake")
    assert opened.page.inner_text("#rows h2") == "Lake County: assets and partners" and "Konocti" in opened.page.inner_text("#rows")
    opened.page.click("#show-map")
    opened.page.wait_for_timeout(150)
    assert (opened.page.evaluate("window.drawnNow()"), opened.panel()) == alone["Lake"]
    assert opened.page.input_value("#find") == "" and not opened.page.is_visible("#found")
    opened.choose("Books")
    opened.page.fill("#as-of", "2026-06-01")
    opened.page.uncheck("input[data-group=partner]")
    opened.page.click("#panel .pick:has-text('Glenn County')")
    opened.wait_for_county("Glenn")
    assert opened.page.evaluate("document.activeElement.id") == "map", "the button that was pressed is gone"
    opened.page.wait_for_timeout(150)
    assert (opened.page.evaluate("window.drawnNow()"), opened.panel()) == alone["Glenn"] and not opened.page.is_visible("#day-note")
    opened.assert_quiet()


def test_the_state_is_as_it_was_left(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html)
    opened.page.select_option("#fill-area", "science")
    opened.page.check("#statewide")
    opened.page.click("[data-county=Lake]")
    opened.wait_for_county("Lake")
    opened.choose("Books")
    opened.page.fill("#as-of", "1990-01-01")
    opened.page.click("#back")
    assert opened.page.input_value("#fill-area") == "science" and opened.page.is_checked("#statewide")
    assert opened.page.evaluate("location.hash") == "#area=science&lines=statewide" and not opened.page.is_visible("#day-note")
    opened.page.keyboard.press("Escape")
    assert opened.page.inner_text("#panel h2") == "California, county by county"
    bare = open_page(page.html, at="#lines=none")
    assert not bare.page.is_checked("#shared") and bare.page.locator("#links line").count() == 0
    again = open_page(page.html, at="#area=science&lines=statewide")
    assert again.page.input_value("#fill-area") == "science" and again.page.is_checked("#statewide") and "Lake County: Fragile" in str(
        again.page.get_attribute("[data-county=Lake]", "aria-label"))  # fmt: skip
    opened.page.click("#show-list")
    opened.page.click("[data-rows=Lake]")
    opened.page.wait_for_selector("#rows table")
    opened.page.go_back()
    opened.page.wait_for_function("document.documentElement.dataset.in === 'state'")
    assert opened.page.is_visible("#list-view") and not opened.page.is_visible("#rows")
    opened.page.click("#show-map")
    for county in ("Glenn", "Lake", ""):
        opened.page.click(f"[data-county={county}]" if county else "#back")
        opened.page.wait_for_function("name => document.getElementById('where').textContent.startsWith(name)", arg=county)
        opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        heading = opened.page.evaluate("document.getElementById('rows').hidden ? '' : document.querySelector('#rows h2').textContent")
        assert heading == (f"{county} County: assets and partners" if county else ""), "what is printed beside the picture"
        assert (f">{county} County: assets and partners<" if county else "California, county by county: science") in opened.page.inner_html("#still")
        opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        if county == "Glenn":
            opened.page.click("#back")
    opened.assert_quiet()


def test_the_county_that_was_asked_for_last_is_the_one_that_opens(page: StatePage, open_page: Open) -> None:
    opened = open_page(letting_in(page.html, "twice", "goTo('Lake'); return goTo('Glenn');"))
    opened.page.evaluate("window.twice()")
    assert opened.page.inner_text("#where") == "Glenn County" and opened.page.evaluate("location.hash") == "#county=Glenn"


@pytest.mark.parametrize("at", ["", "#county=Lake", "#county=Lake&view=list"])
def test_a_browser_that_cannot_unpack_has_the_map_and_says_what_is_missing(page: StatePage, open_page: Open, at: str) -> None:
    opened = open_page(page.html.replace("<head>", "<head><script>delete window.DecompressionStream;</script>", 1)
                       .replace("Content-Security-Policy", "Other"), at=at)  # fmt: skip
    opened.page.evaluate("document.querySelector('[data-county=Glenn]').dispatchEvent(new MouseEvent('click', { bubbles: true }))")
    opened.page.wait_for_function("document.getElementById('says').textContent.includes('too old')")
    assert "2 of 58 counties have a map" in opened.panel() and opened.page.get_attribute("[data-county=Lake]", "fill") == state_looks()["covered"].fill
    opened.page.click("#show-list")
    assert "too old" in opened.page.inner_text("#list-view") and "Books" in opened.page.inner_text("#list-view")
    opened.page.click("#show-map")
    opened.page.select_option("#fill-area", "science")
    with opened.page.expect_download() as waiting:
        opened.page.click("#save-svg")
    assert "county by county: science" in Path(waiting.value.path()).read_text(encoding="utf-8") and opened.errors == []


def test_a_row_of_a_county_s_list_has_an_address(page: StatePage, open_page: Open) -> None:
    books = next(item for view in page.counties if view.county == "Lake" for item in view.items if item.name == "Books")
    opened = open_page(page.html, at=f"#county=Lake&row={books.id}&view=list", height=300)
    opened.wait_for_county("Lake")
    box = opened.page.locator(f"#row-{books.id}").bounding_box()
    assert opened.page.evaluate("document.activeElement.id") == f"row-{books.id}" and 0 <= box["y"] < 300
    opened.page.click("#rows .more")
    assert opened.page.evaluate("document.activeElement.dataset.rows") == "Lake" and not opened.page.is_visible("#rows")
    opened.page.go_back()
    opened.wait_for_county("Lake")
    assert opened.page.is_visible("#rows")


def test_every_page_of_many_counties_says_its_licence_and_that_it_is_a_sample(tmp_path: Path, open_page: Open) -> None:
    made = open_store(":memory:", write=True)
    rows = [PartnerRow(name="Books", web="https://books.example"), tied("Books", "Lake COE", "math"),
            NeedRow(whose="Lake COE", need="More lab time", content_areas=("science",))]  # fmt: skip
    build(made, a_map(*rows, filled_in_by=SAMPLE_MARK), reference=False)
    page = draw_state_map(made, as_of=AS_OF, licence="CC BY 4.0", counties=["Lake"])
    opened = open_page(page.html, at="#county=Lake")
    opened.wait_for_county("Lake")
    assert "Licence of the data: CC BY 4.0" in opened.page.inner_text(".lines")
    assert "A sample made from public web pages" in opened.page.inner_text(".sample")
    opened.choose("Books")
    with opened.page.expect_download() as waiting:
        opened.page.click("#save-svg")
    saved = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "Licence of the data: CC BY 4.0" in saved and "A sample made from public web pages" in saved
    opened.page.click("#show-list")
    assert opened.page.get_attribute("#rows a[href]", "href") == "https://books.example" and "Need: More lab time" in opened.page.inner_text("#rows")


def test_a_region_s_picture_says_whole_what_it_is(store: Store, open_page: Open) -> None:
    opened = open_page(draw_state_map(store, region="1", as_of=AS_OF).html)
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint')); document.getElementById('still').style.display = 'block'")
    ends = opened.page.evaluate("Array.from(document.querySelectorAll('#still > svg > text'), one => one.getBBox().x + one.getBBox().width)")
    assert ends and max(ends) <= opened.page.evaluate("document.querySelector('#still svg').viewBox.baseVal.width")


def test_lines_are_those_of_partners_that_are_shared(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html)
    titles = "Array.from(document.querySelectorAll('#links title')).map(function (one) { return one.textContent; })"
    assert opened.page.evaluate(titles) == ["Glenn and Lake share Books"]
    opened.page.check("#statewide")
    assert opened.page.evaluate(titles) == ["Glenn and Lake share Books, Everywhere"]
    opened.page.uncheck("#shared")
    assert opened.page.evaluate(titles) == []


def test_the_list_opens_a_county_s_rows_and_saves_them(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html)
    opened.page.click("#show-list")
    opened.page.click("[data-rows=Lake]")
    opened.page.wait_for_selector("#rows table")
    text = opened.page.inner_text("#rows")
    assert opened.page.evaluate("document.activeElement.textContent") == "Lake County: assets and partners"
    assert "Books partners with Konocti Unified" in text and HOSTILE in text and "Lake" in text
    with opened.page.expect_download() as waiting:
        opened.page.click("#rows button[aria-label*='CSV'] >> nth=-1")
    assert waiting.value.suggested_filename == "california-county-by-county-lake-county-every-statement.csv"
    assert opened.page.evaluate("window.hit") is None
    opened.assert_quiet()


def test_without_scripts_the_picture_and_the_counties_are_there(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html, js=False)
    assert opened.page.is_visible("#still svg") and "Lake" in opened.page.inner_text("#list-view table >> nth=0")


def test_on_a_phone_everything_is_within_reach(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html, width=390, height=844)
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    opened.page.click("#side-open")
    opened.page.select_option("#fill-area", "science")
    opened.page.click("#side-close")
    opened.page.click("[data-county=Lake]", force=True)
    opened.wait_for_county("Lake")
    opened.page.click("#panel-open")
    assert "What Lake County has" in opened.panel()
    opened.page.click("#panel .close")
    opened.page.click("#side-open")
    opened.choose("Books")
    assert "Books partners with Konocti Unified." in opened.panel() and not opened.page.is_visible("#side")
    opened.page.click("#panel .close")
    opened.page.click("#back")
    opened.assert_quiet()


def test_no_county_at_all_and_no_map_at_all(open_page: Open) -> None:
    with open_store(":memory:") as empty:
        page = draw_state_map(empty, as_of=AS_OF)
        assert state_view(read_network(empty), AS_OF).opening == "0 of 58 counties have a map; no partners work with two of them or more."
    opened = open_page(page.html)
    opened.page.click("[data-county=Alpine]")
    opened.wait_for_county("Alpine")
    opened.assert_quiet()


def test_what_is_too_much_is_folded_those_with_the_fewest_lines_first() -> None:
    groups = {"coe": "office", **{f"d{n}": "lea" for n in range(500)}, **{f"o{n}": "offering" for n in range(300)}, "p": "partner"}
    kept, folded = unfolded(groups, [("coe", "d7"), ("p", "o5")])
    assert len(kept) == MOST_SHAPES and folded == {"lea": len(groups) - MOST_SHAPES} and {"coe", "d7", "p", "o5"} <= set(kept)
    assert folded_sentence(folded).startswith("Folded, so that the picture can be read: 202 districts and other LEAs.")
    busy = {"coe": "office", **{f"p{n}": "partner" for n in range(80)}, **{f"o{n}": "offering" for n in range(80)}}
    lines = [(f"p{one}", f"o{other}") for one in range(80) for other in range(80)]
    kept, folded = unfolded(busy, lines)
    left = sum(a in kept and b in kept for a, b in lines)
    assert left <= MOST_LINES and set(folded) == {"offering"} and "p0" in kept


def test_published_pages_lead_to_each_other_by_relative_links(store: Store, tmp_path: Path, open_page: Open) -> None:
    made = assetgraph.publish(store, tmp_path / "site", as_of=AS_OF, licence="CC BY 4.0", title="Our maps")
    assert [path.name for path in made.pages] == ["glenn.html", "lake.html"] and made.counties == ("Glenn", "Lake")
    assert {path.relative_to(tmp_path / "site").as_posix() for path in made.files} == {
        "glenn.html", "lake.html", "data/glenn.csv", "data/lake.csv", "state.html", "state.csv"}  # fmt: skip
    index = made.index.read_text(encoding="utf-8")
    for link in ('href="lake.html"', 'href="data/lake.csv"', 'href="state.html"', 'href="state.csv"'):
        assert link in index
    assert 'href="index.html"' in made.pages[0].read_text(encoding="utf-8") and "Licence of the data: CC BY 4.0" in index
    context = open_page(page_of(made.index)).page.context
    tab = context.new_page()
    tab.goto(made.index.as_uri())
    tab.click("text=Lake County")
    tab.wait_for_selector("html[data-ready]", state="attached")
    tab.click("text=All counties")
    tab.click("text=The state map")
    tab.wait_for_selector("html[data-ready]", state="attached")
    tab.click("[data-county=Lake]")
    tab.click("text=The whole page of this county")
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.inner_text("h1") == "Lake County: assets and partners"
    again = assetgraph.publish(store, tmp_path / "site", as_of=AS_OF, licence="CC BY 4.0", title="Our maps")
    assert again == made
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "index.html").write_text("mine", encoding="utf-8")
    (tmp_path / "fourth").mkdir()
    (tmp_path / "fourth" / "state.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "third").mkdir()
    (tmp_path / "third" / "lake.html").write_text("mine", encoding="utf-8")
    for folder, name in (("other", "index.html"), ("third", "lake.html"), ("fourth", "state.csv")):
        with pytest.raises(OutputError, match="was not made by assetgraph"):
            assetgraph.publish(store, tmp_path / folder, as_of=AS_OF)
        assert [path.name for path in (tmp_path / folder).iterdir()] == [name] and (tmp_path / folder / name).read_text(encoding="utf-8") == "mine"
    lake = assetgraph.publish(store, tmp_path / "lake", counties=["Lake", "lake"], as_of=AS_OF)
    assert lake.counties == ("Lake",) and "Glenn" not in (tmp_path / "lake" / "state.csv").read_text(encoding="utf-8-sig")
    table = tmp_path / "rows.csv"
    table.write_text("my rows", encoding="utf-8")
    with pytest.raises(OutputError, match=r"rows\.csv is there already"):
        draw_state_map(store, as_of=AS_OF).save(tmp_path / "rows.html")
    assert table.read_text(encoding="utf-8") == "my rows" and not (tmp_path / "rows.html").exists()


def page_of(index: Path) -> str:
    """The index with what the fixture waits for."""
    return index.read_text(encoding="utf-8").replace("<html", "<html data-ready=yes", 1)


def test_the_picture_that_leaves_is_the_one_on_the_screen(page: StatePage, open_page: Open) -> None:
    opened = open_page(page.html)
    opened.page.select_option("#fill-area", "computer_science")
    opened.page.select_option("#fill-family", "tribal")

    def svg() -> str:
        with opened.page.expect_download() as waiting:
            opened.page.click("#save-svg")
        return Path(waiting.value.path()).read_text(encoding="utf-8")

    assert "California, county by county: computer science, tribal" in svg() and "Licence of the data: not stated" in svg()
    opened.page.click("[data-county=Lake]")
    opened.wait_for_county("Lake")
    county = svg()
    assert ">Lake County: assets and partners</text>" in county and "Konocti" in county and "Public edition" in county and "Has ended" not in county
    opened.choose("Everywhere")
    chosen = svg()
    assert ">Lake County: Everywhere</text>" in chosen and chosen.count('stroke="#0b57b0"') == 1
    assert chosen.count('opacity="0.16"') == county.count("<title>") - 2, "all but Everywhere and the office are faint"
    opened.page.click("#show-list")
    opened.page.wait_for_selector("#rows table")
    assert "Lake County: every statement" in opened.page.inner_text("#rows")
    opened.page.go_back()
    opened.page.click("#back")
    state = svg()
    assert "tabindex" not in state and "role=" not in state and "data-county" not in state


def test_before_and_after(tmp_path: Path) -> None:
    before, after = open_store(":memory:", write=True), open_store(":memory:", write=True)
    stays = tied("Stays", "Lake COE", "math")
    build(before, a_map(stays, tied("Goes", "Lake COE", "math"), tied("Moves", "Lake COE", "math")), reference=False)
    build(after, a_map(stays, tied("Comes", "Lake COE", "science"), tied("Moves", "Lake COE", "math", ends_on=date(2026, 6, 30))), reference=False)
    found = assetgraph.compare(before, after)
    office = "Lake County Office of Education"
    assert [(one.change, one.sentence) for one in found] == [
        ("new", f"Comes partners with {office}"), ("lost", f"Goes partners with {office}"), ("changed", f"Moves partners with {office}")]  # fmt: skip
    assert (found[2].before, found[2].after) == ("mathematics", "mathematics, until June 30, 2026") and found[0].source.startswith("Lake")
    assert found.sentence == "1 new, 1 lost and 1 changed; 1 tie or offer as before." and list(found.to_frame()["change"]) == ["new", "lost", "changed"]
    courses = [OfferingRow(title="Course", provider="Hall", content_areas=(area,)) for area in ("math", "science")]
    stores = [open_store(":memory:", write=True) for _ in courses]
    for made, course in zip(stores, courses, strict=True):
        build(made, a_map(course), reference=False)
    (other,) = assetgraph.compare(*stores)
    assert (other.change, other.before, other.after) == ("changed", "mathematics", "science")
    assert found.lines[0] == found.lines[1].replace("After", "Before") and "(January 15, 2025)" in found.lines[0] and found.lines[0] in found.to_svg()
    assert "Comes partners with" in found.to_svg() and assetgraph.compare(before, after, county="Glenn") == []
    assert assetgraph.compare(after, after).sentence.startswith("0 new, 0 lost and 0 changed; 3 ties and offers")


def test_a_picture_is_saved_as_its_name_ends(store: Store, tmp_path: Path) -> None:
    made = assetgraph.draw_picture(store, "gaps", county="Lake", as_of=AS_OF)
    assert made.save(tmp_path / "deep" / "gaps.svg").read_text(encoding="utf-8") == made.svg == made._repr_svg_()
    assert made.save(tmp_path / "gaps.PNG").read_bytes().startswith(b"\x89PNG")
    for wrong in (lambda: made.save(tmp_path / "gaps.pdf"), lambda: assetgraph.draw_picture(store, "gaps"),
                  lambda: assetgraph.draw_picture(store, "cake", county="Lake"), lambda: assetgraph.draw_picture(store, "state", area="other")):  # fmt: skip
        with pytest.raises(UsageError):
            wrong()
    both = {"coe": "office", **{f"d{n}": "lea" for n in range(10)}, **{f"o{n}": "offering" for n in range(200)}, **{f"p{n}": "partner" for n in range(50)}}
    lines = [(f"d{one}", f"o{other}") for one in range(10) for other in range(100)] + [(f"o{100 + one}", f"p{other}") for one in range(100) for other in range(50)]
    kept, _ = unfolded(both, lines)
    assert sum(a in kept and b in kept for a, b in lines) <= MOST_LINES
