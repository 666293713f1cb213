"""The wheel in an empty environment, without the source tree and without a network: the same words as here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMOKE = Path(__file__).with_name("smoke.py")

NO_NETWORK = """\
import socket

def refuse(*_):
    raise OSError("there is no network here")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def run(*words: object, cwd: Path, **more: str) -> str:
    """Standard output of a command that has nothing of this run of tests in its environment."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COV", "VIRTUAL_ENV"))}
    done = subprocess.run(list(map(str, words)), cwd=cwd, env=known | {"LANG": "C.UTF-8"} | more, capture_output=True, text=True, timeout=540, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(tree: Path, into: Path, *kinds: str) -> None:
    run(sys.executable, "-m", "hatchling", "build", *(word for kind in kinds for word in ("-t", kind)), "-d", into, cwd=tree)


def copied_tree(to: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("built")
    build(copied_tree(folder / "tree"), folder / "dist", "wheel", "sdist")
    shutil.rmtree(folder / "tree")
    return folder / "dist"


def parts(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_holds_what_the_program_reads(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(parts(wheel))
    tracked = subprocess.run(["git", "ls-files", "-z", "assetgraph", "cypher"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    expected = {f"assetgraph/{name}" if name.startswith("cypher/") else name for name in filter(None, tracked.split("\0")) if (ROOT / name).is_file()}
    assert len(expected) > 200 and expected <= names
    assert not [name for name in names if name.startswith(("tests", "scripts", "docs", "cypher"))]


def test_the_sdist_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (wheel,), (sdist,) = built.glob("*.whl"), built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    build(tree, tmp_path / "again", "wheel")
    (again,) = (tmp_path / "again").glob("*.whl")
    assert again.name == wheel.name and parts(again) == parts(wheel)


def test_the_wheel_in_an_empty_environment_without_a_network(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    home = tmp_path / "an empty environment"
    run(sys.executable, "-m", "venv", home, cwd=tmp_path)
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    run(binaries / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    # No network from here on: in a network namespace of its own where one can be made, and by refusing sockets everywhere.
    site = Path(run(binaries / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip())
    (site / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    can_unshare = bool(shutil.which("unshare")) and subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0
    offline = ["unshare", "--net"] if can_unshare else []
    where = tmp_path / "somewhere else"
    where.mkdir()
    smoke = shutil.copy(SMOKE, tmp_path / "smoke.py")
    there = run(*offline, binaries / "python", smoke, cwd=where)
    (tmp_path / "here").mkdir()
    here = run(sys.executable, SMOKE, cwd=tmp_path / "here", PYTHONPATH=str(ROOT))
    assert there == here and "2 kept + 1 refused" in there
    program = [*offline, binaries / "assetgraph"]
    assert len(json.loads(run(*program, "questions", "--format", "json", cwd=where))) == len(list(ROOT.glob("cypher/*/*.cypher")))
    assert "A sample of eight north-state counties" in run(*program, "demo", cwd=where)
    assert str(home) in run(binaries / "python", "-c", "import assetgraph; print(assetgraph.__file__)", cwd=where)
