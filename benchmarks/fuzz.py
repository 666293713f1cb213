"""Random valid parameters for every question, drawn from what a store holds and from the edges of what may be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from assetgraph.model.places import COUNTIES
from assetgraph.queries import QUESTIONS, ask
from assetgraph.queries.question import Param
from assetgraph.store import Store
from benchmarks.oracle import ORACLE, World

__all__ = ["ways_drawn", "what_differs"]

EDGES = (date(1900, 1, 1), date(2024, 2, 29), date(2025, 1, 15), date(2099, 12, 31))


def ways_drawn(world: World, count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """(question, values), every question in turn; the same seed gives the same ways for the same graph."""
    random = Random(f"fuzz/{seed}")
    drawn = _Drawn(world, random)
    names = list(QUESTIONS)
    for number in range(count):
        name = names[number % len(names)]
        values = {param.name: drawn.value(name, param) for param in QUESTIONS[name].params}
        yield name, {key: value for key, value in values.items() if value is not None}


class _Drawn:
    """Draws values; days are those on which something begins or ends, and the days beside them."""

    def __init__(self, world: World, random: Random) -> None:
        self.random = random
        self.areas = [area["term"] for area in world.areas]
        self.mapped = sorted({world.node[fact["b"]]["name"] for facts in world.out["MAPS"].values() for fact in facts})
        self.bodies = sorted(node["id"] for label in ("COE", "LEA") for node in world.labelled[label])
        self.anybody = [*self.bodies, *sorted(node["id"] for node in world.labelled["Partner"])]
        self.busy = sorted((one for one in self.anybody if world.ties[one]), key=lambda one: (-len(world.ties[one]), one))[:50]
        self.days = sorted({day for fact in world.dated for day in (fact["starts_on"], fact["ends_on"]) if day is not None})

    def value(self, question: str, param: Param) -> Any:
        """A value of one parameter; None leaves it out, where that is allowed."""
        random = self.random
        if not param.required and random.random() < 0.25:
            return None
        if param.kind == "county":
            return random.choice(self.mapped if random.random() < 0.8 and self.mapped else list(COUNTIES))
        if param.kind == "content area":
            return random.choice(self.areas)
        if param.kind == "number":
            return random.choice((1, 2, 3, 10, 1000))
        if param.kind == "date":
            return self._day()
        if question == "partners_of":
            return random.choice(self.bodies)
        return random.choice(self.busy if random.random() < 0.5 else self.anybody)

    def _day(self) -> date:
        random = self.random
        if random.random() < 0.3 or not self.days:
            return random.choice(EDGES)
        return random.choice(self.days) + timedelta(days=random.choice((-1, 0, 0, 1, -180)))


def what_differs(stores: dict[str, Store], world: World, name: str, values: dict[str, Any]) -> list[str]:
    """Names of the stores whose rows are not those of the loop, in their order; empty when all are equal.

    What is left out, such as the day, is taken as the first store read it.
    """
    answers = {kind: ask(store, name, **values) for kind, store in stores.items()}
    expected = ORACLE[name](world, **next(iter(answers.values())).params)
    return [kind for kind, answer in answers.items() if [row.model_dump() for row in answer] != expected]
