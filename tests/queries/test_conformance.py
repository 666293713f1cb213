"""Every question against rows written by hand, on both stores, on counties small enough to check by eye."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from expected_rows import CASES, MISSING_IN_SCIENCE, Case
from tiny_counties import AS_OF, readings

from assetgraph.build.run import build
from assetgraph.model.vocabulary import PARTNER_KINDS
from assetgraph.queries import QUESTIONS, Answer, ask
from assetgraph.store import Store, open_store


@pytest.fixture(scope="module")
def embedded() -> Iterator[Store]:
    with open_store(":memory:", write=True) as store:
        build(store, *readings(), reference=False)
        yield store


@pytest.fixture(scope="module")
def served(neo4j_module_store: Store) -> Store:
    build(neo4j_module_store, *readings(), reference=False)
    return neo4j_module_store


@pytest.fixture(params=["embedded", pytest.param("served", marks=pytest.mark.neo4j)])
def tiny(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    return store


def asked(store: Store, question: str, **values: Any) -> Answer:
    """The answer as of the day that the rows were worked out for."""
    dated = any(param.name == "as_of" for param in QUESTIONS[question].params)
    return ask(store, question, **({"as_of": AS_OF} if dated else {}) | values)


def test_every_question_has_a_case() -> None:
    assert {case.question for case in CASES.values()} == set(QUESTIONS)


@pytest.mark.parametrize("case", CASES.values(), ids=[name.lower() for name in CASES])
def test_rows_are_those_written_by_hand(tiny: Store, case: Case) -> None:
    answer = asked(tiny, case.question, **case.values)
    names = [c.name for c in QUESTIONS[case.question].columns if c.name != "facts" and c.name not in case.leave_out]
    assert [tuple(getattr(row, name) for name in names) for row in answer] == case.rows


def test_kinds_missing_in_one_area(tiny: Store) -> None:
    rows = asked(tiny, "missing_partner_kinds", county="Colusa", area="science")
    assert {row.kind for row in rows} == set(PARTNER_KINDS) - MISSING_IN_SCIENCE["held"]
    assert {row.kind for row in rows if row.is_asked} == MISSING_IN_SCIENCE["asked"]
    found = {row.kind: (row.example, row.example_county, row.example_distance) for row in rows if row.example}
    assert found == MISSING_IN_SCIENCE["examples"]


def test_the_day_decides(tiny: Store) -> None:
    """On July 15, 2024 the museum is the one current tie of its family, and in 2027 it still is."""
    for day in ("2024-07-15", "2027-01-01"):
        cell = next(row for row in asked(tiny, "gap_grid", county="Colusa", area="science", as_of=day)
                    if row.family == "museums_libraries_arts")  # fmt: skip
        assert (cell.state, cell.partners) == ("fragile", ("River Museum",))
