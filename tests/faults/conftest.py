"""Places where writing fails for real: disks of their own that are full or can only be read."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assetgraph.build.reference import sample_folder
from assetgraph.cli import main

Mount = Callable[..., None]
Run = Callable[..., Result]


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """A run that was itself started in the background ignores Ctrl-C, and so would every process that it starts."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def mount() -> Iterator[Mount]:
    """``mount(folder, *words)`` mounts something there until the test ends; where that is not allowed the test is skipped."""
    mounted: list[Path] = []

    def do(folder: Path, *words: str) -> None:
        folder.mkdir(exist_ok=True)
        try:
            done = subprocess.run(["mount", *words, str(folder)], capture_output=True, text=True, check=False)
            refused = done.stderr.strip()
        except FileNotFoundError:
            refused = "there is no mount command"
        if refused:
            line = f"no disk of its own can be mounted ({refused}): run the tests as root on Linux, outside an unprivileged container"
            if os.environ.get("CI"):
                pytest.fail(line)
            pytest.skip(line)
        if folder not in mounted:
            mounted.append(folder)

    yield do
    for folder in reversed(mounted):
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line, run in the test's folder; what it printed and its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A Quickstorm table of Lake, with one row that cannot be kept."""
    path = tmp_path / "assets.csv"
    path.write_text("Who,What,Content area,Notes\nLibrary,Club,Math,call Ann\n,Nothing,Math,\n", encoding="utf-8")
    return path


@pytest.fixture
def lake() -> Path:
    """Lake County's map in the sample: real rows."""
    return sample_folder() / "maps" / "lake"
