"""Two files in, a two-mode network out: organizations, and their memberships in projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from assetgraph.errors import InputError
from assetgraph.intake.dates import DAY_CURE, read_day
from assetgraph.intake.reading import grids_of
from assetgraph.intake.tables import Grid, is_blank, shown
from assetgraph.model.records import Problem, SheetCount
from assetgraph.model.two_mode import Membership, Organization, TwoMode, two_mode

__all__ = ["ReadNetwork", "read_two_mode"]

ORGANIZATION_COLUMNS = ("id", "name", "type", "place", "size")
MEMBERSHIP_COLUMNS = ("organization", "project", "starts_on", "theme")
THEMES_APART = "|"
_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True)
class ReadNetwork:
    """The network, how many rows of each file were kept and refused, and why: one problem for each kind of reason."""

    network: TwoMode
    counts: tuple[SheetCount, ...]
    problems: tuple[Problem, ...]

    @property
    def refused(self) -> int:
        """How many rows were refused in all."""
        return sum(count.refused for count in self.counts)


@dataclass(slots=True)
class _Table:
    """One file, row by row: what is kept, and which rows were refused or noted, by the reason and its cure."""

    file: str
    rows: Iterator[tuple[int, dict[str, str]]]
    rows_in: int
    refused: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    noted: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def refuse(self, number: int, what: str, cure: str) -> None:
        self.refused.setdefault((what, cure), []).append(number)

    def count(self) -> SheetCount:
        lost = sum(map(len, self.refused.values()))
        return SheetCount(file=self.file, sheet="", rows_in=self.rows_in, kept=self.rows_in - lost, changed=0, refused=lost)

    def problems(self) -> Iterator[Problem]:
        for level, reasons in (("refused", self.refused), ("note", self.noted)):
            for (what, cure), rows in reasons.items():
                yield Problem(file=self.file, sheet="", row=rows[0] if len(rows) == 1 else None, column=None, level=level,
                              what=what if len(rows) == 1 else f"{self.file}: in {len(rows):,} rows ({_named(rows)}) {what}",
                              cure=cure)  # fmt: skip


def read_two_mode(organizations: Path | str, memberships: Path | str) -> ReadNetwork:
    """The network of two tables: of ORGANIZATION_COLUMNS, and of MEMBERSHIP_COLUMNS.

    All but id, organization and project may be blank or missing; several themes in a cell are parted by "|". A row is
    refused without these, for an id that an earlier row has, for an organization that the first table does not have, and
    for a date that cannot be read. Memberships that are there twice are kept and counted once.

    Raises InputError for a file that is not there, is no table, lacks a column, or of which no row can be kept.

    >>> read_two_mode("no-such-file.csv", "ties.csv")
    Traceback (most recent call last):
    ...
    assetgraph.errors.InputError: no-such-file.csv is not there. To mend it: check the name and the folder.
    """
    first = _table(Path(organizations), ORGANIZATION_COLUMNS, ORGANIZATION_COLUMNS[:1])
    known: dict[str, Organization] = {}
    for number, row in first.rows:
        one = Organization(**row)
        if not one.id:
            first.refuse(number, "there is no id", "give each organization an id")
        elif one.id in known:
            first.refuse(number, "the id is that of an earlier row", "give each organization an id of its own")
        else:
            known[one.id] = one
    second = _table(Path(memberships), MEMBERSHIP_COLUMNS, MEMBERSHIP_COLUMNS[:2])
    kept = list(_memberships(second, known, first.file))
    for table, number in ((first, len(known)), (second, len(kept))):
        if not number:
            reason = next(iter(table.refused), ("it has a header and no rows", "add rows"))
            raise InputError(f"{table.file}: no row can be kept: {reason[0]}", reason[1])
    problems = (*first.problems(), *second.problems())
    return ReadNetwork(two_mode(known.values(), kept), (first.count(), second.count()), problems)


def _memberships(table: _Table, known: dict[str, Organization], where: str) -> Iterator[Membership]:
    seen: set[tuple[str, str]] = set()
    for number, row in table.rows:
        organization, project = row["organization"], row["project"]
        if not organization or not project:
            table.refuse(number, "there is no organization or no project", "fill in both")
            continue
        if organization not in known:
            table.refuse(number, f"the organization is not in {where}", f"add it to {where}, or leave the row out")
            continue
        try:
            day = _day(row["starts_on"])
        except ValueError as problem:
            table.refuse(number, f"starts_on cannot be read: {problem}", f"{DAY_CURE}; or leave it blank")
            continue
        if (organization, project) in seen:
            repeated = "the membership is there already: it counts once, from its earliest day", ""
            table.noted.setdefault(repeated, []).append(number)
        seen.add((organization, project))
        themes = tuple(theme for word in row["theme"].split(THEMES_APART) if (theme := word.strip()))
        yield Membership(organization, project, day, themes)


@lru_cache(maxsize=65_536)  # the members of a project have one day
def _day(text: str) -> date | None:
    return None if is_blank(text) else read_day(text, last=False).day


def _table(path: Path, columns: Sequence[str], required: Sequence[str]) -> _Table:
    grid = grids_of(path)[0]
    if not grid.rows:
        raise InputError(f"{grid.file} is empty", f"give it the columns {', '.join(columns)}")
    headers = [shown(cell).casefold() for cell in grid.rows[0][1]]
    missing = [name for name in required if name not in headers]
    if missing:
        there = ", ".join(f"'{name[:40]}'" for name in headers[:10])
        raise InputError(f"{grid.file} has no column {' and no column '.join(missing)}; it has {there}",
                         f"name its columns {', '.join(columns)}")  # fmt: skip
    twice = [name for name in columns if headers.count(name) > 1]
    if twice:
        raise InputError(f"{grid.file} has more than one column {twice[0]}", "keep one of them")
    table = _Table(grid.file, _rows(grid, {name: headers.index(name) for name in columns if name in headers}, columns),
                   len(grid.rows) - 1 + len(grid.spoiled))  # fmt: skip
    for spoiled in grid.spoiled:
        table.refuse(spoiled.row, spoiled.what, spoiled.cure)
    return table


def _rows(grid: Grid, place: dict[str, int], columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in grid.rows[1:]:
        yield number, {name: _text(cells, place.get(name)) for name in columns}


def _text(cells: Sequence[Any], index: int | None) -> str:
    return "" if index is None or index >= len(cells) else shown(cells[index])


def _named(rows: Sequence[int]) -> str:
    return ", ".join(map(str, rows[:_ROWS_NAMED])) + (f" and {len(rows) - _ROWS_NAMED:,} more" if len(rows) > _ROWS_NAMED else "")
