"""What a build would do, before it does it: rows that are new, changed, the same or gone, and the change to write."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from assetgraph.build.project import Projection, project
from assetgraph.model.records import Reading, Record, SourceInfo
from assetgraph.model.schema import label_of
from assetgraph.store import (
    Change,
    Line,
    Page,
    Store,
    edge_digest,
    lines_of,
    node_digest,
    pages_of,
    records_of,
)

__all__ = ["Plan", "RowChange", "SourcePlan", "plan_build", "plan_retire"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs: ``kind`` is new, changed or gone; it stands, or stood, in ``file`` at ``row``."""

    kind: str
    source: str
    line: Line = field(repr=False)  # it holds private words too

    @property
    def file(self) -> str:
        """The name of the file, without its folder."""
        return self.line.file

    @property
    def sheet(self) -> str:
        """The sheet in the file."""
        return self.line.sheet

    @property
    def row(self) -> int:
        """The number of the row in the file."""
        return self.line.row

    @property
    def text(self) -> str:
        """What tells the row from others, in words, without anything private."""
        values = self.line.record(self.source).values
        columns = values.columns()
        public = [getattr(values, name) for name in values.key if not columns[name].private]
        return ", ".join("; ".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in public if value)


@dataclass(frozen=True)
class SourcePlan:
    """What happens to one source. ``new + changed + same`` are the rows kept now; ``gone`` were there before."""

    source: SourceInfo
    new: int
    changed: int
    same: int
    gone: int
    rows: Sequence[RowChange]
    """The rows that differ: those that are new or changed in the order of the files, then those that are gone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources touched, the change to write, and what the rows mean together."""

    sources: tuple[SourcePlan, ...]
    change: Change
    projection: Projection

    @property
    def is_empty(self) -> bool:
        """Whether the store already holds exactly this."""
        change = self.change
        return not any((change.nodes, change.removed_nodes, change.edges, change.removed_edges, change.pages,
                        change.removed_pages, change.sources, change.removed_sources, change.settles))  # fmt: skip

    @property
    def gone(self) -> int:
        """Rows that the store holds and the files no longer do."""
        return sum(source.gone for source in self.sources)


def plan_build(store: Store, readings: Iterable[Reading]) -> Plan:
    """What building these readings would change. Each source in them replaces all that the store holds of it."""
    readings = list(readings)
    sources: dict[str, SourceInfo] = {}
    for source in (source for reading in readings for source in reading.sources):
        sources[source.id] = _together(sources[source.id], source) if source.id in sources else source
    records = [record for reading in readings for record in reading.records]
    return _plan(store, sources, _numbered(records), set())


def _together(one: SourceInfo, other: SourceInfo) -> SourceInfo:
    """One source that two readings hold a part of each."""
    counted = {name: getattr(one, name) + getattr(other, name) for name in ("rows_in", "rows_kept", "rows_refused")}
    files = tuple(dict.fromkeys((*one.files, *other.files)))
    return other.model_copy(update={**counted, "files": files, "as_of": other.as_of or one.as_of})


def _numbered(records: list[Record]) -> list[Record]:
    """The same records, those of one place told apart by ``part``, whatever the order in which they came."""
    places: dict[tuple[str, str, str, int], list[Record]] = defaultdict(list)
    for record in records:
        places[record.source, record.file, record.sheet, record.row].append(record)
    numbered = []
    for held in places.values():
        if len(held) > 1:
            held.sort(key=lambda record: (record.county or "", record.content()))
        for part, record in enumerate(held):
            numbered.append(record if record.part == part else record.replaced(part=part))
    return numbered


def plan_retire(store: Store, source_ids: Sequence[str]) -> Plan:
    """What taking away some sources would change; facts that other sources also hold stay."""
    return _plan(store, {}, [], set(source_ids))


