"""From grids to a Reading: which source each table belongs to, map by map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePath

from assetgraph.errors import InputError
from assetgraph.intake.kinds import is_log, recognize, unrecognized
from assetgraph.intake.settings import MapSettings, is_read_me, read_settings
from assetgraph.intake.submission import Submission
from assetgraph.intake.tables import Grid
from assetgraph.intake.versions import settle
from assetgraph.model.names import fold
from assetgraph.model.records import Basis, Reading, SourceInfo, Standing, source_id

__all__ = ["Collected"]


MOST_TYPED = 300_000
"""Rows from which on further ones are kept as text: a whole state's typed rows would take most of a machine's memory."""


@dataclass(slots=True)
class Collected:
    """What has been read so far, a submission for each workbook, text table or folder of tables, in order."""

    source: str | None = None
    """The name of tables that are no map; None names each after its file."""
    county: str | None = None
    """The county of rows that do not say theirs."""
    basis: Basis | None = None
    """What every source rests on, where it is not what its shape says."""
    submissions: list[Submission] = field(default_factory=list)
    _kept: int = 0

    def reading(self) -> Reading:
        """Everything collected, frozen; where several files are of one map, it is settled which of them hold."""
        settle(self.submissions)
        sources: dict[str, SourceInfo] = {}
        for one in self.submissions:
            for key, source in one.sources.items():
                sources[key] = _joined(sources[key], source) if key in sources else source
        chained = chain.from_iterable
        return Reading(
            sources=tuple(sources.values()), records=tuple(chained(one.records for one in self.submissions)),
            counts=tuple(chained(one.counts for one in self.submissions)),
            problems=tuple(chained(one.problems for one in self.submissions)),
            files=tuple(chained(one.verdicts() for one in self.submissions)),
        )  # fmt: skip

    def left_out(self, path: str, name: str, what: str, cure: str) -> None:
        """Say of a file that it holds no table and was not meant to."""
        one = Submission(files=((path, name),))
        one.set_aside(Standing.LEFT_OUT, what, cure)
        self.submissions.append(one)

    def add(self, grids: Sequence[Grid], *, is_workbook: bool = False, settings: MapSettings | None = None,
            files: Sequence[tuple[str, str]] = (), refused: Sequence[tuple[str, InputError]] = ()) -> None:  # fmt: skip
        """Read some grids that belong together; a Read me among them, or ``settings``, makes them one map.

        ``files`` are the path and the name of each file they come from, ``refused`` those that could not be read.
        """
        into = Submission(files=tuple(files))
        self.submissions.append(into)
        for file, error in refused:
            into.told(file, "", "refused", error.what, error.cure)
        grids = [grid for grid in grids if not _is_ours(grid)]
        if settings is None:
            read_me = next((grid for grid in grids if is_read_me(grid)), None)
            try:
                settings = read_settings(read_me) if read_me is not None else None
            except InputError as error:
                _refuse_all(into, read_me.file if read_me is not None else "", error)
                return
            grids = [grid for grid in grids if grid is not read_me]
        if settings is not None:
            for log in (grid for grid in grids if is_log(grid)):
                self._add_log(log, settings, into)
            grids = [grid for grid in grids if not is_log(grid)]
            self._open(into, settings, grids)
        elif is_workbook and grids:
            into.told(grids[0].file, "", "note", "no Read me sheet: the workbook is read as a table, not as a map",
                      "add a sheet Read me with Map of, Counties and As of to make it a map")  # fmt: skip
        before = len(into.problems)
        examples = sum(self._add_one(into, grid, settings) for grid in grids)
        if examples:
            what = f"{examples} row{'s' * (examples > 1)} starting with Example: left out"
            into.told(grids[0].file, "", "note", what)
        if grids and not into.counts and not any(p.level == "refused" for p in into.problems[before:]):
            into.told(grids[0].file, "", "note", "no rows are filled in", "fill in one row for each asset")

    def _add_log(self, grid: Grid, settings: MapSettings, beside: Submission) -> None:
        """Read an outreach log that lies beside a map and is none of it: a newer map does not make it older."""
        own = Submission(files=tuple(file for file in beside.files if file[1] == grid.file))
        beside.files = tuple(file for file in beside.files if file[1] != grid.file)
        self.submissions.append(own)
        self._add_one(own, grid, None, beside=settings)

    def _add_one(self, into: Submission, grid: Grid, settings: MapSettings | None, *, beside: MapSettings | None = None) -> int:
        """Read one table; gives how many example rows of the template it still holds.

        ``settings`` are of the map that it is a sheet of, ``beside`` of one that it lies beside and whose owner it names.
        """
        for remark in grid.remarks:
            into.told(grid.file, grid.sheet, "note", remark)
        if grid.hidden:
            into.told(grid.file, grid.sheet, "note", "this sheet is hidden; it was read like the others")
        found = recognize(grid, is_map=settings is not None)
        if found is None:
            into.problems.append(unrecognized(grid))
            return 0
        if settings is not None:
            source = _map_id(settings)
            county = settings.counties[0] if len(settings.counties) == 1 else self.county
        else:
            owner = f"{beside.owner} " if beside is not None else ""
            source, county = self._table_source(into, grid, found.basis, owner), self.county
            if beside is not None and len(beside.counties) == 1:
                county = beside.counties[0]
        reading = found.read(source, county)
        self._kept += len(reading.records)
        into.records.extend(reading.records if self._kept <= MOST_TYPED else (record.packed() for record in reading.records))
        into.problems.extend(reading.problems)
        into.kinds.setdefault(grid.file, []).append(found.kind)
        if reading.count is not None and reading.count.rows_in:
            into.count(source, reading.count)
        return reading.examples

    def _open(self, into: Submission, settings: MapSettings, grids: Sequence[Grid]) -> None:
        """Make a submission a map."""
        into.problems.extend(settings.problems)
        into.map_of = id_ = _map_id(settings)
        into.read_me = settings.file
        files = tuple(dict.fromkeys([settings.file, *(grid.file for grid in grids)]))
        into.sources[id_] = SourceInfo(
            id=id_, basis=self.basis or Basis.MAP, name=settings.owner, counties=settings.counties, plan=settings.plan,
            step=settings.step, as_of=settings.as_of, files=files, filled_in_by=settings.filled_in_by,
            contact=settings.contact,
        )  # fmt: skip

    def _table_source(self, into: Submission, grid: Grid, basis: Basis, owner: str) -> str:
        """The id of the source of a table that is no map, known from now on."""
        basis = self.basis or basis
        stem = PurePath(grid.file).stem
        name = stem if basis is Basis.DIRECTORY else self.source or f"{owner}{stem}"
        id_ = source_id(basis, name)
        known = into.sources.get(id_) or SourceInfo(id=id_, basis=basis, name=name)
        files = tuple(dict.fromkeys((*known.files, grid.file)))
        into.sources[id_] = known.model_copy(update={"files": files})
        return id_


def _joined(one: SourceInfo, other: SourceInfo) -> SourceInfo:
    """One source that two files hold a part of each; equal whichever comes first."""
    one, other = sorted((one, other), key=lambda source: (source.files, source.rows_in, source.model_dump_json()))
    said = {name: "; ".join(dict.fromkeys(value for source in (one, other) if (value := getattr(source, name)))) or None
            for name in ("filled_in_by", "contact")}  # fmt: skip
    counted = {name: getattr(one, name) + getattr(other, name) for name in ("rows_in", "rows_kept", "rows_refused")}
    return one.model_copy(update={
        **said, **counted, "files": tuple(dict.fromkeys((*one.files, *other.files))),
        "counties": tuple(dict.fromkeys((*one.counties, *other.counties))), "as_of": one.as_of or other.as_of,
    })  # fmt: skip


def _refuse_all(into: Submission, file: str, error: InputError) -> None:
    """Refuse the files of a map whose Read me cannot be read: nothing says whose their rows are."""
    into.told(file, "", "refused", error.what, error.cure)
    for _, name in into.files:
        if name != file and not any(problem.file == name for problem in into.problems):
            into.told(name, "", "refused", f"{name} is left out, because {file} does not say whose map it is", error.cure)


def _map_id(settings: MapSettings) -> str:
    return source_id(Basis.MAP, settings.owner, settings.plan, settings.step)


def _is_ours(grid: Grid) -> bool:
    """Whether the template or the marked copy added this sheet: it holds no rows of anybody's."""
    return fold(grid.sheet) == "what to mend" or (grid.hidden and fold(grid.sheet) == "lists")
