"""The workbook that a county fills in, empty or with rows: one sheet for each table, made from the model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assetgraph.errors import OutputError, UsageError
from assetgraph.files import make_folder
from assetgraph.intake.dropdowns import DropDowns
from assetgraph.intake.examples import EXAMPLE_MARK, EXAMPLES
from assetgraph.intake.look import EXAMPLE_FONT, WRAPPED, dress_column, dress_sheet, show_whole_row
from assetgraph.intake.read_me import write_read_me
from assetgraph.intake.shown import AREA_HEADERS, area_header, headed_values
from assetgraph.intake.workbook import FIXED_TIME, note, put, refuse_to_overwrite, save_workbook
from assetgraph.model.names import fold, slug
from assetgraph.model.places import COUNTIES, CountyPlace, closest_spelling, county_named
from assetgraph.model.records import Basis, SourceInfo, source_id
from assetgraph.model.sheets import SHEETS, Cell, Column, DirectoryRow, ReachRow, SheetRow
from assetgraph.model.vocabulary import VOCABULARIES

__all__ = ["EXAMPLES", "TEMPLATE_SHEETS", "write_all_templates", "write_rows", "write_template"]

TEMPLATE_SHEETS: tuple[type[SheetRow], ...] = tuple(
    row for name, row in SHEETS.items() if name not in ("Outreach", "Directory", "Indicators")
)
"""The sheets that people fill in, in the order of the workbook. Outreach is a log of its own, the others are public files."""

_DISTRICT_KINDS = ("unified", "elementary", "high")
_TABS = {"Quickstorm": "1F4E5F"}


def write_template(
    path: str | Path, county: str, *, districts: Iterable[DirectoryRow] = (), examples: bool = True,
    overwrite: bool = False,
) -> Path:  # fmt: skip
    """The path of a new workbook for a county, ready to fill in; equal arguments give equal bytes.

    With ``districts`` (of any counties), the county's active districts and charters stand on the Reach sheet and
    in the drop-downs. Without ``examples`` the sheets hold headers only. Raises UsageError for a county that does
    not exist, InputError when the file is there already (unless ``overwrite``), OutputError when it cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_template(Path(folder, "lake.xlsx"), "Lake").name
    'lake.xlsx'
    """
    place = _county(county)
    leas = _lea_names(place, districts)
    workbook = _workbook(_map_of(place), {"Reach": [ReachRow(lea=name) for name in leas]}, leas, examples=examples)
    return save_workbook(workbook, Path(path), overwrite=overwrite)


def write_rows(
    path: str | Path, county: str, rows: Mapping[str, Sequence[SheetRow]], *, source: SourceInfo | None = None,
    districts: Iterable[DirectoryRow] = (), overwrite: bool = False,
) -> Path:  # fmt: skip
    """The path of a new workbook that holds the rows, by sheet name, as a person would have written them.

    Reading it back gives the rows again, in their order. ``source`` fills in the Read me sheet (owner, counties,
    plan, step, as-of date, who filled it in); without it only owner and county stand there. Raises UsageError for
    a county or sheet that does not exist, InputError and OutputError as ``write_template`` does.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_rows(Path(folder, "lake.xlsx"), "Lake", {"Quickstorm": [EXAMPLES["Quickstorm"].row]}).name
    'lake.xlsx'
    """
    place = _county(county)
    strange = sorted(set(rows) - {kind.sheet for kind in TEMPLATE_SHEETS})
    if strange:
        known = ", ".join(kind.sheet for kind in TEMPLATE_SHEETS)
        raise UsageError(f"{strange[0]}: no sheet of the workbook has this name", f"use one of: {known}")
    workbook = _workbook(source or _map_of(place), rows, _lea_names(place, districts), examples=False)
    return save_workbook(workbook, Path(path), overwrite=overwrite)


def write_all_templates(
    folder: str | Path, districts: Iterable[DirectoryRow] = (), *, examples: bool = True, overwrite: bool = False
) -> Iterator[Path]:
    """The paths of 58 workbooks in a folder, one for each county in alphabetical order, as each is written.

    Nothing is written when any of the 58 files is there already (unless ``overwrite``): raises InputError at once.
    Raises OutputError, which says how many are written, when one cannot be.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     next(write_all_templates(folder)).name
    'alameda.xlsx'
    """
    paths = {name: Path(folder, f"{slug(name)}.xlsx") for name in COUNTIES}
    for path in paths.values():
        refuse_to_overwrite(path, overwrite=overwrite)
    make_folder(folder)
    listed = tuple(districts)
    return _each(paths, lambda path, name: write_template(path, name, districts=listed, examples=examples, overwrite=overwrite))


def _each(paths: Mapping[str, Path], write: Callable[[Path, str], Path]) -> Iterator[Path]:
    for done, (name, path) in enumerate(paths.items()):
        try:
            yield write(path, name)
        except OutputError as error:
            raise OutputError(f"{error.what} ({done} of {len(paths)} are written)",
                              f"{error.cure}; move those that are written away, or name another folder") from error  # fmt: skip


def _county(text: str) -> CountyPlace:
    place = county_named(text)
    if place is None:
        meant = closest_spelling(text)
        cure = f"did you mean {meant}" if meant else f"give one of California's {len(COUNTIES)} counties, such as Lake"
        raise UsageError(f"{text!r}: no county has this name", cure)
    return place


def _map_of(place: CountyPlace) -> SourceInfo:
    office = place.coe_name
    return SourceInfo(id=source_id(Basis.MAP, office), basis=Basis.MAP, name=office, counties=(place.name,))


def _lea_names(place: CountyPlace, districts: Iterable[DirectoryRow]) -> tuple[str, ...]:
    """Names of the county's active districts, then charters, each alphabetically and once."""
    here = [row for row in districts if county_named(row.county) == place and _is_active(row)]
    regular = {row.name for row in here if fold(row.kind) in _DISTRICT_KINDS and not row.is_charter}
    charters = {row.name for row in here if row.is_charter or fold(row.kind) == "charter"}
    return (*sorted(regular, key=fold), *sorted(charters - regular, key=fold))


