"""A county's map straight from a store: its own facts, and the gaps worth a call, asked for and put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from assetgraph.errors import UsageError
from assetgraph.model.places import closest_spelling, county_named
from assetgraph.model.vocabulary import FAMILIES, kind_name
from assetgraph.queries import ask
from assetgraph.queries.answer import Row
from assetgraph.queries.gaps import GapGrid, MissingPartnerKinds
from assetgraph.store import Store
from assetgraph.views import draw
from assetgraph.views.draw import Page
from assetgraph.views.map_view import EDITIONS, Gap
from assetgraph.views.wording import GRANT_AREAS

__all__ = ["draw_map", "gaps_of"]

_STATES = {
    "nobody": "You asked, and nobody is recorded",
    "not_asked": "Nobody asked yet, so there may be some",
    "fragile": "It hangs on one tie, or on ties that all end within 180 days",
    "on_paper": "Only a county-wide or statewide service is recorded",
}
"""States of the gap grid that are worth a call, those that say most first, with what they mean."""


def draw_map(store: Store, county: str, *, as_of: date | None = None, edition: str = "public",
             sample_note: str | None = None) -> Page:  # fmt: skip
    """One county's map as a page: what it has, and as ghosts the families of partners worth a call.

    ``as_of`` is the day it is drawn for, today when left out. Private fields are in the staff edition only.
    Raises UsageError for a county or an edition that does not exist.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     draw_map(store, "Lake", as_of=date(2026, 11, 22)).view.county
    'Lake'
    """
    place = county_named(county)
    if place is None:
        meant = closest_spelling(county)
        raise UsageError(f"'{county}' is not a county of California",
                         f"write {meant}" if meant else "write one of the 58 names, for example Lake")  # fmt: skip
    if edition not in EDITIONS:
        raise UsageError(f"no edition '{edition}'", f"ask for {' or '.join(EDITIONS)}")
    day = as_of or date.today()
    gaps = gaps_of(store, place.name, day)
    return draw.draw_map(
        store.graph(), place.name, as_of=day, gaps=gaps, edition=edition, sample_note=sample_note
    )


def gaps_of(store: Store, county: str, as_of: date) -> list[Gap]:
    """The families that are not covered in the three areas of the grant, one gap for each family and state.

    The families missing in most areas come first, then the state that says most, then by name.
    """
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in ask(store, "gap_grid", county=county, as_of=as_of):
        if isinstance(cell, GapGrid) and cell.area in GRANT_AREAS and cell.family in FAMILIES and cell.state in _STATES:
            cells[cell.family, cell.state].append(cell.area)
    examples = _examples(ask(store, "missing_partner_kinds", county=county, as_of=as_of))
    missing = {family: _missing(family, cells) for family, _ in cells}
    order = sorted(cells, key=lambda key: (-missing[key[0]], FAMILIES[key[0]], list(_STATES).index(key[1])))
    return [_gap(family, state, cells[family, state], examples) for family, state in order]


def _missing(family: str, cells: Mapping[tuple[str, str], list[str]]) -> int:
    return sum(len(cells.get((family, state), ())) for state in ("nobody", "not_asked"))


def _examples(rows: Iterable[Row]) -> dict[str, MissingPartnerKinds]:
    """For each family the nearest example of a kind that the county has none of."""
    nearest: dict[str, MissingPartnerKinds] = {}
    for row in rows:
        if isinstance(row, MissingPartnerKinds) and row.example is not None:
            held = nearest.get(row.family)
            if held is None or (row.example_distance or 0) < (held.example_distance or 0):
                nearest[row.family] = row
    return nearest


def _gap(family: str, state: str, areas: list[str], examples: Mapping[str, MissingPartnerKinds]) -> Gap:
    row = examples.get(family)
    where = f"{row.example} ({kind_name(row.kind).lower()}, {row.example_county} County)" if row else None
    known = "Known from public pages." if row and row.is_reference else None
    return Gap(family=family, family_name=FAMILIES[family], areas=tuple(sorted(areas)), reason=f"{_STATES[state]}.",
               example=where, example_sentence=known)  # fmt: skip
