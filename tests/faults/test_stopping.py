"""Ctrl-C while files are read, a map is drawn, templates are written and a question waits: one line, and nothing half done."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from crash_loop import STOPPED, write_versions
from nursery import Nursery
from openpyxl import load_workbook

from assetgraph import build, open_store, read_files

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent differently there: run it on Linux or macOS")

_TIMES = 5
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def started(*words: str, folder: Path) -> subprocess.Popen[str]:
    """A command line as a process of its own, from the moment on in which it can be stopped with a line."""
    running = subprocess.Popen([sys.executable, "-m", "assetgraph", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, cwd=folder, env=ENVIRONMENT)  # fmt: skip
    status = Path(f"/proc/{running.pid}/status")
    while status.is_file() and running.poll() is None:
        caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt:"))
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            break
        time.sleep(0.001)
    return running


def said(running: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code, and what it said on standard error but for progress."""
    _, err = running.communicate(timeout=120)
    return running.returncode, "".join(line for line in err.splitlines(True) if not line.endswith(" …\n"))


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="what a process listens to is read from /proc: run it on Linux")
@pytest.mark.parametrize("after", [0.0, 0.03, 0.15, 0.5])
def test_while_it_loads_and_reads(tmp_path: Path, after: float) -> None:
    rows = "".join(f"Organization {n},Club {n},Math\n" for n in range(60_000))
    (tmp_path / "many.csv").write_text(f"Who,What,Content area\n{rows}", encoding="utf-8")
    running = started("build", "many.csv", "--county", "Lake", "--no-reference", "--store", "a.kgl", folder=tmp_path)
    time.sleep(after)
    running.send_signal(signal.SIGINT)
    assert said(running) == (1, STOPPED)
    assert os.listdir(tmp_path) == ["many.csv"]


def test_while_58_templates_are_written_those_that_are_there_are_whole(tmp_path: Path) -> None:
    running = started("template", "--all", "--out", "all", folder=tmp_path)
    folder = tmp_path / "all"
    while running.poll() is None and len(list(folder.glob("*.xlsx"))) < 2:
        time.sleep(0.005)
    running.send_signal(signal.SIGINT)
    assert said(running) == (1, STOPPED)
    names = sorted(os.listdir(folder))
    assert 2 <= len(names) < 58 and all(name.endswith(".xlsx") for name in names)
    assert "Quickstorm" in load_workbook(folder / names[-1]).sheetnames


@pytest.mark.parametrize(("words", "out"), [
    (("map", "new/lake.xlsx", "--no-reference", "--out", "lake.html"), "lake.html"),
    (("check", "new/lake.xlsx", "--mark", "marked.xlsx"), "marked.xlsx"),
    (("template", "t.xlsx", "--county", "Lake"), "t.xlsx"),
])  # fmt: skip
def test_while_a_page_or_workbook_is_made_it_is_there_whole_or_not(tmp_path: Path, words: tuple[str, ...], out: str) -> None:
    write_versions(tmp_path)
    chance = random.Random(out)
    with Nursery(tmp_path) as nursery:
        took = []
        for _ in range(2):
            (tmp_path / out).unlink(missing_ok=True)
            start = time.perf_counter()
            assert nursery.run(*words).code == 0
            took.append(time.perf_counter() - start)
        whole, stopped = (tmp_path / out).read_bytes(), 0
        for number in range(_TIMES):
            (tmp_path / out).unlink(missing_ok=True)
            child = nursery.start(*words)
            time.sleep((number + chance.random()) / _TIMES * min(took))
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGINT)
            ended = nursery.ended()
            errors = "".join(line for line in ended.err.splitlines(True) if not line.endswith((" …\n", " refused.\n")))
            assert (ended.code, errors) in ((0, ""), (1, STOPPED)), ended
            stopped += ended.code
            assert not (tmp_path / out).exists() or (tmp_path / out).read_bytes() == whole
            assert not [name for name in os.listdir(tmp_path) if name.endswith(".part")]
    assert stopped


