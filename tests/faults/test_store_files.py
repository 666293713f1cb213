"""Graph files that are damaged, newer, locked, read-only or no graph files: right rows, or one line with its cure."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import kglite
import pytest
from click.testing import Result

from assetgraph import StoreError, StoreUnavailable, open_store
from assetgraph.model.nodes import COE, Partner
from assetgraph.model.schema import SCHEMA_VERSION
from assetgraph.store import Change

Mount = Callable[..., None]
Run = Callable[..., Result]

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
MANY = 7_000
"""Partners whose columns are so large that the engine reads them from the file in place."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A graph file of few rows, in which every part is compressed."""
    return graph_file(tmp_path_factory.mktemp("small") / "small.kgl", 30)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A graph file with columns that are read in place, which the engine by itself does not check."""
    return graph_file(tmp_path_factory.mktemp("large") / "large.kgl", MANY)


def graph_file(path: Path, partners: int) -> bytes:
    with open_store(path, write=True) as store:
        store.apply(Change(nodes=[COE(id="coe/lake", name="Lake COE", county="Lake"),
                                  *(Partner(id=f"partner/{n:040}", name=sha256(b"%d" % n).hexdigest()) for n in range(partners))]))  # fmt: skip
    return path.read_bytes()


def newer_schema(path: Path) -> None:
    graph = kglite.KnowledgeGraph()
    graph.cypher(f"CREATE (:AssetGraph {{id: 'assetgraph', schema_version: {SCHEMA_VERSION + 1}}})")
    graph.save(str(path))


def patched(place: int, value: int) -> Callable[[Path], None]:
    def patch(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[place] = value
        path.write_bytes(content)

    return patch


def folder_in_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe_in_place(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


NO_GRAPH: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "empty": (lambda path: path.write_bytes(b""), "not a graph file, or damaged", "build it again from your files"),
    "zeroes": (lambda path: path.write_bytes(bytes(5000)), "not a graph file, or damaged", "build it again from your files"),
    "cut": (lambda path: path.write_bytes(path.read_bytes()[:-1]), "not a graph file, or damaged", "build it again from your files"),
    "text": (lambda path: path.write_text("Dear Ann, here are the partners."), "that is a sheet", "leave out --store"),
    "csv": (lambda path: path.write_text("Who,What\nLibrary,Club\n"), "that is a sheet", "leave out --store"),
    "workbook": (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(99)), "that is a sheet", "leave out --store"),
    "folder": (folder_in_place, "is a folder", "name a file"),
    "pipe": (pipe_in_place, "is a device or a pipe", "name a file"),
    "gone": (lambda path: path.unlink(), "no graph here yet", "build one first"),
    "newer assetgraph": (newer_schema, f"made by a newer version of assetgraph (schema {SCHEMA_VERSION + 1}", "upgrade assetgraph"),
    "newer container": (patched(3, 99), "written by a newer version of the graph engine", "upgrade assetgraph"),
    "newer data": (patched(5, 99), "written by a newer version of the graph engine", "upgrade assetgraph"),
}  # fmt: skip


@pytest.mark.parametrize("command", ["store info", "ask", "build", "sources retire"])
@pytest.mark.parametrize("case", NO_GRAPH)
def test_what_is_no_graph_file_of_ours_is_one_line_and_left_alone(run: Run, sheet: Path, small: bytes, case: str, command: str) -> None:
    break_it, what, cure = NO_GRAPH[case]
    path = Path("lake.kgl")
    path.write_bytes(small)
    break_it(path)
    before = path.read_bytes() if path.is_file() else None
    words = {"store info": ("store", "info"), "ask": ("ask", "gap-grid", "--county", "Lake"), "sources retire": ("sources", "retire", "x"),
             "build": ("build", sheet, "--county", "Lake", "--no-reference")}[command]  # fmt: skip
    result = run(*words, "--store", path)
    if case == "gone" and command == "build":
        assert result.exit_code == 1 and path.is_file()  # one row of the sheet is refused
        return
    assert result.exit_code == 1 and result.stderr.count("\n") == 1, result.output
    assert result.stderr.startswith("Error: lake.kgl") and what in result.stderr and cure in result.stderr
    assert (path.read_bytes() if path.is_file() else None) == before
    assert set(os.listdir()) <= {"lake.kgl", "assets.csv"}


FLIPS = """
import sys
from assetgraph import AssetGraphError, open_store
whole, path, write = open(sys.argv[1], "rb").read(), sys.argv[2], sys.argv[3] == "write"
def rows():
    with open_store(path, write=write) as store:
        graph = store.graph()
        return graph.nodes, graph.edges, store.digests()
open(path, "wb").write(whole)
right = rows()
for line in sys.stdin:
    kind, place, bit = line.split()
    broken = bytearray(whole)
    if kind == "flip":
        broken[int(place)] ^= 1 << int(bit)
    else:
        del broken[int(place):]
    open(path, "wb").write(broken)
    try:
        found = "right" if rows() == right else "WRONG"
    except AssetGraphError as error:
        found = "refused" if str(error).count("\\n") == 0 and error.cure else "UNCLEAR " + str(error)
    print(found, flush=True)
