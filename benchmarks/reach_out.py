"""Measures the list for one county and for all, beside networkx's link prediction and a plain decomposition on the same ties.

    python -m benchmarks.reach_out                 20,000 nodes and 200,000 ties, made and built first
    python -m benchmarks.reach_out --store S.kgl   a store of one's own

Each task runs in a process of its own: its peak memory is its own, the reading of the store included.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import assetgraph
from assetgraph.analysis.own_graph import own_network
from assetgraph.analysis.reach_out import Suggester
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.vocabulary import GRANT_AREAS
from assetgraph.store import read_network
from benchmarks.child import peak_mb
from benchmarks.make_state import SIZES, make_state

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2025, 1, 15)
COUNTY = "Lake"


def one_county(network: PartnerNetwork) -> dict[str, Any]:
    """The list of one county on one area, learning included, and a second one."""
    suggester, start = Suggester(network, DAY), time.perf_counter()
    first = suggester.list_for(COUNTY, "math", top=10)
    middle = time.perf_counter()
    suggester.list_for(COUNTY, "science", top=10)
    return {"eligible": first.total, "first": middle - start, "another": time.perf_counter() - middle}


def all_counties(network: PartnerNetwork) -> dict[str, Any]:
    """The first ten of every county on each area of the grant."""
    suggester = Suggester(network, DAY)
    lists = [suggester.list_for(county, area, top=10) for county in network.counties for area in GRANT_AREAS]
    return {"lists": len(lists), "suggestions": sum(map(len, lists))}


def with_networkx(network: PartnerNetwork) -> dict[str, Any]:
    """Resource allocation of networkx between one office and every partner: what its link prediction offers, without reasons."""
    import networkx

    graph = networkx.Graph((tie.a, tie.b) for tie in network.ties if tie.b in network.bodies)
    office = network.offices[COUNTY]
    pairs = [(office, one) for one, body in network.bodies.items() if body.label == "Partner" and one in graph]
    found = sorted(networkx.resource_allocation_index(graph, pairs), key=lambda row: -row[2])
    return {"eligible": len(pairs), "above 0": sum(score > 0 for *_, score in found)}


def plain_svd(network: PartnerNetwork) -> dict[str, Any]:
    """Scipy's truncated decomposition of counties x partners, and the scores of all counties from it; no reasons."""
    import numpy as np
    from scipy.sparse.linalg import svds

    from assetgraph.analysis.two_mode import known_of

    ties = own_network(network)
    members = known_of(ties, ties.projects, []).members
    vectors = svds(members, k=10)[2]
    return {"counties": int(np.asarray(members @ vectors.T @ vectors).shape[0])}


TASKS: dict[str, Callable[[PartnerNetwork], dict[str, Any]]] = {
    "one county": one_county, "58 counties x 3 areas": all_counties, "networkx resource allocation, one county": with_networkx,
    "plain scipy SVD, all counties": plain_svd,
}  # fmt: skip


def run(task: str, store: str) -> dict[str, Any]:
    """Seconds without and with reading the network, peak memory, and what a task found."""
    start = time.perf_counter()
    with assetgraph.open_store(store) as opened:
        network = read_network(opened)
    read = time.perf_counter()
    found = TASKS[task](network)
    return {"task": task, "read": read - start, "seconds": time.perf_counter() - read, "peak_mb": peak_mb(), **found}


def measured(store: str) -> None:
    """Print each task's figures as one line of JSON."""
    for task in TASKS:
        command = [sys.executable, "-m", "benchmarks.reach_out", "--task", task, "--store", store]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - this very program, run as a child


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", help="a graph file or a Neo4j address")
    parser.add_argument("--size", choices=SIZES, default="20k", help="of the state that is made where no store is given")
    parser.add_argument("--task", choices=TASKS, help="one task in this process")
    given = parser.parse_args()
    if given.task:
        found = run(given.task, given.store)
        rounded = {name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}
        print(json.dumps(rounded), flush=True)
    elif given.store:
        measured(given.store)
    else:
        with tempfile.TemporaryDirectory() as folder:
            make_state(Path(folder, "state"), SIZES[given.size])
            store = str(Path(folder, "state.kgl"))
            with assetgraph.open_store(store, write=True) as opened:
                assetgraph.build(opened, assetgraph.read_files([Path(folder, "state")]))
            measured(store)


if __name__ == "__main__":
    main()
