"""``sources``: the maps, tables and directories a store was built from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assetgraph.build.plan import plan_retire
from assetgraph.build.run import source_named
from assetgraph.cli.build import write
from assetgraph.cli.given import ROWS_OF, STORE, edition_option, format_option, opened, reading_options
from assetgraph.cli.output import emit, say, warn, write_table
from assetgraph.cli.tell import say_plan
from assetgraph.model.names import fold
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import OWN_BASES, Basis, Record, SourceInfo
from assetgraph.model.sheets import AskedRow, QuickstormRow
from assetgraph.model.vocabulary import term_name
from assetgraph.store import Store, open_store

__all__ = ["sources_group"]

_SHOWN = ["id", "as_of", "counties", "areas_asked", "contributors", "rows_kept", "rows_refused"]
_COLUMNS = ["id", "name", "basis", "as_of", "counties", "areas_asked", "contributors", "rows_in", "rows_kept", "rows_refused"]
_STAFF = ["contributor_names", "filled_in_by", "contact"]


class _ListedOrNamed(click.Group):
    """``sources`` alone lists; ``sources retire NAME`` takes one away; anything else is a file to list."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word ``list`` before what is no command's name."""
        if not any(arg in self.commands or arg in ctx.help_option_names for arg in args[:1]):
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group(name="sources", cls=_ListedOrNamed)
def sources_group() -> None:
    """List the sources of a store, or of files; or retire one.

    \b
    Examples:
      assetgraph sources
      assetgraph sources lake.xlsx mendocino.xlsx
      assetgraph sources --store assetgraph.kgl --format json
      assetgraph sources retire "Lake County Office of Education"
    """


@sources_group.command(name="list")
@reading_options
@ROWS_OF
@format_option
@edition_option
def list_command(files: Sequence[Path], store: str | None, no_reference: bool, rows_of: str | None, form: str,
                 edition: str) -> int:  # fmt: skip
    """List each map with its date, areas asked, contributors, rows kept and refused, and the counties not yet in."""
    with opened(files, store, no_reference=no_reference, county=rows_of) as given:
        rows = _rows(given.store, with_logs=edition == "staff")
    columns = [*_COLUMNS, *(_STAFF if edition == "staff" else [])]
    tell = say if form == "table" else warn
    if form != "table":
        emit(rows, columns, form)
    else:
        write_table(rows, [*_SHOWN, *columns[len(_COLUMNS) :]], every_column=True)
        say(f"{len(rows)} source{'s' * (len(rows) != 1)}." if rows else "0 rows: nothing was built in this store yet.")
    tell(_not_in(rows))
    return given.code


@sources_group.command()
@click.argument("name")
@STORE
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and take nothing away.")
def retire(name: str, store: str | None, yes: bool, dry_run: bool) -> int:
    """Take one source away, by its id or its name. Facts that other sources also hold stay.

    \b
    Examples:
      assetgraph sources retire "Lake ties"
      assetgraph sources retire map/lake-county-office-of-education --yes
    """
    with open_store(store) as target:  # a store that is not there yet must not be made by this
        found = source_named(target, name)
    with open_store(store, write=not dry_run) as target:
        if dry_run:
            say_plan(plan_retire(target, [found.id]))
            say("Dry run: nothing was taken away.")
            return 0
        written = write(target, lambda: plan_retire(target, [found.id]), say_plan, asks=lambda _: not yes,
                        question=f"Take away {found.id}?")  # fmt: skip
    if written is None:
        say("Nothing was taken away.")
        return 1
    say(f"{found.id} is retired.")
    return 0


def _rows(store: Store, *, with_logs: bool) -> list[dict[str, Any]]:
    """A row for each source; logs of outreach, which are private as a whole, only when asked for."""
    records: dict[str, list[Record]] = defaultdict(list)
    for record in store.records():
        records[record.source].append(record)
    return [_row(source, records[source.id]) for source in store.sources() if with_logs or not _is_log(records[source.id])]


def _is_log(records: Sequence[Record]) -> bool:
    return bool(records) and all(record.is_outreach for record in records)


def _row(source: SourceInfo, records: Sequence[Record]) -> dict[str, Any]:
    named = {record.county for record in records
             if record.county and source.basis is Basis.TABLE and not record.is_outreach}  # fmt: skip
    values = [record.values for record in records]
    asked = {area for row in values if isinstance(row, AskedRow) and row.asked == "yes" for area in row.content_areas}
    people = {fold(row.contributor): row.contributor for row in values if isinstance(row, QuickstormRow) and row.contributor}
    return {
        "id": source.id, "name": source.name, "basis": source.basis.value, "as_of": source.as_of,
        "counties": list(source.counties) or sorted(named),
        "areas_asked": [term_name("content_area", area) for area in sorted(asked)],
        "contributors": len(people), "rows_in": source.rows_in, "rows_kept": source.rows_kept,
        "rows_refused": source.rows_refused, "contributor_names": sorted(people.values()),
        "filled_in_by": source.filled_in_by, "contact": source.contact,
    }  # fmt: skip


def _not_in(rows: Sequence[dict[str, Any]]) -> str:
    filled = [row for row in rows if row["basis"] in OWN_BASES and row["rows_kept"]]
    mapped = {county for row in filled for county in row["counties"]}
    left = [name for name in COUNTIES if name not in mapped]
    if not left:
        return "Every county has a map."
    return f"Counties not yet in ({len(left)} of {len(COUNTIES)}): {', '.join(left)}."
