"""One county's part of a graph, and the facts around it by either end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from assetgraph.model.graph import Edge, Graph
from assetgraph.model.nodes import COE, Node

__all__ = ["Chosen"]

_Index = dict[tuple[str, str], list[Edge]]


@dataclass(frozen=True)
class Chosen:
    """What a county's picture holds: ``members`` are its nodes, ``edges`` the facts that are drawn.

    ``own`` are the ids of the county's own sources, without their prefix. ``coordinated`` gives, for the id
    of a HAS_COORDINATOR fact, the ids of the areas that the role looks after.
    """

    graph: Graph
    county: str
    county_id: str | None
    coe: COE
    own: frozenset[str]
    members: frozenset[str]
    edges: tuple[Edge, ...]
    left_out_leas: int = 0
    coordinated: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _from(self) -> _Index:
        return _indexed(self.graph, by_first=True)

    @cached_property
    def _to(self) -> _Index:
        return _indexed(self.graph, by_first=False)

    def facts_from(self, node: str, kind: str) -> list[Edge]:
        """Facts of one kind that start at a node, in the order of their ids."""
        return self._from.get((node, kind), [])

    def facts_to(self, node: str, kind: str) -> list[Edge]:
        """Facts of one kind that end at a node, in the order of their ids."""
        return self._to.get((node, kind), [])

    def node(self, node_id: str) -> Node:
        """A node by id; the county office is there even when no source names it."""
        return self.coe if node_id == self.coe.id else self.graph.nodes[node_id]


def _indexed(graph: Graph, by_first: bool) -> _Index:
    table: _Index = defaultdict(list)
    for _, edge in sorted(graph.edges.items()):
        table[edge.from_id if by_first else edge.to_id, edge.fact.type].append(edge)
    return table
