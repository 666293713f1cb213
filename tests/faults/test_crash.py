"""A build that is stopped at a random moment loses nothing. ``crash_loop.py`` says what a round is, and runs a thousand."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from crash_loop import CrashLoop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the loop forks and sends signals, as POSIX has them: run it on Linux or macOS")


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CrashLoop]:
    with CrashLoop(tmp_path_factory.mktemp("crash"), seed=1) as found:
        yield found


@pytest.mark.parametrize(("signals", "rounds"), [("KILL", 25), ("INT", 6), ("TERM,INT", 4)])
def test_a_build_that_is_stopped_loses_nothing(loop: CrashLoop, signals: str, rounds: int) -> None:
    loop.run(rounds, signals)
    assert loop.seen["stopped"] + loop.seen["ended before"] == rounds
    # Moments are drawn over a build's usual time; on a busy machine some come after its end, so few rounds prove no share.
    assert loop.seen["stopped"] > rounds // 4 or rounds < 20
    if signals == "KILL":
        assert loop.seen["stopped while saving"] and loop.seen["found old rows"] and loop.seen["found nothing"]
