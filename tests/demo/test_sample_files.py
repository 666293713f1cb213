"""The packaged sample: every sourced fact is there once, in the template's own columns, and nobody is named."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from assetgraph.model.duration import Duration, conflicts
from assetgraph.model.grades import parse_grades
from assetgraph.model.names import fold
from assetgraph.model.places import COUNTIES, coe_named
from assetgraph.model.sheets import SHEETS, Cell, Column
from assetgraph.model.vocabulary import look_up

SAMPLE = Path(str(files("assetgraph").joinpath("sample")))
MAPS = ("Butte", "Del Norte", "Glenn", "Humboldt", "Lake", "Mendocino", "Sonoma", "Tehama")
TABLES = sorted(path for path in SAMPLE.rglob("*.csv") if path.stem != "Read me")
AS_OF = "2025-01-15"

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_maps(sheet: str) -> list[Row]:
    return [row for county in MAPS for row in rows_of(map_of(county) / f"{sheet}.csv")]


def in_reference(sheet: str) -> list[Row]:
    return rows_of(SAMPLE / "reference" / f"{sheet}.csv")


def map_of(county: str) -> Path:
    return SAMPLE / "maps" / county.casefold().replace(" ", "-")


def columns_of(path: Path) -> dict[str, Column]:
    sheet = "Directory" if path.stem == "districts" else path.stem
    return {column.header: column for column in SHEETS[sheet].columns().values()}


def named(path: Path) -> str:
    return str(path.relative_to(SAMPLE))


def test_the_sample_has_eight_maps_a_directory_and_a_reference() -> None:
    sheets = {"Partners.csv", "Ties.csv", "Offerings.csv", "Needs.csv", "Coordinators.csv"}
    assert {path.name for path in (SAMPLE / "maps").iterdir()} == {map_of(county).name for county in MAPS}
    for county in MAPS:
        assert {path.name for path in map_of(county).iterdir()} == sheets | {"Read me.csv"}
    assert {path.name for path in (SAMPLE / "reference").iterdir()} == sheets
    assert {path.name for path in (SAMPLE / "directory").iterdir()} == {"districts.csv"}


def test_304_ties() -> None:
    rows = in_maps("Ties")
    assert Counter({county: len(rows_of(map_of(county) / "Ties.csv")) for county in MAPS}) == {
        "Butte": 52, "Del Norte": 25, "Glenn": 34, "Humboldt": 51, "Lake": 36, "Mendocino": 43, "Sonoma": 77, "Tehama": 35,
    }  # fmt: skip
    unique = {(row["From"], row["How"], row["To"]) for row in rows}
    partners = {row["Name"] for row in in_reference("Partners")}
    others = [
        row
        for row in in_reference("Ties")
        if "CAL-MSCS" not in (row["From"], row["To"]) and not (row["How"] == "serves" and row["From"] in partners)
    ]
    assert (len(unique), len(others)) == (299, 5)
    assert Counter(how for _, how, _ in unique) + Counter(row["How"] for row in others) == {
        "partners with": 149, "serves": 65, "member of": 38, "leads": 27, "funded by": 25,
    }  # fmt: skip


def test_a_tie_that_is_in_several_maps_says_the_same_in_each() -> None:
    said: dict[tuple[str, str, str], Row] = {}
    for row in in_maps("Ties"):
        assert said.setdefault((row["From"], row["How"], row["To"]), row) == row


def test_55_offerings_and_the_statewide_ones() -> None:
    mapped = {(row["Title"], row["Provider"]) for row in in_maps("Offerings")}
    reference = {(row["Title"], row["Provider"]) for row in in_reference("Offerings")}
    assert (len(mapped), len(in_reference("Offerings")), len(reference)) == (43, 41, 41)
    assert len(mapped | reference) == 55 + 9 + 16  # the 55; 20 statewide less 11 of the 55 or initiatives; 16 initiatives
    assert sum(row["Kind"] == "Initiative" for row in in_reference("Offerings")) == 16


def test_38_needs_two_of_which_are_two_counties() -> None:
    both = {row["Need"] for row in rows_of(map_of("Lake") / "Needs.csv")} & {
        row["Need"] for row in rows_of(map_of("Mendocino") / "Needs.csv")
    }
    assert (len(in_maps("Needs")) - len(both), len(both), len(in_reference("Needs"))) == (35, 2, 3)


def test_23_roles_and_the_offices_that_hold_them() -> None:
    assert len(in_maps("Coordinators")) == 21
    shasta = [row for row in in_reference("Coordinators") if row["Office or LEA"].startswith("Shasta")]
    assert (len(shasta), len(in_reference("Coordinators"))) == (2, 14)
    for row in in_maps("Coordinators") + in_reference("Coordinators"):
        place = coe_named(row["Office or LEA"])
        assert place is not None and place.coe_name == row["Office or LEA"]


def test_123_districts_of_eight_counties() -> None:
    rows = rows_of(SAMPLE / "directory" / "districts.csv")
    assert Counter(row["County"] for row in rows) == {
        "Sonoma": 40, "Humboldt": 30, "Butte": 13, "Tehama": 13, "Mendocino": 12, "Glenn": 8, "Lake": 6, "Del Norte": 1,
    }  # fmt: skip
    assert len({(row["County"], fold(row["Name"])) for row in rows}) == 123
    assert all(int(row["Enrollment"]) > 10 for row in rows if row["Enrollment"])
    assert Counter(row["Kind"] for row in rows) == {"elementary": 77, "unified": 37, "high": 9}


def test_123_reference_partners_and_where_they_serve() -> None:
    rows = in_reference("Partners")
    serving = {row["From"] for row in in_reference("Ties") if row["How"] == "serves"}
    assert (len(rows), len({fold(row["Name"]) for row in rows}), len(serving)) == (133, 133, 123)
    assert serving <= {row["Name"] for row in rows}
    to = {row["To"] for row in in_reference("Ties") if row["How"] == "serves"}
    assert to - {f"{county} County" for county in COUNTIES} == {"Statewide"}


def test_each_organization_has_one_kind_everywhere() -> None:
    kinds: dict[str, set[str]] = {}
    for row in in_maps("Partners") + in_reference("Partners"):
        kinds.setdefault(fold(row["Name"]), set()).add(row["Kind of partner"])
    assert [name for name, found in kinds.items() if len(found) > 1] == []


@pytest.mark.parametrize("county", MAPS)
def test_every_end_of_a_tie_is_a_partner_an_office_a_district_or_a_county(county: str) -> None:
    partners = {fold(row["Name"]) for row in rows_of(map_of(county) / "Partners.csv")}
    districts = set()
    for row in rows_of(SAMPLE / "directory" / "districts.csv"):
        districts |= {fold(name) for name in (row["Name"], *row["Also called"].split(";"))}
    outside = {"yuba city unified school district"}  # a district of Sutter, which the sample's directory does not hold
    for row in rows_of(map_of(county) / "Ties.csv"):
        for end in (row["From"], row["To"]):
            is_county = end.endswith(" County") and end.removesuffix(" County") in MAPS
            assert is_county or coe_named(end) or fold(end) in partners | districts | outside, end


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_every_header_is_a_public_column_of_its_sheet(path: Path) -> None:
    columns = columns_of(path)
    with path.open(encoding="utf-8", newline="") as file:
        headers = next(csv.reader(file))
    assert all(header in columns and not columns[header].private for header in headers)
    assert {column.header for column in columns.values() if column.required} <= set(headers)


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_every_row_has_what_is_required_and_its_source(path: Path) -> None:
    columns = columns_of(path)
    source = "Seen at" if "Seen at" in columns else "Web address"
    assert rows_of(path)
    for row in rows_of(path):
        assert re.fullmatch(r"https?://\S+", row[source]), row
        assert all(row[header].strip() for header, column in columns.items() if column.required)


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_every_cell_is_in_the_words_of_its_column(path: Path) -> None:
    new_words = {"Residency", "Field program"}  # formats are an open list
    columns = columns_of(path)
    for row in rows_of(path):
        for header, text in row.items():
            column = columns[header]
            if not text:
                continue
            if column.cell in (Cell.TERM, Cell.TERMS):
                for word in text.split("; "):
                    assert look_up(column.vocabulary or "", word) or word in new_words, (header, word)
            elif column.cell is Cell.GRADES:
                assert parse_grades(text), text
            elif column.cell is Cell.COUNTY:
                assert text in COUNTIES
            elif column.cell is Cell.COUNTIES:
                assert all(re.fullmatch(r"Statewide|Region \d+", name) or name in COUNTIES for name in text.split("; "))
            elif column.cell in (Cell.FIRST_DAY, Cell.LAST_DAY):
                assert re.fullmatch(r"\d{4}(-\d\d){0,2}", text), text
            elif column.cell is Cell.URL:
                assert re.fullmatch(r"https?://\S+", text), text


def test_dates_and_written_durations_agree() -> None:
    def first(text: str) -> date | None:
        year, month, day = ([int(part) for part in text.split("-")] + [1, 1])[:3] if text else (0, 0, 0)
        return date(year, month, day) if text else None

    def last(text: str) -> date | None:
        if not text:
            return None
        parts = [int(part) for part in text.split("-")]
        month = parts[1] if len(parts) > 1 else 12
        return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])

    rows = in_maps("Ties") + in_reference("Ties") + in_maps("Offerings") + in_reference("Offerings")
    for row in rows:
        starts, ends = first(row.get("Since", row.get("Starts", ""))), last(row.get("Until", row.get("Ends", "")))
        written = look_up("duration", row["Temporary or enduring"]) if row["Temporary or enduring"] else None
        assert not conflicts(starts, ends, Duration(written.term) if written else None), row
        assert not (starts and ends) or starts <= ends, row


@pytest.mark.parametrize("county", MAPS)
def test_read_me_says_whose_what_day_and_that_it_is_a_sample(county: str) -> None:
    said = {row["Field"]: row["Value"] for row in rows_of(map_of(county) / "Read me.csv")}
    assert list(said) == ["Map of", "Counties", "Plan", "Step", "As of", "Filled in by", "Contact", "Note"]
    assert (said["Map of"], said["Counties"], said["As of"]) == (COUNTIES[county].coe_name, county, AS_OF)
    assert said["Contact"] == "" and "sample" in said["Note"] and 'A blank means "not found"' in said["Note"]


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.*")), ids=named)
def test_plain_utf8_and_nobody_s_address_or_number(path: Path) -> None:
    raw = path.read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw and raw.endswith(b"\n")
    text = re.sub(r"https?://[^\s,\"]+", "", raw.decode("utf-8"))
    assert not re.search(r"\S@\S+\.\w", text)
    assert not re.search(r"\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b", text)
    assert not re.search(r"(?m)(^|,)\"?[=+@]", text)  # nothing that a spreadsheet would run


def test_the_readme_counts_what_is_there() -> None:
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for name, folder in [*((county, map_of(county)) for county in MAPS), ("reference", SAMPLE / "reference")]:
        counts = [len(rows_of(folder / f"{sheet}.csv")) for sheet in ("Partners", "Ties", "Offerings", "Needs", "Coordinators")]
        assert f"| {name} | {' | '.join(map(str, counts))} |" in text
