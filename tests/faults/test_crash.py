"""A build that is stopped at a random moment loses nothing. ``crash_loop.py`` says what a round is, and runs a thousand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from crash_loop import CrashLoop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the loop forks and sends signals, as POSIX has them: run it on Linux or macOS")


@pytest.mark.parametrize(("signals", "rounds"), [("KILL", 25), ("INT", 8), ("TERM,INT", 6)])
def test_a_build_that_is_stopped_loses_nothing(tmp_path: Path, signals: str, rounds: int) -> None:
    loop = CrashLoop(tmp_path, seed=1, signals=signals)
    loop.run(rounds)
    assert loop.seen["stopped"] > rounds // 4 and loop.seen["stopped"] + loop.seen["ended before"] == rounds
    if signals == "KILL":
        assert loop.seen["stopped while saving"] and loop.seen["found old rows"] and loop.seen["found nothing"]
