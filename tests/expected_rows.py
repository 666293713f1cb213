"""The rows of every question on the three made-up maps as of January 15, 2025, worked out by hand.

Each row holds the columns of the question in its header's order, apart from ``facts`` and ids made of hashes.
Soon means by July 14, 2025; within three years means since January 15, 2022.
"""



from __future__ import annotations

from datetime import date as day
from typing import Any, NamedTuple

from tiny_counties import COLUSA

OFFICE = "Colusa County Office of Education"
MAP = "Colusa County Office of Education asset map, plan A, step 1"
MATH, SCIENCE, CS = "math", "science", "computer_science"


class Case(NamedTuple):
    """A question, what it is asked with, and its rows in order."""

    question: str
    values: dict[str, Any]
    rows: list[tuple[Any, ...]]
    leave_out: tuple[str, ...] = ()
    """Columns that hold a hash."""


def grid(area: str, *cells: tuple[Any, ...], single: bool = False) -> list[tuple[Any, ...]]:
    """Rows of the gap grid: family, state, then ties, partners, ending soon, on paper, asked kinds where not empty."""
    nothing: tuple[Any, ...] = (0, (), 0, (), ())
    return [(area, family, state, *more, *nothing[len(more) :], single) for family, state, *more in cells]


GRID = Case("gap_grid", {"county": "Colusa"}, [
    *grid(CS,
          ("after_school_and_youth", "fragile", 1, ("Youth Code Club",)),
          ("colleges_and_research", "not_asked"),
          ("employers_agencies_funders", "on_paper", 0, (), 0, ("Almond Growers",), ("employer",)),
          ("faith_based", "not_asked"),  # somebody wrote that they did not ask
          ("families_and_community", "not_asked"),
          ("museums_libraries_arts", "not_asked"),
          ("professional_learning_and_networks", "not_asked"),
          ("tribal", "not_asked")),
    *grid(MATH,
          ("after_school_and_youth", "nobody"),
          # Two ties, and both end by July 14.
          ("colleges_and_research", "fragile", 2, ("Math Circle Project", "Oak Grove College"), 2, ("Oak Grove College",)),
          ("employers_agencies_funders", "nobody"),
          ("faith_based", "fragile", 1, ("Hope Church",)),
          ("families_and_community", "nobody"),
          ("museums_libraries_arts", "nobody"),  # Star Lab is known from public pages only
          ("professional_learning_and_networks", "on_paper", 0, (), 0, ("State Math Network",)),
          ("tribal", "nobody")),
    *grid("multidisciplinary", *[(family, "not_asked") for family in (
        "after_school_and_youth", "colleges_and_research", "employers_agencies_funders", "faith_based", "families_and_community",
        "museums_libraries_arts", "professional_learning_and_networks", "tribal")]),
    *grid("other", *[(family, "not_asked") for family in (
        "after_school_and_youth", "colleges_and_research", "employers_agencies_funders", "faith_based", "families_and_community",
        "museums_libraries_arts", "professional_learning_and_networks", "tribal")]),
    *grid(SCIENCE,
          ("after_school_and_youth", "not_asked"),
          ("colleges_and_research", "not_asked"),
          ("employers_agencies_funders", "not_asked", 0, (), 0, (), ("philanthropy",)),  # one kind of five was asked about
          ("faith_based", "not_asked"),
          ("families_and_community", "not_asked"),
          ("museums_libraries_arts", "covered", 2, ("River Museum", "Valley Library"), 1, (), ("library",)),
          ("professional_learning_and_networks", "not_asked"),
          ("tribal", "nobody")),  # the tie with Williams Unified ended in 2023
])  # fmt: skip

GRID_OF_ONE_BODY = Case("gap_grid", {"county": "Sierra", "area": "science"}, grid(
    SCIENCE,
    ("after_school_and_youth", "not_asked"), ("colleges_and_research", "not_asked"), ("employers_agencies_funders", "not_asked"),
    ("faith_based", "not_asked"), ("families_and_community", "not_asked"),
    ("museums_libraries_arts", "fragile", 1, ("Peak Observatory",)),
    ("professional_learning_and_networks", "not_asked"), ("tribal", "not_asked"), single=True))  # fmt: skip

WILLIAMS = ("Williams Unified", "lea/06616220000000", "06616220000000")
MAXWELL = ("Maxwell Unified", "lea/06616060000000", "06616060000000")
PIERCE = ("Pierce Joint Unified", "lea/06616140000000", "06616140000000")
COLUSA_UNIFIED = ("Colusa Unified", "lea/06615980000000", "06615980000000")

