"""How a file takes the place of another: permissions, owners and links stay, and what is no file is left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from assetgraph import OutputError, open_store
from assetgraph.files import make_folder, replacing, sweep, write_whole
from assetgraph.model.nodes import COE
from assetgraph.store import Change


def test_what_is_replaced_keeps_its_permissions_owner_and_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_bytes(b"old")
    os.chmod(real, 0o640)
    if os.geteuid() == 0:
        os.chown(real, 1234, 1234)
    link.symlink_to(real)
    write_whole(link, b"new")
    assert link.is_symlink() and real.read_bytes() == b"new"
    found = real.stat()
    assert found.st_mode & 0o7777 == 0o640 and (os.geteuid() != 0 or (found.st_uid, found.st_gid) == (1234, 1234))


def test_a_new_file_has_the_permissions_that_the_user_wants(tmp_path: Path) -> None:
    was = os.umask(0o027)
    try:
        write_whole(tmp_path / "new", b"")
        with open_store(tmp_path / "new.kgl", write=True) as store:
            store.apply(Change())
    finally:
        os.umask(was)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o640}


def test_a_private_graph_file_stays_private(tmp_path: Path) -> None:
    path = tmp_path / "graph.kgl"
    for number in range(2):
        with open_store(path, write=True) as store:
            store.apply(Change(nodes=[COE(id=f"coe/{number}", name="A COE", county="Lake")]))
        os.chmod(path, 0o600) if number == 0 else None
    assert path.stat().st_mode & 0o777 == 0o600


def test_an_error_or_a_stop_in_between_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def half(error: type[BaseException]) -> None:
        with replacing(tmp_path / "a") as part:
            part.write_bytes(b"half")
            raise error

    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            half(error)
    assert os.listdir(tmp_path) == ["a"] and (tmp_path / "a").read_bytes() == b"old"


@pytest.mark.parametrize(("make", "said"), [
    (lambda path: path.mkdir(), "it is a folder"),
    (getattr(os, "mkfifo", None), "it is a device or a pipe"),
    (lambda path: path.symlink_to("/dev/full"), "it is a device or a pipe"),
])  # fmt: skip
def test_what_is_no_ordinary_file_is_never_replaced(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "a")
    with pytest.raises(OutputError, match=said):
        write_whole(tmp_path / "a", b"new")
    assert os.listdir(tmp_path) == ["a"] and Path("/dev/full").is_char_device()


def test_folders_are_made_or_refused(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    (tmp_path / "file").touch()
    for path, said in ((tmp_path / "file", "a file is there already"), (tmp_path / "file" / "a", "is a file, not a folder")):
        with pytest.raises(OutputError, match=said):
            make_folder(path)


def test_only_what_was_left_beside_this_file_is_swept(tmp_path: Path) -> None:
    others = [".a.kgl.12345678.part.12345678.part", ".a.kgl.old.12345678.part", ".b.kgl.12345678.part"]
    for name in (".a.kgl.12345678.part", *others):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    sweep(tmp_path / "a.kgl")
    assert sorted(os.listdir(tmp_path)) == others


@pytest.mark.parametrize("name", [*("x" * length for length in (199, 200, 201, 240, 242, 244, 255)), "é" * 120 + ".csv"])
def test_the_longest_name_that_a_system_allows_is_written_and_swept(tmp_path: Path, name: str) -> None:
    with replacing(tmp_path / name) as part:
        part.write_bytes(b"new")
        (left,) = os.listdir(tmp_path)
    assert (tmp_path / name).read_bytes() == b"new"
    (tmp_path / left).mkdir()
    sweep(tmp_path / name)
    assert os.listdir(tmp_path) == [name]


def test_whoever_reads_the_old_file_goes_on_reading_it(tmp_path: Path) -> None:
    """It is put in place in one step: written over, even by a quick copy, the old file would change under a reader."""
    (tmp_path / "a").write_bytes(b"old")
    with (tmp_path / "a").open("rb") as reading:
        write_whole(tmp_path / "a", b"new and longer")
        assert reading.read() == b"old"
    assert (tmp_path / "a").read_bytes() == b"new and longer"


def test_a_power_cut_meets_the_old_file_or_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are on the disk before the name is, and the name before we say that it is written."""
    steps: list[str] = []
    flush, replace = os.fsync, os.replace

    def flushed(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else f"{os.fstat(handle).st_size} bytes")
        flush(handle)

    def replaced(source: Path, target: Path) -> None:
        steps.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", replaced)
    write_whole(tmp_path / "a", b"12345")
    assert steps == ["5 bytes", "name", *(["folder"] if hasattr(os, "O_DIRECTORY") else [])]
