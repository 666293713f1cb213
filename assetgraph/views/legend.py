"""The groups that shapes stand for, and the legend that names, counts and filters them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assetgraph.model.nodes import COE, LEA, Asset, Node, Partner, School
from assetgraph.model.vocabulary import kind_name, term_name
from assetgraph.views.ghosts import GHOST_GROUP
from assetgraph.views.looks import COLORS
from assetgraph.views.map_view import Item, LegendEntry, Link
from assetgraph.views.wording import DURATION_NAMES, area_name

__all__ = ["GROUPS", "Group", "area_legend", "duration_legend", "group_of", "kind_legend", "kind_words"]


class Group(NamedTuple):
    """What items of one group look like. Shape and color always go together: color never tells alone."""

    name: str
    ring: int
    shape: str
    color: str
    size: int


GROUPS: dict[str, Group] = {
    "office": Group("County office", 0, "ring", "#1d2b45", 24),
    "area": Group("Content area", 1, "hexagon", "#86387a", 13),
    "offering": Group("Professional learning", 2, "square", "#00785a", 9),
    "asset": Group("Other asset", 2, "diamond", "#4d6600", 11),
    "partner": Group("Partner", 3, "triangle", "#b54708", 10),
    "network": Group("Network", 3, "triangleDown", "#a3185b", 10),
    "elsewhere": Group("Office or LEA elsewhere", 3, "star", "#3f51a3", 11),
    "lea": Group("District or other LEA", 4, "dot", "#005fa8", 8),
}
"""Group to how it looks, in the order of the legend."""


def group_of(node: Node, county: str, coe: str) -> str:
    """The group of a node in the picture of a county whose office has the id ``coe``."""
    if node.id == coe:
        return "office"
    if isinstance(node, Asset):
        return "offering" if node.is_offering else "asset"
    if isinstance(node, Partner):
        return "network" if node.is_network else "partner"
    return "lea" if isinstance(node, LEA | School) and node.county == county else "elsewhere"


def kind_words(node: Node, group: str) -> str:
    """What a node is, in words.

    >>> kind_words(Partner(id="partner/x", name="X", kind="museum"), "partner")
    'Partner: museum or science center'
    """
    name = GROUPS[group].name
    if isinstance(node, Asset) and not node.kind and not node.is_offering:
        return "Asset, kind not recorded"
    if isinstance(node, Partner) and node.kind:
        return f"{name}: {kind_name(node.kind).lower()}"
    if isinstance(node, Asset) and node.kind:
        kind = term_name("asset_kind", node.kind)
        return name if kind == name else f"{name}: {kind.lower()}"
    if isinstance(node, COE):
        return "County office of education"
    if isinstance(node, LEA):
        return (
            "Charter" if node.is_charter else ("District" if node.is_district else "Local educational agency")
        )
    return "School" if isinstance(node, School) else name


def kind_legend(items: Sequence[Item], ghosts: int) -> tuple[LegendEntry, ...]:
    """One entry for each group that is in the picture, with its count; the ghosts last."""
    entries = []
    for key, group in GROUPS.items():
        count = sum(item.group == key for item in items)
        if count:
            entries.append(
                LegendEntry(key=key, name=group.name, count=count, shape=group.shape, color=group.color)
            )
    if ghosts:
        name = "Gap worth a call"
        entries.append(
            LegendEntry(key=GHOST_GROUP, name=name, count=ghosts, shape="ghost", color=COLORS["gap"])
        )
    return tuple(entries)


def duration_legend(links: Sequence[Link]) -> tuple[LegendEntry, ...]:
    """One entry for each way a line is drawn, with its count of lines."""
    counts = {style: sum(link.style == style for link in links) for style in DURATION_NAMES}
    return tuple(
        LegendEntry(key=style, name=name, count=counts[style], style=style)
        for style, name in DURATION_NAMES.items()
        if counts[style]
    )


def area_legend(keys: Mapping[str, str], items: Sequence[Item]) -> tuple[LegendEntry, ...]:
    """One entry for each content area, with the partners, assets and LEAs that have to do with it.

    ``keys`` gives each area the key by which the page knows it.
    """
    held = [item for item in items if item.group not in ("area", "office")]
    counts = {area: sum(area in item.areas for item in held) for area in keys}
    return tuple(LegendEntry(key=keys[area], name=area_name(area), count=counts[area]) for area in keys)
