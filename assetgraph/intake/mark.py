"""A copy of somebody's own workbook with every cell in question colored and what to do about it beside it."""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.errors import InputError
from assetgraph.intake.delimited import read_delimited
from assetgraph.intake.excel import UNREADABLE
from assetgraph.intake.hostile import is_workbook, refuse_hostile, refuse_what_is_no_file
from assetgraph.intake.look import color
from assetgraph.intake.mark_table import (
    LEVEL_COLORS,
    MARKED_BY,
    MEND_SHEET,
    Marked,
    not_kept,
    write_mend_sheet,
)
from assetgraph.intake.read_me import READ_ME
from assetgraph.intake.tables import file_name
from assetgraph.intake.workbook import FIXED_TIME, note, put, refuse_to_overwrite, save_workbook
from assetgraph.model.names import clean_text
from assetgraph.model.records import Problem

__all__ = ["write_marked"]

_MOST_URGENT_FIRST = tuple(LEVEL_COLORS)
_HEADER_WITHIN = 20
_YOURS = "\n\nYour own comment:\n"


def write_marked(
    source: str | Path, problems: Sequence[Problem], out: str | Path, *, overwrite: bool = False
) -> Path:
    """The path of a copy of the workbook, marked; the source itself is never touched.

    Each cell that a problem names is colored by level and carries what is wrong and how to mend it as a comment;
    a problem of a whole row stands at the row's first filled cell. A new first sheet, "What to mend", lists all
    problems of this file with links to their cells, refused first. A CSV file becomes a workbook of one sheet.
    Raises InputError when the source cannot be read, when ``out`` is the source, or is there already (unless
    ``overwrite``).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder, "assets.csv")
    ...     _ = table.write_text("Who,What\\nLibrary,\\n", encoding="utf-8")
    ...     gap = Problem(file="assets.csv", sheet="assets", row=2, column="What", level="refused",
    ...                   what="What is empty", cure="say what the asset is")
    ...     write_marked(table, [gap], Path(folder, "marked.xlsx")).name
    'marked.xlsx'
    """
    source, out = Path(source), Path(out)
    if out.exists() and source.exists() and out.samefile(source):
        raise InputError(f"{out}: is the file that was checked", "give the marked copy another name")
    if out.suffix.casefold() not in (".xlsx", ".xlsm"):
        raise InputError(f"{out}: a marked copy is a workbook", "give it a name that ends in .xlsx")
    refuse_to_overwrite(out, overwrite=overwrite)
    workbook, unread = _open(source, keep_macros=out.suffix.casefold() == ".xlsm")
    _unmark(workbook)
    mine = [problem for problem in problems if Path(problem.file).name == file_name(source)]
    marked = list(_mark(workbook, mine, only_sheet=not is_workbook(source)))
    lost = not_kept(source, workbook, unread)
    write_mend_sheet(workbook, file_name(source), sorted(marked, key=_urgency), lost)
    return save_workbook(workbook, out, overwrite=overwrite)


def _urgency(marked: Marked) -> tuple[int, str, int, str]:
    problem = marked.problem
    level = _MOST_URGENT_FIRST.index(problem.level) if problem.level in _MOST_URGENT_FIRST else 3
    return level, problem.sheet, problem.row or 0, problem.column or ""


def _open(source: Path, *, keep_macros: bool) -> tuple[Workbook, list[str]]:
    """The workbook and what openpyxl said it leaves out."""
    try:
        refuse_what_is_no_file(source)
        if not is_workbook(source):
            return _from_table(source), []
        refuse_hostile(source)
        with source.open("rb") as stream, warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            keep = keep_macros and source.suffix.casefold() == ".xlsm"
            return load_workbook(stream, keep_vba=keep), [str(one.message) for one in said]
    except UNREADABLE as problem:
        raise _unreadable(source, problem) from problem


def _from_table(source: Path) -> Workbook:
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = FIXED_TIME
    sheet = workbook.worksheets[0]
    sheet.title = _sheet_title(source.stem)
    for number, cells in read_delimited(source).rows:
        for place, text in enumerate(cells, start=1):
            put(sheet.cell(number, place), text).number_format = "@"
    return workbook


