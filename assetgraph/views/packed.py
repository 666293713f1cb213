"""Everything that stands on the maps of many counties, packed so that one page holds it: columns of numbers, compressed.

Of every county the shapes of its rings, where each stands, and the ties between them; of every tie what it says, for how long,
and where it is written. Nothing private is ever in it. The page unpacks it (``state/data.js`` is the other half).
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.ids import coe_id, county_id
from assetgraph.model.nodes import COE, LEA, Asset, ContentArea, County, Node, Partner, School
from assetgraph.model.records import OWN_BASES
from assetgraph.model.vocabulary import GRANT_AREAS
from assetgraph.views.fold import CROWD_OF_LEAS, folded_sentence, unfolded
from assetgraph.views.layout import ring_positions
from assetgraph.views.legend import GROUPS, group_of, kind_words
from assetgraph.views.selection import DRAWN
from assetgraph.views.wording import NAME_CAP, day, has_ended, lasts, relation, shown

__all__ = ["PackedRow", "packed", "packed_with_rows", "rows_of", "unpacked"]

AREA = "area/"
WORDS, BACK = {"REACHED_IN": "{a} says it takes part in {b}"}, {"REACHED_IN": "{b}: {a} says it takes part"}
"""Sentences that a page says otherwise than the fact does."""

COLUMNS = ("a", "b", "type", "span", "ended", "source", "row")
"""Of each tie: its two nodes, what it says, how long, whether it has ended, who says it, and the row (0: none)."""


class PackedRow(NamedTuple):
    """One statement of one county's map, in words: what the table of a page and the CSV beside it hold."""

    county: str
    sentence: str
    relation: str
    lasts: str
    source: str
    place: str


