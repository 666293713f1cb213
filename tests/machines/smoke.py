"""From an empty template to answers, as one process of whatever Python runs this: the smoke test of every surrounding.

It needs nothing but the installed package. Each command line is said, then its output, then its exit code; what differs from
place to place (the folder) does not stand in it, so that two surroundings can be compared word for word.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from openpyxl import load_workbook

from assetgraph.cli import main

ROWS = (
    ("Lake County Library", "Coding club", "Computer science", "Enduring", "2026-01-05", None, None, "library"),
    ("Peña Family Museum", "Día de la ciencia", "Science", "Temporary", "2026-03-01", "2026-03-31", None, "museum"),
    (None, "Nobody's evening", "Math"),
)
"""Two rows that are kept, with letters beyond ASCII, and one that is refused."""

SHEET, STORE, PAGE = (os.fsdecode(f"lake ñ{end}".encode()) for end in (".xlsx", ".kgl", ".html"))
"""As a shell hands them over, also where Python's own encoding of file names is ASCII."""

TYPE_ROWS = "type the rows"
QUERY = "MATCH (p:Partner)-[:PARTNERS_WITH]->(:COE) RETURN p.name AS name ORDER BY name"
LINES = (
    ("--version",),
    ("template", SHEET, "--county", "Lake", "--no-example"),
    (TYPE_ROWS,),
    ("check", SHEET),
    ("build", SHEET, "--store", STORE, "--no-reference"),
    ("ask", "gap-grid", "--county", "Lake", "--area", "science", "--as-of", "2026-03-15", "--store", STORE),
    ("map", "--county", "Lake", "--as-of", "2026-03-15", "--out", PAGE, "--store", STORE),
    ("sources", "--store", STORE),
    ("cypher", QUERY, "--format", "csv", "--store", STORE),
)
CODES = (0, 0, 0, 1, 1, 0, 0, 0, 0)
"""The exit code of each line: check and build refuse the row of nobody."""


def run(words: tuple[str, ...]) -> int:
    """The exit code of one command line."""
    if words == (TYPE_ROWS,):
        book = load_workbook(SHEET)
        for row in ROWS:
            book["Quickstorm"].append(row)
        book.save(SHEET)
        return 0
    try:
        main(list(words), prog_name="assetgraph")
    except SystemExit as left:
        return int(left.code or 0)


def say(*words: str) -> None:
    """One line, at once, so that it stands before what the next command says."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def smoke() -> int:
    """0 when every line left with the code that it should, and every file is there."""
    codes = []
    for words in LINES:
        say("$", *map(ascii, words))
        codes.append(run(words))
        say("->", str(codes[-1]))
    there = sorted(ascii(path.name) for path in Path().iterdir())
    say(*there)
    return 0 if tuple(codes) == CODES and len(there) == 3 else 1


if __name__ == "__main__":
    sys.exit(smoke())
