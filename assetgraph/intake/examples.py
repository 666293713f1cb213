"""One example row for each sheet: facts from public pages, never invented people or places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from assetgraph.model.duration import Duration
from assetgraph.model.sheets import (
    ActionRow,
    AskedRow,
    CoordinatorRow,
    NeedRow,
    OfferingRow,
    PartnerRow,
    QuickstormRow,
    ReachRow,
    SheetRow,
    TeamRow,
    TieRow,
)

__all__ = ["EXAMPLES", "EXAMPLE_MARK", "Example"]

EXAMPLE_MARK = "Example: "
"""What the first cell of an example row starts with; readers leave such rows out."""

_LAKE_COE = "Lake County Office of Education"
_COLLABORATIVE = "Rural Math Collaborative"
_COLLABORATIVE_PAGE = (
    "https://cds.bcoe.org/Services/Teaching--Learning/Math-Science-and-Computer-Science/"
    "Rural-Math-Collaborative/index.html"
)
_MUSEUM_PAGE = (
    "https://dev3.lakeconews.com/news/community/letters/39372-jarrett-cmas-offers-thanks-for-star-award"
)
_ROLES_PAGE = "https://docs.google.com/presentation/d/11CQ1GQPLdCOTv5fI3c2M3T7cVIpGPaZN/htmlpresent"


class Example(NamedTuple):
    """A row to copy the style of, and the page that says so."""

    row: SheetRow
    page: str


_ROWS = (
    Example(
        QuickstormRow(
            who="Children's Museum of Art and Science",
            what="Robot-kit workshops in classrooms and after school",
            content_areas=("science", "computer_science"),
            written_duration=Duration.ENDURING,
            starts_on=date(2010, 1, 1),
            scope="outside_coe",
            partner_kind="museum_science_center",
            asset_kind="student_program",
            leas=("Konocti Unified School District",),
            also_called=("CMAS",),
            how_known="website",
            tags=("robotics",),
        ),
        _MUSEUM_PAGE,
    ),
    Example(
        PartnerRow(
            name=_COLLABORATIVE,
            also_called=("RMC",),
            partner_kind="coe_network",
            serves_counties=("Butte", "Lake"),
            web=_COLLABORATIVE_PAGE,
        ),
        _COLLABORATIVE_PAGE,
    ),
    Example(
        TieRow(
            from_name=_LAKE_COE,
            to_name=_COLLABORATIVE,
            how="leads",
            content_areas=("math",),
            how_known="website",
            web=_COLLABORATIVE_PAGE,
        ),
        _COLLABORATIVE_PAGE,
    ),
    Example(
        OfferingRow(
            title="Summer of CS (CS4NorCal)",
            provider="CS4NorCal (Small School Districts' Association)",
            asset_kind="professional_learning",
            content_areas=("computer_science",),
            grades=(0, 12),
            format="institute",
            modality="in_person",
            audience=("teachers", "administrators", "counselors"),
            starts_on=date(2021, 6, 1),
            ends_on=date(2025, 6, 30),
            cost="free",
            stipend="$3,000 middle/high or $1,500 elementary over two years",
            open_to=("Glenn", "Lassen", "Modoc", "Plumas", "Shasta", "Siskiyou"),
            web="https://www.cs4norcal.org/portal/goal-1",
        ),
        "https://www.cs4norcal.org/portal/goal-1",
    ),
    Example(
        NeedRow(
            whose="Kelseyville Unified School District",
            need="More teacher training in mathematics, and graphing calculators",
            need_kind="professional_learning",
            content_areas=("math",),
            grades=(3, 11),
            how_known="data",
            as_of=date(2019, 11, 30),
            web="https://www.record-bee.com/2019/11/30/2879129/",
        ),
        "https://www.record-bee.com/2019/11/30/2879129/",
    ),
    Example(
        CoordinatorRow(
            office=_LAKE_COE,
            role="Learning Support Specialist and Coordinator of the Rural Math Collaborative",
            content_areas=("math",),
            web=_ROLES_PAGE,
        ),
        _ROLES_PAGE,
    ),
    Example(
        # The district was lead partner of a science grant; nobody was asked about the other two areas.
        ReachRow(
            lea="Konocti Unified School District",
            answers=(("math", "not_asked"), ("science", "yes"), ("computer_science", "not_asked")),
        ),
        "http://now.humboldt.edu/news/550000-science-grant-to-hsu-schools/",
    ),
    Example(
        AskedRow(
            content_areas=("math", "science", "computer_science"),
            partner_kind="faith_based",
            leas=("all",),
            asked="no",
        ),
        "the sample of this package: nobody had asked about this kind of partner",
    ),
    Example(
        ActionRow(
            action="Extend the Learning by Making course to Lake County",
            by_when=date(2023, 12, 31),
            led_by=("Learning by Making (Sonoma State EdEon)",),
            builds_on=("Learning by Making teacher training",),
            goal="Train at least half of the science and math teachers of the partner high schools",
        ),
        "https://www.northbaybusinessjournal.com/northbay/sonomacounty/8902156-181/"
        "sonoma-state-university-education-grant",
    ),
    Example(
        TeamRow(
            organization=_LAKE_COE,
            role="Learning Support Specialist and Coordinator of the Rural Math Collaborative",
        ),
        _ROLES_PAGE,
    ),
)

EXAMPLES: Mapping[str, Example] = MappingProxyType({example.row.sheet: example for example in _ROWS})
"""Sheet name to its example, in the order of the workbook."""
