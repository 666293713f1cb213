"""The gap grid as a pure function: what a county has for each content area and family, with or without somebody.

The named question ``gap_grid`` gives the same states from the store itself; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from assetgraph.model.partner_network import OWN, Offer, PartnerNetwork

__all__ = ["GAPS", "NOT_RECORDED", "STATES", "Cell", "gap_grid", "with_one_more"]

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


def gap_grid(network: PartnerNetwork, county: str, day: date, *, without: Collection[str] = ()) -> dict[Key, Cell]:
    """The cells of a county on a day by area and family, as if those ``without`` were not there; empty for no office.

    A tie is counted once for each partner and body, however many sources state it. Partners whose kind nobody wrote down
    have cells of their own where there are any.

    >>> from assetgraph.store import open_store, read_network
    >>> with open_store(":memory:") as store:
    ...     gap_grid(read_network(store), "Lake", date(2025, 1, 15))
    {}
    """
    if county not in network.offices:
        return {}
    held = _held(network, county, day, without)
    served: dict[Key, set[str]] = defaultdict(set)
    for provider, area in _services(network, county, day):
        if network.bodies[provider].label == "Partner" and provider not in without:
            served[area, network.bodies[provider].family or NOT_RECORDED].add(provider)
    asked = {(one.area, one.family) for one in network.asked if county in one.counties}
    families = sorted(set(network.family_of_kind.values()))
    cells = {}
    for area in network.areas:
        for family in (*families, NOT_RECORDED):
            ties, on_paper = held.get((area, family), {}), served.get((area, family), set())
            if family == NOT_RECORDED and not ties and not on_paper:
                continue
            lasting, partners = sum(ties.values()), sorted({one for one, _ in ties})
            state = ("covered" if len(ties) > 1 and lasting else "fragile" if ties else "on_paper" if on_paper
                     else "nobody" if {(area, family), (area, "all")} & asked else "not_asked")  # fmt: skip
            cells[area, family] = Cell(state, len(ties), lasting, tuple(partners), tuple(sorted(on_paper)))
    return cells


def with_one_more(cell: Cell) -> str:
    """The state of the cell after one more lasting tie.

    >>> with_one_more(Cell("nobody", 0, 0, (), ())), with_one_more(Cell("fragile", 1, 0, ("partner/a",), ()))
    ('fragile', 'covered')
    """
    return "covered" if cell.ties else "fragile"


def _held(network: PartnerNetwork, county: str, day: date, without: Collection[str]) -> dict[Key, dict[Key, bool]]:
    """For each area and family, the current ties (partner, body) and whether each lasts."""
    held: dict[Key, dict[Key, bool]] = defaultdict(dict)
    for body in network.own_bodies(county):
        for tie in network.current_ties(body, day):
            partner = network.bodies[tie.other(body)]
            if partner.label == "Partner" and partner.id not in without and tie.basis in OWN:
                lasts = tie.ends_on is None or tie.ends_on > day + SOON
                for area in tie.areas:
                    ties = held[area, partner.family or NOT_RECORDED]
                    ties[partner.id, body] = ties.get((partner.id, body), False) or lasts
    return held


def _services(network: PartnerNetwork, county: str, day: date) -> Iterator[Key]:
    """Who serves the county, its regions or the state as a whole, by their own or others' maps, and in which areas."""
    places = network.places_of(county)
    for place in places:
        for service in network.service_in.get(place, ()):
            if service.basis in OWN and service.holds_on(day) and service.a in network.bodies:
                areas = service.areas or [
                    area for offer in network.offers_of.get(service.a, ()) if _stands(offer, day) for area in offer.areas]
                yield from ((service.a, area) for area in areas)
    for offer in network.offers:
        if _stands(offer, day) and any(one.to in places and one.basis in OWN for one in offer.open_to):
            yield from ((offer.provider, area) for area in offer.areas)


def _stands(offer: Offer, day: date) -> bool:
    return offer.basis in OWN and offer.lasts_on(day) and (offer.starts_on is None or offer.starts_on <= day)


