"""Who offers what somebody needs, and who needs the same: typed ties, so that two modes are never compared across."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from scipy import sparse

__all__ = ["Said", "Shared", "shared_need_offer"]


class Said(NamedTuple):
    """One typed tie: ``who`` needs, or offers, ``what`` (an area, a kind of need, or any term that both sides use)."""

    who: str
    what: str


class Shared(NamedTuple):
    """What one side needs and the other offers. ``weight`` is above 0; ``what`` is in the order of the alphabet."""

    needs: str
    offers: str
    what: tuple[str, ...]
    weight: float


def shared_need_offer(needs: Iterable[Said], offers: Iterable[Said]) -> list[Shared]:
    """Each pair in which one needs what the other offers, best first, equal ones by name. Empty where nothing meets.

    Each shared term counts one over the square root of how many need it times how many offer it, so what everybody
    offers says little, as in degree-normalised L3. Given needs on both sides it finds who needs the same. Nobody is
    paired with itself; saying a thing twice counts once.

    >>> met = shared_need_offer([Said("Lake", "code"), Said("Glenn", "math")], [Said("library", "code"), Said("zoo", "code")])
    >>> [(one.needs, one.offers, one.what, round(one.weight, 3)) for one in met]
    [('Lake', 'library', ('code',), 0.707), ('Lake', 'zoo', ('code',), 0.707)]
    """
    needed, offered = sorted(set(needs)), sorted(set(offers))
    terms = sorted({one.what for one in needed} & {one.what for one in offered})
    seekers, need = _matrix(needed, terms)
    givers, offer = _matrix(offered, terms)
    weights = (need @ offer.T).tocoo()
    wants = {(one.who, one.what) for one in needed}
    gives: dict[str, list[str]] = {}
    for one in offered:
        gives.setdefault(one.who, []).append(one.what)
    found = [
        Shared(seeker, giver, tuple(what for what in gives[giver] if (seeker, what) in wants), float(weight))
        for row, column, weight in zip(weights.row, weights.col, weights.data, strict=True)
        if (seeker := seekers[row]) != (giver := givers[column])
    ]
    return sorted(found, key=lambda one: (-round(one.weight, 9), one.needs, one.offers))


def _matrix(said: list[Said], terms: list[str]) -> tuple[list[str], sparse.csr_matrix]:
    """Who, and who x terms, each term divided by the square root of how many say it."""
    position = {term: index for index, term in enumerate(terms)}
    kept = [one for one in said if one.what in position]
    who = sorted({one.who for one in kept})
    row = {name: index for index, name in enumerate(who)}
    cells = (np.ones(len(kept)), ([row[one.who] for one in kept], [position[one.what] for one in kept]))
    matrix = sparse.csr_matrix(cells, shape=(len(who), len(terms)))
    return who, matrix @ sparse.diags(1 / np.sqrt(np.maximum(1, np.asarray(matrix.sum(axis=0)).ravel())))
