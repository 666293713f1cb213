"""The loom: rows hand in what they say about nodes and facts; when all are in, it gives the graph.

Ends may be named before it is known which partner they are: identity is decided once, over all rows, at the end.
A state hands in millions of statements, so what all rows of one sheet have in common is worked out once.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from assetgraph.matching.partners import Cluster, Mention, resolve_partners
from assetgraph.model.facts import FACT_KINDS, Fact
from assetgraph.model.graph import Edge
from assetgraph.model.names import fold, slug
from assetgraph.model.nodes import Asset, Node, Partner
from assetgraph.model.records import Basis, Record, SourceInfo
from assetgraph.model.schema import PRIVATE_PROPERTIES
from assetgraph.model.sheets import SheetRow
from assetgraph.model.vocabulary import LEARNING_KINDS, family_of, role_of

__all__ = ["AssetEnd", "End", "Facts", "Loom"]

LONGEST_IN_ID = 80

_RANK = {Basis.DIRECTORY: 0, Basis.MAP: 1, Basis.TABLE: 2, Basis.REFERENCE: 3, Basis.BUILT_IN: 4}
_DEFAULTS: dict[str, dict[str, Any]] = {
    name: {key: one.default for key, one in kind.model_fields.items() if not one.is_required() and one.default is not None}
    for name, kind in FACT_KINDS.items()
}
"""What a fact of each kind says where a row says nothing."""


class AssetEnd(NamedTuple):
    """An asset, known by its title and who offers it."""

    title: str
    provider: str | Mention | None


End = str | Mention | AssetEnd
"""A node: by id, by the way a source names a partner, or as an asset of somebody."""

Rank = tuple[Any, ...]


class _Claim(NamedTuple):
    """What one row says of a node; a lower rank is believed first."""

    rank: Rank
    kind: type[Node]
    name: str
    fields: Mapping[str, Any]


class _Place(NamedTuple):
    """What all statements of one sheet about one county have in common."""

    said: dict[str, Any]
    text: str
    """The same as part of an id: without the file's name, so that renaming a file changes no id."""
    rank: Rank
    source: str
    """The id of the source's node."""
    named: dict[tuple[End, str | None], int]
    """What rows name and say no more of (a partner at the end of a hundred ties), and by which page: the first such row."""
    reported: set[tuple[End, str | None, int]]
    """What rows name and say more of."""


class _Statement(NamedTuple):
    kind: type[Fact]
    start: End
    end: End
    place: _Place
    fields: tuple[Any, ...]
    """Names and values by turns, which take half the room of a dictionary."""
    row: int | None


_NOTHING: dict[str, Any] = {}
_EMPTY: tuple[Any, ...] = (None, [], ())
_BUILT_IN = _Place({"source": "built_in/assetgraph", "basis": Basis.BUILT_IN.value}, "built_in/assetgraph", (9, 0, "", ""),
                   "source/built_in/assetgraph", {}, set())  # fmt: skip


