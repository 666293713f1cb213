"""58 submissions in one folder: one command, one verdict for each file, and nothing lost unsaid."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from assetgraph.cli import main
from assetgraph.intake import read_files
from assetgraph.intake.template import write_template
from assetgraph.model.names import slug
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Reading
from assetgraph.store import open_store

from submissions import AS_TABLES, BLANK, IN_PLACE_OF_A_SHEET, add_rows, map_of, quickstorm, rows_of, write_submissions  # isort: skip

WITH_A_LINE_OF_THEIR_OWN = {"Inyo", "Kern", "Lake", "Orange", AS_TABLES, BLANK, *IN_PLACE_OF_A_SHEET}
KEEP_BOTH = "To keep both, write another plan or step in one of the two Read me sheets."
SAME_DAY = "If one of them is an older version, write the newer day beside As of in the other and build again."
SYSTEM = "left out: the system or a program wrote it for itself."


def whose(county: str, *, step: str = "1", day: str = "2026-06-30") -> str:
    return f"the map of {COUNTIES[county].coe_name}, plan A, step {step}, as of {day}"


def full(county: str) -> str:
    return f"{whose(county)}; 5 rows in = 5 kept + 0 refused."


VERDICTS = {
    **{("Napa County Asset Map - FINAL (ours).xlsx" if county == "Napa" else f"{slug(county)}.xlsx"): full(county)
       for county in COUNTIES if county not in WITH_A_LINE_OF_THEIR_OWN},
    "alpine.xlsx": "the map of Alpine County Office of Education: no row is filled in. Fill in one row for each asset.",
    "inyo.xlsx": f"{whose('Inyo')}; 6 rows in = 5 kept + 1 refused.",
    "orange.xlsx": f"{whose('Orange')}; 245 rows in = 5 kept + 240 refused.",
    "yolo step 2.xlsx": f"{whose('Yolo', step='2')}; 1 row in = 1 kept + 0 refused.",
    "kern.xlsx": f"{whose('Kern')}; 5 rows in = 5 kept + 0 refused; read as one with IN/Kern science team.xlsx: the same map, "
                 f"as of 2026-06-30; 1 row says otherwise than there, and both stay. {SAME_DAY}",
    "Kern science team.xlsx": f"{whose('Kern')}; 2 rows in = 2 kept + 0 refused; read as one with IN/kern.xlsx: the same map, "
                              f"as of 2026-06-30; 1 row says otherwise than there, and both stay. {SAME_DAY}",
    "north/Lake FINAL v2.xlsx": f"{whose('Lake', day='2026-11-22')}; 6 rows in = 6 kept + 0 refused.",
    "north/lake (1).xlsx": f"left out: a copy: all that it says stands in IN/north/Lake FINAL v2.xlsx, a file of the same map. {KEEP_BOTH}",
    "lake.xlsx": "left out: an older version (as of 2026-06-30) of the map in IN/north/Lake FINAL v2.xlsx (as of 2026-11-22); "
                 f"1 of its 5 rows does not stand there. {KEEP_BOTH}",
    "Lake without a day.xlsx": "left out: an older version (without a day) of the map in IN/north/Lake FINAL v2.xlsx (as of 2026-11-22); "
                               f"1 of its 5 rows does not stand there. {KEEP_BOTH}",
    "Santa Cruz tables/Read me.csv": f"{whose('Santa Cruz')}: the Read me that says so.",
    "Santa Cruz tables/needs.csv": f"{whose('Santa Cruz')}; 1 row in = 1 kept + 0 refused.",
    "Santa Cruz tables/what we have.csv": f"{whose('Santa Cruz')}; 2 rows in = 1 kept + 1 refused.",
    "Glenn ties.csv": "a table of Ties; 1 row in = 1 kept + 0 refused.",
    "sierra.docx": "refused: it is a Word file, not an .xlsx workbook. Put the rows into a workbook and save it as .xlsx.",
    "modoc.xls": "refused: it is an old Excel or Word file. Open it and save it as .xlsx.",
    "mono map.pdf": "refused: it is a PDF. Put the rows into a workbook and save it as .xlsx.",
    "plumas.numbers": "refused: it is a Numbers file, not an .xlsx workbook. Open it in Numbers and export it as .xlsx.",
    "RE Napa map.msg": "refused: it is an e-mail. Save the sheet that is attached to it, and give that.",
    "north/Fwd map.eml": "refused: it is an e-mail. Save the sheet that is attached to it, and give that.",
    "all maps.zip": "refused: it is an archive. Unpack it, and give the files that are in it.",
    "empty.xlsx": "refused: it is empty. Save it again, or leave it out.",
    "~$lake.xlsx": "left out: it is a lock: lake.xlsx is open in Excel, or was when it was copied. Close it there, and its last changes are in it.",
    ".DS_Store": SYSTEM, "Thumbs.db": SYSTEM, "north/desktop.ini": SYSTEM,
    "how to.txt": "left out: it holds no table.",
    "Readme.txt": "left out: it holds instructions and no table.",
    "wall.JPG": "left out: it is a picture, from which nothing is read. Type the rows that it shows into a sheet.",
    "list.html": "left out: it is no kind of file that holds a table. If it holds one, save it as .xlsx or as .csv.",
}  # fmt: skip
"""Each file with its verdict, as a state team reads it; IN stands for the folder's name."""

