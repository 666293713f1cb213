"""Which nodes and facts of a graph belong to one county's picture.

The county office, the county's LEAs, and what the county's own maps and tables name: partners, assets, networks, and
what ties them. Reference facts and directories never put anything into the picture.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from assetgraph.errors import UsageError
from assetgraph.model.facts import TIE_KINDS, HasCoordinator, ReachedIn
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.names import fold, slug
from assetgraph.model.nodes import (
    COE,
    LEA,
    Asset,
    County,
    Node,
    Partner,
    School,
    Source,
)
from assetgraph.model.places import county_named

__all__ = ["Chosen", "choose"]

OWN_BASES = frozenset({"map", "table"})
"""Statements that somebody in a county made; everything else (directory, reference, built_in) is background."""

DRAWN = frozenset(
    {*TIE_KINDS, "OFFERS", "COVERS", "TOOK_PART_IN", "OPEN_TO", "REACHED_IN", "HAS_COORDINATOR"}
)

_Kind = TypeVar("_Kind", bound=Node)

CROWD_OF_LEAS = 60
"""Above this many LEAs only districts, and what something touches, stand on the outer ring."""


@dataclass(frozen=True)
class Chosen:
    """One county's part of a graph. ``edges`` are drawn; every other fact is read through ``facts_from``/``facts_to``."""

    graph: Graph
    county: str
    county_id: str | None
    coe: COE
    own: frozenset[str]
    """Ids of the county's own sources, without their prefix."""
    members: frozenset[str] = frozenset()
    edges: tuple[Edge, ...] = ()
    left_out_leas: int = 0
    coordinated: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a HAS_COORDINATOR fact to the ids of the areas that the role looks after."""

    @cached_property
    def _from(self) -> dict[tuple[str, str], list[Edge]]:
        return _indexed(self.graph, by_first=True)

    @cached_property
    def _to(self) -> dict[tuple[str, str], list[Edge]]:
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


def _indexed(graph: Graph, by_first: bool) -> dict[tuple[str, str], list[Edge]]:
    table: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for _, edge in sorted(graph.edges.items()):
        table[edge.from_id if by_first else edge.to_id, edge.fact.type].append(edge)
    return table


def choose(graph: Graph, county: str) -> Chosen:
    """What belongs to a county's picture: its office, its LEAs, and what its own sources name.

    Raises UsageError when the graph holds nothing of that county.
    """
    name = _county_name(graph, county)
    county_id = next((n.id for n in _all(graph, County) if fold(n.name) == fold(name)), None)
    coe = next((n for n in _all(graph, COE) if fold(n.county) == fold(name)), None)
    coe = coe or COE(id=f"coe/{slug(name)}", name=f"{name} County Office of Education", county=name)
    leas = {n.id for n in _all(graph, LEA) if fold(n.county) == fold(name)}
    schools = {n.id for n in _all(graph, School) if fold(n.county) == fold(name)}
    home = {coe.id} | leas
    said = [edge for _, edge in sorted(graph.edges.items()) if edge.fact.basis in OWN_BASES]
    own, alone = _own_sources(graph, home, county_id)
    touching = [e for e in said if e.fact.type in DRAWN and _both_drawable(graph, e)]
    members = home | _named_in(said, graph, alone)
    at_home = home | ({county_id} if county_id else set())
    members |= {
        end for e in said if _touches(e, home, at_home, graph) for end in _ends(e) if _drawable(graph, end)
    }
    members = _grown(members, [e for e in touching if e.fact.source in own], alone, graph)
    touched = {end for e in touching for end in _ends(e) if set(_ends(e)) <= members}
    crowd = (
        {n for n in leas if n not in touched and not _is_district(graph, n)}
        if len(leas) > CROWD_OF_LEAS
        else set()
    )
    members = {n for n in members - crowd if n not in schools or n in touched}
    edges, coordinated = _drawn(said, members, county_id)
    return Chosen(
        graph, name, county_id, coe, frozenset(own), frozenset(members), edges, len(crowd), coordinated
    )


def _county_name(graph: Graph, county: str) -> str:
    place = county_named(county)
    name = place.name if place else county
    held = {n.name for n in _all(graph, County)}
    held |= {n.county for n in _all(graph, COE)} | {n.county for n in _all(graph, LEA)}
    for known in sorted(held):
        if fold(known) == fold(name):
            return known
    if not place:
        raise UsageError(
            f'no county "{county}" in this graph', "name one of California's 58 counties, such as Lake"
        )
    return name


def _all(graph: Graph, kind: type[_Kind]) -> list[_Kind]:
    return [node for _, node in sorted(graph.nodes.items()) if isinstance(node, kind)]


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.from_id, edge.to_id


def _own_sources(graph: Graph, home: set[str], county_id: str | None) -> tuple[set[str], set[str]]:
    """The county's own sources, and those of them that are about no other county."""
    own, counties = set(), defaultdict(set)
    for edge in graph.edges.values():
        if edge.fact.type == "MAPS":
            counties[edge.from_id].add(edge.to_id)
        if (edge.fact.type == "MAPS" and edge.to_id == county_id) or (
            edge.fact.type == "OWNED_BY" and edge.to_id in home
        ):
            node = graph.nodes.get(edge.from_id)
            if isinstance(node, Source) and node.basis in OWN_BASES:
                own.add(edge.from_id)
    alone = {source for source in own if len(counties[source]) <= 1}
    return {s.removeprefix("source/") for s in own}, {s.removeprefix("source/") for s in alone}


