"""Files in, records out: which files are read as one, and what each turns out to be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assetgraph.collecting import paused
from assetgraph.errors import InputError, UsageError
from assetgraph.intake.county_cells import county_in
from assetgraph.intake.delimited import read_delimited
from assetgraph.intake.excel import read_workbook
from assetgraph.intake.hostile import WORKBOOKS, is_workbook, refuse_what_is_no_file
from assetgraph.intake.maps import Collected
from assetgraph.intake.tables import Grid, file_name
from assetgraph.model.names import fold
from assetgraph.model.records import Basis, Reading

__all__ = ["checked_county", "read_files"]

_TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
_READ_ME = "read me"


def read_files(paths: Sequence[Path | str], *, source: str | None = None, county: str | None = None,
               basis: Basis | None = None, progress: Callable[[str], None] | None = None) -> Reading:  # fmt: skip
    """The kept rows of workbooks and text tables, in the order given, and everything there is to say of them.

    A folder stands for all readable files in it and below; a folder that holds a ``Read me.csv`` is one map.
    ``source`` names a table that is no map (else it is named after its file), ``county`` is the county of rows
    that do not say theirs, ``basis`` overrides what a source rests on. A file that cannot be read becomes a
    refused problem; nothing in a file raises. Raises UsageError for a county that does not exist.

    >>> read_files(["no-such-file.csv"]).problems[0].what
    'no-such-file.csv is not there'
    """
    collected = Collected(source=source, county=checked_county(county), basis=basis)
    with paused():
        for bundle in _bundles([Path(path) for path in paths]):
            if progress is not None:
                progress(f"reading {bundle.name}")
            collected.add(bundle.grids(collected), is_workbook=bundle.is_workbook)
        return collected.reading()


def checked_county(county: str | None) -> str | None:
    """The county's name; None for None. Raises UsageError for a county that does not exist."""
    if county is None:
        return None
    name = county_in(county)
    if name is None:
        raise UsageError(f"{county[:60]!r} is not a county of California", "write one of the 58 names, such as Lake")
    return name


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Files that are read as one: a workbook, a text table, or a folder of text tables with a Read me."""

    name: str
    files: tuple[Path, ...]

    @property
    def is_workbook(self) -> bool:
        return len(self.files) == 1 and is_workbook(self.files[0])

    def grids(self, collected: Collected) -> list[Grid]:
        found: list[Grid] = []
        for path in self.files:
            try:
                found.extend(_grids_of(path))
            except InputError as error:
                collected.refuse(file_name(path), error)
        return found


def _bundles(paths: Iterable[Path]) -> list[_Bundle]:
    found: dict[tuple[str, ...], _Bundle] = {}
    for path in paths:
        bundles = _folder(path) if os.path.isdir(path) else [_Bundle(file_name(path), (path,))]
        for bundle in bundles:
            # The same file given twice is read once.
            found.setdefault(tuple(_real(file) for file in bundle.files), bundle)
    return list(found.values())


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _folder(folder: Path) -> list[_Bundle]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and _is_readable(path))
    maps = {path.parent for path in files if _is_read_me_file(path)}
    bundles = [
        _Bundle(file_name(home), tuple(path for path in files if path.parent == home and not is_workbook(path)))
        for home in sorted(maps)
    ]
    taken = {path for bundle in bundles for path in bundle.files}
    bundles.extend(_Bundle(file_name(path), (path,)) for path in files if path not in taken)
    return bundles or [_Bundle(file_name(folder), (folder,))]


def _is_readable(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    instructions = path.suffix.casefold() == ".txt" and fold(path.stem) in ("readme", "read me", "license", "licence")
    return path.suffix.casefold() in WORKBOOKS | _TEXTS and not hidden and not instructions


def _is_read_me_file(path: Path) -> bool:
    return path.suffix.casefold() in _TEXTS and fold(path.stem) == _READ_ME


def _grids_of(path: Path) -> list[Grid]:
    """The grids of one file. Raises InputError, and nothing else, for what cannot be read."""
    name = file_name(path)
    try:
        refuse_what_is_no_file(path)
        return read_workbook(path) if is_workbook(path) else [read_delimited(path)]
    except FileNotFoundError as problem:
        if os.path.islink(path):
            raise InputError(f"{name} is a link to a file that is not there", "give the file itself") from problem
        raise InputError(f"{name} is not there", "check the name and the folder") from problem
    except OSError as problem:
        raise InputError(f"{name} cannot be opened ({problem.strerror})", "check that you may read it") from problem
