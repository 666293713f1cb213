"""How well the missing member is found, by the blend that ships and by each method beside it, on any two-mode network.

Every member of every project asked about is hidden in turn; the others and the theme are shown; every organization that
is known and not shown is ranked. Nothing that is asked about is known: what is learned, counted or decomposed comes from
the other projects alone, and with a split from what was there before it. Equal scores share their mean rank.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.blend import Blend, Hidden, batches, blend_of, open_to, put, questions_of
from assetgraph.analysis.two_mode import (
    Asked,
    Known,
    Scores,
    co_occurrence,
    katz,
    known_of,
    l3,
    nearest,
    neighbours,
    pagerank,
    popularity,
    popularity_within_theme,
    svd,
)
from assetgraph.errors import InputError
from assetgraph.model.two_mode import Organization, Project, TwoMode

__all__ = ["METHODS", "SHIPS", "Evaluation", "Measured", "Order", "evaluate_network"]

SHIPS = "assetgraph"
"""The name of the method that ships."""

Order = Callable[[TwoMode, Sequence[Project], Sequence[str], bool], Callable[[Asked], Scores]]
"""Something that learns from known projects of a network (with all themes, and whether it looks ahead) how to score what is
asked. ``evaluate_network`` measures any: this is where an order of lists that is more than the blend comes in."""

METHODS: Mapping[str, Callable[[Asked], Scores]] = {
    "random": lambda asked: np.ones(asked.shape, np.float32),
    "popularity": popularity,
    "recent popularity": lambda asked: popularity(asked, asked.known.span / 4 or None),
    "popularity within theme": popularity_within_theme,
    "recent popularity within theme": lambda asked: popularity_within_theme(asked, asked.known.span / 4 or None),
    "nearest": nearest,
    "co-occurrence": co_occurrence,
    "L3": l3,
    "SVD": svd,
    "kNN": neighbours,
    "Katz": katz,
    "PageRank": pagerank,
    "PageRank, both ends": lambda asked: pagerank(asked, both_ends=True),
}
"""What the blend is measured beside. *random* knows nothing: all are equal, so each has the mean rank. *co-occurrence* is
raw L3. *recent* halves what is a quarter of the known years older."""

SAMPLES = 1000
"""Bootstrap samples of organizations, for intervals of 95 %."""

FIRST = 10
"""How many of a list count as shown."""

GROUPS = 10
"""Leaving one out, weights are learned from the projects of the nine other groups."""

EACH_ALONE = 150
"""Up to this many projects each is left out alone, so that all others are known; beyond it, its whole group is."""

BLOCKS = 256
"""Into so many parts organizations are cut to find the first ten fast."""

NEARLY = np.float32(1e-5)
"""Scores that differ by less than this share of themselves are equal: they were added up in another order."""

_RURAL = re.compile(r"(?<!non[- ])(?<!not )\brural\b", re.IGNORECASE)


class Measured(NamedTuple):
    """How one method did.

    ``n`` hidden members were ranked, ``n_unseen`` were never seen before and are not in any figure. ``mrr`` is the mean of
    one over the rank, 0 to 1, between ``mrr_low`` and ``mrr_high`` in 95 of 100 bootstrap samples of organizations.
    ``hits_at_…`` and ``recall_…`` are shares, 0 to 1; ``recall_small`` is hits at 10 among the half of the organizations with
    the fewest memberships (before the split; without one, of those ranked), ``recall_rural`` among those whose type or
    place says rural; null where none was hidden or none says so. ``exposure_gini`` is how unevenly the first ten
    places fall to organizations, 0 even to 1; ``popularity_lift`` the
    mean memberships of the first ten over that of all candidates. ``seconds`` has learning in it, and what methods share is
    counted for the first of them.
    """

    method: str
    n: int
    n_unseen: int
    mrr: float
    mrr_low: float
    mrr_high: float
    hits_at_1: float
    hits_at_3: float
    hits_at_5: float
    hits_at_10: float
    recall_small: float | None
    recall_rural: float | None
    exposure_gini: float
    popularity_lift: float
    seconds: float


@dataclass(frozen=True)
class Evaluation:
    """One row for each method, the one that ships first, then as in METHODS; what has to be said; and the blends.

    ``blends`` holds one blend with a split, and one for each group of projects without.
    """

    rows: tuple[Measured, ...]
    notes: tuple[str, ...] = ()
    blends: tuple[Blend, ...] = field(default=(), repr=False)

    def parts(self) -> dict[str, float]:
        """What the weights say of "who joins": shares of acquaintance, theme, place, habit and chance, largest first."""
        said: dict[str, float] = {}
        for blend in self.blends:
            for part, weight in blend.parts().items():
                said[part] = said.get(part, 0.0) + weight / len(self.blends)
        return dict(sorted(said.items(), key=lambda item: (-item[1], item[0])))


class Sitting(NamedTuple):
    """Questions that are put to the same known projects; ``learned`` are those that weights may be learned from."""

    known: Known
    questions: list[Hidden]
    learned: int


Prepared = tuple[list[Sitting], list[list[Project]], int, list[str]]
"""Sittings, what is learned from for each, how many hidden members were never seen before, and what has to be said."""


def evaluate_network(network: TwoMode, *, split: date | None = None, seed: int = 0, goes_on: bool = False,
                     orders: Mapping[str, Order] | None = None) -> Evaluation:  # fmt: skip
    """How well the blend and each method find who is missing.

    With a split only memberships before it are known, and every project that starts on it or later is asked about; where
    projects go on for ever, as counties do (``goes_on``), who joined one on it or later is hidden in turn, and those who
    were there before are shown. Without a split every project is asked about, with the others known. ``orders`` are
    measured beside the blend, under their names. Equal inputs and seeds give equal figures (but for seconds).

    Raises InputError where nothing is hidden: no project with two members to ask about, or nobody seen before.

    >>> from assetgraph.model.two_mode import Membership, two_mode
    >>> pairs = [(one, f"p{number}") for number in range(4) for one in ("library", "museum", f"school {number % 2}")]
    >>> names = dict.fromkeys(one for one, _ in pairs)
    >>> found = evaluate_network(two_mode(map(Organization, names), [Membership(*pair) for pair in pairs]))
    >>> found.rows[0].method, found.rows[0].n, found.rows[0].n_unseen
    ('assetgraph', 12, 0)
    """
    themes = sorted({theme for project in network.projects for theme in project.themes})
    if split is None:
        sittings, lessons, unseen, notes = _leaving_one_out(network, themes, seed)
    else:
        sittings, lessons, unseen, notes = (_going_on if goes_on else _looking_ahead)(network, split, themes)
    blends: list[Blend] = []

    def blend(*given: Any) -> Callable[[Asked], Scores]:
        blends.append(blend_of(*given[:3], ahead=given[3], seed=seed))
        return blends[-1].scores

    tallies = {name: _Tally(len(network.organizations)) for name in (SHIPS, *(orders or {}), *METHODS)}
    learned: dict[str, list[Callable[[Asked], Scores]]] = {}
    for name, order in {SHIPS: blend, **(orders or {})}.items():
        with tallies[name].timed():
            learned[name] = [order(network, projects, themes, split is not None and not goes_on) for projects in lessons]
    for sitting in sittings:
        for part in batches(len(sitting.questions), len(sitting.known.organizations)):
            asked, hidden = put(sitting.known, sitting.questions[part], themes)
            for name, tally in tallies.items():
                with tally.timed():
                    score = learned[name][sitting.learned] if name in learned else METHODS[name]
                    tally.count(asked, open_to(asked, score(asked)), hidden)
    few = sum(not one.learned_from for one in blends)
    if few:
        notes.append(f"too little history to learn from{'' if few == len(blends) else f' in {few} of {len(blends)} parts'}: "
                     "the blend used its weights as they come")  # fmt: skip
    everything = [kept for one in network.projects if (kept := before(one, split))] if split else network.projects
    memberships = known_of(network, everything, themes)
    return Evaluation(_measured(tallies, network.organizations, memberships, unseen, seed, split), tuple(notes), tuple(blends))


def before(project: Project, day: date) -> Project | None:
    """The project as it was before a day; None where it had no member yet. Members without any date were never there."""
    kept = [(one, joined) for one, joined in zip(project.members, project.joined, strict=True) if joined and joined < day]
    return Project(project.id, tuple(one for one, _ in kept), tuple(day for _, day in kept), project.themes) if kept else None


def _looking_ahead(network: TwoMode, split: date, themes: Sequence[str]) -> Prepared:
    known, span = _before_all(network, split)
    sitting = known_of(network, known, themes)
    later = [project for project in network.projects if project.starts_on and project.starts_on >= split]
    questions, unseen = questions_of(later, sitting)
    if not questions:
        raise InputError(f"the split {split} hides nobody who was seen before: {span}", "choose a day well inside these")
    notes = []
    undated = sum(len(project.members) for project in network.projects if not project.starts_on)
    if undated:
        notes.append(f"memberships of projects without any date, on neither side of the split: {undated:,}")
    joined = sum(bool(day and day >= split) for project in network.projects
                 if project.starts_on and project.starts_on < split for day in project.joined)  # fmt: skip
    if joined:
        notes.append(f"memberships of earlier projects that start after the split, neither known nor asked about: {joined:,}")
    return [Sitting(sitting, questions, 0)], [known], unseen, notes


def _going_on(network: TwoMode, split: date, themes: Sequence[str]) -> Prepared:
    known, span = _before_all(network, split)
    sittings: list[Sitting] = []
    lessons: list[list[Project]] = []
    unseen = 0
    for project in network.projects:
        late = [one for one, day in zip(project.members, project.joined, strict=True) if day and day >= split]
        shown = before(project, split)
        rest = [one for one in known if one.id != project.id]
        if not late or not rest:
            continue
        there = known_of(network, rest, themes)
        questions = [Hidden(shown.members if shown else (), one, project.themes, project.id) for one in late
                     if one in there.organizations]  # fmt: skip
        unseen += len(late) - len(questions)
        if questions:
            sittings.append(Sitting(there, questions, len(lessons)))
            lessons.append(rest)
    if not sittings:
        raise InputError(f"the split {split} hides nobody who was seen before: {span}", "choose a day well inside these")
    undated = sum(day is None for project in network.projects for day in project.joined)
    return sittings, lessons, unseen, [f"ties without a date, on neither side of the split: {undated:,}"] if undated else []


def _before_all(network: TwoMode, split: date) -> tuple[list[Project], str]:
    """All projects as they were before the split, and from when to when memberships start, in words."""
    days = [day for project in network.projects for day in project.joined if day]
    if not days:
        raise InputError("no membership has a date, so nothing lies before a split", "leave --split out, or fill in starts_on")
    span = f"memberships start from {min(days)} to {max(days)}"
    known = [kept for project in network.projects if (kept := before(project, split))]
    if not known:
        raise InputError(f"nothing is known before {split}: {span}", "choose a later --split")
    return known, span


def _leaving_one_out(network: TwoMode, themes: Sequence[str], seed: int) -> Prepared:
    projects = network.projects
    number = min(GROUPS, len(projects))
    group = np.random.default_rng(seed).permutation(np.arange(len(projects)) % max(1, number))
    lessons = [[one for one, its in zip(projects, group, strict=True) if its != index] for index in range(number)]
    sittings, unseen = [], 0
    for rest, asked, index in _rounds(projects, group, lessons):
        known = known_of(network, rest, themes)
        questions, missed = questions_of(asked, known)
        unseen += missed
        if questions:
            sittings.append(Sitting(known, questions, index))
    if not sittings:
        raise InputError("there is nobody to hide: no project has two members of which one is in another project",
                         "give memberships that overlap")  # fmt: skip
    return sittings, lessons, unseen, []


def _rounds(projects: Sequence[Project], group: NDArray[np.int64],
            lessons: list[list[Project]]) -> Iterator[tuple[list[Project], list[Project], int]]:  # fmt: skip
    """What is known, what is asked about, and the number of the group whose weights are used."""
    if len(projects) <= EACH_ALONE:
        for one, index in zip(projects, group.tolist(), strict=True):
            yield [other for other in projects if other is not one], [one], index
        return
    for index, rest in enumerate(lessons):
        yield rest, [one for one, its in zip(projects, group, strict=True) if its == index], index


class _Tally:
    """What one method did, question by question."""

    def __init__(self, organizations: int) -> None:
        self.ranks: list[NDArray[np.float64]] = []
        self.hidden: list[NDArray[np.int64]] = []
        self.exposure = np.zeros(organizations)
        self.open = np.zeros(organizations, bool)
        self.of_first = self.of_all = self.seconds = 0.0

    @contextmanager
    def timed(self) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - start

    def count(self, asked: Asked, scores: Scores, hidden: NDArray[np.int64]) -> None:
        """Take in the scores of a batch; they are not negative, and 0 for members shown."""
        theirs = scores[hidden, range(len(hidden))]
        above = (scores > theirs + NEARLY * theirs).sum(axis=0, dtype=np.int32)
        level = (scores >= theirs - NEARLY * theirs).sum(axis=0, dtype=np.int32) - above - np.where(theirs > 0, 0, asked.counts)
        self.ranks.append(above + (level + 1) / 2)
        self.hidden.append(asked.known.organizations[hidden])
        self._expose(asked, scores)

    def _expose(self, asked: Asked, scores: Scores) -> None:
        """Who is among the first ten; those at the same score for the last places have each an equal share in them."""
        degrees, number = asked.known.degrees, len(scores)
        candidates = number - asked.counts
        last = _largest(scores, min(FIRST, number))
        clear, questions = np.nonzero(scores > last)
        level = scores == last
        level[asked.pairs] = False
        left = np.minimum(FIRST, candidates) - np.bincount(questions, minlength=len(last))
        share = left / np.maximum(1, level.sum(axis=0, dtype=np.int32))
        shown = np.bincount(clear, minlength=number) + np.einsum("ij,j->i", level, share)
        self.exposure[asked.known.organizations] += shown
        self.open[asked.known.organizations] = True
        self.of_first += float(shown @ degrees / max(1.0, float(np.minimum(FIRST, candidates).mean())))
        self.of_all += float(((degrees.sum() - asked.shown @ degrees) / np.maximum(1, candidates)).sum())


def _largest(scores: Scores, number: int) -> NDArray[np.float32]:
    """The largest but ``number`` - 1 of each column. The best of each of many blocks says how low one has to look.

    >>> _largest(np.array([[1, 5], [3, 2], [2, 0]], np.float32), 2).tolist()
    [2.0, 2.0]
    """
    blocks = min(len(scores), BLOCKS)
    best = np.maximum.reduceat(scores, np.arange(blocks) * len(scores) // blocks, axis=0)
    bound = np.partition(best, blocks - number, axis=0)[blocks - number]
    is_high = scores >= np.where(bound > 0, bound, np.finfo(np.float32).tiny)
    if np.count_nonzero(is_high) > scores.size // 8:  # many are equal
        return np.asarray(np.partition(scores, len(scores) - number, axis=0)[len(scores) - number], np.float32)
    rows, columns = np.nonzero(is_high)
    values = scores[rows, columns]
    order = np.lexsort((-values, columns))
    ends = np.cumsum(np.bincount(columns, minlength=scores.shape[1]))
    starts = np.append(0, ends[:-1])
    there = np.minimum(starts + number - 1, max(0, len(order) - 1))
    found = values[order[there]] if len(order) else np.zeros(scores.shape[1], np.float32)
    return np.where(ends - starts >= number, found, 0).astype(np.float32)


def _measured(tallies: Mapping[str, _Tally], organizations: Sequence[Organization], known: Known, unseen: int,
              seed: int, split: date | None) -> tuple[Measured, ...]:  # fmt: skip
    names = list(tallies)
    hidden = np.concatenate(tallies[names[0]].hidden)
    ranks = {name: np.concatenate(tally.ranks) for name, tally in tallies.items()}
    low, high = _intervals(np.stack([1 / ranks[name] for name in names], axis=1), hidden, seed)
    degree = np.zeros(len(organizations))
    degree[known.organizations] = known.degrees
    # Leaving one out, whoever is in one project alone is never seen again, and cannot be ranked.
    counted = known.degrees if split else degree[np.unique(hidden)]
    is_small = (degree <= np.median(counted))[hidden]
    is_rural = np.array([bool(_RURAL.search(one.type) or _RURAL.search(one.place)) for one in organizations])[hidden]
    rows = []
    for index, name in enumerate(names):
        found, tally = ranks[name], tallies[name]
        first, third, fifth, tenth = (float(np.mean(found <= number)) for number in (1, 3, 5, 10))
        rows.append(Measured(
            name, len(found), unseen, float(np.mean(1 / found)), float(low[index]), float(high[index]),
            first, third, fifth, tenth,
            _recall(found, is_small), _recall(found, is_rural), _gini(tally.exposure[tally.open]), tally.of_first / tally.of_all,
            round(tally.seconds, 3),
        ))  # fmt: skip
    return tuple(rows)


def _intervals(values: NDArray[np.float64], hidden: NDArray[np.int64], seed: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The 2.5th and 97.5th of 100 of the means, over bootstrap samples of the organizations that were hidden."""
    different, which = np.unique(hidden, return_inverse=True)
    sums = np.stack([np.bincount(which, column) for column in (*values.T, np.ones(len(values)))], axis=1)
    chance = np.random.default_rng(seed)
    drawn = np.vstack([chance.poisson(1, (50, len(different))) @ sums for _ in range(SAMPLES // 50)])
    means = drawn[:, :-1] / np.maximum(drawn[:, -1:], 1)
    means = means[drawn[:, -1] > 0]
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return low, high


def _recall(ranks: NDArray[np.float64], among: NDArray[np.bool_]) -> float | None:
    return float(np.mean(ranks[among] <= FIRST)) if among.any() else None


def _gini(values: NDArray[np.float64]) -> float:
    """How unevenly a total is divided: 0 evenly, towards 1 all to one (Gini, 1912).

    >>> _gini(np.array([1.0, 1.0])), _gini(np.array([0.0, 1.0]))
    (0.0, 0.5)
    """
    ordered, total, number = np.sort(values), values.sum(), len(values)
    return float((2 * np.arange(1, number + 1) - number - 1) @ ordered / (number * total)) if total > 0 else 0.0
