"""Every query file passes Neo4j's own analyser, warnings included."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.nodes import NODE_KINDS
from assetgraph.queries import QUESTIONS

LINT = Path(__file__).resolve().parents[1] / "cypher_lint"
HOW_TO_GET_IT = "install Node.js 20 or newer, then: npm ci --prefix tests/cypher_lint"

ALLOWED = re.compile(r"^CALL subquery without a variable scope clause is deprecated")
"""The embedded engine knows only ``CALL { WITH x ... }``; Neo4j 5 runs it and suggests the newer form."""


@pytest.fixture(scope="module")
def analyser() -> Path:
    """The analyser, fetched once; without Node.js the tests are skipped, and in CI they fail."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        _cannot("Node.js is not here")
    if not (LINT / "node_modules" / "@neo4j-cypher").is_dir():
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(LINT)]
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)
        if fetched.returncode != 0:
            _cannot(f"npm could not fetch it: {fetched.stderr.strip()[-200:]}")
    return LINT / "lint.mjs"


def _cannot(why: str) -> None:
    line = f"no analyser ({why}): {HOW_TO_GET_IT}"
    if os.environ.get("CI"):
        pytest.fail(line)
    pytest.skip(line)


def findings(analyser: Path, files: dict[str, str]) -> list[dict[str, Any]]:
    asked = {"files": files, "labels": list(NODE_KINDS), "relationshipTypes": list(FACT_KINDS)}
    answer = subprocess.run(["node", analyser], input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return [one for one in json.loads(answer.stdout) if not ALLOWED.match(one["message"])]


def test_every_file_passes(analyser: Path) -> None:
    assert findings(analyser, {name: question.text for name, question in QUESTIONS.items()}) == []


def test_a_wrong_file_does_not_pass(analyser: Path) -> None:
    wrong = {
        "a variable that is not there": "MATCH (a:COE) RETURN b AS b",
        "a label that is not there": "MATCH (a:Cuonty) RETURN a.name AS name",
        "a parameter that the header does not name": "// param a: county\nMATCH (a:COE) WHERE a.name = $b RETURN a.name AS name",
        "an implicit group": "MATCH (a:COE)-[:IN]->(c:County) RETURN collect(a.id) + [c.id] AS ids",
    }  # fmt: skip
    assert {one["file"] for one in findings(analyser, wrong)} == set(wrong)
