"""A hundred thousand rows, a third of them mangled: every row is kept or refused, and the good ones are kept as they are."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets_made import workbook

from assetgraph.intake import read_files
from assetgraph.model.records import Reading

FILES, ROWS = 20, 5_000
HEADERS = {
    "who": ("Who", "Partner", "ORGANIZATION"), "what": ("What", "Asset"), "content_areas": ("Content area", "Subject", "Content area(s)"),
    "starts_on": ("Starts", "start date"), "ends_on": ("Ends", "End"), "grades": ("Grades", "Grade span"), "partner_kind": ("Kind of partner",),
    "web": ("Web address", "URL"), "county": ("County",), "notes": ("Notes", "Comments"), "tags": ("Tags",),
}  # fmt: skip
AREAS = {"Math": ("math",), "science": ("science",), "Computer Science": ("computer_science",), "M/S": ("math", "science"),
         "Mathematics; Data science": ("math", "data_science")}  # fmt: skip
KINDS = {"Library": "library", "tribe": "tribal_organization", "": None}
GRADES = {"6-8": (6, 8), "TK–12": (-1, 12), "5": (5, 5), "": None}
COUNTIES = {"Lake": "Lake", "lake county": "Lake", "Mendocino": "Mendocino", "": "Lake"}
ACCENTED = ("Peña", "Muñoz", "Café", "Lake", "Garden", "Élan", "Zoo", "Coast")
WESTERN = "utf-8 and cp1252"
JUNK = ("", "n/a", "#REF!", "=1+1", "-", "{}", "0025-01-01", "2026-13-45", "9" * 40, "x" * 400, "\x00", "\x1b[31m", "\u202e", "TRUE", "1e999",
        "javascript:alert(1)", "</script>", "Atlantis", "⠀", "𒀱" * 20, "'=1", "٣", "null")  # fmt: skip


@dataclass
class Written:
    """A file as it was made: its text, how many of its lines are rows, and what the good ones among them say."""

    lines: list[bytes] = field(default_factory=list)
    rows: int = 0
    good: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By what the row says under What, which is its own."""


class Maker:
    """Makes rows whose meaning it knows, and spoils some."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.fields = list(HEADERS)
        self.chance.shuffle(self.fields)
        self.headers = [self.chance.choice(HEADERS[name]) for name in self.fields]
        self.separator = self.chance.choice(",,,\t;|")
        self.end = self.chance.choice(["\r\n", "\n"])
        self.encoding = self.chance.choice([WESTERN, WESTERN, "utf-8-sig", "utf-16"])

    def good(self, number: int) -> tuple[dict[str, str], dict[str, Any]]:
        """The cells of a row by field, and what they mean."""
        chance = self.chance
        area, kind, grades, county = (chance.choice(list(table)) for table in (AREAS, KINDS, GRADES, COUNTIES))
        starts = date(2020, 1, 1) + timedelta(days=chance.randrange(2000))
        ends = starts + timedelta(days=chance.randrange(900))
        who = f"{chance.choice(ACCENTED)} {chance.choice(('Library', 'Museum, the old one', 'Lab'))} {number % 97}"
        note = chance.choice(["", "ask about the room", "line one, and more\nline two" if number % 50 == 0 else "", 'the "big" hall'])
        meaning = {"who": who, "what": f"Club {number}", "content_areas": AREAS[area], "partner_kind": KINDS[kind], "grades": GRADES[grades],
                   "starts_on": starts, "ends_on": ends, "county": COUNTIES[county], "notes": " ".join(note.split()) or None,
                   "web": f"https://example.org/{number}", "tags": ("a", "b c")}  # fmt: skip
        cells = {"who": who, "what": f"Club {number}", "content_areas": area, "partner_kind": kind, "grades": grades, "county": county,
                 "starts_on": starts.strftime(chance.choice(["%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y"])), "ends_on": ends.isoformat(),
                 "notes": note, "web": f"https://example.org/{number}", "tags": "a; b c"}  # fmt: skip
        return cells, meaning

    def line(self, cells: list[str]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self.separator, lineterminator=self.end).writerow(cells)
        return text.getvalue()

    def encoded(self, line: str) -> bytes:
        if self.encoding != WESTERN:
            return line.encode("utf-16-le" if self.encoding == "utf-16" else "utf-8")
        try:
            return line.encode(self.chance.choice(["utf-8", "cp1252"]))
        except UnicodeEncodeError:
            return line.encode("utf-8")

    def spoiled(self, cells: list[str]) -> str:
        """The line of a row after one thing went wrong with it."""
        chance, width = self.chance, len(cells)
        place = chance.randrange(width)
        match chance.randrange(7):
            case 0:
                other = chance.randrange(width)
                cells[place], cells[other] = cells[other], cells[place]
            case 1:
                cells[place] = chance.choice(JUNK)
            case 2:
                del cells[place:]
            case 3:
                cells[place:place] = [chance.choice(JUNK)] * chance.randint(1, 3)
            case 4:
                # One mark too many, at the start, in the middle or at the end of a cell.
                cells = [cell.replace("\n", " ").replace('"', "") for cell in cells]
                cell, cells[place] = cells[place], "\x01"
                at = chance.choice([0, len(cell) // 2, len(cell)])
                return self.line(cells).replace("\x01", f'{cell[:at]}"{cell[at:]}'.replace(self.separator, " "))
            case 5:
                cells[place] = f"{cells[place]}{chance.choice(JUNK)}"
            case _:
                chance.shuffle(cells)
        return self.line(cells)

    def file(self, first: int, count: int) -> Written:
        written = Written([self.encoded(self.line(self.headers))])
        mark = {"utf-16": b"\xff\xfe", "utf-8-sig": b"\xef\xbb\xbf"}.get(self.encoding, b"")
        written.lines[0] = mark + written.lines[0]
        for number in range(first, first + count):
            cells, meaning = self.good(number)
            listed = [cells[name] for name in self.fields]
            if self.chance.random() < 1 / 3:
                line = self.spoiled(listed)
                written.rows += bool(line.strip(f'{self.separator} "\r\n'))
            else:
                line = self.line(listed)
                written.rows += 1
                written.good[meaning["what"]] = meaning
            written.lines.append(self.encoded(line))
            self.between(written)
        return written

    def between(self, written: Written) -> None:
        """What stands between rows and is none: blank lines, the headers once more, and the mark of a file's start."""
        if self.chance.random() < 0.01:
            extra = self.chance.choice([self.end, self.line([""] * len(self.headers)), self.line(self.headers), "\ufeff"])
            written.lines.append(extra.encode("utf-16-le" if self.encoding == "utf-16" else "utf-8"))


