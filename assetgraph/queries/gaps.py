"""Rows about where a partner is missing and whom nothing reaches."""

from __future__ import annotations

from typing import Literal

from assetgraph.model.vocabulary import kind_name
from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, family_words, listed, plural

__all__ = ["GapGrid", "MissingPartnerKinds", "UnreachedLeas"]


class GapGrid(Row):
    """One cell of the gap grid."""

    area: str
    family: str
    state: Literal["covered", "fragile", "on_paper", "nobody", "not_asked"]
    ties: int
    partners: tuple[str, ...]
    ending_soon: int
    on_paper: tuple[str, ...]
    asked_kinds: tuple[str, ...]
    is_single_district: bool

    @property
    def reason(self) -> str:
        """Why the cell is in its state."""
        what = f"{area_words(self.area).capitalize()}, {family_words(self.family)}"
        if self.state == "covered":
            return f"{what}: {plural(self.ties, 'current tie')}, with {listed(self.partners)}."
        if self.state == "fragile" and self.ties == 1:
            soon = ", which ends within 180 days" if self.ending_soon else ""
            return f"{what}: one current tie, with {listed(self.partners)}{soon}."
        if self.state == "fragile":
            return f"{what}: {plural(self.ties, 'current tie')}, with {listed(self.partners)}; all end within 180 days."
        if self.state == "on_paper":
            return f"{what}: only county-wide or statewide service, by {listed(self.on_paper)}."
        if self.state == "nobody":
            return f"{what}: asked about, and nobody is recorded."
        asked = listed([kind_name(kind).lower() for kind in self.asked_kinds]) if self.asked_kinds else ""
        kinds = f" (asked only about {asked})" if asked else ""
        return f"{what}: nobody asked{kinds}."


class MissingPartnerKinds(Row):
    """One kind of partner that the county has no current tie with."""

    family: str
    kind: str
    is_asked: bool
    example: str | None
    example_id: str | None
    example_county: str | None
    example_distance: int | None
    is_reference: bool | None

    @property
    def reason(self) -> str:
        """Whether anybody asked, and where such a partner is known."""
        kind = kind_name(self.kind)
        asked = "asked about, none recorded" if self.is_asked else "nobody asked"
        if self.example is None:
            return f"{kind}: {asked}; no example is known in any county."
        known = f", {self.from_public_pages}" if self.is_reference else ""
        return f"{kind}: {asked}; the nearest known is {self.example} ({self.example_county} County{known})."


class UnreachedLeas(Row):
    """One district that nothing recorded reaches in one area."""

    area: str
    lea: str
    lea_id: str
    cds: str | None
    state: Literal["on_paper", "no", "not_asked"]
    is_asked: bool
    measure: str | None
    value: float | None
    year: str | None
    enrollment: int | None
    locale: str | None
    is_single_district: bool

    @property
    def reason(self) -> str:
        """What is recorded of the district in this area, and the figure that orders the rows."""
        area = area_words(self.area)
        said = {
            "on_paper": f"only a county-wide or statewide service covers it in {area}",
            "no": f"somebody wrote that it does not take part in {area}",
            "not_asked": f"no current tie in {area}, and no taking part within three years, is recorded",
        }[self.state]
        asked = "; asked about" if self.is_asked else "; nobody recorded having asked" if self.state == "not_asked" else ""
        year = f" ({self.year})" if self.year else ""
        figure = f"; {self.measure} {self.value:g}{year}" if self.value is not None else ""
        body = "; the district and the county office are one body" if self.is_single_district else ""
        return f"{self.lea}: {said}{asked}{figure}{body}."
