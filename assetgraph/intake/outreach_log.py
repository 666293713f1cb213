"""The outreach log: a CSV beside the maps, filled in by hand or line by line; a line is added whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from assetgraph.errors import InputError
from assetgraph.files import write_whole
from assetgraph.intake.reading import read_files
from assetgraph.model.names import guarded
from assetgraph.model.records import Reading
from assetgraph.model.sheets import OutreachRow
from assetgraph.model.vocabulary import term_name

__all__ = ["LOG", "add_line", "read_log"]

LOG = "outreach.csv"
"""The log's usual name."""

_HEADERS = ("County", "Organization", "Content areas", "Outcome", "Date", "Reason", "Place on the list")


def add_line(path: str | Path, county: str, row: OutreachRow) -> None:
    """The log, now with one line more; everything that was in it stays as it was, byte for byte.

    A log that is not there yet is begun. Raises InputError where the file is something else than a log, or has other columns
    than a log that was begun here, and OutputError where it cannot be written.
    """
    path = Path(path)
    areas = "; ".join(term_name("content_area", area) for area in row.content_areas)
    place = "" if row.place is None else str(row.place)
    outcome = term_name("outcome", row.outcome)
    line = _line([county, row.organization, areas, outcome, row.on.isoformat(), row.reason or "", place])
    if not path.exists():
        write_whole(path, (_line(_HEADERS) + line).encode())
        return
    old = path.read_bytes()
    first = next(csv.reader([old.decode("utf-8-sig", "replace").partition("\n")[0]]), [])
    if tuple(cell.strip() for cell in first) != _HEADERS:
        raise InputError(f"{path} has other columns than an outreach log",
                         f"name another file with --log, or give it the headers {', '.join(_HEADERS)}")  # fmt: skip
    write_whole(path, old + (b"" if old.endswith(b"\n") else b"\n") + line.encode())


def read_log(path: str | Path) -> Reading:
    """The lines of a log. Raises InputError where there is none."""
    if not Path(path).exists():
        raise InputError(f"{path} is not there", "add a line first: assetgraph outreach add --help shows how")
    return read_files([path])


def _line(cells: list[str] | tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([guarded(cell) for cell in cells])
    return out.getvalue()
