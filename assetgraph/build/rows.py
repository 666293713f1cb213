"""What each row of an asset map says: one function for each sheet, from a record to nodes and facts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

from assetgraph.build.base import add_area, add_partner_kind
from assetgraph.build.naming import Naming
from assetgraph.build.weave import AssetEnd, End
from assetgraph.model.duration import Duration, conflicts, duration_of
from assetgraph.model.ids import coe_id, county_id
from assetgraph.model.names import fold, slug
from assetgraph.model.nodes import Action, Asset, Coordinator, Goal, Need, TeamSeat
from assetgraph.model.places import coe_named, county_named
from assetgraph.model.records import Basis, Record
from assetgraph.model.sheets import (
    ActionRow,
    AskedRow,
    CoordinatorRow,
    NeedRow,
    OfferingRow,
    OutreachRow,
    PartnerRow,
    QuickstormRow,
    ReachRow,
    TeamRow,
    TieRow,
)
from assetgraph.model.vocabulary import FAMILIES, LEARNING_KINDS, PARTNER_KINDS

__all__ = ["MAP_ROWS", "action_id", "owner_of", "school_year"]

ALL = "all"


def owner_of(naming: Naming, record: Record) -> End | None:
    """Whose map a row is in: the owner named in its Read me sheet, else the office of the row's county."""
    source = naming.loom.sources[record.source]
    if source.basis is Basis.MAP:
        office = coe_named(source.name) or county_named(source.name)
        return coe_id(office.name) if office is not None else naming.organization(source.name, record)
    return coe_id(record.county) if record.county else None


def school_year(text: str | None) -> tuple[date | None, date | None]:
    """First and last day of a year ("2024") or school year ("2024-25"); two Nones when nothing says.

    >>> school_year("2024-25")
    (datetime.date(2024, 7, 1), datetime.date(2025, 6, 30))
    """
    if not text:
        return None, None
    year = int(text[:4])
    return (date(year, 7, 1), date(year + 1, 6, 30)) if len(text) > 4 else (date(year, 1, 1), date(year, 12, 31))


def _text_id(prefix: str, owner: str, text: str) -> str:
    return f"{prefix}/{slug(owner)}/{hashlib.sha256(fold(text).encode()).hexdigest()[:10]}"


def _holder(end: End, record: Record) -> str:
    """Who has a need or role, for its id: an office, LEA or place by its id, a partner within its own source."""
    return end if isinstance(end, str) else f"{record.source} {record.county or ''}"


def _grades(span: tuple[int, int] | None) -> dict[str, int]:
    return {"grade_low": span[0], "grade_high": span[1]} if span else {}


def _extra(record: Record) -> list[str]:
    return [f"{header}: {text}" for header, text in record.values.extra]


def _lasting(naming: Naming, record: Record, starts_on: date | None, ends_on: date | None,
             written: Duration | None) -> dict[str, Any]:  # fmt: skip
    """Dates and duration of a fact; a written duration that the dates contradict is reported, and the dates win."""
    meant = duration_of(starts_on, ends_on, written)
    if conflicts(starts_on, ends_on, written) and written is not None:
        naming.ask(record, "Temporary or enduring", f"written as {written.value.replace('_', '-')}, but the dates "
                   f"say {meant.value.replace('_', '-')}; the dates are used", "correct the word or the dates")  # fmt: skip
    return {"starts_on": starts_on, "ends_on": ends_on, "duration": meant.value}


def _known(lasting: dict[str, Any]) -> dict[str, Any]:
    """The same for an asset, of which several rows may speak: an unknown duration says nothing against a known one."""
    return {name: None if value == Duration.UNKNOWN else value for name, value in lasting.items()}


def _kind_of_partner(naming: Naming, kind: str | None) -> str | None:
    if kind:
        add_partner_kind(naming.loom, kind)
    return kind


def _areas(naming: Naming, start: End, fact: str, terms: tuple[str, ...], record: Record) -> None:
    for term in terms:
        naming.loom.fact(fact, start, add_area(naming.loom, term), record)


