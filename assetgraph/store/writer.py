"""Writing: a change as Cypher statements with rows, generated from the node and fact classes.

Labels and types are pasted into Cypher, and come only from the model's registries; everything else is a
parameter. The order matters: facts go before the nodes they hold on to, nodes come before their facts, and
the ledger comes last. When a long change is cut short, the ledger still says what was there before, and the
digests say what is there now, so building again mends the rest.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from assetgraph.errors import StoreError
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Edge
from assetgraph.model.nodes import NODE_KINDS, Node
from assetgraph.model.records import SourceInfo
from assetgraph.model.schema import (
    LEDGER_LABELS,
    MARKER_LABEL,
    PRIVATE_PROPERTIES,
    SCHEMA_VERSION,
    indexes,
    label_of,
)
from assetgraph.store.ledger import Page

if TYPE_CHECKING:
    from assetgraph.store.contract import Change

__all__ = [
    "MARK", "VIRTUAL", "Statement", "check_made", "digest_of_file", "edge_digest", "node_digest", "schema_statements", "size",
    "statements",
]  # fmt: skip

Row = dict[str, Any]

PAGES, SOURCES = LEDGER_LABELS
PAGES_AT_ONCE = 50
"""Pages of the ledger in one statement: each may be some hundred kilobytes of text."""

VIRTUAL = frozenset({"title", "type", "label"})
"""Property names that the embedded engine answers by itself, so that the model may not use them."""
_taken = VIRTUAL & {name for kind in (*NODE_KINDS.values(), *FACT_KINDS.values()) for name in kind.model_fields}
if _taken:
    raise TypeError(f"properties that the embedded engine keeps for itself: {sorted(_taken)}")

_PRIVATE_OF = {name: sorted(PRIVATE_PROPERTIES & kind.model_fields.keys()) for name, kind in FACT_KINDS.items()}

MARK = f"MERGE (m:{MARKER_LABEL} {{id: 'assetgraph'}}) SET m.schema_version = {SCHEMA_VERSION}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One query that takes its work as ``$rows``."""

    what: str
    """What is written, for a progress line: nodes, facts or records."""
    query: str
    rows: list[Any]
    counted: bool = False
    """Whether it returns ``made``, which must equal the number of rows."""


def node_digest(node: Node) -> str:
    """A short name of everything that is written for a node; equal for equal nodes."""
    return _digest(f"{node.label}\x1f{node.model_dump_json(exclude_none=True)}")


def edge_digest(edge: Edge) -> str:
    """A short name of what is written for a fact; equal for equal facts.

    The id already stands for all that is public but the file's name, so this is made from the file and what is private.
    """
    said = edge.properties
    private = [f"\x1f{name}={said[name]}" for name in _PRIVATE_OF[edge.kind.type] if name in said]
    return _digest(f"{said.get('file')}{''.join(private)}") if private else digest_of_file(said.get("file"))