def test_at_the_prompt_on_a_terminal(tmp_path: Path) -> None:
    """The key itself, through a terminal: rows are gone, the question waits, and Ctrl-C is typed."""
    write_versions(tmp_path)
    with open_store(tmp_path / "lake.kgl", write=True) as store:
        build(store, read_files([tmp_path / "new" / "lake.xlsx"]), reference=False)
    before = (tmp_path / "lake.kgl").read_bytes()
    code = "import os; os.open(os.ttyname(0), os.O_RDWR); from assetgraph.__main__ import run; run()"
    ours, theirs = os.openpty()
    running = subprocess.Popen([sys.executable, "-c", code, "build", "old/lake.xlsx", "--store", "lake.kgl", "--no-reference"],
                               stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, cwd=tmp_path, env=ENVIRONMENT)  # fmt: skip
    os.close(theirs)
    shown = read_until(ours, "[y/N]: ")
    assert "Take these rows away" in shown
    time.sleep(1)  # as a person does: Python hears no key between printing the question and waiting for the answer
    os.write(ours, b"\x03")
    rest = read_until(ours, "never said")
    os.close(ours)
    assert running.wait(60) == 1
    assert [line for line in rest.replace("^C", "").splitlines() if line.strip()] == [STOPPED.rstrip()]
    assert (tmp_path / "lake.kgl").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["lake.kgl", "new", "old"]


def read_until(terminal: int, words: str) -> str:
    """What the terminal shows up to some words, or to the end."""
    shown = ""
    while words not in shown and select.select([terminal], [], [], 60)[0]:
        try:
            shown += os.read(terminal, 4096).decode()
        except OSError:  # the other end is closed
            break
    return shown


def ran(code: str, folder: Path) -> tuple[int, str, str]:
    head = "import os, signal, sys, time\nfrom pathlib import Path\nfrom assetgraph import stopping\n"
    done = subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, check=False, cwd=folder,
                          env=ENVIRONMENT, timeout=60)  # fmt: skip
    return done.returncode, done.stdout, done.stderr


SWALLOWED = """
from assetgraph.files import write_whole
from assetgraph.cli.output import say, write_json
stopping.listen()
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
except:  # as libraries do
    pass
left = []
for leave in (lambda: write_whole("a", b"a"), lambda: say("a"), lambda: write_json([]), stopping.check):
    try:
        leave()
    except stopping.Stopped:
        left.append("held back")
sys.stderr.write(" ".join(left))
"""

IN_A_FINALIZER = """
stopping.listen()
class Thing:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.5)
thing, start = Thing(), time.monotonic()
try:
    del thing
    time.sleep(20)
    print("lost")
except stopping.Stopped:
    print("stopped" if time.monotonic() - start < 15 else "late")
"""

INSISTING = """
stopping.listen()
stopping.INSISTS = 0.2
heard = []
for wait in (0.0, 0.0, 0.3):
    time.sleep(wait)
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.05)
        heard.append("no")
    except stopping.Stopped:
        heard.append("yes")
stopping.end()
os.kill(os.getpid(), signal.SIGINT)
print(*heard)
"""

IGNORED = """
signal.signal(signal.SIGINT, signal.SIG_IGN)
stopping.listen()
os.kill(os.getpid(), signal.SIGINT)
print("on")
"""


@pytest.mark.parametrize(("code", "out", "err"), [
    (SWALLOWED, "", "held back held back held back held back"),
    (IN_A_FINALIZER, "stopped\n", ""),
    (INSISTING, "yes no yes\n", ""),
    (IGNORED, "on\n", ""),
])  # fmt: skip
def test_a_stop_is_heard_once_and_never_lost(tmp_path: Path, code: str, out: str, err: str) -> None:
    assert ran(code, tmp_path) == (0, out, err)
    assert os.listdir(tmp_path) == []


def test_an_error_of_a_library_that_swallowed_a_stop_is_told_as_a_stop(tmp_path: Path) -> None:
    code = """
import click
from assetgraph.__main__ import run
from assetgraph.cli import main
@main.command()
def swallow():
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(5)
    except:
        raise TypeError("expected a cell")
sys.argv = ["assetgraph", "swallow"]
run()
"""
    assert ran(code, tmp_path) == (1, "", STOPPED)


def test_nothing_listens_in_a_library() -> None:
    handlers: list[Callable[..., object] | int | signal.Handlers | None] = [signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)]
    assert handlers == [signal.default_int_handler, signal.SIG_DFL]
