"""Which nodes and facts of a graph belong to one county's picture.

The county office, the county's LEAs, and what the county's own maps and tables name: partners, assets,
networks, and what ties them. Reference facts and directories never put anything into the picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assetgraph.errors import UsageError
from assetgraph.model.facts import TIE_KINDS, HasCoordinator, ReachedIn
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.ids import coe_id
from assetgraph.model.names import fold
from assetgraph.model.nodes import COE, LEA, Asset, County, Node, Partner, School, Source
from assetgraph.model.places import COUNTIES, county_named
from assetgraph.model.records import OWN_BASES
from assetgraph.views.chosen import Chosen
from assetgraph.views.fold import CROWD_OF_LEAS
from assetgraph.views.wording import NAME_CAP, shown

__all__ = ["choose"]

DRAWN = frozenset(
    {*TIE_KINDS, "OFFERS", "COVERS", "TOOK_PART_IN", "OPEN_TO", "REACHED_IN", "HAS_COORDINATOR"}
)

_Kind = TypeVar("_Kind", bound=Node)
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

    def says(self, edge: Edge) -> bool:
        """Whether a statement is the county's own: its row speaks of it, or stands in one of its sources."""
        if edge.fact.county is None:
            return edge.fact.source in self.own
        return fold(edge.fact.county) == fold(self.name)

    def says_alone(self, edge: Edge) -> bool:
        """Whether it is the county's own and can be about no other county."""
        return self.says(edge) and (edge.fact.county is not None or edge.fact.source in self.alone)


def choose(graph: Graph, county: str) -> Chosen:
    """What belongs to a county's picture: its office, its LEAs, and what its own sources name.

    Raises UsageError when neither the graph nor the map of California knows the county.
    """
    home = _home(graph, county)
    said = [edge for _, edge in sorted(graph.edges.items()) if edge.fact.basis in OWN_BASES]
    between = [
        e for e in said if e.fact.type in DRAWN and all(_is(graph, end, *_DRAWABLE) for end in _ends(e))
    ]
    members = home.ends | _named_in(said, graph, home)
    members |= {end for e in between for end in _ends(e) if home.ends & set(_ends(e))}
    members |= {e.from_id for e in said if _opens_to_all(e, home) and _is(graph, e.from_id, Asset)}
    members = _grown(members, between, graph, home)
    touched = {end for e in between for end in _ends(e) if set(_ends(e)) <= members}
    crowd = _crowd(graph, home.leas - touched) if len(home.leas) > CROWD_OF_LEAS else set()
    members = {member for member in members - crowd if member not in home.schools or member in touched}
    edges, coordinated = _drawn(said, members, home.county_id)
    return Chosen(
        graph=graph,
        county=home.name,
        county_id=home.county_id,
        coe=home.coe,
        own=home.own,
        members=frozenset(members),
        edges=edges,
        left_out_leas=len(crowd),
        coordinated=coordinated,
    )


def _home(graph: Graph, county: str) -> _Home:
    name = _county_name(graph, county)
    county_id = next((n.id for n in _all(graph, County) if fold(n.name) == fold(name)), None)
    coe = next((n for n in _all(graph, COE) if fold(n.county) == fold(name)), None)
    coe = coe or COE(id=coe_id(name), name=f"{name} County Office of Education", county=name)
    leas = frozenset(n.id for n in _all(graph, LEA) if n.county and fold(n.county) == fold(name))
    schools = frozenset(n.id for n in _all(graph, School) if fold(n.county) == fold(name))
    own, alone = _own_sources(graph, {coe.id} | leas, county_id)
    return _Home(name, county_id, coe, leas, schools, own, alone)


def _county_name(graph: Graph, county: str) -> str:
    place = county_named(county)
    name = place.name if place else county
    held = {n.name for n in _all(graph, County)}
    held |= {n.county for n in _all(graph, COE)} | {n.county for n in _all(graph, LEA) if n.county}
    known = next((one for one in sorted(held) if fold(one) == fold(name)), None)
    if known is None and place is None:
        cure = f"name one of California's {len(COUNTIES)} counties, such as Lake"
        raise UsageError(f'no county "{shown(county, NAME_CAP)}" in this graph', cure)
    return known or name


