"""One measured task in a process of its own, so that its peak memory is its own: `python -m benchmarks.child TASK ARGUMENTS`.

The arguments are one JSON object; so is what is printed.
"""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import assetgraph
from assetgraph.cli.waiting import time_left
from benchmarks.asking import time_questions
from benchmarks.baseline import load_bare_driver, load_bare_engine, write_rows
from benchmarks.oracle import World

__all__ = ["TASKS", "peak_mb"]

Found = dict[str, Any]


def read(folder: str, **_: Any) -> Found:
    """Seconds to read and validate the files, and how many rows were kept and refused."""
    start = time.perf_counter()
    reading = assetgraph.read_files([folder])
    return {"seconds": time.perf_counter() - start, "kept": len(reading.records), "refused": reading.refused}


def build(folder: str, store: str, **_: Any) -> Found:
    """Seconds from files to a built store: read, validate, plan, write, save."""
    start = time.perf_counter()
    readings = [assetgraph.read_files([folder])]
    read, kept, refused = time.perf_counter() - start, len(readings[0].records), readings[0].refused
    with assetgraph.open_store(store, write=True) as opened:
        assetgraph.build(opened, readings.pop(), progress=_told())  # so that nobody but the build holds the rows
        seconds = time.perf_counter() - start
        info = opened.info()
    return {"seconds": seconds, "read": read, "kept": kept, "refused": refused,
            "nodes": sum(info.nodes.values()), "ties": sum(info.facts.values())}  # fmt: skip


def _told() -> Callable[[str, int, int], None]:
    times: list[float] = []  # when writing began, and when something was said last

    def tell(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not times:
            times.extend((now, now))
        elif now - times[1] > 10:
            times[1] = now
            print(f"    {what}: {done:,} of {total:,}, {time_left(now - times[0], done, total)}", file=sys.stderr, flush=True)

    return tell


def open_store(store: str, **_: Any) -> Found:
    """Seconds until a store can be asked."""
    start = time.perf_counter()
    with assetgraph.open_store(store) as opened:
        opened.read("MATCH (c:County {name: 'Lake'}) RETURN c.id AS id")
        return {"seconds": time.perf_counter() - start}


def open_bare(store: str, **_: Any) -> Found:
    """The same with the bare engine or driver."""
    query, start = "MATCH (c:County {name: 'Lake'}) RETURN c.id AS id", time.perf_counter()
    if "://" in store:
        import neo4j

        with neo4j.GraphDatabase.driver(store, auth=_auth()) as driver:
            driver.execute_query(query, database_=_database())
            return {"seconds": time.perf_counter() - start}
    import kglite

    kglite.load(store).cypher(query).to_list()
    return {"seconds": time.perf_counter() - start}


def rows(store: str, rows: str, **_: Any) -> Found:
    """How many nodes and facts of a store were put into the file for the baseline."""
    with assetgraph.open_store(store) as opened:
        nodes, ties = write_rows(opened, Path(rows))
    return {"nodes": nodes, "ties": ties}


def bare(store: str, rows: str, **_: Any) -> Found:
    """Seconds that the bare engine or driver takes for the same rows."""
    if "://" in store:
        return {"seconds": load_bare_driver(Path(rows), store, _auth(), _database())}
    return {"seconds": load_bare_engine(Path(rows))}


def questions(store: str, facts: str | None = None, counties: list[str] | None = None, best_of: int = 3, **_: Any) -> Found:
    """What each question takes beside the loop; ``facts`` is the store from which the loop has its dicts, None for no loop."""
    world = None
    if facts is not None:
        with assetgraph.open_store(facts) as opened:
            world = World(opened.graph())
    found = []
    with assetgraph.open_store(store) as opened:
        for timing in time_questions(opened, world, counties=counties, best_of=best_of):
            found.append(timing.summary())
            print(f"    {timing.question}", file=sys.stderr, flush=True)
    return {"questions": found}


def profile(folder: str, store: str, **_: Any) -> Found:
    """Where the time of a build goes: the functions with most time of their own."""
    profiler = cProfile.Profile()
    profiler.enable()
    build(folder, store)
    profiler.disable()
    stats = pstats.Stats(profiler)
    total = stats.total_tt  # type: ignore[attr-defined]
    entries = sorted(((own, cumulative, key) for key, (_, _, own, cumulative, _) in stats.stats.items()), reverse=True)  # type: ignore[attr-defined]
    top = [
        {"function": _shown(key), "own": own / total, "cumulative": cumulative / total} for own, cumulative, key in entries[:12]
    ]
    return {"top": top}


def _shown(key: tuple[str, int, str]) -> str:
    path, _, name = key
    place = path.split("site-packages/")[-1].split("/assetgraph/")[-1]
    return name if path == "~" else f"{place}: {name}"


def _auth() -> tuple[str, str]:
    return os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")


def _database() -> str:
    return os.environ.get("NEO4J_DATABASE", "neo4j")


TASKS: dict[str, Callable[..., Found]] = {
    "bare": bare, "build": build, "open": open_store, "open_bare": open_bare, "profile": profile, "questions": questions,
    "read": read, "rows": rows,
}  # fmt: skip


def main() -> None:
    """Run the task that the command line names and print what it found, with the process's peak memory."""
    found = TASKS[sys.argv[1]](**json.loads(sys.argv[2]))
    print(json.dumps(found | {"peak_mb": peak_mb()}))


def peak_mb() -> float:
    """The most memory that this process has had, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells on Linux begins at the peak of the process that started this one
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
