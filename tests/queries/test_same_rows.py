"""The same rows, in the same order, on both stores: for the eight-county sample and for the state's directories."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from assetgraph.build.reference import REFERENCE_AS_OF, read_reference, sample_folder
from assetgraph.build.run import build
from assetgraph.intake import read_files
from assetgraph.model.records import Reading
from assetgraph.queries import QUESTIONS, ask
from assetgraph.store import Store, open_store

EIGHT = ("Butte", "Del Norte", "Glenn", "Humboldt", "Lake", "Mendocino", "Sonoma", "Tehama")
AREAS = ("math", "science", "computer_science")
DATA = Path(os.environ.get("ASSETGRAPH_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
A_DOZEN = (*EIGHT, "Los Angeles", "San Francisco", "Sierra", "Alpine")


def sample() -> list[Reading]:
    """What the demo builds: eight maps, their districts and the reference."""
    return [read_files([sample_folder() / "maps", sample_folder() / "directory"]), read_reference(maps=False)]


def statewide() -> list[Reading]:
    """The sample beside every LEA of the state and figures about the neediest."""
    found = read_files([DATA / "leas" / "leas.csv", DATA / "district_need" / "district_need.csv"])
    assert len(found.records) > 900
    return [*sample(), found]


@pytest.fixture(scope="module")
def neo4j_has() -> dict[str, str]:
    """What the shared server holds at the moment."""
    return {}


@pytest.fixture(scope="module")
def sample_here() -> Iterator[Store]:
    with open_store(":memory:", write=True) as store:
        build(store, *sample(), reference=False)
        yield store


@pytest.fixture(scope="module")
def sample_served(neo4j_module_store: Store, neo4j_has: dict[str, str]) -> Store:
    build(neo4j_module_store, *sample(), reference=False)
    assert not neo4j_has
    return neo4j_module_store


@pytest.fixture(scope="module")
def state_here() -> Iterator[Store]:
    if not (DATA / "leas" / "leas.csv").is_file():
        line = f"no public directories in {DATA}: set ASSETGRAPH_DATA to the folder that holds leas/leas.csv"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)
    with open_store(":memory:", write=True) as store:
        build(store, *statewide(), reference=False)
        yield store


@pytest.fixture(scope="module")
def state_served(state_here: Store, neo4j_module_store: Store, neo4j_has: dict[str, str]) -> Store:
    """Built over the sample: only what the directory adds is written."""
    neo4j_has["state"] = "yes"
    build(neo4j_module_store, *statewide(), reference=False)
    return neo4j_module_store


def ways_to_ask(question: str, counties: tuple[str, ...]) -> list[dict[str, Any]]:
    """The values of one question for each county, and each area or none where the area may be left out."""
    params = {param.name: param for param in QUESTIONS[question].params}
    ways: list[dict[str, Any]] = [{"as_of": REFERENCE_AS_OF}] if "as_of" in params else [{}]
    if "from" in params:
        ways = [{"from": REFERENCE_AS_OF}]
    if "org" in params:
        return [{**way, "org": f"{county} COE"} for way in ways for county in counties]
    if "a" in params:
        return [{**way, "a": f"{one} COE", "b": f"{other} COE"} for way in ways for one, other in pairwise(counties)]
    ways = [{**way, "county": county} for way in ways for county in counties]
    if "area" in params:
        areas = AREAS if params["area"].required else (*AREAS, None)
        ways = [{**way, "area": area} for way in ways for area in areas]
    return ways


def same_rows(here: Store, served: Store, question: str, counties: tuple[str, ...]) -> int:
    """How many rows both gave, the facts behind each row included."""
    count = 0
    for values in ways_to_ask(question, counties):
        one, other = ask(here, question, **values), ask(served, question, **values)
        assert [row.shown() for row in one] == [row.shown() for row in other], values
        count += len(one)
    return count


@pytest.mark.neo4j
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_sample_s_rows(sample_here: Store, sample_served: Store, question: str) -> None:
    rows = same_rows(sample_here, sample_served, question, EIGHT)
    # The sample's maps say what was found, and nobody was asked for them: every question has rows all the same.
    assert rows > 0


@pytest.mark.neo4j
def test_the_sample_s_graph_is_the_same(sample_here: Store, sample_served: Store) -> None:
    assert sample_here.digests() == sample_served.digests()


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_example_in_each_header_gives_rows_on_the_sample(sample_here: Store, question: str) -> None:
    params = {param.name: param for param in QUESTIONS[question].params}
    values = {name: param.example for name, param in params.items() if param.example}
    if "as_of" in params:
        values["as_of"] = REFERENCE_AS_OF.isoformat()
    if "from" in params:
        values["from"] = REFERENCE_AS_OF.isoformat()
    assert len(ask(sample_here, question, **values)) > 0


@pytest.mark.neo4j
@pytest.mark.directories
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_state_s_rows(state_here: Store, state_served: Store, question: str) -> None:
    assert same_rows(state_here, state_served, question, A_DOZEN) > 0
