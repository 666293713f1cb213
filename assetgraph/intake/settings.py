"""The Read me sheet: whose map it is, which counties, plan, step and day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from assetgraph.errors import InputError
from assetgraph.intake.county_cells import STATEWIDE, read_counties
from assetgraph.intake.dates import DAY_CURE, read_day
from assetgraph.intake.outcome import RefusedCell
from assetgraph.intake.tables import Grid, header_text, is_blank, shown
from assetgraph.model.names import MAX_NAME, fold
from assetgraph.model.places import COUNTIES, coe_named, counties_in
from assetgraph.model.records import Problem

__all__ = ["MapSettings", "canonical_owner", "is_read_me", "read_settings"]

_LABELS = {"map of": "map_of", "counties": "counties", "county": "counties", "plan": "plan", "step": "step",
           "as of": "as_of", "filled in by": "filled_in_by", "contact": "contact"}  # fmt: skip

_LABELS_WITHIN = 100
_LONGEST_LABEL = 40
"""Where labels are looked for: a long table is no Read me sheet, and a long text is no label."""


@dataclass(frozen=True, slots=True)
class MapSettings:
    """What the Read me sheet says of a map; counties are names, None means that nobody wrote it."""

    owner: str
    counties: tuple[str, ...]
    plan: str | None
    step: str | None
    as_of: date | None
    filled_in_by: str | None
    contact: str | None
    file: str = ""
    """The file that says so; empty for settings given by a caller."""
    problems: tuple[Problem, ...] = field(default=(), repr=False)


def is_read_me(grid: Grid) -> bool:
    """Whether a sheet is the Read me sheet: by its name, or because it says whose map it is."""
    return fold(grid.sheet) in ("read me", "readme") or "map of" in _labelled(grid)


def canonical_owner(text: str) -> str:
    """The owner's name; every way to write a county office gives the name it goes by.

    >>> canonical_owner("Lake COE")
    'Lake County Office of Education'
    """
    office = coe_named(text)
    return office.coe_name if office is not None else text


def read_settings(grid: Grid) -> MapSettings:
    """What the Read me sheet says, with a problem for each thing that it leaves open.

    Raises InputError when neither the owner nor exactly one county can be read: the map could not be known again.
    """
    found = _labelled(grid)
    said = {key: value for label, key in _LABELS.items() if (value := found.get(label)) is not None}
    reader = _Reader(grid, {key: row for label, key in _LABELS.items() if label in found for row in [found[label][0]]})
    counties = reader.counties(said.get("counties"))
    owner = reader.owner(said.get("map_of"), counties)
    office = coe_named(owner)
    if not counties and office is not None:
        counties = (office.name,)
        reader.tell("counties", "changed", f"took {office.name} for the map's county, from its owner", "")
    return MapSettings(
        owner, counties, reader.code("plan", said.get("plan"), "AB"), reader.code("step", said.get("step"), "123"),
        reader.as_of(said.get("as_of")), reader.text(said.get("filled_in_by")), reader.text(said.get("contact")),
        grid.file, tuple(reader.problems),
    )  # fmt: skip


def _labelled(grid: Grid) -> dict[str, tuple[int, Any]]:
    """Label to (row, the cell at its right), the first time that each label stands in the sheet."""
    found: dict[str, tuple[int, Any]] = {}
    for row, cells in grid.rows[:_LABELS_WITHIN]:
        for cell, value in pairwise([*cells, None]):
            label = _label(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_LABEL else None
            if label is not None:
                found.setdefault(label, (row, None if is_blank(value) else value))
    return found


@lru_cache(maxsize=65_536)  # the cells of every sheet of a state are asked
def _label(text: str) -> str | None:
    label = fold(re.sub(r"\([^)]*\)|:", " ", header_text(text)))
    return label if label in _LABELS else None


class _Reader:
    """Reads the labelled values of one Read me sheet and collects what there is to say."""

    def __init__(self, grid: Grid, rows: dict[str, int]) -> None:
        self.problems: list[Problem] = []
        self._grid, self._rows = grid, rows

    def tell(self, key: str, level: str, what: str, cure: str) -> None:
        header = next(label for label, name in _LABELS.items() if name == key).capitalize()
        self.problems.append(Problem(file=self._grid.file, sheet=self._grid.sheet, row=self._rows.get(key), column=header,
                                     level=level, what=what, cure=cure))  # fmt: skip

    def text(self, said: tuple[int, Any] | None) -> str | None:
        return (shown(said[1])[:MAX_NAME] or None) if said else None

    def counties(self, said: tuple[int, Any] | None) -> tuple[str, ...]:
        if said is None or said[1] is None:
            return ()
        try:
            outcome = read_counties(shown(said[1]))
        except RefusedCell as refusal:
            # The map can still be read where its owner is a county office, so this is no refusal of the file.
            self.tell("counties", "note", f"{refusal.what}, so Counties could not be read", refusal.cure)
            return ()
        for what in outcome.changed:
            self.tell("counties", "changed", what, "")
        if STATEWIDE in outcome.value:
            return tuple(COUNTIES)
        regions = {name.removeprefix("CCSESA region ") for name in outcome.value if name not in COUNTIES}
        inside = sorted(name for region in regions for name in counties_in(region))
        return tuple(dict.fromkeys([*(name for name in outcome.value if name in COUNTIES), *inside]))

    def owner(self, said: tuple[int, Any] | None, counties: tuple[str, ...]) -> str:
        text = self.text(said)
        if text and any(char.isalnum() for char in text):
            return canonical_owner(text)
        if len(counties) == 1:
            owner = COUNTIES[counties[0]].coe_name
            self.tell("map_of", "changed", f"took {owner} for the owner of the map, from Counties", "write who owns the map")
            return owner
        raise InputError(
            f"{self._grid.file}: the sheet {self._grid.sheet} does not say whose map this is",
            "write the county office's name beside 'Map of', and the county's name beside 'Counties'",
        )

    def code(self, key: str, said: tuple[int, Any] | None, known: Iterable[str]) -> str | None:
        text = self.text(said)
        if text is None:
            return None
        short = fold(text).removeprefix("action ").removeprefix(key).strip().upper()
        if short not in known:
            self.tell(key, "note", f"{text[:40]!r} is not one of {', '.join(known)}; it is kept as written", "")
        return short or None

    def as_of(self, said: tuple[int, Any] | None) -> date | None:
        cure = "write the day for which the map is true, such as 2026-11-22"
        if said is None or said[1] is None:
            self.tell("as_of", "note", "the map does not say for which day it is true", cure)
            return None
        try:
            day = read_day(said[1], last=False)
        except ValueError as problem:
            self.tell("as_of", "note", f"{problem}, so the map has no day", DAY_CURE)
            return None
        if day.changed:
            self.tell("as_of", "changed", day.changed, "")
        return day.day

