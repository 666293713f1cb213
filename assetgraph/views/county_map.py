"""A county's map straight from a store: its own facts, and the gaps worth a call, asked for and put into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assetgraph.analysis.grid import GAPS
from assetgraph.model.vocabulary import FAMILIES, GRANT_AREAS, kind_name
from assetgraph.queries import ask
from assetgraph.queries.answer import Row
from assetgraph.queries.ask import read_county
from assetgraph.queries.gaps import GapGrid, MissingPartnerKinds
from assetgraph.queries.words import area_words, capital, listed
from assetgraph.store import Store
from assetgraph.views.atlas import Atlas
from assetgraph.views.county import county_view
from assetgraph.views.draw import Page, page_of
from assetgraph.views.map_view import Gap, MapView
from assetgraph.views.nearby import could_be_asked, nearby_of
from assetgraph.views.wording import NAME_CAP, shown

__all__ = ["draw_map", "gaps_of", "view_of"]

Cells = Mapping[str, Sequence[GapGrid]]

_STATES = ("nobody", "fragile", "on_paper", "not_asked")
"""States of the gap grid that are told of, those that say most first. Where nobody asked nothing is known, which is no gap."""


def draw_map(store: Store, county: str, *, as_of: date | str | None = None, edition: str = "public", licence: str | None = None,
             home: str | None = None) -> Page:  # fmt: skip
    """One county's map as a page: what it has, and as ghosts the families of partners worth a call.

    ``as_of`` is the day it is drawn for (a date, or 2026-11-22 as text), today when left out; ``licence`` is told as that of
    the data, and ``home`` is a page beside it that leads to all. Private fields are in the staff edition only.
    Raises UsageError for a county or an edition that does not exist.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     draw_map(store, "Lake", as_of=date(2026, 11, 22)).view.county
    'Lake'
    """
    return page_of(view_of(Atlas(store, as_of=as_of, edition=edition, licence=licence), county, home=home))


def view_of(atlas: Atlas, county: str, *, home: str | None = None) -> MapView:
    """What ``draw_map`` shows, of a store that is read once for many counties.

    Raises UsageError for a county that does not exist.
    """
    name = read_county(county)
    grid = _grid(atlas, name)
    cells = _not_covered(grid)
    silent = sorted((FAMILIES[family], _reason(some)) for family, some in cells.items() if _is_silent(some))
    nearby = nearby_of(atlas.store, atlas.suggester, name, grid, silent)
    return county_view(atlas.facts, name, as_of=atlas.on, gaps=_gaps_of(atlas, name, cells), nearby=nearby, edition=atlas.edition,
                       licence=atlas.licence, sample_note=atlas.sample_note([name]), home=home)  # fmt: skip


def gaps_of(atlas: Atlas, county: str) -> list[Gap]:
    """The families that are not covered in all three areas of the grant, one gap for each family.

    Its reason says of each area that is not covered what is recorded of it, and whether anybody asked; areas of which
    the same is to be said share a phrase. A family about which nobody asked in any of them is no gap. The families missing
    in most areas come first, then by name.
    """
    return _gaps_of(atlas, county, _not_covered(_grid(atlas, county)))


def _gaps_of(atlas: Atlas, county: str, cells: Cells) -> list[Gap]:
    examples = _examples(ask(atlas.store, "missing_partner_kinds", county=county, as_of=atlas.on))
    asked = (family for family in cells if not _is_silent(cells[family]))
    order = sorted(asked, key=lambda family: (-_missing(cells[family]), FAMILIES[family]))
    found = []
    for family in order:
        open_in = [area for area in GRANT_AREAS if any(cell.area == area and cell.state in GAPS for cell in cells[family])]
        could_ask = could_be_asked(atlas.store, atlas.suggester, county, family, open_in)
        found.append(_gap(family, cells[family], could_ask, None if could_ask else examples.get(family)))
    return found


def _grid(atlas: Atlas, county: str) -> list[GapGrid]:
    return [cell for cell in ask(atlas.store, "gap_grid", county=county, as_of=atlas.on) if isinstance(cell, GapGrid)]


def _not_covered(grid: Sequence[GapGrid]) -> Cells:
    """Family to its cells in the areas of the grant that are not covered; families that are covered in all are left out."""
    cells: dict[str, list[GapGrid]] = defaultdict(list)
    for cell in grid:
        if cell.area in GRANT_AREAS and cell.family in FAMILIES and cell.state in _STATES:
            cells[cell.family].append(cell)
    return cells


def _is_silent(cells: Sequence[GapGrid]) -> bool:
    """Whether nobody asked about a family in any of these areas."""
    return all(cell.state == "not_asked" for cell in cells)


def _missing(cells: Iterable[GapGrid]) -> int:
    return sum(cell.state == "nobody" for cell in cells)


def _examples(rows: Iterable[Row]) -> dict[str, MissingPartnerKinds]:
    """For each family the nearest example of a kind that the county has none of."""
    nearest: dict[str, MissingPartnerKinds] = {}
    for row in rows:
        if isinstance(row, MissingPartnerKinds) and row.example is not None:
            held = nearest.get(row.family)
            if held is None or (row.example_distance or 0) < (held.example_distance or 0):
                nearest[row.family] = row
    return nearest


def _gap(family: str, cells: Sequence[GapGrid], could_ask: tuple[tuple[str, str], ...], row: MissingPartnerKinds | None) -> Gap:
    if row and any(row.example in (*cell.partners, *cell.on_paper) for cell in cells):
        row = None  # the reason names it already
    where = f"{row.example} ({kind_name(row.kind).lower()}, {row.example_county} County)" if row else None
    public = row.from_public_pages if row and row.is_reference else None
    known = f"{capital(public)}." if public else None
    areas = tuple(area for area in GRANT_AREAS if any(cell.area == area and cell.state != "not_asked" for cell in cells))
    return Gap(family=family, family_name=FAMILIES[family], areas=areas, reason=_reason(cells), could_ask=could_ask,
               example=where, example_sentence=known)  # fmt: skip


def _reason(cells: Sequence[GapGrid]) -> str:
    """What is to be said of each area, one sentence for all areas of which the same is to be said."""
    said: dict[str, list[str]] = defaultdict(list)
    for cell in sorted(cells, key=lambda cell: (_STATES.index(cell.state), GRANT_AREAS.index(cell.area))):
        said[_phrase(cell)].append(area_words(cell.area))
    sentences = [f"{listed(areas)}: {phrase}." for phrase, areas in said.items()]
    return " ".join(capital(sentence) for sentence in sentences)


def _phrase(cell: GapGrid) -> str:
    """What is recorded in one cell of the grid; only where somebody asked is it said that there is nobody."""
    if cell.state == "nobody":
        return "asked, nobody recorded"
    if cell.state == "fragile":
        ties = "one current tie" if cell.ties == 1 else f"{cell.ties} current ties"
        soon = ("which ends" if cell.ties == 1 else "all ending") + " within 180 days"
        return f"{ties} ({listed(_names(cell.partners))}){f', {soon}' if cell.ending_soon else ''}"
    if cell.state == "on_paper":
        return f"only county-wide or statewide service ({listed(_names(cell.on_paper))})"
    if cell.asked_kinds:
        return f"asked only about {listed([kind_name(kind).lower() for kind in cell.asked_kinds])}; nobody asked about the rest"
    return "nobody asked"


def _names(partners: Sequence[str]) -> list[str]:
    return [shown(name, NAME_CAP) for name in partners]
