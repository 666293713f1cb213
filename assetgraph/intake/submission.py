"""A submission: what one workbook, one text table, or one folder of tables with a Read me gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from assetgraph.model.records import FileRead, Problem, Record, SheetCount, SourceInfo, Standing

__all__ = ["Submission"]


@dataclass(slots=True, eq=False)
class Submission:
    """Sources by id, records, counts and problems of some files that are read as one, in order."""

    files: tuple[tuple[str, str], ...] = ()
    """Path as it was reached, and the file's name; empty for data frames."""
    map_of: str | None = None
    """The id of the map that it is, or a part of; None for tables that are no map."""
    sources: dict[str, SourceInfo] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    counts: list[SheetCount] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read_me: str = ""
    """The name of the file that says whose map it is."""
    kinds: dict[str, list[str]] = field(default_factory=dict)
    """File name to the kinds of table in it."""
    standing: Standing = Standing.READ
    what: str = ""
    cure: str = ""

    @property
    def name(self) -> str:
        """What it is called when others speak of it: its path."""
        return self.files[0][0] if self.files else ""

    @property
    def rows_in(self) -> int:
        """Rows that are filled in, kept or not."""
        return sum(count.rows_in for count in self.counts)

    @property
    def as_of(self) -> date:
        """The day for which the map is true; a map that does not say is older than any that does."""
        source = self.sources.get(self.map_of or "")
        return source.as_of if source is not None and source.as_of else date.min

    def told(self, file: str, sheet: str, level: str, what: str, cure: str = "") -> None:
        """Remember something to tell of a whole file or sheet."""
        self.problems.append(Problem(file=file, sheet=sheet, row=None, column=None, level=level, what=what, cure=cure))

    def count(self, source: str, count: SheetCount) -> None:
        """Add the rows of one sheet to those of its source."""
        self.counts.append(count)
        known = self.sources[source]
        self.sources[source] = known.model_copy(update={
            "rows_in": known.rows_in + count.rows_in, "rows_kept": known.rows_kept + count.kept,
            "rows_refused": known.rows_refused + count.refused,
        })  # fmt: skip

    def remark(self, what: str, cure: str) -> None:
        """Say something of it as a whole; its rows stay."""
        self.what, self.cure = what, cure
        file = self.files[0][1] if self.files else ""
        self.told(file, "", "note", what, cure)

    def set_aside(self, standing: Standing, what: str, cure: str) -> None:
        """Leave it out as a whole, and say why; what there was to mend in it matters no more."""
        self.standing = standing
        self.sources, self.records, self.counts, self.problems = {}, [], [], []
        self.remark(what, cure)

    def verdicts(self) -> Iterator[FileRead]:
        """What each of its files turned out to be."""
        for path, name in self.files:
            counts = [count for count in self.counts if count.file == name]
            rows = {field: sum(getattr(count, field) for count in counts) for field in ("rows_in", "kept", "changed", "refused")}
            source = next((key for key, one in self.sources.items() if name in one.files), self.map_of)
            standing, what, cure = self._verdict(name) if not counts else (self.standing, self.what, self.cure)
            yield FileRead(path=path, standing=standing, source=source, kinds=tuple(self.kinds.get(name, ())), what=what,
                           cure=cure, **rows)  # fmt: skip

    def _verdict(self, name: str) -> tuple[Standing, str, str]:
        """What became of a file without rows."""
        whole = next((one for one in self.problems if one.file == name and one.level == "refused" and one.row is None), None)
        if self.standing is not Standing.READ:
            return self.standing, self.what, self.cure
        if whole is not None:
            return Standing.REFUSED, whole.what, whole.cure
        if name == self.read_me and len(self.files) > 1:
            return Standing.READ, "", ""
        if name in self.kinds or name == self.read_me:
            return Standing.BLANK, "no row is filled in", "fill in one row for each asset"
        return Standing.LEFT_OUT, "it holds no table", ""
