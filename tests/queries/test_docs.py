"""The documents that are made from the code are those that the code makes today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from assetgraph.model.sheets import SHEETS
from assetgraph.queries import QUESTIONS

ROOT = Path(__file__).resolve().parents[2]


def test_the_documents_are_those_that_the_code_makes() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "scripts" / "make_docs.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{run.stdout}{run.stderr}: run python scripts/make_docs.py"


def test_every_question_with_every_column_and_parameter_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    assert set(sections) == set(QUESTIONS)
    for name, question in QUESTIONS.items():
        table = [line.split(" | ")[0].removeprefix("| ") for line in sections[name].splitlines() if line.startswith("| ")]
        documented = [entry for entry in table if entry not in ("column", "parameter", "---")]
        params = [f"`--{param.name.replace('_', '-')}`" for param in question.params]
        assert documented == [*params, *(column.name for column in question.columns)]


def test_every_column_of_every_sheet_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for name, row in SHEETS.items():
        section = text.split(f"\n### {name}\n", 1)[1].split("\n##", 1)[0]
        for column in row.columns().values():
            assert f"| `{column.header}`" in section, f"{name}: {column.header}"
            assert not column.private or "rivate" in section
