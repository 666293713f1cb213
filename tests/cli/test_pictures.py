"""``picture``, ``state-map``, ``compare`` and ``publish`` as they are typed."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from assetgraph.demo import Demo

Run = Callable[..., Result]
DAY = ("--as-of", "2025-01-15")


def test_a_picture_of_each_kind(run: Run, demo: Demo) -> None:
    for kind in ("map", "gaps", "timeline", "needs"):
        done = run("picture", kind, "--store", demo.store, "--county", "Lake", "--licence", "CC BY 4.0", *DAY)
        assert (done.exit_code, done.stderr) == (0, "") and done.stdout.startswith(f"{kind}.svg: Lake County")
        svg = Path(f"{kind}.svg").read_text(encoding="utf-8")
        assert svg.startswith("<svg ") and "Licence of the data: CC BY 4.0" in svg and "A sample made from public web pages" in svg
    assert run("picture", "state", "--store", demo.store, "--area", "science", "--out", "s.png", *DAY).exit_code == 0
    assert Path("s.png").read_bytes().startswith(b"\x89PNG")


def test_the_state_s_page_and_its_table(run: Run, demo: Demo) -> None:
    done = run("state-map", "--store", demo.store, "--region", "1", "--out", "r.html", *DAY)
    assert done.exit_code == 0 and done.stdout.startswith("5 of 5 counties have a map; ") and "r.csv: " in done.stdout
    rows = list(csv.DictReader(StringIO(Path("r.csv").read_text(encoding="utf-8-sig"))))
    assert {row["county"] for row in rows} == {"Del Norte", "Humboldt", "Lake", "Mendocino", "Sonoma"} and f"{len(rows):,} statements" in done.stdout
    Path("mine.html").write_text("mine", encoding="utf-8")
    kept = run("state-map", "--store", demo.store, "--out", "mine.html")
    assert kept.exit_code == 1 and "was not made by assetgraph" in kept.stderr and Path("mine.html").read_text(encoding="utf-8") == "mine"


def test_before_and_after_as_table_json_and_picture(run: Run, demo: Demo) -> None:
    lake, glenn = (path for path in demo.workbooks if path.stem in ("lake", "glenn"))
    same = run("compare", "--before", lake, "--after", lake, "--format", "json")
    assert (same.exit_code, json.loads(same.stdout)) == (0, []) and "0 new, 0 lost and 0 changed" in same.stderr
    other = run("compare", "--before", lake, "--after", glenn, "--out", "c.svg", "--format", "json")
    rows = json.loads(other.stdout)
    assert {row["change"] for row in rows} == {"new", "lost"} and all(row["sentence"] and row["source"] for row in rows)
    assert "c.svg is the picture." in other.stderr and Path("c.svg").exists()
    stores = run("compare", "--before", demo.store, "--after", demo.store)
    assert "0 new, 0 lost and 0 changed" in stores.stdout


def test_a_folder_is_published(run: Run, demo: Demo) -> None:
    done = run("publish", "site", "--store", demo.store, "--county", "Lake", "--licence", "CC BY 4.0", "--title", "Our maps", *DAY)
    assert done.exit_code == 0 and done.stdout.startswith(f"{Path('site/index.html')}: 1 county, 5 files, ")
    assert sorted(path.relative_to("site").as_posix() for path in Path("site").rglob("*") if path.is_file()) == [
        "data/lake.csv", "index.html", "lake.html", "state.csv", "state.html"]  # fmt: skip
    assert all("A sample made from public web pages, as of January 15, 2025" in Path("site", name).read_text(encoding="utf-8")
               for name in ("index.html", "lake.html", "state.html"))  # fmt: skip
    staff = run("publish", "staff", "--store", demo.store, "--county", "Lake", "--edition", "staff", *DAY)
    assert "Do not publish it." in staff.stdout


@pytest.mark.parametrize(("words", "code", "said"), [
    (["picture", "cake"], 2, "no picture 'cake'. To mend it: ask for one of map, gaps, timeline, needs, state"),
    (["picture", "gaps", "--county", "Lake", "--out", "x.pdf"], 2, "x.pdf: no picture ends so"), (["picture", "gaps"], 2, "needs to know the county"),
    (["picture", "state", "--area", "potato"], 2, "no content area 'potato'"), (["state-map", "--region", "99"], 2, "no region '99'"),
    (["state-map", "--out", "x.csv"], 2, "a map is a web page"), (["state-map", "--region", "1", "--county", "Lake"], 2, "a region and counties were both given"),
    (["publish", "site", "--county", "Nowhere"], 2, "Nowhere"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_one_line(run: Run, demo: Demo, words: list[str], code: int, said: str) -> None:
    done = run(*words, "--store", demo.store)
    assert (done.exit_code, done.stdout) == (code, "") and said in done.stderr and done.stderr.count("\n") == 1
