"""What to ask back about ties once it is known which names are one partner: ends that are the same, ends nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from rapidfuzz import process

from assetgraph.matching.partners import Cluster
from assetgraph.model.names import fold
from assetgraph.model.records import OWN_BASES, Problem, Record, SourceInfo
from assetgraph.model.sheets import OfferingRow, PartnerRow, QuickstormRow, TieRow

__all__ = ["asked_of_ties"]

_AS_GOOD_AS_THE_SAME = 88
"""How alike two folded names are, of 100, for one to be offered as what was meant."""


_MOST_COMPARED = 100
"""Unknown partners for which a like name is looked for: each is compared with every name, and nobody reads more."""


def asked_of_ties(sources: Mapping[str, SourceInfo], by_kind: Mapping[str, Iterable[Record]],
                  clusters: Iterable[Cluster]) -> Iterator[Problem]:  # fmt: skip
    """A note for each tie whose ends are one partner by another row, and one for each partner that only ties name.

    A source of ties alone says nothing of partners, so one note counts those that nobody speaks of. Reference facts are
    not asked about.
    """
    described, telling = _described(by_kind)
    partners = {(one.source, one.name): cluster.id for cluster in clusters for one in cluster.mentions if not one.is_placed}
    asked: set[tuple[str, str]] = set()
    alone: dict[str, dict[str, tuple[Record, str, str]]] = defaultdict(dict)
    for record in by_kind.get("Ties", ()):
        row, source = record.values, record.source
        if not isinstance(row, TieRow) or sources[source].basis not in OWN_BASES:
            continue
        names = {"From": row.from_name, "To": row.to_name}
        ends = {column: partners.get((source, name)) for column, name in names.items()}
        if ends["From"] is not None and ends["From"] == ends["To"]:
            if row.from_name != row.to_name:
                what = f"'{row.from_name}' and '{row.to_name}' are one partner, tied to itself; no tie is drawn"
                yield _note(record, "To", what, "write the other organization, or delete the row")
            continue
        for column, name in names.items():
            if ends[column] is None or fold(name) in described:
                continue
            if source not in telling:
                alone[source].setdefault(fold(name), (record, column, name))
            elif (source, fold(name)) not in asked:
                asked.add((source, fold(name)))
                what = f"no row of Partners, Quickstorm or Offerings speaks of '{name}'; it is kept as a new partner"
                near = telling[source] if len(asked) <= _MOST_COMPARED else ()
                yield _note(record, column, what, _cure(name, near, described))
    yield from (_counted(*named.values()) for named in alone.values())


def _described(by_kind: Mapping[str, Iterable[Record]]) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Folded name to the name of every partner that a row speaks of, and by source the folded names that it speaks of."""
    described: dict[str, str] = {}
    telling: dict[str, set[str]] = defaultdict(set)
    for record in (record for kind in ("Partners", "Quickstorm", "Offerings") for record in by_kind.get(kind, ())):
        for name in _names(record):
            described.setdefault(fold(name), name)
            telling[record.source].add(fold(name))
    return described, telling


def _counted(first: tuple[Record, str, str], *more: tuple[Record, str, str]) -> Problem:
    """One note for all partners that a source of ties alone names, at the first of them."""
    record, column, name = first
    named = f"'{name}' and {len(more):,} more are" if more else f"'{name}' is"
    cure = "check the spelling, or give a table of Partners too"
    return _note(record, column, f"{named} named by ties alone, and kept as new", cure)


def _note(record: Record, column: str, what: str, cure: str) -> Problem:
    return Problem(file=record.file, sheet=record.sheet, row=record.row, column=column, level="note", what=what, cure=cure)


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
