"""Every question against a plain loop over dicts: on the sample, and on a made-up state on both stores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assetgraph import read_files
from assetgraph.build.reference import sample_folder
from assetgraph.build.run import build
from assetgraph.queries import QUESTIONS, ask
from assetgraph.store import Store, open_store
from benchmarks.asking import ways_to_ask
from benchmarks.fuzz import ways_drawn, what_differs
from benchmarks.make_state import SIZES, make_state
from benchmarks.oracle import ORACLE, World

SEED, DRAWN = 4, 240
COUNTIES = ["Butte", "Glenn", "Lake", "Sonoma", "Alpine"]


@pytest.fixture(scope="module")
def sample() -> Iterator[tuple[Store, World]]:
    with open_store(":memory:", write=True) as store:
        build(store, read_files([sample_folder()]), reference=False)
        yield store, World(store.graph())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("made") / "state"
    tally = make_state(folder, SIZES["2k"], seed=SEED)
    return {"tally": tally, "folder": folder, "reading": read_files([folder])}


@pytest.fixture(scope="module")
def state(made: dict[str, Any]) -> Iterator[tuple[Store, World]]:
    with open_store(":memory:", write=True) as store:
        build(store, made["reading"])
        yield store, World(store.graph())


def test_the_good_rows_of_a_made_up_state_are_those_kept(made: dict[str, Any]) -> None:
    tally, reading = made["tally"], made["reading"]
    assert tally.broken > 10
    assert (len(reading.records), reading.refused) == (tally.good, tally.broken)
    assert dict(Counter(record.kind for record in reading.records)) == {kind: rows for kind, rows in tally.rows.items() if rows}


def test_a_made_up_state_has_the_size_that_was_asked_for(made: dict[str, Any], state: tuple[Store, World]) -> None:
    info, size = state[0].info(), SIZES["2k"]
    nodes, ties = sum(info.nodes.values()), sum(info.facts.values())
    assert (nodes, ties) == (pytest.approx(size.nodes, rel=0.01), pytest.approx(size.ties, rel=0.01))
    assert (nodes, ties) == (made["tally"].nodes, made["tally"].ties)


def test_the_same_seed_writes_the_same_bytes(made: dict[str, Any], tmp_path: Path) -> None:
    make_state(tmp_path / "again", SIZES["2k"], seed=SEED)
    make_state(tmp_path / "changed", SIZES["2k"], seed=SEED, changes=True)
    first, again, changed = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.csv")}
        for folder in (made["folder"], tmp_path / "again", tmp_path / "changed")
    )
    assert first == again
    assert first.keys() == changed.keys() and 5 < sum(first[name] != changed[name] for name in first) < 60


def test_every_question_has_a_loop() -> None:
    assert set(ORACLE) == set(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_sample_s_rows_are_the_loop_s(sample: tuple[Store, World], question: str) -> None:
    store, world = sample
    rows = 0
    for values in ways_to_ask(question, COUNTIES):
        answer = ask(store, question, **values)
        assert [row.model_dump() for row in answer] == ORACLE[question](world, **answer.params), values
        rows += len(answer)
    assert rows > 0 or question == "who_connects"


def test_drawn_parameters_give_the_loop_s_rows(state: tuple[Store, World]) -> None:
    store, world = state
    rows: Counter[str] = Counter()
    for question, values in ways_drawn(world, DRAWN, SEED):
        assert not what_differs({"embedded": store}, world, question, values), (question, values)
        rows[question] += len(ask(store, question, **values))
    assert set(rows) == set(QUESTIONS) and all(rows.values()), rows


@pytest.mark.neo4j
def test_drawn_parameters_give_the_loop_s_rows_on_neo4j(made: dict[str, Any], state: tuple[Store, World], neo4j_module_store: Store) -> None:
    build(neo4j_module_store, made["reading"])
    assert neo4j_module_store.digests() == state[0].digests()
    for question, values in ways_drawn(state[1], DRAWN, SEED):
        assert not what_differs({"neo4j": neo4j_module_store}, state[1], question, values), (question, values)
