"""Warm paths: who could introduce one organization to another, by ties that are strong and freshly confirmed.

A path is worth the product of its hops; a hop is worth the strength of its tie times how fresh the statement is. Three hops
are the most: a friend of a friend of a friend introduces nobody (docs/reach_out.md). A path over a tie that has ended is
dead, and is said to be, where no living one is known.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.partner_network import PartnerNetwork, Tie
from assetgraph.queries.words import day as in_words

__all__ = [
    "MOST_HOPS", "Hop", "Path", "Reached", "Ways", "best_paths", "freshness", "paths_between", "paths_to_any", "sentence",
    "worth",
]  # fmt: skip

MOST_HOPS = 3

STRENGTHS: Mapping[int | None, float] = {3: 1.0, 2: 0.8, 1: 0.5, None: 0.6}
"""What a tie is worth by its strength as somebody wrote it; most ties have none."""

HALF_LIFE_DAYS = 3 * 365.25
"""A statement is worth half as much each three years: about as long as projects and posts last."""

UNDATED = 0.5
"""The freshness of a statement without a day."""

LEAST = 1e-9


class Hop(NamedTuple):
    """From one body to the next, by one fact, which may have ended or not begun on the day asked about."""

    start: str
    end: str
    tie: Tie
    worth: float
    is_live: bool
    has_begun: bool


class Path(NamedTuple):
    """Some hops, each beginning where the one before it ended. ``worth`` is above 0, at most 1."""

    hops: tuple[Hop, ...]
    worth: float

    @property
    def is_live(self) -> bool:
        """Whether all of its ties hold."""
        return all(hop.is_live for hop in self.hops)

    @property
    def ends(self) -> tuple[str, ...]:
        """The ids of the bodies on it, from first to last."""
        return (*(hop.start for hop in self.hops), self.hops[-1].end)


def worth(tie: Tie, day: date) -> float:
    """What one tie is worth as a step: its strength times its freshness, above 0, at most 1.

    >>> tie = Tie("t", "PARTNERS_WITH", "a", "b", (), None, None, "unknown", date(2022, 1, 15), "map", 3)
    >>> round(worth(tie, date(2025, 1, 15)), 2)
    0.5
    """
    return max(LEAST, STRENGTHS.get(tie.strength, STRENGTHS[None]) * freshness(tie.as_of, day))


def freshness(as_of: date | None, day: date) -> float:
    """What a statement is worth by its age: 1 for one of the day or later, half for each three years, and for none a half.

    >>> freshness(None, date(2025, 1, 15)), freshness(date(2025, 1, 15), date(2025, 1, 15))
    (0.5, 1.0)
    """
    return UNDATED if as_of is None else float(0.5 ** (max(0, (day - as_of).days) / HALF_LIFE_DAYS))


class Ways:
    """The best hop from each body to each of its neighbours on a day, worked out when it is come to.

    ``live_only`` leaves out ties that do not hold; else one that holds is taken before one that does not.
    """

    def __init__(self, network: PartnerNetwork, day: date, *, live_only: bool = True) -> None:
        self.network, self._day, self._live_only = network, day, live_only
        self._from: dict[str, list[Hop]] = {}

    def hops(self, body: str) -> list[Hop]:
        """The hops from a body, by where they end."""
        found = self._from.get(body)
        if found is None:
            best: dict[str, tuple[tuple[bool, float, str], Hop]] = {}
            for tie in self.network.ties_of.get(body, ()):
                is_live = tie.holds_on(self._day)
                if is_live or not self._live_only:
                    has_begun = tie.starts_on is None or tie.starts_on <= self._day
                    hop = Hop(body, tie.other(body), tie, worth(tie, self._day), is_live, has_begun)
                    rank = not is_live, -hop.worth, tie.id
                    if hop.end not in best or rank < best[hop.end][0]:
                        best[hop.end] = rank, hop
            found = self._from[body] = [best[end][1] for end in sorted(best)]
        return found


class Reached(Mapping[str, Path]):
    """The best path to each body that was reached; a path is put together when it is asked for."""

    def __init__(self, rounds: Sequence[Mapping[str, tuple[float, Hop]]], best: Mapping[str, tuple[float, int]]) -> None:
        self._rounds, self._best = rounds, best

    def __getitem__(self, end: str) -> Path:
        value, number = self._best[end]
        hops: list[Hop] = []
        for reached in reversed(self._rounds[: number + 1]):
            hop = reached[end][1]
            hops.append(hop)
            end = hop.start
        return Path(tuple(reversed(hops)), value)

    def __contains__(self, end: object) -> bool:
        return end in self._best

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._best))

    def __len__(self) -> int:
        return len(self._best)


def best_paths(ways: Ways, starts: Mapping[str, float], most_hops: int = MOST_HOPS) -> Reached:
    """The best path to each body that can be reached from any of the starts; the starts themselves are not in it.

    ``starts`` says what each start is worth, above 0, at most 1. Of paths worth the same the shorter is taken, then the one
    by smaller ids, so equal input gives equal paths.
    """
    # A walk that comes back to where it was is worth no more than the one that leaves the round out, so the best walk of so
    # many hops is a path.
    rounds: list[dict[str, tuple[float, Hop]]] = []
    best: dict[str, tuple[float, int]] = {}
    frontier, nothing = dict(starts), (0.0, None)
    for number in range(most_hops):
        reached: dict[str, tuple[float, Hop]] = {}
        for body in sorted(frontier):
            value = frontier[body]
            for hop in ways.hops(body):
                there, held = value * hop.worth, max(reached.get(hop.end, nothing)[0], best.get(hop.end, nothing)[0])
                if there > held and hop.end not in starts:
                    reached[hop.end] = there, hop
        best |= {end: (value, number) for end, (value, _) in reached.items()}
        frontier = {end: value for end, (value, _) in reached.items()}
        rounds.append(reached)
    return Reached(rounds, best)


def paths_between(ways: Ways, start: str, end: str, *, most: int = 5, most_hops: int = MOST_HOPS) -> list[Path]:
    """The best paths from one body to another, best first; empty when none is known.

    No body is on a path twice, and each pair of neighbours is joined by its best tie.
    """
    return list(islice(_paths_to(ways, start, end, most_hops), most))


def paths_to_any(ways: Ways, start: str, ends: Collection[str], *, most: int = 5, most_hops: int = MOST_HOPS) -> list[Path]:
    """The best path to each of some bodies, best first; bodies to which none is known are left out."""
    reached = best_paths(ways, {start: 1.0}, most_hops)
    found = [reached[end] for end in sorted(ends) if end in reached]
    return sorted(found, key=lambda path: (-path.worth, len(path.hops), path.ends))[:most]


def sentence(network: PartnerNetwork, hop: Hop) -> str:
    """A hop in words, read from where it starts.

    Ends with what is wrong with it, where it does not hold: "(ended June 30, 2024)".
    """
    kind, tie = FACT_KINDS[hop.tie.type], hop.tie
    said = kind.sentence(network.bodies[tie.a].name, network.bodies[tie.b].name, backward=tie.a != hop.start)
    if hop.is_live:
        return said
    return f"{said} (ended {in_words(tie.ends_on)})" if hop.has_begun and tie.ends_on else f"{said} (not begun)"


def _paths_to(ways: Ways, start: str, goal: str, most_hops: int) -> Iterator[Path]:
    """Every path to the goal, best first: the best of what is open is always gone on with (uniform cost)."""
    left = _hops_left(ways.network, goal, most_hops)
    heap: list[tuple[float, int, tuple[str, ...], tuple[Hop, ...]]] = [(-1.0, 0, (start,), ())]
    while heap:
        value, length, met, hops = heapq.heappop(heap)
        if met[-1] == goal and hops:
            yield Path(hops, -value)
            continue
        for hop in ways.hops(met[-1]):
            if hop.end not in met and length + 1 + left.get(hop.end, most_hops) <= most_hops:
                heapq.heappush(heap, (value * hop.worth, length + 1, (*met, hop.end), (*hops, hop)))


def _hops_left(network: PartnerNetwork, goal: str, most: int) -> dict[str, int]:
    """How many hops are left from each body within so many of the goal: what is further is not worth a look."""
    left, frontier = {goal: 0}, {goal}
    for hops in range(1, most + 1):
        frontier = {tie.other(body) for body in frontier for tie in network.ties_of.get(body, ())} - left.keys()
        left |= dict.fromkeys(frontier, hops)
    return left
