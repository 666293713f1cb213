"""The combination that ships: a linear opinion pool of the two-mode methods, its weights learned from the network itself.

Each expert (a method, with a sharpness) turns its scores into a probability over the organizations that could be
missing; the pool is their weighted mean. The weights are learned by expectation-maximisation on members hidden inside
what is known, so they say how much of "who joins" is acquaintance, theme, place or habit here (Genest and Zidek, 1986,
for the pool). A prior, written down in EXPERTS, holds where there is little to learn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.two_mode import (
    Asked,
    Known,
    Scores,
    known_of,
    l3,
    nearest,
    neighbours,
    ones,
    pagerank,
    popularity,
    popularity_nearby,
    popularity_within_theme,
    svd,
    theme_rows,
)
from assetgraph.model.two_mode import Project, TwoMode

__all__ = ["EXPERTS", "Blend", "Expert", "Hidden", "blend_of", "learn", "shares"]

SHARPNESS = (1.0, 1.5, 2.0)
"""Powers of the scores: the same method timid, bold and bolder. Learning chooses."""

HALF_LIVES = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
"""Of popularity, as shares of the years that are known: habits fade at a pace of their own in each network."""

CUTS = ((0.7, 0.5), (0.8, 1.0), (0.9, 3.0))
"""Three cuts in time inside what is known, as shares of its memberships, and the weight of what is learned behind each:
the latest habits count most."""

FOLDS, FOLD_WEIGHT = 5, 0.05
"""Beside the cuts, projects are left out in five parts: more hidden members to learn from, but no look ahead."""

MOST_HIDDEN = 400
"""Hidden members for each cut: more hardly changes the weights."""

LEAST_HIDDEN = 30
"""With fewer hidden members than this nothing is learned, and the prior holds."""

DOUBT = 0.1
"""Where a hidden member counts most: at a probability of this. Those that no habit explains, and those that all find, say
little about the order of a list; counting them too favoured the already popular (docs/evaluation.md)."""

PRIOR_COUNT = 30.0
"""How many hidden members the prior is worth."""

LEAST_WEIGHT = 0.01
"""Experts below this are left out: they cost time, and what they fit is mostly noise."""

FLOOR = 0.1
"""What the general habit adds to a ratio of two popularities, so that one new member is no proof."""


class Expert(NamedTuple):
    """One opinion: the habit it stands for, its weight before anything is learned, its scores, and why it is heard."""

    about: str
    prior: float
    score: Callable[[Asked], Scores]
    why: str


def _aged(score: Callable[[Asked, float | None], Scores], share: float) -> Callable[[Asked], Scores]:
    return lambda asked: score(asked, asked.known.span * share or None)


def _ratio(part: Scores, whole: Scores) -> Scores:
    """How much more often in this part than in general, with FLOOR of the general in both."""
    usual = shares(whole)
    return np.asarray((shares(part) + FLOOR * usual) / np.maximum(usual, 1e-12), np.float32)


def _themed(asked: Asked, scores: Scores) -> Scores:
    """The scores, higher for those who work on the theme."""
    return scores * np.sqrt(_ratio(_aged(popularity_within_theme, 1 / 4)(asked), popularity(asked)))


def _fresh(asked: Asked, scores: Scores) -> Scores:
    """The scores, higher for those who are still active."""
    return scores * np.sqrt(_ratio(_aged(popularity, 1 / 4)(asked), popularity(asked)))


def _theme_nearby(asked: Asked) -> Scores:
    return nearest(asked) * (shares(popularity_within_theme(asked)) + FLOOR * shares(popularity(asked)))


def _near_walk(asked: Asked) -> Scores:
    return pagerank(asked, 0.6)


EXPERTS: Mapping[str, Expert] = {
    "near walk": Expert("acquaintance", 0.20, _near_walk, "who was with those who are in: best on large sparse networks"),
    "far walk": Expert("acquaintance", 0.05, pagerank, "friends of friends, where few have met before"),
    "L3": Expert("acquaintance", 0.15, l3, "the same without favouring the already popular: best single method on large ones"),
    "recent L3": Expert("acquaintance", 0.05, _aged(l3, 1 / 2), "acquaintances fade"),
    "fresh L3": Expert("acquaintance", 0.03, _aged(l3, 1 / 4), "and in some networks fast"),
    "neighbours": Expert("acquaintance", 0.05, neighbours, "a project much like an earlier one takes over its members"),
    "both ends": Expert("acquaintance", 0.05, lambda asked: pagerank(asked, both_ends=True),
                        "finds small organizations, where a network is dense enough to tell them apart"),
    "SVD": Expert("acquaintance", 0.08, svd, "circles of organizations: best single method on a network of a few dozen"),
    "near walk in theme": Expert("acquaintance within the theme", 0.08, lambda asked: _themed(asked, _near_walk(asked)),
                                 "acquaintances who also work on the theme"),
    "L3 in theme": Expert("acquaintance within the theme", 0.08, lambda asked: _themed(asked, l3(asked)),
                          "the same, without favouring the already popular"),
    "near walk, active": Expert("acquaintance", 0.08, lambda asked: _fresh(asked, _near_walk(asked)),
                                "acquaintances who are still active"),
    "theme": Expert("theme", 0.05, popularity_within_theme, "best single method on small dense networks"),
    **{f"theme, half-life {share:.3g} of the years": Expert("theme", 0.02, _aged(popularity_within_theme, share),
                                                             "habits within a theme change at a pace to be learned")
       for share in HALF_LIVES},
    "popularity": Expert("habit", 0.04, popularity, "what holds when nothing else is known"),
    **{f"popularity, half-life {share:.3g} of the years": Expert("habit", 0.01, _aged(popularity, share),
                                                                  "who was often in lately, at a pace to be learned")
       for share in HALF_LIVES},
    "nearby": Expert("place", 0.05, popularity_nearby, "who of the same place is often in"),
    "near walk nearby": Expert("place", 0.10, lambda asked: _near_walk(asked) * (nearest(asked) + np.float32(0.15)),
                               "acquaintances of the same place first, others too"),
    "theme nearby": Expert("place", 0.04, _theme_nearby, "who of the same place works on the theme"),
    "anybody": Expert("chance", 0.01, lambda asked: np.ones(asked.shape, np.float32),
                      "keeps what no habit explains from distorting the others"),
}  # fmt: skip
"""Every expert that is heard. The priors are what did well over the kinds of networks in docs/evaluation.md."""


class Hidden(NamedTuple):
    """A question whose answer is known: the members shown, the one that is hidden, the themes, and the project's id."""

    shown: tuple[int, ...]
    hidden: int
    themes: tuple[str, ...]
    project: str


