"""The combination that ships: a linear opinion pool of the two-mode methods, its weights learned from the network itself.

Each expert (a method, with a sharpness) turns its scores into a probability over the organizations that could be
missing; the pool is their weighted mean. The weights are learned by expectation-maximisation on members hidden inside
what is known, so they say how much of "who joins" is acquaintance, theme, place or habit here (Genest and Zidek, 1986,
for the pool). A prior, written down in EXPERTS, holds where there is little to learn from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.experts import EXPERTS, shares
from assetgraph.analysis.hiding import Hidden, batches, open_to, put, questions_of
from assetgraph.analysis.two_mode import Asked, Known, Scores, known_of
from assetgraph.model.two_mode import Project, TwoMode

__all__ = ["Blend", "blend_of", "learn"]

SHARPNESS = (1.0, 1.5, 2.0)
"""Powers of the scores: the same method timid, bold and bolder. Learning chooses."""

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


def _sharpened(scores: Scores, sharpness: float) -> Scores:
    return scores if sharpness == 1 else scores * scores if sharpness == 2 else scores * np.sqrt(scores)


def blend_of(network: TwoMode, projects: Sequence[Project], themes: Sequence[str], *, ahead: bool, seed: int = 0,
             most: int = MOST_HIDDEN) -> Blend:  # fmt: skip
    """The blend for what these projects say, learned from members hidden inside them.

    ``ahead`` asks at three cuts in time, as for looking ahead; without it, or without dates, projects are left out in
    parts; ``most`` hidden members are asked about in each part. What is not in ``projects`` is never looked at.
    """
    chance = np.random.default_rng(seed)
    examples = []
    for known, questions, weight in _inside(network, projects, themes, ahead, chance, most):
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


def _inside(network: TwoMode, projects: Sequence[Project], themes: Sequence[str], ahead: bool,
            chance: np.random.Generator, most: int) -> Iterator[tuple[Known, list[Hidden], float]]:  # fmt: skip
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
        questions = questions_of(after, known, most, chance)[0]
        if questions:
            yield known, questions, weight
