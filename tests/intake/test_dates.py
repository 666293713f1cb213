"""Days as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from assetgraph.intake.dates import read_day, read_year

FIRST_AND_LAST = [
    ("2026-05-01", "2026-05-01", "2026-05-01"),
    ("2026-05-01 00:00:00", "2026-05-01", "2026-05-01"),
    ("5/1/2026", "2026-05-01", "2026-05-01"),
    ("May 1, 2026", "2026-05-01", "2026-05-01"),
    ("1 May 2026", "2026-05-01", "2026-05-01"),
    ("Sept. 3, 2026", "2026-09-03", "2026-09-03"),
    ("Friday, May 1, 2026", "2026-05-01", "2026-05-01"),
    (datetime(2026, 5, 1), "2026-05-01", "2026-05-01"),
    (date(2026, 5, 1), "2026-05-01", "2026-05-01"),
    ("2026-05", "2026-05-01", "2026-05-31"),
    ("May 2026", "2026-05-01", "2026-05-31"),
    ("5/2026", "2026-05-01", "2026-05-31"),
    ("Feb 2028", "2028-02-01", "2028-02-29"),
    ("2026", "2026-01-01", "2026-12-31"),
    (2026, "2026-01-01", "2026-12-31"),
    (2026.0, "2026-01-01", "2026-12-31"),
    ("2024-25", "2024-07-01", "2025-06-30"),
    ("2024–2025", "2024-07-01", "2025-06-30"),
    ("SY 2024-25", "2024-07-01", "2025-06-30"),
]

DOUBTFUL = [
    (46143, "2026-05-01", "2026-05-01"),
    ("46143", "2026-05-01", "2026-05-01"),
    ("5/1/26", "2026-05-01", "2026-05-01"),
    ("25/12/2026", "2026-12-25", "2026-12-25"),
    ("winter 2026", "2025-12-01", "2026-02-28"),
    ("Spring 2025", "2025-03-01", "2025-05-31"),
    ("summer 2025", "2025-06-01", "2025-08-31"),
    ("fall '25", "2025-09-01", "2025-11-30"),
    ("Q1 2026", "2026-01-01", "2026-03-31"),
    ("2026 Q4", "2026-10-01", "2026-12-31"),
    ("2021-2025", "2021-01-01", "2025-12-31"),
    ("2011-12", "2011-07-01", "2012-06-30"),
    ("May-26", "2026-05-01", "2026-05-31"),
]


@pytest.mark.parametrize(("written", "first", "last"), FIRST_AND_LAST)
def test_plain_days_are_read_without_remark(written: object, first: str, last: str) -> None:
    assert read_day(written, last=False) == (date.fromisoformat(first), None, False)
    assert read_day(written, last=True) == (date.fromisoformat(last), None, False)


@pytest.mark.parametrize(("written", "first", "last"), DOUBTFUL)
def test_words_that_leave_doubt_are_read_and_told(written: object, first: str, last: str) -> None:
    one, other = read_day(written, last=False), read_day(written, last=True)
    assert (str(one.day), str(other.day)) == (first, last)
    assert one.changed and one.changed.startswith("read ") and first in one.changed


@pytest.mark.parametrize("written", ["ongoing", "Present", "no end"])
def test_no_end_is_no_day(written: str) -> None:
    day = read_day(written, last=True)
    assert (day.day, day.open_end) == (None, True)
    assert day.changed == f"read {written!r} as no end"


@pytest.mark.parametrize("written", [
    "0025-01-01", date(25, 1, 1), "2101", 0, 12, -5, 1e30, float("inf"), "0000", "0000-01", "9999-12-31", "2026-13-01",
    "2/30/2026", "soon", "May", "2026-13", "99999999", "٣", "12:30", "9999-10000",
])  # fmt: skip
def test_what_is_no_day_of_our_time_is_refused(written: object) -> None:
    for last in (True, False):
        with pytest.raises(ValueError, match=r"is not a (date|day of the calendar)|outside 1900 to 2100"):
            read_day(written, last=last)


@pytest.mark.parametrize(("written", "year"), [
    (2026, "2026"), ("2026.0", "2026"), ("2024-25", "2024-25"), ("1999-2000", "1999-00"), (date(2026, 3, 1), "2026"),
])  # fmt: skip
def test_years(written: object, year: str) -> None:
    assert read_year(written) == year


@pytest.mark.parametrize("written", ["24", "0000", "2024-26", "all", "2024-", 3.5])
def test_what_is_no_year_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="is not a year|outside"):
        read_year(written)
