"""The smoke test in other people's surroundings: the same words, the same codes, and byte for byte the same files."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

SMOKE = Path(__file__).with_name("smoke.py")
ROOT = Path(__file__).parents[2]
ASSETGRAPH = [sys.executable, "-m", "assetgraph"]
TABLE = "Who,What,Content area\nLake County Library,Coding club,CS\nPeña Museum,Día de la ciencia,Science\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the surroundings are those of POSIX systems; run it on one")

Smoked = tuple[str, dict[str, bytes]]


def environment(**more: str | None) -> dict[str, str]:
    """That of a person: nothing of this run of tests, and what the case sets or, as None, takes away."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "LC_", "LANG", "COLUMNS"))}
    changed = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | more
    return {name: value for name, value in (known | changed).items() if value is not None}


def smoke(folder: Path, *, around: tuple[str, ...] = (), **more: str | None) -> Smoked:
    """What the smoke test said in a folder, and the files that it made."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([*around, sys.executable, str(SMOKE)], cwd=folder, env=environment(**more), capture_output=True, timeout=300,
                          check=False)  # fmt: skip
    said = done.stdout.decode("utf-8")
    assert done.returncode == 0, said + done.stderr.decode("utf-8", "replace")
    # Standard error tells of what takes long, and here of nothing else.
    assert all(line.endswith("…") for line in done.stderr.decode("utf-8").splitlines())
    return said, {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Smoked:
    said, files = smoke(tmp_path_factory.mktemp("plain") / "maps")
    assert said.count("3 rows in = 2 kept + 1 refused") == 2 and "name\nLake County Library\nPeña Family Museum\n" in said
    assert sorted(files) == ["lake ñ.html", "lake ñ.kgl", "lake ñ.xlsx"]
    return said, files


def assert_same(found: Smoked, plain: Smoked) -> None:
    said, files = found
    assert said == plain[0]
    for name in ("lake ñ.html", "lake ñ.kgl"):  # the workbook was saved by a person's program, which writes the time into it
        assert files[name] == plain[1][name], name


def within(folder: Path, *names: str) -> Path:
    return folder.joinpath(*names)


PLACES: dict[str, Callable[[Path], Path]] = {
    "spaces, accents and signs": lambda folder: within(folder, "Maps of O'Neill – Peña & Söhne", '100% $HOME `x` "y" #1; 県'),
    "a very long path": lambda folder: within(folder, *["a" * 200] * 17),
    "a name of the most bytes": lambda folder: within(folder, "ñ" * 127),
}

SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no home": {"HOME": None, "USER": None, "LOGNAME": None, "XDG_CONFIG_HOME": None, "XDG_CACHE_HOME": None},
    "a home that is not there": {"HOME": "/nowhere/at/all"},
    "the C locale": {"LC_ALL": "C", "LANG": None},
    "no locale": {"LANG": None},
    "a locale that is not installed": {"LANG": "de_DE.UTF-8", "LC_ALL": None},
    "far east of Greenwich": {"TZ": "Pacific/Kiritimati"},
    "far west of Greenwich": {"TZ": "Pacific/Pago_Pago"},
    "no color and a dumb terminal": {"NO_COLOR": "1", "TERM": "dumb"},
    "no terminal known": {"TERM": None},
}


@pytest.mark.parametrize("place", PLACES)
def test_in_any_folder(place: str, plain: Smoked, tmp_path: Path) -> None:
    assert_same(smoke(PLACES[place](tmp_path)), plain)


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_in_any_environment(name: str, plain: Smoked, tmp_path: Path) -> None:
    assert_same(smoke(tmp_path / "ñ maps", **SURROUNDINGS[name]), plain)


def test_with_a_home_that_cannot_be_written(plain: Smoked, tmp_path: Path) -> None:
    """On a mount of its own, since nothing else stops the root user; where none can be made, a place that nobody can write."""
    home = tmp_path / "home"
    home.mkdir()
    mount = ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o ro tmpfs "$HOME" && exec "$@"', "sh"]
    can_mount = bool(shutil.which("unshare")) and subprocess.run(
        [*mount, "true"], env=environment(HOME=str(home)), capture_output=True, check=False).returncode == 0  # fmt: skip
    around, home = (tuple(mount), home) if can_mount else ((), Path("/proc") if os.path.isdir("/proc") else Path("/dev"))
    assert_same(smoke(tmp_path / "maps", around=around, HOME=str(home), XDG_CONFIG_HOME=None, XDG_CACHE_HOME=None), plain)


def test_with_a_strict_umask(plain: Smoked, tmp_path: Path) -> None:
    found = smoke(tmp_path / "maps", around=("sh", "-c", 'umask 077; exec "$@"', "sh"))
    assert_same(found, plain)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "maps").iterdir()}
    assert modes == dict.fromkeys(found[1], 0o600)


def test_with_input_closed(plain: Smoked, tmp_path: Path) -> None:
    assert_same(smoke(tmp_path / "maps", around=("sh", "-c", 'exec "$@" <&-', "sh")), plain)


def run(*words: str, folder: Path, shell: str = '"$@"', **more: str | None) -> subprocess.CompletedProcess[str]:
    """One command line, through a shell."""
    command = ["bash", "-c", f"set -o pipefail; {shell}", "bash", *ASSETGRAPH, *words]
    return subprocess.run(command, cwd=folder, env=environment(**more), capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ñ.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def test_file_names_that_python_takes_for_ascii(folder: Path) -> None:
    where = {"LC_ALL": "C", "PYTHONUTF8": "0", "LANG": None}
    built = run("build", "ñ.csv", "--county", "Lake", "--store", "ñ.kgl", "--no-reference", folder=folder, **where)
    assert (built.returncode, built.stderr) == (0, "") and "ñ.csv: a table of Quickstorm; 2 rows in" in built.stdout
    asked = run("cypher", "MATCH (p:Partner) RETURN p.name AS name ORDER BY name", "--store", "ñ.kgl", "--format", "csv", folder=folder, **where)
    assert asked.stdout == "name\nLake County Library\nPeña Museum\n"
    drawn = run("map", "--county", "Lake", "--store", "ñ.kgl", "--out", "ñ.html", folder=folder, **where)
    assert drawn.returncode == 0 and drawn.stdout.splitlines()[-1].startswith("ñ.html: ")
    assert sorted(path.name for path in folder.iterdir()) == ["ñ.csv", "ñ.html", "ñ.kgl"]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_day_where_one_is(zone: str, folder: Path) -> None:
    before = datetime.now(ZoneInfo(zone)).date()
    asked = run("ask", "gap-grid", "ñ.csv", "--county", "Lake", "--area", "CS", "--no-reference", folder=folder, TZ=zone)
    after = datetime.now(ZoneInfo(zone)).date()
    assert asked.returncode == 0 and any(f"as of {day}" in asked.stdout for day in (before, after))
    assert datetime.now(ZoneInfo("Pacific/Kiritimati")).date() > datetime.now(ZoneInfo("Pacific/Pago_Pago")).date()


def test_rows_that_are_gone_are_taken_away_where_nobody_can_be_asked(folder: Path) -> None:
    words = ("build", "ñ.csv", "--county", "Lake", "--store", "a.kgl", "--no-reference")
    assert run(*words, folder=folder).returncode == 0
    (folder / "ñ.csv").write_text("".join(TABLE.splitlines(True)[:2]), encoding="utf-8")
    again = run(*words, folder=folder, shell='"$@" <&-')
    assert (again.returncode, again.stderr) == (0, "") and "1 gone" in again.stdout and "Written to a.kgl." in again.stdout


@pytest.mark.parametrize("words", [("questions", "--format", "json"), ("questions",), ("ask", "coes-without-coordinator", "ñ.csv", "--county", "Lake", "--format", "csv")])
def test_a_reader_of_the_first_line_gets_it(words: tuple[str, ...], folder: Path) -> None:
    done = run(*words, folder=folder, shell='"$@" | head -n 1')
    assert done.stdout.count("\n") == 1 and "Traceback" not in done.stderr
    assert [line for line in done.stderr.splitlines() if not line.endswith(("…", "refused."))] in (
        [], ["Error: the output was closed before it was whole"], ["Error: the output was closed before it was whole."])  # fmt: skip


def test_where_the_current_folder_is_gone(folder: Path) -> None:
    gone = 'mkdir gone && cd gone && rmdir "$PWD" && "$@"'
    version = run("--version", folder=folder, shell=gone)
    assert version.returncode == 0 and version.stdout.startswith("assetgraph, version ")
    words = ("build", str(folder / "ñ.csv"), "--county", "Lake", "--store", str(folder / "a.kgl"), "--no-reference")
    built = run(*words, folder=folder, shell=gone)
    assert built.returncode == 0 and "2 rows in = 2 kept + 0 refused" in built.stdout, built.stderr
    for words in (("sources",), ("build", "."), ("map", str(folder / "ñ.csv"), "--county", "Lake"), ("template", "x.xlsx", "--county", "Lake")):
        refused = run(*words, folder=folder, shell=gone)
        assert refused.returncode == 1 and "Traceback" not in refused.stderr
        assert sum(line.startswith("Error: ") for line in refused.stderr.splitlines()) == 1
