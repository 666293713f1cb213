"""Rows about how long things last and what ends."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, day, listed, plural, relation_words

__all__ = ["DurationByScope", "EndingBetween", "TiesHeldByOneOffering"]

_SCOPES = {
    "inside_coe": "inside the county office", "other_coe": "by another county office", "lea": "by an LEA",
    "outside_coe": "outside the county office",
}  # fmt: skip


class EndingBetween(Row):
    """One tie, asset or funding that ends."""

    what: Literal["tie", "asset", "funding"]
    relation: str
    name: str
    other: str
    areas: tuple[str, ...]
    ends_on: date
    duration: str
    goes_with: tuple[str, ...]
    is_only_tie: bool | None
    is_reference: bool

    @property
    def reason(self) -> str:
        """What ends when, and what goes with it."""
        verb = {
            "tie": f"{relation_words(self.relation)}: {self.name} and {self.other}",
            "asset": f"{self.name} offers {self.other}",
            "funding": f"{self.other} pays for {self.name}",
        }[self.what]
        hangs = f"; with it go {listed(self.goes_with)}" if self.goes_with else ""
        only = "; nothing else ties the two after that" if self.is_only_tie else ""
        known = f"; {self.from_public_pages}" if self.is_reference else ""
        return f"Ends {day(self.ends_on)}: {verb}{hangs}{only}{known}."


class DurationByScope(Row):
    """How many assets of one duration are offered from one place."""

    county: str
    scope: str
    duration: str
    assets: int
    names: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The count in words."""
        word = "of unknown duration" if self.duration == "unknown" else self.duration.replace("_", "-")
        return f"{self.county} County: {plural(self.assets, 'asset')} {word}, {_SCOPES[self.scope]}: {listed(self.names)}."


class TiesHeldByOneOffering(Row):
    """The relationship of one partner with one office or LEA, and the one offering that it rests on."""

    ends_on: date
    partner: str
    partner_id: str
    kind: str | None
    body: str
    body_id: str
    asset: str
    asset_id: str
    areas: tuple[str, ...]
    tie_ends_on: date | None

    @property
    def reason(self) -> str:
        """What ends when, that nothing else is recorded on the same areas, and when the tie itself ends."""
        words = ["other areas" if area == "other" else area_words(area) for area in self.areas]
        areas = f" on {listed(words)}" if words else ""
        tie = f"ends on {day(self.tie_ends_on)}" if self.tie_ends_on else "has no recorded end"
        nothing = f"nothing else is recorded that {self.partner} offers {self.body}{areas}"
        return f"When {self.asset} ends on {day(self.ends_on)}, {nothing}; the tie itself {tie}."
