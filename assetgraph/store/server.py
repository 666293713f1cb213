"""The shared store: Neo4j 5 or newer through the official driver. No other module knows the driver."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import neo4j
from neo4j import exceptions as driver_errors
from neo4j.graph import Node, Path, Relationship
from neo4j.time import Date

from assetgraph.errors import StoreError, StoreUnavailable
from assetgraph.stopping import check
from assetgraph.store.contract import Change, Limit, Progress, Store
from assetgraph.store.failures import AGAIN, BAD_VALUES, DRIVER_ERRORS, InDoubt, explained
from assetgraph.store.parts import Part, parts
from assetgraph.store.turn import Turn, running_since
from assetgraph.store.writer import MARK, schema_statements, size

__all__ = ["ServerStore"]

OLDEST = 5
"""The first version of Neo4j that is spoken with."""

PATIENCE = 15.0
"""Seconds in which a server must answer the first word."""

TRIES = 30.0
"""Seconds for which the driver tries again what may pass: a server that restarts, a deadlock, memory used by others."""

LONGEST = 600.0
"""Seconds after which the server ends a transaction of ours, so that a machine put to sleep holds nobody up for ever."""

# The driver tells of what it tries again; whoever wants to hear that gives its logger a handler.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

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
        if self._database.lower() == "system":
            raise StoreUnavailable(f"{address}: the database 'system' is the server's own", "set NEO4J_DATABASE to another")
        self._user = os.environ.get("NEO4J_USERNAME") or "neo4j"
        try:
            self._driver = neo4j.GraphDatabase.driver(
                address, auth=_secret(self._user), notifications_min_severity="OFF", warn_notification_severity="OFF",
                connection_timeout=PATIENCE, connection_acquisition_timeout=PATIENCE, max_transaction_retry_time=TRIES,
            )  # fmt: skip
        except (driver_errors.ConfigurationError, ValueError) as error:
            raise StoreUnavailable(f"{address}: not an address that the Neo4j driver can use",
                                   "use one such as neo4j+s://host or bolt://host:7687") from error  # fmt: skip
        try:
            self._check_version()
            self._version = self._check_ours()
        except BaseException:
            self.close()
            raise

    def read(self, query: str, params: Mapping[str, Any] | None = None, *,
             limit: Limit | None = None) -> list[dict[str, Any]]:  # fmt: skip
        """Rows of a trusted, read-only query, in its order; one with a limit is tried once only."""

        def work(tx: neo4j.ManagedTransaction | neo4j.Transaction) -> list[dict[str, Any]]:
            rows = []
            for record in tx.run(query, dict(params or {})):
                rows.append(dict(zip(record.keys(), map(_plain, record.values()), strict=True)))
                self._within(limit, len(rows))
            return rows

        return self._once(work, neo4j.READ_ACCESS, limit.seconds) if limit else self._managed(work, neo4j.READ_ACCESS)

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
        finally:
            self._turn = None
            turn.let_go()

    def apply(self, change: Change, progress: Progress | None = None) -> None:
        """Write a change: as one transaction when it is short, else in parts that building again completes.

        While parts are written, and after they were cut short, the marker names what is not whole. An error says
        how much is in.
        """
        with self.writing():
            is_new = self.read("MATCH (n) RETURN count(n) AS held")[0]["held"] <= 1  # the marker itself
            done, total = 0, size(change)
            for part in parts(change, is_new=is_new):
                check()
                try:
                    self._managed(lambda tx, part=part: self._write_part(tx, part), neo4j.WRITE_ACCESS)  # type: ignore[misc]
                except StoreError as error:
                    raise _cut_short(error, done, part.rows, total) from error.__cause__
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

    def _check_version(self) -> None:
        # Asked once, without trying again: who mistyped an address hears of it now.
        query = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version"
        row = self._once(lambda tx: tx.run(query).single(), neo4j.READ_ACCESS)
        version = str(row["version"]) if row else "unknown"
        if version.split(".")[0].isdigit() and int(version.split(".")[0]) < OLDEST:
            raise StoreUnavailable(f"{self.address}: Neo4j {version} is too old", "use Neo4j 5 or newer")

    def _managed(self, work: Callable[[neo4j.ManagedTransaction], T], access: str) -> T:
        timed = neo4j.unit_of_work(timeout=LONGEST)(work)
        try:
            with self._driver.session(database=self._database, default_access_mode=access) as session:
                return session.execute_read(timed) if access == neo4j.READ_ACCESS else session.execute_write(timed)
        except (*DRIVER_ERRORS, *BAD_VALUES) as error:
            raise self._explained(error) from error

    def _once(self, work: Callable[[neo4j.Transaction], T], access: str = neo4j.WRITE_ACCESS, seconds: float = LONGEST) -> T:
        """A transaction that is not tried again: a sign of life, for the next is on its way, or a person's own query."""
        try:
            with (
                self._driver.session(database=self._database, default_access_mode=access) as session,
                session.begin_transaction(timeout=seconds) as tx,
            ):
                done = work(tx)
                tx.commit()
                return done
        except (*DRIVER_ERRORS, *BAD_VALUES) as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> StoreError:
        return explained(error, self.address, self._database, self._user)


def _cut_short(error: StoreError, done: int, part: int, total: int) -> StoreError:
    """The same error, saying what is in and what is not."""
    if isinstance(error, InDoubt):
        what = f"{error.what}; {done:,} of {total:,} changes are in, and perhaps the {part:,} that were being saved"
    elif done:
        what = f"{error.what}; {done:,} of {total:,} changes are in, the rest and the list of sources are not"
    else:
        return type(error)(f"{error.what}; nothing was written", error.cure)
    first = "" if error.cure == AGAIN else f"{error.cure}; then "
    return type(error)(what, f"{first}build again, which writes what is missing")


def _secret(user: str) -> neo4j.Auth:
    """Name and password for the driver; the password stays out of the local variables of whoever asks."""
    return neo4j.basic_auth(user, os.environ.get("NEO4J_PASSWORD") or "")


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

