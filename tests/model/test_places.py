"""The 58 counties: codes, borders, regions, offices and shapes, against facts checked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgraph.errors import UsageError
from assetgraph.model.places import (
    COUNTIES,
    closest_spelling,
    coe_named,
    county_named,
    distance_km,
    nearest,
    ring,
    shapes,
)

a_county = st.sampled_from(sorted(COUNTIES))


def test_there_are_58_counties_in_alphabetical_order_with_the_state_s_codes() -> None:
    assert len(COUNTIES) == 58
    assert list(COUNTIES) == sorted(COUNTIES)
    assert (COUNTIES["Alameda"].fips, COUNTIES["Lake"].fips, COUNTIES["Yuba"].fips) == ("06001", "06033", "06115")
    for number, place in enumerate(COUNTIES.values(), start=1):
        assert place.cds_county_code == f"{number:02d}"
        assert place.fips == f"06{2 * number - 1:03d}"
        assert 32.5 < place.lat < 42.0 and -124.5 < place.lon < -114.1, place.name


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("Lake", {"Colusa", "Glenn", "Mendocino", "Napa", "Sonoma", "Yolo"}),
        ("Del Norte", {"Humboldt", "Siskiyou"}),
        ("San Francisco", {"Alameda", "San Mateo"}),
        ("Orange", {"Los Angeles", "Riverside", "San Bernardino", "San Diego"}),
        ("Alpine", {"Amador", "Calaveras", "El Dorado", "Mono", "Tuolumne"}),
        ("Imperial", {"Riverside", "San Diego"}),
    ],
)
def test_neighbours_share_a_border(name: str, beside: set[str]) -> None:
    assert set(COUNTIES[name].neighbours) == beside


def test_137_pairs_of_neighbours() -> None:
    assert len({frozenset((place.name, other)) for place in COUNTIES.values() for other in place.neighbours}) == 137


def test_regions_partition_the_counties_and_keep_what_is_not_verified() -> None:
    of_region: dict[str, set[str]] = {}
    for place in COUNTIES.values():
        of_region.setdefault(place.region, set()).add(place.name)
    assert set(of_region) == {str(number) for number in range(1, 12)}
    assert of_region["1"] == {"Del Norte", "Humboldt", "Lake", "Mendocino", "Sonoma"}
    assert of_region["5"] == {"Monterey", "San Benito", "Santa Clara", "Santa Cruz"}
    assert of_region["11"] == {"Los Angeles"}
    doubtful = {place.name for place in COUNTIES.values() if not place.region_verified}
    assert doubtful == of_region["10"] | of_region["11"]


def test_offices_by_the_names_they_use() -> None:
    otherwise = {p.name: p.coe_name for p in COUNTIES.values() if p.coe_name != f"{p.name} County Office of Education"}
    assert otherwise == {
        "Madera": "Madera County Superintendent of Schools",
        "Orange": "Orange County Department of Education",
        "Tehama": "Tehama County Department of Education",
        "Tuolumne": "Tuolumne County Superintendent of Schools",
    }
    assert COUNTIES["Lake"].coe_cds == "17101730000000"
    assert all(len(p.coe_cds) == 14 and p.coe_cds.startswith(p.cds_county_code) for p in COUNTIES.values())
    assert {p.name for p in COUNTIES.values() if p.single_district} == {
        "Alpine", "Amador", "Del Norte", "Mariposa", "Plumas", "San Francisco", "Sierra",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lake", "Lake"), (" Lake  County ", "Lake"), ("Lake Co.", "Lake"), ("Lake, CA", "Lake"), ("LAKE COUNTY, CA", "Lake"),
        ("County of Lake", "Lake"), ("06033", "Lake"), ("6033", "Lake"), ("17", "Lake"), ("01", "Alameda"), ("1", "Alameda"),
        ("del norte", "Del Norte"), ("City and County of San Francisco", "San Francisco"), ("LA County", "Los Angeles"),
        ("El-Dorado", "El Dorado"), ("Contra\u00a0Costa", "Contra Costa"),
    ],
)  # fmt: skip
def test_county_named(text: str, name: str) -> None:
    found = county_named(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize("text", ["", " ", "County", "Lakes", "Lake and Napa", "Clark", "59", "0", "32003", "Lake COE", "\x1b"])
def test_county_named_guesses_nothing(text: str) -> None:
    assert county_named(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mendicino", "Mendocino"), ("San Bernadino", "San Bernardino"), ("Los Angelos", "Los Angeles"),
        ("Sisikyou", "Siskiyou"), ("Toulumne Co.", "Tuolumne"), ("Humbolt County", "Humboldt"), ("Calavaras", "Calaveras"),
        ("ElDorado", "El Dorado"), ("San Diago", "San Diego"), ("Laek", "Lake"), ("Stanislaus Conty", "Stanislaus"),
        ("Lake", "Lake"), ("Mariposa", "Mariposa"),
    ],
)  # fmt: skip
def test_closest_spelling(text: str, name: str) -> None:
    assert closest_spelling(text) == name


@pytest.mark.parametrize(
    "text", ["", "Santa", "San", "Oakland", "Lane", "Main", "Modno", "Santa Rosa", "Clark", "Mono / Inyo", "Sutter Butte"]
)
def test_closest_spelling_of_two_or_none_is_none(text: str) -> None:
    assert closest_spelling(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lake COE", "Lake"), ("Lake County Office of Education", "Lake"), ("Lake County Office of Ed", "Lake"),
        ("LAKE CO. OFFICE OF ED.", "Lake"), ("Lake County Superintendent of Schools", "Lake"), ("Lake County Schools", "Lake"),
        ("Lake County Office of Education (LCOE)", "Lake"), ("Office of the Lake County Superintendent of Schools", "Lake"),
        ("Lake County Superintendent's Office", "Lake"), ("Tehama County Department of Education", "Tehama"),
        ("Orange County Dept. of Education", "Orange"), ("Santa Barbara County Education Office", "Santa Barbara"),
        ("SBCEO", "Santa Barbara"), ("SJCOE", "San Joaquin"), ("LACOE", "Los Angeles"), ("Fresno CSS", "Fresno"),
        ("Fresno County Superintendent of Schools", "Fresno"), ("Contra Costa COE", "Contra Costa"),
        ("Del Norte County Office of Education / Unified School District", "Del Norte"),
    ],
)  # fmt: skip
def test_coe_named(text: str, name: str) -> None:
    found = coe_named(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "", "Lake", "Lake County", "Lake County Library", "Teach Lake County", "Lake Elementary School District",
        "Del Norte County Unified School District", "County Office of Education", "MCOE", "SCOE", "LCOE", "Mendicino COE",
        "Nevada Department of Education", "Lake Superintendent", "17 COE", "Riverside County Office of Education ROP",
        "U.S. Department of Education", "California Department of Education", "Clark County Schools",
        "Stanislaus State Office of Education", "Friends of the Lake County Office of Education",
    ],
)  # fmt: skip
def test_coe_named_takes_nothing_else_for_an_office(text: str) -> None:
    assert coe_named(text) is None


def test_every_office_is_recognised_by_each_of_its_names() -> None:
    for place in COUNTIES.values():
        for written in (place.coe_name, *place.coe_also_called, f"{place.name} COE", f"{place.name} County Office of Ed"):
            assert coe_named(written) is place, written


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    named = county_named(text)
    assert closest_spelling(text) in (set(COUNTIES) if named is None else {named.name}) | {None}
    coe_named(text)


def test_nearest_to_lake_by_hand() -> None:
    # ring 1 by distance, then the rest of region 1 (Humboldt, Del Norte), then by distance alone
    assert nearest("Lake")[:9] == [
        "Lake", "Colusa", "Glenn", "Sonoma", "Mendocino", "Napa", "Yolo", "Humboldt", "Del Norte",
    ]  # fmt: skip
    assert nearest("Lake")[-1] == "Imperial"


def test_distance_by_hand() -> None:
    # one degree of latitude is about 111.2 km; San Francisco to Los Angeles points lie some 541 km apart
    assert distance_km("San Francisco", "Los Angeles") == pytest.approx(541, abs=5)
    assert distance_km("Lake", "Lake") == 0.0


@given(a_county, a_county)
def test_ring_and_distance_are_symmetric(a: str, b: str) -> None:
    assert ring(a, b) == ring(b, a)
    assert (ring(a, b) == 0) == (a == b)
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))


@given(a_county)
def test_nearest_is_every_county_once_in_the_order_of_rings_then_distance(origin: str) -> None:
    order = nearest(origin)
    assert order[0] == origin and sorted(order) == list(COUNTIES)
    keys = [(ring(origin, name), distance_km(origin, name), name) for name in order]
    assert keys == sorted(keys)


def test_nearest_gives_a_list_of_its_own() -> None:
    nearest("Lake").clear()
    assert len(nearest("Lake")) == 58


@pytest.mark.parametrize("call", [lambda: nearest("Mendicino"), lambda: ring("Lake", "Mendicino"), lambda: distance_km("Mendicino", "Lake")])
def test_a_county_that_does_not_exist_is_refused_with_the_cure(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UsageError, match="'Mendicino' is not one of the 58 counties.*write 'Mendocino'"):
        call()


def _inside(point: tuple[float, float], outline: tuple[tuple[float, float], ...]) -> bool:
    (x, y), within = point, False
    for (x1, y1), (x2, y2) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            within = not within
    return within


def test_each_county_s_point_lies_in_its_largest_outline() -> None:
    assert set(shapes()) == set(COUNTIES)
    for name, outlines in shapes().items():
        assert all(len(outline) >= 3 for outline in outlines)
        assert _inside((COUNTIES[name].lon, COUNTIES[name].lat), outlines[0]), name


def test_neighbours_are_drawn_with_a_common_border() -> None:
    points = {name: {point for outline in outlines for point in outline} for name, outlines in shapes().items()}
    across_the_bay = {"Alameda", "San Francisco"}  # they meet on a tip of Alameda Island too small to draw
    for place in COUNTIES.values():
        for other in set(place.neighbours) - (across_the_bay if place.name in across_the_bay else set()):
            assert points[place.name] & points[other], (place.name, other)
