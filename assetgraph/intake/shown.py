"""Values as people read and write them in a cell: the inverse of reading a clean value from one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assetgraph.model.grades import GradeSpan
from assetgraph.model.sheets import Cell, Column, ReachRow, SheetRow
from assetgraph.model.vocabulary import FAMILIES, PARTNER_KINDS, VOCABULARIES, term_name

__all__ = ["AREA_HEADERS", "Shown", "area_header", "headed_values", "shown", "vocabulary_names"]

Shown = str | float | date | None

AREA_HEADERS = {"math": "Math", "science": "Science", "computer_science": "Computer science"}
"""The content areas that have a column on the Reach sheet from the start, with its header."""


def shown(column: Column, value: object) -> Shown:
    """What to write in the cell: terms by name, lists joined by "; ", days as dates; None leaves it empty.

    >>> shown(Column(header="Grades", cell=Cell.GRADES), (6, 8))
    '6-8'
    >>> shown(Column(header="Areas", cell=Cell.TERMS, vocabulary="content_area"), ("math", "computer_science"))
    'Mathematics; Computer science'
    """
    if value is None or value == ():
        return None
    if column.cell is Cell.GRADES and isinstance(value, tuple):
        return str(GradeSpan(*value))
    if isinstance(value, tuple):
        return "; ".join(_word(column, str(item)) for item in value)
    if isinstance(value, (date, int, float)):
        return value
    return _word(column, str(value))


def _word(column: Column, word: str) -> str:
    if column.cell is Cell.KIND_OR_FAMILY and word not in PARTNER_KINDS:
        return "all" if word == "all" else FAMILIES.get(word) or term_name("partner_kind", word)
    return term_name(column.vocabulary, word) if column.vocabulary else word


def area_header(area: str) -> str:
    """The header of an area's column on the Reach sheet.

    >>> area_header("math"), area_header("multidisciplinary")
    ('Math', 'Multidisciplinary')
    """
    return AREA_HEADERS.get(area) or term_name("content_area", area)


def headed_values(row: SheetRow) -> Iterator[tuple[str, Shown]]:
    """Each header with what to write under it, empty cells left out; columns the sheet does not know come last.

    >>> list(headed_values(ReachRow(lea="Konocti Unified", answers=(("math", "not_asked"),))))
    [('LEA', 'Konocti Unified'), ('Math', 'not asked')]
    """
    for field, column in row.columns().items():
        value = shown(column, getattr(row, field))
        if value is not None:
            yield column.header, value
    if isinstance(row, ReachRow):
        for area, answer in row.answers:
            yield area_header(area), term_name("answer", answer)
    yield from row.extra


def vocabulary_names(name: str) -> tuple[str, ...]:
    """The names a vocabulary shows, in its own order, each once.

    >>> vocabulary_names("answer")
    ('yes', 'no', 'not asked')
    """
    return tuple(dict.fromkeys(term.name for term in VOCABULARIES[name]))
