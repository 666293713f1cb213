"""A real Neo4j for the tests: the one that NEO4J_URI names, else one started here from Maven's artifacts.

Everything in the database is deleted between tests, so a server that NEO4J_URI names must be empty to begin with.
Those who have Docker start one from compose.yaml and set NEO4J_URI; the tests start no container themselves.

Tests that stop or break a server start one of their own (``OwnServer``), of any version.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import neo4j

HOW_TO_GET_ONE = "set NEO4J_URI (see compose.yaml) to an empty database, or install Java 17 and Maven"
HOW_TO_GET_NEWEST = "install Maven and Java 21 or newer (.ci/java says which Java it finds)"
CI = Path(__file__).parent.parent / ".ci"
LTS, NEWEST, TOO_OLD = "5.26.30", "2026.08.1", "4.4.44"
JAVA = {LTS: 17, NEWEST: 21, TOO_OLD: 11}
"""The oldest Java that each version runs on."""
PACKAGES = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent", "java.base/java.lang")
SMALL = ("-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A server that lives for a minute starts in two thirds of the time when Java compiles less."""
PASSWORD = "only-for-these-tests"  # the server listens on this machine only and is gone afterwards
START_SECONDS = 120


class NoServer(Exception):
    """No Neo4j can be had here."""


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """Where a server is and how to log in; this is what a test sets in the environment."""

    uri: str
    user: str
    password: str
    database: str = "neo4j"

    def driver(self) -> neo4j.Driver:
        """The official driver, logged in."""
        return neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password), notifications_min_severity="OFF")

    def clear(self) -> None:
        """Delete every node and relationship, our marker included; constraints and indexes stay."""
        with self.driver() as driver:
            driver.execute_query("MATCH (n) DETACH DELETE n", database_=self.database)

    def environment(self) -> dict[str, str]:
        """The variables by which assetgraph finds this server."""
        return {"NEO4J_URI": self.uri, "NEO4J_USERNAME": self.user, "NEO4J_PASSWORD": self.password,
                "NEO4J_DATABASE": self.database}  # fmt: skip


@contextmanager
def running_server(environment: Mapping[str, str]) -> Iterator[Server]:
    """A server for a whole run of tests; raises NoServer when none can be had."""
    if environment.get("NEO4J_URI"):
        yield _named_server(environment)
        return
    with own_server() as own:
        yield own.server


@contextmanager
def own_server(version: str = LTS, home: Path | None = None, java: tuple[str, ...] = SMALL,
               **settings: str) -> Iterator[OwnServer]:  # fmt: skip
    """A running server that a test may stop and break; ``__`` in a setting's name stands for a dot. Raises NoServer."""
    at = home or Path(tempfile.mkdtemp(prefix="neo4j-for-tests-"))
    named = {name.replace("__", "."): value for name, value in settings.items()}
    try:
        with OwnServer(at, version, named, java) as own:
            own.start()
            yield own
    finally:
        if home is None:
            shutil.rmtree(at, ignore_errors=True)


@dataclass
class OwnServer:
    """A Neo4j of one version with its home and port; it can be stopped, killed and started again, with other settings."""

    home: Path
    version: str = LTS
    settings: dict[str, str] = field(default_factory=dict)
    java: tuple[str, ...] = SMALL
    """What Java is told."""
    port: int = field(default_factory=_free_port)
    process: subprocess.Popen[bytes] | None = None
    is_new: bool = True

    @property
    def server(self) -> Server:
        return Server(f"bolt://127.0.0.1:{self.port}", "neo4j", PASSWORD)

    def start(self, **settings: str) -> Server:
        """Start it, and wait until it answers; the settings hold until it is started with others."""
        self.begin(**settings)
        return self.wait()

    def begin(self, **settings: str) -> None:
        """Start it, and do not wait."""
        jars, java = jars_and_java(self.version)
        named = self.settings | {name.replace("__", "."): value for name, value in settings.items()}
        (self.home / "conf").mkdir(exist_ok=True)
        (self.home / "conf" / "neo4j.conf").write_text(_configuration(self.version, self.port, named))
        opened = [f"--add-opens={package}=ALL-UNNAMED" for package in PACKAGES]
        if self.version == NEWEST:
            opened += ["--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"]
        main = "org.neo4j.server.Neo4jCommunity" if self.version == NEWEST else "org.neo4j.server.CommunityEntryPoint"
        command = [java, *self.java, *opened, "-cp", f"{jars}/*", main, f"--home-dir={self.home}",
                   f"--config-dir={self.home / 'conf'}"]  # fmt: skip
        command += [] if self.version == TOO_OLD else ["--console-mode"]
        with open(self.home / "output.txt", "wb") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)

    def wait(self) -> Server:
        """Wait until it answers, and give it its password on the first start."""
        assert self.process is not None
        _wait_until_started(self.process, self.home / "output.txt")
        if self.is_new and self.version != TOO_OLD:
            _with_new_password(self.server.uri)
            self.is_new = False
        return self.server

    def stop(self) -> None:
        """Stop it as an administrator would; its home stays."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """End it at once, as a loss of power would; its home stays."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def jars_and_java(version: str) -> tuple[str, str]:
    """The folder of a version's jars, fetched when they are not there, and a Java that runs it; raises NoServer."""
    jars = _output([str(CI / "neo4j-jars"), version], "Maven could not fetch Neo4j")
    return jars, _output([str(CI / "java"), str(JAVA[version])], f"no Java {JAVA[version]} or newer")


def _output(command: list[str], reason: str) -> str:
    if shutil.which("java") is None or shutil.which("mvn") is None:
        raise NoServer("no java and mvn here")
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise NoServer(f"{reason}: {run.stderr.strip()[-200:]}")
    return run.stdout.strip()


def _named_server(environment: Mapping[str, str]) -> Server:
    server = Server(environment["NEO4J_URI"], environment.get("NEO4J_USERNAME", "neo4j"),
                    environment.get("NEO4J_PASSWORD", ""), environment.get("NEO4J_DATABASE", "neo4j"))  # fmt: skip
    with server.driver() as driver:
        held = driver.execute_query("MATCH (n) RETURN count(n) AS held", database_=server.database).records[0]["held"]
    if held:
        raise RuntimeError(f"{server.uri} holds {held} nodes, and the tests would delete them: name an empty database")
    return server


def _configuration(version: str, port: int, settings: Mapping[str, str]) -> str:
    if version == TOO_OLD:
        own = {"dbms.default_listen_address": "127.0.0.1", "dbms.connector.bolt.listen_address": f"127.0.0.1:{port}",
               "dbms.connector.http.enabled": "false", "dbms.connector.https.enabled": "false",
               "dbms.memory.pagecache.size": "64m", "dbms.security.auth_enabled": "false"}  # fmt: skip
    else:
        own = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "dbms.usage_report.enabled": "false",
            "db.tx_log.preallocate": "false",
            "server.memory.pagecache.size": "256m",
            "dbms.security.auth_max_failed_attempts": "0",  # or the tests of a wrong password would lock the account
        }
    return "\n".join(f"{name}={value}" for name, value in (own | dict(settings)).items())


def _wait_until_started(process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "Started." not in output.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NoServer(f"Neo4j did not start: {output.read_text(errors='replace')[-500:]}")
        time.sleep(0.1)


def _with_new_password(uri: str) -> Server:
    with neo4j.GraphDatabase.driver(uri, auth=("neo4j", "neo4j"), notifications_min_severity="OFF") as driver:
        driver.execute_query("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=PASSWORD, database_="system")
    return Server(uri, "neo4j", PASSWORD)
