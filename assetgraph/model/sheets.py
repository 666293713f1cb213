"""The sheets: one row class each, from which the template, the readers and docs/formats.md are made.

A column is declared once, with the words people write in its header, the cell type that reads it, and
whether it is private. Values here are already clean: dates are dates, areas are terms, lists are tuples.
None and an empty tuple both mean "not recorded".
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from assetgraph.model.duration import Duration

__all__ = [
    "SHEETS", "ActionRow", "AskedRow", "Cell", "Column", "CoordinatorRow", "DirectoryRow", "IndicatorRow", "NeedRow",
    "OfferingRow", "PartnerRow", "QuickstormRow", "ReachRow", "SheetRow", "TeamRow", "TieRow",
]  # fmt: skip


class Cell(StrEnum):
    """How a cell is read."""

    NAME = "name"  # one name, at most MAX_NAME characters
    NAMES = "names"  # names separated by ;
    TEXT = "text"
    URL = "url"
    FIRST_DAY = "first day"  # a date; a year or month means its first day
    LAST_DAY = "last day"  # a date; a year or month means its last day
    DURATION = "duration"
    GRADES = "grades"  # two numbers, see model/grades.py
    COUNTY = "county"
    COUNTIES = "counties"  # also "statewide" and "region 3"
    TERM = "term"  # one word of the column's vocabulary
    TERMS = "terms"  # words of the column's vocabulary, separated by ;
    LEAS = "leas"  # names, or "all"
    KIND_OR_FAMILY = "kind or family"  # a partner kind, a family, or "all"
    LEVEL = "level"  # 1, 2 or 3
    NUMBER = "number"
    COUNT = "count"  # a whole number, zero or more
    YEAR = "year"  # a calendar or school year
    CDS = "cds"


class Column(BaseModel):
    """What one column is called, how it is read and who may see it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    header: str
    cell: Cell
    required: bool = False
    private: bool = False
    vocabulary: str | None = None
    also: tuple[str, ...] = ()
    help: str = ""


def column(header: str, cell: Cell, help: str, *also: str, vocabulary: str | None = None, required: bool = False,
           private: bool = False) -> Any:  # fmt: skip
    """Declare one column of a sheet; required columns have no default."""
    meta = Column(header=header, cell=cell, help=help, also=also, vocabulary=vocabulary, required=required,
                  private=private)  # fmt: skip
    if required:
        return Field(json_schema_extra={"column": meta.model_dump()})
    empty = () if cell in (Cell.NAMES, Cell.TERMS, Cell.LEAS, Cell.COUNTIES) else None
    return Field(default=empty, json_schema_extra={"column": meta.model_dump()})


