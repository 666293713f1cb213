"""Other counties than the packaged ones: a folder of places is taken as it is, and what is wrong with one is said in a line."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assetgraph.model.places import COUNTIES
from benchmarks.make_places import make_places

SCRIPT = """
import json, sys
from assetgraph import ask, build, draw_map, open_store, read_files
from assetgraph.model.places import COUNTIES, coe_named, county_named, distance_km, nearest, ring, shapes

name, region, folder = sys.argv[1:]
near = nearest(name)
with open_store(":memory:", write=True) as store:
    reading = read_files([folder])
    build(store, reading)
    partners = [(row.partner, row.through) for row in ask(store, "partners_of", org=f"{name} COE")]
    served = store.read("MATCH (p:Partner {name: 'Made Network'})-[:SERVES]->(r:Region) RETURN p.name AS name, r.code AS code", {})
    figures = store.read("MATCH (n)-[m:MEASURED]->() RETURN n.name AS name, m.value AS value ORDER BY name", {})
    coordinators = ask(store, "coes_without_coordinator", area="math")
    page = draw_map(store, name).html
place = COUNTIES[name]
print(json.dumps({
    "counties": len(COUNTIES), "refused": reading.refused,
    "named": [getattr(county_named(text), "name", None) for text in (name.upper(), name + " County", place.fips, place.cds_county_code)],
    "office": coe_named(name + " COE").name,
    "near": near[:6], "all": sorted(near) == list(COUNTIES), "rings": [ring(name, one) for one in near],
    "distance": distance_km(name, near[1]), "shapes": len(shapes()),
    "partners": partners, "served": served, "figures": figures, "without": len(coordinators), "drawn": "Made Museum" in page,
}))
"""


def run_with(places: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ASSETGRAPH_PLACES": str(places)}
    return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    make_places(folder)
    return folder


def test_a_nation_of_counties_is_found_built_and_asked(places: Path, tmp_path: Path) -> None:
    made = [one for one in make_places(tmp_path / "places") if one.name not in COUNTIES]
    one = made[500]
    files = {
        "map/Read me": [("Field", "Value"), ("Map of", one.coe_name), ("Counties", one.name), ("Plan", "A"), ("As of", "2025-01-15")],
        "map/Ties": [("From", "To", "How"), (one.coe_name, "Made Museum", "partners with"), ("Brook Unified", "Made Museum", "partners with")],
        "map/Partners": [("Name", "Serves counties"), ("Made Network", f"Region {one.region}")],
        "map/Coordinators": [("Office or LEA", "Role", "Content areas"), (one.coe_name, "Math lead", "Math")],
        "districts": [("CDS", "Name", "Type", "County", "City"), (f"{one.coe_cds[:2]}12345", "Brook Unified", "Unified", one.name, "Brook")],
        "figures": [("CDS code", "Measure", "Year", "Value", "Unit"), (f"{one.coe_cds[:2]}12345", "unduplicated_pct", "2023-24", "51.5", "percent")],
    }  # fmt: skip
    for name, rows in files.items():
        path = tmp_path / "state" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as stream:
            csv.writer(stream).writerows(rows)
    run = run_with(places, "-c", SCRIPT, one.name, one.region, str(tmp_path / "state"))
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert (found["counties"], found["shapes"], found["refused"]) == (3_100, 3_100, 0)
    assert found["named"] == [one.name] * 4 and found["office"] == one.name
    assert found["near"][0] == one.name and set(found["near"][1:5]) == set(one.neighbours) and found["all"]
    in_region = sum(other.region == one.region for other in made)
    assert in_region == 49 and found["rings"] == [0] + [1] * 4 + [2] * (3_100 - 5 - found["rings"].count(3)) + [3] * found["rings"].count(3)
    assert 20 < found["distance"] < 80
    assert found["partners"] == [["Made Museum", None], ["Made Museum", "Brook Unified"]]
    assert found["served"] == [{"name": "Made Network", "code": one.region}]
    assert found["figures"] == [{"name": "Brook Unified", "value": 51.5}]
    assert found["without"] > 3_000 and found["drawn"]


def test_made_places_are_told_apart_and_the_real_ones_stay(tmp_path: Path) -> None:
    made = make_places(tmp_path, counties=500)
    assert made[:58] == list(COUNTIES.values())
    assert len(made) == len({one.name for one in made}) == len({one.coe_cds for one in made}) == len({one.coe_name for one in made}) == 500
    codes = [code for one in made for code in (one.fips, one.cds_county_code)]
    assert len(codes) == len({code.lstrip("0") for code in codes})
    named = {one.name: one for one in made}
    assert all(one.name in named[other].neighbours for one in made for other in one.neighbours)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "county_offices.csv").unlink(), "county_offices.csv cannot be read: No such file or directory"),
        (lambda folder: (folder / "counties.json").write_bytes(b"\xff"), "counties.json cannot be read: it is not UTF-8 text"),
        (lambda folder: (folder / "counties.json").write_text("[1"), "the table of counties is not as it should be"),
        (lambda folder: (folder / "counties.json").write_text('{"Lake": {}}'), "the table of counties has no 'fips'"),
    ],
)
def test_a_folder_of_places_that_cannot_be_read_is_one_line(tmp_path: Path, spoil, said: str) -> None:  # type: ignore[no-untyped-def]
    make_places(tmp_path, counties=58)
    assert run_with(tmp_path, "-m", "assetgraph", "ask", "gap_grid", "--help").returncode == 0
    spoil(tmp_path)
    run = run_with(tmp_path, "-m", "assetgraph", "ask", "gap-grid", "--county", "Lake")
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1 and said in run.stderr and "unset ASSETGRAPH_PLACES" in run.stderr
