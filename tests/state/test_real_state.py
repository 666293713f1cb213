"""The real state in one command: every LEA, charter and school, 3,733 partner organizations and the need figures, on both stores.

The numbers are those of the README files beside the data, or are counted here in the files themselves. Each county is asked
every question once, about one of the areas in turn; ASSETGRAPH_EVERY_AREA=1 asks about each area, which takes minutes.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from neo4j_server import Server

from assetgraph.build.reference import REFERENCE_AS_OF, sample_folder
from assetgraph.cli import main
from assetgraph.model.places import COUNTIES
from assetgraph.queries import QUESTIONS, Answer, ask
from assetgraph.store import Store, open_store

pytestmark = pytest.mark.directories

DATA = Path(os.environ.get("ASSETGRAPH_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
FILES = ("leas/leas.csv", "leas/charters.csv", "leas/schools.csv", "partners/partners.csv", "district_need/district_need.csv")
AREAS = ("math", "science", "computer_science", None)
MAPPED = ("Butte", "Del Norte", "Glenn", "Humboldt", "Lake", "Mendocino", "Sonoma", "Tehama")
REGULAR = ("elementary", "unified", "high")

VERDICTS = """\
leas.csv: a directory of LEAs or schools; 1,134 rows in = 1,134 kept + 0 refused.
charters.csv: a directory of LEAs or schools; 1,262 rows in = 1,262 kept + 0 refused.
schools.csv: a directory of LEAs or schools; 9,946 rows in = 9,946 kept + 0 refused.
partners.csv: a directory of partners; 3,733 rows in = 3,733 kept + 0 refused.
district_need.csv: figures about LEAs, schools or counties; 994 rows in = 994 kept + 0 refused.
"""


def rows_of(name: str) -> list[dict[str, str]]:
    with DATA.joinpath(name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def build_state(store: str) -> Result:
    """The five files, and the sample's eight maps, so that there are ties, needs and offerings to ask about."""
    missing = [name for name in FILES if not DATA.joinpath(name).is_file()]
    if missing:
        line = f"{missing[0]} is not in {DATA}: set ASSETGRAPH_DATA to the folder of the public directories"
        if os.environ.get("CI"):
            pytest.fail(line)
        pytest.skip(line)
    words = ["build", *(str(DATA / name) for name in FILES), str(sample_folder() / "maps"), "--store", store, "--yes"]
    return CliRunner().invoke(main, words)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Result]:
    store = str(tmp_path_factory.mktemp("real") / "state.kgl")
    return store, build_state(store)


@pytest.fixture(scope="module")
def here(built: tuple[str, Result]) -> Iterator[Store]:
    with open_store(built[0]) as store:
        yield store


@pytest.fixture(scope="module")
def served(neo4j_server: Server) -> Iterator[Store]:
    neo4j_server.clear()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in neo4j_server.environment().items():
            patch.setenv(name, value)
        result = build_state(neo4j_server.uri)
        assert result.exit_code == 0, result.stderr
        with open_store(neo4j_server.uri) as store:
            yield store


def only(store: Store, query: str) -> Any:
    """The one value of a query of one row."""
    (row,) = store.read(query)
    (value,) = row.values()
    return value


def counted(store: Store, query: str) -> dict[Any, int]:
    return {row["what"]: row["count"] for row in store.read(query)}


def test_rows_in_are_kept_as_the_directories_say(built: tuple[str, Result]) -> None:
    _, result = built
    assert result.exit_code == 0
    said = "".join(line.rpartition("/")[2] + "\n" for line in result.stdout.splitlines() if str(DATA) in line.partition(": ")[0])
    assert said == VERDICTS
    # The 1,135th line of leas.csv is no county's.
    assert "leas.csv: rows marked 'Out of State', which are not of California: 1." in result.stdout


