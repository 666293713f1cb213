"""The experts of the blend: each a method with the habit it stands for, its weight before anything is learned, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from assetgraph.analysis.two_mode import (
    Asked,
    Scores,
    l3,
    nearest,
    neighbours,
    pagerank,
    popularity,
    popularity_nearby,
    popularity_within_theme,
    svd,
)

__all__ = ["EXPERTS", "Expert", "shares"]

HALF_LIVES = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
"""Of popularity, as shares of the years that are known: habits fade at a pace of their own in each network."""

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


def shares(scores: Scores, total: float = 1.0) -> Scores:
    """Each question's scores made to add up to ``total``; 0 where they are all 0.

    >>> shares(np.array([[1, 0], [3, 0]], np.float32)).tolist()
    [[0.25, 0.0], [0.75, 0.0]]
    """
    sums = np.einsum("ij->j", scores)  # a product of matrices starts threads, which wait for each other on a busy machine
    return np.asarray(scores * np.divide(np.float32(total), sums, out=np.zeros_like(sums), where=sums > 0), np.float32)
