"""What holds between them: one class for each kind of fact, declared once.

A fact is one statement by one row of one source. Two sources that say the same give two facts with the same
ends, and both are kept. ``id`` is made from what the fact says and where it was said, so loading twice gives
equal facts. Dates on a fact are the dates of that statement.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from assetgraph.model.nodes import private

__all__ = ["FACT_KINDS", "ORGANIZATIONS", "TIE_KINDS", "Fact"]

ORGANIZATIONS = ("COE", "LEA", "School", "Partner")
"""Labels of nodes that can partner, offer and need."""


class Fact(BaseModel):
    """Two ends, and where the statement came from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str] = ""
    from_labels: ClassVar[tuple[str, ...]] = ()
    to_labels: ClassVar[tuple[str, ...]] = ()
    forward: ClassVar[str] = ""
    """The sentence read from the first end; {a} and {b} are names."""
    backward: ClassVar[str] = ""
    absence: ClassVar[str] = ""
    """What it means when no such fact is there."""

    id: str
    source: str
    """Id of the source."""
    basis: str
    """map, table, directory, reference or built_in."""
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    county: str | None = Field(default=None, description="The county that the row speaks of; null when of none or several.")
    as_of: date | None = Field(default=None, description="The day for which the source says it.")
    web: str | None = Field(default=None, description="The page that says so.")

    @classmethod
    def sentence(cls, a: str, b: str, backward: bool = False) -> str:
        """The fact in words, from either end.

        >>> PartnersWith.sentence("Lake COE", "X", backward=True)
        'X partners with Lake COE'
        """
        return (cls.backward if backward else cls.forward).format(a=a, b=b)


class Dated(Fact):
    """A fact that may begin and end."""

    starts_on: date | None = None
    ends_on: date | None = None
    duration: str = Field(default="unknown", description="temporary, time_limited, enduring or unknown")


class Tie(Dated):
    """A tie between organizations, with the areas it is about; no areas means "not recorded"."""

    areas: list[str] = []
    scope: str | None = Field(default=None, description="inside_coe, outside_coe or other_coe, seen from the map's owner")
    how_known: str | None = None
    strength: int | None = Field(default=None, description="1 weak to 3 strong")
    contributor: str | None = private("who wrote the row")
    notes: str | None = private("the mappers' own words")
    extra: list[str] | None = private("columns that no sheet knows, as header: text")


class PartnersWith(Tie):
    type = "PARTNERS_WITH"
    from_labels = ORGANIZATIONS
    to_labels = ORGANIZATIONS
    forward = "{a} partners with {b}"
    backward = "{b} partners with {a}"
    absence = "no tie recorded"


class MemberOf(Tie):
    type = "MEMBER_OF"
    from_labels = ORGANIZATIONS
    to_labels = ORGANIZATIONS
    forward = "{a} is a member of {b}"
    backward = "{b} has {a} as a member"
    absence = "no membership recorded"


class Leads(Tie):
    type = "LEADS"
    from_labels = ORGANIZATIONS
    to_labels = (*ORGANIZATIONS, "Asset")
    forward = "{a} leads {b}"
    backward = "{b} is led by {a}"
    absence = "no lead recorded"


class FundedBy(Tie):
    type = "FUNDED_BY"
    from_labels = (*ORGANIZATIONS, "Asset")
    to_labels = ORGANIZATIONS
    forward = "{a} is funded by {b}"
    backward = "{b} funds {a}"
    absence = "no funding recorded"


class Serves(Tie):
    type = "SERVES"
    from_labels = ORGANIZATIONS
    to_labels = ("County", "Region", *ORGANIZATIONS)
    forward = "{a} serves {b}"
    backward = "{b} is served by {a}"
    absence = "no service area recorded"


class Supports(Tie):
    type = "SUPPORTS"
    from_labels = ORGANIZATIONS
    to_labels = (*ORGANIZATIONS, "County", "Region")
    forward = "{a} supports {b}"
    backward = "{b} is supported by {a}"
    absence = "no support recorded"


class In(Fact):
    type = "IN"
    from_labels = ("COE", "LEA", "School")
    to_labels = ("County",)
    forward = "{a} is in {b} County"
    backward = "{b} County has {a}"
    absence = "county not recorded"


