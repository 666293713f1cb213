"""Workbooks: every sheet, cell by cell, with merged blocks filled in and unsaved formulas marked."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from assetgraph.errors import InputError
from assetgraph.intake.hostile import SAVE_AGAIN, refuse_hostile
from assetgraph.intake.tables import Grid, Spoiled, file_name, is_blank
from assetgraph.intake.worksheet import MOST_COLUMNS, Formats, SheetCells, read_cells
from assetgraph.model.names import clean_text

__all__ = ["UNREADABLE", "read_workbook"]

UNREADABLE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, LookupError, ValueError, TypeError, AttributeError,
    EOFError, OverflowError, NotImplementedError, RuntimeError, OSError,
)  # fmt: skip
"""What openpyxl and zipfile raise on broken workbooks, met by feeding them broken ones."""

_BEYOND = f"cells beyond column {MOST_COLUMNS:,} are not read: {{cells:,}}"
_TOO_FAR = ("its cells stand far apart, as those of many rows do, and not all of them can be held",
            "move the columns together, or split the sheet")  # fmt: skip


def read_workbook(path: Path) -> list[Grid]:
    """One grid for each sheet that holds anything, in the order of the workbook; hidden sheets too.

    Raises InputError for anything that is no whole, unprotected .xlsx workbook of sensible size.
    """
    refuse_hostile(path)
    try:
        with path.open("rb") as stream, zipfile.ZipFile(path) as archive, warnings.catch_warnings():
            # openpyxl warns of drop-downs and styles that it leaves out; values are all that is read here.
            warnings.simplefilter("ignore")
            return list(_grids(file_name(path), load_workbook(stream, read_only=True, data_only=True), archive))
    except UNREADABLE as problem:
        raise InputError(f"{file_name(path)} is broken and cannot be read as a workbook", SAVE_AGAIN) from problem


def _grids(file: str, workbook: Any, archive: zipfile.ZipFile) -> Iterator[Grid]:
    try:
        for sheet in workbook.worksheets:
            formats = _formats(workbook, sheet)
            # openpyxl names the part of a sheet nowhere else. It reads cells too, but leaves merged blocks out, needs a
            # second pass for formulas, and walks through every row up to the number that a sheet claims for its last.
            with archive.open(sheet._worksheet_path.lstrip("/")) as part:  # noqa: SLF001 - openpyxl names the part nowhere else
                cells = read_cells(part, formats)
            filled = sorted(number for number, row in cells.rows.items() if not all(is_blank(cell) for cell in row))
            _fill_merged(cells)
            if filled or cells.cut:
                remarks = (_BEYOND.format(cells=cells.beyond),) if cells.beyond else ()
                whole = [(number, cells.rows[number]) for number in filled if number not in cells.cut]
                yield Grid(file, clean_text(sheet.title), whole, hidden=sheet.sheet_state != "visible", remarks=remarks,
                           spoiled=tuple(Spoiled(number, *_TOO_FAR) for number in sorted(cells.cut)))  # fmt: skip
    finally:
        workbook.close()


def _formats(workbook: Any, sheet: Any) -> Formats:
    # openpyxl has worked these out for its own reader, and offers them nowhere else.
    dates, times = workbook._date_formats, workbook._timedelta_formats  # noqa: SLF001 - openpyxl tells them no other way
    strings = sheet._shared_strings  # noqa: SLF001 - nor these
    return Formats(strings, frozenset(dates), frozenset(times), workbook.epoch)


def _fill_merged(cells: SheetCells) -> None:
    """A block merged down a column holds its value once: every row beside it means that value."""
    done: dict[int, int] = {}  # blocks never overlap, but in a file made to be slow
    for first, last, column in sorted(cells.merged):
        top = cells.rows.get(first, [])
        if last <= done.get(column, 0) or column > len(top) or is_blank(top[column - 1]):
            continue
        below = range(max(first, done.get(column, 0)) + 1, last + 1)
        done[column] = last
        for number in below if len(below) < len(cells.rows) else [row for row in cells.rows if row in below]:
            if number in cells.rows:
                cells.put(number, column, top[column - 1], is_copy=True)
