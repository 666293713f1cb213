"""The graph as networkx sees it: typed, scalar, sorted, and public unless staff is asked for."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest

from assetgraph import UsageError, build, open_store, read_files, snapshot

ROWS = (
    "Who,What,Content area,Starts,Tags,Notes,Contributor,Kind of partner\n"
    "Lake Library,Code club,CS; Math,2026-01-05,after school; free,call Ann,Ann Lee,library\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "lake.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def graph_of(table: Path, edition: str) -> nx.MultiDiGraph:
    with open_store(":memory:") as store:
        build(store, read_files([table], county="Lake"), reference=False)
        return snapshot(store, edition=edition).to_networkx()


def test_nodes_and_edges_are_typed_and_scalar(table: Path) -> None:
    graph = graph_of(table, "public")
    (partner,) = [key for key, data in graph.nodes(data=True) if data["label"] == "Partner"]
    assert graph.nodes[partner]["name"] == "Lake Library" and graph.nodes[partner]["family"]
    ties = [(key, data) for a, b, key, data in graph.edges(keys=True, data=True) if data["type"] == "PARTNERS_WITH"]
    assert len(ties) == 1 and ties[0][0].startswith("partners_with:")
    assert ties[0][1]["areas"] == "computer_science; math" and ties[0][1]["starts_on"] == "2026-01-05"
    values = [value for _, data in graph.nodes(data=True) for value in data.values()]
    values += [value for *_, data in graph.edges(keys=True, data=True) for value in data.values()]
    assert {type(value) for value in values} <= {str, int, float, bool}
    assert list(graph) == sorted(graph)


def test_private_fields_are_in_the_staff_edition_only(table: Path) -> None:
    def said(graph: nx.MultiDiGraph) -> str:
        return str(list(graph.nodes(data=True))) + str(list(graph.edges(keys=True, data=True)))

    public, staff = said(graph_of(table, "public")), said(graph_of(table, "staff"))
    assert "call Ann" not in public and "Ann Lee" not in public
    assert "call Ann" in staff and "Ann Lee" in staff
    with open_store(":memory:") as store, pytest.raises(UsageError, match="no edition"):
        snapshot(store, edition="all")


def test_networkx_can_write_and_walk_it(table: Path) -> None:
    graph = graph_of(table, "public")
    nx.write_graphml(graph, BytesIO())
    assert nx.has_path(graph.to_undirected(), "coe/lake", "county/modoc")
