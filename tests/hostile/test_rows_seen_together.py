"""Rows that only turn out wrong when all are seen: said by check and by build, and counted as kept or refused all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sheets_made import QUICKSTORM, READ_ME, table, workbook

from assetgraph.build.project import project
from assetgraph.cli import main
from assetgraph.intake import read_files

PARTNERS = [["Name", "Also called", "Home county"], ["Lawrence Hall of Science", "LHS", "Alameda"], ["Lake Library", None, "Lake"]]
TIES = ["From", "To", "How"]


def said_by(path: Path, *others: Path) -> list[tuple[str, int | None, str | None, str, str]]:
    """What ``check`` lists as notes: sheet, row, column, what and cure. Its counts add up, or this fails."""
    result = CliRunner().invoke(main, ["check", str(path), *map(str, others), "--county", "Lake", "--format", "json"])
    said = json.loads(result.stdout)
    assert all(count["rows_in"] == count["kept"] + count["refused"] for count in said["files"])
    return [(one["sheet"], one["row"], one["column"], one["what"], one["cure"]) for one in said["problems"] if one["level"] == "note"]


def built(path: Path, *others: Path) -> str:
    result = CliRunner().invoke(main, ["build", str(path), *map(str, others), "--county", "Lake", "--store", str(path.with_name("s.kgl")), "--no-reference"])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


@pytest.fixture
def a_map(tmp_path: Path) -> Path:
    return workbook(tmp_path / "lake.xlsx", {
        "Read me": READ_ME, "Partners": PARTNERS,
        "Quickstorm": [[*QUICKSTORM, "LEAs taking part"], ["Lake Library", "Code club", "math", "5.47209E+13"]],
        "Ties": [TIES, ["Lake Library", "Lawrence Hall of Sciense", "partners with"], ["Lake Library", "Somebody New", "partners with"],
                 ["Lake Library", "LHS", "partners with"], ["LHS", "Lawrence Hall of Science", "member of"], ["Somebody New", "Lake COE", "leads"]],
    })  # fmt: skip


def test_an_unknown_partner_is_kept_and_said_once_with_what_it_could_be(a_map: Path) -> None:
    said = [one for one in said_by(a_map) if "speaks of" in one[3]]
    assert said == [
        ("Ties", 2, "To", "no row of Partners, Quickstorm or Offerings speaks of 'Lawrence Hall of Sciense'; it is kept as a new partner",
         "write 'Lawrence Hall of Science' if that is meant, or add a row to Partners"),
        ("Ties", 3, "To", "no row of Partners, Quickstorm or Offerings speaks of 'Somebody New'; it is kept as a new partner",
         "check the spelling, or add a row to Partners"),
    ]  # fmt: skip
    reading = read_files([a_map])
    names = {node.name for node in project(reading.sources, reading.records).graph.nodes.values()}
    assert {"Lawrence Hall of Sciense", "Somebody New"} <= names


def test_a_table_of_ties_alone_is_told_once_that_its_partners_are_new(tmp_path: Path) -> None:
    path = table(tmp_path / "ties.csv", ",".join(TIES), "Lake Library,Somebody New,partners with", "Lake Library,Another One,partners with")
    assert said_by(path) == [("ties", 2, "From", "'Lake Library' and 2 more are named by ties alone, and kept as new",
                              "check the spelling, or give a table of Partners too")]  # fmt: skip


def test_a_tie_that_only_another_row_shows_to_be_to_itself_is_kept_and_said(a_map: Path) -> None:
    """By its names it has two ends; that they are one partner is known from Also called, and no tie is drawn."""
    reading = read_files([a_map])
    assert [record.row for record in reading.records if record.kind == "Ties"] == [2, 3, 4, 5, 6] and reading.refused == 0
    found = project(reading.sources, reading.records)
    members = [edge for edge in found.graph.edges.values() if edge.fact.type == "MEMBER_OF"]
    assert members == []
    assert ("Ties", 5, "To") in {one[:3] for one in said_by(a_map) if "tied to itself" in one[3]}


def test_a_rounded_code_that_fits_no_lea_is_said_by_check_and_by_build(a_map: Path) -> None:
    what = "'5.47209E+13' is a code that a spreadsheet rounded and fits no single LEA; it is left out"
    assert ("Quickstorm", 2, "LEAs taking part", what, "write the 14 digits as text, or the LEA's name") in said_by(a_map)
    said = built(a_map)
    assert f"row 2, LEAs taking part: {what}." in said
    assert "8 rows in = 8 kept + 0 refused" in said


def test_build_says_what_check_says_of_rows_together(a_map: Path) -> None:
    said = built(a_map)
    for words in ("speaks of 'Somebody New'", "tied to itself", "rounded and fits no single LEA"):
        assert words in said
    # Building again says it again, and the store holds exactly the same.
    again = built(a_map)
    assert "The store already holds exactly this." in again and "tied to itself" in again


def test_two_rows_of_one_thing_are_both_kept_and_said_by_build(tmp_path: Path) -> None:
    path = table(tmp_path / "list.csv", "Who,What,Content area,Ends", "Zoo,Tour,math,2026", "Zoo,Tour,math,2027", "Zoo,Tour,science,2026")
    said = built(path)
    assert "3 rows in = 3 kept + 0 refused" in said
    assert said.count("row 2 has the same Who and What and another Ends; both are kept") == 1
    assert "table/list: 3 new" in said


def test_many_notes_are_cut_short_by_build_and_listed_by_check(tmp_path: Path) -> None:
    path = table(tmp_path / "list.csv", "Who,What,Content area,LEAs taking part", *(f"Zoo,Tour {n},math,{n}.47209E+13" for n in range(1, 10)),
                 *(f"Zoo,Walk {n},math,{n}.57209E+13" for n in range(1, 10)))  # fmt: skip
    assert len([one for one in said_by(path) if "rounded" in one[3]]) == 18
    said = built(path)
    assert said.count("fits no single LEA") == 10 and "… and 8 more: `assetgraph check` lists all of them." in said


def test_build_speaks_of_these_files_only(a_map: Path, tmp_path: Path) -> None:
    """What the store already holds of others is not asked about again."""
    built(a_map)
    other = table(tmp_path / "other.csv", "Who,What,Content area", "Museum,Visits,science")
    assert "speaks of" not in built(other)
