"""Rows about what was asked, and how the areas stand beside each other."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assetgraph.queries.answer import Row
from assetgraph.queries.words import area_words, listed, plural

__all__ = ["BalanceOfAreas", "WhoWasAsked"]


class BalanceOfAreas(Row):
    """What one map holds in one area."""

    county: str
    area: str
    assets: int
    partners: int
    needs: int
    is_asked: bool

    @property
    def reason(self) -> str:
        """The counts in words; a blank is told from a gap."""
        counts = f"{plural(self.assets, 'asset')}, {plural(self.partners, 'partner')}, {plural(self.needs, 'need')}"
        asked = "asked about" if self.is_asked else "nobody recorded having asked"
        return f"{self.county} County, {area_words(self.area)}: {counts}; {asked}."


class WhoWasAsked(Row):
    """What one map asked about in one area."""

    source: str
    source_id: str
    area: str
    asked: Literal["yes", "no", "not_recorded"]
    kinds: tuple[str, ...]
    leas: tuple[str, ...]
    asked_on: date | None
    voices: int
    contributors: int
    evidence: tuple[str, ...]
    is_one_voice: bool
    is_one_kind_of_evidence: bool

    @property
    def reason(self) -> str:
        """Who was asked about what, and on how many voices and kinds of evidence the map rests."""
        said = {"yes": "asked", "no": "somebody wrote that they did not ask", "not_recorded": "nobody recorded having asked"}
        about = [f"partners ({listed([kind.replace('_', ' ') for kind in self.kinds])})"] if self.kinds else []
        about += [f"LEAs ({listed(self.leas)})"] if self.leas else []
        voices = f"; {plural(self.voices, 'person', 'people')} asked" if self.voices else ""
        one = "; the map rests on one voice" if self.is_one_voice else ""
        kind = "; it rests on one kind of evidence" if self.is_one_kind_of_evidence else ""
        details = f" about {' and '.join(about)}" if about else ""
        return f"{self.source}, {area_words(self.area)}: {said[self.asked]}{details}{voices}{one}{kind}."
