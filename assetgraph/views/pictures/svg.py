"""A picture as SVG, element by element; text is only ever text, whatever a sheet says.

Only presentation attributes are used, no styles, so that a page's content security policy has nothing to forbid. Sizes are in
pixels at a scale of 1, x to the right and y downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

from assetgraph.model.names import clean_text
from assetgraph.views.looks import COLORS, DASHES

__all__ = ["FONT", "INK", "LINE", "PAPER", "SOFT", "Drawing", "cut", "dashes", "points", "text_width", "wrapped_lines"]

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif"
INK, SOFT, LINE, PAPER = (COLORS[name] for name in ("ink", "soft", "rule", "paper"))

_NARROW, _WIDE = frozenset("fijlrtI.,:;'!|()[] "), frozenset("mwMW@%—")
LINE_HEIGHT = 1.25


class Drawing:
    """One picture. ``title`` and ``about`` are what a screen reader says of it.

    >>> drawing = Drawing(10, 10, "A dot", "One dot.")
    >>> _ = drawing.add("circle", cx=5, cy=5, r=2, fill="red")
    >>> drawing.to_svg()[:72]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" h'
    """

    def __init__(self, width: float, height: float, title: str, about: str) -> None:
        self.width, self.height = width, height
        self.root = ElementTree.Element("svg", {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {_number(width)} {_number(height)}", "width": _number(width),
            "height": _number(height), "role": "img", "font-family": FONT, "font-size": "13", "fill": INK,
        })  # fmt: skip
        ElementTree.SubElement(self.root, "title").text = clean_text(title)
        ElementTree.SubElement(self.root, "desc").text = clean_text(about)
        self.add("rect", width=width, height=height, fill=PAPER)

    def add(self, tag: str, inside: ElementTree.Element | None = None, **attributes: Any) -> ElementTree.Element:
        """One element; ``_`` in the name of an attribute stands for ``-``, and None leaves it out."""
        said = {name.strip("_").replace("_", "-"): _number(value) for name, value in attributes.items() if value is not None}
        return ElementTree.SubElement(self.root if inside is None else inside, tag, said)

    def text(self, x: float, y: float, lines: str | Iterable[str], *, size: float = 13, inside: ElementTree.Element | None = None,
             **attributes: Any) -> ElementTree.Element:  # fmt: skip
        """Lines of text, the first with its base line at ``y``, each where the one before began."""
        said = [lines] if isinstance(lines, str) else list(lines)
        made = self.add("text", inside, x=x, y=y, font_size=size, **attributes)
        if len(said) == 1:
            made.text = clean_text(said[0])
            return made
        for number, line in enumerate(said):
            span = self.add("tspan", made, x=x, y=y + number * size * LINE_HEIGHT)
            span.text = clean_text(line)
        return made

    def told(self, shape: ElementTree.Element, what: str) -> None:
        """What a shape says when a pointer rests on it."""
        ElementTree.SubElement(shape, "title").text = clean_text(what)

    def to_svg(self) -> str:
        """The picture as text; equal drawings give equal text."""
        return ElementTree.tostring(self.root, encoding="unicode")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide text is in a plain sans-serif face: letters are narrow, usual, wide, or as wide as high."""
    total = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            total += 1.0
        elif letter in _NARROW:
            total += 0.36
        elif letter in _WIDE:
            total += 0.95
        else:
            total += 0.69 if letter.isupper() else 0.6
    return total * size * (1.06 if bold else 1.0)


def cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Text that fits, ending in an ellipsis where some of it does not.

    >>> cut("abcdefgh", 30, 10), cut("abc", 30, 10)
    ('abcd…', 'abc')
    """
    if text_width(text, size, bold=bold) <= width:
        return text
    short = text
    while short and text_width(f"{short}…", size, bold=bold) > width:
        short = short[:-1]
    return f"{short.rstrip()}…"


def wrapped_lines(text: str, width: float, size: float, *, most: int = 3, bold: bool = False) -> list[str]:
    """Text in at most so many lines of that width, cut at its end where there is more.

    >>> wrapped_lines("one two three four", 60, 10, most=2)
    ['one two', 'three four']
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size, bold=bold) <= width:
            line = f"{line} {words.pop(0)}"
        if words and len(lines) == most - 1:
            line = f"{line} {' '.join(words)}"
        lines.append(cut(line, width, size, bold=bold))
    return lines


def dashes(style: str) -> str | None:
    """How lines of a duration are dashed, as in the legend; None for a whole line."""
    return " ".join(f"{length:g}" for length in DASHES.get(style, ())) or None


def points(corners: Sequence[tuple[float, float]]) -> str:
    """Corners as the points of a polygon."""
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)


def _number(value: Any) -> str:
    """A number in as few digits as a picture needs; everything else as it is."""
    return f"{round(value, 2):g}" if isinstance(value, float) else str(value)
