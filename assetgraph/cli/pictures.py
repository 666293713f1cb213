"""``state-map``, ``picture``, ``compare`` and ``publish``: what leaves the office beside one county's map."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from assetgraph.cli.given import AS_OF, LICENCE, edition_option, format_option, opened, reading_options
from assetgraph.cli.output import emit, say, warn
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import UsageError
from assetgraph.queries.words import plural

__all__ = ["compare_command", "picture_command", "publish_command", "state_map_command"]


@click.command(name="state-map")
@reading_options
@click.option("--region", metavar="REGION", help="Only a CCSESA region, by its number.")
@click.option("--county", "counties", multiple=True, metavar="COUNTY", help="Only these counties; give it once for each.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("state.html"), show_default=True, metavar="OUT.html",
              help="The page; the whole table is written beside it as CSV.")  # fmt: skip
@AS_OF
@LICENCE
def state_map_command(files: Sequence[Path], store: str | None, no_reference: bool, region: str | None, counties: Sequence[str],
                      out: Path, as_of: date | None, licence: str | None) -> int:  # fmt: skip
    """The map of all counties, of a region or of some, as one page with the rings of each to open.

    \b
    Examples:
      assetgraph state-map --store assetgraph.kgl --out california.html
      assetgraph state-map submissions/ --region 1
      assetgraph state-map --store assetgraph.kgl --county Lake --county Mendocino --county Sonoma
    """
    from assetgraph.views.fold import ADVISE_BYTES
    from assetgraph.views.html import check_page
    from assetgraph.views.state_page import draw_state_map

    check_page(out, files)
    with opened(files, store, no_reference=no_reference) as given, Waiting("drawing the state"):
        page = draw_state_map(given.store, as_of=as_of, region=region, counties=counties, licence=licence)
        path, table = page.save(out, files)
    say(page.view.opening)
    size = path.stat().st_size
    say(f"{path}: {size / 1024:,.0f} KB. Open it in a browser; it works offline. {table}: {len(page.rows):,} statements.")
    if size > ADVISE_BYTES:
        warn("That is large for an e-mail: `assetgraph publish` makes one file for each county.")
    return given.code


@click.command(name="picture")
@click.argument("kind", metavar="PICTURE")
@reading_options
@click.option("--county", metavar="COUNTY", help="The county.  [required, but for the state and for the map of one county]")
@click.option("--area", metavar="AREA", default="math", show_default=True, help="Of the state: the area that it is filled by.")
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT", help="An .svg or .png file.  [default: PICTURE.svg]")
@AS_OF
@LICENCE
@edition_option
def picture_command(kind: str, files: Sequence[Path], store: str | None, no_reference: bool, county: str | None, area: str,
                    out: Path | None, as_of: date | None, licence: str | None, edition: str) -> int:  # fmt: skip
    """One still picture for a report or a slide: map, gaps, timeline, needs, or state.

    \b
    Examples:
      assetgraph picture gaps lake.xlsx --out gaps.png
      assetgraph picture timeline --store assetgraph.kgl --county Lake --out lake-timeline.svg
      assetgraph picture state --store assetgraph.kgl --area science
    """
    from assetgraph.views.still import PICTURES, draw_picture

    if kind not in PICTURES:
        raise UsageError(f"no picture '{kind}'", f"ask for one of {', '.join(PICTURES)}")
    with opened(files, store, no_reference=no_reference, county=county) as given, Waiting("drawing"):
        name = None if kind == "state" else given.county_for(f"picture {kind}", county)
        made = draw_picture(given.store, kind, county=name, area=area, as_of=as_of, edition=edition, licence=licence)
        path = made.save(out or Path(f"{kind}.svg"))
    say(f"{path}: {made.title}.")
    return given.code


@click.command(name="compare")
@click.option("--before", required=True, multiple=True, type=click.Path(path_type=Path), metavar="FILE|STORE",
              help="The earlier state: files, or one graph file; give it once for each.")  # fmt: skip
@click.option("--after", required=True, multiple=True, type=click.Path(path_type=Path), metavar="FILE|STORE",
              help="The later state.")  # fmt: skip
@click.option("--county", metavar="COUNTY", help="Only around one county's office, LEAs and schools.")
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT", help="A picture too: an .svg or .png file.")
@LICENCE
@format_option
def compare_command(before: Sequence[Path], after: Sequence[Path], county: str | None, out: Path | None, licence: str | None,
                    form: str) -> int:  # fmt: skip
    """Before and after: which ties are new, lost or changed between two sets of files, or two stores.

    \b
    Examples:
      assetgraph compare --before lake-2025.xlsx --after lake-2026.xlsx
      assetgraph compare --before old.kgl --after assetgraph.kgl --county Lake --out change.svg
    """
    from assetgraph.views.compare import COLUMNS, compare
    from assetgraph.views.still import Picture

    with ExitStack() as held:
        stores = [held.enter_context(opened(*_files_or_store(some), no_reference=True)) for some in (before, after)]
        with Waiting("comparing"):
            found = compare(stores[0].store, stores[1].store, county=county, licence=licence)
            written = Picture(found.title, found.to_svg()).save(out) if out else None
    emit([one.shown() for one in found], list(COLUMNS), form)
    tell = say if form == "table" else warn
    tell(f"{found.title}: {found.sentence}")
    if written:
        tell(f"{written} is the picture.")
    return max(one.code for one in stores)


def _files_or_store(some: Sequence[Path]) -> tuple[Sequence[Path], str | None]:
    if len(some) == 1 and ("://" in str(some[0]) or some[0].suffix.casefold() == ".kgl"):
        return (), str(some[0])
    return some, None


@click.command(name="publish")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@reading_options
@click.option("--county", "counties", multiple=True, metavar="COUNTY", help="Only these counties.  [default: all with a map]")
@click.option("--title", default="Asset maps", show_default=True, metavar="TEXT", help="What the index is called.")
@AS_OF
@LICENCE
@edition_option
def publish_command(folder: Path, files: Sequence[Path], store: str | None, no_reference: bool, counties: Sequence[str],
                    title: str, as_of: date | None, licence: str | None, edition: str) -> int:  # fmt: skip
    """A folder for any web site or disk: an index, a page for each county, the state map and the data.

    \b
    Examples:
      assetgraph publish site --store assetgraph.kgl --licence "CC BY 4.0"
      assetgraph publish site submissions/ --county Lake --county Glenn
    """
    from assetgraph.views.publish import publish

    with opened(files, store, no_reference=no_reference) as given, Waiting("drawing") as waiting:
        made = publish(given.store, folder, counties=counties, as_of=as_of, edition=edition, licence=licence, title=title,
                       progress=waiting.say)  # fmt: skip
    number = plural(len(made.counties), "county", "counties")
    say(f"{made.index}: {number}, {len(made.files) + 1} files, {made.size / 1_000_000:,.1f} MB. All links are relative.")
    if edition == "staff":
        say("Staff edition: it holds private notes, names and contacts. Do not publish it.")
    return given.code
