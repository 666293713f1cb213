"""A county's map as a still picture: the rings of the page, with as many names as have room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assetgraph.views.looks import COLORS, CORNERS
from assetgraph.views.map_view import Ghost, Item, LegendEntry, MapView
from assetgraph.views.pictures.svg import (
    INK,
    LINE,
    SOFT,
    Drawing,
    cut,
    dashes,
    points,
    text_width,
    wrapped_lines,
)

__all__ = ["draw_rings"]

WIDTH, HEIGHT = 1200.0, 800.0
_MIDDLE_X, _MIDDLE_Y = WIDTH / 2, 84 + HEIGHT / 2
_REACH_X, _REACH_Y = WIDTH / 2 - 130, HEIGHT / 2 - 56


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def draw_rings(view: MapView) -> str:
    """The map as SVG: every shape and line of the page; names where they cover nothing, the middle and the gaps first."""
    legend = [*view.kinds, *view.durations]
    rows = _legend_rows(legend)
    lines = [view.source_line, f"{view.edition_line}. {view.licence_line}", *([view.sample_note] if view.sample_note else [])]
    height = 96 + HEIGHT + 22 * len(rows) + 18 * (len(lines) + 1)
    drawing = Drawing(WIDTH, height, view.title, f"{view.opening} The tables hold the same.")
    drawing.text(16, 30, view.title, size=19, font_weight="700")
    drawing.text(16, 54, wrapped_lines(view.opening, WIDTH - 32, 13.5, most=2), size=13.5, fill=SOFT)
    _draw_circles(drawing, view.items)
    shapes: list[Item | Ghost] = [*view.items, *view.ghosts]
    at = {shape.id: _place(shape) for shape in shapes}
    middle = {item.id for item in view.items if item.ring == 0}
    for link in view.links:
        faint = link.style == "ended" or not middle.isdisjoint({link.from_id, link.to_id})
        color, wide = (COLORS["faint"], 0.6) if faint else (COLORS["line"], 1)
        _draw_line(drawing, at[link.from_id], at[link.to_id], color, dashes(link.style), wide)
    for ghost in view.ghosts:
        for area in ghost.area_ids[:1]:
            _draw_line(drawing, at[ghost.id], at[area], COLORS["gap"], dashes("suggested"))
    for item in view.items:
        _draw_item(drawing, item, at[item.id])
    for ghost in view.ghosts:
        x, y = at[ghost.id]
        _draw_ghost(drawing, x, y)
    _draw_names(drawing, view, at)
    y = _draw_legend(drawing, rows, 100 + HEIGHT)
    for line in lines:
        drawing.text(16, y, cut(line, WIDTH - 32, 12), size=12, fill=SOFT)
        y += 18
    return drawing.to_svg()


def _place(shape: Item | Ghost) -> tuple[float, float]:
    return _MIDDLE_X + shape.x * _REACH_X, _MIDDLE_Y + shape.y * _REACH_Y


def _draw_circles(drawing: Drawing, items: Sequence[Item]) -> None:
    for ring in sorted({item.ring for item in items if item.ring}):
        radii = [math.hypot(item.x, item.y) for item in items if item.ring == ring]
        mean = (min(radii) + max(radii)) / 2
        drawing.add("ellipse", cx=_MIDDLE_X, cy=_MIDDLE_Y, rx=mean * _REACH_X, ry=mean * _REACH_Y, fill="none",
                    stroke=COLORS["circle"])  # fmt: skip


def _draw_line(drawing: Drawing, start: tuple[float, float], end: tuple[float, float], color: str, dashed: str | None,
               wide: float = 1) -> None:  # fmt: skip
    drawing.add("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], stroke=color, stroke_dasharray=dashed, stroke_width=wide)


def _draw_shape(drawing: Drawing, shape: str, x: float, y: float, size: float, color: str) -> None:
    if shape in CORNERS:
        drawing.add("polygon", points=points([(x + a * size, y + b * size) for a, b in CORNERS[shape]]), fill=color)
        return
    drawing.add("circle", cx=x, cy=y, r=size, fill=color)
    if shape == "ring":
        drawing.add("circle", cx=x, cy=y, r=size * 0.7, fill="none", stroke="#fff", stroke_width=2)


def _draw_item(drawing: Drawing, item: Item, at: tuple[float, float]) -> None:
    _draw_shape(drawing, item.shape, *at, item.size, item.color)
    drawing.told(drawing.root[-1], f"{item.name}: {item.kind}")


def _draw_ghost(drawing: Drawing, x: float, y: float, size: float = 10) -> None:
    drawing.add("circle", cx=x, cy=y, r=size, fill=COLORS["paper"], stroke=COLORS["gap"], stroke_width=1.5,
                stroke_dasharray=dashes("ghost"))  # fmt: skip
    drawing.text(x, y + size * 0.42, "?", size=size * 1.2, fill=COLORS["gap"], font_weight="700", text_anchor="middle")


def _draw_names(drawing: Drawing, view: MapView, at: dict[str, tuple[float, float]]) -> None:
    """Names, most important first, each where it covers no shape and no other name; else it is left out."""
    sizes = {item.id: item.size for item in view.items}
    taken = [_Box(x - size, y - size, x + size, y + size) for key, (x, y) in at.items() for size in [sizes.get(key, 10)]]
    order = sorted(view.items, key=lambda item: (item.ring != 0, item.ring != 1, item.ring == 2, item.id))
    named: list[tuple[Item | Ghost, float, str, bool]] = [(item, item.size, _color_of(item), item.ring < 2) for item in order]
    named[len([item for item in order if item.ring < 2]):0] = [(ghost, 10.0, COLORS["gap"], True) for ghost in view.ghosts]
    for shape, size, color, bold in named:
        x, y = at[shape.id]
        lines = wrapped_lines(shape.name, 130, 12, bold=bold)
        for left, top, anchor, box in _spots(x, y, size + 4, lines, bold, outward=shape.x):
            fits = box.left > 4 and box.right < WIDTH - 4 and not any(box.touches(other) for other in taken)
            if fits:
                taken.append(box)
                drawing.text(left, top + 12, lines, size=12, fill=color, text_anchor=anchor, font_weight="650" if bold else None,
                             stroke="#fff", stroke_width=3, paint_order="stroke", stroke_linejoin="round")  # fmt: skip
                break


def _color_of(item: Item) -> str:
    return COLORS["area"] if item.ring == 1 else INK


def _spots(x: float, y: float, gap: float, lines: Sequence[str], bold: bool,
           outward: float) -> Iterable[tuple[float, float, str, _Box]]:  # fmt: skip
    """Where a name may stand around its shape, the best place first: below, above, then at the side that is outward."""
    wide, high = max(text_width(line, 12, bold=bold) for line in lines), 15 * len(lines)
    below, above = y + gap, y - gap - high
    yield x, below, "middle", _Box(x - wide / 2, below, x + wide / 2, below + high)
    yield x, above, "middle", _Box(x - wide / 2, above, x + wide / 2, above + high)
    right = (x + gap + 2, y - high / 2, "start", _Box(x + gap, y - high / 2, x + gap + 4 + wide, y + high / 2))
    left = (x - gap - 2, y - high / 2, "end", _Box(x - gap - 4 - wide, y - high / 2, x - gap, y + high / 2))
    yield from (left, right) if outward < 0 else (right, left)


def _legend_rows(entries: Sequence[LegendEntry]) -> list[list[LegendEntry]]:
    """The entries in rows that fit the picture."""
    rows: list[list[LegendEntry]] = [[]]
    used = 16.0
    for entry in entries:
        wide = text_width(_said(entry), 12.5) + 56
        if used + wide > WIDTH and rows[-1]:
            rows.append([])
            used = 16.0
        rows[-1].append(entry)
        used += wide
    return rows


def _said(entry: LegendEntry) -> str:
    return f"{entry.name} ({entry.count})"


def _draw_legend(drawing: Drawing, rows: Sequence[Sequence[LegendEntry]], y: float) -> float:
    drawing.add("line", x1=16, y1=y - 18, x2=WIDTH - 16, y2=y - 18, stroke=LINE)
    for row in rows:
        x = 16.0
        for entry in row:
            if entry.style:
                _draw_line(drawing, (x, y - 4), (x + 26, y - 4), COLORS["line"], dashes(entry.style))
            elif entry.shape == "ghost":
                _draw_ghost(drawing, x + 13, y - 4, 7)
            else:
                _draw_shape(drawing, entry.shape or "dot", x + 13, y - 4, 7, entry.color or INK)
            drawing.text(x + 34, y, _said(entry), size=12.5)
            x += text_width(_said(entry), 12.5) + 56
        y += 22
    return y + 4
