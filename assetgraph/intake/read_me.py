"""The first sheet of a workbook: how to fill it in, whose map it is, and what the other sheets are for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.intake.dropdowns import DropDowns
from assetgraph.intake.look import (
    HEADING,
    LINK,
    NEEDED,
    PLAIN,
    PRIVATE,
    TITLE,
    WRAPPED,
    color,
    print_across_the_page,
)
from assetgraph.intake.workbook import note, put
from assetgraph.model.records import SourceInfo
from assetgraph.model.sheets import SheetRow

__all__ = ["READ_ME", "write_read_me"]

READ_ME = "Read me"
"""The name of the first sheet."""

_HOW = (
    "Go to the sheet Quickstorm. One row is one asset: who, what, which content area, how long.",
    "Stop there if you like: Quickstorm alone makes a map. Every other sheet adds detail.",
    "Columns marked * are needed. Leave a cell empty when you do not know; a blank is never read as a no.",
    "Many cells offer a list. You may type your own words, and several with ; between them.",
    "Lilac columns are private: they never appear in a public map.",
    "Rows in grey that start with “Example:” show the style. They are not read; delete them when you like.",
)
_LABELS = (
    ("Map of *", "The county office, community of practice or region whose map this is."),
    ("Counties *", "County names, several with ; between them."),
    ("Plan", "A or B; empty if neither."),
    ("Step", "1, 2 or 3; empty if none."),
    ("As of *", "The day for which the map is true, such as 2026-11-22."),
    ("Filled in by", "Private: who filled this in. Never in a public map."),
    ("Contact (private)", "Private: whom to ask. Never in a public map."),
)
_EDGE = Side(style="thin", color="9FB8C1")


def write_read_me(
    sheet: Worksheet, map_of: SourceInfo, sheets: Sequence[type[SheetRow]], lists: DropDowns
) -> None:
    """None; the sheet now holds the title, the instructions, the seven labels with values, and the sheet list."""
    sheet.title = READ_ME
    sheet.sheet_properties.tabColor = "7F7F7F"
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 22
    sheet.column_dimensions["B"].width = 96
    put(sheet["A1"], f"Asset map: {map_of.name}").font = TITLE
    sheet.row_dimensions[1].height = 30
    row = _heading(sheet, 3, "How to fill in")
    for number, line in enumerate(_HOW, start=1):
        put(sheet.cell(row, 1), f"{number}.").alignment = Alignment(horizontal="right", vertical="top")
        put(sheet.cell(row, 2), line).alignment = WRAPPED
        row += 1
    row = _heading(sheet, row + 1, "This map")
    for (label, help_text), value in zip(_LABELS, _values(map_of), strict=True):
        _label(sheet, row, label, help_text, value)
        if label in ("Plan", "Step"):
            lists.offer_words(sheet, f"B{row}", label, ("A", "B") if label == "Plan" else ("1", "2", "3"))
        row += 1
    row = _heading(sheet, row + 1, "The sheets")
    for kind in sheets:
        _link(put(sheet.cell(row, 1), kind.sheet), kind.sheet)
        put(sheet.cell(row, 2), kind.about).alignment = WRAPPED
        row += 1
    print_across_the_page(sheet)


def _values(map_of: SourceInfo) -> tuple[str | date | None, ...]:
    counties = "; ".join(map_of.counties)
    return (map_of.name, counties, map_of.plan, map_of.step, map_of.as_of, map_of.filled_in_by, map_of.contact)


def _heading(sheet: Worksheet, row: int, text: str) -> int:
    put(sheet.cell(row, 1), text).font = HEADING
    sheet.row_dimensions[row].height = 22
    return row + 1


def _label(sheet: Worksheet, row: int, label: str, help_text: str, value: str | date | None) -> None:
    named = put(sheet.cell(row, 1), label)
    named.font = NEEDED if label.endswith("*") else PLAIN
    named.comment = note(help_text)
    answer = sheet.cell(row, 2)
    answer.number_format = "yyyy-mm-dd" if label.startswith("As of") else "@"
    put(answer, value)
    answer.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
    answer.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    if help_text.startswith("Private"):
        named.fill = color(PRIVATE)


def _link(cell: Cell, sheet: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = LINK
    cell.alignment = WRAPPED
