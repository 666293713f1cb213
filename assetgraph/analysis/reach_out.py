"""Who a county could reach out to, in order, and why: rules first, each in words, and the structure of the network within them.

The order is that of the domain: who is near, what kind it is, whether somebody could introduce us, whether it meets a need or
closes a gap, who works together elsewhere, and how freshly it is confirmed. No number is shown: every suggestion says its
reasons, and each reason rests on facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assetgraph.analysis import outreach, reasons
from assetgraph.analysis.candidates import Candidate, Here, Reason, Subject, broken_rules, candidate, subjects, why_not
from assetgraph.analysis.grid import GAPS, Cell, Key, gap_grid, with_one_more
from assetgraph.analysis.own_graph import Habits
from assetgraph.analysis.paths import Path, Reached, Ways, best_paths
from assetgraph.errors import UsageError
from assetgraph.model.ids import county_id
from assetgraph.model.partner_network import Need, PartnerNetwork
from assetgraph.model.places import nearest
from assetgraph.model.records import OWN_BASES
from assetgraph.model.vocabulary import GRANT_GRADES, kind_name
from assetgraph.queries.answer import Fact, sources_in_words
from assetgraph.queries.tables import as_frame, as_html
from assetgraph.queries.words import area_words, capital, day, listed, plural

if TYPE_CHECKING:
    import pandas

__all__ = ["Ranked", "ReachOut", "Suggester", "Suggestion", "starts_of"]

EDITIONS = ("public", "staff")

OF_AN_LEA = 0.9
"""What a path is worth that begins at one of the county's LEAs, beside one that begins at its office."""

SHORT = 5
"""A list of fewer is short, and says so."""


@dataclass(frozen=True)
class Suggestion:
    """One organization that a county could ask. ``place`` counts from 1.

    ``reasons`` speak for it, ``against`` says what to know before calling. ``introduction`` is the best chain of ties of at most
    three hops that leads there, empty where none is recorded; ``is_path_live`` is False where a tie on it has ended, None
    without one. ``before`` and ``after`` are the states of its cell on the gap grid without and with a tie to it, None where its
    kind is not recorded. ``latest`` is the latest day for which anything of this is recorded, None where no day is.
    """

    place: int
    partner: str
    partner_id: str
    kind: str | None
    family: str | None
    role: str | None
    ring: int
    home_county: str | None
    reasons: tuple[Reason, ...]
    introduction: tuple[Reason, ...]
    through: tuple[str, ...]
    """The ids of everybody on the way, the organization itself last; empty where none is recorded."""
    is_path_live: bool | None
    against: tuple[Reason, ...]
    meets_need: bool
    before: str | None
    after: str | None
    latest: date | None
    is_reference: bool
    """Whether it is known from public pages alone."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of all facts that it rests on, each once, in the order in which they are told."""
        told = (*self.reasons, *self.introduction, *self.against)
        return tuple(dict.fromkeys(fact for reason in told for fact in reason.facts))

    @property
    def kind_in_words(self) -> str:
        """What it is: its kind, or that it is a county office."""
        return "County office" if self.kind is None and self.partner_id.startswith("coe/") else kind_name(self.kind)

    @property
    def reason(self) -> str:
        """Why them, in sentences."""
        return " ".join(f"{reason.sentence}." for reason in self.reasons)

    def shown(self) -> dict[str, Any]:
        """The suggestion as plain values for tables, CSV and JSON; dates are ISO text."""
        return {
            "place": self.place, "partner": self.partner, "partner_id": self.partner_id, "kind": self.kind, "family": self.family,
            "role": self.role, "ring": self.ring, "home_county": self.home_county, "reason": self.reason,
            "introduction": [hop.sentence for hop in self.introduction], "is_path_live": self.is_path_live,
            "against": [one.sentence for one in self.against], "meets_need": self.meets_need, "before": self.before,
            "after": self.after, "latest": self.latest.isoformat() if self.latest else None, "is_reference": self.is_reference,
            "facts": list(self.facts),
        }  # fmt: skip


