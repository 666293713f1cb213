"""Whatever stands in a sheet, nothing of it runs in any page of either edition, and nothing is asked for but the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from maps_of_rows import AS_OF
from opened_page import Opened
from openpyxl import Workbook

import assetgraph
from assetgraph.model.names import FORMULA_STARTS
from assetgraph.model.sheets import SHEETS
from assetgraph.store import Store, open_store

Open = Callable[..., Opened]
PAYLOADS = [
    "<script>window.hit=1</script>", "</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "<svg onload=window.hit=1>",
    '"><img src=http://tracker.example/a.png onerror=window.hit=1>', "' onmouseover='window.hit=1", "javascript:window.hit=1", "{{ 7*7 }}{% raw %}",
    "${window.hit=1}", "`${window.hit=1}`", "\\u003cscript\\u003ewindow.hit=1\\u003c/script\\u003e", "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "]]><script>window.hit=1</script>", "--><script>window.hit=1</script>", "<!--<script>", "<style>*{display:none}</style>", "<base href=http://x.example/>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>", "<math><mtext></p><a href=javascript:window.hit=1>", '<a href="data:text/html,<script>window.hit=1</script>">href',
    "<meta http-equiv=refresh content=0;url=http://x.example>", "<link rel=stylesheet href=http://x.example/a.css>", "<form action=http://x.example><input autofocus onfocus=window.hit=1>",
    "url(http://x.example/a.png)", "expression(window.hit=1)", "__proto__", "constructor", "toString", "hasOwnProperty", "n0", "e0", "#node=n1", "&node=n1",
    "\u202egnp.exe", "\u0000nul", "\x1b[31mred", "😀 smile", "a\u0301\u0302\u0303" * 40, "שלום עולם", "مرحبا", "数学と科学", "ภาษาไทย", "हिन्दी", "𝔉𝔯𝔞𝔨𝔱𝔲𝔯", "ﷺ" * 30, "x" * 10_000,
    "%3Cscript%3E", '\\"; window.hit=1; //', "'); window.hit=1; //", "\n\n<script>", "=cmd|' /C calc'!A0", "@import 'http://x.example'", "<xmp><script>window.hit=1</script>",
    "<template><script>window.hit=1</script></template>", '<noscript><p title="</noscript><img src=x onerror=window.hit=1>">', "<object data=http://x.example>",
    "<embed src=http://x.example>", "<video src=x onerror=window.hit=1>", "<details open ontoggle=window.hit=1>",
]  # fmt: skip
"""More than the 58 positions in which stock pyvis was tried."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every payload in every free text of every sheet, a row for each."""
    folder = tmp_path_factory.mktemp("hostile")
    book = Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("Read me")
    for row in (["Map of", "Lake COE"], ["Counties", "Lake"], ["As of", "2025-01-15"], ["Filled in by", PAYLOADS[1]], ["Contact", PAYLOADS[2]]):
        sheet.append(row)
    free = {
        "Quickstorm": (["Who", "What", "Content area", "Notes", "Tags", "Also called", "Contributor"], [0, 1, 3, 4, 5, 6], {2: "Mathematics"}),
        "Partners": (["Name", "Also called", "Kind of partner", "Contact", "Notes"], [0, 1, 2, 3, 4], {}),
        "Ties": (["From", "To", "How", "Content areas"], [0], {1: "Lake COE", 2: "partners with", 3: "Mathematics"}),
        "Needs": (["Whose", "Need", "Content areas"], [1], {0: "Lake COE", 2: "Mathematics"}),
        "Coordinators": (["Office or LEA", "Role", "Content areas", "Name"], [1, 3], {0: "Lake COE", 2: "Mathematics"}),
        "Asked about": (["Content area", "Kind of partner", "Asked", "Of whom"], [3], {0: "Mathematics", 1: "all", 2: "yes"}),
    }  # fmt: skip
    for name, (headers, hostile, given) in free.items():
        sheet = book.create_sheet(name)
        sheet.append(headers)
        for number, payload in enumerate(PAYLOADS):
            text = "".join(letter for letter in payload if letter >= " ") or "x"
            cells = [given.get(column, f"{text} {number}" if column in hostile else "") for column in range(len(headers))]
            sheet.append([f"'{cell}" if str(cell).startswith("=") else cell for cell in cells])
    book.save(folder / "lake.xlsx")
    reading = assetgraph.read_files([folder / "lake.xlsx"])
    assert reading.refused < 12 and len(reading.records) > 300, "only names that are too long are refused"
    made = open_store(":memory:", write=True)
    assetgraph.build(made, reading, reference=False)
    return made


