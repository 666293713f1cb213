"""The fewest partners that close the gaps: maximal covering over a county's gap grid (Church and ReVelle, 1974).

Each organization that could be asked closes the cells of its family in those areas in which it is eligible. The greedy choice,
which reaches at least 63 % of the best (Nemhauser, Wolsey and Fisher, 1978), says what each one adds; beside it stands the best
that there is, found by an integer program where it ends in ten seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from assetgraph.analysis.grid import GAPS, NOT_RECORDED, Key, with_one_more
from assetgraph.analysis.reach_out import Ranked, Suggester, Suggestion
from assetgraph.model.vocabulary import GRANT_AREAS
from assetgraph.queries.answer import Fact
from assetgraph.queries.tables import as_frame, as_html
from assetgraph.queries.words import area_words, capital, family_words, listed

if TYPE_CHECKING:
    import pandas

__all__ = ["Closing", "Step", "close_gaps", "cover_best", "cover_greedily"]

PATIENCE = 10.0
"""Seconds that the integer program may take."""


_STEP = {"fragile": "the first tie", "covered": "now covered"}


class Step(NamedTuple):
    """One organization and the cells that it adds to those before it, each with the state before and after."""

    suggestion: Suggestion
    adds: tuple[tuple[Key, str, str], ...]

    @property
    def reason(self) -> str:
        """What it adds, in words."""
        adds = [f"{_cell_words(key)} ({_STEP[after]})" for key, _, after in self.adds]
        return f"{self.suggestion.partner} adds {listed(adds, most=6)}"

    def shown(self) -> dict[str, Any]:
        """The step as plain values."""
        one = self.suggestion
        adds = [{"area": area, "family": family, "before": before, "after": after} for (area, family), before, after in self.adds]
        return {"partner": one.partner, "partner_id": one.partner_id, "family": one.family, "adds": adds, "reason": self.reason,
                "why": one.reason, "facts": list(one.facts)}  # fmt: skip


COLUMNS = ("what", "place", "partner", "partner_id", "family", "area", "adds", "reason", "why", "facts")


@dataclass(frozen=True)
class Closing:
    """Whom to ask to close most of a county's gaps with few partners.

    ``steps`` is the greedy choice, in its order; ``best`` the names of the best choice where it closes more, empty where the
    greedy one is as good. Where ``is_exact`` is False, the best was not found in ten seconds. ``left`` says of every gap that
    stays open why.
    """

    county: str
    most: int
    steps: tuple[Step, ...]
    gaps: int
    best: tuple[str, ...]
    best_closes: int
    is_exact: bool
    left: Mapping[Key, str] = field(repr=False)
    not_asked: tuple[Key, ...] = ()
    """Cells that nobody asked about: no gaps, and nothing that can be closed before somebody asks."""
    notes: tuple[str, ...] = ()
    """What a reader must know of the county's map."""
    facts: Mapping[str, Fact] = field(default_factory=dict, repr=False)
    """Id of each fact that a step rests on to what it says and where it stands; empty where nobody looked them up."""

    @property
    def closes(self) -> int:
        """How many gaps the steps close together: those that they bring a tie."""
        return sum(len(step.adds) for step in self.steps)

    @property
    def stay_fragile(self) -> int:
        """How many of these have one tie then, and want a second."""
        return sum(after == "fragile" for step in self.steps for *_, after in step.adds)

    def _repr_html_(self) -> str:
        rows = [(step.suggestion.partner, f"{step.reason}.") for step in self.steps]
        rows += [("nobody", f"{why}.") for why in self.left.values()]
        about = f"{self.county} County: {self.gaps} gaps recorded, {self.closes} of them closed by {len(self.steps)} partners."
        about += "".join(f" {capital(note)}." for note in self.notes)
        return as_html(about, ("partner", "what it closes, or why it stays open"), rows)

    def shown(self) -> list[dict[str, Any]]:
        """Plain values: a row for each step, for each gap that stays open, and for each cell that nobody asked about.

        ``what`` says which it is: step, open or not_asked. A better choice of as many is told in rows of the kind better.
        """
        rows: list[dict[str, Any]] = [{"what": "step", "place": place, **step.shown()}
                                      for place, step in enumerate(self.steps, start=1)]  # fmt: skip
        rows += [{"what": "better", "partner": name, "reason": f"chosen together, they would close {self.best_closes}"}
                 for name in self.best]  # fmt: skip
        rows += [{"what": "open", "area": area, "family": family, "reason": why} for (area, family), why in self.left.items()]
        rows += [{"what": "not_asked", "area": area, "family": family, "reason": f"{_cell_words((area, family))}: nobody asked"}
                 for area, family in self.not_asked]  # fmt: skip
        return [{name: row.get(name) for name in COLUMNS} for row in rows]

    def told(self) -> list[dict[str, Any]]:
        """The same for JSON, with each fact in full."""
        return [{**row, "facts": [self.facts[key].model_dump(mode="json") for key in row["facts"] or () if key in self.facts]}
                for row in self.shown()]  # fmt: skip

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame(self.shown(), COLUMNS)


