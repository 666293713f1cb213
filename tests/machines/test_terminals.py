"""Terminals of several widths, through a real pseudo-terminal: nothing is wider than it, and no color where none is wanted."""

from __future__ import annotations

import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from assetgraph.demo import make_demo

pty = pytest.importorskip("pty", reason="pseudo-terminals are of POSIX systems; run it on one")
ROOT = Path(__file__).parents[2]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("terminal") / "demo").store


def shown(columns: int, *words: object, **more: str) -> tuple[int, str]:
    """The exit code, and what a terminal of so many columns was sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR", "CI"))}
    process = subprocess.Popen([sys.executable, "-m", "assetgraph", *map(str, words)], stdin=theirs, stdout=theirs, stderr=theirs,
                               env=known | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"} | more, close_fds=True)  # fmt: skip
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end has closed
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    return process.wait(60), said.decode("utf-8")


def lines_of(said: str) -> list[str]:
    # A line that says how far things are begins again at its start.
    return [line.rpartition("\r")[2] for line in ESCAPES.sub("", said).replace("\r\n", "\n").split("\n")]


TABLES = {
    "gap grid": ("ask", "gap-grid", "--county", "Lake", "--as-of", "2025-01-15"),
    "partners": ("ask", "partners-of", "--org", "Lake COE", "--as-of", "2025-01-15"),
    "sources": ("sources",),
    "info": ("store", "info"),
}


@pytest.mark.parametrize("columns", [40, 60, 200])
@pytest.mark.parametrize("name", TABLES)
def test_a_table_fits_and_loses_nothing(name: str, columns: int, store: Path) -> None:
    code, said = shown(columns, *TABLES[name], "--store", store)
    table = [line for line in lines_of(said) if "│" in line or "━" in line or "┃" in line]
    assert code == 0 and len(table) > 5
    assert max(map(len, table)) <= columns
    letters = re.sub(r"[^a-z]", "", "".join(table).casefold())
    assert {"gap grid": "nobody", "partners": "partnership", "sources": "map", "info": "county"}[name] in letters


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["ask", "--help"], ["reach-out", "--help"]])
def test_help_fits(words: list[str]) -> None:
    code, said = shown(60, *words)
    lines = lines_of(said)
    assert code == 0 and len(lines) > 10
    # Examples are commands to copy, and are never broken in two.
    prose = [line for line in lines if "assetgraph " not in line and not re.match(r"\s+\w+: ", line)]
    assert max(map(len, prose)) <= 60, max(prose, key=len)


def test_color_only_where_it_is_wanted(store: Path) -> None:
    words = ("ask", "gap-grid", "--county", "Lake", "--as-of", "2025-01-15", "--store", store)
    colored = shown(80, *words)[1]
    assert "\x1b[1m" in colored
    for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = shown(80, *words, **more)[1]
        assert "\x1b" not in plain and lines_of(plain) == lines_of(colored)


def test_a_dumb_terminal_has_its_own_width(store: Path) -> None:
    assert max(map(len, lines_of(shown(60, *TABLES["sources"], "--store", store, TERM="dumb")[1])[:-2])) <= 60
