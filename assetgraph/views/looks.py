"""What shapes and lines of a county look like, told once to all that draws them: the engine, pages, stills, legends.

Groups and states have their colors in ``legend.py`` and ``pictures/grid.py``. Color never tells alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["COLORS", "CORNERS", "DASHES", "drawing_looks"]

CORNERS: Mapping[str, Sequence[tuple[float, float]]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
    "triangle": [(0, -1.16), (1.15, 0.83), (-1.15, 0.83)],
    "triangleDown": [(0, 1.16), (1.15, -0.83), (-1.15, -0.83)],
    "hexagon": [(1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87), (0.5, -0.87)],
    "star": [(round(reach * math.sin(n * math.pi / 5), 3), round(0.1 - reach * math.cos(n * math.pi / 5), 3))
             for n in range(10) for reach in [0.5 if n % 2 else 1.25]],
}  # fmt: skip
"""Corners of each shape at a size of 1, y downwards; everything else is a circle."""

DASHES: Mapping[str, Sequence[float]] = {
    "enduring": (), "time_limited": (14, 5), "temporary": (5, 5), "unknown": (1.5, 5), "ended": (1.5, 9), "suggested": (6, 5),
    "ghost": (4, 3),
}  # fmt: skip
"""How a line of each duration is dashed, how one to a suggested partner, and how the edge of that partner; none: a whole line."""

COLORS: Mapping[str, str] = {
    "ink": "#1c2434", "soft": "#525d70", "rule": "#d5dae3", "paper": "#ffffff", "area": "#6b2a6d", "gap": "#7a4b00",
    "line": "#6f7a8d", "faint": "#8a94a6", "lit": "#0b57b0", "circle": "#edf0f4",
}  # fmt: skip
"""Lines and the edge of a gap can be seen on white (at least 3 to 1, WCAG 1.4.11); faint lines are thinner besides."""


def drawing_looks() -> dict[str, Any]:
    """All of it as a page's scripts are given it."""
    return {"corners": CORNERS, "dashes": DASHES, "colors": COLORS}
