"""What a map says first: what the county has in one sentence, where it is from, and what ends soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assetgraph.model.facts import Tie
from assetgraph.model.nodes import Asset, Source
from assetgraph.model.records import OWN_BASES, SourceInfo
from assetgraph.model.vocabulary import GRANT_AREAS
from assetgraph.views.chosen import Chosen
from assetgraph.views.map_view import Item, Link, Section
from assetgraph.views.panel import asked_about, asked_for_partners
from assetgraph.views.wording import (
    NAME_CAP,
    area_name,
    counted,
    day,
    ends_soon,
    has_ended,
    listed,
    shown,
)

__all__ = ["edition_line", "licence_line", "opening", "sample_note", "sections", "single_district_note", "source_line"]

SAMPLE_MARK = "sample made from public pages"
"""Who filled in the maps of the packaged sample, as their Read me sheets say."""

_PARTNERS = ("partner", "network", "elsewhere")
_ASSETS = ("offering", "asset")


def opening(chosen: Chosen, items: Sequence[Item], as_of: date) -> str:
    """One sentence on what the map names; areas count partners and assets, an entry in each of its areas."""
    partners = [item for item in items if item.group in _PARTNERS]
    assets = [item for item in items if item.group in _ASSETS]
    county = shown(chosen.county, NAME_CAP)
    if not chosen.own:
        return f"The graph holds no map of {county} County yet, so what it has is not known."
    if not partners and not assets:
        return f"{county} County's map names no partners and no assets yet; blank means not recorded."
    by_area = _by_area(
        chosen, [item.areas[0] for item in items if item.group == "area"], [*partners, *assets]
    )
    named = f"{counted(len(partners), 'partner')} and {counted(len(assets), 'asset')}"
    parts = [f"{county} County's map names {named}. Counted in each of their areas: {by_area}"]
    soon, ended = _ending(chosen, as_of)
    if any(soon):
        parts.append(f"{_assets_and_ties(*soon)} {'ends' if sum(soon) == 1 else 'end'} within 180 days")
    if any(ended):
        parts.append(f"{_assets_and_ties(*ended)} {'has' if sum(ended) == 1 else 'have'} ended")
    return "; ".join([*parts, "blank means not recorded."])


def _by_area(chosen: Chosen, areas: Sequence[str], held: Sequence[Item]) -> str:
    """How many entries each area has; an area of the grant is named even when it is blank."""
    said = []
    for area in areas:
        number = sum(area in item.areas for item in held)
        name = "other areas" if area == "other" else area_name(area).lower()
        if number:
            said.append(f"{number} in {name}")
        elif asked_about(chosen, area) is False:
            said.append(f"{name} not asked about")
        elif area in GRANT_AREAS:  # "none" is said only where somebody asked
            said.append(f"none in {name}" if asked_for_partners(chosen, area) else f"{name} blank")
    return listed(said)


def _ending(chosen: Chosen, as_of: date) -> tuple[tuple[int, int], tuple[int, int]]:
    """How many assets and ties end soon, and how many have ended."""
    assets = [node.ends_on for node in map(chosen.node, sorted(chosen.members)) if isinstance(node, Asset)]
    ties = {
        (e.from_id, e.to_id, e.fact.ends_on): e.fact.ends_on for e in chosen.edges if isinstance(e.fact, Tie)
    }
    ends = (assets, list(ties.values()))
    soon = tuple(sum(ends_soon(end, as_of) for end in group) for group in ends)
    ended = tuple(sum(has_ended(end, as_of) for end in group) for group in ends)
    return (soon[0], soon[1]), (ended[0], ended[1])


def _assets_and_ties(assets: int, ties: int) -> str:
    return listed([counted(number, noun) for number, noun in ((assets, "asset"), (ties, "tie")) if number])


def sections(
    chosen: Chosen, items: Sequence[Item], ids: Mapping[str, str], links: Sequence[Link], as_of: date
) -> tuple[Section, ...]:
    """Lists of the opening panel: what ends within 180 days, and the LEAs that nothing recorded touches."""
    nodes = [chosen.node(member) for member in sorted(chosen.members)]
    ending = {ids[node.id] for node in nodes if isinstance(node, Asset) and ends_soon(node.ends_on, as_of)}
    for edge in chosen.edges:
        if isinstance(edge.fact, Tie) and ends_soon(edge.fact.ends_on, as_of):
            ending |= {ids[end] for end in (edge.from_id, edge.to_id) if end in ids and chosen.coe.id != end}
    touched = {end for link in links for end in (link.from_id, link.to_id)}
    quiet = [item.id for item in items if item.group == "lea" and item.id not in touched]
    lists = [
        ("Ends within 180 days", [item.id for item in items if item.id in ending and item.group != "lea"]),
        ("LEAs with nothing recorded", quiet),
    ]
    return tuple(Section(title=title, item_ids=tuple(held)) for title, held in lists if held)


def source_line(chosen: Chosen, as_of: date) -> str:
    """The day of the map and the sources that it is made from, the county's own first."""
    used = {edge.fact.source for edge in chosen.edges} - chosen.own
    named = [*_named(chosen, chosen.own), *_named(chosen, used)]
    if len(named) > 2:
        named = [named[0], counted(len(named) - 1, "more source")]
    return f"As of {day(as_of)} · {f'from {listed(named)}' if named else 'no map of this county yet'}"


def _named(chosen: Chosen, sources: Iterable[str]) -> list[str]:
    """Maps and tables by name, with their days."""
    nodes = [chosen.graph.nodes.get(f"source/{source}") for source in sorted(sources)]
    return [
        f"{shown(node.name, NAME_CAP)} ({day(node.as_of) if node.as_of else 'date not recorded'})"
        for node in nodes
        if isinstance(node, Source) and node.basis in OWN_BASES
    ]


def edition_line(edition: str) -> str:
    """What an edition leaves out or holds."""
    if edition == "staff":
        return "Staff edition: holds private notes, contacts, power and interest. Not for publication"
    return "Public edition: private notes, contacts, power and interest are left out"


def sample_note(sources: Iterable[SourceInfo]) -> str | None:
    """What a page says when a map of the packaged sample is among its sources; None without one.

    The sample's maps say of themselves who filled them in, so the note is there however they came into the graph.
    """
    days = [source.as_of for source in sources if source.filled_in_by == SAMPLE_MARK]
    if not days:
        return None
    latest = max((one for one in days if one), default=None)
    known = f", as of {day(latest)}" if latest else ""
    return (f"A sample made from public web pages{known}; it is no county's own asset map. A blank means \"not found\", never "
            '"not there".')  # fmt: skip


def licence_line(licence: str | None) -> str:
    """Under which licence the data may be used, as somebody gave it.

    >>> licence_line(None), licence_line("CC BY 4.0")
    ('Licence of the data: not stated', 'Licence of the data: CC BY 4.0')
    """
    return f"Licence of the data: {shown(licence, NAME_CAP) or 'not stated'}"


def single_district_note(chosen: Chosen) -> str:
    """The note of a county whose one district is also the county office; empty elsewhere."""
    if not chosen.coe.single_district:
        return ""
    return (
        f"{shown(chosen.county, NAME_CAP)} County has one district, and it is also the county office: "
        "the two are one body, and a tie to one is a tie to both."
    )