UNREACHED = Case("unreached_leas", {"county": "Colusa"}, [
    # Robot lending is for all districts: on paper. Maxwell has a tie, Pierce a yes.
    (CS, *WILLIAMS, "on_paper", False, "unduplicated_pct", 91.0, "2023-24", 1450, None, False),
    (CS, *COLUSA_UNIFIED, "on_paper", False, None, None, None, 1400, None, False),
    # Colusa says yes and was coached, Maxwell was coached, Pierce has a tie; two statewide offerings are open to Williams.
    (MATH, *WILLIAMS, "on_paper", True, "unduplicated_pct", 91.0, "2023-24", 1450, None, False),
    # Williams took part in 2023-24. Maxwell's yes is of 2020-21, of Pierce nothing is recorded, Colusa says no.
    (SCIENCE, *MAXWELL, "not_asked", False, "unduplicated_pct", 62.5, "2023-24", 350, "rural: distant", False),
    (SCIENCE, *PIERCE, "not_asked", True, None, None, None, 1500, None, False),
    (SCIENCE, *COLUSA_UNIFIED, "no", False, None, None, None, 1400, None, False),
])  # fmt: skip

UNREACHED_OF_ONE_BODY = Case("unreached_leas", {"county": "Sierra"}, [
    # The office's tie in science is the district's; Number talks are open to the whole state.
    (CS, "Sierra-Plumas Joint Unified", "lea/46701770000000", "46701770000000", "not_asked", False, None, None, None, 400, None, True),
    (MATH, "Sierra-Plumas Joint Unified", "lea/46701770000000", "46701770000000", "on_paper", False, None, None, None, 400, None, True),
])  # fmt: skip

UNREACHED_WITHOUT_A_DIRECTORY = Case("unreached_leas", {"county": "Alpine", "area": "science"}, [
    (SCIENCE, "Alpine County Office of Education", "coe/alpine", "02100250000000", "not_asked", False, None, None, None, None, None, True),
])  # fmt: skip

MISSING = Case("missing_partner_kinds", {"county": "Colusa"}, [
    ("after_school_and_youth", "expanded_learning", True, None, None, None, None, None),
    ("colleges_and_research", "research_and_ta", True, None, None, None, None, None),
    ("colleges_and_research", "research_lab", True, "Lava Lab", "partner/lava-lab", "Lassen", 30, False),
    ("colleges_and_research", "university_program", True, "Valley Math Site", "partner/valley-math-site", "Colusa", 0, False),
    ("employers_agencies_funders", "business_industry", True, None, None, None, None, None),
    ("employers_agencies_funders", "economic_resource_council", True, None, None, None, None, None),
    ("employers_agencies_funders", "education_foundation", True, None, None, None, None, None),
    ("employers_agencies_funders", "employer", True, "Almond Growers", "partner/almond-growers", "Colusa", 0, False),
    ("employers_agencies_funders", "employer_intermediary", True, None, None, None, None, None),
    ("employers_agencies_funders", "funder", True, None, None, None, None, None),
    ("employers_agencies_funders", "philanthropy", True, None, None, None, None, None),  # that tie ended in 2024
    ("employers_agencies_funders", "public_agency", True, None, None, None, None, None),
    ("employers_agencies_funders", "state_agency", True, None, None, None, None, None),
    ("employers_agencies_funders", "stem_funder", True, None, None, None, None, None),
    ("families_and_community", "advocacy_coalition", True, None, None, None, None, None),
    ("families_and_community", "community_organization", True, None, None, None, None, None),
    ("families_and_community", "family_advocacy", True, None, None, None, None, None),
    ("families_and_community", "family_organization", True, None, None, None, None, None),
    ("families_and_community", "parent_association", True, None, None, None, None, None),
    ("families_and_community", "union", True, "Teachers Local", "partner/teachers-local", "Yolo", 4, True),
    ("museums_libraries_arts", "arts_council", True, "Delta Arts Council", "partner/delta-arts-council", "Glenn", 2, False),
    ("professional_learning_and_networks", "coe_network", True, None, None, None, None, None),
    ("professional_learning_and_networks", "coe_program", True, None, None, None, None, None),
    ("professional_learning_and_networks", "network", True, "State Math Network", "partner/state-math-network", "Los Angeles", 52, False),
    ("professional_learning_and_networks", "nonprofit_pl_provider", True, "Open Numbers", "partner/open-numbers", "San Diego", 56, False),
    ("professional_learning_and_networks", "professional_association", True, None, None, None, None, None),  # no county known
    ("professional_learning_and_networks", "stem_council", True, None, None, None, None, None),
    ("professional_learning_and_networks", "stem_ecosystem", True, None, None, None, None, None),
    ("tribal", "tribal_organization", True, "Rancheria Learning", "partner/rancheria-learning", "Colusa", 0, False),
])  # fmt: skip

