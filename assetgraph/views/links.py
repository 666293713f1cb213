"""The lines of a picture: every statement between the same two ends is one line, with all that was said."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from assetgraph.model.facts import Dated, HasCoordinator, Offers, ReachedIn, Tie, TookPartIn
from assetgraph.model.graph import Edge
from assetgraph.model.nodes import Asset
from assetgraph.model.vocabulary import term_name
from assetgraph.views.chosen import Chosen
from assetgraph.views.map_view import Link, Statement
from assetgraph.views.panel import FEW, dated, place_of, private_lines, source_of
from assetgraph.views.wording import NAME_CAP, area_name, has_ended, relation, safe_link, shown

__all__ = ["Holds", "areas_of", "holds", "links_of"]

_LONGEST_FIRST = ("enduring", "time_limited", "temporary", "unknown", "ended")


def links_of(chosen: Chosen, ids: dict[str, str], as_of: date, staff: bool) -> list[Link]:
    """The lines between items, in the order of their ends; ``ids`` gives each node its opaque id.

    The middle stands for the county and for its office: what serves the whole county is tied to it.
    A line from an asset carries the asset's duration where the statement has none of its own.
    """
    if chosen.county_id:
        ids = ids | {chosen.county_id: ids[chosen.coe.id]}
    between: dict[tuple[str, str], list[tuple[str, str, Edge]]] = defaultdict(list)
    for edge in chosen.edges:
        for to_id in chosen.coordinated.get(edge.fact.id, (edge.to_id,)):
            if edge.from_id in ids and to_id in ids:
                between[_in_order(ids, edge.from_id, to_id)].append((edge.from_id, to_id, edge))
    links = []
    for place, (ends, said) in enumerate(sorted(between.items(), key=lambda pair: _order(ids, pair[0]))):
        styles = {holds(chosen, edge).style_on(as_of) for _, _, edge in said}
        areas = sorted({area for _, _, edge in said for area in areas_of(chosen, edge)})
        links.append(Link(
            id=f"e{place}", from_id=ids[ends[0]], to_id=ids[ends[1]], areas=tuple(areas),
            style=min(styles, key=_LONGEST_FIRST.index),
            statements=tuple(
                _statement(chosen, start, end, edge, ends[0] != start, as_of, staff)
                for start, end, edge in said
            ),
        ))  # fmt: skip
    return links


def _in_order(ids: dict[str, str], first: str, second: str) -> tuple[str, str]:
    return (first, second) if _number(ids[first]) <= _number(ids[second]) else (second, first)


def _order(ids: dict[str, str], ends: tuple[str, str]) -> tuple[int, int]:
    return _number(ids[ends[0]]), _number(ids[ends[1]])


def _number(item: str) -> int:
    return int(item[1:])


class Holds(NamedTuple):
    """From when to when a statement holds, and for how long; None where it is not recorded."""

    starts_on: date | None
    ends_on: date | None
    duration: str

    def style_on(self, as_of: date) -> str:
        """How its line is drawn on a day: ended, or its duration."""
        return "ended" if has_ended(self.ends_on, as_of) else self.duration


def holds(chosen: Chosen, edge: Edge) -> Holds:
    """When a statement holds together with the asset at one of its ends; its own duration comes before the asset's."""
    nodes = (chosen.graph.nodes.get(end) for end in (edge.from_id, edge.to_id))
    records: list[Dated | Asset] = [edge.fact] if isinstance(edge.fact, Dated) else []
    records += [node for node in nodes if isinstance(node, Asset)]
    starts = max((one.starts_on for one in records if one.starts_on), default=None)
    ends = min((one.ends_on for one in records if one.ends_on), default=None)
    known = (one.duration for one in records if one.duration in _LONGEST_FIRST and one.duration != "unknown")
    return Holds(starts, ends, next(known, "unknown"))


def areas_of(chosen: Chosen, edge: Edge) -> list[str]:
    """Terms of the content areas a fact is about: its own, the area at its end, or those of its asset."""
    if isinstance(edge.fact, Tie) and edge.fact.areas:
        return list(edge.fact.areas)
    ends = [*chosen.coordinated.get(edge.fact.id, ()), edge.from_id, edge.to_id]
    areas = [end.removeprefix("area/") for end in ends if end.startswith("area/")]
    if not areas:
        assets = [end for end in ends if end.startswith("asset/")]
        areas = [
            e.to_id.removeprefix("area/") for asset in assets for e in chosen.facts_from(asset, "COVERS")
        ]
    return areas


def _statement(
    chosen: Chosen, start: str, end: str, edge: Edge, turned: bool, as_of: date, staff: bool
) -> Statement:
    """One fact in words; ``turned`` when the line runs against the fact."""
    fact = edge.fact
    a, b = _name(chosen, start), _name(chosen, end)
    forward, backward = _sentences(chosen, edge, a, b)
    relations = relation(fact.type), relation(fact.type, backward=True)
    if turned:
        forward, backward, relations = backward, forward, relations[::-1]
    return Statement(
        forward=forward,
        backward=backward,
        relation=relations[0],
        relation_back=relations[1],
        turned=turned,
        lasts="; ".join(filter(None, [dated(fact, as_of), *_more(chosen, edge)])),
        **holds(chosen, edge)._asdict(),
        source=source_of(chosen, fact),
        place=place_of(fact),
        web=safe_link(fact.web),
        private=private_lines(fact) if staff else (),
    )


def _name(chosen: Chosen, node_id: str) -> str:
    """The name of an end; counties are named with their word, areas are there without a node."""
    if node_id.startswith("area/"):
        return area_name(node_id.removeprefix("area/"))
    name = shown(chosen.node(node_id).name, NAME_CAP)
    return f"{name} County" if node_id == chosen.county_id else name


def _sentences(chosen: Chosen, edge: Edge, a: str, b: str) -> tuple[str, str]:
    """The fact's own sentence both ways; roles and answers, which are no shapes, are said in full."""
    if isinstance(edge.fact, HasCoordinator):
        role = shown(chosen.graph.nodes[edge.to_id].name, NAME_CAP)
        return f"{a} has the role {role}, which looks after {b}", f"{b} is looked after by {role} at {a}"
    if isinstance(edge.fact, ReachedIn):
        return f"{a} says it takes part in {b}", f"{b}: {a} says it takes part"
    return edge.fact.sentence(a, b), edge.fact.sentence(a, b, backward=True)


def _more(chosen: Chosen, edge: Edge) -> list[str]:
    """What else a statement records, in words."""
    fact = edge.fact
    more = ["county-wide service, on paper"] if edge.to_id == chosen.county_id else []
    if isinstance(fact, Tie):
        more.append(term_name("scope", fact.scope).lower() if fact.scope else "")
        more.append({1: "weak tie", 2: "", 3: "strong tie"}.get(fact.strength or 2, ""))
    if isinstance(fact, Tie | Offers) and fact.how_known:
        more.append(f"how we know: {term_name('evidence', fact.how_known).lower()}")
    if isinstance(fact, TookPartIn):
        more.append(f"in {shown(fact.year, NAME_CAP)}" if fact.year else "")
        more.append(_people(fact.headcount))
    return [text for text in more if text]


def _people(headcount: int | None) -> str:
    if headcount is None:
        return ""
    return "fewer than 11 people" if 1 <= headcount <= FEW else f"{headcount:,} people"