"""


def flipped(tmp_path: Path, whole: bytes, breaks: list[str], mode: str) -> list[str]:
    """What came of each break, in order; a process that dies shows as ``DIED``."""
    (tmp_path / "whole.kgl").write_bytes(whole)
    done = subprocess.run([sys.executable, "-c", FLIPS, str(tmp_path / "whole.kgl"), str(tmp_path / "broken.kgl"), mode],
                          input="\n".join(breaks), capture_output=True, text=True, check=False, env=ENVIRONMENT)  # fmt: skip
    found = done.stdout.splitlines()
    return found if done.returncode == 0 else [*found, f"DIED {done.returncode} {done.stderr[-500:]}"]


@pytest.mark.parametrize("mode", ["read", "write"])
@pytest.mark.parametrize(("size", "rounds"), [("small", 150), ("large", 8)])
def test_a_flipped_bit_or_a_cut_never_gives_wrong_rows(
    request: pytest.FixtureRequest, tmp_path: Path, size: str, rounds: int, mode: str
) -> None:
    whole: bytes = request.getfixturevalue(size)
    chance = random.Random(f"{size} {mode}")
    breaks = [f"flip {chance.randrange(len(whole))} {chance.randrange(8)}" for _ in range(rounds)]
    breaks += [f"cut {chance.randrange(len(whole))} 0" for _ in range(rounds // 4)]
    if size == "small":
        breaks += [f"flip {place} {bit}" for place in range(16) for bit in range(8)]  # magic, versions and lengths
        breaks += [f"cut {length} 0" for length in range(24)]
    found = flipped(tmp_path, whole, breaks, mode)
    assert len(found) == len(breaks) and set(found) == {"refused"}, [*zip(breaks, found, strict=False)][-1]


@pytest.mark.parametrize("mode", ["read", "write"])
def test_the_engine_alone_would_miss_a_bit_that_we_see(tmp_path: Path, large: bytes, mode: str) -> None:
    """The reason why files are checked whole: with its own way of loading, the engine gives wrong rows for this one."""
    path = tmp_path / "broken.kgl"
    query = "MATCH (p:Partner) RETURN p.id AS id, p.name AS name, p.digest AS digest ORDER BY id"
    path.write_bytes(large)
    right = kglite.load(str(path)).cypher(query).to_list()
    start = large.index(b"partner/" + b"0" * 40)  # where ids are kept as they are; before them stands where each begins
    silent = 0
    for place in range(start - 40_000, start, 1250):
        broken = bytearray(large)
        broken[place] ^= 1
        path.write_bytes(broken)
        with suppress(kglite.KgError):
            silent += kglite.load(str(path)).cypher(query).to_list() != right
        with pytest.raises(StoreError, match="damaged"):
            open_store(path, write=mode == "write")
    assert silent


HOLD = """
import sys
from assetgraph import open_store
with open_store(sys.argv[1], write=True):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """The id of another process that holds the file for writing."""
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          env=ENVIRONMENT) as holder:  # fmt: skip
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        yield holder.pid
        holder.communicate("")


def test_who_holds_it_since_when_is_said_and_reading_goes_on(run: Run, sheet: Path, small: bytes) -> None:
    path = Path("lake.kgl")
    path.write_bytes(small)
    Path("link.kgl").symlink_to(path)  # another name for the same file is held too
    with held(path.absolute()) as pid:
        for name in ("lake.kgl", "link.kgl"):
            result = run("build", sheet, "--county", "Lake", "--no-reference", "--store", name)
            assert result.exit_code == 1 and result.stderr.count("\n") == 1
            since = time.strftime("since %Y-%m-%d %H:")
            assert f"{name}: another process is writing to it (pid {pid}, {since}" in result.stderr
            assert "wait until it has finished" in result.stderr
            (info,) = json.loads(run("store", "info", "--store", name, "--format", "json").stdout)
            assert info["nodes"]["Partner"] == 30
    assert run("build", sheet, "--county", "Lake", "--no-reference", "--store", "link.kgl").exit_code == 1  # a row is refused
    assert Path("link.kgl").is_symlink()
    with open_store(path) as store:
        assert len(store.records()) == 1
    assert sorted(os.listdir()) == ["assets.csv", "lake.kgl", "link.kgl"]


