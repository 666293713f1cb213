"""What the lines of counties' maps say, as rows: the table beside a picture, and the CSV beside a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import NamedTuple

from assetgraph.model.names import guarded
from assetgraph.views.map_view import MapView

__all__ = ["HEADER", "CountyRow", "csv_of", "rows_of"]


class CountyRow(NamedTuple):
    """One statement on the map of one county, by one of those who say it. What is not recorded is empty."""

    county: str
    statement: str
    content_areas: str
    how_long: str
    source: str
    place: str
    web: str


HEADER = ",".join(name.replace("_", " ") for name in CountyRow._fields)


def rows_of(views: Iterable[MapView]) -> list[CountyRow]:
    """Every statement of some counties, in the order of the counties and of their lines."""
    return [CountyRow(view.county, row.sentence, row.areas, row.lasts, by.source, by.place, by.web or "")
            for view in views for row in view.rows() for by in row.said_by]  # fmt: skip


def csv_of(rows: Iterable[CountyRow]) -> str:
    """Rows as CSV with a header; text that a spreadsheet would run as a formula begins with an apostrophe.

    >>> csv_of([CountyRow("Lake", "=1+1", "", "", "Lake map", "", "")]).splitlines()[1]
    "Lake,'=1+1,,,Lake map,,"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    out.write(HEADER + "\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()
