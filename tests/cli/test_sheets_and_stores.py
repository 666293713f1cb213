"""From a sheet to a store: template, check, build, sources, store info and cypher."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

Run = Callable[..., Result]


def test_check_counts_rows_and_names_each_problem(run: Run, sheet: Path) -> None:
    result = run("check", sheet, "--county", "Lake", "--format", "json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert set(said) == {"files", "problems"}
    assert said["files"] == [{"file": "assets.csv", "sheet": "assets", "rows_in": 4, "kept": 3, "changed": 3, "refused": 1}]
    assert all(set(one) == {"file", "sheet", "row", "column", "level", "what", "cure"} for one in said["problems"])
    refused = [one for one in said["problems"] if one["level"] == "refused"]
    assert [(one["row"], one["column"]) for one in refused] == [(4, "Who")] and refused[0]["cure"]


def test_check_sees_what_rows_mean_together(run: Run, tmp_path: Path, good_sheet: Path) -> None:
    # Two districts go by one joint name; and "temporary" is written where the dates span two and a half years.
    directory = tmp_path / "districts.csv"
    directory.write_text("County,Name,Kind,Also called\n"
                         "Sonoma,Santa Rosa Elementary School District,elementary,Santa Rosa City Schools\n"
                         "Sonoma,Santa Rosa High School District,high,Santa Rosa City Schools\n", encoding="utf-8")  # fmt: skip
    rows = tmp_path / "sonoma.csv"
    rows.write_text("Who,What,Content area,LEAs taking part\nMuseum,Club,CS,Santa Rosa City Schools\n", encoding="utf-8")
    result = run("check", rows, directory, "--county", "Sonoma")
    assert "fits 2 LEAs" in result.stdout and result.exit_code == 0
    assert "written as temporary" in run("check", good_sheet, "--county", "Lake").stdout


def test_check_marks_a_copy_and_leaves_the_sheet_alone(run: Run, sheet: Path) -> None:
    before = sheet.read_bytes()
    assert run("check", sheet, "--county", "Lake", "--mark", "marked.xlsx").exit_code == 1
    assert load_workbook("marked.xlsx").sheetnames[0] == "What to mend"
    assert sheet.read_bytes() == before
    assert run("check", sheet, "--county", "Lake", "--mark", sheet).exit_code == 1
    assert sheet.read_bytes() == before


def test_check_marks_the_one_workbook_among_several_files(run: Run, sheet: Path, tmp_path: Path) -> None:
    run("template", "lake.xlsx", "--county", "Lake")
    book = load_workbook("lake.xlsx")
    book["Quickstorm"].append(["Library", None, "Mathematics"])
    book.save("lake.xlsx")
    assert run("check", "lake.xlsx", sheet, "--county", "Lake", "--mark", "marked.xlsx").exit_code == 1
    marked = load_workbook("marked.xlsx")
    assert "Quickstorm" in marked.sheetnames and marked.sheetnames[0] == "What to mend"
    said = str([[cell.value for cell in row] for row in marked["What to mend"].iter_rows()])
    assert "What is empty" in said and "Who is empty" not in said  # the table's row without a Who is not the workbook's
    both = run("check", "lake.xlsx", "marked.xlsx", "--mark", "more.xlsx")
    assert both.exit_code == 2 and "one workbook" in both.stderr
    assert run("check", sheet, sheet, "--mark", "more.xlsx").exit_code == 2 and not Path("more.xlsx").exists()


def test_check_does_not_print_what_it_declares_private(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.csv").write_text("Who,What,Content area,How we know\nLibrary,Club,Math,Ana CANARY told me\n", encoding="utf-8")
    for words in ((), ("--format", "json"), ("--format", "csv"), ("--mark", "marked.xlsx")):
        result = run("check", "told.csv", "--county", "Lake", *words)
        assert result.exit_code == 0 and "private note" in result.output and "CANARY" not in result.output


def test_a_sheet_given_as_a_store_is_not_to_be_deleted(run: Run, good_sheet: Path) -> None:
    run("template", "lake.xlsx", "--county", "Lake")
    for name in ("lake.xlsx", good_sheet):
        result = run("ask", "gap-grid", "--county", "Lake", "--store", name)
        assert result.exit_code == 1 and "a sheet, not a graph file" in result.stderr and "delete" not in result.stderr


def test_template_writes_a_workbook_that_checks_clean(run: Run) -> None:
    assert run("template", "lake.xlsx", "--county", "Lake").exit_code == 0
    assert run("check", "lake.xlsx").exit_code == 0
    again = run("template", "lake.xlsx", "--county", "Lake")
    assert again.exit_code == 1 and "is there already" in again.stderr
    assert run("template", "x.xlsx", "--county", "Laek").exit_code == 2
    assert run("template", "x.xlsx").exit_code == 2
    assert run("template", "--all").exit_code == 2
    assert [path.name for path in Path.cwd().iterdir()] == ["lake.xlsx"]


def test_build_says_rows_in_and_writes_kept_rows_though_others_are_refused(run: Run, sheet: Path) -> None:
    result = run("build", sheet, "--county", "Lake")
    assert result.exit_code == 1
    assert "4 rows in = 3 kept + 1 refused" in result.stdout
    assert "table/assets: 3 new, 0 changed, 0 same, 0 gone, 1 refused" in result.stdout
    rows = json.loads(run("cypher", "MATCH (p:Partner {name: 'Tribal Health'}) RETURN p.name AS name", "--format", "json").stdout)
    assert rows == [{"name": "Tribal Health"}]
    assert "already holds exactly this" in run("build", sheet, "--county", "Lake").stdout


@pytest.mark.parametrize("option", ["--dry-run", "--strict"])
def test_nothing_is_written_by_a_dry_run_or_by_strict(option: str, run: Run, sheet: Path) -> None:
    result = run("build", sheet, "--county", "Lake", option)
    assert result.exit_code == 1
    assert [path.name for path in Path.cwd().iterdir()] == ["assets.csv"]


def test_gone_rows_are_named_at_most_ten(run: Run, tmp_path: Path) -> None:
    path, head = tmp_path / "many.csv", "Who,What,Content area\n"
    path.write_text(head + "".join(f"Partner {n},Club {n},Math\n" for n in range(13)), encoding="utf-8")
    assert run("build", path, "--county", "Lake", "--no-reference").exit_code == 0
    path.write_text(head + "Partner 0,Club 0,Math\n", encoding="utf-8")
    result = run("build", path, "--county", "Lake", "--no-reference")
    assert result.exit_code == 0 and "12 gone" in result.stdout
    assert result.stdout.count("  gone: ") == 10 and "and 2 more" in result.stdout


def test_a_file_that_is_not_there_or_no_table_leaves_everything_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 nothing")
    for name in ("nope.xlsx", "bad.xlsx"):
        result = run("build", name)
        assert result.exit_code == 1 and result.stderr.count("\n") == 1 and name in result.stderr
    assert not Path("assetgraph.kgl").exists()
    assert run("build").exit_code == 2


def test_sources_lists_and_retires(run: Run, good_sheet: Path) -> None:
    run("build", good_sheet, "--county", "Lake", "--source", "Lake assets")
    rows = json.loads(run("sources", "--format", "json").stdout)
    mine = next(row for row in rows if row["id"] == "table/lake-assets")
    assert (mine["contributors"], mine["rows_kept"], mine["rows_refused"], mine["counties"]) == (2, 3, 0, ["Lake"])
    assert "Ann Lee" not in json.dumps(rows)
    staff = run("sources", "--format", "json", "--edition", "staff")
    assert json.loads(staff.stdout)[-1]["contributor_names"] == ["Ann Lee", "Bo Day"]
    assert "57 of 58" in staff.stderr
    assert run("sources", "retire", "nobody").exit_code == 2
    assert run("sources", "retire", "lake assets", "--dry-run").exit_code == 0
    assert len(json.loads(run("sources", "--format", "json").stdout)) == 2
    assert run("sources", "retire", "lake assets", "--yes").exit_code == 0
    assert [row["id"] for row in json.loads(run("sources", "--format", "json").stdout)] == ["reference/reference"]


def test_sources_reads_files_too(run: Run, good_sheet: Path) -> None:
    result = run("sources", good_sheet, "--no-reference")
    assert result.exit_code == 1 and "table/good" in result.stdout  # no county is given, so its rows are refused


def test_store_info_counts(run: Run, good_sheet: Path) -> None:
    run("build", good_sheet, "--county", "Lake", "--no-reference")
    (held,) = json.loads(run("store", "info", "--format", "json").stdout)
    assert (held["kind"], held["records"], held["sources"], held["nodes"]["Partner"]) == ("embedded", 3, ["table/good"], 3)
    assert "3 rows of 1 source." in run("store", "info").stdout
    assert run("store", "info", "--store", "none.kgl").exit_code == 1


def test_cypher_is_read_only_takes_parameters_and_hides_private_fields(run: Run, good_sheet: Path) -> None:
    run("build", good_sheet, "--county", "Lake", "--no-reference")
    query = "MATCH (p:Partner) WHERE p.kind = $kind RETURN p.name AS name, $top + 1 AS more"
    result = run("cypher", query, "--param", "kind=library", "--param", "top=4", "--format", "json")
    assert json.loads(result.stdout) == [{"name": "Lake County Library", "more": 5}]
    private = "MATCH (p:Partner {name: 'Lake County Library'}) RETURN p.notes AS notes"
    assert run("cypher", private).exit_code == 1
    assert json.loads(run("cypher", private, "--edition", "staff", "--format", "json").stdout) == [{"notes": "call Ann"}]
    assert run("cypher", "CREATE (n:X) RETURN n").exit_code == 1
    assert run("cypher", "MATCH (n:County) RETURN n.name AS name", "--param", "nothing").exit_code == 2


def test_cypher_shows_values_unchanged_and_takes_the_county_of_files(run: Run, good_sheet: Path) -> None:
    query = "MATCH (c:County {name: 'Lake'}) RETURN 'some_id_2' AS an_id, true AS is_it, [1, 2] AS all"
    shown = run("cypher", query, good_sheet, "--county", "Lake", "--no-reference").stdout
    assert "some_id_2" in shown and "an_id" in shown and "true" in shown and "[1, 2]" in shown
    query = "MATCH (p:Partner) WHERE p.name = 'Tribal Health' RETURN p.name AS name, p.family AS family"
    result = run("cypher", query, good_sheet, "--county", "Lake", "--no-reference")
    assert result.exit_code == 0 and "Tribal Health" in result.stdout
    assert run("cypher", query, good_sheet, "--county", "Laek").exit_code == 2


@pytest.mark.neo4j
def test_the_same_commands_work_on_neo4j(run: Run, good_sheet: Path, neo4j_environment: object) -> None:
    assert run("build", good_sheet, "--county", "Lake").exit_code == 0  # the address is in the environment
    assert "already holds exactly this" in run("build", good_sheet, "--county", "Lake").stdout
    words = ("ask", "gap-grid", "--county", "Lake", "--area", "CS", "--as-of", "2026-11-22", "--format", "json")
    there = run(*words)
    beside = run(*words[:2], good_sheet, *words[2:])
    assert there.exit_code == 0 and json.loads(there.stdout) == json.loads(beside.stdout)
    (held,) = json.loads(run("store", "info", "--format", "json").stdout)
    assert held["kind"] == "neo4j" and "table/good" in held["sources"]
    assert run("map", "--county", "Lake", "--as-of", "2026-11-22").exit_code == 0
    assert not Path("assetgraph.kgl").exists()
