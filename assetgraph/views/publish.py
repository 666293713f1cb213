"""A folder to put on any web site, or to open from a disk: an index, a page for each county, the state map, and the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assetgraph.errors import UsageError
from assetgraph.files import check_ours, make_folder, write_whole
from assetgraph.model.names import slug
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import OWN_BASES
from assetgraph.queries.ask import read_county
from assetgraph.store import Store
from assetgraph.views.atlas import Atlas
from assetgraph.views.county_map import view_of
from assetgraph.views.draw import page_of
from assetgraph.views.html import check_page, write_page
from assetgraph.views.index_page import MapLink, render_index
from assetgraph.views.opening import edition_line, licence_line, sample_note
from assetgraph.views.state_page import state_page_of
from assetgraph.views.table import HEADER, csv_of, rows_of
from assetgraph.views.wording import day

__all__ = ["Published", "publish"]

INDEX, STATE, DATA = "index.html", "state.html", "data"


@dataclass(frozen=True)
class Published:
    """What was written: the index, then every other file, and how many bytes in all."""

    index: Path
    pages: tuple[Path, ...]
    """A page for each county, in the order of ``counties``."""
    files: tuple[Path, ...]
    counties: tuple[str, ...]
    size: int


def publish(store: Store, folder: str | Path, *, counties: Sequence[str] = (), as_of: date | str | None = None,
            edition: str = "public", licence: str | None = None, title: str = "Asset maps",
            progress: Callable[[str], None] = lambda _: None) -> Published:  # fmt: skip
    """Pages and data of some counties, of all that have a map where none are named, with relative links alone.

    Each file is written whole or not at all; equal input gives equal files. Raises OutputError where a file stands
    in the way that was not made here, before anything is written, or where one cannot be written; UsageError where no county has
    a map.
    """
    out, atlas = Path(folder), Atlas(store, as_of=as_of, edition=edition, licence=licence)
    mapped = sorted({county for source in atlas.sources if source.basis in OWN_BASES for county in source.counties})
    names = sorted({read_county(name) for name in counties}) or mapped
    if not names:
        raise UsageError("the graph holds no map of any county", "build maps first: assetgraph build lake.xlsx")
    for name in (INDEX, STATE, *(f"{slug(county)}.html" for county in names)):
        check_page(out / name)
    check_ours((out / STATE).with_suffix(".csv"), HEADER.encode())
    for county in names:
        check_ours(out / DATA / f"{slug(county)}.csv", HEADER.encode())
    make_folder(out / DATA)
    links, pages, files = [], [], []
    for county in names:
        progress(f"drawing {county} County")
        page = page_of(view_of(atlas, county, home=INDEX))
        pages.append(page.save(out / f"{slug(county)}.html"))
        files.append(out / DATA / f"{slug(county)}.csv")
        write_whole(files[-1], csv_of(rows_of([page.view])).encode("utf-8-sig"))
        links.append(MapLink(file=pages[-1].name, data=f"{DATA}/{files[-1].name}", county=county, opening=page.view.opening))
    progress("drawing the state")
    beside = {county: page.name for county, page in zip(names, pages, strict=True)}
    state = state_page_of(atlas, names if counties else sorted(COUNTIES), home=INDEX, pages=beside)
    files += state.save(out / STATE)
    lines = (f"As of {day(atlas.on)}", edition_line(edition), licence_line(licence))
    note = sample_note(atlas.sources) or ""
    html = render_index(title, note, links, state=STATE, table=f"{Path(STATE).stem}.csv", lines=lines)
    write_page(out / INDEX, html)
    files = [*pages, *files]
    size = sum(path.stat().st_size for path in (out / INDEX, *files))
    return Published(out / INDEX, tuple(pages), tuple(files), tuple(names), size)
