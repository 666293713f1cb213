"""Questions about structure, asked of a store in a person's words: the library's side of the commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz, process

from assetgraph.analysis import closing, leaving
from assetgraph.analysis import measures as measured
from assetgraph.analysis.candidates import Reason
from assetgraph.analysis.closing import Closing
from assetgraph.analysis.measures import Measure
from assetgraph.analysis.paths import Ways, paths_between, paths_to_any
from assetgraph.analysis.reach_out import ReachOut, Suggester, Suggestion, starts_of
from assetgraph.analysis.reasons import introduction
from assetgraph.analysis.sharing import CAP, Shared, share_out
from assetgraph.errors import UsageError
from assetgraph.model.ids import county_id
from assetgraph.model.names import fold
from assetgraph.model.partner_network import Need, PartnerNetwork
from assetgraph.model.vocabulary import FAMILIES, GRANT_AREAS, kind_name, look_up, open_term
from assetgraph.queries.answer import Fact, facts_with, sources_in_words
from assetgraph.queries.ask import organization_id, read_area, read_county, read_date
from assetgraph.queries.tables import as_frame, rows_as_html
from assetgraph.queries.told import Told
from assetgraph.queries.words import area_words, day, listed, plural
from assetgraph.store.network import read_network

if TYPE_CHECKING:
    import pandas

    from assetgraph.store import Store

__all__ = [
    "Introduction", "Leaving", "close_gaps", "explain", "measures", "paths", "ranking", "reach_out", "reach_out_everywhere",
    "without",
]  # fmt: skip


def reach_out(store: Store, *, county: str, area: str | None = None, need: str | None = None, kind: str | None = None,
              as_of: date | str | None = None, top: int = 10, edition: str = "public") -> ReachOut:  # fmt: skip
    """Whom a county could reach out to on a content area, the first ``top`` of them, with reasons that rest on facts.

    ``need`` is a need of the county, its office or one of its LEAs, by its words or its id; then ``area`` may be left out
    where the need is about one. ``kind`` is a kind of partner or a family. What an outreach log says counts always; it is told
    in the edition "staff" only. Dates are read as ``ask`` reads them; the default is
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
    name, on = read_county(county), _day(as_of)
    needed = find_need(network, name, need) if need else None
    term = read_area(area, network.areas) if area else _area_of(needed)
    of_kind = read_kind(network, kind) if kind else None
    found = Suggester(network, on, edition).list_for(name, term, need=needed, kind=of_kind, top=top)
    lines = facts_with(store, (fact for one in found for fact in one.facts))
    return replace(found, facts={line.id: line for line in lines})


def reach_out_everywhere(store: Store, *, area: str, as_of: date | str | None = None, top: int = 5, cap: int = CAP,
                         edition: str = "public") -> Shared:  # fmt: skip
    """The first of the lists of all counties on an area at once, nobody suggested to more than ``cap`` of them."""
    if top < 1 or cap < 1:
        raise UsageError("no number of suggestions", "give one or more for top and cap")
    network = read_network(store)
    suggester = Suggester(network, _day(as_of), edition)
    shared = share_out(suggester, read_area(area, network.areas), top=top, cap=cap)
    lines = {line.id: line for line in facts_with(
        store, (fact for found in shared.lists.values() for one in found for fact in one.facts))}  # fmt: skip
    return replace(shared, lists={county: replace(found, facts=lines) for county, found in shared.lists.items()})


