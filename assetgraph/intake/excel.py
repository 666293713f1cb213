"""Workbooks: every sheet, cell by cell, with merged blocks filled in and unsaved formulas marked."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from assetgraph.errors import InputError
from assetgraph.intake.tables import UNCALCULATED, Grid, is_blank

__all__ = ["read_workbook"]

_LARGEST_UNPACKED = 400_000_000
_LARGEST_PART = 250_000_000
_MOST_COLUMNS = 2000
_MERGED = re.compile(rb'<mergeCell[^>]*\bref="([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)"')
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "open it in a spreadsheet program and save it as .xlsx"

_UNREADABLE = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, KeyError, IndexError, ValueError, TypeError,
    AttributeError, EOFError, OverflowError, NotImplementedError, RuntimeError, OSError, RecursionError,
)  # fmt: skip
"""What openpyxl and zipfile raise on broken workbooks, met by feeding them broken ones."""


def read_workbook(path: Path) -> list[Grid]:
    """One grid for each sheet that holds anything, in the order of the workbook; hidden sheets too.

    Raises InputError for anything that is no whole, unprotected .xlsx workbook of sensible size.
    """
    _refuse_what_is_no_workbook(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_absurd(path, archive)
            with warnings.catch_warnings():
                # openpyxl warns of drop-downs and styles that it leaves out; values are all that is read here.
                warnings.simplefilter("ignore")
                return list(_grids(path, archive))
    except _UNREADABLE as problem:
        raise InputError(f"{path.name} is broken and cannot be read as a workbook", _SAVE_AGAIN) from problem


def _refuse_what_is_no_workbook(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(_OLD_EXCEL):
        whole = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in whole:
            raise InputError(f"{path.name} is protected with a password", "remove the password and save it again")
        raise InputError(f"{path.name} is an old Excel or Word file", "open it and save it as .xlsx")
    if start.startswith(b"%PDF"):
        raise InputError(f"{path.name} is a PDF", "put the rows into a workbook and save it as .xlsx")
    if not zipfile.is_zipfile(path):
        raise InputError(f"{path.name} is not a workbook", "save it as .xlsx, or as CSV with the ending .csv")


def _refuse_absurd(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise InputError(f"{path.name} is protected with a password", "remove the password and save it again")
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED or any(part.file_size > _LARGEST_PART for part in parts):
        raise InputError(f"{path.name} unpacks to an absurd size", "copy its rows into a new workbook and save that")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise InputError(f"{path.name} is {_other_kind(names)}, not an .xlsx workbook", _SAVE_AGAIN)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                start = stream.read(4096)
            # Entities can make a small file swell without end, and no spreadsheet program writes them.
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                raise InputError(f"{path.name} holds instructions that no workbook needs", _SAVE_AGAIN)


def _other_kind(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "a Word file"
    if any(name.startswith("ppt/") for name in names):
        return "a PowerPoint file"
    if any(name.startswith("Index/") for name in names):
        return "a Numbers file"
    return "an OpenDocument file" if "mimetype" in names else "a zip archive"


def _grids(path: Path, archive: zipfile.ZipFile) -> Iterator[Grid]:
    values = load_workbook(path, read_only=True, data_only=True)
    formulas = load_workbook(path, read_only=True, data_only=False) if _has_formulas(archive) else None
    try:
        for sheet in values.worksheets:
            merged = _merged_blocks(archive, sheet)
            rows = dict(_cells(sheet))
            if formulas is not None:
                _mark_uncalculated(rows, formulas[sheet.title])
            filled = [number for number, cells in rows.items() if not all(is_blank(cell) for cell in cells)]
            _fill_merged(rows, merged)
            if filled:
                yield Grid(path.name, sheet.title, [(number, rows[number]) for number in filled],
                           hidden=sheet.sheet_state != "visible")  # fmt: skip
    finally:
        values.close()
        if formulas is not None:
            formulas.close()


def _cells(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    # Some programs write a wrong size into the sheet; without this, rows beyond it would be lost.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if row and any(cell is not None for cell in row):
            yield number, list(row[:_MOST_COLUMNS])


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    return any(b"<f>" in part or b"<f " in part or b"<f/" in part for part in _sheet_parts(archive))


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    for name in archive.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield archive.read(name)


def _mark_uncalculated(rows: dict[int, list[Any]], formulas: Any) -> None:
    """A formula whose result was never saved reads as empty: tell it from a cell that is."""
    for number, written in _cells(formulas):
        cells = rows.setdefault(number, [])
        cells.extend([None] * (len(written) - len(cells)))
        for index, text in enumerate(written):
            is_formula = (isinstance(text, str) and text.startswith("=")) or type(text).__name__ == "ArrayFormula"
            if cells[index] is None and is_formula:
                cells[index] = UNCALCULATED


def _merged_blocks(archive: zipfile.ZipFile, sheet: Any) -> list[tuple[int, int, int, int]]:
    # Streaming reads leave merged blocks out; they are in the sheet's part, whose path openpyxl keeps here.
    part = archive.read(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001 - openpyxl names the part nowhere else
    blocks = (range_boundaries(ref.decode("ascii")) for ref in _MERGED.findall(part))
    return [(low_row, high_row, column, right) for column, low_row, right, high_row in blocks]


def _fill_merged(rows: dict[int, list[Any]], merged: list[tuple[int, int, int, int]]) -> None:
    """A block merged down a column holds its value once: every row beside it means that value."""
    for first, last, column, _ in merged:
        top = rows.get(first, [])
        if last == first or column > len(top) or is_blank(top[column - 1]):
            continue
        below = range(first + 1, last + 1)
        for number in below if len(below) < len(rows) else [row for row in rows if row in below]:
            cells = rows.get(number)
            if cells is None:
                continue
            cells.extend([None] * (column - len(cells)))
            cells[column - 1] = top[column - 1]
