"""The two-mode methods: the published leave-one-out table, the textbook's formulas on dense matrices, and small cases by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import numpy as np
import pytest

from assetgraph.analysis.evaluation import METHODS, SHIPS, evaluate_network
from assetgraph.analysis.hiding import Hidden, put
from assetgraph.analysis.two_mode import (
    Asked,
    Known,
    co_occurrence,
    katz,
    known_of,
    l3,
    nearest,
    neighbours,
    pagerank,
    popularity,
    popularity_nearby,
    popularity_within_theme,
    svd,
)
from assetgraph.model.two_mode import Membership, Organization, TwoMode, two_mode

DAVIS = {"random": 0.203, "popularity": 0.517, "Katz": 0.551, "PageRank": 0.553, "co-occurrence": 0.568, "kNN": 0.589, "L3": 0.619,
         "PageRank, both ends": 0.637, "SVD": 0.642}  # fmt: skip
"""Mean reciprocal rank of the events of a woman, each left out in turn; co-occurrence is raw L3."""


def davis() -> TwoMode:
    graph = nx.davis_southern_women_graph()
    events, women = graph.graph["bottom"], graph.graph["top"]
    return two_mode([Organization(one) for one in events], [Membership(one, woman) for woman in women for one in graph[woman]])


def test_the_southern_women_are_found_as_published() -> None:
    found = {row.method: row for row in evaluate_network(davis()).rows}
    assert {name: round(found[name].mrr, 3) for name in DAVIS} == pytest.approx(DAVIS, abs=0.01)
    assert {row.n for row in found.values()} == {89}
    best = max((row for row in found.values() if row.method != SHIPS), key=lambda row: row.mrr)
    assert found[SHIPS].mrr > best.mrr_low and found[SHIPS].mrr > found["popularity"].mrr


def one_left_out() -> tuple[Known, Asked, np.ndarray, np.ndarray]:
    """The first woman's events but one; and the whole matrix without that tie, hers as the last row."""
    network = davis()
    first, *rest = network.projects
    known = known_of(network, rest, [])
    asked, _ = put(known, [Hidden(first.members[1:], first.members[0], (), first.id)], [])
    row = asked.shown.toarray()[0]
    return known, asked, np.vstack([known.members.toarray(), row]), row


def like(scores: np.ndarray, wanted: np.ndarray, row: np.ndarray) -> None:
    """The same order and proportions over what is not shown."""
    ours, theirs = scores[row == 0, 0], wanted[row == 0]
    assert ours / ours.sum() == pytest.approx(theirs / theirs.sum(), rel=0.02)


@pytest.mark.parametrize(
    ("method", "formula"),
    [
        (co_occurrence, lambda a, row: row @ a.T @ a),
        (l3, lambda a, row: row / np.sqrt(a.sum(0)) @ a.T / np.sqrt(a.sum(1)) @ a),
        (katz, lambda a, row: row @ np.linalg.inv(np.eye(14) - 0.07**2 * a.T @ a)),
    ],
)
def test_a_method_is_its_formula_on_the_whole_matrix(method: Callable[..., np.ndarray], formula: Callable[..., np.ndarray]) -> None:
    _, asked, whole, row = one_left_out()
    like(method(asked), formula(whole, row), row)


def test_svd_with_the_asked_project_is_that_of_the_whole_matrix() -> None:
    known, asked, whole, row = one_left_out()
    u, s, vt = np.linalg.svd(whole)
    wanted = u[-1, : known.rank] * s[: known.rank] @ vt[: known.rank]
    assert known.rank == 2
    ours = svd(asked)[:, 0]
    assert (ours - ours[row == 0].min())[row == 0] == pytest.approx((wanted - wanted[row == 0].min())[row == 0], abs=1e-3)


