"""What there is: one class for each kind of node, declared once.

Each class names its label; its fields are the node's properties. None means "not recorded".
Private fields are marked and never reach a public output.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "COE",
    "LEA",
    "NODE_KINDS",
    "NODE_SUBTYPES",
    "Action",
    "Asset",
    "AssetMap",
    "ContentArea",
    "Coordinator",
    "County",
    "Funder",
    "Goal",
    "Indicator",
    "Need",
    "Network",
    "Node",
    "Offering",
    "Partner",
    "PartnerKindNode",
    "Region",
    "School",
    "Source",
    "TeamSeat",
]  # fmt: skip


def private(description: str) -> Any:
    """A field that only a staff edition may show."""
    return Field(default=None, description=description, json_schema_extra={"private": True})


class Node(BaseModel):
    """What every node has: an id that is unique in the graph, and a name to show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: ClassVar[str] = ""
    about: ClassVar[str] = ""

    id: str
    name: str


class County(Node):
    label: ClassVar[str] = "County"
    about: ClassVar[str] = "A county of California."

    fips: str
    cds_county_code: str
    lat: float
    lon: float


class Region(Node):
    label: ClassVar[str] = "Region"
    about: ClassVar[str] = "A group of counties, known by scheme and code; region numbers differ between schemes."

    scheme: str
    code: str


class COE(Node):
    label: ClassVar[str] = "COE"
    about: ClassVar[str] = "A county office of education."

    county: str
    cds: str | None = None
    single_district: bool = Field(default=False, description="The office and the county's one district are one body.")
    web: str | None = None


class LEA(Node):
    label: ClassVar[str] = "LEA"
    about: ClassVar[str] = "A school district, charter or other local educational agency."

    county: str | None = None
    cds: str | None = Field(default=None, description="14 digits as text; null until a directory gives one.")
    kind: str | None = Field(default=None, description="unified, elementary, high, charter, jpa, rocp, other")
    is_charter: bool = False
    is_district: bool = Field(default=True, description="A regular school district, the ones that reach is counted over.")
    status: str | None = None
    grade_low: int | None = None
    grade_high: int | None = None
    locale: str | None = None
    enrollment: int | None = Field(default=None, description="Students; null too where there are fewer than 11.")
    has_few_students: bool = Field(default=False, description="Fewer than 11 students: the number is not kept in the graph.")
    city: str | None = None
    lat: float | None = None
    lon: float | None = None
    web: str | None = None
    could_be: list[str] = Field(default=[], description="Ids of the LEAs that a name fits, when it fits several.")


class School(Node):
    label: ClassVar[str] = "School"
    about: ClassVar[str] = "One school; an optional level."

    county: str
    cds: str | None = None
    kind: str | None = None
    is_charter: bool = False
    status: str | None = None
    grade_low: int | None = None
    grade_high: int | None = None
    enrollment: int | None = Field(default=None, description="Students; null too where there are fewer than 11.")
    has_few_students: bool = Field(default=False, description="Fewer than 11 students: the number is not kept in the graph.")


class Partner(Node):
    label: ClassVar[str] = "Partner"
    about: ClassVar[str] = "A community partner: any organization that is not a county office, LEA or school."

    kind: str | None = None
    family: str | None = None
    role: str | None = Field(default=None, description="provider, network, advocacy or funder")
    home_county: str | None = None
    web: str | None = None
    also_called: list[str] = []
    is_network: bool = False
    is_funder: bool = False
    could_be: list[str] = Field(default=[], description="Ids of partners that bear the same name and may be the same.")
    power: int | None = private("1 low to 3 high")
    interest: int | None = private("1 low to 3 high")
    contact: str | None = private("whom to ask")
    notes: str | None = private("the mappers' own words")
    extra: list[str] | None = private("columns that no sheet knows, as header: text")


class Network(Partner):
    about: ClassVar[str] = "A partner that others are members of; same label, is_network is true."

    is_network: bool = True