def quickstorm(naming: Naming, record: Record, row: QuickstormRow) -> None:
    """The partner is tied to the map's owner and offers the asset; inside the office, the owner offers it."""
    owner = owner_of(naming, record)
    if owner is None:
        return
    office = coe_named(row.who)
    inside = row.scope == "inside_coe" or (office is not None and coe_id(office.name) == owner)
    lasting = _lasting(naming, record, row.starts_on, row.ends_on, row.written_duration)
    provider = owner
    if not inside:
        kind = _kind_of_partner(naming, row.partner_kind)
        network = kind is not None and kind.endswith("network")
        provider = naming.organization(row.who, record, aliases=row.also_called, web=row.web, column="Who", kind=kind,
                                       is_network=network, notes=row.notes)  # fmt: skip
        naming.loom.fact("PARTNERS_WITH", provider, owner, record, areas=list(row.content_areas), scope=row.scope,
                         how_known=row.how_known, contributor=row.contributor, notes=row.notes, extra=_extra(record),
                         web=row.web, **lasting)  # fmt: skip
    asset = naming.remember_asset(record, row.what, provider)
    naming.loom.node(asset, Asset, row.what, record, kind=row.asset_kind, tags=list(row.tags), web=row.web, notes=row.notes,
                     team=row.who if inside and office is None else None, extra=_extra(record), **_grades(row.grades),
                     **_known(lasting))  # fmt: skip
    naming.loom.fact("OFFERS", provider, asset, record, how_known=row.how_known, contributor=row.contributor, **lasting)
    _areas(naming, asset, "COVERS", row.content_areas, record)
    for name in row.leas:
        if name == ALL:
            _county_wide(naming, record, provider, asset, list(row.content_areas), lasting)
        else:
            lea = naming.lea(name, record, "LEAs taking part")
            if lea is not None:
                naming.loom.fact("TOOK_PART_IN", lea, asset, record, **_taking_part(naming, record, row.starts_on, row.ends_on))


def _county_wide(naming: Naming, record: Record, provider: End, asset: End, areas: list[str], lasting: dict[str, Any]) -> None:
    source = naming.loom.sources[record.source]
    for county in (record.county,) if record.county else source.counties:
        naming.loom.fact("SERVES", provider, county_id(county), record, areas=areas, **lasting)
        naming.loom.fact("OPEN_TO", asset, county_id(county), record)


def _taking_part(naming: Naming, record: Record, starts_on: date | None, ends_on: date | None) -> dict[str, date | None]:
    """From when to when taking part is recorded: an asset that still runs is known up to the map's own date."""
    known_on = naming.loom.sources[record.source].as_of
    if starts_on and known_on and starts_on > known_on:
        return {"first_on": starts_on, "last_on": ends_on or starts_on}
    last_on = min(ends_on, known_on) if ends_on and known_on else ends_on or known_on
    return {"first_on": starts_on, "last_on": last_on}


def partner(naming: Naming, record: Record, row: PartnerRow) -> None:
    """The partner, where it is based and which counties it says it serves."""
    kind = _kind_of_partner(naming, row.partner_kind)
    end = naming.organization(row.name, record, aliases=row.also_called, county=row.home_county, web=row.web, kind=kind,
                              is_network=kind is not None and kind.endswith("network"), is_funder=kind == "funder",
                              power=row.power, interest=row.interest, contact=row.contact, notes=row.notes,
                              extra=_extra(record))  # fmt: skip
    if row.home_county and not isinstance(end, str):
        naming.loom.fact("BASED_IN", end, county_id(row.home_county), record, web=row.seen_at)
    for county in row.serves_counties:
        place = naming.place(county)
        if place:
            naming.loom.fact("SERVES", end, place, record, web=row.seen_at or row.web)


_FACT_OF_HOW = {
    "partners_with": "PARTNERS_WITH", "member_of": "MEMBER_OF", "leads": "LEADS", "funded_by": "FUNDED_BY",
    "serves": "SERVES", "supports": "SUPPORTS",
}  # fmt: skip


_ROLE_OF_HOW: dict[str, dict[str, Any]] = {"member_of": {"is_network": True}, "funded_by": {"is_funder": True}}
"""What a tie says of the organization at its other end."""