class SheetRow(BaseModel):
    """One kept row of a sheet. ``key`` names the columns that make it the same row when others change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: ClassVar[str]
    about: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    extra: tuple[tuple[str, str], ...] = ()
    """Columns that the sheet does not know, as (header, text); private."""

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """Field name to column, in the order of the sheet."""
        return dict(_columns(cls))

    def same_row_key(self) -> str:
        """What makes this the same row in two versions of a sheet."""
        return "|".join(str(getattr(self, name)).casefold() for name in self.key)


@lru_cache(maxsize=64)
def _columns(kind: type[SheetRow]) -> tuple[tuple[str, Column], ...]:
    metas = ((name, _meta(field)) for name, field in kind.model_fields.items())
    return tuple((name, meta) for name, meta in metas if meta is not None)


def _meta(field: FieldInfo) -> Column | None:
    extra = field.json_schema_extra
    return Column.model_validate(extra["column"]) if isinstance(extra, dict) and "column" in extra else None


def _areas(required: bool = False) -> Any:
    return column("Content areas", Cell.TERMS, "Math, Science, Computer science or another area; several with ;",
                  "content area", "area", "areas", "subject", "subjects", "subject area", "discipline", "content",
                  vocabulary="content_area", required=required)  # fmt: skip


def _how_known() -> Any:
    return column("How we know", Cell.TERM, "Interview, survey, website, partner conversation, data …", "how known",
                  "evidence", "source of information", "how do we know", vocabulary="evidence")  # fmt: skip


def _as_of() -> Any:
    return column("As of", Cell.FIRST_DAY, "The day for which this was true; blank means the map's own date.",
                  "as-of", "date", "updated", "last updated", "last verified", "verified")  # fmt: skip


def _web(help: str = "The page that says so, or the organization's own.") -> Any:
    return column("Web address", Cell.URL, help, "url", "website", "web site", "link", "web", "web page", "source url")


def _notes() -> Any:
    return column("Notes", Cell.TEXT, "Private: never in a public map.", "note", "comments", "comment", "remarks",
                  private=True)  # fmt: skip


def _also_called() -> Any:
    return column("Also called", Cell.NAMES, "Other names and acronyms, separated by ;", "aka", "alias", "aliases",
                  "acronym", "other names", "former name")  # fmt: skip


def _starts(*also: str) -> Any:
    return column("Starts", Cell.FIRST_DAY, "A day, a month or a year.", "start", "start date", "starts on", "begins",
                  "from date", "begin", *also)  # fmt: skip


def _ends(*also: str) -> Any:
    return column("Ends", Cell.LAST_DAY, "A day, a month or a year; a year means its last day.", "end", "end date",
                  "ends on", "until", "finish", "finishes", *also)  # fmt: skip


def _duration() -> Any:
    return column("Temporary or enduring", Cell.DURATION, "Temporary (under a year), time-limited, enduring or unknown.",
                  "duration", "temporary/enduring", "temporary / enduring", "temp or enduring", "how long", "timeline",
                  "temporary or enduring?", "t/e", vocabulary="duration")  # fmt: skip


def _grades() -> Any:
    return column("Grades", Cell.GRADES, "A span such as 6-8, TK-12 or high school.", "grade", "grade span",
                  "grade band", "grade level", "grade levels", "grades served")  # fmt: skip


class QuickstormRow(SheetRow):
    """One asset: who, what, on which area, for how long. Enough to build a map."""

    sheet: ClassVar[str] = "Quickstorm"
    about: ClassVar[str] = "One row for each asset: who, what, on which content area, for how long."
    key: ClassVar[tuple[str, ...]] = ("who", "what")

    who: str = column("Who", Cell.NAME, "The partner; for something inside your office, the office or team.",
                      "partner", "organization", "organisation", "partner / organization", "partner name",
                      "partner organization", "agency", "who (partner)", "org", required=True)  # fmt: skip
    what: str = column("What", Cell.NAME, "The asset: a workshop, a network, a place, people, materials …", "asset",
                       "offering", "what (asset)", "program", "resource", "activity", "description",
                       required=True)  # fmt: skip
    content_areas: tuple[str, ...] = column(
        "Content area", Cell.TERMS, "Math, Science, Computer science or another area; several with ;", "content areas",
        "area", "areas", "subject", "subjects", "subject area", "discipline", "content", "m/s/cs",
        vocabulary="content_area", required=True)  # fmt: skip
    written_duration: Duration | None = _duration()
    starts_on: date | None = _starts()
    ends_on: date | None = _ends()
    scope: str | None = column("Inside or outside", Cell.TERM, "Inside the county office, outside it, or another county office.",
                               "inside/outside", "inside or outside the coe", "host", "scope", "internal/external",
                               "inside or outside?", vocabulary="scope")  # fmt: skip
    partner_kind: str | None = column("Kind of partner", Cell.TERM, "Museum, library, tribe, employer, college …", "partner kind",
                                      "partner type", "type of partner", "organization type", "type",
                                      vocabulary="partner_kind")  # fmt: skip
    asset_kind: str | None = column("Kind of asset", Cell.TERM, "Professional learning, coaching, network, materials …",
                                    "asset kind", "asset type", "type of asset", vocabulary="asset_kind")  # fmt: skip
    grades: tuple[int, int] | None = _grades()
    leas: tuple[str, ...] = column("LEAs taking part", Cell.LEAS, "District names separated by ;, or all.", "leas", "districts",
                                   "lea", "district", "districts served", "participating districts", "participating leas",
                                   "districts taking part", "leas served")  # fmt: skip
    also_called: tuple[str, ...] = _also_called()
    web: str | None = _web("The partner's own page.")
    contributor: str | None = column("Contributor", Cell.NAME, "Private: who on your team wrote this row.", "entered by",
                                     "submitted by", "contributed by", private=True)  # fmt: skip
    how_known: str | None = _how_known()
    tags: tuple[str, ...] = column("Tags", Cell.NAMES, "Your own words, separated by ;", "tag", "keywords", "labels")
    notes: str | None = _notes()


class PartnerRow(SheetRow):
    """One partner and what is known of it."""

    sheet: ClassVar[str] = "Partners"
    about: ClassVar[str] = "One row for each partner: kind, home county, where it serves."
    key: ClassVar[tuple[str, ...]] = ("name", "home_county")

    name: str = column("Name", Cell.NAME, "The organization's name.", "partner", "organization", "organisation",
                       "partner name", "organization name", "partner / organization", required=True)  # fmt: skip
    also_called: tuple[str, ...] = _also_called()
    partner_kind: str | None = column("Kind of partner", Cell.TERM, "Museum, library, tribe, employer, college …", "partner kind",
                                      "partner type", "type of partner", "organization type", "type", "kind",
                                      vocabulary="partner_kind")  # fmt: skip
    home_county: str | None = column("Home county", Cell.COUNTY, "The county in which it is based.", "county", "based in",
                                     "home", "location")  # fmt: skip
    serves_counties: tuple[str, ...] = column("Serves counties", Cell.COUNTIES, "Counties separated by ;, or statewide.",
                                              "serves", "counties served", "service area",
                                              "serves county")  # fmt: skip
    web: str | None = _web("The partner's own page.")
    seen_at: str | None = column("Seen at", Cell.URL, "The page or document that says so, where it is not the partner's own.",
                                 "seen on", "evidence page", "cited page")  # fmt: skip
    power: int | None = column("Power", Cell.LEVEL, "Private: 1 low, 2 middle, 3 high.", "influence", private=True)
    interest: int | None = column("Interest", Cell.LEVEL, "Private: 1 low, 2 middle, 3 high.", private=True)
    contact: str | None = column("Contact", Cell.TEXT, "Private: whom to ask.", "contact name", "contact person",
                                 "contact email", "email", "e-mail", "phone", private=True)  # fmt: skip
    notes: str | None = _notes()


class TieRow(SheetRow):
    """One tie between two organizations."""

    sheet: ClassVar[str] = "Ties"
    about: ClassVar[str] = "One row for each tie between two organizations, offices, LEAs, networks or counties."
    key: ClassVar[tuple[str, ...]] = ("from_name", "how", "to_name")

    from_name: str = column("From", Cell.NAME, "An organization, office or LEA.", "from organization", "from org",
                            "source", "partner a", required=True)  # fmt: skip
    to_name: str = column("To", Cell.NAME, "An organization, office, LEA, county or funder.", "to organization", "to org",
                          "target", "partner b", required=True)  # fmt: skip
    how: str = column("How", Cell.TERM, "partners with, member of, leads, funded by, serves, supports.", "relationship",
                      "relation", "tie", "type of tie", "connection", vocabulary="how", required=True)  # fmt: skip
    content_areas: tuple[str, ...] = _areas()
    starts_on: date | None = column("Since", Cell.FIRST_DAY, "A day, a month or a year.", "start", "starts", "start date")
    ends_on: date | None = column("Until", Cell.LAST_DAY, "A day, a month or a year; a year means its last day.", "end", "ends",
                                  "end date")  # fmt: skip
    written_duration: Duration | None = _duration()
    strength: int | None = column("Strength", Cell.LEVEL, "1 weak, 2 middle, 3 strong.", "tie strength")
    how_known: str | None = _how_known()
    as_of: date | None = _as_of()
    web: str | None = _web("The page that says so.")


class OfferingRow(SheetRow):
    """One offering of professional learning."""

    sheet: ClassVar[str] = "Offerings"
    about: ClassVar[str] = "One row for each offering of professional learning: by whom, on what, when, for whom."
    key: ClassVar[tuple[str, ...]] = ("title", "provider")

    title: str = column("Title", Cell.NAME, "The offering's name.", "offering", "name", "event", "course", required=True)
    provider: str = column("Provider", Cell.NAME, "Who offers it.", "offered by", "provided by", "organization",
                           "host", required=True)  # fmt: skip
    co_provider: tuple[str, ...] = column("Co-provider", Cell.NAMES, "Who offers it too.", "co provider", "co-provided by",
                                          "with", "co-providers")  # fmt: skip
    asset_kind: str | None = column("Kind", Cell.TERM, "Professional learning, coaching, network, curriculum training …",
                                    "kind of asset", "kind of offering", "type",
                                    vocabulary="asset_kind")  # fmt: skip
    content_areas: tuple[str, ...] = _areas(required=True)
    grades: tuple[int, int] | None = _grades()
    format: str | None = column("Format", Cell.TERM, "Workshop, institute, coaching, webinar …", vocabulary="format")
    modality: str | None = column("Modality", Cell.TERM, "In person, virtual, hybrid …", "mode", vocabulary="modality")
    audience: tuple[str, ...] = column("Audience", Cell.TERMS, "Teachers, administrators, families …; several with ;", "for whom",
                                       "participants", vocabulary="audience")  # fmt: skip
    starts_on: date | None = _starts("since")
    ends_on: date | None = _ends()
    written_duration: Duration | None = _duration()
    hours: float | None = column("Hours", Cell.NUMBER, "Hours for one participant.", "length in hours", "duration in hours")
    cost: str | None = column("Cost", Cell.TEXT, "What a participant or LEA pays.", "price", "fee")
    stipend: str | None = column("Stipend", Cell.TEXT, "What a participant is paid.", "pay")
    open_to: tuple[str, ...] = column("Open to", Cell.COUNTIES, "Counties separated by ;, or statewide.", "eligible counties",
                                      "eligible area", "eligible", "counties", "service area")  # fmt: skip
    funder: tuple[str, ...] = column("Funder", Cell.NAMES, "Who pays for it.", "funded by", "funding source", "funding")
    funded_until: date | None = column("Funded until", Cell.LAST_DAY, "The day the funding ends.", "funding ends", "grant ends")
    web: str | None = _web("The offering's page.")
    as_of: date | None = _as_of()


class NeedRow(SheetRow):
    """One need, whose it is, and what addresses it."""

    sheet: ClassVar[str] = "Needs"
    about: ClassVar[str] = "One row for each need: whose, what, on which areas, what addresses it."
    key: ClassVar[tuple[str, ...]] = ("whose", "need")

    whose: str = column("Whose", Cell.NAME, "The office, LEA, partner or county that has the need.", "who", "organization",
                        "lea", "district", "who needs it", required=True)  # fmt: skip
    need: str = column("Need", Cell.TEXT, "The need in one sentence.", "what", "needs", "description", "what is needed", "text",
                       required=True)  # fmt: skip
    need_kind: str | None = column("Kind", Cell.TERM, "Professional learning, staffing, time to collaborate …", "kind of need",
                                   "need kind", "type", vocabulary="need_kind")  # fmt: skip
    content_areas: tuple[str, ...] = _areas()
    grades: tuple[int, int] | None = _grades()
    how_known: str | None = _how_known()
    as_of: date | None = _as_of()
    status: str | None = column("Status", Cell.TERM, "Open, in progress, met, dropped.", vocabulary="status")
    addressed_by: tuple[str, ...] = column("Addressed by", Cell.NAMES, "Assets, partners or actions, separated by ;",
                                           "met by", "addressed", "answered by")  # fmt: skip
    web: str | None = _web("The page that says so.")


class CoordinatorRow(SheetRow):
    """One coordinator role in an office or LEA."""

    sheet: ClassVar[str] = "Coordinators"
    about: ClassVar[str] = "One row for each coordinator role; people's names stay private."
    key: ClassVar[tuple[str, ...]] = ("office", "role", "content_areas")

    office: str = column("Office or LEA", Cell.NAME, "The county office or LEA.", "office", "coe", "lea", "district",
                         "organization", "county office", required=True)  # fmt: skip
    role: str = column("Role", Cell.NAME, "The title of the role.", "title", "role title", "position", "job title",
                       required=True)  # fmt: skip
    content_areas: tuple[str, ...] = _areas()
    fte: float | None = column("FTE", Cell.NUMBER, "Full-time equivalent, 0 to 2.", "full-time equivalent")
    starts_on: date | None = column("Since", Cell.FIRST_DAY, "A day, a month or a year.", "start", "starts")
    person: str | None = column("Name", Cell.NAME, "Private: who holds the role.", "person", "staff name", "coordinator",
                                private=True)  # fmt: skip
    as_of: date | None = _as_of()
    web: str | None = _web("The page that says so.")


class ReachRow(SheetRow):
    """What one LEA takes part in: yes, no or not asked for each area, or one offering in one year."""

    sheet: ClassVar[str] = "Reach"
    about: ClassVar[str] = (
        "One row for each LEA with yes, no or not asked under each content area; or one offering and year."
    )
    key: ClassVar[tuple[str, ...]] = ("lea", "offering", "year")

    lea: str = column("LEA", Cell.NAME, "The district or charter.", "district", "lea name", "district name", "school district",
                      required=True)  # fmt: skip
    answers: tuple[tuple[str, str], ...] = ()
    """(content area, yes | no | not_asked) for each area column that is filled in."""
    offering: str | None = column("Offering", Cell.NAME, "The offering's title.", "asset", "title", "program")
    year: str | None = column("Year", Cell.YEAR, "A year or school year, such as 2024-25.", "school year")
    headcount: int | None = column("Headcount", Cell.COUNT, "How many teachers took part.", "participants", "number",
                                   "count", "teachers")  # fmt: skip


class AskedRow(SheetRow):
    """What the makers of the map asked about; what nobody asked about is not a gap."""

    sheet: ClassVar[str] = "Asked about"
    about: ClassVar[str] = "What you asked about, so that a blank can be told from a gap."
    key: ClassVar[tuple[str, ...]] = ("content_areas", "partner_kind", "leas", "of_whom", "when")

    content_areas: tuple[str, ...] = column("Content area", Cell.TERMS, "The area you asked about.", "content areas", "area",
                                            "areas", "subject", vocabulary="content_area", required=True)  # fmt: skip
    partner_kind: str | None = column("Kind of partner", Cell.KIND_OR_FAMILY, "A kind, a family, or all.", "partner kind",
                                      "family", "kind", vocabulary="partner_kind")  # fmt: skip
    leas: tuple[str, ...] = column("LEA", Cell.LEAS, "A district's name, or all.", "leas", "district", "districts")
    asked: str = column("Asked", Cell.TERM, "yes or no.", "asked?", "did you ask", vocabulary="answer", required=True)
    of_whom: str | None = column("Of whom", Cell.TEXT, "Private: whom you asked.", "who was asked", "asked whom", private=True)
    when: date | None = column("When", Cell.FIRST_DAY, "The day you asked.", "date", "asked on")


class ActionRow(SheetRow):
    """One action: what it builds on and which need it answers."""

    sheet: ClassVar[str] = "Actions"
    about: ClassVar[str] = "One row for each action: by when, led by whom, building on what, answering which need."
    key: ClassVar[tuple[str, ...]] = ("action",)

    action: str = column("Action", Cell.TEXT, "What will be done.", "what", "action item", "next step", required=True)
    by_when: date | None = column("By when", Cell.LAST_DAY, "A day, a month or a year.", "due", "due date", "deadline", "when")
    led_by: tuple[str, ...] = column("Led by", Cell.NAMES, "The office or partner that leads it.", "lead", "who", "owner")
    builds_on: tuple[str, ...] = column("Builds on", Cell.NAMES, "Assets or partners it builds on, separated by ;", "builds upon",
                                        "asset")  # fmt: skip
    answers_need: tuple[str, ...] = column("Answers need", Cell.NAMES, "Needs it answers, separated by ;", "need", "addresses")
    goal: str | None = column("Goal", Cell.TEXT, "Why it is done.", "goals", "improvement goal")
    status: str | None = column("Status", Cell.TERM, "Open, in progress, met, dropped.", vocabulary="status")


class TeamRow(SheetRow):
    """One seat on the local implementation team."""

    sheet: ClassVar[str] = "Team"
    about: ClassVar[str] = "One row for each seat on the local implementation team; people's names stay private."
    key: ClassVar[tuple[str, ...]] = ("organization", "seat", "role")

    organization: str = column("Organization", Cell.NAME, "Who holds the seat.", "organisation", "partner", "office",
                               "agency", required=True)  # fmt: skip
    seat: str | None = column("Seat", Cell.TERM, "Lead, member, advisor …", "team seat", vocabulary="seat")
    role: str | None = column("Role", Cell.NAME, "The role on the team.", "title", "position")
    person: str | None = column("Name", Cell.NAME, "Private: who sits there.", "person", private=True)


class OutreachRow(SheetRow):
    """What came of asking one organization: a line of the county's own log, which is private as a whole."""

    sheet: ClassVar[str] = "Outreach"
    about: ClassVar[str] = "A log beside the maps, private as a whole: whom the county asked, when, and what came of it."
    key: ClassVar[tuple[str, ...]] = ("organization", "content_areas", "outcome", "on")

    organization: str = column("Organization", Cell.NAME, "Whom you asked, as the maps name it.", "organisation", "partner",
                               "who", required=True)  # fmt: skip
    outcome: str = column("Outcome", Cell.TERM, "Asked, agreed, declined, active or at capacity.", "result", "answer",
                          "what came of it", vocabulary="outcome", required=True)  # fmt: skip
    on: date = column("Date", Cell.FIRST_DAY, "The day of the call, or of the answer.", "day", "on", "when", required=True)
    content_areas: tuple[str, ...] = _areas()
    reason: str | None = column("Reason", Cell.TEXT, "Private: why, in their words.", "why", "notes", private=True)
    place: int | None = column("Place on the list", Cell.COUNT, "Where it stood on the list on that day; blank: not on it.",
                               "place")  # fmt: skip


