"""What speaks for a suggestion and what to know before calling: one sentence each, resting on facts by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from assetgraph.analysis.candidates import Candidate, Reason, Subject
from assetgraph.analysis.grid import GAPS, Cell, ties_behind
from assetgraph.analysis.paths import Path, sentence
from assetgraph.model.grades import GradeSpan
from assetgraph.model.partner_network import Need, Offer, PartnerNetwork, Tie
from assetgraph.queries.words import area_words, day, family_words, listed

__all__ = ["against", "fills", "introduction", "meets", "what", "where", "works_with_others"]

RINGS = ("in the county", "next door", "in the region, or for it", "statewide", "further away, or nobody recorded where")

SITE = 2
"""The ring of a statewide body with a member near by."""

ENDING_SOON = timedelta(days=180)
A_YEAR = timedelta(days=365)
STALE = timedelta(days=2 * 365)
"""After so long without a word a fact is worth a call before it is relied on."""


def where(network: PartnerNetwork, one: Candidate) -> Reason:
    """How near it is: where it is based and whom it serves."""
    home = f"based in {one.body.county} County" if one.body.county else "its home county is not recorded"
    ends = [*(tie.b for tie in one.service), *(opened.to for opened in one.opened)]
    serves = f"; it serves {listed([network.name(end) for end in dict.fromkeys(ends)])}" if ends else ""
    if one.sites and one.ring == SITE:
        serves += f"; {listed([network.name(site.a) for site in one.sites])} is a member of it"
    facts = (*(tie.id for tie in one.service), *(opened.id for opened in one.opened), *(site.id for site in one.sites),
             *((one.body.based_in,) if one.body.based_in else ()))  # fmt: skip
    return Reason(f"{RINGS[one.ring].capitalize()}: {home}{serves}", facts)


def what(network: PartnerNetwork, subject: Subject, area: str, on: date) -> Reason:
    """What it offers on the area; for who offers nothing, whom it works with or serves there."""
    if subject.offers:
        titles = {offer.name: _title(offer, on) for offer in subject.offers}
        facts = (fact for offer in subject.offers for fact in (offer.id, offer.areas[area]))
        return Reason(f"Offers {listed(list(titles.values()))}", tuple(dict.fromkeys(facts)))
    names = dict.fromkeys(network.name(tie.other(subject.body.id)) for tie in subject.ties)
    sentence = f"Tied to {listed(list(names))} in {area_words(area)}; no offering is recorded"
    return Reason(sentence, tuple(tie.id for tie in subject.ties))


def introduction(network: PartnerNetwork, path: Path) -> tuple[Reason, ...]:
    """The hops of a path, from the county to the organization, each resting on one fact."""
    return tuple(Reason(sentence(network, hop), (hop.tie.id,)) for hop in path.hops)


def meets(network: PartnerNetwork, need: Need) -> Reason:
    """A need that something it offers could meet."""
    name = need.name if len(need.name) <= 120 else f"{need.name[:120].rstrip()} …"
    return Reason(f"{network.name(need.whose)} needs: {name.rstrip('.')}", need.facts)


def fills(network: PartnerNetwork, county: str, area: str, family: str, cell: Cell, on: date) -> Reason | None:
    """What a tie with it would change on the gap grid; None where that is no gap, or nobody asked."""
    if cell.state not in GAPS:
        return None
    words, whom, here = area_words(area), family_words(family), f"{county} County"
    said = {
        "nobody": f"In {words}, {here} asked about {whom} and its map records none; a tie would be the first",
        "on_paper": f"In {words}, {whom} serve {here} on paper only; a tie would be the first",
        "fragile": f"In {words}, {here} has {_thin(cell)} with {whom}; this would be one more",
    }
    return Reason(said[cell.state], tuple(_facts_of(network, county, area, family, cell, on)))


def _thin(cell: Cell) -> str:
    return "one tie" if cell.ties == 1 else f"{cell.ties} ties that all end within {ENDING_SOON.days} days"


def _facts_of(network: PartnerNetwork, county: str, area: str, family: str, cell: Cell, on: date) -> Iterator[str]:
    """What a cell's state rests on: its ties, else who serves on paper, else what was asked."""
    for partner in cell.partners:
        yield from (tie.id for tie in ties_behind(network, county, area, partner, on))
    if cell.partners:
        return
    places = network.places_of(county)
    for partner in cell.on_paper:
        yield from (tie.id for tie in network.service_of.get(partner, ()) if tie.b in places and tie.holds_on(on))
        yield from (to.id for offer in network.offers_of.get(partner, ()) if area in offer.areas and offer.lasts_on(on)
                    for to in offer.open_to if to.to in places)  # fmt: skip
    if not cell.on_paper:
        yield from (one.id for one in network.asked
                    if one.area == area and county in one.counties and one.family in (family, "all"))  # fmt: skip


