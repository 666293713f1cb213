"""The state, a region or a group of counties as one page: shapes to click, the rings of each county, and a table of it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from assetgraph.errors import UsageError
from assetgraph.files import check_ours, write_whole
from assetgraph.model.places import COUNTIES, counties_in
from assetgraph.model.records import OWN_BASES
from assetgraph.queries.ask import read_county
from assetgraph.store import Store
from assetgraph.views.atlas import Atlas
from assetgraph.views.county import county_view
from assetgraph.views.engine import drawn_page
from assetgraph.views.html import check_page, frame, speller, write_page
from assetgraph.views.looks import drawing_looks
from assetgraph.views.map_view import MapView
from assetgraph.views.packed import packed
from assetgraph.views.page import COUNTY_SCRIPTS
from assetgraph.views.pictures.state import draw_state, outlines, points_of, state_looks
from assetgraph.views.state_view import StateView, state_view
from assetgraph.views.table import HEADER, CountyRow, csv_of, rows_of
from assetgraph.views.wording import ACRONYMS, day, shown

__all__ = ["StatePage", "draw_state_map", "state_page_of"]

SCRIPTS = ("page", "takeaway", *COUNTY_SCRIPTS,
           *(f"state/{name}" for name in ("packed", "map", "look", "panel", "rows", "start")))  # fmt: skip


@dataclass(frozen=True)
class StatePage:
    """A map of counties: the view of all together, that of each, and the page."""

    view: StateView
    counties: Sequence[MapView]
    html: str

    @cached_property
    def rows(self) -> Sequence[CountyRow]:
        """Every statement, by county."""
        return rows_of(self.counties)

    @property
    def csv(self) -> str:
        """Every statement as CSV that runs no formula."""
        return csv_of(self.rows)

    def save(self, path: str | Path, own: Sequence[Path] = ()) -> tuple[Path, Path]:
        """Write the page, and beside it the whole table as CSV; give back where they are.

        Raises OutputError where a file stands there that was not made here, or is one of the user's ``own``.
        """
        page = Path(path)
        table = page.with_suffix(".csv")
        check_page(page, own)
        check_ours(table, HEADER.encode(), own)
        write_page(page, self.html)
        write_whole(table, self.csv.encode("utf-8-sig"))
        return page, table

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which can run nothing outside itself."""
        return frame(self.html, self.view.title)

    def _repr_svg_(self) -> str:
        """The still picture, for where HTML is taken out of a notebook."""
        return draw_state(self.view, self.view.areas[0][0])

    def __repr__(self) -> str:
        return f"StatePage({self.view.title!r}, {len(self.view.counties)} counties, {len(self.rows)} statements)"


def draw_state_map(store: Store, *, as_of: date | str | None = None, region: str | None = None, counties: Sequence[str] = (),
                   title: str | None = None, licence: str | None = None) -> StatePage:  # fmt: skip
    """The map of all counties, of a CCSESA region, or of counties by name, each filled by what it has: never a rank.

    Nothing private is ever in it. Raises UsageError for a region or a county that does not exist.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     draw_state_map(store, region="1", as_of=date(2025, 1, 15))
    StatePage('Region 1, county by county', 5 counties, 0 statements)
    """
    names = _counties(region, counties)
    said = f"Region {_number(region)}, county by county" if region else "A group of counties" if counties else None
    return state_page_of(Atlas(store, as_of=as_of, licence=licence), names, title=title or said)


def state_page_of(atlas: Atlas, names: Sequence[str], *, title: str | None = None, home: str | None = None,
                  pages: Mapping[str, str] | None = None) -> StatePage:  # fmt: skip
    """The map of these counties, of a store that is read once; always the public edition, whatever the atlas is.

    ``home`` is a page beside it that leads to all, and ``pages`` has the page of each county that has one, by relative links.
    """
    note = atlas.sample_note(names)
    sources = {county: f"{source.name} (as of {day(source.as_of) if source.as_of else 'date not recorded'})"
               for source in atlas.sources if source.basis in OWN_BASES for county in source.counties}  # fmt: skip
    view = state_view(atlas.network, atlas.on, counties=names, title=title, sources=sources, licence=atlas.licence, note=note)
    drawn = [county_view(atlas.facts, name, as_of=atlas.on, licence=atlas.licence,
                         sample_note=atlas.sample_note([name]), with_rows=False)
             for name in sorted(names)]  # fmt: skip
    return StatePage(view, drawn, _render(view, drawn, note, home, pages or {}))


def _number(region: str) -> str:
    return region.upper().removeprefix("CCSESA").strip()


def _counties(region: str | None, counties: Sequence[str]) -> list[str]:
    if region and counties:
        raise UsageError("a region and counties were both given", "give one of them")
    if region is None:
        return sorted({read_county(name) for name in counties}) or sorted(COUNTIES)
    found = counties_in(_number(region))
    if not found:
        known = ", ".join(sorted({place.region for place in COUNTIES.values()}, key=lambda one: (len(one), one)))
        raise UsageError(f"no region '{shown(region, 40)}'", f"give one of {known}")
    return found


def _render(view: StateView, drawn: Sequence[MapView], note: str | None, home: str | None, pages: Mapping[str, str]) -> str:
    names = [county.name for county in view.counties]
    points, wide, high = points_of(names)
    shares: dict[str, set[str]] = defaultdict(set)
    for one, other in view.links():
        shares[one].add(other)
        shares[other].add(one)
    fills = {state: look._asdict() for state, look in state_looks().items()}
    still = Markup(draw_state(view, view.areas[0][0]))  # noqa: S704 - ElementTree made it
    data = {
        **view.model_dump(mode="json", exclude={"shared", "counties"}), "counties": _states(view, list(fills)),
        "states": list(fills), "fills": fills, "looks": drawing_looks(), "points": points, "acronyms": ACRONYMS,
        "file": view.title, "pages": dict(pages),
    }  # fmt: skip
    said = {
        "view": view, "data": data, "packed": packed(drawn), "still": still, "sample_note": shown(note), "home": home,
        "spelled": speller(ACRONYMS), "fills": fills, "looks": drawing_looks(), "wide": round(wide), "high": round(high),
        "outlines": outlines(names), "in_order": sorted(view.counties, key=lambda county: county.has_map),
        "labels": {name: points[name] for name in view.labelled},
        "shares": {name: ", ".join(sorted(some)) for name, some in shares.items()},
    }  # fmt: skip
    return drawn_page("state.html.j2", SCRIPTS, ["map.css", "state.css"], said)


def _states(view: StateView, order: Sequence[str]) -> list[dict[str, Any]]:
    """The counties as the page is given them: of each content area a digit for each family, its state's place in ``order``."""
    return [{"name": county.name, "has_map": county.has_map, "map_line": county.map_line,
             "states": {area: "".join(str(order.index(of[family])) for family, _ in view.families)
                        for area, of in county.states.items()}} for county in view.counties]  # fmt: skip
