"""Building: what is written, what is only looked at, what is refused, and the reference beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgraph.build import plan
from assetgraph.build.reference import REFERENCE, REFERENCE_AS_OF, read_reference, sample_folder
from assetgraph.build.run import build, plan_of, retire, source_named
from assetgraph.errors import InputError, UsageError
from assetgraph.intake import read_files
from assetgraph.model.records import Basis
from assetgraph.store import Line, Page, Store, lines_of, open_store

HEADER = "Who,What,Content area\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "lake.csv"
    path.write_text(HEADER + "Lake Library,Code club,CS\nRiver Museum,River walk,Science\n", encoding="utf-8")
    return path


def names(store: Store) -> set[str]:
    return {row["name"] for row in store.read("MATCH (p:Partner) RETURN p.name AS name ORDER BY name", {})}


def test_a_build_writes_and_a_second_one_changes_nothing(table: Path) -> None:
    with open_store(":memory:") as store:
        done = build(store, read_files([table], county="Lake"), reference=False)
        assert [(one.source.id, one.new, one.gone) for one in done.sources] == [("table/lake", 2, 0)]
        assert names(store) == {"Lake Library", "River Museum"}
        assert build(store, read_files([table], county="Lake"), reference=False).is_empty


def test_the_rows_of_a_new_source_are_gone_through_in_one_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lake.csv"
    path.write_text(HEADER + "".join(f"Partner {number},Club {number},CS\n" for number in range(3_000)), encoding="utf-8")
    with open_store(":memory:") as store:
        (source,) = plan_of(store, read_files([path], county="Lake"), reference=False).sources
    passes = 0

    def counted(page: Page) -> list[Line]:
        nonlocal passes
        passes += 1
        return list(lines_of(page))

    monkeypatch.setattr(plan, "lines_of", counted)
    rows = list(source.rows)
    assert (len(rows), passes) == (3_000, 4)  # rows 2 to 3,001: a page is a thousand numbers
    assert (rows[0].text, rows[0].row, {row.kind for row in rows}) == ("Partner 0, Club 0", 2, {"new"})


def test_a_dry_run_writes_nothing(table: Path) -> None:
    with open_store(":memory:") as store:
        done = build(store, read_files([table], county="Lake"), reference=False, dry_run=True)
        assert not done.is_empty
        assert store.sources() == [] and names(store) == set()


def test_strict_writes_nothing_when_a_row_is_refused(table: Path) -> None:
    table.write_text(table.read_text(encoding="utf-8") + ",Nothing,Math\n", encoding="utf-8")
    with open_store(":memory:") as store:
        with pytest.raises(InputError, match="1 row or file was refused"):
            build(store, read_files([table], county="Lake"), reference=False, strict=True)
        assert store.sources() == []
        build(store, read_files([table], county="Lake"), reference=False)
        assert names(store) == {"Lake Library", "River Museum"}


def test_rows_that_vanish_are_gone_and_others_stay(table: Path) -> None:
    with open_store(":memory:") as store:
        build(store, read_files([table], county="Lake"), reference=False)
        table.write_text(HEADER + "Lake Library,Code club,CS\n", encoding="utf-8")
        done = build(store, read_files([table], county="Lake"), reference=False)
        assert done.gone == 1 and [row.text for row in done.sources[0].rows] == ["River Museum, River walk"]
        assert names(store) == {"Lake Library"}


def test_a_file_that_cannot_be_read_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    home = tmp_path / "map"
    home.mkdir()
    (home / "Read me.csv").write_text("Field,Value\nMap of,Lake COE\nCounties,Lake\n", encoding="utf-8")
    (home / "Quickstorm.csv").write_text(HEADER + "Lake Library,Code club,CS\n", encoding="utf-8")
    (home / "Needs.csv").write_text("Whose,Need\nLake COE,Time\n", encoding="utf-8")
    with open_store(":memory:") as store:
        build(store, read_files([home]), reference=False)
        before = store.digests()
        (home / "Quickstorm.csv").write_bytes(b"\x00\x01\x02" * 50)
        with pytest.raises(InputError, match="the store holds rows of it"):
            build(store, read_files([home]), reference=False)
        assert store.digests() == before


def test_the_reference_is_one_source_in_which_no_row_is_refused() -> None:
    reading = read_reference()
    (source,) = reading.sources
    assert (source.id, source.basis, source.name, source.as_of) == (REFERENCE, Basis.REFERENCE, "reference", REFERENCE_AS_OF)
    assert REFERENCE == "reference/reference"
    assert source.rows_refused == 0 and source.rows_in == source.rows_kept == len(reading.records)
    assert len({(record.file, record.row) for record in reading.records}) == len(reading.records)


def test_the_maps_lend_all_but_their_needs() -> None:
    files = {record.file for record in read_reference().records}
    assert "maps/lake/Ties.csv" in files and "maps/del-norte/Coordinators.csv" in files
    assert not [name for name in files if name.startswith("maps/") and "Needs" in name]
    assert {name.partition("/")[0] for name in {record.file for record in read_reference(maps=False).records}} == {"reference"}


def test_the_reference_is_written_once_and_never_again(table: Path) -> None:
    with open_store(":memory:") as store:
        build(store)
        again = plan_of(store)
        assert again.is_empty and again.sources[0].same == len(read_reference().records)
        with_map = plan_of(store, read_files([table], county="Lake"))
        assert {source.id for source in with_map.change.sources} == {"table/lake"}


def test_a_row_that_stands_in_several_sample_maps_is_taken_once() -> None:
    # Tehama's membership in the GEMS Network is in the maps of Butte, Glenn and Tehama, word for word.
    with open_store(":memory:") as store:
        edges = build(store).projection.graph.edges.values()
    gems = [edge for edge in edges if edge.from_id == "coe/tehama" and edge.fact.type == "MEMBER_OF" and "gems" in edge.to_id]
    assert len(gems) == 1


def test_no_row_of_the_sample_is_refused() -> None:
    for folder in ("maps", "directory", "reference"):
        reading = read_files([sample_folder() / folder])
        assert reading.refused == 0 and reading.records


def test_retire_takes_one_source_by_name_or_id(table: Path) -> None:
    other = table.with_name("other.csv")
    other.write_text(HEADER + "Lake Library,Code club,CS\n", encoding="utf-8")
    with open_store(":memory:") as store:
        build(store, read_files([table, other], county="Lake"), reference=False)
        assert retire(store, "LAKE", dry_run=True).gone == 2
        assert names(store) == {"Lake Library", "River Museum"}
        retire(store, "table/lake")
        assert names(store) == {"Lake Library"}  # the other source holds it too
        with pytest.raises(UsageError, match="no source is called 'lake'"):
            source_named(store, "lake")


def test_a_partner_spelt_twice_in_one_row_is_reported_once(tmp_path: Path) -> None:
    path = tmp_path / "offerings.csv"
    path.write_text("Provider,Title,Funder,Content areas\nLake Club,Math night,The Lake Club,math\nOther Org,Science night,,science\n", encoding="utf-8")
    with open_store(":memory:") as store:
        done = build(store, read_files([path], county="Lake"), reference=False)
        ids = [fact.id for fact in done.projection.facts]
        assert len(ids) == len(set(ids))
        assert build(store, read_files([path], county="Lake"), reference=False).is_empty
