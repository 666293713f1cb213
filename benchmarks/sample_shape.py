"""The shape of the packaged sample: the distributions from which a made-up state draws.

Each is the plain list of what the sample's maps hold, so drawing from it keeps its tail: most partners are named once,
a few by half of the county.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import assetgraph
from assetgraph.matching.leas import looks_like_lea
from assetgraph.model.places import coe_named, county_named

__all__ = ["Shape", "sample_shape"]

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the sample's maps are like; one entry for each thing counted."""

    partners_of_map: list[int]
    leas_of_county: list[int]
    ties_of_partner: list[int]
    maps_of_partner: list[int]
    offerings_of_provider: list[int]
    places_of_offering: list[int]
    """How many counties and regions an offering is open to."""
    partner_kinds: list[str]
    tie_ends: list[tuple[str, str, str]]
    """(end, how, end); an end is own, office, lea, place or partner."""
    ties: list[Row]
    offerings: list[Row]
    needs: list[Row]
    need_holders: list[str]
    coordinators: list[Row]
    coordinators_of_map: list[int]
    shares: tuple[float, float, float]
    """Partners, offerings and needs as shares of the three together."""


def sample_shape() -> Shape:
    """The shape, read from the files of the sample.

    >>> shape = sample_shape()
    >>> len(shape.partners_of_map), max(shape.ties_of_partner) > 5
    (8, True)
    """
    sample = Path(assetgraph.__file__).parent / "sample"
    maps = {
        folder.name: {path.stem: _rows(path) for path in folder.glob("*.csv")} for folder in sorted((sample / "maps").iterdir())
    }
    of = {
        sheet: [row for one in maps.values() for row in one[sheet]]
        for sheet in ("Partners", "Ties", "Offerings", "Needs", "Coordinators")
    }
    counted = [sum(len(one[sheet]) for one in maps.values()) for sheet in ("Partners", "Offerings", "Needs")]
    return Shape(
        partners_of_map=[len(one["Partners"]) for one in maps.values()],
        leas_of_county=_sizes(row["County"] for row in _rows(sample / "directory" / "districts.csv")),
        ties_of_partner=[ties for one in maps.values() for ties in _named(one)],
        maps_of_partner=_sizes(row["Name"] for row in of["Partners"]),
        offerings_of_provider=_sizes(row["Provider"] for row in of["Offerings"]),
        places_of_offering=[len(row["Open to"].split(";")) for row in of["Offerings"] if row["Open to"]],
        partner_kinds=[row["Kind of partner"] for row in of["Partners"]],
        tie_ends=[(_end(row["From"], name), row["How"], _end(row["To"], name))
                  for name, one in maps.items() for row in one["Ties"]],
        ties=of["Ties"], offerings=of["Offerings"], needs=of["Needs"],
        need_holders=[_end(row["Whose"], name) for name, one in maps.items() for row in one["Needs"]],
        coordinators=of["Coordinators"],
        coordinators_of_map=[len(one["Coordinators"]) for one in maps.values()],
        shares=(counted[0] / sum(counted), counted[1] / sum(counted), counted[2] / sum(counted)),
    )  # fmt: skip


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _sizes(names: Iterable[str]) -> list[int]:
    return sorted(Counter(names).values())


def _named(sheets: dict[str, list[Row]]) -> list[int]:
    """How many ties of a map name each of its partners."""
    ends = Counter(row[end] for row in sheets["Ties"] for end in ("From", "To"))
    return [ends[row["Name"]] for row in sheets["Partners"]]


def _end(name: str, own: str) -> str:
    office = coe_named(name)
    if office is not None:
        return "own" if office.name.casefold().replace(" ", "-") == own else "office"
    if looks_like_lea(name):
        return "lea"
    if county_named(name) is not None or name.casefold() in ("california", "statewide"):
        return "place"
    return "partner"
