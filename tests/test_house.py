"""The rules of the house that a machine can hold: style, types, and imports that go down only."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

CHECKS = {
    "ruff": [sys.executable, "-m", "ruff", "check", "assetgraph", "benchmarks", "scripts", "tests"],
    "mypy": [sys.executable, "-m", "mypy"],
    "imports": [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_the_house_rules_hold(name: str) -> None:
    run = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        ("neo4j", {"store"}),
        ("kglite", {"store"}),
        ("pyvis", {"views"}),
        ("click", {"cli"}),
        ("networkx", {"analysis"}),
        ("scipy", {"analysis"}),
        ("numpy", {"analysis"}),
    ],
)
def test_each_library_has_one_home(package: str, homes: set[str]) -> None:
    users = {
        path.relative_to(ROOT / "assetgraph").parts[0]
        for path in (ROOT / "assetgraph").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith((f"import {package}", f"from {package}"))
    }
    assert users == homes


def test_nothing_speaks_of_the_place_it_was_made_in() -> None:
    words = ("/work/", "/tmp/", "/root/")
    for folder in ("assetgraph", "cypher", "docs", "scripts", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".cypher", ".md", ".js", ".css", ".j2", ".mjs", ""):
                text = path.read_text(encoding="utf-8") if path.is_file() else ""
                assert not [word for word in words if word in text], path


def test_every_exception_from_the_rules_gives_its_reason() -> None:
    """The security rules (S) are on, as all are; whatever is switched off says why, on its line."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rules = tomllib.loads(settings)["tool"]["ruff"]["lint"]
    assert rules["select"] == ["ALL"] and not any(code.startswith("S") and code[1:].isdigit() for code in rules["ignore"])
    section = settings[settings.index("[tool.ruff.lint]") : settings.index("[tool.ruff.lint.pydocstyle]")]
    ignored = [line for line in section.splitlines() if re.match(r'\s*"[A-Z]+\d*"|.*= \["[A-Z]+\d*"', line) and "ALL" not in line]
    assert len(ignored) > 20
    assert [line for line in ignored if not re.search(r"  # \S.{10,}", line)] == []
    found = []
    for folder in ("assetgraph", "scripts", "tests", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            found += [(path, line) for line in path.read_text(encoding="utf-8").splitlines() if re.search(r"#\s*(noqa|ruff:)", line)]
    assert len([line for _, line in found if "noqa: S704" in line]) >= 2, "the search finds what is there"
    bare = [(path, line) for path, line in found if not re.search(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \S.{8,}", line) and path != Path(__file__)]
    assert bare == []
def test_files_are_written_in_one_place() -> None:
    writes = re.compile(r"\.write_(text|bytes)\(|\.save\(|os\.replace|mkstemp|NamedTemporaryFile|\.mkdir\(|open\([^)]*[\"'][wax]b?\+?[\"']")
    allowed = {
        "files.py": "this is the place",
        "store/embedded.py": "GraphFile.save, which goes through it",
        "store/graph_file.py": "the engine saves into a place that files.py gives",
        "cli/map.py": "Page.save, which goes through it",
        "cli/pictures.py": "Picture.save and StatePage.save, which go through it",
        "views/publish.py": "Page.save and StatePage.save, which go through it",
        "cli/program.py": "os.devnull, for streams that were closed",
    }
    found = set()
    for path in (ROOT / "assetgraph").rglob("*.py"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.strip().startswith((">>>", "..."))]
        if any(writes.search(line) for line in lines):
            found.add(str(path.relative_to(ROOT / "assetgraph")))
    assert found == set(allowed)
