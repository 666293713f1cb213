"""Two invented counties to draw: a dozen nodes that can be checked by eye, and 72 that look like a real map."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.graph import Edge, Graph
from assetgraph.model.names import slug
from assetgraph.model.nodes import (
    COE,
    LEA,
    Asset,
    ContentArea,
    Coordinator,
    County,
    Need,
    Node,
    Partner,
    Source,
)
from assetgraph.views.map_view import Gap

AS_OF = date(2026, 11, 22)
AREAS = {
    "math": "Mathematics", "science": "Science", "computer_science": "Computer science", "arts": "Arts",
    "early_learning": "Early learning", "environment": "Environment", "ethnic_studies": "Ethnic studies",
}  # fmt: skip


class Sketch:
    """Puts a graph together by hand: a node or a fact a line."""

    def __init__(self, county: str = "Lake", **coe: Any) -> None:
        self.graph = Graph()
        self.rows = count(2)
        place = self.add(
            County, f"county/{slug(county)}", county, fips="06033", cds_county_code="17", lat=39.1, lon=-122.7
        )
        self.coe = self.add(
            COE, f"coe/{slug(county)}", f"{county} County Office of Education", county=county, **coe
        )
        self.source = self.add(
            Source, "source/map/lake", f"{county} COE asset map, plan A", basis="map", as_of=date(2026, 5, 3),
            filled_in_by="Ana Private", contact="ana@private.example",
        )  # fmt: skip
        for term, name in list(AREAS.items())[:3]:
            self.add(ContentArea, f"area/{term}", name, term=term)
        self.say("MAPS", self.source, place)
        self.say("OWNED_BY", self.source, self.coe)

    def add(self, kind: type[Node], node_id: str, name: str, /, **fields: Any) -> str:
        self.graph.nodes[node_id] = kind(id=node_id, name=name, **fields)
        return node_id

    def say(
        self, kind: str, start: str, end: str, *, source: str = "map/lake", basis: str = "map", **fields: Any
    ) -> str:
        row = next(self.rows)
        fact = FACT_KINDS[kind](
            id=f"{kind.lower()}:{row:05}", source=source, basis=basis, file="lake.xlsx", sheet="Quickstorm", row=row,
            **{"as_of": date(2026, 5, 3), **fields},
        )  # fmt: skip
        self.graph.edges[fact.id] = Edge(start, end, fact)
        return fact.id

    def lea(self, name: str, county: str = "Lake", **fields: Any) -> str:
        return self.add(LEA, f"lea/{slug(county)}/{slug(name)}", name, county=county, **fields)

    def partner(self, name: str, **fields: Any) -> str:
        return self.add(Partner, f"partner/{slug(name)}", name, **fields)

    def asset(self, name: str, provider: str, areas: list[str], **fields: Any) -> str:
        asset = self.add(Asset, f"asset/{slug(name)}--{slug(provider)}", name, **fields)
        dates = {key: fields[key] for key in ("starts_on", "ends_on", "duration") if key in fields}
        self.say("OFFERS", provider, asset, **dates)
        for area in areas:
            self.say("COVERS", asset, f"area/{area}")
        return asset


def small() -> Sketch:
    """Twelve items: the office, three areas, two assets, a partner and its network, three districts and an office elsewhere."""
    lake = Sketch()
    upper, kelsey, quiet = (lake.lea(f"{name} Unified", enrollment=number) for name, number in
                            (("Upper Lake", 812), ("Kelseyville", 7), ("Lucerne", None)))  # fmt: skip
    pena = lake.partner("Peña Science Center", kind="museum", family="museums_libraries_arts", power=3, notes="frank words",
                        also_called=["PSC"], web="https://pena.example")  # fmt: skip
    network = lake.partner("North Coast STEM Network", kind="network", is_network=True)
    butte = lake.add(COE, "coe/butte", "Butte County Office of Education", county="Butte")
    lake.say("PARTNERS_WITH", pena, lake.coe, areas=["science"], duration="enduring", how_known="survey", notes="ask Bo",
             web="javascript:alert(1)")  # fmt: skip
    lake.say("PARTNERS_WITH", pena, lake.coe, areas=["science"], duration="unknown")
    lake.say("MEMBER_OF", pena, network, duration="unknown")
    lake.say("PARTNERS_WITH", butte, lake.coe, areas=["math"], duration="time_limited",
             starts_on=date(2024, 7, 1), ends_on=date(2027, 1, 31))  # fmt: skip
    labs = lake.asset(
        "Lab kits", pena, ["science"], kind="materials", duration="enduring", notes="two are broken"
    )
    lesson = lake.asset("Lesson study", lake.coe, ["math"], kind="coaching", is_offering=True, grade_low=4, grade_high=12,
                        starts_on=date(2025, 1, 10), ends_on=date(2025, 6, 10), duration="temporary")  # fmt: skip
    lake.say("TOOK_PART_IN", upper, labs, year="2025-26", headcount=14)
    lake.say("TOOK_PART_IN", kelsey, lesson, headcount=4)
    lake.say("REACHED_IN", kelsey, "area/computer_science", answer="no")
    lake.say("REACHED_IN", quiet, "area/computer_science", answer="not_asked")
    role = lake.add(Coordinator, "coordinator/lake-math", "Math Coordinator", fte=0.5, person="Cy Private")
    lake.say("HAS_COORDINATOR", lake.coe, role)
    lake.say("COORDINATES", role, "area/math")
    lake.say("NEEDS", lake.coe, lake.add(Need, "need/cs", "A teacher for computer science"))
    lake.say("ABOUT", "need/cs", "area/computer_science")
    lake.say("ASKED_ABOUT", lake.source, "area/computer_science", asked=False)
    # Not Lake's: a reference partner, and what a partner offers in another county's own map.
    known = lake.partner("Only On The Web", kind="museum")
    lake.say("PARTNERS_WITH", known, lake.coe, source="reference", basis="reference")
    lake.add(Source, "source/map/butte", "Butte COE asset map", basis="map")
    lake.asset("Butte only", butte, ["math"])
    lake.graph.edges = {
        key: edge if edge.to_id != "asset/butte-only--coe-butte" else Edge(edge.from_id, edge.to_id, edge.fact.model_copy(
            update={"source": "map/butte"})) for key, edge in lake.graph.edges.items()
    }  # fmt: skip
    return lake


GAPS = (
    Gap(family="colleges_and_research", family_name="Colleges and research", areas=("computer_science",),
        reason="No college is named for computer science.", example="Hill Valley College",
        example_sentence="Known from public pages: Hill Valley College teaches the teachers of the next county."),
    Gap(family="tribal", family_name="Tribal", areas=("science", "environment"), reason="Nobody was asked."),
    Gap(family="faith_based", family_name="Faith-based", areas=("math",), reason="Nobody was asked."),
    Gap(family="employers_agencies_funders", family_name="Employers, agencies and funders", areas=("math", "computer_science"),
        reason="Only one employer is named, and it ends in June."),
    Gap(family="employers_agencies_funders", family_name="Employers, agencies and funders", areas=("arts",), reason="Nobody was asked."),
)  # fmt: skip

PARTNERS = """Placer Symphony Youth;Gold Country Arts Council;First Steps Sierra;Migrant Education Region;Discovery Museum;
Master Gardeners;Heritage Alliance;Hmong Cultural Center;County Library;Foothill Software Co-op;Auburn Maker Space;
Sierra Vista Community College;Starlight Observatory;County Behavioral Health;Sutter Ridge Hospital;
Tri-County Builders Exchange;River Canyon Restaurant Association;University Mathematics Project;Rural Science Network;
Women in Computing Chapter;After-School Alliance;Tribal Youth Council;Parent Advocacy Group;Farm Bureau;Makers of Lake;
State Parks Education;Radio Club""".replace("\n", "").split(";")

ASSETS = """County Honor Band;Culinary Arts Showcase;Construction Trades Boot Camp;Peer Counselor Training;Traveling Planetarium;
Algebra Readiness Network;NGSS Lesson Study;Math Festival;AI in the Classroom Institute;Code and Robotics Coaching;
ELD Coaching Series;Dual Language Academy;Ethnic Studies Curriculum Lab;School Garden Grants;Outdoor Science School;
Preschool Inclusion Coaching;Data Science Summer Institute;Family Math Nights;Kits for Physics;Health Pathway Internships;
Number Talks, 4 days for teachers of grades 4 to 8 with coaching visits in every school""".replace(
    "\n", ""
).split(";")

DISTRICTS = """Eagle Ridge High School District;Tahoe Pines Unified School District;Hidden Valley Elementary School District;
Foresthill Union School District;Cedar Flat Joint Unified School District;Alder Creek Elementary School District;
Meadow Vista Elementary School District;Lincoln Crossing Unified School District;Granite Bay Unified School District;
Dry Creek Elementary School District;Bear River Unified School District;Rocklin Hills Unified School District""".replace(
    "\n", ""
).split(";")

KINDS = ("coaching", "professional_learning", "materials", "place", "network", "data")
DURATIONS = ("enduring", "temporary", "unknown", "time_limited", "enduring")
ENDS = {
    "temporary": (date(2026, 9, 1), date(2027, 3, 1)),
    "time_limited": (date(2023, 7, 1), date(2028, 6, 30)),
}


def big() -> Sketch:
    """An invented county with 72 items, laid out by counting, so that it is the same every time."""
    lake = Sketch("Lake")
    areas = list(AREAS)
    for term in areas[3:]:
        lake.add(ContentArea, f"area/{term}", AREAS[term], term=term)
    leas = [lake.lea(name) for name in DISTRICTS]
    partners = [
        lake.partner(name, kind="museum" if "Museum" in name else "community_organization", is_network="Network" in name,
                     home_county="Lake") for name in PARTNERS
    ]  # fmt: skip
    for place, name in enumerate(ASSETS):
        area, duration = areas[place % 7 if place % 3 else place % 3], DURATIONS[place % 5]
        starts, ends = ENDS.get(duration, (None, None))
        dates = {"duration": duration, "starts_on": starts, "ends_on": ends}
        kind = KINDS[place % 6]
        provider = lake.coe if place % 4 == 0 else partners[place % len(partners)]
        asset = lake.asset(name, provider, [area] if place % 5 else [area, areas[(place + 1) % 7]], kind=kind,
                           is_offering=kind in ("coaching", "professional_learning", "network"), **dates)  # fmt: skip
        for step in range(place % 4):
            lake.say("TOOK_PART_IN", leas[(place + step * 5) % 11], asset)
        lake.say("SUPPORTS", partners[(place * 3 + 1) % len(partners)], lake.coe, areas=[area], **dates)
    for place, partner in enumerate(partners):
        lake.say("PARTNERS_WITH", partner, lake.coe, areas=[areas[place % 7]], duration=DURATIONS[place % 5])
    for partner in partners[4:9]:
        lake.say("MEMBER_OF", partner, "partner/rural-science-network", duration="unknown")
    return lake
