"""What a panel and the table say of one node: details, private lines, needs. Blank means not recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from assetgraph.model.facts import AskedAbout, Dated, Fact, ReachedIn
from assetgraph.model.grades import GradeSpan
from assetgraph.model.graph import Edge
from assetgraph.model.nodes import COE, LEA, Asset, Coordinator, Need, Node, Partner
from assetgraph.model.records import OWN_BASES
from assetgraph.model.schema import is_private
from assetgraph.model.vocabulary import FAMILIES, kind_name, term_name
from assetgraph.views.chosen import Chosen
from assetgraph.views.map_view import Detail, NeedLine
from assetgraph.views.wording import NAME_CAP, area_name, counted, day, lasts, listed, shown

__all__ = [
    "FEW",
    "asked_about",
    "asked_for_partners",
    "asked_line",
    "dated",
    "details_of",
    "need_note",
    "needs_of",
    "place_of",
    "private_lines",
    "private_of",
    "scope_of",
    "source_of",
]

FEW = 10
"""Counts of students from 1 to this are never shown."""


def details_of(chosen: Chosen, node: Node, as_of: date, *, with_rows: bool = True) -> tuple[Detail, ...]:
    """The lines of a node that everybody may read, in the order in which they are shown.

    The last says in which sources it is named, and ``with_rows`` in which rows of them.
    """
    lines: list[tuple[str, str]] = []
    if isinstance(node, Partner):
        lines = _partner(chosen, node)
    elif isinstance(node, Asset):
        lines = _asset(chosen, node, as_of)
    elif isinstance(node, LEA):
        lines = [*_lea(node), *_reached(chosen, node), *_roles(chosen, node)]
    elif isinstance(node, COE):
        one = "The county's one district and the county office are one body." if node.single_district else ""
        lines = [("Single-district county", one), *_reached(chosen, node), *_roles(chosen, node)]
    lines.append(("Named in", _named_in(chosen, node, with_rows)))
    return tuple(Detail(name=name, text=shown(text)) for name, text in lines if text)


def _partner(chosen: Chosen, node: Partner) -> list[tuple[str, str]]:
    could_be = [chosen.graph.nodes[other].name for other in node.could_be if other in chosen.graph.nodes]
    return [
        ("Kind", kind_name(node.kind)),
        ("Family", FAMILIES.get(node.family, "Other") if node.family else ""),
        ("Also called", "; ".join(shown(name, NAME_CAP) for name in node.also_called)),
        ("Home county", node.home_county or ""),
        ("Serves", _ends_named(chosen, chosen.facts_from(node.id, "SERVES"))),
        ("Could be the same as", "; ".join(shown(name, NAME_CAP) for name in could_be)),
    ]


def scope_of(chosen: Chosen, node: Node) -> str | None:
    """Whose a partner or an asset is: the office's own, another county office's, or of somebody outside; None for others."""
    if isinstance(node, Partner):
        return "outside_coe"
    if isinstance(node, COE):
        return "inside_coe" if node.id == chosen.coe.id else "other_coe"
    providers = {edge.from_id for edge in chosen.facts_to(node.id, "OFFERS")} if isinstance(node, Asset) else set()
    if chosen.coe.id in providers:
        return "inside_coe"
    if any(isinstance(chosen.graph.nodes.get(one), COE) for one in providers):
        return "other_coe"
    return "outside_coe" if providers else None


def _asset(chosen: Chosen, node: Asset, as_of: date) -> list[tuple[str, str]]:
    scope = scope_of(chosen, node)
    taking_part = {e.from_id for e in chosen.facts_to(node.id, "TOOK_PART_IN")} & chosen.members
    return [
        ("Kind", term_name("asset_kind", node.kind) if node.kind else "not recorded"),
        ("Whose", term_name("scope", scope) if scope else "not recorded"),
        ("How long", lasts(node.duration, node.starts_on, node.ends_on, as_of)),
        ("Grades", _grades(node.grade_low, node.grade_high)),
        ("Format", term_name("format", node.format) if node.format else ""),
        ("Held", term_name("modality", node.modality) if node.modality else ""),
        ("Audience", ", ".join(term_name("audience", one) for one in node.audience)),
        ("Hours", f"{node.hours:g}" if node.hours is not None else ""),
        ("Cost", node.cost or ""),
        ("Stipend", node.stipend or ""),
        ("Open to", _ends_named(chosen, chosen.facts_from(node.id, "OPEN_TO"))),
        (
            "Taking part",
            counted(len(taking_part), "LEA of this county", "LEAs of this county")
            if taking_part
            else "not recorded",
        ),
        ("Tags", ", ".join(node.tags)),
    ]


def _lea(node: LEA) -> list[tuple[str, str]]:
    students = "" if node.enrollment is None else f"{node.enrollment:,}"
    if node.has_few_students or (node.enrollment is not None and 1 <= node.enrollment <= FEW):
        students = "fewer than 11"
    return [
        ("Kind", "Charter" if node.is_charter else (node.kind or "").replace("_", " ").capitalize()),
        ("Grades", _grades(node.grade_low, node.grade_high)),
        ("Students", students),
        ("Locale", (node.locale or "").replace("_", " ")),
        ("City", node.city or ""),
        ("Status", (node.status or "") if node.status != "Active" else ""),
    ]


def _grades(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return ""
    return str(GradeSpan(low, high))


def _reached(chosen: Chosen, node: Node) -> list[tuple[str, str]]:
    lines = []
    for edge in chosen.facts_from(node.id, "REACHED_IN"):
        if isinstance(edge.fact, ReachedIn) and edge.fact.basis in OWN_BASES:
            area = shown(chosen.graph.nodes[edge.to_id].name, NAME_CAP)
            answer = edge.fact.answer.replace("_", " ")
            lines.append((f"Takes part in {area}", f"{answer}, {source_of(chosen, edge.fact)}"))
    return lines


def _roles(chosen: Chosen, node: Node) -> list[tuple[str, str]]:
    lines = []
    for edge in chosen.facts_from(node.id, "HAS_COORDINATOR"):
        role = chosen.graph.nodes[edge.to_id]
        if isinstance(role, Coordinator) and edge.fact.basis in OWN_BASES:
            areas = [
                shown(chosen.graph.nodes[e.to_id].name, NAME_CAP)
                for e in chosen.facts_from(role.id, "COORDINATES")
            ]
            extra = [
                listed(list(dict.fromkeys(areas))) if areas else "content area not recorded",
                f"{role.fte:g} FTE" if role.fte is not None else "",
            ]
            lines.append(("Role", ", ".join([shown(role.name, NAME_CAP), *filter(None, extra)])))
    return lines


def _ends_named(chosen: Chosen, edges: Iterable[Edge]) -> str:
    names = []
    for edge in edges:
        if edge.fact.basis in OWN_BASES and edge.to_id in chosen.graph.nodes:
            name = shown(chosen.graph.nodes[edge.to_id].name, NAME_CAP)
            names.append(f"{name} County" if edge.to_id.startswith("county/") else name)
    return ", ".join(dict.fromkeys(names))


def _named_in(chosen: Chosen, node: Node, with_rows: bool) -> str:
    facts = [e.fact for e in chosen.facts_from(node.id, "REPORTED_BY") if e.fact.basis != "built_in"]
    places: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        places[source_of(chosen, fact)].append(place_of(fact) if with_rows else "")
    said = [
        ": ".join(filter(None, [source, "; ".join(dict.fromkeys(where))])) for source, where in places.items()
    ]
    return "; ".join(said)


def source_of(chosen: Chosen, fact: Fact) -> str:
    """Name of the source of a fact and the day for which it says it."""
    node = chosen.graph.nodes.get(f"source/{fact.source}")
    name = shown(node.name if node else fact.source, NAME_CAP)
    return f"{name} (as of {day(fact.as_of)})" if fact.as_of else f"{name} (date not recorded)"


def place_of(fact: Fact) -> str:
    """File, sheet and row of a fact; a text table is its own sheet. Empty when none is recorded."""
    file, sheet = shown(fact.file, NAME_CAP), shown(fact.sheet, NAME_CAP)
    parts = [file, f"sheet {sheet}" if sheet and PurePath(file).stem != sheet else ""]
    return ", ".join(filter(None, [*parts, f"row {fact.row}" if fact.row is not None else ""]))


def private_lines(record: Node | Fact) -> tuple[Detail, ...]:
    """The private fields of a node or fact that hold something; only a staff edition may ask for them."""
    lines = []
    for name in type(record).model_fields:
        value: Any = getattr(record, name)
        if is_private(type(record), name) and value not in (None, [], ""):
            text = (
                "; ".join(map(str, value))
                if isinstance(value, Sequence) and not isinstance(value, str)
                else str(value)
            )
            lines.append(Detail(name=name.replace("_", " ").capitalize(), text=shown(text)))
    return tuple(lines)


def private_of(chosen: Chosen, node: Node) -> tuple[Detail, ...]:
    """The private lines of a node, of the roles at it and the seats that it holds, and for the office of its own sources.

    Only a staff edition may ask for them.
    """
    held = [edge.to_id for edge in chosen.facts_from(node.id, "HAS_COORDINATOR")]
    held += [edge.from_id for edge in chosen.facts_to(node.id, "HELD_BY")]
    held += [f"source/{source}" for source in sorted(chosen.own)] if node.id == chosen.coe.id else []
    lines = list(private_lines(node))
    for other in (chosen.graph.nodes[one] for one in held if one in chosen.graph.nodes):
        name = shown(other.name, NAME_CAP)
        lines += [line.model_copy(update={"text": f"{name}: {line.text}"}) for line in private_lines(other)]
    return tuple(dict.fromkeys(lines))


def needs_of(chosen: Chosen, owner: str, met_elsewhere: Mapping[str, str]) -> tuple[NeedLine, ...]:
    """The needs that the county's sources record for an owner: areas, what addresses each, and what elsewhere could."""
    lines = []
    for edge in chosen.facts_from(owner, "NEEDS"):
        need = chosen.graph.nodes[edge.to_id]
        if isinstance(need, Need) and edge.fact.basis in OWN_BASES:
            elsewhere = f"; elsewhere: {met_elsewhere[need.id]}" if need.id in met_elsewhere else ""
            note = f"{need_note(chosen, need)}{elsewhere}; {source_of(chosen, edge.fact)}"
            lines.append(NeedLine(text=shown(need.name), note=note))
    return tuple(dict.fromkeys(lines))


