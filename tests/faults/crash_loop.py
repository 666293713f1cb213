"""Stops builds at random moments, and sees that nothing is lost: the graph file is the old one or the new one, whole.

    python tests/faults/crash_loop.py --rounds 1000 --seed 7
    python tests/faults/crash_loop.py --rounds 200 --signal INT

A round builds a newer version of Lake County's map over an older one, or over nothing, with the real command line in
a process of its own, and stops it: after a random part of the time that a build takes, or while it saves. Then the
file must open and hold exactly the old rows or exactly the new ones; and building again, which must meet no lock of the
dead, must give exactly what an undisturbed build gives (records, sources, digests, nodes, facts, the rows of every
question for the county) and leave nothing but the graph file. Moments are chosen by the seed, which is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))  # the tree that this file is of

from nursery import Ended, Nursery

from assetgraph.build.reference import sample_folder
from assetgraph.intake import read_files
from assetgraph.intake.template import write_rows
from assetgraph.queries import QUESTIONS, ask
from assetgraph.store import Store, open_store

STORE = "lake.kgl"
STOPPED = "Error: stopped; what was not finished was not written\n"
_TOOK_SAMPLES = 2

View = tuple[Any, ...]


class CrashLoop:
    """Rounds in one folder, inside ``with``; ``seen`` counts what happened in the last run."""

    def __init__(self, folder: Path, *, seed: int) -> None:
        self.folder, self.seed, self.signals = folder, seed, "KILL"
        self.seen: Counter[str] = Counter()
        self._store = folder / STORE
        self._nursery = Nursery(folder)

    def __enter__(self) -> Self:
        write_versions(self.folder)
        self._before, self._after, self._took = self._undisturbed()
        assert self._before != self._after
        return self

    def __exit__(self, *error: object) -> None:
        self._nursery.__exit__(*error)

    def run(self, rounds: int, signals: str = "KILL", progress: Callable[[int], None] = lambda _: None) -> None:
        """So many rounds; raises AssertionError for the first that loses anything."""
        self.signals, self.seen = signals, Counter()
        for number in range(rounds):
            where = f"round {number} of SIG{signals}, seed {self.seed}"
            self._round(random.Random(f"{self.seed}/{number}"), where)
            progress(number + 1)

    def _undisturbed(self) -> tuple[View, View, float]:
        """What the file holds before and after, and how many seconds building takes."""
        took, views = [], []
        for _ in range(_TOOK_SAMPLES):
            self._store.unlink(missing_ok=True)
            for version in ("old", "new"):
                start = time.perf_counter()
                assert self._build(version).code == 0
                took.append(time.perf_counter() - start)
                views.append(view(self._store))
                shutil.copy2(self._store, self.folder / f"{version}.kgl")
        assert all(one == other for one, other in zip(views, views[2:], strict=False)), "undisturbed builds differ"
        return views[0], views[1], statistics.median(took)

    def _build(self, version: str) -> Ended:
        return self._nursery.run("build", f"{version}/lake.xlsx", "--store", STORE, "--no-reference", "--yes")

    def _round(self, chance: random.Random, where: str) -> None:
        from_nothing, while_saving = chance.random() < 0.3, chance.random() < 0.35
        part = chance.random()
        self._store.unlink(missing_ok=True)
        if not from_nothing:
            shutil.copy2(self.folder / "old.kgl", self._store)
        child = self._nursery.start("build", "new/lake.xlsx", "--store", STORE, "--no-reference", "--yes")
        if while_saving:
            self._wait_for_saving()
            time.sleep(part * 0.012)
        else:
            time.sleep(part * self._took * 1.1)
        self._stop(child, chance)
        ended = self._nursery.ended()
        self._check_ended(ended, where)
        self._check_file(from_nothing, where)
        again = self._build("new")
        assert again.code == 0, f"{where}: building again failed: {again}"
        assert view(self._store) == self._after, f"{where}: building again gives other rows"
        assert self._beside() == [], f"{where}: left after building again: {self._beside()}"

    def _wait_for_saving(self) -> None:
        while not self._nursery.has_ended(0) and not any(name.endswith(".part") for name in os.listdir(self.folder)):
            pass

    def _stop(self, child: int, chance: random.Random) -> None:
        """One signal; or for a tidy end two, the second a moment later, which must change nothing."""
        for name in self.signals.split(","):
            try:
                os.kill(child, getattr(signal, f"SIG{name}"))
            except ProcessLookupError:
                return
            time.sleep(chance.random() * 0.004)

    def _check_ended(self, ended: Ended, where: str) -> None:
        if "KILL" in self.signals:
            assert ended.code in (0, -signal.SIGKILL), f"{where}: {ended}"
        else:
            said = "".join(line for line in ended.err.splitlines(True) if not line.endswith(" …\n"))  # but for progress
            assert (ended.code, said) in ((0, ""), (1, STOPPED)), f"{where}: {ended}"
        self.seen["stopped" if ended.code else "ended before"] += 1

    def _check_file(self, from_nothing: bool, where: str) -> None:
        left = self._beside()
        self.seen["left side files"] += bool(left)
        self.seen["stopped while saving"] += any(name.endswith(".part") for name in left)
        if from_nothing and not self._store.exists():
            self.seen["found nothing"] += 1
            return
        found = held(self._store)
        if found == self._after[:-1]:
            self.seen["found new rows"] += 1
        else:
            assert not from_nothing and found == self._before[:-1], f"{where}: neither the old rows nor the new ones"
            self.seen["found old rows"] += 1

    def _beside(self) -> list[str]:
        ours = {STORE, "old.kgl", "new.kgl", "old", "new", ".out", ".err"}
        return sorted(name for name in os.listdir(self.folder) if name not in ours)


def write_versions(folder: Path) -> None:
    """Two workbooks of Lake County's map in the sample: ``new/lake.xlsx``, and ``old/lake.xlsx`` with fewer rows, some other."""
    reading = read_files([sample_folder() / "maps" / "lake"])
    (source,) = reading.sources
    for version, kept in (("old", lambda n: n % 3), ("new", lambda n: n % 7)):
        rows: dict[str, list[Any]] = {}
        for number, record in enumerate(reading.records):
            if kept(number):
                rows.setdefault(record.kind, []).append(record.values)
        (folder / version).mkdir()
        write_rows(folder / version / "lake.xlsx", "Lake", rows, source=source)