def test_every_lea_and_school_is_a_node(here: Store) -> None:
    kinds = counted(here, "MATCH (l:LEA)-[:REPORTED_BY]->(s:Source) WHERE s.id IN ['source/directory/leas', 'source/directory/charters'] "
                          "WITH DISTINCT l RETURN l.kind AS what, count(l) AS count ORDER BY what")  # fmt: skip
    # 14 charter authorizers, 6 state schools and 8 others, without the one that is out of state.
    assert kinds == {"elementary": 515, "unified": 345, "high": 76, "rocp": 59, "jpa": 54, "other": 27, "charter": 1262}
    assert only(here, "MATCH (l:LEA) WHERE l.cds IS NOT NULL RETURN count(l) AS count") == 1135 - 1 - 58 + 1262
    assert only(here, "MATCH (l:LEA) WHERE l.is_charter RETURN count(l) AS count") == 1262
    assert only(here, "MATCH (s:School) RETURN count(s) AS count") == 9946 - 1262
    assert only(here, "MATCH (c:COE)-[:REPORTED_BY]->(:Source {id: 'source/directory/leas'}) RETURN count(DISTINCT c) AS count") == 58
    assert only(here, "MATCH (n) WHERE (n:LEA OR n:School) AND n.status = 'Closed' RETURN count(n) AS count") == 2
    # Every school is part of its district or office; a charter of one of the county offices is part of no LEA.
    offices = {row["cds"] for row in rows_of("leas/leas.csv") if row["type"] == "coe"}
    of_offices = sum(row["district_cds"] in offices for row in rows_of("leas/charters.csv"))
    assert of_offices == 226
    assert only(here, "MATCH (s:School)-[:PART_OF]->(d) WITH DISTINCT s, d RETURN count(s) AS count") == 8684
    assert only(here, "MATCH (l:LEA)-[:PART_OF]->(d:LEA) WITH DISTINCT l, d RETURN count(l) AS count") == 1262 - of_offices


def test_every_county_has_its_districts_charters_and_schools(here: Store) -> None:
    leas, schools = rows_of("leas/leas.csv"), rows_of("leas/schools.csv")
    expected = {
        "districts": Counter(row["county"] for row in leas if row["type"] in REGULAR),
        "charters": Counter(row["county"] for row in schools if row["charter"] == "True"),
        "schools": Counter(row["county"] for row in schools if row["charter"] != "True"),
    }
    in_county = "-[:IN]->(c:County) WITH DISTINCT n, c RETURN c.name AS what, count(n) AS count ORDER BY what"
    assert counted(here, f"MATCH (n:LEA {{is_district: true}}){in_county}") == expected["districts"]
    assert counted(here, f"MATCH (n:LEA {{is_charter: true}}){in_county}") == expected["charters"]
    assert counted(here, f"MATCH (n:School){in_county}") == expected["schools"]
    assert len(expected["districts"]) == 58 and sum(expected["districts"].values()) == 936


def test_every_partner_is_there(here: Store) -> None:
    told = "MATCH (n)-[r:REPORTED_BY]->(:Source {id: 'source/directory/partners'})"
    # Of the 113 agencies, 105 rows are regional programs or joint powers that the directory of LEAs knows too.
    assert counted(here, f"{told} RETURN labels(n)[0] AS what, count(DISTINCT r.row) AS count ORDER BY what") == {"LEA": 105, "Partner": 3733 - 105}
    # 20 rows repeat a name and county of another; 4 names of two counties have one web address.
    assert only(here, f"{told} WHERE n:Partner RETURN count(DISTINCT n.id) AS count") == 3628 - 20 - 4
    assert only(here, f"{told} WHERE n:Partner AND n.home_county IS NOT NULL RETURN count(DISTINCT r.row) AS count") >= 3627


