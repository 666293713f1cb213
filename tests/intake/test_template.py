"""The workbook that a county fills in: what a person finds on opening it, and that nothing of theirs is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.errors import InputError, OutputError, UsageError
from assetgraph.intake.examples import EXAMPLES
from assetgraph.intake.look import OPTIONAL, PRIVATE, REQUIRED
from assetgraph.intake.shown import headed_values, shown
from assetgraph.intake.template import TEMPLATE_SHEETS, write_all_templates, write_rows, write_template
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Basis, SourceInfo
from assetgraph.model.sheets import AskedRow, DirectoryRow, OfferingRow, QuickstormRow, ReachRow
from assetgraph.model.vocabulary import FAMILIES, PARTNER_KINDS, VOCABULARIES, look_up

TEN = ["Quickstorm", "Partners", "Ties", "Offerings", "Needs", "Coordinators", "Reach", "Asked about", "Actions", "Team"]


def lea(number: int, name: str, county: str = "Lake", kind: str = "unified", **more: object) -> DirectoryRow:
    return DirectoryRow.model_validate(
        {"cds": f"17{number:012}", "name": name, "county": county, "kind": kind, "status": "Active", **more}
    )


DISTRICTS = [
    lea(1, "Upper Lake Unified"),
    lea(2, "Konocti Unified"),
    lea(3, "Lucerne Elementary", kind="elementary"),
    lea(4, "Shade Canyon", kind="charter", status="active"),
    lea(5, "Lake County Office of Education", kind="coe"),
    lea(6, "Gone Elementary", kind="elementary", status="Closed"),
    lea(7, "Ukiah Unified", county="Mendocino"),
    lea(8, "Some School", kind="school"),
]
LAKE_LEAS = ["Konocti Unified", "Lucerne Elementary", "Upper Lake Unified", "Shade Canyon"]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("template") / "lake.xlsx"
    return load_workbook(write_template(path, "Lake County", districts=DISTRICTS))


def headers(sheet: Worksheet) -> list[str]:
    return [cell.value for cell in sheet[1] if cell.value is not None]


def offered(workbook: Workbook, sheet: str, header: str) -> list[object] | None:
    """What the drop-down under a header offers; None when there is none."""
    worksheet = workbook[sheet]
    (cell,) = [cell for cell in worksheet[1] if str(cell.value).removesuffix(" *") == header]
    for rule in worksheet.data_validations.dataValidation:
        if f"{cell.column_letter}2" in rule.sqref:
            name, _, cells = rule.formula1.partition("!")
            assert (rule.type, rule.showErrorMessage, rule.errorStyle) == ("list", False, "warning")
            return [found.value for (found,) in workbook[name][cells.replace("$", "")]]
    return None


def test_ten_sheets_after_the_read_me_and_a_hidden_one(lake: Workbook) -> None:
    assert lake.sheetnames == ["Read me", *TEN, "Lists"]
    assert lake["Lists"].sheet_state == "hidden"
    assert {sheet.sheet_state for sheet in lake if sheet.title != "Lists"} == {"visible"}
    assert lake.active.title == "Read me"


def test_read_me_has_labels_prefilled_with_office_and_county(lake: Workbook) -> None:
    rows = {row[0].value: row[1].value for row in lake["Read me"].iter_rows(max_col=2)}
    assert rows["Map of *"] == "Lake County Office of Education"
    assert rows["Counties *"] == "Lake"
    for label in ("Plan", "Step", "As of *", "Filled in by", "Contact (private)"):
        assert label in rows
        assert rows[label] is None
    assert rows["Quickstorm"] == QuickstormRow.about
    link = next(cell for cell in lake["Read me"]["A"] if cell.value == "Quickstorm").hyperlink
    assert link.location == "'Quickstorm'!A1"


@pytest.mark.parametrize("kind", TEMPLATE_SHEETS, ids=lambda kind: kind.sheet)
def test_headers_say_what_is_needed_and_what_is_private(lake: Workbook, kind: type) -> None:
    sheet = lake[kind.sheet]
    assert sheet.freeze_panes == "B2"
    by_header = {str(cell.value).removesuffix(" *"): cell for cell in sheet[1] if cell.value}
    columns = {column.header: column for column in kind.columns().values()}
    areas = {"Math", "Science", "Computer science"} if kind is ReachRow else set()
    assert set(by_header) == set(columns) | areas
    for header, column in columns.items():
        cell = by_header[header]
        fill = REQUIRED if column.required else PRIVATE if column.private else OPTIONAL
        assert str(cell.value).endswith(" *") is column.required
        assert bool(cell.font.b) is column.required
        assert cell.fill.fgColor.rgb == f"00{fill}"
        assert cell.alignment.wrap_text
        assert column.help in cell.comment.text
        assert ("private" in cell.comment.text.casefold()) is column.private
        assert sheet.column_dimensions[cell.column_letter].width >= 10


def test_reach_has_a_column_for_each_area_and_a_row_for_each_active_lea(lake: Workbook) -> None:
    sheet = lake["Reach"]
    assert headers(sheet) == [
        "LEA *", "Math", "Science", "Computer science", "Offering", "Year", "Headcount",
    ]  # fmt: skip
    assert [cell.value for cell in sheet["A"][2:]] == LAKE_LEAS
    assert all(cell.value is None for row in sheet.iter_rows(min_row=3, min_col=2) for cell in row)


def test_cells_that_excel_would_turn_into_dates_are_text(lake: Workbook) -> None:
    def format_under(sheet: str, header: str) -> str:
        letter = next(cell.column_letter for cell in lake[sheet][1] if cell.value == header)
        return str(lake[sheet].column_dimensions[letter].number_format)

    assert format_under("Quickstorm", "Grades") == "@"
    assert format_under("Reach", "Year") == "@"
    assert format_under("Quickstorm", "Starts") == "yyyy-mm-dd"
    assert format_under("Offerings", "Funded until") == "yyyy-mm-dd"
    assert format_under("Partners", "Power") == "0"


def test_drop_downs_offer_the_vocabularies_by_name(lake: Workbook) -> None:
    assert offered(lake, "Quickstorm", "Content area") == [
        "Mathematics", "Science", "Computer science", "Multidisciplinary", "Other",
    ]  # fmt: skip
    assert offered(lake, "Quickstorm", "Temporary or enduring") == [
        "Temporary", "Time-limited", "Enduring", "Unknown",
    ]  # fmt: skip
    assert offered(lake, "Ties", "How") == [
        "partners with", "member of", "leads", "funded by", "serves", "supports",
    ]  # fmt: skip
    assert offered(lake, "Quickstorm", "Kind of partner") == [kind.name for kind in PARTNER_KINDS.values()]
    kinds = offered(lake, "Asked about", "Kind of partner")
    assert kinds is not None
    assert kinds[:9] == ["all", *FAMILIES.values()]
    assert set(kinds[9:]) <= {kind.name for kind in PARTNER_KINDS.values()}
    assert offered(lake, "Partners", "Home county") == list(COUNTIES)
    assert offered(lake, "Partners", "Power") == [1, 2, 3]
    assert offered(lake, "Quickstorm", "Who") is None


def test_every_word_offered_is_understood() -> None:
    asked = 0
    for kind in TEMPLATE_SHEETS:
        for column in kind.columns().values():
            for term in VOCABULARIES[column.vocabulary] if column.vocabulary else ():
                asked += 1
                assert look_up(term.vocabulary, term.name) == term
    assert asked > 100


def test_drop_downs_offer_the_countys_leas(lake: Workbook) -> None:
    office = "Lake County Office of Education"
    assert offered(lake, "Quickstorm", "LEAs taking part") == ["all", *LAKE_LEAS]
    assert offered(lake, "Asked about", "LEA") == ["all", *LAKE_LEAS]
    assert offered(lake, "Needs", "Whose") == [office, *LAKE_LEAS]
    assert offered(lake, "Coordinators", "Office or LEA") == [office, *LAKE_LEAS]
    assert offered(lake, "Reach", "LEA") == LAKE_LEAS
    assert offered(lake, "Reach", "Math") == ["yes", "no", "not asked"]


def test_one_grey_example_on_each_sheet(lake: Workbook) -> None:
    assert list(EXAMPLES) == TEN
    for name in TEN:
        first = lake[name]["A2"]
        assert str(first.value).startswith("Example: ")
        assert first.font.i
        assert first.font.color.rgb == "007F7F7F"
        assert EXAMPLES[name].page in first.comment.text
    assert lake["Quickstorm"]["A2"].value == "Example: Children's Museum of Art and Science"
    assert lake["Quickstorm"]["C2"].value == "Science; Computer science"
    assert lake["Offerings"]["F2"].value == "K-12"


def test_without_examples_or_districts_only_headers_stand(tmp_path: Path) -> None:
    workbook = load_workbook(write_template(tmp_path / "bare.xlsx", "Alpine", examples=False))
    assert [workbook[name].max_row for name in TEN] == [1] * 10
    assert offered(workbook, "Quickstorm", "LEAs taking part") == ["all"]
    assert offered(workbook, "Reach", "LEA") is None


def test_same_input_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = write_template(tmp_path / "one.xlsx", "Lake", districts=DISTRICTS).read_bytes()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    two = write_template(tmp_path / "two.xlsx", "lake county", districts=reversed(DISTRICTS)).read_bytes()
    assert one == two
    with ZipFile(tmp_path / "one.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2023-09-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_filled_workbook_is_never_lost(tmp_path: Path) -> None:
    path = tmp_path / "lake.xlsx"
    path.write_bytes(b"hours of work")
    for write in (lambda: write_template(path, "Lake"), lambda: write_rows(path, "Lake", {})):
        with pytest.raises(InputError, match="is there already") as refused:
            write()
        assert refused.value.cure
    with pytest.raises(InputError, match="is there already"):
        write_all_templates(tmp_path)
    assert path.read_bytes() == b"hours of work"
    assert [found.name for found in tmp_path.iterdir()] == ["lake.xlsx"]
    write_template(path, "Lake", overwrite=True)
    assert load_workbook(path)["Quickstorm"]["A1"].value == "Who *"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="its folder does not exist"):
        write_template(tmp_path / "no" / "lake.xlsx", "Lake")
    with pytest.raises(InputError, match="is a folder"):
        write_template(tmp_path, "Lake", overwrite=True)


def test_unknown_counties_get_the_closest_spelling(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="did you mean Mendocino"):
        write_template(tmp_path / "x.xlsx", "Mendicino")
    with pytest.raises(UsageError, match="one of California's 58"):
        write_template(tmp_path / "x.xlsx", "Narnia")
    assert list(tmp_path.iterdir()) == []


def test_all_58_workbooks(tmp_path: Path) -> None:
    written = list(write_all_templates(tmp_path / "all", DISTRICTS))
    assert len(written) == 58
    assert sorted(path.name for path in written) == sorted(path.name for path in (tmp_path / "all").iterdir())
    assert {"lake.xlsx", "san-luis-obispo.xlsx", "del-norte.xlsx", "los-angeles.xlsx"} <= {p.name for p in written}
    mendocino = load_workbook(tmp_path / "all" / "mendocino.xlsx")
    assert [cell.value for cell in mendocino["Reach"]["A"][2:]] == ["Ukiah Unified"]


def test_rows_stand_as_a_person_would_write_them(tmp_path: Path) -> None:
    museum = EXAMPLES["Quickstorm"].row
    summer = EXAMPLES["Offerings"].row.model_copy(update={"extra": (("Room", "12"),)})
    reach = ReachRow(lea="Konocti Unified", answers=(("science", "yes"), ("multidisciplinary", "no")), year="2024-25")
    source = SourceInfo(
        id="map/lake", basis=Basis.MAP, name="North State CoP", counties=("Lake", "Glenn"), plan="A", step="2",
        as_of=date(2026, 11, 22), filled_in_by="A person",
    )  # fmt: skip
    rows = {"Quickstorm": [museum], "Offerings": [summer], "Reach": [reach]}
    workbook = load_workbook(write_rows(tmp_path / "lake.xlsx", "Lake", rows, source=source))
    labels = {row[0].value: row[1].value for row in workbook["Read me"].iter_rows(max_col=2)}
    assert labels["Map of *"] == "North State CoP"
    assert labels["Counties *"] == "Lake; Glenn"
    assert (labels["Plan"], labels["Step"]) == ("A", "2")
    assert labels["As of *"].date() == date(2026, 11, 22)
    quickstorm = dict(zip(headers(workbook["Quickstorm"]), (c.value for c in workbook["Quickstorm"][2]), strict=True))
    assert quickstorm["Who *"] == "Children's Museum of Art and Science"
    assert quickstorm["Temporary or enduring"] == "Enduring"
    assert quickstorm["Starts"].date() == date(2010, 1, 1)
    offering = dict(zip(headers(workbook["Offerings"]), (c.value for c in workbook["Offerings"][2]), strict=True))
    assert offering["Audience"] == "Teachers; Administrators; Counselors"
    assert offering["Open to"] == "Glenn; Lassen; Modoc; Plumas; Shasta; Siskiyou"
    assert offering["Room"] == "12"
    assert headers(workbook["Reach"])[:5] == ["LEA *", "Math", "Science", "Computer science", "Multidisciplinary"]
    assert [cell.value for cell in workbook["Reach"][2]][:5] == ["Konocti Unified", None, "yes", None, "no"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.test","y")', "#N/A", "12"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    row = QuickstormRow(who=text, what=text, content_areas=("math",), notes=text)
    path = write_rows(tmp_path / "x.xlsx", "Lake", {"Quickstorm": [row]})
    sheet = load_workbook(path)["Quickstorm"]
    for cell in (sheet["A2"], sheet["B2"], sheet["Q2"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert bool(cell.quotePrefix) is (text[0] in "=+-@")
    with ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 12
        assert not any(b"<f>" in archive.read(name) for name in sheets)


def test_a_day_before_spreadsheets_begin_is_written_as_text(tmp_path: Path) -> None:
    row = QuickstormRow(who="Observatory", what="Telescope", content_areas=("science",), starts_on=date(1888, 6, 1))
    sheet = load_workbook(write_rows(tmp_path / "x.xlsx", "Lake", {"Quickstorm": [row]}))["Quickstorm"]
    assert sheet["E2"].value == "1888-06-01"


def test_sheets_that_people_do_not_fill_in_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Directory"):
        write_rows(tmp_path / "x.xlsx", "Lake", {"Directory": []})


def test_families_and_kinds_are_shown_by_name() -> None:
    column = AskedRow.columns()["partner_kind"]
    words = [shown(column, word) for word in ("all", "tribal", "library", "faith_based", "maker_space")]
    assert words == ["all", "Tribal", "Library", "Faith-based organization", "Maker space"]
    assert shown(OfferingRow.columns()["grades"], (-1, 12)) == "TK-12"
    assert dict(headed_values(AskedRow(content_areas=("math",), asked="yes"))) == {
        "Content area": "Mathematics",
        "Asked": "yes",
    }
