"""The notebooks run as they stand on the sample, hold no stored noise, and show themselves in a page that is opened alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from neo4j_server import Server
from opened_page import Opened

nbformat = pytest.importorskip("nbformat", reason='pip install "assetgraph[test]"')
Open = Callable[..., Opened]
FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = ("1_your_county_in_ten_minutes", "2_who_could_we_reach_out_to", "3_where_partners_are_missing", "4_your_own_questions")
ONE_LINE = 'STORE = ":memory:"  # on Neo4j: "neo4j://localhost:7687", with NEO4J_USERNAME and NEO4J_PASSWORD set\n'


def executed(name: str, folder: Path, change: Callable[[str], str] = lambda source: source) -> Any:
    from nbclient import NotebookClient

    book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    for cell in book.cells:
        cell.source = change(cell.source)
    NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return book


def outputs(book: Any) -> list[dict[str, Any]]:
    return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]


def test_there_are_four_and_each_is_free_of_stored_noise() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == sorted(NAMES)
    for name in NAMES:
        book = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
        code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert 3 <= len(code) <= 9 and ONE_LINE in code[0]["source"]
        assert set(book["metadata"]) == {"kernelspec", "language_info"} and all(cell["metadata"] == {} for cell in book["cells"])


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_is_seen_in_a_page_opened_alone(name: str, tmp_path: Path, open_page: Open) -> None:
    from nbconvert import HTMLExporter

    book = executed(name, tmp_path)
    kinds = [output["output_type"] for output in outputs(book)]
    assert "error" not in kinds and kinds.count("execute_result") >= 3
    html, _ = HTMLExporter(template_name="basic").from_notebook_node(book)
    opened = open_page(f"<!doctype html><html data-ready=yes><body>{html}</body></html>")
    assert len(opened.requests) == 1, "nothing is asked for but the page itself"
    for place in range(html.count("<iframe")):
        frame = opened.page.frame_locator(f"iframe >> nth={place}")
        frame.locator("html[data-ready]").wait_for(state="attached")
        assert frame.locator("#panel h2").first.inner_text()
    assert opened.errors == []


def test_where_html_is_taken_out_a_picture_is_left(tmp_path: Path) -> None:
    shown = [output["data"] for output in outputs(executed(NAMES[0], tmp_path)) if output["output_type"] == "execute_result"]
    pages = [data for data in shown if "<iframe" in data.get("text/html", "")]
    assert pages and all(data["image/svg+xml"].startswith("<svg") and data["text/plain"].startswith("Page(") for data in pages)


@pytest.mark.neo4j
def test_on_neo4j_one_line_is_changed(neo4j_environment: Server, tmp_path: Path) -> None:
    here = f'STORE = "{neo4j_environment.uri}"\n'
    for name in (NAMES[1], NAMES[3]):
        book = executed(name, tmp_path, lambda source: source.replace(ONE_LINE, here))
        kinds = [output["output_type"] for output in outputs(book)]
        assert here in book.cells[1].source and "error" not in kinds and kinds.count("execute_result") >= 3
    with neo4j_environment.driver() as driver:
        assert driver.execute_query("MATCH (p:Partner) RETURN count(p) AS n").records[0]["n"] > 200
