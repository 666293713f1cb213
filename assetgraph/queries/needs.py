"""Rows about needs, what meets them elsewhere, and what is offered near and not used."""

from __future__ import annotations

from datetime import date

from assetgraph.model.grades import GradeSpan
from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, day, listed

__all__ = ["NeedsMetElsewhere", "UnaddressedNeeds", "UnusedOffers"]


class UnaddressedNeeds(Row):
    """One need that nothing recorded addresses."""

    need: str
    need_id: str
    whose: str
    county: str | None
    kind: str | None
    areas: tuple[str, ...]
    grade_low: int | None
    grade_high: int | None
    known_on: date | None
    how_known: str | None
    is_reference: bool

    @property
    def reason(self) -> str:
        """Whose need it is, since when it is known, and that nothing addresses it."""
        areas = f" in {listed([area_words(area) for area in self.areas])}" if self.areas else ""
        grades = ""
        if self.grade_low is not None and self.grade_high is not None:
            grades = f", grades {GradeSpan(self.grade_low, self.grade_high)}"
        known = f", as of {day(self.known_on)}" if self.known_on else ""
        public = f"; {self.from_public_pages}" if self.is_reference else ""
        return f"A need of {self.whose}{areas}{grades}{known}; nothing is recorded that addresses it{public}."


class NeedsMetElsewhere(Row):
    """One offer that could meet one need."""

    need: str
    need_id: str
    whose: str
    area: str
    asset: str
    asset_id: str
    provider: str
    place: str | None
    distance: int | None
    is_open: bool
    ends_on: date | None
    is_reference: bool

    @property
    def reason(self) -> str:
        """Who offers what on the same area, where, and whether it is open to the county."""
        needed = f"{self.whose} needs help in {area_words(self.area)}"
        return f"{needed}; {_offered(self)}{_terms(self)}."


class UnusedOffers(Row):
    """One offering of one provider that nobody near is recorded as using."""

    asset: str
    asset_id: str
    provider: str
    provider_id: str
    kind: str | None
    areas: tuple[str, ...]
    place: str | None
    distance: int | None
    is_open: bool
    ends_on: date | None
    needs: tuple[str, ...]
    is_reference: bool

    @property
    def reason(self) -> str:
        """Who offers what and where, that no use of it is recorded near, and which needs it could meet."""
        # A need may be a long text with commas of its own.
        needs = "; it could meet: " + listed([f'"{need}"' for need in self.needs], most=2) if self.needs else ""
        unused = f"nobody in {self.the_county} or next to it is recorded as using it"
        return f"{_offered(self)}; {unused}{needs}{_terms(self)}."


def _offered(row: NeedsMetElsewhere | UnusedOffers) -> str:
    """Who offers what, and where."""
    where = f"in or for {row.place} County" if row.place else "place not recorded"
    return f"{row.provider}, {where}, offers {row.asset}"


def _terms(row: NeedsMetElsewhere | UnusedOffers) -> str:
    """Whether it is open to the county, until when, and whether public pages alone say so; each after a semicolon."""
    is_open = "; open to this county" if row.is_open else "; not recorded as open to this county"
    end = f"; until {day(row.ends_on)}" if row.ends_on else ""
    return is_open + end + (f"; {row.from_public_pages}" if row.is_reference else "")
