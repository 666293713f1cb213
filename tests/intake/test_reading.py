"""Whole sheets: from files to records, counts, sources and problems."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sheets_made import QUICKSTORM, READ_ME, table, workbook

from assetgraph.errors import UsageError
from assetgraph.intake import read_files
from assetgraph.intake.template import write_template
from assetgraph.model.duration import Duration
from assetgraph.model.records import Basis, Reading


def said(reading: Reading, level: str) -> set[tuple[str, int | None, str | None, str]]:
    return {(p.sheet, p.row, p.column, p.what) for p in reading.problems if p.level == level}


def values(reading: Reading, *names: str) -> list[Any]:
    return [tuple(getattr(record.values, name) for name in names) for record in reading.records]


def test_a_quickstorm_text_table_becomes_records(tmp_path: Path) -> None:
    path = table(tmp_path / "list.csv", "Partner / Organization,Asset,Content Area(s),County,Ends,Room",
                 "Library,Code club,CompSci,Mendicino,2026,12", "Museum,,math,Lake,,", "Zoo,Visits,science,,,")  # fmt: skip
    reading = read_files([path])
    assert values(reading, "who", "what", "content_areas", "ends_on", "extra") == [
        ("Library", "Code club", ("computer_science",), date(2026, 12, 31), (("Room", "12"),))
    ]
    assert [(r.row, r.county, r.kind, r.source) for r in reading.records] == [(2, "Mendocino", "Quickstorm", "table/list")]
    assert [(c.rows_in, c.kept, c.changed, c.refused) for c in reading.counts] == [(3, 1, 1, 2)]
    assert said(reading, "refused") == {
        ("list", 3, "Asset", "What is empty"), ("list", 4, None, "nothing says which county the row is about"),
    }  # fmt: skip
    assert said(reading, "changed") == {
        ("list", 2, "Content Area(s)", "read 'CompSci' as Computer science"),
        ("list", 2, "County", "read 'Mendicino' as Mendocino"),
    }
    assert said(reading, "note") == {("list", 1, None, "unknown columns are kept as private notes: 'Room'")}
    assert reading.refused == 2
    assert {p.cure for p in reading.problems if p.level == "refused"} >= {"add a column County, or say which county it is (--county)"}


def test_the_county_and_the_name_of_a_table_may_be_given(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Who,What,Content area", "Library,Code club,science")
    reading = read_files([path], source="Library list", county="lake county")
    assert [(r.county, r.source) for r in reading.records] == [("Lake", "table/library-list")]
    assert (reading.sources[0].basis, reading.sources[0].name) == (Basis.TABLE, "Library list")
    assert reading.sources[0].rows_kept == 1
    with pytest.raises(UsageError, match="is not a county"):
        read_files([path], county="Washoe")


def test_a_workbook_with_a_read_me_is_a_map_known_by_owner_plan_and_step(tmp_path: Path) -> None:
    path = workbook(tmp_path / "any name.xlsx", {
        "Read me": [["Asset map"], [], *READ_ME, ["Filled in by", "A. Teacher"]],
        "Quickstorm": [["Quickstorm for Lake"], [], [*QUICKSTORM, "Ends"], ["Library", "Club", "math", "ongoing"]],
        "Ties": [["From", "To", "How"], ["Lake COE", "Library", "works with"]],
        "Notes to self": [["nothing here for a reader"]],
    })  # fmt: skip
    reading = read_files([path])
    (source,) = reading.sources
    assert source.id == "map/lake-county-office-of-education/plan-a/step-1"
    assert (source.counties, source.as_of, source.filled_in_by) == (("Lake",), date(2026, 11, 22), "A. Teacher")
    assert (source.rows_in, source.rows_kept, source.rows_refused) == (2, 2, 0)
    assert [(r.sheet, r.row, r.kind, r.county) for r in reading.records] == [
        ("Quickstorm", 4, "Quickstorm", "Lake"), ("Ties", 2, "Ties", "Lake")
    ]  # fmt: skip
    first = reading.records[0].values
    assert (first.ends_on, first.written_duration) == (None, Duration.ENDURING)
    assert ("Notes to self", None, None, "this sheet holds no table and was left out") in said(reading, "note")
    assert reading.refused == 0


def test_two_ways_to_write_an_office_are_one_owner_and_a_copy_adds_nothing(tmp_path: Path) -> None:
    full = [["Map of", "Lake County Office of Education"], *READ_ME[1:]]
    sheets = {"Quickstorm": [QUICKSTORM, ["Library", "Club", "math"]]}
    one = workbook(tmp_path / "one.xlsx", {"Read me": READ_ME, **sheets})
    two = workbook(tmp_path / "two.xlsx", {"Read me": full, **sheets})
    reading = read_files([one, two])
    assert len(reading.sources) == len(reading.records) == 1
    assert [(Path(file.path).name, file.standing, file.rows_in) for file in reading.files] == [("one.xlsx", "read", 1), ("two.xlsx", "copy", 0)]
    (problem,) = [p for p in reading.problems if "copy" in p.what]
    assert (problem.file, problem.level, reading.refused) == ("two.xlsx", "note", 0) and "one.xlsx" in problem.what


@pytest.mark.parametrize(("lines", "owner"), [
    ([["Counties", "Lake County"]], "Lake County Office of Education"),
    ([["Map of", "North State CoP"], ["Counties", "Butte; Glenn"]], "North State CoP"),
    ([["Map of", "Butte COE"]], "Butte County Office of Education"),
])  # fmt: skip
def test_an_owner_is_read_or_follows_from_the_one_county(tmp_path: Path, lines: list[list[str]], owner: str) -> None:
    path = workbook(tmp_path / "m.xlsx", {"Read me": lines, "Ties": [["From", "To", "How"], ["A", "B", "leads"]]})
    assert [source.name for source in read_files([path]).sources] == [owner]


def test_a_map_of_nobody_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", {"Read me": [["Map of"], ["Counties", "Lake; Butte"]], "Quickstorm": [QUICKSTORM]})
    reading = read_files([path])
    assert [(p.file, p.row, p.level) for p in reading.problems] == [("m.xlsx", None, "refused")]
    assert "does not say whose map" in reading.problems[0].what and reading.sources == ()


def test_a_workbook_without_a_read_me_is_a_table_and_says_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"Sheet1": [[*QUICKSTORM, "County"], ["Library", "Club", "math", "Lake"]]})
    reading = read_files([path])
    assert reading.sources[0].id == "table/t" and reading.records[0].county == "Lake"
    assert any("no Read me sheet" in what for _, _, _, what in said(reading, "note"))


def test_an_untouched_template_has_no_rows_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lake.xlsx"
    write_template(path, county="Lake")
    reading = read_files([path])
    assert (reading.records, reading.counts, reading.refused) == ((), (), 0)
    assert ("", None, None, "no rows are filled in") in said(reading, "note")
    assert any("starting with Example: left out" in what for _, _, _, what in said(reading, "note"))


def test_merged_hidden_blank_and_uncalculated_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "m.xlsx", {"Read me": READ_ME, "Quickstorm": [
        [*QUICKSTORM, "Notes"], ["Library", "Club", "math"], [None, "Camp", "science"], [], [None, None, None],
        ["Museum", "Visits", "science", "=1+1"],
    ]})  # fmt: skip
    book = load_workbook(path)
    book["Quickstorm"].merge_cells("A2:A5")
    book["Quickstorm"].sheet_state = "hidden"
    book.save(path)
    reading = read_files([path])
    assert values(reading, "who", "what") == [("Library", "Club"), ("Library", "Camp")]
    assert [(c.rows_in, c.kept, c.refused) for c in reading.counts] == [(3, 2, 1)]
    assert {(row, column) for _, row, column, _ in said(reading, "refused")} == {(6, "Notes")}
    assert any("hidden" in what for _, _, _, what in said(reading, "note"))


def test_a_folder_with_a_read_me_is_one_map_and_others_are_tables(tmp_path: Path) -> None:
    (tmp_path / "lake").mkdir()
    table(tmp_path / "lake" / "Read me.csv", "Map of,Lake COE", "Counties,Lake", "As of,2026")
    table(tmp_path / "lake" / "assets.csv", "Who,What,Content area", "Library,Club,math")
    table(tmp_path / "lake" / "ties.csv", "From,To,How", "A,B,leads")
    table(tmp_path / "other.csv", "Who,What,Content area,County", "Zoo,Visits,science,Butte")
    (tmp_path / "README.txt").write_text("not a table")
    (tmp_path / ".hidden.csv").write_text("x")
    reading = read_files([tmp_path])
    assert [(s.id, s.files) for s in reading.sources] == [
        ("map/lake-county-office-of-education", ("Read me.csv", "assets.csv", "ties.csv")), ("table/other", ("other.csv",)),
    ]  # fmt: skip
    assert [(r.file, r.county) for r in reading.records] == [("assets.csv", "Lake"), ("ties.csv", "Lake"), ("other.csv", "Butte")]
    assert reading.refused == 0


def test_equal_rows_are_both_kept_and_told(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Who,What,Content area", "Library,Club,math", "Zoo,Visits,math", "library,Club,Mathematics",
                 "Library,Club,math")  # fmt: skip
    reading = read_files([path], county="Lake")
    assert len(reading.records) == 4
    assert said(reading, "note") == {("x", 5, None, "the same as row 2")}


@pytest.mark.parametrize(("encoding", "separator"), [
    ("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";"), ("utf-8", "|"), ("utf-8", "^"), ("utf-8", "\t"),
])  # fmt: skip
def test_text_tables_in_every_dress(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = ["Who", "What", "Content area"], ["Peña House", "Club", "math"], ["Muñoz Lab", "Camp", "science"]
    path = table(tmp_path / "x.txt", *(separator.join(row) for row in rows), encoding=encoding)
    reading = read_files([path], county="Lake")
    assert values(reading, "who") == [("Peña House",), ("Muñoz Lab",)]
    assert bool(said(reading, "note")) == (encoding == "cp1252")


def test_reach_reads_a_column_for_each_area_and_new_areas(tmp_path: Path) -> None:
    path = table(tmp_path / "reach.csv", "LEA,Math,Science,Data science", "Konocti Unified,x,no,not asked", "Upper Lake Unified,,maybe,y")
    reading = read_files([path], county="Lake")
    assert values(reading, "lea", "answers") == [
        ("Konocti Unified", (("math", "yes"), ("science", "no"), ("data_science", "not_asked")))
    ]
    assert [(c.rows_in, c.refused) for c in reading.counts] == [(2, 1)]


def test_ends_before_starts_refuses_the_row(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Who,What,Content area,Starts,Ends", "Library,Club,math,2026-05-01,2026-04-01")
    reading = read_files([path], county="Lake")
    assert said(reading, "refused") == {("x", 2, "Ends", "the end, 2026-04-01, is before the start, 2026-05-01")}


@pytest.mark.parametrize(("headers", "kind"), [
    ("Who,What,Content area", "Quickstorm"), ("Organization,Activity,Subject", "Quickstorm"),
    ("Name,Kind of partner,Home county,Web address", "Partners"), ("From,To,How", "Ties"),
    ("Title,Provider,Content areas,Grades", "Offerings"), ("Whose,Need,Kind,Content areas", "Needs"),
    ("Office or LEA,Role,Content areas,FTE", "Coordinators"), ("COE,Job title,Subjects", "Coordinators"),
    ("LEA,Offering,Year,Headcount", "Reach"), ("District,Mathematics,Science", "Reach"),
    ("Content area,Kind of partner,LEA,Asked", "Asked about"), ("Action,By when,Led by,Goal", "Actions"),
    ("Organization,Seat,Role,Name", "Team"), ("CDS code,Measure,Year,Value,Source", "Indicators"),
    ("CDS code,Name,County,Kind", "Directory"), ("WHO (partner) *,what (asset),Contant area", "Quickstorm"),
])  # fmt: skip
def test_a_table_is_known_by_its_headers(headers: str, kind: str) -> None:
    from assetgraph.intake.headers import match_headers

    match = match_headers(headers.split(","))
    assert match is not None and (match.kind, match.missing) == (kind, ())


def test_a_table_of_no_kind_is_refused_with_what_would_make_it_one(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Who,What,Colour", "Library,Club,blue")
    reading = read_files([path], county="Lake")
    (problem,) = reading.problems
    assert (problem.level, problem.row, reading.refused) == ("refused", None, 1)
    assert "Who, What, Colour" in problem.what
    assert problem.cure == "the closest kind is Quickstorm: add Content area"


def test_a_map_of_several_counties_needs_no_county_in_its_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "cop.xlsx", {
        "Read me": [["Map of", "North State CoP"], ["Counties", "Butte; Glenn"]],
        "Quickstorm": [[*QUICKSTORM, "County"], ["Library", "Club", "math"], ["Zoo", "Visits", "science", "Glenn"]],
    })  # fmt: skip
    assert [record.county for record in read_files([path]).records] == [None, "Glenn"]


def test_a_sentence_for_how_we_know_is_kept_privately_and_loses_no_row(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Who,What,Content area,Evidence", "Library,Club,math,we visited twice", "Zoo,Visits,math,Survey")
    reading = read_files([path], county="Lake")
    assert values(reading, "how_known", "extra") == [(None, (("Evidence", "we visited twice"),)), ("survey", ())]


def test_a_dirty_sheet_as_people_write_it(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Lake County asset map 2026,,,,,,", ",,,,,,",
                 'WHO (partner),"WHAT, incl. content",Content area(s),Temp or enduring?,Inside / Outside,Grade level,Districts',
                 "LCOE,4-day workshop,all three,temporary (4 days),in,6-8,All", "PTA,Family night,Math/ELA,??,outside,5th-8th,")  # fmt: skip
    reading = read_files([path], county="Lake")
    assert values(reading, "who", "content_areas", "written_duration", "scope", "grades", "leas") == [
        ("LCOE", ("math", "science", "computer_science"), Duration.TEMPORARY, "inside_coe", (6, 8), ("all",)),
        ("PTA", ("math", "ela"), Duration.UNKNOWN, "outside_coe", (5, 8), ()),
    ]
    assert [(c.rows_in, c.kept, c.changed) for c in reading.counts] == [(2, 2, 2)]


def test_what_happens_twice_in_a_cell_is_one_change_and_a_new_word_is_noted_once(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "Who,What,Content area", "A,B,M/S", "A,C,Robotics", "A,D,Robotics")
    reading = read_files([path], county="Lake")
    assert said(reading, "changed") == {("x", 2, "Content area", "read 'M' as Mathematics; read 'S' as Science")}
    assert said(reading, "note") == {("x", 3, "Content area", "'Robotics' is a new word here: it stands for itself")}


def test_rows_of_data_are_never_taken_for_headers(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", "indicator,level,what it measures,columns", "CAST,district,science,a", "CAASPP,district,math,b")
    (problem,) = read_files([path], county="Lake").problems
    assert (problem.level, "indicator, level" in problem.what) == ("refused", True)


def test_a_guarded_cell_comes_back_unchanged(tmp_path: Path) -> None:
    table = tmp_path / "lake.csv"
    table.write_text("Who,What,Content area,County\n'=HYPERLINK(1),'-10 club,Math,Lake\n'Twas,X,Math,Lake\n", encoding="utf-8")
    rows = [record.values for record in read_files([table]).records]
    assert [(row.who, row.what) for row in rows] == [("=HYPERLINK(1)", "-10 club"), ("'Twas", "X")]  # type: ignore[attr-defined]
