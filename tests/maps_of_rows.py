"""Maps, tables, public pages and directories that are made of a few rows, for cases that fit beside their expectation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from assetgraph.build.project import Projection, project
from assetgraph.build.run import build
from assetgraph.model.graph import Edge
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Basis, Reading, Record, SourceInfo
from assetgraph.model.sheets import SheetRow
from assetgraph.queries import QUESTIONS, Answer, ask
from assetgraph.store import open_store

AS_OF = date(2025, 1, 15)


def a_map(*rows: SheetRow, of: str = "Lake", as_of: date | None = AS_OF, plan: str = "a",
          filled_in_by: str | None = None) -> Reading:  # fmt: skip
    """The asset map of one county's office."""
    source = SourceInfo(id=f"map/{of.lower()}/plan-{plan}", basis=Basis.MAP, name=COUNTIES[of].coe_name, counties=(of,), as_of=as_of,
                        filled_in_by=filled_in_by)  # fmt: skip
    return _reading(source, ((of, row) for row in rows))


def a_table(**rows: list[SheetRow]) -> Reading:
    """One table with rows of several counties."""
    source = SourceInfo(id="table/region", basis=Basis.TABLE, name="region", as_of=AS_OF)
    return _reading(source, ((county, row) for county, some in rows.items() for row in some))


def public_pages(*rows: SheetRow, as_of: date | None = AS_OF) -> Reading:
    """What is known from public pages alone."""
    source = SourceInfo(id="reference/reference", basis=Basis.REFERENCE, name="reference", as_of=as_of)
    return _reading(source, ((None, row) for row in rows))


def a_directory(*rows: SheetRow, name: str = "districts", as_of: date | None = AS_OF) -> Reading:
    """Lines of a public directory, or figures."""
    source = SourceInfo(id=f"directory/{name}", basis=Basis.DIRECTORY, name=name, as_of=as_of)
    return _reading(source, ((None, row) for row in rows))


def _reading(source: SourceInfo, rows: Iterable[tuple[str | None, SheetRow]]) -> Reading:
    records = [Record(source=source.id, file="made.xlsx", sheet=row.sheet, row=number, kind=row.sheet, county=county, values=row)
               for number, (county, row) in enumerate(rows, start=2)]  # fmt: skip
    return Reading(sources=(source,), records=tuple(records))


def answer(question: str, *readings: Reading, **values: Any) -> Answer:
    """The rows of a question on these readings, as of January 15, 2025 where no other day is given."""
    dated = any(param.name == "as_of" for param in QUESTIONS[question].params)
    with open_store(":memory:", write=True) as store:
        build(store, *readings, reference=False)
        return ask(store, question, **({"as_of": AS_OF} if dated else {}) | values)


def projected(*readings: Reading) -> Projection:
    """The graph of these readings, and what is asked back."""
    return project([source for one in readings for source in one.sources], [record for one in readings for record in one.records])


def facts(projection: Projection, kind: str) -> list[Edge]:
    """The facts of one kind that some row states."""
    return [edge for edge in projection.graph.edges.values() if edge.fact.type == kind and edge.fact.source != "built_in/assetgraph"]
