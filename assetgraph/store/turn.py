"""Whose turn it is to write on a server: one writer at a time, across processes and machines.

A plan is worked out from what the store holds and then written, so both belong to one turn: a writer's name stands
on the marker node from before it reads until after it has written. Every transaction that writes takes the marker
first and looks whether the name is still its own, so two writers never mix and never lock each other out. A sign
of life every few seconds keeps a turn; a writer that died loses it after ``LEASE`` seconds, by the server's clock.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import neo4j

from assetgraph.errors import StoreError
from assetgraph.model.schema import MARKER_LABEL

__all__ = ["Turn", "running_since"]

LEASE = 30.0
"""Seconds without a sign of life after which a writer counts as dead."""

BEAT = 5.0
"""Seconds between two signs of life."""

LOOK = 0.5
"""Seconds between two looks at whether the turn is free."""

Transaction = neo4j.ManagedTransaction | neo4j.Transaction

_MARKER = f"MATCH (m:{MARKER_LABEL} {{id: 'assetgraph'}})"
_LOOK = f"{_MARKER} RETURN m.writer AS writer, m.since AS since, timestamp() - coalesce(m.beat, 0) AS silent"
# The first of these two statements waits for the marker's lock, so that the second reads what is there afterwards.
_LOCK = f"{_MARKER} SET m.generation = coalesce(m.generation, 0)"
_TAKE = (
    f"{_MARKER} WHERE m.writer IS NULL OR m.writer = $me OR timestamp() - coalesce(m.beat, 0) > $lease "
    "SET m.writer = $me, m.since = timestamp(), m.beat = timestamp() RETURN m.generation AS generation"
)
_HOLD = f"{_MARKER} SET m.beat = timestamp() RETURN m.writer AS writer"
_LET_GO = f"{_MARKER} WHERE m.writer = $me REMOVE m.writer, m.since, m.beat"


class Turn:
    """One writer's turn at one database. ``managed`` runs work in a transaction with retries, ``once`` without."""

    def __init__(self, managed: Callable[[Callable[[Transaction], Any], str], Any],
                 once: Callable[[Callable[[Transaction], Any]], Any], address: str) -> None:  # fmt: skip
        self._managed, self._once, self._address = managed, once, address
        self._me = uuid4().hex
        self._over = threading.Event()
        self._signs = threading.Thread(target=self._give_signs, name="assetgraph-turn", daemon=True)

    def take(self, told: Callable[[str], None] | None = None) -> int:
        """How many writes the store has seen, once the turn is ours; ``told`` hears whom we wait for."""
        while True:
            row = self._managed(lambda tx: tx.run(_LOOK).single(), neo4j.READ_ACCESS)
            if row is None:
                raise StoreError(f"{self._address}: was emptied while this build began", "build again")
            is_free = row["writer"] is None or row["silent"] > LEASE * 1000
            generation = self._managed(self._try, neo4j.WRITE_ACCESS) if is_free else None
            if generation is not None:
                self._signs.start()
                return int(generation)
            if told is not None and not is_free:
                told(f"another build is writing, since {_clock(row['since'])}; waiting for it")
            time.sleep(LOOK)

    def hold(self, tx: Transaction) -> None:
        """Keep the turn, first thing in a transaction that writes. Raises StoreError when another writer has it."""
        row = tx.run(_HOLD).single()
        if row is None or row["writer"] != self._me:
            raise StoreError(f"{self._address}: this build gave no sign of life for a while, and another one has begun to write",
                             "let the other one finish, then build again")  # fmt: skip

    def let_go(self) -> None:
        """Make room for the next writer: at once where the server answers, else when the lease has run out."""
        self._over.set()
        if self._signs.is_alive():
            self._signs.join(BEAT)
        with contextlib.suppress(StoreError):
            self._once(lambda tx: tx.run(_LET_GO, {"me": self._me}).consume())

    def _try(self, tx: Transaction) -> int | None:
        tx.run(_LOCK).consume()
        row = tx.run(_TAKE, {"me": self._me, "lease": int(LEASE * 1000)}).single()
        return None if row is None else int(row["generation"])

    def _give_signs(self) -> None:
        while not self._over.wait(BEAT):
            # A sign that does not arrive is followed by the next; the writer itself hears of a server that is gone.
            with contextlib.suppress(StoreError):
                self._once(self.hold)


def running_since(read: Callable[[str], list[dict[str, Any]]]) -> str | None:
    """The time at which a build that is writing now began; None when none is."""
    rows = [row for row in read(_LOOK) if row["writer"] is not None and row["silent"] <= LEASE * 1000]
    return _clock(rows[0]["since"]) if rows else None


def _clock(milliseconds: int) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000):%H:%M:%S}"
