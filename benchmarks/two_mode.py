"""Measures who is missing on networks with planted habits, and on a large one its seconds and memory.

python -m benchmarks.two_mode                    MRR and hits at 10 of each method on each kind of network, as Markdown
python -m benchmarks.two_mode --large            35,000 organizations and 145,000 memberships, beside networkx and plain scipy
python -m benchmarks.two_mode --large --organizations 3500 --memberships 14500
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from assetgraph.analysis.evaluation import METHODS, SHIPS, Evaluation, evaluate_network
from assetgraph.model.two_mode import TwoMode
from benchmarks.make_two_mode import KINDS, make_two_mode

ROOT = Path(__file__).resolve().parent.parent
SPLIT = date(2017, 1, 1)
FEW = 10
"""Questions put to networkx, which answers one at a time."""


def kinds(seed: int) -> str:
    """A Markdown table of each method on each kind."""
    found = {kind: evaluate_network(make_two_mode(seed=seed, **made), split=SPLIT) for kind, made in KINDS.items()}
    lines = [f"| method | {' | '.join(found)} |", f"| --- |{' --- |' * len(found)}"]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(_cell(one, name) for one in found.values())} |"
                               for name in (SHIPS, *METHODS))])  # fmt: skip


def _cell(found: Evaluation, name: str) -> str:
    row = next(one for one in found.rows if one.method == name)
    return f"{row.mrr:.3f} ({row.mrr_low:.3f}-{row.mrr_high:.3f}) / {row.hits_at_10:.3f}"


def ours(network: TwoMode) -> dict[str, Any]:
    """Everything that ``evaluate`` does."""
    found = evaluate_network(network, split=SPLIT)
    return {"questions": found.rows[0].n, **{row.method: f"{row.mrr:.3f} in {row.seconds:.0f} s" for row in found.rows}}


def plain_svd(network: TwoMode) -> dict[str, Any]:
    """The decomposition of scipy decomposition, and the scores of every question from it; no ranks."""
    import numpy as np
    from scipy.sparse.linalg import svds

    from assetgraph.analysis.evaluation import _looking_ahead
    from assetgraph.analysis.hiding import batches, put

    ((known, questions, _),), *_ = _looking_ahead(network, SPLIT, [])
    vectors = svds(known.members, k=16)[2]
    for part in batches(len(questions), len(known.organizations)):
        np.asarray(put(known, questions[part], [])[0].shown @ vectors.T) @ vectors
    return {"questions": len(questions)}


def with_networkx(network: TwoMode) -> dict[str, Any]:
    """Personalised PageRank of networkx, one question at a time, of a few of them."""
    import networkx

    from assetgraph.analysis.evaluation import _looking_ahead

    ((known, questions, _),), *_ = _looking_ahead(network, SPLIT, [])
    graph = networkx.Graph((f"p{row}", int(column)) for row, column in zip(*known.members.nonzero(), strict=True))
    place = {one: index for index, one in enumerate(known.organizations.tolist())}
    shown = ([place[member] for member in one.members if member in place and member != one.hidden] for one in questions)
    asked = [some for some in shown if some][:FEW]
    for some in asked:
        networkx.pagerank(graph, personalization=dict.fromkeys(some, 1))
    return {"questions": len(asked)}


TASKS: dict[str, Callable[[TwoMode], dict[str, Any]]] = {
    "evaluate": ours, "plain scipy SVD": plain_svd, "networkx PageRank": with_networkx,
}  # fmt: skip


def run(task: str, organizations: int, memberships: int) -> dict[str, Any]:
    """Seconds, peak memory and what a task found; the network is made before the clock starts."""
    network = make_two_mode(organizations, memberships)
    start = time.perf_counter()
    found = TASKS[task](network)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"task": task, "seconds": round(time.perf_counter() - start, 1), "peak_mb": round(peak), **found}


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--organizations", type=int, default=35_000)
    parser.add_argument("--memberships", type=int, default=145_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--task", choices=TASKS, help="one task in this process, as --large runs each in its own")
    given = parser.parse_args()
    if given.task:
        print(json.dumps(run(given.task, given.organizations, given.memberships)))
    elif given.large:
        for task in TASKS:
            size = [f"--organizations={given.organizations}", f"--memberships={given.memberships}"]
            command = [sys.executable, "-m", "benchmarks.two_mode", "--task", task, *size]
            subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - this very program, run as a child
    else:
        print(kinds(given.seed))


if __name__ == "__main__":
    main()
