"""What a build would do, before it does it: rows that are new, changed, the same or gone, and the change to write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assetgraph.build.project import Projection, project
from assetgraph.model.records import Reading, Record, SourceInfo
from assetgraph.model.schema import label_of
from assetgraph.store import Change, Store, edge_digest, node_digest, record_id

__all__ = ["Plan", "RowChange", "SourcePlan", "plan_build", "plan_retire"]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs: ``kind`` is new, changed or gone; ``row`` its number in the file it stands or stood in."""

    kind: str
    file: str
    sheet: str
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """What happens to one source. ``new + changed + same`` are the rows kept now; ``gone`` were there before."""

    source: SourceInfo
    new: int
    changed: int
    same: int
    gone: int
    rows: tuple[RowChange, ...]


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
        return not any((change.nodes, change.removed_nodes, change.edges, change.removed_edges, change.records,
                        change.removed_records, change.sources, change.removed_sources, change.settles))  # fmt: skip

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
            numbered.append(record if record.part == part else record.model_copy(update={"part": part}))
    return numbered


def plan_retire(store: Store, source_ids: Sequence[str]) -> Plan:
    """What taking away some sources would change; facts that other sources also hold stay."""
    return _plan(store, {}, [], set(source_ids))


def _plan(store: Store, fresh: dict[str, SourceInfo], records: list[Record], retired: set[str]) -> Plan:
    held_sources = {source.id: source for source in store.sources()}
    held: dict[str, list[Record]] = defaultdict(list)
    for record in store.records():
        held[record.source].append(record)
    coming: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        coming[record.source].append(record)
    staying = {key: one for key, one in held_sources.items() if key not in retired}
    target_sources = {**staying, **fresh}
    target_records = [
        record for key in target_sources for record in (coming[key] if key in fresh else held[key])
    ]
    projection = project(target_sources.values(), target_records)
    plans = [_compare(fresh[key], held[key], coming[key]) for key in sorted(fresh)]
    plans += [_compare(held_sources[key], held[key], []) for key in sorted(retired & held_sources.keys())]
    change = _change(store, projection)
    _ledger_change(change, held_sources, held, target_sources, target_records)
    # What a build cut short left half-way is whole again once it was built anew, or is not there at all.
    change.settles = [one for one in store.unfinished() if one in fresh or one not in target_sources]
    return Plan(tuple(plans), change, projection)


def _compare(source: SourceInfo, before: list[Record], after: list[Record]) -> SourcePlan:
    old = {record.digest(): record for record in before}
    new = {record.digest(): record for record in after}
    same = [digest for digest in new if digest in old]
    left = [record for digest, record in old.items() if digest not in new]
    come = [record for digest, record in new.items() if digest not in old]
    waiting: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in left:
        waiting[_row_key(record)].append(record)
    rows = []
    for record in come:
        twins = waiting[_row_key(record)]
        rows.append(_row_change("changed" if twins else "new", record))
        if twins:
            twins.pop()
    gone = [record for records in waiting.values() for record in records]
    rows += [_row_change("gone", record) for record in gone]
    repeats = len(after) - len(new)
    changed = sum(1 for row in rows if row.kind == "changed")
    return SourcePlan(source, sum(1 for row in rows if row.kind == "new"), changed, len(same) + repeats, len(gone), tuple(rows))


def _row_key(record: Record) -> tuple[str, str]:
    return record.kind, f"{record.county}|{record.values.same_row_key()}"


def _row_change(kind: str, record: Record) -> RowChange:
    columns = record.values.columns()
    public = [getattr(record.values, name) for name in record.values.key if not columns[name].private]
    words = ["; ".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in public if value]
    return RowChange(kind, record.file, record.sheet, record.row, ", ".join(words))


def _change(store: Store, projection: Projection) -> Change:
    old_nodes, old_edges = store.digests()
    graph = projection.graph
    change = Change()
    change.nodes = [node for key, node in graph.nodes.items() if old_nodes.get(key) != node_digest(node)]
    change.edges = [edge for key, edge in graph.edges.items() if old_edges.get(key) != edge_digest(edge)]
    change.removed_nodes = [(label_of(key), key) for key in sorted(old_nodes) if key not in graph.nodes]
    gone = sorted(key for key in old_edges if key not in graph.edges)
    change.removed_edges = [(key.partition(":")[0].upper(), key) for key in gone]
    return change


def _ledger_change(change: Change, held_sources: dict[str, SourceInfo], held: dict[str, list[Record]],
                   sources: dict[str, SourceInfo], records: list[Record]) -> None:  # fmt: skip
    before = {record_id(record): record for records_ in held.values() for record in records_}
    after = {record_id(record): record for record in records}
    change.records = [record for key, record in after.items() if before.get(key) != record]
    change.removed_records = sorted(key for key in before if key not in after)
    change.sources = [source for key, source in sources.items() if held_sources.get(key) != source]
    change.removed_sources = sorted(key for key in held_sources if key not in sources)


