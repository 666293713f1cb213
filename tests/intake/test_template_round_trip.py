"""The law of the written workbook: reading it back gives the same rows, and nothing had to be read differently."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assetgraph.intake.cells import read_cell
from assetgraph.intake.examples import EXAMPLES
from assetgraph.intake.excel import read_workbook
from assetgraph.intake.mark import write_marked
from assetgraph.intake.mark_table import LEVEL_COLORS
from assetgraph.intake.settings import read_settings
from assetgraph.intake.shown import area_header, headed_values
from assetgraph.intake.tables import header_text, is_blank
from assetgraph.intake.template import TEMPLATE_SHEETS, write_rows, write_template
from assetgraph.model.duration import Duration
from assetgraph.model.names import clean_text
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Basis, SourceInfo
from assetgraph.model.sheets import AskedRow, Cell, Column, ReachRow, SheetRow
from assetgraph.model.vocabulary import FAMILIES, PARTNER_KINDS, VOCABULARIES

LETTERS = st.sampled_from("abzÑéA09 =+-@'\"&,./()#%;：工")


def texts(without: str = "") -> st.SearchStrategy[str]:
    written = st.text(LETTERS.filter(lambda letter: letter not in without), min_size=1, max_size=30).map(clean_text)
    return written.filter(lambda text: any(char.isalnum() for char in text) and not is_blank(text))


def several(one: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(one, max_size=3, unique=True).map(tuple)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Clean values of a column, as a reader would give them."""
    terms = st.sampled_from([term.term for term in VOCABULARIES[column.vocabulary or "answer"]])
    names = several(texts(without=";").filter(lambda text: text.casefold() != "all"))
    leas = several(texts(without=";,").filter(lambda text: text.casefold() != "all"))  # a comma parts LEAs
    days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
    grades = st.tuples(st.integers(-3, 16), st.integers(-3, 16)).map(lambda pair: (min(pair), max(pair)))
    by_cell: dict[Cell, st.SearchStrategy[Any]] = {
        Cell.NAME: texts(), Cell.TEXT: texts(), Cell.NAMES: names, Cell.LEAS: st.just(("all",)) | leas,
        Cell.URL: st.sampled_from(["https://example.org/a?b=c", "http://example.org"]), Cell.FIRST_DAY: days,
        Cell.LAST_DAY: days, Cell.DURATION: st.sampled_from(list(Duration)), Cell.GRADES: grades,
        Cell.COUNTY: st.sampled_from(list(COUNTIES)), Cell.COUNTIES: several(st.sampled_from(list(COUNTIES))),
        Cell.TERM: terms, Cell.TERMS: several(terms), Cell.LEVEL: st.integers(1, 3),
        Cell.KIND_OR_FAMILY: st.sampled_from(["all", *FAMILIES, *PARTNER_KINDS]),
        Cell.NUMBER: st.sampled_from([0.0, 0.5, 12.0]), Cell.COUNT: st.integers(0, 9999),
        Cell.YEAR: st.sampled_from(["2024-25", "2026"]),
    }  # fmt: skip
    found = by_cell[column.cell]
    if column.required:
        return found.filter(lambda value: value != ())
    return found if column.cell in MANY else st.none() | found


MANY = (Cell.NAMES, Cell.TERMS, Cell.LEAS, Cell.COUNTIES)


def rows_of(kind: type[SheetRow]) -> st.SearchStrategy[SheetRow]:
    fields = {name: values(column) for name, column in kind.columns().items()}
    if kind is ReachRow:
        areas = [term.term for term in VOCABULARIES["content_area"]]
        answers = st.dictionaries(st.sampled_from(areas), st.sampled_from(["yes", "no", "not_asked"]))
        fields["answers"] = answers.map(lambda found: tuple((area, found[area]) for area in areas if area in found))
    return st.builds(kind, **fields)


def read_back(path: Path, kind: type[SheetRow]) -> list[SheetRow]:
    """The rows of one sheet, cell by cell; fails where a cell had to be read differently."""
    (grid,) = [grid for grid in read_workbook(path) if grid.sheet == kind.sheet]
    headers = [header_text(cell) for cell in grid.rows[0][1]]
    fields = {column.header: (name, column) for name, column in kind.columns().items()}
    answer = AskedRow.columns()["asked"]
    areas = {area_header(term.term): term.term for term in VOCABULARIES["content_area"]} if kind is ReachRow else {}
    rows = []
    for _, cells in grid.rows[1:]:
        found: dict[str, Any] = {}
        for header, cell in zip(headers, cells, strict=False):
            name, column = fields.get(header, ("answers", answer))
            outcome = read_cell(cell, column)
            if outcome is None:
                continue
            assert outcome.changed == outcome.notes == ()
            if header in areas:
                found["answers"] = (*found.get("answers", ()), (areas[header], outcome.value))
            else:
                found[name] = outcome.value
        rows.append(kind.model_validate(found))
    return rows


@pytest.mark.parametrize("kind", TEMPLATE_SHEETS, ids=lambda kind: kind.sheet)
def test_examples_read_back_as_written(tmp_path: Path, kind: type[SheetRow]) -> None:
    row = EXAMPLES[kind.sheet].row
    assert list(headed_values(row))
    path = write_rows(tmp_path / "one.xlsx", "Lake", {kind.sheet: [row]})
    assert read_back(path, kind) == [row]


@pytest.mark.parametrize("kind", TEMPLATE_SHEETS, ids=lambda kind: kind.sheet)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_any_rows_read_back_as_written(kind: type[SheetRow], data: st.DataObject) -> None:
    rows = data.draw(st.lists(rows_of(kind), min_size=1, max_size=6))
    with tempfile.TemporaryDirectory() as folder:
        path = write_rows(Path(folder, "rows.xlsx"), "Lake", {kind.sheet: rows})
        assert read_back(path, kind) == rows


def test_the_read_me_sheet_reads_back(tmp_path: Path) -> None:
    source = SourceInfo(
        id="map/x", basis=Basis.MAP, name="North State community of practice", counties=("Lake", "Glenn"), plan="B",
        step="3", as_of=date(2026, 11, 22), filled_in_by="A team", contact="the office",
    )  # fmt: skip
    said = read_settings(read_workbook(write_rows(tmp_path / "cop.xlsx", "Lake", {}, source=source))[0])
    assert (said.owner, said.counties, said.plan, said.step) == (source.name, source.counties, "B", "3")
    assert (said.as_of, said.filled_in_by, said.contact) == (source.as_of, "A team", "the office")
    assert said.problems == ()
    empty = read_settings(read_workbook(write_template(tmp_path / "lake.xlsx", "Lake"))[0])
    assert (empty.owner, empty.counties, empty.plan) == ("Lake County Office of Education", ("Lake",), None)
    (undated,) = empty.problems
    marked = load_workbook(write_marked(tmp_path / "lake.xlsx", [undated], tmp_path / "marked.xlsx"))["Read me"]
    assert undated.row is not None
    assert marked.cell(undated.row, 2).fill.fgColor.rgb == f"00{LEVEL_COLORS[undated.level]}"
