"""The world: a graph's nodes and facts as dicts, with the lists that one would keep to look things up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from assetgraph.model.graph import Graph

__all__ = ["TIES", "World", "current", "distinct", "has_not_ended", "is_fresh", "is_own", "years_before"]

Node = dict[str, Any]
Fact = dict[str, Any]

TIES = ("PARTNERS_WITH", "MEMBER_OF", "LEADS", "FUNDED_BY", "SERVES", "SUPPORTS")
"""The ways in which two organizations are tied."""


class World:
    """Nodes by id and facts by their ends. A fact is a dict of properties, ``type``, and its ends' ids ``a`` and ``b``."""

    def __init__(self, graph: Graph) -> None:
        self.node: dict[str, Node] = {key: {**node.model_dump(), "label": node.label} for key, node in graph.nodes.items()}
        self.labelled: dict[str, list[Node]] = defaultdict(list)
        for node in self.node.values():
            self.labelled[node["label"]].append(node)
        self.out: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        self.into: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        self.ties: dict[str, list[tuple[Fact, Node]]] = defaultdict(list)
        """Every tie of a node, whichever way it points, with the node at the other end."""
        self.said_by: dict[str, list[Fact]] = defaultdict(list)
        """Ties and offers by the id of the source's node."""
        self.offers_in: dict[str | None, list[Fact]] = defaultdict(list)
        """Offers by the county whose map states them."""
        self.dated: list[Fact] = []
        """Ties and offers that have a last day."""
        for edge in graph.edges.values():
            self._add({**edge.fact.model_dump(), "type": edge.kind.type, "a": edge.from_id, "b": edge.to_id})
        self.county = {node["name"]: node for node in self.labelled["County"]}
        self.office = {fact["b"]: self.node[fact["a"]] for node in self.labelled["COE"] for fact in self.out["IN"][node["id"]]}
        self.areas = sorted(self.labelled["ContentArea"], key=lambda area: area["term"])
        self.kinds = {kind["term"]: kind for kind in self.labelled["PartnerKind"]}

    def _add(self, fact: Fact) -> None:
        kind = fact["type"]
        self.out[kind][fact["a"]].append(fact)
        self.into[kind][fact["b"]].append(fact)
        if kind in TIES:
            self.ties[fact["a"]].append((fact, self.node[fact["b"]]))
            self.ties[fact["b"]].append((fact, self.node[fact["a"]]))
        if kind in TIES or kind == "OFFERS":
            self.said_by[f"source/{fact['source']}"].append(fact)
            if fact["ends_on"] is not None:
                self.dated.append(fact)
        if kind == "OFFERS":
            self.offers_in[fact["county"]].append(fact)

    def leas_of(self, office: Node) -> list[Node]:
        """The LEAs in the service area of an office, each once."""
        return list({fact["a"]: self.node[fact["a"]] for fact in self.into["SUPPORTED_BY"][office["id"]]}.values())

    def places_of(self, county: Node) -> set[str]:
        """Ids of a county, its regions and the state."""
        return {county["id"], *(fact["b"] for fact in self.out["IN_REGION"][county["id"]])}

    def maps_of(self, county: Node) -> list[Node]:
        """The maps and tables about a county."""
        return list({fact["a"]: self.node[fact["a"]] for fact in self.into["MAPS"][county["id"]]}.values())

    def areas_of(self, asset: str) -> list[str]:
        """Terms of the areas that an asset is about."""
        return [self.node[fact["b"]]["term"] for fact in self.out["COVERS"][asset]]

    def asked_about(self, county: Node) -> Iterator[tuple[Fact, str]]:
        """What the maps of a county asked about, each with the area's term."""
        for one in self.maps_of(county):
            for fact in self.out["ASKED_ABOUT"][one["id"]]:
                if fact["asked"] and fact["county"] in (None, county["name"]):
                    yield fact, self.node[fact["b"]]["term"]

    def home_of(self, node: Node) -> str | None:
        """The county in which an office, LEA or partner is."""
        return node.get("county") if node["label"] in ("COE", "LEA") else node.get("home_county")


def current(fact: Fact, day: date) -> bool:
    """Whether a fact holds on a day, as far as is recorded."""
    return (fact["starts_on"] is None or fact["starts_on"] <= day) and (fact["ends_on"] is None or fact["ends_on"] >= day)


def has_not_ended(fact: Fact, day: date) -> bool:
    """Whether no end before the day is recorded."""
    return fact["ends_on"] is None or fact["ends_on"] >= day


def is_fresh(fact: Fact, day: date, since: date) -> bool:
    """Whether taking part, or an answer about it, falls between two days, as far as is recorded."""
    return (fact["first_on"] is None or fact["first_on"] <= day) and (fact["last_on"] is None or fact["last_on"] >= since)


def years_before(day: date, years: int) -> date:
    """The same day some years ago; February 28 for a leap day."""
    last_of_february = (day.month, day.day) == (2, 29)
    return date(day.year - years, day.month, 28 if last_of_february else day.day)


def is_own(fact: Fact) -> bool:
    """Whether a fact stands on somebody's own map or table."""
    return fact["basis"] in ("map", "table")


def distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    """The values that are recorded, each once, sorted: how an answer holds a list."""
    return tuple(sorted({value for value in values if value is not None}))
