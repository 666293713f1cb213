"""The outreach log: what came of asking changes the next list, and nobody but staff learns of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from maps_of_rows import AS_OF, a_map

import assetgraph
from assetgraph.analysis.outreach import hit_rate, keeps_off, pending
from assetgraph.errors import InputError
from assetgraph.intake.outreach_log import add_line, read_log
from assetgraph.model.partner_network import Contact
from assetgraph.model.sheets import OfferingRow, OutreachRow, PartnerRow
from assetgraph.store import Store, open_store, read_network

HALL = [PartnerRow(name="Science Hall", partner_kind="library", home_county="Lake", also_called=("The Hall",)),
        OfferingRow(title="Number week", provider="Science Hall", content_areas=("math", "science"))]  # fmt: skip
SECRET = "they fear for their budget"


def line(outcome: str, *, on: date = AS_OF, county: str = "Lake", areas: tuple[str, ...] = (), place: int | None = None,
         reason: str | None = None) -> Contact:  # fmt: skip
    return Contact(county, "partner/x", areas, outcome, on, reason, place)


def day(number: int) -> date:
    return AS_OF + timedelta(days=number)


OFF = {
    "nothing": ([], False), "asked": ([line("asked")], False), "declined": ([line("declined")], True), "agreed": ([line("agreed")], True),
    "active": ([line("active")], True), "declined by another county": ([line("declined", county="Glenn")], False),
    "declined on another area": ([line("declined", areas=("science",))], False), "declined on this area": ([line("declined", areas=("math",))], True),
    "declined, then agreed": ([line("declined"), line("agreed", on=day(0))], True), "declined tomorrow": ([line("declined", on=day(1))], False),
    "asked again after declining": ([line("declined", on=day(-9)), line("asked", on=day(-1))], True),
    "full, as another county heard": ([line("at_capacity", county="Glenn")], True), "full a year ago": ([line("at_capacity", on=day(-365))], False),
    "full almost a year ago": ([line("at_capacity", on=day(-364))], True),
}  # fmt: skip


@pytest.mark.parametrize(("log", "is_off"), OFF.values(), ids=list(OFF))
def test_what_keeps_somebody_off_the_list(log: list[Contact], is_off: bool) -> None:
    reasons = list(keeps_off(log, "Lake", "math", AS_OF))
    assert bool(reasons) == is_off and all(reason.is_private for reason in reasons)


def test_what_asks_without_an_answer_speak_against() -> None:
    mine, theirs = line("asked"), line("asked", county="Glenn")
    assert [reason.sentence for reason in pending([mine], "Lake", "math", AS_OF)] == ["You asked on January 15, 2025; no answer is recorded"]
    assert [reason.sentence for reason in pending([mine, theirs], "Butte", "math", AS_OF)] == ["2 asks of counties are without an answer"]
    assert not list(pending([theirs], "Lake", "math", AS_OF)) and not list(pending([mine, line("agreed")], "Lake", "math", AS_OF))


def test_how_often_the_list_was_right() -> None:
    log = [line("asked", place=1), line("agreed"), line("asked", county="Glenn", place=10), line("declined", county="Glenn"),
           line("asked", county="Butte", place=11), line("asked", county="Kern"), line("at_capacity", county="Kern"), line("asked", areas=("math",), place=3)]  # fmt: skip
    first, others = hit_rate(log)
    assert tuple(first) == (3, 1, 1, 1) and tuple(others) == (2, 0, 1, 1)
    assert str(others) == "2 asked, 0 agreed, 1 declined, 1 without an answer"


def log_of(path: Path, *rows: tuple[str, OutreachRow]) -> Path:
    for county, row in rows:
        add_line(path, county, row)
    return path


def row(outcome: str, organization: str = "Science Hall", **more: Any) -> OutreachRow:
    return OutreachRow(**({"organization": organization, "outcome": outcome, "on": AS_OF, "reason": SECRET} | more))


def lists(store: Store, edition: str = "public") -> list[str]:
    return [one.partner for one in assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF, edition=edition)]


def test_a_decline_takes_it_off_the_next_list_and_only_staff_learn_why(any_store: Store, tmp_path: Path) -> None:
    assetgraph.build(any_store, a_map(*HALL), reference=False)
    assert lists(any_store) == ["Science Hall"]
    log = log_of(tmp_path / "outreach.csv", ("Lake", row("declined", "The hall")))
    assetgraph.build(any_store, assetgraph.read_files([log]), reference=False)
    assert lists(any_store) == lists(any_store, "staff") == []
    told = {edition: assetgraph.explain(any_store, "Science Hall", county="Lake", area="math", as_of=AS_OF, edition=edition)
            for edition in ("public", "staff")}  # fmt: skip
    assert [reason.sentence for reason in told["public"]] == ["a reason that only the staff edition tells"]
    assert [reason.sentence for reason in told["staff"]] == [f"they declined on January 15, 2025: {SECRET}"]
    add_line(log, "Lake", row("asked", on=day(1)))
    add_line(log, "Lake", row("agreed", on=day(2), content_areas=("science",)))
    assetgraph.build(any_store, assetgraph.read_files([log]), reference=False)
    assert len(read_network(any_store).outreach) == 3


def test_nothing_of_the_log_is_in_the_graph_or_in_a_public_answer(any_store: Store, tmp_path: Path) -> None:
    log = log_of(tmp_path / "outreach.csv", ("Lake", row("asked")), ("Glenn", row("asked", place=2)))
    assetgraph.build(any_store, a_map(*HALL), assetgraph.read_files([log]), reference=False)
    graph = any_store.graph()
    assert SECRET not in str(graph) and not any(edge.properties.get("source") == "table/outreach" for edge in graph.edges.values())
    found = assetgraph.reach_out(any_store, county="Lake", area="math", as_of=AS_OF)
    assert "asked" not in str([one.against for one in found]) and SECRET not in str(found.shown()) and SECRET not in found._repr_html_()
    (staff,) = assetgraph.reach_out(any_store, county="Lake", area="math", as_of=AS_OF, edition="staff")
    assert "no answer is recorded" in staff.against[0].sentence and "2 asks of counties" in staff.against[1].sentence
    rows = assetgraph.cypher(any_store, "MATCH (n) RETURN n AS n") + assetgraph.cypher(any_store, "MATCH ()-[r]->() RETURN r AS r")
    assert SECRET not in str(rows) and "asked" not in str([one for one in rows if "outreach" in str(one).lower()])


def test_a_log_is_no_map(tmp_path: Path) -> None:
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, assetgraph.read_files([log_of(tmp_path / "o.csv", ("Glenn", row("asked")))]), reference=False)
        assert read_network(store).mapped == frozenset() and not store.info().facts["MAPS"]


def test_a_line_is_added_and_what_was_there_stays(tmp_path: Path) -> None:
    path = log_of(tmp_path / "o.csv", ("Lake", row("asked", "=cmd|' /C calc'!A0", reason='a, "b"\nc', content_areas=("math", "science"), place=4)))
    before = path.read_bytes()
    add_line(path, "Del Norte", row("at_capacity"))
    assert path.read_bytes().startswith(before)
    first, second = read_log(path).records
    assert first.values == row("asked", "=cmd|' /C calc'!A0", reason='a, "b" c', content_areas=("math", "science"), place=4)
    assert (second.county, second.values.outcome) == ("Del Norte", "at_capacity")  # type: ignore[attr-defined]
    path.write_bytes(before.rstrip(b"\n"))
    add_line(path, "Lake", row("agreed"))
    assert len(read_log(path).records) == 2, "a file that does not end its last line gets its end first"


def test_another_file_is_never_written_into(tmp_path: Path) -> None:
    other = tmp_path / "list.csv"
    other.write_text("Who,What\nHall,Week\n")
    with pytest.raises(InputError, match="has other columns than an outreach log"):
        add_line(other, "Lake", row("asked"))
    assert other.read_text() == "Who,What\nHall,Week\n"
    with pytest.raises(InputError, match="is not there"):
        read_log(tmp_path / "none.csv")


def test_lines_by_hand_are_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("County,Partner,Result,Day\nLake,Hall,said no,2025-01-02\nLake,Hall,perhaps,2025-01-03\n,Hall,yes,2025-01-03\nLake,Hall,yes,\n")
    reading = assetgraph.read_files([path])
    assert [(record.kind, record.values.outcome) for record in reading.records] == [("Outreach", "declined")]  # type: ignore[attr-defined]
    assert sorted({problem.row for problem in reading.problems if problem.level == "refused"}) == [3, 4, 5]
