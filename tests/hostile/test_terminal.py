"""No command lets data steer the terminal: names, sheets, files, parameters and errors come out as plain letters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sheets_made import READ_ME, table, workbook

from assetgraph.cli import main

EVIL = "a\x1b[2J\x1b]52;c;ZXZpbA==\x07\x1b]8;;https://evil.example\x1b\\b\x9b31m\x85\x08\x08\r\u202ec\u2066\u200f\x7f"
"""Clears the screen, fills the clipboard, makes a link; C1, backspace, carriage return, bidirectional overrides."""

HEADERS = "Who,What,Content area,Starts,Kind of partner,County,LEAs taking part,Web address,Room{evil}"
ROWS = (
    "{evil} Library,{evil} Club,math,,,Lake,{evil} Unified,,{evil}", "Zoo,{evil} Tour,{evil} area,,{evil} kind,Lake,,,", "Museum,{evil},math,{evil},,Lake,,,",
    "Park,Walk,math,,,{evil},,,", "Lab,Talk,math,,,Lake,,https://{evil}.org,", "Zoo,Tour,{evil},,,Lake,,,",
)  # fmt: skip


def steering(text: str) -> list[str]:
    """The characters that a terminal obeys, or that turn what is read around; line ends are all that may stand."""
    return [char for char in text if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 or char in "\u202a\u202b\u202c\u202d\u202e"
            or "\u2066" <= char <= "\u2069" or char in "\u200e\u200f\u2028\u2029\ufeff"]  # fmt: skip


def run(*words: object) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert "Traceback" not in result.output and "defect" not in result.output, result.output
    return result


def hostile_table(folder: Path) -> Path:
    """A table whose every cell, header and name tries to steer."""
    evil = EVIL.replace("\r", "")
    return table(folder / f"{EVIL.replace('/', '')}.csv", HEADERS.format(evil=evil), *(row.format(evil=evil) for row in ROWS))


@pytest.fixture
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return hostile_table(tmp_path)


@pytest.fixture(scope="module")
def store_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    built = run("build", hostile_table(folder), "--store", folder / "s.kgl", "--no-reference")
    assert built.exit_code == 1 and "6 rows in = 3 kept + 3 refused" in built.stdout
    return folder / "s.kgl"


@pytest.fixture
def store(store_once: Path, tmp_path: Path) -> Path:
    """A store of that table, its own for each command: one of them takes the table away."""
    return Path(shutil.copy(store_once, tmp_path / "s.kgl"))


COMMANDS: list[list[str]] = [
    ["check", "{sheet}"], ["check", "{sheet}", "--format", "json"], ["check", "{sheet}", "--format", "csv"], ["check", "{sheet}", "--mark", "{evil}.xlsx"],
    ["check", "{sheet}", "--mark", "{evil}"], ["check", "{evil}.xlsx"], ["check", "{sheet}", "--source", "{evil}"], ["check", "--{evil}"], ["{evil}"],
    ["build", "{sheet}", "--store", "{evil}.kgl"], ["build", "{sheet}", "--store", "{evil}/{evil}.kgl"], ["build", "{sheet}", "--county", "{evil}"],
    ["build", "{sheet}", "--source", "{evil}", "--dry-run"], ["build", "{sheet}", "--store", "bolt://{evil}:1"], ["build", "{sheet}", "--strict"],
    ["ask", "partners-of", "{sheet}", "--org", "{evil} Library"], ["ask", "partners-of", "--store", "{store}", "--org", "Lake COE"],
    ["ask", "partners-of", "--store", "{store}", "--org", "Lake COE", "--format", "csv"], ["ask", "partners-of", "--store", "{store}", "--org", "Lake COE", "--format", "json"],
    ["ask", "gap-grid", "--store", "{store}", "--county", "Lake"], ["ask", "gap-grid", "--store", "{store}", "--county", "{evil}"], ["ask", "gap-grid", "--store", "{store}", "--as-of", "{evil}"],
    ["reach-out", "--store", "{store}", "--county", "Lake", "--area", "{evil}"], ["ask", "{evil}", "--store", "{store}"],
    ["ask", "balance-of-areas", "--store", "{store}", "--county", "Lake"], ["ask", "unreached-leas", "{sheet}", "--county", "Lake"], ["ask", "gap-grid", "--store", "{evil}.kgl"],
    ["sources", "--store", "{store}"], ["sources", "{sheet}"], ["sources", "--store", "{store}", "--format", "json"], ["sources", "retire", "{evil}", "--store", "{store}"],
    ["cypher", "MATCH (n) WHERE n.name CONTAINS 'a' RETURN n.name AS name, [n.name] AS list, {{name: n.name}} AS map LIMIT 50", "--store", "{store}"],
    ["cypher", "MATCH (n) RETURN n.name AS name, n.name AS `{evil}` LIMIT 50", "--store", "{store}", "--format", "csv"],
    ["cypher", "MATCH (n:Partner) RETURN n.name AS `{evil}` ORDER BY n.id", "--store", "{store}"],
    ["cypher", "RETURN $x AS x", "--store", "{store}", "--param", "x={evil}"], ["cypher", "RETURN $x AS x", "--store", "{store}", "--param", "x={evil}", "--format", "json"],
    ["cypher", "RETURN $x AS x", "--store", "{store}", "--param", "{evil}"], ["cypher", "RETURN $x AS x", "--store", "{store}", "--param", "x={evil}", "--format", "csv"],
    ["cypher", "RETURN $x AS x", "--store", "{store}", "--param", 'x={{"k{evil}": ["{evil}"]}}'], ["cypher", "{evil} RETURN", "--store", "{store}"],
    ["cypher", "MATCH (n:`{evil}`) RETURN n", "--store", "{store}"], ["cypher", "RETURN '{evil}' AS `{evil}`", "--store", "{store}"],
    ["cypher", "MATCH (n:Partner) RETURN n.name AS `a\u202eb\u2066`, n.id AS id ORDER BY id", "--store", "{store}"],
    ["cypher", "MATCH (n:Partner) RETURN n.name AS `a\u202eb`, n.id AS id ORDER BY id", "--store", "{store}", "--format", "csv"],
    ["cypher", "CREATE (n:`{evil}`)", "--store", "{store}"],
    ["store", "info", "--store", "{store}"], ["store", "info", "--store", "{evil}.kgl"], ["store", "info", "--store", "{sheet}"],
    ["map", "{sheet}", "--out", "map.html"], ["map", "{sheet}", "--out", "{evil}.html"], ["map", "--store", "{store}", "--county", "{evil}"], ["map", "{sheet}", "--out", "{evil}/no.html"],
    ["template", "{evil}.xlsx", "--county", "Lake"], ["template", "t.xlsx", "--county", "{evil}"], ["template", "t.xlsx", "--county", "Lake", "--directory", "{sheet}"],
    ["template", "--all", "--out", "{sheet}"], ["demo", "{sheet}"], ["questions", "{evil}"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=[" ".join(words)[:60].encode("unicode_escape").decode() for words in COMMANDS])
def test_nothing_that_a_command_prints_steers_the_terminal(command: list[str], request: pytest.FixtureRequest, sheet: Path) -> None:
    made = {"sheet": sheet, "evil": EVIL, "store": request.getfixturevalue("store") if "{store}" in " ".join(command) else None}
    alone = ["--no-reference"] if command[0] in ("build", "map") or (command[0] in ("ask", "cypher", "sources") and "{sheet}" in command) else []
    result = run(*(word.format(**made) for word in command), *alone)
    assert result.stdout or result.stderr
    assert (steering(result.stdout), steering(result.stderr)) == ([], [])
    if result.exit_code == 2:
        assert len([line for line in result.stderr.splitlines() if not line.endswith(" …")]) == 1, result.stderr


def test_sheets_of_a_workbook_do_not_steer_either(tmp_path: Path) -> None:
    """openpyxl refuses to write such a name, and some other program will."""
    path = workbook(tmp_path / "map.xlsx", {"Read me": [*READ_ME, ["Filled in by", "x\u202ey\u200f"]], "NAME": [["Who", "What", "Color"], ["a", "b", "c"]]})
    assert load_workbook(path).sheetnames[1] == "NAME"
    import files_made as made

    made.repacked(path, lambda parts: parts.update({"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"NAME", "a\u202eb\u009b1m\u200f".encode())}), made=path)
    result = run("check", path)
    assert result.exit_code == 1 and "map.xlsx, ab1m: no kind of table has these headers: Who, What, Color" in result.stdout
    assert steering(result.output) == []


def test_a_real_terminal_gets_no_escape_from_data(sheet: Path, tmp_path: Path) -> None:
    """On a terminal rich colors its tables: every escape there is its own, and none is from a cell."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals are on POSIX systems only")
    ours, theirs = pty.openpty()
    done = subprocess.Popen([sys.executable, "-m", "assetgraph", "check", os.fspath(sheet)], stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, cwd=tmp_path)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65_536):
            shown += piece
    except OSError:
        pass  # the terminal's other side has gone
    os.close(ours)
    assert done.wait(60) == 1
    text = shown.decode("utf-8").replace("\r\n", "\n")
    assert "6 rows in = 3 kept + 3 refused" in text and "Refused" in text
    for own in ("\x1b[1m", "\x1b[0m"):
        text = text.replace(own, "")
    assert steering(text) == []
