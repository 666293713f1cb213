"""Output that nobody reads, or that has no room: one line and exit code 1, for every way in which something is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from nursery import Nursery

ROOT = Path(__file__).parents[2]
RUN = "import sys; from assetgraph.__main__ import run; sys.argv = ['assetgraph', *sys.argv[1:]]; run()"
WORDS = [("--help",), ("questions",), ("questions", "--format", "json")]
"""Printed by click, by rich and by ourselves."""


def process(words: tuple[str, ...], folder: Path, out: int | None, err: int | None = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", RUN, *words], stdout=out, stderr=err, text=True, check=False, cwd=folder,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_a_reader_that_has_gone(tmp_path: Path, words: tuple[str, ...]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = process(words, tmp_path, theirs)
    os.close(theirs)
    assert (done.returncode, done.stderr) == (1, "Error: the output was closed before it was whole.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full: run it on Linux")
@pytest.mark.parametrize("words", WORDS)
def test_an_output_without_room(tmp_path: Path, words: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    done = process(words, tmp_path, full)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "the output cannot be written: no room is left on the disk. To mend it: free some room" in done.stderr
    os.close(full)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full: run it on Linux")
def test_the_line_itself_has_no_room(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    assert process(("questions",), tmp_path, full, full).returncode == 1
    assert process(("map", "nope.csv"), tmp_path, subprocess.DEVNULL, full).returncode == 1
    os.close(full)


def test_closed_from_the_start_it_is_as_if_nobody_read_it(tmp_path: Path) -> None:
    for closed, code in (((1,), 0), ((1, 2), 0)):
        shut = f"import os; [os.close(n) for n in {closed}]; os.execv({sys.executable!r}, [{sys.executable!r}, '-m', 'assetgraph', 'questions'])"
        done = subprocess.run([sys.executable, "-c", shut], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
        assert done.returncode == code


def test_what_the_system_refuses_names_its_file(tmp_path: Path) -> None:
    with Nursery(tmp_path) as nursery:
        ended = nursery.run("map", "a.csv", "--county", "Lake", "--out", "x" * 300 + ".html")
    assert ended.code == 1 and ended.err.count("\n") == 1 and "x.html: its name is too long. To mend it: " in ended.err


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_disk_with_room_for_a_part_only(tmp_path: Path, mount: Callable[..., None], monkeypatch: pytest.MonkeyPatch, unbuffered: str) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount(disk, "-t", "tmpfs", "-o", "size=16k", "tmpfs")
    with (disk / "out.json").open("wb") as out:
        done = process(("questions", "--format", "json"), tmp_path, out.fileno())
    assert 0 < (disk / "out.json").stat().st_size <= 16_384, "the disk took a part"
    assert done.returncode == 1 and "the output cannot be written: no room is left on the disk" in done.stderr
