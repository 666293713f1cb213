"""One county's map as a view: what the county has, on rings around its office; then the gaps worth a call."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from assetgraph.errors import UsageError
from assetgraph.model.graph import Graph
from assetgraph.model.nodes import Asset, ContentArea, Node, Partner
from assetgraph.model.vocabulary import GRANT_AREAS
from assetgraph.views.chosen import Chosen
from assetgraph.views.county_pictures import needs_view, timeline_of
from assetgraph.views.facts_around import FactsAround
from assetgraph.views.fold import folded_sentence, unfolded
from assetgraph.views.ghosts import ghosts_of
from assetgraph.views.layout import ring_positions
from assetgraph.views.legend import GROUPS, area_legend, duration_legend, group_of, kind_legend, kind_words
from assetgraph.views.links import areas_of, links_of
from assetgraph.views.map_view import EDITIONS, Detail, Gap, Ghost, Item, Link, MapView, Nearby
from assetgraph.views.opening import edition_line, licence_line, opening, sections, single_district_note, source_line
from assetgraph.views.panel import asked_line, details_of, needs_of, private_of, scope_of
from assetgraph.views.selection import choose
from assetgraph.views.wording import (
    ACRONYMS,
    NAME_CAP,
    area_key,
    area_name,
    day,
    safe_link,
    shown,
)

__all__ = ["county_view"]

AREA = "area/"
PARTNER_RING = 3
Place = tuple[float, float]
_Shape = TypeVar("_Shape", Item, Link, Ghost)


def county_view(
    graph: Graph | FactsAround,
    county: str,
    *,
    as_of: date,
    gaps: Sequence[Gap] = (),
    nearby: Nearby | None = None,
    edition: str = "public",
    licence: str | None = None,
    sample_note: str | None = None,
    home: str | None = None,
    with_rows: bool = True,
) -> MapView:
    """What one county's map shows on a day, as plain data in words, ready for a page.

    ``gaps`` come second, as at most eight ghosts, one for each family; ``nearby`` says what could meet needs
    elsewhere. Who draws many counties of one graph gives it as FactsAround, made once, and may leave out in which rows each
    item is named (``with_rows``): its statements have theirs. The public edition leaves every private field out; "staff" must
    be asked for by name. Blank means not recorded. Equal input gives an equal view. Raises UsageError for an edition that does
    not exist, and for a county that neither the graph nor the map of California knows.

    >>> county_view(Graph(), "Lake", as_of=date(2026, 11, 22)).opening
    'The graph holds no map of Lake County yet, so what it has is not known.'
    """
    if edition not in EDITIONS:
        raise UsageError(f'no edition "{shown(edition, NAME_CAP)}"', f"ask for {' or '.join(EDITIONS)}")
    chosen = choose(graph if isinstance(graph, FactsAround) else FactsAround(graph), county)
    staff, around = edition == "staff", nearby or Nearby()
    areas = _areas(chosen, gaps)
    ids, groups = _numbered(chosen, areas)
    links = tuple(links_of(chosen, ids, as_of, staff))
    ghosts, left_out = ghosts_of(gaps, areas)
    of_item = {item: groups[node] for node, item in ids.items()}
    kept, folded = unfolded(of_item, [(link.from_id, link.to_id) for link in links], [ids[node] for node in chosen.crowd])
    is_kept = set(kept)
    rings = _rings({node: item for node, item in ids.items() if item in is_kept}, groups, [ghost.id for ghost in ghosts])
    places = ring_positions(rings, _pulls(chosen, ids, links, ghosts))
    touched = _touched_areas(chosen, ids)
    items = tuple(
        _item(chosen, _node(chosen, node), item, groups[node], places.get(item), touched[node], as_of, staff, around, with_rows)
        for node, item in ids.items()
    )
    name = shown(chosen.county, NAME_CAP)
    keys = {area: f"a{place}" for place, area in enumerate(areas)}
    note = shown(sample_note)
    lines = (source_line(chosen, as_of), edition_line(edition), licence_line(licence), *([note] if note else []))
    return MapView(
        title=f"{name} County: assets and partners",
        county=name,
        as_of=day(as_of),
        on=as_of,
        edition=edition,
        edition_line=lines[1],
        source_line=lines[0],
        licence_line=lines[2],
        opening=opening(chosen, items, as_of),
        sample_note=note or None,
        home=home,
        notes=_notes(chosen, folded),
        not_asked=tuple(filter(None, (asked_line(chosen, area) for area in areas))),
        items=_keyed(items, keys),
        links=_keyed(links, keys),
        ghosts=_keyed([_placed(ghost, ids, places) for ghost in ghosts], keys),
        ghosts_left_out=left_out,
        sections=sections(chosen, items, ids, links, as_of),
        listings=around.listings,
        kinds=kind_legend(items, len(ghosts)),
        durations=duration_legend(links),
        areas=area_legend(keys, items),
        acronyms=ACRONYMS,
        grid=around.grid.model_copy(update={"lines": lines}) if around.grid else None,
        timeline=timeline_of(chosen, as_of, lines),
        needs=needs_view(chosen, around.met_elsewhere, lines),
    )


def _areas(chosen: Chosen, gaps: Sequence[Gap]) -> list[str]:
    """Terms of the content areas of the picture: those of the grant, then the others by name."""
    used = {area for edge in chosen.edges for area in areas_of(chosen, edge)}
    used |= {area_key(area) for gap in gaps for area in gap.areas}
    for source in chosen.own:
        asked = chosen.facts_from(f"source/{source}", "ASKED_ABOUT")
        used |= {edge.to_id.removeprefix(AREA) for edge in asked}
    return [*GRANT_AREAS, *sorted(used - set(GRANT_AREAS), key=lambda area: (area_name(area), area))]


def _numbered(chosen: Chosen, areas: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Node ids to opaque ids, ordered by ring and name; and node ids to groups."""
    groups = {AREA + area: "area" for area in areas}
    order: dict[str, tuple[int, int, str]] = {AREA + area: (1, place, "") for place, area in enumerate(areas)}
    for member in chosen.members:
        node = chosen.node(member)
        groups[member] = group_of(node, chosen.coe.county, chosen.coe.id)
        order[member] = (GROUPS[groups[member]].ring, 0, node.name.casefold())
    ranked = sorted(groups, key=lambda node: (order[node], node))
    return {node: f"n{place}" for place, node in enumerate(ranked)}, groups


