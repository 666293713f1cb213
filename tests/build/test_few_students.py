"""A number of students from 1 to 10 is in no graph, so no answer, map or export can show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgraph.build.project import project
from assetgraph.intake import read_files
from assetgraph.model.nodes import LEA

DIRECTORY = "CDS code,Name,County,Kind,Status,Enrollment\n{}\n"


@pytest.mark.parametrize(("written", "kept", "is_few"), [("10", None, True), ("1", None, True), ("11", 11, False), ("0", 0, False)])
def test_a_small_enrollment_is_not_kept(tmp_path: Path, written: str, kept: int | None, is_few: bool) -> None:
    file = tmp_path / "districts.csv"
    file.write_text(DIRECTORY.format(f"17640220000000,Konocti Unified,Lake,unified,Active,{written}"), encoding="utf-8")
    reading = read_files([file])
    lea = project(reading.sources, reading.records).graph.nodes["lea/17640220000000"]
    assert isinstance(lea, LEA)
    assert (lea.enrollment, lea.has_few_students) == (kept, is_few)


def test_a_figure_about_few_students_is_named_and_left_out(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("County,Measure,Year,Value,Out of,Source\nLake,grad_pct,2024,50,8,CDE\nLake,grad_pct,2023,51,80,CDE\n", encoding="utf-8")
    reading = read_files([file])
    projection = project(reading.sources, reading.records)
    shown = [edge.fact for edge in projection.graph.edges.values() if edge.fact.type == "MEASURED"]
    assert [fact.year for fact in shown] == ["2023"]  # type: ignore[attr-defined]
    assert any("fewer than 11" in problem.what for problem in projection.problems)
