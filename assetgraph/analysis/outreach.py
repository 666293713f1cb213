"""What came of asking: how a county's log changes the next list, and how often the list was right.

The log is private as a whole, so every reason that rests on it is for the staff edition only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from assetgraph.analysis.candidates import Reason
from assetgraph.model.names import fold
from assetgraph.model.partner_network import Contact
from assetgraph.queries.words import day, plural

__all__ = ["FIRST", "HitRate", "hit_rate", "keeps_off", "pending", "told_publicly"]

AT_CAPACITY_FOR = timedelta(days=365)
"""So long nobody asks somebody who said that they can take on no more."""

MANY_ASKS = 2
"""So many asks without an answer speak against one more."""

FIRST = 10
"""Places of a list that count as its first ones."""

AGREED = ("agreed", "active")


def keeps_off(log: Sequence[Contact], county: str, area: str, on: date) -> Iterator[Reason]:
    """Why a county would not ask somebody again on an area, from the lines about them; none where nothing says so.

    Their last word to this county counts. Who said that they are at capacity, to anybody, is left in peace for a year.
    """
    said = [one for one in log if one.on <= on and (not one.areas or area in one.areas)]
    own = [one for one in said if one.county == county and one.outcome != "asked"]
    if own and own[-1].outcome == "declined":
        why = f": {own[-1].reason}" if own[-1].reason else ""
        yield Reason(f"they declined on {day(own[-1].on)}{why}", is_private=True)
    elif own and own[-1].outcome in AGREED:
        is_at_work = "they have worked with you since" if own[-1].outcome == "active" else "they agreed on"
        yield Reason(f"{is_at_work} {day(own[-1].on)}: put the tie on your map", is_private=True)
    last_words = {one.county: one for one in said if one.outcome != "asked"}
    full = [one for one in last_words.values() if one.outcome == "at_capacity" and on - one.on < AT_CAPACITY_FOR]
    if full:
        yield Reason(f"they said on {day(max(one.on for one in full))} that they can take on nobody now", is_private=True)


def pending(log: Sequence[Contact], county: str, area: str, on: date) -> Iterator[Reason]:
    """What asks without an answer speak against: any of this county, or several of all."""
    waiting: dict[str, list[Contact]] = {}
    for one in log:
        if one.on <= on and (not one.areas or area in one.areas):
            asks = waiting.setdefault(one.county, [])
            if one.outcome == "asked":
                asks.append(one)
            else:
                asks.clear()
    own, number = waiting.get(county, []), sum(map(len, waiting.values()))
    if own:
        times = f"{plural(len(own), 'time')}, last" if len(own) > 1 else ""
        yield Reason(f"You asked {times}{' ' * bool(times)}on {day(own[-1].on)}; no answer is recorded", is_private=True)
    if number >= MANY_ASKS and number > len(own):
        yield Reason(f"{plural(number, 'ask')} of counties are without an answer", is_private=True)


def told_publicly(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons that anybody may read; where there is none, that there is one that only the staff edition tells."""
    public = tuple(reason for reason in reasons if not reason.is_private)
    return public if public or not reasons else (Reason("a reason that only the staff edition tells"),)


class HitRate(NamedTuple):
    """What became of asks: how many there were, and how many agreed, declined, are at capacity or without an answer."""

    asked: int
    agreed: int
    declined: int
    at_capacity: int
    waiting: int

    def __str__(self) -> str:
        return (f"{self.asked} asked, {self.agreed} agreed, {self.declined} declined, {self.at_capacity} at capacity, "
                f"{self.waiting} without an answer")  # fmt: skip


def hit_rate(log: Sequence[Contact]) -> tuple[HitRate, HitRate]:
    """Of those asked who stood among the first ten of the list on that day, and of all others.

    An ask is of one county and organization, in some areas or any. Its first line says where it stood, its last what came of it:
    another line on one of its areas, or for any, belongs to it until there is an answer; after one, an ask is a new one.
    """
    asks: list[list[Contact]] = []
    latest: dict[tuple[str, str], list[list[Contact]]] = {}
    for one in sorted(log, key=lambda line: line.on):
        before = latest.setdefault((one.county, fold(one.body)), [])
        lines = next((some for some in reversed(before) if _goes_on(some, one)), None)
        if lines is None:
            lines = []
            asks.append(lines)
            before.append(lines)
        lines.append(one)
    listed: list[list[Contact]] = []
    others: list[list[Contact]] = []
    for lines in asks:
        is_listed = lines[0].place is not None and 0 < lines[0].place <= FIRST
        (listed if is_listed else others).append(lines)
    return _counted(listed), _counted(others)


def _goes_on(lines: Sequence[Contact], one: Contact) -> bool:
    """Whether a line belongs to an ask: on its areas, and no new question after an answer."""
    areas = {area for line in lines for area in line.areas}
    is_alike = not one.areas or not areas or not areas.isdisjoint(one.areas)
    return is_alike and not (one.outcome == "asked" and lines[-1].outcome != "asked")


def _counted(asks: Sequence[Sequence[Contact]]) -> HitRate:
    last = [lines[-1].outcome for lines in asks]
    agreed = sum(one in AGREED for one in last)
    return HitRate(len(last), agreed, *(last.count(outcome) for outcome in ("declined", "at_capacity", "asked")))
