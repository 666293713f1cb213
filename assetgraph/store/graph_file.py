"""A graph file on the disk: read, leased to one writer, saved whole and let go of, through kglite."""

from __future__ import annotations

import os
import re
import stat
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import kglite

from assetgraph.errors import OutputError, StoreError, StoreUnavailable
from assetgraph.files import cause, check_replaceable, replacing, sweep

__all__ = ["GraphFile", "in_one_line"]

_SIDES = (".lock", ".lock-owner")
_REBUILD = "build it again from your files, under another name"
_SHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff")
"""How workbooks, old and new, and text in two bytes a letter begin."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text holds and every graph file does."""


class GraphFile:
    """One graph file. A link is followed, so that a file with two names still has one lease."""

    def __init__(self, where: str | os.PathLike[str]) -> None:
        path = Path(where).expanduser()
        self.address = str(path)
        self.path = path
        try:
            self.path = Path(os.path.realpath(path))
        except OSError as problem:  # we are in a folder that was deleted
            raise self._not_opened(problem, spilled=False) from problem
        self._lease: kglite.KnowledgeGraph | None = None
        self._seen: tuple[int, int] | None = None

    def load(self) -> kglite.KnowledgeGraph:
        """The graph for reading: what was saved last, whoever is writing meanwhile. Takes no lease.

        Raises StoreUnavailable where nothing is there to read, StoreError for what is no graph file, is damaged or
        was written by a newer engine.
        """
        self._check_is_file()
        if self._stamp() is None:
            raise StoreUnavailable(f"{self.address}: no graph here yet",
                                   "build one first (assetgraph build FILE…), or pass your files in its place")  # fmt: skip
        # By itself the engine checks a large column only when it is used, and numbers in it not even then.
        return self._engine(lambda: kglite.load(str(self.path), verify="eager"))

    def take(self) -> kglite.KnowledgeGraph:
        """The graph for writing, empty where there is no file yet; the lease is ours until ``release``.

        Raises as ``load`` does, and StoreUnavailable when somebody else holds the lease or the file is read-only.
        """
        self._check_is_file()
        if not self.path.parent.is_dir():
            raise StoreUnavailable(f"{self.address}: its folder does not exist", "make the folder, or name another one")
        try:
            check_replaceable(self.path)
        except OutputError as error:
            raise StoreUnavailable(error.what.replace(str(self.path), self.address, 1), error.cure) from error
        with self._turn():
            there = [suffix for suffix in _SIDES if os.path.exists(f"{self.path}{suffix}")]
            try:
                self._seen = self._stamp()
                graph = self._lease = self._engine(self._opened)
            except StoreError:
                self._unlink(set(_SIDES) - set(there))
                raise
        sweep(self.path)
        return graph

    def save(self, graph: kglite.KnowledgeGraph) -> None:
        """Nothing; the file now holds this graph, safe on the disk.

        Raises StoreError when it cannot be written; then the file is as it was.
        """
        if self.path.parent.is_dir() and self._stamp() != self._seen:
            raise StoreError(f"{self.address}: another program changed it since it was opened; it stays as it was then left",
                             "run the command again")  # fmt: skip
        try:
            with replacing(self.path) as part:
                _save(graph, part)
        except OutputError as error:
            what = error.what.replace(str(self.path), self.address, 1)
            raise StoreError(f"{what}; what was saved before stays as it was", error.cure) from error
        self._seen = self._stamp()

    def release(self) -> None:
        """Let go of the lease; no side files stay behind. Twice is harmless."""
        lease, self._lease = self._lease, None
        if lease is None:
            return
        with self._turn():
            self._unlink(_SIDES)
            # close() would save the graph as it was opened; leaving as after an error lets go without saving.
            lease.__exit__(StoreError, None, None)

    def bytes(self) -> int | None:
        """The size of the file; None where there is none."""
        stamp = self._stamp()
        return None if stamp is None else stamp[0]

    def _stamp(self) -> tuple[int, int] | None:
        """What tells whether somebody else saved meanwhile."""
        try:
            found = self.path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as problem:
            what, cure = cause(problem)
            raise StoreUnavailable(f"{self.address}: cannot be opened: {what}", cure) from problem
        return found.st_size, found.st_mtime_ns

    def _check_is_file(self) -> None:
        with suppress(OSError):
            mode = self.path.stat().st_mode
            if stat.S_ISDIR(mode):
                raise StoreUnavailable(f"{self.address}: is a folder, not a graph file", "name a file, such as assetgraph.kgl")
            if not stat.S_ISREG(mode):
                raise StoreUnavailable(f"{self.address}: is a device or a pipe, not a graph file", "name a file")

    def _opened(self) -> kglite.KnowledgeGraph:
        graph = kglite.open(str(self.path), durable="off")
        report = graph.verify_integrity()
        if not report["ok"]:
            graph.__exit__(StoreError, None, None)
            raise StoreError(f"{self.address}: is damaged", _REBUILD)
        return graph

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Nothing; inside, nobody else takes or leaves a lease in this folder.

        The lease is a lock on a side file. Who waits for one while its holder takes the file away would get a lock on
        a file without a name, beside somebody with a lock on the next file of that name: two writers.
        """
        try:
            import fcntl
        except ImportError:  # Windows does not take away a file that somebody has open
            yield
            return
        try:
            handle = os.open(self.path.parent, os.O_RDONLY)
        except OSError:  # the folder is gone, and the lease with it
            yield
            return
        try:
            with suppress(OSError):  # some network disks lock no folder
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _unlink(self, suffixes: Iterable[str]) -> None:
        for suffix in suffixes:
            with suppress(OSError):
                os.unlink(f"{self.path}{suffix}")

    def _engine(self, load: Callable[[], kglite.KnowledgeGraph]) -> kglite.KnowledgeGraph:
        try:
            return load()
        except kglite.WriterLeaseHeldError as error:
            raise self._held(error) from error
        except kglite.KgError as error:
            problem = _system_error(error)
            if problem is not None:
                raise self._not_opened(problem, spilled="spill" in str(error)) from error
            if not isinstance(error, kglite.FileFormatError):
                raise StoreUnavailable(f"{self.address}: cannot be opened: {in_one_line(error)}",
                                       "check that you may read and write it") from error  # fmt: skip
            if "only supports" in str(error):
                raise StoreError(f"{self.address}: written by a newer version of the graph engine",
                                 f"upgrade assetgraph, or {_REBUILD}") from error  # fmt: skip
            if self._is_sheet():
                raise StoreError(f"{self.address}: that is a sheet, not a graph file",
                                 "leave out --store and name it as a file") from error  # fmt: skip
            raise StoreError(f"{self.address}: not a graph file, or damaged", _REBUILD) from error
        except (OSError, ValueError) as error:
            raise StoreUnavailable(f"{self.address}: cannot be opened: {in_one_line(error)}",
                                   "check that you may read and write it") from error  # fmt: skip

    def _held(self, error: kglite.WriterLeaseHeldError) -> StoreUnavailable:
        """Who is writing: process and moment, as far as they are known."""
        holder = error.holder
        if holder.get("self"):
            return StoreUnavailable(f"{self.address}: this process is writing to it already", "close the other store first")
        known = [f"pid {holder['pid']}"] if holder.get("pid") else []
        with suppress(ValueError):
            since = datetime.fromisoformat(holder.get("since") or "")
            known.append(f"since {since.astimezone():%Y-%m-%d %H:%M:%S}")
        who = f" ({', '.join(known)})" if known else ""
        return StoreUnavailable(f"{self.address}: another process is writing to it{who}",
                                "wait until it has finished, then try again; reading goes on meanwhile")  # fmt: skip

    def _not_opened(self, problem: OSError, *, spilled: bool) -> StoreUnavailable:
        what, cure = cause(problem)
        if spilled:
            folder = os.environ.get("KGLITE_TMPDIR") or tempfile.gettempdir()
            return StoreUnavailable(f"{self.address}: cannot be opened, since in {folder}, the folder of temporary files, {what}",
                                    "free some room there, or let TMPDIR name another folder")  # fmt: skip
        if os.path.exists(self.path) and not os.access(self.path, os.R_OK):
            what, cure = "you may not read it", "ask whoever owns it, or name another file"
        return StoreUnavailable(f"{self.address}: cannot be opened: {what}", cure)

    def _is_sheet(self) -> bool:
        """Whether the file is a workbook or text, such as somebody fills in."""
        try:
            with self.path.open("rb") as file:
                start = file.read(4096)
        except OSError:
            return False
        return start.startswith(_SHEET_STARTS) or (bool(start.strip()) and not _CONTROL.search(start))


def _save(graph: kglite.KnowledgeGraph, part: Path) -> None:
    """Raises OSError where the system refuses, so that it is told like every other refusal."""
    try:
        with warnings.catch_warnings():
            # Of a large graph the engine warns that it will be read less lazily, which is none of a coordinator's business.
            warnings.simplefilter("ignore", kglite.MappedFallbackWarning)
            graph.save(str(part), fsync=False)  # flushed by whoever puts it in place
    except kglite.KgError as error:
        raise _system_error(error) or error from error


def in_one_line(error: BaseException) -> str:
    """What an error says, on one line of at most 300 letters."""
    return " ".join(str(error).split())[:300]


def _system_error(error: kglite.KgError) -> OSError | None:
    """The system's error that the engine's text ends in; None where the engine speaks for itself."""
    number = re.search(r"\(os error (\d+)\)", str(error))
    if number is None:
        return None
    code = int(number[1])
    return OSError(0, "", None, code) if os.name == "nt" else OSError(code, os.strerror(code))
