"""Small look-ups that questions need before they are asked: what names mean, and what is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.ids import coe_id
from assetgraph.model.names import fold
from assetgraph.model.places import coe_named, county_named

if TYPE_CHECKING:
    from assetgraph.store.contract import Store

__all__ = [
    "OrganizationNames", "content_areas", "counties_with_coordinator", "fact_lines", "figures_of_districts",
    "organization_names", "reference_date",
]  # fmt: skip


def organization_names(store: Store) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(id, every name it goes by) of each office, LEA and partner, by label and id."""
    for label, more in (("COE", "[]"), ("LEA", "[]"), ("Partner", "n.also_called")):
        for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name, {more} AS more ORDER BY id", {}):
            yield row["id"], (row["name"], *(row["more"] or ()))


class OrganizationNames:
    """Who bears which name in a store: offices also by what else they are called, and by their county where nobody else does."""

    def __init__(self, store: Store) -> None:
        self.written: dict[str, str] = {}
        """Each folded name as somebody wrote it."""
        self._bearers: dict[str, set[str]] = {}
        self._ids: set[str] = set()
        for bearer, names in organization_names(store):
            self._ids.add(bearer)
            for one in names:
                self._bearers.setdefault(fold(one), set()).add(bearer)
                self.written.setdefault(fold(one), one)

    def bearers(self, name: str) -> tuple[str, ...]:
        """The ids of all whom a name or an id means, sorted; empty where it means nobody."""
        office = coe_named(name)
        if office is not None:
            return (coe_id(office.name),)
        if name in self._ids:
            return (name,)
        found = self._bearers.get(fold(name), set())
        county = county_named(name)
        return tuple(sorted(found)) or ((coe_id(county.name),) if county is not None else ())


def content_areas(store: Store) -> set[str]:
    """Terms of the content areas that the graph holds."""
    return {row["term"] for row in store.read("MATCH (a:ContentArea) RETURN a.term AS term ORDER BY term", {})}


def counties_with_coordinator(store: Store) -> dict[str, frozenset[str]]:
    """Term of each content area to the counties whose offices have a coordinator for it."""
    query = ("MATCH (coe:COE)-[:HAS_COORDINATOR]->(:Coordinator)-[:COORDINATES]->(area:ContentArea) "
             "RETURN area.term AS term, collect(DISTINCT coe.county) AS counties ORDER BY term")  # fmt: skip
    return {row["term"]: frozenset(row["counties"]) for row in store.read(query, {})}


def figures_of_districts(store: Store, county: str) -> set[str]:
    """Ids of the measures that are loaded for any LEA of a county."""
    query = "MATCH (l:LEA)-[:MEASURED]->(i:Indicator) WHERE l.county = $county RETURN DISTINCT i.id AS id ORDER BY id"
    return {row["id"] for row in store.read(query, {"county": county})}


def reference_date(store: Store) -> date | None:
    """The day for which the reference facts hold; None when they are not loaded."""
    rows = store.read("MATCH (s:Source {basis: 'reference'}) RETURN s.as_of AS as_of, s.id AS id ORDER BY id", {})
    return rows[0]["as_of"] if rows else None


def fact_lines(store: Store, ids: Iterable[str]) -> list[dict[str, Any]]:
    """For each fact that is still there: its type, the names of its ends, and where it was said; by type, then id."""
    by_type: dict[str, list[str]] = {}
    for fact in sorted(set(ids)):
        by_type.setdefault(fact.partition(":")[0].upper(), []).append(fact)
    found = []
    for name, some in sorted(by_type.items()):
        query = (
            f"MATCH (a)-[r:{FACT_KINDS[name].type}]->(b) WHERE r.id IN $ids "
            "OPTIONAL MATCH (s:Source {id: 'source/' + r.source}) "
            "RETURN r.id AS id, a.name AS a, b.name AS b, coalesce(s.name, r.source) AS source, r.basis AS basis, "
            "r.file AS file, r.sheet AS sheet, r.row AS row, r.as_of AS as_of, r.web AS web ORDER BY id"
        )
        found += [{**line, "type": name} for line in store.read(query, {"ids": some})]
    return found
