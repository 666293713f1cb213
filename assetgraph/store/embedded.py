"""The embedded store: one graph file (or memory) through kglite, which only ``graph_file`` knows besides."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

import kglite

from assetgraph.collecting import paused
from assetgraph.errors import StoreError
from assetgraph.store.contract import Change, Limit, Progress, Store
from assetgraph.store.graph_file import GraphFile, in_one_line
from assetgraph.store.writer import MARK, VIRTUAL, Statement, check_made, size, statements

__all__ = ["EmbeddedStore"]

BATCH = 5_000
"""Rows in one statement; a progress line moves once for each."""

_BAD_VALUES = (ValueError, TypeError, OverflowError, RecursionError)  # what the engine raises for a parameter it cannot hold
# A question about something that nobody recorded yet is no mistake, so it makes no noise on standard error.
kglite.set_query_warning_policy("silent")


class EmbeddedStore(Store):
    """A graph file. Reading takes no lock; writing holds the file's one lease until it is closed.

    A change is made in memory and then saved in one step that replaces the file: a change that fails leaves
    the file as it was.
    """

    kind = "embedded"

    def __init__(self, where: str | os.PathLike[str], *, write: bool) -> None:
        self._file = None if str(where) == ":memory:" else GraphFile(where)
        self.address = ":memory:" if self._file is None else self._file.address
        self._write = write or self._file is None
        self._graph = self._open()
        try:
            self._check_ours()
        except BaseException:
            self.close()
            raise

    def read(self, query: str, params: Mapping[str, Any] | None = None, *,
             limit: Limit | None = None) -> list[dict[str, Any]]:  # fmt: skip
        """Rows of a trusted, read-only query, in its order."""
        bounds: dict[str, Any] = {"timeout_ms": int(limit.seconds * 1000), "row_limit": limit.rows + 1} if limit else {}
        try:
            rows = _rows(self._graph, query, dict(params or {}), **bounds)
        except kglite.CypherTimeoutError as error:
            raise StoreError(f"{self.address}: the query took longer than it may", "ask for less at once") from error
        except kglite.ReadOnlyError as error:
            raise StoreError(f"{self.address}: a reading query tried to write", "ask with MATCH and RETURN only") from error
        except (kglite.KgError, *_BAD_VALUES) as error:
            raise StoreError(f"{self.address}: the query could not be run: {in_one_line(error)}", "check the query") from error
        self._within(limit, len(rows))
        return [{name: _plain(value) for name, value in row.items()} for row in rows]

    def apply(self, change: Change, progress: Progress | None = None) -> None:
        """Make a change in memory and save it; when anything fails the file and this store stay as they were."""
        if not self._write:
            raise StoreError(f"{self.address}: opened for reading", "open it with write=True")
        # The graph before the change is kept by not touching it: the change is made on a copy.
        changed = self._graph.copy()
        work = statements(change, BATCH, is_new=self._graph.shape == (0, 0))
        changed.read_only(False)
        try:
            changed.cypher(MARK)
            with paused():
                _run(changed, work, size(change), progress)
            if self._file is not None:
                self._file.save(changed)
        except (kglite.KgError, OSError, *_BAD_VALUES) as error:
            raise StoreError(f"{self.address}: could not be written, and stays as it was: {in_one_line(error)}",
                             "check that the folder is writable and has room") from error  # fmt: skip
        changed.read_only(True)
        self._graph = changed

    def close(self) -> None:
        """Let go of the file and of its lease; no side files stay behind."""
        if self._file is not None:
            self._file.release()

    def _bytes(self) -> int | None:
        return self._file.bytes() if self._file is not None else None

    def _open(self) -> kglite.KnowledgeGraph:
        graph = kglite.KnowledgeGraph()
        if self._file is not None:
            graph = self._file.take() if self._write else self._file.load()
        graph.read_only(True)
        return graph


def _run(graph: kglite.KnowledgeGraph, work: Iterator[Statement], total: int, progress: Progress | None) -> None:
    done = 0
    for step in work:
        rows = _rows(graph, step.query, {"rows": step.rows})
        if step.counted:
            check_made(rows, step.rows)
        done += len(step.rows)
        if progress is not None:
            progress(step.what, done, max(done, total))


def _rows(graph: kglite.KnowledgeGraph, query: str, params: dict[str, Any], **bounds: Any) -> list[dict[str, Any]]:
    answer = graph.cypher(query, params=params, **bounds)
    if not isinstance(answer, kglite.ResultView):  # "… FORMAT CSV" gives text
        raise StoreError("the query does not return rows", "end it with RETURN")
    return answer.to_list()


def _plain(value: Any) -> Any:
    """Nodes and ties as their own properties, without the names that the engine adds by itself."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"id", "labels", "properties"}:
        return {"label": value["labels"][0], **_own(value["properties"])}
    if value.keys() == {"id", "start", "end", "type", "properties"}:
        return {"type": value["type"], **_own(value["properties"])}
    return {name: _plain(item) for name, item in value.items()}


def _own(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(item) for name, item in properties.items() if name not in VIRTUAL}
