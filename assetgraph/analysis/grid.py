"""The gap grid as a pure function: what a county has for each content area and family, with or without somebody.

The named question ``gap_grid`` gives the same states from the store itself; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from assetgraph.model.partner_network import Offer, PartnerNetwork, Tie
from assetgraph.model.records import OWN_BASES

__all__ = ["GAPS", "NOT_RECORDED", "STATES", "Cell", "Held", "Key", "gap_grid", "held_in", "ties_behind", "with_one_more"]

STATES = ("covered", "fragile", "on_paper", "nobody", "not_asked")
GAPS = ("nobody", "on_paper", "fragile")
"""States that another partner would change, widest first. Where nobody asked nothing is known, which is no gap."""

NOT_RECORDED = "not_recorded"
"""The family of partners whose kind nobody wrote down."""

SOON = timedelta(days=180)

Key = tuple[str, str]
"""A content area and a family."""


class Cell(NamedTuple):
    """One cell: its state, how many current ties, how many of them last, the ids of partners and of those on paper."""

    state: str
    ties: int
    lasting: int
    partners: tuple[str, ...]
    on_paper: tuple[str, ...]


class Held(NamedTuple):
    """What a cell's state follows from."""

    ties: Mapping[Key, bool]
    """(partner, body of the county) of each current tie to whether it lasts beyond the next 180 days."""
    on_paper: frozenset[str]
    """Ids of partners that serve the county or the state as a whole."""
    is_asked: bool

    def without(self, partners: Collection[str]) -> Held:
        """The same as if some partners were not there."""
        ties = {key: lasts for key, lasts in self.ties.items() if key[0] not in partners}
        return Held(ties, self.on_paper - frozenset(partners), self.is_asked)

    @property
    def state(self) -> str:
        """The first of STATES that fits."""
        if self.ties:
            return "covered" if len(self.ties) > 1 and any(self.ties.values()) else "fragile"
        return "on_paper" if self.on_paper else "nobody" if self.is_asked else "not_asked"

    def cell(self) -> Cell:
        """What is shown of it."""
        partners = tuple(sorted({partner for partner, _ in self.ties}))
        return Cell(self.state, len(self.ties), sum(self.ties.values()), partners, tuple(sorted(self.on_paper)))


def gap_grid(network: PartnerNetwork, county: str, day: date) -> dict[Key, Cell]:
    """The cells of a county on a day by area and family; empty where the graph holds no office of it.

    A tie is counted once for each partner and body, however many sources state it. Partners whose kind nobody wrote down
    have cells of their own where there are any.

    >>> from assetgraph.store import open_store, read_network
    >>> with open_store(":memory:") as store:
    ...     gap_grid(read_network(store), "Lake", date(2025, 1, 15))
    {}
    """
    return {key: held.cell() for key, held in held_in(network, county, day).items()}


def held_in(network: PartnerNetwork, county: str, day: date) -> dict[Key, Held]:
    """What the states of a county's cells follow from, in the same order."""
    if county not in network.offices:
        return {}
    ties, served = _ties(network, county, day), _served(network, county, day)
    asked = {(one.area, one.family) for one in network.asked if county in one.counties}
    families = (*sorted(set(network.family_of_kind.values())), NOT_RECORDED)
    cells = {(area, family): Held(ties.get((area, family), {}), frozenset(served.get((area, family), ())),
                                  not asked.isdisjoint({(area, family), (area, "all")}))
             for area in network.areas for family in families}  # fmt: skip
    return {key: held for key, held in cells.items() if key[1] != NOT_RECORDED or held.ties or held.on_paper}


def ties_behind(network: PartnerNetwork, county: str, area: str, partner: str, day: date) -> Iterator[Tie]:
    """The ties of a partner that count in a county's cells on an area."""
    own = set(network.own_bodies(county))
    return (tie for tie in network.current_ties(partner, day)
            if tie.other(partner) in own and area in tie.areas and tie.basis in OWN_BASES)  # fmt: skip


def with_one_more(cell: Cell) -> str:
    """The state of the cell after one more lasting tie.

    >>> with_one_more(Cell("nobody", 0, 0, (), ())), with_one_more(Cell("fragile", 1, 0, ("partner/a",), ()))
    ('fragile', 'covered')
    """
    return "covered" if cell.ties else "fragile"


def _ties(network: PartnerNetwork, county: str, day: date) -> dict[Key, dict[Key, bool]]:
    held: dict[Key, dict[Key, bool]] = defaultdict(dict)
    for body in network.own_bodies(county):
        for tie in network.current_ties(body, day):
            partner = network.bodies[tie.other(body)]
            if partner.label == "Partner" and tie.basis in OWN_BASES:
                lasts = tie.ends_on is None or tie.ends_on > day + SOON
                for area in tie.areas:
                    ties = held[area, partner.family or NOT_RECORDED]
                    ties[partner.id, body] = ties.get((partner.id, body), False) or lasts
    return held


def _served(network: PartnerNetwork, county: str, day: date) -> dict[Key, set[str]]:
    served: dict[Key, set[str]] = defaultdict(set)
    for provider, area in _services(network, county, day):
        if network.bodies[provider].label == "Partner":
            served[area, network.bodies[provider].family or NOT_RECORDED].add(provider)
    return served


def _services(network: PartnerNetwork, county: str, day: date) -> Iterator[Key]:
    """Who serves the county, its regions or the state as a whole, by their own or others' maps, and in which areas."""
    places = network.places_of(county)
    for place in places:
        for service in network.service_in.get(place, ()):
            if service.basis in OWN_BASES and service.holds_on(day) and service.a in network.bodies:
                areas = service.areas or [
                    area for offer in network.offers_of.get(service.a, ()) if _stands(offer, day) for area in offer.areas]
                yield from ((service.a, area) for area in areas)
    for offer in network.offers:
        if _stands(offer, day) and any(one.to in places and one.basis in OWN_BASES for one in offer.open_to):
            yield from ((offer.provider, area) for area in offer.areas)


def _stands(offer: Offer, day: date) -> bool:
    return offer.basis in OWN_BASES and offer.lasts_on(day) and (offer.starts_on is None or offer.starts_on <= day)


