"""Needs on the left, what answers them on the right: recorded as addressing a need, or elsewhere and able to."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from assetgraph.views.pictures.svg import SOFT, Drawing, cut, wrapped_lines
from assetgraph.views.wording import counted

__all__ = ["Answers", "NeedsView", "draw_needs"]

MOST_NEEDS = 40
"""Needs of one picture; the table has all."""

_LOOKS = {"recorded": ("#00785a", None, "recorded as addressing it"),
          "elsewhere": ("#7a4b00", "6 5", "elsewhere, on the same content area")}  # fmt: skip
_BOX, _GAP, _SIZE = 420.0, 150.0, 12.5


class Answers(BaseModel):
    """One need, and names of what addresses it (``recorded``) and of what elsewhere could (``elsewhere``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    need: str
    whose: str
    note: str
    recorded: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


class NeedsView(BaseModel):
    """The needs of one county, its office and LEAs, in the order of who has them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    lines: tuple[str, ...]
    needs: tuple[Answers, ...]

    def sentence(self) -> str:
        """How many needs there are, and how many nothing answers."""
        if not self.needs:
            return "No need is recorded; blank means not recorded."
        addressed = sum(bool(one.recorded) for one in self.needs)
        able = sum(bool(one.elsewhere) and not one.recorded for one in self.needs)
        needs = counted(len(self.needs), "need")
        return f"{needs}: {addressed} addressed, {able} with something elsewhere on the same content area."


def draw_needs(view: NeedsView) -> str:
    """The two columns as SVG: a whole line where something addresses a need, a dashed one where something elsewhere could."""
    needs = view.needs[:MOST_NEEDS]
    left = [wrapped_lines(one.need, _BOX - 20, _SIZE, most=3) for one in needs]
    names = _answers_in_order(needs)
    right = {name: wrapped_lines(name, _BOX - 20, _SIZE, most=2) for name in names}
    tops, bottom = _stacked([34 + 16 * len(lines) for lines in left])
    right_tops, right_bottom = _stacked([16 + 16 * len(lines) for lines in right.values()])
    width, end = 16 + _BOX + _GAP + _BOX + 16, max(bottom, right_bottom)
    drawing = Drawing(width, end + 30 + 18 * (len(view.lines) + 3), view.title, f"Two columns: {view.sentence()}")
    drawing.text(16, 30, view.title, size=17, font_weight="700")
    drawing.text(16, 52, view.sentence(), size=13, fill=SOFT)
    drawing.text(16, 80, "Needs", size=14, font_weight="700")
    drawing.text(16 + _BOX + _GAP, 80, "What could answer them", size=14, font_weight="700")
    places = {name: top + (8 + 8 * len(right[name])) for name, top in zip(names, right_tops, strict=True)}
    for need, lines, top in zip(needs, left, tops, strict=True):
        _draw_need(drawing, need, lines, top, places)
    for name, top in zip(names, right_tops, strict=True):
        drawing.add("rect", x=16 + _BOX + _GAP, y=top, width=_BOX, height=8 + 16 * len(right[name]), rx=5, fill="#eef7f2",
                    stroke="#00785a")  # fmt: skip
        drawing.text(26 + _BOX + _GAP, top + 17, right[name], size=_SIZE)
    _draw_legend(drawing, end + 24, view, len(view.needs) - len(needs))
    return drawing.to_svg()


def _answers_in_order(needs: Sequence[Answers]) -> list[str]:
    """Names of all answers, each near the needs that it answers: by the mean of their places, then by name."""
    places: dict[str, list[int]] = {}
    for place, need in enumerate(needs):
        for name in dict.fromkeys((*need.recorded, *need.elsewhere)):
            places.setdefault(name, []).append(place)
    return sorted(places, key=lambda name: (sum(places[name]) / len(places[name]), name))


def _stacked(heights: Sequence[float]) -> tuple[list[float], float]:
    tops, y = [], 92.0
    for height in heights:
        tops.append(y)
        y += height
    return tops, y


def _draw_need(drawing: Drawing, need: Answers, lines: Sequence[str], top: float, places: dict[str, float]) -> None:
    high = 26 + 16 * len(lines)
    middle = top + high / 2
    for kind, names in (("elsewhere", need.elsewhere), ("recorded", need.recorded)):
        color, dashed, _ = _LOOKS[kind]
        for name in names:
            drawing.add("line", x1=16 + _BOX, y1=middle, x2=16 + _BOX + _GAP, y2=places[name], stroke=color, stroke_width=1.6,
                        stroke_dasharray=dashed)  # fmt: skip
    box = drawing.add("rect", x=16, y=top, width=_BOX, height=high, rx=5, fill="#f4f6f9", stroke="#8a94a6")
    drawing.told(box, f"{need.need} ({need.note})")
    drawing.text(26, top + 17, lines, size=_SIZE)
    nothing = "" if need.recorded or need.elsewhere else " · nothing is recorded that could answer it"
    drawing.text(26, top + high - 8, wrapped_lines(need.whose + nothing, _BOX - 20, 11.5, most=1), size=11.5, fill=SOFT)


def _draw_legend(drawing: Drawing, y: float, view: NeedsView, left_out: int) -> None:
    for color, dashed, meaning in _LOOKS.values():
        drawing.add("line", x1=16, y1=y - 4, x2=46, y2=y - 4, stroke=color, stroke_width=1.6, stroke_dasharray=dashed)
        drawing.text(56, y, meaning, size=12, fill=SOFT)
        y += 18
    more = [f"{left_out} more in the table."] if left_out else []
    for line in (*more, *view.lines):
        drawing.text(16, y, cut(line, drawing.width - 32, 12), size=12, fill=SOFT)
        y += 18
