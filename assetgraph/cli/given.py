"""What reading commands are given: files in place of a store, or a store; opened and ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from assetgraph.cli.output import FORMATS, quoted, warn
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import InputError, UsageError
from assetgraph.model.records import OWN_BASES, Reading
from assetgraph.queries.ask import read_county, read_date
from assetgraph.store import Store, open_store

__all__ = [
    "AS_OF", "FILES", "LICENCE", "ROWS_OF", "STORE", "Opened", "county_of", "day_of", "edition_option", "format_option", "opened",
    "read_given", "reading_options",
]  # fmt: skip

Command = TypeVar("Command", bound=Callable[..., Any])

STORE_HELP = "A graph file, or a Neo4j address.  [default: $ASSETGRAPH_STORE, else $NEO4J_URI, else ./assetgraph.kgl]"

FILES = click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
STORE = click.option("--store", metavar="STORE", help=STORE_HELP)
OF_FILES = (
    FILES,
    STORE,
    click.option("--no-reference", is_flag=True, help="With files: leave out the reference facts from public pages."),
)


def county_of(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    """The county that an option gives; None when it is left out."""
    return read_county(text) if text else None


def day_of(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    """The day that an option gives; None when it is left out."""
    return None if text is None else read_date(text)


AS_OF = click.option("--as-of", callback=day_of, metavar="DAY", help="The day asked about, e.g. 2026-11-22.  [default: today]")
LICENCE = click.option("--licence", metavar="TEXT", help="Under which licence the data may be used, told on every page.")
ROWS_OF = click.option("--county", "rows_of", callback=county_of, metavar="COUNTY",
                       help="With files: the county of rows that do not say theirs.")  # fmt: skip
format_option = click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
                             help="A table for people, CSV for spreadsheets, JSON for programs.")  # fmt: skip
edition_option = click.option("--edition", type=click.Choice(("public", "staff")), default="public", show_default=True,
                              help="Private fields are in the staff edition only.")  # fmt: skip


def reading_options(command: Command) -> Command:
    """FILE…, --store and --no-reference, on a command that reads."""
    for option in reversed(OF_FILES):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Opened:
    """A store to ask, how many rows and files were refused on the way, and the counties that the files are of."""

    store: Store
    refused: int = 0
    counties: tuple[str, ...] = ()

    @property
    def code(self) -> int:
        """The exit code of a command that did all else."""
        return 1 if self.refused else 0

    def county_for(self, command: str, named: str | None) -> str:
        """The county that was named, else the one that the files are of. Raises UsageError where that is none or several."""
        if named is None and len(self.counties) != 1:
            raise UsageError(f"{command} needs to know the county", "name it, for example --county Lake")
        return self.counties[0] if named is None else named


@contextmanager
def opened(files: Sequence[Path], store: str | None, *, no_reference: bool = False,
           county: str | None = None) -> Iterator[Opened]:  # fmt: skip
    """A store made in memory from the files, with the reference beside them; without files, the store that is meant.

    ``county`` is the county of rows that do not say theirs. Raises UsageError for files together with a store,
    InputError when no file could be read.
    """
    from assetgraph.build.run import build

    if files and store:
        raise UsageError("files and --store were both given", "give one of them")
    if not files:
        with open_store(store) as found:
            yield Opened(found)
            caution = found.caution()
        if caution:
            warn(caution)
        return
    with open_store(":memory:") as made:
        with Waiting("reading your files") as waiting:
            readings = [read_given(files, county=county, waiting=waiting)]
            reading, counties = readings[0].model_copy(update={"records": ()}), _counties(readings[0])
            waiting.say("making the graph")
            build(made, readings.pop(), reference=not no_reference, progress=waiting.written)
        yield Opened(made, reading.refused, counties)
    _say_what_was_read(reading, files)  # after the answer, so that a command that fails says one line only


def read_given(files: Sequence[Path], *, source: str | None = None, county: str | None = None,
               waiting: Waiting | None = None) -> Reading:  # fmt: skip
    """What the files hold. Raises InputError, with the first reason, when none of them could be read."""
    from assetgraph.intake import read_files

    reading = read_files(files, source=source, county=county, progress=waiting.say if waiting else None)
    whole = [problem for problem in reading.problems if problem.level == "refused" and problem.row is None]
    if whole and not reading.records and not any(count.rows_in for count in reading.counts):
        first = whole[0]
        what = first.what if len(whole) == 1 else f"none of {len(whole)} files can be read; the first: {first.what}"
        raise InputError(what, first.cure)
    return reading


def _counties(reading: Reading) -> tuple[str, ...]:
    own = {source.id for source in reading.sources if source.basis in OWN_BASES}
    named = {county for source in reading.sources if source.id in own for county in source.counties}
    named |= {record.county for record in reading.records
              if record.source in own and record.county and not record.is_outreach}  # fmt: skip
    return tuple(sorted(named))


def _say_what_was_read(reading: Reading, files: Sequence[Path]) -> None:
    rows, kept, refused = (sum(getattr(count, name) for count in reading.counts) for name in ("rows_in", "kept", "refused"))
    line = f"{rows:,} row{'s' * (rows != 1)} in = {kept:,} kept + {refused:,} refused"
    whole = reading.refused - refused
    if whole:
        line += f"; {whole} file{'s' * (whole > 1)} or sheet{'s' * (whole > 1)} could not be read"
    if reading.refused:
        names = " ".join(quoted(path) for path in files)
        line += f". The answer rests on what was kept; `assetgraph check {names}` says what to mend"
    warn(f"{line}.")