class _Words:
    """Texts by number: each stands once."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


@dataclass(slots=True)
class _Packing:
    """What is packed so far: columns of nodes and of ties."""

    graph: Graph
    as_of: date
    kinds: _Words = field(default_factory=_Words)
    said: _Words = field(default_factory=_Words)
    types: _Words = field(default_factory=_Words)
    spans: _Words = field(default_factory=_Words)
    nodes: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    node_kinds: list[int] = field(default_factory=list)
    homes: list[str | None] = field(default_factory=list)
    ties: dict[tuple[str, str, str], int] = field(default_factory=dict)
    columns: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def node(self, node_id: str, node: Node) -> int:
        if node_id not in self.nodes:
            self.nodes[node_id] = len(self.names)
            self.names.append(shown(node.name, NAME_CAP) or "no name")
            home = getattr(node, "county", None) or getattr(node, "home_county", None)
            self.homes.append(home)
            self.node_kinds.append(self.kinds.number(_kind_of(node)))
        return self.nodes[node_id]

    def tie(self, edge: Edge) -> int:
        key = (edge.from_id, edge.to_id, edge.id)
        if key not in self.ties:
            said = edge.properties
            starts, ends = _day(said.get("starts_on")), _day(said.get("ends_on"))
            place = ", ".join(filter(None, (shown(said.get("file"), NAME_CAP), _sheet(said))))
            self.ties[key] = len(self.columns["a"])
            for name, value in (
                ("a", self.nodes[edge.from_id]), ("b", self.nodes[edge.to_id]), ("type", self.types.number(edge.kind.type)),
                ("span", self.spans.number(_span(said, starts, ends, self.as_of))), ("ended", int(has_ended(ends, self.as_of))),
                ("source", self.said.number(f"{_source(self.graph, said)} · {place}" if place else _source(self.graph, said))),
                ("row", said.get("row") or 0),
            ):  # fmt: skip
                self.columns[name].append(value)
        return self.ties[key]


def packed(graph: Graph, counties: Sequence[str], as_of: date) -> str:
    """The maps of these counties as text (JSON, gzip, base64), as ``unpacked`` reads it; equal input gives equal text."""
    return packed_with_rows(graph, counties, as_of)[0]


def packed_with_rows(graph: Graph, counties: Sequence[str], as_of: date) -> tuple[str, list[PackedRow]]:
    """The same, and what ``rows_of`` gives: both are made of one packing."""
    data = _pack(graph, counties, as_of)
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(made.encode(), compresslevel=9, mtime=0)).decode(), _rows(data)


def unpacked(text: str) -> dict[str, Any]:
    """What the page reads: texts by number (kinds, sources, types, spans), nodes and ties as columns, and counties.

    >>> unpacked(packed(Graph(), [], date(2025, 1, 15)))["counties"]
    {}
    """
    found: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(text)))
    return found


def rows_of(graph: Graph, counties: Sequence[str], as_of: date) -> list[PackedRow]:
    """Every statement that is packed, in words, by county and sentence: the table beside the picture."""
    return packed_with_rows(graph, counties, as_of)[1]


def _rows(data: dict[str, Any]) -> list[PackedRow]:
    rows = []
    ties, names = data["ties"], data["nodes"]["name"]
    for county, held in data["counties"].items():
        for tie in held["ties"]:
            one = data["types"][ties["type"][tie]]
            sentence = one["forward"].replace("{a}", names[ties["a"][tie]]).replace("{b}", names[ties["b"][tie]])
            source, _, place = data["sources"][ties["source"][tie]].partition(" · ")
            row = ties["row"][tie]
            where = ", ".join(filter(None, (place, f"row {row}" if row else "")))
            rows.append(PackedRow(county, sentence, one["relation"], data["spans"][ties["span"][tie]], source, where))
    return sorted(dict.fromkeys(rows))


def _pack(graph: Graph, counties: Sequence[str], as_of: date) -> dict[str, Any]:
    made = _Packing(graph, as_of)
    said = _by_county(graph, set(counties))
    leas: dict[str, list[LEA]] = defaultdict(list)
    for node in graph.nodes.values():
        if isinstance(node, LEA) and node.county:
            leas[node.county].append(node)
    held = {county: _county(made, county, said.get(county, []), leas.get(county, [])) for county in sorted(counties)}
    types = [{"forward": WORDS.get(kind, FACT_KINDS[kind].forward), "backward": BACK.get(kind, FACT_KINDS[kind].backward),
              "relation": relation(kind), "back": relation(kind, backward=True)} for kind in made.types.texts]  # fmt: skip
    return {"kinds": made.kinds.texts, "sources": made.said.texts, "types": types, "spans": made.spans.texts,
            "nodes": {"name": made.names, "kind": made.node_kinds, "home": made.homes}, "ties": made.columns,
            "counties": held}  # fmt: skip


def _by_county(graph: Graph, counties: set[str]) -> dict[str, list[Edge]]:
    """The statements of each county: those that its rows or its own sources say, and those that touch its office or LEAs."""
    home: dict[str, str] = {}
    for node_id, node in graph.nodes.items():
        if isinstance(node, COE | LEA | School) and node.county in counties:
            home[node_id] = node.county
        elif isinstance(node, County) and node.name in counties:
            home[node_id] = node.name
    maps: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges.values():
        if edge.kind.type == "MAPS" and edge.to_id in home:
            maps[edge.from_id.removeprefix("source/")].add(home[edge.to_id])
    found: dict[str, list[Edge]] = defaultdict(list)
    for _, edge in sorted(graph.edges.items()):
        said = edge.properties
        if edge.kind.type == "REACHED_IN" and said.get("answer") != "yes":
            continue  # a no, or that nobody asked, ties nobody
        if edge.kind.type in DRAWN and said.get("basis", "map") in OWN_BASES and edge.from_id != edge.to_id:
            mapped = maps.get(said["source"], set())
            whose = {said["county"]} & counties if said.get("county") else mapped if len(mapped) == 1 else set()
            for name in whose | {home[end] for end in (edge.from_id, edge.to_id) if end in home}:
                found[name].append(edge)
    return found


def _is_drawn(node: Node | None) -> bool:
    return isinstance(node, COE | LEA | School | Partner | Asset | ContentArea)


def _county(made: _Packing, county: str, said: Sequence[Edge], own: Sequence[LEA]) -> dict[str, Any]:
    """One county: its shapes with their groups and places, its ties, and what is folded.

    What is said of the county as a whole is drawn at its office: ``whole`` is the one node and ``office`` the other.
    """
    graph, office, as_county = made.graph, coe_id(county), county_id(county)
    coe = graph.nodes.get(office) or COE(id=office, name=f"{county} County Office of Education", county=county)
    nodes: dict[str, Node] = {office: coe, **{AREA + area: _area(graph, area) for area in GRANT_AREAS}}
    edges, pairs = [], set()
    for edge in said:
        ends = [office if end == as_county else end for end in (edge.from_id, edge.to_id)]
        if ends[0] != ends[1] and all(end == office or _is_drawn(graph.nodes.get(end)) for end in ends):
            edges.append(edge)
            pairs.add((min(ends), max(ends)))
            nodes |= {end: graph.nodes.get(end, coe) for end in ends}
    if len(own) <= CROWD_OF_LEAS:
        nodes |= {node.id: node for node in own}
    left_out = sum(node.id not in nodes for node in own)
    groups = {one: "area" if isinstance(node, ContentArea) else group_of(node, county, office) for one, node in nodes.items()}
    ranked = sorted(groups, key=lambda one: (GROUPS[groups[one]].ring, nodes[one].name.casefold(), one))
    kept, folded = unfolded({one: groups[one] for one in ranked}, pairs)
    if left_out:
        folded["lea"] = folded.get("lea", 0) + left_out
    rings: dict[int, list[str]] = defaultdict(list)
    for one in kept:
        rings[GROUPS[groups[one]].ring].append(one)
    places = ring_positions(rings, pairs)
    numbers = [made.node(one, nodes[one]) for one in ranked]
    whole = made.node(as_county, County(id=as_county, name=f"{county} County", fips="", cds_county_code="", lat=0, lon=0))
    drawn = set(kept)
    return {
        "nodes": numbers, "group": [list(GROUPS).index(groups[one]) for one in ranked],
        "x": [round(places[one][0] * 1000) if one in drawn else None for one in ranked],
        "y": [round(places[one][1] * 1000) if one in drawn else None for one in ranked],
        "ties": [made.tie(edge) for edge in edges], "folded": folded_sentence(folded), "whole": whole,
        "office": made.nodes[office],
    }  # fmt: skip


def _area(graph: Graph, area: str) -> Node:
    return graph.nodes.get(AREA + area) or ContentArea(id=AREA + area, name=area, term=area)


def _kind_of(node: Node) -> str:
    if isinstance(node, Partner):
        return kind_words(node, "network" if node.is_network else "partner")
    if isinstance(node, Asset):
        return kind_words(node, "offering" if node.is_offering else "asset")
    return kind_words(node, "area" if isinstance(node, ContentArea) else "lea")


def _span(said: Any, starts: date | None, ends: date | None, as_of: date) -> str:
    return lasts(said["duration"], starts, ends, as_of) if "duration" in said else ""


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _source(graph: Graph, said: Any) -> str:
    node = graph.nodes.get(f"source/{said['source']}")
    name = shown(node.name if node else said["source"], NAME_CAP)
    as_of = _day(said.get("as_of"))
    return f"{name} (as of {day(as_of)})" if as_of else f"{name} (date not recorded)"


def _sheet(said: Any) -> str:
    sheet, file = shown(said.get("sheet"), NAME_CAP), shown(said.get("file"), NAME_CAP)
    return f"sheet {sheet}" if sheet and file.rsplit(".", 1)[0] != sheet else ""
