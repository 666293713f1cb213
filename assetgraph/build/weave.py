"""The loom: rows hand in what they say about nodes and facts; when all are in, it gives the graph.

Ends may be named before it is known which partner they are: identity is decided once, over all rows, at the end.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assetgraph.matching.partners import Cluster, Mention, resolve_partners
from assetgraph.model.facts import FACT_KINDS, Fact
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.names import fold, slug
from assetgraph.model.nodes import Asset, Node, Partner
from assetgraph.model.records import Basis, Record, SourceInfo
from assetgraph.model.schema import is_private
from assetgraph.model.vocabulary import LEARNING_KINDS, family_of, role_of

__all__ = ["AssetEnd", "End", "Loom"]

LONGEST_IN_ID = 80

_RANK = {Basis.DIRECTORY: 0, Basis.MAP: 1, Basis.TABLE: 2, Basis.REFERENCE: 3, Basis.BUILT_IN: 4}


@dataclass(frozen=True, slots=True)
class AssetEnd:
    """An asset, known by its title and who offers it."""

    title: str
    provider: str | Mention | None


End = str | Mention | AssetEnd
"""A node: by id, by the way a source names a partner, or as an asset of somebody."""


@dataclass(slots=True)
class _Claim:
    rank: tuple[Any, ...]
    kind: type[Node]
    name: str
    fields: Mapping[str, Any]


@dataclass(slots=True)
class _Statement:
    kind: type[Fact]
    start: End
    end: End
    fields: dict[str, Any]
    row: int | None


@dataclass(slots=True)
class Loom:
    """Collects claims about nodes and statements of facts; ``finish`` makes the graph."""

    sources: Mapping[str, SourceInfo]
    _claims: dict[End, list[_Claim]] = field(default_factory=lambda: defaultdict(list))
    _statements: list[_Statement] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)

    def node(self, end: End, kind: type[Node], name: str, record: Record | None = None, /, **fields: Any) -> End:
        """Say that a node is there, with what this row knows of it. Fields left None say nothing."""
        said = {key: value for key, value in fields.items() if value not in (None, [], ())}
        self._claims[end].append(_Claim(self._rank(record), kind, name, said))
        if record is not None:
            page = getattr(record.values, "seen_at", None) or getattr(record.values, "web", None)
            self.fact("REPORTED_BY", end, f"source/{record.source}", record, web=page)
        return end

    def fact(self, kind: str, start: End, end: End, record: Record | None = None, /, **fields: Any) -> None:
        """State a fact between two ends; ``record`` is the row that says so, None for what is built in."""
        if start == end:
            return
        if record is None:
            fields |= {"source": "built_in/assetgraph", "basis": Basis.BUILT_IN.value}
        else:
            source = self.sources[record.source]
            fields |= {"source": record.source, "basis": source.basis.value, "file": record.file, "sheet": record.sheet,
                       "county": record.county}  # fmt: skip
            fields.setdefault("as_of", source.as_of)
            if fields["as_of"] is None:
                fields["as_of"] = source.as_of
        said = {key: value for key, value in fields.items() if value not in (None, [], ())}
        self._statements.append(_Statement(FACT_KINDS[kind], start, end, said, record.row if record else None))

    def _rank(self, record: Record | None) -> tuple[Any, ...]:
        """The order in which claims are believed: by kind of source, then the newest, then by name and place."""
        if record is None:
            return (9, 0, "", "", 0)
        source = self.sources[record.source]
        newest_first = -(source.as_of or date.min).toordinal()
        return (_RANK[source.basis], newest_first, record.source, record.sheet, record.row)

    def finish(self) -> Graph:
        """The graph of all that was said, in the order of ids."""
        mentions = [end for end in self._claims if isinstance(end, Mention)]
        self.clusters, cluster_of = resolve_partners(mentions)
        ids = {end: _id_of(end, cluster_of) for end in self._claims}
        by_id: dict[str, list[_Claim]] = defaultdict(list)
        for end, claims in self._claims.items():
            by_id[ids[end]].extend(claims)
        partners = {cluster.id: cluster for cluster in self.clusters}
        graph = Graph()
        for node_id in sorted(by_id):
            graph.nodes[node_id] = _node(node_id, by_id[node_id], partners.get(node_id))
        edges: dict[str, Edge] = {}
        for statement in self._statements:
            edge = _edge(statement, ids[statement.start], ids[statement.end])
            held = edges.get(edge.fact.id)
            if edge.from_id != edge.to_id and (held is None or (edge.fact.row or 0) < (held.fact.row or 0)):
                edges[edge.fact.id] = edge
        graph.edges = dict(sorted(edges.items()))
        return graph


def _id_of(end: End, cluster_of: Mapping[Mention, Cluster]) -> str:
    if isinstance(end, str):
        return end
    if isinstance(end, Mention):
        return cluster_of[end].id
    provider = _id_of(end.provider, cluster_of) if end.provider else "nobody-recorded"
    title = slug(end.title) or "unnamed"
    if len(title) > LONGEST_IN_ID:
        title = f"{title[:LONGEST_IN_ID]}-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    return f"asset/{title}--{provider.replace('/', '-', 1)}"


def _node(node_id: str, claims: list[_Claim], cluster: Cluster | None) -> Node:
    claims = sorted(claims, key=lambda claim: claim.rank)
    kind = claims[0].kind
    merged: dict[str, Any] = {}
    for claim in claims:
        for key, value in claim.fields.items():
            if isinstance(value, list):
                merged[key] = [*merged.get(key, []), *(one for one in value if one not in merged.get(key, []))]
            elif isinstance(value, bool):
                merged[key] = merged.get(key, False) or value
            else:
                merged.setdefault(key, value)
    name = claims[0].name
    if kind is Partner and cluster is not None:
        name = cluster.name
        others = sorted({m.name for m in cluster.mentions} | {a for m in cluster.mentions for a in m.aliases})
        merged |= {
            "also_called": [other for other in others if fold(other) != fold(name)],
            "home_county": cluster.county,
            "could_be": cluster.could_be,
            "family": family_of(merged.get("kind")),
            "role": role_of(merged.get("kind")),
        }
    if kind is Asset and merged.get("kind") in LEARNING_KINDS:
        merged["is_offering"] = True
    return kind(id=node_id, name=name, **merged)


def _edge(statement: _Statement, from_id: str, to_id: str) -> Edge:
    kind = statement.kind
    said = [kind.type, from_id, to_id]
    # An id is public, so nothing private may be worked out from it; the row tells such statements apart.
    said += [f"{key}={value}" for key, value in sorted(statement.fields.items()) if key != "file" and not is_private(kind, key)]
    said.append(f"row={statement.row}")
    digest = hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:16]
    fact = kind(id=f"{kind.type.lower()}:{digest}", row=statement.row, **statement.fields)
    return Edge(from_id, to_id, fact)
