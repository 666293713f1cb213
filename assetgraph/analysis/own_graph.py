"""The user's own graph as a two-mode network: the partners of each county, and how well the missing one is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.blend import FOLDS, LEAST_HIDDEN, MOST_HIDDEN, Blend, blend_of
from assetgraph.analysis.candidates import Here, Subject, candidate
from assetgraph.analysis.evaluation import Evaluation, Order, evaluate_network
from assetgraph.analysis.hiding import Hidden, batches, put
from assetgraph.analysis.tally import NEARLY
from assetgraph.analysis.two_mode import Asked, Scores, known_of
from assetgraph.errors import InputError
from assetgraph.model.ids import county_id
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.places import COUNTIES, ring
from assetgraph.model.two_mode import Organization, Project, TwoMode
from assetgraph.model.vocabulary import GRANT_GRADES
from assetgraph.queries.ask import read_date
from assetgraph.store.network import read_network

if TYPE_CHECKING:
    from assetgraph.store import Store

__all__ = ["WHOLE_ORDER", "Habits", "evaluate_own", "own_network"]

NEAR = {1: 0.5, 2: 0.25}
"""How near two counties are that share a border, or a region; the same county is 1, all others 0."""

MOST_CELLS = 1_000_000
"""Hidden members x partners from which the weights are learned before a list is made: a second for a large state."""

LEAST_REST = 1e-6
"""What the scores of everybody else add up to at least: where there is nobody else, all are alike."""

WHOLE_ORDER = "assetgraph, whole order"
"""The name under which the order of the list (rules, then the blend) is measured beside the blend alone."""


def evaluate_own(store: Store, *, split: date | str | None = None, seed: int = 0) -> Evaluation:
    """How well a partner is found that a county of this store has and that is hidden.

    Without a split each tie between a partner and a county is hidden in turn, with all others known. With one, ties that
    start on it or later are hidden, and only ties that started before are known; ties without a date are on neither side.
    Measured are the blend alone, the whole order of the list (ring, kind, whether a path leads there, then the blend), and each
    simple method.

    Raises InputError where there is nothing to hide.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     evaluate_own(store)
    Traceback (most recent call last):
    ...
    assetgraph.errors.InputError: the graph holds no tie between a partner and a county. To mend it: build maps of counties first.
    """
    split = read_date(split) if split is not None else None
    network = read_network(store)
    ties = own_network(network)
    if not ties.projects:
        raise InputError("the graph holds no tie between a partner and a county", "build maps of counties first")
    known = [tie for tie in network.ties if split is None or (tie.starts_on and tie.starts_on < split)]
    on = split or max((tie.as_of for tie in network.ties if tie.as_of), default=date.max)
    orders = {WHOLE_ORDER: whole_order(replace(network, ties=known), on, seed)}
    return evaluate_network(ties, split=split, seed=seed, orders=orders, goes_on=True)


def own_network(network: PartnerNetwork, until: date | None = None) -> TwoMode:
    """Partners as organizations, and each county that is tied to one as a project; with a day, what has begun by then.

    A partner is a member of a county when any tie joins it to the county's office, to one of its LEAs or schools, or to the
    county itself; it joined with the earliest start of these, None where none has one. ``type`` is the partner's kind
    and ``place`` its home county. Partners without a tie to a county are left out. Sorted by id.
    """
    counties = {county_id(county): county for county in COUNTIES}
    ties: dict[str, dict[str, date | None]] = {}
    for tie in network.ties:
        if until is not None and tie.starts_on is not None and tie.starts_on > until:
            continue
        for one, other in ((tie.a, tie.b), (tie.b, tie.a)):
            county = counties.get(other) or _county(network, other)
            if county and one in network.bodies and network.bodies[one].label == "Partner":
                joined = ties.setdefault(county, {})
                joined[one] = min((day for day in (joined.get(one), tie.starts_on) if day), default=None)
    partners = sorted({one for joined in ties.values() for one in joined})
    place = {one: index for index, one in enumerate(partners)}
    projects = []
    for county in sorted(ties):
        members = sorted(ties[county])
        since = tuple(ties[county][one] for one in members)
        projects.append(Project(county, tuple(place[one] for one in members), since, ((),) * len(members)))
    return TwoMode(tuple(_organization(network, one) for one in partners), tuple(projects), _nearness())


def _county(network: PartnerNetwork, end: str) -> str | None:
    body = network.bodies.get(end)
    return body.county if body is not None and body.label != "Partner" else None


def _organization(network: PartnerNetwork, key: str) -> Organization:
    body = network.bodies[key]
    return Organization(key, body.name, body.kind or "", body.county or "")


def _nearness() -> dict[tuple[str, str], float]:
    found = ((one, other, NEAR.get(ring(one, other))) for one, other in product(COUNTIES, repeat=2) if one != other)
    return {(one, other): near for one, other, near in found if near is not None}


@dataclass(frozen=True)
class Habits:
    """Who joins whom in this graph: the blend, learned from ties that have begun by a day, ready to be asked for counties."""

    network: PartnerNetwork
    on: date
    seed: int = 0

    @cached_property
    def ties(self) -> TwoMode:
        """The graph as a two-mode network."""
        return own_network(self.network, self.on)

    @cached_property
    def blend(self) -> Blend:
        """The blend with weights learned from these ties; the weights as they come where there are too few."""
        most = max(LEAST_HIDDEN, MOST_CELLS // (FOLDS * max(1, len(self.ties.organizations))))
        return blend_of(self.ties, self.ties.projects, [], ahead=False, seed=self.seed, most=min(MOST_HIDDEN, most))

    @property
    def is_learned(self) -> bool:
        """Whether there was enough history to learn from."""
        return bool(self.blend.learned_from)

    def scores(self, county: str, partners: Collection[str]) -> dict[str, float]:
        """Id of each of some partners to how likely it is the one missing here, what ties it to the county not counted.

        As where it is measured: who is tied to the county already, by service or through an LEA, is hidden, and all others are
        shown. So that one question can be held against another, a score is a share of those of everybody whom nothing ties to the
        county. 0 for who is tied to no other county. Empty with too little history to learn from, and where no other county is in
        the graph.
        """
        others = [project for project in self.ties.projects if project.id != county]
        if not others or not self.is_learned or not partners:
            return {}
        known = known_of(self.ties, others, [])
        members = next((project.members for project in self.ties.projects if project.id == county), ())
        row = {self.ties.organizations[one].id: place for place, one in enumerate(known.organizations)}
        asked_for = [one for one in sorted(partners) if one in row]
        hidden = [int(known.organizations[row[one]]) for one in asked_for]
        # Everybody who is no member is asked for at once: nobody is hidden for them.
        alone = [one for one in hidden if one in set(members)]
        others_first = [one for one in hidden if one not in set(members)][:1]
        questions = [Hidden(members, one, (), county) for one in (*others_first, *alone)]
        column = {one: place for place, one in enumerate((*others_first, *alone))}
        found = dict.fromkeys(partners, 0.0)
        for part in batches(len(questions), len(known.organizations)):
            scores = self.blend.scores(put(known, questions[part], [])[0])
            sums = np.einsum("ij->j", scores)
            for partner, one in zip(asked_for, hidden, strict=True):
                at = column.get(one, 0)
                if part.start <= at < part.stop:
                    own = float(scores[row[partner], at - part.start])
                    rest = float(sums[at - part.start]) - (own if at >= len(others_first) else 0.0)
                    found[partner] = own / max(rest, LEAST_REST)
        return found

    @cached_property
    def counties_of(self) -> Mapping[str, Mapping[str, str]]:
        """Id of each partner to the counties whose office or LEAs it is tied to on the day, each with one tie that says so."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for county in self.network.counties:
            for body in self.network.own_bodies(county):
                for tie in self.network.current_ties(body, self.on):
                    found[tie.other(body)].setdefault(county, tie.id)
        return found


