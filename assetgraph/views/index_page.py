"""A page of links to maps: a county, one sentence on what its map names, and where to click."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assetgraph.views.html import environment, parts_of, policy
from assetgraph.views.wording import shown

__all__ = ["MapLink", "render_index"]


class MapLink(BaseModel):
    """One line of the index: a file beside it, the county it is of, what its map says first, and its data as CSV."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    county: str
    opening: str
    data: str | None = None


def render_index(title: str, note: str, links: Sequence[MapLink], *, state: str | None = None, table: str | None = None,
                 lines: Sequence[str] = ()) -> str:  # fmt: skip
    """The page as text; it runs no script and asks for nothing but its links. Text is escaped, whatever it holds.

    ``state`` is the page of the whole, and ``table`` its CSV; ``lines`` say the day, the edition and the licence.

    >>> "lake.html" in render_index("Maps", "A sample.", [MapLink(file="lake.html", county="Lake", opening="…")])
    True
    """
    parts = parts_of([], ["index.css"])
    said = [link.model_copy(update={"opening": shown(link.opening)}) for link in links]
    template = environment().get_template("index.html.j2")
    return template.render(title=shown(title), note=shown(note), links=said, style=parts["style"], policy=policy(parts),
                           state=state, table=table, lines=[shown(line) for line in lines])  # fmt: skip
