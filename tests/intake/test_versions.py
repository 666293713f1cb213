"""Several files of one map: which hold, whatever their order."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import pytest
from sheets_made import QUICKSTORM, workbook

from assetgraph.intake import read_files


class Sheet(NamedTuple):
    """A map of Lake: its day, the partners of its rows (one that begins with - cannot be kept), and its step."""

    as_of: str | None
    who: str
    step: int = 1


SPRING, AUTUMN = "2026-06-30", "2026-11-22"

CASES = {
    "the newest day holds": ({"a": Sheet(SPRING, "Library Zoo"), "b": Sheet(AUTUMN, "Library")}, {"a": "older", "b": "read"}, "Library"),
    "no day is older than any": ({"a": Sheet(None, "Library Zoo"), "b": Sheet(SPRING, "Fair")}, {"a": "older", "b": "read"}, "Fair"),
    "one day is one map": ({"a": Sheet(SPRING, "Library"), "b": Sheet(SPRING, "Zoo")}, {"a": "read", "b": "read"}, "Library Zoo"),
    "two without a day are one map": ({"a": Sheet(None, "Library"), "b": Sheet(None, "Zoo")}, {"a": "read", "b": "read"}, "Library Zoo"),
    "a copy adds nothing": ({"a": Sheet(SPRING, "Library Zoo"), "b": Sheet(SPRING, "Library Zoo")}, {"a": "read", "b": "copy"}, "Library Zoo"),
    "the fuller holds": ({"a": Sheet(SPRING, "Library"), "b": Sheet(SPRING, "Library Zoo")}, {"a": "copy", "b": "read"}, "Library Zoo"),
    "a copy with a refused row of its own is no copy": (
        {"a": Sheet(SPRING, "Library Zoo"), "b": Sheet(SPRING, "Library -")}, {"a": "read", "b": "read"}, "Library Library Zoo"),
    "a blank one never holds": ({"a": Sheet(SPRING, "Library"), "b": Sheet(AUTUMN, "")}, {"a": "read", "b": "blank"}, "Library"),
    "two blank ones": ({"a": Sheet(SPRING, ""), "b": Sheet(AUTUMN, "")}, {"a": "blank", "b": "blank"}, ""),
    "one of which every row is refused never holds": (
        {"a": Sheet(SPRING, "Library"), "b": Sheet(AUTUMN, "- -")}, {"a": "read", "b": "read"}, "Library"),
    "another step is another map": ({"a": Sheet(SPRING, "Library"), "b": Sheet(AUTUMN, "Zoo", 2)}, {"a": "read", "b": "read"}, "Library Zoo"),
    "the newest of three": ({"a": Sheet(SPRING, "Library"), "b": Sheet(AUTUMN, "Zoo"), "c": Sheet(AUTUMN, "Fair")},
                            {"a": "older", "b": "read", "c": "read"}, "Fair Zoo"),
}  # fmt: skip


def write(path: Path, sheet: Sheet) -> Path:
    read_me = [["Map of", "Lake COE"], ["Counties", "Lake"], ["Step", sheet.step], ["As of", sheet.as_of]]
    rows = [[None if who == "-" else who, f"Week {number}" if who == "-" else f"Week of {who}", "math"] for number, who in enumerate(sheet.who.split())]
    return workbook(path, {"Read me": read_me, "Quickstorm": [QUICKSTORM, *rows]})


@pytest.mark.parametrize("name", CASES)
def test_which_of_several_files_hold(name: str, tmp_path: Path) -> None:
    sheets, standings, who = CASES[name]
    for order in permutations(write(tmp_path / f"{key}.xlsx", sheet) for key, sheet in sheets.items()):
        reading = read_files(list(order))
        assert {Path(file.path).stem: str(file.standing) for file in reading.files} == standings
        assert sorted(record.values.who for record in reading.records) == who.split()  # type: ignore[attr-defined]
        for file in reading.files:
            assert file.rows_in == file.kept + file.refused
            # Whatever is left out is said beside the rows too, for those who read the problems.
            assert file.standing == "read" or any(problem.what == file.what or "no rows" in problem.what for problem in reading.problems)
        assert sum(count.kept for count in reading.counts) == len(reading.records) == sum(source.rows_kept for source in reading.sources)
        assert reading.refused == sum(word == "-" for sheet in sheets.values() for word in sheet.who.split())


def test_what_two_files_say_of_one_thing_is_counted(tmp_path: Path) -> None:
    read_me = [["Map of", "Lake COE"], ["Counties", "Lake"], ["As of", SPRING], ["Filled in by", "A. Teacher"]]
    rows = ["Library", "Week", "math"]
    one = workbook(tmp_path / "one.xlsx", {"Read me": read_me, "Quickstorm": [[*QUICKSTORM, "Kind of partner"], [*rows, "library"]]})
    read_me[3][1] = "B. Counselor"
    two = workbook(tmp_path / "two.xlsx", {"Read me": read_me, "Quickstorm": [[*QUICKSTORM, "Kind of partner"], [*rows, "museum"]]})
    for order in ([one, two], [two, one]):
        reading = read_files(order)
        (source,) = reading.sources
        assert (source.rows_in, source.rows_kept, source.files, source.filled_in_by) == (2, 2, ("one.xlsx", "two.xlsx"), "A. Teacher; B. Counselor")
        assert all("1 row says otherwise than there, and both stay" in file.what and file.cure for file in reading.files)


@pytest.mark.parametrize(("who", "said"), [
    ("Library Zoo Fair", "2 of its 3 rows do not stand there"), ("Library Zoo", "1 of its 2 rows does not stand there"),
    ("Library", "all its rows stand there"),
])  # fmt: skip
def test_of_an_older_version_is_said_what_the_newer_one_has_not(tmp_path: Path, who: str, said: str) -> None:
    old, new = write(tmp_path / "old.xlsx", Sheet(SPRING, who)), write(tmp_path / "new.xlsx", Sheet(AUTUMN, "Library Museum"))
    older, newer = read_files([old, new]).files
    assert older.what.replace(f"{tmp_path}/", "") == f"an older version (as of {SPRING}) of the map in new.xlsx (as of {AUTUMN}); {said}"
    assert not newer.what


def test_parts_of_one_map_name_three_others_and_only_rows_that_contradict(tmp_path: Path) -> None:
    def part(number: int, kind: str) -> Path:
        rows = [["Library", "Week", "math", kind], [f"Museum {number}", "Night", "science", "museum"], ["Zoo", "Day", "science", "zoo"]]
        read_me = [["Map of", "Lake COE"], ["Counties", "Lake"], ["As of", SPRING]]
        return workbook(tmp_path / f"{number}.xlsx", {"Read me": read_me, "Quickstorm": [[*QUICKSTORM, "Kind of partner"], *rows]})

    reading = read_files([part(number, "museum" if number == 5 else "library") for number in range(6)])
    whats = [file.what.replace(f"{tmp_path}/", "") for file in reading.files]
    assert whats[0].startswith("read as one with 1.xlsx, 2.xlsx, 3.xlsx and 2 more: the same map, as of 2026-06-30; 1 row says otherwise")
    assert all("; 1 row says otherwise than there" in what for what in whats)