def _unreadable(source: Path, problem: Exception) -> InputError:
    if isinstance(problem, FileNotFoundError):
        return InputError(f"{source}: no such file", "check the name")
    return InputError(f"{source}: cannot be read as a workbook", "open it in a spreadsheet program and save it as .xlsx")


def _sheet_title(stem: str) -> str:
    kept = "".join(" " if char in "[]:*?/\\'" else char for char in clean_text(stem))
    return kept.strip()[:31] or "Table"


def _mark(workbook: Workbook, problems: Sequence[Problem], *, only_sheet: bool) -> Iterator[Marked]:
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    by_sheet: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_sheet[problem.sheet].append(problem)
    for name, here in by_sheet.items():
        sheet = workbook.worksheets[0] if only_sheet else _sheet_named(workbook, name)
        header = _header_row(sheet, {one.column for one in here if one.column}) if sheet is not None else None
        for problem in here:
            cell = _cell_of(sheet, header, problem) if sheet is not None else None
            if sheet is not None and cell is not None:
                by_cell[sheet.title, cell.coordinate].append(problem)
            yield Marked(problem, sheet.title if sheet else None, cell.coordinate if cell else None)
    for (title, coordinate), found in by_cell.items():
        _color(workbook[title][coordinate], found)


def _color(cell: Cell, problems: Sequence[Problem]) -> None:
    levels = {problem.level for problem in problems}
    cell.fill = color(next((LEVEL_COLORS[one] for one in _MOST_URGENT_FIRST if one in levels), LEVEL_COLORS["note"]))
    text = "\n".join(clean_text(_sentence(problem)) for problem in problems)
    theirs = f"{_YOURS}{cell.comment.text}" if cell.comment else ""
    cell.comment = note(text + theirs, MARKED_BY)


def _sentence(problem: Problem) -> str:
    what = problem.what.rstrip(".")
    return f"{what}. To mend it: {problem.cure.rstrip('.')}." if problem.cure else f"{what}."


def _unmark(workbook: Workbook) -> None:
    """Take away the marks of an earlier check, so that a marked copy can be mended and checked again."""
    for sheet in list(workbook.worksheets):
        if sheet.title == MEND_SHEET == sheet["A1"].value and len(workbook.worksheets) > 1:
            workbook.remove(sheet)
            continue
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.comment):
            if cell.comment.author == MARKED_BY:
                _, _, theirs = cell.comment.text.partition(_YOURS)
                cell.comment = note(theirs) if theirs else None
                cell.fill = PatternFill()


def _sheet_named(workbook: Workbook, name: str) -> Worksheet | None:
    folded = _folded(name)
    return next((sheet for sheet in workbook.worksheets if _folded(sheet.title) == folded), None)


def _folded(text: object) -> str:
    return clean_text(str(text)).rstrip("* ").casefold()


def _header_row(sheet: Worksheet, columns: set[str]) -> dict[str, int]:
    """Folded header to column number, from the one of the first 20 rows that holds most of the named columns."""
    wanted = {_folded(column) for column in columns}
    best: dict[str, int] = {}
    for row in sheet.iter_rows(max_row=min(_HEADER_WITHIN, sheet.max_row)):
        found: dict[str, int] = {"": row[0].row}
        for cell in row:
            if cell.value is not None:
                found.setdefault(_folded(cell.value), cell.column)
        if len(wanted & found.keys()) > len(wanted & best.keys()):
            best = found
    return best


def _cell_of(sheet: Worksheet, header: dict[str, int] | None, problem: Problem) -> Cell | None:
    column = header.get(_folded(problem.column)) if header and problem.column else None
    row = problem.row or (header[""] if header and column else None)
    if row is None:
        return None
    if column is None:
        filled = (cell for cell in sheet[row] if cell.value is not None)
        first = next(filled, None)
        column = first.column if first is not None else 1
    if _folded(sheet.title) == _folded(READ_ME):
        column = 2  # a label stands in the first column, its answer in the second
    return _top_left(sheet, row, column)


def _top_left(sheet: Worksheet, row: int, column: int) -> Cell:
    """The cell, or the one that shows for it where cells are merged."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for merged in sheet.merged_cells.ranges:
            if cell.coordinate in merged:
                return sheet.cell(merged.min_row, merged.min_col)
    return cell
