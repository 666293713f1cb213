"""A question is one thing in many places: its header, its text, its row class, its file and its row in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from assetgraph.queries import QUESTIONS, Question
from assetgraph.queries.ask import _DERIVED, _READERS
from assetgraph.queries.catalogue import ROW_CLASSES

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "cypher").glob("*/*.cypher"))
SHOWN_ELSEWHERE = ("facts",)

every_question = pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))


def code(question: Question) -> str:
    """The Cypher without comments and without what stands between quotes."""
    lines = [line for line in question.text.splitlines() if not line.startswith("//")]
    return re.sub(r"'[^']*'", "''", "\n".join(lines))


def outermost_return(text: str) -> str:
    """What the last RETURN outside all braces returns."""
    depth, starts = 0, []
    for match in re.finditer(r"[{}]|\bRETURN\b", text):
        depth += {"{": 1, "}": -1}.get(match.group(), 0)
        if match.group() == "RETURN" and depth == 0:
            starts.append(match.end())
    assert len(starts) == 1, "one RETURN outside all braces"
    return re.split(r"\nORDER BY", text[starts[0] :])[0]


def aliases(returned: str) -> list[str]:
    """The names after AS at the end of each returned item; commas in brackets part nothing."""
    items, depth, item = [], 0, ""
    for char in returned:
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            items.append(item)
            item = ""
        else:
            item += char
    found = [re.search(r"\bAS (\w+)\s*$", one) for one in [*items, item]]
    return [match.group(1) if match else "not named" for match in found]


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 15
    assert {path.stem for path in FILES} == set(QUESTIONS) == set(ROW_CLASSES)
    assert {path.stem: path.parent.name for path in FILES} == {name: one.subject for name, one in QUESTIONS.items()}


@every_question
def test_the_header_names_just_the_parameters_of_the_text(question: Question) -> None:
    declared = [*(param.name for param in question.params), *question.derived]
    assert len(declared) == len(set(declared))
    assert set(declared) == set(re.findall(r"\$(\w+)", code(question)))
    assert set(question.derived) <= set(_DERIVED)
    assert {param.kind for param in question.params} <= set(_READERS)


@every_question
def test_the_header_names_just_the_columns_that_come_back(question: Question) -> None:
    declared = [column.name for column in question.columns]
    assert declared == aliases(outermost_return(code(question)))
    assert declared[-1] == "facts"
    assert sorted(declared) == sorted(ROW_CLASSES[question.name].model_fields)


@every_question
def test_the_row_class_has_the_header_s_order(question: Question) -> None:
    declared = [column.name for column in question.columns if column.name not in SHOWN_ELSEWHERE]
    fields = [name for name in ROW_CLASSES[question.name].model_fields if name not in SHOWN_ELSEWHERE]
    assert declared == fields


@every_question
def test_what_may_be_null_says_what_null_means(question: Question) -> None:
    fields = ROW_CLASSES[question.name].model_fields
    for column in question.columns:
        may_be_null = type(None) in get_args(fields[column.name].annotation)
        assert may_be_null == (column.null_means is not None), f"{column.name}: {column.about}"


@every_question
def test_what_may_be_empty_says_what_empty_means(question: Question) -> None:
    """A list that the text can leave empty is explained; a list that never is empty says nothing."""
    for column in question.columns:
        assert "empty" not in column.about or re.search(r"empty (when|for|where) ", column.about), column.about


@every_question
def test_rows_are_in_a_total_order(question: Question) -> None:
    """The order ends in what no two rows share: an id, or the columns that a row is one of."""
    order = code(question).rsplit("\nORDER BY ", 1)
    assert len(order) == 2 and question.order, "an ORDER BY of the whole"
    keys = set(re.findall(r"\w+(?:\.id)?", order[1]))
    assert keys & ONE_ROW_FOR_EACH[question.name] == ONE_ROW_FOR_EACH[question.name]


ONE_ROW_FOR_EACH: dict[str, set[str]] = {
    "balance_of_areas": {"county", "area"},
    "coes_without_coordinator": {"area", "coe", "distance"},
    "duration_by_scope": {"county", "scope", "duration"},
    "ending_between": {"tie.id"},
    "gap_grid": {"area", "family"},
    "missing_partner_kinds": {"family", "kind"},
    "needs_met_elsewhere": {"need_id", "area", "asset_id", "provider"},
    "offerings_for": {"asset_id"},
    "partners_of": {"through", "partner_id", "relation"},
    "ties_held_by_one_offering": {"partner_id", "body_id"},
    "unaddressed_needs": {"need_id", "whose"},
    "unreached_leas": {"area", "lea_id"},
    "unused_offers": {"asset_id", "provider_id"},
    "who_connects": {"connector_id"},
    "who_was_asked": {"area", "source_id"},
}

LONE_DISTINCT = r"RETURN collect\(DISTINCT \w+(\.(?!id\b)\w+)?\) AS \w+\n\}"

_OF_THE_WHERE = r"(?:(?!\n\s*(?:WITH|RETURN|(?:OPTIONAL )?MATCH|UNWIND|CALL)\b).)*"
BOUND_ON_WHAT_IS_LOOKED_UP = (
    rf"(?s)\((\w+):\w+ \{{id: [^}}]*\}}[^\n]*\n\s*WHERE(?={_OF_THE_WHERE}\bAND\b){_OF_THE_WHERE}\b\1\.\w+ (?:[<>]|IN\b)"
)

NOT_ON_BOTH = {
    "a label expression": r"\(\w*:\w+[|&]|:!\w",
    "a percentile": r"percentile",
    "a COLLECT subquery": r"\bCOLLECT\s*\{",
    "a quantified path": r"\)\s*\{\d*,?\d*\}|\)[+*]",
    "keys() or properties()": r"\b(keys|properties)\(",
    "elementId() or id()": r"\b(elementId|id)\(",
    "labels(n)[…]": r"\blabels\(",
    "FOREACH": r"\bFOREACH\b",
    "a duration": r"\bduration\(|\bdate\.truncate|\bdatetime\(",
    "the clock": r"\b(date|timestamp)\(\)",
    "rand()": r"\brand\(",
    "a property named end": r"\.(end|start)\b",
    "a date that is not wrapped": r"[<>=]+ \$(as_of|soon|since|from|to)\b",
    "a pattern with another's property: the embedded engine finds nothing": r"MATCH [^\n]*\{\w+: \w+\.\w+\}",
    "a lone DISTINCT: the embedded engine sees one of several facts between two nodes": LONE_DISTINCT,
    "a bound beside others on a node found by its id: the embedded engine drops it": BOUND_ON_WHAT_IS_LOOKED_UP,
    "all properties at once": r"\.\*",
    "anything that writes": r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|LOAD CSV)\b",
}


@every_question
@pytest.mark.parametrize("what", NOT_ON_BOTH)
def test_the_text_keeps_to_the_words_that_both_engines_know(question: Question, what: str) -> None:
    assert not re.search(NOT_ON_BOTH[what], code(question))


def test_each_forbidden_word_would_be_seen() -> None:
    wrong = {
        "a label expression": "MATCH (n:A|B)", "a percentile": "percentileCont(x, 0.5)", "a COLLECT subquery": "COLLECT { MATCH",
        "a quantified path": "((a)-->(b)){1,3}", "keys() or properties()": "keys(n)", "elementId() or id()": "elementId(n)",
        "labels(n)[…]": "labels(n)[0]", "FOREACH": "FOREACH (x", "a duration": "duration({days: 1})", "the clock": "date()",
        "rand()": "rand()", "a property named end": "n.end", "a date that is not wrapped": "x <= $as_of",
        "a pattern with another's property: the embedded engine finds nothing": "OPTIONAL MATCH (a:A {id: b.c})",
        "a lone DISTINCT: the embedded engine sees one of several facts between two nodes": "RETURN collect(DISTINCT x.kind) AS y\n}",
        "a bound beside others on a node found by its id: the embedded engine drops it":
            "MATCH (a:A {id: x})-[r:R]->(b)\nWHERE r.n = 1\n  AND a.n >= 4\nRETURN",
        "all properties at once": "n {.*}", "anything that writes": "SET n.x = 1",
    }  # fmt: skip
    assert set(wrong) == set(NOT_ON_BOTH)
    assert [what for what, text in wrong.items() if not re.search(NOT_ON_BOTH[what], text)] == []


@every_question
def test_a_row_refuses_what_the_header_does_not_name(question: Question) -> None:
    config: Any = ROW_CLASSES[question.name].model_config
    assert config["extra"] == "forbid" and config["frozen"]
