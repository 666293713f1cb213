"""The program as a process: exit codes, one line for each error, pipes that close, and defects that are not hidden."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assetgraph.cli import main
from assetgraph.cli.output import in_cell, write_csv, write_table
from assetgraph.cli.program import Program
from assetgraph.errors import InputError

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "assetgraph"]


def process(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, cwd=folder, env=environment, timeout=120,
                          check=False)  # fmt: skip


def test_the_module_is_the_program(tmp_path: Path) -> None:
    assert process("--version", folder=tmp_path).stdout.startswith("assetgraph, version ")
    shown = process("--help", folder=tmp_path)
    assert shown.returncode == 0 and all(word in shown.stdout for word in ("demo", "template", "check", "build", "ask", "map"))
    wrong = process("ask", "nothing", folder=tmp_path)
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    missing = process("map", "nope.xlsx", "--county", "Lake", folder=tmp_path)
    assert (missing.returncode, missing.stdout, missing.stderr.count("\n")) == (1, "", 1)


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    found = {name: one for name in main.list_commands(context) if (one := main.get_command(context, name))}
    for group, name in (("sources", "retire"), ("store", "info")):
        found[f"{group} {name}"] = found[group].commands[name]  # type: ignore[attr-defined]
    return found


def test_every_command_has_help_with_an_example() -> None:
    for name, command in commands().items():
        result = CliRunner().invoke(main, [*name.split(), "--help"])
        assert result.exit_code == 0 and command.help
        if name != "store":
            assert "Example" in result.stdout and f"assetgraph {name.split()[0]}" in result.stdout, name


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    listed = {name: line for name, (_, line) in main.table.items()}
    assert listed == {name: (one.help or "").split("\n")[0] for name, one in commands().items() if " " not in name}
    shown = " ".join(CliRunner().invoke(main, ["--help"]).stdout.split())
    assert all(f"{name} {line}" in shown for name, line in listed.items())


HEAVY = ("jinja2", "kglite", "neo4j", "networkx", "numpy", "openpyxl", "pandas", "pydantic", "pyvis", "rapidfuzz", "rich",
         "scipy")  # fmt: skip


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"], ["nothing"]])
def test_what_needs_no_library_imports_none(words: list[str], tmp_path: Path) -> None:
    code = (f"import sys\nfrom assetgraph.cli import main\ntry: main({words!r})\n"
            f"finally: print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)")  # fmt: skip
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)  # fmt: skip
    assert said.stderr.splitlines()[-1] == "[]" and (said.stdout or "No such command" in said.stderr)


def test_a_reader_that_leaves_early_gets_no_traceback(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen([*COMMAND, "questions", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               cwd=tmp_path, env=environment)  # fmt: skip
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    said = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait(60) == 1 and "Traceback" not in said and said.count("\n") <= 1


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently there")
def test_ctrl_c_is_one_line(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen([*COMMAND, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment)
    for _ in range(600):
        if (tmp_path / "assetgraph-demo").exists():
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 1 and b"Traceback" not in said and b"stopped" in said


def program(fails_with: BaseException | None) -> Program:
    @click.group(cls=Program)
    def main() -> None: ...

    @main.command()
    def go() -> int:
        if fails_with is not None:
            raise fails_with
        return 1

    return main  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (None, 1, ""),
        (InputError("x.csv: no\x1b[31m such file", "look again"), 1, "Error: x.csv: no[31m such file. To mend it: look again.\n"),
        (KeyboardInterrupt(), 1, "Error: stopped; what was not finished was not written\n"),
    ],
)
def test_errors_are_one_line(error: BaseException | None, code: int, said: str) -> None:
    result = CliRunner().invoke(program(error), ["go"])
    assert result.exit_code == code and result.stderr.lstrip("\n") == said


def test_a_defect_is_shown_whole_and_called_one() -> None:
    result = CliRunner().invoke(program(ZeroDivisionError("oops")), ["go"])
    assert result.exit_code == 1 and "Traceback" in result.stderr and "oops" in result.stderr
    assert "is a defect of assetgraph" in result.stderr.splitlines()[-1]


def test_cells_are_read_as_people_read_them() -> None:
    assert in_cell("state", "not_asked") == "not asked" and in_cell("family", "faith") != ""
    assert in_cell("x", ["a\x1b[2J", None, True]) == "a[2J; ; yes" and in_cell("x", 3.0) == "3"


def test_nothing_in_a_table_or_csv_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"name": "[red]x[/red]\x1b[31m\u202e", "n": 1}, {"name": "@SUM(1)", "n": -2}]
    write_table(rows, ["name", "n"])
    write_csv(rows, ["name", "n"])
    said = capsys.readouterr().out
    assert "\x1b" not in said and "\u202e" not in said and "[red]x[/red]" in said
    assert "'@SUM(1),-2" in said
