"""The bare engine and the bare driver: the very nodes and facts of a build, loaded by UNWIND batches of a thousand.

The rows are taken once from a store that was built, and kept as a file of batches. Unpickling a batch is not timed:
for the engine the rows are in memory already.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.nodes import NODE_KINDS
from assetgraph.model.schema import label_of
from assetgraph.store import Store

__all__ = ["BATCH", "load_bare_driver", "load_bare_engine", "write_rows"]

BATCH = 1_000
Batch = tuple[str, list[dict[str, Any]]]


def write_rows(store: Store, path: Path) -> tuple[int, int]:
    """How many nodes and facts the file now holds: each batch with the statement that loads it."""
    nodes = facts = 0
    with path.open("wb") as stream:
        for label, kind in NODE_KINDS.items():
            columns = ", ".join(f"n.{name} AS {name}" for name in (*kind.model_fields, "digest"))
            rows = [_recorded(row) for row in store.read(f"MATCH (n:{label}) RETURN {columns} ORDER BY id")]
            nodes += len(rows)
            _dump(stream, f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row", rows)
        for name, fact in FACT_KINDS.items():
            columns = ", ".join(f"r.{one} AS {one}" for one in (*fact.model_fields, "digest"))
            ends: dict[tuple[str, str], list[dict[str, Any]]] = {}
            for row in store.read(f"MATCH (a)-[r:{name}]->(b) RETURN a.id AS end_a, b.id AS end_b, {columns} ORDER BY id"):
                a, b = row.pop("end_a"), row.pop("end_b")
                ends.setdefault((label_of(a), label_of(b)), []).append({"a": a, "b": b, "said": _recorded(row)})
                facts += 1
            for (start, end), rows in ends.items():
                match = f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}), (b:{end} {{id: row.b}}) "
                _dump(stream, f"{match}CREATE (a)-[r:{name}]->(b) SET r = row.said", rows)
    return nodes, facts


def _recorded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _dump(stream: Any, query: str, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        pickle.dump((query, rows[start : start + BATCH]), stream, protocol=pickle.HIGHEST_PROTOCOL)


def _batches(path: Path) -> Iterator[Batch]:
    with path.open("rb") as stream:
        while True:
            try:
                yield pickle.load(stream)  # noqa: S301 - our own file of a moment ago
            except EOFError:
                return


def load_bare_engine(path: Path) -> float:
    """Seconds that kglite took for all batches, in memory and without saving."""
    import kglite

    graph = kglite.KnowledgeGraph()
    return _timed(path, lambda query, rows: graph.cypher(query, params={"rows": rows}))


def load_bare_driver(path: Path, uri: str, auth: tuple[str, str], database: str) -> float:
    """Seconds that Neo4j took for all batches through its driver, each a managed transaction; constraints are there already."""
    import neo4j

    with neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver, \
            driver.session(database=database) as session:  # fmt: skip
        return _timed(path, lambda query, rows: session.execute_write(lambda tx: tx.run(query, rows=rows).consume()))


def _timed(path: Path, run: Callable[[str, list[dict[str, Any]]], Any]) -> float:
    seconds = 0.0
    for query, rows in _batches(path):
        start = time.perf_counter()
        run(query, rows)
        seconds += time.perf_counter() - start
    return seconds