def held(path: Path) -> View:
    """All that a graph file holds."""
    with open_store(path) as store:
        info = store.info()
        return store.records(), store.sources(), store.digests(), store.graph(), info.nodes, info.facts


def view(path: Path) -> View:
    """All that a graph file holds, and the rows of every question for Lake County."""
    with open_store(path) as store:
        return (*held(path), list(answers(store)))


def answers(store: Store) -> Iterator[tuple[str, list[Any]]]:
    """Each question with its rows for Lake County."""
    for name, question in QUESTIONS.items():
        given = {one.name: one.example for one in question.params if one.required or one.name == "as_of"}
        if any(one.name == "county" for one in question.params):
            given["county"] = "Lake"
        yield name, list(ask(store, name, **given))


def main() -> None:
    """The loop as a command; leaves with 1 at the first loss."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=1000)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    options.add_argument("--signal", default="KILL", help="KILL, INT, TERM, or two such as INT,INT")
    given = options.parse_args()
    print(f"{given.rounds} rounds of SIG{given.signal}, --seed {given.seed}", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, CrashLoop(Path(folder), seed=given.seed) as loop:
        loop.run(given.rounds, given.signal, lambda done: print(done, dict(loop.seen), flush=True) if done % 100 == 0 else None)
    print(f"nothing lost in {given.rounds} rounds, {time.monotonic() - start:.0f} s: {dict(loop.seen)}")


if __name__ == "__main__":
    main()
