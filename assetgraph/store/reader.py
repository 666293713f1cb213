"""Reading back: the ledger and the whole graph as typed values, through any store's ``read``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from assetgraph.errors import StoreError
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Edge
from assetgraph.model.nodes import NODE_KINDS, Node
from assetgraph.model.records import Record, SourceInfo
from assetgraph.model.schema import LEDGER_LABELS, MARKER_LABEL
from assetgraph.store.ledger import Page, records_of
from assetgraph.store.writer import digest_of_file

__all__ = [
    "counts", "edges", "fact_digests", "label_in_use", "node_digests", "nodes", "pages", "records_of_kind", "schema_version",
    "sources", "unfinished",
]  # fmt: skip

T = TypeVar("T")
Read = Callable[[str, dict[str, Any]], list[dict[str, Any]]]

PAGES, SOURCES = LEDGER_LABELS
_PAGE_COLUMNS = "p.id AS id, p.source AS source, p.rows AS rows, p.payload AS text"
_CURE = "build again from your files; if it stays, delete the graph and build it anew"


def pages(read: Read) -> list[Page]:
    """Every page of kept rows, by id."""
    return [Page(**row) for row in read(f"MATCH (p:{PAGES}) RETURN {_PAGE_COLUMNS} ORDER BY id", {})]


def records_of_kind(read: Read, kind: str) -> list[Record]:
    """The kept rows of one kind of sheet, by source, file, sheet and row; only pages that hold any are read."""
    query = f"MATCH (p:{PAGES}) WHERE p.payload CONTAINS $mark RETURN {_PAGE_COLUMNS} ORDER BY id"
    found = [Page(**row) for row in read(query, {"mark": f"\t{kind}\t"})]
    return [record for record in records_of(found) if record.kind == kind]


def sources(read: Read) -> list[SourceInfo]:
    """Every source, by id."""
    rows = read(f"MATCH (s:{SOURCES}) RETURN s.id AS id, s.payload AS payload ORDER BY id", {})
    return [_typed(row, SourceInfo.model_validate_json, row["payload"]) for row in rows]


def nodes(read: Read) -> dict[str, Node]:
    """Every node by id. A network, funder, offering or map is read as its label's own class."""
    found: dict[str, Node] = {}
    for label, kind in NODE_KINDS.items():
        query = f"MATCH (n:{label}) RETURN {_columns('n', kind.model_fields)} ORDER BY id"
        for row in read(query, {}):
            found[row["id"]] = _typed(row, kind.model_validate, _recorded(row))
    return found


def edges(read: Read) -> dict[str, Edge]:
    """Every fact by id, with its ends."""
    found: dict[str, Edge] = {}
    for name, kind in FACT_KINDS.items():
        columns = _columns("r", kind.model_fields)
        query = f"MATCH (a)-[r:{name}]->(b) RETURN a.id AS end_a, b.id AS end_b, {columns} ORDER BY id"
        for row in read(query, {}):
            ends = row.pop("end_a"), row.pop("end_b")
            found[row["id"]] = Edge(*ends, _typed(row, kind.model_validate, _recorded(row)))
    return found


def node_digests(read: Read) -> dict[str, str]:
    """Node id to digest of what is stored; empty text for a node without one."""
    found: dict[str, str] = {}
    for label in NODE_KINDS:
        for row in read(f"MATCH (n:{label}) RETURN n.id AS id, n.digest AS digest", {}):
            found[row["id"]] = row["digest"] or ""
    return found


def fact_digests(read: Read) -> dict[str, str]:
    """Fact id to digest of what is stored."""
    found: dict[str, str] = {}
    for name in FACT_KINDS:
        for row in read(f"MATCH ()-[r:{name}]->() RETURN r.id AS id, r.digest AS digest, r.file AS file", {}):
            found[row["id"]] = row["digest"] or digest_of_file(row["file"])
    return found


def counts(read: Read) -> tuple[dict[str, int], dict[str, int], int]:
    """Nodes by label, facts by type, and the number of records."""
    by_label = {label: _count(read, f"(n:{label})") for label in NODE_KINDS}
    by_type = {name: _count(read, f"()-[n:{name}]->()") for name in FACT_KINDS}
    rows = read(f"MATCH (p:{PAGES}) RETURN sum(p.rows) AS total", {})
    return by_label, by_type, int(rows[0]["total"] or 0)


def schema_version(read: Read) -> int | None:
    """The number on our marker node; None where there is none."""
    rows = read(f"MATCH (m:{MARKER_LABEL} {{id: 'assetgraph'}}) RETURN m.schema_version AS version ORDER BY version", {})
    return int(rows[-1]["version"] or 0) if rows else None


def unfinished(read: Read) -> tuple[str, ...]:
    """What our marker says of a build that was cut short: ids of sources, by id; none for a store that is whole."""
    rows = read(f"MATCH (m:{MARKER_LABEL} {{id: 'assetgraph'}}) RETURN m.unfinished AS ids, m.id AS id ORDER BY id", {})
    return tuple(sorted(rows[0]["ids"] or ())) if rows else ()


def label_in_use(read: Read) -> str | None:
    """One of our labels that some node carries; None when none does."""
    for label in (*NODE_KINDS, *LEDGER_LABELS):
        if read(f"MATCH (n:{label}) RETURN 1 AS one LIMIT 1", {}):
            return label
    return None


def _columns(variable: str, names: dict[str, Any]) -> str:
    return ", ".join(f"{variable}.{name} AS {name}" for name in names)


def _recorded(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _count(read: Read, pattern: str) -> int:
    return int(read(f"MATCH {pattern} RETURN count(n) AS total", {})[0]["total"])


def _typed(row: dict[str, Any], make: Callable[[Any], T], value: Any) -> T:
    try:
        return make(value)
    except (ValidationError, KeyError) as error:
        raise StoreError(f"the store holds something that assetgraph did not write, at {row['id']!r}", _CURE) from error
