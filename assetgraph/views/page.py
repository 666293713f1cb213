"""A map view as one HTML page that asks for nothing but itself.

Data reaches the page only as JSON that is read with JSON.parse, and every script and style runs by its hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from assetgraph.views.engine import drawn_page
from assetgraph.views.html import speller
from assetgraph.views.looks import COLORS, DASHES, drawing_looks
from assetgraph.views.map_view import IN_TABLES, Ghost, Item, Link, MapView
from assetgraph.views.pictures.grid import draw_grid
from assetgraph.views.pictures.needs import draw_needs
from assetgraph.views.pictures.rings import draw_rings
from assetgraph.views.pictures.timeline import draw_timeline

__all__ = ["COUNTY_SCRIPTS", "pictures_of", "render"]

COUNTY_SCRIPTS = tuple(f"county/{name}" for name in (
    "data", "steps", "picture", "labels", "panel", "search", "filters", "still", "address", "start"))  # fmt: skip
"""What draws one county and what it answers to, in the order in which it runs; a page of many counties has it too."""

SCRIPTS = ("page", "takeaway", *COUNTY_SCRIPTS, "county/alone")


def render(view: MapView) -> str:
    """The whole page as text, about half a megabyte, most of it the drawing engine.

    Equal views give equal text. Raises AssetGraphError when pyvis brings another engine than tested.
    """
    drawn, looks = view.drawn(), drawing_looks()
    said = {
        "view": view, "pictures": pictures_of(view), "spelled": speller(view.acronyms), "looks": looks,
        "data": {**drawn.model_dump(mode="json", exclude=IN_TABLES), "folded": _folded(view), "folded_at": _folded_at(view),
                 "looks": looks},
    }  # fmt: skip
    middle = frozenset(item.id for item in drawn.items if item.ring == 0)
    nodes = [_node(item) for item in drawn.items] + [_ghost_node(ghost) for ghost in view.ghosts]
    edges = [_edge(link, middle) for link in drawn.links] + _ghost_edges(view.ghosts)
    return drawn_page("map.html.j2", SCRIPTS, ["map.css"], said, nodes, edges)


def _folded(view: MapView) -> list[dict[str, Any]]:
    """What is not drawn, as much of it as a search for its name needs; the list has the rest."""
    names = {"id", "name", "kind", "shape", "color", "also_called"}
    return [item.model_dump(mode="json", include=names) for item in view.items if not item.is_drawn]


def _folded_at(view: MapView) -> dict[str, int]:
    """How many lines of each item that is drawn lead to what is folded; an item without such lines is not in it."""
    drawn = {item.id for item in view.items if item.is_drawn}
    ends = (drawn.intersection((link.from_id, link.to_id)) for link in view.links)
    return dict(sorted(Counter(one for pair in ends if len(pair) == 1 for one in pair).items()))


def pictures_of(view: MapView) -> dict[str, Markup]:
    """The still pictures of a map, by name, as markup: text in them is escaped where they are made."""
    drawn = {"rings": draw_rings(view.drawn()), "timeline": draw_timeline(view.timeline), "needs": draw_needs(view.needs)}
    if view.grid:
        drawn["grid"] = draw_grid(view.grid)
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - ElementTree made it


def _node(item: Item) -> dict[str, Any]:
    shape = "dot" if item.shape == "ring" else item.shape
    return {"id": item.id, "x": item.x, "y": item.y, "shape": shape, "size": item.size, "color": item.color}


def _ghost_node(ghost: Ghost) -> dict[str, Any]:
    color = {"background": COLORS["paper"], "border": COLORS["gap"]}
    return {
        "id": ghost.id, "x": ghost.x, "y": ghost.y, "shape": "dot", "size": 10, "color": color,
        "borderWidth": 1.5, "shapeProperties": {"borderDashes": DASHES["ghost"]},
    }  # fmt: skip


def _edge(link: Link, middle: frozenset[str]) -> dict[str, Any]:
    """One line; faint where it has ended, and towards the middle, where everything meets."""
    faint = link.style == "ended" or link.from_id in middle or link.to_id in middle
    return {
        "id": link.id, "from": link.from_id, "to": link.to_id, "dashes": DASHES[link.style] or False,
        "width": 0.6 if faint else 1, "color": {"color": COLORS["faint" if faint else "line"]},
    }  # fmt: skip


def _ghost_edges(ghosts: Sequence[Ghost]) -> list[dict[str, Any]]:
    return [{"id": f"{ghost.id}.{area}", "from": area, "to": ghost.id, "dashes": DASHES["suggested"], "width": 1.2,
             "color": {"color": COLORS["gap"]}} for ghost in ghosts for area in ghost.area_ids[:1]]  # fmt: skip
