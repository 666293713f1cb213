"""What the package offers at its top, and how light it is to import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import assetgraph

HEAVY = ("kglite", "neo4j", "networkx", "numpy", "openpyxl", "pandas", "pydantic", "pyvis", "rapidfuzz", "scipy")


def test_every_name_is_there() -> None:
    assert {"ask", "build", "cypher", "draw_map", "facts_of", "open_store", "read_files", "read_frames", "snapshot",
            "write_template"} <= set(assetgraph.__all__)  # fmt: skip
    for name in assetgraph.__all__:
        assert getattr(assetgraph, name) is not None
    assert set(assetgraph.__all__) <= set(dir(assetgraph))


def test_build_is_the_function_also_after_its_package_is_imported() -> None:
    code = "import assetgraph, assetgraph.build.plan; print(callable(assetgraph.build))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_nothing_heavy_is_imported_before_it_is_used() -> None:
    code = f"import sys, assetgraph; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_text_table_is_read_without_what_only_workbooks_and_stores_need(tmp_path: Path) -> None:
    path = tmp_path / "lake.csv"
    path.write_text("Who,What,Content area\nLake Library,Code club,CS\n", encoding="utf-8")
    code = (f"import sys, assetgraph; print(len(assetgraph.read_files([{str(path)!r}], county='Lake').records), "
            f"[name for name in {HEAVY!r} if name in sys.modules])")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1 ['pydantic', 'rapidfuzz']\n"
