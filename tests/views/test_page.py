"""The page as text: what pyvis is held to, that nothing from a sheet is markup, equal bytes, whole files."""

from __future__ import annotations

import base64
import hashlib
import html as html_words
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from made_up_county import AS_OF, GAPS, big, small

from assetgraph.errors import AssetGraphError, OutputError
from assetgraph.views.draw import Page, draw_map
from assetgraph.views.engine import ENGINE, ENGINE_SHA256
from assetgraph.views.html import write_page
from assetgraph.views.looks import drawing_looks
from assetgraph.views.map_view import IN_TABLES
from assetgraph.views.page import SCRIPTS as COUNTY_PAGE
from assetgraph.views.state_page import SCRIPTS as STATE_PAGE


@pytest.fixture(scope="module")
def page() -> Page:
    return draw_map(small().graph, "Lake", as_of=AS_OF, gaps=GAPS, sample_note="A sample, made up for tests.")


def block(html: str, name: str) -> dict[str, object]:
    text = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert text
    return dict(json.loads(text[1]))


def test_pyvis_still_supplies_the_engine_we_tested() -> None:
    engine = files("pyvis").joinpath(ENGINE).read_bytes()
    assert hashlib.sha256(engine).hexdigest() == ENGINE_SHA256


def test_pyvis_hands_nodes_edges_and_options_to_our_template(page: Page) -> None:
    drawing = block(page.html, "drawing-data")
    nodes, edges = drawing["nodes"], drawing["edges"]
    assert isinstance(nodes, list) and isinstance(edges, list)
    assert [node["id"] for node in nodes] == [one.id for one in (*page.view.items, *page.view.ghosts)]
    assert len(edges) == len(page.view.links) + len(page.view.ghosts)
    assert json.loads(str(drawing["options"]))["physics"] == {"enabled": False}


def test_the_page_carries_the_whole_view(page: Page) -> None:
    assert block(page.html, "view-data") == json.loads(json.dumps(
        {**page.view.model_dump(mode="json", exclude=IN_TABLES), "folded": [], "folded_at": {}, "looks": drawing_looks()}))  # fmt: skip
    text = page.html.partition('<script type="application/json"')[0]
    assert all(span.words in text for span in page.view.timeline.spans) and page.view.timeline.spans
    assert all(one.note in text for one in page.view.needs.needs) and page.view.needs.needs


def test_every_script_and_style_is_known_by_its_hash(page: Page) -> None:
    policy = html_words.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', page.html)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'")
    scripts = re.findall(r"<script>(.*?)</script>", page.html, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page.html, re.DOTALL)
    assert (len(scripts), len(styles)) == (3, 1)
    for text in (*scripts, *styles):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
    assert not re.search(
        r"\s(on\w+|style)=|javascript:", page.html.split("<script>")[1].split("</script>")[1]
    )


def test_it_asks_for_nothing_but_itself(page: Page) -> None:
    markup = re.sub(r"<script.*?</script>|<style.*?</style>", "", page.html, flags=re.DOTALL)
    assert re.findall(r'\bsrc="|url\(|@import', markup) == []
    assert set(re.findall(r'href="([^"#][^"]*)"', markup)) == {"data:,", "https://pena.example"}
    assert "sourceMappingURL" not in page.html


def test_equal_input_gives_equal_bytes() -> None:
    first, second = (draw_map(big().graph, "Lake", as_of=AS_OF, gaps=GAPS).html for _ in range(2))
    assert first == second


HOSTILE = (
    "</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "__proto__", "constructor",
    "{{ 7*7 }}{% raw %}", "<!--<script>", "\u202egnp.exe", "👩🏽‍🔬 Science & Co", "'\"><svg/onload=window.hit=1>", "]]>", "{a}{b}",
)  # fmt: skip


def test_text_from_sheets_is_never_markup() -> None:
    lake = small()
    for number, name in enumerate(HOSTILE):
        partner = lake.add(
            type(lake.graph.nodes["partner/pena-science-center"]), f"partner/x{number}", name, web=name
        )
        lake.say("PARTNERS_WITH", partner, lake.coe, areas=[name])
    tame = draw_map(small().graph, "Lake", as_of=AS_OF).html
    html = draw_map(lake.graph, "Lake", as_of=AS_OF, sample_note=HOSTILE[0]).html
    assert html.lower().count("<script") == tame.lower().count("<script")
    assert html.lower().count("</script") == tame.lower().count("</script") == 5
    assert (
        "<img src=x" not in html
        and "<svg/onload" not in html
        and "<!--" not in html.split("<body>")[1].split("<script")[0]
    )
    assert "{{ 7*7 }}" in html and "\u202e" not in html
    assert "👩🏽‍🔬 Science &amp; Co" in html


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new" / "map.html"
    write_page(path, "Peña ✓")
    assert path.read_bytes() == "Peña ✓".encode()
    with pytest.raises(OutputError, match="map\\.html: no folder can be made: a file is there already"):
        write_page(path / "map.html", "half")
    assert [file.name for file in path.parent.iterdir()] == ["map.html"]
    assert path.read_text(encoding="utf-8") == "Peña ✓"


def test_another_engine_is_refused_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    from assetgraph.views import engine as module

    module._engine.cache_clear()
    monkeypatch.setattr(module, "ENGINE_SHA256", "0" * 64)
    with pytest.raises(AssetGraphError, match=r"pip install pyvis==0\.3\.2"):
        draw_map(small().graph, "Lake", as_of=AS_OF)
    module._engine.cache_clear()


def test_a_notebook_gets_a_sandboxed_frame(page: Page, tmp_path: Path) -> None:
    frame = page._repr_html_()
    assert frame.startswith('<iframe sandbox="allow-scripts allow-downloads allow-popups allow-modals"')
    source = re.search(r' srcdoc="([^"]*)"', frame)
    assert source and html_words.unescape(source[1]) == page.html
    assert page.save(tmp_path / "lake.html").read_text(encoding="utf-8") == page.html


@pytest.mark.parametrize("scripts", [COUNTY_PAGE, STATE_PAGE], ids=["county", "state"])
def test_no_name_means_two_things_in_the_scripts_of_a_page(scripts: tuple[str, ...]) -> None:
    """They run as one: what is declared twice is silently the later."""
    folder = files("assetgraph.views") / "templates" / "js"
    declared = [name for script in scripts for name in re.findall(r"^(?:function|var) (\w+)", folder.joinpath(f"{script}.js").read_text("utf-8"), re.MULTILINE)]
    assert len(declared) > 80 and sorted(declared) == sorted(set(declared))
