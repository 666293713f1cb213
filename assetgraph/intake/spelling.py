"""Slips of the pen: whether a word is another one misspelt."""

from __future__ import annotations

from rapidfuzz.distance import OSA

__all__ = ["is_slip"]

_SHORT, _LONG = 4, 9


def is_slip(written: str, known: str) -> bool:
    """Whether each word of one folded text is the other's, but for one letter, or two in words of nine or more.

    A wrong, missing, extra or swapped letter is a slip. Short words must be right, since "id" is not "kind", and
    a whole text of fewer than five letters is never a slip of another.

    >>> is_slip("mathmatics", "mathematics"), is_slip("partner id", "partner kind"), is_slip("cs", "ct")
    (True, False, False)
    """
    if written == known or len(written) <= _SHORT or abs(len(written) - len(known)) > 4:
        return False
    pairs = list(zip(written.split(), known.split(), strict=False))
    if len(written.split()) != len(known.split()):
        # Two words written as one, or one as two.
        return written.replace(" ", "") == known.replace(" ", "")
    return all(OSA.distance(one, other) <= _allowed(one, other) for one, other in pairs)


def _allowed(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return 2 if shorter >= _LONG else 1 if shorter >= _SHORT else 0
