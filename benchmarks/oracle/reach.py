"""Whom a county could reach out to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from assetgraph.model.places import COUNTIES
from benchmarks.oracle.world import Fact, Node, World, current, distinct, has_not_ended, is_own

__all__ = ["reach_out"]

GRADES = (4, 12)
STATE = "region/state/california"


@dataclass(slots=True)
class _County:
    """What is looked up once for the county that asks."""

    name: str
    office: Node
    leas: set[str]
    places: set[str]
    partners: set[str]
    families: set[str]
    neighbours: set[str]
    region: set[str]


def reach_out(world: World, *, county: str, area: str, as_of: date) -> list[dict[str, Any]]:
    """Providers on an area that are no partners yet, nearest first."""
    here = _county(world, county, area, as_of)
    rows = [row for one in _about(world, area) if (row := _row(world, here, world.node[one], area, as_of)) is not None]
    rank = {"provider": 0, "network": 1, None: 1}
    return sorted(rows, key=lambda row: (row["ring"], rank.get(row["role"], 2), not row["via"], not row["fills"], row["partner"],
                                         row["partner_id"]))  # fmt: skip


def _county(world: World, county: str, area: str, as_of: date) -> _County:
    place = world.county[county]
    office = world.office[place["id"]]
    leas = {lea["id"] for lea in world.leas_of(office)}
    bodies = {office["id"], *(leas if office["single_district"] else ())}
    partners = {other["id"] for body in bodies for tie, other in world.ties[body]
                if other["label"] in ("Partner", "COE") and current(tie, as_of)}  # fmt: skip
    # Who offers something together with the office that has not ended.
    shared = [other for body in bodies for own in world.out["OFFERS"][body] if has_not_ended(own, as_of)
              for other in world.into["OFFERS"][own["b"]]]  # fmt: skip
    partners |= {other["a"] for other in shared if has_not_ended(other, as_of) and other["a"] not in bodies}
    families = {
        partner["family"]
        for body in (office["id"], *leas)
        for tie, partner in world.ties[body]
        if partner["label"] == "Partner" and is_own(tie) and current(tie, as_of) and area in (tie["areas"] or ())
    }
    region = {name for name, one in COUNTIES.items() if one.region == COUNTIES[county].region}
    return _County(county, office, leas, world.places_of(place), partners, families, set(COUNTIES[county].neighbours), region)


def _about(world: World, area: str) -> set[str]:
    """Everybody who offers something on the area, and every partner with a tie on it."""
    found = {offer["a"] for cover in world.into["COVERS"][f"area/{area}"] for offer in world.into["OFFERS"][cover["a"]]}
    for partner in world.labelled["Partner"]:
        if any(area in (tie["areas"] or ()) for tie, _ in world.ties[partner["id"]]):
            found.add(partner["id"])
    return found


def _row(world: World, here: _County, one: Node, area: str, as_of: date) -> dict[str, Any] | None:
    """The candidate as a row; None when it is a partner already, offers nothing that fits, or serves others only."""
    is_partner = one["label"] == "Partner"
    if one["id"] in here.partners or one["id"] == here.office["id"] or one["label"] not in ("Partner", "COE"):
        return None
    all_offers = [(offer, cover) for offer in world.out["OFFERS"][one["id"]] for cover in world.out["COVERS"][offer["b"]]
                  if world.node[cover["b"]]["term"] == area]  # fmt: skip
    still_open = [pair for pair in all_offers if has_not_ended(pair[0], as_of)]
    offers = [pair for pair in still_open if _fits(world.node[pair[0]["b"]])]
    ties = [tie for tie, _ in world.ties[one["id"]] if current(tie, as_of) and area in (tie["areas"] or ())]
    lasting = any(tie["duration"] == "enduring" or tie["ends_on"] is not None for tie in ties)
    if not offers and not (is_partner and not still_open and ((not all_offers and ties) or lasting)):
        return None
    service = _service(world, one, [offer for offer, _ in offers], as_of)
    at_home = here.places | here.leas
    here_facts = [fact for fact in service if fact["b"] in (at_home if fact["type"] == "OPEN_TO" else here.places)]
    place = one["county"] if one["label"] == "COE" else one["home_county"]
    if service and not here_facts and place != here.name:
        return None
    via = [(tie, other) for tie, other in world.ties[one["id"]]
           if other["label"] in ("COE", "LEA", "Partner") and (other["id"] in here.leas or other["id"] in here.partners)
           and current(tie, as_of)]  # fmt: skip
    members = [fact for fact in world.into["MEMBER_OF"][one["id"]] if current(fact, as_of)
               and world.node[fact["a"]]["label"] == "Partner" and world.node[fact["a"]]["home_county"]
               and world.node[fact["a"]]["home_county"] in {here.name, *here.neighbours, *here.region}]  # fmt: skip
    dates = [
        fact["as_of"] for fact in (*(offer for offer, _ in offers), *ties, *here_facts, *(tie for tie, _ in via)) if fact["as_of"]
    ]
    facts = [fact for pair in offers for fact in pair]
    return {
        "partner": one["name"], "partner_id": one["id"], "kind": one["kind"] if is_partner else None,
        "role": one["role"] if is_partner else "provider", "ring": _ring(here, place, here_facts, members), "place": place,
        "serves": distinct(world.node[fact["b"]]["name"] for fact in here_facts), "is_area_recorded": bool(service),
        "offers": distinct(world.node[offer["b"]]["name"] for offer, _ in offers),
        "is_grade_recorded": any(_graded(world.node[offer["b"]]) for offer, _ in offers),
        "via": distinct(other["name"] for _, other in via),
        "fills": is_partner and one["family"] is not None and one["family"] not in here.families,
        "family": one["family"] if is_partner else None, "latest": max(dates, default=None),
        "is_reference": all(fact["basis"] == "reference" for fact in (*(offer for offer, _ in offers), *ties)),
        "facts": distinct(fact["id"] for fact in (*facts, *ties, *here_facts, *(tie for tie, _ in via), *members)),
    }  # fmt: skip


def _fits(asset: Node) -> bool:
    low, high = GRADES
    return (asset["grade_low"] is None or asset["grade_low"] <= high) and (
        asset["grade_high"] is None or asset["grade_high"] >= low
    )


def _graded(asset: Node) -> bool:
    return asset["grade_low"] is not None or asset["grade_high"] is not None


def _service(world: World, one: Node, offers: list[Fact], as_of: date) -> list[Fact]:
    """The facts that say which counties, regions or LEAs a candidate serves, or opens an offering on the area to."""
    served = [fact for kind in ("SERVES", "SUPPORTS") for fact in world.out[kind][one["id"]]
              if world.node[fact["b"]]["label"] in ("County", "Region") and has_not_ended(fact, as_of)]  # fmt: skip
    opened = [fact for offer in offers for fact in world.out["OPEN_TO"][offer["b"]]]
    return [*served, *opened]


def _ring(here: _County, place: str | None, facts: list[Fact], members: list[Fact]) -> int:
    named, statewide = any(fact["b"] != STATE for fact in facts), any(fact["b"] == STATE for fact in facts)
    if place == here.name:
        return 0
    if place in here.neighbours:
        return 1
    if place in here.region or (place is None and named) or (statewide and members):
        return 2
    return 3 if statewide else 2 if named else 4
