"""A map view as one HTML page that asks for nothing but itself. The only module that touches pyvis.

pyvis holds nodes, edges and options and supplies the drawing engine; the page is our own template. Data
reaches the page only as JSON that is read with JSON.parse, and every script and style runs by its hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from assetgraph.errors import AssetGraphError
from assetgraph.views.ghosts import GHOST_COLOR
from assetgraph.views.html import environment, parts_of, policy, speller
from assetgraph.views.map_view import Ghost, Item, Link, MapView
from assetgraph.views.pictures.grid import draw_grid
from assetgraph.views.pictures.needs import draw_needs
from assetgraph.views.pictures.rings import draw_rings
from assetgraph.views.pictures.svg import FAINT_COLOR, LINE_COLOR
from assetgraph.views.pictures.timeline import draw_timeline

__all__ = ["ENGINE", "ENGINE_SHA256", "IN_TABLES", "pictures_of", "render"]

ENGINE = "templates/lib/vis-9.1.2/vis-network.min.js"
"""The drawing engine inside the pyvis package."""

ENGINE_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""The engine file that the pages were tested with; another one is refused."""

SCRIPTS = ("page", "data", "steps", "picture", "labels", "panel", "search", "filters", "takeaway", "save", "start")
"""Our own scripts, in the order in which they run, as one."""

IN_TABLES = {"grid", "timeline", "needs", "listings"}
"""Parts of a view that the page shows as still pictures and tables: its scripts need no data of them."""

DASHES: Mapping[str, Any] = {
    "enduring": False, "time_limited": [14, 5], "temporary": [5, 5], "unknown": [1, 5], "ended": [1, 9],
}  # fmt: skip
OPTIONS: Mapping[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "selectable": False,
        "hover": False,
        "dragNodes": False,
        "keyboard": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"label": "", "borderWidth": 0, "physics": False},
    "edges": {"smooth": False, "physics": False, "selectionWidth": 0},
}


def render(view: MapView) -> str:
    """The whole page as text, about half a megabyte, most of it the drawing engine.

    Equal views give equal text. Raises AssetGraphError when pyvis brings another engine than tested.
    """
    from pyvis.network import Network  # heavy, and wanted only when a page is made

    parts, drawn = _parts(), view.drawn()
    network = Network(directed=True, cdn_resources="in_line")
    network.templateEnv = environment()
    folded = [item.name for item in view.items if not item.is_drawn]
    network.templateEnv.globals.update(
        view=view, data={**drawn.model_dump(mode="json", exclude=IN_TABLES), "folded": folded}, parts=parts,
        policy=policy(parts, ("first", "engine", "script")), spelled=speller(view.acronyms), pictures=pictures_of(view),
    )  # fmt: skip
    network.path = "map.html.j2"
    network.options = dict(OPTIONS)
    network.nodes = [_node(item) for item in drawn.items] + [_ghost_node(ghost) for ghost in view.ghosts]
    middle = frozenset(item.id for item in drawn.items if item.ring == 0)
    network.edges = [_edge(link, middle) for link in drawn.links] + _ghost_edges(view.ghosts)
    return str(network.generate_html("map.html"))


def pictures_of(view: MapView) -> dict[str, Markup]:
    """The still pictures of a map, by name, as markup: text in them is escaped where they are made."""
    drawn = {"rings": draw_rings(view.drawn()), "timeline": draw_timeline(view.timeline), "needs": draw_needs(view.needs)}
    if view.grid:
        drawn["grid"] = draw_grid(view.grid)
    return {name: Markup(svg) for name, svg in drawn.items()}  # noqa: S704 - ElementTree made it


@lru_cache(maxsize=1)
def _parts() -> dict[str, Markup]:
    """The engine, our scripts and our style: trusted text, from packages only."""
    engine = files("pyvis").joinpath(ENGINE).read_bytes()
    if hashlib.sha256(engine).hexdigest() != ENGINE_SHA256:
        raise AssetGraphError(
            "pyvis: its drawing engine is not the one the maps were tested with", "pip install pyvis==0.3.2"
        )
    # A source map is one more file that a browser's tools would go and ask for.
    drawing = re.sub(r"//# sourceMappingURL=.*", "", engine.decode("utf-8"))
    return parts_of(SCRIPTS, ["map.css"], "document.documentElement.className = 'js map-shown';", engine=drawing)


def _node(item: Item) -> dict[str, Any]:
    shape = "dot" if item.shape == "ring" else item.shape
    return {"id": item.id, "x": item.x, "y": item.y, "shape": shape, "size": item.size, "color": item.color}


def _ghost_node(ghost: Ghost) -> dict[str, Any]:
    color = {"background": "#ffffff", "border": GHOST_COLOR}
    return {
        "id": ghost.id, "x": ghost.x, "y": ghost.y, "shape": "dot", "size": 10, "color": color,
        "borderWidth": 1.5, "shapeProperties": {"borderDashes": [4, 3]},
    }  # fmt: skip


def _edge(link: Link, middle: frozenset[str]) -> dict[str, Any]:
    """One line; faint where it has ended, and towards the middle, where everything meets."""
    faint = link.style == "ended" or link.from_id in middle or link.to_id in middle
    return {
        "id": link.id, "from": link.from_id, "to": link.to_id, "dashes": DASHES[link.style], "width": 0.6 if faint else 1,
        "color": {"color": FAINT_COLOR if faint else LINE_COLOR},
    }  # fmt: skip


def _ghost_edges(ghosts: Sequence[Ghost]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{ghost.id}.{area}",
            "from": area,
            "to": ghost.id,
            "dashes": [6, 5],
            "width": 1.2,
            "color": {"color": GHOST_COLOR},
        }
        for ghost in ghosts
        for area in ghost.area_ids[:1]
    ]
