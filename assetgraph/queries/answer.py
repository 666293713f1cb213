"""Answers: typed rows that say why, and that can be turned back into the facts they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, PrivateAttr, field_validator

from assetgraph.model.facts import FACT_KINDS
from assetgraph.queries.question import Question
from assetgraph.queries.tables import as_frame, rows_as_html
from assetgraph.queries.told import Told
from assetgraph.queries.words import day
from assetgraph.store.lookups import fact_lines

if TYPE_CHECKING:
    import pandas

    from assetgraph.store import Store

__all__ = ["Answer", "Fact", "Row", "facts_of", "facts_with", "sources_in_words"]


class Row(BaseModel):
    """One row of an answer. ``reason`` says in words why it is there; ``facts`` are the ids of its facts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[str, ...]
    _public_as_of: date | None = PrivateAttr(default=None)
    """The day for which facts from public pages hold; None when none are loaded."""
    _asked_for: str | None = PrivateAttr(default=None)
    """The county that was asked about, for reasons that speak of it; None when all or none was."""

    def known_in_public_on(self, as_of: date | None) -> None:
        """Tell the row for which day the facts from public pages hold, so that its reason can say so."""
        self._public_as_of = as_of

    def asked_for(self, county: str | None) -> None:
        """Tell the row which county was asked about, so that its reason can name it where no column does."""
        self._asked_for = county

    @property
    def the_county(self) -> str:
        """How a reason names the county that was asked about."""
        return f"{self._asked_for} County" if self._asked_for else "this county"

    @property
    def from_public_pages(self) -> str:
        """How a reason says that it rests on the reference facts alone."""
        return "known from public pages" + (f", as of {day(self._public_as_of)}" if self._public_as_of else "")

    @field_validator("*", mode="before")
    @classmethod
    def _lists_sorted(cls, value: Any) -> Any:
        """Lists hold each value once, sorted: engines collect in different orders."""
        if isinstance(value, list):
            return tuple(sorted({one for one in value if one is not None}))
        return value

    @property
    def reason(self) -> str:
        """Why this row is in the answer, in one sentence."""
        raise NotImplementedError

    def shown(self) -> dict[str, Any]:
        """The row as plain values for JSON, CSV and tables: dates as ISO text, the reason after its columns."""
        plain = self.model_dump(mode="json")
        facts = plain.pop("facts")
        return {**plain, "reason": self.reason, "facts": facts}


@dataclass(frozen=True, slots=True)
class Answer(Sequence[Row]):
    """The rows of one question, in its order, with the question and the values it was asked with."""

    question: Question
    params: dict[str, Any]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: Any) -> Any:
        return self.rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def columns(self) -> list[str]:
        """Names of the columns that are shown: those of the question, then the reason, then the facts."""
        names = [column.name for column in self.question.columns if column.name != "facts"]
        return [*names, "reason", "facts"]

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame; lists stay lists. Raises ImportError when pandas is not installed."""
        return as_frame([row.shown() for row in self.rows], self.columns)

    def _repr_html_(self) -> str:
        return rows_as_html(f"{self.question.purpose} {len(self)} rows.", self.columns, (row.shown() for row in self.rows))


def sources_in_words(facts: Iterable[Fact]) -> str:
    """Which sources some facts stand in, each once with its latest day; empty for no facts."""
    latest: dict[str, date | None] = {}
    for fact in facts:
        name = "public pages" if fact.basis == "reference" else fact.source
        latest[name] = max((known for known in (latest.get(name), fact.as_of) if known), default=None)
    return "; ".join(f"{name} ({day(known)})" if known else name for name, known in latest.items())


class Fact(BaseModel):
    """One fact behind a row, in words, with where it came from. ``row`` is the row of the sheet; null where built in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sentence: str
    source: str
    basis: str
    file: str | None
    sheet: str | None
    row: int | None
    as_of: date | None
    web: str | None

    def shown(self) -> dict[str, Any]:
        """The fact as plain values; its day is a date."""
        return self.model_dump()


def facts_of(store: Store, rows: Iterable[Row] | Row) -> Told[Fact]:
    """The facts that some rows rest on, each with its sentence, source, file, sheet, row and day; sorted by id.

    Private fields are never in them. A fact that has gone since is left out.
    """
    found = facts_with(store, (fact for row in ([rows] if isinstance(rows, Row) else rows) for fact in row.facts))
    return Told(found, "Facts", tuple(Fact.model_fields))


def facts_with(store: Store, ids: Iterable[str]) -> list[Fact]:
    """The facts of these ids, in the same way."""
    found = []
    for line in fact_lines(store, ids):
        kind = FACT_KINDS[line.pop("type")]
        found.append(Fact(sentence=kind.sentence(line.pop("a"), line.pop("b")), **line))
    return found