def tie(naming: Naming, record: Record, row: TieRow) -> None:
    """One tie between two organizations, or from an organization to the county or state that it serves."""
    start = naming.organization(row.from_name, record, column="From")
    places = row.how in ("serves", "supports")
    find = naming.place_or_organization if places else naming.organization
    end = find(row.to_name, record, column="To", **_ROLE_OF_HOW.get(row.how, {}))
    if start == end:
        naming.ask(record, "To", f"'{row.from_name}' is tied to itself; no tie is drawn", "write the other organization")
        return
    lasting = _lasting(naming, record, row.starts_on, row.ends_on, row.written_duration)
    naming.loom.fact(_FACT_OF_HOW[row.how], start, end, record, areas=list(row.content_areas), strength=row.strength,
                     how_known=row.how_known, as_of=row.as_of, web=row.web, extra=_extra(record), **lasting)  # fmt: skip


def offering(naming: Naming, record: Record, row: OfferingRow) -> None:
    """The offering, who offers it, on what, to whom it is open, and who pays until when."""
    provider = naming.organization(row.provider, record, column="Provider")
    asset = naming.remember_asset(record, row.title, provider)
    lasting = _lasting(naming, record, row.starts_on, row.ends_on, row.written_duration)
    is_learning = row.asset_kind is None or row.asset_kind in LEARNING_KINDS
    naming.loom.node(asset, Asset, row.title, record, kind=row.asset_kind, is_offering=is_learning,
                     format=row.format, modality=row.modality, audience=list(row.audience), hours=row.hours,
                     cost=row.cost, stipend=row.stipend, web=row.web, extra=_extra(record), **_grades(row.grades),
                     **_known(lasting))  # fmt: skip
    said = {"as_of": row.as_of, "web": row.web}
    for end in (provider, *(naming.organization(name, record, column="Provider") for name in row.co_provider)):
        naming.loom.fact("OFFERS", end, asset, record, **said, **lasting)
    _areas(naming, asset, "COVERS", row.content_areas, record)
    for name in row.open_to:
        place = naming.place(name)
        if place:
            naming.loom.fact("OPEN_TO", asset, place, record, **said)
    for name in row.funder:
        payer = naming.organization(name, record, column="Funder", is_funder=True)
        naming.loom.fact("FUNDED_BY", asset, payer, record, areas=list(row.content_areas), ends_on=row.funded_until, **said)


def need(naming: Naming, record: Record, row: NeedRow) -> None:
    """The need, whose it is, and what addresses it."""
    owner = naming.place_or_organization(row.whose, record, loosely=True, column="Whose")
    node_id = naming.remember_need(record, row.need, _text_id("need", _holder(owner, record), row.need))
    naming.loom.node(node_id, Need, row.need, record, kind=row.need_kind, status=row.status, how_known=row.how_known,
                     as_of=row.as_of or naming.loom.sources[record.source].as_of, **_grades(row.grades))  # fmt: skip
    naming.loom.fact("NEEDS", owner, node_id, record, as_of=row.as_of, web=row.web)
    _areas(naming, node_id, "ABOUT", row.content_areas, record)
    for name in row.addressed_by:
        answer = naming.asset_named(name, record) or naming.action_named(name, record) or naming.organization(name, record)
        naming.loom.fact("ADDRESSES", answer, node_id, record, as_of=row.as_of)


def coordinator(naming: Naming, record: Record, row: CoordinatorRow) -> None:
    """A coordinator's role, whose it is and which areas it looks after."""
    office = naming.organization(row.office, record, column="Office or LEA")
    areas = "-".join(row.content_areas)
    node_id = f"coordinator/{slug(_holder(office, record))}/{slug(row.role)}" + (f"--{areas}" if areas else "")
    naming.loom.node(node_id, Coordinator, row.role, record, fte=row.fte, starts_on=row.starts_on, person=row.person)
    naming.loom.fact("HAS_COORDINATOR", office, node_id, record, as_of=row.as_of, web=row.web)
    _areas(naming, node_id, "COORDINATES", row.content_areas, record)


def reach(naming: Naming, record: Record, row: ReachRow) -> None:
    """What one LEA takes part in: an answer for each area, and one offering in one year."""
    lea = naming.lea(row.lea, record, "LEA")
    if lea is None:
        return
    first_on, last_on = school_year(row.year)
    known_on = naming.loom.sources[record.source].as_of
    for area, answer in row.answers:
        naming.loom.fact("REACHED_IN", lea, add_area(naming.loom, area), record, answer=answer, first_on=first_on,
                         last_on=last_on or known_on)  # fmt: skip
    if row.offering:
        asset: End = naming.asset_named(row.offering, record) or AssetEnd(fold(row.offering), None)
        if isinstance(asset, AssetEnd) and asset.provider is None:
            naming.loom.node(asset, Asset, row.offering, record)
        naming.loom.fact("TOOK_PART_IN", lea, asset, record, year=row.year, headcount=row.headcount, first_on=first_on,
                         last_on=last_on or known_on)  # fmt: skip