def _plan(store: Store, fresh: dict[str, SourceInfo], records: list[Record], retired: set[str]) -> Plan:
    held_sources = {source.id: source for source in store.sources()}
    held: dict[str, list[Page]] = defaultdict(list)
    for page in store.pages():
        held[page.source].append(page)
    coming: dict[str, list[Page]] = defaultdict(list)
    for page in pages_of(records):
        coming[page.source].append(page)
    staying = {key: one for key, one in held_sources.items() if key not in retired}
    sources = {**staying, **fresh}
    pages = [page for key in sources for page in (coming[key] if key in fresh else held[key])]
    unread = (page for key in staying.keys() - fresh.keys() for page in held[key])
    projection = project(sources.values(), [*records, *records_of(unread)])
    plans = [_compare(fresh[key], held[key], coming[key]) for key in sorted(fresh)]
    plans += [_compare(held_sources[key], held[key], []) for key in sorted(retired & held_sources.keys())]
    change = _change(store, projection)
    before, after = ({page.id: page for page in some} for some in (chain(*held.values()), pages))
    change.pages = [page for key, page in after.items() if before.get(key) != page]
    change.removed_pages = sorted(before.keys() - after.keys())
    change.sources = [source for key, source in sources.items() if held_sources.get(key) != source]
    change.removed_sources = sorted(held_sources.keys() - sources.keys())
    # What a build cut short left half-way is whole again once it was built anew, or is not there at all.
    change.settles = [one for one in store.unfinished() if one in fresh or one not in sources]
    return Plan(tuple(plans), change, projection)


def _compare(source: SourceInfo, before: list[Page], after: list[Page]) -> SourcePlan:
    """What happens to the rows of a source, wherever in its files they stand."""
    if not before:
        return _all_new(source, after)
    old, new = _by_content(before), _by_content(after)
    waiting: dict[str, list[Line]] = defaultdict(list)
    for said in old.keys() - new.keys():
        waiting[_row_key(old[said], source)].append(old[said])
    rows = []
    for line in (line for said, line in new.items() if said not in old):
        twins = waiting[_row_key(line, source)] if waiting else []
        rows.append(RowChange("changed" if twins else "new", source.id, line))
        if twins:
            twins.pop()
    gone = [line for lines in waiting.values() for line in lines]
    rows += [RowChange("gone", source.id, line) for line in sorted(gone)]
    counted = Counter(row.kind for row in rows)
    same = sum(page.rows for page in after) - counted["new"] - counted["changed"]
    return SourcePlan(source, counted["new"], counted["changed"], same, counted["gone"], rows)


def _all_new(source: SourceInfo, pages: list[Page]) -> SourcePlan:
    """The plan for a source that the store holds nothing of: its rows are looked at only when they are asked for."""
    different = len({hash(line.said) for page in pages for line in lines_of(page)})
    repeats = sum(page.rows for page in pages) - different
    return SourcePlan(source, different, 0, repeats, 0, _NewRows(source, pages, different))


class _NewRows(Sequence[RowChange]):
    """Rows made anew each time they are gone through; to pick one by its place goes through all of them."""

    def __init__(self, source: SourceInfo, pages: list[Page], size: int) -> None:
        self._source, self._pages, self._size = source, pages, size

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[RowChange]:
        return (RowChange("new", self._source.id, line) for line in _by_content(self._pages).values())

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index]


def _by_content(pages: list[Page]) -> dict[str, Line]:
    return {line.said: line for page in pages for line in lines_of(page)}


def _row_key(line: Line, source: SourceInfo) -> str:
    record = line.record(source.id)
    return f"{record.kind}|{record.county}|{record.values.same_row_key()}"


def _change(store: Store, projection: Projection) -> Change:
    """What of the graph differs from what is stored. Into an empty store goes all of it, one fact after the other."""
    old_nodes, old_edges = store.digests()
    nodes = projection.nodes
    if not old_nodes and not old_edges:
        return Change(nodes=list(nodes.values()), edges=projection.facts)
    change = Change()
    change.nodes = [node for key, node in nodes.items() if key not in old_nodes or old_nodes[key] != node_digest(node)]
    change.removed_nodes = [(label_of(key), key) for key in sorted(old_nodes.keys() - nodes.keys())]
    edges = []
    for edge in projection.facts:
        if old_edges.pop(edge.id, None) != edge_digest(edge):
            edges.append(edge)
    change.edges = edges
    change.removed_edges = [(key.partition(":")[0].upper(), key) for key in sorted(old_edges)]
    return change
