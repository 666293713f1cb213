"""Passwords stay where they are, and the encrypted addresses do what they say, on a real server with its own certificate."""

from __future__ import annotations

import io
import logging
import os
import socket
import subprocess
import time
import traceback
from pathlib import Path

import pytest
from click.testing import CliRunner
from neo4j_server import PASSWORD, OwnServer, Server
from rich.console import Console
from rich.traceback import Traceback
from tiny_counties import FOLDER
from writers import begin

from assetgraph.cli import main
from assetgraph.errors import StoreError, StoreUnavailable
from assetgraph.store import open_store

pytestmark = pytest.mark.neo4j

CANARY = "canary-7f3a-in-no-output"


def named(own: OwnServer, scheme: str, monkeypatch: pytest.MonkeyPatch, host: str = "127.0.0.1") -> str:
    for name, value in own.server.environment().items():
        monkeypatch.setenv(name, value)
    return f"{scheme}://{host}:{own.port}"


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+ssc", "neo4j+ssc"])
def test_plain_and_self_signed_addresses_connect(running_neo4j: OwnServer, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(named(running_neo4j, scheme, monkeypatch)) as store:
        assert store.read("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_must_be_trusted(
    running_neo4j: OwnServer, authority: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = named(running_neo4j, scheme, monkeypatch)
    done = CliRunner().invoke(main, ["sources", "--store", address])
    assert done.exit_code == 1 and done.stderr.count("\n") == 1, done.stderr
    for part in (f"{address}: its certificate is not trusted", "SSL_CERT_FILE", f"{scheme.replace('+s', '+ssc')}://127.0.0.1:{running_neo4j.port}"):
        assert part in done.stderr, done.stderr
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with open_store(address) as store:
        assert store.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_certificate_of_another_name_is_refused(
    running_neo4j: OwnServer, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with pytest.raises(StoreUnavailable, match="certificate is not trusted"):
        open_store(named(running_neo4j, "bolt+s", monkeypatch, host="localhost"))


def test_a_server_without_tls_says_so(neo4j_environment: object, monkeypatch: pytest.MonkeyPatch) -> None:
    address = os.environ["NEO4J_URI"].replace("bolt://", "bolt+s://")
    with pytest.raises(StoreUnavailable, match=r"speaks no TLS there. To mend it: use bolt://"):
        open_store(address)


def everything_told(error: BaseException) -> str:
    """An error as anybody might print it: itself, all that led to it, and rich's traceback with every local variable."""
    told, seen = io.StringIO(), error
    while seen is not None:
        told.write(f"{seen} {seen!r} {vars(seen)}\n")
        seen = seen.__cause__ or seen.__context__  # type: ignore[assignment]
    told.write("".join(traceback.TracebackException.from_exception(error, capture_locals=True).format()))
    rich = Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True, locals_max_length=1000,
                                    locals_max_string=10_000, max_frames=1000)  # fmt: skip
    Console(file=told, width=400, force_terminal=False).print(rich)
    return told.getvalue()


def fail(address: str, query: str) -> None:
    with open_store(address) as store:
        store.read(query)


FAILURES = ["wrong password", "nobody there", "no such database", "silent", "broken query", "not trusted", "broken answer"]


@pytest.mark.parametrize("failure", FAILURES)
def test_no_error_tells_the_password(
    running_neo4j: OwnServer, failure: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The real password is in use where the server must let us in; in the other cases the canary is."""
    address, secret = named(running_neo4j, "bolt+s" if failure == "not trusted" else "bolt", monkeypatch), CANARY
    if failure in ("no such database", "broken query", "broken answer"):
        secret = PASSWORD
    monkeypatch.setenv("NEO4J_PASSWORD", secret)
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr("assetgraph.store.server.PATIENCE", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if failure == "silent":
            silent.listen()
        if failure in ("nobody there", "silent"):
            address = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        if failure == "no such database":
            monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
        with pytest.raises(StoreError) as refusal:
            fail(address, "RETURN 1 / 0 AS x" if failure == "broken answer" else "MATCH (n RETURN n")
    assert refusal.value.__traceback__ is not None
    # This test's own frame knows the secret; every other one is shown.
    told = everything_told(refusal.value.with_traceback(refusal.value.__traceback__.tb_next))
    assert "open_store" in told and secret not in told, told[max(0, told.find(secret) - 2000) : told.find(secret) + 100]
    assert secret not in caplog.text


def test_no_process_log_or_file_tells_the_password(neo4j_environment: Server, tmp_path: Path) -> None:
    """A real build with the driver's own log written out; its command line and those of its children are looked at."""
    log = tmp_path / "driver.log"
    first = f"import logging; logging.basicConfig(filename={str(log)!r}, level=logging.DEBUG)"
    process = begin(neo4j_environment, "build", FOLDER / "colusa", "--no-reference", first=first)
    lines: set[str] = set()
    while process.poll() is None:
        pids = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False).stdout.split()
        for pid in (str(process.pid), *pids):
            with open(f"/proc/{pid}/cmdline", encoding="utf-8") if os.path.exists(f"/proc/{pid}/cmdline") else io.StringIO() as file:
                lines.add(file.read())
        time.sleep(0.1)
    out, err = process.communicate()
    assert process.returncode == 0, err
    assert any("assetgraph" in line for line in lines)
    for text in (*lines, out, err, log.read_text()):
        assert neo4j_environment.password not in text
    made = tmp_path / "out"
    made.mkdir()
    run = begin(neo4j_environment, "map", "--county", "Colusa", "--out", made / "colusa.html")
    out, err = run.communicate()
    assert run.returncode == 0 and neo4j_environment.password not in out + err, err
    assert neo4j_environment.password not in (made / "colusa.html").read_text(encoding="utf-8")
    assert "C: LOGON" in log.read_text(), "the driver did write of logging on"
