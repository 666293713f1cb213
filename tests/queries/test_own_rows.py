"""Rows of a query of one's own: a list, a frame, and an inert table in a notebook."""

from __future__ import annotations

import pytest

from assetgraph import UsageError, ask, cypher, open_store
from assetgraph.queries import Rows


def test_rows_of_cypher_are_a_list_that_becomes_a_frame() -> None:
    pandas = pytest.importorskip("pandas")
    with open_store(":memory:") as store:
        for edition in ("public", "staff"):
            rows = cypher(store, "UNWIND [1, 2] AS n RETURN n, 'a_b' AS text, [n] AS many", edition=edition)
            assert isinstance(rows, Rows) and rows == [
                {"n": 1, "text": "a_b", "many": [1]}, {"n": 2, "text": "a_b", "many": [2]},
            ]  # fmt: skip
    frame = rows.to_frame()
    assert isinstance(frame, pandas.DataFrame) and frame.columns.tolist() == ["n", "text", "many"]
    assert frame["many"].tolist() == [[1], [2]]
    assert Rows().to_frame().empty and Rows() == []


def test_a_notebook_shows_them_as_they_are_and_inert() -> None:
    shown = Rows([{"<b>": "<script>alert(1)</script>", "x_y": None}, {"<b>": ["<i>"], "x_y": "a_b"}])._repr_html_()
    assert "<script>" not in shown and "<b>" not in shown and "<i>" not in shown
    assert "&lt;script&gt;" in shown and "'></td>" in shown and "'>a_b</td>" in shown and "x_y" in shown
    assert "2 rows." in shown and "1 row." in Rows([{"a": 1}])._repr_html_()


def test_errors_of_the_library_name_no_option() -> None:
    with open_store(":memory:") as store, pytest.raises(UsageError, match="name the county, for example Lake") as said:
        ask(store, "gap_grid")
    assert "--" not in str(said.value)
