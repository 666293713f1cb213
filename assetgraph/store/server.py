"""The shared store: Neo4j 5 or newer through the official driver. No other module knows the driver."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import neo4j
from neo4j import exceptions as driver_errors
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date

from assetgraph.errors import StoreError, StoreUnavailable
from assetgraph.stopping import check
from assetgraph.store.contract import Change, Progress, Store
from assetgraph.store.writer import MARK, Statement, check_made, schema_statements, statements

__all__ = ["ServerStore"]

BATCH = 1_000
"""Rows in one statement."""

ONE_TRANSACTION = 20_000
"""Rows up to which a whole change is one transaction; a longer one is written in parts, the ledger last."""

_DRIVER_ERRORS = (driver_errors.Neo4jError, driver_errors.DriverError, OSError)
_BAD_VALUES = (ValueError, TypeError, OverflowError)  # what the driver raises for a parameter or a host it cannot use

T = TypeVar("T")


class ServerStore(Store):
    """One database of a Neo4j server. Only managed transactions, so that what fails half-way leaves nothing."""

    kind = "neo4j"

    def __init__(self, address: str, *, write: bool) -> None:
        self.address = address
        self._write = write
        self._database = os.environ.get("NEO4J_DATABASE") or "neo4j"
        user = os.environ.get("NEO4J_USERNAME") or "neo4j"
        password = os.environ.get("NEO4J_PASSWORD") or ""
        try:
            self._driver = neo4j.GraphDatabase.driver(
                address, auth=(user, password), notifications_min_severity="OFF", warn_notification_severity="OFF",
                connection_timeout=15.0, max_transaction_retry_time=15.0,
            )  # fmt: skip
        except (driver_errors.ConfigurationError, ValueError) as error:
            raise StoreUnavailable(f"{address}: not an address that the Neo4j driver can use",
                                   "use one such as neo4j+s://host or bolt://host:7687") from error  # fmt: skip
        try:
            self._connect()
            self._check_version()
            self._version = self._check_ours()
        except BaseException:
            self.close()
            raise

    def read(self, query: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Rows of a trusted, read-only query, in its order."""

        def work(tx: neo4j.ManagedTransaction) -> list[dict[str, Any]]:
            answer = tx.run(query, dict(params or {}))
            return [dict(zip(record.keys(), map(_plain, record.values()), strict=True)) for record in answer]

        return self._managed(work, neo4j.READ_ACCESS)

    def apply(self, change: Change, progress: Progress | None = None) -> None:
        """Write a change: as one transaction when it is short, else in parts that building again mends."""
        if not self._write:
            raise StoreError(f"{self.address}: opened for reading", "open it with write=True")
        self._prepare()
        batches = list(_batches(list(statements(change))))
        total, done = sum(len(batch.rows) for batch in batches), 0
        for part in [batches] if total <= ONE_TRANSACTION else [[batch] for batch in batches]:
            check()
            self._managed(lambda tx, part=part: _run(tx, part), neo4j.WRITE_ACCESS)  # type: ignore[misc]
            for batch in part:
                done += len(batch.rows)
                if progress is not None:
                    progress(batch.what, done, total)

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _prepare(self) -> None:
        """On first use: refuse a foreign graph, then make constraints and indexes, then mark the graph as ours."""
        self._version = self._check_ours()
        if self._version is not None:
            return
        self._managed(lambda tx: [tx.run(line).consume() for line in schema_statements()], neo4j.WRITE_ACCESS)
        self.read("CALL db.awaitIndexes(300)")
        self._managed(lambda tx: tx.run(MARK).consume(), neo4j.WRITE_ACCESS)

    def _connect(self) -> None:
        try:
            self._driver.verify_connectivity()
        except (*_DRIVER_ERRORS, *_BAD_VALUES) as error:
            found = self._explained(error)
            if isinstance(found, StoreUnavailable):
                raise found from error
            raise StoreUnavailable(f"{self.address}: cannot be reached: {_one_line(error)}", "check the address") from error

    def _check_version(self) -> None:
        rows = self.read("CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version")
        version = str(rows[0]["version"]) if rows else "unknown"
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) < 5:
            raise StoreUnavailable(f"{self.address}: Neo4j {version} is too old", "use Neo4j 5 or newer")

    def _managed(self, work: Callable[[neo4j.ManagedTransaction], T], access: str) -> T:
        try:
            with self._driver.session(database=self._database, default_access_mode=access) as session:
                return session.execute_read(work) if access == neo4j.READ_ACCESS else session.execute_write(work)
        except (*_DRIVER_ERRORS, *_BAD_VALUES) as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError:
        """The same error in one line with a cure; a password is in none of them."""
        code = getattr(error, "code", None) or ""
        if isinstance(error, driver_errors.AuthError):
            return StoreUnavailable(f"{self.address}: refused the user name or password",
                                    "set NEO4J_USERNAME and NEO4J_PASSWORD")  # fmt: skip
        if code.endswith("DatabaseNotFound"):
            return StoreUnavailable(f"{self.address}: has no database {self._database!r}", "set NEO4J_DATABASE")
        if code.endswith("Statement.AccessMode"):
            return StoreError(f"{self.address}: a reading query tried to write", "ask with MATCH and RETURN only")
        if code.startswith("Neo.ClientError.Schema.ConstraintCreationFailed"):
            return StoreError(f"{self.address}: a constraint cannot be made: {_one_line(error)}",
                              "use another database (NEO4J_DATABASE)")  # fmt: skip
        if isinstance(error, driver_errors.ServiceUnavailable | driver_errors.SessionExpired | OSError):
            return StoreUnavailable(f"{self.address}: no Neo4j answers there: {_one_line(error)}",
                                    "start the server, or check the address (neo4j+s:// if it wants encryption)")  # fmt: skip
        if isinstance(error, driver_errors.UnsupportedServerProduct | driver_errors.ConfigurationError):
            return StoreUnavailable(f"{self.address}: is not a Neo4j that the driver can talk to: {_one_line(error)}",
                                    "use Neo4j 5 or newer")  # fmt: skip
        return StoreError(f"{self.address}: the query could not be run: {_one_line(error)}", "check the query")


def _batches(work: list[Statement]) -> Iterator[Statement]:
    for step in work:
        for start in range(0, len(step.rows), BATCH):
            yield Statement(step.what, step.query, step.rows[start : start + BATCH], step.counted)


def _run(tx: neo4j.ManagedTransaction, batches: list[Statement]) -> None:
    for batch in batches:
        answer = tx.run(batch.query, {"rows": batch.rows}).data()
        if batch.counted:
            check_made(answer, batch.rows)


def _plain(value: Any) -> Any:
    """Dates as ``datetime.date``, nodes and ties as their properties with a label or type, in any depth."""
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, Node):
        return {"label": min(value.labels, default=""), **_plain(dict(value))}
    if isinstance(value, Relationship):
        return {"type": value.type, **_plain(dict(value))}
    if isinstance(value, Path):
        return {"nodes": [_plain(n) for n in value.nodes], "relationships": [_plain(r) for r in value.relationships]}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