MISSING_IN_SCIENCE = {
    "held": {"museum_science_center", "library"},
    "asked": {"philanthropy", "tribal_organization"},
    "examples": {"tribal_organization": ("Elk Creek Culture Center", "Glenn", 2), "research_lab": ("Lava Lab", "Lassen", 30)},
}
"""In science: the kinds held, the missing ones asked about, and each example; every other kind is missing with neither."""

UNADDRESSED = Case("unaddressed_needs", {"county": "Colusa"}, [
    ("Algebra support for new teachers", "Maxwell Unified", "Colusa", "professional_learning", (MATH,), 6, 9, day(2024, 11, 1),
     "survey", False),
], ("need_id",))  # fmt: skip

MET_ELSEWHERE = Case("needs_met_elsewhere", {"county": "Colusa"}, [
    # Math circles and Math coaching are Colusa's own, and so is Star maps; Fraction week has not begun.
    ("Algebra support for new teachers", "Maxwell Unified", MATH, "Algebra institute",
     "asset/algebra-institute--partner-oak-grove-college", "Oak Grove College", "Glenn", 2, True, day(2026, 6, 30), False),
    ("Algebra support for new teachers", "Maxwell Unified", MATH, "Number talks",
     "asset/number-talks--partner-state-math-network", "State Math Network", "Los Angeles", 52, True, None, False),
], ("need_id",))  # fmt: skip

UNUSED = Case("unused_offers", {"county": "Colusa"}, [
    # Museum nights, Maker box, Math circles, Code corner, Algebra institute and Nature days are offered by somebody tied to an office
    # or district of Colusa or Glenn, and so is Star maps by what public pages say. Districts took part in Math coaching. Story maps
    # ends with grade 3. Nothing says that Fraction week, Soil labs or Basalt days is near or open, and Bus grants has ended.
    ("Number talks", "asset/number-talks--partner-state-math-network", "State Math Network", "partner/state-math-network", "network",
     (MATH,), "Los Angeles", 52, True, None, ("Algebra support for new teachers",), False),
    ("Robot lending", "asset/robot-lending--coe-colusa", OFFICE, "coe/colusa", None, (CS,), "Colusa", 0, True, None, (), False),
    ("Robot weekend", "asset/robot-weekend--partner-almond-growers", "Almond Growers", "partner/almond-growers", "employer", (CS,),
     "Colusa", 0, True, day(2025, 2, 2), (), False),
])  # fmt: skip

UNUSED_NEXT_TO_GLENN = Case("unused_offers", {"county": "Glenn", "area": CS}, [
    # The same two, from next door: both are open to Colusa alone.
    ("Robot lending", "asset/robot-lending--coe-colusa", OFFICE, "coe/colusa", None, (CS,), "Colusa", 1, False, None, (), False),
    ("Robot weekend", "asset/robot-weekend--partner-almond-growers", "Almond Growers", "partner/almond-growers", "employer", (CS,),
     "Colusa", 1, False, day(2025, 2, 2), (), False),
])  # fmt: skip

COORDINATORS = Case("coes_without_coordinator", {"county": "Colusa"}, [
    (OFFICE, "Colusa", CS, "none_recorded", None, "Glenn County Office of Education", "Glenn", ("STEM Coordinator",), 2, False),
    (OFFICE, "Colusa", MATH, "lone", "Math Coordinator", "Glenn County Office of Education", "Glenn",
     ("K-5 Math Coach", "Math Coordinator"), 2, False),
    (OFFICE, "Colusa", SCIENCE, "none_recorded", None, "Lake County Office of Education", "Lake", ("Science Specialist",), 1, True),
])  # fmt: skip

COORDINATORS_OF_GLENN = Case("coes_without_coordinator", {"county": "Glenn", "top": 2}, [
    # Two for math; one who looks after both other areas, and her peers.
    ("Glenn County Office of Education", "Glenn", CS, "lone", "STEM Coordinator", None, None, (), None, None),
    ("Glenn County Office of Education", "Glenn", SCIENCE, "lone", "STEM Coordinator", "Lake County Office of Education", "Lake",
     ("Science Specialist",), 3, True),
])  # fmt: skip

