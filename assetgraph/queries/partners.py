"""Rows about who is tied to whom."""

from __future__ import annotations

from datetime import date

from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, day, listed, relation_words

__all__ = ["PartnersOf", "WhoConnects"]


class PartnersOf(Row):
    """One organization that an office or LEA is tied to, by one relation, directly or through one thing."""

    partner: str
    partner_id: str
    kind: str | None
    relation: str
    through: str | None
    areas: tuple[str, ...]
    starts_on: date | None
    ends_on: date | None
    durations: tuple[str, ...]
    is_current: bool
    is_reference: bool

    @property
    def reason(self) -> str:
        """How they are tied, on what, and until when."""
        how = relation_words(self.relation)
        through = f" through {self.through}" if self.through else ""
        areas = f" on {listed([area_words(area) for area in self.areas])}" if self.areas else ", content area not recorded"
        end = f", until {day(self.ends_on)}" if self.ends_on else ", no end recorded"
        past = "" if self.is_current else "; not current on this day"
        known = f"; {self.from_public_pages}" if self.is_reference else ""
        return f"{how.capitalize()}{through}{areas}{end}{past}{known}."


class WhoConnects(Row):
    """One organization that is tied to both."""

    connector: str
    connector_id: str
    kind: str | None
    relations_a: tuple[str, ...]
    relations_b: tuple[str, ...]
    areas: tuple[str, ...]
    is_current: bool

    @property
    def reason(self) -> str:
        """How it is tied to each of the two."""
        first, second = (listed([relation_words(one) for one in each]) for each in (self.relations_a, self.relations_b))
        areas = f" on {listed([area_words(area) for area in self.areas])}" if self.areas else ""
        past = "" if self.is_current else "; one side is not current on this day"
        return f"{self.connector}: {first} with the first, {second} with the second{areas}{past}."