def _own_sources(
    graph: Graph, home: set[str], county_id: str | None
) -> tuple[frozenset[str], frozenset[str]]:
    """The county's own sources, and those of them that are about no other county."""
    own, counties = set(), defaultdict(set)
    for edge in graph.edges.values():
        maps, owned = edge.fact.type == "MAPS", edge.fact.type == "OWNED_BY"
        if maps:
            counties[edge.from_id].add(edge.to_id)
        node = graph.nodes.get(edge.from_id)
        ours = (maps and edge.to_id == county_id) or (owned and edge.to_id in home)
        if ours and isinstance(node, Source) and node.basis in OWN_BASES:
            own.add(edge.from_id)
    alone = {source for source in own if len(counties[source]) <= 1}
    return _bare(own), _bare(alone)


def _bare(sources: set[str]) -> frozenset[str]:
    return frozenset(source.removeprefix("source/") for source in sources)


def _all(graph: Graph, kind: type[_Kind]) -> list[_Kind]:
    return [node for _, node in sorted(graph.nodes.items()) if isinstance(node, kind)]


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.from_id, edge.to_id


def _is(graph: Graph, node_id: str, *kinds: type[Node]) -> bool:
    return isinstance(graph.nodes.get(node_id), kinds)


def _named_in(said: Sequence[Edge], graph: Graph, home: _Home) -> set[str]:
    """Partners and assets that the county's own rows name, though nothing ties them yet."""
    named = [e for e in said if e.fact.type == "REPORTED_BY" and home.says_alone(e)]
    return {edge.from_id for edge in named if _is(graph, edge.from_id, Partner, Asset)}


def _opens_to_all(edge: Edge, home: _Home) -> bool:
    """Whether the county's own sources open something to the whole county."""
    return edge.fact.type == "OPEN_TO" and edge.to_id == home.county_id and home.says(edge)


def _grown(members: set[str], between: Sequence[Edge], graph: Graph, home: _Home) -> set[str]:
    """Two steps further along the county's own statements between partners and assets.

    A row that may be about several counties does not bring in everything that a partner offers: that may be
    for another county.
    """
    own = [e for e in between if home.says(e) and all(_is(graph, end, Partner, Asset) for end in _ends(e))]
    for _ in range(2):
        near = [(e, end) for e in own for end in _ends(e) if len(members & set(_ends(e))) == 1]
        members = members | {end for e, end in near if home.says_alone(e) or _is(graph, end, Partner)}
    return members


def _crowd(graph: Graph, untouched: frozenset[str]) -> set[str]:
    """Of the LEAs that nothing touches, those that are no districts."""
    nodes = [graph.nodes[lea] for lea in untouched]
    return {node.id for node in nodes if isinstance(node, LEA) and not node.is_district}


def _drawn(
    said: Sequence[Edge], members: set[str], county_id: str | None
) -> tuple[tuple[Edge, ...], dict[str, tuple[str, ...]]]:
    """Facts between members, to the county as a whole, and to content areas (at once, or through a role)."""
    ends = members | ({county_id} if county_id else set())
    near = [e for e in said if e.fact.type in DRAWN and e.from_id in members and e.from_id != e.to_id]
    edges = [e for e in near if e.to_id in ends or e.fact.type == "COVERS"]
    edges += [e for e in near if isinstance(e.fact, ReachedIn) and e.fact.answer == "yes"]
    looks_after = defaultdict(set)
    for edge in said:
        if edge.fact.type == "COORDINATES":
            looks_after[edge.from_id].add(edge.to_id)
    roles = [e for e in near if isinstance(e.fact, HasCoordinator) and looks_after[e.to_id]]
    coordinated = {edge.fact.id: tuple(sorted(looks_after[edge.to_id])) for edge in roles}
    return tuple(sorted([*edges, *roles], key=lambda e: e.fact.id)), coordinated
