"""Ways to ask each question, and what it takes beside the oracle."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

import assetgraph
from assetgraph.model.places import COUNTIES
from assetgraph.queries import QUESTIONS
from assetgraph.store import Store
from benchmarks.oracle import ORACLE, World

__all__ = ["AS_OF", "Timing", "time_questions", "ways_to_ask"]

AS_OF = date(2025, 1, 15)
AREAS = ("math", "science", "computer_science")
ALLOWED, AT_LEAST = 1.2, 0.050
"""A question may take this many times what the loop takes, and this many seconds in any case."""


@dataclass(slots=True)
class Timing:
    """Seconds for each way in which one question was asked; ``loop`` is empty where there was no oracle."""

    question: str
    rows: int = 0
    asked: list[float] = field(default_factory=list)
    loop: list[float] = field(default_factory=list)
    differ: list[dict[str, Any]] = field(default_factory=list)
    """The values for which the rows are not those of the oracle."""

    @property
    def over(self) -> int:
        """How many ways took more than is allowed."""
        return sum(asked > max(ALLOWED * loop, AT_LEAST) for asked, loop in zip(self.asked, self.loop, strict=False))

    def summary(self) -> dict[str, Any]:
        """Medians and worst in milliseconds."""
        found = {"question": self.question, "ways": len(self.asked), "rows": self.rows, "median": median(self.asked) * 1e3,
                 "worst": max(self.asked) * 1e3, "differ": len(self.differ), "over": self.over}  # fmt: skip
        if self.loop:
            found |= {"loop_median": median(self.loop) * 1e3, "loop_worst": max(self.loop) * 1e3}
        return found


def ways_to_ask(name: str, counties: list[str]) -> list[dict[str, Any]]:
    """The values of a question: each county, and each area or none where it may be left out; the whole state where it may be."""
    params = {param.name: param for param in QUESTIONS[name].params}
    day = {"as_of": AS_OF} if "as_of" in params else {"from": AS_OF} if "from" in params else {}
    if "org" in params:
        return [{**day, "org": f"{county} COE"} for county in counties]
    if "a" in params:
        return [{**day, "a": f"{one} COE", "b": f"{other} COE"} for one, other in pairwise(counties)]
    areas: tuple[str | None, ...] = (None,)
    if "area" in params:
        areas = AREAS if params["area"].required else (*AREAS, None)
    where: list[str | None] = [*counties, *([] if params["county"].required else [None])]
    return [{**day, "county": county, **({"area": area} if "area" in params else {})} for county in where for area in areas]


def time_questions(store: Store, world: World | None, *, counties: list[str] | None = None, best_of: int = 3) -> Iterator[Timing]:
    """What each question took, one after the other; the question and the loop take turns, and the best of some runs counts."""
    for name in QUESTIONS:
        timing = Timing(name)
        ways = ways_to_ask(name, counties or list(COUNTIES))
        assetgraph.ask(store, name, **ways[0])  # a server plans a query when it first meets it
        for values in ways:
            asked, looped = [], []
            for _ in range(best_of):
                start = time.perf_counter()
                answer = assetgraph.ask(store, name, **values)
                asked.append(time.perf_counter() - start)
                if world is not None:
                    start = time.perf_counter()
                    rows = ORACLE[name](world, **answer.params)
                    looped.append(time.perf_counter() - start)
            timing.rows += len(answer)
            timing.asked.append(min(asked))
            if world is not None:
                timing.loop.append(min(looped))
                if [row.model_dump() for row in answer] != rows:
                    timing.differ.append(values)
        yield timing