def test_the_need_figures_are_those_of_the_file(here: Store) -> None:
    rows = rows_of("district_need/district_need.csv")
    texts = {"cds", "name", "type", "county", "locale_2324", "assist_status_2324"}
    measures = [name for name in rows[0] if name not in texts and not name.endswith(("_year", "_tested"))]
    figures = [(row, name) for row in rows for name in measures if row[name]]
    few = [one for one in figures if 0 < float(one[0].get(f"{one[1]}_tested") or 11) < 11 or (one[1].startswith("enroll") and 0 < float(one[0][one[1]]) < 11)]
    assert (len(rows), len(measures), len(figures), len(few)) == (994, 29, 25_586, 10)
    # What is about fewer than 11 students is not shown, and so is not in the graph.
    assert only(here, "MATCH ()-[m:MEASURED]->(:Indicator) RETURN count(m) AS count") == 25_586 - 10
    assert only(here, "MATCH (i:Indicator) RETURN count(i) AS count") == 29
    query = "MATCH (n {cds: '01611190000000'})-[m:MEASURED]->(i:Indicator) RETURN i.name AS what, m.value AS count ORDER BY what"
    alameda = counted(here, query)
    assert (alameda["math_dfs"], alameda["frpm_pct"], alameda["el_pct"], alameda["suspension_pct"]) == (18.8, 39.2, 8.6, 2.6)
    blank = sum(not row["math_dfs"] for row in rows)
    assert blank == 53
    assert only(here, "MATCH (n)-[:MEASURED]->(i:Indicator {name: 'math_dfs'}) RETURN count(DISTINCT n.id) AS count") == 994 - blank - sum(name == "math_dfs" for _, name in few)


def test_a_county_without_a_map_has_every_district_unreached_and_no_gap_is_called_one(here: Store) -> None:
    districts = Counter(row["county"] for row in rows_of("leas/leas.csv") if row["type"] in REGULAR)
    for county in COUNTIES.keys() - set(MAPPED):
        unreached = ask(here, "unreached_leas", county=county, area="math", as_of=REFERENCE_AS_OF)
        assert len(unreached) == districts[county], county
        assert {row.state for row in unreached} <= {"not_asked", "on_paper"}  # on paper by what serves the whole state
        grid = ask(here, "gap_grid", county=county, area="math", as_of=REFERENCE_AS_OF)
        assert "nobody" not in {row.state for row in grid} and len(grid) == 8, county


def ways_to_ask(question: str) -> list[dict[str, Any]]:
    """The values of one question for each county: about one area in turn (or none, where it may be left out), or about each."""
    params = {param.name: param for param in QUESTIONS[question].params}
    day = "as_of" if "as_of" in params else "from" if "from" in params else None
    known = {day: REFERENCE_AS_OF} if day else {}
    names = tuple(COUNTIES)
    if "org" in params:
        return [{**known, "org": f"{name} COE"} for name in names]
    if "a" in params:
        # With each of the mapped offices in turn: what connects two offices stands on a map.
        others = [MAPPED[(number + (name == MAPPED[number % 8])) % 8] for number, name in enumerate(names)]
        return [{**known, "a": f"{one} COE", "b": f"{other} COE"} for one, other in zip(names, others, strict=True)]
    if "area" not in params:
        return [{**known, "county": name} for name in names]
    areas = [area for area in AREAS if area or not params["area"].required]
    if os.environ.get("ASSETGRAPH_EVERY_AREA"):
        return [{**known, "county": name, "area": area} for name in names for area in areas]
    return [{**known, "county": name, "area": areas[number % len(areas)]} for number, name in enumerate(names)]


SOME_ROWS = {
    # By the reference and the directory every county has these; the others rest on the eight maps.
    "coes_without_coordinator", "gap_grid", "missing_partner_kinds", "offerings_for", "unreached_leas",
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(here: Store) -> dict[str, list[Answer]]:
    """What the embedded store answers, by question, in the order of the ways to ask."""
    return {question: [ask(here, question, **values) for values in ways_to_ask(question)] for question in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_for_every_county(answers: dict[str, list[Answer]], question: str) -> None:
    asked = {values.get("county") or str(values.get("org") or values.get("a")).removesuffix(" COE") for values in ways_to_ask(question)}
    assert asked == set(COUNTIES)
    answered = sum(len(answer) > 0 for answer in answers[question])
    assert answered > 0 and (question not in SOME_ROWS or answered >= 29), answered


@pytest.mark.neo4j
def test_the_graph_is_the_same_on_both_stores(here: Store, served: Store) -> None:
    assert here.digests() == served.digests()


@pytest.mark.neo4j
@pytest.mark.parametrize("question", QUESTIONS)
def test_both_stores_give_equal_rows_for_every_county(answers: dict[str, list[Answer]], served: Store, question: str) -> None:
    for values, answer in zip(ways_to_ask(question), answers[question], strict=True):
        assert [row.shown() for row in ask(served, question, **values)] == [row.shown() for row in answer], values
