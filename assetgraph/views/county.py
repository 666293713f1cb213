"""One county's map as a view: what the county has on rings around its office, and the gaps worth a call after it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assetgraph.errors import UsageError
from assetgraph.model.graph import Graph
from assetgraph.model.nodes import COE, LEA, Asset, ContentArea, Node, Partner, School
from assetgraph.model.vocabulary import kind_name, term_name
from assetgraph.views.ghosts import GHOST_GROUP, ghosts_of
from assetgraph.views.layout import ring_positions
from assetgraph.views.links import areas_of, links_of
from assetgraph.views.map_view import EDITIONS, Gap, Ghost, Item, LegendEntry, Link, MapView
from assetgraph.views.opening import edition_line, opening, sections, single_district_note, source_line
from assetgraph.views.panel import asked_line, details_of, needs_of, private_lines
from assetgraph.views.selection import Chosen, choose
from assetgraph.views.wording import (
    ACRONYMS,
    DURATION_NAMES,
    GRANT_AREAS,
    NAME_CAP,
    area_key,
    area_name,
    counted,
    day,
    has_ended,
    safe_link,
    shown,
)

__all__ = ["GROUPS", "county_view"]

GROUPS: dict[str, tuple[str, int, str, str, int]] = {
    "office": ("County office", 0, "ring", "#1d2b45", 24),
    "area": ("Content area", 1, "hexagon", "#86387a", 13),
    "offering": ("Professional learning", 2, "square", "#00785a", 9),
    "asset": ("Other asset", 2, "diamond", "#4d6600", 11),
    "partner": ("Partner", 3, "triangle", "#b54708", 10),
    "network": ("Network", 3, "triangleDown", "#a3185b", 10),
    "elsewhere": ("Office or LEA elsewhere", 3, "star", "#3f51a3", 11),
    "lea": ("District or other LEA", 4, "dot", "#005fa8", 8),
}
"""Group to its name in the legend, ring, shape, color and size. Shape and color always go together."""

AREA_PREFIX = "area/"


def county_view(
    graph: Graph,
    county: str,
    *,
    as_of: date,
    gaps: Sequence[Gap] = (),
    edition: str = "public",
    sample_note: str | None = None,
) -> MapView:
    """What one county's map shows on a day, as plain data in words, ready for a page.

    ``gaps`` come second, as at most eight ghosts, one for each family. The public edition leaves every private field
    out; "staff" must be asked for by name. Blank means not recorded. Equal input gives an equal view.
    Raises UsageError for an edition that does not exist and for a county of which the graph holds nothing.

    >>> view = county_view(Graph(), "Lake", as_of=date(2026, 11, 22))
    >>> view.opening
    "Lake County's map names no partners and no assets yet; blank means not recorded."
    """
    if edition not in EDITIONS:
        raise UsageError(f'no edition "{edition}"', f"ask for {' or '.join(EDITIONS)}")
    chosen = choose(graph, county)
    areas = _areas(chosen, gaps)
    ids, groups = _numbered(chosen, areas)
    links = links_of(chosen, ids, as_of, edition == "staff")
    ghosts, left_out = ghosts_of(gaps, areas)
    places = ring_positions(
        _rings(ids, groups, [ghost.id for ghost in ghosts]), _pulls(chosen, ids, links, ghosts)
    )
    touched = _touched_areas(chosen, ids)
    items = tuple(
        _item(
            chosen, node, ids[node], groups[node], places[ids[node]], touched[node], as_of, edition == "staff"
        )
        for node in ids
    )
    placed = [_placed(ghost, ids, places) for ghost in ghosts]
    return MapView(
        title=f"{shown(chosen.county, NAME_CAP)} County: assets and partners", county=shown(chosen.county, NAME_CAP),
        as_of=day(as_of), edition=edition, edition_line=edition_line(edition), source_line=source_line(chosen, as_of),
        opening=opening(chosen, items, as_of), sample_note=shown(sample_note) or None,
        notes=_notes(chosen), not_asked=tuple(filter(None, (asked_line(chosen, area) for area in areas))),
        items=items, links=tuple(links), ghosts=tuple(placed), ghosts_left_out=left_out,
        sections=sections(chosen, items, ids, links, as_of),
        kinds=_kinds(items, len(ghosts)), durations=_durations(links), areas=_area_legend(areas, items),
        acronyms=ACRONYMS,
    )  # fmt: skip


def _areas(chosen: Chosen, gaps: Sequence[Gap]) -> list[str]:
    """Terms of the content areas of the picture: those of the grant, then the others by name."""
    used = {area for edge in chosen.edges for area in areas_of(chosen, edge)}
    used |= {area_key(area) for gap in gaps for area in gap.areas}
    for source in chosen.own:
        used |= {
            e.to_id.removeprefix(AREA_PREFIX) for e in chosen.facts_from(f"source/{source}", "ASKED_ABOUT")
        }
    return [*GRANT_AREAS, *sorted(used - set(GRANT_AREAS), key=lambda area: (area_name(area), area))]


def _group(node: Node, chosen: Chosen) -> str:
    if node.id == chosen.coe.id:
        return "office"
    if isinstance(node, Asset):
        return "offering" if node.is_offering else "asset"
    if isinstance(node, Partner):
        return "network" if node.is_network else "partner"
    at_home = isinstance(node, LEA | School) and node.county == chosen.coe.county
    return "lea" if at_home else "elsewhere"


def _numbered(chosen: Chosen, areas: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Node ids to opaque ids, ordered by ring and name; and node ids to groups."""
    groups = {AREA_PREFIX + area: "area" for area in areas}
    groups |= {node: _group(chosen.node(node), chosen) for node in chosen.members}
    order = {AREA_PREFIX + area: (1, place, "") for place, area in enumerate(areas)}
    order |= {
        node: (GROUPS[groups[node]][1], 0, chosen.node(node).name.casefold()) for node in chosen.members
    }
    ranked = sorted(groups, key=lambda node: (order[node], node))
    return {node: f"n{place}" for place, node in enumerate(ranked)}, groups


