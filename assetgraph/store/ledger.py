"""The ledger: every kept row, kept beside the graph so that the graph can be made anew from all rows at once.

Rows are kept as pages of text. A page holds what stands on up to PAGE rows of one sheet, a line for each record; its
first line names the source, the file and the sheet. A state has millions of rows: pages are few, they are compared as
text, and only what differs is read.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import ValidationError

from assetgraph.errors import StoreError
from assetgraph.model.records import Record
from assetgraph.model.sheets import SHEETS

__all__ = ["PAGE", "Line", "Page", "lines_of", "pages_of", "records_of"]

PAGE = 1_000
"""Rows of a sheet on one page."""


class Page(NamedTuple):
    """Some rows of one sheet; pages of one id are pages of the same rows."""

    id: str
    source: str
    rows: int
    """How many records it holds."""
    text: str


class Line(NamedTuple):
    """One record as it stands on a page: its place, and what it says apart from its place."""

    file: str
    sheet: str
    row: int
    part: int
    said: str
    """Kind, county and values; equal for equal rows."""

    def record(self, source: str) -> Record:
        """The record, typed. Raises StoreError for a line that assetgraph did not write."""
        try:
            kind, county, values = self.said.split("\t", 2)
            return Record(source=source, file=self.file, sheet=self.sheet, row=self.row, part=self.part, kind=kind,
                          county=county or None, values=SHEETS[kind].model_validate_json(values))  # fmt: skip
        except (ValidationError, ValueError, KeyError) as error:
            raise StoreError(f"the store holds a row that assetgraph did not write: {self.file}, {self.sheet}, row {self.row}",
                             "delete the graph and build it anew from your files") from error  # fmt: skip


def pages_of(records: Iterable[Record]) -> list[Page]:
    """Some records as pages, by source, file, sheet and row.

    >>> from assetgraph.model.sheets import QuickstormRow
    >>> row = QuickstormRow(who="Lake COE", what="Lesson study", content_areas=("math",))
    >>> record = Record(source="map/lake", file="lake.xlsx", sheet="Quickstorm", row=2, kind="Quickstorm", values=row)
    >>> [page] = pages_of([record])
    >>> page.id, page.rows, records_of([page]) == [record]
    ('map/lake#b991379922d4ae2d8f82ff2839bd6072#0', 1, True)
    """
    held: dict[tuple[str, str, str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for record in records:
        line = f"{record.row}\t{record.part}\t{record.kind}\t{record.county or ''}\t{record.content()}"
        held[record.source, record.file, record.sheet, record.row // PAGE].append((record.row, record.part, line))
    return [_page(key, [line for *_, line in sorted(lines)]) for key, lines in sorted(held.items())]


def _page(key: tuple[str, str, str, int], lines: list[str]) -> Page:
    source, file, sheet, number = key
    head = json.dumps([source, file, sheet], ensure_ascii=False)
    digest = hashlib.blake2b(head.encode(), digest_size=16).hexdigest()  # whatever signs the names of file and sheet hold
    return Page(f"{source}#{digest}#{number}", source, len(lines), "\n".join([head, *lines]))


def lines_of(page: Page) -> Iterator[Line]:
    """The records of a page, as they stand there."""
    head, *lines = page.text.split("\n")
    _, file, sheet = json.loads(head)
    for line in lines:
        row, part, said = line.split("\t", 2)
        yield Line(file, sheet, int(row), int(part), said)


def records_of(pages: Iterable[Page]) -> list[Record]:
    """The records of some pages, by source, file, sheet and row."""
    found = [line.record(page.source) for page in pages for line in lines_of(page)]
    return sorted(found, key=lambda one: (one.source, one.file, one.sheet, one.row, one.part))