def statements(change: Change, batch: int, *, is_new: bool = False) -> Iterator[Statement]:
    """A change as statements of at most ``batch`` rows, in the order in which they must run; none for nothing.

    Rows are made when their statement is come to: a state has more of them than should be held at once. ``is_new``
    says that nothing was built in the store yet, so that nothing needs to be taken away first.
    """
    if not is_new:
        yield from _removed(change, batch)
    for label, nodes in _batches(((type(node).label, node) for node in change.nodes), batch):
        yield Statement("nodes", _put(_label(label)), [_node_row(node) for node in nodes])
    for (kind, start, end), edges in _batches(((_edge_key(edge), edge) for edge in change.edges), batch):
        query = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from_id}}), (b:{end} {{id: row.to_id}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties RETURN count(r) AS made"
        )
        yield Statement("facts", query, [_edge_row(edge) for edge in edges], counted=True)
    yield from _ledger(change, batch)


def size(change: Change) -> int:
    """How many rows its statements have, at most: what a progress line counts against."""
    removed = (change.removed_edges, change.removed_nodes, change.removed_pages, change.removed_sources)
    return sum(map(len, (change.nodes, change.edges, change.pages, change.sources, *removed)))


def check_made(answer: list[dict[str, Any]], rows: Sequence[Any]) -> None:
    """Raise when a counted statement made fewer facts than it was given rows: an end is not in the graph."""
    made = answer[0]["made"] if answer else 0
    if made != len(rows):
        some = rows[0]
        pair = f"{some['from_id']!r} to {some['to_id']!r}"
        what = f"{len(rows) - made} of {len(rows)} facts like {pair} name a node that is not there"
        raise StoreError(what, "this is a defect of assetgraph: please report it")


def schema_statements() -> list[str]:
    """Constraints and indexes that a server needs, each harmless when it is already there."""
    lines = []
    for label in (*NODE_KINDS, *LEDGER_LABELS, MARKER_LABEL):
        lines.append(f"CREATE CONSTRAINT assetgraph_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    for label, name in indexes():
        lines.append(f"CREATE INDEX assetgraph_{label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})")
    for kind in FACT_KINDS:
        lines.append(f"CREATE INDEX assetgraph_{kind.lower()}_id IF NOT EXISTS FOR ()-[r:{kind}]-() ON (r.id)")
    return lines


def _removed(change: Change, batch: int) -> Iterator[Statement]:
    # A fact that is put again is taken away first: creating is cheap everywhere, while merging a relationship
    # onto a hub costs the hub's degree on the embedded engine.
    gone = chain(change.removed_edges, ((edge.kind.type, edge.id) for edge in change.edges))
    for kind, ids in _batches(gone, batch):
        yield Statement("facts", f"MATCH ()-[r:{_type(kind)}]->() WHERE r.id IN $rows DELETE r", ids)
    for label, ids in _batches(change.removed_nodes, batch):
        query = f"UNWIND $rows AS id MATCH (n:{_label(label)} {{id: id}}) DETACH DELETE n"
        yield Statement("nodes", query, ids)


def _ledger(change: Change, batch: int) -> Iterator[Statement]:
    gone = chain(((PAGES, id_) for id_ in change.removed_pages), ((SOURCES, id_) for id_ in change.removed_sources))
    for label, ids in _batches(gone, batch):
        yield Statement("records", f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids)
    for label, pages in _batches(((PAGES, page) for page in change.pages), PAGES_AT_ONCE):
        yield Statement("records", _put(label), [_page_row(page) for page in pages])
    for label, sources in _batches(((SOURCES, source) for source in change.sources), batch):
        yield Statement("records", _put(label), [_source_row(source) for source in sources])


def _put(label: str) -> str:
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"


def _label(label: str) -> str:
    return NODE_KINDS[label].label


def _type(kind: str) -> str:
    return FACT_KINDS[kind].type


def _node_row(node: Node) -> Row:
    if label_of(node.id) != node.label:
        raise ValueError(f"the id {node.id!r} is not one of a {node.label}")
    # Null is the absence of a property on every store; an empty list is a value and stays.
    return {**node.model_dump(exclude_none=True), "digest": node_digest(node)}


def _edge_key(edge: Edge) -> tuple[str, str, str]:
    return _type(edge.kind.type), label_of(edge.from_id), label_of(edge.to_id)


def _edge_row(edge: Edge) -> Row:
    digest = edge_digest(edge)
    said = edge.properties
    properties = said if digest == digest_of_file(said.get("file")) else {**said, "digest": digest}
    return {"from_id": edge.from_id, "to_id": edge.to_id, "properties": properties}


def _page_row(page: Page) -> Row:
    return {"id": page.id, "source": page.source, "rows": page.rows, "payload": page.text}


def _source_row(source: SourceInfo) -> Row:
    return {"id": source.id, "payload": source.model_dump_json(exclude_defaults=True)}


@lru_cache(maxsize=4096)
def digest_of_file(file: str | None) -> str:
    """The digest of every fact that a file states and that holds nothing private; it is not written, for the file is."""
    return _digest(str(file))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _batches(pairs: Iterable[tuple[Any, Any]], size: int) -> Iterator[tuple[Any, list[Any]]]:
    """Values of one key together, as soon as there are enough of them; what is left over comes last."""
    waiting: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        held = waiting[key]
        held.append(value)
        if len(held) == size:
            yield key, waiting.pop(key)
    yield from sorted(waiting.items(), key=lambda group: str(group[0]))
