"""The sheets of one made-up county: its maps and tables, written row by row, and what they will be in the graph."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import accumulate, cycle
from pathlib import Path
from random import Random
from typing import Any

from assetgraph.model.names import slug
from assetgraph.model.places import COUNTIES, nearest
from assetgraph.model.sheets import SHEETS
from benchmarks.breakage import broken, changed, sloppy
from benchmarks.names import asset_title, partner_name
from benchmarks.sample_shape import Shape

__all__ = ["County", "Tally", "write_county"]

AREAS = ("Math", "Science", "Computer science")
BROKEN, SLOPPY = 0.01, 0.03
NAMESAKES = 0.01
RESTATED = 0.5
"""How many offerings a second source states too."""

TELLING = ("member of", "funded by")
"""Ties that tell something of the partner at their end: that it is a network, or that it funds."""

Row = dict[str, str]


@dataclass(slots=True)
class Tally:
    """What was written, and what it will be once it is built."""

    nodes: int = 0
    ties: int = 0
    good: int = 0
    broken: int = 0
    changed: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    """Good rows by sheet."""
    files: int = 0
    sources: int = 0


@dataclass(frozen=True, slots=True)
class County:
    """One county to write, and how much of it there shall be."""

    name: str
    leas: list[str]
    nodes: int
    ties: int
    shared: list[int]
    """Numbers of the partners that other counties name too."""
    new: int
    """How many of those no county before named."""
    first: int
    """The number of its first own partner and asset; no other county uses the same."""


class _Files:
    """The open files of one county. Between good rows it puts broken ones, and says some things loosely."""

    def __init__(self, stack: ExitStack, tally: Tally, random: Random, changes: Random | None) -> None:
        self.stack, self.tally, self.random, self.changes = stack, tally, random, changes
        self.open: dict[tuple[Path, str], tuple[Any, list[str]]] = {}

    def put(self, path: Path, sheet: str, row: Row) -> None:
        writer, columns = self.open.get((path, sheet)) or self._opened(path, sheet)
        tally, random = self.tally, self.random
        chance = random.random()
        if chance < BROKEN:
            bad = broken(sheet, row, columns, random)
            writer.writerow([bad.get(column, "") for column in columns])
            tally.broken += 1
        elif chance > 1 - SLOPPY:
            row = sloppy(row, random)
        if self.changes is not None and self.changes.random() < 0.01:
            other = changed(sheet, row, self.changes)
            tally.changed += other is not None
            row = other or row
        writer.writerow([row.get(column, "") for column in columns])
        tally.good += 1
        tally.rows[sheet] = tally.rows.get(sheet, 0) + 1

    def _opened(self, path: Path, sheet: str) -> tuple[Any, list[str]]:
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = [column.header for column in SHEETS[sheet].columns().values()]
        columns += list(AREAS) * (sheet == "Reach") + ["County"] * (path.parent.name == "tables")
        writer = csv.writer(self.stack.enter_context(path.open("w", encoding="utf-8", newline="")), lineterminator="\n")
        writer.writerow(columns)
        self.tally.files += 1
        self.open[path, sheet] = writer, columns
        return writer, columns


def write_county(folder: Path, county: County, shape: Shape, tally: Tally, random: Random, changes: Random | None) -> None:
    """None; the county's files are in ``folder``, and the tally knows of them."""
    with ExitStack() as stack:
        _County(folder, county, shape, _Files(stack, tally, random, changes)).write()


