"""The marked copy: every problem found again at its cell, and the user's own file untouched."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.errors import InputError
from assetgraph.intake.mark import write_marked
from assetgraph.intake.mark_table import LEVEL_COLORS, MEND_SHEET
from assetgraph.intake.template import write_template
from assetgraph.model.records import Problem

RED, AMBER, BLUE = (f"00{LEVEL_COLORS[level]}" for level in ("refused", "changed", "note"))


def problem(row: int | None, column: str | None, level: str = "refused", **more: str) -> Problem:
    told = {"file": "messy.xlsx", "sheet": "Our Assets", "what": "cannot be read", "cure": "write it again", **more}
    return Problem.model_validate({"row": row, "column": column, "level": level, **told})


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A sheet as people keep them: a title above the header, merged cells, a comment, a formula, hidden notes."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Our Assets"
    sheet["A1"] = "Asset map, fall 2026"
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["Partner / Organization", "What ", "M/S/CS", "Grades", "Hours"])
    sheet.append(["Library", "Robot club", "CompSci", "6-8", 4])
    sheet.append([None, "Star party", "Sci", "soon", "=E4*2"])
    sheet.append(["Museum", None, "Basket weaving", "K-5", 1])
    sheet.merge_cells("A4:A5")
    sheet["D5"].comment = Comment("ask Kim about this", "Kim")
    sheet["D6"].number_format = "@"
    workbook.create_sheet("Ben's notes")["A1"] = "keep me"
    workbook.worksheets[1].sheet_state = "hidden"
    workbook.save(tmp_path / "messy.xlsx")
    return tmp_path / "messy.xlsx"


def table(sheet: Worksheet) -> list[tuple[object, ...]]:
    rows = list(sheet.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "Mark")
    return rows[start + 1 :]


def test_cells_are_colored_by_level_and_carry_the_cure(messy: Path, tmp_path: Path) -> None:
    before = messy.read_bytes()
    problems = [
        problem(5, "Grades", what="'soon' is no grade span", cure="write a span such as 6-8"),
        problem(6, "M/S/CS", "note", what="Basket weaving is a new area", cure=""),
        problem(4, "M/S/CS", "changed", what="CompSci is read as Computer science"),
    ]
    sheet = load_workbook(write_marked(messy, problems, tmp_path / "out.xlsx"))["Our Assets"]
    assert sheet["D5"].fill.fgColor.rgb == RED
    assert sheet["D5"].comment.text == (
        "'soon' is no grade span. To mend it: write a span such as 6-8.\n\nYour own comment:\nask Kim about this"
    )
    assert sheet["C4"].fill.fgColor.rgb == AMBER
    assert sheet["C6"].fill.fgColor.rgb == BLUE
    assert sheet["C6"].comment.text == "Basket weaving is a new area."
    assert sheet["B4"].comment is None
    assert messy.read_bytes() == before


def test_what_the_user_had_is_kept(messy: Path, tmp_path: Path) -> None:
    workbook = load_workbook(write_marked(messy, [problem(6, "What")], tmp_path / "out.xlsx"))
    assert workbook.sheetnames == [MEND_SHEET, "Our Assets", "Ben's notes"]
    assert workbook["Ben's notes"].sheet_state == "hidden"
    sheet = workbook["Our Assets"]
    assert sheet["E5"].value == "=E4*2"
    assert sheet["E5"].data_type == "f"
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:D1", "A4:A5"}
    assert sheet["D6"].number_format == "@"
    assert workbook.active.title == MEND_SHEET
    assert [one.sheet_view.tabSelected for one in workbook.worksheets][1:] == [False, False]
    assert any("Formulas are kept" in str(row[0]) for row in workbook[MEND_SHEET].iter_rows(values_only=True))


def test_rows_merged_cells_and_headers_find_their_place(messy: Path, tmp_path: Path) -> None:
    problems = [
        problem(6, None, what="row"),
        problem(5, "partner / organization", what="merged"),
        problem(None, "Hours", "note", what="header"),
        problem(6, "What", what="trailing blank"),
        problem(4, "No such column", what="unknown column"),
    ]
    sheet = load_workbook(write_marked(messy, problems, tmp_path / "out.xlsx"))["Our Assets"]
    places = {cell.coordinate: cell.comment.text.split(".")[0] for row in sheet for cell in row if cell.comment}
    del places["D5"]
    assert places == {"A6": "row", "A4": "merged", "E3": "header", "B6": "trailing blank"}
    assert "unknown column" in sheet["A4"].comment.text


def test_the_most_urgent_level_colors_a_cell_with_two_problems(messy: Path, tmp_path: Path) -> None:
    problems = [problem(6, "What", "note", what="one"), problem(6, "What", "refused", what="two")]
    sheet = load_workbook(write_marked(messy, problems, tmp_path / "out.xlsx"))["Our Assets"]
    assert sheet["B6"].fill.fgColor.rgb == RED
    assert sheet["B6"].comment.text.splitlines() == [
        "one. To mend it: write it again.",
        "two. To mend it: write it again.",
    ]


def test_the_first_sheet_lists_all_problems_with_links(messy: Path, tmp_path: Path) -> None:
    problems = [
        problem(6, "M/S/CS", "note", what="a note", cure=""),
        problem(5, "Grades", what="refused", cure="mend"),
        problem(None, None, what="no date", cure="add one", sheet="Read me"),
        problem(5, "Grades", what="of another file", file="other.xlsx"),
    ]
    sheet = load_workbook(write_marked(messy, problems, tmp_path / "out.xlsx"))[MEND_SHEET]
    assert sheet["A1"].value == MEND_SHEET
    assert str(sheet["A2"].value).startswith("messy.xlsx: left out 2, worth knowing 1.")
    assert table(sheet) == [
        ("Left out", "D5", "Our Assets", 5, "Grades", "refused", "mend"),
        ("Left out", None, "Read me", None, None, "no date", "add one"),
        ("Worth knowing", "C6", "Our Assets", 6, "M/S/CS", "a note", None),
    ]
    links = [cell.hyperlink.location for cell in sheet["B"] if cell.hyperlink]
    assert links == ["'Our Assets'!D5", "'Our Assets'!C6"]


def test_a_marked_copy_can_be_mended_and_marked_again(messy: Path, tmp_path: Path) -> None:
    write_marked(messy, [problem(5, "Grades")], tmp_path / "first.xlsx")
    again = write_marked(tmp_path / "first.xlsx", [problem(6, "What", file="first.xlsx")], tmp_path / "second.xlsx")
    workbook = load_workbook(again)
    assert workbook.sheetnames == [MEND_SHEET, "Our Assets", "Ben's notes"]
    assert len(table(workbook[MEND_SHEET])) == 1
    assert workbook["Our Assets"]["D5"].comment.text == "ask Kim about this"
    assert workbook["Our Assets"]["D5"].fill.fill_type is None
    assert workbook["Our Assets"]["B6"].fill.fgColor.rgb == RED


def test_a_template_keeps_its_help_and_answers_stand_beside_their_labels(tmp_path: Path) -> None:
    source = write_template(tmp_path / "lake.xlsx", "Lake")
    label = next(cell.row for cell in load_workbook(source)["Read me"]["A"] if cell.value == "As of *")
    date_missing = problem(label, "As of", file="lake.xlsx", sheet="Read me", what="As of is empty")
    what_missing = problem(3, "What", file="lake.xlsx", sheet="Quickstorm", what="What is empty")
    workbook = load_workbook(write_marked(source, [date_missing, what_missing], tmp_path / "out.xlsx"))
    assert workbook["Read me"].cell(label, 2).fill.fgColor.rgb == RED
    assert workbook["Quickstorm"]["B3"].fill.fgColor.rgb == RED
    assert workbook["Quickstorm"]["B1"].comment is not None
    assert len(workbook["Quickstorm"].data_validations.dataValidation) > 5
    assert workbook["Lists"].sheet_state == "hidden"


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@x", '=cmd|"/c calc"!A1'])
def test_text_of_problems_stays_text(messy: Path, tmp_path: Path, hostile: str) -> None:
    told = problem(5, "Grades", what=hostile, cure=hostile)
    sheet = load_workbook(write_marked(messy, [told], tmp_path / "out.xlsx"))[MEND_SHEET]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == hostile]
    assert [(cell.data_type, bool(cell.quotePrefix)) for cell in found] == [("s", True)] * 2


def test_a_csv_becomes_a_workbook_with_its_marks(tmp_path: Path) -> None:
    source = tmp_path / "our assets.csv"
    source.write_text("\ufeffWho;What;Grades\nLibrary;=1+1;6-8\n\nPeña;@x;soon\n", encoding="utf-8")
    told = problem(4, "Grades", file="our assets.csv", sheet="Quickstorm")
    workbook = load_workbook(write_marked(source, [told], tmp_path / "out.xlsx"))
    assert workbook.sheetnames == [MEND_SHEET, "our assets"]
    sheet = workbook["our assets"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Who", "What", "Grades"],
        ["Library", "=1+1", "6-8"],
        [None, None, None],
        ["Peña", "@x", "soon"],
    ]
    assert sheet["B2"].data_type == "s"
    assert sheet["C4"].fill.fgColor.rgb == RED


def test_the_users_files_are_never_overwritten(messy: Path, tmp_path: Path) -> None:
    before = messy.read_bytes()
    with pytest.raises(InputError, match="is the file that was checked"):
        write_marked(messy, [], messy, overwrite=True)
    (tmp_path / "other.xlsx").write_bytes(b"hours of work")
    with pytest.raises(InputError, match="is there already"):
        write_marked(messy, [], tmp_path / "other.xlsx")
    assert (messy.read_bytes(), (tmp_path / "other.xlsx").read_bytes()) == (before, b"hours of work")
    write_marked(messy, [], tmp_path / "other.xlsx", overwrite=True)
    sheet = load_workbook(tmp_path / "other.xlsx")[MEND_SHEET]
    assert sheet["A2"].value == "messy.xlsx: nothing to mend."
    with pytest.raises(InputError, match="a marked copy is a workbook"):
        write_marked(messy, [], tmp_path / "out.csv")


def test_files_that_are_no_workbook_are_said(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    for name, words in (("broken.xlsx", "is cut off"), ("none.xlsx", "no such file"), ("none.csv", "no such file")):
        with pytest.raises(InputError, match=words):
            write_marked(tmp_path / name, [], tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_same_input_gives_the_same_bytes(messy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = [problem(5, "Grades"), problem(6, "What", "note")]
    one = write_marked(messy, problems, tmp_path / "one.xlsx").read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write_marked(messy, problems, tmp_path / "two.xlsx").read_bytes() == one