COLUMNS = ("place", "partner", "partner_id", "kind", "family", "role", "ring", "home_county", "reason", "introduction",
           "is_path_live", "against", "meets_need", "before", "after", "latest", "is_reference", "facts")  # fmt: skip


@dataclass(frozen=True)
class ReachOut(Sequence[Suggestion]):
    """The list for a county and an area, in order. ``notes`` say what a reader must know of it; ``total`` is its whole length."""

    county: str
    area: str
    on: date
    suggestions: tuple[Suggestion, ...]
    total: int
    notes: tuple[str, ...]
    facts: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    """Id of each fact that a suggestion rests on to what it says, and its source and day; empty where nobody looked them up."""

    def __len__(self) -> int:
        return len(self.suggestions)

    def __getitem__(self, index: Any) -> Any:
        return self.suggestions[index]

    def shown(self) -> list[dict[str, Any]]:
        """The suggestions as plain values for JSON: each sentence with the facts that it rests on."""
        return [{**one.shown(), "reasons": self._told(one.reasons), "introduction": self._told(one.introduction),
                 "against": self._told(one.against)} for one in self]  # fmt: skip

    def _told(self, told: Sequence[Reason]) -> list[dict[str, Any]]:
        return [{"sentence": reason.sentence,
                 "facts": [self.facts[fact].model_dump(mode="json") for fact in self._known(reason)]}
                for reason in told]  # fmt: skip

    def _known(self, reason: Reason) -> list[str]:
        """The facts of a reason that were looked up, each once."""
        return [fact for fact in dict.fromkeys(reason.facts) if fact in self.facts]

    def sources_of(self, one: Suggestion) -> str:
        """Which sources say what a suggestion rests on, each with its latest day, in words."""
        return sources_in_words(self.facts[key] for key in one.facts if key in self.facts)

    def to_frame(self) -> pandas.DataFrame:
        """The suggestions as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame([one.shown() for one in self], COLUMNS)

    def _repr_html_(self) -> str:
        caption = f"Whom {self.county} County could reach out to on {area_words(self.area)}, {day(self.on)}: {self.total} in all."
        caption += "".join(f" {capital(note)}." for note in self.notes)
        rows = ([str(one.place), one.partner, one.kind_in_words, one.reason,
                 "; ".join(hop.sentence for hop in one.introduction), ". ".join(said.sentence for said in one.against)]
                for one in self)  # fmt: skip
        return as_html(caption, ("place", "partner", "kind", "why", "who could introduce you", "before you call"), rows)


@dataclass(frozen=True)
class Suggester:
    """Makes lists from one network on one day; what several lists need is worked out once.

    >>> from assetgraph.store import open_store, read_network
    >>> with open_store(":memory:") as store:
    ...     Suggester(read_network(store), date(2025, 1, 15)).list_for("Lake", "math").notes
    ('the graph holds no office of Lake County: build its map first',)
    """

    network: PartnerNetwork
    on: date
    edition: str = "public"
    """Reasons that rest on an outreach log are told in the staff edition only; they count in both."""
    _subjects: dict[tuple[str, tuple[int, int]], dict[str, Subject]] = field(default_factory=dict, repr=False, compare=False)
    _counties: dict[str, _OfCounty] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.edition not in EDITIONS:
            raise UsageError(f"no edition '{self.edition}'", f"ask for {' or '.join(EDITIONS)}")

    @cached_property
    def habits(self) -> Habits:
        """Who joins whom in this graph."""
        return Habits(self.network, self.on)

    @cached_property
    def living_ways(self) -> Ways:
        """Hops over ties that hold."""
        return Ways(self.network, self.on)

    @cached_property
    def all_ways(self) -> Ways:
        """Hops over any ties."""
        return Ways(self.network, self.on, live_only=False)

    def list_for(self, county: str, area: str, *, need: Need | None = None, kind: str | None = None,
                 top: int | None = None) -> ReachOut:  # fmt: skip
        """The list, whole or the first of it. With a need only what fits its grades is eligible, and who meets it comes first.

        ``kind`` is a kind of partner or a family. An empty list says why in its notes.
        """
        if county not in self.network.offices:
            notes = (f"the graph holds no office of {county} County: build its map first",)
            return ReachOut(county, area, self.on, (), 0, notes)
        eligible = self.in_order(county, area, need=need, kind=kind, top=top)
        found = tuple(self.suggestion(county, area, ranked, place) for place, ranked in enumerate(eligible[:top], start=1))
        of_what = " of this kind" if kind else " for these grades" if need else ""
        made = self.as_list(county, area, found, len(eligible), of_what)
        return replace(made, notes=(*_notes_of(need, area, self.on), *made.notes)) if need else made

    def as_list(self, county: str, area: str, found: tuple[Suggestion, ...], total: int, of_what: str = "") -> ReachOut:
        """Some suggestions, out of so many, as a list with what a reader must know of it."""
        return ReachOut(county, area, self.on, found, total, tuple(self._notes(county, area, total, of_what)))

    def in_order(self, county: str, area: str, *, need: Need | None = None, kind: str | None = None,
                 top: int | None = None) -> list[Ranked]:  # fmt: skip
        """Who is eligible, in order and not yet in words. The county must have an office.

        With ``top`` so many are in order at least, and the others after them by the rules alone: who joins whom is asked only for
        those whom it can bring among the first.
        """
        of = self._of(county)
        needs = (need,) if need else tuple(of.needs_on(area))
        eligible = [one for one in self._within_the_rules(of, area, grades_of(need))
                    if kind in (None, one.body.kind, one.body.family) and not self._asked_before(of, one, area)]  # fmt: skip
        ranked = sorted((self._ranked(of, one, area, needs) for one in eligible), key=lambda one: (one.rules, one.tail))
        last = ranked[top - 1].rules if top and len(ranked) > top else None
        first = [one for one in ranked if last is None or one.rules <= last]
        habits = of.habits([one.one.body.id for one in first])
        first.sort(key=lambda one: (one.rules, -habits.get(one.one.body.id, 0.0), one.tail))
        return first + ranked[len(first) :]

    def grid_of(self, county: str) -> Mapping[Key, Cell]:
        """The county's gap grid; empty where the graph holds no office of it."""
        return self._of(county).cells

    def what_keeps_off(self, county: str, area: str, body: str, need: Need | None = None) -> tuple[Reason, ...]:
        """Everything that keeps somebody off a county's list for an area, an LEA or who has nothing to do with it too.

        Empty for who is on it, and for a county of which the graph holds no office.
        """
        if county not in self.network.offices:
            return ()
        one = self.network.bodies[body]
        if one.label not in ("Partner", "COE"):
            return (Reason(f"{one.name} is an LEA or a school: lists name partners and county offices"),)
        of, grades = self._of(county), grades_of(need)
        seen = candidate(of.here, self._on_area(area, grades).get(body, Subject(one)))
        told = (*why_not(of.here, seen, grades), *self._asked_before(of, seen, area))
        return told if self.edition == "staff" else outreach.told_publicly(told)

    def _asked_before(self, of: _OfCounty, one: Candidate, area: str) -> tuple[Reason, ...]:
        """Why it is not asked again, by the log."""
        log = self.network.outreach_to.get(one.body.id, ())
        return tuple(outreach.keeps_off(log, of.county, area, self.on)) if log else ()

    def _kept_off_by_log(self, county: str, area: str) -> list[str]:
        """The names of those whom only their answers keep off a list."""
        of = self._of(county)
        return sorted(one.body.name for one in self._within_the_rules(of, area, GRANT_GRADES)
                      if self._asked_before(of, one, area))  # fmt: skip

    def _within_the_rules(self, of: _OfCounty, area: str, grades: tuple[int, int]) -> Iterator[Candidate]:
        """Whom no rule keeps off a list, whatever the log says."""
        seen = (candidate(of.here, subject) for subject in self._on_area(area, grades).values())
        return (one for one in seen if next(broken_rules(of.here, one), None) is None)

    def _on_area(self, area: str, grades: tuple[int, int]) -> dict[str, Subject]:
        if (area, grades) not in self._subjects:
            self._subjects[area, grades] = subjects(self.network, area, self.on, grades)
        return self._subjects[area, grades]

    def _of(self, county: str) -> _OfCounty:
        if county not in self._counties:
            self._counties[county] = _OfCounty(self, county)
        return self._counties[county]

    def _ranked(self, of: _OfCounty, one: Candidate, area: str, needs: Sequence[Need]) -> Ranked:
        met = tuple(need for need in needs if _meets(one, need, area))
        cell = of.cells.get((area, one.body.family)) if one.body.family else None
        gap = GAPS.index(cell.state) if cell and cell.state in GAPS else len(GAPS)
        latest = max((said.as_of for said in _said(one) if said.as_of), default=None)
        rules = (*one.group, one.body.id not in of.paths, not met, gap)
        return Ranked(rules, (-(latest or date.min).toordinal(), one.body.name, one.body.id), one, met, cell, latest)

    def suggestion(self, county: str, area: str, ranked: Ranked, place: int) -> Suggestion:
        """Somebody who is eligible, in words."""
        of = self._of(county)
        one, body, cell = ranked.one, ranked.one.body, ranked.cell
        path = of.paths.get(body.id) or of.dead_paths.get(body.id)
        is_mapped = any(offer.basis in OWN_BASES for offer in one.subject.offers) or any(
            tie.basis in OWN_BASES for tie in one.subject.ties)
        return Suggestion(
            place, body.name, body.id, body.kind, body.family, "provider" if body.label == "COE" else body.role, one.ring,
            body.county, tuple(self._reasons(of, ranked, area)), reasons.introduction(self.network, path) if path else (),
            path.ends if path else (), path.is_live if path else None, self._against(of, ranked, path, area),
            bool(ranked.met), cell.state if cell else None, with_one_more(cell) if cell else None, ranked.latest,
            not is_mapped,
        )  # fmt: skip

    def _against(self, of: _OfCounty, ranked: Ranked, path: Path | None, area: str) -> tuple[Reason, ...]:
        log = self.network.outreach_to.get(ranked.one.body.id, ())
        asks = outreach.pending(log, of.county, area, self.on) if self.edition == "staff" else ()
        return (*asks, *reasons.against(self.network, ranked.one, path, ranked.latest, self.on))

    def _reasons(self, of: _OfCounty, ranked: Ranked, area: str) -> Iterator[Reason]:
        one, county = ranked.one, of.county
        yield reasons.where(self.network, one)
        yield reasons.what(self.network, one.subject, area, self.on)
        yield from (reasons.meets(self.network, need) for need in ranked.met[:2])
        if ranked.cell and one.body.family:
            filled = reasons.fills(self.network, county, area, one.body.family, ranked.cell, self.on)
            if filled:
                yield filled
        ties = self.habits.counties_of.get(one.body.id, {})
        others = sorted((other for other in ties if of.shared.get(other)), key=lambda other: (-of.shared[other], other))
        if others:
            yield reasons.works_with_others(county, others, of.shared, ties)

    def what_is_not_known(self, county: str, area: str) -> Iterator[str]:
        """That there is no map of the county, or that nobody asked about the area."""
        if county not in self.network.mapped:
            yield f"the graph holds no map of {county} County: whom it works with already is not known"
        elif not any(asked.area == area and county in asked.counties for asked in self.network.asked):
            yield (f"nobody recorded having asked about kinds of partner for {area_words(area)} in {county} County: where no tie "
                   "is recorded, that is no gap")  # fmt: skip

    def _notes(self, county: str, area: str, found: int, of_what: str) -> Iterator[str]:
        words = area_words(area)
        yield from self.what_is_not_known(county, area)
        if found and not self.habits.is_learned:
            yield "too few ties to learn from: within a group those who are most freshly confirmed come first"
        if found < SHORT:
            peers = self.network.coordinators.get(area, frozenset()) - {county}
            peer = next((other for other in nearest(county) if other in peers), None)
            near = f"the nearest office with a coordinator for {words} is that of {peer} County" if peer else (
                f"no other office with a coordinator for {words} is recorded")
            number = f"only {plural(found, 'organization')}" if found else "no organization"
            yield (f"{number}{of_what} that could be asked about {words} in {county} County {'are' if found > 1 else 'is'} on "
                   f"record; {near}")  # fmt: skip
            answered = self._kept_off_by_log(county, area) if self.edition == "staff" else []
            if answered:
                yield f"the outreach log keeps off the list: {listed(answered)}"
        unknown = sorted({one.body for one in self.network.outreach if not one.is_known and one.county == county})
        if unknown and self.edition == "staff":
            yield f"the outreach log names whom the graph does not hold, or several bear the name: {listed(unknown)}"


