"""A two-mode network: organizations, and the projects that they are members of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

__all__ = ["Membership", "Organization", "Project", "TwoMode", "two_mode"]


class Organization(NamedTuple):
    """One organization; all but ``id`` may be empty, which means "not recorded"."""

    id: str
    name: str = ""
    type: str = ""
    place: str = ""
    size: str = ""


class Membership(NamedTuple):
    """One organization in one project; no date and no theme mean "not recorded"."""

    organization: str
    project: str
    starts_on: date | None = None
    themes: tuple[str, ...] = ()


class Project(NamedTuple):
    """Who is a member and since when: ``members`` are positions in the organizations, ascending.

    ``joined`` and ``said`` are as long: since when each is a member, and which themes its membership names. A member without a
    date has the earliest date of the project; None only where no member has one.
    """

    id: str
    members: tuple[int, ...]
    joined: tuple[date | None, ...]
    said: tuple[tuple[str, ...], ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """Every theme that a membership names, each once, in the order of the members."""
        return tuple(dict.fromkeys(theme for themes in self.said for theme in themes))

    @property
    def starts_on(self) -> date | None:
        """The earliest day of a member; None where no member has one."""
        return min((day for day in self.joined if day), default=None)


@dataclass(frozen=True, slots=True)
class TwoMode:
    """Organizations in the order in which they are given, and projects in the order of their ids.

    ``near`` says how near two different places are, from 0 to 1; a pair that is not in it is 0, and a place is 1 to itself.
    """

    organizations: tuple[Organization, ...]
    projects: tuple[Project, ...]
    near: Mapping[tuple[str, str], float] = field(default_factory=dict)


def two_mode(organizations: Iterable[Organization], memberships: Iterable[Membership],
             near: Mapping[tuple[str, str], float] | None = None) -> TwoMode:  # fmt: skip
    """The network of these memberships. Who is named twice in a project is in it once, from the earlier day.

    Raises KeyError for a membership of an organization that is not given.

    >>> lake = [Membership("zoo", "p1", date(2024, 5, 1)), Membership("library", "p1"), Membership("zoo", "p1")]
    >>> two_mode([Organization("library"), Organization("zoo")], lake).projects[0].members
    (0, 1)
    """
    known = tuple(organizations)
    position = {one.id: index for index, one in enumerate(known)}
    days: dict[str, dict[int, date | None]] = {}
    said: dict[str, dict[int, dict[str, None]]] = {}
    for one in memberships:
        joined, member = days.setdefault(one.project, {}), position[one.organization]
        joined[member] = min((day for day in (joined.get(member), one.starts_on) if day), default=None)
        said.setdefault(one.project, {}).setdefault(member, {}).update(dict.fromkeys(one.themes))
    projects = []
    for name, joined in sorted(days.items()):
        first = min((day for day in joined.values() if day), default=None)
        members = tuple(sorted(joined))
        themes = tuple(tuple(said[name][one]) for one in members)
        projects.append(Project(name, members, tuple(joined[one] or first for one in members), themes))
    return TwoMode(known, tuple(projects), dict(near or {}))
