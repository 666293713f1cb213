"""Building and retiring: the plan of a change, made and written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assetgraph.collecting import paused
from assetgraph.errors import InputError, UsageError

if TYPE_CHECKING:
    from assetgraph.build.plan import Plan, SourcePlan
    from assetgraph.model.records import Problem, Reading, SourceInfo
    from assetgraph.store import Progress, Store

__all__ = ["build", "plan_of", "refuse_if_strict", "refuse_if_unread", "retire", "source_named", "unread"]

# The package offers these at its top, so what is heavy is imported when something is built.


def build(store: Store, *readings: Reading, reference: bool = True, dry_run: bool = False, strict: bool = False,
          progress: Progress | None = None) -> Plan:  # fmt: skip
    """What the readings changed in the store, or with ``dry_run`` would change; each source replaces itself as a whole.

    Refused rows are left out and the others written. ``strict`` writes nothing when any row was refused and raises
    InputError with their number. ``reference`` loads the packaged reference facts beside them; when the store
    holds them already nothing is rewritten. Raises InputError when a file that the store holds rows of could not be
    read this time, StoreError when the store cannot be written; then nothing is written.

    >>> from assetgraph.store import open_store
    >>> with open_store(":memory:") as store:
    ...     first = build(store, reference=False)
    ...     build(store, reference=False).is_empty
    True
    """
    if strict:
        refuse_if_strict(readings)
    if dry_run:
        return plan_of(store, *readings, reference=reference)
    with store.writing():
        plan = plan_of(store, *readings, reference=reference)
        # The rows stand on pages now: where nobody else holds them, they make room for what is written.
        readings = tuple(reading.model_copy(update={"records": ()}) for reading in readings)
        if not plan.is_empty:
            refuse_if_unread(plan, readings)
            store.apply(plan.change, progress)
    return plan


def plan_of(store: Store, *readings: Reading, reference: bool = True) -> Plan:
    """What ``build`` would change, for a look before it is written with ``store.apply(plan.change)``.

    To be written it is made within ``store.writing()``, so that it still holds when it is written.
    """
    from assetgraph.build.plan import plan_build
    from assetgraph.build.reference import read_reference

    with paused():
        return plan_build(store, [*readings, read_reference()] if reference else readings)


def refuse_if_strict(readings: Iterable[Reading]) -> None:
    """None when every row was kept. Raises InputError when any row or file was refused."""
    refused = sum(reading.refused for reading in readings)
    if refused:
        some = f"{refused} rows or files were" if refused > 1 else "1 row or file was"
        raise InputError(f"{some} refused, and strict was asked for: nothing is written",
                         "mend what `assetgraph check` lists, or build without strict")  # fmt: skip


def refuse_if_unread(plan: Plan, readings: Iterable[Reading]) -> None:
    """None, unless rows would go only because their file or sheet could not be read this time: raises InputError.

    A bad file leaves the store as it was.
    """
    for error in unread(plan, readings).values():
        raise InputError(f"{error.what}: nothing is written", error.cure)


def unread(plan: Plan, readings: Iterable[Reading]) -> dict[str, InputError]:
    """The sources of which rows would go only because a file, a sheet or all their rows could not be read; and why."""
    refused = [one for reading in readings for one in reading.problems if one.level == "refused" and one.row is None]
    return {source.source.id: error for source in plan.sources if source.gone and (error := _why_unread(source, refused))}


def _why_unread(plan: SourcePlan, refused: Iterable[Problem]) -> InputError | None:
    lost = {(row.file, sheet) for row in plan.rows if row.kind == "gone" for sheet in ("", row.sheet)}
    for problem in refused:
        if (problem.file, problem.sheet) in lost:
            place = f"{problem.file}, {problem.sheet}" if problem.sheet else problem.file
            return InputError(f"{place} could not be read ({problem.what}), and the store holds rows of it",
                              problem.cure or "mend the file")  # fmt: skip
    source = plan.source
    if source.files and not source.rows_kept:
        files = " and ".join(source.files)
        why = f"all rows of {files} were refused" if source.rows_refused else f"no row of {files} is filled in"
        return InputError(f"{why}, and the store holds rows of {source.id}",
                          f"mend the file, or take the rows away: assetgraph sources retire {source.id}")  # fmt: skip
    return None


def retire(store: Store, name: str, *, dry_run: bool = False, progress: Progress | None = None) -> Plan:
    """What taking one source away changed; facts that other sources also hold stay.

    ``name`` is a source's id or its name. Raises UsageError when no source, or more than one, is called so.
    """
    from assetgraph.build.plan import plan_retire

    if dry_run:
        return plan_retire(store, [source_named(store, name).id])
    with store.writing():
        plan = plan_retire(store, [source_named(store, name).id])
        store.apply(plan.change, progress)
    return plan


def source_named(store: Store, name: str) -> SourceInfo:
    """The source that an id or a name means; case and punctuation of a name do not matter. Raises UsageError."""
    from assetgraph.model.names import fold

    held = store.sources()
    found = [source for source in held if source.id == name]
    found = found or [source for source in held if fold(source.name) == fold(name)]
    if len(found) == 1:
        return found[0]
    ids = ", ".join(source.id for source in found or held)
    if found:
        raise UsageError(f"{len(found)} sources are called '{name}'", f"write the id of one: {ids}")
    raise UsageError(f"no source is called '{name}'", f"write one of: {ids}" if ids else "the store holds none yet")
