"""The outreach log: what came of asking changes the next list, and nobody but staff learns of it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from maps_of_rows import AS_OF, a_map

import assetgraph
from assetgraph.analysis.outreach import hit_rate, keeps_off, pending
from assetgraph.errors import InputError, OutputError
from assetgraph.intake import outreach_log
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


def test_a_short_list_tells_staff_whom_their_answers_keep_off() -> None:
    declined = OutreachRow(organization="Science Hall", outcome="declined", on=AS_OF)
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*HALL, declined), reference=False)
        notes = {edition: " ".join(assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF, edition=edition).notes)
                 for edition in ("public", "staff")}  # fmt: skip
    assert "the outreach log keeps off the list: Science Hall" in notes["staff"] and "log" not in notes["public"]
    assert "Science Hall" not in notes["public"]


def test_what_asks_without_an_answer_speak_against() -> None:
    mine, theirs = line("asked"), line("asked", county="Glenn")
    assert [reason.sentence for reason in pending([mine], "Lake", "math", AS_OF)] == ["You asked on January 15, 2025; no answer is recorded"]
    assert [reason.sentence for reason in pending([mine, theirs], "Butte", "math", AS_OF)] == ["2 asks of counties are without an answer"]
    assert not list(pending([theirs], "Lake", "math", AS_OF)) and not list(pending([mine, line("agreed")], "Lake", "math", AS_OF))
    twice = [line("asked", on=day(-60)), line("asked", on=day(-3))]
    assert [reason.sentence for reason in pending(twice, "Lake", "math", AS_OF)] == ["You asked 2 times, last on January 12, 2025; no answer is recorded"]
    assert [reason.sentence for reason in pending(twice, "Glenn", "math", AS_OF)] == ["2 asks of counties are without an answer"]
    assert not list(pending([line("asked", areas=("science",))], "Lake", "math", AS_OF)), "that was about another area"


def test_the_latest_day_on_which_somebody_was_full_is_told() -> None:
    log = [line("at_capacity", county="Glenn", on=day(-14)), line("at_capacity", county="Butte", on=day(-9)), line("at_capacity", county="Glenn", on=day(-2))]
    assert [one.sentence for one in keeps_off(log, "Lake", "math", AS_OF)] == ["they said on January 13, 2025 that they can take on nobody now"]


def test_how_often_the_list_was_right() -> None:
    log = [line("asked", place=1), line("agreed"), line("asked", county="Glenn", place=10), line("declined", county="Glenn"),
           line("asked", county="Butte", place=11), line("asked", county="Kern"), line("at_capacity", county="Kern"), line("asked", areas=("math",), place=3)]  # fmt: skip
    first, others = hit_rate(log)
    assert tuple(first) == (3, 1, 1, 0, 1) and tuple(others) == (2, 0, 0, 1, 1)
    assert str(others) == "2 asked, 0 agreed, 0 declined, 1 at capacity, 1 without an answer"


def test_an_answer_belongs_to_its_ask_and_a_question_after_it_is_a_new_one() -> None:
    one_ask = [line("asked", areas=("math",), place=2), line("agreed", on=day(5))]
    assert [tuple(rate) for rate in hit_rate(one_ask)] == [(1, 1, 0, 0, 0), (0, 0, 0, 0, 0)]
    again = [line("asked", on=day(-700), place=1), line("declined", on=day(-690)), line("asked", on=day(0), place=40), line("agreed", on=day(9))]
    assert [tuple(rate) for rate in hit_rate(again)] == [(1, 0, 1, 0, 0), (1, 1, 0, 0, 0)]
    apart = [line("asked", areas=("math",), place=1), line("asked", areas=("science",), place=1), line("declined", areas=("science",), on=day(2))]
    assert tuple(hit_rate(apart)[0]) == (2, 0, 1, 0, 1)


def test_no_public_output_tells_of_the_log(tmp_path: Path) -> None:
    """A map and a log: the page, the lists and what is explained hold nothing of what came of asking, in the public edition."""
    log = log_of(tmp_path / "outreach.csv", ("Lake", row("asked", "Spare")), ("Lake", row("declined")), ("Glenn", row("asked", "Spare")))
    spare = [PartnerRow(name="Spare", partner_kind="museum", home_county="Lake"), OfferingRow(title="Week", provider="Spare", content_areas=("math",))]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(*HALL, *spare), assetgraph.read_files([log]), reference=False)
        outputs = {}
        for edition in ("public", "staff"):
            everywhere = assetgraph.reach_out_everywhere(store, area="math", as_of=AS_OF, edition=edition)
            outputs[edition] = " ".join([
                assetgraph.draw_map(store, "Lake", as_of=AS_OF, edition=edition).html, str(everywhere), everywhere._repr_html_(),
                str(assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF, edition=edition).shown()),
                str(assetgraph.close_gaps(store, county="Lake", as_of=AS_OF).told()), str(assetgraph.without(store, "Spare", as_of=AS_OF).told()),
            ])  # fmt: skip
    for words in (SECRET, "You asked", "outreach log", "without an answer", "declined on"):
        assert words not in outputs["public"]
    assert "You asked" in outputs["staff"] and "outreach log" in outputs["staff"]


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


def test_lines_that_would_not_come_back_are_refused_before_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    for bad in (row("asked", "--"), row("asked", on=date(1850, 1, 1)), row("asked", reason="x" * 50_000)):
        with pytest.raises(InputError):
            add_line(path, "Lake", bad)
    assert not path.exists()


def test_logs_as_programs_leave_them(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.touch()
    add_line(path, "Lake", row("asked"))
    mac = path.read_bytes().replace(b"\n", b"\r")
    path.write_bytes(mac)
    add_line(path, "Lake", row("agreed"))
    assert path.read_bytes().startswith(mac) and len(read_log(path).records) == 2
    path.write_bytes("County,Organization\n".encode("utf-16"))
    with pytest.raises(InputError, match="is not UTF-8"):
        add_line(path, "Lake", row("asked"))
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="device or a pipe"):
        add_line(pipe, "Lake", row("asked"))
    assert sorted(os.listdir(tmp_path)) == ["o.csv", "pipe.csv"]


def test_many_who_add_at_once_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    threads = [Thread(target=add_line, args=(path, "Lake", row("asked", f"Partner {number}"))) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_log(path).records) == 12 and os.listdir(tmp_path) == ["o.csv"]


def test_somebody_who_died_while_adding_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, lock = tmp_path / "o.csv", tmp_path / ".o.csv.lock"
    lock.touch()
    monkeypatch.setattr(outreach_log, "PATIENCE", 0.1)
    with pytest.raises(OutputError, match="somebody else is adding a line"):
        add_line(path, "Lake", row("asked"))
    os.utime(lock, (0, 0))
    add_line(path, "Lake", row("asked"))
    assert os.listdir(tmp_path) == ["o.csv"]


def test_a_log_beside_a_map_is_a_source_of_its_own(tmp_path: Path) -> None:
    for name, day_of in (("old", "2024-01-01"), ("new", "2025-01-01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "Read me.csv").write_text(f"Map of,Lake COE\nCounties,Lake\nAs of,{day_of}\n")
        (tmp_path / name / "Ties.csv").write_text("From,To,How\nHall,Lake COE,partners with\n")
    (tmp_path / "old" / "calls.csv").write_text("Organization,Outcome,Date\nHall,asked,2024-02-01\n")
    reading = assetgraph.read_files([tmp_path / "old", tmp_path / "new"])
    (line,) = [record for record in reading.records if record.kind == "Outreach"]
    assert (line.county, line.source) == ("Lake", "table/lake-county-office-of-education-calls"), "a newer map does not make it older"
    (tmp_path / "new" / "Ties.csv").unlink()
    (tmp_path / "new" / "calls.csv").write_text("Organization,Outcome,Date\nHall,asked,2024-02-01\n")
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, assetgraph.read_files([tmp_path / "new" / "calls.csv"], county="Lake"), reference=False)
        assert not [node for node in store.graph().nodes if node.startswith("source/table")], "not even that there is a log is in the graph"
        assert len(read_network(store).outreach) == 1


def test_a_name_of_the_log_means_whom_it_means_elsewhere(tmp_path: Path) -> None:
    offer = OfferingRow(title="Week", provider="Sacramento COE", content_areas=("math",), open_to=("Statewide",))
    log = log_of(tmp_path / "o.csv", ("Lake", row("declined", "Sacramento COE")), ("Lake", row("asked", "Nobody at all")))
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_map(offer), assetgraph.read_files([log]), reference=False)
        found = assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF, edition="staff")
        assert not found and any("whom the graph does not hold, or several bear the name: Nobody at all" in note for note in found.notes)
        assert not any("Nobody at all" in note for note in assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF).notes)


def test_lines_of_one_day_count_as_they_stand() -> None:
    log = [line("declined"), line("agreed")]
    assert "they agreed" in next(keeps_off(log, "Lake", "math", AS_OF)).sentence
    assert not list(pending([line("asked"), line("agreed")], "Lake", "math", AS_OF))
    assert not list(keeps_off([line("at_capacity", county="Glenn"), line("active", county="Glenn")], "Butte", "math", AS_OF))
