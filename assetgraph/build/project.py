"""The graph that some records make: a pure function, so building again from the files gives the same graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assetgraph.build.base import add_base, add_source
from assetgraph.build.directories import add_directory, add_indicators, index_of_leas
from assetgraph.build.naming import Naming
from assetgraph.build.rows import MAP_ROWS, action_id, owner_of
from assetgraph.build.ties import asked_of_ties
from assetgraph.build.weave import Facts, Loom
from assetgraph.matching.partners import Cluster
from assetgraph.model.graph import Graph
from assetgraph.model.ids import county_id
from assetgraph.model.nodes import Node
from assetgraph.model.records import Basis, Problem, Record, SourceInfo
from assetgraph.model.sheets import ActionRow

__all__ = ["Projection", "project"]


@dataclass(frozen=True)
class Projection:
    """The graph, what has to be asked back, and the partners that share a name and could be the same."""

    nodes: dict[str, Node]
    """By id, in the order of ids."""
    facts: Facts
    problems: tuple[Problem, ...]
    namesakes: tuple[Cluster, ...]

    @cached_property
    def graph(self) -> Graph:
        """All of it at once; of a large state take the facts one by one."""
        return Graph(self.nodes, {edge.id: edge for edge in self.facts})


def project(sources: Iterable[SourceInfo], records: Sequence[Record]) -> Projection:
    """Nodes and facts from rows; the order of sources and records does not matter.

    Example:
        >>> graph = project([], []).graph
        >>> len([node for node in graph.nodes if node.startswith("county/")])
        58
    """
    known = {source.id: source for source in sources}
    loom = Loom(known)
    add_base(loom)
    # A log of outreach is private as a whole: not even that there is one is in the graph.
    telling = {record.source for record in records if not record.is_outreach}
    logs = {record.source for record in records if record.is_outreach} - telling
    for source in sorted(known.values(), key=lambda one: one.id):
        if source.id not in logs:
            add_source(loom, source)
    by_kind: dict[str, list[Record]] = defaultdict(list)
    ordered = sorted(records, key=lambda one: (one.source, one.file, one.sheet, one.row))
    for record in ordered:
        by_kind[record.kind].append(record)
    lines = [(record, record.values) for record in by_kind["Directory"]]
    index = index_of_leas(lines)  # type: ignore[arg-type]
    codes = add_directory(loom, index, lines)  # type: ignore[arg-type]
    naming = Naming(loom, index)
    for record in by_kind["Actions"]:
        if isinstance(record.values, ActionRow):
            naming.remember_action(record, record.values.action, action_id(record, record.values.action))
    for kind, say in MAP_ROWS.items():
        for record in by_kind[kind]:
            typed = record.typed()
            say(naming, typed, typed.values)
    _own(naming, known, ordered)
    figures = [(record, record.values) for record in by_kind["Indicators"]]
    problems = [*naming.problems, *add_indicators(loom, index, codes, figures)]  # type: ignore[arg-type]
    nodes, facts = loom.finish()
    problems += asked_of_ties(known, by_kind, loom.clusters)
    namesakes = tuple(cluster for cluster in loom.clusters if cluster.could_be)
    return Projection(nodes, facts, tuple(dict.fromkeys(problems)), namesakes)


def _own(naming: Naming, sources: dict[str, SourceInfo], records: Sequence[Record]) -> None:
    """Say whose each asset map is, and which counties a table is about; records come in order of place."""
    first: dict[tuple[str, str | None], Record] = {}
    for record in (record for record in records if not record.is_outreach):  # a log is no map
        by_county = sources[record.source].basis is Basis.TABLE
        first.setdefault((record.source, record.county if by_county else None), record)
    for (source, county), record in first.items():
        if sources[source].basis is Basis.MAP:
            owner = owner_of(naming, record)
            if owner is not None:
                naming.loom.fact("OWNED_BY", f"source/{source}", owner, record)
        elif county:
            naming.loom.fact("MAPS", f"source/{source}", county_id(county), record)
