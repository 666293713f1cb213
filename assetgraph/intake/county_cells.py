"""Counties as people write them in a cell: one, several, all, or a region by its number."""

from __future__ import annotations

import re

from assetgraph.intake.outcome import Outcome, RefusedCell
from assetgraph.model.names import fold
from assetgraph.model.places import COUNTIES, closest_spelling, counties_in, county_named

__all__ = ["STATEWIDE", "county_in", "read_counties", "read_county"]

STATEWIDE = "Statewide"
"""What a column of counties holds where all are meant."""

_ALL = frozenset({"statewide", "state wide", "all counties", "all 58 counties", "all", "california", "state of california"})
_REGION = re.compile(r"(?P<scheme>ccsesa )?(service )?region (?P<number>\d{1,2})")
_CURE = f"write one of the {len(COUNTIES)} names, for example "


def read_county(text: str) -> Outcome:
    """The name of one county; a misspelt name that clearly means one is understood.

    Raises RefusedCell when no county is meant, or two could be.

    >>> read_county("Mendicino County").value
    'Mendocino'
    """
    exact = county_named(text)
    if exact is not None:
        return Outcome(exact.name)
    meant = closest_spelling(text)
    if meant is None:
        several = len([piece for piece in re.split(r"[;,/]", text) if county_named(piece)]) > 1
        cure = "write one county here, and one row for each" if several else _CURE + _example(text)
        raise RefusedCell(f"{text[:60]!r} is not a county of California", cure)
    return Outcome(meant, (f"read {text!r} as {meant}",))


def county_in(text: str) -> str | None:
    """The county that a cell means, misspelt or not; None when it means none."""
    try:
        return str(read_county(text).value)
    except RefusedCell:
        return None


def read_counties(text: str) -> Outcome:
    """County names in the order written, each once; "Statewide" and "CCSESA region 3" stand for themselves.

    Raises RefusedCell for a name that means no county.

    >>> read_counties("Lake, Mendicino; region 3").value
    ('Lake', 'Mendocino', 'CCSESA region 3')
    """
    found: list[str] = []
    changed: list[str] = []
    notes: list[str] = []
    for written in re.split(r"[;,/&|]|\band\b(?=\s+[A-Z])", text):
        piece = re.sub(r"^and ", "", written.strip())
        if not piece:
            continue
        folded = fold(piece)
        region = _REGION.fullmatch(folded)
        if folded in _ALL:
            found.append(STATEWIDE)
            if folded not in ("statewide", "state wide"):
                changed.append(f"read {piece!r} as statewide")
        elif region is not None:
            found.append(_region(region, notes))
        else:
            one = read_county(piece)
            found.append(one.value)
            changed.extend(one.changed)
    return Outcome(tuple(dict.fromkeys(found)), tuple(changed), tuple(notes))


def _region(match: re.Match[str], notes: list[str]) -> str:
    number = int(match["number"])
    if not counties_in(str(number)):
        last = max(int(place.region) for place in COUNTIES.values())
        raise RefusedCell(f"there is no CCSESA region {number}", f"write a region from 1 to {last}, or the counties' names")
    if not match["scheme"]:
        notes.append(f"took region {number} for the county superintendents' (CCSESA) region: other bodies number differently")
    return f"CCSESA region {number}"


def _example(text: str) -> str:
    # The first letters are what people get right.
    start = fold(text)[:3]
    return next((name for name in COUNTIES if start and fold(name).startswith(start)), "Lake")
