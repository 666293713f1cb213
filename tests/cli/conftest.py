"""The command line in a folder of its own, and the sample built once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assetgraph.cli import main
from assetgraph.demo import Demo, make_demo

Run = Callable[..., Result]

QUICKSTORM = (
    "Who,What,Content area,Temporary or enduring,Starts,Ends,Kind of partner,Contributor,Notes\n"
    "Lake County Library,Code club,CompSci,temporary,2026-01-01,2028-06-30,library,Ann Lee,call Ann\n"
    "\"=cmd|' /C calc'!A0\",<script>alert(1)</script>,M/S,,,,,,\n"
    ",Nothing,Math,,,,,,\n"
    "Tribal Health,Garden science,Sci,enduring,spring 2025,,tribe,Bo Day,\n"
)
"""Four rows, one without a Who; the first says temporary of more than two years."""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command line, run in an empty folder; what it printed and its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A Quickstorm table of Lake, with one row that cannot be kept."""
    path = tmp_path / "assets.csv"
    path.write_text(QUICKSTORM, encoding="utf-8")
    return path


@pytest.fixture
def good_sheet(tmp_path: Path) -> Path:
    """The same table without that row."""
    path = tmp_path / "good.csv"
    path.write_text("".join(line for line in QUICKSTORM.splitlines(True) if not line.startswith(",")), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The sample as ``assetgraph demo`` makes it."""
    return make_demo(tmp_path_factory.mktemp("sample") / "assetgraph-demo")