@dataclass(frozen=True)
class Ranked:
    """A candidate with what its place depends on: the rules, then who joins whom, then freshness and the name (``tail``)."""

    rules: tuple[Any, ...]
    tail: tuple[int, str, str]
    one: Candidate
    met: tuple[Need, ...]
    cell: Cell | None
    latest: date | None


@dataclass(frozen=True)
class _OfCounty:
    """What is worked out once for a county, whatever the area."""

    by: Suggester
    county: str
    _habits: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def here(self) -> Here:
        """The county as its candidates see it."""
        return Here(self.by.network, self.county, self.by.on)

    @cached_property
    def cells(self) -> dict[Key, Cell]:
        """Its gap grid."""
        return gap_grid(self.by.network, self.county, self.by.on)

    @cached_property
    def paths(self) -> Reached:
        """The best living path to everybody within three hops."""
        return best_paths(self.by.living_ways, self._starts)

    @cached_property
    def dead_paths(self) -> Reached:
        """The best path to everybody within three hops, over ties that have ended too."""
        return best_paths(self.by.all_ways, self._starts)

    @property
    def _starts(self) -> dict[str, float]:
        return starts_of(self.by.network, self.county)

    def habits(self, partners: Sequence[str]) -> Mapping[str, float]:
        """How likely each of these, and of those asked about before, is the one missing here."""
        self._habits.update(self.by.habits.scores(self.county, set(partners) - self._habits.keys()))
        return self._habits

    @cached_property
    def shared(self) -> dict[str, int]:
        """Other counties to how many partners they share with this one; those that share none are left out."""
        found: dict[str, int] = {}
        for counties in self.by.habits.counties_of.values():
            if self.county in counties:
                for county in counties:
                    if county != self.county:
                        found[county] = found.get(county, 0) + 1
        return found

    def needs_on(self, area: str) -> Iterator[Need]:
        """Needs of the county, its office or its LEAs on an area that nothing recorded addresses."""
        own = {*self.by.network.own_bodies(self.county), county_id(self.county)}
        return (need for need in self.by.network.needs
                if need.whose in own and area in need.areas and need.is_open_on(self.by.on))  # fmt: skip


