"""The shared store: Neo4j 5 or newer through the official driver. No other module knows the driver."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import neo4j
from neo4j import exceptions as driver_errors
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date

from assetgraph.errors import StoreError, StoreUnavailable
from assetgraph.store.contract import Change, Progress, Store
from assetgraph.store.parts import Part, parts
from assetgraph.store.turn import Turn, running_since
from assetgraph.store.writer import MARK, schema_statements, size

__all__ = ["ServerStore"]

_DRIVER_ERRORS = (driver_errors.Neo4jError, driver_errors.DriverError, OSError)
_BAD_VALUES = (ValueError, TypeError, OverflowError)  # what the driver raises for a parameter or a host it cannot use

T = TypeVar("T")


class ServerStore(Store):
    """One database of a Neo4j server. Only managed transactions, so that what fails half-way leaves nothing."""

    kind = "neo4j"

    def __init__(self, address: str, *, write: bool) -> None:
        self.address = address
        self._write = write
        self._turn: Turn | None = None
        self._generation = 0
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

    @contextmanager
    def writing(self, told: Callable[[str], None] | None = None) -> Iterator[int]:
        """A turn at writing, waited for; the first on an empty database makes constraints, indexes and the marker.

        Raises StoreError when this store was opened for reading, ForeignGraph when somebody else's graph has
        appeared; then nothing is made.
        """
        if not self._write:
            raise StoreError(f"{self.address}: opened for reading", "open it with write=True")
        if self._turn is not None:
            yield self._generation
            return
        self._prepare()
        turn = Turn(self._managed, self._once, self.address)
        self._generation, self._turn = turn.take(told), turn
        try:
            yield self._generation
        except StoreUnavailable:
            turn.fall_silent()  # the server has gone, so there is nobody to tell
            raise
        finally:
            self._turn = None
            turn.let_go()

    def apply(self, change: Change, progress: Progress | None = None) -> None:
        """Write a change: as one transaction when it is short, else in parts that building again completes.

        While parts are written, and after they were cut short, the marker names what is not whole. An error says
        how much is in.
        """
        with self.writing():
            done, total = 0, size(change)
            is_new, self._generation = self._generation == 0, self._generation + 1
            for part in parts(change, is_new=is_new):
                try:
                    self._managed(lambda tx, part=part: self._write_part(tx, part), neo4j.WRITE_ACCESS)  # type: ignore[misc]
                except StoreError as error:
                    raise _cut_short(error, done, total) from error.__cause__
                for batch in part.batches:
                    done += len(batch.rows)
                    if progress is not None:
                        progress(batch.what, done, max(done, total))

    def caution(self) -> str | None:
        """One line for whoever reads while a build is writing, or after one did not finish; None when all is whole."""
        since = running_since(self.read)
        if since is not None and self.unfinished():
            return f"{self.address}: a build is writing, since {since}; old and new rows are mixed. To mend it: ask again later."
        return super().caution()

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def _write_part(self, tx: neo4j.ManagedTransaction, part: Part) -> None:
        turn = cast("Turn", self._turn)
        turn.hold(tx)
        part.write(tx)
        turn.hold(tx)  # a long transaction ends with a sign of life

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

    def _once(self, work: Callable[[neo4j.Transaction], T]) -> T:
        """A transaction that is not tried again, for signs of life: the next one is on its way."""
        try:
            with self._driver.session(database=self._database) as session, session.begin_transaction() as tx:
                done = work(tx)
                tx.commit()
                return done
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


def _cut_short(error: StoreError, done: int, total: int) -> StoreError:
    """The same error, saying what is in and what is not."""
    if not done:
        return type(error)(f"{error.what}; nothing was written", error.cure)
    return type(error)(f"{error.what}; {done:,} of {total:,} changes are in, the rest and the list of sources are not",
                       f"{error.cure}; then build again, which writes what is missing")  # fmt: skip


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
