"""What reading one cell gave: a value and what to tell of it, or a refusal with its cure."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["Outcome", "RefusedCell"]


class Outcome(NamedTuple):
    """A clean value; ``changed`` says what was read differently than written, ``notes`` what is worth knowing."""

    value: Any
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    open_end: bool = False
    """Whether a date cell said "ongoing" in place of a day."""


class RefusedCell(Exception):
    """A cell that cannot be read: what is wrong with it, and what to write instead."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure
