"""``map``: from files, or a store, to one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from assetgraph.cli.given import AS_OF, LICENCE, Opened, county_of, edition_option, opened, reading_options
from assetgraph.cli.output import say, warn
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import UsageError
from assetgraph.model.names import slug

__all__ = ["map_command"]


@click.command(name="map")
@reading_options
@click.option("--county", callback=county_of, metavar="COUNTY",
              help="The county to draw; may be left out when the files name just one.")  # fmt: skip
@AS_OF
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT.html", help="The page.  [default: <county>.html]")
@LICENCE
@edition_option
def map_command(files: Sequence[Path], store: str | None, no_reference: bool, county: str | None, as_of: date | None,
                out: Path | None, licence: str | None, edition: str) -> int:  # fmt: skip
    """Draw one county's map as a page that opens in any browser, also from an email.

    \b
    Examples:
      assetgraph map lake.xlsx
      assetgraph map lake.xlsx pubdistricts.txt --county Lake --out lake.html
      assetgraph map --store assetgraph.kgl --county Lake --as-of 2026-06-30
    """
    from assetgraph.views.county_map import draw_map
    from assetgraph.views.fold import ADVISE_BYTES
    from assetgraph.views.html import check_page

    if not county and not files:
        raise UsageError("map needs --county", 'add it, for example --county "Lake"')
    if out is not None:
        check_page(out, files)
    with opened(files, store, no_reference=no_reference, county=county) as given:
        name = county or _only_county(given)
        with Waiting("drawing the map"):
            page = draw_map(given.store, name, as_of=as_of, edition=edition, licence=licence)
            path = out or Path(f"{slug(page.view.county)}.html")
            page.save(path, files)
    say(page.view.opening)
    say(f"{path}: {path.stat().st_size / 1024:,.0f} KB. Open it in a browser; it works offline.")
    if path.stat().st_size > ADVISE_BYTES:
        warn("That is large for an e-mail: fewer rows, or only the newest map, make it smaller.")
    if edition == "staff":
        say("Staff edition: it holds private notes, names and contacts. Do not publish it.")
    return given.code


def _only_county(given: Opened) -> str:
    if len(given.counties) == 1:
        return given.counties[0]
    named = f"{len(given.counties)} counties: {', '.join(given.counties)}" if given.counties else "no county"
    raise UsageError(f"the files name {named}", 'say which to draw, for example --county "Lake"')
