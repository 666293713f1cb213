"""``build``: files into a store, with a look before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import click

from assetgraph.build.plan import Plan
from assetgraph.build.run import plan_of, refuse_if_strict, refuse_if_unread, unread
from assetgraph.cli.given import STORE, county_of, read_given
from assetgraph.cli.output import say, warn
from assetgraph.cli.tell import say_plan, say_some, told_together
from assetgraph.cli.verdicts import say_files, say_refused
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import InputError
from assetgraph.model.records import Reading
from assetgraph.store import Store, open_store, store_address

__all__ = ["build_command", "write"]


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
    held_back: list[InputError] = []
    with open_store(_where(store, dry_run), write=not dry_run) as target:

        def planned() -> Plan:
            plan, held_back[:] = _planned(target, reading, reference=not no_reference)
            return plan

        def show(plan: Plan) -> None:
            for error in held_back:
                warn(f"{error.what}: these stay as they are. To mend it: {error.cure}.")
            say_plan(plan)
            of_whole_rows = (one for one in reading.problems if one.level == "note" and one.row and one.column is None)
            say_some([*of_whole_rows, *told_together(plan.projection, reading)])
            for older in _older(target, plan):
                say(older)

        if dry_run:
            with Waiting("comparing with what the store holds"):
                plan = planned()
            show(plan)
            say("Dry run: nothing was written.")
            return 1 if reading.refused or held_back else 0
        written = write(target, planned, show, question="Take these rows away and write the rest?",
                        asks=lambda plan: not yes and bool(plan.gone or _older(target, plan)))  # fmt: skip
    if written is None:
        say("Nothing was written.")
        return 1
    say("Nothing needed writing." if written.is_empty else f"Written to {target.address}.")
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


def _older(target: Store, plan: Plan) -> list[str]:
    """A line for each map that would take the place of a newer one which the store holds."""
    held = {source.id: source.as_of for source in target.sources()}
    older = [one.source for one in plan.sources if one.source.as_of and one.source.as_of < (held.get(one.source.id) or date.min)]
    return [
        f"{source.id}: {' and '.join(source.files)} is as of {source.as_of}, older than what the store holds "
        f"(as of {held[source.id]}), and takes its place."
        for source in older
    ]


def write(target: Store, planned: Callable[[], Plan], show: Callable[[Plan], None], *, asks: Callable[[Plan], bool],
          question: str) -> Plan | None:  # fmt: skip
    """The plan that was shown and written; None when the person at the terminal said no.

    A person is asked between two turns at writing, so that nobody waits for an answer. Whether somebody else wrote
    meanwhile is seen by the number of changes; then the plan is made, shown and asked about anew.
    """
    plan, planned_at = None, None
    while True:
        with ExitStack() as turn:
            with Waiting("comparing with what the store holds") as waiting:
                changes = turn.enter_context(target.writing(waiting.say))
                is_new = plan is None or changes != planned_at
                plan = planned() if is_new or plan is None else plan
            if is_new:
                show(plan)
            if not (is_new and asks(plan) and sys.stdin.isatty()):
                if not plan.is_empty:
                    with Waiting("writing") as waiting:
                        target.apply(plan.change, waiting.written)
                return plan
        if not click.confirm(question):
            return None
        planned_at = changes


def _where(store: str | None, dry_run: bool) -> str:
    """The store; a dry run on a graph file that is not there yet is made in memory, so that nothing appears."""
    address = store_address(store)
    is_missing = "://" not in address and not Path(address).expanduser().exists()
    return ":memory:" if dry_run and is_missing else address
