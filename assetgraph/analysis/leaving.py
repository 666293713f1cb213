"""What a county loses when a partner leaves: cells of the gap grid that fall back, and offices and LEAs left with nobody.

The loss of coverage and who is stranded are a coordinator's numbers; how many shortest paths run through somebody is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from assetgraph.analysis.grid import STATES, held_in, ties_behind
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import OWN_BASES
from assetgraph.queries.words import area_words, family_words, listed, plural

__all__ = ["STATE_WORDS", "Loss", "Rank", "Stranded", "at_hand", "counties_with", "losses", "ranking", "stranded"]


STATE_WORDS = {"covered": "covered", "fragile": "fragile", "on_paper": "on paper only", "nobody": "nobody recorded, though asked",
               "not_asked": "nobody recorded"}  # fmt: skip


class Loss(NamedTuple):
    """A cell of a county's grid that changes its state when somebody leaves; ``ties`` are the facts that go."""

    county: str
    area: str
    family: str
    before: str
    after: str
    ties: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What is lost, in words."""
        words = f"{area_words(self.area)} with {family_words(self.family)}"
        return f"{self.county} County, {words}: {STATE_WORDS[self.before]} now, without it {STATE_WORDS[self.after]}"


class Stranded(NamedTuple):
    """An office or LEA whose only current tie on an area is with who leaves; ``ties`` say so."""

    county: str
    body: str
    name: str
    area: str
    ties: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Who is left without anybody, in words."""
        return f"{self.name}: no other partner is recorded on a map in {area_words(self.area)}"


class Rank(NamedTuple):
    """How much would be lost without a partner: bodies left with nobody in an area, and cells that fall back."""

    partner: str
    partner_id: str
    stranded: int
    cells: int
    counties: tuple[str, ...]
    """Counties that would lose something."""

    def shown(self) -> dict[str, Any]:
        """The row as plain values."""
        return {"partner": self.partner, "partner_id": self.partner_id, "stranded": self.stranded, "cells": self.cells,
                "counties": list(self.counties), "reason": self.reason}  # fmt: skip

    @property
    def reason(self) -> str:
        """The loss in words."""
        alone = f"an office or LEA would have nobody in an area {plural(self.stranded, 'time')}" if self.stranded else ""
        back = f"{plural(self.cells, 'cell')} of the gap grid would fall back" if self.cells else ""
        return f"without it {', and '.join(filter(None, (alone, back)))}, in {listed(list(self.counties))}"


def losses(network: PartnerNetwork, partner: str, day: date) -> list[Loss]:
    """Cells of the counties with a map that fall back when a partner leaves, by county, area and family.

    What a county of which there is no map would lose, nobody knows.
    """
    found = []
    for county in network.mapped.intersection(counties_with(network, partner)):
        for (area, family), held in held_in(network, county, day).items():
            after = held.without({partner}).state
            if STATES.index(after) > STATES.index(held.state):
                ties = tuple(tie.id for tie in ties_behind(network, county, area, partner, day))
                found.append(Loss(county, area, family, held.state, after, ties))
    return sorted(found, key=lambda loss: loss[:3])


def stranded(network: PartnerNetwork, partner: str, day: date) -> list[Stranded]:
    """Offices and LEAs whose only partner in an area leaves, by county, name and area."""
    found = []
    for county in network.mapped.intersection(counties_with(network, partner)):
        for body in _bodies_apart(county, network):
            for area, ties in _partners_of(network, body, day).items():
                if ties.keys() == {partner}:
                    found.append(Stranded(county, body[0], network.bodies[body[0]].name, area, tuple(ties[partner])))
    return sorted(found, key=lambda one: (one.county, one.name, one.area))


def at_hand(network: PartnerNetwork, county: str, area: str, day: date, *, without: str) -> tuple[str, ...]:
    """Names of the partners of a county's office and LEAs on an area, but for one, by name."""
    found = _partners_of(network, network.own_bodies(county), day).get(area, {}).keys()
    return tuple(sorted(network.name(partner) for partner in found - {without}))


def ranking(network: PartnerNetwork, day: date, counties: Iterable[str] | None = None) -> list[Rank]:
    """Partners by what would be lost without them, most first: who would be stranded, then cells, then names.

    Partners without whom nothing changes are left out.
    """
    lost: dict[str, list[Any]] = defaultdict(lambda: [0, 0, set()])
    for county in counties or sorted(network.mapped):
        for held in held_in(network, county, day).values():
            for partner in {one for one, _ in held.ties} | held.on_paper:
                if STATES.index(held.without({partner}).state) > STATES.index(held.state):
                    lost[partner][1] += 1
                    lost[partner][2].add(county)
        for body in _bodies_apart(county, network):
            for ties in _partners_of(network, body, day).values():
                if len(ties) == 1:
                    (partner,) = ties
                    lost[partner][0] += 1
                    lost[partner][2].add(county)
    ranks = [Rank(network.name(one), one, who, cells, tuple(sorted(where))) for one, (who, cells, where) in lost.items()]
    return sorted(ranks, key=lambda rank: (-rank.stranded, -rank.cells, rank.partner, rank.partner_id))


def _bodies_apart(county: str, network: PartnerNetwork) -> list[tuple[str, ...]]:
    """The county's office and LEAs, each as the bodies that it is: where the one district is the office too, they are one."""
    own = network.own_bodies(county)
    return [own] if own and county in COUNTIES and COUNTIES[county].single_district else [(body,) for body in own]


def _partners_of(network: PartnerNetwork, bodies: Sequence[str], day: date) -> dict[str, dict[str, list[str]]]:
    """Area to the partners that some bodies are tied to in it, by their own maps, each with the facts that say so."""
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for body in bodies:
        for tie in network.current_ties(body, day):
            other = tie.other(body)
            if tie.basis in OWN_BASES and network.bodies[other].label == "Partner":
                for area in tie.areas:
                    found[area].setdefault(other, []).append(tie.id)
    return found


def counties_with(network: PartnerNetwork, partner: str) -> Iterator[str]:
    """Counties whose grid the partner may be in: those it is tied to, serves, or opens something to."""
    bodies = {tie.other(partner) for tie in network.ties_of.get(partner, ())}
    ends = {tie.b for tie in network.service_of.get(partner, ())}
    ends |= {one.to for offer in network.offers_of.get(partner, ()) for one in offer.open_to}
    for county in network.counties:
        if bodies.intersection(network.own_bodies(county)) or ends & network.places_of(county):
            yield county


