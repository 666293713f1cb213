"""A store on a real Neo4j that the tests of one module share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from neo4j_server import Server

from assetgraph.store import Store, open_store


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
