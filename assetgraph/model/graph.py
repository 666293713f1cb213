"""The graph in memory: typed nodes by id and facts by id, ready to be written, compared or drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assetgraph.model.facts import Fact
from assetgraph.model.nodes import Node

__all__ = ["Edge", "Graph"]


class Edge:
    """A fact and the ids of its two ends.

    A state has millions of them, so an edge holds either the typed fact or its properties, and makes the other when
    it is asked for. Edges are equal when their ends, their kind and their properties are. They are never changed.

    >>> from assetgraph.model.facts import FACT_KINDS
    >>> said = {"id": "in:1", "source": "map/lake", "basis": "map"}
    >>> edge = Edge.said(FACT_KINDS["IN"], "coe/lake", "county/lake", said)
    >>> edge.id, edge.fact.basis, edge == Edge("coe/lake", "county/lake", edge.fact)
    ('in:1', 'map', True)
    """

    __slots__ = ("_fact", "_properties", "from_id", "kind", "to_id")

    def __init__(self, from_id: str, to_id: str, fact: Fact | type[Fact], said: Mapping[str, Any] | None = None) -> None:
        self.from_id, self.to_id = from_id, to_id
        self.kind: type[Fact] = fact if isinstance(fact, type) else type(fact)
        self._fact: Fact | None = None if isinstance(fact, type) else fact
        self._properties = said

    @classmethod
    def said(cls, kind: type[Fact], from_id: str, to_id: str, properties: Mapping[str, Any]) -> Edge:
        """The same from properties as a store keeps them: nothing that is not recorded, defaults filled in."""
        return cls(from_id, to_id, kind, properties)

    @property
    def id(self) -> str:
        """The id of the fact."""
        return self._fact.id if self._fact is not None else self.properties["id"]

    @property
    def fact(self) -> Fact:
        """The fact, typed and checked; made once."""
        if self._fact is None:
            self._fact = self.kind.model_validate(self._properties)
        return self._fact

    @property
    def properties(self) -> Mapping[str, Any]:
        """What a store keeps of the fact. Null is the absence of a property; an empty list is a value."""
        if self._properties is None:
            self._properties = {name: value for name, value in self.fact.model_dump().items() if value is not None}
        return self._properties

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Edge):
            return NotImplemented
        mine, its = (self.from_id, self.to_id, self.kind), (other.from_id, other.to_id, other.kind)
        return mine == its and self.properties == other.properties

    def __hash__(self) -> int:
        return hash((self.from_id, self.to_id, self.id))

    def __repr__(self) -> str:
        return f"Edge({self.from_id!r}, {self.to_id!r}, {self.fact!r})"


@dataclass(slots=True)
class Graph:
    """Nodes by id, edges by the id of their fact. Equal input gives equal graphs, in equal order."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
