"""``build``: files into a store, with a look before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
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
from assetgraph.model.records import Reading, Record, SourceInfo
from assetgraph.model.sheets import OutreachRow
from assetgraph.store import Store, open_store, store_address
from assetgraph.store.lookups import OrganizationNames

__all__ = ["build_command", "write"]


@click.command(name="build")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@STORE
@click.option("--source", metavar="NAME", help="The name of tables that are no map.  [default: their file's name]")
@click.option("--county", callback=county_of, metavar="COUNTY", help="The county of rows that do not say theirs.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before rows that are gone from the files are taken away. "
              "Only a terminal is asked; in a script, --dry-run shows what would go.")
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
        coming = _Coming(target, reading, reference=not no_reference)
        if dry_run:
            with Waiting("comparing with what the store holds"):
                plan = coming.plan()
            coming.show(plan)
            say("Dry run: nothing was written.")
            return coming.code
        written = write(target, coming.plan, coming.show, asks=lambda plan: not yes and (plan.gone > 0 or bool(coming.older)),
                        question="Take these rows away and write the rest?", let_go=coming.let_go)  # fmt: skip
        unknown = coming.unknown_in_log() if written is not None else []
    if written is None:
        say("Nothing was written.")
        return 1
    say("Nothing needed writing." if written.is_empty else f"Written to {target.address}.")
    for line in unknown:
        warn(line)
    return coming.code


@dataclass(slots=True)
class _Coming:
    """What files hold, on its way into a store."""

    target: Store
    reading: Reading
    reference: bool
    held_back: list[InputError] = field(default_factory=list)
    """Why some sources stay as the store holds them."""
    older: list[tuple[SourceInfo, date]] = field(default_factory=list)
    """Maps that would take the place of a newer one, and the day of that."""
    asked: list[Record] = field(init=False)
    """Lines of an outreach log."""

    def __post_init__(self) -> None:
        self.asked = [record for record in self.reading.records if record.is_outreach]

    @property
    def code(self) -> int:
        """The exit code when all else was done."""
        return 1 if self.reading.refused or self.held_back else 0

    def plan(self) -> Plan:
        """What would be written. Raises InputError when all that is left stays as the store holds it."""
        plan = plan_of(self.target, self.reading, reference=self.reference)
        unread_now = unread(plan, [self.reading])
        self.held_back = list(unread_now.values())
        if unread_now:
            rest = tuple(source for source in self.reading.sources if source.id not in unread_now)
            if not rest:
                refuse_if_unread(plan, [self.reading])
            records = tuple(record for record in self.reading.records if record.source not in unread_now)
            less = self.reading.model_copy(update={"sources": rest, "records": records})
            plan = plan_of(self.target, less, reference=self.reference)
        held = {source.id: source.as_of for source in self.target.sources()}
        self.older = [(one.source, there) for one in plan.sources
                      if one.source.as_of and (there := held.get(one.source.id)) and one.source.as_of < there]  # fmt: skip
        return plan

    def let_go(self) -> None:
        """Nothing; the rows, which stand on the plan's pages, are no longer held."""
        self.reading = self.reading.model_copy(update={"records": ()})

    def unknown_in_log(self) -> list[str]:
        """A line for each row of an outreach log whose organization the store does not hold, or whose name several bear."""
        names = OrganizationNames(self.target) if self.asked else None
        lines = []
        for record in self.asked:
            bearers = names.bearers(record.values.organization) if names and isinstance(record.values, OutreachRow) else ("",)
            if len(bearers) != 1:
                whom = "several organizations bear" if bearers else "no organization of the store bears"
                lines.append(f"{record.file}, row {record.row}: {whom} the name that is written there, so the line changes no "
                             "list. To mend it: write the name as the maps do, or the id")  # fmt: skip
        return lines

    def show(self, plan: Plan) -> None:
        """Say what would be written, what stays, and what is older than what it takes the place of."""
        for error in self.held_back:
            warn(f"{error.what}: these stay as they are. To mend it: {error.cure}.")
        say_plan(plan)
        of_whole_rows = (one for one in self.reading.problems if one.level == "note" and one.row and one.column is None)
        say_some([*of_whole_rows, *told_together(plan.projection, self.reading)])
        for source, there in self.older:
            say(f"{source.id}: {' and '.join(source.files)} is as of {source.as_of}, older than what the store holds "
                f"(as of {there}), and takes its place.")  # fmt: skip


def write(target: Store, planned: Callable[[], Plan], show: Callable[[Plan], None], *, asks: Callable[[Plan], bool],
          question: str, let_go: Callable[[], None] = lambda: None) -> Plan | None:  # fmt: skip
    """The plan that was shown and written; None when the person at the terminal said no.

    ``let_go`` is called when nothing will be planned any more.

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
            is_watched = sys.stdin is not None and sys.stdin.isatty()
            if not (is_new and asks(plan) and is_watched):
                if not plan.is_empty:
                    let_go()
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
