"""Rows about coordinators."""

from __future__ import annotations

from typing import Literal

from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, listed

__all__ = ["CoesWithoutCoordinator"]


class CoesWithoutCoordinator(Row):
    """One office without a coordinator for an area, or with one alone, and an office near it that has one."""

    coe: str
    county: str
    area: str
    state: Literal["none_recorded", "lone"]
    role: str | None
    nearest_coe: str | None
    nearest_county: str | None
    nearest_roles: tuple[str, ...]
    distance: int | None
    is_reference: bool | None

    @property
    def reason(self) -> str:
        """What is recorded at the office, and who is near."""
        area = area_words(self.area)
        own = f"one role for {area} ({self.role})"
        if self.state == "none_recorded":
            public = f" ({self.role} is {self.from_public_pages})" if self.role else ""
            own = f"no coordinator for {area} is recorded{public}"
        if self.nearest_coe is None:
            return f"{self.coe}: {own}; none is recorded at any other office."
        known = f", {self.from_public_pages}" if self.is_reference else ""
        word = "nearest with one" if self.state == "none_recorded" else "nearest peer"
        return f"{self.coe}: {own}; {word}: {self.nearest_coe} ({listed(self.nearest_roles)}{known})."
