"""Writes a made-up state of any size as the real input files that `assetgraph build FOLDER` reads.

    python -m benchmarks.make_state OUT --size 20k [--seed 1] [--changed]

Sizes are **nodes/ties as the graph holds them after the build**, everything counted: the packaged tables (counties,
offices, regions, areas, kinds) and the reference facts that a build loads beside the files, too; and a tie is any fact,
"named by this source" included. They are met within a few per cent:

    2k     2,000 nodes     12,000 ties    16 counties
    20k   20,000 nodes    200,000 ties    all counties
    1M     1,000,000       10,000,000     all counties, each with so many more partners, LEAs, maps and tables
    nation    80,000          450,000     3,100 counties and some 13,000 districts; make_places makes the counties

Degrees are drawn from the packaged sample: partners of a map, ties of a partner, offerings of a provider, areas of a
tie, places that an offering is open to, LEAs of a county, kinds of ends of a tie. One row in a hundred is broken in the
ways people break rows, and three are written loosely; broken ones stand between the good ones, so that the good
rows mean the same with and without them. ``--changed`` writes the same state with one detail different in one good row
of a hundred. The same arguments give the same bytes. A county is held in memory, never the state.

OUT/made.json says what was written: good and broken rows, and the nodes and ties to expect.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import mean

from assetgraph.build.project import project
from assetgraph.build.reference import read_reference
from assetgraph.model.places import COUNTIES
from benchmarks.county_sheets import County, Tally, write_county
from benchmarks.names import lea_name
from benchmarks.sample_shape import Shape, sample_shape

__all__ = ["SIZES", "Size", "make_state"]

_DIRECTORY = ("CD Code", "County", "District", "Street", "City", "Zip", "State", "MailStreet", "MailCity", "MailZip",
              "MailState", "Phone",
              "Ext", "FaxNumber", "Email", "AdmFName", "AdmLName", "AdmEmail", "Latitude", "Longitude", "DOC", "DOCType",
              "StatusType",
              "LastUpDate")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large a state is."""

    nodes: int
    ties: int
    counties: int
    districts: int | None = None
    """About how many; None for so many as the sample's counties have."""


SIZES = {"2k": Size(2_000, 12_000, 16), "20k": Size(20_000, 200_000, 58), "200k": Size(200_000, 2_000_000, 58),
         "1M": Size(1_000_000, 10_000_000, 58), "nation": Size(80_000, 450_000, 3_100, districts=13_000)}  # fmt: skip


def make_state(out: Path, size: Size, *, seed: int = 1, changes: bool = False, tell: bool = False) -> Tally:
    """What was written to the empty or new folder ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    shape, tally = sample_shape(), _packaged()
    random = Random(f"state/{seed}")
    counties = sorted(random.sample(sorted(COUNTIES), min(size.counties, len(COUNTIES))))
    leas = _leas(counties, size, shape, random)
    _write_leas(out, leas, tally, random)
    for county in _counties(leas, size, shape, tally, random):
        if tell:
            print(f"{county.name}: {tally.nodes:,} nodes and {tally.ties:,} ties so far", file=sys.stderr, flush=True)
        changing = Random(f"changes/{seed}/{county.name}") if changes else None
        write_county(out, county, shape, tally, Random(f"county/{seed}/{county.name}"), changing)
    made = {"size": asdict(size), "seed": seed, **asdict(tally)}
    (out / "made.json").write_text(json.dumps(made, indent=1) + "\n")
    return tally


def _packaged() -> Tally:
    """What a build of nothing holds: the package's own tables and the reference facts."""
    reference = read_reference()
    graph = project(reference.sources, reference.records).graph
    return Tally(nodes=len(graph.nodes), ties=len(graph.edges))


def _leas(counties: list[str], size: Size, shape: Shape, random: Random) -> dict[str, list[str]]:
    """The districts of each county; a state of more nodes than a real one has more of them, too, if nothing else is said."""
    more = max(1.0, (size.nodes / 20_000) ** 0.6)
    if size.districts is not None:
        more = size.districts / (len(counties) * mean(shape.leas_of_county))
    found, number = {}, 0
    for county in counties:
        count = 1 if COUNTIES[county].single_district else max(1, round(random.choice(shape.leas_of_county) * more))
        found[county] = [lea_name(number + n) for n in range(count)]
        number += count
    return found


def _write_leas(out: Path, leas: dict[str, list[str]], tally: Tally, random: Random) -> None:
    """The state's directory of districts, and a table of figures about them."""
    number = 0
    with (out / "pubdistricts.txt").open("w", encoding="utf-8") as directory, \
            (out / "unduplicated pupils.csv").open("w", encoding="utf-8") as figures:  # fmt: skip
        directory.write("\t".join(_DIRECTORY) + "\n")
        figures.write("CDS code,Measure,Year,Value,Unit,Source\n")
        for county, names in leas.items():
            for name in names:
                number += 1
                code = f"{COUNTIES[county].coe_cds[:2]}{10_000 + number:05}"
                kind = f"{name.rsplit(' ', 1)[1]} School District"
                line = [code, county, name, *["No Data"] * 19, "Active", "07/01/2024"]
                line[21] = kind
                directory.write("\t".join(line) + "\n")
                for year in ("2022-23", "2023-24"):
                    figures.write(f"{code}0000000,unduplicated_pct,{year},{random.randrange(100, 990) / 10},percent,made up\n")
                if random.random() < 0.01:
                    directory.write("\t".join([code, "Narnia", *line[2:]]) + "\n")
                    tally.broken += 1
    tally.rows |= {"Directory": number, "Indicators": 2 * number}
    tally.good += 3 * number
    tally.nodes += number + 3
    tally.ties += 5 * number
    tally.files += 2
    tally.sources += 2


def _counties(leas: dict[str, list[str]], size: Size, shape: Shape, tally: Tally, random: Random) -> Iterator[County]:
    """Each county with its part of what is still to be written, so that the whole is met."""
    weights = {county: random.choice(shape.partners_of_map) for county in leas}
    several = [count for count in shape.maps_of_partner if count > 1]
    often = sum(several) / sum(shape.maps_of_partner)
    partners = size.nodes * shape.shares[0] * 0.9
    pool = max(1, int(partners * often / (sum(several) / len(several))))
    seen = bytearray(pool)
    left, first = sum(weights.values()), 0
    for county, weight in weights.items():
        nodes, ties = (
            max(0, goal - held) * weight // left for goal, held in ((size.nodes, tally.nodes), (size.ties, tally.ties))
        )
        shared = sorted(random.sample(range(pool), min(pool, int(nodes * shape.shares[0] * 0.9 * often))))
        new = sum(not seen[number] for number in shared)
        for number in shared:
            seen[number] = 1
        yield County(county, leas[county], nodes, ties, shared, new, first=10_000 + pool + first)
        left -= weight
        first += nodes + 2_000


def main() -> None:
    """Write a state, as asked for on the command line."""
    parser = argparse.ArgumentParser(description="Write a made-up state as input files.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", choices=SIZES, default="20k")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changed", action="store_true", help="one detail different in one good row of a hundred")
    given = parser.parse_args()
    tally = make_state(given.out, SIZES[given.size], seed=given.seed, changes=given.changed, tell=True)
    print(f"{tally.files} files, {tally.sources} sources, {tally.good:,} good rows and {tally.broken:,} broken ones; "
          f"expect {tally.nodes:,} nodes and {tally.ties:,} ties")  # fmt: skip


if __name__ == "__main__":
    main()
