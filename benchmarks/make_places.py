"""Writes the files of places for a nation: the 58 counties as they are, and made-up ones on a grid beside them.

    python -m benchmarks.make_places OUT [--counties 3100] [--seed 1]

With ``ASSETGRAPH_PLACES=OUT`` everything runs over these counties. A made-up county touches up to four others and lies in
a region of some four dozen, numbered from 12. Its FIPS code begins with 60 or more, and its CDS county code is a number
past 58. As no CDS code may begin so, the code of its office begins with 00, and those of its districts do, too.
The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

from assetgraph.model.places import COUNTIES, CountyPlace, shapes
from benchmarks.names import county_name

__all__ = ["make_places"]

WEST, NORTH = -113.0, 48.5
"""The corner where the grid begins, east of every real county, in degrees."""

WIDE, HIGH = 0.75, 0.375
"""How far the points of the grid are apart, in degrees."""

REGION_SIDE = 7
"""How many counties a made-up region is wide and high."""

CORNERS = ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))


def make_places(out: Path, *, counties: int = 3100, seed: int = 1) -> list[CountyPlace]:
    """The places that are now in the folder ``out``: all real ones first, then made-up ones up to ``counties``."""
    real = list(COUNTIES.values())
    made = _made(max(0, counties - len(real)), len(real), Random(f"places/{seed}"))
    places = [*real, *made]
    out.mkdir(parents=True, exist_ok=True)
    _write_json(out / "counties.json", {
        one.name: {"fips": one.fips, "cds_county_code": one.cds_county_code, "lat": one.lat, "lon": one.lon,
                   "neighbours": one.neighbours} for one in places
    })  # fmt: skip
    square = {one.name: [[(round(one.lon + x * WIDE, 4), round(one.lat + y * HIGH, 4)) for x, y in CORNERS]] for one in made}
    _write_json(out / "county_shapes.json", {**shapes(), **square})
    _write_rows(out / "ccsesa_regions.csv", ("ccsesa_region", "county", "verified"),
                ((one.region, one.name, "yes" if one.region_verified else "no") for one in places))  # fmt: skip
    _write_rows(out / "county_offices.csv", ("county", "coe_name", "coe_cds", "single_district", "also"),
                ((one.name, one.coe_name, one.coe_cds, "yes" if one.single_district else "no", ";".join(one.coe_also_called))
                 for one in places))  # fmt: skip
    return places


def _made(count: int, after: int, random: Random) -> list[CountyPlace]:
    """The made-up counties, row by row; ``after`` is the last CDS county code that is taken."""
    side = max(1, int(count ** 0.5))
    names = [county_name(number) for number in range(count)]
    made = []
    for number, name in enumerate(names):
        row, column = divmod(number, side)
        beside = [number - side, number + side, *([number - 1] if column else []), *([number + 1] if column < side - 1 else [])]
        region = 12 + row // REGION_SIDE * (side // REGION_SIDE + 1) + column // REGION_SIDE
        made.append(CountyPlace(
            name, f"{60_000 + number}", f"{after + 1 + number}", round(NORTH - row * HIGH, 4), round(WEST + column * WIDE, 4),
            tuple(sorted(names[one] for one in beside if 0 <= one < count)), str(region), True,
            f"{name} County Office of Education", f"00{90_000 + number}0000000", random.random() < 0.1, (),
        ))  # fmt: skip
    return made


def _write_json(path: Path, found: dict[str, Any]) -> None:
    lines = (f"{json.dumps(name)}:{json.dumps(one, separators=(',', ':'))}" for name, one in sorted(found.items()))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _write_rows(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows((columns, *rows))


def main() -> None:
    """Write the places that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--counties", type=int, default=3100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    places = make_places(given.out, counties=given.counties, seed=given.seed)
    print(f"{len(places):,} counties: set ASSETGRAPH_PLACES={given.out}")


if __name__ == "__main__":
    main()
