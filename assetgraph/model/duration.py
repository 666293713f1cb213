"""How long a thing lasts: temporary, time-limited, enduring or unknown; never guessed.

The rule is the field's own ("less than a year"): two dates less than 365 days apart make a thing temporary, two
dates further apart make it time-limited, and a start without an end says nothing unless somebody wrote "enduring".
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

__all__ = ["Duration", "conflicts", "duration_of"]

TEMPORARY_UNDER_DAYS = 365


class Duration(StrEnum):
    """The four answers; ``unknown`` means that neither dates nor words say."""

    TEMPORARY = "temporary"
    TIME_LIMITED = "time_limited"
    ENDURING = "enduring"
    UNKNOWN = "unknown"


@lru_cache(maxsize=65_536)  # rows of one sheet share a few pairs of dates
def duration_of(starts_on: date | None, ends_on: date | None, written: Duration | None = None) -> Duration:
    """What the dates say; where they do not decide, what somebody wrote; else unknown.

    >>> duration_of(date(2026, 6, 1), date(2026, 6, 4), Duration.ENDURING)
    <Duration.TEMPORARY: 'temporary'>
    >>> duration_of(date(2014, 9, 1), None)
    <Duration.UNKNOWN: 'unknown'>
    """
    if starts_on and ends_on:
        short = (ends_on - starts_on).days < TEMPORARY_UNDER_DAYS
        return Duration.TEMPORARY if short else Duration.TIME_LIMITED
    if ends_on and written is Duration.ENDURING:
        return Duration.UNKNOWN
    if starts_on and not ends_on and written is not Duration.ENDURING:
        return Duration.UNKNOWN
    return written or Duration.UNKNOWN


def conflicts(starts_on: date | None, ends_on: date | None, written: Duration | None) -> bool:
    """Whether a written duration and the dates disagree (the dates win, and the reader is told).

    >>> conflicts(None, date(2026, 6, 30), Duration.ENDURING)
    True
    """
    if written in (None, Duration.UNKNOWN) or ends_on is None:
        return False
    return duration_of(starts_on, ends_on, written) is not written
