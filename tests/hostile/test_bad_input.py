"""Every bad file and row that people hand in: what is kept, what is refused, the line that says so, and the exit code.

Each case makes a real file and is read three ways: by the library, by ``check`` and by ``build``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import files_made as made
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from sheets_made import QUICKSTORM, READ_ME, table, workbook

from assetgraph.cli import main
from assetgraph.intake import read_files
from assetgraph.intake.hostile import is_workbook
from assetgraph.model.records import Problem, Reading, Standing

WHOLE = None
"""In place of a row: the whole file or sheet."""


class Said(NamedTuple):
    """One line that must be said: its row, its column, and words of what is wrong."""

    row: int | None
    column: str | None
    what: str


@dataclass(frozen=True)
class Case:
    """A file, and all that is to happen to it."""

    name: str
    make: Callable[[Path], Path]
    kept: int
    refused: tuple[Said, ...] = ()
    """All refusals, each by a row, a column and words of its own."""
    notes: tuple[Said, ...] = ()
    """What is also said, as a note or as a change; other notes may be said too."""
    values: tuple[str, ...] = ()
    """Who or what the kept rows are about, in order; empty where the count says enough."""


def csv(*lines: str, encoding: str = "utf-8", headers: str = "Who,What,Content area", name: str = "list.csv") -> Callable[[Path], Path]:
    return lambda folder: table(folder / name, headers, *lines, encoding=encoding)


def raw(content: bytes, name: str = "list.csv") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def book(make: Callable[[Path], Path], name: str = "map.xlsx") -> Callable[[Path], Path]:
    return lambda folder: make(folder / name)


def named_row(name: str) -> Callable[[Path], Path]:
    return lambda folder: made.map_of_lake(folder / "map.xlsx", [name, "Code club", "math"])


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _link(path: Path, to: str) -> Path:
    path.symlink_to(to)
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _merged(path: Path) -> Path:
    made.map_of_lake(path, made.ROW, [None, "Camp", "math"], [None, "Visits", "science"])
    opened = load_workbook(path)
    opened["Quickstorm"].merge_cells("A2:A4")
    opened.save(path)
    return path


def _titled(path: Path) -> Path:
    workbook(path, {"Read me": READ_ME, "Quickstorm": [["Assets of Lake County"], QUICKSTORM, made.ROW]})
    opened = load_workbook(path)
    opened["Quickstorm"].merge_cells("A1:C1")
    opened.save(path)
    return path


def _day(path: Path, serial: int) -> Path:
    made.map_of_lake(path, [*made.ROW, serial], headers=[*QUICKSTORM, "Starts"])
    opened = load_workbook(path)
    opened["Quickstorm"]["D2"].number_format = "yyyy-mm-dd"
    opened.save(path)
    return path


GOOD = "Garden Museum,Soil lab,science"
HEAD = b"Who,What,Content area\r\n"

NO_FILE = [
    Case("not there", lambda folder: folder / "none.csv", 0, (Said(WHOLE, None, "none.csv is not there"),)),
    Case("an empty file", raw(b""), 0, (Said(WHOLE, None, "list.csv is empty"),)),
    Case("blank lines only", raw(b"\r\n \r\n"), 0, (Said(WHOLE, None, "list.csv is empty"),)),
    Case("headers only", csv(), 0, (), (Said(WHOLE, None, "no rows are filled in"),)),
    Case("an empty workbook file", raw(b"", "map.xlsx"), 0, (Said(WHOLE, None, "map.xlsx is empty"),)),
    Case("a folder named like a workbook", lambda folder: _folder(folder / "map.xlsx"), 0,
         (Said(WHOLE, None, "the folder map.xlsx holds no workbook and no text table"),)),
    Case("a link to nothing", lambda folder: _link(folder / "list.csv", "gone.csv"), 0,
         (Said(WHOLE, None, "list.csv is a link to a file that is not there"),)),
    Case("a link to itself", lambda folder: _link(folder / "list.csv", "list.csv"), 0,
         (Said(WHOLE, None, "list.csv cannot be opened (Too many levels of symbolic links)"),)),
    Case("a pipe", lambda folder: _pipe(folder / "list.csv"), 0, (Said(WHOLE, None, "list.csv is a pipe or a device"),)),
    Case("a pipe named like a workbook", lambda folder: _pipe(folder / "map.xlsx"), 0, (Said(WHOLE, None, "map.xlsx is a pipe or"),)),
    Case("a device without end", lambda folder: Path("/dev/zero"), 0, (Said(WHOLE, None, "zero is a pipe or a device"),)),
    Case("a name too long for any file", lambda folder: folder / f"{'x' * 300}.csv", 0, (Said(WHOLE, None, "… cannot be opened (File name too"),)),
]  # fmt: skip

OTHER_PROGRAMS = [
    Case("an .xls", book(made.old_excel, "map.xls"), 0, (Said(WHOLE, None, "map.xls is an old Excel file"),)),
    Case("an .xls named .xlsx", book(made.old_excel), 0, (Said(WHOLE, None, "map.xlsx is an old Excel file"),)),
    Case("an .xls named .csv", book(made.old_excel, "map.csv"), 0, (Said(WHOLE, None, "map.csv is an old Excel file"),)),
    Case("an .ods", book(made.open_document, "map.ods"), 0, (Said(WHOLE, None, "map.ods is an OpenDocument file"),)),
    Case("an .ods named .xlsx", book(made.open_document), 0, (Said(WHOLE, None, "map.xlsx is an OpenDocument file"),)),
    Case("a .numbers", book(made.numbers, "map.numbers"), 0, (Said(WHOLE, None, "map.numbers is a Numbers file"),)),
    Case("a .numbers named .xlsx", book(made.numbers), 0, (Said(WHOLE, None, "map.xlsx is a Numbers file"),)),
    Case("a PDF", book(made.pdf, "map.pdf"), 0, (Said(WHOLE, None, "map.pdf is a PDF"),)),
    Case("a PDF named .xlsx", book(made.pdf), 0, (Said(WHOLE, None, "map.xlsx is a PDF"),)),
    Case("a PDF named .csv", book(made.pdf, "map.csv"), 0, (Said(WHOLE, None, "map.csv is a PDF"),)),
    Case("a workbook named .csv", book(made.map_of_lake, "map.csv"), 2),
    Case("a workbook with a password", book(made.protected), 0, (Said(WHOLE, None, "map.xlsx is protected with a password"),)),
]  # fmt: skip

WORKBOOKS = [
    Case("a formula with its value", book(lambda path: made.formula(path, saved="Robotics")), 3),
    Case("a formula without its value", book(lambda path: made.formula(path, saved=None)), 2,
         (Said(4, "What", "a formula whose result was never saved"),)),
    Case("a formula that failed", book(lambda path: made.formula(path, saved="#REF!", failed=True)), 2,
         (Said(4, "What", "the cell shows #REF!, a formula that failed"),)),
    Case("macros", book(made.with_macros, "map.xlsm"), 2),
    Case("a hidden sheet", book(lambda path: made.opened(path, lambda b: setattr(b["Quickstorm"], "sheet_state", "hidden"))), 2,
         (), (Said(WHOLE, None, "this sheet is hidden; it was read like the others"),)),
    Case("a very hidden sheet", book(lambda path: made.opened(path, lambda b: setattr(b["Quickstorm"], "sheet_state", "veryHidden"))), 2,
         (), (Said(WHOLE, None, "this sheet is hidden; it was read like the others"),)),
    Case("merged cells", book(_merged), 3, (), (), ("Lake Library", "Lake Library", "Lake Library")),
    Case("a merged title above the headers", book(_titled), 1),
    Case("20,000 rows that are only formatted", book(lambda path: made.formatted_rows(path, 20_000)), 2),
    Case("a row number that no spreadsheet has", book(lambda path: made.far_row(path, 4_000_000_000)), 0,
         (Said(WHOLE, None, "map.xlsx is broken and cannot be read as a workbook"),)),
    Case("the last cell that a spreadsheet has", book(lambda path: made.opened(path, lambda b: b["Quickstorm"].__setitem__("XFD1048576", 1))), 2,
         (), (Said(WHOLE, None, "are not read: 1"),)),
    Case("a cell far to the right in every row", book(lambda path: made.far_columns(path, 10_030)), 10_027,
         tuple(Said(row, None, "its cells stand far apart, as those of many rows do") for row in (10_029, 10_030, 10_031))),
    Case("a day that no spreadsheet knows", book(lambda path: _day(path, 5_000_000_000)), 0,
         (Said(2, "Starts", "'5000000000' is not a date"),)),
    Case("text beside the table", book(lambda path: made.map_of_lake(path, [*made.ROW, None, "ask Ann"])), 1, (),
         (Said(1, None, "unknown columns are kept as private notes: 'column E'"),)),
    Case("40 MB of blanks packed into 40 KB", book(made.swelling_sheet), 0, (Said(WHOLE, None, "map.xlsx unpacks to an absurd size"),)),
    Case("two parts whose names differ in letters that count for nothing", book(lambda path: made.part_twice(path, "XL/Worksheets/Sheet2.XML")), 0,
         (Said(WHOLE, None, "map.xlsx holds two parts of one name"),)),
    Case("two parts of one name", book(made.part_twice), 0, (Said(WHOLE, None, "map.xlsx holds two parts of one name"),)),
    Case("6,000 parts", book(made.many_parts), 0, (Said(WHOLE, None, "map.xlsx unpacks to an absurd size"),)),
    Case("a size that is claimed too large", book(made.claims_too_much), 0, (Said(WHOLE, None, "map.xlsx unpacks to an absurd size"),)),
    Case("a size that is claimed too small", book(made.claims_too_little), 0, (Said(WHOLE, None, "map.xlsx is broken"),)),
    *(Case(f"entities in {part}{how}", book(lambda path, part=part, kw=kw: made.with_instructions(path, part, made.LAUGHS, **kw)), 0,
           (Said(WHOLE, None, "map.xlsx holds instructions that no workbook needs"),))
      for part in ("xl/sharedStrings.xml", made.SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
      for how, kw in (("", {}), (" after a long comment", {"before": b"<!--" + b"x" * 200_000 + b"-->"}), (" in UTF-16", {"encoding": "utf-16"}))),
    Case("an outside entity", book(lambda path: made.with_instructions(path, "xl/sharedStrings.xml", made.OUTSIDE, use=b"&secret;")), 0,
         (Said(WHOLE, None, "map.xlsx holds instructions that no workbook needs"),)),
]  # fmt: skip

ENCODINGS = [
    Case("UTF-16 with its mark", csv("Peña House,Club,math", encoding="utf-16"), 1, values=("Peña House",)),
    Case("UTF-16 without a mark", csv("Peña House,Club,math", encoding="utf-16-le"), 1, values=("Peña House",)),
    Case("UTF-16, the other way round, without a mark", csv("Peña House,Club,math", encoding="utf-16-be"), 1, values=("Peña House",)),
    Case("UTF-32", csv("Peña House,Club,math", encoding="utf-32"), 1, values=("Peña House",)),
    Case("UTF-16 that is cut off", raw("Who,What,Content area\nPeña,Club,math\nMuñoz,Camp,math".encode("utf-16")[:-1]), 1,
         (Said(3, None, "half a letter stands in this row"),), (), ("Peña",)),
    Case("UTF-16 with half a pair", raw("Who,What,Content area\nPeña,Club,math\nLab \ud83d,Camp,math\nGarden,Visits,math\n"
                                        .encode("utf-16", "surrogatepass")), 2,
         (Said(3, None, "half a letter stands in this row"),), (), ("Peña", "Garden")),
    Case("UTF-32 with a letter that there is not", raw("Who,What,Content area\nPeña,Club,math\n".encode("utf-32")
                                                       + b"\xff" * 4 + "\nGarden,Visits,math\n".encode("utf-32-le")), 2,
         (Said(3, None, "half a letter stands in this row"),), (), ("Peña", "Garden")),
    Case("Windows-1252", csv("Peña House,“Club” – Fridays,math", encoding="cp1252"), 1, (),
         (Said(WHOLE, None, "letters in row 2 were read as Windows-1252"),), ("Peña House",)),
    Case("half UTF-8, half Windows-1252", raw(HEAD + "Peña House,Club,math\r\n".encode() + "Muñoz Lab,Camp,math\r\n".encode("cp1252")), 2, (),
         (Said(WHOLE, None, "letters in row 3 were read as Windows-1252"),), ("Peña House", "Muñoz Lab")),
    # Nothing in a file tells Mac Roman from Windows-1252: it is read as the more frequent one, and said.
    Case("Mac Roman", csv("Peña House,Club,math", encoding="mac_roman"), 1, (), (Said(WHOLE, None, "check accented letters"),), ("Pe–a House",)),
    Case("the mark of a file's start in its middle", raw(HEAD + b'\xef\xbb\xbf"Lake, the Library",Club,math\r\n'), 1, values=("Lake, the Library",)),
    Case("line ends of an old Mac", raw(b"Who,What,Content area\rLibrary,Club,math\rMuseum,Camp,math"), 2),
    Case("a picture named .csv", raw(bytes(range(256)) * 40), 0, (Said(WHOLE, None, "list.csv is not a text table"),)),
]  # fmt: skip

HOSTILE_NAMES = {
    "a page": "</script><img src=x onerror=alert(1)>", "a prototype": "__proto__", "right to left": "Lake \u202eyrarbiL",
    "NUL": "Lake\x00Library", "an emoji": "Lake 👩🏽\u200d🔬 Library", "a color": "Lake\x1b[31m Library", "a link": "\x1b]8;;https://evil.example\x1b\\Lake\x1b]8;;\x1b\\",
    "a clipboard": "\x1b]52;c;ZXZpbA==\x07Lake", "C1": "Lake\x9b31m\x85Library", "backticks": "Lake`) DETACH DELETE n //",
    "Cypher": "'}) MATCH (n) DETACH DELETE n RETURN '", "a formula": "=cmd|' /C calc'!A0", "quotes": "\"Lake\" 'Library'", "a path": "../../etc/passwd",
}  # fmt: skip
CLEAN = {"right to left": "Lake yrarbiL", "NUL": "LakeLibrary", "a color": "Lake[31m Library", "a link": "]8;;https://evil.example\\Lake]8;;\\",
         "a clipboard": "]52;c;ZXZpbA==Lake", "C1": "Lake31m Library"}  # fmt: skip
"""What is left of a name without what cannot be seen; all other names stay as they are."""

UNSEEN = Said(2, "Who", "left out what cannot be seen, or would steer a screen: U+")


def quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}",Club,math'


NAMES = [
    *(Case(f"a name that is {kind}", csv(quoted(name)), 1, (), (UNSEEN,) if kind in CLEAN else (), values=(CLEAN.get(kind, name),))
      for kind, name in HOSTILE_NAMES.items()),
    Case("a name of 10,000 characters", csv(f"{'x' * 10_000},Club,math", GOOD), 1,
         (Said(2, "Who", "the name has 10,000 characters, more than 300"),), values=("Garden Museum",)),
    Case("a name of 10,000 characters in a workbook", named_row("x" * 10_000), 0, (Said(2, "Who", "the name has 10,000 characters"),)),
    Case("a header of 10,000 characters", csv("Library,Club,math,1", headers=f"Who,What,Content area,{'y' * 10_000}"), 1, (),
         (Said(1, None, f"unknown columns are kept as private notes: '{'y' * 120}…'"),)),
    Case("a note of 100,000 characters", csv(f"Library,Club,math,{'z' * 100_000}", headers="Who,What,Content area,Room"), 1, (),
         (Said(2, "Room", "the text has 100,000 characters, more than 20,000, so this note is left out"),)),
    Case("a note of 200,000 characters in the second row", csv(f"Library,Club,math,{'z' * 200_000}", headers="Who,What,Content area,Room"), 1, (),
         (Said(2, "Room", "the text has 200,000 characters"),)),
    Case("a name of signs", csv("?!,Club,math"), 0, (Said(2, "Who", "'?!' is no name"),)),
]  # fmt: skip

DATED = "Who,What,Content area,Starts,Ends"
ROWS = [
    Case("a quotation mark that is never closed", csv('"Library,Club,math', GOOD, GOOD.replace("Soil", "Rock")), 2,
         (Said(2, None, "a quotation mark in this row is never closed"),), values=("Garden Museum", "Garden Museum")),
    Case("two of them, which would take all between for one cell", csv('Library,"Club,math', GOOD, 'Zoo,Visits",math'), 2,
         (Said(2, None, "a quotation mark in this row is never closed"),), values=("Garden Museum", "Zoo")),
    Case("one in the last row", csv(GOOD, 'Library,"Club,math'), 1, (Said(3, None, "a quotation mark in this row is never closed"),)),
    Case("a cell of two lines", csv('"Lake\nLibrary",Club,math', GOOD), 2, values=("Lake Library", "Garden Museum")),
    Case("a comma too many", csv("Library, North,Club,math", GOOD), 1, (Said(2, None, "the row has 4 cells, and there are 3 headers"),)),
    Case("a sign for nothing", csv("Library,--,math", GOOD), 1, (Said(2, "What", "What is empty: '--' stands for nothing"),)),
    Case("a short row", csv("Library,Club", GOOD), 1, (Said(2, "Content area", "Content area is empty"),)),
    Case("the headers once more", csv(GOOD, "Who,What,Content area", GOOD.replace("Soil", "Rock")), 2, (),
         (Said(WHOLE, None, "the headers stand here again, which is no data and is left out: row 3"),)),
    Case("a header twice", csv("Library,Club,Camp,math", headers="Who,What,What,Content area"), 1, (),
         (Said(1, None, "unknown columns are kept as private notes: 'What'"),)),
    Case("the same row twice", csv(GOOD, GOOD), 2, (), (Said(3, None, "the same as row 2"),)),
    Case("one thing with two ends", csv("Library,Club,math,2025,2026", "Library,Club,math,2025,2027", headers=DATED), 2, (),
         (Said(3, None, "row 2 has the same Who and What and another Ends; both are kept"),)),
    Case("one LEA with two answers", csv("Konocti Unified,yes", "Konocti Unified,no", headers="LEA,Math"), 2, (),
         (Said(3, None, "row 2 has the same LEA and another Math; both are kept"),)),
    Case("one code with two names", csv("17640220000000,Konocti Unified,Lake,unified", "17640220000000,Upper Lake Unified,Lake,unified",
                                        headers="CDS code,Name,County,Kind"), 2, (),
         (Said(3, None, "row 2 has the same CDS code and another Name; both are kept"),)),
    Case("one code with two figures", csv("17640220000000,CAST,2024-25,31", "17640220000000,CAST,2024-25,32",
                                          headers="CDS code,Measure,Year,Value"), 2, (),
         (Said(3, None, "row 2 has the same CDS code and Measure and Year and another Value; both are kept"),)),
    Case("an end before its start", csv("Library,Club,math,2026-05-01,2026-04-01", headers=DATED), 0,
         (Said(2, "Ends", "the end, 2026-04-01, is before the start, 2026-05-01"),)),
    Case("the year 0025", csv("Library,Club,math,0025-01-01,", headers=DATED), 0, (Said(2, "Starts", "the year 0025 of '0025-01-01' is outside"),)),
    Case("the year 9999", csv("Library,Club,math,,9999-12-31", headers=DATED), 0, (Said(2, "Ends", "the year 9999 of '9999-12-31' is outside"),)),
    Case("the year 1900", csv("Library,Club,math,1900-01-01,", headers=DATED), 1),
    Case("the year 20225", csv("Library,Club,math,20225,", headers=DATED), 0, (Said(2, "Starts", "20225 is a year with a digit too many"),)),
    Case("a county that does not exist", csv("Library,Club,math,Atlantis", headers="Who,What,Content area,County"), 0,
         (Said(2, "County", "'Atlantis' is not a county of California"),)),
    Case("a partner tied to itself", csv("Lake Library,The lake library,partners with", headers="From,To,How"), 0,
         (Said(2, "To", "'The lake library' is tied to itself"),)),
    Case("an office tied to itself", csv("Lake COE,Lake County Office of Education,leads", headers="From,To,How"), 0,
         (Said(2, "To", "'Lake County Office of Education' is tied to itself"),)),
    Case("a table of no kind", csv("Library,blue", headers="Who,Colour"), 0, (Said(WHOLE, None, "no kind of table has these headers: Who, Colour"),)),
]  # fmt: skip

DIRECTORY = [
    Case(f"a directory {how}", csv(row, headers=headers, name="pubdistricts.csv"), kept, refused, values=("Konocti Unified",) * kept)
    for how, headers, row, kept, refused in [
        ("of today", "CD Code,County,District,StatusType", "1764022,Lake,Konocti Unified,Active", 1, ()),
        ("in another order", "District,StatusType,CD Code,County", "Konocti Unified,Active,1764022,Lake", 1, ()),
        ("with more columns", "CD Code,County,District,StatusType,Drone Count", "1764022,Lake,Konocti Unified,Active,7", 1, ()),
        ("with other names", "CDCode,CountyName,DistrictName,Status Type", "1764022,Lake,Konocti Unified,Active", 1, ()),
        ("with other signs", "CD_CODE,county_name,District Name,STATUSTYPE", "1764022,Lake,Konocti Unified,Active", 1, ()),
        ("without its counties", "CD Code,District,StatusType", "1764022,Konocti Unified,Active", 0,
         (Said(WHOLE, None, "no kind of table has these headers: CD Code, District, StatusType"),)),
        ("with a code cut short", "CD Code,County,District,StatusType", "17640,Lake,Konocti Unified,Active", 0,
         (Said(2, "CD Code", "'17640' is not a CDS code"),)),
    ]
]  # fmt: skip

CASES = [*NO_FILE, *OTHER_PROGRAMS, *WORKBOOKS, *ENCODINGS, *NAMES, *ROWS, *DIRECTORY]
BY_NAME = {case.name: case for case in CASES}


# What takes longer than two seconds says so in a line that ends with an ellipsis, beside any other.


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def matches(problems: Sequence[Problem], expected: Sequence[Said]) -> bool:
    left = list(problems)
    for said in expected:
        found = next((one for one in left if (one.row, one.column) == (said.row, said.column) and said.what in one.what), None)
        if found is None:
            return False
        left.remove(found)
    return True


def assert_clean(result: Result) -> None:
    """Nothing steers the terminal, nothing is a traceback, and an error is one line."""
    for text in (result.stdout, result.stderr):
        assert not [char for char in text if (ord(char) < 32 and char != "\n") or 127 <= ord(char) < 160 or char in "\u202e\u2066\ufeff"]
        assert "Traceback" not in text and "defect" not in text
    assert sum(line.startswith("Error:") for line in result.stderr.splitlines()) <= 1


@pytest.fixture(params=CASES, ids=[case.name for case in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def test_names_of_cases_are_their_own() -> None:
    assert len(BY_NAME) == len(CASES) > 100


def test_the_library_keeps_refuses_and_says(case: Case, tmp_path: Path) -> None:
    reading = read_files([case.make(tmp_path)], county="Lake")
    refused = [problem for problem in reading.problems if problem.level == "refused"]
    assert len(reading.records) == case.kept
    assert len(refused) == len(case.refused) and matches(refused, case.refused), refused
    assert matches([problem for problem in reading.problems if problem.level != "refused"], case.notes), reading.problems
    assert all(problem.cure for problem in refused)
    assert reading.refused == len({(problem.sheet, problem.row) for problem in refused})
    if case.values:
        assert tuple(first_value(reading, index) for index in range(case.kept)) == case.values


def first_value(reading: Reading, index: int) -> object:
    return next(iter(getattr(reading.records[index].values, name) for name in ("who", "name") if hasattr(reading.records[index].values, name)))


def test_check_says_the_same_and_leaves_with_the_promised_code(case: Case, tmp_path: Path) -> None:
    path = case.make(tmp_path)
    shown, listed = run("check", path, "--county", "Lake"), run("check", path, "--county", "Lake", "--format", "json")
    assert_clean(shown)
    assert shown.exit_code == listed.exit_code == (1 if case.refused else 0)
    said = json.loads(listed.stdout)
    counts = said["files"]
    assert sum(count["kept"] for count in counts) == case.kept
    assert all(count["rows_in"] == count["kept"] + count["refused"] for count in counts)
    assert sum(count["refused"] for count in counts) == len({one.row for one in case.refused if one.row is not WHOLE})
    for line in (*case.refused, *case.notes):
        assert line.what in " ".join(shown.stdout.split()) or line.what in shown.stdout
    refused = [one for one in said["problems"] if one["level"] == "refused"]
    assert len(refused) == len(case.refused) and all(one["file"] and one["what"] and one["cure"] for one in refused)


def test_build_writes_what_is_kept_or_nothing_at_all(case: Case, tmp_path: Path) -> None:
    path, store = case.make(tmp_path), tmp_path / "store.kgl"
    result = run("build", path, "--county", "Lake", "--store", store, "--no-reference")
    assert_clean(result)
    assert result.exit_code == (1 if case.refused else 0), result.output
    if case.refused and case.refused[0].row is WHOLE:
        assert not list(tmp_path.glob("*store*")) and result.stdout == ""
        (line,) = (line for line in result.stderr.splitlines() if not line.endswith(" …"))
        assert line.startswith("Error: ") and case.refused[0].what in line and "To mend it:" in line
        return
    asked = run("sources", "--store", store, "--format", "json")
    own = [one for one in json.loads(asked.stdout) if one["id"].partition("/")[0] in ("map", "table", "directory")]
    assert sum(one["rows_kept"] for one in own) == case.kept
    assert sorted(found.name for found in tmp_path.iterdir() if "store" in found.name) == ["store.kgl"]


@pytest.mark.parametrize("name", [
    "a pipe", "a device without end", "entities in xl/sharedStrings.xml in UTF-16", "a name that is a clipboard",
])  # fmt: skip
def test_the_installed_program_does_the_same(name: str, tmp_path: Path) -> None:
    case = BY_NAME[name]
    done = subprocess.run([sys.executable, "-m", "assetgraph", "check", str(case.make(tmp_path)), "--county", "Lake"],
                          capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert done.returncode == (1 if case.refused else 0) and all(line.endswith(" …") for line in done.stderr.splitlines())
    assert all(said.what in done.stdout for said in case.refused)


@pytest.mark.parametrize("tenth", range(10))
def test_a_workbook_cut_at_any_tenth_is_refused_in_one_line(tenth: int, tmp_path: Path) -> None:
    whole = made.map_of_lake(tmp_path / "whole.xlsx").read_bytes()
    path = tmp_path / "map.xlsx"
    path.write_bytes(whole[: len(whole) * tenth // 10])
    (problem,) = read_files([path]).problems
    assert problem.level == "refused" and problem.cure
    assert problem.what == ("map.xlsx is empty" if tenth == 0 else "map.xlsx is cut off: its end is missing")
    result = run("check", path)
    assert_clean(result)
    assert result.exit_code == 1 and problem.what in result.stdout


def test_bytes_that_are_no_letters_in_a_file_name(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9\x1b[2J.csv"
    with open(name, "wb") as stream:
        stream.write(HEAD + b"Lake Library,Club,math\r\n,Club,math\r\n")
    done = subprocess.run([os.fsencode(sys.executable), b"-m", b"assetgraph", b"build", name, b"--county", b"Lake", b"--store",
                           os.fsencode(tmp_path / "s.kgl"), b"--no-reference"], capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert done.returncode == 1 and all(line.endswith(" …") for line in done.stderr.splitlines())
    assert "caf�[2J.csv: a table of Quickstorm; 2 rows in = 1 kept + 1 refused" in done.stdout and "\x1b" not in done.stdout
    reading = read_files([Path(os.fsdecode(name))], county="Lake")
    assert reading.records[0].file == "caf�[2J.csv"


def test_a_file_name_that_no_system_takes(tmp_path: Path) -> None:
    (problem,) = read_files([tmp_path / "a\0b.csv"]).problems
    assert "no file can have this name" in problem.what and problem.cure


def test_a_bad_file_costs_no_good_one(tmp_path: Path) -> None:
    """All bad files beside one good one: only its rows and the good rows among theirs are in, and all is counted."""
    paths = []
    for number, case in enumerate(CASES):
        folder = tmp_path / str(number)
        folder.mkdir()
        paths.append(case.make(folder))
    (tmp_path / "good").mkdir()
    good = csv(GOOD, name="good.csv")(tmp_path / "good")
    reading = read_files([*paths, good], county="Lake")
    assert [record.values for record in reading.records if record.file == "good.csv"] == [read_files([good], county="Lake").records[0].values]
    # Several files of one map are read as one; those that say nothing more are left out as copies, and both are said.
    copies = sum(file.standing is Standing.COPY for file in reading.files)
    read_as_one = sum(file.what.startswith("read as one with ") for file in reading.files)
    maps = [case for case, path in zip(CASES, paths, strict=True) if is_workbook(path) and not any(said.row is WHOLE for said in case.refused)]
    unreadable = sum(file.what.startswith("none of its rows can be read") for file in reading.files)
    assert copies + read_as_one + unreadable == len(maps) and copies > 5 and read_as_one > 4 and unreadable > 1
    assert all(count.rows_in == count.kept + count.refused for count in reading.counts)
