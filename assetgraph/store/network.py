"""Reading the partner network out of any store: few columns, plain rows, nothing typed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from assetgraph.collecting import paused
from assetgraph.model.facts import TIE_KINDS
from assetgraph.model.ids import STATE
from assetgraph.model.partner_network import Asked, Body, Contact, Need, Offer, Open, PartnerNetwork, Tie
from assetgraph.model.sheets import OutreachRow
from assetgraph.store import reader
from assetgraph.store.lookups import OrganizationNames, counties_with_coordinator

if TYPE_CHECKING:
    from assetgraph.store.contract import Store

__all__ = ["read_network"]

Row = dict[str, Any]

_BODIES = {
    "COE": "n.county AS county",
    "LEA": "n.county AS county, n.locale AS locale, n.enrollment AS enrollment",
    "School": "n.county AS county, n.enrollment AS enrollment",
    "Partner": "n.home_county AS county, n.kind AS kind, n.family AS family, n.role AS role, n.could_be AS could_be",
}
_TIE = ("r.id AS id, a.id AS a, b.id AS b, r.areas AS areas, r.starts_on AS starts_on, r.ends_on AS ends_on, "
        "r.duration AS duration, r.as_of AS as_of, r.basis AS basis, r.strength AS strength")  # fmt: skip


def read_network(store: Store) -> PartnerNetwork:
    """The partner network of a store as it is now; private fields are not read.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     read_network(store).bodies
    {}
    """
    with paused():  # a state has hundreds of thousands of rows, and none of them is garbage yet
        regions = _grouped(store, "MATCH (c:County)-[:IN_REGION]->(r:Region) RETURN c.name AS key, r.id AS value")
        kinds = _rows(store, "MATCH (k:PartnerKind) RETURN k.term AS term, k.family AS family, k.id AS id")
        areas = _rows(store, "MATCH (a:ContentArea) RETURN a.term AS term, a.id AS id")
        maps = _grouped(store, "MATCH (s:Source)-[:MAPS]->(c:County) RETURN s.id AS key, c.name AS value")
        return PartnerNetwork(
            bodies=_bodies(store), ties=_ties(store), offers=_offers(store), needs=_needs(store), asked=_asked(store, maps),
            mapped=frozenset(county for counties in maps.values() for county in counties),
            offices=dict(_pairs(store, "MATCH (o:COE)-[:IN]->(c:County) RETURN c.name AS key, o.id AS value")),
            leas=_grouped(store, "MATCH (l:LEA)-[:SUPPORTED_BY]->(:COE)-[:IN]->(c:County) RETURN c.name AS key, l.id AS value"),
            regions=regions, places=_places(store), coordinators=counties_with_coordinator(store),
            family_of_kind={row["term"]: row["family"] for row in kinds},
            areas=tuple(sorted(row["term"] for row in areas)), outreach=_outreach(store),
        )  # fmt: skip


def _places(store: Store) -> dict[str, str]:
    counties = _rows(store, "MATCH (c:County) RETURN c.id AS id, c.name AS name")
    regions = _rows(store, "MATCH (r:Region) RETURN r.id AS id, r.name AS name")
    names = {row["id"]: f"{row['name']} County" for row in counties} | {row["id"]: row["name"] for row in regions}
    return {**names, STATE: "the whole state"}


def _bodies(store: Store) -> dict[str, Body]:
    found = []
    based_in: dict[str, str] = {}
    for row in _rows(store, "MATCH (p:Partner)-[r:BASED_IN]->(:County) RETURN r.id AS id, p.id AS partner"):
        based_in.setdefault(row["partner"], row["id"])
    for label, columns in _BODIES.items():
        for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name, {columns}", {}):
            row["could_be"] = tuple(row.get("could_be") or ())
            found.append(Body(label=label, based_in=based_in.get(row["id"]), **row))
    return {body.id: body for body in sorted(found)}


def _ties(store: Store) -> list[Tie]:
    found = []
    for kind in TIE_KINDS:
        for row in store.read(f"MATCH (a)-[r:{kind}]->(b) WHERE NOT b:Asset RETURN {_TIE}", {}):
            row["areas"] = tuple(row["areas"] or ())
            found.append(Tie(type=kind, **row))
    return sorted(found, key=itemgetter(0))


def _offers(store: Store) -> list[Offer]:
    areas: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(store, "MATCH (a:Asset)-[r:COVERS]->(c:ContentArea) RETURN r.id AS id, a.id AS asset, c.term AS term"):
        areas[row["asset"]].setdefault(row["term"], row["id"])
    open_to: dict[str, list[Open]] = defaultdict(list)
    query = "MATCH (a:Asset)-[r:OPEN_TO]->(b) RETURN r.id AS id, a.id AS asset, b.id AS to, r.as_of AS as_of, r.basis AS basis"
    for row in _rows(store, query):
        open_to[row.pop("asset")].append(Open(**row))
    columns = ("r.id AS id, p.id AS provider, a.id AS asset, a.name AS name, a.grade_low AS grade_low, "
               "a.grade_high AS grade_high, r.starts_on AS starts_on, r.ends_on AS ends_on, "
               "coalesce(r.duration, a.duration, 'unknown') AS duration, r.as_of AS as_of, r.basis AS basis")  # fmt: skip
    return [Offer(areas=areas.get(row["asset"], {}), open_to=tuple(open_to.get(row["asset"], ())), **row)
            for row in _rows(store, f"MATCH (p)-[r:OFFERS]->(a:Asset) RETURN {columns}")]  # fmt: skip


def _needs(store: Store) -> list[Need]:
    about: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(store, "MATCH (n:Need)-[r:ABOUT]->(c:ContentArea) RETURN r.id AS id, n.id AS need, c.term AS term"):
        about[row["need"]].append((row["term"], row["id"]))
    met = _grouped(store, "MATCH (x)-[:ADDRESSES]->(n:Need) RETURN n.id AS key, x.id AS value")
    columns = ("r.id AS fact, w.id AS whose, n.id AS id, n.name AS name, n.kind AS kind, n.grade_low AS grade_low, "
               "n.grade_high AS grade_high, n.status AS status, r.as_of AS as_of")  # fmt: skip
    found: dict[tuple[str, str], Need] = {}
    for row in sorted(store.read(f"MATCH (w)-[r:NEEDS]->(n:Need) RETURN {columns}", {}), key=itemgetter("id", "whose", "fact")):
        said = sorted(about.get(row["id"], ()))
        fact, key = row.pop("fact"), (row["id"], row["whose"])
        if key in found:  # another source says the same
            first = found[key]
            days = [known for known in (first.as_of, row["as_of"]) if known]
            found[key] = first._replace(facts=(fact, *first.facts), as_of=min(days, default=None) if len(days) == 2 else None)
            continue
        areas = tuple(dict.fromkeys(term for term, _ in said))
        found[key] = Need(areas=areas, facts=(fact, *(one for _, one in said)), addressed_by=met.get(row["id"], ()), **row)
    return list(found.values())


def _asked(store: Store, maps: Mapping[str, tuple[str, ...]]) -> list[Asked]:
    query = ("MATCH (s:Source)-[r:ASKED_ABOUT]->(a:ContentArea) "
             "WHERE r.asked AND (r.kind IS NOT NULL OR r.family IS NOT NULL) "
             "RETURN r.id AS id, s.id AS source, a.term AS area, r.county AS county, r.kind AS kind, "
             "r.family AS family")  # fmt: skip
    found = []
    for row in _rows(store, query):
        mapped, county = maps.get(row.pop("source"), ()), row.pop("county")
        found.append(Asked(counties=mapped if county is None else tuple(one for one in mapped if one == county), **row))
    return found


def _outreach(store: Store) -> list[Contact]:
    found = []
    records = reader.records_of_kind(store.read, "Outreach")
    names = OrganizationNames(store) if records else None
    for record in records:
        row = cast("OutreachRow", record.values)
        bodies = names.bearers(row.organization) if names else ()
        if record.county is not None:
            body = bodies[0] if len(bodies) == 1 else None
            found.append(Contact(record.county, body or row.organization, row.content_areas, row.outcome, row.on, row.reason,
                                 row.place, is_known=body is not None))  # fmt: skip
    return sorted(found, key=lambda one: one.on)  # those of one day as they stand in the log


def _rows(store: Store, query: str) -> list[Row]:
    return sorted(store.read(query, {}), key=itemgetter("id"))


def _pairs(store: Store, query: str) -> list[tuple[str, str]]:
    return sorted({(row["key"], row["value"]) for row in store.read(query, {})})


def _grouped(store: Store, query: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in _pairs(store, query):
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
