"""A county's view, checked by hand on a dozen nodes (``small`` in made_up_county)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from made_up_county import AS_OF, GAPS, Sketch, big, small

from assetgraph.errors import UsageError
from assetgraph.model.graph import Graph
from assetgraph.model.nodes import COE, Asset, County, Source
from assetgraph.views.county import county_view
from assetgraph.views.map_view import Gap, Item, MapView
from assetgraph.views.selection import DRAWN
from assetgraph.views.wording import relation


def view_of(sketch: Sketch, **how: object) -> MapView:
    return county_view(sketch.graph, "Lake", as_of=AS_OF, **how)  # type: ignore[arg-type]


def item(view: MapView, name: str) -> Item:
    return next(one for one in view.items if one.name == name)


def sentences(view: MapView, name: str) -> set[str]:
    """Every statement about an item, read from that item."""
    mine, said = item(view, name).id, set()
    for link in view.links:
        said |= {one.forward for one in link.statements if link.from_id == mine}
        said |= {one.backward for one in link.statements if link.to_id == mine}
    return said


def area_names(view: MapView, keys: tuple[str, ...]) -> list[str]:
    return [entry.name for entry in view.areas if entry.key in keys]


def details(view: MapView, name: str) -> dict[str, str]:
    return {line.name: line.text for line in item(view, name).details}


def test_who_stands_on_which_ring() -> None:
    rings: dict[int, set[str]] = {}
    for one in view_of(small()).items:
        rings.setdefault(one.ring, set()).add(one.name)
    assert rings == {
        0: {"Lake County Office of Education"},
        1: {"Mathematics", "Science", "Computer science"},
        2: {"Lab kits", "Lesson study"},
        3: {"Peña Science Center", "North Coast STEM Network", "Butte County Office of Education"},
        4: {"Upper Lake Unified", "Kelseyville Unified", "Lucerne Unified"},
    }


def test_reference_partners_and_other_counties_assets_stay_out() -> None:
    names = {one.name for one in view_of(small()).items}
    assert not names & {"Only On The Web", "Butte only"}


def test_it_opens_on_what_the_county_has() -> None:
    assert view_of(small()).opening == (
        "Lake County's map names 3 partners and 2 assets. Counted in each of their areas: 2 in mathematics, 2 in science and computer science not "
        "asked about; 1 tie ends within 180 days; 1 asset has ended; blank means not recorded."
    )


def test_not_asked_is_said_with_its_source() -> None:
    assert view_of(small()).not_asked == (
        "Computer science was not asked about: Lake COE asset map, plan A (as of May 3, 2026)",
    )


def test_sentences_read_from_either_end() -> None:
    view = view_of(small())
    assert sentences(view, "Lab kits") == {
        "Lab kits is offered by Peña Science Center", "Lab kits is about Science", "Lab kits has Upper Lake Unified taking part",
    }  # fmt: skip
    assert "Upper Lake Unified takes part in Lab kits" in sentences(view, "Upper Lake Unified")
    assert (
        "Lake County Office of Education has the role Math Coordinator, which looks after Mathematics"
        in sentences(view, "Lake County Office of Education")
    )


def test_several_facts_between_two_ends_are_one_line_with_each_statement() -> None:
    view = view_of(small())
    ends = {item(view, "Lake County Office of Education").id, item(view, "Peña Science Center").id}
    (link,) = [one for one in view.links if {one.from_id, one.to_id} == ends]
    assert link.style == "enduring"
    assert area_names(view, link.areas) == ["Science"]
    assert [one.lasts for one in link.statements] == [
        "enduring; how we know: survey",
        "duration not recorded",
    ]
    assert {one.source for one in link.statements} == {"Lake COE asset map, plan A (as of May 3, 2026)"}
    assert all(one.place.startswith("lake.xlsx, sheet Quickstorm, row ") for one in link.statements)
    assert [one.web for one in link.statements] == [None, None]


def test_lines_tell_durations_apart() -> None:
    view = view_of(small())
    styles = {frozenset((one.from_id, one.to_id)): one.style for one in view.links}

    def between(*names: str) -> str:
        return styles[frozenset(item(view, name).id for name in names)]

    office = "Lake County Office of Education"
    assert between(office, "Butte County Office of Education") == "time_limited"
    assert between("Peña Science Center", "North Coast STEM Network") == "unknown"
    assert between(office, "Lesson study") == "ended"
    assert between("Lesson study", "Mathematics") == "ended"
    assert between("Lab kits", "Upper Lake Unified") == "enduring"


def test_what_a_panel_says() -> None:
    view = view_of(small())
    assert details(view, "Peña Science Center") == {
        "Kind": "Museum or science center", "Family": "Museums, libraries and arts", "Also called": "PSC",
    }  # fmt: skip
    assert details(view, "Lesson study")["How long"] == "temporary, since January 10, 2025, ended June 10, 2025"
    assert details(view, "Lesson study")["Grades"] == "4-12"
    assert (
        details(view, "Lake County Office of Education")["Role"] == "Math Coordinator, Mathematics, 0.5 FTE"
    )
    (need,) = item(view, "Lake County Office of Education").needs
    assert need.text == "A teacher for computer science"
    assert need.note.startswith("Computer science; nothing recorded that addresses it; Lake COE asset map")


def test_no_and_not_asked_are_not_lines() -> None:
    view = view_of(small())
    assert details(view, "Kelseyville Unified")["Takes part in Computer science"].startswith("no, Lake COE")
    assert details(view, "Lucerne Unified")["Takes part in Computer science"].startswith("not asked, ")
    assert sentences(view, "Lucerne Unified") == set()
    assert [one.title for one in view.sections] == ["Ends within 180 days", "LEAs with nothing recorded"]
    assert view.sections[1].item_ids == (item(view, "Lucerne Unified").id,)


def test_small_counts_of_people_are_not_shown() -> None:
    view = view_of(small())
    assert details(view, "Kelseyville Unified")["Students"] == "fewer than 11"
    assert details(view, "Upper Lake Unified")["Students"] == "812"
    lasts = {said.forward: said.lasts for link in view.links for said in link.statements}
    assert lasts["Lesson study has Kelseyville Unified taking part"] == "fewer than 11 people"
    assert lasts["Lab kits has Upper Lake Unified taking part"] == "in 2025-26; 14 people"


PRIVATE = ("frank words", "ask Bo", "two are broken", "Cy Private", "Ana Private", "ana@private.example")


def test_the_public_edition_holds_no_private_field() -> None:
    view = view_of(small())
    text = view.model_dump_json()
    assert [word for word in PRIVATE if word in text] == []
    assert view.edition_line.startswith(
        "Public edition: private notes, contacts, power and interest are left out"
    )
    assert all(not one.private for one in view.items)


def test_the_staff_edition_holds_them_and_says_so() -> None:
    view = view_of(small(), edition="staff")
    assert {line.name: line.text for line in item(view, "Peña Science Center").private} == {
        "Power": "3", "Notes": "frank words",
    }  # fmt: skip
    assert "ask Bo" in view.model_dump_json()
    assert view.edition_line.startswith("Staff edition")


def test_gaps_come_as_one_ghost_for_each_family_with_every_reason() -> None:
    view = view_of(small(), gaps=GAPS)
    assert [ghost.name for ghost in view.ghosts] == [
        "Colleges and research", "Tribal", "Faith-based", "Employers, agencies and funders",
    ]  # fmt: skip
    employers = view.ghosts[3]
    assert [reason.areas for reason in employers.reasons] == ["Mathematics and Computer science", "Arts"]
    assert area_names(view, employers.areas) == ["Mathematics", "Computer science", "Arts"]
    assert view.ghosts[0].reasons[0].example == "Hill Valley College"


def test_no_more_than_eight_ghosts() -> None:
    gaps = [Gap(family=f"f{n}", family_name=f"Family {n}", areas=("math",), reason="why") for n in range(11)]
    view = view_of(small(), gaps=gaps)
    assert (len(view.ghosts), view.ghosts_left_out) == (8, 3)


def test_legend_counts_are_the_items_and_lines() -> None:
    view = view_of(big(), gaps=GAPS)
    assert {entry.key: entry.count for entry in view.kinds} == {
        "office": 1, "area": 7, "offering": 11, "asset": 10, "partner": 26, "network": 1, "lea": 12, "ghost": 4,
    }  # fmt: skip
    assert sum(entry.count for entry in view.durations) == len(view.links)
    assert sum(entry.count for entry in view.kinds) == len(view.items) + len(view.ghosts) == 72


def test_the_table_twin_holds_every_statement() -> None:
    view = view_of(big())
    rows = view.rows()
    assert sum(len(row.said_by) for row in rows) == sum(len(link.statements) for link in view.links) > 100
    said = [one for link in view.links for one in link.statements]
    assert {row.sentence for row in rows} == {one.backward if one.turned else one.forward for one in said}
    assert "County Honor Band is about Mathematics" in {row.sentence for row in rows}


def test_single_district_county_is_reported_as_such() -> None:
    alpine = Sketch("Alpine", single_district=True)
    view = county_view(alpine.graph, "Alpine", as_of=AS_OF)
    (note,) = view.notes
    assert note.startswith(
        "Alpine County has one district, and it is also the county office: the two are one body"
    )


def test_untouched_districts_stay_on_a_full_ring_and_untouched_charters_are_folded() -> None:
    lake = small()
    for number in range(70):
        lake.lea(f"Charter {number}", is_charter=True, is_district=False)
    view = view_of(lake)
    assert {one.name for one in view.drawn().items if one.ring == 4} == {"Upper Lake Unified", "Kelseyville Unified", "Lucerne Unified"}
    assert view.notes == ("Folded, so that the picture can be read: 70 districts and other LEAs. The list has them all.",)
    assert sum(one.name.startswith("Charter") for one in view.items) == 70


def test_the_order_of_the_graph_does_not_matter() -> None:
    first, second = small().graph, small().graph
    second.nodes = dict(reversed(second.nodes.items()))
    second.edges = dict(reversed(second.edges.items()))
    as_of = AS_OF
    assert county_view(first, "lake county", as_of=as_of) == county_view(second, "Lake", as_of=as_of)


def test_what_is_asked_for_must_exist() -> None:
    with pytest.raises(UsageError, match="Atlantis"):
        county_view(Graph(), "Atlantis", as_of=AS_OF)
    with pytest.raises(UsageError, match="secret"):
        county_view(Graph(), "Lake", as_of=AS_OF, edition="secret")


def test_hostile_names_are_cleaned_and_capped() -> None:
    lake = small()
    lake.graph.nodes["partner/long"] = lake.graph.nodes["partner/pena-science-center"].model_copy(
        update={"id": "partner/long", "name": "\u202eevil\x00 " + "x" * 10_000}
    )
    lake.say("PARTNERS_WITH", "partner/long", lake.coe, starts_on=date(2026, 1, 1))
    (name,) = [one.name for one in view_of(lake).items if "evil" in one.name]
    assert name.startswith("evil x") and len(name) == 120 and name.endswith("…")


def test_what_serves_the_whole_county_is_tied_to_the_middle_and_said_to_be_on_paper() -> None:
    lake = small()
    lake.say("SERVES", "partner/north-coast-stem-network", "county/lake", areas=["math"])
    lake.say("OPEN_TO", "asset/lab-kits--partner-pena-science-center", "county/lake")
    view = view_of(lake)
    assert "North Coast STEM Network serves Lake County" in sentences(view, "North Coast STEM Network")
    assert "Lake County is served by North Coast STEM Network" in sentences(
        view, "Lake County Office of Education"
    )
    assert "Lab kits is open to Lake County" in sentences(view, "Lab kits")
    lasts = {said.backward: said.lasts for link in view.links for said in link.statements}
    assert lasts["North Coast STEM Network serves Lake County"] == (
        "duration not recorded; county-wide service, on paper"
    )


def test_a_table_about_several_counties_brings_in_only_the_rows_that_speak_of_this_one() -> None:
    lake = small()
    butte = lake.add(
        County, "county/butte", "Butte", fips="06007", cds_county_code="04", lat=39.7, lon=-121.6
    )
    table = lake.add(Source, "source/table/north", "North table", basis="table")
    for place in ("county/lake", butte):
        lake.say("MAPS", table, place, source="table/north", basis="table")
    said = {"source": "table/north", "basis": "table"}
    for number, county in enumerate(("Lake", "Butte", None)):
        asset = lake.add(Asset, f"asset/x{number}", f"Asset of {county}")
        lake.say("OFFERS", "partner/pena-science-center", asset, county=county, **said)
    names = {one.name for one in view_of(lake).items}
    assert "Asset of Lake" in names
    assert not names & {"Asset of Butte", "Asset of None"}


def test_every_kind_of_line_has_a_heading_in_words() -> None:
    for kind in DRAWN:
        for backward in (False, True):
            assert re.fullmatch(r"[A-Z][a-z ]+", relation(kind, backward=backward)), kind


def test_of_two_that_claim_a_county_the_first_by_id_is_believed() -> None:
    graph = Graph()
    for key, name in (("coe/z", "Second office"), ("coe/a", "First office")):
        graph.nodes[key] = COE(id=key, name=name, county="Lake")
    assert [one.name for one in county_view(graph, "Lake", as_of=AS_OF).items if one.ring == 0] == ["First office"]