@dataclass(frozen=True)
class Blend:
    """The weights of the experts, by name and sharpness; they add up to 1.

    ``learned_from`` is the number of hidden members that they were learned from; 0 where the prior holds, for want of history.
    """

    weights: Mapping[tuple[str, float], float]
    learned_from: int = field(default=0)

    def scores(self, asked: Asked) -> Scores:
        """The probability that each organization is the one missing; 0 for members shown."""
        total = np.zeros(asked.shape, np.float32)
        for name, powers in self._by_expert().items():
            scored = shares(open_to(asked, EXPERTS[name].score(asked)))
            for sharpness, weight in powers:
                total += shares(_sharpened(scored, sharpness), weight)
        return total

    def parts(self) -> dict[str, float]:
        """What the weights say of "who joins": the share of acquaintance, theme, place, habit and chance, largest first."""
        said: dict[str, float] = {}
        for (name, _), weight in self.weights.items():
            said[EXPERTS[name].about] = said.get(EXPERTS[name].about, 0.0) + weight
        return dict(sorted(said.items(), key=lambda item: (-item[1], item[0])))

    def _by_expert(self) -> dict[str, list[tuple[float, float]]]:
        found: dict[str, list[tuple[float, float]]] = {}
        for (name, sharpness), weight in self.weights.items():
            found.setdefault(name, []).append((sharpness, weight))
        return found


def shares(scores: Scores, total: float = 1.0) -> Scores:
    """Each question's scores made to add up to ``total``; 0 where they are all 0.

    >>> shares(np.array([[1, 0], [3, 0]], np.float32)).tolist()
    [[0.25, 0.0], [0.75, 0.0]]
    """
    sums = np.einsum("ij->j", scores)  # a product of matrices starts threads, which wait for each other on a busy machine
    return np.asarray(scores * np.divide(np.float32(total), sums, out=np.zeros_like(sums), where=sums > 0), np.float32)


def open_to(asked: Asked, scores: Scores) -> Scores:
    """The scores, 0 for members shown."""
    scores[asked.pairs] = 0
    return scores


def _sharpened(scores: Scores, sharpness: float) -> Scores:
    return scores if sharpness == 1 else scores * scores if sharpness == 2 else scores * np.sqrt(scores)


def blend_of(network: TwoMode, projects: Sequence[Project], themes: Sequence[str], *, ahead: bool, seed: int = 0) -> Blend:
    """The blend for what these projects say, learned from members hidden inside them.

    ``ahead`` asks at three cuts in time, as for looking ahead; without it, or without dates, projects are left out in
    parts. What is not in ``projects`` is never looked at.
    """
    chance = np.random.default_rng(seed)
    examples = []
    for known, questions, weight in _inside(network, projects, themes, ahead, chance):
        likelihoods = _likelihoods(known, questions, themes)
        examples.append((likelihoods, np.full(len(questions), weight)))
    return learn([rows for rows, _ in examples], [weights for _, weights in examples])


