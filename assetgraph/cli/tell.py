"""What reading and building say: rows in, kept and refused; what to mend; what a build would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assetgraph.build.plan import Plan, SourcePlan
from assetgraph.build.project import Projection
from assetgraph.cli.output import say
from assetgraph.model.records import Problem, Reading, SheetCount

__all__ = [
    "changed_rows", "counted_rows", "say_counts", "say_plan", "say_problem", "say_problems", "say_some", "sentence",
    "told_together",
]  # fmt: skip

_LEVELS = {"refused": "Refused", "changed": "Read differently than written", "note": "Worth knowing"}
MOST_GONE = 10
MOST_SOURCES = 12
"""With more sources than this, only those in which rows changed or are gone have a line of their own."""


def say_counts(counts: Sequence[SheetCount]) -> None:
    """Rows in = rows kept + rows refused, for each sheet."""
    for count in counts:
        place = count.file if count.sheet in ("", count.file.rpartition(".")[0]) else f"{count.file}, {count.sheet}"
        say(f"{place}: {counted_rows(count.rows_in, count.kept, count.refused)}{changed_rows(count.changed)}")
    if len(counts) > 1:
        say(f"In all: {counted_rows(*(sum(getattr(one, name) for one in counts) for name in ('rows_in', 'kept', 'refused')))}")


def counted_rows(rows_in: int, kept: int, refused: int) -> str:
    """Rows in = rows kept + rows refused.

    >>> counted_rows(1, 1, 0)
    '1 row in = 1 kept + 0 refused'
    """
    return f"{_rows(rows_in)} in = {kept:,} kept + {refused:,} refused"


def changed_rows(number: int) -> str:
    """How many rows were read differently; empty for none."""
    return f", {number:,} read differently than written" if number else ""


def say_problems(problems: Iterable[Problem], levels: Sequence[str] = ("refused", "changed", "note")) -> None:
    """Each problem with its place and its cure, what was refused first."""
    listed = list(problems)
    for level in levels:
        mine = [problem for problem in listed if problem.level == level]
        if mine:
            say()
            say(f"{_LEVELS[level]}: {len(mine)}", strong=True)
        for problem in mine:
            say_problem(problem)


def say_problem(problem: Problem) -> None:
    """One problem with its place, and its cure below it."""
    where = ", ".join(part for part in (
        problem.file, problem.sheet if problem.sheet != problem.file.rpartition(".")[0] else "",
        f"row {problem.row}" if problem.row is not None else "", problem.column or "",
    ) if part)  # fmt: skip
    says_where = problem.row is None and problem.file in problem.what
    say(f"  {'' if says_where else f'{where}: '}{problem.what.rstrip('.')}.")
    if problem.cure:
        say(f"      {sentence(problem.cure)}")


def sentence(text: str) -> str:
    """The text with a capital letter and a full stop.

    >>> sentence("save it again")
    'Save it again.'
    """
    return f"{text[0].upper()}{text[1:].rstrip('.')}."


def told_together(found: Projection, reading: Reading) -> list[Problem]:
    """What only shows when all rows are seen at once: names that fit several, dates against words, namesakes.

    Of the rows of this reading alone; what the store holds beside them is not asked about again.
    """
    sources = {source.id: source for source in reading.sources}
    files = {file for source in sources.values() for file in source.files}
    problems = [problem for problem in found.problems if problem.file in files]
    for cluster in found.namesakes:
        mine = [one for one in cluster.mentions if one.source in sources]
        if mine:
            mention = min(mine, key=lambda one: (one.source, one.name))
            source = sources[mention.source]
            what = f"'{mention.name}' could be the same as {len(cluster.could_be)} other of that name; they stay apart"
            problems.append(Problem(file=source.files[0] if source.files else source.name, sheet="", row=None, column=None,
                                    level="note", what=what,
                                    cure="give each its home county or web address, and the same ones are joined"))  # fmt: skip
    return problems


def say_some(problems: Sequence[Problem]) -> None:
    """Up to ten notes, and how to see the others."""
    say_problems(problems[:MOST_GONE])
    if len(problems) > MOST_GONE:
        say(f"  … and {len(problems) - MOST_GONE:,} more: `assetgraph check` lists all of them.")


def say_plan(plan: Plan) -> None:
    """One line for each source (of many, for those that changed), and up to ten of the rows that are gone."""
    is_long = len(plan.sources) > MOST_SOURCES
    for source in plan.sources:
        if not is_long or source.changed or source.gone:
            say(f"{source.source.id}: {_numbers(source)}")
    if is_long:
        say(f"In all, {len(plan.sources):,} sources: {_numbers(*plan.sources)}")
    gone = [row for source in plan.sources if source.gone for row in source.rows if row.kind == "gone"]
    if gone:
        say(f"{_rows(len(gone))} that the store holds {'are' if len(gone) > 1 else 'is'} no longer in the files:")
    for row in gone[:MOST_GONE]:
        say(f"  gone: {row.file}, {row.sheet}, row {row.row}: {row.text}")
    if len(gone) > MOST_GONE:
        say(f"  … and {len(gone) - MOST_GONE:,} more")
    if plan.is_empty:
        say("The store already holds exactly this.")


def _numbers(*plans: SourcePlan) -> str:
    counted = {name: sum(getattr(plan, name) for plan in plans) for name in ("new", "changed", "same", "gone")}
    counted["refused"] = sum(plan.source.rows_refused for plan in plans)
    return ", ".join(f"{number:,} {name}" for name, number in counted.items())


def _rows(number: int) -> str:
    return f"{number:,} row{'s' * (number != 1)}"