class _County:
    """Writes one county: first what stands once, then ties until there are as many as there shall be."""

    def __init__(self, folder: Path, county: County, shape: Shape, files: _Files) -> None:
        self.county, self.shape, self.files = county, shape, files
        self.tally, self.random = files.tally, files.random
        self.office = COUNTIES[county.name].coe_name
        self.near = nearest(county.name)[1:8]
        maps = min(6, 1 + county.nodes // 400)
        self.maps = [folder / "maps" / slug(county.name) / f"{plan}{step}" for plan in "AB" for step in "123"][:maps]
        tables = min(20, 1 + int((county.nodes / 50) ** 0.5))
        self.tables = [folder / "tables" / f"{slug(county.name)}-{n:02}.csv" for n in range(1, tables + 1)]
        self.restated = folder / "tables" / f"{slug(county.name)}-catalog.csv"
        self.partners: list[str] = []
        self.weights: list[float] = []
        self.until = tally_before(files.tally, county)
        self.named: set[tuple[Path, str]] = set()
        """What the rows of each sheet named so far."""

    def write(self) -> None:
        for path in self.maps:
            self._read_me(path)
        self._fixed()
        left = max(0, self.until[0] - self.tally.nodes)
        of_partners, of_offerings, _ = self.shape.shares
        self._partners(int(left * of_partners))
        self._offerings(int(left * of_offerings))
        self._needs(max(1, self.until[0] - self.tally.nodes))
        self._ties()

    def _read_me(self, path: Path) -> None:
        path.mkdir(parents=True)
        rows = [("Field", "Value"), ("Map of", self.office), ("Counties", self.county.name), ("Plan", path.name[0]),
                ("Step", path.name[1]), ("As of", f"202{3 + int(path.name[1]) % 3}-11-01")]  # fmt: skip
        with (path / "Read me.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
        self._count(nodes=1, ties=2)
        self.tally.sources += 1
        self.tally.files += 1

    def _reports(self, path: Path, named: Iterable[str], told_of: Iterable[str] = ()) -> int:
        """How many things a row reports: those that it tells something of, and those that no row of its sheet named before."""
        fresh = {name for name in named if (path, name) not in self.named}
        self.named.update((path, name) for name in fresh)
        return len(fresh.union(told_of))

    def _count(self, *, nodes: int = 0, ties: int = 0) -> None:
        self.tally.nodes += nodes
        self.tally.ties += ties

    def _fixed(self) -> None:
        """Roles, answers, what was asked, actions and seats: they grow with the county's LEAs, not with its partners."""
        random, first = self.random, self.maps[0]
        for number in range(random.choice(self.shape.coordinators_of_map)):
            like = random.choice(self.shape.coordinators)
            areas = like["Content areas"] or random.choice(AREAS)
            role = f"{like['Role']}, position {number + 1}"
            self.files.put(
                first / "Coordinators.csv", "Coordinators", {"Office or LEA": self.office, "Role": role, "Content areas": areas}
            )
            self._count(nodes=1, ties=2 + _some(areas))
        for lea in self.county.leas:
            said = {area: random.choice(("yes", "no", "not asked", "")) for area in AREAS}
            if any(said.values()) and random.random() < 0.7:
                self.files.put(first / "Reach.csv", "Reach", {"LEA": lea, **said})
                self._count(ties=1 + sum(map(bool, said.values())))
        for area in AREAS:
            for kind in random.sample(self.shape.partner_kinds, 3):
                row = {
                    "Content area": area,
                    "Kind of partner": kind,
                    "LEA": random.choice(("all", "")),
                    "Asked": "yes",
                    "When": "2024-11-01",
                }
                self.files.put(first / "Asked about.csv", "Asked about", row)
                self._count(ties=1)
        for number in range(2):
            row = {"Action": f"Call the {partner_name(self.county.first + number)}", "By when": "2026-06-30",
                   "Led by": self.office,
                   "Goal": f"Every district is reached by {2027 + number}", "Status": "Open"}  # fmt: skip
            self.files.put(first / "Actions.csv", "Actions", row)
            self._count(nodes=2, ties=4)
        self.files.put(first / "Team.csv", "Team", {"Organization": self.office, "Seat": "Lead", "Role": "Convener"})
        self._count(nodes=1, ties=3)

    def _partners(self, count: int) -> None:
        """The county's partners, each on one of its maps: own ones, namesakes of others, and those that many counties name."""
        random, county = self.random, self.county
        own = max(1, count - county.new)
        namesakes = min(28, int(own * NAMESAKES))
        for number in range(own):
            is_namesake = number < namesakes
            name = partner_name(number * 7 if is_namesake else county.first + number + 1000)
            home = county.name if is_namesake or random.random() < 0.8 else ""
            self._partner(name, home, "")
            self._weigh(name, is_namesake=is_namesake)
        for number in county.shared:
            name = partner_name(500 + number)
            self._partner(name, "", f"https://{slug(name)}.example/")
            self._weigh(name, is_namesake=False)
        self._count(nodes=own + county.new)

    def _weigh(self, name: str, *, is_namesake: bool) -> None:
        # A bare name that several bear says nothing certain, so a namesake is named on its own map only, in full.
        if not is_namesake:
            self.partners.append(name)
            self.weights.append(max(0.3, self.random.choice(self.shape.ties_of_partner)))

    def _partner(self, name: str, home: str, web: str) -> None:
        random = self.random
        serves = list(dict.fromkeys(random.choices((self.county.name, *self.near[:3]), k=random.choice((0, 0, 1, 1, 2)))))
        row = {"Name": name, "Kind of partner": random.choice(self.shape.partner_kinds), "Home county": home, "Web address": web,
               "Serves counties": "; ".join(serves) if random.random() < 0.97 else "Statewide"}  # fmt: skip
        if random.random() < 0.3:
            row |= {"Power": random.choice("123"), "Interest": random.choice("123")}
        self.files.put(random.choice(self.maps) / "Partners.csv", "Partners", row)
        places = len(serves) if row["Serves counties"] != "Statewide" else 1
        self._count(ties=1 + bool(home) + places)

    def _offerings(self, count: int) -> None:
        random, shape = self.random, self.shape
        left, number = count, 0
        while left > 0:
            provider = self._some_partner() if random.random() < 0.8 else self.office
            for _ in range(min(left, random.choice(shape.offerings_of_provider))):
                title, home = asset_title(self.county.first + number), random.choice(self.maps)
                if number % 3 == 2:
                    self._quickstorm(home, title, provider)
                else:
                    self._offering(home, title, provider)
                number += 1
                left -= 1
        self._count(nodes=count)

    def _offering(self, home: Path, title: str, provider: str) -> None:
        random = self.random
        like = random.choice(self.shape.offerings)
        open_to = [self.county.name, *self.near, *(f"Region {n}" for n in range(1, 6))][
            : random.choice(self.shape.places_of_offering)
        ]
        row = {"Title": title, "Provider": provider, "Open to": "; ".join(open_to), **self._lasting("Starts", "Ends", like)}
        for column in ("Kind", "Content areas", "Grades", "Format", "Modality", "Audience", "Cost"):
            row[column] = like[column]
        named, funders = [provider] * (provider != self.office), list[str]()
        if random.random() < 0.15:
            funders.append(self._some_partner())
            row |= {"Funder": funders[0], "Funded until": f"202{random.randrange(4, 9)}-06-30"}
        facts = 2 + _some(row["Content areas"]) + len(open_to) + len(funders)
        self.files.put(home / "Offerings.csv", "Offerings", row)
        self._count(ties=facts + self._reports(home / "Offerings.csv", named, funders))
        if random.random() < RESTATED:
            self.files.put(self.restated, "Offerings", {**row, "County": self.county.name, "Cost": ""})
            self._count(ties=facts + self._reports(self.restated, named, funders))

    def _quickstorm(self, home: Path, title: str, provider: str) -> None:
        random, shape = self.random, self.shape
        leas = random.sample(self.county.leas, min(len(self.county.leas), random.choice((0, 0, 1, 1, 2, 3, 8))))
        everyone = not leas and random.random() < 0.3
        areas = random.choice(shape.ties)["Content areas"] or "Math"
        inside = provider == self.office
        row = {"Who": provider, "What": title, "Content area": areas, "Inside or outside": "Inside" if inside else "Outside",
               "Kind of asset": random.choice(shape.offerings)["Kind"], "Grades": random.choice(shape.offerings)["Grades"],
               "LEAs taking part": "all" if everyone else "; ".join(leas),
               "How we know": random.choice(("Survey", "Website", "Data")),
               **self._lasting("Starts", "Ends", random.choice(shape.ties))}  # fmt: skip
        path = home / "Quickstorm.csv"
        self.files.put(path, "Quickstorm", row)
        self._count(ties=2 + _some(areas) + (0 if inside else 2) + len(leas) + self._reports(path, leas) + 2 * everyone)

    def _needs(self, count: int) -> None:
        random = self.random
        for number in range(count):
            like, holder = random.choice(self.shape.needs), random.choice(self.shape.need_holders)
            whose = self._end(holder) if holder != "partner" else self.office
            row = {
                "Whose": whose,
                "Need": f"{like['Need']} (need {number + 1})",
                "Status": random.choice(("Open", "Open", "In progress", "Met")),
            }
            for column in ("Kind", "Content areas", "Grades", "How we know", "As of"):
                row[column] = like[column]
            facts, named = 2 + _some(row["Content areas"]), [whose] * (holder == "lea")
            if random.random() < 0.3:
                row["Addressed by"] = self._some_partner()
                named.append(row["Addressed by"])
                facts += 1
            path = random.choice(self.maps) / "Needs.csv"
            self.files.put(path, "Needs", row)
            self._count(nodes=1, ties=facts + self._reports(path, named))

    def _ties(self) -> None:
        """Ties among those who are there, by the sample's kinds of ends, over all maps and tables in turn."""
        random, shape, tally = self.random, self.shape, self.tally
        places = cycle([*self.tables, *(path / "Ties.csv" for path in self.maps)])
        tables = set(self.tables)
        partners = random.choices(self.partners, list(accumulate(self.weights)) and self.weights, k=4096)
        if self.restated in {path for path, _ in self.files.open}:
            self._count(nodes=1, ties=1)
            tally.sources += 1
        seen: set[Path] = set()
        while tally.ties < self.until[1]:
            start, how, end = random.choice(shape.tie_ends)
            one, other = self._end(start, partners), self._end(end, partners)
            if one == other:
                partners = random.choices(self.partners, self.weights, k=4096)
                continue
            path, like = next(places), random.choice(shape.ties)
            row = {"From": one, "To": other, "How": how, "Content areas": like["Content areas"],
                   "How we know": like["How we know"],
                   **self._lasting("Since", "Until", like)}  # fmt: skip
            if path in tables:
                row["County"] = self.county.name
                if path not in seen:
                    seen.add(path)
                    self._count(nodes=1, ties=1)
                    tally.sources += 1
            self.files.put(path, "Ties", row)
            bodies = ("partner", "lea")
            told_of = [other] * (end == "partner" and how in TELLING)
            named = [one] * (start in bodies) + [other] * (end in bodies and not told_of)
            self._count(ties=1 + self._reports(path, named, told_of))
            if tally.good % 2048 == 0:
                partners = random.choices(self.partners, self.weights, k=4096)

    def _end(self, kind: str, partners: list[str] | None = None) -> str:
        random = self.random
        if kind == "partner":
            return random.choice(partners) if partners else self._some_partner()
        if kind == "lea":
            return random.choice(self.county.leas)
        if kind == "office":
            return COUNTIES[random.choice(self.near)].coe_name
        return self.office if kind == "own" else f"{self.county.name} County"

    def _some_partner(self) -> str:
        return self.random.choices(self.partners, self.weights)[0]

    def _lasting(self, start: str, end: str, like: Row) -> Row:
        """Half of the time the days of a row of the sample, else days of these years."""
        random = self.random
        if random.random() < 0.5:
            return {start: like.get("Since", like.get("Starts", "")), end: like.get("Until", like.get("Ends", "")),
                    "Temporary or enduring": like["Temporary or enduring"]}  # fmt: skip
        year, month = random.randrange(2018, 2026), random.randrange(1, 13)
        if random.random() < 0.3:
            return {start: f"{year}-{month:02}-01", end: "", "Temporary or enduring": "Enduring"}
        length = random.choice((0, 1, 1, 3, 5))
        return {start: f"{year}-{month:02}-01", end: f"{year + length}-{month:02}-28",
                "Temporary or enduring": "Time-limited" if length else "Temporary"}  # fmt: skip


def tally_before(tally: Tally, county: County) -> tuple[int, int]:
    """The nodes and ties that there shall be once the county is written."""
    return tally.nodes + county.nodes, tally.ties + county.ties


def _some(cell: str) -> int:
    return len([word for word in cell.split(";") if word.strip()])