def works_with_others(county: str, others: Sequence[str], shared: Mapping[str, int], ties: Mapping[str, str]) -> Reason:
    """Which counties that share partners with this one work with it, most shared first; ``ties`` has a fact for each."""
    said = listed([f"{other} ({shared[other]})" for other in others], most=3)
    facts = tuple(ties[other] for other in others[:3])
    return Reason(f"Counties that share partners with {county} work with it (how many they share): {said}", facts)


def _old_work(one: Candidate, on: date) -> Iterator[Reason]:
    """What it is known for in the area, where all of that is stale: that somebody serves a county says nothing of it."""
    said: list[Offer | Tie] = [*one.subject.offers, *one.subject.ties]
    days = [what.as_of for what in said if what.as_of]
    if days and len(days) == len(said) and on - max(days) > STALE:
        yield Reason(f"What it does on the area was last confirmed {day(max(days))}", tuple(what.id for what in said))


def _of_offers(offers: Sequence[Offer], on: date) -> Iterator[Reason]:
    """What to know of all that somebody offers: that no grades are recorded, that it may be over, that it ends soon."""
    if not offers:
        return
    facts = tuple(offer.id for offer in offers)
    if all(offer.grade_low is None and offer.grade_high is None for offer in offers):
        yield Reason("For which grades is not recorded", facts)
    begun = [offer.starts_on for offer in offers if offer.starts_on and not offer.ends_on and offer.duration != "enduring"]
    if len(begun) == len(offers) and on - max(begun) > A_YEAR:
        yield Reason(f"What it offers began {day(max(begun))}, and whether it has ended is not recorded", facts)
    ends = [offer.ends_on for offer in offers if offer.ends_on and offer.ends_on <= on + ENDING_SOON]
    if len(ends) == len(offers):
        yield Reason(f"All that it offers ends by {day(max(ends))}", facts)


def against(network: PartnerNetwork, one: Candidate, path: Path | None, latest: date | None, on: date) -> Iterator[Reason]:
    """What to know before calling."""
    if latest is None:
        yield Reason("No day is recorded for what is known of it")
    elif on - latest > STALE:
        yield Reason(f"Last confirmed {day(latest)}")
    else:
        yield from _old_work(one, on)
    if not one.is_area_recorded and one.ring:
        ended = network.service_of.get(one.body.id, ())
        yield Reason("What is recorded of whom it serves has ended" if ended else "Whom it serves is not recorded",
                     tuple(tie.id for tie in ended))  # fmt: skip
    offers = one.subject.offers
    yield from _of_offers(offers, on)
    ties = one.subject.ties
    if not offers and ties and all(tie.ends_on and tie.ends_on <= on + ENDING_SOON for tie in ties):
        last = max(tie.ends_on for tie in ties if tie.ends_on)
        yield Reason(f"All its ties on the area end by {day(last)}", tuple(tie.id for tie in ties))
    homes = [network.bodies[other].county for other in one.body.could_be if other in network.bodies]
    if homes:
        named = listed([f"one of {home} County" if home else "one whose home county is not recorded" for home in homes])
        yield Reason(f"Another organization bears its name, {named}, and may be the same")
    if path is None:
        yield Reason("Nobody is recorded who could introduce you")
    elif not path.is_live:
        dead = next(hop for hop in path.hops if not hop.is_live)
        yield Reason(f"The only introduction on record does not hold on this day: {sentence(network, dead)}", (dead.tie.id,))


def _title(offer: Offer, on: date) -> str:
    low, high = offer.grade_low, offer.grade_high
    grades = f" (grade{'s' * (low != high)} {GradeSpan(low, high)})" if low is not None and high is not None else ""
    begins = f", from {day(offer.starts_on)}" if offer.starts_on and offer.starts_on > on else ""
    return f"{offer.name}{grades}{begins}" + (f", until {day(offer.ends_on)}" if offer.ends_on else "")
