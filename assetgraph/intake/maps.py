"""From grids to a Reading: which source each table belongs to, map by map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from assetgraph.errors import InputError
from assetgraph.intake.kinds import recognize, unrecognized
from assetgraph.intake.settings import MapSettings, is_read_me, read_settings
from assetgraph.intake.tables import Grid
from assetgraph.model.names import fold
from assetgraph.model.records import Basis, Problem, Reading, Record, SheetCount, SourceInfo, source_id

__all__ = ["Collected"]


@dataclass(slots=True)
class Collected:
    """What has been read so far: sources by id, records, counts and problems in the order of the files."""

    source: str | None = None
    """The name of tables that are no map; None names each after its file."""
    county: str | None = None
    """The county of rows that do not say theirs."""
    basis: Basis | None = None
    """What every source rests on, where it is not what its shape says."""
    sources: dict[str, SourceInfo] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    counts: list[SheetCount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def reading(self) -> Reading:
        """Everything collected, frozen."""
        return Reading(sources=tuple(self.sources.values()), records=tuple(self.records), counts=tuple(self.counts),
                       problems=tuple(self.problems))  # fmt: skip

    def refuse(self, file: str, error: InputError) -> None:
        """Leave a whole file out and say why."""
        self._tell(file, "", "refused", error.what, error.cure)

    def add(self, grids: Sequence[Grid], *, is_workbook: bool = False, settings: MapSettings | None = None) -> None:
        """Read some grids that belong together; a Read me among them, or ``settings``, makes them one map."""
        grids = [grid for grid in grids if not _is_ours(grid)]
        if settings is None:
            read_me = next((grid for grid in grids if is_read_me(grid)), None)
            try:
                settings = read_settings(read_me) if read_me is not None else None
            except InputError as error:
                self.refuse(read_me.file if read_me is not None else "", error)
                return
            grids = [grid for grid in grids if grid is not read_me]
        if settings is not None and not self._opened(settings, grids):
            return
        if settings is None and is_workbook and grids:
            self._tell(grids[0].file, "", "note", "no Read me sheet: the workbook is read as a table, not as a map",
                       "add a sheet Read me with Map of, Counties and As of to make it a map")  # fmt: skip
        before = len(self.counts), len(self.problems)
        examples = sum(self._add_one(grid, settings) for grid in grids)
        if examples:
            what = f"{examples} row{'s' * (examples > 1)} starting with Example: left out"
            self._tell(grids[0].file, "", "note", what, "")
        silent = len(self.counts) == before[0] and not any(p.level == "refused" for p in self.problems[before[1] :])
        if silent and grids:
            self._tell(grids[0].file, "", "note", "no rows are filled in", "fill in one row for each asset")

    def _add_one(self, grid: Grid, settings: MapSettings | None) -> int:
        """Read one table; gives how many example rows of the template it still holds."""
        for remark in grid.remarks:
            self._tell(grid.file, grid.sheet, "note", remark, "")
        if grid.hidden:
            self._tell(grid.file, grid.sheet, "note", "this sheet is hidden; it was read like the others", "")
        found = recognize(grid, is_map=settings is not None)
        if found is None:
            self.problems.append(unrecognized(grid))
            return 0
        if settings is not None:
            source = _map_id(settings)
            county = settings.counties[0] if len(settings.counties) == 1 else self.county
        else:
            source, county = self._table_source(grid, found.basis), self.county
        reading = found.read(source, county)
        self.records.extend(reading.records)
        self.problems.extend(reading.problems)
        if reading.count is not None and reading.count.rows_in:
            self.counts.append(reading.count)
            self._count(source, reading.count)
        return reading.examples

    def _opened(self, settings: MapSettings, grids: Sequence[Grid]) -> bool:
        """Whether the map is new: a second file of one map would silently double or contradict the first."""
        self.problems.extend(settings.problems)
        id_ = _map_id(settings)
        known = self.sources.get(id_)
        if known is not None:
            what = (f"{settings.file} is the same map as {', '.join(known.files)}: {settings.owner}, "
                    f"plan {settings.plan or 'not said'}, step {settings.step or 'not said'}")  # fmt: skip
            cure = "give only one of the two, or write another plan or step in one Read me sheet"
            self.refuse(settings.file, InputError(what, cure))
            return False
        files = tuple(dict.fromkeys([settings.file, *(grid.file for grid in grids)]))
        self.sources[id_] = SourceInfo(
            id=id_, basis=self.basis or Basis.MAP, name=settings.owner, counties=settings.counties, plan=settings.plan,
            step=settings.step, as_of=settings.as_of, files=files, filled_in_by=settings.filled_in_by,
            contact=settings.contact,
        )  # fmt: skip
        return True

    def _table_source(self, grid: Grid, basis: Basis) -> str:
        """The id of the source of a table that is no map, known from now on."""
        basis = self.basis or basis
        stem = PurePath(grid.file).stem
        name = stem if basis is Basis.DIRECTORY else self.source or stem
        id_ = source_id(basis, name)
        known = self.sources.get(id_) or SourceInfo(id=id_, basis=basis, name=name)
        files = tuple(dict.fromkeys((*known.files, grid.file)))
        self.sources[id_] = known.model_copy(update={"files": files})
        return id_

    def _count(self, source: str, count: SheetCount) -> None:
        known = self.sources[source]
        self.sources[source] = known.model_copy(update={
            "rows_in": known.rows_in + count.rows_in, "rows_kept": known.rows_kept + count.kept,
            "rows_refused": known.rows_refused + count.refused,
        })  # fmt: skip

    def _tell(self, file: str, sheet: str, level: str, what: str, cure: str) -> None:
        self.problems.append(Problem(file=file, sheet=sheet, row=None, column=None, level=level, what=what, cure=cure))


def _map_id(settings: MapSettings) -> str:
    return source_id(Basis.MAP, settings.owner, settings.plan, settings.step)


def _is_ours(grid: Grid) -> bool:
    """Whether the template or the marked copy added this sheet: it holds no rows of anybody's."""
    return fold(grid.sheet) == "what to mend" or (grid.hidden and fold(grid.sheet) == "lists")
