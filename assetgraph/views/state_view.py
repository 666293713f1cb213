"""The state, a region or any group of counties as one picture: what each has for an area, and which partners they share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from assetgraph.analysis.grid import Held, held_in
from assetgraph.model.ids import STATE
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import OWN_BASES
from assetgraph.model.vocabulary import FAMILIES, GRANT_AREAS
from assetgraph.queries.words import area_words, capital
from assetgraph.views.opening import edition_line, licence_line
from assetgraph.views.wording import NAME_CAP, counted, day, listed, shown

__all__ = ["ALL_FAMILIES", "CountyOnMap", "SharedPartner", "StateView", "state_view"]

ALL_FAMILIES = "all"
"""In place of a family: all of them together."""

NO_MAP = "no_map"

MOST_LABELS = 12
"""So many counties are all named on a picture."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CountyOnMap(_Frozen):
    """One county. ``states`` has its state by area and family, or all families together; ``map_line`` says from where."""

    name: str
    region: str
    has_map: bool
    map_line: str
    states: dict[str, dict[str, str]]


class SharedPartner(_Frozen):
    """A partner to which two counties or more have current ties; ``is_statewide`` where it serves the state as a whole."""

    name: str
    is_statewide: bool
    counties: tuple[str, ...]


class StateView(_Frozen):
    """Some counties on the map. ``opening`` and ``lines`` are sentences; links are drawn from ``shared``."""

    title: str
    opening: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    as_of: str
    areas: tuple[tuple[str, str], ...]
    """Term and name of each content area that counties can be filled by."""
    families: tuple[tuple[str, str], ...]
    counties: tuple[CountyOnMap, ...]
    shared: tuple[SharedPartner, ...]

    @property
    def labelled(self) -> list[str]:
        """The counties that are named on the picture: all of a few, else those with a map."""
        return [county.name for county in self.counties if county.has_map or len(self.counties) <= MOST_LABELS]

    def links(self, *, statewide: bool = False) -> dict[tuple[str, str], tuple[str, ...]]:
        """Each two counties that share partners, by name, to the names of these; statewide partners only when asked for."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for partner in self.shared:
            if statewide or not partner.is_statewide:
                for place, one in enumerate(partner.counties):
                    for other in partner.counties[place + 1 :]:
                        found[one, other].append(partner.name)
        return {pair: tuple(names) for pair, names in sorted(found.items())}


def state_view(network: PartnerNetwork, on: date, *, counties: Sequence[str] | None = None, title: str | None = None,
               sources: Mapping[str, str] | None = None, licence: str | None = None,
               note: str | None = None) -> StateView:  # fmt: skip
    """What some counties (all, where none are named) have on a day, each by itself: never a count, never a ranking.

    ``sources`` gives each county the words for its map and its day, ``note`` what else a reader must know. A county's state in
    an area is that of the gap grid, for one family, or for all families together as if they were one; where the graph holds no
    map of it, nothing is known.

    >>> from assetgraph.store import open_store, read_network
    >>> with open_store(":memory:") as store:
    ...     state_view(read_network(store), date(2025, 1, 15), counties=["Lake"]).counties[0].map_line
    'no map yet'
    """
    names = sorted(counties) if counties is not None else sorted(COUNTIES)
    said = sources or {}
    on_map = tuple(_county(network, name, on, said.get(name, "a map")) for name in names)
    shared = _shared(network, on, names)
    mapped, without = ([one.name for one in on_map if one.has_map is has] for has in (True, False))
    opening = f"{len(mapped)} of {counted(len(names), 'county', 'counties')} {'has' if len(mapped) == 1 else 'have'} a map"
    apart = sum(not one.is_statewide for one in shared)
    opening += f"; {counted(apart, 'partner')} {'works' if apart == 1 else 'work'} with two of them or more."
    doubtful = sum(bool(body.could_be) for body in network.bodies.values() if body.label == "Partner")
    notes = [f"Names of partners not yet resolved, which may mean the same as another: {doubtful or 'none'}."]
    if without:
        notes.append(f"No map yet, so nothing is known: {listed(without) if len(without) < len(names) else 'of any county'}.")
    lines = (f"As of {day(on)}", edition_line("public"), licence_line(licence), *([note] if note else []))
    return StateView(
        title=shown(title, NAME_CAP) or "California, county by county", opening=opening, lines=lines,
        notes=tuple(notes), as_of=day(on), areas=tuple((area, capital(area_words(area))) for area in GRANT_AREAS),
        families=((ALL_FAMILIES, "All families of partners"), *sorted(FAMILIES.items(), key=lambda one: one[1])),
        counties=on_map, shared=shared,
    )  # fmt: skip


def _county(network: PartnerNetwork, name: str, on: date, said: str) -> CountyOnMap:
    has_map = name in network.mapped
    held = held_in(network, name, on) if has_map else {}
    states: dict[str, dict[str, str]] = {}
    for area in GRANT_AREAS:
        cells = {family: its for (of, family), its in held.items() if of == area}
        states[area] = {family: cells[family].state if family in cells else NO_MAP for family in FAMILIES}
        states[area][ALL_FAMILIES] = _together(cells.values()).state if has_map else NO_MAP
    region = COUNTIES[name].region
    return CountyOnMap(name=name, region=region, has_map=has_map, map_line=said if has_map else "no map yet", states=states)


def _together(cells: Iterable[Held]) -> Held:
    """Several cells as one: all their ties, all that is on paper, and whether anybody asked about any of it."""
    every = list(cells)
    ties = {key: lasts for held in every for key, lasts in held.ties.items()}
    return Held(ties, frozenset().union(*(held.on_paper for held in every)), any(held.is_asked for held in every))


def _shared(network: PartnerNetwork, on: date, names: Collection[str]) -> tuple[SharedPartner, ...]:
    tied: dict[str, set[str]] = defaultdict(set)
    for county in network.mapped.intersection(names):
        for own in network.own_bodies(county):
            for tie in network.current_ties(own, on):
                other = network.bodies[tie.other(own)]
                if tie.basis in OWN_BASES and other.label == "Partner":
                    tied[other.id].add(county)
    found = []
    for partner, counties in tied.items():
        body = network.bodies[partner]
        if len(counties) > 1:
            statewide = any(tie.b == STATE for tie in network.service_of.get(partner, ()))
            found.append(SharedPartner(name=shown(body.name, NAME_CAP), is_statewide=statewide, counties=tuple(sorted(counties))))
    return tuple(sorted(found, key=lambda one: (one.name, one.counties)))

