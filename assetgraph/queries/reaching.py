"""Rows about whom a county could reach out to."""

from __future__ import annotations

from datetime import date

from assetgraph.model.vocabulary import kind_name
from assetgraph.queries.answer import Row
from assetgraph.queries.words import day, family_words, listed

__all__ = ["ReachOut"]


class ReachOut(Row):
    """One organization that a county could reach out to."""

    partner: str
    partner_id: str
    kind: str | None
    role: str | None
    ring: int
    place: str | None
    serves: tuple[str, ...]
    is_area_recorded: bool
    offers: tuple[str, ...]
    is_grade_recorded: bool
    via: tuple[str, ...]
    fills: bool
    family: str | None
    latest: date | None
    is_reference: bool

    @property
    def reason(self) -> str:
        """Why them, as facts; what is not recorded is said too."""
        parts = [self._where(), self._what()]
        if self.via:
            parts.append(f"a path runs through {listed(self.via)}")
        if self.fills:
            parts.append(f"no current tie with {family_words(self.family)} on this area")
        if self.is_reference:
            parts.append(f"not on the county's map, {self.from_public_pages}")
        elif self.latest:
            parts.append(f"as of {day(self.latest)}")
        sentence = "; ".join(part for part in parts if part)
        return f"{sentence[0].upper()}{sentence[1:]}."

    def _where(self) -> str:
        near = {0: "in the county", 1: "next door", 2: "in or for the same region", 3: "statewide", 4: "elsewhere"}[self.ring]
        home = f"based in {self.place} County" if self.place else "home county not recorded"
        served = ["the whole state" if name == "California" else name for name in self.serves]
        serves = f", serves {listed(served)}" if served else ""
        unknown = "" if self.is_area_recorded else ", service area not recorded"
        return f"{near}: {home}{serves}{unknown}"

    def _what(self) -> str:
        kind = kind_name(self.kind).lower() if self.kind else ("county office" if self.role else "kind not recorded")
        if not self.offers:
            return f"{kind} tied to this area; no offering recorded"
        grades = "" if self.is_grade_recorded else " (grades not recorded)"
        return f"{kind} that offers {listed(self.offers)}{grades}"
