"""Workbooks as files: text that stays text, equal bytes for equal content, and whole or not there at all."""

from __future__ import annotations

import os
import tempfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

from assetgraph.errors import InputError, OutputError
from assetgraph.files import cause, write_whole
from assetgraph.model.names import FORMULA_STARTS

__all__ = ["FIXED_TIME", "note", "put", "refuse_to_overwrite", "save_workbook", "workbook_bytes"]

FIXED_TIME = datetime(2023, 9, 1)
"""The moment written into our own workbooks, so that the same content gives the same bytes."""

_FIRST_REAL_DATE = date(1900, 3, 1)
_LONGEST_CELL = 32_767
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def put(cell: Cell, value: str | float | date | None) -> Cell:
    """The cell, holding the value; text is never a formula, a code or an error, whatever it starts with.

    None and empty text leave the cell empty. A day before March 1900, which spreadsheets cannot hold, becomes
    text. Text longer than a cell can hold is cut at 32,767 characters.

    >>> cell = put(Workbook().active["A1"], "=1+1")
    >>> cell.value, cell.data_type, bool(cell.quotePrefix)
    ('=1+1', 's', True)
    """
    if isinstance(value, date) and value < _FIRST_REAL_DATE:
        value = value.isoformat()
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_STARTS)
    return cell


def note(text: str, author: str = "assetgraph") -> Comment:
    """A cell comment, large enough to show its whole text.

    >>> note("The partner.").text
    'The partner.'
    """
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    lines = sum(1 + len(line) // 42 for line in text.split("\n"))
    return Comment(text, author, width=300, height=24 + 18 * min(lines, 25))


def refuse_to_overwrite(path: Path, *, overwrite: bool = False) -> None:
    """None when the file may be written.

    Raises InputError when something is there already and ``overwrite`` is False: a workbook that somebody
    filled in must never be lost.

    >>> refuse_to_overwrite(Path("not-there.xlsx"))
    """
    if os.path.isdir(path):
        raise InputError(f"{path}: is a folder", "give the name of a file that ends in .xlsx")
    if os.path.lexists(path) and not overwrite:
        raise InputError(
            f"{path}: is there already, and somebody may have filled it in",
            "choose another name, or move the old file away first",
        )


def save_workbook(workbook: Workbook, path: Path, *, overwrite: bool = False) -> Path:
    """The path, now holding the whole workbook; on any failure nothing has changed.

    The bytes depend on the content only: no time of day is written. Raises InputError when the file exists
    and ``overwrite`` is False, OutputError when it cannot be written.
    """
    refuse_to_overwrite(path, overwrite=overwrite)
    try:
        content = workbook_bytes(workbook)
    except OSError as problem:  # openpyxl puts each sheet together in a file of its own
        what, cure = cause(problem)
        raise OutputError(f"{tempfile.gettempdir()}: the folder of temporary files cannot be written: {what}",
                          f"{cure}; TMPDIR names the folder") from problem  # fmt: skip
    write_whole(path, content)
    return path


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as a file's bytes, equal for equal content."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        # Workbook.save would set "modified" to the present moment; its writer alone does not.
        ExcelWriter(workbook, archive).write_data()
    steady = BytesIO()
    with ZipFile(written) as old, ZipFile(steady, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, _ZIP_TIME)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return steady.getvalue()
