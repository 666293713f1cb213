"""Who is missing from a project: the methods for two-mode networks, each implemented once, on scipy's sparse matrices.

A question shows some members of a project, and its themes where they are known. Each method gives every organization
that is known a score, higher for likelier, as an array of organizations x questions. The project that is asked about is
never among the projects that are known; methods that walk the network add it with the members that are shown, so the
same code serves leaving one out and looking ahead. Nothing here is organizations x organizations.

The measured order of these methods, and where each one wins, is in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from assetgraph.model.two_mode import Project, TwoMode

__all__ = [
    "Asked", "Known", "Scores", "co_occurrence", "katz", "known_of", "l3", "nearest", "neighbours", "pagerank", "popularity",
    "popularity_nearby", "popularity_within_theme", "svd",
]  # fmt: skip

Scores = NDArray[np.float32]
"""Organizations x questions; a higher score is likelier, and only the order within one question means something."""

DAYS_IN_A_YEAR = 365.25
STEPS = 8
"""How often a walk goes to a project and back; what it would still do after that is close to popularity."""

KATZ_STEPS = 4
FULL_SVD, DENSE_SVD = 24, 400
"""Up to so many projects or organizations all singular vectors are kept, so that adding the asked project is exact; and up
to so many the decomposition is not iterated."""


@dataclass(frozen=True, eq=False)
class Known:
    """What is known before a question is asked; organizations that no known project has are not in it.

    ``organizations`` are positions in the network, ascending. ``members`` is projects x organizations and ``themes``
    projects x themes, both of 0 and 1. ``age`` is in years before the youngest known project; one
    without a date is of middle age, and all are 0 where none has one.
    ``place`` is the place of each organization, -1 where it is not recorded, and ``near`` is places x places.
    """

    organizations: NDArray[np.int64]
    members: sparse.csr_matrix
    themes: sparse.csr_matrix
    age: NDArray[np.float32]
    place: NDArray[np.int64]
    near: NDArray[np.float32]

    @cached_property
    def degrees(self) -> NDArray[np.float32]:
        """How many projects each organization is in; never 0."""
        return _sums(self.members, 0)

    @cached_property
    def sizes(self) -> NDArray[np.float32]:
        """How many members each project has; never 0."""
        return _sums(self.members, 1)

    @property
    def span(self) -> float:
        """Years from the oldest project to the youngest; 0 where there are no dates."""
        return float(self.age.max(initial=0))

    def decay(self, half_life: float | None) -> NDArray[np.float32]:
        """The weight of each project: a half for each half-life (in years) of its age; 1 without a half-life."""
        return np.ones_like(self.age) if half_life is None else np.exp2(-self.age / np.float32(half_life))

    @cached_property
    def theme_profiles(self) -> sparse.csr_matrix:
        """Projects x themes, of length 1; a theme that few projects have counts more."""
        return self.profiles(self.themes)

    def profiles(self, themes: sparse.csr_matrix) -> sparse.csr_matrix:
        """Rows of themes as vectors of length 1 (or 0, without a theme), by inverse document frequency."""
        rarity = np.log(1 + self.themes.shape[0] / (1 + _sums(self.themes, 0)))
        weighted = themes @ sparse.diags(rarity.astype(np.float32))
        return sparse.diags(_inverse(np.sqrt(_sums(weighted.multiply(weighted), 1)))) @ weighted

    @cached_property
    def places(self) -> sparse.csr_matrix:
        """Organizations x places, a one where each is."""
        return ones(([place] if place >= 0 else [] for place in self.place), self.near.shape[0])

    @property
    def rank(self) -> int:
        """Of the truncated decomposition: a fifth of the smaller side, from 2 to 16."""
        return min(16, max(2, int(min(self.members.shape)) // 5))

    @cached_property
    def decomposition(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The largest singular values of ``members``, descending, and their vectors (organizations x values)."""
        smaller = min(self.members.shape)
        if smaller <= DENSE_SVD:
            values, vectors = _decomposed(self.members.astype(np.float64))
            kept = smaller if smaller <= FULL_SVD else self.rank
            values, vectors = values[:kept], vectors[:kept]
        else:  # the start of the iteration is fixed, so that equal inputs give equal answers
            _, values, vectors = svds(self.members, k=self.rank, v0=np.ones(smaller, np.float32))
            values, vectors = values[::-1], vectors[::-1]
        return values.astype(np.float32), vectors.T.astype(np.float32)