def test_pagerank_is_networkxs() -> None:
    known, asked, whole, row = one_left_out()
    graph = nx.from_numpy_array(np.block([[np.zeros((18, 18)), whole], [whole.T, np.zeros((14, 14))]]))
    from_her = nx.pagerank(graph, alpha=0.85, personalization={17: 1}, tol=1e-9, max_iter=1000)
    like(pagerank(asked), np.array([from_her[18 + one] for one in range(14)]), row)
    to_her = np.array([nx.pagerank(graph, alpha=0.85, personalization={18 + one: 1}, tol=1e-9, max_iter=1000)[17] for one in range(14)])
    like(pagerank(asked, both_ends=True), np.array([from_her[18 + one] for one in range(14)]) + to_her, row)
    assert len(known.organizations) == 14


SMALL = two_mode(
    [Organization("library", place="Lake"), Organization("museum", place="Glenn"), Organization("zoo", place="Lake"), Organization("farm")],
    [
        Membership("library", "p1", date(2020, 1, 1), ("code",)), Membership("museum", "p1", date(2020, 1, 1), ("code",)),
        Membership("library", "p2", date(2022, 1, 1), ("code", "math")), Membership("zoo", "p2", date(2022, 1, 1), ("code", "math")),
        Membership("museum", "p3", date(2024, 1, 1), ("math",)), Membership("farm", "p3", date(2024, 1, 1), ("math",)),
    ],
    near={("Glenn", "Lake"): 0.5, ("Lake", "Glenn"): 0.5},
)  # fmt: skip


def small(shown: tuple[int, ...], themes: tuple[str, ...] = ()) -> Asked:
    known = known_of(SMALL, SMALL.projects, ["code", "math"])
    return put(known, [Hidden(shown, 3, themes, "new")], ["code", "math"])[0]


def test_popularity_counts_and_fades() -> None:
    assert popularity(small((0,)))[:, 0].tolist() == [2, 2, 1, 1]
    two_years = 731 / 365.25
    assert popularity(small((0,)), two_years)[:, 0] == pytest.approx([0.75, 1.25, 0.5, 1], abs=0.01)


def test_popularity_within_a_theme() -> None:
    scores = popularity_within_theme(small((), ("math",)))[:, 0]
    assert scores[3] > scores[2] > 0 and scores[1] > scores[0], "p3 is about nothing else, p2 about code too, p1 not at all"
    assert popularity_within_theme(small(()))[:, 0].tolist() == [2, 2, 1, 1], "without a theme it is popularity"


def test_who_is_near() -> None:
    assert nearest(small((2,)))[:, 0].tolist() == [1, 0.5, 1, 0]
    assert nearest(small((2, 1)))[:, 0].tolist() == [0.75, 0.75, 0.75, 0]
    assert popularity_nearby(small((2,)))[:, 0].tolist() == [2, 1, 1, 0]
    assert nearest(small((3,)))[:, 0].tolist() == [0, 0, 0, 0], "whose place is not recorded is near nobody"


def test_who_was_together() -> None:
    assert co_occurrence(small((0,)))[1:, 0].tolist() == [1, 1, 0]
    assert neighbours(small((0, 1)))[2:, 0].tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_question_without_members_or_themes_gets_an_answer(method: Callable[[Asked], np.ndarray]) -> None:
    scores = method(small(()))
    assert scores.shape == (4, 1) and np.isfinite(scores).all() and (scores >= 0).all()
    assert scores.dtype == np.float32


def test_who_is_twice_in_a_project_is_in_it_once_from_the_earlier_day() -> None:
    network = two_mode([Organization("a"), Organization("b")], [
        Membership("b", "p", date(2024, 1, 1), ("x",)), Membership("b", "p", date(2023, 1, 1), ("y",)), Membership("a", "p"),
    ])  # fmt: skip
    assert network.projects[0].members == (0, 1) and network.projects[0].themes == ("x", "y")
    assert network.projects[0].joined == (date(2023, 1, 1), date(2023, 1, 1)), "without a day of its own it has the project's"