def said(record: Any) -> dict[str, Any]:
    values = {name: getattr(record.values, name) for name in HEADERS if name != "county"}
    return {**values, "county": record.county}


def assert_nothing_is_lost(reading: Reading, written: Written) -> None:
    (count,) = reading.counts
    assert count.rows_in == count.kept + count.refused == written.rows
    assert len(reading.records) == count.kept
    refused = {problem.row for problem in reading.problems if problem.level == "refused"}
    assert None not in refused and len(refused) == count.refused == reading.refused
    assert not refused & {record.row for record in reading.records}
    assert all(problem.cure for problem in reading.problems if problem.level == "refused")
    kept = {record.values.what: record for record in reading.records if record.values.what in written.good}  # type: ignore[attr-defined]
    lost = written.good.keys() - kept.keys()
    assert not lost, sorted(lost)[:5]
    for what, meaning in written.good.items():
        assert said(kept[what]) == meaning


@pytest.mark.parametrize("seed", range(FILES))
def test_good_rows_among_mangled_ones_are_the_ones_kept(seed: int, tmp_path: Path) -> None:
    written = Maker(seed).file(seed * ROWS, ROWS)
    assert ROWS / 2 < len(written.good) < ROWS * 4 / 5
    path = tmp_path / "list.csv"
    path.write_bytes(b"".join(written.lines))
    reading = read_files([path], county="Lake")
    assert reading.refused > ROWS / 20
    assert_nothing_is_lost(reading, written)


def test_good_rows_of_a_workbook_are_kept_whatever_stands_in_the_others(tmp_path: Path) -> None:
    maker = Maker(99)
    strange: list[Callable[[], Any]] = [
        lambda: True, lambda: -1.5, lambda: 10**20, lambda: datetime(1999, 12, 31, 23, 59), lambda: timedelta(hours=30), lambda: "=1/0",
        lambda: maker.chance.choice(JUNK[:10]), lambda: None,
    ]  # fmt: skip
    written, rows = Written(), [maker.headers]
    for number in range(900):
        cells, meaning = maker.good(number)
        listed: list[Any] = [cells[name] for name in maker.fields]
        if number % 3 == 0:
            listed[maker.chance.randrange(len(listed))] = maker.chance.choice(strange)()
            maker.chance.shuffle(listed)
        else:
            written.good[meaning["what"]] = meaning
        written.rows += 1
        rows.append(listed)
    reading = read_files([workbook(tmp_path / "map.xlsx", {"Quickstorm": rows})], county="Lake")
    assert reading.refused > 60
    assert_nothing_is_lost(reading, written)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6)), max_size=12))
def test_any_bytes_in_the_wrong_place_cost_rows_and_nothing_else(seed: int, edits: list[tuple[float, bytes, int]]) -> None:
    """Bytes put in, taken out or changed anywhere: no exception, and the counts add up."""
    content = bytearray(b"".join(Maker(seed).file(0, 12).lines))
    for share, new, gone in edits:
        place = int(share * len(content))
        content[place : place + gone] = new
    reading = read_bytes(bytes(content))
    assert all(count.rows_in == count.kept + count.refused for count in reading.counts)
    assert sum(count.kept for count in reading.counts) == len(reading.records)
    assert reading.counts or reading.problems


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.tuples(st.integers(1, 29), st.floats(0, 1), st.binary(max_size=6), st.integers(0, 6)), max_size=5))
def test_bytes_in_one_row_cost_that_row_and_no_other(seed: int, edits: list[tuple[int, float, bytes, int]]) -> None:
    maker = Maker(seed)
    maker.encoding = WESTERN  # in two bytes a letter, one byte too many moves all that follow it
    goods = [maker.good(number) for number in range(1, 31)]
    lines = [bytearray(maker.encoded(maker.line(maker.headers)))]
    lines += [bytearray(maker.encoded(maker.line([cells[name] for name in maker.fields]))) for cells, _ in goods]
    end = len(maker.end)
    for line, share, new, gone in edits:
        place = int(share * (len(lines[line]) - end))
        lines[line][place : min(place + gone, len(lines[line]) - end)] = new
    touched = {line for line, *_ in edits}
    reading = read_bytes(b"".join(lines))
    kept = {record.values.what: said(record) for record in reading.records}  # type: ignore[attr-defined]
    for number, (_, meaning) in enumerate(goods, start=1):
        if number not in touched:
            assert kept.get(meaning["what"]) == meaning


def read_bytes(content: bytes) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        path.write_bytes(content)
        return read_files([path], county="Lake")
