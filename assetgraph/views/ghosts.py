"""The gaps worth a call as ghosts: one for each family of partners, with every reason, at most eight."""

from __future__ import annotations

from collections.abc import Sequence

from assetgraph.views.map_view import Gap, GapReason, Ghost
from assetgraph.views.wording import NAME_CAP, area_key, area_name, listed, shown

__all__ = ["GHOST_GROUP", "MOST_GHOSTS", "ghosts_of"]

GHOST_GROUP = "ghost"
MOST_GHOSTS = 8


def ghosts_of(gaps: Sequence[Gap], areas: Sequence[str]) -> tuple[list[Ghost], int]:
    """Ghosts in the order in which their families first come, and how many families are left out.

    ``areas`` are the terms in the picture. Positions are 0 until the rings are laid out.

    >>> gap = Gap(family="tribal", family_name="Tribal", areas=("math",), reason="nobody was asked")
    >>> [ghost.name for ghost in ghosts_of([gap, gap], ["math"])[0]]
    ['Tribal']
    """
    families: dict[str, list[Gap]] = {}
    for gap in gaps:
        families.setdefault(gap.family, []).append(gap)
    ghosts = [
        _ghost(place, family, areas) for place, family in enumerate(list(families.values())[:MOST_GHOSTS])
    ]
    return ghosts, max(len(families) - MOST_GHOSTS, 0)


def _ghost(place: int, gaps: Sequence[Gap], areas: Sequence[str]) -> Ghost:
    wanted = {area_key(area) for gap in gaps for area in gap.areas}
    return Ghost(
        id=f"g{place}", name=shown(gaps[0].family_name, NAME_CAP), x=0.0, y=0.0,
        areas=tuple(area for area in areas if area in wanted), area_ids=(),
        reasons=tuple(dict.fromkeys(_reason(gap) for gap in gaps)),
    )  # fmt: skip


def _reason(gap: Gap) -> GapReason:
    return GapReason(
        areas=listed([area_name(area_key(area)) for area in gap.areas]) if gap.areas else "any content area",
        reason=shown(gap.reason),
        could_ask=gap.could_ask,
        example=shown(gap.example, NAME_CAP) or None,
        example_sentence=shown(gap.example_sentence) or None,
    )