def whole_order(network: PartnerNetwork, on: date, seed: int) -> Order:
    """The order of the list, to be measured: ring and kind as the list has them, then whether a path leads there, then the blend.

    What a list has besides, needs and gaps of one content area, is no part of it: a county's partners are hidden whatever they
    are tied for, so everything that somebody offers counts. The path is looked for without any tie that is not shown, and the
    ring without service to the county itself, which is a tie too.
    """
    near = _neighbours_of(network, on)
    offers = {body: tuple(offer for offer in some if offer.lasts_on(on) and offer.fits(*GRANT_GRADES))
              for body, some in network.offers_of.items()}  # fmt: skip
    subjects = {key: Subject(body, offers.get(key, ())) for key, body in network.bodies.items() if body.label == "Partner"}
    groups: dict[str, dict[str, tuple[int, int]]] = {}

    def of_county(county: str) -> dict[str, tuple[int, int]]:
        if county not in groups:
            here = _Blind(network, county, on)
            groups[county] = {key: candidate(here, subject).group for key, subject in subjects.items()}
        return groups[county]

    own: dict[str, set[str]] = defaultdict(set)
    for body in network.bodies.values():
        if body.label != "Partner" and body.county is not None:
            own[body.county].add(body.id)

    def order(ties: TwoMode, projects: Sequence[Project], themes: Sequence[str], ahead: bool) -> Callable[[Asked], Scores]:
        blend = blend_of(ties, projects, themes, ahead=ahead, seed=seed)
        return _Ordered(network, ties, near, own, of_county, blend).scores

    return order


