"""A real Neo4j that is away, broken, full, ended, too old or not one at all: one line each, and nothing is lost."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from neo4j_server import TOO_OLD, OwnServer, Server, own_server
from tiny_counties import FOLDER
from writers import all_of, one_after_the_other

from assetgraph.cli import main
from assetgraph.errors import StoreError
from assetgraph.model.nodes import Partner
from assetgraph.store import Change, open_store, parts, server, turn

pytestmark = pytest.mark.neo4j

Said = tuple[int, str, str]
COLUSA = ("build", FOLDER / "colusa", "--no-reference")
CONSTRAINED = "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN *"
INDEXED = "SHOW INDEXES YIELD name, type, labelsOrTypes, properties RETURN *"


@pytest.fixture
def at(running_neo4j: OwnServer, monkeypatch: pytest.MonkeyPatch) -> OwnServer:
    """A server of these tests' own, emptied, which the environment names."""
    running_neo4j.server.clear()
    name_it(running_neo4j.server, monkeypatch)
    return running_neo4j


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "BATCH", 20)
    monkeypatch.setattr(parts, "ONE_TRANSACTION", 60)


def name_it(where: Server, monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    for name, value in (where.environment() | more).items():
        monkeypatch.setenv(name, value)


def said(*words: object) -> Said:
    done = CliRunner().invoke(main, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


def one_line(told: Said, *parts_of_it: str) -> str:
    """The one line of a command that failed."""
    code, _, err = told
    assert code == 1, told
    err = "".join(line for line in err.splitlines(keepends=True) if not line.endswith("…\n"))  # what is told meanwhile
    assert err.startswith("Error: ") and err.count("\n") == 1 and "To mend it: " in err, err
    assert len(err) < 600 and "{" not in err and "Traceback" not in err, err
    for part in parts_of_it:
        assert part in err, err
    return err


def asked(where: Server, query: str, **params: object) -> list[dict[str, object]]:
    with where.driver() as driver:
        return [record.data() for record in driver.execute_query(query, params, database_=where.database).records]


def after(number: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let something happen right before the transaction of that number is written, in its own session."""
    own_write, seen = parts.Part.write, iter(range(1, 1_000_000))

    def write(self: parts.Part, tx: object) -> None:
        if next(seen) == number:
            act()
        own_write(self, tx)  # type: ignore[arg-type]

    monkeypatch.setattr(parts.Part, "write", write)


# Not there, or not a Neo4j


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_port_where_nobody_listens(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = said(*COLUSA, "--store", f"{scheme}://127.0.0.1:{port}")
    one_line(told, f"{scheme}://127.0.0.1:{port}: no Neo4j answers there (Connection refused)", "start the server")


def test_a_name_that_nobody_has() -> None:
    one_line(said("sources", "--store", "neo4j://nowhere.invalid:7687"), "no Neo4j answers there (", "check the address")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_port_that_takes_the_call_and_never_answers(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(server, "PATIENCE", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(5)
        began = time.monotonic()
        told = said("sources", "--store", f"{scheme}://127.0.0.1:{silent.getsockname()[1]}")
    one_line(told, "does not answer as Neo4j does", "check the port")
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+ssc"])
def test_a_web_server(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(server, "PATIENCE", 2.0)

    class Quiet(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        told = said("sources", "--store", f"{scheme}://127.0.0.1:{web.server_port}")
        web.shutdown()
    one_line(told, "speaks no TLS there" if "+" in scheme else "does not answer as Neo4j does")


def test_a_version_that_is_too_old(needs_neo4j: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with own_server(TOO_OLD) as old:
        name_it(old.server, monkeypatch)
        one_line(said(*COLUSA), "older", "use Neo4j 5 or newer")


# There, and refusing


def test_credentials_that_are_wrong_must_be_changed_or_name_no_database(at: OwnServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with at.server.driver() as driver:
        driver.execute_query("CREATE OR REPLACE USER new SET PASSWORD 'for-a-day-only' CHANGE REQUIRED", database_="system")
    monkeypatch.setenv("NEO4J_USERNAME", "new")
    monkeypatch.setenv("NEO4J_PASSWORD", "for-a-day-only")
    assert "for-a-day-only" not in one_line(said(*COLUSA), "wants the password of 'new' changed first", "ALTER CURRENT USER")
    monkeypatch.setenv("NEO4J_PASSWORD", "not-this-one")
    assert "not-this-one" not in one_line(said(*COLUSA), "refused the user name or password", "set NEO4J_USERNAME and NEO4J_PASSWORD")
    name_it(at.server, monkeypatch, NEO4J_DATABASE="nowhere")
    one_line(said(*COLUSA), "has no database 'nowhere'", "set NEO4J_DATABASE")


def test_the_database_of_the_server_itself(at: OwnServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "system")
    one_line(said(*COLUSA), "'system'", "set NEO4J_DATABASE")


def test_somebody_elses_graph_is_left_as_it_is(at: OwnServer) -> None:
    for kind, rows in (("CONSTRAINT", asked(at.server, CONSTRAINED)), ("INDEX", asked(at.server, INDEXED))):
        for row in rows:
            if str(row["name"]).startswith("assetgraph_"):
                asked(at.server, f"DROP {kind} {row['name']} IF EXISTS")
    asked(at.server, "CREATE CONSTRAINT theirs FOR (n:Partner) REQUIRE n.key IS UNIQUE")
    asked(at.server, "CREATE (:Partner {key: 7})-[:KNOWS {since: 2020}]->(:County)")
    everything = "MATCH (n) OPTIONAL MATCH (n)-[r]->(m) RETURN labels(n) AS l, properties(n) AS p, type(r) AS t, properties(r) AS q"
    try:
        before = [asked(at.server, query) for query in (CONSTRAINED, INDEXED, everything)]
        told = [said(*COLUSA), said(*COLUSA, "--dry-run"), said("sources", "retire", "x", "--yes"), said("ask", "lea-list")]
        for one in told[:3]:
            one_line(one, "holds a graph that assetgraph did not make", "NEO4J_DATABASE", "nothing was written")
        assert [asked(at.server, query) for query in (CONSTRAINED, INDEXED, everything)] == before
    finally:
        asked(at.server, "DROP CONSTRAINT theirs")


# Broken while it is written


def test_a_transaction_that_an_administrator_ends(at: OwnServer, small_parts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def end_it() -> None:
        with at.server.driver() as driver:
            for row in driver.execute_query("SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS query").records:
                if "SHOW" not in row["query"]:
                    driver.execute_query("TERMINATE TRANSACTION $id", id=row["id"])

    with monkeypatch.context() as only:
        after(10, end_it, only)
        told = said(*COLUSA)
    one_line(told, "ended by an administrator or by the server", "changes are in, the rest and the list of sources are not", "build again")
    with open_store(write=False) as store:
        assert store.sources() == [] and "a build did not finish" in str(store.caution())
    code, _, err = said("store", "info")
    assert code == 0 and "a build did not finish" in err
    assert said(*COLUSA)[0] == 0
    the_same_as_undisturbed()


def test_a_server_that_restarts_in_the_middle(at: OwnServer, small_parts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is killed without warning and comes back within the time in which the driver tries again."""

    def restart() -> None:
        at.kill()
        at.begin()

    monkeypatch.setattr(server, "TRIES", 120.0)
    with monkeypatch.context() as only:
        after(10, restart, only)
        code, out, err = said(*COLUSA)
    assert code == 0 and "Error" not in err and "Written to" in out, err
    the_same_as_undisturbed()


def test_a_server_that_stops_in_the_middle_and_comes_back_later(
    at: OwnServer, small_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First as one that takes no writes, as a follower or a copy is, then as before."""
    monkeypatch.setattr(server, "TRIES", 1.0)
    monkeypatch.setattr(turn, "LEASE", 2.0)
    with monkeypatch.context() as only:
        after(10, at.stop, only)
        told = said(*COLUSA)
    line = one_line(told, "no Neo4j answers there", " changes are in, the rest and the list of sources are not", "start the server", "build again")
    one_line(said(*COLUSA), "no Neo4j answers there")
    at.start(server__databases__default_to_read_only="true")
    with open_store() as store:
        assert len(store.digests()[0]) > 0 and store.sources() == [] and "graph" in store.unfinished()
    one_line(said(*COLUSA), "takes no writes", "server.databases.read_only")
    at.stop()
    at.start()
    assert re.search(r"; [1-9]\d\d of \d+ changes are in", line), line
    assert said(*COLUSA)[0] == 0
    the_same_as_undisturbed()


def the_same_as_undisturbed() -> None:
    with open_store() as store:
        assert all_of(store) == one_after_the_other([FOLDER / "colusa"])
        assert store.caution() is None


def many(size: int) -> Change:
    return Change(nodes=[Partner(id=f"partner/{n}", name="x" * 1_000, web=str(n) * 1_000) for n in range(size)])


def test_a_transaction_that_is_too_large_for_the_server(at: OwnServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "TRIES", 0.5)
    with open_store(write=True) as store:
        with pytest.raises(StoreError, match=r"memory for one transaction is used up; nothing was written.*db\.memory\.transaction\.max"):
            store.apply(many(8_000))
        assert store.digests() == ({}, {})
        monkeypatch.setattr(parts, "ONE_TRANSACTION", 500)
        monkeypatch.setattr(parts, "BATCH", 500)
        store.apply(many(2_000))
        assert len(store.digests()[0]) == 2_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 20 MB."""
    if shutil.which("mount") is None or os.geteuid() != 0:
        line = "only root may mount a small disk: run the tests as root, as CI does"
        pytest.fail(line) if os.environ.get("CI") else pytest.skip(line)
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_disk_that_is_full(needs_neo4j: None, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was saved before is there when the disk has room again, and building again completes the rest."""
    monkeypatch.setattr(parts, "BATCH", 1_000)
    monkeypatch.setattr(parts, "ONE_TRANSACTION", 1_000)
    monkeypatch.setattr(server, "TRIES", 2.0)
    with own_server(home=small_disk) as full:
        name_it(full.server, monkeypatch)
        change = many(6_000)
        with open_store(write=True) as store, pytest.raises(StoreError) as refusal:
            store.apply(change)
        line = str(refusal.value)
        assert "room on the server's disk" in line and "of 6,000 changes are in" in line and "\n" not in line, line
        one_line(said("sources"), "room on the server's disk")
        subprocess.run(["mount", "-o", "remount,size=600m", small_disk], check=True)
        full.kill()
        full.start()
        monkeypatch.setattr(turn, "LEASE", 0.1)
        with open_store(write=True) as store:
            assert len(store.digests()[0]) in (int(line.split("; ")[1].split(" ", maxsplit=1)[0].replace(",", "")) + more for more in (0, 1_000))
            assert store.unfinished() == ("graph",)
            store.apply(Change(nodes=change.nodes, settles=["graph"]))
            assert len(store.digests()[0]) == 6_000
            assert store.caution() is None