def explain(store: Store, organization: str, *, county: str, area: str | None = None, need: str | None = None,
            as_of: date | str | None = None, edition: str = "public") -> Told[Reason]:  # fmt: skip
    """Why an organization is on a county's list for an area or need and where, or everything that keeps it off the list.

    Raises UsageError when the graph holds nobody of that name, or several.
    """
    network = read_network(store)
    one, name = organization_id(store, organization), read_county(county)
    needed = find_need(network, name, need) if need else None
    term = read_area(area, network.areas) if area else _area_of(needed)
    suggester = Suggester(network, _day(as_of), edition)
    off = suggester.what_keeps_off(name, term, one, needed)
    about = f"{network.name(one)} and the list of {name} County for {area_words(term)}"
    if off or name not in network.offices:
        return Told(off or map(Reason, suggester.list_for(name, term).notes), about, REASON_COLUMNS)
    eligible = suggester.in_order(name, term, need=needed)
    place = next(place for place, ranked in enumerate(eligible, start=1) if ranked.one.body.id == one)
    said = suggester.suggestion(name, term, eligible[place - 1], place)
    first = Reason(f"{said.partner} is number {place} of {len(eligible)} on the list")
    return Told((first, *said.reasons, *said.introduction, *said.against), about, REASON_COLUMNS)


def close_gaps(store: Store, *, county: str, most: int = 5, areas: Sequence[str] = (),
               as_of: date | str | None = None) -> Closing:  # fmt: skip
    """The fewest partners, at most ``most``, that close the most gaps of a county in the areas of the grant, or in those named.

    Raises UsageError for a county, area or day that means nothing here, and for a county of which the graph holds no office.
    """
    if most < 1:
        raise UsageError(f"{most} is no number of partners", "ask for one or more")
    network, name = read_network(store), read_county(county)
    if name not in network.offices:
        raise UsageError(f"the graph holds no office of {name} County", "build its map first")
    terms = [read_area(area, network.areas) for area in areas] or list(GRANT_AREAS)
    found = closing.close_gaps(Suggester(network, _day(as_of)), name, most, terms)
    lines = facts_with(store, (fact for step in found.steps for fact in step.suggestion.facts))
    return replace(found, facts={line.id: line for line in lines})


LEAVING_COLUMNS = ("what", "county", "area", "family", "before", "after", "body", "name", "ties", "reason", "instead", "at_hand")
RANK_COLUMNS = ("partner", "partner_id", "stranded", "cells", "counties", "reason")
MEASURE_COLUMNS = ("measure", "value", "meaning", "curve")
PATH_COLUMNS = ("path", "hops", "is_live", "facts")
REASON_COLUMNS = ("reason", "facts")


