"""Each row can be turned back into the facts it rests on, with their sources, and nothing private comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from test_same_rows import EIGHT, sample, ways_to_ask
from tiny_counties import readings

from assetgraph.build.run import build
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.nodes import NODE_KINDS
from assetgraph.model.records import Reading, Record
from assetgraph.model.schema import PRIVATE_PROPERTIES, is_private
from assetgraph.model.sheets import SHEETS, Cell
from assetgraph.queries import QUESTIONS, ask, facts_of
from assetgraph.store import Store, open_store

NO_FACTS_NEEDED = {
    "gap_grid": "a cell that nobody asked about",
    "missing_partner_kinds": "a kind of which no example is known",
    "unreached_leas": "a district of which nothing is recorded",
    "coes_without_coordinator": "an office with no role, where no other has one",
    "who_was_asked": "an area that nobody asked about",
    "balance_of_areas": "an area of which nothing is recorded",
}
"""Questions with rows that rest on the absence of facts, and which rows those are."""


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store(":memory:", write=True) as opened:
        build(opened, *sample(), *readings()[:3], reference=False)  # the sample asked nobody; Colusa's map did
        yield opened


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_id_is_that_of_a_fact_with_its_sentence_and_source(store: Store, question: str) -> None:
    rows = [row for values in ways_to_ask(question, (*EIGHT, "Colusa")) for row in ask(store, question, **values)]
    named = {fact for row in rows for fact in row.facts}
    assert named
    facts = facts_of(store, rows)
    assert {fact.id for fact in facts} == named
    assert len(facts) == len(named)
    for fact in facts:
        assert fact.sentence.strip() and "{" not in fact.sentence and "None" not in fact.sentence
        assert fact.source and fact.file and fact.sheet and fact.row, fact
    assert question in NO_FACTS_NEEDED or all(row.facts for row in rows)


def test_facts_come_sorted_and_one_row_is_enough(store: Store) -> None:
    row = ask(store, "partners_of", org="Lake COE")[0]
    facts = facts_of(store, row)
    assert [fact.id for fact in facts] == sorted(row.facts)


def test_a_row_about_nothing_rests_on_nothing(store: Store) -> None:
    assert facts_of(store, []) == []


def canary(kind: str, name: str) -> str:
    return f"CANARY-{kind}-{name}".replace(" ", "-")


def with_canaries(record: Record) -> Record:
    """The row with a text of its own in each private column that holds text, and in a column that no sheet knows."""
    stuffed: dict[str, object] = {"extra": (("CANARY-header", "CANARY-extra"),)}
    for name, column in SHEETS[record.kind].columns().items():
        if column.private:
            stuffed[name] = 3 if column.cell is Cell.LEVEL else canary(record.kind, name)
    return record.replaced(values=record.values.model_copy(update=stuffed))


def stuffed_readings() -> list[Reading]:
    found = []
    for reading in readings():
        sources = tuple(source.model_copy(update={"filled_in_by": "CANARY-filled-in-by", "contact": "CANARY-contact"})
                        for source in reading.sources)  # fmt: skip
        records = tuple(with_canaries(record) if record.kind not in ("Directory", "Indicators") else record
                        for record in reading.records)  # fmt: skip
        found.append(reading.model_copy(update={"sources": sources, "records": records}))
    return found


def test_no_private_text_is_in_any_row_reason_fact_or_table() -> None:
    counties = ("Colusa", "Glenn", "Sierra")
    with open_store(":memory:", write=True) as opened:
        build(opened, *stuffed_readings(), reference=False)
        assert str(opened.graph()).count("CANARY") > 50, "the graph does hold what must not come out"
        seen = 0
        for name in QUESTIONS:
            for values in ways_to_ask(name, counties):
                answer = ask(opened, name, **values)
                seen += len(answer)
                out = json.dumps([row.shown() for row in answer]) + answer._repr_html_()
                out += "".join(fact.model_dump_json() for fact in facts_of(opened, answer))
                assert "CANARY" not in out, name
        assert seen > 100


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
def test_no_question_hands_out_a_private_property(question: object) -> None:
    """Two questions count private properties (who wrote, who was asked); none returns one or gives it a new name."""
    text = question.text  # type: ignore[attr-defined]
    lines = [line for line in text.splitlines() if not line.startswith("//")]
    named = {name for name in PRIVATE_PROPERTIES for line in lines if f".{name}" in line}
    assert named <= {"contributor", "of_whom"}
    returned = "\n".join(lines).rsplit("\nRETURN ", 1)[1]
    assert not [name for name in PRIVATE_PROPERTIES if f".{name}" in returned]


def test_every_private_column_of_a_sheet_is_private_in_the_graph() -> None:
    """A column that a sheet promises to keep private lands only in properties that no public output may hold."""
    private = {column_name for sheet in SHEETS.values() for column_name, column in sheet.columns().items() if column.private}
    assert private == {"contributor", "notes", "power", "interest", "contact", "person", "of_whom", "reason"}
    for kind in (*NODE_KINDS.values(), *FACT_KINDS.values()):
        for name in kind.model_fields:
            assert name not in private or is_private(kind, name), f"{kind.__name__}.{name}"
