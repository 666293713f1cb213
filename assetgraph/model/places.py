"""The 58 counties: which one a cell means, who is next to whom, what is nearest, and their shapes.

Points, neighbours and shapes come from us-atlas (``scripts/make_counties.py`` makes the two files), regions from
``data/ccsesa_regions.csv`` and county offices from ``data/county_offices.csv``, each row with its source.
A county is named by its name alone ("Lake"); that name is what every function here takes and gives.

The environment variable ``ASSETGRAPH_PLACES`` names a folder that holds these files instead, for other counties.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from assetgraph.errors import UsageError
from assetgraph.model.names import fold

__all__ = [
    "COUNTIES", "REGION_SCHEME", "CountyPlace", "closest_spelling", "coe_named", "counties_in", "county_named", "distance_km",
    "nearest", "ring", "shapes",
]  # fmt: skip

REGION_SCHEME = "CCSESA"
"""The regions meant by ``CountyPlace.region``: the county superintendents' eleven service regions."""

_PLACES_CURE = "name a folder that holds counties.json, ccsesa_regions.csv and county_offices.csv, or unset ASSETGRAPH_PLACES"

EARTH_RADIUS_KM = 6371.0088
"""The mean radius, by which great-circle distances are counted."""

Shape = tuple[tuple[tuple[float, float], ...], ...]
"""A county's outlines, largest first, each a ring of (longitude, latitude) whose last point is not repeated."""


class CountyPlace(NamedTuple):
    """One county: codes are text, the point is the middle of its shape in degrees, ``neighbours`` share a border.

    ``region_verified`` is False where the region was worked out and no page says it. ``single_district`` means that
    the county office and the county's one district are one body.
    """

    name: str
    fips: str
    cds_county_code: str
    lat: float
    lon: float
    neighbours: tuple[str, ...]
    region: str
    region_verified: bool
    coe_name: str
    coe_cds: str
    single_district: bool
    coe_also_called: tuple[str, ...]