class Leaving(NamedTuple):
    """What would be lost without a partner, and who could stand in, by county and area."""

    partner: str
    losses: tuple[leaving.Loss, ...]
    stranded: tuple[leaving.Stranded, ...]
    instead: Mapping[tuple[str, str], tuple[Suggestion, ...]]
    """The first of the list of its family: who could be asked."""
    at_hand: Mapping[tuple[str, str], tuple[str, ...]]
    """Names of others with whom the county's office or LEAs have a current tie there already."""
    unmapped: tuple[str, ...]
    """Counties that it serves or is tied to, of which the graph holds no map: what they would lose is not known."""
    facts: Mapping[str, Fact]
    """Id of each tie that goes to what it says and where it stands."""

    def shown(self) -> list[dict[str, Any]]:
        """A row for each cell that falls back, then for each office or LEA left with nobody.

        Plain values; None where one of the two has no such field.
        """
        rows: list[dict[str, Any]] = [
            *({"what": "cell", **loss._asdict(), "reason": loss.reason} for loss in self.losses),
            *({"what": "stranded", **one._asdict(), "reason": one.reason} for one in self.stranded),
        ]
        for row in rows:
            row["instead"] = [one.partner for one in self.instead.get((row["county"], row["area"]), ())]
            row["at_hand"] = list(self.at_hand.get((row["county"], row["area"]), ()))
        return [{name: row.get(name) for name in LEAVING_COLUMNS} for row in rows]

    def told(self) -> list[dict[str, Any]]:
        """The same for JSON, with each tie in full."""
        return [{**row, "ties": [self.facts[tie].model_dump(mode="json") for tie in row["ties"]]} for row in self.shown()]

    def to_frame(self) -> pandas.DataFrame:
        """The same as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame(self.shown(), LEAVING_COLUMNS)

    def _repr_html_(self) -> str:
        told = [{name: row[name] for name in ("reason", "at_hand", "instead")} for row in self.shown()]
        return rows_as_html(f"Without {self.partner}: {len(told)}.", ("reason", "at_hand", "instead"), told)


def without(store: Store, organization: str, *, as_of: date | str | None = None, most: int = 3) -> Leaving:
    """What each county and LEA would lose if a partner left, and who could stand in for it.

    Raises UsageError when the graph holds nobody of that name, or several.
    """
    network, on = read_network(store), _day(as_of)
    one = organization_id(store, organization)
    if network.bodies[one].label != "Partner":
        raise UsageError(f"{network.name(one)} is no partner but an office, LEA or school", "name a partner")
    lost, alone = leaving.losses(network, one, on), leaving.stranded(network, one, on)
    suggester, family = Suggester(network, on), network.bodies[one].family
    where = sorted({(loss.county, loss.area) for loss in lost} | {(left.county, left.area) for left in alone})
    instead = {}
    for county, area in where if family else ():  # who is of no recorded kind cannot be replaced by one of its kind
        others = suggester.list_for(county, area, kind=family, top=most + 1)
        instead[county, area] = tuple(other for other in others if other.partner_id != one)[:most]
    at_hand = {(county, area): leaving.at_hand(network, county, area, on, without=one) for county, area in where}
    unmapped = tuple(county for county in leaving.counties_with(network, one) if county not in network.mapped)
    facts = facts_with(store, [*(tie for loss in lost for tie in loss.ties), *(tie for left in alone for tie in left.ties)])
    return Leaving(network.name(one), tuple(lost), tuple(alone), instead, at_hand, unmapped, {fact.id: fact for fact in facts})


def ranking(store: Store, *, county: str | None = None, as_of: date | str | None = None) -> Told[leaving.Rank]:
    """Partners by what would be lost without them, in all counties or in one, most first."""
    counties = [read_county(county)] if county else None
    ranks = leaving.ranking(read_network(store), _day(as_of), counties)
    return Told(ranks, "Partners without whom something would be lost", RANK_COLUMNS)


def measures(store: Store, *, county: str | None = None, as_of: date | str | None = None) -> Told[Measure]:
    """Network measures of a county, or of all that have a map, each with its meaning in a sentence; none is a grade.

    Its notes say from how many ties they are worked out, and from which sources or maps.
    """
    network, on, name = read_network(store), _day(as_of), read_county(county) if county else None
    about = f"Network measures of {f'{name} County' if name else 'all counties with a map'}"
    return Told(measured.measures(network, on, name), about, MEASURE_COLUMNS, _worked_out_from(store, network, on, name))


def _worked_out_from(store: Store, network: PartnerNetwork, on: date, county: str | None) -> Iterator[str]:
    ties = measured.ties_of(network, on, county)
    bodies, partners = plural(len(ties.bodies), "office or LEA", "offices and LEAs"), plural(len(ties.partners), "partner")
    yield f"Worked out from {plural(len(ties.ties), 'tie')} that hold on {day(on)}, among {bodies} and {partners}"
    if county is None:
        yield f"Maps: {listed(sorted(network.mapped), most=9)}" if network.mapped else "The graph holds no map"
    elif county not in network.mapped:
        yield f"The graph holds no map of {county} County: with whom it works is not known"
    elif ties.ties:
        yield f"Sources: {sources_in_words(facts_with(store, (tie.id for tie in ties.ties)))}"


class Introduction(NamedTuple):
    """A path in words: a sentence for each hop, and the fact that it rests on; ``is_live`` where all its ties hold."""

    ends: tuple[str, ...]
    """The names of everybody on it, from first to last."""
    hops: tuple[Reason, ...]
    is_live: bool
    facts: tuple[Fact, ...]
    """One for each hop, with source, row, page and day."""

    def shown(self) -> dict[str, Any]:
        """The path as plain values."""
        return {"path": list(self.ends), "hops": [hop.sentence for hop in self.hops], "is_live": self.is_live,
                "facts": [fact.model_dump(mode="json") for fact in self.facts]}  # fmt: skip


def paths(store: Store, start: str, end: str | None = None, *, to_kind: str | None = None, most: int = 5,
          as_of: date | str | None = None) -> Told[Introduction]:  # fmt: skip
    """Who connects two organizations, or one with the nearest of a kind: the warmest paths of at most three hops, best first.

    From a county office a path may begin at one of its LEAs, as in ``reach_out``. Paths over ties that have ended are there only
    where no living one is. Empty where none is recorded.
    """
    if (end is None) == (to_kind is None):
        raise UsageError("a path leads to an organization or to a kind of partner", "name one of the two")
    network, on, first = read_network(store), _day(as_of), organization_id(store, start)
    last = organization_id(store, end) if end is not None else None
    if first == last:
        raise UsageError(f"{network.name(first)} is both ends of the path", "name two organizations")
    starts = starts_of(network, network.bodies[first].county) if network.bodies[first].label == "COE" else {first: 1.0}
    of_kind = set() if to_kind is None else _of_kind(network, read_kind(network, to_kind)) - {first}
    for live_only in (True, False):
        ways = Ways(network, on, live_only=live_only)
        if last:
            every = (path for start in starts for path in paths_between(ways, start, last, most=most))
        else:
            every = (path for start in starts for path in paths_to_any(ways, start, of_kind, most=most))
        apart = (path for path in every if len(starts.keys() & path.ends) == 1)
        found = sorted(apart, key=lambda path: (-path.worth * starts[path.ends[0]], len(path.hops), path.ends))[:most]
        if found:
            break
    facts = {fact.id: fact for fact in facts_with(store, (hop.tie.id for path in found for hop in path.hops))}
    told = (Introduction(tuple(map(network.name, path.ends)), introduction(network, path), path.is_live,
                         tuple(facts[hop.tie.id] for hop in path.hops)) for path in found)  # fmt: skip
    return Told(told, f"Paths from {network.name(first)}", PATH_COLUMNS)


def _day(as_of: date | str | None) -> date:
    """The day that is asked about: today where none is given."""
    return read_date(as_of or date.today())


def _of_kind(network: PartnerNetwork, kind: str) -> set[str]:
    return {body.id for body in network.bodies.values() if kind in (body.kind, body.family)}


def find_need(network: PartnerNetwork, county: str, text: str) -> Need:
    """The need of a county, its office or LEAs that some words mean. Raises UsageError for none or several."""
    own = {*network.own_bodies(county), county_id(county)}
    needs = {need.id: need for need in network.needs if need.whose in own}
    if text in needs:
        return needs[text]
    words = fold(text)
    found = [need for need in needs.values() if words and words == fold(need.name)] or [
        need for need in needs.values() if words and words in fold(need.name)] or [
        need for need in needs.values() if words and set(words.split()) <= set(fold(need.name).split())]
    if len(found) == 1:
        return found[0]
    if found:
        names = [f"'{need.name[:60]}' ({need.id})" for need in found]
        raise UsageError(f"'{text}' is in {len(found)} needs of {county} County", f"write one of their ids: {listed(names)}")
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
    cure = f"did you mean {FAMILIES.get(close[0], kind_name(close[0]))}?" if close else "write for example museum"
    raise UsageError(f"no kind of partner is called '{text}'", cure)


def _area_of(need: Need | None) -> str:
    if need is None:
        raise UsageError("no content area was given", "name one, for example --area math, or a need")
    if len(need.areas) != 1:
        about = f"is about {listed([area_words(area) for area in need.areas])}" if need.areas else "names no content area"
        raise UsageError(f"the need '{need.name[:60]}' {about}", "say which area is meant with --area")
    return need.areas[0]
