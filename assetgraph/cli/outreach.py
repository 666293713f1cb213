"""``outreach``: the log of whom a county asked and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from assetgraph.cli.given import STORE, day_of, edition_option, format_option
from assetgraph.cli.output import emit, quoted, say, warn, write_table
from assetgraph.cli.tell import say_problems
from assetgraph.errors import InputError, StoreError, UsageError
from assetgraph.intake.outreach_log import LOG, add_line, read_log
from assetgraph.model.sheets import OutreachRow
from assetgraph.model.vocabulary import GRANT_AREAS, VOCABULARIES, term_name
from assetgraph.queries.ask import organization_id, read_area, read_county
from assetgraph.queries.words import area_words, listed, plural
from assetgraph.store import open_store

__all__ = ["outreach_group"]

OUTCOMES = tuple(term.term.replace("_", "-") for term in VOCABULARIES["outcome"])
LOG_FILE = click.option("--log", type=click.Path(path_type=Path), default=LOG, show_default=True, metavar="FILE",
                        help="The log, a CSV beside the maps.")  # fmt: skip


@click.group(name="outreach")
def outreach_group() -> None:
    """Keep the log of whom a county asked and what came of it. It is private, and changes the next list.

    \b
    Examples:
      assetgraph outreach add --county Lake --organization "Redbud Library" --outcome asked --area CS
      assetgraph outreach list
      assetgraph build outreach.csv          # so that the next list knows
    """


@outreach_group.command()
@click.option("--county", required=True, metavar="COUNTY", help="The county that asked.")
@click.option("--organization", required=True, metavar="NAME", help="Whom it asked, as the maps name it.")
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES), help="What came of it.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="The content area; may be given more than once.")
@click.option("--on", callback=day_of, metavar="DAY", help="The day.  [default: today]")
@click.option("--reason", metavar="TEXT", help="Why, in their words. Private.")
@LOG_FILE
@STORE
def add(county: str, organization: str, outcome: str, areas: Sequence[str], on: date | None, reason: str | None, log: Path,
        store: str | None) -> int:  # fmt: skip
    """Add one line: whom a county asked, when, and what came of it.

    Where there is a store, the name is looked up in it, and where it stands on the list that day is written down too.

    \b
    Examples:
      assetgraph outreach add --county Lake --organization "Redbud Library" --outcome asked --area CS
      assetgraph outreach add --county Lake --organization "CAL-MSCS" --outcome declined --reason "ask again in June"
    """
    name, day = read_county(county), on or date.today()
    if day > date.today():
        raise UsageError(f"--on {day} is a day to come", "give the day on which it was")
    terms = tuple(read_area(area, ()) for area in areas)
    place, is_known, organization = _looked_up(store, name, organization, terms, day)
    row = OutreachRow(organization=organization, outcome=outcome.replace("-", "_"), on=day, content_areas=terms, reason=reason,
                      place=place)  # fmt: skip
    add_line(log, name, row)
    of_which = f"the list for {listed([area_words(area) for area in terms])}" if terms else "one of its lists"
    where = f", number {place} on {of_which} that day" if place else ""
    say(f"{log}: {name} County, {organization}, {term_name('outcome', row.outcome).lower()} on {day}{where}.")
    if not is_known:
        warn("No store was there to look the name up in: write it as the maps do. `assetgraph build` makes one.")
    say(f"For the next list to know: assetgraph build {log}")
    return 0


def _looked_up(store: str | None, county: str, organization: str, areas: Sequence[str],
               on: date) -> tuple[int | None, bool, str]:  # fmt: skip
    """Where the organization stands on the first of the lists, whether there was a store to ask, and its name there."""
    try:
        opened = open_store(store)
    except StoreError:
        if store is not None:
            raise
        return None, False, organization
    from assetgraph.analysis.reach_out import Suggester
    from assetgraph.store import read_network
    from assetgraph.store.lookups import OrganizationNames

    with opened as found:
        one = organization_id(found, organization)
        suggester = Suggester(read_network(found), on)
        lists = (suggester.in_order(county, area) for area in areas or GRANT_AREAS if county in suggester.network.offices)
        places = [place for ranked in lists for place, each in enumerate(ranked, start=1) if each.one.body.id == one]
        name = suggester.network.name(one)
        is_the_only = OrganizationNames(found).bearers(name) == (one,)
        return min(places, default=None), True, name if is_the_only else one


@outreach_group.command(name="list")
@LOG_FILE
@click.option("--county", metavar="COUNTY", help="Only the lines of one county.")
@format_option
@edition_option
def list_command(log: Path, county: str | None, form: str, edition: str) -> int:
    """How often the list was right, and in the staff edition each line of the log.

    \b
    Examples:
      assetgraph outreach list
      assetgraph outreach list --county Lake --edition staff --format csv
    """
    from assetgraph.analysis.outreach import FIRST, hit_rate
    from assetgraph.model.partner_network import Contact

    reading = read_log(log)
    if reading.records and not any(isinstance(record.values, OutreachRow) for record in reading.records):
        raise InputError(f"{log} holds no line of an outreach log", "name the log with --log")
    name = read_county(county) if county else None
    lines = sorted(
        (Contact(record.county or "", row.organization, row.content_areas, row.outcome, row.on, row.reason, row.place)
         for record in reading.records
         if isinstance(row := record.values, OutreachRow) and name in (None, record.county) and row.on <= date.today()),
        key=lambda line: (line.on, line.county, line.body))  # fmt: skip
    first, others = hit_rate(lines)
    if form != "table" and edition != "staff":
        raise UsageError("the lines of an outreach log are private", "ask in the staff edition: --edition staff")
    if edition == "staff":
        rows = [{"county": line.county, "organization": line.body, "areas": list(line.areas), "outcome": line.outcome,
                 "on": line.on.isoformat(), "reason": line.reason, "place": line.place} for line in lines]  # fmt: skip
        columns = ["county", "organization", "areas", "outcome", "on", "reason", "place"]
        if form != "table":
            emit(rows, columns, form)
        else:
            write_table(rows, columns, every_column=True)
    tell = say if form == "table" else warn
    tell(f"Of the first {FIRST} of a list: {first}.")
    tell(f"Of all others: {others}.")
    if edition == "staff" and form == "table":
        say_problems(reading.problems)  # they show what stands in a cell
    elif reading.refused:
        warn(f"{plural(reading.refused, 'line')} of the log cannot be read: `assetgraph check {quoted(log)}` lists them.")
    return 1 if reading.refused else 0
