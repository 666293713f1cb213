"""Three made-up maps of real counties, small enough to check by eye, with a directory, figures and public pages.

Colusa's map shows each state once; Glenn is its neighbor; in Sierra the office and the one district are one body.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from assetgraph.intake import read_files
from assetgraph.model.records import Basis, Reading

FOLDER = Path(__file__).parent / "queries" / "tiny"
AS_OF = date(2025, 1, 15)
COLUSA = "map/colusa-county-office-of-education/plan-a/step-1"


@lru_cache(maxsize=1)
def readings() -> tuple[Reading, ...]:
    """Each map, the directory and figures, and the public pages, read as their owners would give them."""
    maps = [read_files([FOLDER / name]) for name in ("colusa", "glenn", "sierra")]
    public = [
        read_files([path], source="reference", basis=Basis.REFERENCE) for path in sorted((FOLDER / "public_pages").iterdir())
    ]
    return (*maps, read_files([FOLDER / "districts.csv", FOLDER / "figures.csv"]), _as_one(public))


def _as_one(public: list[Reading]) -> Reading:
    source = public[0].sources[0].model_copy(update={"as_of": date(2024, 1, 1)})
    return Reading(sources=(source,), records=tuple(record for reading in public for record in reading.records))
