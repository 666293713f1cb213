"""The graph file: one writer, readers never held up, and a file that is whole or untouched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import kglite
import pytest

from assetgraph.errors import ForeignGraph, StoreError, StoreUnavailable
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Edge
from assetgraph.model.nodes import COE, Partner
from assetgraph.store import Change, open_store

LAKE = COE(id="coe/lake", name="Lake COE", county="Lake")
MARIN = COE(id="coe/marin", name="Marin COE", county="Marin")


def built(path: Path) -> Path:
    with open_store(path, write=True) as store:
        store.apply(Change(nodes=[LAKE]))
    return path


def test_a_file_is_read_back_by_another_opening(tmp_path: Path) -> None:
    path = built(tmp_path / "lake.kgl")
    with open_store(path) as store:
        assert list(store.graph().nodes.values()) == [LAKE]
        assert store.address == str(path)
        assert store.info().bytes == path.stat().st_size > 0


def test_reading_and_writing_leave_only_the_graph_file(tmp_path: Path) -> None:
    path = built(tmp_path / "lake.kgl")
    with open_store(path) as store:
        store.records()
        assert os.listdir(tmp_path) == ["lake.kgl"]
    assert os.listdir(tmp_path) == ["lake.kgl"]


def test_opening_for_writing_and_writing_nothing_makes_no_file(tmp_path: Path) -> None:
    with open_store(tmp_path / "lake.kgl", write=True):
        pass
    assert os.listdir(tmp_path) == []


def test_closing_does_not_undo_what_was_written_and_twice_is_harmless(tmp_path: Path) -> None:
    store = open_store(tmp_path / "lake.kgl", write=True)
    store.apply(Change(nodes=[LAKE]))
    store.apply(Change(nodes=[MARIN]))
    store.close()
    store.close()
    with open_store(tmp_path / "lake.kgl") as again:
        assert set(again.graph().nodes) == {"coe/lake", "coe/marin"}


def test_a_file_opened_for_reading_refuses_a_query_that_writes(tmp_path: Path) -> None:
    with open_store(tmp_path / "lake.kgl", write=True) as store:
        store.apply(Change(nodes=[LAKE]))
    with open_store(tmp_path / "lake.kgl") as store:
        for query in ("MATCH (c:COE) SET c.name = 'no' RETURN c.name AS name", "MATCH (c:COE) DETACH DELETE c"):
            with pytest.raises(StoreError, match="tried to write"):
                store.read(query)
        assert store.graph().nodes["coe/lake"] == LAKE


def test_memory_is_written_and_read_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(":memory:") as store:
        store.apply(Change(nodes=[LAKE]))
        assert set(store.graph().nodes) == {"coe/lake"}
        assert store.info().bytes is None
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no graph here yet.*assetgraph build"):
        open_store(tmp_path / "lake.kgl")
    assert os.listdir(tmp_path) == []


def test_a_folder_is_no_graph_file(tmp_path: Path) -> None:
    for write in (False, True):
        with pytest.raises(StoreUnavailable, match="folder"):
            open_store(tmp_path, write=write)
    with pytest.raises(StoreUnavailable, match="folder does not exist"):
        open_store(tmp_path / "none" / "lake.kgl", write=True)


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("damage", ["cut short", "half", "empty"])
def test_a_damaged_file_is_named_and_left_alone(tmp_path: Path, damage: str, write: bool) -> None:
    whole = built(tmp_path / "lake.kgl").read_bytes()
    bad = {"cut short": whole[:40], "half": whole[: len(whole) // 2], "empty": b""}
    path = tmp_path / "lake.kgl"
    path.write_bytes(bad[damage])
    with pytest.raises(StoreError, match="damaged.*build it again from your files, under another name") as said:
        open_store(path, write=write)
    assert "delete" not in str(said.value)
    assert path.read_bytes() == bad[damage]
    assert os.listdir(tmp_path) == ["lake.kgl"]


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("sheet", [
    b"who,what\n", "Who\tWhat\r\nPeña\t\r\n".encode("cp1252"), "Who,What\n".encode("utf-16"), b"PK\x03\x04" * 9,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
])  # fmt: skip
def test_a_sheet_given_as_a_store_is_called_a_sheet_and_left_alone(tmp_path: Path, sheet: bytes, write: bool) -> None:
    path = tmp_path / "good.xlsx"
    path.write_bytes(sheet)
    with pytest.raises(StoreError, match="a sheet, not a graph file.*leave out --store and name it as a file") as said:
        open_store(path, write=write)
    assert "delete" not in str(said.value) and path.read_bytes() == sheet
    assert os.listdir(tmp_path) == ["good.xlsx"]


def test_opened_for_reading_it_cannot_be_written(tmp_path: Path) -> None:
    with open_store(built(tmp_path / "lake.kgl")) as store, pytest.raises(StoreError, match="opened for reading"):
        store.apply(Change(nodes=[MARIN]))


def test_a_failed_change_leaves_file_and_store_as_they_were(tmp_path: Path) -> None:
    path = built(tmp_path / "lake.kgl")
    before = path.read_bytes()
    lost = Edge("coe/lake", "partner/none", FACT_KINDS["SUPPORTS"].model_validate({"id": "f", "source": "s", "basis": "map"}))
    with open_store(path, write=True) as store:
        with pytest.raises(StoreError, match="name a node that is not there"):
            store.apply(Change(nodes=[MARIN], edges=[lost]))
        assert set(store.graph().nodes) == {"coe/lake"}
        assert path.read_bytes() == before
        store.apply(Change(nodes=[MARIN]))
    with open_store(path) as store:
        assert set(store.graph().nodes) == {"coe/lake", "coe/marin"}


def test_a_change_that_cannot_be_saved_is_refused_whole(tmp_path: Path) -> None:
    path = built(tmp_path / "lake.kgl")
    before = path.read_bytes()

    with open_store(path, write=True) as store:
        path.unlink()
        path.mkdir()  # nothing can be saved over a folder
        with pytest.raises(StoreError, match="stays as it was"):
            store.apply(Change(nodes=[MARIN]))
        assert set(store.graph().nodes) == {"coe/lake"}
        path.rmdir()
        path.write_bytes(before)


HOLD = """
import sys, time
from assetgraph.store import Change, open_store
from assetgraph.model.nodes import COE
store = open_store(sys.argv[1], write=True)
store.apply(Change(nodes=[COE(id="coe/marin", name="Marin COE", county="Marin")]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_file_that_another_process_writes_names_it_and_can_still_be_read(tmp_path: Path) -> None:
    path = built(tmp_path / "lake.kgl")
    holder = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True,
                              env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(StoreUnavailable, match=f"pid {holder.pid}"):
            open_store(path, write=True)
        with open_store(path) as store:
            assert set(store.graph().nodes) == {"coe/lake", "coe/marin"}
    finally:
        holder.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        holder.communicate()
    with open_store(path, write=True) as store:  # a process that died holds nothing
        assert set(store.graph().nodes) == {"coe/lake", "coe/marin"}
    assert os.listdir(tmp_path) == ["lake.kgl"]


def test_somebody_elses_graph_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    theirs = kglite.KnowledgeGraph()
    theirs.cypher("CREATE (:Partner {id: 7, name: 'theirs'})")
    theirs.save(str(tmp_path / "theirs.kgl"))
    before = (tmp_path / "theirs.kgl").read_bytes()
    for write in (False, True):
        with pytest.raises(ForeignGraph, match="Partner"):
            open_store(tmp_path / "theirs.kgl", write=write)
    assert (tmp_path / "theirs.kgl").read_bytes() == before
    assert os.listdir(tmp_path) == ["theirs.kgl"]


def test_a_graph_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    newer = kglite.KnowledgeGraph()
    newer.cypher("CREATE (:AssetGraph {id: 'assetgraph', schema_version: 99})")
    newer.save(str(tmp_path / "newer.kgl"))
    with pytest.raises(StoreError, match="newer version"):
        open_store(tmp_path / "newer.kgl")


def test_a_value_that_cannot_be_a_parameter_is_an_error_of_ours() -> None:
    with open_store(":memory:") as store:
        for value in (2**70, object()):
            with pytest.raises(StoreError):
                store.read("RETURN $x AS x", {"x": value})
        with pytest.raises(StoreError, match="could not be run"):
            store.read("MATCH (n RETURN n")


def test_a_partner_may_be_called_anything() -> None:
    with open_store(":memory:") as store:
        names = ["", "null", "true", "1", "1.5", "2024-01-01", "2024-01-01T00:00:00", "[1]", "{a: 1}", "$x", "NaN", "a\\b\\n", "\t\n"]
        store.apply(Change(nodes=[Partner(id=f"partner/{n}", name=name) for n, name in enumerate(names)]))
        assert [node.name for node in store.graph().nodes.values()] == [names[int(i)] for i in sorted(map(str, range(len(names))))]
