"""Rows of one table that say the same thing, or two things of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assetgraph.intake.shown import area_header
from assetgraph.model.sheets import Cell, Column, SheetRow

__all__ = ["Twins"]

_ADDING = frozenset({Cell.TEXT, Cell.URL, Cell.NAMES, Cell.TERMS, Cell.LEAS, Cell.COUNTIES})
"""Cells that two rows may fill differently and both be right: lists, pages and remarks."""

_OF_ITS_OWN = ("starts_on", "as_of", "status")
"""Where these differ, two rows speak of two times or of two states, and do not contradict each other."""

_BY_CODE = ("cds",)


class Twins:
    """Remembers the rows of one table by what makes them the same row."""

    def __init__(self) -> None:
        self._first: dict[tuple[Any, ...], tuple[int, SheetRow]] = {}
        self._equal: dict[tuple[Any, ...], int] = {}
        """What is not the first of its key, and the first; most rows are never asked for more than their key."""

    def remark(self, number: int, county: str | None, row: SheetRow) -> tuple[str, str] | None:
        """What to tell of a row, and its cure, where an earlier row is equal, or is of the same thing and contradicts it.

        >>> from assetgraph.model.sheets import PartnerRow
        >>> twins = Twins()
        >>> twins.remark(2, None, PartnerRow(name="Library", partner_kind="library"))
        >>> twins.remark(3, None, PartnerRow(name="library", partner_kind="tribe"))[0]
        'row 2 has the same Name and another Kind of partner; both are kept'
        """
        said, key = vars(row), _key(row)
        words = (said[name] for name in key)
        place = None if key == _BY_CODE else county
        first, there = self._first.setdefault((place, *(w.casefold() if type(w) is str else w for w in words)), (number, row))
        if there is row:
            return None
        self._equal.setdefault((county, *vars(there).values()), first)
        twin = self._equal.setdefault((county, *said.values()), number)
        if twin != number:
            return f"the same as row {twin}", "delete one of the two"
        others = " and another ".join(_differences(there, row, key))
        if not others:
            return None
        shared = " and ".join(row.columns()[name].header for name in key if said[name] not in (None, ()))
        what = f"row {first} has the same {shared} and another {others}; both are kept"
        return what, "correct one of the two rows, or delete it"


def _key(row: SheetRow) -> tuple[str, ...]:
    """The fields that make a row the same row; a code says so alone where nothing but the name goes with it."""
    return _BY_CODE if row.sheet == "Directory" and getattr(row, "cds", None) else row.key


def _differences(one: SheetRow, other: SheetRow, key: tuple[str, ...]) -> Iterator[str]:
    """Headers under which two rows say different things, where both say something and only one can be right."""
    if any(_differ(one, other, name) for name in _OF_ITS_OWN):
        return
    for name, column in other.columns().items():
        if name not in key and _is_one_thing(column) and _differ(one, other, name):
            yield column.header
    answers: dict[str, str] = dict(getattr(one, "answers", ()))
    for area, answer in getattr(other, "answers", ()):
        if answers.get(area, answer) != answer:
            yield area_header(area)


def _differ(one: SheetRow, other: SheetRow, name: str) -> bool:
    values = getattr(one, name, None), getattr(other, name, None)
    return None not in values and values[0] != values[1]


def _is_one_thing(column: Column) -> bool:
    return not column.private and column.cell not in _ADDING and column.vocabulary != "evidence"
