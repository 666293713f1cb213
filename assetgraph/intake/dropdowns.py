"""Drop-down lists of a workbook: what each cell offers, kept as ranges on a hidden sheet.

A list typed into a cell rule may hold 255 characters at most, so every list is a column of the hidden sheet.
The rules only offer: an open list takes a new word, and several words may be typed with ; between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.intake.shown import vocabulary_names
from assetgraph.intake.workbook import put
from assetgraph.model.places import COUNTIES
from assetgraph.model.sheets import Cell, Column
from assetgraph.model.vocabulary import FAMILIES, PARTNER_KINDS

__all__ = ["LISTS_SHEET", "DropDowns"]

LISTS_SHEET = "Lists"
"""The hidden sheet that holds the lists; it carries no rows to read."""

_LAST_ROW = 1_048_576


class DropDowns:
    """The lists of one workbook; each list is written once, however many columns offer it."""

    def __init__(self, workbook: Workbook, *, office: str, leas: Sequence[str] = ()) -> None:
        self._lists = workbook.create_sheet(LISTS_SHEET)
        self._lists.sheet_state = "hidden"
        self._ranges: dict[str, str] = {}
        self._office = office
        self._leas = tuple(leas)

    def offer(self, sheet: Worksheet, number: int, column: Column) -> None:
        """Give a whole column of a sheet the list that belongs to it, if one does."""
        named = self._choices(sheet.title, column)
        if named is not None:
            letter = get_column_letter(number)
            self.offer_words(sheet, f"{letter}2:{letter}{_LAST_ROW}", *named)

    def offer_words(self, sheet: Worksheet, cells: str, name: str, words: Sequence[str | int]) -> None:
        """Give some cells of a sheet a list of words under the list's own name."""
        rule = DataValidation(type="list", formula1=self._range(name, words), allow_blank=True)
        rule.errorStyle = "warning"
        rule.showErrorMessage = False
        rule.add(cells)
        sheet.add_data_validation(rule)

    def _range(self, name: str, words: Sequence[str | int]) -> str:
        if name not in self._ranges:
            number = len(self._ranges) + 1
            put(self._lists.cell(1, number), name)
            for row, word in enumerate(words, start=2):
                put(self._lists.cell(row, number), word)
            letter = get_column_letter(number)
            self._ranges[name] = f"{LISTS_SHEET}!${letter}$2:${letter}${len(words) + 1}"
        return self._ranges[name]

    def _choices(self, sheet: str, column: Column) -> tuple[str, Sequence[str | int]] | None:
        if column.cell is Cell.KIND_OR_FAMILY:
            kinds = [kind.name for kind in PARTNER_KINDS.values()]
            return "kind or family", list(dict.fromkeys(["all", *FAMILIES.values(), *kinds]))
        if column.cell in (Cell.TERM, Cell.TERMS, Cell.DURATION) and column.vocabulary:
            return column.vocabulary, vocabulary_names(column.vocabulary)
        if column.cell is Cell.COUNTY:
            return "county", tuple(COUNTIES)
        if column.cell is Cell.COUNTIES:
            return "counties", ("statewide", *COUNTIES)
        if column.cell is Cell.LEVEL:
            return "level", (1, 2, 3)
        if column.cell is Cell.LEAS:
            return "LEAs or all", ("all", *self._leas)
        return self._bodies(sheet, column)

    def _bodies(self, sheet: str, column: Column) -> tuple[str, Sequence[str | int]] | None:
        if (sheet, column.header) in (("Needs", "Whose"), ("Coordinators", "Office or LEA")):
            return "office or LEA", (self._office, *self._leas)
        if (sheet, column.header) == ("Reach", "LEA") and self._leas:
            return "LEA", self._leas
        return None