ROWS = {
    **{county: 5 for county in COUNTIES if county not in {BLANK, *IN_PLACE_OF_A_SHEET}},
    "Kern": 7, "Lake": 6, "Yolo": 6, "Santa Cruz": 2,
}  # fmt: skip
"""County to the rows of its maps in the store."""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("handed in") / "maps of the state's counties"
    folder.mkdir()
    write_submissions(folder)
    return folder


@pytest.fixture(scope="module")
def built(handed_in: Path) -> Iterator[tuple[Path, Result]]:
    store = handed_in.parent / "state.kgl"
    yield store, run("build", handed_in, "--store", store, "--no-reference")
    store.unlink()


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def rows_in(store: Path) -> dict[str, int]:
    with open_store(store) as found:
        return dict(Counter(record.county for record in found.records() if record.county and record.source.startswith("map/")))


def test_one_line_for_each_file(handed_in: Path, built: tuple[Path, Result]) -> None:
    _, result = built
    lines = result.stdout.partition("\nIn all: ")[0].splitlines()
    said = dict(line.removeprefix(f"{handed_in}/").split(": ", 1) for line in lines)
    expected = {name: verdict.replace("IN/", f"{handed_in}/") for name, verdict in VERDICTS.items()}
    assert said == expected and len(lines) == len(expected)
    assert set(said) == {str(path.relative_to(handed_in)) for path in handed_in.rglob("*") if path.is_file()}
    assert result.exit_code == 1


def test_the_rest_can_be_taken_in(handed_in: Path, built: tuple[Path, Result]) -> None:
    _, result = built
    rest = "In all: " + result.stdout.partition("\nIn all: ")[2]
    assert ("In all: 78 files: 58 read, 1 not filled in, 2 older versions, 1 copy, 8 left out, 8 refused; "
            "509 rows in = 267 kept + 242 refused.\n") in rest  # fmt: skip
    assert "Refused rows and sheets: 242\n" in rest
    assert f'  … and 230 more: assetgraph check "{handed_in}/orange.xlsx"\n' in rest
    assert "In all, 56 sources: 267 new, 0 changed, 0 same, 0 gone, 242 refused\n" in rest
    assert len(rest.splitlines()) < 45


def test_the_command_that_a_folded_list_names_shows_it_whole(handed_in: Path) -> None:
    shown = run("check", handed_in / "orange.xlsx")
    assert shown.exit_code == 1 and shown.stdout.count("Who is empty") == 240


def test_the_rows_are_in_and_sources_says_who_is_missing(built: tuple[Path, Result]) -> None:
    store, _ = built
    assert rows_in(store) == ROWS
    listed = run("sources", "--store", store, "--format", "json")
    assert listed.stderr == "Counties not yet in (5 of 58): Alpine, Modoc, Mono, Plumas, Sierra.\n"
    files = {row["id"]: row["rows_in"] for row in json.loads(listed.stdout)}
    assert files["map/kern-county-office-of-education/plan-a/step-1"] == 7 and len(files) == 56


def test_a_row_of_an_older_version_is_gone_and_what_two_people_wrote_stays(built: tuple[Path, Result]) -> None:
    store, _ = built
    query = "MATCH (p:Partner) WHERE p.name STARTS WITH 'Lake ' OR p.name STARTS WITH 'Kern ' RETURN p.name AS name ORDER BY name"
    names = [row["name"] for row in json.loads(run("cypher", query, "--store", store, "--format", "json").stdout)]
    assert names == ["Kern College", "Kern Library", "Kern Museum", "Kern Zoo",
                     "Lake College", "Lake Fair", "Lake Library", "Lake Museum", "Lake Tribal Health"]  # fmt: skip


def settled(reading: Reading) -> tuple[object, ...]:
    return (
        {source.id: source for source in reading.sources},
        sorted((one.source, one.file, one.sheet, one.row, one.content()) for one in reading.records),
        sorted(count.model_dump_json() for count in reading.counts),
        sorted(file.model_dump_json() for file in reading.files),
    )