def test_the_payloads_are_in_the_graph(store: Store) -> None:
    names = " ".join(node.name for node in store.graph().nodes.values())
    assert sum(payload[:20] in names for payload in PAYLOADS) > 45 and len(PAYLOADS) >= 58 and len(SHEETS) > 8


def walked(opened: Opened, names: list[str]) -> None:
    """Everything that a reader does: each view, each filter, names chosen and hovered over."""
    page = opened.page
    for name in names:
        opened.choose(name)
        page.hover("#map")
    for show in ("grid", "timeline", "needs", "list", "map"):
        page.click(f"#show-{show}")
    for index in range(1, min(4, page.locator("#area option").count())):
        page.select_option("#area", index=index)
    page.emulate_media(media="print")
    page.emulate_media(media="screen")


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_nothing_runs_in_a_county_s_page(store: Store, open_page: Open, edition: str) -> None:
    page = assetgraph.draw_map(store, "Lake", as_of=AS_OF, edition=edition, licence=PAYLOADS[1])
    opened = open_page(page)
    walked(opened, ["script", "onerror", "__proto__", "constructor", "smile", "xxxxxxx", "数学", "javascript"])
    assert opened.page.evaluate("window.hit") is None
    assert opened.page.evaluate("[Object.keys(Object.prototype).length, document.querySelectorAll('iframe, object, embed, base, form, video').length]") == [0, 0]
    opened.assert_quiet()
    still = open_page(page, js=False)
    assert len(still.requests) == 1


def test_nothing_runs_in_the_state_s_page(store: Store, open_page: Open) -> None:
    page = assetgraph.draw_state_map(store, as_of=AS_OF, title=PAYLOADS[1], licence=PAYLOADS[2])
    opened = open_page(page.html)
    opened.page.evaluate("location.hash = '#county=Lake'")
    opened.wait_for_county("Lake")
    for name in ("script", "onerror", "__proto__", "xxxxxx"):
        opened.page.fill("#find", name)
        opened.page.press("#find", "Enter")
    for address in ("#county=__proto__", "#county=<script>", "#county=Lake&node=constructor", "#county=%E0%A4%A", "#county=Lake&node=999999"):
        opened.page.evaluate("(at) => { location.hash = at; }", address)
        opened.page.wait_for_timeout(50)
    opened.page.click("#show-list")
    opened.page.click("[data-rows=Lake]")
    opened.page.wait_for_selector("#rows table")
    assert opened.page.evaluate("window.hit") is None and opened.page.evaluate("Object.keys(Object.prototype).length") == 0
    opened.assert_quiet()


def test_nothing_runs_in_a_published_folder_or_a_comparison(store: Store, open_page: Open, tmp_path: Path) -> None:
    made = assetgraph.publish(store, tmp_path / "site", as_of=AS_OF, title=PAYLOADS[1], licence=PAYLOADS[2])
    for file in (made.index, *made.pages):
        opened = open_page(file.read_text(encoding="utf-8"), js=file != made.index)
        assert len(opened.requests) == 1 and opened.messages == []
    compared = assetgraph.compare(open_store(":memory:"), store)._repr_html_()
    opened = open_page(f"<!doctype html><html data-ready=yes><body>{compared}</body></html>")
    assert opened.page.evaluate("window.hit") is None and len(opened.requests) == 1
    tables = [list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))) for file in made.files if file.suffix == ".csv"]
    cells = [cell for rows in tables for row in rows for cell in row]
    assert len(cells) > 500 and not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    assert any(cell.startswith("''=") for cell in cells), "guarded"


def lake(tmp_path: Path, sheets: dict[str, list[list[object]]]) -> Store:
    book = Workbook()
    book.remove(book.active)
    for name, rows in {"Read me": [["Map of", "Lake COE"], ["Counties", "Lake"], ["As of", "2025-01-15"]], **sheets}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "lake.xlsx")
    store = open_store(":memory:", write=True)
    assetgraph.build(store, assetgraph.read_files([tmp_path / "lake.xlsx"]), reference=False)
    return store


