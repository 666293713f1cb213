"""What a store keeps of the rows beside the graph, from one build to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from maps_of_rows import a_map

from assetgraph.build.plan import plan_build
from assetgraph.build.run import build, retire
from assetgraph.intake import read_files
from assetgraph.model.records import Reading
from assetgraph.model.sheets import QuickstormRow
from assetgraph.store import Store, open_store


def week(who: str) -> QuickstormRow:
    return QuickstormRow(who=who, what=f"Week of {who}", content_areas=("math",))


GLENN = a_map(week("Glenn Fair"), of="Glenn")


def partners(store: Store) -> list[str]:
    return [row["name"] for row in store.read("MATCH (p:Partner) RETURN p.name AS name ORDER BY name", {})]


def held(store: Store) -> list[tuple[str, str]]:
    return sorted((record.source, record.content()) for record in store.records())


def contents(*readings: Reading) -> list[tuple[str, str]]:
    return sorted((record.source, record.content()) for reading in readings for record in reading.records)


@pytest.mark.parametrize("to_file", [False, True])
def test_a_row_that_has_gone_never_returns(tmp_path: Path, to_file: bool) -> None:
    place = str(tmp_path / "graph.kgl") if to_file else ":memory:"
    shorter = a_map(week("Library"))
    with open_store(place, write=True) as store:
        build(store, a_map(week("Library"), week("Museum")), reference=False)
        build(store, shorter, reference=False)
        assert held(store) == contents(shorter)
        build(store, GLENN, reference=False)
        assert held(store) == contents(shorter, GLENN)
        assert partners(store) == ["Glenn Fair", "Library"]
        assert plan_build(store, [shorter, GLENN]).is_empty


def test_a_source_that_was_retired_never_returns() -> None:
    with open_store(":memory:", write=True) as store:
        build(store, a_map(week("Library")), reference=False)
        retire(store, "map/lake/plan-a")
        assert held(store) == []
        build(store, GLENN, reference=False)
        assert [source.id for source in store.sources()] == ["map/glenn/plan-a"]
        assert partners(store) == ["Glenn Fair"] and held(store) == contents(GLENN)


def test_two_files_of_one_name_keep_all_their_rows(tmp_path: Path) -> None:
    for folder, who in (("north", "Library"), ("south", "Museum")):
        (tmp_path / folder).mkdir()
        text = f"Who,What,Content area\n{who},Code club,CS\n{who},Math club,Math\n"
        (tmp_path / folder / "lake.csv").write_text(text, encoding="utf-8")
    lake = read_files([tmp_path / "north" / "lake.csv", tmp_path / "south" / "lake.csv"], county="Lake")
    assert len(lake.records) == 4
    with open_store(":memory:", write=True) as store:
        build(store, lake, reference=False)
        build(store, GLENN, reference=False)
        assert held(store) == contents(lake, GLENN)
        assert partners(store) == ["Glenn Fair", "Library", "Museum"]
        assert plan_build(store, [lake]).is_empty


def test_a_row_of_many_figures_keeps_them_all(tmp_path: Path) -> None:
    file = tmp_path / "need.csv"
    file.write_text("CDS code,County,upp,frpm_pct,el_pct\n17640220000000,Lake,81,77,12\n17640300000000,Lake,61,57,9\n", encoding="utf-8")
    districts = tmp_path / "districts.csv"
    districts.write_text("CDS code,Name,County,Kind,Status\n17640220000000,Konocti Unified,Lake,unified,Active\n"
                         "17640300000000,Lakeport Unified,Lake,unified,Active\n", encoding="utf-8")  # fmt: skip
    figures = read_files([districts, file])
    assert sum(record.kind == "Indicators" for record in figures.records) == 6
    with open_store(":memory:", write=True) as store:
        build(store, figures, reference=False)
        build(store, GLENN, reference=False)
        assert held(store) == contents(figures, GLENN)
        rows = store.read("MATCH (l:LEA)-[m:MEASURED]->(i:Indicator) RETURN l.name AS lea, m.value AS value ORDER BY lea, value", {})
        assert [(row["lea"], row["value"]) for row in rows] == [
            ("Konocti Unified", 12), ("Konocti Unified", 77), ("Konocti Unified", 81),
            ("Lakeport Unified", 9), ("Lakeport Unified", 57), ("Lakeport Unified", 61)]  # fmt: skip
        assert plan_build(store, [figures]).is_empty
