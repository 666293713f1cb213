"""Who is tied to whom."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from benchmarks.oracle.world import Fact, Node, World, current, distinct

__all__ = ["last_day", "partners_of", "who_connects"]

ORGANIZATIONS = ("Partner", "COE", "LEA")


def last_day(facts: list[Fact]) -> date | None:
    """When the last of some statements ends; None when one of them has no end."""
    ends = [fact["ends_on"] for fact in facts]
    return None if None in ends else max(ends)


def partners_of(world: World, *, org: str, as_of: date) -> list[dict[str, Any]]:
    """Every organization that an office or LEA is tied to, directly, through an LEA, or through an asset."""
    own = world.node[org]
    if own["label"] not in ("COE", "LEA"):
        return []
    found: dict[tuple[str, str | None, str], list[tuple[Fact, list[str], list[str]]]] = defaultdict(list)
    for tie, other in world.ties[org]:
        if other["label"] in ORGANIZATIONS:
            found[other["id"], None, tie["type"].lower()].append((tie, tie["areas"] or [], [tie["id"]]))
    for lea in world.leas_of(own):
        for tie, other in world.ties[lea["id"]]:
            if other["label"] in ORGANIZATIONS and other["id"] != org:
                found[other["id"], lea["name"], tie["type"].lower()].append((tie, tie["areas"] or [], [tie["id"]]))
    for part in world.out["TOOK_PART_IN"][org]:
        for offer in world.into["OFFERS"][part["b"]]:
            if offer["a"] != org:
                areas = world.areas_of(part["b"])
                found[offer["a"], world.node[part["b"]]["name"], "offers"].append((offer, areas, [part["id"], offer["id"]]))
    rows = []
    for (partner, through, relation), statements in found.items():
        ties = [tie for tie, _, _ in statements]
        rows.append({
            "partner": world.node[partner]["name"], "partner_id": partner, "kind": _kind(world.node[partner]),
            "relation": relation,
            "through": through, "areas": distinct(area for _, areas, _ in statements for area in areas),
            "starts_on": min((tie["starts_on"] for tie in ties if tie["starts_on"]), default=None), "ends_on": last_day(ties),
            "durations": distinct(tie["duration"] for tie in ties), "is_current": any(current(tie, as_of) for tie in ties),
            "is_reference": all(tie["basis"] == "reference" for tie in ties),
            "facts": distinct(fact for _, _, facts in statements for fact in facts),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["through"] is not None, row["through"] or "", row["partner"], row["relation"],
                                         row["partner_id"]))  # fmt: skip


def _kind(node: Node) -> str | None:
    return node["kind"] if node["label"] == "Partner" else None


def who_connects(world: World, *, a: str, b: str, as_of: date) -> list[dict[str, Any]]:
    """Every organization that is tied to both."""
    to_a, to_b = _by_other(world, a), _by_other(world, b)
    rows = []
    for other in to_a.keys() & to_b.keys() - {b}:
        node, first, second = world.node[other], to_a[other], to_b[other]
        if node["label"] in ORGANIZATIONS:
            rows.append({
                "connector": node["name"], "connector_id": other, "kind": _kind(node),
                "relations_a": distinct(tie["type"].lower() for tie in first),
                "relations_b": distinct(tie["type"].lower() for tie in second),
                "areas": distinct(area for tie in (*first, *second) for area in tie["areas"] or ()),
                "is_current": any(current(tie, as_of) for tie in first) and any(current(tie, as_of) for tie in second),
                "facts": distinct(tie["id"] for tie in (*first, *second)),
            })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["is_current"], row["connector"], row["connector_id"]))


def _by_other(world: World, org: str) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for tie, other in world.ties[org]:
        found[other["id"]].append(tie)
    return found
