"""Ends of ties that no other row speaks of: a new partner, or a known one misspelt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from rapidfuzz import process

from assetgraph.matching.partners import Cluster
from assetgraph.model.names import fold
from assetgraph.model.records import Basis, Problem, Record, SourceInfo
from assetgraph.model.sheets import OfferingRow, PartnerRow, QuickstormRow, TieRow

__all__ = ["unknown_ends"]

_AS_GOOD_AS_THE_SAME = 88
"""How alike two folded names are, of 100, for one to be offered as what was meant."""


def unknown_ends(sources: Mapping[str, SourceInfo], by_kind: Mapping[str, Iterable[Record]],
                 clusters: Iterable[Cluster]) -> Iterator[Problem]:  # fmt: skip
    """A note for each partner that only ties name, in sources whose other rows say who their partners are.

    A table of ties alone says nothing of partners, so nothing is asked of it.
    """
    described: dict[str, str] = {}
    telling: dict[str, set[str]] = defaultdict(set)
    for record in (record for kind in ("Partners", "Quickstorm", "Offerings") for record in by_kind.get(kind, ())):
        for name in _names(record):
            described.setdefault(fold(name), name)
            telling[record.source].add(fold(name))
    partners = {(mention.source, mention.name) for cluster in clusters for mention in cluster.mentions}
    asked: set[tuple[str, str]] = set()
    for record in by_kind.get("Ties", ()):
        row = record.values
        is_own = sources[record.source].basis in (Basis.MAP, Basis.TABLE)
        if not is_own or record.source not in telling or not isinstance(row, TieRow):
            continue
        for column, name in (("From", row.from_name), ("To", row.to_name)):
            place = record.source, fold(name)
            if (record.source, name) in partners and fold(name) not in described and place not in asked:
                asked.add(place)
                what = f"no row of Partners, Quickstorm or Offerings speaks of '{name}'; it is kept as a new partner"
                yield Problem(file=record.file, sheet=record.sheet, row=record.row, column=column, level="note", what=what,
                              cure=_cure(name, telling[record.source], described))  # fmt: skip


def _names(record: Record) -> tuple[str, ...]:
    row = record.values
    if isinstance(row, PartnerRow):
        return row.name, *row.also_called
    if isinstance(row, QuickstormRow):
        return row.who, *row.also_called
    return (row.provider, *row.co_provider, *row.funder) if isinstance(row, OfferingRow) else ()


def _cure(name: str, known: Collection[str], written: Mapping[str, str]) -> str:
    near = process.extractOne(fold(name), sorted(known), score_cutoff=_AS_GOOD_AS_THE_SAME)
    if near is not None:
        return f"write '{written[near[0]]}' if that is meant, or add a row to Partners"
    return "check the spelling, or add a row to Partners"
