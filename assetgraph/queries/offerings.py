"""Rows about what a county can use."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, day, listed

__all__ = ["OfferingsFor"]


class OfferingsFor(Row):
    """One asset that a county can use on a day."""

    asset: str
    asset_id: str
    providers: tuple[str, ...]
    kind: str | None
    areas: tuple[str, ...]
    grade_low: int | None
    grade_high: int | None
    starts_on: date | None
    ends_on: date | None
    durations: tuple[str, ...]
    relation: Literal["own", "partner", "open", "mapped"]
    is_reference: bool

    @property
    def reason(self) -> str:
        """By whom it is offered, why it is the county's to use, and until when."""
        why = {
            "own": "offered by the county office or an LEA of the county",
            "partner": "offered by a partner of the county",
            "open": "open to the county",
            "mapped": "on the county's own map, which does not say to whom it is open",
        }[self.relation]
        end = f"until {day(self.ends_on)}" if self.ends_on else "no end recorded"
        known = f"; {self.from_public_pages}" if self.is_reference else ""
        return f"{listed([area_words(a) for a in self.areas]).capitalize()}, by {listed(self.providers)}: {why}; {end}{known}."
