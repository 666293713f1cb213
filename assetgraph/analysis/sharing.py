"""Lists for many counties at once, so that nobody is sent to everybody: a cap on how often one organization is suggested.

Counties propose to the next on their own list until they have enough; an organization that is wanted by more than its cap keeps
those for whom it is nearest and highest on the list. That is deferred acceptance (Gale and Shapley, 1962): every county has the
best list that it can have under the cap, whatever the order in which counties are asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from assetgraph.analysis.reach_out import COLUMNS, Ranked, ReachOut, Suggester, Suggestion
from assetgraph.model.partner_network import Body, PartnerNetwork
from assetgraph.queries.tables import as_frame, rows_as_html

if TYPE_CHECKING:
    import pandas

__all__ = ["CAP", "Fairness", "Shared", "share_out"]

CAP = 5
"""How many counties one organization is suggested to in one run."""

TEN = 10
SMALL = 2_501
"""An LEA of fewer students counts as small, as in California's Education Code, section 41301."""


class Fairness(NamedTuple):
    """Whom the suggestions go to. Shares are from 0 to 1; None where there is nothing to share."""

    suggestions: int
    organizations: int
    """How many different organizations are suggested."""
    to_the_ten: float | None
    """The share of suggestions that go to the ten organizations with most current ties."""
    most_often: int
    """How often the most suggested one is."""
    rural: tuple[int, int]
    """Rural LEAs that a suggestion of their county is open to by name, or leads through; and rural LEAs in all."""
    small: tuple[int, int]
    others: tuple[int, int]
    """LEAs that are recorded as neither."""
    unknown: tuple[int, int]
    """LEAs of which neither locale nor enrollment is recorded."""

    def shown(self) -> dict[str, Any]:
        """The figures as plain values."""
        return {**self._asdict(), **{name: list(getattr(self, name)) for name in ("rural", "small", "others", "unknown")}}


@dataclass(frozen=True)
class Shared:
    """County to its list, at most so long, and to whom the cap sent elsewhere; ``fairness`` is over all lists."""

    lists: Mapping[str, ReachOut]
    passed_over: Mapping[str, tuple[str, ...]]
    """County to the names of those who stand before the last of its list and are suggested to others, by the cap."""
    cap: int
    fairness: Fairness

    def shown(self) -> list[dict[str, Any]]:
        """A row for each suggestion, with its county first: plain values."""
        return [{"county": county, **one.shown()} for county, found in self.lists.items() for one in found]

    def told(self) -> list[dict[str, Any]]:
        """The same for JSON, each sentence with its facts in full."""
        return [{"county": county, **one} for county, found in self.lists.items() for one in found.shown()]

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame(self.shown(), ("county", *COLUMNS))

    def _repr_html_(self) -> str:
        caption = f"{self.fairness.suggestions} suggestions, nobody to more than {self.cap} counties."
        names = ("county", "place", "partner", "home_county", "reason", "introduction", "against")
        return rows_as_html(caption, names, self.shown())


def share_out(suggester: Suggester, area: str, *, counties: Iterable[str] | None = None, top: int = 5, cap: int = CAP) -> Shared:
    """The first of the lists of many counties on an area, nobody suggested to more than ``cap`` of them.

    >>> from datetime import date
    >>> from assetgraph.store import open_store, read_network
    >>> with open_store(":memory:") as store:
    ...     share_out(Suggester(read_network(store), date(2025, 1, 15)), "math").fairness.suggestions
    0
    """
    names = [county for county in counties or suggester.network.counties if county in suggester.network.offices]
    wanted = {county: suggester.in_order(county, area) for county in names}
    held = _accepted(wanted, top, cap)
    lists, passed = {}, {}
    for county, places in held.items():
        suggestions = tuple(suggester.suggestion(county, area, wanted[county][place], place + 1) for place in places)
        lists[county] = suggester.as_list(county, area, suggestions, len(wanted[county]))
        last = places[-1] if places else -1
        before = enumerate(wanted[county][: last + 1])
        passed[county] = tuple(ranked.one.body.name for place, ranked in before if place not in places)
    return Shared(lists, passed, cap, _fairness(suggester.network, lists, suggester))


def _accepted(wanted: Mapping[str, Sequence[Ranked]], top: int, cap: int) -> dict[str, list[int]]:
    """County to the places on its list that it keeps, ascending."""
    kept: dict[str, list[tuple[tuple[int, int], int, str]]] = {}
    """Organization to who holds it: (ring and role, place, county), best first."""
    tried = dict.fromkeys(wanted, 0)
    open_seats = Counter({county: min(top, len(some)) for county, some in wanted.items()})
    left = sorted(county for county in wanted if open_seats[county])
    while left:
        county = left.pop()
        while open_seats[county] and tried[county] < len(wanted[county]):
            place = tried[county]
            tried[county] += 1
            one = wanted[county][place].one
            holders = kept.setdefault(one.body.id, [])
            holders.append((one.group, place, county))
            holders.sort()
            open_seats[county] -= 1
            if len(holders) > cap:
                *_, loser = holders.pop()
                open_seats[loser] += 1
                if loser != county:
                    left.append(loser)
    places: dict[str, list[int]] = {county: [] for county in wanted}
    for holders in kept.values():
        for _, place, county in holders:
            places[county].append(place)
    return {county: sorted(some) for county, some in places.items()}


def _fairness(network: PartnerNetwork, lists: Mapping[str, ReachOut], suggester: Suggester) -> Fairness:
    often = Counter(one.partner_id for found in lists.values() for one in found)
    degree = {body: sum(tie.holds_on(suggester.on) for tie in ties) for body, ties in network.ties_of.items()
              if network.bodies[body].label in ("Partner", "COE")}  # fmt: skip
    ten = set(sorted(degree, key=lambda body: (-degree[body], body))[:TEN])
    total = sum(often.values())
    all_leas, named = Counter[str](), Counter[str]()
    for county, found in lists.items():
        for lea in network.leas.get(county, ()):
            kinds = _kinds(network.bodies[lea])
            all_leas.update(kinds)
            if any(_names(suggester, found, one, lea) for one in found):
                named.update(kinds)
    reached = {kind: (named[kind], all_leas[kind]) for kind in ("rural", "small", "others", "unknown")}
    return Fairness(total, len(often), sum(often[one] for one in ten) / total if total else None, max(often.values(), default=0),
                    **reached)  # fmt: skip


def _kinds(lea: Body) -> set[str]:
    kinds = set()
    if lea.locale is not None and (lea.locale.startswith("4") or "rural" in lea.locale.casefold()):
        kinds.add("rural")
    if lea.enrollment is not None and lea.enrollment < SMALL:
        kinds.add("small")
    return kinds or {"others" if lea.locale or lea.enrollment is not None else "unknown"}


def _names(suggester: Suggester, found: ReachOut, one: Suggestion, lea: str) -> bool:
    """Whether what somebody offers on the area is open to an LEA by name, or the way to them leads through it."""
    offers = (offer for offer in suggester.network.offers_of.get(one.partner_id, ())
              if found.area in offer.areas and offer.lasts_on(found.on))  # fmt: skip
    return lea in one.through or any(to.to == lea for offer in offers for to in offer.open_to)
