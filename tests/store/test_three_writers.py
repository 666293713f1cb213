"""Several processes build into one Neo4j at the same time: the result is that of one after the other."""

from __future__ import annotations

import os
import random
import signal
import time
from itertools import permutations
from pathlib import Path

import pytest
from neo4j_server import Server
from tiny_counties import FOLDER
from writers import SMALL_PARTS, all_of, begin, finished, one_after_the_other

from assetgraph.store import Change, open_store
from assetgraph.store.turn import LEASE

pytestmark = pytest.mark.neo4j

ROUNDS = int(os.environ.get("ASSETGRAPH_ROUNDS", "1"))
"""How often each race is run: ASSETGRAPH_ROUNDS=50 pytest tests/store/test_three_writers.py is the long run."""
COUNTIES = ("colusa", "glenn", "sierra")
SHORT_LEASE = "from assetgraph.store import turn; turn.LEASE, turn.BEAT = 2.0, 0.5"


def held(where: Server) -> dict[str, object]:
    with open_store(where.uri) as store:
        assert store.caution() is None
        return all_of(store)


@pytest.mark.parametrize(("first", "seed"), [("", 1), *((SMALL_PARTS, seed) for seed in range(2, 2 + ROUNDS))])
def test_three_counties_at_once(neo4j_environment: Server, first: str, seed: int) -> None:
    chance = random.Random(seed)
    order = chance.sample(COUNTIES, 3)
    processes = []
    for county in order:
        processes.append(begin(neo4j_environment, "build", FOLDER / county, "--no-reference", first=first))
        time.sleep(chance.random())
    for code, out, err in finished(processes):
        assert code == 0 and "Written to" in out, out + err
    assert held(neo4j_environment) == one_after_the_other(*([FOLDER / county] for county in COUNTIES))


def versions_of_one_map(folder: Path) -> list[Path]:
    """The map of one county as three people hold it: each has other partners, and one of the others' rows too."""
    found = []
    for number in range(3):
        path = folder / str(number)
        path.mkdir()
        (path / "Read me.csv").write_text("Map of,Lake County Office of Education\nCounties,Lake\nAs of,2025-01-15\n")
        rows = [f"Partner {one},Asset {one},Math,enduring" for one in (*range(number * 10, number * 10 + 30), 99)]
        (path / "Quickstorm.csv").write_text("\n".join(["Who,What,Content area,Temporary or enduring", *rows]) + "\n")
        found.append(path)
    return found


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_three_versions_of_one_county_at_once(neo4j_environment: Server, tmp_path: Path, seed: int) -> None:
    chance, versions = random.Random(seed), versions_of_one_map(tmp_path)
    processes = []
    for path in chance.sample(versions, 3):
        processes.append(begin(neo4j_environment, "build", path, "--no-reference", first=SMALL_PARTS))
        time.sleep(chance.random() / 2)
    for code, out, err in finished(processes):
        assert code == 0, out + err
    possible = [one_after_the_other(*([path] for path in order)) for order in permutations(versions)]
    assert all(len(one["records"]) == 31 for one in possible) and possible[0] != possible[-1]
    assert held(neo4j_environment) in possible, "one whole version, and nothing of the others"


def test_who_waits_is_told_and_who_died_holds_nobody_up(neo4j_environment: Server) -> None:
    """The first writer is stopped in the middle of its writing, so that it gives no sign of life, and killed later."""
    stop = """import os, signal; from assetgraph.store.parts import Part; own = Part.write
Part.write = lambda self, tx: (own(self, tx), os.kill(os.getpid(), signal.SIGSTOP) if self.settles else None)"""
    died = begin(neo4j_environment, "build", FOLDER / "colusa", "--no-reference", first=f"{SMALL_PARTS}; {SHORT_LEASE}\n{stop}")
    with open_store(neo4j_environment.uri) as store:
        deadline = time.monotonic() + 30
        while not store.unfinished() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "map/colusa-county-office-of-education/plan-a/step-1" in store.unfinished()
        assert "a build is writing, since" in str(store.caution())
    other = begin(neo4j_environment, "build", FOLDER / "glenn", "--no-reference", first=SHORT_LEASE.replace("2.0", "6.0"))
    time.sleep(4)
    died.send_signal(signal.SIGKILL)
    died.communicate()
    [(code, out, err)] = finished([other])
    assert code == 0, out + err
    assert "another build is writing, since" in err and "Traceback" not in err
    assert held(neo4j_environment) == one_after_the_other([FOLDER / "glenn"]), "the dead one's rows are not in, and not half in"
    [(code, out, err)] = finished([begin(neo4j_environment, "build", FOLDER / "colusa", "--no-reference")])
    assert code == 0, out + err
    assert held(neo4j_environment) == one_after_the_other([FOLDER / "glenn"], [FOLDER / "colusa"])


def test_who_slept_too_long_writes_nothing_more(neo4j_environment: Server) -> None:
    """A laptop is closed in the middle of a build; when it wakes, another one has taken its turn."""
    sleep = """import os, signal; from assetgraph.store.parts import Part; own = Part.write
Part.write = lambda self, tx: (os.kill(os.getpid(), signal.SIGSTOP) if self.begins is None else None, own(self, tx))"""
    slept = begin(neo4j_environment, "build", FOLDER / "colusa", "--no-reference", first=f"{SMALL_PARTS}; {SHORT_LEASE}\n{sleep}")
    with open_store(neo4j_environment.uri) as store:
        deadline = time.monotonic() + 30
        while not store.unfinished() and time.monotonic() < deadline:
            time.sleep(0.1)
    time.sleep(1)
    # Its transaction is open and holds the marker, so it is ended as the server ends those of a client that is gone.
    with neo4j_environment.driver() as driver:
        for row in driver.execute_query("SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS query").records:
            if "SHOW" not in row["query"]:
                driver.execute_query("TERMINATE TRANSACTION $id", id=row["id"])
    [(code, out, err)] = finished([begin(neo4j_environment, "build", FOLDER / "glenn", "--no-reference", first=SHORT_LEASE)])
    assert code == 0, out + err
    slept.send_signal(signal.SIGCONT)
    [(code, out, err)] = finished([slept])
    assert code == 1 and err.count("Error:") == 1, err
    assert held(neo4j_environment) == one_after_the_other([FOLDER / "glenn"])


def test_a_turn_is_given_back(neo4j_environment: Server) -> None:
    """Nobody waits for the lease of one that ended, whether well or not."""
    with open_store(neo4j_environment.uri, write=True) as store, pytest.raises(KeyboardInterrupt), store.writing():
        raise KeyboardInterrupt
    began = time.monotonic()
    with open_store(neo4j_environment.uri, write=True) as store:
        with store.writing() as before, store.writing() as same:
            assert before == same
            store.apply(Change())
        with store.writing() as after:
            assert after == before + 1
    assert time.monotonic() - began < LEASE / 2