def _decomposed(members: sparse.csr_matrix) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """All singular values above 0, descending, and their vectors as rows, from the products of the smaller side.

    A state has some sixty counties and ten thousand partners: this takes a fifth of the time of a decomposition of the whole.
    """
    is_wide = members.shape[0] <= members.shape[1]
    products = (members @ members.T if is_wide else members.T @ members).toarray()
    squares, vectors = np.linalg.eigh(products)
    order = [place for place in np.argsort(-squares) if squares[place] > len(products) * np.finfo(np.float64).eps * squares.max()]
    values, vectors = np.sqrt(squares[order]), vectors[:, order].T
    return values, np.asarray((members.T @ vectors.T).T / values[:, None]) if is_wide else vectors


def known_of(network: TwoMode, projects: Sequence[Project], themes: Sequence[str]) -> Known:
    """What these projects of a network say. ``themes`` are all themes that there are, in the order of the columns."""
    organizations = np.unique([one for project in projects for one in project.members]).astype(np.int64)
    named = [network.organizations[one].place for one in organizations]
    places = {name: index for index, name in enumerate(sorted({name for name in named if name}))}
    pairs = [(places[one], places[other], value) for (one, other), value in network.near.items()
             if one in places and other in places and one != other]  # fmt: skip
    rows, columns, values = ([pair[side] for pair in pairs] for side in range(3))
    listed = sparse.coo_matrix((values, (rows, columns)), (len(places), len(places)), np.float32)
    near = (sparse.identity(len(places), np.float32) + listed).tocsr()
    column = np.zeros(len(network.organizations), np.int64)
    column[organizations] = np.arange(len(organizations))
    return Known(
        organizations=organizations,
        members=ones((column[list(project.members)] for project in projects), len(organizations)),
        themes=theme_rows([project.themes for project in projects], themes),
        age=_ages([project.starts_on for project in projects]),
        place=np.array([places.get(name, -1) for name in named], np.int64),
        near=near,
    )


def ones(rows: Iterable[Any], columns: int) -> sparse.csr_matrix:
    """A matrix of 0 and 1 from the positions of the ones in each row.

    >>> ones([[0, 2], []], 3).toarray().tolist()
    [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    """
    listed = [np.asarray(row, np.int64) for row in rows]
    ends = np.cumsum([0, *map(len, listed)])
    where = np.concatenate(listed) if listed else np.zeros(0, np.int64)
    return sparse.csr_matrix((np.ones(len(where), np.float32), where, ends), shape=(len(listed), columns))


def theme_rows(said: Sequence[Sequence[str]], themes: Sequence[str]) -> sparse.csr_matrix:
    """Rows x themes; a theme that is not among ``themes`` is left out."""
    position = {name: index for index, name in enumerate(themes)}
    return ones(([position[name] for name in row if name in position] for row in said), max(1, len(themes)))


