"""The graph in memory: typed nodes by id and facts by id, ready to be written, compared or drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from assetgraph.model.facts import Fact
from assetgraph.model.nodes import Node

__all__ = ["Edge", "Graph"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact and the ids of its two ends."""

    from_id: str
    to_id: str
    fact: Fact


@dataclass(slots=True)
class Graph:
    """Nodes by id, edges by the id of their fact. Equal input gives equal graphs, in equal order."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
