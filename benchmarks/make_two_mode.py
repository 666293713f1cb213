"""Organizations and projects with planted habits: who joins is acquaintance, theme, place, popularity or chance."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from assetgraph.model.two_mode import Membership, Organization, TwoMode, two_mode

__all__ = ["HABITS", "KINDS", "make_two_mode"]

HABITS = {"acquaintance": 4.0, "theme": 2.0, "place": 1.0, "popularity": 1.0, "chance": 2.0}
"""Shares of the habits by which a member is drawn."""

_ONE = {"acquaintance": 0.0, "theme": 0.0, "place": 0.0, "popularity": 0.3, "chance": 1.0}

KINDS: Mapping[str, dict[str, Any]] = {
    "theme": {"organizations": 140, "memberships": 1500, "habits": {**_ONE, "theme": 6}, "themes": 8, "size": 6},
    "theme that changes": {"organizations": 140, "memberships": 1500, "habits": {**_ONE, "theme": 6}, "themes": 8, "size": 6,
                           "changes_on": date(2016, 1, 1)},
    "acquaintance": {"organizations": 1500, "memberships": 4000, "habits": {**_ONE, "acquaintance": 6}},
    "place": {"organizations": 300, "memberships": 1500, "habits": {**_ONE, "place": 8}, "places": 25},
    "popularity": {"organizations": 120, "memberships": 1200, "habits": {**_ONE, "popularity": 8}, "themes": 0, "places": 0},
    "little history": {"organizations": 60, "memberships": 150,
                       "habits": {**_ONE, "acquaintance": 2, "popularity": 2}, "size": 4},
    "all of them": {"organizations": 400, "memberships": 3000},
}  # fmt: skip
"""Kinds of networks, each with a habit that rules it, as arguments of ``make_two_mode``."""

FIRST_DAY, DAYS = date(2010, 1, 1), 3650


def make_two_mode(organizations: int, memberships: int, *, seed: int = 0, habits: Mapping[str, float] = HABITS,  # noqa: C901 - one loop that grows a network reads best as one
                  places: int = 30, themes: int = 12, size: int = 8, changes_on: date | None = None) -> TwoMode:  # fmt: skip
    """A network grown day by day: each member is drawn by one habit from what was there before.

    From ``changes_on`` on, popularity and theme forget all that was before. Equal arguments give equal networks.
    """
    chance = random.Random(seed)
    where = [f"place {chance.randrange(places)}" if places else "" for _ in range(organizations)]
    in_place: dict[str, list[int]] = {}
    for one, place in enumerate(where):
        in_place.setdefault(place, []).append(one)
    in_theme: dict[str, list[int]] = {}
    projects: list[list[int]] = []
    of: list[list[int]] = [[] for _ in range(organizations)]
    everybody: list[int] = []
    rows: list[Membership] = []
    names, shares = list(habits), list(habits.values())

    def draw(habit: str, theme: str, members: list[int]) -> int:
        if habit == "acquaintance" and members:
            mine = of[chance.choice(members)]
            if mine:
                return chance.choice(projects[chance.choice(mine)])
        if habit == "theme" and in_theme.get(theme):
            return chance.choice(in_theme[theme])
        if habit == "place" and members:
            return chance.choice(in_place[where[chance.choice(members)]])
        if habit == "popularity" and everybody:
            return chance.choice(everybody)
        return chance.randrange(organizations)

    while len(rows) < memberships:
        day = FIRST_DAY + timedelta(days=DAYS * len(rows) // memberships)
        if changes_on and day >= changes_on:
            in_theme, everybody, changes_on = {}, [], None
        theme = f"theme {chance.randrange(themes)}" if themes else ""
        wanted = min(memberships - len(rows), max(2, round(chance.expovariate(1 / size))), organizations)
        members: list[int] = []
        while len(members) < wanted:
            one = draw(chance.choices(names, shares)[0], theme, members)
            if one not in members:
                members.append(one)
        for one in members:
            of[one].append(len(projects))
        projects.append(members)
        everybody += members
        in_theme.setdefault(theme, []).extend(members)
        rows += [Membership(f"o{one}", f"p{len(projects)}", day, (theme,) if theme else ()) for one in members]
    return two_mode([Organization(f"o{one}", place=place) for one, place in enumerate(where)], rows)