def _rings(ids: Mapping[str, str], groups: Mapping[str, str], ghosts: Sequence[str]) -> dict[int, list[str]]:
    rings: dict[int, list[str]] = defaultdict(list)
    for node, item in ids.items():
        rings[GROUPS[groups[node]][1]].append(item)
    rings[3].extend(ghosts)
    return rings


def _pulls(
    chosen: Chosen, ids: Mapping[str, str], links: Iterable[Link], ghosts: Iterable[Ghost]
) -> set[tuple[str, str]]:
    """What stands near what: the lines, the areas of a partner's ties, the areas of a ghost."""
    pulls = {(link.from_id, link.to_id) for link in links}
    for edge in chosen.edges:
        for area in areas_of(chosen, edge):
            pulls |= {(ids[end], ids[AREA_PREFIX + area]) for end in (edge.from_id, edge.to_id) if end in ids}
    for ghost in ghosts:
        pulls |= {(ghost.id, ids[AREA_PREFIX + area]) for area in ghost.areas}
    return pulls


def _placed(ghost: Ghost, ids: Mapping[str, str], places: Mapping[str, tuple[float, float]]) -> Ghost:
    """A ghost at its place, its areas nearest first: at rest only the first has a line."""
    x, y = places[ghost.id]
    areas = [ids[AREA_PREFIX + area] for area in ghost.areas]
    areas.sort(key=lambda area: math.dist(places[area], (x, y)))
    return ghost.model_copy(update={"x": x, "y": y, "area_ids": tuple(areas)})