def need_note(chosen: Chosen, need: Need) -> str:
    """What a need is about, how it stands, and what is recorded that addresses it."""
    areas = [shown(chosen.graph.nodes[e.to_id].name, NAME_CAP) for e in chosen.facts_from(need.id, "ABOUT")]
    answers = [e.from_id for e in chosen.facts_to(need.id, "ADDRESSES") if e.fact.basis in OWN_BASES]
    named = [shown(chosen.graph.nodes[one].name, NAME_CAP) for one in answers]
    about = listed(list(dict.fromkeys(areas))) if areas else "content area not recorded"
    addressed = (
        f"addressed by {listed(list(dict.fromkeys(named)))}"
        if named
        else "nothing recorded that addresses it"
    )
    status = f"{need.status.replace('_', ' ')}; " if need.status else ""
    return f"{about}; {status}{addressed}"


def _asked(chosen: Chosen, area: str) -> list[AskedAbout]:
    """What the county's sources say about having asked for an area."""
    facts = [e.fact for e in chosen.facts_to(f"area/{area}", "ASKED_ABOUT") if e.fact.source in chosen.own]
    return [fact for fact in facts if isinstance(fact, AskedAbout) and fact.county in (None, chosen.county)]


def asked_about(chosen: Chosen, area: str) -> bool | None:
    """Whether the county's sources say that they asked about an area; None when they say nothing."""
    answers = [fact.asked for fact in _asked(chosen, area)]
    return any(answers) if answers else None


def asked_for_partners(chosen: Chosen, area: str) -> bool:
    """Whether the county's sources say that they asked an area for partners: for a kind, a family or all."""
    return any(fact.asked and (fact.kind or fact.family) for fact in _asked(chosen, area))


def asked_line(chosen: Chosen, area: str) -> str:
    """Who asked about an area, in words; empty when no source of the county says whether anybody did."""
    asked = asked_about(chosen, area)
    if asked is None:
        return ""
    partners = asked_for_partners(chosen, area)
    said = [
        source_of(chosen, fact)
        for fact in _asked(chosen, area)
        if fact.asked is asked and (not partners or fact.kind or fact.family)
    ]
    by = "; ".join(dict.fromkeys(said))
    if asked and not partners:
        return f"{area_name(area)}: it is not recorded which kinds of partner were asked about: {by}"
    return f"{area_name(area)} was {'' if asked else 'not '}asked about: {by}"


def dated(fact: Fact, as_of: date) -> str:
    """How long a fact holds, in words; empty for a fact that has no dates of its own."""
    return lasts(fact.duration, fact.starts_on, fact.ends_on, as_of) if isinstance(fact, Dated) else ""
