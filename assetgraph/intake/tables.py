"""Tables as they stand in a file, before anybody asks what they mean."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from assetgraph.model.names import clean_text

__all__ = [
    "BROKEN", "LONGEST_REPEATED", "UNCALCULATED", "Grid", "RawTable", "Spoiled", "file_name", "header_text", "is_blank",
    "shown", "shown_path",
]  # fmt: skip

BLANKS = frozenset({"", "n/a", "na", "#n/a", "no data", "-", "--", "—", "–", "tbd", "none", "null", "nan", "nat", "<na>", "*"})
"""What people and programs write for "nothing here", in lower case."""

_LONGEST_BLANK = max(map(len, BLANKS))

BROKEN = frozenset({"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What a spreadsheet shows where a formula failed."""

UNCALCULATED = "\x00uncalculated"
"""Stands for a formula whose result was never saved. No spreadsheet holds its first character; in a text file, which may,
it is refused like such a formula."""


_LONGEST_HEADER, _LONGEST_NAME = 120, 200
LONGEST_REPEATED = 100
"""A text longer than this is no word that a directory repeats, and is not kept in memory for the next row."""


class Spoiled(NamedTuple):
    """A row whose cells cannot be told apart: where it stands, what is wrong, and what to do."""

    row: int
    what: str
    cure: str


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet or one text file, cell by cell; blank rows are left out and row numbers are the file's own."""

    file: str
    sheet: str
    rows: list[tuple[int, list[Any]]]
    hidden: bool = False
    remarks: tuple[str, ...] = ()
    """What reading the file had to assume, for the person who made it."""
    is_text: bool = False
    """Whether separators part the cells: then a row with more cells than headers is no longer in its columns."""
    spoiled: tuple[Spoiled, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid whose header row is known: each row's cells line up with ``headers``."""

    file: str
    sheet: str
    header_row: int
    headers: tuple[str, ...]
    rows: list[tuple[int, list[Any]]] = field(repr=False)
    spoiled: tuple[Spoiled, ...] = ()
    """Rows of the table that the file itself spoiled; they are refused whatever the table is."""
    repeats: tuple[int, ...] = ()
    """Rows that are the header row again, as in files put together from several; they are no data."""

    def column(self, index: int) -> list[Any]:
        """The cells of one column, in the order of the rows; None where a row is shorter."""
        return [cells[index] if index < len(cells) else None for _, cells in self.rows]


def file_name(path: Path) -> str:
    """The file's name without its folders, as text that can be shown and stored, whatever bytes it is made of.

    >>> file_name(Path("maps/lake\\x1b.csv"))
    'lake.csv'
    """
    name = clean_text(os.fsencode(path.name or path).decode("utf-8", "replace")) or "a file without a name"
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def shown_path(path: Path) -> str:
    """The path as text that can be shown, its folders included."""
    return clean_text(os.fsencode(path).decode("utf-8", "replace"))


def is_blank(raw: Any) -> bool:
    """Whether a cell says nothing: empty, or one of the words that people write for nothing.

    >>> is_blank(" N/A "), is_blank("No Data"), is_blank(0), is_blank(float("nan"))
    (True, True, False, True)
    """
    if raw is None:
        return True
    if isinstance(raw, str):
        if len(raw) > LONGEST_REPEATED and len(_clean(raw[:LONGEST_REPEATED])) > _LONGEST_BLANK:
            return False
        return raw != UNCALCULATED and _clean(raw).casefold() in BLANKS
    return bool(raw != raw)  # noqa: PLR0124 - only NaN and NaT differ from themselves


def shown(raw: Any) -> str:
    """The text of a cell as a person would read it; empty for a blank cell.

    >>> shown(3.0), shown(datetime(2026, 5, 1)), shown(True)
    ('3', '2026-05-01', 'yes')
    """
    if raw is None or raw == UNCALCULATED:
        return ""
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    if isinstance(raw, (date, time)):
        return raw.isoformat()
    if isinstance(raw, timedelta):
        return str(raw)
    return _clean(str(raw))


def _clean(text: str) -> str:
    return _cleaned(text) if len(text) <= LONGEST_REPEATED else clean_text(text)


@lru_cache(maxsize=65_536)
def _cleaned(text: str) -> str:
    # Directories repeat the same few words a hundred thousand times.
    return clean_text(text)


def header_text(raw: Any) -> str:
    """A header as written, its first 120 characters, without the star of required columns; empty when there is none."""
    text = "" if is_blank(raw) else shown(raw).rstrip("* ").strip()
    return text if len(text) <= _LONGEST_HEADER else f"{text[:_LONGEST_HEADER].strip()}…"
