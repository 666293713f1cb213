"""The words of the pages: dates, durations, relations, counts, acronyms; and text made safe to show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.names import clean_text
from assetgraph.model.vocabulary import look_up, term_name
from assetgraph.queries.words import day

__all__ = [
    "ACRONYMS", "DURATION_NAMES", "NAME_CAP", "area_key", "area_name", "counted", "day",
    "ends_soon", "has_ended", "lasts", "listed", "relation", "safe_link", "shown",
]  # fmt: skip

SOON = timedelta(days=180)
"""What ends within this time is called out."""

NAME_CAP = 120
TEXT_CAP = 600

DURATION_NAMES = {
    "enduring": "Enduring",
    "time_limited": "Time-limited (a year or more)",
    "temporary": "Temporary (under a year)",
    "unknown": "Duration not recorded",
    "ended": "Has ended",
}
"""Line style to its name in the legend, in the order of the legend."""

_DURATION_WORDS = {
    "enduring": "enduring",
    "time_limited": "time-limited",
    "temporary": "temporary",
    "unknown": "duration not recorded",
}

ACRONYMS = {
    "COE": "county office of education",
    "COEs": "county offices of education",
    "LEA": "local educational agency: a school district or charter",
    "LEAs": "local educational agencies: school districts and charters",
    "LIT": "local implementation team",
    "CoP": "community of practice",
    "PLN": "professional learning network",
    "PL": "professional learning",
    "NGSS": "Next Generation Science Standards",
    "CAST": "California Science Test",
    "CCEE": "California Collaborative for Educational Excellence",
    "CISC": "Curriculum and Instruction Steering Committee",
    "FTE": "full-time equivalent",
    "ELD": "English language development",
    "STEM": "science, technology, engineering and mathematics",
    "STEAM": "science, technology, engineering, arts and mathematics",
    "TK": "transitional kindergarten",
    "PK": "prekindergarten",
}
"""Acronyms that are spelt out where they stand in a text."""

_RELATIONS = {
    "PARTNERS_WITH": ("Partners with", "Partners with"),
    "MEMBER_OF": ("Member of", "Has as members"),
    "LEADS": ("Leads", "Led by"),
    "FUNDED_BY": ("Funded by", "Funds"),
    "SERVES": ("Serves", "Served by"),
    "SUPPORTS": ("Supports", "Supported by"),
    "OFFERS": ("Offers", "Offered by"),
    "COVERS": ("Is about", "Assets about it"),
    "TOOK_PART_IN": ("Takes part in", "Taking part"),
    "OPEN_TO": ("Open to", "May take part in"),
    "REACHED_IN": ("Says it takes part in", "Said to be reached"),
    "HAS_COORDINATOR": ("Has a coordinator for", "Coordinated by"),
}


def relation(kind: str, backward: bool = False) -> str:
    """The heading under which a panel lists the other ends of one kind of fact.

    >>> relation("OFFERS"), relation("OFFERS", backward=True), relation("BASED_IN")
    ('Offers', 'Offered by', 'Is based in')
    """
    if kind in _RELATIONS:
        return _RELATIONS[kind][backward]
    fact = FACT_KINDS[kind]
    words = (fact.backward if backward else fact.forward).replace("{a}", "").replace("{b}", "")
    return words.replace("County", "").strip(" :").capitalize()


def shown(text: str | None, cap: int = TEXT_CAP) -> str:
    """Text from a sheet as a page may show it: cleaned, and cut with an ellipsis where it is too long.

    >>> shown("a" * 10, cap=5), shown(None)
    ('aaaa…', '')
    """
    if not text:
        return ""
    clean = _cleaned(text) if len(text) <= TEXT_CAP else clean_text(text)
    return clean if len(clean) <= cap else clean[: cap - 1].rstrip() + "…"


_cleaned = lru_cache(maxsize=1 << 14)(clean_text)
"""The same few thousand short texts are cleaned again and again while many counties are drawn."""


def safe_link(url: str | None) -> str | None:
    """The address if it is one to follow (http, https, mailto), else None.

    >>> safe_link("https://lakecoe.org"), safe_link("javascript:alert(1)"), safe_link("lakecoe.org")
    ('https://lakecoe.org', None, 'https://lakecoe.org')
    """
    clean = clean_text(url or "").replace(" ", "%20")
    if not clean or len(clean) > TEXT_CAP:
        return None
    if "://" not in clean and ":" not in clean and "." in clean:
        clean = f"https://{clean}"
    try:
        parts = urlsplit(clean)
    except ValueError:
        return None
    usable = parts.scheme == "mailto" or (parts.scheme in ("http", "https") and parts.netloc)
    return clean if usable else None


def has_ended(ends_on: date | None, as_of: date) -> bool:
    """Whether it ended before that day; without an end nothing has ended."""
    return ends_on is not None and ends_on < as_of


def ends_soon(ends_on: date | None, as_of: date) -> bool:
    """Whether it ends on that day or in the 180 days after it."""
    return ends_on is not None and as_of <= ends_on <= as_of + SOON


def lasts(duration: str, starts_on: date | None, ends_on: date | None, as_of: date) -> str:
    """How long it holds, in words, with the dates that are recorded.

    >>> lasts("temporary", date(2026, 6, 1), date(2026, 6, 4), as_of=date(2026, 5, 1))
    'temporary, starts June 1, 2026, ends June 4, 2026 (within 180 days)'
    >>> lasts("unknown", None, None, as_of=date(2026, 5, 1))
    'duration not recorded'
    """
    parts = [_DURATION_WORDS.get(duration, shown(duration, NAME_CAP))]
    if starts_on:
        parts.append(f"{'since' if starts_on <= as_of else 'starts'} {day(starts_on)}")
    if ends_on:
        ended, soon = has_ended(ends_on, as_of), ends_soon(ends_on, as_of)
        parts.append(f"{'ended' if ended else 'ends'} {day(ends_on)}{' (within 180 days)' if soon else ''}")
    return ", ".join(parts)


def area_key(area: str) -> str:
    """The stored term of a content area given as a term, a name or another spelling of it.

    >>> area_key("Mathematics"), area_key("data_science")
    ('math', 'data_science')
    """
    known = look_up("content_area", area)
    return known.term if known else clean_text(area)


def area_name(area: str) -> str:
    """A content area as it is shown."""
    return shown(term_name("content_area", area), NAME_CAP)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number and its noun.

    >>> counted(1, "partner"), counted(0, "partner"), counted(2, "county", "counties")
    ('1 partner', 'no partners', '2 counties')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}" if number else f"no {many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
