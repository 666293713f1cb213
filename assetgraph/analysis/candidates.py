"""Who has to do with a content area, and which of them a county could ask: rules, each resting on facts.

The rules decide who is eligible at all and how near they are; they score nothing. ``reach_out`` puts those who are in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from assetgraph.model.grades import GradeSpan
from assetgraph.model.ids import STATE
from assetgraph.model.partner_network import Body, Offer, Open, PartnerNetwork, Tie
from assetgraph.model.places import COUNTIES, ring
from assetgraph.model.vocabulary import GRANT_GRADES
from assetgraph.queries.words import day, listed

__all__ = ["Candidate", "Here", "Reason", "Rule", "Subject", "broken_rules", "candidate", "ring_of", "role_of", "subjects",
           "why_not"]  # fmt: skip


ROLES: Mapping[str | None, int] = {"provider": 0, "network": 1, None: 1}
"""Providers of professional learning first, then networks and those whose role is not recorded, then all others."""

OTHERS = 2

ELSEWHERE = 3
"""The ring of a home beyond the region."""


class Reason(NamedTuple):
    """One sentence, and the ids of the facts that it rests on. What rests on an outreach log is for staff only."""

    sentence: str
    facts: tuple[str, ...] = ()
    is_private: bool = False

    def shown(self) -> dict[str, Any]:
        """The reason as plain values."""
        return {"reason": self.sentence, "facts": list(self.facts)}


class Subject(NamedTuple):
    """What is recorded of one partner or office on one content area on a day."""

    body: Body
    offers: tuple[Offer, ...] = ()
    """Open, and for the grades asked about as far as anybody recorded."""
    misfits: tuple[Offer, ...] = ()
    """Open, and for other grades."""
    ended: tuple[Offer, ...] = ()
    ties: tuple[Tie, ...] = ()
    """Ties on the area that hold."""

    @property
    def is_active(self) -> bool:
        """Whether it offers something that fits, or is a partner that offers nothing and is tied to the area.

        Where all that it offered has ended, a tie counts only when somebody wrote that it lasts or until when.
        """
        if self.offers or self.misfits or self.body.label != "Partner":
            return bool(self.offers)
        if not self.ended:
            return bool(self.ties)
        return any(tie.duration == "enduring" or tie.ends_on is not None for tie in self.ties)

    def opened(self) -> Iterator[Open]:
        """Who may take part in what it offers."""
        for offer in self.offers:
            yield from offer.open_to


def subjects(network: PartnerNetwork, area: str, on: date, grades: tuple[int, int] = GRANT_GRADES) -> dict[str, Subject]:
    """Every partner and office of which an offering or a tie on an area is recorded, by id."""
    found: dict[str, tuple[list[Offer], list[Offer], list[Offer]]] = {}
    for offer in network.offers:
        if area in offer.areas and network.bodies[offer.provider].label in ("Partner", "COE"):
            fitting, misfits, ended = found.setdefault(offer.provider, ([], [], []))
            (ended if not offer.lasts_on(on) else fitting if offer.fits(*grades) else misfits).append(offer)
    ties: dict[str, list[Tie]] = {}
    for tie in network.ties:
        if area in tie.areas and tie.holds_on(on):
            for end in (tie.a, tie.b):
                if end in network.bodies and network.bodies[end].label in ("Partner", "COE"):
                    ties.setdefault(end, []).append(tie)
    subjects = {}
    for one in sorted({*found, *ties}):
        fitting, misfits, ended = found.get(one, ([], [], []))
        subjects[one] = Subject(network.bodies[one], tuple(fitting), tuple(misfits), tuple(ended), tuple(ties.get(one, ())))
    return subjects


@dataclass(frozen=True)
class Here:
    """A county on a day: its office and LEAs, who is a partner already, and who is near."""

    network: PartnerNetwork
    county: str
    on: date

    @cached_property
    def office(self) -> Body:
        """The county's office."""
        return self.network.bodies[self.network.offices[self.county]]

    @cached_property
    def leas(self) -> frozenset[str]:
        """Ids of the LEAs in the office's service area."""
        return frozenset(self.network.leas.get(self.county, ()))

    @cached_property
    def places(self) -> frozenset[str]:
        """Ids of the county, its regions and the state."""
        return self.network.places_of(self.county)

    @cached_property
    def partners(self) -> Mapping[str, tuple[str, ...]]:
        """Who is a partner of the office on the day, in any area, to the facts that say so: a tie, or something both offer.

        Where the office and the county's one district are one body, the district's partners are the office's.
        """
        found: dict[str, tuple[str, ...]] = {}
        bodies = self.network.own_bodies(self.county) if COUNTIES[self.county].single_district else (self.office.id,)
        for body in bodies:
            for tie in self.network.current_ties(body, self.on):
                found.setdefault(tie.other(body), (tie.id,))
            for own in self.network.offers_of.get(body, ()):
                if own.lasts_on(self.on):
                    for other in self.network.offers_with(own):
                        if other.lasts_on(self.on):
                            found.setdefault(other.provider, (own.id, other.id))
        return found