def asked(naming: Naming, record: Record, row: AskedRow) -> None:
    """What the makers of the map asked about; a blank kind or LEA means that they did not ask by kind or LEA."""
    kind, family = _kind_or_family(row.partner_kind)
    common = {"asked": row.asked == "yes", "kind": kind, "family": family, "of_whom": row.of_whom, "asked_on": row.when}
    for term in row.content_areas:
        area = add_area(naming.loom, term)
        source = f"source/{record.source}"
        if not row.leas:
            naming.loom.fact("ASKED_ABOUT", source, area, record, **common)
        for name in row.leas:
            lea = ALL if name == ALL else naming.lea(name, record, "LEA")
            if lea is not None:
                naming.loom.fact("ASKED_ABOUT", source, area, record, lea=lea, **common)


def _kind_or_family(word: str | None) -> tuple[str | None, str | None]:
    """A word of the column "Kind of partner": ``all``, a family, or a kind (which may be its family's only one)."""
    if word is None:
        return None, None
    if word == ALL or word in FAMILIES:
        return (word if word in PARTNER_KINDS else None), word
    only = [kind.term for kind in PARTNER_KINDS.values() if word in PARTNER_KINDS and kind.family == PARTNER_KINDS[word].family]
    return word, PARTNER_KINDS[word].family if only == [word] else None


def action_id(record: Record, text: str) -> str:
    """The id of an action: its text, within its source."""
    return _text_id("action", record.source, text)


def action(naming: Naming, record: Record, row: ActionRow) -> None:
    """The action, who leads it, what it builds on, which need it answers and why."""
    node_id = action_id(record, row.action)
    naming.loom.node(node_id, Action, row.action, record, by_when=row.by_when, status=row.status)
    for name in row.led_by:
        naming.loom.fact("LED_BY", node_id, naming.organization(name, record), record)
    for name in row.builds_on:
        naming.loom.fact("BUILDS_ON", node_id, naming.asset_named(name, record) or naming.organization(name, record), record)
    for text in row.answers_need:
        found = naming.need_named(text, record)
        if found is None:
            naming.ask(record, "Answers need", f"no need on this map reads '{text}'",
                       "write the need as it stands on the Needs sheet")  # fmt: skip
        else:
            naming.loom.fact("ADDRESSES", node_id, found, record)
    if row.goal:
        goal = _text_id("goal", record.source, row.goal)
        naming.loom.node(goal, Goal, row.goal, record)
        naming.loom.fact("AIMS_AT", node_id, goal, record)


def team(naming: Naming, record: Record, row: TeamRow) -> None:
    """A seat on the team and the organization that holds it."""
    holder = naming.organization(row.organization, record, column="Organization")
    words = [row.role or (row.seat or "seat"), row.organization]
    node_id = _text_id("seat", record.source, "|".join((row.organization, row.seat or "", row.role or "")))
    naming.loom.node(node_id, TeamSeat, ", ".join(words), record, seat=row.seat, role=row.role, person=row.person)
    naming.loom.fact("HAS_SEAT", f"source/{record.source}", node_id, record)
    naming.loom.fact("HELD_BY", node_id, holder, record)


def outreach(naming: Naming, record: Record, row: OutreachRow) -> None:
    """Nothing: whom somebody asked is kept as a row beside the graph, where no query can count it."""


MAP_ROWS: dict[str, Callable[[Naming, Record, Any], None]] = {
    "Quickstorm": quickstorm, "Partners": partner, "Ties": tie, "Offerings": offering, "Needs": need,
    "Coordinators": coordinator, "Reach": reach, "Asked about": asked, "Actions": action, "Team": team,
    "Outreach": outreach,
}  # fmt: skip
"""Sheet to function, in the order in which rows are read: what defines an asset or a need comes before what names it."""
