"""Neo4j: what is made on first use, what is refused, and how a failure reads."""

from __future__ import annotations

import neo4j
import pytest
from neo4j_server import Server

from assetgraph.errors import ForeignGraph, StoreError, StoreUnavailable
from assetgraph.model.nodes import COE, Partner
from assetgraph.store import Change, Store, open_store, parts
from assetgraph.store.writer import schema_statements

pytestmark = pytest.mark.neo4j

LAKE = COE(id="coe/lake", name="Lake COE", county="Lake")


def ask(where: Server, query: str) -> list[dict[str, object]]:
    with where.driver() as driver:
        return [record.data() for record in driver.execute_query(query, database_=where.database).records]


def drop_everything(where: Server) -> None:
    for kind in ("CONSTRAINT", "INDEX"):
        for row in ask(where, f"SHOW {kind}ES YIELD name" if kind == "INDEX" else f"SHOW {kind}S YIELD name"):
            if str(row["name"]).startswith("assetgraph_"):
                ask(where, f"DROP {kind} {row['name']}")


def ours(where: Server) -> set[str]:
    names = [row["name"] for what in ("CONSTRAINTS", "INDEXES") for row in ask(where, f"SHOW {what} YIELD name")]
    return {str(name) for name in names if str(name).startswith("assetgraph_")}


def test_reading_an_empty_database_makes_nothing_and_first_use_makes_everything(neo4j_environment: Server) -> None:
    drop_everything(neo4j_environment)
    with open_store(neo4j_environment.uri, write=True) as store:
        assert store.graph().nodes == {} and store.info().schema_version is None and store.records() == []
        assert ours(neo4j_environment) == set()
        assert ask(neo4j_environment, "MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
        store.apply(Change(nodes=[LAKE]))
    assert len(ours(neo4j_environment)) == len(schema_statements())


def test_a_foreign_graph_is_refused_before_any_constraint(neo4j_environment: Server) -> None:
    drop_everything(neo4j_environment)
    ask(neo4j_environment, "CREATE (:Partner {id: 7, name: 'theirs'})")
    for write in (False, True):
        with pytest.raises(ForeignGraph, match="another database"):
            open_store(neo4j_environment.uri, write=write)
    assert ours(neo4j_environment) == set()
    assert ask(neo4j_environment, "MATCH (n) RETURN labels(n) AS l, n.id AS id") == [{"l": ["Partner"], "id": 7}]


def test_a_graph_that_became_foreign_after_opening_is_refused_too(neo4j_store: Store, neo4j_environment: Server) -> None:
    ask(neo4j_environment, "CREATE (:County {id: 7})")
    with pytest.raises(ForeignGraph):
        neo4j_store.apply(Change(nodes=[LAKE]))
    assert ask(neo4j_environment, "MATCH (n) RETURN count(n) AS n") == [{"n": 1}]


def test_nodes_under_other_labels_may_live_beside_ours(neo4j_store: Store, neo4j_environment: Server) -> None:
    ask(neo4j_environment, "CREATE (:Person {name: 'theirs'})")
    neo4j_store.apply(Change(nodes=[LAKE]))
    assert set(neo4j_store.graph().nodes) == {"coe/lake"}
    assert ask(neo4j_environment, "MATCH (n:Person) RETURN n.name AS name") == [{"name": "theirs"}]


def test_a_graph_of_a_newer_version_is_refused(neo4j_environment: Server) -> None:
    ask(neo4j_environment, "CREATE (:AssetGraph {id: 'assetgraph', schema_version: 99})")
    with pytest.raises(StoreError, match="newer version"):
        open_store(neo4j_environment.uri)


def test_a_wrong_password_is_not_repeated(neo4j_environment: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2-hunter2")
    with pytest.raises(StoreUnavailable, match="refused the user name or password") as refusal:
        open_store(neo4j_environment.uri)
    chain, error = "", refusal.value
    while error is not None:
        chain, error = chain + str(error), error.__cause__  # type: ignore[assignment]
    assert "hunter2" not in chain
    assert "NEO4J_PASSWORD" in refusal.value.cure


def test_a_database_that_is_not_there_is_named(neo4j_environment: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    with pytest.raises(StoreUnavailable, match="no database 'nowhere'"):
        open_store(neo4j_environment.uri)


def test_an_address_that_speaks_no_tls_is_explained(neo4j_environment: Server) -> None:
    with pytest.raises(StoreUnavailable) as refusal:
        open_store(neo4j_environment.uri.replace("bolt://", "bolt+s://"))
    assert "\n" not in str(refusal.value) and refusal.value.cure


def test_the_routing_scheme_works_too(neo4j_environment: Server) -> None:
    with open_store(neo4j_environment.uri.replace("bolt://", "neo4j://"), write=True) as store:
        store.apply(Change(nodes=[LAKE]))
        assert set(store.graph().nodes) == {"coe/lake"}


def test_the_environment_alone_names_the_server(neo4j_environment: Server) -> None:
    with open_store() as store:
        assert (store.kind, store.address) == ("neo4j", neo4j_environment.uri)


def test_opened_for_reading_it_cannot_be_written(neo4j_environment: Server) -> None:
    with open_store(neo4j_environment.uri) as store, pytest.raises(StoreError, match="opened for reading"):
        store.apply(Change(nodes=[LAKE]))


def test_a_long_change_is_written_in_parts_and_mended_by_writing_it_again(
    neo4j_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "ONE_TRANSACTION", 5)
    monkeypatch.setattr(parts, "BATCH", 4)
    many = [Partner(id=f"partner/{n:02}", name=str(n)) for n in range(10)]

    def stop(what: str, done: int, of: int) -> None:
        if done >= 8:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        neo4j_store.apply(Change(nodes=many), stop)
    assert len(neo4j_store.digests()[0]) == 8
    neo4j_store.apply(Change(nodes=many))
    assert list(neo4j_store.graph().nodes.values()) == many


def test_a_bad_query_and_a_bad_parameter_are_errors_of_ours(neo4j_store: Store) -> None:
    with pytest.raises(StoreError, match="could not be run"):
        neo4j_store.read("MATCH (n RETURN n")
    for value in (2**70, object()):
        with pytest.raises(StoreError):
            neo4j_store.read("RETURN $x AS x", {"x": value})


def test_the_driver_is_at_home_here_only() -> None:
    assert neo4j.__version__.split(".")[0] == "6"