class InRegion(Fact):
    type = "IN_REGION"
    from_labels = ("County",)
    to_labels = ("Region",)
    forward = "{a} County is in {b}"
    backward = "{b} includes {a} County"
    absence = "region not recorded"

    verified: str | None = Field(default=None, description="yes: read from a source; derived: worked out")


class Adjacent(Fact):
    type = "ADJACENT"
    from_labels = ("County",)
    to_labels = ("County",)
    forward = "{a} County borders {b} County"
    backward = "{b} County borders {a} County"
    absence = "no shared border"


class PartOf(Fact):
    type = "PART_OF"
    from_labels = ("School", "LEA")
    to_labels = ("LEA", "COE")
    forward = "{a} is part of {b}"
    backward = "{b} includes {a}"
    absence = "district not recorded"


class SupportedBy(Fact):
    type = "SUPPORTED_BY"
    from_labels = ("LEA",)
    to_labels = ("COE",)
    forward = "{a} is in the service area of {b}"
    backward = "{b} is the county office for {a}"
    absence = "county office not recorded"


class BasedIn(Fact):
    type = "BASED_IN"
    from_labels = ("Partner",)
    to_labels = ("County",)
    forward = "{a} is based in {b} County"
    backward = "{b} County is home to {a}"
    absence = "home county not recorded"


class Offers(Dated):
    type = "OFFERS"
    from_labels = ORGANIZATIONS
    to_labels = ("Asset",)
    forward = "{a} offers {b}"
    backward = "{b} is offered by {a}"
    absence = "provider not recorded"

    how_known: str | None = None
    contributor: str | None = private("who wrote the row")


class Covers(Fact):
    type = "COVERS"
    from_labels = ("Asset",)
    to_labels = ("ContentArea",)
    forward = "{a} is about {b}"
    backward = "{b} is covered by {a}"
    absence = "content area not recorded"


class OpenTo(Fact):
    type = "OPEN_TO"
    from_labels = ("Asset",)
    to_labels = ("County", "Region", "LEA")
    forward = "{a} is open to {b}"
    backward = "{b} may take part in {a}"
    absence = "who it is open to is not recorded"


class TookPartIn(Fact):
    type = "TOOK_PART_IN"
    from_labels = ("LEA", "COE")
    to_labels = ("Asset",)
    forward = "{a} takes part in {b}"
    backward = "{b} has {a} taking part"
    absence = "taking part not recorded"

    year: str | None = None
    headcount: int | None = Field(default=None, description="Teachers who took part.")
    first_on: date | None = Field(default=None, description="The first day for which taking part is recorded.")
    last_on: date | None = Field(default=None, description="The last day for which taking part is recorded.")


class ReachedIn(Fact):
    type = "REACHED_IN"
    from_labels = ("LEA", "COE")
    to_labels = ("ContentArea",)
    forward = "{a} was asked whether it takes part in {b}"
    backward = "{b}: {a} was asked whether it takes part"
    absence = "nobody asked"

    answer: str = Field(description="yes, no or not_asked")
    first_on: date | None = Field(default=None, description="The first day of the year that the answer is about.")
    last_on: date | None = Field(default=None, description="The last day for which the answer holds.")


class Needs(Fact):
    type = "NEEDS"
    from_labels = (*ORGANIZATIONS, "County", "Region")
    to_labels = ("Need",)
    forward = "{a} needs: {b}"
    backward = "{b}: a need of {a}"
    absence = "no need recorded"


class About(Fact):
    type = "ABOUT"
    from_labels = ("Need", "Action")
    to_labels = ("ContentArea",)
    forward = "{a} is about {b}"
    backward = "{b}: {a}"
    absence = "content area not recorded"


class Addresses(Fact):
    type = "ADDRESSES"
    from_labels = ("Asset", "Action", *ORGANIZATIONS)
    to_labels = ("Need",)
    forward = "{a} addresses: {b}"
    backward = "{b}: addressed by {a}"
    absence = "nothing recorded that addresses it"


class BuildsOn(Fact):
    type = "BUILDS_ON"
    from_labels = ("Action",)
    to_labels = ("Asset", *ORGANIZATIONS)
    forward = "{a} builds on {b}"
    backward = "{b} is built on by {a}"
    absence = "builds on nothing recorded"