class DirectoryRow(SheetRow):
    """One line of a public directory: a county office, an LEA or a school."""

    sheet: ClassVar[str] = "Directory"
    about: ClassVar[str] = "The state's public directory files: offices, districts, charters and schools."
    key: ClassVar[tuple[str, ...]] = ("cds", "county", "name")

    cds: str | None = column("CDS code", Cell.CDS, "14 digits, text; blank: known by county and name until a directory gives it.",
                             "cds", "cdscode", "cd code", "cds_code")  # fmt: skip
    name: str = column("Name", Cell.NAME, "The district's, office's or school's name.", "district", "school", required=True)
    county: str = column("County", Cell.COUNTY, "Its county.", "county name", required=True)
    kind: str = column("Kind", Cell.NAME, "coe, unified, elementary, high, charter, school, rocp, jpa, other.", required=True)
    district_cds: str | None = column("District CDS", Cell.CDS, "For a school or charter: its district.", "district_cds")
    status: str | None = column("Status", Cell.NAME, "Active, Closed, Merged or Pending.", "statustype")
    is_charter: bool | None = None
    grades: tuple[int, int] | None = _grades()
    locale: str | None = column("Locale", Cell.NAME, "NCES locale, from large city to remote rural.")
    enrollment: int | None = column("Enrollment", Cell.COUNT, "Students.", "enrollment", "enroll_2324")
    city: str | None = column("City", Cell.NAME, "City of its office.", "street city")
    lat: float | None = column("Latitude", Cell.NUMBER, "Degrees north.", "lat")
    lon: float | None = column("Longitude", Cell.NUMBER, "Degrees east (negative in California).", "lon")
    web: str | None = _web("Its own page.")
    seen_at: str | None = column("Seen at", Cell.URL, "The page or document that says so.", "seen on")
    also_called: tuple[str, ...] = _also_called()


