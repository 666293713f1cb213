"""A county's own graph as a network of partners and counties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from maps_of_rows import AS_OF, a_map

from assetgraph import build, open_store, read_files
from assetgraph.analysis.candidates import ring_of, role_of
from assetgraph.analysis.hiding import Hidden, put
from assetgraph.analysis.own_graph import WHOLE_ORDER, Habits, evaluate_own, own_network, whole_order
from assetgraph.analysis.two_mode import Asked, Known, known_of
from assetgraph.errors import InputError
from assetgraph.model.partner_network import PartnerNetwork
from assetgraph.model.places import COUNTIES
from assetgraph.model.sheets import PartnerRow, SheetRow, TieRow
from assetgraph.model.two_mode import TwoMode
from assetgraph.store import Store
from assetgraph.store.network import read_network

LAKE = (
    "Who,What,Content area,Starts,Kind of partner\n"
    "Lake Library,Code club,CS,2024-05-01,library\n"
    "Lake Library,Math night,Math,2023-05-01,library\n"
    "Valley Museum,Robots,CS,,museum\n"
)
GLENN = "Who,What,Content area,Starts,Kind of partner\nValley Museum,Robots,CS,2025-02-01,museum\nGlenn Farm,Soil,Science,2020-02-01,farm\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with open_store(":memory:", write=True) as made:
        for county, text in (("Lake", LAKE), ("Glenn", GLENN)):
            path = tmp_path / f"{county}.csv"
            path.write_text(text, encoding="utf-8")
            build(made, read_files([path], county=county), reference=False)
        return made


def test_each_county_has_the_partners_that_are_tied_to_it(store: Store) -> None:
    network = own_network(read_network(store))
    names = {project.id: {network.organizations[one].name: day for one, day in zip(project.members, project.joined, strict=True)}
             for project in network.projects}  # fmt: skip
    assert names == {"Lake": {"Lake Library": date(2023, 5, 1), "Valley Museum": None},
                     "Glenn": {"Valley Museum": date(2025, 2, 1), "Glenn Farm": date(2020, 2, 1)}}  # fmt: skip
    assert {one.type for one in network.organizations} >= {"library", "farm"}
    assert network.near["Lake", "Glenn"] == 0.5 and ("Lake", "San Diego") not in network.near and ("Lake", "Lake") not in network.near
    assert {one for pair in network.near for one in pair} == set(COUNTIES)


def test_each_tie_is_hidden_in_turn(store: Store) -> None:
    row = evaluate_own(store).rows[0]
    assert (row.method, row.n, row.n_unseen) == ("assetgraph", 2, 2), "the museum is in both, the others are seen nowhere else"


def test_without_dates_that_allow_it_a_split_says_so(store: Store) -> None:
    with pytest.raises(InputError, match="hides nobody who was seen before: memberships start from 2020-02-01 to 2025-02-01"):
        evaluate_own(store, split=date(2025, 1, 1))


def four_counties(*, without: tuple[str, str] | None = None) -> PartnerNetwork:
    """Offices of four counties, each with four of eight partners; without one of these ties."""
    pairs = [(county, f"P{(number + step) % 8}") for number, county in enumerate(("Lake", "Glenn", "Butte", "Kern")) for step in (0, 1, 2, 5)]
    rows: dict[str, list[SheetRow]] = {}
    for county, name in pairs:
        rows.setdefault(county, []).append(TieRow(from_name=name, to_name=f"{county} COE", how="partners_with"))
    homes = [PartnerRow(name=f"P{number}", home_county=("Lake", "Napa", "Kern", "Butte")[number % 4], partner_kind=("library", "union")[number % 2])
             for number in range(8)]  # fmt: skip
    with open_store(":memory:", write=True) as store:
        build(store, *(a_map(*some, *homes, of=county) for county, some in rows.items()), reference=False)
        network = read_network(store)
    if without is None:
        return network
    office, partner = network.offices[without[0]], f"partner/{without[1].lower()}"
    return replace(network, ties=[tie for tie in network.ties if {tie.a, tie.b} != {office, partner}])


def asked_of(network: PartnerNetwork, county: str, hidden: str) -> tuple[TwoMode, Known, Asked]:
    """The question that hides one partner of a county, as ``evaluate`` puts it."""
    ties = own_network(network)
    place = {one.id: index for index, one in enumerate(ties.organizations)}
    known = known_of(ties, [project for project in ties.projects if project.id != county], [])
    members = next(project for project in ties.projects if project.id == county).members
    shown = tuple(one for one in members if one != place[f"partner/{hidden.lower()}"])
    asked, _ = put(known, [Hidden(shown, place[f"partner/{hidden.lower()}"], (), county)], [])
    return ties, known, asked


def test_the_whole_order_never_sees_the_hidden_tie() -> None:
    """Whatever is worked out from it (who can be reached, the blend) is the same when the tie was never there."""
    for county, hidden in (("Lake", "P2"), ("Butte", "P7"), ("Kern", "P5")):
        scores = []
        for network in (four_counties(), four_counties(without=(county, hidden))):
            ties, _, asked = asked_of(four_counties(), county, hidden)
            others = [project for project in ties.projects if project.id != county]
            scores.append(whole_order(network, AS_OF, 0)(ties, others, [], False)(asked).ravel().tolist())
        assert scores[0] == scores[1]


def test_the_whole_order_is_rings_kinds_paths_and_then_the_blend() -> None:
    network = four_counties()
    ties, known, asked = asked_of(network, "Lake", "P2")
    others = [project for project in ties.projects if project.id != "Lake"]
    order = whole_order(network, AS_OF, 0)(ties, others, [], False)
    scores = order(asked)[:, 0]
    names = [ties.organizations[one].name for one in known.organizations]
    first = names[int(np.argmax(scores))]
    assert network.bodies[f"partner/{first.lower()}"].county == "Lake", "the nearest come first, whoever is popular"
    groups = {name: (ring_of("Lake", network.bodies[f"partner/{name.lower()}"].county), role_of(network.bodies[f"partner/{name.lower()}"]))
              for name in names}  # fmt: skip
    shown = {ties.organizations[known.organizations[one]].id for one in asked.shown[0].indices}
    introduced = {tie.other(one) for one in shown for tie in network.ties_of[one]} - {network.offices["Lake"]}
    introduced |= {tie.other(one) for one in introduced for tie in network.ties_of[one]}
    in_order = [(*groups[names[place]], f"partner/{names[place].lower()}" not in introduced) for place in np.argsort(-scores, kind="stable")]
    assert in_order == sorted(in_order) and len({one[2] for one in in_order}) == 2


def test_a_tie_that_has_ended_introduces_nobody_where_the_order_is_measured() -> None:
    network = four_counties()
    before = AS_OF.replace(year=2020)
    ended = replace(network, ties=[tie._replace(ends_on=before) if network.offices["Glenn"] in (tie.a, tie.b) else tie for tie in network.ties])
    for county in ("Lake", "Butte"):
        ties, known, asked = asked_of(network, county, "P2")
        others = [project for project in ties.projects if project.id != county]
        reached = [whole_order(one, AS_OF, 0)(ties, others, [], False).__self__._reached(  # type: ignore[attr-defined]
            county, {ties.organizations[known.organizations[at]].id for at in asked.shown[0].indices}) for one in (network, ended)]  # fmt: skip
        assert network.offices["Glenn"] in reached[0] and network.offices["Glenn"] not in reached[1]
        assert not any(body in own for own in [network.own_bodies(county)] for body in reached[0]), "never back through the county itself"


def dated_counties() -> PartnerNetwork:
    """Fourteen counties that take up the partners of one circle, one a year; half of the ties begin after 2020."""
    counties = sorted(COUNTIES)[:14]
    rows = {county: [TieRow(from_name=f"{'AB'[number % 2]}{each}", to_name=f"{county} COE", how="partners_with", starts_on=date(2012 + (number + 2 * each) % 12, 3, 1))
                     for each in range(6)] for number, county in enumerate(counties)}  # fmt: skip
    with open_store(":memory:", write=True) as store:
        build(store, *(a_map(*some, of=county) for county, some in rows.items()), reference=False)
        return read_network(store)


def test_with_dates_only_what_was_there_before_the_split_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    network, split = dated_counties(), date(2019, 1, 1)
    shuffled = replace(network, ties=[tie._replace(b=network.offices[sorted(COUNTIES)[place % 14]]) if tie.starts_on and tie.starts_on >= split
                                      and tie.b in network.bodies else tie for place, tie in enumerate(network.ties)])  # fmt: skip
    seen = []
    for one in (network, shuffled):
        monkeypatch.setattr("assetgraph.analysis.own_graph.read_network", lambda store, one=one: one)
        orders: list[PartnerNetwork] = []
        kept = whole_order
        monkeypatch.setattr("assetgraph.analysis.own_graph.whole_order",
                            lambda known, *more, orders=orders, kept=kept: orders.append(known) or kept(known, *more))  # fmt: skip
        rows = {row.method: row for row in evaluate_own(None, split="2019-01-01").rows}  # type: ignore[arg-type]
        assert rows[WHOLE_ORDER].n == rows["assetgraph"].n > 20 and all(tie.starts_on < split for known in orders for tie in known.ties)
        seen.append(sorted(orders[0].ties))
        monkeypatch.undo()
    assert seen[0] == seen[1] and seen[0]


def test_both_orders_are_measured_on_one_s_own_graph(store: Store) -> None:
    rows = {row.method for row in evaluate_own(store).rows}
    assert rows >= {"assetgraph", WHOLE_ORDER, "popularity", "L3", "SVD", "random"}


def test_habits_need_history_and_name_who_works_with_whom(store: Store) -> None:
    habits = Habits(read_network(store), date(2025, 3, 1))
    assert not habits.is_learned and habits.scores("Lake", ["partner/glenn-farm"]) == {}, "two counties with two partners each are no history"
    assert {one: sorted(counties) for one, counties in habits.counties_of.items()} == {
        "partner/lake-library": ["Lake"], "partner/valley-museum": ["Glenn", "Lake"], "partner/glenn-farm": ["Glenn"]}  # fmt: skip
    earlier = Habits(read_network(store), date(2025, 1, 1))
    assert sorted(earlier.counties_of["partner/valley-museum"]) == ["Lake"], "what begins later is not known of"
    assert [len(project.members) for project in earlier.ties.projects] == [1, 2] != [len(p.members) for p in habits.ties.projects]


def test_with_history_those_who_work_with_counties_alike_come_first() -> None:
    """Twelve counties of two circles; one of the first is asked about, with a partner of its circle hidden from it."""
    counties = sorted(COUNTIES)[:12]
    rows = {county: [TieRow(from_name=f"{'AB'[number % 2]}{each}", to_name=f"{county} COE", how="partners_with") for each in range(6)
                     if (number, each) != (0, 3)] for number, county in enumerate(counties)}  # fmt: skip
    with open_store(":memory:", write=True) as store:
        build(store, *(a_map(*some, of=county) for county, some in rows.items()), reference=False)
        habits = Habits(read_network(store), date(2025, 1, 15))
    assert habits.is_learned
    everybody = [f"partner/{circle}{each}" for circle in "ab" for each in range(6)]
    scores = habits.scores(counties[0], everybody)
    assert list(scores) == everybody and habits.scores(counties[0], ["partner/nobody"]) == {"partner/nobody": 0}
    circle = [scores[f"partner/a{each}"] for each in range(6)]
    assert min(circle) > max(scores[f"partner/b{each}"] for each in range(6))
    assert max(circle) < 1.3 * min(circle), "who is there already is asked for as if it were not"
    assert habits.scores(counties[0], ["partner/a0"])["partner/a0"] == pytest.approx(scores["partner/a0"])
