"""What a store is: it keeps records and the graph made from them, and answers parameterised Cypher.

Two stores keep this contract: the embedded one (a graph file, or memory) and Neo4j. The same query text gives the
same rows on both. What they share, reading the ledger and the whole graph back, is written once here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from assetgraph.errors import ForeignGraph, StoreError
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.nodes import Node
from assetgraph.model.records import Record, SourceInfo
from assetgraph.model.schema import SCHEMA_VERSION
from assetgraph.store import reader
from assetgraph.store.ledger import Page, records_of

__all__ = ["GRAPH", "Change", "Limit", "Progress", "Store", "StoreInfo"]

GRAPH = "graph"
"""What stands among unfinished sources for the graph as a whole: the next build of anything mends it."""

Progress = Callable[[str, int, int], None]
"""Told what is being written, how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a person's own query may take, so that no question hangs or fills the memory."""

    seconds: float = 30.0
    rows: int = 100_000


@dataclass(slots=True)
class Change:
    """What a store shall become: everything to put and everything to take away, in any order.

    Putting a node, fact, page or source that is already there replaces it as a whole. Taking away one that
    is not there does nothing. A removed node takes its facts with it.
    """

    nodes: list[Node] = field(default_factory=list)
    removed_nodes: list[tuple[str, str]] = field(default_factory=list)
    """(label, id)"""
    edges: Collection[Edge] = field(default_factory=list)
    removed_edges: list[tuple[str, str]] = field(default_factory=list)
    """(type, id of the fact)"""
    pages: list[Page] = field(default_factory=list)
    removed_pages: list[str] = field(default_factory=list)
    """Ids of pages of kept rows."""
    sources: list[SourceInfo] = field(default_factory=list)
    removed_sources: list[str] = field(default_factory=list)
    settles: list[str] = field(default_factory=list)
    """Ids out of ``Store.unfinished`` that this change makes whole."""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds. ``schema_version`` is None when nothing was ever built in it."""

    kind: str
    """embedded or neo4j"""
    address: str
    schema_version: int | None
    nodes: dict[str, int]
    """Label to count; every label of the model, 0 included."""
    facts: dict[str, int]
    """Type to count; every type of the model, 0 included."""
    records: int
    sources: tuple[SourceInfo, ...]
    bytes: int | None
    """Size of the graph file; None when there is no file."""
    unfinished: tuple[str, ...] = ()
    """As ``Store.unfinished``."""


class Store(ABC):
    """One place that keeps records and their graph; made by ``open_store``, closed by ``close`` or ``with``."""

    kind: str
    address: str
    """What to show a person; never holds a password."""

    @abstractmethod
    def read(self, query: str, params: Mapping[str, Any] | None = None, *,
             limit: Limit | None = None) -> list[dict[str, Any]]:  # fmt: skip
        """Rows of a trusted, parameterised, read-only query, in its order; dates are ``datetime.date``.

        Raises StoreError when it takes longer or gives more rows than ``limit`` allows.
        """

    @abstractmethod
    def apply(self, change: Change, progress: Progress | None = None) -> None:
        """Write a change. Applying it twice leaves what applying it once leaves."""

    @contextmanager
    def writing(self, told: Callable[[str], None] | None = None) -> Iterator[int]:
        """A turn at writing: from before a plan is made until it is written, nobody else writes.

        Gives how many changes the store has seen, so that a plan made in an earlier turn is known to hold still.
        Where several may write, it waits for the one before, and ``told`` hears for whom. A file that is open for
        writing is ours until it is closed, so here it is 0 and no wait. Turns may be nested; the outermost counts.
        """
        yield 0

    @abstractmethod
    def close(self) -> None:
        """Let go of the file or the server; closing twice is harmless."""

    def pages(self) -> list[Page]:
        """Every page of kept rows, by id."""
        return reader.pages(self.read)

    def records(self) -> list[Record]:
        """Every kept row, by source, file, sheet and row."""
        return records_of(self.pages())

    def sources(self) -> list[SourceInfo]:
        """Every source that was built from, by id."""
        return reader.sources(self.read)

    def digests(self) -> tuple[dict[str, str], dict[str, str]]:
        """What is stored, in short: node id to digest, and fact id to digest."""
        return reader.node_digests(self.read), reader.fact_digests(self.read)

    def unfinished(self) -> tuple[str, ...]:
        """Ids of sources that a build cut short has left partly old, partly new; by id, none when all is whole.

        "graph" stands among them while the graph may not be what the kept rows make.
        """
        return reader.unfinished(self.read)

    def caution(self) -> str | None:
        """One line for whoever reads a store that is not whole; None when it is."""
        left = self.unfinished()
        if not left:
            return None
        named = ", ".join(one for one in left if one != GRAPH) or "any file"
        return f"{self.address}: a build did not finish, so old and new rows are mixed. To mend it: build again ({named})."

    def graph(self) -> Graph:
        """The whole graph as typed nodes and facts, private fields included; sorted by label or type, then id."""
        return Graph(nodes=reader.nodes(self.read), edges=reader.edges(self.read))

    def info(self) -> StoreInfo:
        """What the store holds, counted."""
        nodes, facts, records = reader.counts(self.read)
        return StoreInfo(self.kind, self.address, reader.schema_version(self.read), nodes, facts, records,
                         tuple(self.sources()), self._bytes(), self.unfinished())  # fmt: skip

    def _bytes(self) -> int | None:
        return None

    def _within(self, limit: Limit | None, rows: int) -> None:
        if limit is not None and rows > limit.rows:
            raise StoreError(f"the query gives more than {limit.rows:,} rows", "ask for fewer, with WHERE or LIMIT")

    def _check_ours(self) -> int | None:
        """The schema version here, None for a store that nothing was built in; raises for a graph not ours."""
        version = reader.schema_version(self.read)
        if version is not None and version > SCHEMA_VERSION:
            raise StoreError(f"{self.address}: made by a newer version of assetgraph (schema {version}, this one "
                             f"knows {SCHEMA_VERSION})", "upgrade assetgraph")  # fmt: skip
        if version is not None and version < SCHEMA_VERSION:
            raise StoreError(f"{self.address}: made by an older version of assetgraph (schema {version}, this one "
                             f"writes {SCHEMA_VERSION})", "build it again from your files, under another name")  # fmt: skip
        foreign = None if version is not None else reader.label_in_use(self.read)
        if foreign is not None:
            version = reader.schema_version(self.read)  # another writer may have begun between the two looks
        if foreign is not None and version is None:
            raise ForeignGraph(f"{self.address}: holds a graph that assetgraph did not make, under the label {foreign}",
                               "use another database (NEO4J_DATABASE) or another file; nothing was written")  # fmt: skip
        return version

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
