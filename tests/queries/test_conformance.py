"""Every question against rows written by hand, on both stores and on Neo4j's newest, on counties small enough to check by eye."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from expected_rows import CASES, MISSING_IN_SCIENCE, Case
from tiny_counties import AS_OF, readings

from assetgraph.analysis.questions import reach_out
from assetgraph.build.run import build
from assetgraph.model.records import Basis, Reading, Record, SourceInfo
from assetgraph.model.sheets import QuickstormRow, ReachRow, SheetRow, TieRow
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


@pytest.fixture(scope="module")
def newest(newest_module_store: Store) -> Store:
    build(newest_module_store, *readings(), reference=False)
    return newest_module_store


@pytest.fixture(params=["embedded", *(pytest.param(name, marks=pytest.mark.neo4j) for name in ("served", "newest"))])
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


LAKE = SourceInfo(id="map/lake", basis=Basis.MAP, name="Lake County Office of Education", counties=("Lake",), as_of=AS_OF)


def said_twice() -> Reading:
    """Every kind of partner with a tie that has ended and one that holds, and districts that took part long ago and lately."""
    rows: list[SheetRow] = []
    for kind in PARTNER_KINDS:
        name = f"The {kind}"
        rows.append(QuickstormRow(who=name, what=f"New {kind}", content_areas=("math",), partner_kind=kind))
        for how, year in (("partners_with", 2020), ("member_of", 2019), ("supports", 2030)):
            last = date(year, 1, 1)
            rows.append(TieRow(from_name=name, to_name="Lake COE", how=how, content_areas=("math",), ends_on=last))
    for number in range(12):
        for year in ("2015-16", "2024-25", "2012-13"):
            rows.append(ReachRow(lea=f"Made-up {number} Unified", offering="New library", year=year))
    records = [Record(source=LAKE.id, file="lake.xlsx", sheet=row.sheet, row=number, kind=row.sheet, county="Lake", values=row)
               for number, row in enumerate(rows, start=2)]  # fmt: skip
    return Reading(sources=(LAKE,), records=tuple(records))


def test_what_has_ended_hides_nothing_that_holds(any_store: Store) -> None:
    """Several facts between the same two ends are each looked at."""
    build(any_store, said_twice(), reference=False)
    assert asked(any_store, "missing_partner_kinds", county="Lake", area="math").rows == ()
    assert not reach_out(any_store, county="Lake", area="math", as_of=AS_OF)
    assert asked(any_store, "unreached_leas", county="Lake", area="math").rows == ()
    offers = asked(any_store, "offerings_for", county="Lake", area="math")
    assert {row.relation for row in offers} == {"partner"} and len(offers) == len(PARTNER_KINDS)
    grid = asked(any_store, "gap_grid", county="Lake", area="math")
    assert sum(row.ties for row in grid) == len(PARTNER_KINDS)
    (balance,) = [row for row in asked(any_store, "balance_of_areas", county="Lake") if row.area == "math"]
    assert balance.partners == len(PARTNER_KINDS)
