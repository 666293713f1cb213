"""A change cut into transactions for a server, the ledger last, and what the marker says meanwhile.

A change that is short enough is one transaction. A longer one is several, and a reader or the next build may meet
the store between two of them: so the first names on the marker what is not whole, and the last takes it off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import neo4j

from assetgraph.model.schema import MARKER_LABEL
from assetgraph.store.contract import GRAPH, Change
from assetgraph.store.writer import Statement, check_made, size, statements

__all__ = ["Part", "parts"]

BATCH = 5_000
"""Rows in one statement."""

ONE_TRANSACTION = 20_000
"""Rows up to which a change is one transaction, and up to which statements share one in a longer change."""

_MARKER = f"MATCH (m:{MARKER_LABEL} {{id: 'assetgraph'}})"
_BEGUN = (
    f"{_MARKER} SET m.generation = coalesce(m.generation, 0) + 1, "
    "m.unfinished = coalesce(m.unfinished, []) + [one IN $ids WHERE NOT one IN coalesce(m.unfinished, [])]"
)
_WHOLE = f"{_MARKER} SET m.unfinished = [one IN coalesce(m.unfinished, []) WHERE NOT one IN $ids]"


@dataclass(slots=True)
class Part:
    """The statements of one transaction, and what the marker is told before and after them."""

    batches: list[Statement] = field(default_factory=list)
    rows: int = 0
    """How many rows the statements have together."""
    begins: list[str] | None = None
    """In the first part: what is not whole from here on."""
    settles: list[str] | None = None
    """In the last part: what is whole now."""

    def write(self, tx: neo4j.ManagedTransaction) -> None:
        """Run it. Raises StoreError when a fact names a node that is not there."""
        if self.begins is not None:
            tx.run(_BEGUN, {"ids": self.begins}).consume()
        for batch in self.batches:
            answer = tx.run(batch.query, {"rows": batch.rows}).data()
            if batch.counted:
                check_made(answer, batch.rows)
        if self.settles is not None:
            tx.run(_WHOLE, {"ids": self.settles}).consume()


def parts(change: Change, *, is_new: bool) -> Iterator[Part]:
    """The transactions of a change in their order; one at least, so that the marker hears of every change.

    Each is made when it is come to; ``is_new`` says that the store holds nothing yet, as in ``statements``.
    """
    # A fact that is put where there may be one is taken away first, so it counts twice.
    most = size(change) + (0 if is_new else len(change.edges))
    touched = _touched(change) if most > ONE_TRANSACTION else []
    part = Part(begins=touched)
    for batch in statements(change, BATCH, is_new=is_new):
        if part.batches and part.rows + len(batch.rows) > ONE_TRANSACTION:
            yield part
            part = Part()
        part.batches.append(batch)
        part.rows += len(batch.rows)
    part.settles = [*touched, *change.settles]
    yield part


def _touched(change: Change) -> list[str]:
    """Ids of the sources that a change writes or takes away, and the graph itself."""
    ids = {page.source for page in change.pages} | {source.id for source in change.sources}
    ids |= {key.partition("#")[0] for key in change.removed_pages} | set(change.removed_sources)
    return [GRAPH, *sorted(ids)]
