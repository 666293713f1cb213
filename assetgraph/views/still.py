"""One still picture: shown in a notebook, saved as SVG, or as PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assetgraph.errors import AssetGraphError, UsageError
from assetgraph.files import make_folder, write_whole
from assetgraph.queries.ask import read_area
from assetgraph.store import Store
from assetgraph.views.atlas import Atlas
from assetgraph.views.county_map import view_of
from assetgraph.views.map_view import MapView
from assetgraph.views.opening import sample_note
from assetgraph.views.pictures.grid import draw_grid
from assetgraph.views.pictures.needs import draw_needs
from assetgraph.views.pictures.rings import draw_rings
from assetgraph.views.pictures.state import draw_state
from assetgraph.views.pictures.timeline import draw_timeline
from assetgraph.views.state_view import state_view

__all__ = ["PICTURES", "Picture", "draw_picture", "png_of"]

SCALE = 2.0
"""Pixels of a PNG for each unit of the drawing: sharp on paper."""

_OF_A_COUNTY: Mapping[str, Callable[[MapView], str]] = {
    "map": lambda view: draw_rings(view.drawn()),
    "gaps": lambda view: draw_grid(view.grid) if view.grid else "",
    "timeline": lambda view: draw_timeline(view.timeline),
    "needs": lambda view: draw_needs(view.needs),
}
PICTURES = (*_OF_A_COUNTY, "state")
"""The pictures that there are."""


@dataclass(frozen=True)
class Picture:
    """A picture as SVG, with what it is of."""

    title: str
    svg: str

    def to_png(self, scale: float = SCALE) -> bytes:
        """The picture as PNG. Raises AssetGraphError, with what to install, where resvg is not there."""
        return png_of(self.svg, scale)

    def save(self, path: str | Path) -> Path:
        """Write it as SVG or PNG, by the ending of the name, wholly or not at all.

        Raises UsageError for any other ending, OutputError when it cannot be written.
        """
        file = Path(path)
        ending = file.suffix.casefold()
        if ending not in (".svg", ".png"):
            raise UsageError(f"{file}: no picture ends so", "give it a name that ends in .svg or .png")
        make_folder(file.parent)
        write_whole(file, self.svg.encode() if ending == ".svg" else self.to_png())
        return file

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"Picture({self.title!r})"


def png_of(svg: str, scale: float = SCALE) -> bytes:
    """A drawing as PNG. Raises AssetGraphError, with what to install, where resvg is not there."""
    try:
        import resvg_py
    except ImportError as error:
        raise AssetGraphError("PNG needs resvg", 'pip install "assetgraph[png]", or save it as SVG') from error
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=scale))


def draw_picture(store: Store, kind: str, *, county: str | None = None, area: str = "math", as_of: date | str | None = None,
                 edition: str = "public", licence: str | None = None) -> Picture:  # fmt: skip
    """One of PICTURES: of a county its map, gaps, timeline or needs; or the state, filled by a content area.

    Raises UsageError for a picture, county, area or edition that does not exist, and for a county that is missing.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     draw_picture(store, "timeline", county="Lake", as_of=date(2025, 1, 15))
    Picture('Lake County: what starts and what ends')
    """
    if kind not in PICTURES:
        raise UsageError(f"no picture '{kind}'", f"ask for one of {', '.join(PICTURES)}")
    atlas = Atlas(store, as_of=as_of, edition=edition, licence=licence)
    if kind == "state":
        view = state_view(atlas.network, atlas.on, licence=atlas.licence, note=sample_note(atlas.sources))
        term = read_area(area, atlas.network.areas)
        if term not in dict(view.areas):
            raise UsageError(f"the state is filled by {', '.join(name.lower() for _, name in view.areas)}", "give one of these")
        return Picture(f"{view.title}: {dict(view.areas)[term].lower()}", draw_state(view, term))
    if county is None:
        raise UsageError(f"the picture '{kind}' is of a county", "name it, for example Lake")
    drawn = view_of(atlas, county)
    titles = {"map": drawn.title, "gaps": drawn.grid.title if drawn.grid else "", "timeline": drawn.timeline.title,
              "needs": drawn.needs.title}  # fmt: skip
    return Picture(titles[kind], _OF_A_COUNTY[kind](drawn))
