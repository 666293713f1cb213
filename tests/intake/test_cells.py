"""Each type of cell: what it gives, what it says that it changed, and what it refuses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from assetgraph.intake.cells import read_cell
from assetgraph.intake.outcome import RefusedCell
from assetgraph.intake.tables import UNCALCULATED
from assetgraph.model.duration import Duration
from assetgraph.model.names import MAX_NAME
from assetgraph.model.sheets import Cell, Column


def column(cell: Cell, vocabulary: str | None = None) -> Column:
    return Column(header="x", cell=cell, vocabulary=vocabulary)


AREA, KIND, ANSWER = "content_area", "partner_kind", "answer"

QUIET: list[tuple[Cell, str | None, Any, Any]] = [
    (Cell.NAME, None, "  Lake\tCOE ", "Lake COE"),
    (Cell.NAME, None, 4.0, "4"),
    (Cell.NAMES, None, "LHS; The Lawrence\nHall, The; LHS", ("LHS", "The Lawrence", "Hall, The")),
    (Cell.URL, None, "https://example.org/a?b=1", "https://example.org/a?b=1"),
    (Cell.DURATION, "duration", "TEMPORARY", Duration.TEMPORARY),
    (Cell.GRADES, None, "6-8", (6, 8)),
    (Cell.GRADES, None, 5, (5, 5)),
    (Cell.GRADES, None, "TK–12", (-1, 12)),
    (Cell.COUNTY, None, "lake county", "Lake"),
    (Cell.COUNTIES, None, "Lake, Mendocino; Del Norte", ("Lake", "Mendocino", "Del Norte")),
    (Cell.COUNTIES, None, "STATEWIDE", ("Statewide",)),
    (Cell.TERM, KIND, "library", "library"),
    (Cell.TERMS, AREA, "Mathematics; computer science", ("math", "computer_science")),
    (Cell.LEAS, None, "ALL", ("all",)),
    (Cell.LEAS, None, "Konocti Unified; Upper Lake Unified", ("Konocti Unified", "Upper Lake Unified")),
    (Cell.KIND_OR_FAMILY, KIND, "all", "all"),
    (Cell.KIND_OR_FAMILY, KIND, "Tribal", "tribal"),
    (Cell.LEVEL, None, 3.0, 3),
    (Cell.NUMBER, None, "1,234.5", 1234.5),
    (Cell.NUMBER, None, "57.5%", 57.5),
    (Cell.COUNT, None, "1,200", 1200),
    (Cell.YEAR, None, 2025, "2025"),
    (Cell.CDS, None, "17640220000000", "17640220000000"),
    (Cell.CDS, None, "1764022", "17640220000000"),
    (Cell.CDS, None, "01-61119-0000000", "01611190000000"),
    (Cell.CDS, None, 17640220000000.0, "17640220000000"),
]

CHANGED: list[tuple[Cell, str | None, Any, Any, str]] = [
    (Cell.TERMS, AREA, "CompSci", ("computer_science",), "read 'CompSci' as Computer science"),
    (Cell.TERMS, AREA, "Mathmatics", ("math",), "read 'Mathmatics' as Mathematics"),
    (Cell.TERMS, AREA, "Sciense", ("science",), "read 'Sciense' as Science"),
    (Cell.TERMS, AREA, "M, S, CS", ("math", "science", "computer_science"), "read 'CS' as Computer science"),
    (Cell.TERMS, AREA, "M/S", ("math", "science"), "read 'M' as Mathematics"),
    (Cell.TERMS, AREA, "STEM", ("multidisciplinary",), "read 'STEM' as Multidisciplinary"),
    (Cell.TERM, KIND, "Univeristy", "higher_education", "read 'Univeristy' as College or university"),
    (Cell.GRADES, None, datetime(2026, 6, 8), (6, 8), "read the date '2026-06-08' as grades 6-8"),
    (Cell.GRADES, None, "8-Jun", (6, 8), "read the date '8-Jun' as grades 6-8"),
    (Cell.COUNTY, None, "Mendicino", "Mendocino", "read 'Mendicino' as Mendocino"),
    (Cell.COUNTIES, None, "All counties", ("Statewide",), "read 'All counties' as statewide"),
    (Cell.URL, None, "www.lawrencehall.org", "https://www.lawrencehall.org", "read 'www.lawrencehall.org' as https://"),
    (Cell.LEVEL, None, "High", 3, "read 'High' as 3"),
    (Cell.LEAS, None, "All districts", ("all",), "read 'All districts' as all"),
    (Cell.CDS, None, "1611190000000", "01611190000000", "its leading zero was lost"),
    (Cell.CDS, None, 161119, "01611190000000", "its leading zero was lost"),
]

REFUSED: list[tuple[Cell, str | None, Any]] = [
    (Cell.NAME, None, "x" * (MAX_NAME + 1)),
    (Cell.NAME, None, "!!!"),
    (Cell.URL, None, "javascript:alert(1)"),
    (Cell.URL, None, "ftp://example.org"),
    (Cell.URL, None, "https://"),
    (Cell.URL, None, "http://[broken"),
    (Cell.URL, None, 'https://a.org/"><script>'),
    (Cell.URL, None, "ask Maria"),
    (Cell.DURATION, "duration", "a while"),
    (Cell.TERM, "how", "hates"),
    (Cell.GRADES, None, "soon"),
    (Cell.COUNTY, None, "Mendocinoo County of Spain"),
    (Cell.COUNTY, None, "Clark"),
    (Cell.COUNTIES, None, "Lake; Washoe"),
    (Cell.COUNTIES, None, "region 12"),
    (Cell.LEVEL, None, 4),
    (Cell.LEVEL, None, True),
    (Cell.NUMBER, None, "many"),
    (Cell.NUMBER, None, "1_000"),
    (Cell.NUMBER, None, "inf"),
    (Cell.COUNT, None, -1),
    (Cell.COUNT, None, 1.5),
    (Cell.COUNT, None, "1e300"),
    (Cell.CDS, None, "12345"),
    (Cell.CDS, None, "99611190000000"),
    (Cell.TERMS, AREA, "x" * 80),
    (Cell.TEXT, None, UNCALCULATED),
    (Cell.TEXT, None, "#REF!"),
]


@pytest.mark.parametrize(("cell", "vocabulary", "raw", "value"), QUIET)
def test_what_is_plain_is_read_without_remark(cell: Cell, vocabulary: str | None, raw: Any, value: Any) -> None:
    outcome = read_cell(raw, column(cell, vocabulary))
    assert outcome is not None
    assert (outcome.value, outcome.changed, outcome.notes) == (value, (), ())


@pytest.mark.parametrize(("cell", "vocabulary", "raw", "value", "said"), CHANGED)
def test_what_is_read_differently_is_said(cell: Cell, vocabulary: str | None, raw: Any, value: Any, said: str) -> None:
    outcome = read_cell(raw, column(cell, vocabulary))
    assert outcome is not None
    assert outcome.value == value
    assert any(said in change for change in outcome.changed), outcome.changed


@pytest.mark.parametrize(("cell", "vocabulary", "raw"), REFUSED)
def test_what_cannot_be_read_is_refused_with_a_cure(cell: Cell, vocabulary: str | None, raw: Any) -> None:
    with pytest.raises(RefusedCell) as refusal:
        read_cell(raw, column(cell, vocabulary))
    assert refusal.value.what and refusal.value.cure


@pytest.mark.parametrize("raw", ["", "  ", "N/A", "NA", "n/a", "No Data", "-", "--", "TBD", "none", None, float("nan"), "\u200b"])
@pytest.mark.parametrize("cell", list(Cell))
def test_blanks_say_nothing_in_any_cell(raw: Any, cell: Cell) -> None:
    assert read_cell(raw, column(cell, AREA)) is None


def test_new_words_of_open_lists_stand_for_themselves_and_closed_lists_name_theirs() -> None:
    area = read_cell("Data science", column(Cell.TERMS, AREA))
    assert area is not None and area.value == ("data_science",)
    assert area.notes == ("'Data science' is a new word here: it stands for itself",)
    with pytest.raises(RefusedCell) as refusal:
        read_cell("hates", column(Cell.TERM, "how"))
    assert "partners with" in refusal.value.cure


def test_math_and_science_are_two_areas() -> None:
    outcome = read_cell("math & science", column(Cell.TERMS, AREA))
    assert outcome is not None and outcome.value == ("math", "science")


def test_a_column_for_one_word_keeps_the_first_and_says_so() -> None:
    outcome = read_cell("Library; Museum", column(Cell.TERM, KIND))
    assert outcome is not None and outcome.value == "library"
    assert "left out Museum or science center" in outcome.changed[-1]


def test_region_numbers_are_taken_for_the_superintendents_and_said() -> None:
    outcome = read_cell("Region 3; CCSESA region 1", column(Cell.COUNTIES))
    assert outcome is not None and outcome.value == ("CCSESA region 3", "CCSESA region 1")
    assert len(outcome.notes) == 1


def test_a_rounded_code_stays_as_printed() -> None:
    outcome = read_cell("5.47209e+13", column(Cell.CDS))
    assert outcome is not None and outcome.value == "5.47209E+13"
    assert "rounded by a spreadsheet" in outcome.notes[0]


def test_ongoing_is_an_open_end() -> None:
    outcome = read_cell("ongoing", column(Cell.LAST_DAY))
    assert outcome is not None and outcome.value is None and outcome.open_end
