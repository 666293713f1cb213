"""Writing: a change as Cypher statements with rows, generated from the node and fact classes.

Labels and types are pasted into Cypher, and come only from the model's registries; everything else is a
parameter. The order matters: facts go before the nodes they hold on to, nodes come before their facts, and
the ledger comes last. When a long change is cut short, the ledger still says what was there before, and the
digests say what is there now, so building again mends the rest.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assetgraph.errors import StoreError
from assetgraph.model.facts import FACT_KINDS, Fact
from assetgraph.model.graph import Edge
from assetgraph.model.nodes import NODE_KINDS, Node
from assetgraph.model.records import Record, SourceInfo
from assetgraph.model.schema import LEDGER_LABELS, MARKER_LABEL, SCHEMA_VERSION, indexes, label_of

if TYPE_CHECKING:
    from assetgraph.store.contract import Change

__all__ = [
    "MARK", "VIRTUAL", "Statement", "check_made", "edge_digest", "node_digest", "record_id", "schema_statements", "statements",
]  # fmt: skip

Row = dict[str, Any]

RECORD, RECORD_SOURCE = LEDGER_LABELS
VIRTUAL = frozenset({"title", "type", "label"})
"""Property names that the embedded engine answers by itself, so that the model may not use them."""
_taken = VIRTUAL & {name for kind in (*NODE_KINDS.values(), *FACT_KINDS.values()) for name in kind.model_fields}
if _taken:
    raise TypeError(f"properties that the embedded engine keeps for itself: {sorted(_taken)}")

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


def record_id(record: Record) -> str:
    """The id of a record in the ledger: its place.

    >>> from assetgraph.model.sheets import QuickstormRow
    >>> row = QuickstormRow(who="Lake COE", what="Lesson study", content_areas=("math",))
    >>> record_id(Record(source="map/lake", file="lake.xlsx", sheet="Quickstorm", row=2, kind="Quickstorm", values=row))
    'map/lake#lake.xlsx#Quickstorm#2#0'
    """
    return f"{record.source}#{record.file}#{record.sheet}#{record.row}#{record.part}"


def node_digest(node: Node) -> str:
    """A short name of everything that is written for a node; equal for equal nodes."""
    return _digest(type(node).label, _properties(node))


def edge_digest(edge: Edge) -> str:
    """A short name of everything that is written for a fact, its ends included; equal for equal facts."""
    return _digest(edge.fact.type, edge.from_id, edge.to_id, _properties(edge.fact))


def statements(change: Change) -> Iterator[Statement]:
    """A change as statements, in the order in which they must run; none for a change of nothing."""
    yield from _removed_facts(change)
    for label, ids in _grouped(change.removed_nodes):
        query = f"UNWIND $rows AS id MATCH (n:{_label(label)} {{id: id}}) DETACH DELETE n"
        yield Statement("nodes", query, ids)
    for label, rows in _grouped((type(node).label, _node_row(node)) for node in change.nodes):
        yield Statement("nodes", _put(_label(label)), rows)
    for (kind, start, end), rows in _grouped((_edge_key(edge), _edge_row(edge)) for edge in change.edges):
        query = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from_id}}) MATCH (b:{end} {{id: row.to_id}}) "
            f"CREATE (a)-[r:{_type(kind)}]->(b) SET r = row.properties RETURN count(r) AS made"
        )
        yield Statement("facts", query, rows, counted=True)
    yield from _ledger(change)


def check_made(answer: list[dict[str, Any]], rows: list[Any]) -> None:
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


def _removed_facts(change: Change) -> Iterator[Statement]:
    # A fact that is put again is taken away first: creating is cheap everywhere, while merging a relationship
    # onto a hub costs the hub's degree on the embedded engine.
    gone = [*change.removed_edges, *((edge.fact.type, edge.fact.id) for edge in change.edges)]
    for kind, ids in _grouped(gone):
        yield Statement("facts", f"MATCH ()-[r:{_type(kind)}]->() WHERE r.id IN $rows DELETE r", ids)


def _ledger(change: Change) -> Iterator[Statement]:
    for label, ids in ((RECORD, change.removed_records), (RECORD_SOURCE, change.removed_sources)):
        if ids:
            yield Statement("records", f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) DETACH DELETE n", ids)
    if change.records:
        yield Statement("records", _put(RECORD), [_record_row(record) for record in change.records])
    if change.sources:
        yield Statement("records", _put(RECORD_SOURCE), [_source_row(source) for source in change.sources])


def _put(label: str) -> str:
    return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n = row"


def _label(label: str) -> str:
    return NODE_KINDS[label].label


def _type(kind: str) -> str:
    return FACT_KINDS[kind].type


def _properties(item: Node | Fact) -> Row:
    # Null is the absence of a property on every store; an empty list is a value and stays.
    return {name: value for name, value in item.model_dump().items() if value is not None}


def _node_row(node: Node) -> Row:
    if label_of(node.id) != node.label:
        raise ValueError(f"the id {node.id!r} is not one of a {node.label}")
    return {**_properties(node), "digest": node_digest(node)}


def _edge_key(edge: Edge) -> tuple[str, str, str]:
    return edge.fact.type, label_of(edge.from_id), label_of(edge.to_id)


def _edge_row(edge: Edge) -> Row:
    properties = {**_properties(edge.fact), "digest": edge_digest(edge)}
    return {"from_id": edge.from_id, "to_id": edge.to_id, "properties": properties}


def _record_row(record: Record) -> Row:
    payload = record.model_dump_json(exclude_defaults=True)
    return {"id": record_id(record), "source": record.source, "payload": payload, "digest": record.digest()}


def _source_row(source: SourceInfo) -> Row:
    return {"id": source.id, "payload": source.model_dump_json(exclude_defaults=True)}


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> list[tuple[Any, list[Any]]]:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return sorted(groups.items(), key=lambda group: group[0])