def _notes_of(need: Need, area: str, on: date) -> Iterator[str]:
    """What to know of the need that was asked about."""
    if not need.is_open_on(on):
        yield "the need that was asked about is recorded as met, dropped, addressed already, or known only later"
    if not need.areas:
        yield f"the need that was asked about names no content area: it was taken to be about {area_words(area)}"
    elif area not in need.areas:
        yield f"the need that was asked about is recorded as about {listed([area_words(one) for one in need.areas])}"


def starts_of(network: PartnerNetwork, county: str | None) -> dict[str, float]:
    """Where an introduction may begin, and what that is worth: the county's office, or one of its LEAs."""
    own = network.own_bodies(county) if county else ()
    return {body: 1.0 if body == network.offices[county or ""] else OF_AN_LEA for body in own}


def grades_of(need: Need | None) -> tuple[int, int]:
    """The grades that are asked about: those of the need, else of the grant."""
    low, high = GRANT_GRADES
    if need is None:
        return low, high
    return low if need.grade_low is None else need.grade_low, high if need.grade_high is None else need.grade_high


def _meets(one: Candidate, need: Need, area: str) -> bool:
    """Whether something that it offers, for the need's grades, is on an area of it; a need without one is about the one asked."""
    low, high = grades_of(need)
    return any(offer.fits(low, high) and not offer.areas.keys().isdisjoint(need.areas or (area,)) for offer in one.subject.offers)


def _said(one: Candidate) -> Iterator[Any]:
    """Every statement about it that has a day."""
    yield from one.subject.offers
    yield from one.subject.ties
    yield from one.service
    yield from one.opened
