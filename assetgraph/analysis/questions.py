"""Questions about structure, asked of a store in a person's words: the library's side of the commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from assetgraph.analysis.candidates import Reason
from assetgraph.analysis.reach_out import ReachOut, Suggester
from assetgraph.errors import UsageError
from assetgraph.model.names import fold
from assetgraph.model.partner_network import Need, PartnerNetwork, county_id
from assetgraph.model.vocabulary import FAMILIES, look_up, open_term
from assetgraph.queries.answer import facts_with
from assetgraph.queries.ask import organization_id, read_area, read_county, read_date
from assetgraph.queries.words import area_words, listed
from assetgraph.store.network import read_network

if TYPE_CHECKING:
    from assetgraph.store import Store

__all__ = ["explain", "reach_out"]


def reach_out(store: Store, *, county: str, area: str | None = None, need: str | None = None, kind: str | None = None,
              as_of: date | str | None = None, top: int = 10) -> ReachOut:  # fmt: skip
    """Whom a county could reach out to on a content area, the first ``top`` of them, with reasons that rest on facts.

    ``need`` is a need of the county, its office or one of its LEAs, by its words or its id; then ``area`` may be left out
    where the need is about one. ``kind`` is a kind of partner or a family. Dates are read as ``ask`` reads them; the default is
    today. Raises UsageError for a word that means nothing here, with the closest one.

    >>> import assetgraph
    >>> with assetgraph.open_store(":memory:") as store:
    ...     plan = assetgraph.build(store)
    ...     found = reach_out(store, county="Glenn", area="CS", as_of="2025-01-15", top=3)
    >>> len(found), found.total > 3, found[0].place
    (3, True, 1)
    """
    if top < 1:
        raise UsageError(f"{top} is no number of suggestions", "ask for one or more")
    network = read_network(store)
    name, on = read_county(county), read_date(as_of or date.today())
    needed = find_need(network, name, need) if need else None
    term = read_area(area, network.areas) if area else _area_of(needed)
    found = Suggester(network, on).list_for(name, term, need=needed, kind=read_kind(network, kind) if kind else None).first(top)
    lines = facts_with(store, (fact for one in found for fact in one.facts))
    return replace(found, facts={line.id: line for line in lines})


def explain(store: Store, organization: str, *, county: str, area: str, as_of: date | str | None = None) -> tuple[Reason, ...]:
    """Why an organization is on a county's list for an area and where, or everything that keeps it off the list.

    Raises UsageError when the graph holds nobody of that name, or several.
    """
    network = read_network(store)
    one, name, term = organization_id(store, organization), read_county(county), read_area(area, network.areas)
    suggester = Suggester(network, read_date(as_of or date.today()))
    found = suggester.list_for(name, term)
    for suggestion in found:
        if suggestion.partner_id == one:
            place = Reason(f"{suggestion.partner} is number {suggestion.place} of {found.total} on the list")
            return (place, *suggestion.reasons, *suggestion.introduction, *suggestion.against)
    if name not in network.offices:
        return tuple(map(Reason, found.notes))
    return suggester.what_keeps_off(name, term, one)


def find_need(network: PartnerNetwork, county: str, text: str) -> Need:
    """The need of a county, its office or LEAs that some words mean. Raises UsageError for none or several."""
    own = {*network.own_bodies(county), county_id(county)}
    needs = {need.id: need for need in network.needs if need.whose in own}
    if text in needs:
        return needs[text]
    found = [need for need in needs.values() if fold(text) in fold(need.name)]
    if len(found) == 1:
        return found[0]
    if found:
        names = [f"'{need.name[:60]}'" for need in found]
        raise UsageError(f"'{text}' is in {len(found)} needs of {county} County", f"write more of one of them: {listed(names)}")
    if not needs:
        raise UsageError(f"no need of {county} County is recorded", "leave --need out, or fill in the sheet Needs")
    close = process.extractOne(fold(text), {key: fold(need.name) for key, need in needs.items()}, scorer=fuzz.partial_ratio)
    meant = needs[close[2]].name if close else next(iter(needs.values())).name
    raise UsageError(f"no need of {county} County holds the words '{text}'", f"write words of one, for example '{meant[:60]}'")


def read_kind(network: PartnerNetwork, text: str) -> str:
    """The kind of partner or the family that is meant, as a term. Raises UsageError for an unknown one."""
    family = next((term for term, name in FAMILIES.items() if fold(text) in (fold(term), fold(name))), None)
    known = look_up("partner_kind", text)
    if known is not None or family is not None:
        return known.term if known is not None else str(family)
    if open_term(text) in {body.kind for body in network.bodies.values()}:
        return open_term(text)
    close = process.extractOne(text, sorted({*network.family_of_kind, *FAMILIES}))
    cure = f"did you mean {close[0]}?" if close else "write for example museum"
    raise UsageError(f"no kind of partner is called '{text}'", cure)


def _area_of(need: Need | None) -> str:
    if need is None:
        raise UsageError("no content area was given", "name one, for example --area math, or a need")
    if len(need.areas) != 1:
        about = f"is about {listed([area_words(area) for area in need.areas])}" if need.areas else "names no content area"
        raise UsageError(f"the need '{need.name[:60]}' {about}", "say which area is meant with --area")
    return need.areas[0]
