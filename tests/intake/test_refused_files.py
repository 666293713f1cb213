"""Files that cannot be read: one clear line each, and never an exception."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from sheets_made import QUICKSTORM, READ_ME, table, workbook

from assetgraph.intake import read_files


def zipped(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(("name", "content", "what"), [
    ("a.xlsx", b"", "is empty"),
    ("a.csv", b"", "is empty"),
    ("a.csv", b"\xef\xbb\xbf \r\n ", "is empty"),
    ("a.xlsx", OLE + b"\x00" * 600, "is an old Excel or Word file"),
    ("a.xls", OLE + b"\x00" * 600, "is an old Excel or Word file"),
    ("a.xlsx", OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
    ("a.xlsx", b"%PDF-1.7", "is a PDF"),
    ("a.pdf", b"%PDF-1.7", "is a PDF"),
    ("a.xlsx", b"hello", "is not a workbook"),
    ("a.xlsx", b"PK\x03\x04 cut off", "is cut off: its end is missing"),
    ("a.csv", b"\x00\x01\x02\x03" * 100, "is not a text table"),
])  # fmt: skip
def test_what_is_no_table_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    reading = read_files([written(tmp_path / name, content)])
    (problem,) = reading.problems
    assert (problem.level, problem.row, problem.file) == ("refused", None, name)
    assert what in problem.what and problem.cure and reading.refused == 1


@pytest.mark.parametrize(("part", "what"), [
    ("word__document_dot_xml", "a Word file"), ("Index__Document_dot_iwa", "a Numbers file"),
    ("content_dot_xml", "a zip archive"), ("mimetype", "an OpenDocument file"), ("ppt__a_dot_xml", "a PowerPoint file"),
])  # fmt: skip
def test_other_programs_files_under_our_ending(tmp_path: Path, part: str, what: str) -> None:
    reading = read_files([zipped(tmp_path / "a.xlsx", **{part: b"x"})])
    assert what in reading.problems[0].what


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.xlsx", xl__worksheets__sheet1_dot_xml=b" " * 260_000_000)
    assert path.stat().st_size < 1_000_000
    assert "absurd size" in read_files([path]).problems[0].what


def test_entities_are_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", {"Read me": READ_ME})
    with zipfile.ZipFile(good, "a") as archive:
        archive.writestr("xl/extra.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert "instructions that no workbook needs" in read_files([good]).problems[0].what


def test_what_is_not_there_and_empty_folders(tmp_path: Path) -> None:
    reading = read_files([tmp_path / "no.csv", tmp_path])
    assert [p.what.split()[-2:] for p in reading.problems] == [["not", "there"], ["text", "table"]]


def test_a_bad_file_never_hides_a_good_one(tmp_path: Path) -> None:
    good = table(tmp_path / "good.csv", "Who,What,Content area", "Library,Club,math")
    reading = read_files([written(tmp_path / "bad.xlsx", b"no"), good, good], county="Lake")
    assert (len(reading.records), reading.refused) == (1, 1)


def test_broken_workbooks_give_a_problem_or_a_reading_but_never_an_exception(tmp_path: Path) -> None:
    """Each byte-flip either still reads or is refused in one line; no exception passes."""
    good = workbook(tmp_path / "good.xlsx", {"Read me": READ_ME, "Quickstorm": [QUICKSTORM, ["Library", "Club", "math"]]})
    whole, chance = good.read_bytes(), random.Random(7)
    refused = 0
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        reading = read_files([written(tmp_path / "broken.xlsx", bytes(broken[: chance.choice([len(broken), len(broken) // 2])]))])
        refused += reading.refused
    assert refused > 20


def test_a_sheet_with_one_far_away_cell_reads_quickly(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    rows = [QUICKSTORM, ["Library", "Club", "math"]]
    workbook(path, {"Read me": READ_ME, "Quickstorm": rows})
    from openpyxl import load_workbook

    book = load_workbook(path)
    book["Quickstorm"]["XFD1048576"] = "far"
    book.save(path)
    reading = read_files([path])
    assert len(reading.records) == 1
