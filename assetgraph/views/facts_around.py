"""A graph with its facts at hand by either end, and its counties by name: made once, for as many counties as are drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assetgraph.model.graph import Edge, Graph
from assetgraph.model.names import fold
from assetgraph.model.nodes import COE, LEA, County, School
from assetgraph.model.records import OWN_BASES

__all__ = ["FactsAround", "Home"]


@dataclass
class Home:
    """Who bears the name of one county: itself, its office, its LEAs and its schools. None and empty: not in the graph."""

    name: str | None = None
    county: County | None = None
    coe: COE | None = None
    leas: set[str] = field(default_factory=set)
    schools: set[str] = field(default_factory=set)


class FactsAround:
    """The facts of a graph by the node that they start or end at, and by their source; lists of one kind are in the order of ids.

    >>> FactsAround(Graph()).out_of("coe/lake", "OFFERS")
    []
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._out_of: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        self._into: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
        self._said_by: dict[str, list[Edge]] = defaultdict(list)
        self._of_county: dict[str, list[Edge]] = defaultdict(list)
        self._homes: dict[str, Home] = defaultdict(Home)
        for _, edge in sorted(graph.edges.items()):
            self._out_of[edge.from_id][edge.kind.type].append(edge)
            self._into[edge.to_id][edge.kind.type].append(edge)
            if edge.properties["basis"] in OWN_BASES:
                county = edge.properties.get("county")
                held, key = (self._of_county, fold(county)) if county else (self._said_by, edge.properties["source"])
                held[key].append(edge)
        for _, node in sorted(graph.nodes.items()):
            self._place(node)

    def _place(self, node: object) -> None:
        """Under which county a node stands; of two that claim the same name the first by id is believed."""
        if isinstance(node, County):
            home = self._homes[fold(node.name)]
            home.county = home.county or node
            home.name = min(filter(None, (home.name, node.name)))
        elif isinstance(node, COE | LEA | School) and node.county:
            home = self._homes[fold(node.county)]
            if isinstance(node, COE):
                home.coe = home.coe or node
            else:
                (home.schools if isinstance(node, School) else home.leas).add(node.id)
            if not isinstance(node, School):
                home.name = min(filter(None, (home.name, node.county)))

    def out_of(self, node: str, kind: str) -> list[Edge]:
        """Facts of one kind that start at a node."""
        return self._out_of[node].get(kind, []) if node in self._out_of else []

    def into(self, node: str, kind: str) -> list[Edge]:
        """Facts of one kind that end at a node."""
        return self._into[node].get(kind, []) if node in self._into else []

    def starting_at(self, nodes: Iterable[str]) -> list[Edge]:
        """All facts that start at one of these nodes."""
        return [edge for node in nodes for edges in self._out_of.get(node, {}).values() for edge in edges]

    def at(self, nodes: Iterable[str]) -> list[Edge]:
        """All facts that start or end at one of these nodes, each once."""
        every = (held.get(node, {}) for node in nodes for held in (self._out_of, self._into))
        return list({edge.id: edge for of_kinds in every for edges in of_kinds.values() for edge in edges}.values())

    def said_of(self, county: str, sources: Iterable[str]) -> Sequence[Edge]:
        """What rows say that name the county, and what rows of these sources say that name none: people's own words alone."""
        rows = [edge for source in sorted(sources) for edge in self._said_by.get(source, ())]
        return [*self._of_county.get(fold(county), ()), *rows]

    def home(self, county: str) -> Home:
        """Who bears the name of a county; an empty one where nobody does."""
        return self._homes.get(fold(county)) or Home()