def _rings(ids: Mapping[str, str], groups: Mapping[str, str], ghosts: Sequence[str]) -> dict[int, list[str]]:
    rings: dict[int, list[str]] = defaultdict(list)
    for node, item in ids.items():
        rings[GROUPS[groups[node]].ring].append(item)
    rings[PARTNER_RING].extend(ghosts)
    return rings


def _pulls(
    chosen: Chosen, ids: Mapping[str, str], links: Iterable[Link], ghosts: Iterable[Ghost]
) -> set[tuple[str, str]]:
    """What stands near what: the lines, the areas of a partner's ties, the areas of a ghost."""
    pulls = {(link.from_id, link.to_id) for link in links}
    for edge in chosen.edges:
        for area in areas_of(chosen, edge):
            pulls |= {(ids[end], ids[AREA + area]) for end in (edge.from_id, edge.to_id) if end in ids}
    for ghost in ghosts:
        pulls |= {(ghost.id, ids[AREA + area]) for area in ghost.areas}
    return pulls


def _placed(ghost: Ghost, ids: Mapping[str, str], places: Mapping[str, Place]) -> Ghost:
    """A ghost at its place, its areas nearest first: at rest only the first has a line."""
    x, y = places[ghost.id]
    areas = [ids[AREA + area] for area in ghost.areas]
    areas.sort(key=lambda area: math.dist(places[area], (x, y)))
    return ghost.model_copy(update={"x": x, "y": y, "area_ids": tuple(areas)})


def _keyed(shapes: Iterable[_Shape], keys: Mapping[str, str]) -> tuple[_Shape, ...]:
    """The same with opaque keys for content areas: their terms are an open list, and may be anything."""
    return tuple(
        shape.model_copy(update={"areas": tuple(key for area, key in keys.items() if area in shape.areas)})
        for shape in shapes
    )


def _touched_areas(chosen: Chosen, ids: Mapping[str, str]) -> dict[str, set[str]]:
    """The areas each node has to do with, through any statement that is drawn."""
    touched: dict[str, set[str]] = {node: set() for node in ids}
    for edge in chosen.edges:
        for end in (edge.from_id, edge.to_id):
            if end in touched:
                touched[end] |= set(areas_of(chosen, edge))
    return touched | {node: {node.removeprefix(AREA)} for node in ids if node.startswith(AREA)}


def _node(chosen: Chosen, node_id: str) -> Node:
    """The node behind an item; an area of a tie is there even when the graph has no node for it."""
    if node_id.startswith(AREA):
        area = node_id.removeprefix(AREA)
        return ContentArea(id=node_id, name=area_name(area), term=area)
    return chosen.node(node_id)


def _item(
    chosen: Chosen, node: Node, item: str, group: str, place: Place | None, areas: set[str], as_of: date, staff: bool,
    around: Nearby, with_rows: bool,
) -> Item:
    look = GROUPS[group]
    needs = needs_of(chosen, node.id, around.met_elsewhere)
    if group == "office" and chosen.county_id:
        needs += needs_of(chosen, chosen.county_id, around.met_elsewhere)
    also_called = node.also_called if isinstance(node, Partner) else []
    lost = (Detail(name="If it left", text=shown(around.without[node.id])),) if node.id in around.without else ()
    return Item(
        id=item,
        node=node.id,
        group=group,
        kind=kind_words(node, group),
        ring=look.ring,
        shape=look.shape,
        color=look.color,
        size=look.size,
        name=shown(node.name, NAME_CAP) or "no name",
        x=place[0] if place else 0.0,
        y=place[1] if place else 0.0,
        is_drawn=place is not None,
        areas=tuple(sorted(areas)),
        also_called=tuple(shown(other, NAME_CAP) for other in also_called),
        scope=scope_of(chosen, node),
        duration=node.duration if isinstance(node, Asset) else None,
        starts_on=node.starts_on if isinstance(node, Asset) else None,
        ends_on=node.ends_on if isinstance(node, Asset) else None,
        grades=_grades(node),
        details=(*details_of(chosen, node, as_of, with_rows=with_rows), *lost),
        private=private_of(chosen, node) if staff else (),
        needs=needs,
        web=safe_link(getattr(node, "web", None)),
    )


def _grades(node: Node) -> tuple[int, int] | None:
    low, high = getattr(node, "grade_low", None), getattr(node, "grade_high", None)
    return None if low is None or high is None else (low, high)


def _notes(chosen: Chosen, folded: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(filter(None, [single_district_note(chosen), folded_sentence(folded)]))
