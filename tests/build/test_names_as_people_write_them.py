"""Names in sheets: misspelt, bare, rounded, about a district and not it; each by a hand-checked expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgraph.build.project import Projection, project
from assetgraph.build.run import build
from assetgraph.intake import read_files
from assetgraph.store import open_store

DISTRICTS = (
    "CDS code,Name,County,Kind,Status\n"
    "17640220000000,Kelseyville Unified,Lake,unified,Active\n"
    "17640300000000,Konocti Unified,Lake,unified,Active\n"
)


def projected(folder: Path, **tables: str) -> Projection:
    paths = []
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        paths.append(folder / f"{name}.csv")
    reading = read_files(paths, county="Lake")
    return project(reading.sources, reading.records)


def ends(projection: Projection, kind: str) -> set[tuple[str, str]]:
    return {(edge.from_id, edge.to_id) for edge in projection.graph.edges.values() if edge.fact.type == kind}


@pytest.mark.parametrize(("written", "node"), [
    ("Kelseyvile Unified", "lea/17640220000000"),
    ("Kelseyville USD, Konocti", "lea/17640220000000"),
    ("Nonesuch Unified", "lea/lake/nonesuch-unified"),
    ("1.76402E+13", "lea/17640220000000"),
])  # fmt: skip
def test_an_lea_that_takes_part(tmp_path: Path, written: str, node: str) -> None:
    table = f'Who,What,Content area,LEAs taking part\nLibrary,Coding club,CS,"{written}"\n'
    projection = projected(tmp_path, districts=DISTRICTS.replace("17640300000000", "17999990000000"), quick=table)
    assert node in {start for start, _ in ends(projection, "TOOK_PART_IN")}


@pytest.mark.parametrize(("written", "said"), [
    ("Kelseyvile Unified", "read 'Kelseyvile Unified' as Kelseyville Unified"),
    ("Nonesuch Unified", "no LEA of Lake County that is loaded is called 'Nonesuch Unified'"),
    ("9.9E+13", "fits no single LEA"),
])  # fmt: skip
def test_what_was_read_otherwise_is_said(tmp_path: Path, written: str, said: str) -> None:
    table = f"Who,What,Content area,LEAs taking part\nLibrary,Coding club,CS,{written}\n"
    projection = projected(tmp_path, districts=DISTRICTS, quick=table)
    assert any(said in problem.what and problem.row == 2 for problem in projection.problems)


def test_a_rounded_code_that_fits_none_makes_no_lea(tmp_path: Path) -> None:
    projection = projected(tmp_path, quick="Who,What,Content area,LEAs taking part\nLibrary,Coding club,CS,9.9E+13\n")
    assert not ends(projection, "TOOK_PART_IN")
    assert not [node for node in projection.graph.nodes if node.startswith("lea/")]


def test_a_bare_county_is_a_county_where_somebody_serves(tmp_path: Path) -> None:
    projection = projected(tmp_path, ties="From,To,How,Content areas\nStar Lab,Glenn,serves,Science\n")
    assert ends(projection, "SERVES") == {("partner/star-lab", "county/glenn")}


@pytest.mark.parametrize("name", ["Friends of Kelseyville Unified", "MESA Ukiah (Ukiah Unified)", "Association of School Districts"])
def test_a_body_named_after_a_district_is_a_partner(tmp_path: Path, name: str) -> None:
    projection = projected(tmp_path, districts=DISTRICTS, quick=f"Who,What,Content area\n{name},Club,Math\n")
    ((start, _),) = ends(projection, "PARTNERS_WITH")
    assert start.startswith("partner/")


def test_everyone_in_a_list_is_everyone(tmp_path: Path) -> None:
    table = 'Who,What,Content area,LEAs taking part\nLibrary,Club,CS,"All districts in the county; charters"\n'
    projection = projected(tmp_path, districts=DISTRICTS, quick=table)
    assert ends(projection, "SERVES") == {("partner/library", "county/lake")}


def test_one_sheet_cites_one_partner_by_several_pages(tmp_path: Path) -> None:
    table = (
        "Who,What,Content area,Web address\nRedwood Library,A,Math,https://a.example/x\n"
        "Redwood Library,B,Math,https://b.example/y\nRedwood Library,C,Math,\n"
    )
    projection = projected(tmp_path, quick=table)
    assert [node for node in projection.graph.nodes if node.startswith("partner/")] == ["partner/redwood-library"]


def test_public_ids_do_not_depend_on_private_words(tmp_path: Path) -> None:
    table = "Who,What,Content area,Notes,Contributor\nLibrary,Club,Math,{},{}\n"
    first = projected(tmp_path, quick=table.format("frank words", "A"))
    other = projected(tmp_path, quick=table.format("kind words", "B"))
    assert first.graph.edges.keys() == other.graph.edges.keys()
    assert first.graph.nodes.keys() == other.graph.nodes.keys()


def test_a_gone_row_is_named_without_its_private_words(tmp_path: Path) -> None:
    def asked(*of_whom: str) -> Path:
        lines = [f"Lake,Math,all,yes,{who}" for who in of_whom]
        (tmp_path / "asked.csv").write_text("\n".join(["County,Content area,Kind of partner,Asked,Of whom", *lines]), encoding="utf-8")
        return tmp_path / "asked.csv"

    with open_store(":memory:", write=True) as store:
        build(store, read_files([asked("CANARY", "someone")]), reference=False)
        plan = build(store, read_files([asked("someone")]), reference=False)
    ((source,),) = (plan.sources,)
    assert source.gone == 1
    assert "CANARY" not in str(source.rows)
