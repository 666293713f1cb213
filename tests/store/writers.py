"""Real processes that build, and what a store then holds."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from neo4j_server import Server

from assetgraph.store import Store, open_store

SMALL_PARTS = "from assetgraph.store import parts; parts.BATCH = 20; parts.ONE_TRANSACTION = 60"
"""Cuts a small change into many transactions."""


def begin(where: Server, *words: object, first: str = "", **more: str) -> subprocess.Popen[str]:
    """A process that runs the command line against a server; ``first`` is run in it before."""
    code = f"{first}\nfrom assetgraph.cli import main\nmain()"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J", "ASSETGRAPH", "PYTEST"))}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)], env=kept | where.environment() | {"COLUMNS": "200"} | more,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finished(processes: Sequence[subprocess.Popen[str]], seconds: float = 120) -> list[tuple[int, str, str]]:
    """(exit code, standard output, standard error) of each."""
    told: list[tuple[int, str, str]] = [(-1, "", "")] * len(processes)

    def wait(place: int) -> None:
        out, err = processes[place].communicate(timeout=seconds)
        told[place] = (processes[place].returncode, out, err)

    threads = [threading.Thread(target=wait, args=(place,)) for place in range(len(processes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def all_of(store: Store) -> dict[str, Any]:
    """Everything that a store holds: nodes and facts with all their properties, digests, records and sources."""
    graph, (nodes, facts) = store.graph(), store.digests()
    info = store.info()
    return {"counts": (info.nodes, info.facts), "nodes": graph.nodes, "edges": graph.edges, "node digests": nodes, "fact digests": facts,
            "records": store.records(), "sources": store.sources(), "unfinished": store.unfinished()}  # fmt: skip


def one_after_the_other(*files: Sequence[Path]) -> dict[str, Any]:
    """What a store holds after building these one after the other, with nobody else about."""
    from assetgraph.build.run import build
    from assetgraph.intake import read_files

    with open_store(":memory:") as store:
        for some in files:
            build(store, read_files(list(some)), reference=False)
        return all_of(store)
