"""Several processes on one graph file: one writes, the others are told, and whoever reads meets a whole file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from assetgraph import open_store
from assetgraph.model.nodes import Partner
from assetgraph.store import Change

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
SAVES, READERS = 100, 10

READ = """
import sys
from assetgraph import open_store
print("ready", flush=True)
sizes = []
while not sizes or sizes[-1] < int(sys.argv[2]):
    with open_store(sys.argv[1]) as store:
        ids = [row["id"] for row in store.read("MATCH (p:Partner) RETURN p.id AS id ORDER BY id")]
    assert ids == [f"partner/{n:04}" for n in range(len(ids))], ids
    sizes.append(len(ids))
assert sizes == sorted(sizes), sizes
print(len(set(sizes)))
"""

WRITE = """
import sys
from assetgraph import StoreUnavailable, open_store
from assetgraph.model.nodes import Partner
from assetgraph.store import Change
me, wanted, done, told = sys.argv[2], int(sys.argv[3]), 0, 0
while done < wanted:
    try:
        with open_store(sys.argv[1], write=True) as store:
            store.apply(Change(nodes=[Partner(id=f"partner/{me}-{done}", name="P")]))
            done += 1
    except StoreUnavailable as error:
        told += 1
        assert "another process is writing to it" in str(error), error
print(told)
"""


def process(code: str, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True, env=ENVIRONMENT)  # fmt: skip


def told(running: subprocess.Popen[str]) -> int:
    out, err = running.communicate(timeout=120)
    assert running.returncode == 0, err
    return int(out.split()[-1])


def test_ten_readers_during_a_hundred_saves_never_meet_a_torn_file(tmp_path: Path) -> None:
    path = tmp_path / "many.kgl"
    with open_store(path, write=True) as store:
        store.apply(Change(nodes=[Partner(id="partner/0000", name="P")]))
        readers = [process(READ, path, SAVES) for _ in range(READERS)]
        for reader in readers:
            assert reader.stdout is not None and reader.stdout.readline() == "ready\n"
        early = open_store(path)
        for number in range(1, SAVES):
            store.apply(Change(nodes=[Partner(id=f"partner/{number:04}", name="P")]))
        seen = [told(reader) for reader in readers]
    assert max(seen) > 1, "no reader met more than one save"
    with early, open_store(path) as late:  # who opened before keeps its view, who opens now sees the last save
        assert (len(early.graph().nodes), len(late.graph().nodes)) == (1, SAVES)
    assert os.listdir(tmp_path) == ["many.kgl"]


def test_writers_that_take_turns_lose_nothing(tmp_path: Path) -> None:
    """A lease that is let go of while others wait for it must not end up with two of them."""
    path = tmp_path / "turns.kgl"
    writers = [process(WRITE, path, name, 40) for name in "abcd"]
    assert sum(told(writer) for writer in writers) > 0, "nobody ever had to wait"
    with open_store(path) as store:
        assert len(store.graph().nodes) == 4 * 40
    assert os.listdir(tmp_path) == ["turns.kgl"]