def test_two_thousand_offerings_are_folded_and_the_list_has_them_all(tmp_path: Path, open_page: Open) -> None:
    rows = [["Who", "What", "Content area"], *[[f"Partner {n % 40}", f"Course {n}", "Mathematics"] for n in range(2000)]]
    store = lake(tmp_path, {"Quickstorm": rows})
    page = assetgraph.draw_map(store, "Lake", as_of=AS_OF)
    drawn = page.view.drawn()
    assert len(drawn.items) <= 600 and len(drawn.links) <= 2500 and len(page.view.items) > 2000
    assert any(note.startswith("Folded, so that the picture can be read: ") and "other assets" in note for note in page.view.notes)
    opened = open_page(page)
    assert "Folded, so that the picture can be read" in opened.panel()
    opened.page.click("#show-list")
    assert "Course 1999" in opened.page.inner_text("#list-view")
    opened.assert_quiet()
    hidden = next(item for item in page.view.items if not item.is_drawn)
    opened.page.click("#show-map")
    opened.choose(hidden.name)
    assert opened.page.evaluate("document.activeElement.id") == f"row-{hidden.id}" and opened.page.evaluate("location.hash") == f"#row={hidden.id}&view=list"
    again = open_page(page, at=f"#row={hidden.id}&view=list")
    assert again.page.evaluate("document.activeElement.id") == f"row-{hidden.id}"
    opened.page.go_back()
    opened.choose("Partner 7")
    partner = next(item for item in page.view.items if item.name == "Partner 7")
    ties = [link for link in page.view.links if partner.id in (link.from_id, link.to_id)]
    missing = len(ties) - len([link for link in drawn.links if partner.id in (link.from_id, link.to_id)])
    assert len(ties) == 51 and missing > 0, "the office, and fifty courses"
    assert f"Tied to {missing} more that are folded: not drawn, and not below." in opened.panel()
    assert opened.page.inner_text("#says").endswith(f"{len(ties)} ties")
    opened.page.click("#panel >> text=Show in the list")
    assert opened.page.evaluate("document.activeElement.id") == f"row-{partner.id}"
    opened.page.go_back()
    opened.page.go_back()
    opened.page.click("#panel >> text=Show all in the list")
    assert opened.page.is_visible("#list-view") and opened.page.evaluate("document.activeElement.id").startswith("row-n")
    opened.assert_quiet()
    opened = open_page(assetgraph.draw_state_map(store, as_of=AS_OF, counties=["Lake"]).html, at="#county=Lake")
    opened.wait_for_county("Lake")
    assert opened.page.inner_text("#says") == "Lake County opened" and "Folded, so that the picture can be read" in opened.panel()
    opened.choose("Partner 7")
    assert f"Tied to {missing} more that are folded" in opened.panel()
    opened.choose(hidden.name)
    assert opened.page.evaluate("document.activeElement.id") == f"row-{hidden.id}"
    opened.assert_quiet()


def test_a_partner_tied_to_everything_two_of_one_name_and_ties_without_dates(tmp_path: Path, open_page: Open) -> None:
    ties = [["From", "To", "How", "Content areas"], *[["Hub", f"Partner {n}", "partners with", "Mathematics"] for n in range(120)], ["Hub", "Lake COE", "partners with", ""]]
    partners = [["Name", "Home county"], ["Twin", "Lake"], ["Twin", "Glenn"], *[[f"Partner {n}", "Lake"] for n in range(120)]]
    more = [["Twin", "Lake COE", "partners with", "Science"]]
    page = assetgraph.draw_map(lake(tmp_path, {"Ties": ties + more, "Partners": partners}), "Lake", as_of=AS_OF)
    assert sum(item.name == "Twin" for item in page.view.items) >= 2
    opened = open_page(page)
    opened.choose("Hub")
    assert "Partners with (121)" in opened.panel() and "Duration not recorded" in opened.panel()
    opened.assert_quiet()


def test_a_day_before_everything_and_one_node(tmp_path: Path, open_page: Open) -> None:
    store = lake(tmp_path, {"Quickstorm": [["Who", "What", "Content area", "Starts", "Ends"], ["Hall", "Week", "Mathematics", "2024-01-01", "2024-02-01"]]})
    for day in (date(1900, 1, 1), date(2199, 12, 31), date.min):
        page = assetgraph.draw_map(store, "Lake", as_of=day)
        assert page.view.timeline.spans and page.view.as_of
        open_page(page).assert_quiet()
    with open_store(":memory:") as empty:
        alone = open_page(assetgraph.draw_map(empty, "Alpine", as_of=AS_OF))
        assert "The graph holds no map of Alpine County yet" in alone.panel()
        alone.assert_quiet()
