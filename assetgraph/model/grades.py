"""Grade spans as two numbers: birth -3, PK -2, TK -1, K 0, grades 1 to 12, and 13 to 16 for college."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["GradeSpan", "parse_grades"]

_WORDS = {
    "birth": -3, "b": -3, "pk": -2, "prek": -2, "p": -2, "preschool": -2, "tk": -1, "k": 0, "kindergarten": 0,
    "kinder": 0,
}
_NAMED = {
    "elementary": (0, 5), "elementary school": (0, 5), "primary": (0, 5), "middle": (6, 8), "middle school": (6, 8),
    "ms": (6, 8), "high": (9, 12), "high school": (9, 12), "hs": (9, 12), "secondary": (6, 12), "es": (0, 5),
    "all": (-1, 12), "all grades": (-1, 12),
}  # fmt: skip
LOWEST, HIGHEST = -3, 16


class GradeSpan(NamedTuple):
    """Lowest and highest grade, both included.

    >>> str(GradeSpan(-1, 12))
    'TK-12'
    """

    low: int
    high: int

    def __str__(self) -> str:
        return _word(self.low) if self.low == self.high else f"{_word(self.low)}-{_word(self.high)}"


def _word(grade: int) -> str:
    return {-3: "birth", -2: "PK", -1: "TK", 0: "K"}.get(grade, str(grade))


def _one(text: str) -> int | None:
    text = re.sub(r"\b(grades?|gr|the)\b\.?|(?<=\d)(st|nd|rd|th)\b", "", text.strip(" .")).strip()
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if re.fullmatch(r"\d{1,2}", text) and int(text) <= HIGHEST else None


def parse_grades(text: str) -> GradeSpan | None:
    """The span that a cell means, or None when it cannot be read. Lists take the widest span.

    >>> parse_grades("6-8"), parse_grades("TK–12"), parse_grades("Grades 3 to 5; 11"), parse_grades("soon")
    (GradeSpan(low=6, high=8), GradeSpan(low=-1, high=12), GradeSpan(low=3, high=11), None)
    """
    bounds: list[int] = []
    for written in re.split(r"[;,/&]|\band\b", text.casefold().replace("pre-k", "prek").replace("t-k", "tk")):
        piece = re.sub(r"[\s.]+", " ", written).strip()
        if not piece:
            continue
        if piece in _NAMED:
            bounds.extend(_NAMED[piece])
            continue
        ends = [_one(end) for end in re.split(r"[-–—−]|\bto\b|\bthrough\b|\bthru\b", piece)]
        if not ends or any(end is None for end in ends) or len(ends) > 2:
            return None
        bounds.extend(end for end in ends if end is not None)
        if len(ends) == 2 and bounds[-2] > bounds[-1]:
            return None
    return GradeSpan(min(bounds), max(bounds)) if bounds else None
