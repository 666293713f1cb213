"""Measures everything and prints it as Markdown: `python -m benchmarks --size 20k`.

The baseline and ours take turns in one run (A B A B …), each in a process of its own, and medians are compared: figures
are ratios, so a busy machine matters little. A real Neo4j comes from NEO4J_URI (an empty database; it is emptied again)
or is started from Maven's artifacts as for the tests.

    python -m benchmarks --size 2k --size 20k          two sizes, and how cost grows between them
    python -m benchmarks --size 20k --store kglite     the embedded store alone
    python -m benchmarks --size 1M --rounds 1          long: a state of a million nodes; without the loops, which would not fit
    python -m benchmarks --size 20k --write            puts the tables into docs/performance.md
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.make_state import SIZES, make_state
from benchmarks.report import put_into, report

ROOT = Path(__file__).resolve().parent.parent
LARGEST_LOOP = 1_000_000
"""Ties up to which the loops' dicts are made."""

Found = dict[str, Any]


def tell(text: str) -> None:
    """Say on standard error what is being measured."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def child(task: str, **arguments: Any) -> Found:
    """What a task found in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.child", task, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603 - this very program, run as a child
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def in_turns(rounds: int, **tasks: Any) -> dict[str, list[Found]]:
    """What each task found, the tasks taking turns."""
    found: dict[str, list[Found]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, run in tasks.items():
            found[name].append(run())
            tell(f"  {name}: {found[name][-1]['seconds']:.2f} s")
    return found


def seconds(found: list[Found]) -> float:
    """The median."""
    return median(one["seconds"] for one in found)


def peak(found: list[Found]) -> float:
    """The largest peak of memory, in MB."""
    return max(one["peak_mb"] for one in found)


def startup(rounds: int = 9) -> Found:
    """`assetgraph --help` beside an empty Python."""
    def run(*command: str) -> Found:
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - this very program, run as a child
        return {"seconds": time.perf_counter() - start}

    script = str(Path(sys.executable).parent / "assetgraph")
    tell("assetgraph --help")
    found = in_turns(rounds, help=lambda: run(script, "--help"), python=lambda: run(sys.executable, "-c", "pass"))
    return {"help": seconds(found["help"]), "python": seconds(found["python"])}


@contextmanager
def emptied_server(store: str) -> Iterator[str]:
    """The address of a store that holds nothing: a new file's path, or the server, emptied."""
    if "://" not in store:
        for left in Path(store).parent.glob(f"{Path(store).name}*"):
            left.unlink()
        yield store
        return
    import neo4j

    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(store, auth=auth) as driver, driver.session(database=os.environ["NEO4J_DATABASE"]) as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
    yield store


def measure_store(
    kind: str, store: str, state: Path, changed: Path, work: Path, rounds: int, size: str, counties: list[str] | None
) -> Found:
    """Everything about one store at one size."""
    rows = str(work / "rows.pickle")
    folder = str(state)

    def fresh(task: str, **arguments: Any) -> Found:
        with emptied_server(store) as empty:
            return child(task, store=empty, **arguments)

    tell(f"{kind}, {size}: build from files (once, to have the rows)")
    first = fresh("build", folder=folder)
    if not Path(rows).exists():
        child("rows", store=store, rows=rows)
    tell(f"{kind}, {size}: build from files against the bare engine")
    turns = in_turns(rounds, bare=lambda: fresh("bare", rows=rows), build=lambda: fresh("build", folder=folder))
    tell(f"{kind}, {size}: rebuild with 1 % of rows changed, and back")
    again = [child("build", store=store, folder=str(one)) for one in [changed, state] * max(1, rounds // 2)]
    tell(f"{kind}, {size}: open")
    opened = in_turns(max(3, rounds), open_bare=lambda: child("open_bare", store=store), open=lambda: child("open", store=store))
    tell(f"{kind}, {size}: questions")
    facts = store if SIZES[size].ties <= LARGEST_LOOP else None
    asked = child("questions", store=store, facts=facts, counties=counties, best_of=3 if facts else 1)
    return {
        "kind": kind, "first": first, "bare": seconds(turns["bare"]), "build": seconds(turns["build"]),
        "ratio": median(ours["seconds"] / theirs["seconds"] for ours, theirs in zip(turns["build"], turns["bare"], strict=True)),
        "read": median(one["read"] for one in turns["build"]), "peak": peak(turns["build"]), "bare_peak": peak(turns["bare"]),
        "rebuild": seconds(again), "open": seconds(opened["open"]), "open_bare": seconds(opened["open_bare"]),
        "questions": asked["questions"], "questions_peak": asked["peak_mb"],
    }  # fmt: skip


def measure_size(size: str, stores: list[str], rounds: int, stack: ExitStack, counties: list[str] | None) -> Found:
    """Everything at one size."""
    work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmarks-")))
    tell(f"{size}: writing the state's files")
    made = make_state(work / "state", SIZES[size])
    changed = make_state(work / "changed", SIZES[size], changes=True)
    tell(f"{size}: read and validate")
    read = [child("read", folder=str(work / "state")) for _ in range(rounds)]
    found: Found = {"size": size, "made": made, "changed": changed.changed, "read": seconds(read), "read_peak": peak(read),
                    "kept": read[0]["kept"], "refused": read[0]["refused"], "stores": []}  # fmt: skip
    for kind in stores:
        address = str(work / "graph.kgl") if kind == "kglite" else os.environ["NEO4J_URI"]
        found["stores"].append(measure_store(kind, address, work / "state", work / "changed", work, rounds, size, counties))
    if SIZES[size].ties <= LARGEST_LOOP:
        tell(f"{size}: profile")
        found["profile"] = child("profile", folder=str(work / "state"), store=":memory:")["top"]
    return found


def growth(small: Found, large: Found) -> Found:
    """How cost grows from one size to another: the slope on a log-log scale; 1 means in proportion to the ties."""
    span = math.log(SIZES[large["size"]].ties / SIZES[small["size"]].ties)
    slopes = {"read": math.log(large["read"] / small["read"]) / span}
    for one, other in zip(small["stores"], large["stores"], strict=True):
        for what in ("build", "bare", "rebuild", "open"):
            slopes[f"{one['kind']} {what}"] = math.log(other[what] / one[what]) / span
        before, after = (sum(question["median"] for question in some["questions"]) for some in (one, other))
        slopes[f"{one['kind']} questions"] = math.log(after / before) / span
    return {"from": small["size"], "to": large["size"], "slopes": slopes}


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", action="append", choices=SIZES, help="default 20k; may be given several times")
    parser.add_argument("--store", action="append", choices=("kglite", "neo4j"), help="default both")
    parser.add_argument("--rounds", type=int, default=3, help="how often baseline and ours take turns")
    parser.add_argument("--county", action="append", help="ask questions of these counties alone; default all")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    given = parser.parse_args()
    stores = given.store or ["kglite", "neo4j"]
    sizes = given.size or ["20k"]
    with ExitStack() as stack:
        if "neo4j" in stores:
            sys.path.insert(0, str(ROOT / "tests"))
            tell("starting or finding Neo4j")
            if "NEO4J_URI" not in os.environ:
                from neo4j_server import own_server

                # With the memory and the compiler of a server that is there to stay.
                own = own_server(java=("-Xms2g", "-Xmx4g"), server__memory__pagecache__size="2g",
                                 dbms__memory__transaction__total__max="0")  # fmt: skip
                os.environ |= stack.enter_context(own).server.environment()
        help_ = startup()
        found = [measure_size(size, stores, given.rounds, stack, given.county) for size in sizes]
    grown = [growth(small, large) for small, large in pairwise(found)]
    text = report(help_, found, grown)
    print(text)
    if given.write:
        put_into(ROOT / "docs" / "performance.md", text)


if __name__ == "__main__":
    main()
