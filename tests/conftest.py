"""Stores for every test: an embedded one, and a real Neo4j where one can be had."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that tests may share modules, in any import mode

from neo4j_server import HOW_TO_GET_ONE, NoServer, Server, running_server

from assetgraph.store import Store, open_store

AS_STARTED = dict(os.environ)
STORE_VARIABLES = ("ASSETGRAPH_STORE", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")


@pytest.fixture(autouse=True)
def _no_store_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test meets the store of whoever runs it."""
    for name in STORE_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kglite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty embedded store in a file, open for writing."""
    with open_store(tmp_path / "graph.kgl", write=True) as store:
        yield store


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """A real Neo4j for the whole run; without one the test is skipped, and in CI it fails."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server(AS_STARTED))
        except NoServer as error:
            line = f"no Neo4j to test on ({error}): {HOW_TO_GET_ONE}"
            if os.environ.get("CI"):
                pytest.fail(line)
            pytest.skip(line)
        yield server


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


@pytest.fixture(params=["kglite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def any_store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind in turn, open for writing."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store
