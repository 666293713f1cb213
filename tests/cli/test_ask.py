"""Questions on the command line: one command each, three forms, and answers to wrong input."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from assetgraph.cli.ask import example_of, option_of
from assetgraph.demo import Demo
from assetgraph.queries import QUESTIONS

Run = Callable[..., Result]


def words_of(name: str) -> list[str]:
    return [word for param in QUESTIONS[name].params if (value := example_of(param)) for word in (option_of(param.name), value)]


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_a_command_whose_examples_return_rows_on_the_sample(name: str, run: Run, demo: Demo) -> None:
    result = run("ask", name.replace("_", "-"), "--store", demo.store, *words_of(name), "--format", "json")
    assert result.exit_code == 0, result.stderr
    rows = json.loads(result.stdout)
    assert rows and set(rows[0]) == {column.name for column in QUESTIONS[name].columns} | {"reason"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_help_says_purpose_parameters_and_columns(name: str, run: Run) -> None:
    result = run("ask", name, "--help")
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    asked = QUESTIONS[name]
    assert asked.purpose in text and "Example" in text
    assert all(option_of(param.name) in text for param in asked.params)
    assert all(f"{column.name}:" in text for column in asked.columns)


def test_both_spellings_of_a_name_give_the_same_answer(run: Run, demo: Demo) -> None:
    words = ("--store", demo.store, "--county", "Lake", "--as-of", "2025-01-15")
    one, other = run("ask", "gap_grid", *words), run("ask", "gap-grid", *words)
    assert one.exit_code == other.exit_code == 0 and one.stdout == other.stdout
    assert "nobody asked" in one.stdout and one.stdout.endswith("40 rows.\n")


def test_questions_as_json_says_all_that_a_program_needs(run: Run) -> None:
    listed = json.loads(run("questions", "--format", "json").stdout)
    assert [one["name"] for one in listed] == list(QUESTIONS)
    for one in listed:
        assert set(one) == {"name", "purpose", "columns", "params"}
        assert all(set(column) == {"name", "unit", "null_means"} for column in one["columns"])
        assert all({"name", "type", "required", "example"} <= set(param) for param in one["params"])
        assert all(param["example"] for param in one["params"] if param["required"])


def test_a_file_in_place_of_a_store_answers_with_the_reference_beside_it(run: Run, good_sheet: Path) -> None:
    words = ("reach-out", good_sheet, "--county", "lake", "--area", "CS", "--as-of", "2026-11-22", "--format", "json")
    rows = json.loads(run(*words).stdout)
    assert any(row["is_reference"] for row in rows)
    alone = run(*words, "--no-reference")
    assert alone.exit_code == 0 and json.loads(alone.stdout) == []
    assert not list(Path.cwd().glob("*.kgl"))


def test_refused_rows_are_said_and_make_the_exit_code_1(run: Run, sheet: Path) -> None:
    result = run("ask", "gap-grid", sheet, "--county", "Lake", "--area", "math", "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) and "4 rows in = 3 kept + 1 refused. The answer rests on what was kept" in result.stderr


def test_a_map_file_of_one_county_needs_no_county(run: Run, demo: Demo) -> None:
    lake = next(path for path in demo.workbooks if path.name == "lake.xlsx")
    result = run("ask", "gap-grid", lake, "--area", "math", "--as-of", "2025-01-15")
    assert result.exit_code == 0 and "county Lake" in result.stdout


def test_facts_stand_behind_the_rows(run: Run, good_sheet: Path) -> None:
    words = ("ask", "gap-grid", good_sheet, "--county", "Lake", "--area", "CS", "--as-of", "2026-11-22", "--facts")
    facts = json.loads(run(*words, "--format", "json").stdout)
    assert {"file": "good.csv", "row": 2} in [{"file": fact["file"], "row": fact["row"]} for fact in facts]
    table = run(*words).stdout
    assert "The facts behind these rows" in table and "good.csv, row 2" in table
    assert "Ann Lee" not in table and "call Ann" not in table


def test_rows_of_a_question_without_a_county_are_told_theirs(run: Run, good_sheet: Path) -> None:
    words = ("ask", "partners-of", good_sheet, "--org", "Lake COE", "--no-reference", "--format", "json")
    assert run(*words).exit_code == 1  # nothing says which county the rows are about
    assert len(json.loads(run(*words, "--county", "Lake").stdout)) >= 3


def test_no_rows_does_not_mean_none(run: Run, good_sheet: Path) -> None:
    result = run("ask", "unaddressed-needs", good_sheet, "--county", "Lake", "--no-reference")
    assert result.exit_code == 0 and "0 rows: nothing is recorded" in result.stdout


def test_csv_holds_numbers_as_numbers_and_formulas_as_text(run: Run, good_sheet: Path) -> None:
    result = run("ask", "balance-of-areas", good_sheet, "--county", "Lake", "--as-of", "2026-11-22", "--format", "csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert {row["area"]: row["assets"] for row in rows}["computer_science"] == "1"
    query = "MATCH (p:Partner) WHERE p.name STARTS WITH '=' RETURN p.name AS name, -3 AS low, '-3' AS text ORDER BY name"
    result = run("cypher", query, good_sheet, "--no-reference", "--format", "csv", "--county", "Lake")
    assert list(csv.DictReader(StringIO(result.stdout))) == [{"name": "'=cmd|' /C calc'!A0", "low": "-3", "text": "'-3"}]


def test_what_is_no_number_in_json_is_text(run: Run, good_sheet: Path) -> None:
    query = "RETURN $x AS x, 1e308 * 10 AS large, [-1e308 * 10] AS low"
    result = run("cypher", query, good_sheet, "--no-reference", "--format", "json", "--county", "Lake", "--param", "x=NaN")
    assert json.loads(result.stdout, parse_constant=pytest.fail) == [{"x": "NaN", "large": "inf", "low": ["-inf"]}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "gap-grids", "--county", "Lake"], "did you mean gap_grid"),
        (["ask", "gap-grid"], "needs --county"),
        (["ask", "gap-grid", "good.csv", "--county", "Mendicino"], "write Mendocino"),
        (["ask", "gap-grid", "good.csv", "--county", "Lake", "--area", "potato"], "no content area 'potato'"),
        (["ask", "gap-grid", "good.csv", "--county", "Lake", "--as-of", "yesterday"], "'yesterday' is not a day"),
        (["ask", "partners-of", "good.csv", "--county", "Lake", "--org", "Nobody at all"], "no office, LEA or partner"),
        (["ask", "gap-grid", "good.csv", "--store", "x.kgl", "--county", "Lake"], "files and --store"),
        (["ask", "gap-grid", "--format", "xml"], "--help` shows how"),
        *((["cypher", "RETURN $x AS x", "good.csv", "--param", f"x={'[' * depth}{']' * depth}"], "too many brackets")
          for depth in (51, 70, 900, 100_000)),
        (["nothing"], "No such command"),
    ],
)  # fmt: skip
def test_wrong_words_are_one_line_and_code_2(words: list[str], said: str, run: Run, good_sheet: Path) -> None:
    result = run(*words)
    assert result.exit_code == 2 and result.stdout == ""
    assert said in result.stderr and result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1


def test_a_comment_that_is_never_closed_is_refused(run: Run, good_sheet: Path) -> None:
    result = run("cypher", "RETURN 1 AS x /* never closed", good_sheet)
    assert result.exit_code == 1 and "the query cannot be read at '/* never" in result.stderr


def test_a_store_that_is_not_there_is_one_line_and_code_1(run: Run) -> None:
    result = run("ask", "gap-grid", "--county", "Lake")
    assert result.exit_code == 1 and "no graph here yet" in result.stderr and result.stderr.count("\n") == 1


def test_an_empty_answer_on_reach_says_what_it_means(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "alpine.csv"
    sheet.write_text("Who,What,Content area,County\nLibrary,STEM nights,M/S/CS,Alpine\n", encoding="utf-8")
    result = run("ask", "unreached-leas", sheet, "--county", "Alpine", "--no-reference")
    assert result.exit_code == 0
    assert "0 rows: the district and the county office are one body; every district on record is reached" in " ".join(result.stdout.split())