def _drawable(graph: Graph, node_id: str) -> bool:
    return isinstance(graph.nodes.get(node_id), COE | LEA | School | Partner | Asset)


def _both_drawable(graph: Graph, edge: Edge) -> bool:
    return _drawable(graph, edge.from_id) and _drawable(graph, edge.to_id)


def _touches(edge: Edge, home: set[str], at_home: set[str], graph: Graph) -> bool:
    """Whether a statement is about the office or one of the LEAs, or opens an asset to the whole county."""
    if edge.fact.type == "OPEN_TO":
        return bool(at_home & set(_ends(edge)))
    return edge.fact.type in DRAWN and _both_drawable(graph, edge) and bool(home & set(_ends(edge)))


def _grown(members: set[str], edges: list[Edge], alone: set[str], graph: Graph) -> set[str]:
    """Two steps further along the county's own statements between partners and assets.

    A source about several counties does not bring in everything that a partner offers: that may be for another county.
    """
    between = [e for e in edges if all(isinstance(graph.nodes[end], Partner | Asset) for end in _ends(e))]
    for _ in range(2):
        near = [e for e in between if len(members & set(_ends(e))) == 1]
        members = members | {
            end
            for e in near
            for end in _ends(e)
            if e.fact.source in alone or isinstance(graph.nodes[end], Partner)
        }
    return members


def _named_in(said: list[Edge], graph: Graph, alone: set[str]) -> set[str]:
    """Partners and assets that a source about this county alone names, though nothing ties them yet."""
    return {
        edge.from_id
        for edge in said
        if edge.fact.type == "REPORTED_BY" and edge.fact.source in alone
        and isinstance(graph.nodes.get(edge.from_id), Partner | Asset)
    }  # fmt: skip


def _is_district(graph: Graph, node_id: str) -> bool:
    node = graph.nodes[node_id]
    return isinstance(node, LEA) and node.is_district


def _drawn(
    said: list[Edge], members: set[str], county_id: str | None
) -> tuple[tuple[Edge, ...], dict[str, tuple[str, ...]]]:
    """Facts between members, to the county as a whole, and to content areas (at once, or through a role)."""
    ends = members | ({county_id} if county_id else set())
    between = [e for e in said if e.fact.type in DRAWN and e.from_id in members and e.from_id != e.to_id]
    edges = [e for e in between if e.to_id in ends or e.fact.type == "COVERS"]
    edges += [e for e in between if isinstance(e.fact, ReachedIn) and e.fact.answer == "yes"]
    looks_after = defaultdict(list)
    for edge in said:
        if edge.fact.type == "COORDINATES":
            looks_after[edge.from_id].append(edge.to_id)
    roles = [
        e
        for e in said
        if isinstance(e.fact, HasCoordinator) and e.from_id in members and looks_after[e.to_id]
    ]
    coordinated = {e.fact.id: tuple(sorted(set(looks_after[e.to_id]))) for e in roles}
    return tuple(sorted([*edges, *roles], key=lambda e: e.fact.id)), coordinated
