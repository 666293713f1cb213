"""What starts and what ends, as bars along the months; what has no date is counted, not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from assetgraph.views.pictures.svg import INK, LINE, SOFT, Drawing, cut, dashes
from assetgraph.views.wording import day

__all__ = ["Span", "TimelineView", "draw_timeline"]

MOST_BARS = 60
"""Bars of one picture, those that end next first; the table has all."""

LOOKS = {"ended": "#8a94a6", "soon": "#b54708", "running": "#0b57b0", "to_come": "#00785a"}
STATUS_NAMES = {"ended": ("has ended", "have ended"), "soon": ("ends within 180 days", "end within 180 days"),
                "running": ("goes on", "go on"), "to_come": ("has not begun", "have not begun")}  # fmt: skip
"""Status to what is said of one, and of several."""

_LEFT, _RIGHT, _ROW = 360.0, 24.0, 24.0
_EDGE = 31
"""Days of the axis before the first day and after the last."""


class Span(BaseModel):
    """One thing with a start, an end or both. ``status`` is a key of STATUS_NAMES, ``duration`` a way to draw lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    what: str
    starts_on: date | None
    ends_on: date | None
    duration: str
    status: str
    words: str
    """How long it holds, in words."""
    source: str


class TimelineView(BaseModel):
    """Spans in the order in which they end, those without an end last; ``undated`` have neither start nor end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    lines: tuple[str, ...]
    as_of: date
    spans: tuple[Span, ...]
    undated: int = 0

    def drawn(self) -> tuple[Span, ...]:
        """The spans that the picture shows: those that have not ended, then those that ended last."""
        ahead = [span for span in self.spans if span.status != "ended"]
        ended = [span for span in self.spans if span.status == "ended"]
        kept = ahead[:MOST_BARS]
        room = MOST_BARS - len(kept)
        return (*(ended[-room:] if room else ()), *kept)

    def sentence(self) -> str:
        """How many end soon, go on, are to come and have ended, and how many have no dates."""
        numbers = {status: sum(span.status == status for span in self.spans) for status in STATUS_NAMES}
        counts = [f"{number} {STATUS_NAMES[status][number > 1]}" for status, number in numbers.items() if number]
        undated = f"{self.undated} more without a date" if self.undated else ""
        return "; ".join(filter(None, [", ".join(counts) or "nothing with a date is recorded", undated])) + "."


def draw_timeline(view: TimelineView) -> str:
    """The bars as SVG. A bar without an end runs out in an arrow, one without a start begins at the edge, dotted."""
    spans = view.drawn()
    width, top = 1100.0, 96.0
    height = top + _ROW * max(1, len(spans)) + 40 + 18 * (len(view.lines) + 1)
    drawing = Drawing(width, height, view.title, f"A timeline: {view.sentence()}")
    drawing.text(16, 30, view.title, size=17, font_weight="700")
    drawing.text(16, 52, view.sentence(), size=13, fill=SOFT)
    axis = _Axis(view, width)
    _draw_years(drawing, axis, top, top + _ROW * len(spans) + 6)
    for place, span in enumerate(spans):
        _draw_bar(drawing, axis, span, top + _ROW * place + 10)
    y = top + _ROW * len(spans)
    x = axis.at(view.as_of)
    drawing.add("line", x1=x, y1=top - 10, x2=x, y2=y + 6, stroke=INK, stroke_width=1.4)
    drawing.text(x, y + 20, day(view.as_of), size=12, text_anchor="middle", font_weight="650")
    y += 44
    left_out = len(view.spans) - len(spans)
    more = [f"{left_out} more in the table."] if left_out else []
    more.append("Gray has ended, orange ends within 180 days, blue goes on, green is to come; dashes say how long.")
    for line in (*more, *view.lines):
        drawing.text(16, y, cut(line, width - 32, 12), size=12, fill=SOFT)
        y += 18
    return drawing.to_svg()


class _Axis:
    """Days to places across the picture."""

    def __init__(self, view: TimelineView, width: float) -> None:
        days = [day for span in view.drawn() for day in (span.starts_on, span.ends_on) if day] + [view.as_of]
        # What began long ago would press all others together: the axis begins four years before the day at most.
        first, last = max(min(days), _years_from(view.as_of, -4)), min(max(days), _years_from(view.as_of, 8))
        self.first = date.fromordinal(max(first.toordinal() - _EDGE, date.min.toordinal()))
        self.last = date.fromordinal(min(last.toordinal() + _EDGE, date.max.toordinal()))
        self._scale = (width - _LEFT - _RIGHT) / max(1, (self.last - self.first).days)

    def at(self, value: date) -> float:
        """How far from the left; days beyond an edge are at it."""
        kept = min(max(value, self.first), self.last)
        return _LEFT + (kept - self.first).days * self._scale

    def years(self) -> Sequence[date]:
        """The first days of the years on the axis."""
        return [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1)]


def _years_from(value: date, years: int) -> date:
    year = min(max(value.year + years, date.min.year), date.max.year)
    return value.replace(year=year, day=min(value.day, 28))


def _draw_years(drawing: Drawing, axis: _Axis, top: float, bottom: float) -> None:
    last = 0.0
    for first in axis.years():
        x = axis.at(first)
        drawing.add("line", x1=x, y1=top - 6, x2=x, y2=bottom, stroke=LINE)
        if x - last > 40:
            drawing.text(x, top - 12, str(first.year), size=12, fill=SOFT, text_anchor="middle")
            last = x


def _draw_bar(drawing: Drawing, axis: _Axis, span: Span, y: float) -> None:
    color = LOOKS[span.status]
    begins = axis.at(span.starts_on or axis.first)
    ends = max(axis.at(span.ends_on or axis.last), begins + 3)
    group = drawing.add("g")
    drawing.told(group, f"{span.name}: {span.words}. {span.source}")
    drawing.text(_LEFT - 12, y + 4, cut(span.name, _LEFT - 30, 12.5), size=12.5, text_anchor="end", inside=group)
    if span.starts_on is None:
        drawing.add("line", group, x1=begins, y1=y, x2=ends, y2=y, stroke=color, stroke_width=3, stroke_dasharray="2 4")
    else:
        wide = 4 if span.duration == "unknown" else 8
        drawing.add("line", group, x1=begins, y1=y, x2=ends, y2=y, stroke=color, stroke_width=wide,
                    stroke_dasharray=dashes(span.duration))  # fmt: skip
    if span.starts_on is not None and span.starts_on < axis.first:  # it began before the axis does
        drawing.add("path", group, d=f"M{begins:.1f} {y - 6:.1f}l-8 6l8 6z", fill=color)
    if span.ends_on is None or span.ends_on > axis.last:
        drawing.add("path", group, d=f"M{ends:.1f} {y - 6:.1f}l8 6l-8 6z", fill=color)
    else:
        drawing.add("line", group, x1=ends, y1=y - 7, x2=ends, y2=y + 7, stroke=color, stroke_width=2.4)