def _touched_areas(chosen: Chosen, ids: Mapping[str, str]) -> dict[str, set[str]]:
    """The areas each node has to do with, through any statement that is drawn."""
    touched: dict[str, set[str]] = {node: set() for node in ids}
    for edge in chosen.edges:
        for end in (edge.from_id, edge.to_id):
            if end in touched:
                touched[end] |= set(areas_of(chosen, edge))
    return touched | {node: {node.removeprefix(AREA_PREFIX)} for node in ids if node.startswith(AREA_PREFIX)}


def _item(
    chosen: Chosen,
    node_id: str,
    item: str,
    group: str,
    place: tuple[float, float],
    areas: set[str],
    as_of: date,
    staff: bool,
) -> Item:
    name, ring, shape, color, size = GROUPS[group]
    if group == "area":
        area = node_id.removeprefix(AREA_PREFIX)
        node: Node = ContentArea(id=node_id, name=area_name(area), term=area)
    else:
        node = chosen.node(node_id)
    needs = needs_of(chosen, node_id) + (
        needs_of(chosen, chosen.county_id) if group == "office" and chosen.county_id else ()
    )
    return Item(
        id=item, group=group, ring=ring, shape=shape, color=color, size=size, kind=_kind_words(node, name),
        name=shown(node.name, NAME_CAP) or "no name", x=place[0], y=place[1], areas=tuple(sorted(areas)),
        also_called=tuple(shown(other, NAME_CAP) for other in node.also_called) if isinstance(node, Partner) else (),
        duration=("ended" if has_ended(node.ends_on, as_of) else node.duration) if isinstance(node, Asset) else None,
        details=details_of(chosen, node, as_of), private=private_lines(node) if staff else (), needs=needs,
        web=safe_link(getattr(node, "web", None)),
    )  # fmt: skip


def _kind_words(node: Node, group_name: str) -> str:
    if isinstance(node, Partner) and node.kind:
        return f"{group_name}: {kind_name(node.kind).lower()}"
    if isinstance(node, Asset) and node.kind:
        return f"{group_name}: {term_name('asset_kind', node.kind).lower()}"
    if isinstance(node, COE):
        return "County office of education"
    if isinstance(node, LEA):
        return (
            "Charter" if node.is_charter else ("District" if node.is_district else "Local educational agency")
        )
    return "School" if isinstance(node, School) else group_name


def _notes(chosen: Chosen) -> tuple[str, ...]:
    left_out = counted(chosen.left_out_leas, "charter or other LEA", "charters and other LEAs")
    crowd = (
        f"{left_out} that nothing recorded touches: not drawn, because the ring is full."
        if chosen.left_out_leas
        else ""
    )
    return tuple(filter(None, [single_district_note(chosen), crowd]))


def _kinds(items: Sequence[Item], ghosts: int) -> tuple[LegendEntry, ...]:
    counts = {group: sum(item.group == group for item in items) for group in GROUPS}
    entries = [
        LegendEntry(key=group, name=name, count=counts[group], shape=shape, color=color)
        for group, (name, _, shape, color, _) in GROUPS.items()
        if counts[group]
    ]
    if ghosts:
        entries.append(
            LegendEntry(
                key=GHOST_GROUP,
                name="Missing partner (suggested)",
                count=ghosts,
                shape="ghost",
                color="#7a4b00",
            )
        )
    return tuple(entries)


def _durations(links: Sequence[Link]) -> tuple[LegendEntry, ...]:
    counts = {style: sum(link.style == style for link in links) for style in DURATION_NAMES}
    return tuple(
        LegendEntry(key=style, name=name, count=counts[style], style=style)
        for style, name in DURATION_NAMES.items()
        if counts[style]
    )


def _area_legend(areas: Sequence[str], items: Sequence[Item]) -> tuple[LegendEntry, ...]:
    held = [item for item in items if item.group not in ("area", "office")]
    return tuple(
        LegendEntry(key=area, name=area_name(area), count=sum(area in item.areas for item in held))
        for area in areas
    )
