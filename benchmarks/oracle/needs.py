"""What is needed, what meets it elsewhere, and what a county can use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from assetgraph.model.places import COUNTIES, nearest
from benchmarks.oracle.partners import last_day
from benchmarks.oracle.world import Fact, Node, World, current, distinct, has_not_ended, is_fresh, is_own, years_before

__all__ = ["needs_met_elsewhere", "offerings_for", "unaddressed_needs", "unused_offers"]

OPEN = (None, "open", "in_progress")
GRANT: Node = {"grade_low": 4, "grade_high": 12}
"""The grades that an offering has to reach."""


def _open_needs(world: World, as_of: date, *, own: bool) -> Iterator[tuple[Node, Node, list[Fact], str | None]]:
    """Needs that nothing addresses: the need, whose it is, the facts that say so, and the county it stands in."""
    for need in world.labelled["Need"]:
        if need["status"] in OPEN and not world.into["ADDRESSES"][need["id"]]:
            owners: dict[str, list[Fact]] = defaultdict(list)
            for has in world.into["NEEDS"][need["id"]]:
                if (has["as_of"] is None or has["as_of"] <= as_of) and (is_own(has) or not own):
                    owners[has["a"]].append(has)
            for owner, facts in owners.items():
                node = world.node[owner]
                home = node["name"] if node["label"] == "County" else world.home_of(node)
                mapped = min((has["county"] for has in facts if has["county"]), default=None)
                yield need, node, facts, home or mapped


def _whose(owner: Node) -> str:
    return f"{owner['name']} County" if owner["label"] == "County" else owner["name"]


def unaddressed_needs(world: World, *, county: str | None, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """Needs that nothing recorded addresses."""
    rows = []
    for need, owner, facts, where in _open_needs(world, as_of, own=False):
        areas = distinct(world.node[about["b"]]["term"] for about in world.out["ABOUT"][need["id"]])
        if county in (None, where) and (area is None or area in areas):
            rows.append({
                "need": need["name"], "need_id": need["id"], "whose": _whose(owner), "county": where, "kind": need["kind"],
                "areas": areas, "grade_low": need["grade_low"], "grade_high": need["grade_high"], "known_on": need["as_of"],
                "how_known": need["how_known"], "is_reference": all(has["basis"] == "reference" for has in facts),
                "facts": distinct(has["id"] for has in facts),
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["is_reference"], row["county"] is None, row["county"] or "", row["whose"],
                                         row["need"],
                                         row["need_id"]))  # fmt: skip


def needs_met_elsewhere(world: World, *, county: str, area: str | None, as_of: date, top: int) -> list[dict[str, Any]]:
    """For each open need of a county and area: the nearest that others offer on it."""
    places, order = world.places_of(world.county[county]), {name: distance for distance, name in enumerate(nearest(county))}
    rows: list[dict[str, Any]] = []
    offers_on: dict[str, list[tuple[Node, list[Fact]]]] = {}
    for need, owner, facts, where in _open_needs(world, as_of, own=True):
        if where != county:
            continue
        by_area: dict[str, list[Fact]] = defaultdict(list)
        for about in world.out["ABOUT"][need["id"]]:
            by_area[about["b"]].append(about)
        for area_id, abouts in by_area.items():
            term = world.node[area_id]["term"]
            if term == "other" or area not in (None, term):
                continue
            if area_id not in offers_on:
                offers_on[area_id] = list(_offers(world, area_id, as_of))
            held = [
                offer
                for asset, offers in offers_on[area_id]
                if offers[0]["a"] != owner["id"] and _fits(need, asset)
                and (offer := _elsewhere(world, asset, offers, county, places, order)) is not None
            ]  # fmt: skip
            held.sort(
                key=lambda one: (one["distance"] is None, one["distance"] or 0, one["asset"], one["provider"], one["asset_id"])
            )
            for one in held[:top]:
                said = (*facts, *abouts, *(cover for cover in world.out["COVERS"][one["asset_id"]] if cover["b"] == area_id))
                rows.append({"need": need["name"], "need_id": need["id"], "whose": _whose(owner), "area": term, **one,
                             "facts": distinct([*one["facts"], *(fact["id"] for fact in said)])})  # fmt: skip
    return sorted(rows, key=lambda row: (row["need"], row["need_id"], row["area"], row["distance"] is None, row["distance"] or 0,
                                         row["asset"], row["provider"], row["asset_id"]))  # fmt: skip


def _offers(world: World, area_id: str, as_of: date) -> Iterator[tuple[Node, list[Fact]]]:
    """Every asset about an area, once for each provider, with the current statements that it is offered."""
    for asset in {cover["a"] for cover in world.into["COVERS"][area_id]}:
        providers: dict[str, list[Fact]] = defaultdict(list)
        for offer in world.into["OFFERS"][asset]:
            if current(offer, as_of):
                providers[offer["a"]].append(offer)
        for offers in providers.values():
            yield world.node[asset], offers


def _fits(need: Node, asset: Node) -> bool:
    return (need["grade_low"] is None or asset["grade_high"] is None or asset["grade_high"] >= need["grade_low"]) and (
        need["grade_high"] is None or asset["grade_low"] is None or asset["grade_low"] <= need["grade_high"]
    )


def _elsewhere(world: World, asset: Node, offers: list[Fact], county: str, places: set[str],
               order: dict[str, int]) -> dict[str, Any] | None:  # fmt: skip
    """An offer as a row tells it; None for one of the county itself, or one of nowhere that only its own map states."""
    provider, opened = world.node[offers[0]["a"]], world.out["OPEN_TO"][asset["id"]]
    home = world.home_of(provider)
    distances = [order[home]] if home in order else []
    if home is None:
        distances = [order[place["name"]] for fact in opened if (place := world.node[fact["b"]])["label"] == "County"]
    distance = min(distances, default=None)
    if distance == 0 or (distance is None and all(offer["county"] == county and is_own(offer) for offer in offers)):
        return None
    return {
        "asset": asset["name"], "asset_id": asset["id"], "provider": provider["name"],
        "place": None if distance is None else nearest(county)[distance], "distance": distance,
        "is_open": any(fact["b"] in places for fact in opened), "ends_on": last_day(offers),
        "is_reference": all(offer["basis"] == "reference" for offer in offers),
        "facts": [fact["id"] for fact in (*offers, *opened)],
    }  # fmt: skip


def offerings_for(world: World, *, county: str, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """What a county can use: offered by itself, by partners, open to it, or on its own map."""
    here = world.county[county]
    office = world.office[here["id"]]
    bodies = {office["id"], *(lea["id"] for lea in world.leas_of(office))}
    partners = {
        other["id"]
        for body in bodies
        for tie, other in world.ties[body]
        if other["label"] == "Partner" and is_own(tie) and current(tie, as_of)
    }
    places = world.places_of(here) | bodies
    candidates = {offer["b"] for end in bodies | partners for offer in world.out["OFFERS"][end]}
    candidates |= {fact["a"] for place in places for fact in world.into["OPEN_TO"][place]}
    candidates |= {offer["b"] for offer in world.offers_in[county]}
    rows = []
    for asset in candidates:
        offers = [offer for offer in world.into["OFFERS"][asset] if current(offer, as_of)]
        covers = world.out["COVERS"][asset]
        areas = distinct(world.node[fact["b"]]["term"] for fact in covers)
        if not offers or not areas or (area is not None and area not in areas):
            continue
        opened = world.out["OPEN_TO"][asset]
        open_here = [fact for fact in opened if fact["b"] in places]
        providers = {offer["a"] for offer in offers}
        relation = _relation(offers, providers, bodies, partners, opened, open_here, county)
        if relation is not None:
            node = world.node[asset]
            rows.append({
                "asset": node["name"], "asset_id": asset, "providers": distinct(world.node[one]["name"] for one in providers),
                "kind": node["kind"], "areas": areas, "grade_low": node["grade_low"], "grade_high": node["grade_high"],
                "starts_on": min((offer["starts_on"] for offer in offers if offer["starts_on"]), default=None),
                "ends_on": last_day(offers), "durations": distinct(offer["duration"] for offer in offers), "relation": relation,
                "is_reference": all(offer["basis"] == "reference" for offer in offers),
                "facts": distinct(fact["id"] for fact in (*offers, *open_here, *covers)),
            })  # fmt: skip
    rank = ("own", "partner", "open", "mapped")
    return sorted(rows, key=lambda row: (rank.index(row["relation"]), row["asset"], row["asset_id"]))


def _relation(offers: list[Fact], providers: set[str], bodies: set[str], partners: set[str], opened: list[Fact],
              open_here: list[Fact], county: str) -> str | None:  # fmt: skip
    if providers & bodies:
        return "own"
    if providers & partners and (open_here or not opened) and any(offer["basis"] != "reference" for offer in offers):
        return "partner"
    if open_here:
        return "open"
    return "mapped" if not opened and any(offer["county"] == county and is_own(offer) for offer in offers) else None


def unused_offers(world: World, *, county: str, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """What is offered within reach of a county and nobody there or next to it is recorded as using."""
    here, around = world.county[county], [county, *COUNTIES[county].neighbours]
    offices = {world.office[world.county[name]["id"]]["id"] for name in around}
    bodies = offices | {lea["id"] for office in offices for lea in world.leas_of(world.node[office])}
    own = {lea["id"] for lea in world.leas_of(world.office[here["id"]])} | {world.office[here["id"]]["id"]}
    open_places, order = world.places_of(here) | own, {name: distance for distance, name in enumerate(nearest(county))}
    tied = {
        other["id"] for body in bodies for tie, other in world.ties[body] if current(tie, as_of) and other["id"] not in offices
    }
    offers: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for offer in _within_reach(world, around, offices, open_places):
        if has_not_ended(offer, as_of) and offer["a"] not in tied:
            offers[offer["b"], offer["a"]].append(offer)
    needs = _needs_of(world, own | {here["id"]}, as_of)
    rows = []
    for (asset_id, provider_id), said in offers.items():
        asset, provider, covers = world.node[asset_id], world.node[provider_id], world.out["COVERS"][asset_id]
        areas = distinct(world.node[fact["b"]]["term"] for fact in covers)
        if not _fits(GRANT, asset) or area not in (None, *areas) or _is_used(world, asset_id, provider_id, bodies, as_of):
            continue
        met = [
            (need, facts) for need, term, owner, facts in needs if term in areas and owner != provider_id and _fits(need, asset)
        ]
        opened = [fact for fact in world.out["OPEN_TO"][asset_id] if fact["b"] in open_places]
        place = provider["home_county"] if provider["label"] == "Partner" else provider["county"]
        homes = [fact for fact in world.out["BASED_IN"][provider_id] if world.node[fact["b"]]["name"] == place]
        behind = (*said, *covers, *opened, *homes, *(one for _, facts in met for one in facts))
        rows.append({
            "asset": asset["name"], "asset_id": asset_id, "provider": provider["name"], "provider_id": provider_id,
            "kind": provider["kind"] if provider["label"] == "Partner" else None, "areas": areas, "place": place,
            "distance": order.get(place), "is_open": bool(opened), "ends_on": last_day(said),
            "needs": distinct(need["name"] for need, _ in met), "is_reference": all(one["basis"] == "reference" for one in said),
            "facts": distinct(fact["id"] for fact in behind),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["needs"], row["distance"] is None, row["distance"] or 0, row["asset"],
                                         row["provider"], row["asset_id"], row["provider_id"]))  # fmt: skip


def _within_reach(world: World, around: list[str], offices: set[str], open_places: set[str]) -> list[Fact]:
    """Offers, each once: by offices and partners of some counties, and of what is open to some places."""
    based = {fact["a"] for name in around for fact in world.into["BASED_IN"][world.county[name]["id"]]}
    found = [
        offer for one in offices | based if one in offices or world.node[one]["home_county"] in around
        for offer in world.out["OFFERS"][one]
    ]  # fmt: skip
    found += [
        offer for asset in {fact["a"] for place in open_places for fact in world.into["OPEN_TO"][place]}
        for offer in world.into["OFFERS"][asset]
    ]  # fmt: skip
    return list({offer["id"]: offer for offer in found}.values())


def _needs_of(world: World, owners: set[str], as_of: date) -> list[tuple[Node, str, str, list[Fact]]]:
    """Open needs of some owners, once for each area: the need, the area, whose it is and the facts that say so."""
    found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for owner in owners:
        for has in world.out["NEEDS"][owner]:
            need = world.node[has["b"]]
            if need["status"] in OPEN and not world.into["ADDRESSES"][need["id"]] and (has["as_of"] or as_of) <= as_of:
                for about in world.out["ABOUT"][need["id"]]:
                    found[need["id"], world.node[about["b"]]["term"], owner] += [has, about]
    return [(world.node[need], term, owner, facts) for (need, term, owner), facts in found.items() if term != "other"]


def _is_used(world: World, asset: str, provider: str, bodies: set[str], as_of: date) -> bool:
    """Whether an office or LEA other than the provider took part within three years."""
    since = years_before(as_of, 3)
    return any(part["a"] in bodies - {provider} and is_fresh(part, as_of, since) for part in world.into["TOOK_PART_IN"][asset])