class Candidate(NamedTuple):
    """Somebody whom a county could ask on an area, and how near it is.

    ``service`` and ``opened`` are what says that it serves the county; where ``is_area_recorded`` is False nobody wrote down whom
    it serves, which is no reason to leave it out.
    """

    subject: Subject
    ring: int
    service: tuple[Tie, ...]
    opened: tuple[Open, ...]
    is_area_recorded: bool
    sites: tuple[Tie, ...]
    """Of a statewide network: members in or near the county."""

    @property
    def body(self) -> Body:
        """Who it is."""
        return self.subject.body

    @property
    def role(self) -> int:
        """Its place by role, lowest first; offices count as providers."""
        return role_of(self.body)

    @property
    def group(self) -> tuple[int, int]:
        """Ring and role: the rules' own order."""
        return self.ring, self.role


def candidate(here: Here, subject: Subject) -> Candidate:
    """The subject as seen from a county. Whether it may be asked is what ``why_not`` says."""
    network, body = here.network, subject.body
    service = _service(here, body)
    opened = list(subject.opened())
    at_home = tuple(tie for tie in service if tie.b in here.places)
    open_here = tuple(one for one in opened if one.to in here.places or one.to in here.leas)
    sites = tuple(tie for tie in network.current_ties(body.id, here.on) if tie.type == "MEMBER_OF" and tie.b == body.id
                  and network.bodies[tie.a].label == "Partner" and ring_of(here.county, network.bodies[tie.a].county) < ELSEWHERE)
    ends = [*(tie.b for tie in at_home), *(one.to for one in open_here)]
    named, statewide = any(end != STATE for end in ends), STATE in ends
    return Candidate(subject, _ring(here, body.county, named, statewide, bool(sites)), at_home, open_here,
                     bool(service or opened), sites)  # fmt: skip


class Rule(StrEnum):
    """A rule that keeps somebody off a list."""

    OWN_OFFICE = "own office"
    PARTNER = "partner already"
    INACTIVE = "not active on the area"
    ELSEWHERE = "serves others"


def broken_rules(here: Here, one: Candidate) -> Iterator[Rule]:
    """The rules that keep somebody off a county's list, in their order; none for who is eligible."""
    if one.body.id == here.office.id:
        yield Rule.OWN_OFFICE
    if one.body.id in here.partners:
        yield Rule.PARTNER
    if not one.subject.is_active:
        yield Rule.INACTIVE
    if one.is_area_recorded and not one.service and not one.opened and one.body.county != here.county:
        yield Rule.ELSEWHERE


def why_not(here: Here, one: Candidate, grades: tuple[int, int] = GRANT_GRADES) -> tuple[Reason, ...]:
    """Every reason for which a county would not ask somebody on an area; empty for who is eligible."""
    return tuple(_reason(rule, here, one, grades) for rule in broken_rules(here, one))


def _reason(rule: Rule, here: Here, one: Candidate, grades: tuple[int, int]) -> Reason:
    name = one.body.name
    match rule:
        case Rule.OWN_OFFICE:
            return Reason(f"{name} is the county's own office")
        case Rule.PARTNER:
            return Reason(f"{name} is a partner of {here.office.name} already", here.partners[one.body.id])
        case Rule.INACTIVE:
            return _inactive(one.subject, grades)
        case Rule.ELSEWHERE:
            return _serves_others(here, one)


def _inactive(subject: Subject, grades: tuple[int, int]) -> Reason:
    name = subject.body.name
    if subject.misfits:
        titles = [f"{offer.name} ({GradeSpan(offer.grade_low or 0, offer.grade_high or 12)})" for offer in subject.misfits]
        return Reason(f"what {name} offers is not for grades {GradeSpan(*grades)}: {listed(titles)}", _facts(subject.misfits))
    if subject.ended:
        last = max(offer.ends_on for offer in subject.ended if offer.ends_on)
        titles = list(dict.fromkeys(offer.name for offer in subject.ended))
        return Reason(f"what {name} offered has ended: {listed(titles)}, the last on {day(last)}", _facts(subject.ended))
    if subject.ties:
        return Reason(f"nothing that {name} offers is recorded on this area, and an office is asked for what it offers")
    return Reason(f"nothing that {name} offers, and no tie of it, is recorded on this area")


def _service(here: Here, body: Body) -> list[Tie]:
    """What says whom somebody serves and has not ended."""
    return [tie for tie in here.network.service_of.get(body.id, ()) if tie.ends_on is None or tie.ends_on >= here.on]


def _serves_others(here: Here, one: Candidate) -> Reason:
    said = [(tie.b, tie.id) for tie in _service(here, one.body)]
    said += [(opened.to, opened.id) for opened in one.subject.opened()]
    whom = listed([here.network.name(end) for end in dict.fromkeys(end for end, _ in said)])
    sentence = f"{one.body.name} is recorded as serving {whom}, and nobody in {here.county} County"
    return Reason(sentence, tuple(fact for _, fact in said))


def _facts(offers: Iterable[Offer]) -> tuple[str, ...]:
    return tuple(offer.id for offer in offers)


def role_of(body: Body) -> int:
    """The place of somebody by role, lowest first; offices count as providers."""
    return 0 if body.label == "COE" else ROLES.get(body.role, OTHERS)


def ring_of(county: str, home: str | None) -> int:
    """How near a home is to a county: 0 in it, 1 next door, 2 in the same region, 3 elsewhere or not recorded."""
    return ring(county, home) if home in COUNTIES else ELSEWHERE


def _ring(here: Here, home: str | None, named: bool, statewide: bool, has_site: bool) -> int:
    near = ring_of(here.county, home)
    if near < ELSEWHERE:
        return near
    if (home is None and named) or (statewide and has_site):
        return 2
    return 3 if statewide else 2 if named else 4
