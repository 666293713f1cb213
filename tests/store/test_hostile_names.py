"""Names, parameters and labels never become query text: hostile ones through a build and through every question."""

from __future__ import annotations

from contextlib import suppress

import pytest
from maps_of_rows import AS_OF, a_map
from writers import all_of

from assetgraph.build.run import build
from assetgraph.errors import AssetGraphError
from assetgraph.model.records import Reading
from assetgraph.model.sheets import NeedRow, PartnerRow, QuickstormRow, TieRow
from assetgraph.queries import QUESTIONS, ask
from assetgraph.store import Store, open_store

NAMES = ("x'}) DETACH DELETE n //", "`) MATCH (n) DELETE n //", '"}) SET n.x = 1 RETURN n', "$rows {{x}} ${name}", "\\u0027}) //", "\\'}) DELETE n //",
         "*/ MATCH (n) DETACH DELETE n /*", "} IN TRANSACTIONS", "<script>alert(1)</script>", "__proto__", "LOAD CSV FROM 'file:///etc/hostname'")  # fmt: skip


def hostile_map() -> Reading:
    rows = []
    for name in NAMES:
        rows += [
            QuickstormRow(who=name, what=f"What {name}", content_areas=("math", name), tags=(name,), notes=name, extra=((name, name),)),
            PartnerRow(name=f"Partner {name}", also_called=(name,), contact=name),
            TieRow(from_name=name, to_name=f"Other {name}", how="partners_with", content_areas=("science",)),
            NeedRow(whose="Lake COE", need=f"Need {name}", content_areas=("math",)),
        ]
    return a_map(*rows)


def test_hostile_names_are_kept_as_they_are_and_do_nothing(any_store: Store) -> None:
    build(any_store, hostile_map(), reference=False)
    before = all_of(any_store)
    with open_store(":memory:") as other:
        build(other, hostile_map(), reference=False)
        assert all_of(other) == before, "the same on every store"
        named = {name for node in before["nodes"].values() for name in (node.name, *getattr(node, "also_called", ()))}
        assert set(NAMES) <= named
        answered = 0
        for name, question in QUESTIONS.items():
            for hostile in NAMES:
                values = {param.name: "Lake" if param.kind == "county" else "Lake COE" if param.kind == "organization" else param.example
                          for param in question.params if param.required}  # fmt: skip
                dated = {param.name: AS_OF for param in question.params if param.name == "as_of"}
                for param in question.params:
                    given = values | dated | {param.name: hostile}
                    with suppress(AssetGraphError):
                        rows = ask(any_store, name, **given).rows
                        assert rows == ask(other, name, **given).rows
                        answered += 1
        assert answered >= 3 * len(NAMES), "organizations and areas of these names are found"
    assert all_of(any_store) == before
    build(any_store, hostile_map(), reference=False)
    assert all_of(any_store) == before


@pytest.mark.parametrize("hostile", NAMES)
def test_a_hostile_question_or_parameter_is_refused(kglite_store: Store, hostile: str) -> None:
    with pytest.raises(AssetGraphError):
        ask(kglite_store, hostile)
    with pytest.raises(AssetGraphError):
        ask(kglite_store, "gap_grid", county="Lake", **{hostile: 1})
