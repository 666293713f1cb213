"""Where each item stands: on rings around the middle, near what it is linked to. No random numbers.

Rings are numbered from the middle outwards: 0 is the middle. Positions are shares of the half width and
half height of the picture, -1 to 1, x to the right and y downwards; the page stretches them to its screen.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

__all__ = ["STAGGER_OVER", "ring_positions"]

STAGGER_OVER = {1: 10, 2: 14, 3: 20, 4: 26}
"""How many items a ring takes before its items stand on two radii in turn."""

_STAGGER = 0.04
_SWEEPS = 4
_TOP = -math.pi / 2


def ring_positions(
    rings: Mapping[int, Sequence[str]], links: Iterable[tuple[str, str]]
) -> dict[str, tuple[float, float]]:
    """The place of each item of each ring, given which items pull each other.

    The first ring keeps its order; on every other ring an item stands near the mean angle of what it is
    linked to, evenly spaced. Links to the middle pull nowhere. Items without links fill the widest opening.
    Links to items that no ring holds are ignored. Same input, same positions.

    >>> ring_positions({0: ["coe"], 1: ["math", "science"]}, [("coe", "math")])
    {'coe': (0.0, 0.0), 'math': (0.0, -1.0), 'science': (0.0, 1.0)}
    """
    outer = sorted(number for number, ids in rings.items() if number > 0 and ids)
    near = _neighbours(rings, links)
    angles: dict[str, float] = {}
    for number in outer:
        angles.update(_spread(rings[number], near, angles, keep_order=number == outer[0]))
    for _ in range(_SWEEPS):
        for number in outer[1:]:
            angles.update(_spread(rings[number], near, angles))
    places = dict.fromkeys(rings.get(0, ()), (0.0, 0.0))
    for number, radius in zip(outer, _radii(len(outer)), strict=True):
        places.update(_on_circle(rings[number], angles, radius, number))
    return places


def _radii(count: int) -> list[float]:
    """Radii of the rings that are in use, the outermost at 1; the first keeps clear of the middle."""
    inner = 0.3 if count > 1 else 1.0
    return [inner + (1.0 - inner) * step / max(count - 1, 1) for step in range(count)]


def _neighbours(rings: Mapping[int, Sequence[str]], links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    on_ring = {item for number, ids in rings.items() if number > 0 for item in ids}
    near: dict[str, list[str]] = defaultdict(list)
    for first, second in sorted(set(links)):
        if first in on_ring and second in on_ring and first != second:
            near[first].append(second)
            near[second].append(first)
    return near


def _spread(
    items: Sequence[str], near: Mapping[str, list[str]], angles: Mapping[str, float], keep_order: bool = False
) -> dict[str, float]:
    """Angles for one ring: even steps, turned so that together the items are nearest to what pulls them."""
    step = 2 * math.pi / max(len(items), 1)
    if keep_order:
        return {item: _TOP + step * place for place, item in enumerate(items)}
    wanted = {
        item: _mean_angle([angles[other] for other in near.get(item, ()) if other in angles])
        for item in items
    }
    tied = sorted(
        (item for item in items if wanted[item] is not None),
        key=lambda item: (_turn(wanted[item]), items.index(item)),
    )
    free = [item for item in items if wanted[item] is None]
    order = _from_widest_opening(tied, wanted) + free
    lean = [
        _turn(wanted[item]) - step * place for place, item in enumerate(order) if wanted[item] is not None
    ]
    turned = _mean_angle(lean)
    start = _TOP if turned is None else turned
    return {item: start + step * place for place, item in enumerate(order)}


def _from_widest_opening(tied: list[str], wanted: Mapping[str, float | None]) -> list[str]:
    """The items in their order around the circle, begun after the widest opening between two of them."""
    if len(tied) < 2:
        return tied
    turns = [_turn(wanted[item]) for item in tied]
    openings = [(turns[place] - turns[place - 1]) % (2 * math.pi) for place in range(len(tied))]
    first = max(range(len(tied)), key=lambda place: (round(openings[place], 9), -place))
    return tied[first:] + tied[:first]


def _mean_angle(angles: Sequence[float]) -> float | None:
    """The direction in which these angles point together; None when there is none."""
    x, y = sum(map(math.cos, angles)), sum(map(math.sin, angles))
    return math.atan2(y, x) if math.hypot(x, y) > 1e-9 else None


def _turn(angle: float | None) -> float:
    """An angle between 0 and a full turn, rounded so that equal directions compare equal."""
    return round((angle or 0.0) % (2 * math.pi), 9) % (2 * math.pi)


def _on_circle(
    items: Sequence[str], angles: Mapping[str, float], radius: float, number: int
) -> dict[str, tuple[float, float]]:
    crowded = len(items) > STAGGER_OVER.get(number, 26)
    places = {}
    for place, item in enumerate(sorted(items, key=lambda item: angles[item])):
        shift = (-_STAGGER if place % 2 else _STAGGER) if crowded else 0.0
        reach = min(radius + shift, 1.0) if radius < 1.0 else radius + min(shift, 0.0) * 2
        places[item] = (
            round(reach * math.cos(angles[item]), 3) + 0.0,
            round(reach * math.sin(angles[item]), 3) + 0.0,
        )
    return places