@dataclass(slots=True)
class Loom:
    """Collects claims about nodes and statements of facts; ``finish`` makes the nodes and facts."""

    sources: Mapping[str, SourceInfo]
    clusters: list[Cluster] = field(default_factory=list)
    _claims: dict[End, dict[Any, _Claim]] = field(default_factory=dict)
    _statements: list[_Statement] = field(default_factory=list)
    _places: dict[tuple[str, str, str, str | None], _Place] = field(default_factory=dict)
    _last: Record | None = None
    _last_place: _Place = _BUILT_IN
    _page: str | None = None
    """The page that says what the last row says."""

    def node(self, end: End, kind: type[Node], name: str, record: Record | None = None, /, **fields: Any) -> End:
        """Say that a node is there, with what this row knows of it. Fields left None say nothing."""
        place = _BUILT_IN if record is None else self._place(record)
        said = {key: value for key, value in fields.items() if value not in _EMPTY} if fields else _NOTHING
        rank = (*place.rank, record.row if record is not None else 0)
        claims = self._claims.get(end)
        if claims is None:
            claims = self._claims[end] = {}
        # Rows that say the same of a node differ in nothing but their rank: the first of them speaks for all.
        key: Any = (kind, name, *said.items())
        try:
            held = claims.get(key)
        except TypeError:  # a list is among the fields
            key, held = len(claims), None
        if held is None or rank < held.rank:
            claims[key] = _Claim(rank, kind, name, said)
        if record is not None:
            where = end, self._page
            if said:
                self._report(where, place, record.row)
                place.reported.add((*where, record.row))
            else:
                place.named[where] = min(record.row, place.named.get(where, record.row))
        return end

    def _report(self, where: tuple[End, str | None], place: _Place, row: int) -> None:
        end, web = where
        self._statements.append(_Statement(_REPORTED_BY, end, place.source, place, ("web", web) if web else (), row))

    def knows(self, end: End) -> bool:
        """Whether anybody has said that the node is there."""
        return end in self._claims

    def fact(self, kind: str, start: End, end: End, record: Record | None = None, /, **fields: Any) -> None:
        """State a fact between two ends; ``record`` is the row that says so, None for what is built in."""
        if start == end:
            return
        place, row = (_BUILT_IN, None) if record is None else (self._place(record), record.row)
        said = tuple(chain.from_iterable(item for item in fields.items() if item[1] not in _EMPTY)) if fields else ()
        self._statements.append(_Statement(FACT_KINDS[kind], start, end, place, said, row))

    def _place(self, record: Record) -> _Place:
        if record is self._last:
            return self._last_place
        key = record.source, record.file, record.sheet, record.county
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _place_of(record, self.sources[record.source])
        values = record.values
        self._page = next((page for name in _pages(type(values)) if (page := getattr(values, name))), None)
        self._last, self._last_place = record, place
        return place

    def finish(self) -> tuple[dict[str, Node], Facts]:
        """The nodes of all that was said, in the order of ids, and the facts between them."""
        mentions = [end for end in self._claims if isinstance(end, Mention)]
        self.clusters, cluster_of = resolve_partners(mentions)
        ids = {end: _id_of(end, cluster_of) for end in self._claims}
        by_id: dict[str, list[_Claim]] = defaultdict(list)
        for end, claims in self._claims.items():
            by_id[ids[end]].extend(claims.values())
        self._claims = {}  # a state's claims take much room, and have been heard
        partners = {cluster.id: cluster for cluster in self.clusters}
        nodes = {node_id: _node(node_id, by_id.pop(node_id), partners.get(node_id)) for node_id in sorted(by_id)}
        for place in self._places.values():
            # Two spellings in one row may be one partner, so it is ids that are compared.
            reported = {(ids[end], page, row) for end, page, row in place.reported}
            for where, first in place.named.items():
                said = ids[where[0]], where[1], first
                if said not in reported:
                    reported.add(said)
                    self._report(where, place, first)
            place.named.clear()
            place.reported.clear()
        return nodes, Facts(self._statements, ids, Counter(place.text for place in self._places.values()))


class Facts(Collection[Edge]):
    """All facts that were said, each made when it is come to: a state has more of them than should be held at once.

    They come in the order of rows, the same at each time. ``len`` counts what was said; a thing that one row says
    twice is one fact, and what is said of one thing alone is none, so there may be fewer. ``in`` goes through all of
    them: it is there for what a collection promises, not to be used on a state.
    """

    def __init__(self, said: list[_Statement], ids: Mapping[End, str], places: Mapping[str, int]) -> None:
        self._said, self._ids, self._places = said, ids, places

    def __len__(self) -> int:
        return len(self._said)

    def __contains__(self, edge: object) -> bool:
        return any(one == edge for one in self)

    def __iter__(self) -> Iterator[Edge]:
        ids, places = self._ids, self._places
        row_at: tuple[int | None, _Place] | None = None
        of_row: set[str] = set()
        of_files: set[str] = set()
        for kind, start, end, place, flat, row in self._said:
            from_id, to_id = ids[start], ids[end]
            if from_id == to_id:
                continue
            fields = dict(zip(flat[::2], flat[1::2], strict=True)) if flat else _NOTHING
            key = _fact_id(kind.type, from_id, to_id, place.text, fields, row)
            if row_at is None or row != row_at[0] or place is not row_at[1]:
                row_at = row, place
                of_row.clear()
            # Two files of one source may both have such a sheet, and then their rows are alike.
            seen = of_row if places.get(place.text, 1) == 1 else of_files
            if key in seen:
                continue
            seen.add(key)
            said = {**_DEFAULTS[kind.type], **place.said, **fields, "id": key}
            if row is not None:
                said["row"] = row
            yield Edge.said(kind, from_id, to_id, said)


