"""Stores that lack whole kinds of facts: every question still answers, perhaps with nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assetgraph import ask, build, open_store, read_files
from assetgraph.queries import QUESTIONS
from assetgraph.store import Store

Rows = list[tuple[str, ...]]

READ_ME: Rows = [("Field", "Value"), ("Map of", "Lake COE"), ("Counties", "Lake"), ("Plan", "A"), ("As of", "2025-01-15")]
PARTNERS: Rows = [("Name",), ("Clear Lake Museum",)]
TIES: Rows = [("From", "To", "How"), ("Lake COE", "Clear Lake Museum", "partners with")]
OFFERINGS: Rows = [("Title", "Provider", "Content areas"), ("Tide pools", "Clear Lake Museum", "Science")]
NEEDS: Rows = [("Whose", "Need"), ("Lake COE", "More time")]
LEAS: Rows = [("LEA", "Math"), ("Kelseyville Unified", "yes")]
COORDINATORS: Rows = [("Office or LEA", "Role"), ("Lake COE", "Lead")]
ASKED: Rows = [("Content area", "Asked"), ("Math", "yes")]
DISTRICTS: Rows = [("CDS", "Name", "Type", "County", "City"), ("17640140000000", "Kelseyville Unified", "Unified", "Lake", "Kelseyville")]

STORES: dict[str, dict[str, Rows]] = {
    "nothing at all": {},
    "a map of one bare tie": {"map/Ties": TIES},
    "partners without kind, home or page": {"map/Partners": PARTNERS},
    "offerings that nobody needs": {"map/Offerings": OFFERINGS},
    "needs without areas, and nothing offered": {"map/Needs": NEEDS},
    "districts of a map, with no directory": {"map/Reach": LEAS},
    "coordinators of no area": {"map/Coordinators": COORDINATORS},
    "what was asked, and no answer": {"map/Asked about": ASKED},
    "a directory alone": {"districts": DISTRICTS},
    "ties of districts whose county nobody gives": {"region": [("From", "To", "How"), ("Brook Unified", "Clear Lake Museum", "leads")]},
    "ties and needs, and nothing offered": {"map/Ties": TIES, "map/Needs": NEEDS, "districts": DISTRICTS},
    "a partner without ties beside districts": {"map/Partners": PARTNERS, "districts": DISTRICTS, "map/Reach": LEAS},
}  # fmt: skip


@pytest.fixture(scope="module", params=STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("little")
    for name, rows in {"map/Read me": READ_ME, **STORES[request.param]}.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", newline="") as stream:
            csv.writer(stream).writerows(rows)
    reading = read_files([folder])
    assert reading.refused == 0 and len(reading.records) == sum(len(rows) - 1 for rows in STORES[request.param].values())
    with open_store(folder / "graph.kgl", write=True) as opened:
        build(opened, reading, reference=False)
    with open_store(folder / "graph.kgl") as opened:
        yield opened


@pytest.fixture(scope="module")
def bare() -> Iterator[Store]:
    """A store in which nothing was ever built, the counties neither."""
    with open_store(":memory:") as opened:
        yield opened


def ways(question: str) -> list[dict[str, Any]]:
    """The question with only what it needs, and with everything that it takes."""
    given = {"county": "Lake", "area": "math", "org": "Lake COE", "a": "Lake COE", "b": "Mendocino COE"}
    params = QUESTIONS[question].params
    return [{one.name: given[one.name] for one in params if one.required}, {one.name: given[one.name] for one in params if one.name in given}]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers(store: Store, question: str) -> None:
    for values in ways(question):
        assert all(row.reason for row in ask(store, question, **values))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_where_nothing_was_built(bare: Store, question: str) -> None:
    assert [list(ask(bare, question, **values)) for values in ways(question)] == [[], []]
