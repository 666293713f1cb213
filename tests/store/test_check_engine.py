"""The command that an upgrade of the engine has to pass: it fails when any of its checks does, and says which."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("check_engine", Path(__file__).parents[2] / "scripts" / "check_engine.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "on_neo4j", lambda stack: {})
    return module


@pytest.mark.parametrize(("broken", "code"), [(None, 0), ("-m", 1), ("tests/faults/crash_loop.py", 1)])
def test_any_failure_fails_the_whole(command: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                     broken: str | None, code: int) -> None:  # fmt: skip
    monkeypatch.setattr(command, "succeeds", lambda *words: words[0] != broken)
    monkeypatch.setattr(sys, "argv", ["check_engine.py", "--ways=14", "--seed=4"])
    assert command.main() == code
    said = capsys.readouterr().out
    assert "kglite " in said and "14 questions on embedded, seed 4: 0 differ" in said
    assert (said.count("FAILS"), said.count("passes")) == (code, 3 - code)
    assert said.endswith("on embedded alone: no Neo4j could be had\n")


def test_a_question_that_differs_from_the_loop_is_printed_and_fails(command: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                                                    capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    monkeypatch.setattr(command, "what_differs", lambda stores, world, question, values: ["embedded"] * (question == "gap_grid"))
    assert not command.fuzzed(14, 4)[0]
    assert "embedded differs from the loop: gap_grid {" in capsys.readouterr().out


def test_a_command_that_fails_does_not_succeed(command: ModuleType) -> None:
    assert command.succeeds("-c", "import assetgraph") and not command.succeeds("-c", "raise SystemExit(1)")


def test_what_conformance_means_is_there(command: ModuleType) -> None:
    assert all((command.ROOT / path).exists() for path in command.CONFORMANCE)
