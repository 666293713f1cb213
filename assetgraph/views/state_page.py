"""The state, a region or a group of counties as one page: shapes to click, the rings of each county, and a table of it all."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from assetgraph.errors import UsageError
from assetgraph.files import check_ours, write_whole
from assetgraph.model.names import guarded
from assetgraph.model.places import COUNTIES, counties_in
from assetgraph.model.records import OWN_BASES
from assetgraph.queries.ask import read_county
from assetgraph.store import Store, read_network
from assetgraph.views.html import PAGE_MARK, environment, frame, parts_of, policy, speller, write_page
from assetgraph.views.legend import GROUPS
from assetgraph.views.opening import sample_note
from assetgraph.views.packed import PackedRow, packed_with_rows
from assetgraph.views.pictures.state import draw_state, looks, outlines, points_of
from assetgraph.views.state_view import StateView, state_view
from assetgraph.views.wording import ACRONYMS, day, shown

__all__ = ["StatePage", "draw_state_map"]

HEADER = "county,statement,relation,how long,source,place"
SCRIPTS = ("page", "takeaway", "state/data", "state/map", "state/rings", "state/start")


@dataclass(frozen=True)
class StatePage:
    """A map of counties: the view, every statement as a row, and the page."""

    view: StateView
    rows: Sequence[PackedRow]
    html: str

    @cached_property
    def csv(self) -> str:
        """Every statement as CSV, by county; text that a spreadsheet would run as a formula begins with an apostrophe."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        out.write(HEADER + "\n")
        writer.writerows([guarded(cell) for cell in row] for row in self.rows)
        return out.getvalue()

    def save(self, path: str | Path, own: Sequence[Path] = ()) -> tuple[Path, Path]:
        """Write the page, and beside it the whole table as CSV; give back where they are.

        Raises OutputError where a file stands there that was not made here, or is one of the user's ``own``.
        """
        page = Path(path)
        table = page.with_suffix(".csv")
        check_ours(page, PAGE_MARK, own)
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


def draw_state_map(store: Store, *, as_of: date | None = None, region: str | None = None, counties: Sequence[str] = (),
                   title: str | None = None, licence: str | None = None,
                   home: str | None = None, pages: Mapping[str, str] | None = None) -> StatePage:  # fmt: skip
    """The map of all counties, of a CCSESA region, or of counties by name, each filled by what it has: never a rank.

    ``home`` is a page beside it that leads to all, and ``pages`` has the page of each county that has one, by relative links.
    Nothing private is ever in it. Raises UsageError for a region or a county that does not exist.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     draw_state_map(store, region="1", as_of=date(2025, 1, 15))
    StatePage('Region 1, county by county', 5 counties, 0 statements)
    """
    names = _counties(region, counties)
    on = as_of or date.today()
    said = f"Region {_number(region)}, county by county" if region else "A group of counties" if counties else None
    graph, note = store.graph(), sample_note(source for source in store.sources() if set(source.counties) & set(names))
    sources = {county: f"{source.name} (as of {day(source.as_of) if source.as_of else 'date not recorded'})"
               for source in store.sources() if source.basis in OWN_BASES for county in source.counties}  # fmt: skip
    view = state_view(read_network(store), on, counties=names, title=title or said, sources=sources, licence=licence, note=note)
    data, rows = packed_with_rows(graph, names, on)
    return StatePage(view, rows, _render(view, data, note, home, pages or {}))


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


def _render(view: StateView, data: str, note: str | None, home: str | None, pages: Mapping[str, str]) -> str:
    names = [county.name for county in view.counties]
    points, wide, high = points_of(names)
    parts = parts_of(SCRIPTS, ["map.css", "state.css"], "document.documentElement.className = 'js map-shown';")
    looked = {state: {"name": name, "meaning": meaning, "fill": fill, "edge": edge, "dashed": dashed}
              for state, (name, meaning, fill, edge, dashed) in looks().items()}  # fmt: skip
    groups = [{"key": key, **look._asdict()} for key, look in GROUPS.items()]
    shares: dict[str, set[str]] = defaultdict(set)
    for one, other in view.links():
        shares[one].add(other)
        shares[other].add(one)
    labelled = [county.name for county in view.counties if county.has_map or len(names) <= 12]
    return environment().get_template("state.html.j2").render(
        view=view, parts=parts, policy=policy(parts), spelled=speller(ACRONYMS), looks=looked, wide=round(wide), high=round(high),
        outlines=outlines(names), in_order=sorted(view.counties, key=lambda county: county.has_map),
        labels={name: points[name] for name in labelled}, shares={name: ", ".join(sorted(some)) for name, some in shares.items()},
        still=Markup(draw_state(view, view.areas[0][0])), sample_note=shown(note), home=home, packed=data,  # noqa: S704 - ElementTree made it
        data={**view.model_dump(mode="json"), "looks": looked, "groups": groups, "points": points, "acronyms": ACRONYMS,
              "file": view.title, "pages": dict(pages)},
    )  # fmt: skip
