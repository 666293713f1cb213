"""The reference: sourced partners, offerings and roles from public pages, which load beside anybody's own map.

They feed examples, the nearest, needs met elsewhere and reach-out, and never count as a county's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from assetgraph.intake import read_files
from assetgraph.model.places import county_named
from assetgraph.model.records import Basis, Reading, Record, SourceInfo, source_id

__all__ = ["REFERENCE", "REFERENCE_AS_OF", "read_reference", "sample_folder"]

REFERENCE = source_id(Basis.REFERENCE, "reference")
"""The id of the one source that all reference facts are kept under."""

REFERENCE_AS_OF = date(2025, 1, 15)
"""The day that all files of the sample share."""

_SHEETS_FROM_MAPS = ("Partners", "Ties", "Offerings", "Coordinators")
"""What the sample's maps lend to the reference; needs are a county's own words and stay with it."""


def sample_folder() -> Path:
    """The folder of the packaged sample: ``maps/<county>/``, ``directory/`` and ``reference/``.

    >>> sorted(entry.name for entry in sample_folder().iterdir())
    ['README.md', 'directory', 'maps', 'reference']
    """
    return Path(str(files("assetgraph").joinpath("sample")))


@lru_cache(maxsize=2)
def read_reference(*, maps: bool = True) -> Reading:
    """The reference facts as one source, ``reference/reference``; equal every time.

    ``maps`` also takes the partners, ties, offerings and coordinators of the sample's eight maps, which a county's
    own builds need and the demo, where those maps stand for themselves, does not. A row that stands in several maps
    is taken once.

    >>> read_reference(maps=False).sources[0].id
    'reference/reference'
    """
    records: dict[tuple[str, str], Record] = {}
    for path, county in _tables(maps):
        name = path.relative_to(sample_folder()).as_posix()
        reading = read_files([path], source="reference", county=county, basis=Basis.REFERENCE)
        # Every map has a Ties.csv: the folder makes the file's name, and with it the row's place, its own.
        for record in reading.records:
            records.setdefault((record.kind, record.content()), record.replaced(file=name))
    source = SourceInfo(
        id=REFERENCE, basis=Basis.REFERENCE, name="reference", as_of=REFERENCE_AS_OF,
        files=tuple(dict.fromkeys(record.file for record in records.values())), rows_in=len(records), rows_kept=len(records),
    )  # fmt: skip
    return Reading(sources=(source,), records=tuple(records.values()))


def _tables(maps: bool) -> Iterator[tuple[Path, str | None]]:
    """Each table and the county of its rows, None where the rows say theirs."""
    for path in sorted((sample_folder() / "reference").glob("*.csv")):
        yield path, None
    if not maps:
        return
    for folder in sorted((sample_folder() / "maps").iterdir()):
        place = county_named(folder.name.replace("-", " "))
        for sheet in _SHEETS_FROM_MAPS:
            yield folder / f"{sheet}.csv", place.name if place else None
