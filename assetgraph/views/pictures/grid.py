"""The gap grid as a matrix: families down, content areas across, in each cell its state and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from assetgraph.model.vocabulary import FAMILIES, GRANT_AREAS
from assetgraph.queries.gaps import GapGrid
from assetgraph.queries.words import area_words, capital
from assetgraph.views.pictures.svg import INK, LINE, SOFT, Drawing, cut, wrapped_lines
from assetgraph.views.wording import shown

__all__ = ["STATE_LOOKS", "GridCell", "GridView", "StateLook", "draw_grid", "grid_view"]


class StateLook(NamedTuple):
    """A state of a cell: its name, what it means, its fill, the color of its name and edge, and how the edge is dashed."""

    name: str
    meaning: str
    fill: str
    edge: str
    dashed: str | None


STATE_LOOKS = {
    "covered": StateLook("Covered", "two or more current ties that do not all end soon", "#cde7d8", "#0b5d43", None),
    "fragile": StateLook("Fragile", "one current tie, or all end within 180 days", "#fdeec2", "#6b4700", "2 3"),
    "on_paper": StateLook("On paper", "only county-wide or statewide service", "#dfe6f7", "#2c4288", "8 3"),
    "nobody": StateLook("Nobody", "asked about, and nobody is recorded", "#ffffff", "#8a1c1c", "5 4"),
    "not_asked": StateLook("Not asked", "nobody asked, so nothing is known", "#f1f3f6", "#525d70", None),
}
"""States of a cell, in the order of the legend."""

_LEFT, _CELL, _SIZE, _MOST_LINES = 190.0, 300.0, 12.0, 6


class GridCell(BaseModel):
    """One cell: its state, and the reason in a sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: str
    state_name: str
    reason: str


class GridView(BaseModel):
    """The gap grid of one county on the areas of the grant: a row of cells for each family, in the order of ``areas``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    lines: tuple[str, ...]
    """What the picture says below itself: its day and sources, its edition."""
    areas: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]

    def states(self) -> dict[str, int]:
        """How many cells are in each state, in the order of the legend; states without any are left out."""
        all_cells = [cell.state for _, cells in self.rows for cell in cells]
        return {state: all_cells.count(state) for state in STATE_LOOKS if state in all_cells}


def grid_view(county: str, cells: Sequence[GapGrid], lines: Sequence[str] = ()) -> GridView:
    """The rows of the question ``gap_grid`` on the areas of the grant, as a matrix; families in the order of their names.

    >>> grid_view("Lake", []).title
    'Lake County: who is there for each content area, by family of partners'
    """
    at = {(cell.family, cell.area): cell for cell in cells}
    families = sorted({cell.family for cell in cells if cell.family in FAMILIES}, key=lambda family: FAMILIES[family])
    rows = tuple((FAMILIES[family], tuple(_cell(at[family, area]) for area in GRANT_AREAS if (family, area) in at))
                 for family in families)  # fmt: skip
    areas = tuple(capital(area_words(area)) for area in GRANT_AREAS)
    title = f"{county} County: who is there for each content area, by family of partners"
    return GridView(title=title, lines=tuple(lines), areas=areas, rows=rows)


def _cell(cell: GapGrid) -> GridCell:
    reason = cell.reason.split(": ", 1)[1]  # the row and the column say the rest
    return GridCell(state=cell.state, state_name=STATE_LOOKS[cell.state].name, reason=shown(capital(reason)))


def draw_grid(view: GridView) -> str:
    """The matrix as SVG. Every cell says its state in words; color and dashes say it again."""
    width = _LEFT + _CELL * len(view.areas) + 16
    told = [[wrapped_lines(cell.reason, _CELL - 28, _SIZE, most=_MOST_LINES) for cell in cells] for _, cells in view.rows]
    heights = [46 + 15 * max((len(lines) for lines in row), default=1) for row in told]
    top = 76.0
    height = top + sum(heights) + 34 + 18 * (len(STATE_LOOKS) + len(view.lines))
    counts = ", ".join(f"{STATE_LOOKS[state].name.lower()} {number}" for state, number in view.states().items())
    about = f"A matrix of {len(view.rows)} families by {len(view.areas)} content areas: {counts}."
    drawing = Drawing(width, height, view.title, about)
    drawing.text(16, 30, view.title, size=17, font_weight="700")
    for place, area in enumerate(view.areas):
        drawing.text(_LEFT + _CELL * place + 6, 62, area, size=14, font_weight="700")
    y = top
    for (family, cells), lines, high in zip(view.rows, told, heights, strict=True):
        drawing.add("line", x1=16, y1=y - 4, x2=width - 16, y2=y - 4, stroke=LINE)
        drawing.text(16, y + 20, wrapped_lines(family, _LEFT - 30, 13.5, bold=True), size=13.5, font_weight="650")
        for place, (cell, said) in enumerate(zip(cells, lines, strict=True)):
            _draw_cell(drawing, _LEFT + _CELL * place, y, high - 8, cell, said)
        y += high
    _draw_legend(drawing, y + 14, view)
    return drawing.to_svg()


def _draw_cell(drawing: Drawing, x: float, y: float, high: float, cell: GridCell, lines: Sequence[str]) -> None:
    _, _, fill, color, dashed = STATE_LOOKS[cell.state]
    box = drawing.add("rect", x=x, y=y, width=_CELL - 10, height=high, rx=5, fill=fill, stroke=color, stroke_width=1.2,
                      stroke_dasharray=dashed)  # fmt: skip
    drawing.told(box, cell.reason)
    drawing.text(x + 9, y + 18, cell.state_name, size=13, font_weight="700", fill=color)
    drawing.text(x + 9, y + 35, lines, size=_SIZE, fill=INK)


def _draw_legend(drawing: Drawing, y: float, view: GridView) -> None:
    for state, (name, meaning, fill, color, dashed) in STATE_LOOKS.items():
        if state in view.states():
            drawing.add("rect", x=16, y=y - 11, width=22, height=13, rx=3, fill=fill, stroke=color, stroke_dasharray=dashed)
            drawing.text(46, y, f"{name}: {meaning}", size=12, fill=SOFT)
            y += 18
    for line in view.lines:
        drawing.text(16, y + 4, cut(line, drawing.width - 32, 12), size=12, fill=SOFT)
        y += 18