def test_the_order_of_files_changes_nothing(handed_in: Path) -> None:
    several = [path for path in handed_in.rglob("*.xlsx") if re.search("lake|kern|yolo|alpine", path.name, re.IGNORECASE) and "~" not in path.name]
    assert len(several) == 9
    expected = settled(read_files(several))
    for seed in range(3):
        Random(seed).shuffle(several)
        assert settled(read_files(several)) == expected


def test_a_folder_that_fails_in_part_empties_no_map(handed_in: Path, built: tuple[Path, Result], tmp_path: Path) -> None:
    store = shutil.copy(built[0], tmp_path / "state.kgl")
    later = tmp_path / "later"
    later.mkdir()
    changed = rows_of("Butte")
    changed["Quickstorm"].append(quickstorm("Butte Fair", "Fair days"))
    map_of(later / "butte.xlsx", "Butte", changed)
    (later / "napa.xlsx").write_bytes(b"PK\x03\x04 cut off")  # was whole before
    write_template(later / "glenn.xlsx", "Glenn")  # blank, where Glenn has rows
    shutil.copy(handed_in / "inyo.xlsx", later / "inyo.xlsx")
    book = load_workbook(later / "inyo.xlsx")
    for column, header in enumerate(["Colour", "Taste", "Smell"], start=1):
        book["Needs"].cell(1, column, header)  # a sheet whose headers were painted over
    book.save(later / "inyo.xlsx")
    map_of(later / "marin.xlsx", "Marin", {})
    add_rows(later / "marin.xlsx", "Quickstorm", [[None, "Club", "Math"], [None, "Camp", "Math"]])
    result = run("build", later, "--store", store, "--no-reference")
    assert result.exit_code == 1
    assert rows_in(store) == {**ROWS, "Butte": 6}
    # The blank template of Glenn names no plan: it is another map, and has no row to keep or to take away.
    assert "inyo.xlsx, Needs could not be read" in result.stderr and "these stay as they are" in result.stderr
    assert "all rows of marin.xlsx were refused, and the store holds rows of map/marin" in result.stderr
    assert result.stderr.count("\n") == 2
    assert "5 of 58" in run("sources", "--store", store, "--format", "csv").stderr


def test_a_blank_sheet_of_the_same_map_takes_nothing_away(built: tuple[Path, Result], tmp_path: Path) -> None:
    store = shutil.copy(built[0], tmp_path / "state.kgl")
    map_of(tmp_path / "glenn.xlsx", "Glenn", {})
    result = run("build", tmp_path / "glenn.xlsx", "--store", store, "--no-reference")
    assert result.exit_code == 1 and rows_in(store) == ROWS
    assert "no row of glenn.xlsx is filled in, and the store holds rows of map/glenn" in result.stderr
    assert "assetgraph sources retire map/glenn" in result.stderr and result.stderr.count("\n") == 1


def test_an_older_file_built_later_says_so(handed_in: Path, built: tuple[Path, Result], tmp_path: Path) -> None:
    store = shutil.copy(built[0], tmp_path / "state.kgl")
    result = run("build", handed_in / "lake.xlsx", "--store", store, "--no-reference")
    assert result.exit_code == 0 and rows_in(store) == {**ROWS, "Lake": 5}
    assert "lake.xlsx is as of 2026-06-30, older than what the store holds (as of 2026-11-22), and takes its place." in result.stdout
    assert result.stdout.count("  gone: ") == 2


def test_a_folder_of_nothing_that_can_be_read_is_one_line(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.docx"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    result = run("build", tmp_path, "--store", tmp_path / "x.kgl")
    assert result.exit_code == 1 and not (tmp_path / "x.kgl").exists()
    assert result.stderr.startswith("Error: none of 2 files can be read; the first: a.pdf is a PDF") and result.stderr.count("\n") == 1


def test_hidden_folders_and_links_are_not_looked_into(tmp_path: Path) -> None:
    table = "Who,What,Content area,County\nLibrary,Club,Math,Lake\n"
    for place in (".git", "__MACOSX", "deep/er"):
        (tmp_path / "in" / place).mkdir(parents=True)
        (tmp_path / "in" / place / "t.csv").write_text(table)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "u.csv").write_text(table)
    (tmp_path / "in" / "link").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "lost.csv").symlink_to(tmp_path / "nowhere.csv")
    reading = read_files([tmp_path / "in"])
    said = {str(Path(file.path).relative_to(tmp_path / "in")): (str(file.standing), file.what) for file in reading.files}
    assert said == {
        ".git": ("left_out", "it is a folder that the system or a program keeps for itself"),
        "__MACOSX": ("left_out", "it is a folder that the system or a program keeps for itself"),
        "deep/er/t.csv": ("read", ""), "link": ("left_out", "it is a link to another folder, which is not followed"),
        "lost.csv": ("refused", "lost.csv is a link to a file that is not there"),
    }  # fmt: skip
