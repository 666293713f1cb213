"""A real Neo4j for the tests: the one that NEO4J_URI names, else one started here from Maven's artifacts.

Everything in the database is deleted between tests, so a server that NEO4J_URI names must be empty to begin with.
Those who have Docker start one from compose.yaml and set NEO4J_URI; the tests start no container themselves.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import neo4j

HOW_TO_GET_ONE = "set NEO4J_URI (see compose.yaml) to an empty database, or install Java 17 and Maven"
JARS = Path(__file__).parent.parent / ".ci" / "neo4j-jars"
MAIN_CLASS = "org.neo4j.server.CommunityEntryPoint"
PACKAGES = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
PASSWORD = "only-for-these-tests"  # the server listens on this machine only and is gone afterwards
START_SECONDS = 120


class NoServer(Exception):
    """No Neo4j can be had here."""


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
    if shutil.which("java") is None or shutil.which("mvn") is None:
        raise NoServer("no java and mvn here")
    jars = subprocess.run([JARS], capture_output=True, text=True, check=False)
    if jars.returncode != 0:
        raise NoServer(f"Maven could not fetch Neo4j: {jars.stderr.strip()[-200:]}")
    home = Path(tempfile.mkdtemp(prefix="neo4j-for-tests-"))
    try:
        with _process(jars.stdout.strip(), home) as server:
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _named_server(environment: Mapping[str, str]) -> Server:
    server = Server(environment["NEO4J_URI"], environment.get("NEO4J_USERNAME", "neo4j"),
                    environment.get("NEO4J_PASSWORD", ""), environment.get("NEO4J_DATABASE", "neo4j"))  # fmt: skip
    with server.driver() as driver:
        held = driver.execute_query("MATCH (n) RETURN count(n) AS held", database_=server.database).records[0]["held"]
    if held:
        raise RuntimeError(f"{server.uri} holds {held} nodes, and the tests would delete them: name an empty database")
    return server


@contextmanager
def _process(jars: str, home: Path) -> Iterator[Server]:
    port = _free_port()
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").write_text(_configuration(port))
    opened = [f"--add-opens={package}=ALL-UNNAMED" for package in PACKAGES]
    command = ["java", "-Xmx768m", *opened, "-cp", f"{jars}/*", MAIN_CLASS, f"--home-dir={home}",
               f"--config-dir={home / 'conf'}", "--console-mode"]  # fmt: skip
    with open(home / "output.txt", "wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_started(process, home / "output.txt")
            yield _with_new_password(f"bolt://127.0.0.1:{port}")
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _configuration(port: int) -> str:
    return "\n".join([
        "server.default_listen_address=127.0.0.1",
        f"server.bolt.listen_address=127.0.0.1:{port}",
        "server.http.enabled=false",
        "server.https.enabled=false",
        "dbms.usage_report.enabled=false",
        "db.tx_log.preallocate=false",
        "server.memory.pagecache.size=256m",
        "dbms.security.auth_max_failed_attempts=0",  # or the tests of a wrong password would lock the account
    ])  # fmt: skip


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


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
