"""The drawing engine that pyvis brings, and a page around it. The only module that touches pyvis.

pyvis holds nodes, edges and options and supplies the engine; the page is our own template. The engine is refused where it is
not the one that the pages were tested with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assetgraph.errors import AssetGraphError
from assetgraph.views.html import environment, parts_of, policy

__all__ = ["ENGINE", "ENGINE_SHA256", "drawn_page"]

ENGINE = "templates/lib/vis-9.1.2/vis-network.min.js"
"""The drawing engine inside the pyvis package."""

ENGINE_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""The engine file that the pages were tested with; another one is refused."""

OPTIONS: Mapping[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"selectable": False, "hover": False, "dragNodes": False, "keyboard": False, "zoomSpeed": 0.6},
    "nodes": {"label": "", "borderWidth": 0, "physics": False},
    "edges": {"smooth": False, "physics": False, "selectionWidth": 0},
}

FIRST = "document.documentElement.className = 'js map-shown';"
"""What runs before anything is shown: where scripts run, the map comes first."""


def drawn_page(template: str, scripts: Sequence[str], styles: Sequence[str], said: Mapping[str, Any],
               nodes: Sequence[Mapping[str, Any]] = (), edges: Sequence[Mapping[str, Any]] = ()) -> str:  # fmt: skip
    """A template with the engine, our scripts and styles, and what is ``said`` in it, as text.

    Nodes and edges are drawn when the page opens. Equal input gives equal text. Raises AssetGraphError when pyvis brings
    another engine than tested.
    """
    from pyvis.network import Network  # heavy, and wanted only when a page is made

    parts = parts_of(scripts, styles, FIRST, engine=_engine())
    network = Network(directed=True, cdn_resources="in_line")
    network.templateEnv = environment()
    network.templateEnv.globals.update(said, parts=parts, policy=policy(parts, ("first", "engine", "script")))
    network.path = template
    network.options = dict(OPTIONS)
    network.nodes, network.edges = list(nodes), list(edges)
    return str(network.generate_html(template.removesuffix(".j2")))


@lru_cache(maxsize=1)
def _engine() -> str:
    """The engine: trusted text, from its package only."""
    engine = files("pyvis").joinpath(ENGINE).read_bytes()
    if hashlib.sha256(engine).hexdigest() != ENGINE_SHA256:
        raise AssetGraphError("pyvis: its drawing engine is not the one the maps were tested with", "pip install pyvis==0.3.2")
    # A source map is one more file that a browser's tools would go and ask for.
    return re.sub(r"//# sourceMappingURL=.*", "", engine.decode("utf-8"))
