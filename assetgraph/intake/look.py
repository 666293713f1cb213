"""How our workbooks look: widths, colors, headers and the format that keeps 6-8 from becoming a date."""

from __future__ import annotations

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.intake.workbook import note, put
from assetgraph.model.sheets import Cell, Column

__all__ = [
    "EXAMPLE_FONT", "HEADING", "LINK", "NEEDED", "PLAIN", "PRIVATE", "TITLE", "WRAPPED", "color", "dress_column",
    "dress_sheet", "print_across_the_page", "show_whole_row",
]  # fmt: skip

REQUIRED, OPTIONAL, PRIVATE = "1F4E5F", "D5E8EE", "EADCF4"
"""Header colors: dark blue for required, pale blue for optional, lilac for private columns."""

_FACE = "Calibri"
PLAIN = Font(name=_FACE, size=11, color="1F2A30")
NEEDED = Font(name=_FACE, size=11, bold=True, color="1F2A30")
TITLE = Font(name=_FACE, size=18, bold=True, color=REQUIRED)
HEADING = Font(name=_FACE, size=13, bold=True, color=REQUIRED)
LINK = Font(name=_FACE, size=11, color="0563C1", underline="single")
_ON_DARK = Font(name=_FACE, size=11, bold=True, color="FFFFFF")
EXAMPLE_FONT = Font(name=_FACE, size=11, italic=True, color="7F7F7F")
WRAPPED = Alignment(wrap_text=True, vertical="top")

_THIN = Side(style="thin", color="9FB8C1")
_WIDTHS = {
    Cell.NAME: 34, Cell.NAMES: 30, Cell.TEXT: 44, Cell.URL: 38, Cell.FIRST_DAY: 13, Cell.LAST_DAY: 13,
    Cell.DURATION: 16, Cell.GRADES: 11, Cell.COUNTY: 18, Cell.COUNTIES: 28, Cell.TERM: 22, Cell.TERMS: 26,
    Cell.LEAS: 34, Cell.KIND_OR_FAMILY: 26, Cell.LEVEL: 10, Cell.NUMBER: 10, Cell.COUNT: 12, Cell.YEAR: 12,
    Cell.CDS: 18,
}  # fmt: skip
_FORMATS = {Cell.FIRST_DAY: "yyyy-mm-dd", Cell.LAST_DAY: "yyyy-mm-dd", Cell.NUMBER: "General", Cell.COUNT: "0",
            Cell.LEVEL: "0"}  # fmt: skip
"""Number format by cell type; every other column is text, so that 6-8 and 2024-25 stay what was typed."""


def color(rgb: str) -> PatternFill:
    """A solid fill of one color.

    >>> color("EADCF4").fgColor.rgb
    '00EADCF4'
    """
    return PatternFill("solid", fgColor=rgb)


def dress_column(sheet: Worksheet, number: int, column: Column) -> SheetCell:
    """The header cell of a column, written and colored; the column below gets its width and format."""
    header = put(sheet.cell(1, number), f"{column.header} *" if column.required else column.header)
    fill = REQUIRED if column.required else PRIVATE if column.private else OPTIONAL
    header.fill = color(fill)
    header.font = _ON_DARK if column.required else PLAIN
    header.alignment = Alignment(wrap_text=True, vertical="center")
    header.border = Border(right=_THIN, bottom=_THIN)
    header.comment = note(_help(column))
    below = sheet.column_dimensions[get_column_letter(number)]
    below.width = _WIDTHS[column.cell]
    below.number_format = _FORMATS.get(column.cell, "@")
    below.alignment = WRAPPED
    return header


def _help(column: Column) -> str:
    if column.private and not column.help.casefold().startswith("private"):
        return f"Private: never in a public map. {column.help}".strip()
    return f"Required. {column.help}" if column.required else column.help


def dress_sheet(sheet: Worksheet, *, tab: str) -> None:
    """None; the sheet's header row stays in view, and it prints across the page with its headers repeated."""
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 36
    sheet.sheet_properties.tabColor = tab
    sheet.sheet_view.zoomScale = 110
    print_across_the_page(sheet)
    sheet.print_title_rows = "1:1"


def print_across_the_page(sheet: Worksheet) -> None:
    """None; the sheet prints landscape, as wide as the page and as many pages long as it needs."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def show_whole_row(sheet: Worksheet, row: int) -> None:
    """None; the row is as high as its longest wrapped cell needs (rows of one line keep growing on their own)."""
    lines = 1
    for cell in sheet[row]:
        width = sheet.column_dimensions[cell.column_letter].width - 3
        lines = max(lines, *(1 + int(len(part) // width) for part in str(cell.value or "").split("\n")))
    if lines > 1:
        sheet.row_dimensions[row].height = 15 * min(lines, 12) + 2