def _is_active(row: DirectoryRow) -> bool:
    return row.status is None or row.status.casefold() == "active"


def _workbook(
    map_of: SourceInfo, rows: Mapping[str, Sequence[SheetRow]], leas: Sequence[str], *, examples: bool
) -> Workbook:
    workbook = Workbook()
    properties = workbook.properties
    properties.creator, properties.title = "assetgraph", f"Asset map: {map_of.name}"
    properties.created = properties.modified = FIXED_TIME
    lists = DropDowns(workbook, office=map_of.name, leas=leas)
    write_read_me(workbook.worksheets[0], map_of, TEMPLATE_SHEETS, lists)
    for kind in TEMPLATE_SHEETS:
        sheet = workbook.create_sheet(kind.sheet, len(workbook.sheetnames) - 1)
        kept = rows.get(kind.sheet, ())
        headers = _headers(kind, kept)
        for number, column in enumerate(headers.values(), start=1):
            dress_column(sheet, number, column)
            lists.offer(sheet, number, column)
        dress_sheet(sheet, tab=_TABS.get(kind.sheet, "9FB8C1"))
        _fill(sheet, list(headers), kept, example=examples)
    return workbook


def _headers(kind: type[SheetRow], rows: Sequence[SheetRow]) -> dict[str, Column]:
    """Header to column: the sheet's own, on Reach the areas after the LEA, then columns only these rows have."""
    own = {column.header: column for column in kind.columns().values()}
    if kind is ReachRow:
        lea, *others = own.items()
        own = dict([lea, *((header, _area_column(header)) for header in _areas_of(rows)), *others])
    for row in rows:
        for header, _ in row.extra:
            own.setdefault(header, Column(header=header, cell=Cell.TEXT, private=True))
    return own


def _areas_of(rows: Sequence[SheetRow]) -> list[str]:
    answered = {area for row in rows if isinstance(row, ReachRow) for area, _ in row.answers}
    listed = [term.term for term in VOCABULARIES["content_area"] if term.term in answered]
    areas = dict.fromkeys([*AREA_HEADERS, *listed, *sorted(answered)])
    return [area_header(area) for area in areas]


def _area_column(header: str) -> Column:
    help_text = f"Does this LEA take part in anything on {header[0].lower()}{header[1:]}? yes, no or not asked."
    return Column(header=header, cell=Cell.TERM, vocabulary="answer", help=help_text)


def _cell(sheet: Worksheet, row: int, number: int) -> SheetCell:
    # A column's format holds for its empty cells only: a cell that we fill needs its own.
    cell = sheet.cell(row, number)
    cell.number_format = sheet.column_dimensions[get_column_letter(number)].number_format
    cell.alignment = WRAPPED
    return cell


def _fill(sheet: Worksheet, headers: Sequence[str], rows: Sequence[SheetRow], *, example: bool) -> None:
    place = {header: number for number, header in enumerate(headers, start=1)}
    first = 2
    if example:
        shown_row, page = EXAMPLES[sheet.title]
        for header, value in headed_values(shown_row):
            text = f"{EXAMPLE_MARK}{value}" if place[header] == 1 else value
            put(_cell(sheet, first, place[header]), text).font = EXAMPLE_FONT
        sheet.cell(first, 1).comment = note(f"An example from a public page; not read.\n{page}")
        show_whole_row(sheet, first)
        first += 1
    for number, row in enumerate(rows, start=first):
        for header, value in headed_values(row):
            put(_cell(sheet, number, place[header]), value)
        show_whole_row(sheet, number)
