"""How well the missing member is found, by the blend that ships and by each method beside it, on any two-mode network.

Every member of every project asked about is hidden in turn; the others and the theme are shown; every organization that
is known and not shown is ranked. Nothing that is asked about is known: what is learned, counted or decomposed comes from
the other projects alone, and with a split from what was there before it. Equal scores share their mean rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.blend import Blend, blend_of
from assetgraph.analysis.hiding import Hidden, batches, open_to, put, questions_of
from assetgraph.analysis.tally import Measured, Tally, measured
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
from assetgraph.model.two_mode import Project, TwoMode
from assetgraph.queries.tables import as_frame, rows_as_html
from assetgraph.queries.words import capital

if TYPE_CHECKING:
    import pandas

__all__ = ["METHODS", "SHIPS", "Evaluation", "Order", "evaluate_network"]

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

GROUPS = 10
"""Leaving one out, weights are learned from the projects of the nine other groups."""

EACH_ALONE = 150
"""Up to this many projects each is left out alone, so that all others are known; beyond it, its whole group is."""

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

    def shown(self) -> list[dict[str, Any]]:
        """The rows as plain values, rounded to six places."""
        return self._rounded(6)

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame. Raises ImportError when pandas is not installed."""
        return as_frame(self.shown(), Measured._fields)

    def _repr_html_(self) -> str:
        notes = "".join(f" {capital(note)}." for note in self.notes)
        caption = f"How well the missing member is found: {len(self.rows)} methods.{notes}"
        return rows_as_html(caption, Measured._fields, self._rounded(3))

    def _rounded(self, places: int) -> list[dict[str, Any]]:
        return [{name: round(value, places) if isinstance(value, float) else value for name, value in row._asdict().items()}
                for row in self.rows]  # fmt: skip


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

    >>> from assetgraph.model.two_mode import Membership, Organization, two_mode
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

    tallies = {name: Tally(len(network.organizations)) for name in (SHIPS, *(orders or {}), *METHODS)}
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
    return Evaluation(measured(tallies, network.organizations, memberships, unseen, seed, split), tuple(notes), tuple(blends))


def before(project: Project, day: date) -> Project | None:
    """The project as it was before a day; None where it had no member yet. Members without any date were never there."""
    memberships = zip(project.members, project.joined, project.said, strict=True)
    kept = [(one, joined, themes) for one, joined, themes in memberships if joined and joined < day]
    return Project(project.id, *map(tuple, zip(*kept, strict=True))) if kept else None


def _looking_ahead(network: TwoMode, split: date, themes: Sequence[str]) -> Prepared:
    known, span = _before_all(network, split)
    sitting = known_of(network, known, themes)
    later = [project for project in network.projects if project.starts_on and project.starts_on >= split]
    questions, unseen = questions_of(later, sitting)
    if not questions:
        raise _nobody_hidden(split, span)
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
        questions = [Hidden(shown.members if shown else (), one, shown.themes if shown else (), project.id) for one in late
                     if one in there.organizations]  # fmt: skip
        unseen += len(late) - len(questions)
        if questions:
            sittings.append(Sitting(there, questions, len(lessons)))
            lessons.append(rest)
    if not sittings:
        raise _nobody_hidden(split, span)
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


def _nobody_hidden(split: date, span: str) -> InputError:
    return InputError(f"the split {split} hides nobody who was seen before: {span}", "choose a day well inside these")


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
