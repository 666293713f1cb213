"""The three tiny counties on every store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tiny_counties import readings

import assetgraph
from assetgraph.store import Store, open_store


@pytest.fixture(scope="module")
def embedded_tiny() -> Iterator[Store]:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, *readings(), reference=False)
        yield store


@pytest.fixture(scope="module")
def served_tiny(neo4j_module_store: Store) -> Store:
    assetgraph.build(neo4j_module_store, *readings(), reference=False)
    return neo4j_module_store


@pytest.fixture(params=["embedded_tiny", pytest.param("served_tiny", marks=pytest.mark.neo4j)])
def any_tiny(request: pytest.FixtureRequest) -> Store:
    """The counties on each store in turn."""
    store: Store = request.getfixturevalue(request.param)
    return store


@pytest.fixture
def tiny_stores(embedded_tiny: Store, served_tiny: Store) -> tuple[Store, Store]:
    """The counties on both stores."""
    return embedded_tiny, served_tiny
