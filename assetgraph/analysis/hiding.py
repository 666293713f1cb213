"""Questions whose answer is known: members that are hidden, and the matrices that ask who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assetgraph.analysis.two_mode import Asked, Known, Scores, ones, theme_rows
from assetgraph.model.two_mode import Project

__all__ = ["Hidden", "batches", "open_to", "put", "questions_of"]

MOST_CELLS = 1_000_000
"""Organizations x questions that are scored at once; each array of scores takes four times as many bytes."""


class Hidden(NamedTuple):
    """A question whose answer is known: who is ``hidden`` among the members, the themes shown, and the project's id.

    All but the hidden one are shown. The members of a project stand in all of its questions as one tuple.
    """

    members: tuple[int, ...]
    hidden: int
    themes: tuple[str, ...]
    project: str


def open_to(asked: Asked, scores: Scores) -> Scores:
    """The scores, 0 for members shown."""
    scores[asked.pairs] = 0
    return scores


def put(known: Known, questions: Sequence[Hidden], themes: Sequence[str]) -> tuple[Asked, NDArray[np.int64]]:
    """The questions as matrices, and where the hidden members stand among the known organizations.

    Members shown that are not known are left out; every hidden one must be known.
    """
    shown = ones((_among(known, [one for one in question.members if one != question.hidden]) for question in questions),
                 len(known.organizations))  # fmt: skip
    asked = Asked(known, shown, theme_rows([question.themes for question in questions], themes),
                  [question.project for question in questions])  # fmt: skip
    return asked, _among(known, [question.hidden for question in questions])


def _among(known: Known, organizations: Sequence[int]) -> NDArray[np.int64]:
    """Where these stand among the known; those that are not known are left out."""
    place = np.minimum(np.searchsorted(known.organizations, organizations), len(known.organizations) - 1)
    return np.asarray(place[known.organizations[place] == organizations], np.int64)


def batches(questions: int, organizations: int) -> Iterator[slice]:
    """The questions in parts, so that memory does not grow with their number.

    >>> list(batches(5, 500_000))
    [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    size = max(1, MOST_CELLS // max(1, organizations))
    for start in range(0, questions, size):
        yield slice(start, min(start + size, questions))


def questions_of(projects: Sequence[Project], known: Known, most: int | None = None,
                 chance: np.random.Generator | None = None) -> tuple[list[Hidden], int]:  # fmt: skip
    """Each member of each project with two or more, hidden in turn; and how many hidden ones are not known.

    With ``most`` and ``chance`` so many of them are drawn: a project of thousands would else be written down thousands of times.
    """
    there = set(known.organizations.tolist())
    asked = [(project, hidden) for project in projects if len(project.members) > 1 for hidden in project.members]
    kept = [(project, hidden) for project, hidden in asked if hidden in there]
    unseen = len(asked) - len(kept)
    if most is not None and chance is not None and len(kept) > most:
        kept = [kept[one] for one in np.sort(chance.choice(len(kept), most, replace=False))]
    named = {project.id: Counter(theme for themes in project.said for theme in themes) for project in projects}
    return [Hidden(project.members, hidden, _themes_shown(project, hidden, named[project.id]), project.id)
            for project, hidden in kept], unseen  # fmt: skip


def _themes_shown(project: Project, hidden: int, named: Counter[str]) -> tuple[str, ...]:
    """The themes that others than the hidden member name: what its own membership says is hidden with it."""
    own = project.said[project.members.index(hidden)]
    return tuple(theme for theme in project.themes if named[theme] > (theme in own))
