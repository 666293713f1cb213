"""Which store is meant, and addresses that nobody answers."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from assetgraph.cli import main
from assetgraph.errors import StoreUnavailable
from assetgraph.store import open_store, store_address


def test_the_nearest_word_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    assert store_address() == "./assetgraph.kgl"
    monkeypatch.setenv("NEO4J_URI", "bolt://here:1")
    assert store_address() == "bolt://here:1"
    monkeypatch.setenv("ASSETGRAPH_STORE", "mine.kgl")
    assert store_address() == "mine.kgl"
    assert store_address("other.kgl") == "other.kgl"
    assert store_address(Path("a") / "b.kgl") == str(Path("a") / "b.kgl")
    monkeypatch.setenv("ASSETGRAPH_STORE", " ")
    assert store_address() == "bolt://here:1"


@pytest.mark.parametrize("write", [False, True])
def test_a_server_that_does_not_run_is_one_line_with_a_cure(write: bool) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    for scheme in ("bolt", "neo4j"):
        with pytest.raises(StoreUnavailable, match="no Neo4j answers") as refusal:
            open_store(f"{scheme}://127.0.0.1:{port}", write=write)
        assert "\n" not in str(refusal.value) and "start the server" in refusal.value.cure


@pytest.mark.parametrize("address", ["http://localhost:7474", "postgres://x", "file:///tmp/x.kgl"])
def test_other_schemes_are_refused(address: str) -> None:
    with pytest.raises(StoreUnavailable, match="not the address"):
        open_store(address)


@pytest.mark.parametrize("address", ["bolt://", "bolt://:7687x", "neo4j://host:port"])
def test_a_spoilt_address_is_refused(address: str) -> None:
    with pytest.raises(StoreUnavailable, match="not a complete address"):
        open_store(address)


def test_a_host_that_does_not_exist_is_one_line() -> None:
    with pytest.raises(StoreUnavailable) as refusal:
        open_store("bolt://no-such-host.invalid:7687")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("address", [
    "neo4j://ann:hunter2@host", "bolt+s://:hunter2@host:7687", "NEO4J://ann:hunter2@host", "bolt://host?password=hunter2",
    "neo4j://host/?auth=ann:hunter2", "neo4j://host:7687/hunter2", "bolt://host#hunter2", "bolt://ann:hunter2", "postgres://a:hunter2@b",
    "ann:hunter2@host", "bolt:ann:hunter2@host:7687", "bolt:/ann:hunter2@host",
])  # fmt: skip
@pytest.mark.parametrize("by", ["word", "ASSETGRAPH_STORE", "NEO4J_URI"])
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str, by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if by != "word":
        monkeypatch.setenv(by, address)
    with pytest.raises(StoreUnavailable) as refusal:
        open_store(address if by == "word" else None, write=True)
    assert "hunter2" not in str(refusal.value) and refusal.value.__cause__ is None
    done = CliRunner().invoke(main, ["sources", *(["--store", address] if by == "word" else [])])
    assert done.exit_code == 1 and "hunter2" not in done.output and done.stderr.count("\n") == 1



def test_something_else_that_listens_is_not_a_neo4j() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def answer() -> None:
            connection, _ = listener.accept()
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.close()

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(StoreUnavailable) as refusal:
            open_store(f"bolt://127.0.0.1:{listener.getsockname()[1]}")
        thread.join()
    assert "\n" not in str(refusal.value)
