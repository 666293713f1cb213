"""What a method did, question by question: at which rank it had the hidden member, and whom it put first."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.two_mode import Asked, Known, Scores
from assetgraph.model.two_mode import Organization

__all__ = ["Measured", "Tally", "measured"]

SAMPLES = 1000
"""Bootstrap samples of organizations, for intervals of 95 %."""

FIRST = 10
"""How many of a list count as shown."""

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


class Tally:
    """What one method did, question by question, over so many organizations."""

    def __init__(self, organizations: int) -> None:
        self.ranks: list[NDArray[np.float64]] = []
        self.hidden: list[NDArray[np.int64]] = []
        self.exposure = np.zeros(organizations)
        self.open = np.zeros(organizations, bool)
        self.of_first = self.of_all = self.seconds = 0.0

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add the seconds that the block takes."""
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


def measured(tallies: Mapping[str, Tally], organizations: Sequence[Organization], known: Known, unseen: int,
             seed: int, split: date | None) -> tuple[Measured, ...]:  # fmt: skip
    """A row for each tally, in their order. ``known`` has all memberships that anybody has, before the split if there is one."""
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
