"""Files are named by counties only, so nothing that a sheet says can lead out of the folder that is written into."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assetgraph.build.reference import sample_folder
from assetgraph.build.run import build
from assetgraph.cli import main
from assetgraph.errors import AssetGraphError
from assetgraph.intake import read_files
from assetgraph.intake.template import write_all_templates, write_template
from assetgraph.model.names import slug
from assetgraph.model.places import COUNTIES
from assetgraph.store import open_store
from assetgraph.views.county_map import draw_map

HOSTILE = ["../../Lake", "..", "/etc/Lake", "C:\\Lake", "\\\\host\\share\\Lake", "CON", "NUL", "Lake/../../x", "Lake\x00.exe", ".", "", "~/Lake",
           "Lake\u2215x", "%2e%2e%2fLake", "Lake:stream", "aux.html", "$HOME", "`id`"]  # fmt: skip
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$|clock\$)(\..*)?", re.IGNORECASE)


@given(st.text(max_size=40) | st.sampled_from(HOSTILE))
def test_a_folded_name_is_one_part_of_a_path(text: str) -> None:
    assert re.fullmatch(r"[\w-]*", slug(text)) and not slug(text).startswith(".")


def test_no_county_is_named_like_a_device() -> None:
    assert len(COUNTIES) == 58
    assert len({slug(name) for name in COUNTIES}) == 58
    for name in COUNTIES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug(name)) and not RESERVED.fullmatch(slug(name)), name


def everything_under(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.mark.parametrize("county", ["../../Lake", "/etc/Lake", "C:\\Lake", "CON", "Lake\x00.exe", "~/Lake"])
def test_a_sheet_that_names_such_a_county_writes_no_such_file(county: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the county of a map, of a row, of an owner, and as the name of the file and of the source."""
    inside = tmp_path / "a" / "b"
    (inside / "map").mkdir(parents=True)
    monkeypatch.chdir(inside)
    quoted = county.replace('"', "'").replace("\x00", "\\0")
    (inside / "map" / "Read me.csv").write_text(f'Map of,"{quoted}"\nCounties,"{quoted}"\nAs of,2025-01-15\n', encoding="utf-8")
    (inside / "map" / "Quickstorm.csv").write_text(f'Who,What,Content area\n"{quoted}","{quoted}",Math\n', encoding="utf-8")
    (inside / "rows.csv").write_text(f'Who,What,Content area,County\n"{quoted}",Club,Math,"{quoted}"\n', encoding="utf-8")
    before = everything_under(tmp_path)
    for words in (["map", "map"], ["map", "rows.csv"], ["map", "rows.csv", f"--county={county}"], ["template", f"--county={county}"],
                  ["map", "map", "--county", "Lake"], ["check", "map"], ["build", "map", "rows.csv", f"--source={county}", "--store", "g.kgl"]):  # fmt: skip
        done = CliRunner().invoke(main, [word.replace("\x00", "\\0") for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    assert everything_under(tmp_path) - before <= {"a/b/g.kgl", "a/b/lake.html", "a/b/lake.xlsx"}


@pytest.mark.parametrize("county", HOSTILE)
def test_the_library_calls_a_file_by_a_county_only(county: str, tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        build(store, reference=False)
        with suppress(AssetGraphError):  # "../../Lake" is read as Lake, and is called so
            assert draw_map(store, county).view.county in COUNTIES
    with suppress(AssetGraphError):
        write_template(tmp_path / "x.xlsx", county)
    assert {path.name for path in tmp_path.iterdir()} <= {"x.xlsx"}


def test_all_templates_stay_in_their_folder(tmp_path: Path) -> None:
    """The directory that they take their LEAs from speaks of other counties than there are."""
    lines = (sample_folder() / "directory" / "districts.csv").read_text(encoding="utf-8")
    (tmp_path / "districts.csv").write_text(lines.replace("Lake", "../../Lake").replace("Butte", "CON"), encoding="utf-8")
    rows = [one.values for one in read_files([tmp_path / "districts.csv"]).records]
    inside = tmp_path / "a" / "out"
    made = list(write_all_templates(inside, rows, examples=False))  # type: ignore[arg-type]
    assert {path.name for path in made} == {f"{slug(name)}.xlsx" for name in COUNTIES}
    assert everything_under(tmp_path) == {"a", "a/out", "districts.csv", *(f"a/out/{path.name}" for path in made)}
