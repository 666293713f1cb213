"""Writing: a change as Cypher statements with rows, generated from the node and fact classes.

Labels and types are pasted into Cypher, and come only from the model's registries; everything else is a
parameter. The order matters: facts go before the nodes they hold on to, nodes come before their facts, and
the ledger comes last. When a long change is cut short, the ledger still says what was there before, and the
digests say what is there now, so building again mends the rest.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

__all__ = ["MARK", "VIRTUAL", "Rows", "Statement", "check_made", "edge_digest", "node_digest", "schema_statements", "statements"]

Row = dict[str, Any]

PAGES, SOURCES = LEDGER_LABELS
VIRTUAL = frozenset({"title", "type", "label"})
"""Property names that the embedded engine answers by itself, so that the model may not use them."""
_taken = VIRTUAL & {name for kind in (*NODE_KINDS.values(), *FACT_KINDS.values()) for name in kind.model_fields}
if _taken:
    raise TypeError(f"properties that the embedded engine keeps for itself: {sorted(_taken)}")

_PRIVATE_OF = {name: sorted(PRIVATE_PROPERTIES & kind.model_fields.keys()) for name, kind in FACT_KINDS.items()}

MARK = f"MERGE (m:{MARKER_LABEL} {{id: 'assetgraph'}}) SET m.schema_version = {SCHEMA_VERSION}"


class Rows(Sequence[Any]):
    """The rows of a statement, made when they are taken: a state has more of them than should be held at once.

    >>> Rows([1, 2, 3], str)[1:]
    ['2', '3']
    """

    __slots__ = ("_items", "_make")

    def __init__(self, items: Sequence[Any], make: Callable[[Any], Any]) -> None:
        self._items, self._make = items, make

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self._make(item) for item in self._items[place]]
        return self._make(self._items[place])


@dataclass(frozen=True, slots=True)
class Statement:
    """One query that takes its work as ``$rows``."""

    what: str
    """What is written, for a progress line: nodes, facts or records."""
    query: str
    rows: Sequence[Any]
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
    return _digest(f"{said.get('file')}{''.join(private)}") if private else _digest_of_file(said.get("file"))


def statements(change: Change, *, is_new: bool = False) -> Iterator[Statement]:
    """A change as statements, in the order in which they must run; none for a change of nothing.

    ``is_new`` says that nothing was built in the store yet, so that nothing needs to be taken away first.
    """
    if not is_new:
        yield from _removed(change)
    for label, nodes in _grouped((type(node).label, node) for node in change.nodes):
        yield Statement("nodes", _put(_label(label)), Rows(nodes, _node_row))
    for (kind, start, end), edges in _grouped((_edge_key(edge), edge) for edge in change.edges):
        query = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from_id}}), (b:{end} {{id: row.to_id}}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.properties RETURN count(r) AS made"
        )
        yield Statement("facts", query, Rows(edges, _edge_row), counted=True)
    yield from _ledger(change)


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


def _removed(change: Change) -> Iterator[Statement]:
    # A fact that is put again is taken away first: creating is cheap everywhere, while merging a relationship
    # onto a hub costs the hub's degree on the embedded engine.
    gone = [*change.removed_edges, *((edge.kind.type, edge.id) for edge in change.edges)]
    for kind, ids in _grouped(gone):
        yield Statement("facts", f"MATCH ()-[r:{_type(kind)}]->() WHERE r.id IN $rows DELETE r", ids)
    for label, ids in _grouped(change.removed_nodes):
        query = f"UNWIND $rows AS id MATCH (n:{_label(label)} {{id: id}}) DETACH DELETE n"
        yield Statement("nodes", query, ids)


def _ledger(change: Change) -> Iterator[Statement]:
    for label, ids in ((PAGES, change.removed_pages), (SOURCES, change.removed_sources)):
        if ids:
            yield Statement("records", f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids)
    if change.pages:
        yield Statement("records", _put(PAGES), Rows(change.pages, _page_row))
    if change.sources:
        yield Statement("records", _put(SOURCES), Rows(change.sources, _source_row))


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
    return {"from_id": edge.from_id, "to_id": edge.to_id, "properties": {**edge.properties, "digest": edge_digest(edge)}}


def _page_row(page: Page) -> Row:
    return {"id": page.id, "source": page.source, "rows": page.rows, "payload": page.text}


def _source_row(source: SourceInfo) -> Row:
    return {"id": source.id, "payload": source.model_dump_json(exclude_defaults=True)}


@lru_cache(maxsize=4096)
def _digest_of_file(file: str | None) -> str:
    return _digest(str(file))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> list[tuple[Any, list[Any]]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return sorted(groups.items(), key=lambda group: group[0])
