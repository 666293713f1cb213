"""The user's own graph as a two-mode network: the partners of each county, and how well the missing one is found."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from assetgraph.analysis.evaluation import Evaluation, Order, evaluate_network
from assetgraph.errors import InputError
from assetgraph.model.facts import TIE_KINDS
from assetgraph.model.graph import Graph
from assetgraph.model.nodes import COE, LEA, Partner, School
from assetgraph.model.places import COUNTIES, ring
from assetgraph.model.two_mode import Organization, Project, TwoMode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assetgraph.store import Store

__all__ = ["evaluate_own", "own_network"]

NEAR = {1: 0.5, 2: 0.25}
"""How near two counties are that share a border, or a region; the same county is 1, all others 0."""


def evaluate_own(store: Store, *, split: date | None = None, seed: int = 0,
                 orders: Mapping[str, Order] | None = None) -> Evaluation:  # fmt: skip
    """How well the blend and each method find a partner that a county of this store has and that is hidden.

    Without a split each tie between a partner and a county is hidden in turn, with all others known. With one, ties that
    start on it or later are hidden, and only ties that started before are known; ties without a date are on neither side.
    ``orders`` are measured beside the blend, as in ``evaluate_network``.

    Raises InputError where there is nothing to hide.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     evaluate_own(store)
    Traceback (most recent call last):
    ...
    assetgraph.errors.InputError: the graph holds no tie between a partner and a county. To mend it: build maps of counties first.
    """
    network = own_network(store.graph())
    if not network.projects:
        raise InputError("the graph holds no tie between a partner and a county", "build maps of counties first")
    return evaluate_network(network, split=split, seed=seed, orders=orders, goes_on=True)


def own_network(graph: Graph) -> TwoMode:
    """Partners as organizations, and each county that is tied to one as a project.

    A partner is a member of a county when any tie joins it to the county's office, to one of its LEAs or schools, or to the
    county itself; it joined with the earliest start of these, None where none has one. ``type`` is the partner's kind
    and ``place`` its home county. Partners without a tie to a county are left out. Sorted by id.
    """
    ties: dict[str, dict[str, date | None]] = {}
    for edge in graph.edges.values():
        if edge.kind.type not in TIE_KINDS:
            continue
        for one, other in ((edge.from_id, edge.to_id), (edge.to_id, edge.from_id)):
            county = _county(graph, other)
            if county and isinstance(graph.nodes.get(one), Partner):
                joined, start = ties.setdefault(county, {}), edge.fact.starts_on  # type: ignore[attr-defined]
                joined[one] = min((day for day in (joined.get(one), start) if day), default=None)
    partners = sorted({one for joined in ties.values() for one in joined})
    place = {one: index for index, one in enumerate(partners)}
    projects = []
    for county in sorted(ties):
        members = sorted(ties[county])
        projects.append(Project(county, tuple(place[one] for one in members), tuple(ties[county][one] for one in members), ()))
    return TwoMode(tuple(_organization(graph, one) for one in partners), tuple(projects), _nearness())


def _county(graph: Graph, key: str) -> str | None:
    node = graph.nodes.get(key)
    if isinstance(node, COE | LEA | School):
        return node.county
    return node.name if node is not None and node.label == "County" else None


def _organization(graph: Graph, key: str) -> Organization:
    node = graph.nodes[key]
    assert isinstance(node, Partner)  # noqa: S101 - own_network asks for partners only
    return Organization(key, node.name, node.kind or "", node.home_county or "")


def _nearness() -> dict[tuple[str, str], float]:
    found = ((one, other, NEAR.get(ring(one, other))) for one, other in product(COUNTIES, repeat=2) if one != other)
    return {(one, other): near for one, other, near in found if near is not None}
