"""``build``: files into a store, with a look before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from assetgraph.build.plan import Plan
from assetgraph.build.run import plan_of, refuse_if_strict, refuse_if_unread, unread
from assetgraph.cli.given import STORE, county_of, read_given
from assetgraph.cli.output import say, warn
from assetgraph.cli.tell import say_plan
from assetgraph.cli.verdicts import say_files, say_refused
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import InputError
from assetgraph.model.records import Reading
from assetgraph.store import Store, open_store, store_address

__all__ = ["agreed", "build_command"]


@click.command(name="build")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@STORE
@click.option("--source", metavar="NAME", help="The name of tables that are no map.  [default: their file's name]")
@click.option("--county", callback=county_of, metavar="COUNTY", help="The county of rows that do not say theirs.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before rows that are gone from the files are taken away.")
@click.option("--strict", is_flag=True, help="Write nothing when any row is refused.")
@click.option("--no-reference", is_flag=True, help="Leave out the reference facts from public pages.")
def build_command(files: Sequence[Path], store: str | None, source: str | None, county: str | None, dry_run: bool,
                  yes: bool, strict: bool, no_reference: bool) -> int:  # fmt: skip
    """Build files, or folders of files, into a store. Building the same map again replaces all its facts.

    Kept rows are written though others are refused; then it leaves with 1.

    \b
    Examples:
      assetgraph build lake.xlsx
      assetgraph build lake.xlsx pubdistricts.txt --store north.kgl
      assetgraph build ties.csv --county Lake --source "Lake ties" --dry-run
    """
    with Waiting("reading your files") as waiting:
        reading = read_given(files, source=source, county=county, waiting=waiting)
    say_files(reading)
    say_refused(reading)
    if strict:
        refuse_if_strict([reading])
    say()
    with open_store(_where(store, dry_run), write=not dry_run) as target:
        with Waiting("comparing with what the store holds") as waiting:
            plan, held_back = _planned(target, reading, reference=not no_reference)
        for error in held_back:
            warn(f"{error.what}: these stay as they are. To mend it: {error.cure}.")
        say_plan(plan)
        is_older = _say_older(target, plan)
        if dry_run:
            say("Dry run: nothing was written.")
        elif plan.is_empty:
            say("Nothing needed writing.")
        elif (plan.gone or is_older) and not agreed(yes, "Take these rows away and write the rest?"):
            say("Nothing was written.")
            return 1
        else:
            with Waiting("writing") as waiting:
                target.apply(plan.change, waiting.written)
            say(f"Written to {target.address}.")
    return 1 if reading.refused or held_back else 0


def _planned(target: Store, reading: Reading, *, reference: bool) -> tuple[Plan, list[InputError]]:
    """The plan, and why some sources stay as the store holds them. Raises InputError when nothing else is left to build."""
    plan = plan_of(target, reading, reference=reference)
    held_back = unread(plan, [reading])
    if not held_back:
        return plan, []
    rest = tuple(source for source in reading.sources if source.id not in held_back)
    if not rest:
        refuse_if_unread(plan, [reading])
    records = tuple(record for record in reading.records if record.source not in held_back)
    less = reading.model_copy(update={"sources": rest, "records": records})
    return plan_of(target, less, reference=reference), list(held_back.values())


def _say_older(target: Store, plan: Plan) -> bool:
    """Say which maps would take the place of a newer one that the store holds; whether there are any."""
    held = {source.id: source.as_of for source in target.sources()}
    older = [one.source for one in plan.sources if one.source.as_of and one.source.as_of < (held.get(one.source.id) or date.min)]
    for source in older:
        say(f"{source.id}: {' and '.join(source.files)} is as of {source.as_of}, older than what the store holds "
            f"(as of {held[source.id]}), and takes its place.")  # fmt: skip
    return bool(older)


def agreed(yes: bool, text: str) -> bool:
    """Whether to go on: asked of a person at a terminal only."""
    return yes or not sys.stdin.isatty() or click.confirm(text)


def _where(store: str | None, dry_run: bool) -> str:
    """The store; a dry run on a graph file that is not there yet is made in memory, so that nothing appears."""
    address = store_address(store)
    is_missing = "://" not in address and not Path(address).expanduser().exists()
    return ":memory:" if dry_run and is_missing else address
