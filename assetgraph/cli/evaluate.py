"""``evaluate``: how well a missing member is found, on two files or on one's own graph."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assetgraph.cli.given import day_of, format_option, opened, reading_options
from assetgraph.cli.output import emit, say, warn, write_table
from assetgraph.cli.tell import counted_rows
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import UsageError
from assetgraph.queries.words import capital

if TYPE_CHECKING:
    from assetgraph.analysis.evaluation import Evaluation
    from assetgraph.intake.two_mode import ReadNetwork

__all__ = ["evaluate"]

_BESIDE = {"method": "method", "recall_small": "small ones", "recall_rural": "rural ones", "exposure_gini": "uneven",
           "popularity_lift": "popular", "seconds": "seconds"}  # fmt: skip
"""Fields that a second table shows, under words that fit."""


@click.command()
@reading_options
@click.option("--organizations", type=click.Path(path_type=Path), metavar="ORGS.csv",
              help="Any two-mode network, with --memberships: id, name, type, place, size; all but id may be blank.")  # fmt: skip
@click.option("--memberships", type=click.Path(path_type=Path), metavar="TIES.csv",
              help="Columns organization, project, starts_on, theme (several parted by |); two may be blank.")  # fmt: skip
@click.option("--split", callback=day_of, metavar="DAY",
              help="Know only what was before this day, and ask about what came later.  [default: leave one out]")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="For the bootstrap, and for what is hidden to learn from.")
@format_option
def evaluate(files: Sequence[Path], store: str | None, no_reference: bool, organizations: Path | None,
             memberships: Path | None, split: date | None, seed: int, form: str) -> int:  # fmt: skip
    """Measure how well whom to reach out to is found: hide each member in turn, and ask who is missing.

    Reads your files or a store (who is tied to each county), or any two-mode network from two files. Each method is
    measured beside the one that ships, with intervals of 95 % over organizations. docs/evaluation.md says what each figure is.

    \b
    Examples:
      assetgraph evaluate --organizations orgs.csv --memberships ties.csv --split 2016-01-01
      assetgraph evaluate --store assetgraph.kgl --format json
    """
    # Before numpy is loaded: on a busy machine the threads of its products wait for each other, many times over.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if (organizations is None) != (memberships is None):
        missing = "--memberships" if memberships is None else "--organizations"
        raise UsageError(f"{missing} is missing", "give --organizations and --memberships together")
    if seed < 0:
        raise UsageError(f"--seed {seed} is below 0", "give a whole number from 0")
    if organizations is None or memberships is None:
        with opened(files, store, no_reference=no_reference) as given, Waiting("hiding ties, and asking who is missing"):
            from assetgraph.analysis.own_graph import evaluate_own

            found = evaluate_own(given.store, split=split, seed=seed)
        _show(found, form, split)
        return given.code
    if files or store:
        raise UsageError("a network of two files and a graph were both given", "give one of them")
    from assetgraph.intake.two_mode import read_two_mode

    with Waiting("reading the two files") as waiting:
        read = read_two_mode(organizations, memberships)
        waiting.say("hiding members, and asking who is missing")
        from assetgraph.analysis.evaluation import evaluate_network

        found = evaluate_network(read.network, split=split, seed=seed)
    _show(found, form, split)
    _say_read(read)
    return 1 if read.refused else 0


def _show(found: Evaluation, form: str, split: date | None) -> None:
    rows = found.shown()
    if form != "table":
        emit(rows, list(rows[0]), form)
    else:
        how = f"Who joins from {split} on, with what was there before" if split else "Each left out in turn, with all others"
        say(how, strong=True)
        write_table([_how_well(row) for row in rows], list(_how_well(rows[0])), every_column=True)
        say()
        beside = {name: title for name, title in _BESIDE.items() if any(row[name] is not None for row in rows)}
        write_table([{title: _short(row[name]) for name, title in beside.items()} for row in rows], list(beside.values()),
                    every_column=True)  # fmt: skip
        first = found.rows[0]
        say(f"{first.n:,} hidden member{'s' * (first.n != 1)} ranked; {first.n_unseen:,} never seen before, and in no figure.")
        said = ", ".join(f"{part} {weight:.0%}" for part, weight in found.parts().items() if weight >= 0.005)
        say(f"What the blend makes of who joins: {said}.")
    for note in found.notes:
        warn(f"{capital(note)}.")


def _how_well(row: Mapping[str, Any]) -> dict[str, Any]:
    between = f"{row['mrr_low']:.3f} to {row['mrr_high']:.3f}"
    return {"method": row["method"], "MRR": f"{row['mrr']:.3f}", "95 % between": between,
            **{f"hits@{at}": f"{row[f'hits_at_{at}']:.3f}" for at in (1, 3, 5, 10)}}  # fmt: skip


def _short(value: Any) -> Any:
    return f"{value:.3f}" if isinstance(value, float) else value


def _say_read(read: ReadNetwork) -> None:
    for count in read.counts:
        warn(f"{count.file}: {counted_rows(count.rows_in, count.kept, count.refused)}.")
    for problem in read.problems:
        place = "" if problem.row is None else f"{problem.file}, row {problem.row}: "
        level = "refused, " if problem.level == "refused" else ""
        cure = f". To mend it: {problem.cure}" if problem.cure else ""
        warn(f"  {level}{place}{problem.what}{cure}.")
