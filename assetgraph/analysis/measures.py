"""Network measures of a county or of the whole graph, each with its formula, its source, and what it says in plain words.

They describe; they never grade. All are worked out from ties that hold on a day and stand on somebody's own map or table, between
offices and LEAs (the *bodies*) and partners. A measure that nothing is known for is None, never 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import networkx as nx

from assetgraph.analysis.grid import NOT_RECORDED, held_in, ties_behind
from assetgraph.analysis.paths import freshness
from assetgraph.model.partner_network import PartnerNetwork, Tie
from assetgraph.model.records import OWN_BASES

__all__ = [
    "Measure",
    "Ties",
    "centralization",
    "constraint",
    "coverage",
    "density",
    "dependence",
    "e_i_index",
    "effective_size",
    "fragmentation",
    "measures",
    "multiplexity",
    "robustness",
    "ties_of",
]  # fmt: skip

BODIES = "offices and LEAs"
"""The sector of everybody who is no partner."""


class Measure(NamedTuple):
    """One figure. ``value`` is None where nothing is recorded that it could be worked out from; ``meaning`` says what it says.

    ``curve`` has the points of a measure that is the area under one, (share gone, share that is left); else it is empty.
    """

    name: str
    value: float | None
    meaning: str
    curve: tuple[tuple[float, float], ...] = ()

    def shown(self) -> dict[str, Any]:
        """The figure as plain values, rounded to four places; ``curve`` is None where there is none."""
        return {"measure": self.name, "value": None if self.value is None else round(self.value, 4), "meaning": self.meaning,
                "curve": [[round(gone, 4), round(left, 4)] for gone, left in self.curve] or None}  # fmt: skip


@dataclass(frozen=True)
class Ties:
    """What the measures see: current ties of bodies with partners, and of partners with each other."""

    network: PartnerNetwork
    bodies: Collection[str]
    partners: Collection[str]
    ties: Sequence[Tie]

    @cached_property
    def pairs(self) -> Mapping[tuple[str, str], list[Tie]]:
        """Each two that are tied, by the smaller id first, with all ties between them."""
        found: dict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in self.ties:
            found[min(tie.a, tie.b), max(tie.a, tie.b)].append(tie)
        return found

    @cached_property
    def partners_of(self) -> Mapping[str, set[str]]:
        """Body to the partners it is tied to; bodies without any are there too."""
        found: dict[str, set[str]] = {body: set() for body in self.bodies}
        for one, other in self.pairs:
            for body, partner in ((one, other), (other, one)):
                if body in found and partner in self.partners:
                    found[body].add(partner)
        return found

    @cached_property
    def graph(self) -> nx.Graph:
        """Everybody, and an edge for each two that are tied."""
        made = nx.Graph()
        made.add_nodes_from(sorted((*self.bodies, *self.partners)))
        made.add_edges_from(sorted(self.pairs))
        return made

    def sector(self, one: str) -> str:
        """The family of a partner, or that it is an office or LEA."""
        body = self.network.bodies[one]
        return (body.family or NOT_RECORDED) if body.label == "Partner" else BODIES


def ties_of(network: PartnerNetwork, day: date, county: str | None = None) -> Ties:
    """The ties of one county's bodies and of their partners with each other, or of all counties of which there is a map.

    An office without a map is left out of all counties: nobody asked with whom it works.
    """
    bodies = {body for each in ([county] if county else network.mapped) for body in network.own_bodies(each)}
    current = [tie for tie in network.ties if tie.basis in OWN_BASES and tie.holds_on(day) and tie.a != tie.b
               and tie.a in network.bodies and tie.b in network.bodies]  # fmt: skip
    partners = {end for tie in current for end, other in ((tie.a, tie.b), (tie.b, tie.a))
                if other in bodies and network.bodies[end].label == "Partner"}  # fmt: skip
    inside = bodies | partners
    return Ties(network, bodies, partners, [tie for tie in current if tie.a in inside and tie.b in inside])


def density(ties: Ties) -> float | None:
    """Pairs of a body and a partner that are tied, over all such pairs: from 0, nobody, to 1, everybody with everybody.

    The two-mode form: bodies x partners in the denominator (Borgatti and Everett, 1997). None without any pair.
    """
    pairs = len(ties.bodies) * len(ties.partners)
    return sum(map(len, ties.partners_of.values())) / pairs if pairs else None


def centralization(ties: Ties) -> float | None:
    """How much the ties gather at few partners: from 0, all have as many, to 1, one has all and each of the others one.

    Sum of (largest - each) partner's share of bodies, over the most that it can be, (p - 1)(1 - 1/b) for p partners and b
    bodies: degree centralization of one mode (Borgatti and Everett, 1997, after Freeman, 1979). None for fewer than two of
    either.
    """
    if len(ties.partners) < 2 or len(ties.bodies) < 2:
        return None
    bodies = len(ties.bodies)
    of = Counter(partner for partners in ties.partners_of.values() for partner in partners)
    shares = [of[partner] / bodies for partner in ties.partners]
    largest = max(shares)
    return sum(largest - share for share in shares) / ((len(shares) - 1) * (1 - 1 / bodies))


def fragmentation(ties: Ties) -> float | None:
    """The share of pairs that no path joins: from 0, all hang together, to 1, nobody is tied.

    1 - sum of s(s - 1) over components of size s, over n(n - 1) (Borgatti, 2006). None for fewer than two.
    """
    number = len(ties.graph)
    if number < 2:
        return None
    joined = sum(len(some) * (len(some) - 1) for some in nx.connected_components(ties.graph))
    return float(1 - joined / (number * (number - 1)))


def effective_size(ties: Ties, one: str) -> float | None:
    """Partners that do not know each other: neighbours less their mean ties among themselves (Burt, 1992; networkx).

    None for who has no tie.
    """
    return float(nx.effective_size(ties.graph, [one])[one]) if ties.graph.degree(one) else None


def constraint(ties: Ties, one: str) -> float | None:
    """How much of somebody's ties lead to one and the same circle, higher for more (Burt, 1992; networkx).

    Each neighbour counts by the square of how much of the ties lead to it, directly or through others. None for who has no tie.
    """
    return float(nx.constraint(ties.graph, [one])[one]) if ties.graph.degree(one) else None


def e_i_index(ties: Ties) -> tuple[float | None, float | None]:
    """Whether ties cross sectors: (ties across - ties within) over all, from -1 to 1; and what it would be by chance.

    Sectors are the families of partners, and offices and LEAs as one (Krackhardt and Stern, 1988). By chance is the mean over all
    ways to give the sectors to the same organizations: 1 - 2 sum n(n - 1) over N(N - 1). Nones without a tie.
    """
    if not ties.pairs:
        return None, None
    within = sum(ties.sector(one) == ties.sector(other) for one, other in ties.pairs)
    sizes = Counter(map(ties.sector, ties.graph)).values()
    number = sum(sizes)
    alike = sum(size * (size - 1) for size in sizes) / (number * (number - 1))
    return 1 - 2 * within / len(ties.pairs), 1 - 2 * alike


def multiplexity(ties: Ties) -> float | None:
    """The share of tied pairs that are tied in more than one way or on more than one content area. None without a tie.

    A pair that works together on several things parts less easily (Wasserman and Faust, 1994, for the term).
    """
    if not ties.pairs:
        return None
    many = sum(len({tie.type for tie in some}) > 1 or len({area for tie in some for area in tie.areas}) > 1
               for some in ties.pairs.values())  # fmt: skip
    return many / len(ties.pairs)


def robustness(ties: Ties, steps: int = 10) -> list[tuple[float, float]]:
    """How many bodies keep a partner while partners leave, those with most ties first.

    (share of partners gone, share of the bodies that had one and still do), from (0, 1) to (1, 0) in so many steps (Albert, Jeong
    and Barabasi, 2000, for attack in order of degree). Empty where no body has a partner.
    """
    having = [partners for partners in ties.partners_of.values() if partners]
    if not having:
        return []
    of = Counter(partner for partners in having for partner in partners)
    order = sorted(of, key=lambda partner: (-of[partner], partner))
    curve = []
    for step in range(steps + 1):
        gone = set(order[: round(len(order) * step / steps)])
        curve.append((len(gone) / len(order), sum(bool(partners - gone) for partners in having) / len(having)))
    return curve


def coverage(network: PartnerNetwork, county: str, day: date) -> tuple[float | None, float | None, float | None]:
    """The share of a county's known cells with one partner at least, with two, and by how fresh the ties are.

    Known is a cell of the gap grid that somebody asked about, or where a tie or service is recorded: where nobody asked there is
    nothing to cover. In the third figure a cell counts by its freshest tie, 1 for one confirmed on the day and half as much each
    three years before. Nones where no cell is known.
    """
    known = [(key, held) for key, held in held_in(network, county, day).items() if held.state != "not_asked"]
    if not known:
        return None, None, None
    fresh, partners_in = 0.0, []
    for (area, _), held in known:
        partners = {partner for partner, _ in held.ties}
        partners_in.append(len(partners))
        ties = (tie for partner in partners for tie in ties_behind(network, county, area, partner, day))
        fresh += max((freshness(tie.as_of, day) for tie in ties), default=0.0)
    once, twice = (sum(number >= depth for number in partners_in) / len(known) for depth in (1, 2))
    return once, twice, fresh / len(known)


def dependence(ties: Ties) -> float | None:
    """How much rests on few partners: the sum of squared shares of the ties, from 1 over the number of partners to 1, one alone.

    The Herfindahl-Hirschman index (Herfindahl, 1950; Hirschman, 1945) of ties of bodies over partners. None without a tie.
    """
    of = Counter(partner for partners in ties.partners_of.values() for partner in partners)
    total = sum(of.values())
    return sum((number / total) ** 2 for number in of.values()) if total else None


def measures(network: PartnerNetwork, day: date, county: str | None = None) -> list[Measure]:
    """All measures of a county, or of the graph as a whole, in a fixed order, each with its meaning in one sentence.

    >>> from assetgraph.store import open_store, read_network
    >>> with open_store(":memory:") as store:
    ...     [one.value for one in measures(read_network(store), date(2025, 1, 15))][:3]
    [None, None, None]
    """
    ties = ties_of(network, day, county)
    across, by_chance = e_i_index(ties)
    curve = robustness(ties)
    found = [
        Measure("density", density(ties), "how many of all possible ties between an office or LEA and a partner are there"),
        Measure("centralization", centralization(ties), "how far the ties gather at few partners; 0: all have as many"),
        Measure("fragmentation", fragmentation(ties), "how many of all pairs no chain of ties joins; 0: all hang together"),
        Measure("E-I index", across, "whether ties cross kinds of organizations; 1: all do, -1: none does"),
        Measure("E-I index by chance", by_chance, "what it would be if kinds had nothing to do with ties"),
        Measure("multiplexity", multiplexity(ties), "how many tied pairs work together in more than one way or area"),
        Measure("robustness", _area_under(curve), _robustness_in_words(curve), tuple(curve)),
        Measure("dependence", dependence(ties), "how much rests on few partners; 1: all on one"),
    ]
    if county is None:
        return found
    office = network.offices.get(county)
    once, twice, fresh = coverage(network, county, day)
    return [
        *found,
        Measure("effective size", effective_size(ties, office) if office else None,
                "how many partners of the office do not know each other: what it can bring together"),
        Measure("constraint", constraint(ties, office) if office else None, "how far the office's ties lead into one circle"),
        Measure("coverage, one partner", once, "how many of the cells that are known have a partner"),
        Measure("coverage, two partners", twice, "how many of them would keep one if one partner left"),
        Measure("coverage, by freshness", fresh, "the same, ties counting less the longer ago they were confirmed"),
    ]  # fmt: skip


def _robustness_in_words(curve: Sequence[tuple[float, float]]) -> str:
    meaning = "how well offices and LEAs keep a partner while the best tied ones leave"
    half = next((left for gone, left in curve if gone >= 0.5), None)
    return meaning if half is None else f"{meaning}; with half of the partners gone, {half:.0%} still have one"


def _area_under(curve: Sequence[tuple[float, float]]) -> float | None:
    """The mean height of the curve, by trapezoids; None for no curve."""
    if not curve:
        return None
    return sum((b - a) * (high + low) / 2 for (a, high), (b, low) in pairwise(curve))