class IndicatorRow(SheetRow):
    """One figure about an LEA, school or county in one year."""

    sheet: ClassVar[str] = "Indicators"
    about: ClassVar[str] = "Figures: a CDS code or county, a measure, a year, a value and its source."
    key: ClassVar[tuple[str, ...]] = ("cds", "county", "measure", "year", "group")

    cds: str | None = column("CDS code", Cell.CDS, "14 digits, text; blank for a county's figure.", "cds", "cdscode", "cd code")
    cds_rounded: str | None = None
    """A code that a spreadsheet rounded (5.47209E+13), as it was written; joined where one directory code prints so."""
    county: str | None = column("County", Cell.COUNTY, "For a county's figure.", "county name")
    measure: str = column("Measure", Cell.NAME, "What is measured.", "metric", "indicator", required=True)
    year: str | None = column("Year", Cell.YEAR, "A year or school year.", "year_start", "school year", "test year")
    value: float = column("Value", Cell.NUMBER, "The figure.", "figure", "percent", required=True)
    unit: str | None = column("Unit", Cell.NAME, "What the figure counts, such as %.")
    group: str | None = column("Group", Cell.NAME, "The student group, where the figure is for one.", "subgroup", "student group")
    denominator: int | None = column("Out of", Cell.COUNT, "How many were counted.", "denominator", "tested")
    cited: str | None = column("Source", Cell.TEXT, "Who published it.", "publisher", "source url")


SHEETS: dict[str, type[SheetRow]] = {
    row.sheet: row
    for row in (
        QuickstormRow, PartnerRow, TieRow, OfferingRow, NeedRow, CoordinatorRow, ReachRow, AskedRow, ActionRow, TeamRow,
        OutreachRow, DirectoryRow, IndicatorRow,
    )
}  # fmt: skip
"""Sheet name to row class, in the order of the workbook; the last two come from public files."""
