"""What maps hold, what they asked about, who coordinates, how long things last and what ends."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from assetgraph.model.places import COUNTIES, nearest
from benchmarks.oracle.gaps import CORE
from benchmarks.oracle.partners import last_day
from benchmarks.oracle.world import Fact, Node, World, current, distinct, has_not_ended, is_own

__all__ = [
    "balance_of_areas", "coes_without_coordinator", "duration_by_scope", "ending_between", "ties_held_by_one_offering",
    "who_was_asked",
]  # fmt: skip


def balance_of_areas(world: World, *, county: str | None, as_of: date) -> list[dict[str, Any]]:
    """For each county with a map and each area: how many assets, partners and needs, and whether it was asked about."""
    rows = []
    for name in (county,) if county else sorted(world.county):
        here = world.county[name]
        maps = world.maps_of(here)
        if not maps:
            continue
        counts = _on_the_maps(world, here, maps, as_of)
        for area in world.areas:
            assets, partners, needs, asked, facts = counts[area["term"]]
            if facts or area["term"] in CORE:
                rows.append({"county": name, "area": area["term"], "assets": len(assets), "partners": len(partners),
                             "needs": len(needs), "is_asked": bool(asked), "facts": distinct(facts)})  # fmt: skip
    return rows


def _on_the_maps(world: World, here: Node, maps: list[Node], as_of: date) -> dict[str, tuple[set[str], ...]]:
    """For each area: assets, partners, needs, asked, and the facts that say so."""
    counts: dict[str, tuple[set[str], ...]] = defaultdict(lambda: (set(), set(), set(), set(), set()))
    for one in maps:
        said = {offer["b"] for offer in world.said_by[one["id"]] if offer["type"] == "OFFERS" and current(offer, as_of)}
        for named in world.into["REPORTED_BY"][one["id"]]:
            label = world.node[named["a"]]["label"]
            if named["county"] not in (None, here["name"]):
                continue
            if label == "Asset" and named["a"] in said:
                _about(world, "COVERS", named["a"], counts, 0)
            elif label == "Need":
                _about(world, "ABOUT", named["a"], counts, 2)
    for fact, term in world.asked_about(here):
        counts[term][3].add(fact["id"])
        counts[term][4].add(fact["id"])
    office = world.office[here["id"]]
    for body in (office, *world.leas_of(office)):
        for tie, partner in world.ties[body["id"]]:
            if partner["label"] == "Partner" and is_own(tie) and current(tie, as_of):
                for term in tie["areas"] or ():
                    counts[term][1].add(partner["id"])
                    counts[term][4].add(tie["id"])
    return counts


def _about(world: World, kind: str, node: str, counts: dict[str, tuple[set[str], ...]], place: int) -> None:
    for fact in world.out[kind][node]:
        held = counts[world.node[fact["b"]]["term"]]
        held[place].add(node)
        held[4].add(fact["id"])


def who_was_asked(world: World, *, county: str | None) -> list[dict[str, Any]]:
    """For each map and area: what was asked about, and on how many voices and kinds of evidence the map rests."""
    maps = world.labelled["Source"] if county is None else world.maps_of(world.county[county])
    rows = []
    for one in maps:
        if one["basis"] not in ("map", "table"):
            continue
        facts = world.said_by[one["id"]]
        needs = [
            world.node[named["a"]] for named in world.into["REPORTED_BY"][one["id"]] if world.node[named["a"]]["label"] == "Need"
        ]
        writers = distinct(fact.get("contributor") for fact in facts)
        evidence = distinct([*(fact.get("how_known") for fact in facts), *(need["how_known"] for need in needs)])
        for area in world.areas:
            said = [fact for fact in world.out["ASKED_ABOUT"][one["id"]] if fact["b"] == area["id"]]
            yes = [fact for fact in said if fact["asked"]]
            if said or area["term"] in CORE:
                rows.append({
                    "source": one["name"], "source_id": one["id"], "area": area["term"],
                    "asked": "yes" if yes else "no" if said else "not_recorded",
                    "kinds": distinct(word for fact in yes for word in (fact["kind"], fact["family"])),
                    "leas": distinct(_lea_name(world, fact["lea"]) for fact in yes),
                    "asked_on": max((fact["asked_on"] for fact in yes if fact["asked_on"]), default=None),
                    "voices": len({fact["of_whom"] for fact in yes} - {None}), "contributors": len(writers), "evidence": evidence,
                    "is_one_voice": len(writers) == 1, "is_one_kind_of_evidence": len(evidence) == 1,
                    "facts": distinct(fact["id"] for fact in said),
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["source"], row["area"], row["source_id"]))


def _lea_name(world: World, lea: str | None) -> str | None:
    return "all" if lea == "all" else world.node[lea]["name"] if lea and world.node[lea]["label"] == "LEA" else None


def coes_without_coordinator(world: World, *, county: str | None, area: str | None, top: int) -> list[dict[str, Any]]:
    """Offices with no coordinator, or one alone, for an area, each with the nearest that have one."""
    rows = []
    for term in CORE if area is None else (area,):
        roles: dict[str, list[tuple[Fact, Fact, Node]]] = {}
        for office in world.labelled["COE"]:
            roles[office["county"]] = [
                (has, looks, world.node[has["b"]])
                for has in world.out["HAS_COORDINATOR"][office["id"]]
                for looks in world.out["COORDINATES"][has["b"]]
                if world.node[looks["b"]]["term"] == term
            ]
        for name in (county,) if county else COUNTIES:
            own = distinct(role["name"] for has, _, role in roles[name] if has["basis"] != "reference")
            if len(own) > 1:
                continue
            public = min((role["name"] for has, _, role in roles[name] if has["basis"] == "reference"), default=None)
            near = [(place, distance) for distance, place in enumerate(nearest(name)) if distance and roles[place]][:top]
            for place, distance in near or [(None, None)]:
                peers = roles[place] if place else []
                rows.append({
                    "coe": world.office[world.county[name]["id"]]["name"], "county": name, "area": term,
                    "state": "lone" if own else "none_recorded", "role": own[0] if own else public,
                    "nearest_coe": world.office[world.county[place]["id"]]["name"] if place else None, "nearest_county": place,
                    "nearest_roles": distinct(role["name"] for _, _, role in peers), "distance": distance,
                    "is_reference": all(has["basis"] == "reference" for has, _, _ in peers) if place else None,
                    "facts": distinct(fact["id"] for has, looks, _ in (*roles[name], *peers) for fact in (has, looks)),
                })  # fmt: skip
    return sorted(rows, key=lambda row: (row["area"], row["state"], row["coe"], row["distance"] or 0, row["nearest_coe"] or ""))


def duration_by_scope(world: World, *, county: str | None, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """How many current assets of each duration are offered from inside the office, another office, an LEA or outside."""
    found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for name in (county,) if county else world.county:
        for one in world.maps_of(world.county[name]):
            for offer in world.said_by[one["id"]]:
                if offer["type"] == "OFFERS" and offer["county"] in (None, name) and is_own(offer) and current(offer, as_of) \
                        and (area is None or area in world.areas_of(offer["b"])):  # fmt: skip
                    provider = world.node[offer["a"]]
                    scope = {"LEA": "lea", "COE": "inside_coe" if provider.get("county") == name else "other_coe"}
                    found[name, scope.get(provider["label"], "outside_coe"), offer["duration"]].append(offer)
    return [
        {"county": name, "scope": scope, "duration": duration, "assets": len({offer["b"] for offer in offers}),
         "names": distinct(world.node[offer["b"]]["name"] for offer in offers),
         "facts": distinct(offer["id"] for offer in offers)}
        for (name, scope, duration), offers in sorted(found.items())
    ]  # fmt: skip


def ending_between(world: World, *, county: str | None, area: str | None, to: date, **rest: date) -> list[dict[str, Any]]:
    """Ties, assets and funding that end from one day to another."""
    first, rows = rest["from"], []
    for fact in world.dated:
        if not first <= fact["ends_on"] <= to:
            continue
        a, b = world.node[fact["a"]], world.node[fact["b"]]
        if county is not None and not (fact["county"] == county or _is_of(a, county) or _is_of(b, county)):
            continue
        what = "asset" if fact["type"] == "OFFERS" else "funding" if a["label"] == "Asset" else "tie"
        areas = fact["areas"] or [] if what == "tie" else world.areas_of(fact["b" if what == "asset" else "a"])
        if area is not None and area not in areas:
            continue
        later = [
            one
            for one, other in world.ties[a["id"]]
            if other is b and (one["ends_on"] is None or one["ends_on"] > fact["ends_on"])
        ]
        rows.append({
            "what": what, "relation": fact["type"].lower(), "name": a["name"], "other": b["name"], "areas": distinct(areas),
            "ends_on": fact["ends_on"], "duration": fact["duration"], "goes_with": distinct(_goes_with(world, what, a, b, first)),
            "is_only_tie": not later if what == "tie" else None, "is_reference": fact["basis"] == "reference",
            "facts": (fact["id"],),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["ends_on"], row["what"], row["name"], row["other"], row["facts"]))


def _is_of(node: Node, county: str) -> bool:
    return (node["label"] in ("COE", "LEA") and node["county"] == county) or (
        node["label"] == "County" and node["name"] == county
    )


def _goes_with(world: World, what: str, a: Node, b: Node, first: date) -> list[str]:
    if what == "tie":
        offers = (offer for end in (a, b) if end["label"] == "Partner" for offer in world.out["OFFERS"][end["id"]])
        return [world.node[offer["b"]]["name"] for offer in offers if has_not_ended(offer, first)]
    return [world.node[part["a"]]["name"] for part in world.into["TOOK_PART_IN"][(b if what == "asset" else a)["id"]]]


def ties_held_by_one_offering(world: World, *, county: str, as_of: date) -> list[dict[str, Any]]:
    """Pairs of a body and a partner whose ties are about what the partner offers one thing on, and that one ends."""
    office = world.office[world.county[county]["id"]]
    rows = []
    for body in (office, *world.leas_of(office)):
        pairs: dict[str, list[Fact]] = defaultdict(list)
        for tie, partner in world.ties[body["id"]]:
            if partner["label"] == "Partner" and is_own(tie) and current(tie, as_of):
                pairs[partner["id"]].append(tie)
        for partner_id, ties in pairs.items():
            areas = distinct(area for tie in ties for area in tie["areas"] or ())
            is_on_anything = any(not tie["areas"] for tie in ties)
            offers = [
                offer for offer in world.out["OFFERS"][partner_id]
                if current(offer, as_of) and (is_on_anything or set(areas) & set(world.areas_of(offer["b"])))
            ]  # fmt: skip
            if len({offer["b"] for offer in offers}) != 1 or last_day(offers) is None:
                continue
            asset, partner = world.node[offers[0]["b"]], world.node[partner_id]
            covers = [fact for fact in world.out["COVERS"][asset["id"]] if world.node[fact["b"]]["term"] in areas]
            rows.append({
                "ends_on": last_day(offers), "partner": partner["name"], "partner_id": partner_id, "kind": partner["kind"],
                "body": body["name"], "body_id": body["id"], "asset": asset["name"], "asset_id": asset["id"], "areas": areas,
                "tie_ends_on": last_day(ties), "facts": distinct(fact["id"] for fact in (*ties, *offers, *covers)),
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["ends_on"], row["partner"], row["body"], row["partner_id"], row["body_id"]))
