"""A page of links to maps: a county, one sentence on what its map names, and where to click."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from assetgraph.views.wording import shown

__all__ = ["MapLink", "render_index"]


class MapLink(BaseModel):
    """One line of the index: a file beside it, the county it is of, and what its map says first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    county: str
    opening: str


def render_index(title: str, note: str, links: Sequence[MapLink]) -> str:
    """The page as text; it runs no script and asks for nothing but its links. Text is escaped, whatever it holds.

    >>> "lake.html" in render_index("Maps", "A sample.", [MapLink(file="lake.html", county="Lake", opening="…")])
    True
    """
    style = files("assetgraph.views").joinpath("templates", "index.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(loader=PackageLoader("assetgraph.views"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    said = [link.model_copy(update={"opening": shown(link.opening)}) for link in links]
    template = environment.get_template("index.html.j2")
    ours = Markup(style)  # noqa: S704 - our own style sheet, from this package
    return template.render(title=shown(title), note=shown(note), links=said, style=ours, policy=policy)
