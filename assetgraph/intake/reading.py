"""Files in, records out: which files are read as one, and what each turns out to be."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from assetgraph.collecting import paused
from assetgraph.errors import InputError, UsageError
from assetgraph.intake.county_cells import county_in
from assetgraph.intake.delimited import read_delimited
from assetgraph.intake.folders import Bundle, bundles_of, refuse_containers
from assetgraph.intake.hostile import is_workbook, refuse_what_is_no_file
from assetgraph.intake.maps import Collected
from assetgraph.intake.rows import forget
from assetgraph.intake.tables import Grid, file_name, shown_path
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Basis, Reading

__all__ = ["checked_county", "grids_of", "read_files"]


def read_files(paths: Sequence[Path | str], *, source: str | None = None, county: str | None = None,
               basis: Basis | None = None, progress: Callable[[str], None] | None = None) -> Reading:  # fmt: skip
    """The kept rows of workbooks and text tables, in the order given, and everything there is to say of them.

    A folder stands for all files in it and below, and ``files`` says of each what became of it; a folder that holds a
    ``Read me.csv`` is one map. Of several files of one map (one owner, plan and step) the newest day holds, and files
    of one day are read as one, whatever their order.
    ``source`` names a table that is no map (else it is named after its file), ``county`` is the county of rows
    that do not say theirs, ``basis`` overrides what a source rests on. A file that cannot be read becomes a
    refused problem; nothing in a file raises. Raises UsageError for a county that does not exist.

    >>> read_files(["no-such-file.csv"]).problems[0].what
    'no-such-file.csv is not there'
    """
    collected = Collected(source=source, county=checked_county(county), basis=basis)
    with paused():
        bundles = bundles_of([Path(path) for path in paths])
        for number, bundle in enumerate(bundles, start=1):
            if progress is not None:
                progress(f"reading {bundle.name}" + (f" ({number:,} of {len(bundles):,})" if len(bundles) > 1 else ""))
            _read(bundle, collected)
        forget()
        return collected.reading()


def checked_county(county: str | None) -> str | None:
    """The county's name; None for None. Raises UsageError for a county that does not exist."""
    if county is None:
        return None
    name = county_in(county)
    if name is None:
        what = f"{county[:60]!r} is not a county of California"
        raise UsageError(what, f"write one of the {len(COUNTIES)} names, such as Lake")
    return name


def _read(bundle: Bundle, into: Collected) -> None:
    files = [(shown_path(path), file_name(path)) for path in bundle.files]
    if bundle.left_out is not None:
        into.left_out(*files[0], *bundle.left_out)
        return
    grids: list[Grid] = []
    refused: list[tuple[str, InputError]] = []
    for path in bundle.files:
        try:
            grids.extend(grids_of(path))
        except InputError as error:
            refused.append((file_name(path), error))
    into.add(grids, is_workbook=bundle.is_workbook, files=files, refused=refused)


def grids_of(path: Path) -> list[Grid]:
    """The grids of one file. Raises InputError, and nothing else, for what cannot be read."""
    name = file_name(path)
    try:
        refuse_containers(path)
        refuse_what_is_no_file(path)
        if not is_workbook(path):
            return [read_delimited(path)]
        from assetgraph.intake.excel import read_workbook  # it takes a while to load

        return read_workbook(path)
    except FileNotFoundError as problem:
        if os.path.islink(path):
            raise InputError(f"{name} is a link to a file that is not there", "give the file itself") from problem
        raise InputError(f"{name} is not there", "check the name and the folder") from problem
    except OSError as problem:
        raise InputError(f"{name} cannot be opened ({problem.strerror})", "check the name, and that you may read it") from problem