def test_one_process_is_told_that_it_holds_it_itself(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.kgl", write=True), pytest.raises(StoreUnavailable, match="this process is writing to it already"):
        open_store(tmp_path / "a.kgl", write=True)


@pytest.mark.parametrize("pid", [1, 999_999_999])
def test_a_lock_of_the_dead_or_of_a_number_that_another_program_has_now_holds_nobody_up(
    tmp_path: Path, small: bytes, pid: int
) -> None:
    path = tmp_path / "lake.kgl"
    path.write_bytes(small)
    (tmp_path / "lake.kgl.lock").touch()
    (tmp_path / "lake.kgl.lock-owner").write_text(f"pid={pid}\nsince=2020-01-01T00:00:00Z\n")
    (tmp_path / ".lake.kgl.12345678.part").mkdir()
    (tmp_path / ".lake.kgl.12345678.part" / "file.tmp.1.0").write_bytes(b"half")
    with open_store(path, write=True) as store:
        store.apply(Change(nodes=[COE(id="coe/glenn", name="Glenn COE", county="Glenn")]))
    assert os.listdir(tmp_path) == ["lake.kgl"]


def test_a_file_that_another_program_changed_meanwhile_is_not_overwritten(tmp_path: Path, small: bytes, large: bytes) -> None:
    path = tmp_path / "lake.kgl"
    path.write_bytes(small)
    with open_store(path, write=True) as store:
        path.write_bytes(large)
        with pytest.raises(StoreError, match="another program changed it since it was opened.*run the command again"):
            store.apply(Change(nodes=[COE(id="coe/glenn", name="Glenn COE", county="Glenn")]))
    assert path.read_bytes() == large


def test_a_file_on_a_disk_that_can_only_be_read_is_read(run: Run, tmp_path: Path, mount: Mount, small: bytes, sheet: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "lake.kgl").write_bytes(small)
    mount(disk, "--bind", str(disk))
    mount(disk, "-o", "remount,ro,bind")
    assert run("store", "info", "--store", "disk/lake.kgl").exit_code == 0
    result = run("build", sheet, "--county", "Lake", "--store", "disk/lake.kgl")
    assert result.exit_code == 1 and result.stderr.count("\n") == 1 and "disk/lake.kgl: cannot be written" in result.stderr
    assert os.listdir(disk) == ["lake.kgl"]


AS_NOBODY = """
import os, sys
import assetgraph.store.embedded, assetgraph.files
from assetgraph import StoreError, open_store
if os.geteuid() == 0:  # whose files no permission protects
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
for write in (False, True):
    try:
        open_store(sys.argv[1], write=write).close()
        print("opened")
    except StoreError as error:
        print(error)
"""


@pytest.mark.parametrize(("modes", "reading", "writing"), [
    ((0o700, 0o755), "cannot be opened: you may not", "you may not"),
    ((0o755, 0o000), "cannot be opened: you may not read it. To mend it: ask", "it is read-only"),
    ((0o755, 0o444), "opened", "it is read-only"),
    ((0o755, 0o666), "opened", "cannot be opened: you may not write there"),
])  # fmt: skip
def test_what_somebody_may_not_read_or_write_is_said(tmp_path: Path, small: bytes, modes: tuple[int, int], reading: str, writing: str) -> None:
    for above in tmp_path.parents:
        if not above.stat().st_mode & 0o001:
            os.chmod(above, above.stat().st_mode | 0o001)
    os.chmod(tmp_path, 0o755)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "lake.kgl").write_bytes(small)
    os.chmod(folder / "lake.kgl", modes[1])
    os.chmod(folder, modes[0])
    if os.geteuid() != 0:
        os.chmod(folder, modes[0] & 0o555 if modes[0] != 0o700 else 0)
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, str(folder / "lake.kgl")], capture_output=True, text=True,
                          check=True, env=ENVIRONMENT)  # fmt: skip
    os.chmod(folder, 0o755)
    first, second = done.stdout.splitlines()
    assert reading in first and writing in second, done.stdout
    assert os.listdir(folder) == ["lake.kgl"]


def test_no_room_for_the_engine_s_temporary_files_is_not_called_damage(tmp_path: Path, mount: Mount, large: bytes) -> None:
    disk = tmp_path / "disk"
    mount(disk, "-t", "tmpfs", "-o", "size=64k", "tmpfs")
    (tmp_path / "large.kgl").write_bytes(large)
    code = "import sys; from assetgraph.__main__ import run; sys.argv = ['assetgraph', *sys.argv[1:]]; run()"
    done = subprocess.run([sys.executable, "-c", code, "store", "info", "--store", "large.kgl"], capture_output=True, text=True,
                          check=False, cwd=tmp_path, env={**ENVIRONMENT, "TMPDIR": str(disk)})  # fmt: skip
    assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
    assert f"in {disk}, the folder of temporary files, no room is left" in done.stderr and "damaged" not in done.stderr


def test_a_whole_file_is_read_wherever_it_was_copied_to(tmp_path: Path, large: bytes) -> None:
    (tmp_path / "a.kgl").write_bytes(large)
    shutil.copy(tmp_path / "a.kgl", tmp_path / "b.kgl")
    with open_store(tmp_path / "b.kgl") as store:
        assert len(store.graph().nodes) == MANY + 1