ENDING = Case("ending_between", {"county": "Colusa", "from": "2025-01-15"}, [
    ("asset", "offers", "Almond Growers", "Robot weekend", (CS,), day(2025, 2, 2), "temporary", (), None, False),
    ("asset", "offers", "Valley Library", "Maker box", (SCIENCE,), day(2025, 3, 31), "temporary", (), None, False),
    ("tie", "partners_with", "Valley Library", OFFICE, (SCIENCE,), day(2025, 3, 31), "temporary", ("Maker box",), True, False),
    ("tie", "partners_with", "Oak Grove College", "Pierce Joint Unified", (MATH,), day(2025, 5, 31), "temporary",
     ("Algebra institute",), True, False),
    ("asset", "offers", OFFICE, "Math coaching", (MATH,), day(2025, 6, 10), "temporary", ("Colusa Unified", "Maxwell Unified"),
     None, False),
    ("asset", "offers", "Math Circle Project", "Math circles", (MATH,), day(2025, 6, 30), "temporary", ("Pierce Joint Unified",),
     None, False),
    ("funding", "funded_by", "Robot weekend", "Farm Trust", (CS,), day(2025, 6, 30), "unknown", (), None, False),
    ("tie", "partners_with", "Math Circle Project", OFFICE, (MATH,), day(2025, 6, 30), "temporary", ("Math circles",), True, False),
])  # fmt: skip

HELD_BY_ONE = Case("ties_held_by_one_offering", {"county": "Colusa"}, [
    # Museum nights and Code corner have no end; Hope Church offers nothing; Star Lab's tie is known from public pages only.
    (day(2025, 3, 31), "Valley Library", "partner/valley-library", "library", OFFICE, "coe/colusa",
     "Maker box", "asset/maker-box--partner-valley-library", (SCIENCE,), day(2025, 3, 31)),
    (day(2025, 6, 30), "Math Circle Project", "partner/math-circle-project", "subject_matter_project", OFFICE, "coe/colusa",
     "Math circles", "asset/math-circles--partner-math-circle-project", (MATH,), day(2025, 6, 30)),
    (day(2026, 6, 30), "Oak Grove College", "partner/oak-grove-college", "higher_education", "Pierce Joint Unified",
     "lea/06616140000000", "Algebra institute", "asset/algebra-institute--partner-oak-grove-college", (MATH,), day(2025, 5, 31)),
])  # fmt: skip

HELD_BY_ONE_IN_GLENN = Case("ties_held_by_one_offering", {"county": "Glenn"}, [
    (day(2026, 6, 30), "Oak Grove College", "partner/oak-grove-college", "higher_education", "Glenn County Office of Education",
     "coe/glenn", "Algebra institute", "asset/algebra-institute--partner-oak-grove-college", (MATH,), day(2026, 6, 30)),
])  # fmt: skip

DURATIONS = Case("duration_by_scope", {"county": "Colusa"}, [
    ("Colusa", "inside_coe", "temporary", 1, ("Math coaching",)),
    ("Colusa", "inside_coe", "unknown", 1, ("Robot lending",)),
    ("Colusa", "outside_coe", "enduring", 1, ("Museum nights",)),
    ("Colusa", "outside_coe", "temporary", 2, ("Maker box", "Math circles")),
    ("Colusa", "outside_coe", "unknown", 2, ("Code corner", "Story maps")),
])  # fmt: skip

BALANCE = Case("balance_of_areas", {"county": "Colusa"}, [
    ("Colusa", CS, 2, 1, 1, True),
    ("Colusa", MATH, 2, 3, 1, True),
    ("Colusa", SCIENCE, 3, 2, 1, True),
])  # fmt: skip

ASKED = Case("who_was_asked", {"county": "Colusa"}, [
    (MAP, f"source/{COLUSA}", CS, "yes", ("employer",), (), day(2024, 12, 5), 1, 1, ("survey", "website"), True, False),
    (MAP, f"source/{COLUSA}", MATH, "yes", ("all",), ("all",), day(2024, 12, 1), 1, 1, ("survey", "website"), True, False),
    (MAP, f"source/{COLUSA}", SCIENCE, "yes", ("library", "philanthropy", "tribal", "tribal_organization"), ("Pierce Joint Unified",), day(2024, 12, 6), 3, 1,
     ("survey", "website"), True, False),
])  # fmt: skip

