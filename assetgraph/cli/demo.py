"""``demo``: the sample, built, drawn and ready to look at."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from assetgraph.cli.output import quoted, say
from assetgraph.cli.waiting import Waiting
from assetgraph.demo import SAMPLE_DAY, make_demo

__all__ = ["demo"]


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("assetgraph-demo"), show_default=True, metavar="DIR",
              help="The folder to write into.")  # fmt: skip
def demo(out: Path) -> None:
    """Build the sample of eight counties: a graph, a map of each, and their workbooks as examples to copy.

    \b
    Example:
      assetgraph demo
    """
    with Waiting("building the sample") as waiting:
        made = make_demo(out, waiting.say)
    held = made.info
    say('A sample of eight north-state counties, from public pages. A blank means "not found".', strong=True)
    say(f"As of {SAMPLE_DAY}: {held.nodes['Partner']} partners, {held.nodes['Asset']} assets, {held.nodes['LEA']} LEAs, "
        f"{held.nodes['Need']} needs and {sum(held.facts.values()):,} facts, from {held.records:,} rows.")  # fmt: skip
    say()
    say(f"The graph:    {made.store}")
    say(f"The maps:     {made.index.resolve().as_uri()}")
    kept = f" ({made.kept} were there already and are kept as they are)" if made.kept else ""
    say(f"The sheets:   {made.workbooks[0].parent}{kept}")
    say()
    say("Three things to try next:", strong=True)
    for command in made.next_commands(_program()):
        say(f"  {command}")


def _program() -> str:
    """How to start assetgraph from here: by its name, else by the path it was started with, else through Python."""
    if shutil.which("assetgraph"):
        return "assetgraph"
    started = Path(sys.argv[0])
    if started.stem == "assetgraph" and shutil.which(started):
        return quoted(str(started))
    python = shutil.which("python")
    is_this_one = python is not None and Path(python) == Path(sys.executable)
    return f"{'python' if is_this_one else quoted(sys.executable)} -m assetgraph"

