"""Which nodes and facts of a graph belong to one county's picture.

The county office, the county's LEAs, and what the county's own maps and tables name: partners, assets,
networks, and what ties them. Reference facts and directories never put anything into the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assetgraph.errors import UsageError
from assetgraph.model.facts import TIE_KINDS
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.ids import coe_id
from assetgraph.model.nodes import COE, LEA, Asset, Node, Partner, School, Source
from assetgraph.model.places import COUNTIES, county_named
from assetgraph.model.records import OWN_BASES
from assetgraph.views.chosen import Chosen
from assetgraph.views.facts_around import FactsAround
from assetgraph.views.fold import CROWD_OF_LEAS
from assetgraph.views.wording import NAME_CAP, shown

__all__ = ["choose"]

DRAWN = frozenset(
    {*TIE_KINDS, "OFFERS", "COVERS", "TOOK_PART_IN", "OPEN_TO", "REACHED_IN", "HAS_COORDINATOR"}
)

_DRAWABLE = (COE, LEA, School, Partner, Asset)


@dataclass(frozen=True)
class _Home:
    """A county, its office, LEAs and schools, and its own sources; ``alone`` are about no other county."""

    name: str
    county_id: str | None
    coe: COE
    leas: frozenset[str]
    schools: frozenset[str]
    own: frozenset[str]
    alone: frozenset[str]

    @property
    def ends(self) -> set[str]:
        return {self.coe.id} | self.leas

    def says_alone(self, edge: Edge) -> bool:
        """Of the county's own statements, whether this one can be about no other county."""
        return bool(edge.properties.get("county")) or edge.properties["source"] in self.alone


def choose(facts: FactsAround, county: str) -> Chosen:
    """What belongs to a county's picture: its office, its LEAs, and what its own sources name.

    Raises UsageError when neither the graph nor the map of California knows the county.
    """
    graph, home = facts.graph, _home(facts, county)
    own = facts.said_of(home.name, home.own)
    members = home.ends | {e.from_id for e in own if e.kind.type == "REPORTED_BY" and home.says_alone(e)
                           and _is(graph, e.from_id, Partner, Asset)}  # fmt: skip
    members |= {end for edge in _between(facts.at(home.ends), graph) for end in _ends(edge)}
    members |= {e.from_id for e in own if e.kind.type == "OPEN_TO" and e.to_id == home.county_id and _is(graph, e.from_id, Asset)}
    members = _grown(members, own, graph, home)
    touched = {end for e in _between(facts.starting_at(members), graph) if e.to_id in members for end in _ends(e)}
    crowd = _crowd(graph, home.leas - touched) if len(home.leas) > CROWD_OF_LEAS else set()
    members = {member for member in members if member not in home.schools or member in touched}
    edges, coordinated = _drawn(facts, members, home.county_id)
    return Chosen(
        facts=facts,
        county=home.name,
        county_id=home.county_id,
        coe=home.coe,
        own=home.own,
        members=frozenset(members),
        edges=edges,
        crowd=frozenset(crowd),
        coordinated=coordinated,
    )


def _home(facts: FactsAround, county: str) -> _Home:
    place = county_named(county)
    held = facts.home(place.name if place else county)
    if held.name is None and place is None:
        cure = f"name one of California's {len(COUNTIES)} counties, such as Lake"
        raise UsageError(f'no county "{shown(county, NAME_CAP)}" in this graph', cure)
    name = held.name or (place.name if place else county)
    coe = held.coe or COE(id=coe_id(name), name=f"{name} County Office of Education", county=name)
    county_id = held.county.id if held.county else None
    own, alone = _own_sources(facts, {coe.id} | held.leas, county_id)
    return _Home(name, county_id, coe, frozenset(held.leas), frozenset(held.schools), own, alone)


def _own_sources(facts: FactsAround, home: set[str], county_id: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """The county's own sources, and those of them that are about no other county."""
    claims = facts.into(county_id, "MAPS") if county_id else []
    claims = claims + [edge for owner in home for edge in facts.into(owner, "OWNED_BY")]
    nodes = (facts.graph.nodes.get(edge.from_id) for edge in claims)
    own = {node.id for node in nodes if isinstance(node, Source) and node.basis in OWN_BASES}
    alone = {source for source in own if len({edge.to_id for edge in facts.out_of(source, "MAPS")}) <= 1}
    return _bare(own), _bare(alone)


def _bare(sources: set[str]) -> frozenset[str]:
    return frozenset(source.removeprefix("source/") for source in sources)


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.from_id, edge.to_id


def _is(graph: Graph, node_id: str, *kinds: type[Node]) -> bool:
    return isinstance(graph.nodes.get(node_id), kinds)


def _is_own(edge: Edge) -> bool:
    """Whether people said it themselves: neither a reference nor a directory."""
    return edge.properties["basis"] in OWN_BASES


def _between(edges: Iterable[Edge], graph: Graph) -> list[Edge]:
    """Of these, what people said that a line is drawn for, between two that have shapes."""
    said = (edge for edge in edges if edge.kind.type in DRAWN and _is_own(edge))
    return [edge for edge in said if all(_is(graph, end, *_DRAWABLE) for end in _ends(edge))]


def _grown(members: set[str], own: Sequence[Edge], graph: Graph, home: _Home) -> set[str]:
    """Two steps further along the county's own statements between partners and assets.

    A row that may be about several counties does not bring in everything that a partner offers: that may be
    for another county.
    """
    steps = [e for e in _between(own, graph) if all(_is(graph, end, Partner, Asset) for end in _ends(e))]
    for _ in range(2):
        near = [(e, end) for e in steps for end in _ends(e) if len(members & set(_ends(e))) == 1]
        members = members | {end for e, end in near if home.says_alone(e) or _is(graph, end, Partner)}
    return members


def _crowd(graph: Graph, untouched: frozenset[str]) -> set[str]:
    """Of the LEAs that nothing touches, those that are no districts."""
    nodes = [graph.nodes[lea] for lea in untouched]
    return {node.id for node in nodes if isinstance(node, LEA) and not node.is_district}


def _drawn(facts: FactsAround, members: set[str], county_id: str | None) -> tuple[tuple[Edge, ...], dict[str, tuple[str, ...]]]:
    """Facts between members, to the county as a whole, and to content areas (at once, or through a role)."""
    ends = members | ({county_id} if county_id else set())
    near = [e for e in facts.starting_at(members) if e.kind.type in DRAWN and e.from_id != e.to_id and _is_own(e)]
    edges = [e for e in near if e.to_id in ends or e.kind.type == "COVERS"]
    edges += [e for e in near if e.kind.type == "REACHED_IN" and e.properties["answer"] == "yes"]
    coordinated = {}
    for edge in (one for one in near if one.kind.type == "HAS_COORDINATOR"):
        areas = {of.to_id for of in facts.out_of(edge.to_id, "COORDINATES") if _is_own(of)}
        if areas:
            edges.append(edge)
            coordinated[edge.id] = tuple(sorted(areas))
    return tuple(sorted(edges, key=lambda e: e.id)), coordinated