def _text(name: str) -> str:
    folder = os.environ.get("ASSETGRAPH_PLACES")
    if not folder:
        return files("assetgraph.model").joinpath("data", name).read_text(encoding="utf-8")
    try:
        return Path(folder, name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageError(f"ASSETGRAPH_PLACES: {Path(folder, name)} cannot be read: {reason}", _PLACES_CURE) from error


def _table(name: str) -> dict[str, dict[str, str]]:
    return {row["county"]: row for row in csv.DictReader(_text(name).splitlines())}


def _counties() -> dict[str, CountyPlace]:
    try:
        facts, regions, offices = json.loads(_text("counties.json")), _table("ccsesa_regions.csv"), _table("county_offices.csv")
        return {name: _county(name, facts[name], regions[name], offices[name]) for name in sorted(facts)}
    except (ValueError, TypeError, KeyError) as error:
        what = f"has no {error}" if isinstance(error, KeyError) else f"is not as it should be: {error}"
        raise UsageError(f"the table of counties {what}", _PLACES_CURE) from error


def _county(name: str, facts: Mapping[str, Any], region: Mapping[str, str], office: Mapping[str, str]) -> CountyPlace:
    return CountyPlace(
        name, facts["fips"], facts["cds_county_code"], facts["lat"], facts["lon"], tuple(facts["neighbours"]),
        region["ccsesa_region"], region["verified"] == "yes", office["coe_name"], office["coe_cds"],
        office["single_district"] == "yes", tuple(spelling for spelling in office["also"].split(";") if spelling),
    )  # fmt: skip


COUNTIES: dict[str, CountyPlace] = _counties()
"""County name to county, in alphabetical order."""

_BY_FOLDED = {fold(name): place for name, place in COUNTIES.items()}
_ALSO = {"la": "Los Angeles", "l a": "Los Angeles", "sf": "San Francisco", "slo": "San Luis Obispo"}
_BY_CODE = {
    code: place
    for place in COUNTIES.values()
    for code in (place.fips, place.fips.lstrip("0"), place.cds_county_code, place.cds_county_code.lstrip("0"))
}
"""FIPS and CDS county codes, also as a spreadsheet leaves them without their leading zero."""

_OFFICE = re.compile(
    r"(?P<county>.+?) (co(unty)? )?"
    r"(offices? of ed(uc(ation)?)?|coe|ed(ucation)? office|css|(office of the )?(superintendent|supt)s? of schools( office)?)"
)
_COUNTY_OFFICE = re.compile(
    r"(?P<county>.+?) co(unty)? (schools|dep(artmen)?t of ed(uc(ation)?)?|(office of the )?(superintendent|supt)s?( office)?)"
)
"""Words that mean a county office only after "County": Nevada has a Department of Education, Lake a superintendent."""

_OFFICE_OF = re.compile(r"office of (the )?(?P<county>.+?) co(unty)? (superintendent|supt)s?( of schools)?")


def _bare(text: str) -> str:
    """A folded county name without what people write around it."""
    folded = re.sub(r" (california|calif|ca)$", "", fold(text))
    folded = re.sub(r"^(city and )?(county|co) of ", "", folded)
    return re.sub(r"( city and)? (county|co)$", "", folded)


@lru_cache(maxsize=65_536)  # the same names are asked about row after row
def county_named(text: str) -> CountyPlace | None:
    """The county that a cell names exactly, or None: its name with or without "County", or its FIPS or CDS code.

    Case, accents and punctuation do not matter. Nothing is guessed: see ``closest_spelling`` for misspelt names.

    >>> [county_named(text).name for text in ("LAKE", "Lake Co.", "Lake County, CA", "06033", "17")]
    ['Lake', 'Lake', 'Lake', 'Lake', 'Lake']
    >>> county_named("Mendicino") is None
    True
    """
    bare = _bare(text)
    return _BY_FOLDED.get(bare) or _BY_CODE.get(bare) or COUNTIES.get(_ALSO.get(bare, ""))


def closest_spelling(text: str) -> str | None:
    """The county that a misspelt name clearly means; None when two could be meant, or none is near.

    One wrong, missing, extra or swapped letter is understood, two in names of eight letters or more, and only if
    every other county is at least two letters further off. Of names under five letters only swapped letters count,
    since "Lane" and "Main" are words of their own.

    >>> closest_spelling("Mendicino"), closest_spelling("San Bernadino Co."), closest_spelling("Laek")
    ('Mendocino', 'San Bernardino', 'Lake')
    >>> closest_spelling("Santa Rosa") is None
    True
    """
    exact = county_named(text)
    if exact is not None:
        return exact.name
    words = fold(text).split()
    if len(words) > 1 and OSA.distance(words[-1], "county") <= 2:
        words = words[:-1]
    bare = _bare(" ".join(words))
    (best, name), (second, _) = sorted((OSA.distance(bare, known), place.name) for known, place in _BY_FOLDED.items())[:2]
    if len(bare) < 5 and sorted(bare) != sorted(fold(name)):
        return None
    allowed = 2 if len(bare) >= 8 else 1
    return name if best <= allowed and second - best >= 2 else None


@lru_cache(maxsize=65_536)
def coe_named(text: str) -> CountyPlace | None:
    """The county whose office of education a name means, or None when it names no county office.

    Understands the names that offices go by and the short forms that people write; an acronym only where it can
    be no other county's. The county must be spelt right: an office is never guessed.

    >>> [coe_named(t).name for t in ("Lake COE", "Tehama County Dept. of Education", "Fresno CSS", "LACOE")]
    ['Lake', 'Tehama', 'Fresno', 'Los Angeles']
    >>> coe_named("Lake County Library") is None and coe_named("Teach Lake County") is None
    True
    """
    folded = fold(re.sub(r"\s*\([A-Za-z]{2,7}\)\s*$", "", text)) or fold(text)
    known = _offices().get(folded)
    if known is not None:
        return known
    for pattern in (_OFFICE_OF, _OFFICE, _COUNTY_OFFICE):
        match = pattern.fullmatch(folded)
        if match is not None and match["county"] in _BY_FOLDED:
            return _BY_FOLDED[match["county"]]
    return None


@lru_cache(maxsize=1)
def _offices() -> dict[str, CountyPlace]:
    return {fold(name): place for place in COUNTIES.values() for name in (place.coe_name, *place.coe_also_called)}


def _place(name: str) -> CountyPlace:
    if name in COUNTIES:
        return COUNTIES[name]
    meant = closest_spelling(name)
    raise UsageError(
        f"{name[:60]!r} is not one of the {len(COUNTIES)} counties",
        f"write {meant!r}" if meant else "write a county's name as the state spells it, such as 'Lake'",
    )


def distance_km(a: str, b: str) -> float:
    """Kilometres between the middles of two counties along a great circle; 0.0 for the same county.

    Raises UsageError for a name that is not in ``COUNTIES``.

    >>> round(distance_km("Lake", "Mendocino"))
    67
    """
    return _distance_km(_place(a), _place(b))


def _distance_km(one: CountyPlace, other: CountyPlace) -> float:
    lat_a, lat_b = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(other.lon - one.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


def ring(a: str, b: str) -> int:
    """How near one county is to another: 0 the same, 1 shares a border, 2 same CCSESA region, 3 elsewhere.

    Raises UsageError for a name that is not in ``COUNTIES``.

    >>> ring("Lake", "Lake"), ring("Lake", "Napa"), ring("Lake", "Humboldt"), ring("Lake", "Kern")
    (0, 1, 2, 3)
    """
    return _ring(_place(a), _place(b))


def _ring(one: CountyPlace, other: CountyPlace) -> int:
    if one.name == other.name:
        return 0
    if other.name in one.neighbours:
        return 1
    return 2 if one.region == other.region else 3


@lru_cache(maxsize=1)
def _by_region() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, place in COUNTIES.items():
        found.setdefault(place.region, []).append(name)
    return found


def counties_in(region: str) -> list[str]:
    """The counties of a CCSESA region, in alphabetical order; empty for a region that there is not.

    >>> counties_in("1"), counties_in("99")
    (['Del Norte', 'Humboldt', 'Lake', 'Mendocino', 'Sonoma'], [])
    """
    return list(_by_region().get(region, ()))


@lru_cache(maxsize=64)  # the 58 at once; of more counties, those asked about last
def _nearest(origin: str) -> tuple[str, ...]:
    here = COUNTIES[origin]
    order = sorted(COUNTIES.values(), key=lambda other: (_ring(here, other), _distance_km(here, other), other.name))
    return tuple(place.name for place in order)


def nearest(origin: str) -> list[str]:
    """All 58 counties, nearest first: by ring, within a ring by distance between points, then by name.

    Raises UsageError for a name that is not in ``COUNTIES``.

    >>> nearest("Lake")[:3]
    ['Lake', 'Colusa', 'Glenn']
    """
    return list(_nearest(_place(origin).name))


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """County name to its simplified outlines, for drawing: neighbours keep one common border.

    >>> len(shapes()), len(shapes()["Lake"])
    (58, 1)
    """
    return {
        name: tuple(tuple((lon, lat) for lon, lat in outline) for outline in outlines)
        for name, outlines in json.loads(_text("county_shapes.json")).items()
    }
