"""Where a partner is missing and whom nothing reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from assetgraph.model.places import nearest
from benchmarks.oracle.world import Fact, Node, World, current, distinct, has_not_ended, is_fresh, is_own, years_before

__all__ = ["gap_grid", "missing_partner_kinds", "unreached_leas"]

CORE = ("math", "science", "computer_science")


def gap_grid(world: World, *, county: str, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """For each area and family: covered, fragile, on paper, nobody or not asked."""
    here, soon = world.county[county], as_of + timedelta(days=180)
    office = world.office[here["id"]]
    ties: dict[tuple[str, str], dict[tuple[str, str], list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for body in (office, *world.leas_of(office)):
        for tie, partner in world.ties[body["id"]]:
            if partner["label"] == "Partner" and is_own(tie) and current(tie, as_of):
                for term in tie["areas"] or ():
                    ties[term, partner["family"] or "not_recorded"][partner["id"], body["id"]].append(tie)
    served: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for partner, term, fact in _services(world, here, as_of):
        if partner["label"] == "Partner":
            served[term, partner["family"] or "not_recorded"][partner["id"]].add(fact)
    asked: dict[str, list[Fact]] = defaultdict(list)
    for fact, term in world.asked_about(here):
        if fact["kind"] is not None or fact["family"] is not None:
            asked[term].append(fact)
    families = sorted({kind["family"] for kind in world.kinds.values()} | {"not_recorded"})
    rows = []
    for term in (one["term"] for one in world.areas if area in (None, one["term"])):
        for family in families:
            held, services = ties.get((term, family), {}), served.get((term, family), {})
            if family == "not_recorded" and not held and not services:
                continue
            questions = [one for one in asked[term] if one["family"] in (family, "all")]
            kinds = [one["kind"] for one in asked[term] if one["family"] != family and _family(world, one["kind"]) == family]
            ending = sum(all(tie["ends_on"] is not None and tie["ends_on"] <= soon for tie in some) for some in held.values())
            state = ("covered" if len(held) > 1 and ending < len(held) else "fragile" if held else "on_paper" if services
                     else "nobody" if questions else "not_asked")  # fmt: skip
            facts = [tie["id"] for some in held.values() for tie in some] + [one for some in services.values() for one in some]
            rows.append({
                "area": term, "family": family, "state": state, "ties": len(held),
                "partners": distinct(world.node[partner]["name"] for partner, _ in held), "ending_soon": ending,
                "on_paper": distinct(world.node[partner]["name"] for partner in services), "asked_kinds": distinct(kinds),
                "is_single_district": office["single_district"], "facts": distinct([*facts, *(one["id"] for one in questions)]),
            })  # fmt: skip
    return rows


def _family(world: World, kind: str | None) -> str | None:
    return world.kinds[kind]["family"] if kind in world.kinds else None


def _services(world: World, here: Node, as_of: date) -> Iterator[tuple[Node, str, str]]:
    """Who serves the county or the state as a whole: provider, area and the id of the fact that says so."""
    for place in world.places_of(here):
        for kind in ("SERVES", "SUPPORTS"):
            for service in world.into[kind][place]:
                if is_own(service) and current(service, as_of):
                    provider = world.node[service["a"]]
                    areas = service["areas"] or [
                        term for offer in world.out["OFFERS"][provider["id"]] if is_own(offer) and current(offer, as_of)
                        for term in world.areas_of(offer["b"])
                    ]  # fmt: skip
                    yield from ((provider, term, service["id"]) for term in areas)
        for opened in world.into["OPEN_TO"][place]:
            if is_own(opened):
                for offer in world.into["OFFERS"][opened["a"]]:
                    if is_own(offer) and current(offer, as_of):
                        yield from ((world.node[offer["a"]], term, opened["id"]) for term in world.areas_of(opened["a"]))


def missing_partner_kinds(world: World, *, county: str, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """Kinds of partner without a current tie, each with the nearest partner of that kind that is known."""
    here = world.county[county]
    office = world.office[here["id"]]
    held = {
        partner["kind"]
        for body in (office, *world.leas_of(office))
        for tie, partner in world.ties[body["id"]]
        if partner["label"] == "Partner"
        and is_own(tie)
        and current(tie, as_of)
        and (area is None or area in (tie["areas"] or ()))
    }
    asked = {word for fact, term in world.asked_about(here) if area in (None, term) for word in (fact["kind"], fact["family"])}
    wanted = {kind for kind in world.kinds if kind not in held}
    found: dict[str, dict[str, Any]] = {}
    for distance, place in enumerate(nearest(county)):
        if wanted <= found.keys():
            break
        for kind, example in _examples(world, world.county[place], wanted - found.keys(), area, as_of).items():
            found[kind] = {**example, "place": place, "distance": distance}
    rows = []
    for kind in sorted(wanted, key=lambda kind: (world.kinds[kind]["family"], kind)):
        one, family = found.get(kind, {}), world.kinds[kind]["family"]
        rows.append({
            "family": family, "kind": kind, "is_asked": bool({kind, family, "all"} & asked), "example": one.get("name"),
            "example_id": one.get("id"), "example_county": one.get("place"), "example_distance": one.get("distance"),
            "is_reference": one.get("is_reference"), "facts": distinct(one.get("facts", ())),
        })  # fmt: skip
    return rows


def _examples(world: World, place: Node, wanted: set[str], area: str | None, as_of: date) -> dict[str, dict[str, Any]]:
    """For each kind that is still looked for, the first partner of this county by name."""
    facts: dict[str, list[Fact]] = defaultdict(list)
    for home in world.into["BASED_IN"][place["id"]]:
        facts[home["a"]].append(home)
    for lives in world.into["IN"][place["id"]]:
        if world.node[lives["a"]]["label"] in ("COE", "LEA"):
            for tie, partner in world.ties[lives["a"]]:
                if partner["label"] == "Partner" and current(tie, as_of):
                    facts[partner["id"]].append(tie)
    for kind in ("SERVES", "SUPPORTS"):
        for service in world.into[kind][place["id"]]:
            if world.node[service["a"]]["label"] == "Partner" and current(service, as_of):
                facts[service["a"]].append(service)
    first: dict[str, tuple[str, str]] = {}
    for partner in facts:
        node = world.node[partner]
        kind, key = node["kind"], (node["name"], partner)
        if (
            kind in wanted
            and (kind not in first or key < first[kind])
            and (area is None or _is_about(world, partner, area, as_of))
        ):
            first[kind] = key
    return {
        kind: {"name": name, "id": partner, "facts": [fact["id"] for fact in facts[partner]],
               "is_reference": all(fact["basis"] not in ("map", "table", "directory") for fact in facts[partner])}
        for kind, (name, partner) in first.items()
    }  # fmt: skip


def _is_about(world: World, partner: str, area: str, as_of: date) -> bool:
    return any(has_not_ended(tie, as_of) and area in (tie["areas"] or ()) for tie, _ in world.ties[partner]) or any(
        has_not_ended(offer, as_of) and area in world.areas_of(offer["b"]) for offer in world.out["OFFERS"][partner]
    )


def unreached_leas(world: World, *, county: str, area: str | None, as_of: date) -> list[dict[str, Any]]:
    """Districts that no tie, no taking part and no yes reaches, by area."""
    here = world.county[county]
    office, since = world.office[here["id"]], years_before(as_of, 3)
    single = office["single_district"]
    districts = [lea for lea in world.leas_of(office) if lea["is_district"] and lea["status"] in (None, "Active", "Pending")]
    served: dict[str, set[str]] = defaultdict(set)
    for _, term, fact in _services(world, here, as_of):
        served[term].add(fact)
    asked = [(fact, term) for fact, term in world.asked_about(here) if fact["lea"] is not None]
    measure = _measure(world, county)
    rows = []
    for lea in districts or ([office] if single else []):
        bodies = [lea, office] if single else [lea]
        reached, answers = _reached(world, bodies, as_of, since)
        figure = _figure(world, lea, measure)
        for term in (CORE if area is None else (area,)):
            said = [one for one, about in answers if about == term]
            if term in reached or any(one["answer"] == "yes" and is_fresh(one, as_of, since) for one in said):
                continue
            heard = [
                one["id"] for one, about in asked if about == term and one["lea"] in ("all", *(body["id"] for body in bodies))
            ]
            on_paper = served.get(term, ())
            rows.append({
                "area": term, "lea": lea["name"], "lea_id": lea["id"], "cds": lea["cds"],
                "state": "on_paper" if on_paper else "no" if any(one["answer"] == "no" for one in said) else "not_asked",
                "is_asked": bool(heard), "measure": world.node[figure["b"]]["name"] if figure else None,
                "value": figure["value"] if figure else None, "year": figure["year"] if figure else None,
                "enrollment": lea.get("enrollment"), "locale": lea.get("locale"), "is_single_district": single,
                "facts": distinct([*on_paper, *(one["id"] for one in said), *heard, figure["id"] if figure else None]),
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["area"], row["value"] is None, -(row["value"] or 0), row["enrollment"] is None,
                                         -(row["enrollment"] or 0), row["lea"], row["lea_id"]))  # fmt: skip


def _reached(world: World, bodies: list[Node], as_of: date, since: date) -> tuple[set[str], list[tuple[Fact, str]]]:
    """The areas in which some bodies have a tie or took part, and what was answered about them."""
    reached: set[str] = set()
    answers = []
    for body in bodies:
        for tie, other in world.ties[body["id"]]:
            if other["label"] in ("Partner", "COE", "LEA") and is_own(tie) and current(tie, as_of):
                reached.update(tie["areas"] or ())
        for part in world.out["TOOK_PART_IN"][body["id"]]:
            if is_own(part) and is_fresh(part, as_of, since):
                reached.update(world.areas_of(part["b"]))
        for answer in world.out["REACHED_IN"][body["id"]]:
            if is_own(answer):
                answers.append((answer, world.node[answer["b"]]["term"]))
    return reached, answers


def _measure(world: World, county: str) -> str | None:
    """The first of the figures that order districts which any LEA of the county has."""
    names = ("unduplicated_pct", "upp", "frpm_pct", "sed_pct", "frpm_pct_2425", "sed_pct_2324")
    held = {
        fact["b"] for lea in world.leas_of(world.office[world.county[county]["id"]]) for fact in world.out["MEASURED"][lea["id"]]
    }
    return next((f"indicator/{name}" for name in names if f"indicator/{name}" in held), None)


def _figure(world: World, lea: Node, measure: str | None) -> Fact | None:
    """The latest figure of a district for all students."""
    found = [one for one in world.out["MEASURED"][lea["id"]] if one["b"] == measure and one["group"] in (None, "all")]
    found.sort(key=lambda one: one["id"])
    found.sort(key=lambda one: one["year"] or "", reverse=True)
    return found[0] if found else None
