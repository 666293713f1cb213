"""``evaluate`` as it is typed: its three forms, what was refused, and what it will not do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from assetgraph.demo import Demo

Run = Callable[..., Result]

FIELDS = ["method", "n", "n_unseen", "mrr", "mrr_low", "mrr_high", "hits_at_1", "hits_at_3", "hits_at_5", "hits_at_10", "recall_small",
          "recall_rural", "exposure_gini", "popularity_lift", "seconds"]  # fmt: skip
METHODS = {"assetgraph", "random", "popularity", "nearest", "co-occurrence", "L3", "SVD", "kNN", "Katz", "PageRank"}


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    names = [f"o{number}" for number in range(12)]
    (tmp_path / "orgs.csv").write_text("id,type,place\n" + "".join(f"{one},=cmd|x,rural\n" for one in names), encoding="utf-8")
    ties = [f"{names[(project + step) % 12]},p{project},{2010 + project}-01-01,x|y" for project in range(10) for step in (0, 1, 3)]
    (tmp_path / "ties.csv").write_text("organization,project,starts_on,theme\n" + "\n".join(ties) + "\n", encoding="utf-8")
    return "evaluate", "--organizations", "orgs.csv", "--memberships", "ties.csv"


def test_json_is_an_array_and_nothing_else(run: Run, files: tuple[str, ...]) -> None:
    done = run(*files, "--split", "2016-01-01", "--format", "json")
    rows = json.loads(done.stdout)
    assert done.exit_code == 0 and [list(row) for row in rows] == [FIELDS] * len(rows)
    assert {row["method"] for row in rows} >= METHODS and rows[0]["method"] == "assetgraph"
    assert {row["n"] + row["n_unseen"] for row in rows} == {12} and rows[0]["recall_rural"] is not None
    assert "ties.csv: 30 rows in = 30 kept + 0 refused." in done.stderr
    again = json.loads(run(*files, "--split", "2016-01-01", "--format", "json").stdout)
    assert [{**row, "seconds": 0} for row in rows] == [{**row, "seconds": 0} for row in again]


def test_csv_and_table_hold_the_same(run: Run, files: tuple[str, ...]) -> None:
    lines = run(*files, "--format", "csv").stdout.splitlines()
    assert lines[0] == ",".join(FIELDS) and lines[1].startswith("assetgraph,29,1,")
    table = run(*files).stdout
    assert "29 hidden members ranked; 1 never seen before, and in no figure." in table
    assert "What the blend makes of who joins: " in table and "PageRank" in table


def test_rows_that_are_refused_are_counted_named_and_make_the_exit_code(run: Run, files: tuple[str, ...], tmp_path: Path) -> None:
    with (tmp_path / "ties.csv").open("a", encoding="utf-8") as stream:
        stream.write("\x1b[31mnobody,p1,,\no1,p1,2011-01-01,\n")
    done = run(*files, "--format", "json")
    assert done.exit_code == 1 and json.loads(done.stdout)[0]["n"] == 29
    assert "ties.csv: 32 rows in = 31 kept + 1 refused." in done.stderr and "\x1b" not in done.stderr
    assert "refused, ties.csv, row 32: the organization is not in orgs.csv. To mend it: add it to orgs.csv" in done.stderr
    assert "ties.csv, row 33: the membership is there already: it counts once, from its earliest day." in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("evaluate", "--organizations", "orgs.csv"), 2, "--memberships is missing"),
        (("evaluate", "--memberships", "ties.csv"), 2, "--organizations is missing"),
        (("evaluate", "--organizations", "orgs.csv", "--memberships", "ties.csv", "lake.csv"), 2, "a network of two files and a graph"),
        (("evaluate", "--organizations", "orgs.csv", "--memberships", "ties.csv", "--seed", "-1"), 2, "--seed -1 is below 0"),
        (("evaluate", "--organizations", "orgs.csv", "--memberships", "ties.csv", "--split", "soon"), 2, "soon"),
        (("evaluate", "--organizations", "none.csv", "--memberships", "ties.csv"), 1, "none.csv is not there"),
        (("evaluate", "--organizations", "orgs.csv", "--memberships", "ties.csv", "--split", "2040-01-01"), 1, "hides nobody who was seen before"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, files: tuple[str, ...], words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (code, "") and said in done.stderr and done.stderr.count("\n") == 1


def test_ones_own_graph_is_measured(run: Run, demo: Demo) -> None:
    rows = {row["method"]: row for row in json.loads(run("evaluate", "--store", demo.store, "--format", "json").stdout)}
    ours = rows.pop("assetgraph")
    assert ours["n"] > 100 and ours["mrr"] > 2 * rows["popularity"]["mrr"]
    best = max(rows.values(), key=lambda row: row["mrr"])
    assert ours["mrr"] > best["mrr_low"] and ours["hits_at_10"] > best["hits_at_10"] - 0.05
    assert ours["recall_small"] >= rows["popularity"]["recall_small"]


def test_a_store_without_ties_says_so(run: Run, sheet: Path) -> None:
    sheet.write_text("Who,What,Content area\n,Nothing,Math\n", encoding="utf-8")
    done = run("evaluate", sheet, "--no-reference")
    assert done.exit_code == 1 and done.stderr.count("Error") == 1


def test_scipy_is_loaded_when_something_is_evaluated_only(good_sheet: Path) -> None:
    code = ("import sys, assetgraph\nfrom assetgraph.cli import main\n"
            f"assetgraph.read_files([{str(good_sheet)!r}], county='Lake')\n"
            "try: main(['evaluate', '--help'])\n"
            "finally: print([name for name in ('scipy', 'numpy') if name in sys.modules], file=sys.stderr)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr.splitlines()[-1] == "[]"
