"""The sheet "What to mend" of a marked copy: every problem in a table, with links to the cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile, is_zipfile

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.intake.look import (
    LINK,
    NEEDED,
    PLAIN,
    TITLE,
    WRAPPED,
    color,
    print_across_the_page,
    show_whole_row,
)
from assetgraph.intake.workbook import put
from assetgraph.model.names import clean_text
from assetgraph.model.records import Problem

__all__ = ["LEVEL_COLORS", "MARKED_BY", "MEND_SHEET", "Marked", "not_kept", "write_mend_sheet"]

MEND_SHEET = "What to mend"
"""The first sheet of a marked copy; it carries no rows to read."""

MARKED_BY = "assetgraph check"
"""Author of the comments that marking adds; template comments have another, so that they are never taken away."""

LEVEL_COLORS = {"refused": "F4A6A0", "changed": "FFD37A", "note": "A9CCF0"}
"""Red: the row is left out. Amber: read differently than written. Blue: worth knowing."""

_LEVEL_WORDS = {"refused": "Left out", "changed": "Read differently", "note": "Worth knowing"}
_HEADERS = (("Mark", 17), ("Go to", 12), ("Sheet", 18), ("Row", 7), ("Column", 22), ("What", 58), ("How to mend it", 58))
_ROW_COLUMN = 4
_PARTS = {
    "xl/slicers/": "slicers", "xl/timelines/": "timelines", "xl/threadedComments/": "threads of comments (their text stays)",
    "xl/embeddings/": "embedded files", "xl/ctrlProps/": "buttons and form fields", "xl/activeX/": "buttons and form fields",
    "xl/diagrams/": "diagrams",
}  # fmt: skip
_WARNINGS = {
    "Data Validation extension": "drop-down lists of the newer kind",
    "Conditional Formatting extension": "conditional colors of the newer kind",
    "Unknown extension": "features that only newer spreadsheet programs know",
    "Sparkline": "sparklines",
}


class Marked(NamedTuple):
    """A problem with the sheet and cell at which it is marked; both None when no cell is meant."""

    problem: Problem
    sheet: str | None
    cell: str | None


def not_kept(source: Path, workbook: Workbook, warned: Sequence[str]) -> list[str]:
    """What the source holds and its copy cannot, in words, sorted; empty when everything is kept.

    ``warned`` is what was said while the workbook was opened.
    """
    lost = {words for start, words in _WARNINGS.items() if any(start in one for one in warned)}
    if is_zipfile(source):
        with ZipFile(source) as archive:
            lost.update(_parts_lost(archive, workbook))
    return sorted(lost)


def _parts_lost(archive: ZipFile, workbook: Workbook) -> Iterator[str]:
    names = archive.namelist()
    sheets = workbook.worksheets
    if any(name.startswith("xl/media/") for name in names) and not any(sheet._images for sheet in sheets):  # noqa: SLF001 - what openpyxl kept
        yield "pictures"
    if any(name.startswith("xl/drawings/drawing") and b"<xdr:sp>" in _open_tags(archive, name) for name in names):
        yield "shapes and text boxes"
    if "xl/vbaProject.bin" in names and not workbook.vba_archive:
        yield "macros (give the copy a name that ends in .xlsm to keep them)"
    for start, words in _PARTS.items():
        if not workbook.vba_archive and any(name.startswith(start) for name in names):
            yield words


def _open_tags(archive: ZipFile, name: str) -> bytes:
    return archive.read(name).replace(b"<xdr:sp ", b"<xdr:sp>")


def write_mend_sheet(workbook: Workbook, file: str, marked: Sequence[Marked], lost: Sequence[str]) -> None:
    """None; the workbook opens on a new first sheet that lists the problems in the order given."""
    sheet = workbook.create_sheet(MEND_SHEET, 0)
    for other in workbook.worksheets:
        # Two selected sheets would be edited together: only the new one may be selected.
        other.sheet_view.tabSelected = other is sheet
    workbook.active = 0
    sheet.sheet_properties.tabColor = LEVEL_COLORS["refused"]
    sheet.sheet_view.showGridLines = False
    put(sheet["A1"], MEND_SHEET).font = TITLE
    row = 2
    for line in (_summary(file, marked), *_remarks(workbook, lost)):
        put(sheet.cell(row, 1), line).font = PLAIN
        row += 1
    _table(sheet, row + 1, marked)


def _summary(file: str, marked: Sequence[Marked]) -> str:
    if not marked:
        return f"{clean_text(file)}: nothing to mend."
    levels = Counter(one.problem.level for one in marked)
    counts = ", ".join(f"{_LEVEL_WORDS[level].lower()} {levels[level]}" for level in _LEVEL_WORDS if levels[level])
    return f"{clean_text(file)}: {counts}. Mend the colored cells in your own file or here, then check again."


def _remarks(workbook: Workbook, lost: Sequence[str]) -> Iterator[str]:
    if lost:
        yield f"This copy does not keep: {'; '.join(lost)}. Your own file is unchanged."
    if any(cell.data_type == "f" for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row):
        yield "Formulas are kept; open this copy in a spreadsheet program and save it before it is read again."


def _table(sheet: Worksheet, first: int, marked: Sequence[Marked]) -> None:
    for number, (header, width) in enumerate(_HEADERS, start=1):
        cell = put(sheet.cell(first, number), header)
        cell.font, cell.fill = NEEDED, color("D5E8EE")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = sheet.cell(first + 1, 1)
    for row, (problem, title, place) in enumerate(marked, start=first + 1):
        _row(sheet, row, problem)
        sheet.cell(row, 1).fill = color(LEVEL_COLORS.get(problem.level, LEVEL_COLORS["note"]))
        if title is not None and place is not None:
            _link(put(sheet.cell(row, 2), place), title, place)
        show_whole_row(sheet, row)
    print_across_the_page(sheet)


def _row(sheet: Worksheet, row: int, problem: Problem) -> None:
    level = _LEVEL_WORDS.get(problem.level, _LEVEL_WORDS["note"])
    values = (level, None, problem.sheet, problem.row, problem.column, problem.what, problem.cure)
    for number, value in enumerate(values, start=1):
        cell = put(sheet.cell(row, number), clean_text(value) if isinstance(value, str) else value)
        cell.font, cell.alignment = PLAIN, WRAPPED
        if number == _ROW_COLUMN:
            cell.alignment = Alignment(horizontal="left", vertical="top")


def _link(cell: Cell, title: str, place: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!{place}")
    cell.font, cell.alignment = LINK, WRAPPED
