"""Stores for every test: an embedded one, and a real Neo4j where one can be had."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that tests may share modules, in any import mode

from neo4j_server import (
    HOW_TO_GET_NEWEST,
    HOW_TO_GET_ONE,
    LTS,
    NEWEST,
    NoServer,
    Server,
    jars_and_java,
    own_server,
    running_server,
)

from assetgraph.cli import waiting
from assetgraph.store import Store, open_store

T = TypeVar("T")
AS_STARTED = dict(os.environ)
STORE_VARIABLES = ("ASSETGRAPH_STORE", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")


@pytest.fixture(autouse=True)
def _no_store_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets the store of whoever runs it."""
    for name in STORE_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_line_of_progress_on_a_busy_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command says does not depend on how busy the machine is; the line itself has tests of its own."""
    monkeypatch.setattr(waiting, "PATIENCE", 3600.0)


@pytest.fixture
def kglite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty embedded store in a file, open for writing."""
    with open_store(tmp_path / "graph.kgl", write=True) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """A real Neo4j for the whole run; without one the test is skipped, and in CI it fails."""
    with ExitStack() as stack:
        yield _had(lambda: stack.enter_context(running_server(AS_STARTED)), HOW_TO_GET_ONE)


@pytest.fixture(scope="session")
def newest_server() -> Iterator[Server]:
    """A server of Neo4j's current calendar release for the whole run."""
    with ExitStack() as stack:
        yield _had(lambda: stack.enter_context(own_server(NEWEST)).server, HOW_TO_GET_NEWEST)


@pytest.fixture(scope="session")
def needs_neo4j() -> None:
    """Nothing, where servers of a test's own can be started."""
    _had(lambda: jars_and_java(LTS), HOW_TO_GET_ONE)


def _had(get: Callable[[], T], how: str) -> T:
    try:
        return get()
    except NoServer as error:
        line = f"no Neo4j to test on ({error}): {how}"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)


@pytest.fixture
def neo4j_environment(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """An emptied server, named by the environment as a user would."""
    neo4j_server.clear()
    for name, value in neo4j_server.environment().items():
        monkeypatch.setenv(name, value)
    return neo4j_server


@pytest.fixture
def neo4j_store(neo4j_environment: Server) -> Iterator[Store]:
    """An empty store on a real Neo4j, open for writing."""
    with open_store(neo4j_environment.uri, write=True) as store:
        yield store


@pytest.fixture
def newest_store(newest_server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """An empty store on Neo4j's current calendar release, open for writing."""
    newest_server.clear()
    for name, value in newest_server.environment().items():
        monkeypatch.setenv(name, value)
    with open_store(newest_server.uri, write=True) as store:
        yield store


@pytest.fixture(scope="module")
def neo4j_module_store(neo4j_server: Server) -> Iterator[Store]:
    """An emptied server, open for writing; the tests of the module only read after building in it once."""
    yield from _opened(neo4j_server)


@pytest.fixture(scope="module")
def newest_module_store(newest_server: Server) -> Iterator[Store]:
    """The same on Neo4j's current calendar release."""
    yield from _opened(newest_server)


def _opened(server: Server) -> Iterator[Store]:
    server.clear()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment().items():
            patch.setenv(name, value)
        with open_store(server.uri, write=True) as store:
            yield store


@pytest.fixture(params=["kglite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind in turn, open for writing."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store