class _Blind(Here):
    """A county that does not see what is said to serve it, or to be open to it, by its name."""

    @cached_property
    def places(self) -> frozenset[str]:
        """Its regions and the state."""
        return self.network.places_of(self.county) - {county_id(self.county)}


@dataclass(frozen=True)
class _Ordered:
    """The rules and a blend, as one score for each organization: groups first, the blend within."""

    network: PartnerNetwork
    ties: TwoMode
    near: Mapping[str, frozenset[str]]
    own: Mapping[str, Collection[str]]
    """County to the offices, LEAs and schools in it."""
    groups: Callable[[str], Mapping[str, tuple[int, int]]]
    """County to the ring and the place by kind of each partner, as ``candidate`` has them."""
    blend: Blend

    def scores(self, asked: Asked) -> Scores:
        """Higher is earlier in the list; above 0."""
        bodies = [self.network.bodies[self.ties.organizations[one].id] for one in asked.known.organizations]
        blend = self.blend.scores(asked)
        for column, county in enumerate(asked.projects):
            reached = self._reached(county, {bodies[one].id for one in asked.shown[column].indices})
            of_county = self.groups(county)
            rules = ((*of_county[body.id], body.id not in reached) for body in bodies)
            groups = np.array([ring * 6 + role * 2 + unknown for ring, role, unknown in rules])
            blend[:, column] = _in_order(groups, blend[:, column])
        return blend

    def _reached(self, county: str, shown: set[str]) -> set[str]:
        """Who is two or three hops from the county by ties that are shown."""
        own = self.own.get(county, frozenset())
        second = set().union(*(self.near.get(one, frozenset()) for one in shown)).difference(own)
        third = set().union(*(self.near.get(one, frozenset()) for one in second)).difference(own)
        return second | third


def _in_order(groups: NDArray[np.int64], within: NDArray[np.float32]) -> NDArray[np.float32]:
    """A score for each that is higher for a lower group, and within a group for a higher value; equal ones have the same.

    >>> _in_order(np.array([1, 0, 1, 1]), np.array([0.5, 0.1, 0.7, 0.5], np.float32)).tolist()
    [1.0, 3.0, 2.0, 1.0]
    """
    order = np.lexsort((-within, groups))
    sorted_groups, values = groups[order], within[order]
    is_next = (np.diff(sorted_groups) > 0) | (values[:-1] - values[1:] > NEARLY * values[:-1])
    place = np.concatenate(([0], np.cumsum(is_next))) if len(order) else np.zeros(0)
    scores = np.empty(len(order), np.float32)
    scores[order] = place.max(initial=0) + 1 - place
    return scores


def _neighbours_of(network: PartnerNetwork, on: date) -> dict[str, frozenset[str]]:
    """Each body to those it is tied to on a day: as in the list, a tie that has ended introduces nobody."""
    return {body: frozenset(tie.other(body) for tie in network.current_ties(body, on)) for body in network.ties_of}
