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
        yield Reason(f"they said on {day(full[-1].on)} that they can take on nobody now", is_private=True)


def pending(log: Sequence[Contact], county: str, area: str, on: date) -> Iterator[Reason]:
    """What asks without an answer speak against: one of this county, or several of any."""
    waiting = {}
    for one in log:
        if one.on <= on and (not one.areas or area in one.areas):
            waiting[one.county] = one if one.outcome == "asked" else None
    open_asks = {where: one for where, one in waiting.items() if one is not None}
    if county in open_asks:
        yield Reason(f"You asked on {day(open_asks[county].on)}; no answer is recorded", is_private=True)
    if len(open_asks) >= MANY_ASKS:
        yield Reason(f"{plural(len(open_asks), 'ask')} of counties are without an answer", is_private=True)


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

    One ask is one county, organization and set of areas; its last line says what came of it, its first where it stood.
    """
    asks: dict[tuple[str, str, tuple[str, ...]], list[Contact]] = {}
    for one in log:
        asks.setdefault((one.county, fold(one.body), tuple(sorted(one.areas))), []).append(one)
    listed: list[list[Contact]] = []
    others: list[list[Contact]] = []
    for lines in asks.values():
        is_listed = lines[0].place is not None and 0 < lines[0].place <= FIRST
        (listed if is_listed else others).append(lines)
    return _counted(listed), _counted(others)


def _counted(asks: Sequence[Sequence[Contact]]) -> HitRate:
    last = [lines[-1].outcome for lines in asks]
    agreed = sum(one in AGREED for one in last)
    return HitRate(len(last), agreed, *(last.count(outcome) for outcome in ("declined", "at_capacity", "asked")))
