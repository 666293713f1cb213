"""Every file that is written, where it cannot be: whole or not at all, the old one untouched, one line with its cure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

from assetgraph import AssetGraphError, OutputError, StoreError, open_store, write_all_templates, write_rows, write_template
from assetgraph.intake.mark import write_marked
from assetgraph.model.nodes import COE
from assetgraph.store import Change
from assetgraph.views.county_map import draw_map
from assetgraph.views.html import PAGE_MARK, write_page

Mount = Callable[..., None]
Run = Callable[..., Result]
Snapshot = Mapping[str, bytes]


def snapshot(folder: Path) -> Snapshot:
    """Every file below a folder with its bytes, and every folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"/" for path in folder.rglob("*")}


def fill(folder: Path, *, leaving: int) -> None:
    """Fill up the disk of a folder but for so many bytes."""
    with (folder / "filler").open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            stream.truncate(max(0, stream.tell() - leaving))


WRITERS: dict[str, tuple[str, Callable[[Path], tuple[object, ...]]]] = {
    "build": ("graph.kgl", lambda path: ("build", "assets.csv", "--county", "Lake", "--no-reference", "--store", path)),
    "map": ("lake.html", lambda path: ("map", "good.csv", "--county", "Lake", "--no-reference", "--out", path)),
    "template": ("lake.xlsx", lambda path: ("template", path, "--county", "Lake")),
    "template --all": ("templates", lambda path: ("template", "--all", "--out", path)),
    "check --mark": ("marked.xlsx", lambda path: ("check", "assets.csv", "--county", "Lake", "--mark", path)),
    "demo": ("assetgraph-demo", lambda path: ("demo", "--out", path)),
}
"""Each command that writes, the name of what it writes, and its words."""

REPLACES = ("build", "map")
"""Those that may replace what is there; the others never touch what somebody may have filled in."""


@pytest.fixture(autouse=True)
def _good_sheet(sheet: Path) -> None:
    """The table without its bad row, and one that says something else."""
    lines = sheet.read_text(encoding="utf-8").splitlines(True)
    (sheet.parent / "good.csv").write_text("".join(lines[:2]), encoding="utf-8")


def refused(result: Result, *words: str) -> None:
    assert result.exit_code == 1, (result.output, result.exception)
    lines = [line for line in result.stderr.splitlines() if not line.endswith(" …")]
    assert len(lines) == 1 and lines[0].startswith("Error: ") and "To mend it: " in lines[0], result.stderr
    assert all(word in lines[0] for word in words), lines[0]


@pytest.mark.parametrize("writer", [name for name in WRITERS if name != "demo"])
def test_on_a_full_disk(run: Run, tmp_path: Path, mount: Mount, writer: str) -> None:
    name, words = WRITERS[writer]
    disk = tmp_path / "disk"
    mount(disk, "-t", "tmpfs", "-o", "size=1m", "tmpfs")
    if writer in REPLACES:
        assert run(*words(disk / name)).exit_code in (0, 1) and (disk / name).is_file()
        Path("assets.csv").write_text("Who,What,Content area\n" + "".join(f"Org {n},Club,Math\n" for n in range(99)), encoding="utf-8")
    fill(disk, leaving=4096)
    before = snapshot(disk)
    refused(run(*words(disk / name)), str(disk / name), "no room is left on the disk", "free some room")
    left = snapshot(disk)
    assert (disk / name).is_dir() or left == before
    assert not [found for found in left if ".part" in found or ".lock" in found]


@pytest.mark.parametrize("writer", WRITERS)
def test_on_a_disk_that_can_only_be_read(run: Run, tmp_path: Path, mount: Mount, writer: str) -> None:
    name, words = WRITERS[writer]
    disk = tmp_path / "disk"
    disk.mkdir()
    if writer in REPLACES:
        assert run(*words(disk / name)).exit_code in (0, 1) and (disk / name).is_file()
    before = snapshot(disk)
    mount(disk, "--bind", str(disk))
    mount(disk, "-o", "remount,ro,bind")
    refused(run(*words(disk / name)), name, "read")
    assert snapshot(disk) == before


@pytest.mark.parametrize("writer", REPLACES)
def test_over_a_file_that_somebody_made_read_only(run: Run, tmp_path: Path, writer: str) -> None:
    name, words = WRITERS[writer]
    assert run(*words(Path(name))).exit_code in (0, 1)
    os.chmod(name, 0o444)
    before = snapshot(tmp_path)
    refused(run(*words(Path(name))), name, "read-only", "allow writing to it")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize(("place", "said"), [
    ("assets.csv/{name}", ("is a file", "a file is there already", "folder does not exist")),
    ("x" * 300 + "{name}", ("its name is too long",)),
    ("loop/{name}", ("its links lead in a circle", "folder does not exist", "a file is there already")),
])  # fmt: skip
def test_where_there_can_be_no_file(run: Run, tmp_path: Path, writer: str, place: str, said: tuple[str, ...]) -> None:
    name, words = WRITERS[writer]
    (tmp_path / "loop").symlink_to("loop")
    before = snapshot(tmp_path)
    result = run(*words(Path(place.format(name=name))))
    refused(result, place.partition("/")[0].format(name=name))
    assert any(word in result.stderr for word in said), result.stderr
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("writer", [name for name in WRITERS if name not in ("map", "template --all", "demo")])
def test_in_a_folder_that_is_not_there(run: Run, tmp_path: Path, writer: str) -> None:
    name, words = WRITERS[writer]
    before = snapshot(tmp_path)
    refused(run(*words(Path("none", name))), name, "its folder does not exist", "make the folder")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("writer", WRITERS)