def learn(likelihoods: Sequence[NDArray[Any]], weights: Sequence[NDArray[Any]]) -> Blend:
    """The weights under which the hidden members are found best, by expectation-maximisation, with the prior of EXPERTS.

    What is made large is the sum of p / (p + DOUBT) over hidden members, p the probability that the pool gives them.

    Each array of ``likelihoods`` is hidden members x (experts x sharpness, in their order), as ``weights`` is hidden members.
    """
    names = [(name, sharpness) for name in EXPERTS for sharpness in SHARPNESS]
    prior = np.array([EXPERTS[name].prior for name, _ in names])
    prior /= prior.sum()
    number = sum(map(len, likelihoods))
    if number < LEAST_HIDDEN:
        return Blend(dict(zip(names, prior.tolist(), strict=True)))
    rows, counted = np.vstack(likelihoods).astype(float), np.concatenate(weights)
    found = prior
    for _ in range(150):
        told = rows * found
        sums = told.sum(axis=1)
        share = (counted * 4 * DOUBT / (sums + DOUBT) ** 2) @ told + PRIOR_COUNT * prior
        found = share / share.sum()
    found = np.where(found >= LEAST_WEIGHT, found, 0)
    found /= found.sum()
    return Blend({name: float(weight) for name, weight in zip(names, found, strict=True) if weight}, number)


def _likelihoods(known: Known, questions: Sequence[Hidden], themes: Sequence[str]) -> NDArray[np.float32]:
    found = np.zeros((len(questions), len(EXPERTS) * len(SHARPNESS)), np.float32)
    for part in batches(len(questions), len(known.organizations)):
        asked, hidden = put(known, questions[part], themes)
        column = 0
        for expert in EXPERTS.values():
            scored = shares(open_to(asked, expert.score(asked)))
            for sharpness in SHARPNESS:
                found[part, column] = shares(_sharpened(scored, sharpness))[hidden, range(len(hidden))]
                column += 1
    return found


def put(known: Known, questions: Sequence[Hidden], themes: Sequence[str]) -> tuple[Asked, NDArray[np.int64]]:
    """The questions as matrices, and where the hidden members stand among the known organizations.

    Members shown that are not known are left out; every hidden one must be known.
    """
    shown = ones((_among(known, question.shown) for question in questions), len(known.organizations))
    asked = Asked(known, shown, theme_rows([question.themes for question in questions], themes),
                  [question.project for question in questions])  # fmt: skip
    return asked, _among(known, [question.hidden for question in questions])


def _among(known: Known, organizations: Sequence[int]) -> NDArray[np.int64]:
    """Where these stand among the known; those that are not known are left out."""
    place = np.minimum(np.searchsorted(known.organizations, organizations), len(known.organizations) - 1)
    return np.asarray(place[known.organizations[place] == organizations], np.int64)


MOST_CELLS = 1_000_000
"""Organizations x questions that are scored at once; each array of scores takes four times as many bytes."""


def batches(questions: int, organizations: int) -> Iterator[slice]:
    """The questions in parts, so that memory does not grow with their number.

    >>> list(batches(5, 500_000))
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    size = max(1, MOST_CELLS // max(1, organizations))
    for start in range(0, questions, size):
        yield slice(start, min(start + size, questions))


def questions_of(projects: Sequence[Project], known: Known) -> tuple[list[Hidden], int]:
    """Each member of each project with two or more, hidden in turn; and how many hidden ones are not known."""
    there = set(known.organizations.tolist())
    asked = [Hidden(tuple(one for one in project.members if one != hidden), hidden, project.themes, project.id)
             for project in projects if len(project.members) > 1 for hidden in project.members]  # fmt: skip
    kept = [question for question in asked if question.hidden in there]
    return kept, len(asked) - len(kept)


def _inside(network: TwoMode, projects: Sequence[Project], themes: Sequence[str], ahead: bool,
            chance: np.random.Generator) -> Iterator[tuple[Known, list[Hidden], float]]:  # fmt: skip
    """What is known, what is asked, and its weight, for each way to hide members inside these projects."""
    dated = [project for project in projects if project.starts_on] if ahead else []
    dated.sort(key=lambda one: (one.starts_on, one.id))
    sizes = np.cumsum([len(project.members) for project in dated])
    days = [dated[int(np.searchsorted(sizes, share * sizes[-1]))].starts_on for share, _ in CUTS] if dated else []
    parts = []
    for index, day in enumerate(days):
        end = days[index + 1] if index + 1 < len(days) else None
        before = [one for one in dated if one.starts_on < day]  # type: ignore[operator]
        after = [one for one in dated if one.starts_on >= day and (end is None or one.starts_on < end)]  # type: ignore[operator]
        parts.append((before, after, CUTS[index][1]))
    fold = chance.integers(0, FOLDS, len(projects))
    for number in range(FOLDS):
        rest = [one for one, its in zip(projects, fold, strict=True) if its != number]
        left = [one for one, its in zip(projects, fold, strict=True) if its == number]
        parts.append((rest, left, FOLD_WEIGHT if parts and ahead and dated else 1.0))
    for before, after, weight in parts:
        if not before:
            continue
        known = known_of(network, before, themes)
        questions = questions_of(after, known)[0]
        if len(questions) > MOST_HIDDEN:
            questions = [questions[one] for one in np.sort(chance.choice(len(questions), MOST_HIDDEN, replace=False))]
        if questions:
            yield known, questions, weight
