"""The sample as a graph file, a map of each county, and the workbooks that it could have come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assetgraph.build.reference import REFERENCE_AS_OF, read_reference, sample_folder
from assetgraph.build.run import build
from assetgraph.files import make_folder
from assetgraph.intake import read_files
from assetgraph.intake.template import write_rows
from assetgraph.model.names import slug
from assetgraph.model.records import Basis, Reading
from assetgraph.model.sheets import DirectoryRow, SheetRow
from assetgraph.store import StoreInfo, open_store
from assetgraph.views.publish import publish

__all__ = ["SAMPLE_DAY", "Demo", "make_demo", "read_sample"]

SAMPLE_DAY = REFERENCE_AS_OF
"""The day for which the sample's maps are drawn."""

_TITLE = "Asset maps of eight north-state counties"


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made, and where it is."""

    store: Path
    index: Path
    maps: tuple[Path, ...]
    """A page for each county."""
    workbooks: tuple[Path, ...]
    info: StoreInfo
    kept: int = 0
    """How many workbooks were there already, and were left alone."""

    def next_commands(self, program: str = "assetgraph") -> tuple[str, str, str]:
        """Three commands to type next, just as they stand, where ``program`` is what starts assetgraph."""
        store = f'"{self.store}"' if " " in str(self.store) else str(self.store)
        lake = next(path for path in self.workbooks if path.name == "lake.xlsx")
        workbook = f'"{lake}"' if " " in str(lake) else str(lake)
        return (
            f"{program} reach-out --store {store} --county Glenn --area computer_science --as-of {SAMPLE_DAY}",
            f"{program} map {workbook} --as-of {SAMPLE_DAY} --out lake.html",
            f"{program} template my-county.xlsx --county Lake",
        )


def read_sample() -> tuple[Reading, Reading, Reading]:
    """The eight maps as maps, the districts as a directory, and the statewide reference; no row is refused."""
    folder = sample_folder()
    return (
        read_files(sorted((folder / "maps").iterdir())),
        read_files([folder / "directory"]),
        read_reference(maps=False),
    )


def make_demo(out: Path, progress: Callable[[str], None] = lambda _: None) -> Demo:
    """The sample built into ``out``: a graph file, an index of maps, a map of each county, and their workbooks.

    Building again gives the same; workbooks that are there already are kept, since somebody may have filled
    them in. Raises OutputError when the folder or a file in it cannot be written, StoreError for the graph file.
    """
    make_folder(out / "workbooks")
    progress("reading the sample")
    maps, directory, reference = read_sample()
    path = out / "sample.kgl"
    with open_store(path, write=True) as store:
        build(store, maps, directory, reference, reference=False,
              progress=lambda what, done, total: progress(f"writing {what}: {done:,} of {total:,}"))  # fmt: skip
        made = publish(store, out, as_of=SAMPLE_DAY, title=_TITLE, progress=progress)
        info = store.info()
    there = len(list((out / "workbooks").glob("*.xlsx")))
    workbooks = _workbooks(maps, directory, out / "workbooks", progress)
    return Demo(path, made.index, made.pages, tuple(workbooks), info, there)


def _workbooks(maps: Reading, directory: Reading, folder: Path, progress: Callable[[str], None]) -> list[Path]:
    districts = [one.values for one in directory.records if isinstance(one.values, DirectoryRow)]
    paths = []
    for source in maps.sources:
        path = folder / f"{slug(source.counties[0])}.xlsx"
        paths.append(path)
        if source.basis is not Basis.MAP or path.exists():
            continue
        progress(f"writing {path.name}")
        rows: dict[str, list[SheetRow]] = defaultdict(list)
        for record in maps.records:
            if record.source == source.id:
                rows[record.kind].append(record.values)
        write_rows(path, source.counties[0], rows, source=source, districts=districts)
    return paths
