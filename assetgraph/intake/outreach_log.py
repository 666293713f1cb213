"""The outreach log: a CSV beside the maps, filled in by hand or line by line; a line is added whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assetgraph.errors import InputError, OutputError
from assetgraph.files import check_replaceable, write_whole
from assetgraph.intake.delimited import read_delimited
from assetgraph.intake.reading import read_files
from assetgraph.model.names import guarded
from assetgraph.model.records import Reading
from assetgraph.model.sheets import OutreachRow
from assetgraph.model.vocabulary import term_name

__all__ = ["LOG", "add_line", "read_log"]

LOG = "outreach.csv"
"""The log's usual name."""

PATIENCE, ABANDONED = 10.0, 60.0
"""Seconds that one waits for another who adds a line, and after which such another is taken for dead."""

_HEADERS = ["County", "Organization", "Content areas", "Outcome", "Date", "Reason", "Place on the list"]
_OTHER = "has other columns than an outreach log"


def add_line(path: str | Path, county: str, row: OutreachRow) -> None:
    """The log, now with one line more; everything that was in it stays as it was, byte for byte.

    A log that is not there yet, or is empty, is begun. Raises InputError for a line that would not be read back as it is given,
    for one that is there already, and where the file is something else than a log, or no UTF-8; OutputError where it cannot be
    written.
    """
    path = Path(path)
    line = _line(_cells(county, row))
    _check_comes_back(line, county, row)
    with _alone(path):
        is_there = check_replaceable(path) is not None
        old = path.read_bytes() if is_there else b""
        if not old:
            write_whole(path, (_line(_HEADERS) + line).encode())
            return
        _check_is_log(path, old)
        if line.encode() in old.splitlines(keepends=True):
            raise InputError(f"{path} has this line already", "nothing is to be done; another day or outcome is another line")
        write_whole(path, old + (b"" if old.endswith((b"\n", b"\r")) else b"\n") + line.encode())


def read_log(path: str | Path) -> Reading:
    """The lines of a log. Raises InputError where there is none."""
    if not Path(path).exists():
        raise InputError(f"{path} is not there", "add a line first: assetgraph outreach add --help shows how")
    return read_files([path])


def _cells(county: str, row: OutreachRow) -> list[str]:
    areas = "; ".join(term_name("content_area", area) for area in row.content_areas)
    place = "" if row.place is None else str(row.place)
    return [county, row.organization, areas, term_name("outcome", row.outcome), row.on.isoformat(), row.reason or "", place]


def _check_comes_back(line: str, county: str, row: OutreachRow) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, LOG)
        write_whole(path, (_line(_HEADERS) + line).encode())
        reading = read_files([path])
    refused = next((problem for problem in reading.problems if problem.level == "refused"), None)
    if refused is not None:
        raise InputError(f"{refused.column}: {refused.what}", refused.cure)
    if [record.county for record in reading.records] != [county]:
        what = f"a line about {row.organization[:60]!r} would not be read as one"
        raise InputError(what, "write a name, not a sign for nothing")


def _check_is_log(path: Path, old: bytes) -> None:
    try:
        old.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise InputError(f"{path} is not UTF-8, so no line can be added to it", "save it as CSV UTF-8") from problem
    rows = read_delimited(path).rows
    if not rows or [str(cell).strip() for cell in rows[0][1]] != _HEADERS:
        raise InputError(f"{path} {_OTHER}", f"name another file with --log, or give it the headers {', '.join(_HEADERS)}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else adds a line meanwhile: each reads what was there and writes the whole file anew."""
    lock = path.with_name(f".{path.name}.lock")
    end = time.monotonic() + PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError as problem:
            if _age(lock) > ABANDONED:
                lock.unlink(missing_ok=True)
            elif time.monotonic() > end:
                raise OutputError(f"{path}: somebody else is adding a line", f"try again, or delete {lock}") from problem
            else:
                time.sleep(0.02)
        except OSError:  # no lock can be made there, and the log neither: writing says why
            lock = None  # type: ignore[assignment]
            break
    try:
        yield
    finally:
        if lock is not None:
            lock.unlink(missing_ok=True)


def _age(lock: Path) -> float:
    try:
        return time.time() - lock.stat().st_mtime
    except OSError:
        return 0.0


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()
