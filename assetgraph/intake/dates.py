"""Days as people write them: what one cell means as a first or a last day."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from assetgraph.intake.tables import shown

__all__ = ["DAY_CURE", "Day", "read_day", "read_year"]

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
DAY_CURE = "write a day such as 2026-05-01, a month such as May 2026, or a year such as 2026 or 2024-25"

_OPEN = frozenset({
    "ongoing", "on-going", "present", "no end", "no end date", "none planned", "open", "open-ended", "open ended",
    "current", "continuing", "continuous", "to present", "indefinite", "indefinitely", "permanent", "never", "enduring",
})  # fmt: skip
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_SEASONS = {"winter": (12, 2), "spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_415  # May 1927 to the end of 2100

_LIKE_A_YEAR = 20_000, 20_999

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})(?: \d{1,2}:\d{2}.*)?")
_TWO_YEARS = re.compile(r"(?:sy|ay|fy|school year|academic year)?\s*(\d{4})\s*[-–—/]\s*(\d{2}|\d{4})(?: school year)?")
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(?P<month>\d{1,2})/(?P<year>\d{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)\.?,?[ -](\d{4}|\d{2})")
_MONTH_YEAR = re.compile(r"([a-z]+)\.?,?[ -](\d{4}|\d{2})")
_SEASON_YEAR = re.compile(r"(winter|spring|summer|fall|autumn)(?: of)?,? ?['’]?(\d{4}|\d{2})")
_QUARTER = re.compile(r"q([1-4])[ ,-]*(\d{4})|(\d{4})[ ,-]*q([1-4])")


class Day(NamedTuple):
    """What a date cell means: ``day`` None with ``open_end`` where somebody wrote "ongoing".

    ``changed`` says what was understood where the words leave room for doubt; None where they leave none.
    """

    day: date | None
    changed: str | None = None
    open_end: bool = False


def read_day(raw: Any, *, last: bool) -> Day:
    """The first or the last day that a cell means.

    Raises ValueError, whose text says what is wrong, for what is no date or lies outside 1900 to 2100.

    >>> read_day("May 2026", last=True).day, read_day("2024-25", last=False).day
    (datetime.date(2026, 5, 31), datetime.date(2024, 7, 1))
    >>> read_day("spring 2025", last=True)
    Day(day=datetime.date(2025, 5, 31), changed="read 'spring 2025' as 2025-03-01 to 2025-05-31", open_end=False)
    """
    if isinstance(raw, datetime):
        return Day(_in_range(raw.date(), raw.date().isoformat()))
    if isinstance(raw, date):
        return Day(_in_range(raw, raw.isoformat()))
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return _from_number(raw, last)
    text = shown(raw)
    if text.casefold() in _OPEN:
        return Day(None, f"read {text!r} as no end", open_end=True)
    if re.fullmatch(r"\d{5}(\.\d+)?|\d{4}|\d{8}", text):
        return _from_number(float(text), last)
    first, final, doubt = _span(text)
    changed = None
    if doubt:
        changed = f"read {text!r} as {first}" + (f" to {final}" if final != first else "")
    return Day(_in_range(final if last else first, text), changed)


def read_year(raw: Any) -> str:
    """A calendar year such as "2026" or a school year such as "2024-25".

    Raises ValueError, whose text says what is wrong, for anything else.

    >>> read_year(2026.0), read_year("2024-2025"), read_year("SY 2024/25")
    ('2026', '2024-25', '2024-25')
    """
    if isinstance(raw, (datetime, date)):
        return str(_in_range(raw.date() if isinstance(raw, datetime) else raw, raw.isoformat()).year)
    text = shown(raw).removesuffix(".0")
    if re.fullmatch(r"\d{4}", text):
        return str(_in_range(date(int(text) or 1, 1, 1), text).year)
    years = _TWO_YEARS.fullmatch(text.casefold())
    if years and int(years[2][-2:]) == (int(years[1]) + 1) % 100:
        _in_range(date(int(years[1]) or 1, 7, 1), text)
        return f"{years[1]}-{years[2][-2:]}"
    raise ValueError(f"{text[:60]!r} is not a year")


def _from_number(number: float, last: bool) -> Day:
    whole = int(number) if math.isfinite(number) and abs(number) < 1e12 else 0
    if number == whole and 0 < whole <= 9999:
        _in_range(date(whole, 1, 1), str(whole))
        return Day(date(whole, 12, 31) if last else date(whole, 1, 1))
    if _LIKE_A_YEAR[0] <= whole <= _LIKE_A_YEAR[1]:
        raise ValueError(f"{whole} is a year with a digit too many, or a day of the 1950s that lost its form")
    if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
        day = _EPOCH + timedelta(days=whole)
        return Day(day, f"read {whole} as {day}, counting days as a spreadsheet does")
    if 19_000_000 <= whole <= 21_010_000:
        day = _day(whole // 10_000, whole // 100 % 100, whole % 100, str(whole))
        return Day(_in_range(day, str(whole)))
    raise ValueError(f"{shown(number)[:60]!r} is not a date")


def _span(text: str) -> tuple[date, date, bool]:
    """First day, last day, and whether the words leave room for doubt."""
    folded = re.sub(r"^(mon|tues|wednes|thurs|fri|satur|sun)day,? ", "", text.casefold())
    for read in (_iso_or_slashed, _two_years, _named_month, _season_or_quarter):
        span = read(folded, text)
        if span is not None:
            return span
    raise ValueError(f"{text[:60]!r} is not a date")


def _iso_or_slashed(folded: str, text: str) -> tuple[date, date, bool] | None:
    if match := _ISO.fullmatch(folded):
        day = _day(int(match[1]), int(match[2]), int(match[3]), text)
        return day, day, False
    if match := _SLASHED.fullmatch(folded):
        month, number, year = int(match[1]), int(match[2]), _full_year(match[3])
        swapped = month > 12 >= number
        day = _day(year, number if swapped else month, month if swapped else number, text)
        return day, day, swapped or len(match[3]) == 2
    return None


def _two_years(folded: str, text: str) -> tuple[date, date, bool] | None:
    if match := _TWO_YEARS.fullmatch(folded):
        start = int(match[1])
        end = int(match[2]) if len(match[2]) == 4 else start // 100 * 100 + int(match[2])
        month_like = re.fullmatch(r"\d{4}-\d{2}", folded) is not None and 1 <= int(match[2]) <= 12
        if int(match[2][-2:]) == (start + 1) % 100 and (len(match[2]) == 2 or end == start + 1):
            return date(start or 1, 7, 1), date(start + 1, 6, 30), month_like
        if len(match[2]) == 4 and end > start:
            return date(start or 1, 1, 1), date(end, 12, 31), True
    if match := _YEAR_MONTH.fullmatch(folded):
        year, month = (int(match["year"]), int(match["month"])) if match["year"] else (int(match[1]), int(match[2]))
        return *_month(year, month, text), False
    return None


def _named_month(folded: str, text: str) -> tuple[date, date, bool] | None:
    if (match := _MONTH_DAY.fullmatch(folded)) and match[1] in _MONTHS:
        day = _day(int(match[3]), _MONTHS[match[1]], int(match[2]), text)
        return day, day, False
    if (match := _DAY_MONTH.fullmatch(folded)) and match[2] in _MONTHS:
        day = _day(_full_year(match[3]), _MONTHS[match[2]], int(match[1]), text)
        return day, day, len(match[3]) == 2
    if (match := _MONTH_YEAR.fullmatch(folded)) and match[1] in _MONTHS:
        return *_month(_full_year(match[2]), _MONTHS[match[1]], text), len(match[2]) == 2
    return None


def _season_or_quarter(folded: str, text: str) -> tuple[date, date, bool] | None:
    if match := _SEASON_YEAR.fullmatch(folded):
        year = _full_year(match[2])
        start, end = _SEASONS[match[1]]
        # The winter of a year begins in the December before it.
        first, _ = _month(year - 1 if start > end else year, start, text)
        return first, _month(year, end, text)[1], True
    if match := _QUARTER.fullmatch(folded):
        quarter, year = int(match[1] or match[4]), int(match[2] or match[3])
        return _month(year, quarter * 3 - 2, text)[0], _month(year, quarter * 3, text)[1], True
    return None


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _month(year: int, month: int, text: str) -> tuple[date, date]:
    first = _day(year, month, 1, text)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"{text[:60]!r} is not a day of the calendar") from None


def _in_range(day: date, text: str) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(f"the year {day.year:04d} of {text[:60]!r} is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
    return day
