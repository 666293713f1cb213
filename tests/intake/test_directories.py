"""Public directories: small stand-ins of each format, and the real files where they are at hand."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sheets_made import table, workbook

from assetgraph.intake import read_files
from assetgraph.model.records import Basis, Reading

PUB = ("CD Code\tCounty\tDistrict\tStreet\tCity\tZip\tState\tMailStreet\tMailCity\tMailZip\tMailState\tPhone\tExt  \tFaxNumber\t"
       "Email\tAdmFName\tAdmLName\tAdmEmail\tLatitude\tLongitude\tDOC\tDOCType\tStatusType\tLastUpDate")  # fmt: skip
PUB_ROWS = (
    ("1710173\tLake\tMade-up County Office\t1 A St\tLakeport\t95453\tCA\t\t\t\t\t(707) 555-0100\tNo Data\tNo Data\tx@example.org\t"
    "Pat\tSecret\tpat@example.org\t39.05\t-122.9\t00\tCounty Office of Education (COE)\tActive\t01/02/2021"),
    ("164000\tAlameda\tMade-up Unified\t2 B St\tNo Data\t94501\tCA\t\t\t\t\tNo Data\tNo Data\tNo Data\tNo Data\tNo Data\tNo Data\t"
    "No Data\tNo Data\tNo Data\t54\tUnified School District\tClosed\t01/02/2021"),
    "9999999\tNowhere\tMade-up Elementary\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t52\tElementary School District\tActive\t",
)


def shown(reading: Reading, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(record.values, name) for name in names) for record in reading.records]


def test_the_public_districts_text(tmp_path: Path) -> None:
    reading = read_files([table(tmp_path / "pubdistricts.txt", PUB, *PUB_ROWS)])
    assert shown(reading, "cds", "county", "name", "kind", "status", "city", "lat") == [
        ("17101730000000", "Lake", "Made-up County Office", "coe", "Active", "Lakeport", 39.05),
        ("01640000000000", "Alameda", "Made-up Unified", "unified", "Closed", None, None),
    ]
    assert [(s.id, s.basis) for s in reading.sources] == [("directory/pubdistricts", Basis.DIRECTORY)]
    assert [(c.rows_in, c.kept, c.changed, c.refused) for c in reading.counts] == [(3, 2, 1, 1)]
    kept = reading.model_dump_json()
    assert not any(secret in kept for secret in ("Secret", "pat@example.org", "555-0100"))


def test_the_directory_export(tmp_path: Path) -> None:
    headers = ["Record Type", "CDS Code", "County", "District", "School", "Status", "Entity Type", "Public Yes/No", "Street City",
               "Street Zip"]  # fmt: skip
    path = workbook(tmp_path / "CDESchoolDirectoryExport.xlsx", {"Sheet": [
        headers, ["District", "17640220000000", "Lake", "Made-up Unified", "No Data", "Active", "Unified School District",
                  "Y", "Lucerne", "95458"], [None] * 10,
        ["School", "17640221234567", "Lake", "Made-up Unified", "Made-up High", "Merged", "High Schools (Public)", "Y", "", ""],
    ]})  # fmt: skip
    reading = read_files([path])
    assert shown(reading, "cds", "name", "kind", "district_cds", "status", "city") == [
        ("17640220000000", "Made-up Unified", "unified", None, "Active", "Lucerne"),
        ("17640221234567", "Made-up High", "school", "17640220000000", "Merged", None),
    ]
    assert [(c.rows_in, c.kept) for c in reading.counts] == [(2, 2)]


def test_the_older_school_export(tmp_path: Path) -> None:
    path = table(tmp_path / "pubschls.csv", "CDSCode,NCESDist,NCESSchool,StatusType,County,District,School,City,Phone,Charter,DOCType,GSserved,"
                 "Website,Latitude,Longitude,AdmLName1,AdmEmail1",
                 "17640220000000,0600001,No Data,Active,Lake,Made-up Unified,No Data,Lucerne,5550100,No Data,Unified School District,"
                 "No Data,www.example.org,39,-122,Secret,s@example.org",
                 "17640221234567,0600001,00002,Active,Lake,Made-up Unified,Made-up Charter,Lucerne,,Y,Unified School District,K-8,,,,,")  # fmt: skip
    reading = read_files([path])
    assert shown(reading, "cds", "name", "kind", "grades", "web") == [
        ("17640220000000", "Made-up Unified", "unified", None, "https://www.example.org"),
        ("17640221234567", "Made-up Charter", "charter", (0, 8), None),
    ]
    assert "Secret" not in reading.model_dump_json().replace("AdmLName1", "")


def test_the_cleaned_tables_of_leas_and_schools(tmp_path: Path) -> None:
    leas = table(tmp_path / "leas.csv", "cds,name,type,entity_type,status,county,city,lat,lon,grade_low,grade_high,locale,enroll_2324",
                 "17640220000000,Made-up Unified,unified,Unified School District,Active,Lake,Lucerne,39,-122,KG,12,41,838",
                 "1.76402E+13,Rounded Elementary,elementary,,Active,Lake,Lucerne,,,KG,08,,")  # fmt: skip
    schools = table(tmp_path / "schools.csv", "cds,name,district,district_cds,county,charter,grade_span,enrollment,status,el_pct",
                    "17640221234567,Made-up Charter,Made-up Unified,17640220000000,Lake,True,6–12,171,active,10.5")  # fmt: skip
    reading = read_files([leas, schools])
    assert shown(reading, "cds", "name", "kind", "grades", "enrollment", "status") == [
        ("17640220000000", "Made-up Unified", "unified", (0, 12), 838, "Active"),
        (None, "Rounded Elementary", "elementary", (0, 8), None, "Active"),
        ("17640221234567", "Made-up Charter", "charter", (6, 12), 171, "Active"),
    ]
    assert reading.refused == 0


def test_the_partner_directory_maps_kinds_honestly(tmp_path: Path) -> None:
    path = table(tmp_path / "partners.csv", "id,name,type,category,county,website",
                 "1,Made-up Museum,museum_science_tech,museum,Lake,www.example.org",
                 "2,Old House,historic_preservation,museum,Lake,", "3,Made-up College,community_college,college,Lake,",
                 "4,Made-up Library,public_library_system,library,,", "5,Made-up JPA,jpa,education_agency,Butte,bad address")  # fmt: skip
    reading = read_files([path])
    assert shown(reading, "name", "partner_kind", "home_county", "web") == [
        ("Made-up Museum", "museum_science_center", "Lake", "https://www.example.org"), ("Old House", None, "Lake", None),
        ("Made-up College", "higher_education", "Lake", None), ("Made-up Library", "library", None, None),
        ("Made-up JPA", "public_agency", "Butte", None),
    ]  # fmt: skip
    assert any(p.what == "1 cell of website could not be read and was left out" for p in reading.problems)


def test_long_figures(tmp_path: Path) -> None:
    path = table(tmp_path / "figures.csv", "cds,year_start,metric,subgroup,value,denominator,reliability",
                 "1764022,2024,a_g_rate,all,46.7,182.0,reliable", "17640220000000,2024,a_g_rate,el,,5,suppressed",
                 "5.47209E+13,2023,a_g_rate,el,12%,11,", "12,2023,a_g_rate,el,12,11,")  # fmt: skip
    reading = read_files([path])
    assert shown(reading, "cds", "cds_rounded", "measure", "year", "group", "value", "denominator") == [
        ("17640220000000", None, "a_g_rate", "2024-25", None, 46.7, 182),
        (None, "5.47209E+13", "a_g_rate", "2023-24", "el", 12.0, 11),
    ]
    assert [(c.rows_in, c.kept, c.refused) for c in reading.counts] == [(4, 3, 1)]
    assert any("1 row without any figure" in p.what for p in reading.problems)


def test_wide_figures_take_their_year_from_the_header_or_beside_it(tmp_path: Path) -> None:
    path = table(tmp_path / "need.csv", "cds,name,type,county,math_dfs,math_dfs_year,math_dfs_tested,frpm_pct_2425,locale_2324",
                 "17640220000000,Made-up Unified,unified,Lake,-24.5,2024.0,120.0,61.8,41 - Rural", "17640300000000,B,high,Lake,,,,,")  # fmt: skip
    reading = read_files([path])
    assert shown(reading, "cds", "county", "measure", "year", "value", "denominator") == [
        ("17640220000000", "Lake", "math_dfs", "2024", -24.5, 120), ("17640220000000", "Lake", "frpm_pct", "2024-25", 61.8, None),
    ]  # fmt: skip
    assert [(c.rows_in, c.kept, c.refused) for c in reading.counts] == [(2, 2, 0)]


def test_county_figures_without_codes(tmp_path: Path) -> None:
    path = table(tmp_path / "cs.csv", "County,School year,CS access %", "Lake,2018-19,42", "Napa,2018-19,66%")
    assert shown(read_files([path]), "county", "measure", "year", "value") == [
        ("Lake", "CS access %", "2018-19", 42.0), ("Napa", "CS access %", "2018-19", 66.0),
    ]  # fmt: skip


def real(*parts: str) -> Path:
    root = Path(os.environ.get("ASSETGRAPH_DATA") or Path(__file__).parents[3] / "shared" / "data")
    path = root.joinpath(*parts)
    if not path.exists():
        line = f"{'/'.join(parts)} is not there: set ASSETGRAPH_DATA to the folder of the public directories"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)
    return path


@pytest.mark.directories
@pytest.mark.parametrize(("parts", "kind", "kept", "refused"), [
    (("leas", "leas.csv"), "Directory", 1134, 0),  # the 1,135th is "Out of State"
    (("leas", "charters.csv"), "Directory", 1262, 0),
    (("leas", "schools.csv"), "Directory", 9946, 0),
    (("partners", "partners.csv"), "Partners", 3733, 0),
    (("district_need", "district_need.csv"), "Indicators", 994, 0),
])  # fmt: skip
def test_the_real_files(parts: tuple[str, ...], kind: str, kept: int, refused: int) -> None:
    reading = read_files([real(*parts)])
    assert [(c.kept, c.refused) for c in reading.counts] == [(kept, refused)]
    assert {record.kind for record in reading.records} == {kind}
    assert reading.sources[0].basis is Basis.DIRECTORY


@pytest.mark.directories
def test_the_real_districts_are_all_there() -> None:
    kinds = Counter(kind for (kind,) in shown(read_files([real("leas", "leas.csv")]), "kind"))
    assert [kinds[kind] for kind in ("elementary", "unified", "high", "coe", "rocp", "jpa")] == [515, 345, 76, 58, 59, 54]


@pytest.mark.directories
def test_the_real_need_figures_agree_with_the_file() -> None:
    found = {(r.values.cds, r.values.measure): (r.values.value, r.values.year, r.values.denominator)  # type: ignore[attr-defined]
             for r in read_files([real("district_need", "district_need.csv")]).records}  # fmt: skip
    assert found["01611190000000", "math_dfs"] == (18.8, "2024", 4535)
    assert found["01611190000000", "el_pct"] == (8.6, "2023-24", None)
