"""Who is tied to whom, who offers what to whom, and what was asked: the part of a graph that structure is worked out from.

Read once from a store (``assetgraph.store.read_network``) and never changed; every function of ``assetgraph.analysis`` that
answers a question about partners is a pure function of it and a day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeVar

from assetgraph.model.ids import county_id

__all__ = ["Asked", "Body", "Contact", "Need", "Offer", "Open", "PartnerNetwork", "Tie"]


T = TypeVar("T")


class Body(NamedTuple):
    """An office, LEA, school or partner. ``county`` is where it is, for a partner its home; None is "not recorded"."""

    id: str
    label: str
    name: str
    county: str | None = None
    kind: str | None = None
    family: str | None = None
    role: str | None = None
    """provider, network, advocacy or funder; of partners only"""
    locale: str | None = None
    enrollment: int | None = None
    could_be: tuple[str, ...] = ()
    """Ids of partners that bear the same name and may be the same."""
    based_in: str | None = None
    """The id of the fact that says where a partner is based."""


class Tie(NamedTuple):
    """One statement that ties ``a`` to ``b``, which is a body, or for service a county or region."""

    id: str
    type: str
    a: str
    b: str
    areas: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    duration: str
    as_of: date | None
    basis: str
    strength: int | None

    def other(self, end: str) -> str:
        """The id at the other end."""
        return self.b if end == self.a else self.a

    def holds_on(self, day: date) -> bool:
        """Whether it holds: it has begun, or nobody recorded when, and has not ended, or nobody recorded when."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or self.ends_on >= day)


class Open(NamedTuple):
    """One statement of who may take part: a county, region or LEA."""

    id: str
    to: str
    as_of: date | None
    basis: str


class Offer(NamedTuple):
    """One statement that ``provider`` offers an asset, with what the asset is about and for whom."""

    id: str
    provider: str
    asset: str
    name: str
    areas: Mapping[str, str]
    """Content area to the id of the fact that says so."""
    grade_low: int | None
    grade_high: int | None
    starts_on: date | None
    ends_on: date | None
    duration: str
    as_of: date | None
    basis: str
    open_to: tuple[Open, ...]

    def lasts_on(self, day: date) -> bool:
        """Whether it has not ended; one that is still to begin is no reason to wait."""
        return self.ends_on is None or self.ends_on >= day

    def fits(self, low: int, high: int) -> bool:
        """Whether its grades meet these; grades that nobody recorded meet all."""
        return (self.grade_low is None or self.grade_low <= high) and (self.grade_high is None or self.grade_high >= low)


class Need(NamedTuple):
    """A need of ``whose``; ``facts`` are those that say so and what it is about, ``addressed_by`` who or what meets it."""

    id: str
    name: str
    kind: str | None
    whose: str
    areas: tuple[str, ...]
    grade_low: int | None
    grade_high: int | None
    status: str | None
    as_of: date | None
    facts: tuple[str, ...]
    addressed_by: tuple[str, ...]

    def is_open_on(self, day: date) -> bool:
        """Whether nothing recorded meets it, nobody wrote that it is met or dropped, and it was known by then."""
        return not self.addressed_by and self.status not in ("met", "dropped") and (self.as_of is None or self.as_of <= day)


class Contact(NamedTuple):
    """One line of a county's log: what came of asking a body, in some areas or, with none, in any. Private as a whole."""

    county: str
    body: str
    """Its id; where ``is_known`` is False the name as it was written, which nobody or several bear."""
    areas: tuple[str, ...]
    outcome: str
    """asked, agreed, declined, active or at_capacity"""
    on: date
    reason: str | None
    place: int | None
    """Where it stood on the list on that day; None: not on it."""
    is_known: bool = True


class Asked(NamedTuple):
    """One statement of what a map of ``counties`` asked about: an area, and a kind or family of partners."""

    id: str
    area: str
    counties: tuple[str, ...]
    kind: str | None
    family: str | None


@dataclass(frozen=True)
class PartnerNetwork:
    """Bodies by id, and what is said of them, each in the order of ids."""

    bodies: Mapping[str, Body]
    ties: Sequence[Tie]
    offers: Sequence[Offer]
    needs: Sequence[Need]
    asked: Sequence[Asked]
    offices: Mapping[str, str]
    """County to the id of its office."""
    leas: Mapping[str, tuple[str, ...]]
    """County to the ids of the LEAs in its office's service area."""
    regions: Mapping[str, tuple[str, ...]]
    """County to the ids of its regions, the state among them."""
    places: Mapping[str, str]
    """Id of each county and region to its name within a sentence."""
    coordinators: Mapping[str, frozenset[str]]
    """Content area to the counties whose offices have a coordinator for it."""
    mapped: frozenset[str]
    """Counties of which the graph holds a map or a table."""
    family_of_kind: Mapping[str, str]
    areas: tuple[str, ...]
    """Terms of the content areas, in the order of the alphabet."""
    outreach: Sequence[Contact] = ()
    """What came of asking, oldest first; those of one day as they stand in the log."""

    @cached_property
    def ties_of(self) -> Mapping[str, Sequence[Tie]]:
        """The ties between bodies, by the id of either end."""
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            if tie.a in self.bodies and tie.b in self.bodies and tie.a != tie.b:
                found[tie.a].append(tie)
                found[tie.b].append(tie)
        return found

    @cached_property
    def service_of(self) -> Mapping[str, Sequence[Tie]]:
        """What says which counties and regions somebody serves, by the id of who serves."""
        return _by((tie for tie in self.ties if tie.b not in self.bodies), "a")

    @cached_property
    def service_in(self) -> Mapping[str, Sequence[Tie]]:
        """The same, by the id of the county or region."""
        return _by((tie for tie in self.ties if tie.b not in self.bodies), "b")

    @cached_property
    def offers_of(self) -> Mapping[str, Sequence[Offer]]:
        """What each body offers."""
        return _by(self.offers, "provider")

    @cached_property
    def _offers_by_asset(self) -> Mapping[str, Sequence[Offer]]:
        return _by(self.offers, "asset")

    def offers_with(self, offer: Offer) -> Iterator[Offer]:
        """The same thing as offered by others."""
        return (other for other in self._offers_by_asset[offer.asset] if other.provider != offer.provider)

    @cached_property
    def outreach_to(self) -> Mapping[str, Sequence[Contact]]:
        """What came of asking each body, oldest first."""
        return _by((one for one in self.outreach if one.is_known), "body")

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """Counties that have an office, in the order of the alphabet."""
        return tuple(sorted(self.offices))

    def name(self, end: str) -> str:
        """What a body, county or region is called within a sentence."""
        return self.bodies[end].name if end in self.bodies else self.places.get(end, end)

    def places_of(self, county: str) -> frozenset[str]:
        """Ids of the county, its regions and the state: whoever serves one of them serves the county."""
        return frozenset((county_id(county), *self.regions.get(county, ())))

    def own_bodies(self, county: str) -> tuple[str, ...]:
        """The county's office and the LEAs in its service area; empty where the graph holds no office."""
        office = self.offices.get(county)
        return (office, *self.leas.get(county, ())) if office else ()

    def current_ties(self, body: str, day: date) -> Iterator[Tie]:
        """The ties of a body that hold on a day."""
        return (tie for tie in self.ties_of.get(body, ()) if tie.holds_on(day))


def _by(some: Iterable[T], field: str) -> Mapping[str, Sequence[T]]:
    """The value of a field to all that have it, in their order."""
    found: dict[str, list[T]] = defaultdict(list)
    for one in some:
        found[getattr(one, field)].append(one)
    return found
