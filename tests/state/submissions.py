"""What 58 county offices hand in, as it lies in one folder: templates that are filled in, and all that comes with them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from assetgraph.intake.template import write_rows, write_template
from assetgraph.model.names import slug
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Basis, SourceInfo
from assetgraph.model.sheets import NeedRow, PartnerRow, QuickstormRow, SheetRow

SPRING, AUTUMN = date(2026, 6, 30), date(2026, 11, 22)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
AS_TABLES = "Santa Cruz"
"""The county that hands in a folder of text tables."""

IN_PLACE_OF_A_SHEET = {"Sierra": "sierra.docx", "Modoc": "modoc.xls", "Mono": "mono map.pdf", "Plumas": "plumas.numbers"}
"""Counties that handed in something else."""

BLANK = "Alpine"


def quickstorm(who: str, what: str, *areas: str, kind: str = "library", span: str | None = None) -> QuickstormRow:
    return QuickstormRow(who=who, what=what, content_areas=areas or ("math",), partner_kind=kind, written_duration=span)


def rows_of(county: str) -> dict[str, list[SheetRow]]:
    """Three assets, a partner and a need of a county."""
    return {
        "Quickstorm": [quickstorm(f"{county} Library", "Math nights"), quickstorm(f"{county} Museum", "Science days", "science", kind="museum"),
                       quickstorm(f"{county} College", "Coding club", "computer_science", kind="higher_education")],
        "Partners": [PartnerRow(name=f"{county} Library", home_county=county)],
        "Needs": [NeedRow(whose=COUNTIES[county].coe_name, need=f"More time for teachers of {county}", content_areas=("math",))],
    }  # fmt: skip


def map_of(path: Path, county: str, rows: dict[str, list[SheetRow]], *, as_of: date | None = SPRING, step: str = "1") -> Path:
    """A filled-in workbook of a county's office."""
    office = COUNTIES[county].coe_name
    source = SourceInfo(id="map", basis=Basis.MAP, name=office, counties=(county,), plan="A", step=step, as_of=as_of)
    path.parent.mkdir(exist_ok=True)
    return write_rows(path, county, rows, source=source, overwrite=True)


def add_rows(path: Path, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    """Type more rows below those of a sheet, as people do."""
    book = load_workbook(path)
    for row in rows:
        book[sheet].append(list(row))
    book.save(path)


def write_submissions(folder: Path) -> None:
    """The folder, in spring: a template for each of the 58, filled in but for one, and what else lies there."""
    for county in COUNTIES:
        if county == BLANK:
            write_template(folder / f"{slug(county)}.xlsx", county)
        else:
            map_of(folder / f"{slug(county)}.xlsx", county, rows_of(county))
    for county, name in IN_PLACE_OF_A_SHEET.items():
        (folder / f"{slug(county)}.xlsx").unlink()
        folder.joinpath(name).write_bytes({".xls": OLD_OFFICE, ".pdf": b"%PDF-1.7 a map"}.get(Path(name).suffix, b""))
    _archive(folder / "sierra.docx", "[Content_Types].xml", "word/document.xml")
    _archive(folder / "plumas.numbers", "Index/Document.iwa", "preview.jpg")
    (folder / "napa.xlsx").rename(folder / "Napa County Asset Map - FINAL (ours).xlsx")
    _several_of_one_county(folder)
    _as_tables(folder / "Santa Cruz tables")
    (folder / f"{slug(AS_TABLES)}.xlsx").unlink()
    # 240 rows without a Who, of which nobody wants to read each.
    add_rows(folder / "orange.xlsx", "Quickstorm", [[None, f"Club {number}", "Math"] for number in range(240)])
    add_rows(folder / "inyo.xlsx", "Quickstorm", [["Inyo Fair", "Fair", "Potato", "sometimes"]])
    for name, content in LITTER.items():
        (folder / name).write_bytes(content)
    _archive(folder / "all maps.zip", "lake.xlsx")


LITTER = {
    "~$lake.xlsx": b"\x06Pat", ".DS_Store": b"\x00\x00\x00\x01Bud1", "Thumbs.db": OLD_OFFICE, "north/desktop.ini": b"[x]",
    "RE Napa map.msg": OLD_OFFICE, "north/Fwd map.eml": b"From: a@example.org\n\nattached, see below\n", "empty.xlsx": b"",
    "how to.txt": b"Please read this first.\n", "Readme.txt": b"Send it back by Friday.\n", "wall.JPG": b"\xff\xd8\xff",
    "list.html": b"<p>x", "Glenn ties.csv": b"From,To,How,County\nGlenn COE,Glenn Fair,partners with,Glenn\n",
}  # fmt: skip


def _several_of_one_county(folder: Path) -> None:
    """Lake in spring and in autumn, and a copy of it; Kern by two people on one day; Yolo's second step."""
    autumn = rows_of("Lake")
    autumn["Quickstorm"] = [*autumn["Quickstorm"][1:], quickstorm("Lake Tribal Health", "Garden science", "science", kind="tribe"),
                            quickstorm("Lake Fair", "Fair days", "science")]  # fmt: skip
    newest = map_of(folder / "north" / "Lake FINAL v2.xlsx", "Lake", autumn, as_of=AUTUMN)
    shutil.copy(newest, folder / "north" / "lake (1).xlsx")
    map_of(folder / "Lake without a day.xlsx", "Lake", rows_of("Lake"), as_of=None)
    science = {"Quickstorm": [quickstorm("Kern Museum", "Science days", "science", kind="museum", span="enduring"),
                              quickstorm("Kern Zoo", "Zoo days", "science")]}  # fmt: skip
    map_of(folder / "Kern science team.xlsx", "Kern", science)
    map_of(folder / "yolo step 2.xlsx", "Yolo", {"Quickstorm": [quickstorm("Yolo Fair", "Fair days")]}, step="2")


def _as_tables(folder: Path) -> None:
    folder.mkdir()
    (folder / "Read me.csv").write_text(f"Map of,{AS_TABLES} COE\nCounties,{AS_TABLES}\nPlan,A\nStep,1\nAs of,2026-06-30\n", encoding="utf-8")
    (folder / "what we have.csv").write_text("Who,What,Content area\nPier Museum,Tide pools,Science\n,Nothing,Math\n", encoding="utf-8")
    (folder / "needs.csv").write_text("Whose,Need\nSanta Cruz COE,More coaches\n", encoding="utf-8")


def _archive(path: Path, *names: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
