"""The map of counties as a still picture: each filled by its state in one content area, lines where partners are shared."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache

from assetgraph.model.places import COUNTIES, shapes
from assetgraph.views.looks import COLORS
from assetgraph.views.pictures.grid import STATE_LOOKS, StateLook
from assetgraph.views.pictures.svg import INK, SOFT, Drawing, dashes, text_width, wrapped_lines
from assetgraph.views.state_view import ALL_FAMILIES, NO_MAP, StateView

__all__ = ["SIZE", "draw_state", "outlines", "points_of", "state_looks"]

SIZE = 760.0
"""Height of the map; its width follows."""

NO_MAP_LOOK = StateLook("No map yet", "the graph holds no map of it", COLORS["paper"], COLORS["faint"], dashes("unknown"))

_LEGEND = 300.0

Outline = tuple[tuple[float, float], ...]


def state_looks() -> dict[str, StateLook]:
    """What a county looks like in each state, in the order of the legend."""
    return {**STATE_LOOKS, NO_MAP: NO_MAP_LOOK}


@lru_cache(maxsize=8)
def _projected(names: tuple[str, ...]) -> tuple[dict[str, tuple[Outline, ...]], dict[str, tuple[float, float]], float, float]:
    """Outlines and points of some counties on a picture that they fill, and its width and height.

    Equirectangular about the middle of them: at the size of a state no reader sees the difference to an equal-area map.
    """
    every = {name: shape for name, shape in shapes().items() if name in names}
    lats = [lat for shape in every.values() for ring in shape for _, lat in ring] or [COUNTIES[name].lat for name in names]
    lons = [lon for shape in every.values() for ring in shape for lon, _ in ring] or [COUNTIES[name].lon for name in names]
    squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
    wide, high = (max(lons) - min(lons)) * squeeze, max(lats) - min(lats)
    scale = min(SIZE / max(high, 1e-9), 900 / max(wide, 1e-9))

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round((lon - min(lons)) * squeeze * scale, 1), round((max(lats) - lat) * scale, 1)

    drawn = {name: tuple(tuple(at(lon, lat) for lon, lat in ring) for ring in shape) for name, shape in sorted(every.items())}
    middles = {name: at(COUNTIES[name].lon, COUNTIES[name].lat) for name in names}
    return drawn, middles, wide * scale, high * scale


def outlines(names: Iterable[str]) -> Mapping[str, str]:
    """The outline of each county as the data of an SVG path."""
    drawn, *_ = _projected(tuple(sorted(names)))
    return {name: "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)
            for name, rings in drawn.items()}  # fmt: skip


def points_of(names: Iterable[str]) -> tuple[Mapping[str, tuple[float, float]], float, float]:
    """Where each county's name and lines stand, and how wide and high the map is."""
    _, middles, wide, high = _projected(tuple(sorted(names)))
    return middles, wide, high


def draw_state(view: StateView, area: str, family: str = ALL_FAMILIES) -> str:
    """The map as SVG, for one content area, and one family or all together. Links of statewide partners are left out."""
    names = [one.name for one in view.counties]
    middles, wide, high = points_of(names)
    width = max(wide + 60 + _LEGEND, 760)
    what = dict(view.areas)[area].lower() + ("" if family == ALL_FAMILIES else f", {dict(view.families)[family].lower()}")
    drawing = Drawing(width, max(high + 120, 460), f"{view.title}: {what}", view.opening)
    drawing.text(16, 30, f"{view.title}: {what}", size=18, font_weight="700")
    drawing.text(16, 52, view.opening, size=13, fill=SOFT)
    ground = drawing.add("g", transform="translate(20 78)")
    for one in sorted(view.counties, key=lambda one: one.has_map):  # the edge of one with a map is drawn over its neighbours'
        name, _, fill, edge, dashed = state_looks()[one.states[area][family]]
        shape = drawing.add("path", ground, d=outlines(names).get(one.name, ""), fill=fill, stroke=edge, stroke_dasharray=dashed)
        drawing.told(shape, f"{one.name} County: {name.lower()}. {one.map_line}")
    lines = drawing.add("g", ground, stroke=COLORS["lit"], stroke_opacity=0.55)
    for (a, b), partners in view.links().items():
        (ax, ay), (bx, by) = middles[a], middles[b]
        drawing.add("line", lines, x1=ax, y1=ay, x2=bx, y2=by, stroke_width=min(1 + len(partners) * 0.5, 4))
    for name in view.labelled:
        x, y = middles[name]
        drawing.text(x - text_width(name, 11) / 2, y + 4, name, size=11, inside=ground, fill=INK, stroke="#fff", stroke_width=3,
                     paint_order="stroke", stroke_linejoin="round")  # fmt: skip
    _draw_legend(drawing, wide + 50, view, area, family)
    return drawing.to_svg()


def _draw_legend(drawing: Drawing, x: float, view: StateView, area: str, family: str) -> None:
    y = 110.0
    for state, (name, meaning, fill, edge, dashed) in state_looks().items():
        counties = sum(one.states[area][family] == state for one in view.counties)
        if counties:
            drawing.add("rect", x=x, y=y - 12, width=24, height=15, rx=3, fill=fill, stroke=edge, stroke_dasharray=dashed)
            drawing.text(x + 32, y, name, size=13, font_weight="650")
            lines = wrapped_lines(meaning, _LEGEND - 50, 11.5)
            drawing.text(x + 32, y + 16, lines, size=11.5, fill=SOFT)
            y += 28 + 14.5 * len(lines)
    drawing.add("line", x1=x, y1=y - 4, x2=x + 24, y2=y - 4, stroke=COLORS["lit"], stroke_width=2)
    drawing.text(x + 32, y, "Partners are shared", size=13)
    y += 10
    for line in view.lines:
        lines = wrapped_lines(line, _LEGEND - 20, 11.5, most=8)
        drawing.text(x, y + 18, lines, size=11.5, fill=SOFT)
        y += 6 + 14.5 * len(lines)
