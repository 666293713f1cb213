"""Files of absurd size: how long they take and how much memory, measured in a process of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import files_made as made
import pytest

MEASURED = """
import json, re, sys, time
from assetgraph.intake import read_files

def peak():
    # What resource.getrusage tells begins with the peak of the process that started this one.
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1]) / 1024

before = peak()
reading = read_files([sys.argv[1]], county="Lake")
print(json.dumps({"kept": len(reading.records), "refused": reading.refused, "seconds": time.process_time(), "megabytes": peak() - before,
                  "said": [problem.what for problem in reading.problems]}))
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="a process tells its peak of memory on Linux only: run it there")

ROWS_OF_200_MB = 11_000


def measured(path: Path) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, timeout=300, check=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_csv_of_200_megabytes_is_read_without_holding_it_twice(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    note = "a long note, " * 1_399  # as long as a note may be, or nearly
    with path.open("w", encoding="utf-8") as stream:
        stream.write("Who,What,Content area,Notes\n")
        for number in range(ROWS_OF_200_MB):
            stream.write(f'Library {number},Club {number},math,"{note}"\n')
        stream.write("Library,,math,\n")
    assert path.stat().st_size > 200_000_000
    found = measured(path)
    path.unlink()
    assert (found["kept"], found["refused"], found["said"]) == (ROWS_OF_200_MB, 1, ["What is empty"])
    assert found["megabytes"] < 380, found  # measured: 227, of which the text that is kept is 200
    assert found["seconds"] < 20, found  # measured: 3


def test_a_workbook_of_all_rows_that_are_formatted_and_empty_reads_like_a_small_one(tmp_path: Path) -> None:
    path = made.formatted_rows(tmp_path / "map.xlsx", 1_048_576, cells="")
    found = measured(path)
    assert (found["kept"], found["refused"], found["said"]) == (2, 0, [])
    assert found["megabytes"] < 40, found  # measured: 7
    assert found["seconds"] < 20, found  # measured: 3
