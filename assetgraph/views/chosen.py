"""One county's part of a graph, and the facts around it by either end."""

from __future__ import annotations

from dataclasses import dataclass, field

from assetgraph.model.graph import Edge, Graph
from assetgraph.model.nodes import COE, Node
from assetgraph.views.facts_around import FactsAround

__all__ = ["Chosen"]


@dataclass(frozen=True)
class Chosen:
    """What a county's picture holds: ``members`` are its nodes, ``edges`` the facts that are drawn, in the order of their ids.

    ``own`` are the ids of the county's own sources, without their prefix. ``coordinated`` gives, for the id
    of a HAS_COORDINATOR fact, the ids of the areas that the role looks after. ``crowd`` are members that are never drawn: where
    there are many LEAs, those that are no districts and that nothing touches.
    """

    facts: FactsAround
    county: str
    county_id: str | None
    coe: COE
    own: frozenset[str]
    members: frozenset[str]
    edges: tuple[Edge, ...]
    crowd: frozenset[str] = frozenset()
    coordinated: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        """The whole graph, of which this is a part."""
        return self.facts.graph

    def facts_from(self, node: str, kind: str) -> list[Edge]:
        """Facts of one kind that start at a node, in the order of their ids."""
        return self.facts.out_of(node, kind)

    def facts_to(self, node: str, kind: str) -> list[Edge]:
        """Facts of one kind that end at a node, in the order of their ids."""
        return self.facts.into(node, kind)

    def node(self, node_id: str) -> Node:
        """A node by id; the county office is there even when no source names it."""
        return self.coe if node_id == self.coe.id else self.graph.nodes[node_id]
