"""Proof: what is hidden leaks nowhere, the figures are what they say, and the blend holds up on networks with planted habits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assetgraph.analysis.blend import LEAST_HIDDEN, blend_of, learn
from assetgraph.analysis.evaluation import (
    METHODS,
    SHIPS,
    Evaluation,
    _going_on,
    _leaving_one_out,
    _looking_ahead,
    before,
    evaluate_network,
)
from assetgraph.analysis.experts import EXPERTS
from assetgraph.analysis.hiding import Hidden, put
from assetgraph.analysis.tally import Measured, Tally
from assetgraph.analysis.two_mode import Asked, known_of, popularity
from assetgraph.errors import InputError
from assetgraph.model.two_mode import Membership, Organization, Project, TwoMode, two_mode
from benchmarks.make_two_mode import KINDS, make_two_mode

SPLIT = date(2017, 1, 1)


def by_method(found: Evaluation) -> dict[str, Measured]:
    return {row.method: row for row in found.rows}


@pytest.fixture(scope="module")
def planted() -> TwoMode:
    return make_two_mode(150, 1500, seed=3)


@pytest.fixture(scope="module")
def found(planted: TwoMode) -> Evaluation:
    return evaluate_network(planted, split=SPLIT)


def shuffled(network: TwoMode, seed: int) -> TwoMode:
    """The members of all projects after the split, drawn anew from all organizations."""
    chance = np.random.default_rng(seed)
    drawn = [one._replace(members=tuple(sorted(chance.choice(len(network.organizations), len(one.members), replace=False).tolist())))
             if one.starts_on and one.starts_on >= SPLIT else one for one in network.projects]  # fmt: skip
    return replace(network, projects=tuple(drawn))


def test_shuffled_hidden_ties_score_at_chance(planted: TwoMode, found: Evaluation) -> None:
    rows = by_method(evaluate_network(shuffled(planted, 1), split=SPLIT))
    candidates = 145
    chance = sum(1 / rank for rank in range(1, candidates)) / candidates
    for method in (SHIPS, "L3", "PageRank", "SVD", "popularity", "recent popularity within theme"):
        assert rows[method].mrr == pytest.approx(chance, abs=0.015), method
        assert rows[method].hits_at_10 == pytest.approx(10 / candidates, abs=0.03), method
    assert by_method(found)[SHIPS].mrr > 2 * chance


def test_what_comes_after_the_split_never_changes_a_score(planted: TwoMode) -> None:
    themes = sorted({theme for project in planted.projects for theme in project.themes})
    scores = []
    for network in (planted, shuffled(planted, 2)):
        sittings, lessons, *_ = _looking_ahead(network, SPLIT, themes)
        question = Hidden((3, 5), int(sittings[0].known.organizations[0]), themes[:1], "new")  # type: ignore[arg-type]
        asked, _ = put(sittings[0].known, [question], themes)
        blend = blend_of(network, lessons[0], themes, ahead=True)
        scores.append([blend.scores(asked), *(method(asked) for method in METHODS.values())])
    assert all(np.array_equal(one, other) for one, other in zip(*scores, strict=True))


def test_the_project_asked_about_is_never_known_nor_learned_from(planted: TwoMode) -> None:
    few = replace(planted, projects=planted.projects[:40])
    for network in (few, planted):
        sittings, lessons, *_ = _leaving_one_out(network, [], 0)
        for sitting in sittings:
            asked = {question.project for question in sitting.questions}
            assert not asked & {project.id for project in lessons[sitting.learned]}
            there = [project for project in network.projects if project.id not in asked]
            assert sitting.known.members.sum() <= sum(len(project.members) for project in there)
    alone = [{question.project for question in sitting.questions} for sitting in _leaving_one_out(few, [], 0)[0]]
    assert len(alone) > 30 and all(len(projects) == 1 for projects in alone), "in a small network each is left out alone"


def test_what_only_the_hidden_membership_says_of_the_theme_is_hidden_with_it() -> None:
    chance = np.random.default_rng(0)
    organizations = [Organization(f"o{number:02}") for number in range(60)]
    memberships = [Membership(f"o{one:02}", f"p{project:03}", date(2010 + project // 20, 1, 1 + project % 20), (f"theme of {one}",))
                   for project in range(200) for one in chance.choice(60, 4, replace=False)]  # fmt: skip
    rows = by_method(evaluate_network(two_mode(organizations, memberships), split=SPLIT))
    by_chance = sum(1 / rank for rank in range(1, 58)) / 57
    for method in (SHIPS, "popularity within theme", "recent popularity within theme"):
        assert rows[method].mrr == pytest.approx(by_chance, abs=0.035), method


def test_the_order_of_the_rows_changes_no_figure(planted: TwoMode) -> None:
    memberships = [Membership(planted.organizations[one].id, project.id, day, themes) for project in planted.projects[:170]
                   for one, day, themes in zip(project.members, project.joined, project.said, strict=True)]  # fmt: skip
    turned = [memberships[place] for place in np.random.default_rng(1).permutation(len(memberships))]
    found = [evaluate_network(two_mode(planted.organizations, some)).rows for some in (memberships, turned)]
    assert [row._replace(seconds=0) for row in found[0]] == [row._replace(seconds=0) for row in found[1]]


GOES_ON = two_mode(
    [Organization(one) for one in "abcd"],
    [Membership("a", "lake", date(2020, 1, 1)), Membership("b", "lake", date(2023, 1, 1)), Membership("c", "lake", date(2023, 1, 1)),
     Membership("b", "glenn", date(2020, 1, 1)), Membership("d", "glenn", date(2024, 1, 1)), Membership("a", "butte", date(2021, 1, 1))],
)  # fmt: skip


def test_projects_that_go_on_show_who_was_there_before() -> None:
    sittings, lessons, unseen, _ = _going_on(GOES_ON, date(2022, 1, 1), [])
    assert [sitting.questions for sitting in sittings] == [[Hidden((0,), 1, (), "lake")]], "c and d were never seen before"
    assert unseen == 2 and [one.id for one in lessons[0]] == ["butte", "glenn"]
    assert sittings[0].known.organizations.tolist() == [0, 1] and sittings[0].known.members.sum() == 2
    assert evaluate_network(GOES_ON, split=date(2022, 1, 1), goes_on=True).rows[0].n == 1


def test_a_project_before_a_day() -> None:
    project = Project("p", (0, 1, 2), (date(2020, 1, 1), date(2023, 1, 1), None), (("x",), ("later",), ()))
    assert before(project, date(2022, 1, 1)) == Project("p", (0,), (date(2020, 1, 1),), (("x",),))
    assert project.themes == ("x", "later")
    assert before(project, date(2019, 1, 1)) is None


def test_ranks_and_exposure_are_those_of_sorting_by_hand(planted: TwoMode) -> None:
    """Every rank against a plain sort, ties at their mean; the first ten with equal shares in the last places."""
    known = known_of(planted, planted.projects[:100], [])
    questions = [Hidden(project.members[1:], project.members[0], (), project.id) for project in planted.projects[100:140]
                 if len(project.members) > 1 and project.members[0] in known.organizations]  # fmt: skip
    asked, hidden = put(known, questions, [])
    chance = np.random.default_rng(0)
    for scores in (chance.integers(0, 5, asked.shape).astype(np.float32), chance.random(asked.shape, np.float32),
                   np.zeros(asked.shape, np.float32), (chance.random(asked.shape) < 0.02).astype(np.float32)):  # fmt: skip
        scores[asked.pairs] = 0
        tally = Tally(len(planted.organizations))
        tally.count(asked, scores, hidden)
        exposure = np.zeros(len(known.organizations))
        for number, rank in enumerate(tally.ranks[0]):
            shown = asked.shown.toarray()[number] > 0
            theirs = scores[~shown, number]
            mine = scores[hidden[number], number]
            assert rank == (theirs > mine).sum() + ((theirs == mine).sum() + 1) / 2
            last = np.sort(theirs)[-10]
            level = (scores[:, number] == last) & ~shown
            exposure += (scores[:, number] > last) + level * (10 - (theirs > last).sum()) / level.sum()
        assert tally.exposure[known.organizations] == pytest.approx(exposure, abs=1e-3)
        assert tally.exposure.sum() == pytest.approx(10 * len(questions), rel=1e-4)


def test_figures_say_what_they_are(found: Evaluation) -> None:
    assert [row.method for row in found.rows] == [SHIPS, *METHODS]
    for row in found.rows:
        assert row.mrr_low <= row.mrr <= row.mrr_high and row.hits_at_1 <= row.hits_at_3 <= row.hits_at_5 <= row.hits_at_10
        assert 0 <= row.exposure_gini < 1 and row.recall_small is not None and row.recall_rural is None and row.seconds >= 0
    rows = by_method(found)
    assert rows["random"].popularity_lift == pytest.approx(1, abs=0.02) and rows["random"].exposure_gini < 0.1
    assert rows["popularity"].popularity_lift == max(row.popularity_lift for row in found.rows) > 2
    assert sum(found.parts().values()) == pytest.approx(1)


def test_equal_inputs_give_equal_figures(planted: TwoMode, found: Evaluation) -> None:
    again = evaluate_network(planted, split=SPLIT)
    assert [row._replace(seconds=0) for row in again.rows] == [row._replace(seconds=0) for row in found.rows]


@pytest.mark.parametrize("kind", KINDS)
def test_the_blend_is_nowhere_below_the_best_method(kind: str) -> None:
    network = make_two_mode(seed=11, **KINDS[kind])
    rows = by_method(evaluate_network(network, split=SPLIT))
    ours, best = rows.pop(SHIPS), max(rows.values(), key=lambda row: row.mrr)
    assert ours.mrr > best.mrr_low, (ours, best)
    assert ours.mrr > rows["popularity"].mrr_low
    assert (ours.recall_small or 0) >= (rows["popularity"].recall_small or 0) - 0.02


def test_another_order_is_measured_beside_the_blend(planted: TwoMode) -> None:
    given = []

    def popular(network: TwoMode, projects: list[Project], themes: list[str], ahead: bool) -> object:
        given.append((len(projects), ahead))
        return popularity

    rows = by_method(evaluate_network(planted, split=SPLIT, orders={"by rule": popular}))  # type: ignore[dict-item]
    assert rows["by rule"]._replace(method="", seconds=0) == rows["popularity"]._replace(method="", seconds=0)
    assert given == [(sum(bool(before(one, SPLIT)) for one in planted.projects), True)]


def test_with_too_little_history_the_weights_stay_as_they_are_and_it_is_said() -> None:
    few = two_mode([Organization(one) for one in "abc"], [Membership(one, f"p{number}") for number in range(4) for one in "abc"])
    found = evaluate_network(few)
    assert found.notes == ("too little history to learn from: the blend used its weights as they come",)
    assert {one.learned_from for one in found.blends} == {0}
    prior = learn([], [])
    assert sum(prior.weights.values()) == pytest.approx(1) and {name for name, _ in prior.weights} == set(EXPERTS)


def test_learning_finds_the_expert_that_was_right() -> None:
    names = [(name, sharpness) for name in EXPERTS for sharpness in (1.0, 1.5, 2.0)]
    told = np.full((LEAST_HIDDEN * 10, len(names)), 0.01)
    told[:, names.index(("theme", 1.0))] = 0.2
    blend = learn([told], [np.ones(len(told))])
    assert blend.learned_from == len(told) and blend.weights["theme", 1.0] > 0.8


def test_members_shown_are_never_suggested(planted: TwoMode) -> None:
    known = known_of(planted, planted.projects, [])
    asked, _ = put(known, [Hidden((1, 2, 3), 4, (), "new")], [])
    scores = blend_of(planted, planted.projects, [], ahead=False).scores(asked)
    assert scores[asked.pairs].tolist() == [0, 0, 0] and scores.sum() == pytest.approx(1, abs=1e-3)


def test_small_and_rural_organizations_are_counted_apart() -> None:
    kinds = {"a": "school, Rural: Remote", "b": "non-rural school", "c": "", "d": "museum"}
    network = two_mode([Organization(one, type=kind) for one, kind in kinds.items()],
                       [Membership(one, f"p{number}") for number in range(3) for one in "abc"] + [Membership("d", "p0"), Membership("d", "p1")])  # fmt: skip
    row = by_method(evaluate_network(network))["popularity"]
    assert row.recall_small == 1.0 and row.recall_rural == 1.0
    assert by_method(evaluate_network(replace(network, organizations=tuple(one._replace(type="") for one in network.organizations))))[SHIPS].recall_rural is None


DATED = [Membership(one, f"p{year}", date(year, 1, 1)) for year in range(2010, 2014) for one in "ab"]
PAIR = [Organization("a"), Organization("b"), Organization("c")]


@pytest.mark.parametrize(
    ("memberships", "split", "said"),
    [
        (DATED, date(2030, 1, 1), "the split 2030-01-01 hides nobody who was seen before: memberships start from 2010-01-01 to 2013-01-01"),
        (DATED, date(2000, 1, 1), "nothing is known before 2000-01-01"),
        ([Membership("a", "p"), Membership("b", "p")], date(2016, 1, 1), "no membership has a date"),
        ([Membership("a", "p"), Membership("b", "q")], None, "there is nobody to hide"),
        ([Membership("a", "p"), Membership("b", "p")], None, "there is nobody to hide"),
    ],
)
def test_what_hides_nobody_is_one_clear_line(memberships: list[Membership], split: date | None, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        evaluate_network(two_mode(PAIR, memberships), split=split)
    assert error.value.cure


def test_what_lies_on_neither_side_of_the_split_is_said() -> None:
    rows = [*DATED, Membership("c", "undated"), Membership("a", "undated"), Membership("c", "p2010", date(2013, 1, 1))]
    found = evaluate_network(two_mode(PAIR, rows), split=date(2012, 1, 1))
    assert "memberships of projects without any date, on neither side of the split: 2" in found.notes
    assert "memberships of earlier projects that start after the split, neither known nor asked about: 1" in found.notes
    assert found.rows[0].n == 4 and found.rows[0].n_unseen == 0


def test_an_asked_project_without_members_that_are_known() -> None:
    known = known_of(two_mode(PAIR, DATED), two_mode(PAIR, DATED).projects, [])
    asked, hidden = put(known, [Hidden((2,), 0, (), "new")], [])
    assert isinstance(asked, Asked) and asked.counts.tolist() == [0] and hidden.tolist() == [0]