def test_in_a_folder_that_was_deleted_while_we_are_in_it(run: Run, tmp_path: Path, writer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, words = WRITERS[writer]
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = run(*[tmp_path / word if str(word).endswith(".csv") else word for word in words(Path(name))])
    refused(result, name, "folder does not exist")
    assert not gone.exists()


def test_a_full_disk_half_way_through_58_workbooks_says_how_many_are_whole(run: Run, tmp_path: Path, mount: Mount) -> None:
    disk = tmp_path / "disk"
    mount(disk, "-t", "tmpfs", "-o", "size=200k", "tmpfs")
    result = run("template", "--all", "--out", disk / "all")
    written = sorted((disk / "all").iterdir())
    refused(result, f"({len(written)} of 58 are written)", "move those")
    assert 0 < len(written) < 58 and all(path.suffix == ".xlsx" for path in written)
    assert all("Quickstorm" in load_workbook(path).sheetnames for path in (written[0], written[-1]))


def test_a_demo_on_a_full_disk_holds_whole_files_only(run: Run, tmp_path: Path, mount: Mount) -> None:
    disk = tmp_path / "disk"
    mount(disk, "-t", "tmpfs", "-o", "size=1500k", "tmpfs")
    refused(run("demo", "--out", disk / "demo"), ".html: cannot be written: no room is left on the disk")
    written = snapshot(disk / "demo")
    assert set(written) == {"workbooks", "sample.kgl", "butte.html", "data", "data/butte.csv"}
    assert written["butte.html"].rstrip().endswith(b"</html>")
    with open_store(disk / "demo" / "sample.kgl") as store:
        assert len(store.sources()) == 10


def test_the_folder_of_temporary_files_is_full(run: Run, tmp_path: Path, mount: Mount, monkeypatch: pytest.MonkeyPatch) -> None:
    # openpyxl puts sheets together there, and the engine large columns that it reads.
    disk = tmp_path / "disk"
    mount(disk, "-t", "tmpfs", "-o", "size=64k", "tmpfs")
    monkeypatch.setattr("tempfile.tempdir", str(disk))
    fill(disk, leaving=0)
    refused(run("template", "lake.xlsx", "--county", "Lake"), str(disk), "temporary files", "TMPDIR")
    assert not Path("lake.xlsx").exists()


@pytest.mark.parametrize("name", ["template", "rows", "all", "marked", "page", "map", "store"])
def test_the_library_says_it_too_and_what_was_there_stays(tmp_path: Path, mount: Mount, name: str, sheet: Path) -> None:
    disk = tmp_path / "disk"
    mount(disk, "-t", "tmpfs", "-o", "size=1m", "tmpfs")
    files = {"template": "lake.xlsx", "rows": "rows.xlsx", "all": "alameda.xlsx", "marked": "marked.xlsx", "page": "p.html",
             "map": "map.html", "store": "graph.kgl"}  # fmt: skip
    with open_store(":memory:") as empty:
        drawn = draw_map(empty, "Lake")
    calls: dict[str, Callable[[], object]] = {
        "template": lambda: write_template(disk / "lake.xlsx", "Lake", overwrite=True),
        "rows": lambda: write_rows(disk / "rows.xlsx", "Lake", {}, overwrite=True),
        "all": lambda: list(write_all_templates(disk, overwrite=True)),
        "marked": lambda: write_marked(sheet, [], disk / "marked.xlsx", overwrite=True),
        "page": lambda: write_page(disk / "p.html", "x" * 20_000),
        "map": lambda: drawn.save(disk / "map.html"),
        "store": lambda: store_in(disk / "graph.kgl"),
    }
    if name != "store":
        (disk / files[name]).write_bytes(b"what was there " + PAGE_MARK)  # of a map only one of ours is replaced
    else:
        store_in(disk / files[name])
    fill(disk, leaving=4096)
    before = snapshot(disk)
    with pytest.raises(AssetGraphError, match="cannot be written: no room is left on the disk") as said:
        calls[name]()
    assert said.value.cure and isinstance(said.value, StoreError if name == "store" else OutputError)
    assert snapshot(disk) == before
    (disk / "filler").unlink()
    if name != "all":  # 58 of them have no room here
        calls[name]()
        assert (disk / files[name]).read_bytes() != b"what was there"


def store_in(path: Path) -> None:
    with open_store(path, write=True) as store:
        known = len(store.graph().nodes)
        more = [COE(id=f"coe/c{known}-{n}", name=os.urandom(400).hex(), county="Lake") for n in range(20)]
        store.apply(Change(nodes=more))


def test_a_graph_file_whose_folder_is_deleted_under_us(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with open_store(folder / "graph.kgl", write=True) as store:
        shutil.rmtree(folder)
        with pytest.raises(StoreError, match=r"graph\.kgl: cannot be written: its folder does not exist.*make the folder"):
            store.apply(Change(nodes=[COE(id="coe/lake", name="Lake COE", county="Lake")]))
        assert not store.graph().nodes
    assert not folder.exists()


def test_a_map_over_a_pipe_is_refused_and_does_not_wait(run: Run) -> None:
    os.mkfifo("lake.html")
    refused(run("map", "good.csv", "--county", "Lake", "--no-reference"), "lake.html", "--out")
