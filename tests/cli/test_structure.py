"""The commands that answer from structure, run on the packaged sample as a person would."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from assetgraph.demo import Demo

Run = Callable[..., Result]
DAY = ("--as-of", "2025-01-15")


def test_reach_out_prints_reasons_sources_and_notes(run: Run, demo: Demo) -> None:
    result = run("reach-out", "--store", demo.store, "--county", "Glenn", "--area", "CS", "--top", "3", *DAY)
    assert result.exit_code == 0 and result.stderr == ""
    assert "Who could be asked. Glenn County, computer science, January 15, 2025: the first 3 of" in result.stdout
    assert result.stdout.count("   Sources: ") == 3 and "\n1. " in result.stdout and "\n4. " not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 140


def test_reach_out_as_json_and_csv_agree(run: Run, demo: Demo) -> None:
    words = ("reach-out", "--store", demo.store, "--county", "Lake", "--area", "math", "--top", "4", *DAY, "--format")
    rows = json.loads(run(*words, "json").stdout)
    assert [row["place"] for row in rows] == [1, 2, 3, 4]
    assert all(fact["source"] and fact["as_of"] for row in rows for reason in row["reasons"] for fact in reason["facts"])
    table = list(csv.DictReader(StringIO(run(*words, "csv").stdout)))
    assert [row["partner"] for row in table] == [row["partner"] for row in rows]


def test_a_file_of_one_county_needs_no_county(run: Run, good_sheet: Path, demo: Demo) -> None:
    lake = next(path for path in demo.workbooks if path.name == "lake.xlsx")
    assert "Lake County, mathematics" in run("reach-out", lake, "--area", "math", *DAY).stdout
    assert "Lake County: " in run("close-gaps", lake, *DAY).stdout


def test_explain_says_why_and_where(run: Run, demo: Demo) -> None:
    words = ("reach-out", "--store", demo.store, "--county", "Lake", "--area", "CS", *DAY, "--explain")
    assert "is number" in run(*words, "Redbud Library (Lake County Library)").stdout
    assert "is a partner of Lake County Office of Education already" in run(*words, "Children's Museum of Art and Science (Lake County)").stdout
    (reason,) = json.loads(run(*words, "Lake COE", "--format", "json").stdout)[:1]
    assert reason["reason"] == "Lake County Office of Education is the county's own office"
    told = json.loads(run(*words, "Redbud Library (Lake County Library)", "--format", "json").stdout)
    facts = [fact for one in told for fact in one["facts"]]
    assert facts and all(fact["source"] and fact["as_of"] for fact in facts)


def test_close_gaps_says_what_each_adds_and_what_stays_open(run: Run, demo: Demo) -> None:
    words = ("close-gaps", "--store", demo.store, "--county", "Lake", "--most", "2", *DAY)
    said = run(*words).stdout
    assert said.startswith("Lake County: ") and "\n1. " in said and " adds " in said and "Still open: " in said and "Not asked about" in said
    assert said.count("   Sources: ") == 2
    found = json.loads(run(*words, "--format", "json").stdout)
    steps, left = ([row for row in found if row["what"] == what] for what in ("step", "open"))
    assert len(steps) == 2 and f"Lake County: {sum(len(step['adds']) for step in steps) + len(left)} gaps; " in said
    assert all(fact["source"] and fact["as_of"] for step in steps for fact in step["facts"])
    rows = list(csv.DictReader(StringIO(run(*words, "--format", "csv").stdout)))
    assert [(row["what"], row["reason"]) for row in rows] == [(row["what"], row["reason"]) for row in found]


def test_without_says_what_is_lost_and_who_could_stand_in(run: Run, demo: Demo) -> None:
    words = ("without", "North State STEM", "--store", demo.store, *DAY)
    said = run(*words).stdout
    assert "Without North State STEM:" in said and "cells of the gap grid would fall back" in said and "Who could stand in" in said
    assert "It is named for Lassen, Modoc, Plumas, Shasta, Siskiyou and Trinity too. The graph holds no map of them" in said
    rows = json.loads(run(*words, "--format", "json").stdout)
    assert {row["what"] for row in rows} == {"cell", "stranded"} and all(row["reason"] for row in rows)
    ranks = json.loads(run("without", "--rank", "--store", demo.store, *DAY, "--format", "json").stdout)
    mine = next(rank for rank in ranks if rank["partner"] == "North State STEM")
    assert (mine["cells"], mine["stranded"]) == (sum(row["what"] == "cell" for row in rows), sum(row["what"] == "stranded" for row in rows))


def test_path_says_each_hop(run: Run, demo: Demo) -> None:
    said = run("path", "Lake COE", "Butte COE", "--store", demo.store, *DAY).stdout
    assert said.startswith("1. Lake County Office of Education → ") and " → Butte County Office of Education" in said
    rows = json.loads(run("path", "Lake COE", "--to-kind", "museum", "--k", "2", "--store", demo.store, *DAY, "--format", "json").stdout)
    assert len(rows) == 2 and all(len(row["path"]) == len(row["hops"]) + 1 == len(row["facts"]) + 1 for row in rows)
    assert all(fact["source"] and fact["as_of"] for row in rows for fact in row["facts"]) and "asset map (January 15, 2025)." in said
    lake = next(path for path in demo.workbooks if path.name == "lake.xlsx")
    assert run("path", "Lake COE", "--to-kind", "museum", lake, *DAY).stdout.startswith("1. Lake County Office of Education → ")
    nobody = run("path", "Lake COE", "Kern COE", "--store", demo.store, *DAY)
    assert nobody.stdout == "" and "does not mean that nobody could" in nobody.stderr and nobody.exit_code == 0


@pytest.mark.parametrize(("words", "said"), [
    (["reach-out", "--area", "math"], "needs to know the county"), (["reach-out", "--county", "Lake"], "no content area was given"),
    (["reach-out", "--county", "Lake", "--area", "math", "--top", "0"], "not in the range"),
    (["reach-out", "--county", "Lake", "--area", "math", "--cap", "2"], "--cap goes with --every-county"),
    (["reach-out", "--county", "Lake", "--explain", "CAL-MSCS"], "no content area was given"),
    (["close-gaps"], "needs to know the county"), (["close-gaps", "--county", "Lake", "--area", "potato"], "no content area 'potato'"),
    (["without"], "needs to know the partner"), (["without", "CAL-MSCS", "--county", "Lake"], "--county goes with --rank"),
    (["path", "Lake COE"], "leads to an organization or to a kind"), (["path", "Lake COE", "Lake COE"], "is both ends"),
    (["path", "Lake COE", "--to-kind", "potato"], "no kind of partner is called 'potato'"),
])  # fmt: skip
def test_wrong_words_are_one_line_and_code_2(words: list[str], said: str, run: Run, demo: Demo) -> None:
    result = run(*words, "--store", demo.store)
    assert result.exit_code == 2 and result.stdout == "" and said in result.stderr and result.stderr.count("\n") == 1


def test_the_log_is_kept_told_of_and_changes_the_next_list(run: Run, demo: Demo, tmp_path: Path) -> None:
    store = tmp_path / "mine.kgl"
    store.write_bytes(demo.store.read_bytes())
    log = ("--log", "calls.csv")
    who = "Redbud Library (Lake County Library)"
    asked = run("outreach", "add", "--county", "Lake", "--organization", who, "--outcome", "asked", "--area", "CS", "--on", "2025-01-10",
                "--store", store, *log)  # fmt: skip
    assert asked.exit_code == 0 and asked.stderr == ""
    assert re.search(r"asked on 2025-01-10, number \d+ on the list for computer science that day\.", asked.stdout)
    run("outreach", "add", "--county", "Lake", "--organization", who, "--outcome", "declined", "--area", "CS", "--on", "2025-01-12",
        "--reason", "no staff", "--store", store, *log)  # fmt: skip
    assert run("outreach", "list", *log).stdout == ("Of the first 10 of a list: 1 asked, 0 agreed, 1 declined, 0 at capacity, 0 without an answer.\n"
                                                    "Of all others: 0 asked, 0 agreed, 0 declined, 0 at capacity, 0 without an answer.\n")  # fmt: skip
    private = run("outreach", "list", *log, "--format", "json")
    assert private.exit_code == 2 and "private" in private.stderr
    lines = json.loads(run("outreach", "list", *log, "--format", "json", "--edition", "staff").stdout)
    assert [line["outcome"] for line in lines] == ["asked", "declined"] and lines[1]["reason"] == "no staff"
    words = ("reach-out", "--store", store, "--county", "Lake", "--area", "CS", *DAY)
    assert who in run(*words).stdout
    assert run("build", "calls.csv", "--store", store, "--yes").exit_code == 0
    assert who not in run(*words).stdout
    assert "They declined on January 12, 2025: no staff." in run(*words, "--explain", who, "--edition", "staff").stdout
    assert "Only" not in run(*words, "--explain", who).stdout and "A reason that only the staff edition tells." in run(*words, "--explain", who).stdout
    assert "calls" not in run("sources", "--store", store).stdout
    assert "calls" in run("sources", "--store", store, "--edition", "staff").stdout


def test_a_log_without_a_store_is_kept_and_says_what_was_not_looked_up(run: Run) -> None:
    result = run("outreach", "add", "--county", "Lake", "--organization", "Anybody", "--outcome", "at-capacity")
    assert result.exit_code == 0 and "No store was there to look the name up in" in result.stderr
    Path("ties.csv").write_text("From,To,How\nLake COE,Hall,partner\n", encoding="utf-8")
    other = run("outreach", "list", "--log", "ties.csv")
    assert other.exit_code != 0 and "ties.csv holds no line of an outreach log" in other.stderr
    again = run("outreach", "add", "--county", "Lake", "--organization", "Anybody", "--outcome", "at-capacity")
    assert again.exit_code == 1 and "outreach.csv has this line already" in again.stderr
    to_come = run("outreach", "add", "--county", "Lake", "--organization", "Anybody", "--outcome", "asked", "--on", "2099-01-01")
    assert to_come.exit_code == 2 and "--on 2099-01-01 is a day to come" in to_come.stderr
    assert len(Path("outreach.csv").read_text(encoding="utf-8").splitlines()) == 2
    missing = run("outreach", "list", "--log", "none.csv")
    assert missing.exit_code == 1 and "none.csv is not there" in missing.stderr
    wrong = run("outreach", "add", "--county", "Lake", "--organization", "Anybody", "--outcome", "perhaps")
    assert wrong.exit_code == 2 and wrong.stderr.count("\n") == 1


def test_measures_say_what_they_mean(run: Run, demo: Demo) -> None:
    said = run("measures", "--store", demo.store, "--county", "Lake", *DAY)
    assert said.exit_code == 0 and "density" in said.stdout and "how many of all possible ties" in said.stdout
    rows = json.loads(run("measures", "--store", demo.store, *DAY, "--format", "json").stdout)
    blank = run("measures", "--store", demo.store, "--county", "Alpine", *DAY).stdout
    assert "not recorded" in blank and "density                │ not recorded" in blank
    assert len(rows) == 8 and all(row["meaning"] for row in rows) and rows[0]["measure"] == "density"


def test_the_lists_of_every_county_at_once(run: Run, demo: Demo) -> None:
    words = ("reach-out", "--store", demo.store, "--every-county", "--area", "math", "--top", "2", "--cap", "3", *DAY)
    said = run(*words)
    assert said.exit_code == 0 and "counties at most (cap 3)" in said.stdout and "rural LEAs" in said.stdout
    rows = list(csv.DictReader(StringIO(run(*words, "--format", "csv").stdout)))
    often = [row["partner_id"] for row in rows]
    assert max(often.count(one) for one in often) <= 3 and {row["county"] for row in rows} >= {"Lake", "Glenn"}
    told = json.loads(run(*words, "--format", "json").stdout)
    assert [row["partner_id"] for row in told] == often
    assert all(fact["source"] and fact["as_of"] for row in told for reason in row["reasons"] for fact in reason["facts"])
    wrong = run("reach-out", "--store", demo.store, "--every-county", "--county", "Lake", "--area", "math")
    assert wrong.exit_code == 2 and "goes with --area" in wrong.stderr