class Asked:
    """Questions put to what is known: the members that are shown (questions x organizations), and themes of each.

    ``projects`` are the ids of the projects asked about. What several methods need is worked out once, and kept.
    """

    def __init__(self, known: Known, shown: sparse.csr_matrix, themes: sparse.csr_matrix, projects: Sequence[str] = ()) -> None:
        self.known, self.shown, self.themes, self.projects = known, shown, themes, projects

    @property
    def shape(self) -> tuple[int, int]:
        """Organizations, questions."""
        return self.shown.shape[1], self.shown.shape[0]

    @cached_property
    def counts(self) -> NDArray[np.float32]:
        """How many members each question shows."""
        return _sums(self.shown, 1)

    @cached_property
    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the shown members stand in scores: positions of organizations, and of questions."""
        found = self.shown.tocoo()
        return found.col, found.row

    @cached_property
    def theme_sets(self) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
        """The different sets of themes, and which of them each question has."""
        keys: dict[bytes, int] = {}
        which = [keys.setdefault(np.sort(row.indices).tobytes(), len(keys)) for row in self.themes]
        first = [which.index(one) for one in range(len(keys))]
        return self.themes[first], np.array(which, np.int64)

    @cached_property
    def pull(self) -> NDArray[np.float32]:
        """Projects x sets of themes: how close the themes are, 0 to 1 (cosine, squared); 1 for a set that is empty."""
        sets = self.theme_sets[0]
        close: NDArray[np.float32] = (self.known.theme_profiles @ self.known.profiles(sets).T).toarray() ** 2
        close[:, _sums(sets, 1) == 0] = 1
        return close

    @cached_property
    def walks(self) -> dict[float, Scores]:
        """Where a walk from the shown members is, by how likely it goes on: once through the network for all."""
        found = {follow: np.zeros(self.shape, np.float32) for follow in FOLLOW}
        members, back = self.known.members, self.known.members.T.tocsr()
        organizations, questions = self.pairs
        places = np.asarray((sparse.diags(_inverse(self.counts)) @ self.shown).T.toarray(), np.float32)
        share = (1 / self.known.degrees)[:, None]
        for step in range(1, STEPS + 1):
            own = places[organizations, questions] / (self.known.degrees[organizations] + 1)
            places *= share
            places[organizations, questions] = own
            through = np.bincount(questions, own, self.shape[1]) / np.maximum(self.counts, 1)
            places = back @ ((members @ places) / self.known.sizes[:, None])
            places[organizations, questions] += through[questions].astype(np.float32)
            for follow in found:
                found[follow] += places * np.float32(follow ** (2 * step))
        usual = self.known.degrees / self.known.degrees.sum()
        for follow in found:
            found[follow] += (usual * np.float32(follow ** (2 * STEPS + 2) / (1 - follow**2)))[:, None]
        return found


FOLLOW = (0.85, 0.6)
"""How likely a walk takes another step: far, and near to where it began."""


def popularity(asked: Asked, half_life: float | None = None) -> Scores:
    """How many known projects an organization is in; with a half-life in years, older ones count less."""
    counts = asked.known.members.T @ asked.known.decay(half_life)
    return np.repeat(counts[:, None].astype(np.float32), asked.shape[1], axis=1)


def popularity_within_theme(asked: Asked, half_life: float | None = None) -> Scores:
    """Popularity among projects of the same themes (as far as they are the same); over all where no theme is known."""
    counts = asked.known.members.T @ (asked.pull * asked.known.decay(half_life)[:, None])
    return np.asarray(counts, np.float32)[:, asked.theme_sets[1]]


def co_occurrence(asked: Asked) -> Scores:
    """How often an organization was in one project with those shown: paths of length three, not normalised (raw L3)."""
    return _dense(asked.known.members.T @ (asked.known.members @ asked.shown.T))


def l3(asked: Asked, half_life: float | None = None) -> Scores:
    """Paths of length three, each node between divided by the square root of its degree (Kovács and others, 2019).

    The asked project counts in the degree of those shown. With a half-life in years, paths through older projects count less.
    """
    known = asked.known
    shown = asked.shown @ sparse.diags(1 / np.sqrt(known.degrees + 1))
    through = sparse.diags(known.decay(half_life) / np.sqrt(known.sizes)) @ (known.members @ shown.T)
    return _dense(known.members.T @ through)


def neighbours(asked: Asked) -> Scores:
    """Who is in the projects most like this one: each project counts by its cosine with the members shown (kNN, all k)."""
    known = asked.known
    alike = sparse.diags(1 / np.sqrt(known.sizes)) @ (known.members @ asked.shown.T) @ sparse.diags(
        _inverse(np.sqrt(asked.counts)))  # fmt: skip
    return _dense(known.members.T @ alike)


def katz(asked: Asked, beta: float = 0.07) -> Scores:
    """All walks from the project to an organization, each step counting ``beta`` (Katz, 1953).

    Where walks would grow too fast ``beta`` is lowered to half of the reciprocal of the largest singular value.
    """
    known = asked.known
    square = min(beta, 0.5 / float(known.decomposition[0][0])) ** 2
    organizations, questions = asked.pairs
    walks: Scores = asked.shown.T.toarray().astype(np.float32)
    back = known.members.T.tocsr()
    total = np.zeros_like(walks)
    for _ in range(KATZ_STEPS):
        through = np.bincount(questions, walks[organizations, questions], asked.shape[1])
        walks = back @ (known.members @ walks)
        walks[organizations, questions] += through[questions].astype(np.float32)
        walks *= np.float32(square)
        total += walks
    return total


def svd(asked: Asked) -> Scores:
    """The asked project as the nearest matrix of rank ``Known.rank`` has it (truncated SVD), least score 0.

    The asked project is added to the decomposition as a row (Brand, 2006), exactly in small networks.
    """
    rank, (values, vectors) = asked.known.rank, asked.known.decomposition
    seen = np.asarray(asked.shown @ vectors)
    left = np.sqrt(np.maximum(asked.counts - (seen**2).sum(1), 1e-6))
    width = len(values)
    middle = np.zeros((asked.shape[1], width + 1, width + 1), np.float32)
    middle[:, range(width), range(width)] = values
    middle[:, width, :width], middle[:, width, width] = seen, left
    u, s, vt = np.linalg.svd(middle)
    row = np.einsum("qk,qkj->qj", u[:, width, :rank] * s[:, :rank], vt[:, :rank])
    found = vectors @ (row[:, :width] - row[:, width:] * seen / left[:, None]).T
    return np.asarray(found - found.min(axis=0, initial=0), np.float32)


def pagerank(asked: Asked, follow: float = FOLLOW[0], *, both_ends: bool = False) -> Scores:
    """Personalised PageRank: how often a walk that starts anew at the shown members, at each step with 1 - ``follow``, is here.

    ``both_ends`` adds the walk from each organization to the project; in an undirected network that is the same walk times
    the degrees of its two ends, turned round. ``follow`` is one of FOLLOW.
    """
    found = asked.walks[follow]
    return found * (1 + asked.counts[None, :] / asked.known.degrees[:, None]) if both_ends else found


def nearest(asked: Asked) -> Scores:
    """How near an organization's place is to those of the members shown, 0 to 1; 0 where a place is not recorded."""
    known = asked.known
    if not known.near.shape[0]:
        return np.zeros(asked.shape, np.float32)
    pull = (known.near @ (known.places.T @ asked.shown.T)).toarray() / np.maximum(asked.counts, 1)
    return np.asarray(np.where(known.place[:, None] >= 0, pull[known.place], 0), np.float32)


def popularity_nearby(asked: Asked) -> Scores:
    """Nearness times popularity: who of the place is in many projects."""
    return nearest(asked) * asked.known.degrees[:, None]


def _ages(days: Sequence[date | None]) -> NDArray[np.float32]:
    youngest = max((day for day in days if day), default=date.min)
    ages = np.array([(youngest - day).days / DAYS_IN_A_YEAR if day else np.nan for day in days], np.float32)
    return np.nan_to_num(ages, nan=0 if np.isnan(ages).all() else float(np.nanmedian(ages)))


def _sums(matrix: sparse.csr_matrix, axis: int) -> NDArray[np.float32]:
    return np.asarray(matrix.sum(axis=axis), np.float32).ravel()


def _inverse(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.divide(1, values, out=np.zeros_like(values), where=values > 0)


def _dense(matrix: sparse.spmatrix) -> Scores:
    return np.asarray(matrix.toarray(), np.float32)
