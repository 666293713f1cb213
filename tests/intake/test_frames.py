"""Data frames read as sheets."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from assetgraph.errors import UsageError
from assetgraph.intake import read_frames

pd = pytest.importorskip("pandas")


def quickstorm() -> object:
    return pd.DataFrame({
        "Who": ["Library", "Museum", None], "What": ["Club", None, None], "Content area": ["CS", "math", float("nan")],
        "Ends": [pd.Timestamp("2026-05-01"), pd.NaT, pd.NaT], "Hours": pd.array([1, None, None], dtype="Int64"),
    })  # fmt: skip


def test_frames_with_an_owner_are_one_map() -> None:
    ties = pd.DataFrame({"From": ["Lake COE"], "To": ["Library"], "How": ["works with"]})
    reading = read_frames({"Quickstorm": quickstorm(), "Ties": ties}, owner="Lake COE", plan="A", as_of="2026-11")
    (source,) = reading.sources
    assert (source.id, source.as_of, source.counties) == (
        "map/lake-county-office-of-education/plan-a", date(2026, 11, 1), ("Lake",)
    )  # fmt: skip
    assert [(r.sheet, r.row, r.county) for r in reading.records] == [("Quickstorm", 2, "Lake"), ("Ties", 2, "Lake")]
    assert [(c.rows_in, c.kept, c.refused) for c in reading.counts] == [(2, 1, 1), (1, 1, 0)]
    first = reading.records[0].values
    assert (first.ends_on, first.extra) == (date(2026, 5, 1), (("Hours", "1"),))


def test_frames_without_an_owner_are_tables_that_need_a_county() -> None:
    assert read_frames({"x": quickstorm()}).refused == 2
    reading = read_frames({"x": quickstorm()}, county="Lake", source="my frame")
    assert [(r.source, r.county) for r in reading.records] == [("table/my-frame", "Lake")]


def test_columns_that_are_no_text_and_no_columns_at_all() -> None:
    assert read_frames({"x": pd.DataFrame({1: [2], ("a", "b"): [3]})}).refused == 1
    assert read_frames({"x": pd.DataFrame()}).records == ()


def test_wrong_arguments_are_usage_errors() -> None:
    with pytest.raises(UsageError):
        read_frames({}, owner="Lake COE", counties=["Washoe"])
    with pytest.raises(UsageError):
        read_frames({}, owner="Lake COE", as_of="soon")


def test_without_pandas_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r'pip install "assetgraph\[pandas\]"'):
        read_frames({})


def test_one_frame_or_several_without_names() -> None:
    one = read_frames(quickstorm(), county="Lake")
    assert [(r.source, r.sheet, r.row) for r in one.records] == [("table/frame", "frame", 2)]
    ties = pd.DataFrame({"From": ["Lake COE"], "To": ["Library"], "How": ["works with"]})
    for frames in ([quickstorm(), ties], (quickstorm(), ties)):
        several = read_frames(frames, owner="Lake COE")
        assert [(r.kind, r.sheet) for r in several.records] == [("Quickstorm", "frame 1"), ("Ties", "frame 2")]
    assert read_frames([]).records == ()


@pytest.mark.parametrize("wrong", [[{"Who": "Library"}], "lake.xlsx", {"x": None}, None, 3])
def test_what_is_no_frame_is_a_usage_error(wrong: object) -> None:
    with pytest.raises(UsageError, match="is no data frame.*give a DataFrame"):
        read_frames(wrong)
