"""The embedded store: one graph file (or memory) through kglite. No other module knows kglite."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import kglite

from assetgraph.collecting import paused
from assetgraph.errors import StoreError, StoreUnavailable
from assetgraph.store.contract import Change, Limit, Progress, Store
from assetgraph.store.writer import MARK, VIRTUAL, Statement, check_made, size, statements

__all__ = ["EmbeddedStore"]

BATCH = 5_000
"""Rows in one statement; a progress line moves once for each."""

_SIDES = (".lock", ".lock-owner")
_BAD_VALUES = (ValueError, TypeError, OverflowError)  # what the engine raises for a parameter it cannot hold
_REBUILD = "build it again from your files, under another name"
_SHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff")
"""How workbooks, old and new, and text in two bytes a letter begin."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text holds and every graph file does."""

# A question about something that nobody recorded yet is no mistake, so it makes no noise on standard error.
kglite.set_query_warning_policy("silent")


class EmbeddedStore(Store):
    """A graph file. Reading takes no lock; writing holds the file's one lease until it is closed.

    A change is made in memory and then saved in one step that replaces the file: a change that fails leaves
    the file as it was.
    """

    kind = "embedded"

    def __init__(self, where: str | os.PathLike[str], *, write: bool) -> None:
        self._path = None if str(where) == ":memory:" else Path(where).expanduser()
        self.address = ":memory:" if self._path is None else str(self._path)
        self._write = write or self._path is None
        self._lease: kglite.KnowledgeGraph | None = None
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
            raise StoreError(f"{self.address}: the query could not be run: {_one_line(error)}", "check the query") from error
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
            if self._path is not None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                changed.save(str(self._path))
        except (kglite.KgError, OSError, *_BAD_VALUES) as error:
            raise StoreError(f"{self.address}: could not be written, and stays as it was: {_one_line(error)}",
                             "check that the folder is writable and has room") from error  # fmt: skip
        changed.read_only(True)
        self._graph = changed

    def close(self) -> None:
        """Let go of the file and of its lease; no side files stay behind."""
        lease, self._lease = self._lease, None
        if lease is None or self._path is None:
            return
        # While we still hold it, nobody else can be holding the file that is unlinked here.
        for suffix in _SIDES:
            with contextlib.suppress(OSError):
                os.unlink(f"{self._path}{suffix}")
        # close() would save the graph as it was opened; leaving as after an error lets go without saving.
        lease.__exit__(StoreError, None, None)

    def _bytes(self) -> int | None:
        return self._path.stat().st_size if self._path is not None and self._path.exists() else None

    def _open(self) -> kglite.KnowledgeGraph:
        if self._path is None:
            graph = kglite.KnowledgeGraph()
        elif self._path.is_dir():
            raise StoreUnavailable(f"{self.address}: is a folder, not a graph file", "name a file, such as assetgraph.kgl")
        elif self._write:
            graph = self._lease = self._open_for_writing(str(self._path))
        elif not self._path.exists():
            raise StoreUnavailable(f"{self.address}: no graph here yet",
                                   "build one first (assetgraph build FILE…), or pass your files in its place")  # fmt: skip
        else:
            graph = self._reading(lambda: kglite.load(str(self._path)))
        graph.read_only(True)
        return graph

    def _open_for_writing(self, path: str) -> kglite.KnowledgeGraph:
        if not Path(path).parent.is_dir():
            raise StoreUnavailable(f"{path}: its folder does not exist", "make the folder, or name another one")
        there = [suffix for suffix in _SIDES if os.path.exists(path + suffix)]
        try:
            return self._reading(lambda: kglite.open(path, durable="off"))
        except StoreError:
            for suffix in set(_SIDES) - set(there):
                with contextlib.suppress(OSError):
                    os.unlink(path + suffix)
            raise

    def _reading(self, load: Callable[[], kglite.KnowledgeGraph]) -> kglite.KnowledgeGraph:
        try:
            return load()
        except kglite.WriterLeaseHeldError as error:
            pid = error.holder.get("pid")
            raise StoreUnavailable(f"{self.address}: another process is writing to it (pid {pid})",
                                   "wait until it has finished, then try again") from error  # fmt: skip
        except kglite.FileFormatError as error:
            if "only supports" in str(error):
                raise StoreError(f"{self.address}: written by a newer version of the graph engine",
                                 f"upgrade assetgraph, or {_REBUILD}") from error  # fmt: skip
            if self._is_sheet():
                raise StoreError(f"{self.address}: that is a sheet, not a graph file",
                                 "leave out --store and name it as a file") from error  # fmt: skip
            raise StoreError(f"{self.address}: not a graph file, or damaged", _REBUILD) from error
        except (kglite.KgError, OSError, ValueError) as error:
            raise StoreUnavailable(f"{self.address}: cannot be opened: {_one_line(error)}",
                                   "check that you may read and write it") from error  # fmt: skip

    def _is_sheet(self) -> bool:
        """Whether the file is a workbook or text, such as somebody fills in."""
        try:
            with open(self.address, "rb") as file:
                start = file.read(4096)
        except OSError:
            return False
        return start.startswith(_SHEET_STARTS) or (bool(start.strip()) and not _CONTROL.search(start))


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


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]
