"""What a county's timeline and its needs show, from its part of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assetgraph.model.facts import Tie
from assetgraph.model.nodes import Asset, Need
from assetgraph.model.records import OWN_BASES
from assetgraph.model.vocabulary import term_name
from assetgraph.views.chosen import Chosen
from assetgraph.views.panel import need_note, source_of
from assetgraph.views.pictures.needs import Answers, NeedsView
from assetgraph.views.pictures.timeline import Span, TimelineView
from assetgraph.views.wording import NAME_CAP, ends_soon, has_ended, lasts, listed, shown

__all__ = ["needs_view", "timeline_of"]


def timeline_of(chosen: Chosen, as_of: date, lines: Sequence[str]) -> TimelineView:
    """Assets and ties of the county with a start or an end, in the order in which they end; others are counted."""
    every = [*_assets(chosen, as_of), *_ties(chosen, as_of)]
    spans = sorted(dict.fromkeys(span for span in every if span.starts_on or span.ends_on),
                   key=lambda span: (span.ends_on or date.max, span.starts_on or date.min, span.name))  # fmt: skip
    undated = len({(span.name, span.what) for span in every if not (span.starts_on or span.ends_on)})
    title = f"{shown(chosen.county, NAME_CAP)} County: what starts and what ends"
    return TimelineView(title=title, lines=tuple(lines), as_of=as_of, spans=tuple(spans), undated=undated)


def _assets(chosen: Chosen, as_of: date) -> Iterator[Span]:
    for member in sorted(chosen.members):
        node = chosen.node(member)
        if isinstance(node, Asset):
            offered = [edge.fact for kind in ("OFFERS", "REPORTED_BY") for edge in
                       (*chosen.facts_to(member, kind), *chosen.facts_from(member, kind))]  # fmt: skip
            own = next((fact for fact in offered if fact.basis in OWN_BASES), None)
            kind = term_name("asset_kind", node.kind) if node.kind else "Asset"
            source = source_of(chosen, own) if own else ""
            yield _span(shown(node.name, NAME_CAP), kind, node.starts_on, node.ends_on, node.duration, source, as_of)


def _ties(chosen: Chosen, as_of: date) -> Iterator[Span]:
    """Ties; those of one kind that somebody has with several for the same time are one."""
    alike: dict[tuple[Any, ...], list[tuple[str, Tie]]] = defaultdict(list)
    for edge in chosen.edges:
        if isinstance(edge.fact, Tie):
            fact = edge.fact
            key = (edge.from_id, fact.type, fact.starts_on, fact.ends_on, fact.duration)
            alike[key].append((edge.to_id, fact))
    for (start, _, starts_on, ends_on, duration), said in alike.items():
        others = listed(list(dict.fromkeys(_named(chosen, end) for end, _ in said)))
        sources = "; ".join(dict.fromkeys(source_of(chosen, fact) for _, fact in said))
        yield _span(said[0][1].sentence(_named(chosen, start), others), "Tie", starts_on, ends_on, duration, sources, as_of)


def _named(chosen: Chosen, node: str) -> str:
    """A node by name; counties are named with their word."""
    name = shown(chosen.graph.nodes[node].name if node in chosen.graph.nodes else chosen.node(node).name, NAME_CAP)
    return f"{name} County" if node == chosen.county_id else name


def _span(name: str, what: str, starts_on: date | None, ends_on: date | None, duration: str, source: str, as_of: date) -> Span:
    if has_ended(ends_on, as_of):
        status = "ended"
    elif starts_on and starts_on > as_of:
        status = "to_come"
    else:
        status = "soon" if ends_soon(ends_on, as_of) else "running"
    words = lasts(duration, starts_on, ends_on, as_of)
    return Span(name=name, what=what, starts_on=starts_on, ends_on=ends_on, duration=duration, status=status, words=words,
                source=source)  # fmt: skip


def needs_view(chosen: Chosen, met_elsewhere: Mapping[str, str], lines: Sequence[str]) -> NeedsView:
    """The needs that the county's sources record, each once, with what addresses it and what elsewhere could meet it."""
    owners = sorted((*chosen.members, *filter(None, [chosen.county_id])))
    told: dict[str, Answers] = {}
    for owner in owners:
        for edge in chosen.facts_from(owner, "NEEDS"):
            need = chosen.graph.nodes[edge.to_id]
            if isinstance(need, Need) and edge.fact.basis in OWN_BASES:
                recorded = [chosen.graph.nodes[one.from_id].name for one in chosen.facts_to(need.id, "ADDRESSES")
                            if one.fact.basis in OWN_BASES]  # fmt: skip
                elsewhere = (met_elsewhere[need.id],) if need.id in met_elsewhere else ()
                told.setdefault(need.id, Answers(
                    need=shown(need.name), whose=_named(chosen, owner), note=need_note(chosen, need),
                    recorded=tuple(dict.fromkeys(shown(name, NAME_CAP) for name in recorded)), elsewhere=elsewhere,
                ))  # fmt: skip
    title = f"{shown(chosen.county, NAME_CAP)} County: needs, and what could answer them"
    return NeedsView(title=title, lines=tuple(lines), needs=tuple(sorted(told.values(), key=lambda one: (one.whose, one.need))))