def close_gaps(suggester: Suggester, county: str, most: int, areas: Sequence[str] = GRANT_AREAS) -> Closing:
    """The fewest partners, at most so many, that close the most gaps of a county in some areas.

    A gap is a cell in which somebody asked and found nobody, that is served on paper only, or that rests on one tie. It counts as
    closed once somebody who could be asked brings it a tie that lasts: the first one leaves it fragile, the second covers it, and
    every step says which. Whose tie a fragile cell rests on closes it for nobody: it would rest on them still. Cells of partners
    whose kind nobody recorded are no gaps.
    """
    cells = suggester.grid_of(county)
    gaps = [key for key, cell in cells.items() if key[0] in areas and key[1] != NOT_RECORDED and cell.state in GAPS]
    found: dict[str, tuple[int, int, str, Ranked]] = {}
    closed_by: dict[str, set[Key]] = {}
    for area in areas if gaps else ():
        for place, ranked in enumerate(suggester.in_order(county, area), start=1):
            body = ranked.one.body
            if body.family and (area, body.family) in gaps and body.id not in cells[area, body.family].partners:
                found.setdefault(body.id, (ranked.one.ring, place, area, ranked))
                closed_by.setdefault(body.id, set()).add((area, body.family))
    order = sorted(found, key=lambda one: (*found[one][:2], one))
    covers = {one: frozenset(closed_by[one]) for one in order}
    chosen = cover_greedily(covers, most)
    best = cover_best(covers, most)
    steps, open_gaps = [], set(gaps)
    for partner in chosen:
        adds = [key for key in gaps if key in covers[partner] and key in open_gaps]
        open_gaps -= set(adds)
        _, place, area, ranked = found[partner]
        suggestion = suggester.suggestion(county, area, ranked, place)
        steps.append(Step(suggestion, tuple((key, cells[key].state, with_one_more(cells[key])) for key in adds)))
    closes = len(gaps) - len(open_gaps)
    best_closes = closes if best is None else len(frozenset().union(*(covers[one] for one in best)))
    names = tuple(suggester.network.name(one) for one in best) if best is not None and best_closes > closes else ()
    left = {key: _why_open(key, covers, most) for key in gaps if key in open_gaps}
    silent = tuple(key for key, cell in cells.items() if key[0] in areas and cell.state == "not_asked")
    notes = tuple(dict.fromkeys(note for area in areas for note in suggester.what_is_not_known(county, area)))
    return Closing(county, most, tuple(steps), len(gaps), names, best_closes, best is not None, left, silent, notes)


def cover_greedily(covers: Mapping[str, frozenset[Key]], most: int) -> list[str]:
    """Who closes most of what is open, one after the other; of equals the first. Nobody is taken who adds nothing.

    >>> cover_greedily({"a": frozenset({("m", "x")}), "b": frozenset({("m", "x"), ("s", "x")})}, 2)
    ['b']
    """
    chosen: list[str] = []
    closed: frozenset[Key] = frozenset()
    while len(chosen) < most:
        one = max(covers, key=lambda key: len(covers[key] - closed), default=None)
        if one is None or not covers[one] - closed:
            break
        chosen.append(one)
        closed |= covers[one]
    return chosen


def cover_best(covers: Mapping[str, frozenset[Key]], most: int) -> list[str] | None:
    """The choice that closes the most, of equals the one of fewest and earliest; None where it is not found in ten seconds.

    >>> cover_best({"a": frozenset({(1, 2), (3, 4)}), "b": frozenset({(1, 2)}), "c": frozenset({(5, 6)})}, 2)
    ['a', 'c']
    """
    names = list(covers)
    cells = sorted(frozenset().union(*covers.values()))
    if not cells:
        return []
    place = {key: row for row, key in enumerate(cells)}
    rows = [place[key] for name in names for key in sorted(covers[name])]
    columns = [column for column, name in enumerate(names) for _ in covers[name]]
    # Cell c is closed only if somebody who closes it is chosen: x_c - sum of chosen <= 0.
    choosing = sparse.coo_matrix((-np.ones(len(rows)), (rows, columns)), (len(cells), len(names)))
    closing = sparse.hstack([choosing, sparse.identity(len(cells))])
    limit = np.concatenate([np.ones(len(names)), np.zeros(len(cells))])
    # Fewer, where it closes as many, and of equally few the earlier: all places together weigh less than one more, and all who
    # can be chosen less than one cell.
    few = min(most, len(names))
    weights = 1 + np.arange(len(names)) / (2 * len(names) * few)
    worth = np.concatenate([weights / (2 * few + 2), -np.ones(len(cells))])
    found = milp(worth, integrality=np.ones(len(worth)), bounds=Bounds(0, 1), options={"time_limit": PATIENCE, "mip_rel_gap": 0},
                 constraints=[LinearConstraint(closing, -np.inf, 0), LinearConstraint(limit, -np.inf, most)])  # fmt: skip
    if found.status != 0:
        return None
    return [name for name, value in zip(names, found.x, strict=False) if value > 0.5]


def _why_open(key: Key, covers: Mapping[str, frozenset[Key]], most: int) -> str:
    whom = _cell_words(key)
    able = sum(key in closed for closed in covers.values())
    if not able:
        return f"{whom}: nobody on record is left to ask"
    return f"{whom}: {able} could be asked, but at most {most} partners were wanted"


def _cell_words(key: Key) -> str:
    area, family = key
    return f"{family_words(family)} in {area_words(area)}"