def _place_of(record: Record, source: SourceInfo) -> _Place:
    said = {"source": record.source, "basis": source.basis.value, "file": record.file, "sheet": record.sheet,
            "county": record.county, "as_of": source.as_of}  # fmt: skip
    text = "\x1f".join((record.source, record.sheet, record.county or "", str(source.as_of)))
    newest_first = -(source.as_of or date.min).toordinal()
    rank = (_RANK[source.basis], newest_first, record.source, record.sheet)
    said = {name: value for name, value in said.items() if value is not None}
    return _Place(said, text, rank, f"source/{record.source}", {}, set())


@lru_cache(maxsize=64)
def _pages(kind: type[SheetRow]) -> tuple[str, ...]:
    """The fields of a row that name the page which says so."""
    return tuple(name for name in ("seen_at", "web") if name in kind.model_fields)


_REPORTED_BY = FACT_KINDS["REPORTED_BY"]


def _fact_id(kind: str, from_id: str, to_id: str, place: str, fields: Mapping[str, Any], row: int | None) -> str:
    """An id from what is said and where. It is public, so nothing private may be worked out from it."""
    said = f"{kind}\x1f{from_id}\x1f{to_id}\x1f{place}\x1f{row}"
    if fields:
        said += "".join([f"\x1f{key}={value}" for key, value in fields.items() if key not in PRIVATE_PROPERTIES])
    return f"{kind.lower()}:{hashlib.blake2b(said.encode(), digest_size=8).hexdigest()}"


def _id_of(end: End, cluster_of: Mapping[Mention, Cluster]) -> str:
    if isinstance(end, str):
        return end
    if isinstance(end, Mention):
        return cluster_of[end].id
    provider = _id_of(end.provider, cluster_of) if end.provider else "nobody-recorded"
    title = slug(end.title) or "unnamed"
    if len(title) > LONGEST_IN_ID:
        title = f"{title[:LONGEST_IN_ID]}-{hashlib.sha256(title.encode()).hexdigest()[:8]}"
    return f"asset/{title}--{provider.replace('/', '-', 1)}"


def _node(node_id: str, claims: list[_Claim], cluster: Cluster | None) -> Node:
    claims = sorted(claims, key=lambda claim: claim.rank)
    kind = claims[0].kind
    merged: dict[str, Any] = {}
    for claim in claims:
        for key, value in claim.fields.items():
            if isinstance(value, list):
                merged.setdefault(key, {}).update(dict.fromkeys(value))  # in the order of who said it first
            elif isinstance(value, bool):
                merged[key] = merged.get(key, False) or value
            else:
                merged.setdefault(key, value)
    merged = {key: list(value) if isinstance(value, dict) else value for key, value in merged.items()}
    name = claims[0].name
    if kind is Partner and cluster is not None:
        name = cluster.name
        others = sorted({m.name for m in cluster.mentions} | {a for m in cluster.mentions for a in m.aliases})
        merged |= {
            "also_called": [other for other in others if fold(other) != fold(name)],
            "home_county": cluster.county,
            "could_be": cluster.could_be,
            "family": family_of(merged.get("kind")),
            "role": role_of(merged.get("kind")),
        }
    if kind is Asset and merged.get("kind") in LEARNING_KINDS:
        merged["is_offering"] = True
    return kind(id=node_id, name=name, **merged)