class Funder(Partner):
    about: ClassVar[str] = "A partner that pays for something; same label, is_funder is true; the end stands on FUNDED_BY."

    is_funder: bool = True


class Asset(Node):
    label: ClassVar[str] = "Asset"
    about: ClassVar[str] = "What somebody has or offers: professional learning, people, places, materials, data, funds."

    kind: str | None = None
    is_offering: bool = Field(default=False, description="Professional learning in any of its forms.")
    starts_on: date | None = None
    ends_on: date | None = None
    duration: str = Field(default="unknown", description="temporary, time_limited, enduring or unknown")
    grade_low: int | None = Field(default=None, description="birth -3, PK -2, TK -1, K 0, 1 to 12, college 13 to 16")
    grade_high: int | None = None
    format: str | None = None
    modality: str | None = None
    audience: list[str] = []
    hours: float | None = None
    cost: str | None = None
    stipend: str | None = None
    tags: list[str] = []
    web: str | None = None
    team: str | None = private("for an asset inside the office: the team or person, as the sheet names it")
    notes: str | None = private("the mappers' own words")
    extra: list[str] | None = private("columns that no sheet knows, as header: text")


class Offering(Asset):
    about: ClassVar[str] = "An asset that is professional learning; same label, is_offering is true."

    is_offering: bool = True


class ContentArea(Node):
    label: ClassVar[str] = "ContentArea"
    about: ClassVar[str] = "Mathematics, science, computer science, or another area; an open list."

    term: str


class PartnerKindNode(Node):
    label: ClassVar[str] = "PartnerKind"
    about: ClassVar[str] = "A kind of partner and the family it is counted in; an open list."

    term: str
    family: str
    family_name: str
    role: str | None = None


class Need(Node):
    label: ClassVar[str] = "Need"
    about: ClassVar[str] = "What an office, LEA, partner or county says it lacks."

    kind: str | None = None
    grade_low: int | None = None
    grade_high: int | None = None
    status: str | None = None
    how_known: str | None = None
    as_of: date | None = None


class Action(Node):
    label: ClassVar[str] = "Action"
    about: ClassVar[str] = "What a county will do."

    by_when: date | None = None
    status: str | None = None


class Goal(Node):
    label: ClassVar[str] = "Goal"
    about: ClassVar[str] = "Why an action is done."


class Indicator(Node):
    label: ClassVar[str] = "Indicator"
    about: ClassVar[str] = "A measure; its figures stand on MEASURED."

    unit: str | None = None


class Coordinator(Node):
    label: ClassVar[str] = "Coordinator"
    about: ClassVar[str] = "A coordinator's role in an office or LEA; the role, never the person."

    fte: float | None = None
    starts_on: date | None = None
    person: str | None = private("who holds the role")


class TeamSeat(Node):
    label: ClassVar[str] = "TeamSeat"
    about: ClassVar[str] = "A seat on a local implementation team."

    seat: str | None = None
    role: str | None = None
    person: str | None = private("who sits there")


class Source(Node):
    label: ClassVar[str] = "Source"
    about: ClassVar[str] = "Where facts come from: an asset map, a table, a directory, the reference facts."

    basis: str
    as_of: date | None = None
    plan: str | None = None
    step: str | None = None
    files: list[str] = []
    rows_in: int = 0
    rows_kept: int = 0
    rows_refused: int = 0
    filled_in_by: str | None = private("who filled in the map")
    contact: str | None = private("whom to ask about it")


class AssetMap(Source):
    about: ClassVar[str] = "A source that is a county's own asset map; same label, basis is map."


NODE_KINDS: dict[str, type[Node]] = {
    kind.label: kind
    for kind in (
        County, Region, COE, LEA, School, Partner, Asset, ContentArea, PartnerKindNode, Need, Action, Goal, Indicator,
        Coordinator, TeamSeat, Source,
    )
}  # fmt: skip
"""Label to class."""

NODE_SUBTYPES: tuple[type[Node], ...] = (Network, Funder, Offering, AssetMap)
"""Kinds that share another kind's label and are told apart by a property."""
