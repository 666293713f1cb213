"""What an upgrade of the embedded engine (kglite) has to pass: `python scripts/check_engine.py`.

    python scripts/check_engine.py                  everything; the crash loop takes the most of it
    python scripts/check_engine.py --quick          twenty rounds and a few hundred questions: whether it is worth going on
    python scripts/check_engine.py --seed 7         the same crashes and questions again

It runs the conformance tests of queries and stores, stops builds at random moments, and asks every question with random
valid values: the rows must be those of a plain loop over dicts, on the embedded store and, where one can be had, on Neo4j.
Exit 1 when any of it fails; the table at the end says which.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the tree that this file is of

from neo4j_server import NoServer, running_server

from assetgraph import build, open_store, read_files
from assetgraph.store import Store
from benchmarks.fuzz import ways_drawn, what_differs
from benchmarks.make_state import SIZES, make_state
from benchmarks.oracle import World

CONFORMANCE = ["tests/queries", "tests/store/test_embedded.py", "tests/store/test_guard.py", "tests/store/test_laws.py"]
QUICK_ROUNDS, QUICK_WAYS = 20, 300


def succeeds(*command: str) -> bool:
    """Whether a command of this Python ends well; it prints for itself."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=False).returncode == 0


def fuzzed(ways: int, seed: int) -> tuple[bool, str]:
    """Whether each of so many drawn questions has the rows of the loop, and the stores asked; prints those that differ."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make_state(folder / "state", SIZES["2k"], seed=seed)
        reading = read_files([folder / "state"])
        stores = {"embedded": stack.enter_context(open_store(folder / "graph.kgl", write=True)), **on_neo4j(stack)}
        for store in stores.values():
            build(store, reading)
        world, wrong = World(stores["embedded"].graph()), 0
        for question, values in ways_drawn(world, ways, seed):
            differing = what_differs(stores, world, question, values)
            wrong += bool(differing)
            for kind in differing:
                print(f"{kind} differs from the loop: {question} {values}")
    print(f"{ways:,} questions on {' and '.join(stores)}, seed {seed}: {wrong:,} differ")
    return wrong == 0, f"on {' and '.join(stores)}" + (" alone: no Neo4j could be had" if len(stores) == 1 else "")


def on_neo4j(stack: ExitStack) -> dict[str, Store]:
    """An empty store on Neo4j, as the tests have it; none where none can be had."""
    try:
        server = stack.enter_context(running_server(os.environ))
    except NoServer as error:
        print(f"no Neo4j here ({error}), so the embedded store is asked alone")
        return {}
    server.clear()
    os.environ |= server.environment()
    stack.callback(server.clear)
    return {"Neo4j": stack.enter_context(open_store(server.uri, write=True))}


def main() -> int:
    """Exit code: 0 when everything passes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=1000, help="builds that are stopped")
    options.add_argument("--ways", type=int, default=5000, help="questions that are asked with drawn values")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    options.add_argument("--quick", action="store_true", help=f"at most {QUICK_ROUNDS} rounds and {QUICK_WAYS} questions")
    given = options.parse_args()
    rounds, ways = given.rounds, given.ways
    if given.quick:
        rounds, ways = min(rounds, QUICK_ROUNDS), min(ways, QUICK_WAYS)
    print(f"kglite {version('kglite')}, --seed {given.seed}", flush=True)
    crash_loop = ["tests/faults/crash_loop.py", f"--rounds={rounds}", f"--seed={given.seed}"]
    checks = {
        "conformance tests": lambda: (succeeds("-m", "pytest", *CONFORMANCE), ""),
        f"{rounds:,} stopped builds": lambda: (succeeds(*crash_loop), ""),
        f"{ways:,} drawn questions": lambda: fuzzed(ways, given.seed),
    }
    lines, all_pass = [], True
    for name, check in checks.items():
        print(f"\n{name}", flush=True)
        start = time.monotonic()
        passes, where = check()
        all_pass &= passes
        lines.append(f"{name:24} {'passes' if passes else 'FAILS':8} {time.monotonic() - start:7.0f} s  {where}".rstrip())
    print("\n" + "\n".join(lines))
    return 0 if all_pass else 1


if __name__ == "__main__":
    sys.exit(main())
