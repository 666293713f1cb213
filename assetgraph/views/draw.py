"""A county's map as a page to save, or to look at where it is made (Jupyter, VS Code)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assetgraph.model.graph import Graph
from assetgraph.views.county import county_view
from assetgraph.views.html import check_page, frame, write_page
from assetgraph.views.map_view import Gap, MapView, Nearby
from assetgraph.views.page import render
from assetgraph.views.pictures.rings import draw_rings

__all__ = ["Page", "draw_map", "page_of"]


@dataclass(frozen=True)
class Page:
    """One HTML page, and the view it was made from."""

    view: MapView
    html: str

    def save(self, path: str | Path, own: Sequence[Path] = ()) -> Path:
        """Write the page as UTF-8 and give back where it is.

        Raises UsageError where its name is no page's, OutputError where a file stands there that was not made here, or is one
        of the user's ``own``.
        """
        page = Path(path)
        check_page(page, own)
        write_page(page, self.html)
        return page

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can run nothing outside itself."""
        return frame(self.html, self.view.title)

    def _repr_svg_(self) -> str:
        """The still picture, for where HTML is taken out of a notebook."""
        return draw_rings(self.view.drawn())

    def __repr__(self) -> str:
        return f"Page({self.view.title!r}, {len(self.view.items)} items, {len(self.view.links)} links)"


def draw_map(
    graph: Graph,
    county: str,
    *,
    as_of: date,
    gaps: Sequence[Gap] = (),
    nearby: Nearby | None = None,
    edition: str = "public",
    licence: str | None = None,
    sample_note: str | None = None,
    home: str | None = None,
) -> Page:
    """One county's map as a page; see ``county_view`` for what it shows and what it raises.

    >>> draw_map(Graph(), "Lake", as_of=date(2026, 11, 22))
    Page('Lake County: assets and partners', 4 items, 0 links)
    """
    view = county_view(graph, county, as_of=as_of, gaps=gaps, nearby=nearby, edition=edition, licence=licence,
                       sample_note=sample_note, home=home)  # fmt: skip
    return page_of(view)


def page_of(view: MapView) -> Page:
    """A view as its page."""
    return Page(view, render(view))
