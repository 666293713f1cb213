"""Laws of reading: every row is kept or refused, in any table, and nothing raises."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgraph.build.project import project
from assetgraph.intake import maps, read_files, text_rows, worksheet
from assetgraph.intake.dates import read_day
from assetgraph.intake.excel import _fill_merged
from assetgraph.intake.maps import Collected
from assetgraph.intake.settings import is_read_me
from assetgraph.intake.tables import Grid, is_blank
from assetgraph.intake.worksheet import SheetCells
from assetgraph.model.records import Reading
from assetgraph.model.sheets import SHEETS

WORDS = st.sampled_from([
    "", "N/A", "Library", "math", "M/S", "CompSci", "Lake", "Mendicino", "statewide", "region 3", "6-8", "5.47209E+13",
    "17640220000000", "0161119", "2026-05-01", "spring 2025", "2024-25", "ongoing", "0025-01-01", "all", "yes", "no", "temporary",
    "https://example.org", "javascript:alert(1)", "=cmd()", "#REF!", "x" * 400, "partners with", "3", "1,200", "57%", ";", "\u202eabc",
    "\x1b[31m", "Example: Library", "e\u0301", "\ud800", "\x00uncalculated", "1e999", "٣", "²",
])  # fmt: skip
CELLS = (
    WORDS | st.text(max_size=30) | st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.times()
)
HEADERS = st.sampled_from([column.header for row in SHEETS.values() for column in row.columns().values()])
KINDS = st.sampled_from([[c.header for c in row.columns().values()] for row in SHEETS.values()])


def read(grids: list[Grid], county: str | None) -> Reading:
    collected = Collected(county=county)
    collected.add(grids)
    return collected.reading()


def assert_nothing_is_lost(reading: Reading) -> None:
    for count in reading.counts:
        assert count.rows_in == count.kept + count.refused
        assert count.changed <= count.kept
    for problem in reading.problems:
        assert problem.what and problem.level in ("refused", "changed", "note")
        assert problem.cure or problem.level != "refused"
    refused = {(p.sheet, p.row) for p in reading.problems if p.level == "refused" and p.row is not None}
    assert not refused & {(record.sheet, record.row) for record in reading.records}
    assert sum(count.refused for count in reading.counts) == len(refused)
    # What is stored can be stored: records survive being written as JSON and read again.
    assert [record.packed().values for record in reading.records] == [record.values for record in reading.records]


@settings(max_examples=250, deadline=None)
@given(KINDS | st.lists(HEADERS, max_size=8), st.lists(st.lists(CELLS, max_size=12), max_size=6), st.sampled_from([None, "Lake"]))
def test_rows_in_are_rows_kept_and_rows_refused(headers: list[str], rows: list[list[Any]], county: str | None) -> None:
    numbered = [(1, list(headers)), *((number, row) for number, row in enumerate(rows, start=2))]
    grid = Grid("t.csv", "t", [(number, row) for number, row in numbered if not all(is_blank(cell) for cell in row)])
    assert_nothing_is_lost(read([grid], county))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.permutations(["Map of", "Counties", "As of", "Plan", "Step"]))
def test_any_read_me_is_read_or_refused(rows: list[list[Any]], labels: list[str]) -> None:
    cells = [[label, *row] for label, row in zip(labels, rows, strict=False)] + rows
    grid = Grid("m.xlsx", "Read me", list(enumerate(cells, start=1)))
    assert is_read_me(grid)
    assert len(read([grid], None).sources) <= 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.csv", "a.xlsx"):
            path = Path(folder, name)
            path.write_bytes(content)
            assert_nothing_is_lost(read_files([path], county="Lake"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=20)), max_size=6))
def test_text_tables_round_trip_through_csv(rows: list[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("Who", "What", "Content area"), *((who, what, "math") for who, what in rows)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(text.getvalue().encode("utf-8", "surrogatepass"))
        assert_nothing_is_lost(read_files([path], county="Lake"))


@settings(max_examples=300, deadline=None)
@given(CELLS)
def test_a_first_day_is_never_after_the_last(raw: str | float | date | datetime | time | None) -> None:
    try:
        first, last = read_day(raw, last=False), read_day(raw, last=True)
    except ValueError:
        return
    assert (first.day is None) == (last.day is None)
    assert first.day is None or last.day is None or date(1900, 1, 1) <= first.day <= last.day <= date(2100, 12, 31)


def test_rows_beyond_the_most_that_are_held_typed_are_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Who,What,Content area,Starts,Ends", *(f"Partner {n},Club {n},math,2024-01-0{1 + n % 9},2024-02-01" for n in range(30))]
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    typed = read_files([tmp_path], county="Lake")
    monkeypatch.setattr(maps, "MOST_TYPED", 30)
    packed = read_files([tmp_path], county="Lake")
    assert packed == typed and len(packed.records) == 60
    assert [type(record._values) for record in packed.records] == [type(packed.records[0].values)] * 30 + [str] * 30
    assert project(packed.sources, packed.records).graph == project(typed.sources, typed.records).graph


def test_merged_blocks_are_filled_once_and_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = SheetCells()
    for row in range(1, 9):
        cells.put(row, 3, f"own {row}")
    cells.put(1, 1, "top")
    cells.put(5, 1, "other")
    cells.merged = [(1, 4, 1), (2, 6, 1), (5, 8, 1), (1, 8, 1), (20, 30, 1)]
    _fill_merged(cells)
    assert [cells.rows[row][0] for row in range(1, 9)] == ["top"] * 4 + ["top"] * 4, "of blocks that overlap the longest from the top holds"
    monkeypatch.setattr(worksheet, "_MOST_EMPTY", 3)
    small = SheetCells()
    for row in range(1, 9):
        small.put(row, 2, row)
    small.put(1, 1, "top")
    small.merged = [(1, 8, 1)]
    _fill_merged(small)
    assert [small.rows[row][0] for row in range(1, 9)] == ["top"] * 4 + [None] * 4 and small.cut == {5, 6, 7, 8}


def test_a_few_empty_cells_in_a_row_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "_MOST_EMPTY", 100)
    cells = SheetCells()
    for row in range(1, 1000):
        cells.put(row, 4, row)
    cells.put(1000, 90, "far")
    cells.put(1001, 90, "further than there is room for")
    cells.put(1002, 4, "near")
    assert len(cells.rows) == 1001 and cells.cut == {1001} and not cells.beyond


def test_after_many_open_marks_a_row_may_hold_few_lines_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_rows, "_MOST_AGAIN", 50)
    long = 'a,"' + "line\n" * 25 + 'end"\n'
    stray = ['x"y,"z\n'] * 40
    found = list(text_rows.separated_rows(iter([*stray, *long.splitlines(True)]), ",", 2))
    assert any(isinstance(row, str) and "so many are never closed in this file" in row for row in found)
    assert list(text_rows.separated_rows(iter(long.splitlines(True)), ",", 2)) == [["a", "line\n" * 25 + "end"]]
