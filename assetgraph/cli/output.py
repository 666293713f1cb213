"""Rows as a table for people, as CSV for spreadsheets, or as JSON for programs; nothing in them steers a terminal."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import shlex
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assetgraph.model.names import clean_text, guarded
from assetgraph.model.vocabulary import FAMILIES, PARTNER_KINDS, kind_name
from assetgraph.stopping import check

__all__ = ["FORMATS", "emit", "in_cell", "quoted", "say", "warn", "wrapped", "write_csv", "write_json", "write_table"]

FORMATS = ("table", "csv", "json")
Rows = Sequence[Mapping[str, Any]]

_WIDTH_IN_FILES = 120
_WIDTH_OF_A_SENTENCE, _WIDTH_OF_A_COLUMN = 48, 22
"""How much room the sentence of a row needs, and each column beside it."""


def say(line: str = "", *, strong: bool = False) -> None:
    """One line on standard output; text in it cannot steer the terminal. Leading spaces stay."""
    check()
    click.echo(click.style(_indented(line), bold=True) if strong and not _is_plain() else _indented(line))


def wrapped(text: str) -> None:
    """A sentence on as many lines as the terminal needs, a little to the right."""
    for line in textwrap.wrap(clean_text(text), max(40, width() - 1), initial_indent="   ", subsequent_indent="   ",
                              break_long_words=False, break_on_hyphens=False):  # fmt: skip
        say(line)


def warn(line: str) -> None:
    """One line on standard error."""
    click.echo(_indented(line), err=True)


def quoted(path: Path | str) -> str:
    """A path as it is typed in a command: quoted where a shell would read more, or less, in it.

    >>> print(quoted("lake.xlsx"), quoted("O'Neill maps/lake.xlsx"))
    lake.xlsx "O'Neill maps/lake.xlsx"
    """
    text = str(path)
    if re.fullmatch(r"[\w@%+=:,./\\~-]+", text):
        return text
    return f'"{text}"' if os.name == "nt" or not re.search(r'["$`\\!]', text) else shlex.quote(text)


def emit(rows: Rows, columns: Sequence[str], form: str) -> None:
    """Rows in the form that was asked for, with all their columns."""
    if form == "json":
        write_json([{name: row.get(name) for name in columns} for row in rows])
    elif form == "csv":
        write_csv(rows, columns)
    else:
        write_table(rows, columns)


def write_json(value: Any) -> None:
    """A value as JSON, and nothing else."""
    check()
    click.echo(json.dumps(_safe(value), ensure_ascii=False, indent=2, default=str))


def write_csv(rows: Rows, columns: Sequence[str]) -> None:
    """Rows as CSV. Numbers stay numbers; text that a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_csv_cell(name) for name in columns])  # a query names its columns as it likes
    for row in rows:
        writer.writerow([_csv_cell(row.get(name)) for name in columns])
    check()
    click.echo(out.getvalue(), nl=False)


def write_table(rows: Rows, columns: Sequence[str], *, last_is_sentence: bool = False, every_column: bool = False,
                as_is: bool = False) -> None:  # fmt: skip
    """Rows as a table that fits the terminal: columns that say nothing, or the same in every row, are left out.

    With ``last_is_sentence`` the last column gets the most room, and others only as many as fit beside it.
    ``every_column`` leaves none out; ``as_is`` does so too, and shows names and values unchanged.
    """
    if not rows:
        return
    console = _console()
    kept = list(columns) if every_column or as_is else _telling(rows, columns[:-1] if last_is_sentence else columns)
    room = None
    if last_is_sentence:
        kept = kept[: max(1, (console.width - _WIDTH_OF_A_SENTENCE) // _WIDTH_OF_A_COLUMN)]
        room = (console.width - _WIDTH_OF_A_SENTENCE) // max(1, len(kept))
        kept.append(columns[-1])
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name in kept:
        numbers = all(isinstance(row.get(name), int | float) or row.get(name) is None for row in rows)
        title = clean_text(name) if as_is else name.replace("_", " ")
        table.add_column(Text(title), justify="right" if numbers else "left", overflow="fold",
                         max_width=room if name != columns[-1] else None)  # fmt: skip
    for row in rows:
        table.add_row(*(Text(_unchanged(row.get(name)) if as_is else in_cell(name, row.get(name))) for name in kept))
    check()
    console.print(table)


def in_cell(name: str, value: Any) -> str:
    """A value as a person reads it; terms of the vocabularies lose their underscores."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(in_cell(name, one) for one in value)
    if isinstance(value, Mapping):
        return clean_text(json.dumps(_safe(value), ensure_ascii=False, default=str))
    if isinstance(value, float):
        return f"{value:g}"
    text = clean_text(str(value))
    if name == "family":
        return FAMILIES.get(text, text.replace("_", " "))
    if name == "kind" and text in PARTNER_KINDS:
        return kind_name(text)
    return text.replace("_", " ") if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", text) else text


def _unchanged(value: Any) -> str:
    """A value as it is in the graph: text without quotes, all else as JSON; empty for null."""
    if value is None:
        return ""
    return clean_text(value if isinstance(value, str) else json.dumps(_safe(value), ensure_ascii=False, default=_text_of))


def _text_of(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _telling(rows: Rows, columns: Sequence[str]) -> list[str]:
    """Columns worth their room: no ids, nothing that is blank or alike all through."""
    names = [name for name in columns if name not in ("facts", "id") and not name.endswith("_id")]
    shown = {name: {in_cell(name, row.get(name)) for row in rows} for name in names}
    return [name for name in names if shown[name] != {""} and (len(rows) == 1 or len(shown[name]) > 1)]


def width() -> int:
    """How many columns there are: those of the terminal, else of $COLUMNS, else 120."""
    known = sys.stdout.isatty() or os.environ.get("COLUMNS")
    return shutil.get_terminal_size((_WIDTH_IN_FILES, 24)).columns if known else _WIDTH_IN_FILES


def _console() -> Console:
    # rich takes a dumb terminal for one of 80 columns, so it is told.
    return Console(file=sys.stdout, width=width(), highlight=False, markup=False, emoji=False,
                   force_terminal=False if _is_plain() else None)  # fmt: skip


def _is_plain() -> bool:
    """Whether whoever reads asked for text and nothing else."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM", "") in ("dumb", "unknown")


def _indented(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" "))) + clean_text(line)


def _csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        value = "; ".join(str(_csv_text(one)) for one in value)
    return guarded(_csv_text(value))


def _csv_text(value: Any) -> str:
    if isinstance(value, Mapping | list | tuple):
        return clean_text(json.dumps(_safe(value), ensure_ascii=False, default=str))
    return clean_text(value.isoformat() if isinstance(value, date) else str(value))


def _safe(value: Any) -> Any:
    """The same value with all its text cleaned, and as text where JSON has no number for it: nan, inf."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, Mapping):
        return {clean_text(str(name)): _safe(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(item) for item in value]
    return value