class LedBy(Fact):
    type = "LED_BY"
    from_labels = ("Action",)
    to_labels = ORGANIZATIONS
    forward = "{a} is led by {b}"
    backward = "{b} leads {a}"
    absence = "lead not recorded"


class AimsAt(Fact):
    type = "AIMS_AT"
    from_labels = ("Action",)
    to_labels = ("Goal",)
    forward = "{a} aims at {b}"
    backward = "{b}: served by {a}"
    absence = "goal not recorded"


class HasCoordinator(Fact):
    type = "HAS_COORDINATOR"
    from_labels = ("COE", "LEA", "Partner")
    to_labels = ("Coordinator",)
    forward = "{a} has the role {b}"
    backward = "{b}: a role at {a}"
    absence = "no coordinator recorded"


class Coordinates(Fact):
    type = "COORDINATES"
    from_labels = ("Coordinator",)
    to_labels = ("ContentArea",)
    forward = "{a} looks after {b}"
    backward = "{b} is looked after by {a}"
    absence = "content area of the role not recorded"


class HasSeat(Fact):
    type = "HAS_SEAT"
    from_labels = ("Source",)
    to_labels = ("TeamSeat",)
    forward = "the team of {a} has the seat {b}"
    backward = "{b}: a seat on the team of {a}"
    absence = "no seat recorded"


class HeldBy(Fact):
    type = "HELD_BY"
    from_labels = ("TeamSeat",)
    to_labels = ORGANIZATIONS
    forward = "{a} is held by {b}"
    backward = "{b} holds {a}"
    absence = "holder not recorded"


class AskedAbout(Fact):
    type = "ASKED_ABOUT"
    from_labels = ("Source",)
    to_labels = ("ContentArea",)
    forward = "{a} asked about {b}"
    backward = "{b} was asked about by {a}"
    absence = "nobody asked"

    asked: bool = True
    kind: str | None = Field(default=None, description="A partner kind, when a kind was asked about.")
    family: str | None = Field(default=None, description="A family of kinds or all; null when kinds were not asked about.")
    lea: str | None = Field(default=None, description="Id of the LEA, or all; null when LEAs were not asked about.")
    asked_on: date | None = None
    of_whom: str | None = private("whom they asked")


class Measured(Fact):
    type = "MEASURED"
    from_labels = ("LEA", "COE", "School", "County")
    to_labels = ("Indicator",)
    forward = "{a} was measured by {b}"
    backward = "{b} was measured for {a}"
    absence = "no figure recorded"

    year: str | None = None
    value: float
    unit: str | None = None
    group: str | None = None
    denominator: int | None = None
    cited: str | None = Field(default=None, description="Who published the figure.")


class Maps(Fact):
    type = "MAPS"
    from_labels = ("Source",)
    to_labels = ("County",)
    forward = "{a} is a map of {b} County"
    backward = "{b} County is mapped by {a}"
    absence = "no map yet"


class OwnedBy(Fact):
    type = "OWNED_BY"
    from_labels = ("Source",)
    to_labels = ORGANIZATIONS
    forward = "{a} is the map of {b}"
    backward = "{b} owns {a}"
    absence = "owner not recorded"


class ReportedBy(Fact):
    type = "REPORTED_BY"
    from_labels = ("*",)
    to_labels = ("Source",)
    forward = "{a} is named in {b}"
    backward = "{b} names {a}"
    absence = "named by no source"


FACT_KINDS: dict[str, type[Fact]] = {
    kind.type: kind
    for kind in (
        PartnersWith, MemberOf, Leads, FundedBy, Serves, Supports, In, InRegion, Adjacent, PartOf, SupportedBy, BasedIn,
        Offers, Covers, OpenTo, TookPartIn, ReachedIn, Needs, About, Addresses, BuildsOn, LedBy, AimsAt, HasCoordinator,
        Coordinates, HasSeat, HeldBy, AskedAbout, Measured, Maps, OwnedBy, ReportedBy,
    )
}  # fmt: skip
"""Relationship type to class."""

TIE_KINDS: tuple[str, ...] = tuple(name for name, kind in FACT_KINDS.items() if issubclass(kind, Tie))
"""The kinds that make two organizations tied to each other."""
