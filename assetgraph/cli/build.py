"""``build``: files into a store, with a look before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetgraph.build.run import plan_of, refuse_if_strict, refuse_if_unread
from assetgraph.cli.given import STORE, county_of, read_given
from assetgraph.cli.output import say
from assetgraph.cli.tell import say_counts, say_plan, say_problems
from assetgraph.cli.waiting import Waiting
from assetgraph.store import Store, open_store, store_address

if TYPE_CHECKING:
    from assetgraph.build.plan import Plan

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
    say_counts(reading.counts)
    say_problems(reading.problems, levels=("refused",))
    if strict:
        refuse_if_strict([reading])
    say()
    with open_store(_where(store, dry_run), write=not dry_run) as target:
        if dry_run:
            with Waiting("comparing with what the store holds"):
                plan = plan_of(target, reading, reference=not no_reference)
            say_plan(plan)
            say("Dry run: nothing was written.")
            return 1 if reading.refused else 0

        def show(plan: Plan) -> None:
            say_plan(plan)
            refuse_if_unread(plan, [reading])

        written = write(target, lambda: plan_of(target, reading, reference=not no_reference), show,
                        asks=lambda plan: plan.gone > 0 and not yes,
                        question="Take these rows away and write the rest?")  # fmt: skip
    if written is None:
        say("Nothing was written.")
        return 1
    say("Nothing needed writing." if written.is_empty else f"Written to {target.address}.")
    return 1 if reading.refused else 0


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
