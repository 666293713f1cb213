"""Maps from files, and the demonstration."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from assetgraph import draw_map, open_store
from assetgraph.demo import Demo, make_demo
from assetgraph.views.atlas import Atlas
from assetgraph.views.county_map import gaps_of
from assetgraph.views.index_page import MapLink, render_index

Run = Callable[..., Result]


def test_a_sheet_becomes_a_page(run: Run, good_sheet: Path) -> None:
    result = run("map", good_sheet, "--county", "Lake")
    assert result.exit_code == 0 and "lake.html:" in result.stdout
    page = Path("lake.html").read_text(encoding="utf-8")
    assert "Tribal Health" in page and "call Ann" not in page and "<script>alert" not in page
    assert run("map", good_sheet, "--county", "Lake").exit_code == 0  # our own page may be replaced
    assert run("map", good_sheet, "--county", "Lake", "--edition", "staff", "--out", "staff.html").exit_code == 0
    assert "call Ann" in Path("staff.html").read_text(encoding="utf-8")


def test_a_map_never_takes_the_place_of_somebody_s_file(run: Run, good_sheet: Path) -> None:
    before = good_sheet.read_bytes()
    assert run("map", good_sheet, "--county", "Lake", "--out", good_sheet).exit_code == 2
    Path("mine.html").write_text("<p>mine</p>", encoding="utf-8")
    assert run("map", good_sheet, "--county", "Lake", "--out", "mine.html").exit_code == 1
    assert Path("mine.html").read_text(encoding="utf-8") == "<p>mine</p>" and good_sheet.read_bytes() == before


def test_a_map_needs_one_county(run: Run, demo: Demo, good_sheet: Path) -> None:
    lake, glenn = (next(path for path in demo.workbooks if path.stem == name) for name in ("lake", "glenn"))
    assert run("map", lake, "--as-of", "2025-01-15").exit_code == 0 and Path("lake.html").exists()
    both = run("map", lake, glenn)
    assert both.exit_code == 2 and "2 counties: Glenn, Lake" in both.stderr
    assert run("map").exit_code == 2
    assert run("map", good_sheet, "--county", "Mordor").exit_code == 2
    missing = run("map", "nope.xlsx", "--county", "Lake")
    assert missing.exit_code == 1 and missing.stderr.count("\n") == 1


def test_gaps_are_families_that_are_not_covered(demo: Demo) -> None:
    with open_store(demo.store) as store:
        gaps = gaps_of(Atlas(store, as_of=date(2025, 1, 15)), "Lake")
        page = draw_map(store, "Lake", as_of=date(2025, 1, 15))
    assert "Faith-based" not in {gap.family_name for gap in gaps}, "nobody asked about them"
    assert ("Faith-based", "Mathematics, science and computer science: nobody asked.") in page.view.listings[-1].rows
    assert len(gaps) == len({gap.family for gap in gaps})
    assert 0 < len(page.view.ghosts) <= 8


def test_the_demo_writes_an_index_eight_maps_and_eight_workbooks(demo: Demo) -> None:
    folder = demo.store.parent
    assert sorted(path.stem for path in demo.maps) == sorted(path.stem for path in demo.workbooks)
    assert len(demo.maps) == 8 and all(path.exists() for path in (*demo.maps, *demo.workbooks))
    index = demo.index.read_text(encoding="utf-8")
    assert all(f'href="{path.name}"' in index and path.parent == folder for path in demo.maps)
    assert "https://" not in index and "<script" not in index
    assert {source.basis for source in demo.info.sources} == {"map", "directory", "reference"}
    assert demo.info.nodes["LEA"] >= 123


def test_the_demo_keeps_a_workbook_that_somebody_filled_in(tmp_path: Path, demo: Demo) -> None:
    mine = tmp_path / "workbooks" / "lake.xlsx"
    mine.parent.mkdir()
    mine.write_bytes(b"mine")
    made = make_demo(tmp_path)
    assert mine.read_bytes() == b"mine" and made.kept == 1
    assert (tmp_path / "glenn.html").read_bytes() == (demo.store.parent / "glenn.html").read_bytes()


def test_the_demo_s_next_commands_run_as_they_stand(run: Run, demo: Demo) -> None:
    for command in demo.next_commands():
        program, *words = shlex.split(command)
        assert program == "assetgraph"
        result = run(*words)
        assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize(("on_path", "started", "program"), [
    ("/usr/bin/assetgraph", "/usr/bin/assetgraph", "assetgraph"),
    (None, "bin/assetgraph", "bin/assetgraph"),
    (None, "my bin/assetgraph", '"my bin/assetgraph"'),
    (None, "lib/assetgraph/__main__.py", "/venv/bin/python -m assetgraph"),
])  # fmt: skip
def test_the_demo_prints_commands_as_it_was_started(
    on_path: str | None, started: str, program: str, demo: Demo, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {"assetgraph": on_path, "bin/assetgraph": "x", "my bin/assetgraph": "x"}
    monkeypatch.setattr("assetgraph.cli.demo.shutil.which", lambda name: there.get(str(name)))
    monkeypatch.setattr("assetgraph.cli.demo.make_demo", lambda out, say: demo)
    monkeypatch.setattr("sys.argv", [started])
    monkeypatch.setattr("sys.executable", "/venv/bin/python")
    said = run("demo").stdout.splitlines()
    assert [line.strip() for line in said[-3:]] == list(demo.next_commands(program))
    assert all(line.startswith(f"  {program} ") for line in said[-3:])


def test_workbooks_say_what_the_sample_says(run: Run, demo: Demo) -> None:
    for path in demo.workbooks:
        result = run("check", path)
        assert result.exit_code == 0, result.stdout


def test_text_in_the_index_is_inert() -> None:
    page = render_index("<b>", "\u202e<i>", [MapLink(file='a".html', county="<script>", opening="<img src=x>")])
    assert "<script>" not in page and "<b>" not in page and "<img" not in page and "\u202e" not in page
    assert 'href="a&#34;.html"' in page
