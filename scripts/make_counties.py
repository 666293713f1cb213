"""Make counties.json and county_shapes.json, the 58 counties that ship in the package, from us-atlas.

    python scripts/make_counties.py [--atlas counties-10m.json]

Without ``--atlas`` the npm package us-atlas is fetched at the pinned version with ``npm pack`` and its
checksum compared. us-atlas is ISC-licensed (Mike Bostock); its shapes are the US Census Bureau's
cartographic boundary files, which are in the public domain. Same input, same bytes.

A neighbour shares at least one arc of the shapes, so touching at a corner or across water does not count.
A county's point is the area-weighted centroid of its shape. Shapes are simplified arc by arc: neighbours
keep one common border. Coordinates are degrees, longitude first.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import math
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

PACKAGE = "us-atlas@3.0.1"
INTEGRITY = "wEIZCq0ImPvGblTd8gZMqNNCPkQshugMUG/8nkSWXb02+XqNFREg9atHOKP9w6prLZTpqcLhSvdBW81MkV3/0Q=="
"""The sha512 that the npm registry publishes for this version, base64."""

STATE = "06"
TOLERANCE = 0.008
"""How far a simplified border may stray, in degrees of latitude: about 900 m, under a pixel on a phone."""

SMALLEST_PART = 0.004
"""Smaller islands are left out of the drawing, in square degrees; a county's largest part always stays."""

DATA = Path(__file__).parent.parent / "assetgraph" / "model" / "data"

Point = tuple[float, float]
Ring = list[Point]
Arcs = list[list[Point]]


def fetch() -> dict[str, Any]:
    """The atlas from the pinned npm package, its checksum compared."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, capture_output=True)
        packed = next(Path(folder).glob("*.tgz"))
        found = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
        if found != INTEGRITY:
            raise SystemExit(f"{PACKAGE}: checksum differs from the pinned one. Check the version and the registry.")
        with tarfile.open(packed) as archive:
            member = archive.extractfile("package/counties-10m.json")
            if member is None:
                raise SystemExit(f"{PACKAGE}: counties-10m.json is not in it.")
            return dict(json.load(member))


def decoded_arcs(atlas: dict[str, Any]) -> Arcs:
    """Each arc as points in degrees: topojson stores steps from point to point on a grid."""
    (scale_x, scale_y), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for steps in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    return arcs


def polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    """A shape's polygons, each a list of rings, each a list of arc numbers (~n is arc n backwards)."""
    return [shape["arcs"]] if shape["type"] == "Polygon" else list(shape["arcs"])


def ring(numbers: list[int], arcs: Arcs) -> Ring:
    """A closed ring without its repeated last point."""
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[:-1])
    return points


def area_and_centre(points: Ring) -> tuple[float, float, float]:
    """Area in square degrees of latitude (clockwise is negative) and centroid as longitude, latitude.

    Longitudes shrink by the cosine of the ring's middle latitude; over one county that is enough.
    """
    middle = sum(lat for _, lat in points) / len(points)
    shrink = math.cos(math.radians(middle))
    doubled = x = y = 0.0
    for (lon_a, lat_a), (lon_b, lat_b) in zip(points, points[1:] + points[:1], strict=True):
        cross = (lon_a * lat_b - lon_b * lat_a) * shrink
        doubled, x, y = doubled + cross, x + (lon_a + lon_b) * cross, y + (lat_a + lat_b) * cross
    return (doubled / 2, x / (3 * doubled), y / (3 * doubled)) if doubled else (0.0, *points[0])


def centre(shape: dict[str, Any], arcs: Arcs) -> Point:
    """Longitude and latitude of a county: every part and hole by its area."""
    parts = [area_and_centre(ring(numbers, arcs)) for polygon in polygons(shape) for numbers in polygon]
    total = sum(area for area, _, _ in parts)
    return sum(a * lon for a, lon, _ in parts) / total, sum(a * lat for a, _, lat in parts) / total


def neighbours(shapes: list[dict[str, Any]]) -> dict[str, list[str]]:
    """County name to the names of those that share an arc with it."""
    holders: dict[int, set[str]] = {}
    for shape in shapes:
        for number in (n for polygon in polygons(shape) for numbers in polygon for n in numbers):
            holders.setdefault(max(number, ~number), set()).add(shape["properties"]["name"])
    found: dict[str, set[str]] = {shape["properties"]["name"]: set() for shape in shapes}
    for names in holders.values():
        for name in names:
            found[name] |= names - {name}
    return {name: sorted(others) for name, others in found.items()}


def simplified(points: list[Point]) -> list[Point]:
    """An arc with only the points that matter at TOLERANCE (Douglas and Peucker); its ends stay."""
    if len(points) < 3:
        return points
    (lon_a, lat_a), (lon_b, lat_b) = points[0], points[-1]
    shrink = math.cos(math.radians(lat_a))
    run, rise = (lon_b - lon_a) * shrink, lat_b - lat_a
    length = math.hypot(run, rise)

    def stray(point: Point) -> float:
        dx, dy = (point[0] - lon_a) * shrink, point[1] - lat_a
        return abs(run * dy - rise * dx) / length if length else math.hypot(dx, dy)

    furthest = max(range(1, len(points) - 1), key=lambda i: stray(points[i]))
    if stray(points[furthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: furthest + 1])[:-1] + simplified(points[furthest:])


def drawing(shape: dict[str, Any], arcs: Arcs, simple: Arcs) -> list[list[list[float]]]:
    """The outer rings to draw, largest first."""
    parts = []
    for polygon in polygons(shape):
        area = abs(area_and_centre(ring(polygon[0], arcs))[0])
        outline = [[round(lon, 3), round(lat, 3)] for lon, lat in ring(polygon[0], simple)]
        parts.append((area, outline))
    parts.sort(key=lambda part: -part[0])
    return [outline for n, (area, outline) in enumerate(parts) if n == 0 or (area >= SMALLEST_PART and len(outline) > 2)]


def write(path: Path, value: dict[str, Any]) -> None:
    """One county a line, so that a change can be read."""
    lines = [f"{json.dumps(key)}:{json.dumps(value[key], separators=(',', ':'))}" for key in sorted(value)]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Write both files and print what they hold."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--atlas", type=Path, help="counties-10m.json of us-atlas 3.0.1, already fetched")
    options.add_argument("--out", type=Path, default=DATA)
    given = options.parse_args()
    atlas = json.loads(given.atlas.read_text(encoding="utf-8")) if given.atlas else fetch()
    arcs = decoded_arcs(atlas)
    shapes = [s for s in atlas["objects"]["counties"]["geometries"] if s["id"].startswith(STATE)]
    shapes.sort(key=lambda shape: shape["properties"]["name"])
    beside = neighbours(shapes)
    counties = {}
    for number, shape in enumerate(shapes, start=1):
        lon, lat = centre(shape, arcs)
        counties[shape["properties"]["name"]] = {
            "fips": shape["id"], "cds_county_code": f"{number:02d}", "lat": round(lat, 4), "lon": round(lon, 4),
            "neighbours": beside[shape["properties"]["name"]],
        }  # fmt: skip
    simple = [simplified(arc) for arc in arcs]
    drawings = {shape["properties"]["name"]: drawing(shape, arcs, simple) for shape in shapes}
    write(given.out / "counties.json", counties)
    write(given.out / "county_shapes.json", drawings)
    pairs = sum(len(names) for names in beside.values()) // 2
    print(f"{len(counties)} counties, {pairs} pairs of neighbours, {sum(len(d) for d in drawings.values())} outlines")


if __name__ == "__main__":
    main()