OFFERINGS = Case("offerings_for", {"county": "Colusa"}, [
    ("Math coaching", (OFFICE,), "coaching", (MATH,), 0, 12, day(2024, 8, 15), day(2025, 6, 10), ("temporary",), "own", False),
    ("Robot lending", (OFFICE,), "materials", (CS,), None, None, None, None, ("unknown",), "own", False),
    ("Algebra institute", ("Oak Grove College",), "professional_learning", (MATH,), 6, 12, day(2024, 7, 1), day(2026, 6, 30),
     ("time_limited",), "partner", False),
    ("Code corner", ("Youth Code Club",), "professional_learning", (CS,), None, None, None, None, ("unknown",), "partner", False),
    ("Maker box", ("Valley Library",), "materials", (SCIENCE,), None, None, day(2024, 9, 1), day(2025, 3, 31), ("temporary",),
     "partner", False),
    ("Math circles", ("Math Circle Project",), "professional_learning", (MATH,), 6, 12, day(2024, 8, 1), day(2025, 6, 30),
     ("temporary",), "partner", False),
    ("Museum nights", ("River Museum",), "professional_learning", (SCIENCE,), 4, 8, day(2020, 9, 1), None, ("enduring",), "partner",
     False),
    ("Number talks", ("State Math Network",), "professional_learning", (MATH,), 0, 12, None, None, ("unknown",), "open", False),
    ("Star maps", ("Star Lab",), "professional_learning", (MATH,), 4, 12, None, None, ("unknown",), "open", True),
    ("Story maps", ("Atlas Cooperative",), "materials", (SCIENCE,), 0, 3, None, None, ("unknown",), "mapped", False),
], ("asset_id",))  # fmt: skip

PARTNERS = Case("partners_of", {"org": "Colusa COE"}, [
    ("Field Trip Fund", "partner/field-trip-fund", "philanthropy", "partners_with", None, (SCIENCE,), day(2023, 7, 1),
     day(2024, 6, 30), ("time_limited",), False, False),
    ("Hope Church", "partner/hope-church", "faith_based", "partners_with", None, (MATH,), None, None, ("unknown",), True, False),
    ("Math Circle Project", "partner/math-circle-project", "subject_matter_project", "partners_with", None, (MATH,),
     day(2024, 8, 1), day(2025, 6, 30), ("temporary",), True, False),
    ("River Museum", "partner/river-museum", "museum_science_center", "partners_with", None, (SCIENCE,), day(2020, 9, 1), None,
     ("enduring",), True, False),
    ("Star Lab", "partner/star-lab", "museum_science_center", "partners_with", None, (MATH,), None, None, ("unknown",), True, True),
    ("Valley Library", "partner/valley-library", "library", "partners_with", None, (SCIENCE,), day(2024, 9, 1), day(2025, 3, 31),
     ("temporary",), True, False),
    ("Youth Code Club", "partner/youth-code-club", "youth_development", "partners_with", "Maxwell Unified", (CS,), None, None,
     ("unknown",), True, False),
    ("Oak Grove College", "partner/oak-grove-college", "higher_education", "partners_with", "Pierce Joint Unified", (MATH,),
     day(2024, 6, 1), day(2025, 5, 31), ("temporary",), True, False),
    ("Rancheria Learning", "partner/rancheria-learning", "tribal_organization", "supports", "Williams Unified", (SCIENCE,),
     day(2019, 1, 1), day(2023, 12, 31), ("time_limited",), False, False),
])  # fmt: skip

PARTNERS_OF_A_DISTRICT = Case("partners_of", {"org": "Maxwell Unified"}, [
    ("Youth Code Club", "partner/youth-code-club", "youth_development", "partners_with", None, (CS,), None, None, ("unknown",), True,
     False),
    (OFFICE, "coe/colusa", None, "offers", "Math coaching", (MATH,), day(2024, 8, 15), day(2025, 6, 10), ("temporary",), True, False),
])  # fmt: skip

CONNECTS = Case("who_connects", {"a": "Pierce Joint Unified", "b": "Glenn COE"}, [
    ("Oak Grove College", "partner/oak-grove-college", "higher_education", ("partners_with",), ("partners_with",), (MATH,), True),
])  # fmt: skip

CONNECTED_ONCE = Case("who_connects", {"a": "Pierce Joint Unified", "b": "Glenn COE", "as_of": "2025-06-01"}, [
    ("Oak Grove College", "partner/oak-grove-college", "higher_education", ("partners_with",), ("partners_with",), (MATH,), False),
])  # fmt: skip

CASES: dict[str, Case] = {name: value for name, value in list(globals().items()) if isinstance(value, Case)}
