from __future__ import annotations

import re
import time

import pytest

from assetgraph.cli import waiting
from assetgraph.cli.waiting import Waiting


def test_long_writing_is_said_again_with_what_is_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.1)
    monkeypatch.setattr(waiting, "AGAIN", 0.1)
    monkeypatch.setattr(waiting, "SURE", 0.2)
    with Waiting("writing") as going:
        for done in range(1, 6):
            time.sleep(0.15)
            going.written("facts", done * 1_000, 1_000_000)
        time.sleep(0.15)
    said = capsys.readouterr().err.splitlines()
    assert len(said) >= 3 and said[0].startswith("writing")
    left = [re.fullmatch(r"writing facts: 5,000 of 1,000,000, about (\d+) min left …", line) for line in said]
    assert any(found and int(found[1]) >= 2 for found in left), said  # five thousand took 0.6 s, or more on a busy machine
    time.sleep(0.3)
    assert capsys.readouterr().err == "", "nothing is said after the end"


def test_what_a_file_is_called_steers_no_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)
    monkeypatch.setattr(waiting, "AGAIN", 0.1)
    with Waiting("reading \x1b]0;first\x07") as going:
        time.sleep(0.12)
        going.say("reading \x1b[2Jlake\u202e.csv")
        time.sleep(0.2)
    said = capsys.readouterr().err
    assert "first" in said and "lake" in said and not set(said) & set("\x1b\x07\u202e")


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.2)
    with Waiting("writing") as going:
        going.written("facts", 5, 10)
    time.sleep(0.4)
    assert capsys.readouterr().err == ""


def test_an_estimate_waits_until_there_is_a_pace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.1)
    with Waiting("writing") as going:
        going.written("nodes", 1, 10)
        going.written("nodes", 2, 10)
        time.sleep(0.3)
    assert capsys.readouterr().err == "writing nodes: 2 of 10 …\n"
