"""The commands of the README, run as they stand there, in a copy of the tree with a fresh environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from neo4j_server import Server

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

on_posix = pytest.mark.skipif(os.name == "nt", reason="the commands are written for a POSIX shell; the README says how to read them on Windows")


def command(number: int) -> str:
    found = re.search(rf"<!-- command {number} -->\n```sh\n(.+?)\n```", README, re.DOTALL)
    assert found
    return found.group(1)


def copy_of_the_tree(to: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in listed.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


def run(line: str, where: Path, **more: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COV"))}
    done = subprocess.run(["sh", "-ec", line], cwd=where, env=environment | more, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@on_posix
def test_command_1_installs_and_runs_the_demo(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    said = run(command(1), tree)
    assert "index.html" in said
    assert "next" in said
    assert (tree / "assetgraph-demo" / "index.html").stat().st_size > 1000
    assert len(list((tree / "assetgraph-demo").glob("*.html"))) == 10


@on_posix
def test_command_2_installs_and_finds_the_tests(tmp_path: Path) -> None:
    """It runs in CI word for word; here it only collects, or it would run itself."""
    said = run(command(2), copy_of_the_tree(tmp_path), PYTEST_ADDOPTS="--collect-only")
    assert int(re.findall(r"(\d+) tests collected", said)[-1]) > 500


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from openpyxl import load_workbook

    from assetgraph.intake.template import write_template

    monkeypatch.chdir(tmp_path)
    book = load_workbook(write_template(tmp_path / "lake.xlsx", "Lake", examples=False))
    book["Quickstorm"].append(["Lake County Library", "Coding club", "Computer science", "Enduring"])
    book.save(tmp_path / "lake.xlsx")
    return tmp_path / "lake.xlsx"


def test_the_five_minutes_run_as_written(sheet: Path, tmp_path: Path) -> None:
    block = re.search(r"## Your own county.+?```sh\n(.+?)```", README, re.DOTALL)
    assert block
    lines = [line.split("#")[0].strip() for line in block.group(1).splitlines()]
    asked = [line for line in lines if line.startswith("assetgraph") and "template" not in line]
    assert len(asked) == 5
    for line in asked:
        run(line.replace("assetgraph", f'"{sys.executable}" -m assetgraph', 1), tmp_path, PYTHONPATH=str(ROOT))
    assert (tmp_path / "lake.html").stat().st_size > 100_000


@pytest.mark.neo4j
def test_the_neo4j_lines_run_as_written(sheet: Path, neo4j_environment: Server, tmp_path: Path) -> None:
    block = re.search(r"## On Neo4j.+?```sh\n(.+?)```", README, re.DOTALL)
    assert block
    lines = [line for line in block.group(1).splitlines() if line.startswith("assetgraph")]
    assert len(lines) == 3
    for line in lines:
        said = run(line.replace("assetgraph", f'"{sys.executable}" -m assetgraph', 1), tmp_path, PYTHONPATH=str(ROOT))
    assert "Lake County Office of Education" in said


def test_the_notebook_lines_run_as_written(sheet: Path) -> None:
    block = re.search(r"```python\n(.+?)```", README, re.DOTALL)
    assert block
    names: dict[str, object] = {}
    exec(compile(block.group(1), "README.md", "exec"), names)
    assert len(names["answer"]) > 0  # type: ignore[arg-type]
    assert names["graph"].number_of_nodes() > 100  # type: ignore[attr-defined]
