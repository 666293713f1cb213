"""One reader for each type of cell: a clean value, what was read differently, or a refusal with its cure."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from assetgraph.intake.codes import read_cds
from assetgraph.intake.county_cells import read_counties, read_county
from assetgraph.intake.dates import DAY_CURE, read_day, read_year
from assetgraph.intake.outcome import Outcome, RefusedCell
from assetgraph.intake.tables import BROKEN, UNCALCULATED, is_blank, shown
from assetgraph.intake.words import read_kind_or_family, read_term, read_terms
from assetgraph.model.duration import Duration
from assetgraph.model.grades import parse_grades
from assetgraph.model.names import MAX_NAME, clean_text, unseen
from assetgraph.model.sheets import Cell, Column

__all__ = ["read_cell"]

_LONGEST_TEXT = 20_000
_LARGEST_COUNT = 1_000_000_000
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
_LEVELS = {"low": 1, "weak": 1, "middle": 2, "medium": 2, "moderate": 2, "high": 3, "strong": 3}


def read_cell(raw: Any, column: Column) -> Outcome | None:
    """The clean value of a cell and what to tell of it; None for a cell that says nothing.

    Raises RefusedCell for what cannot be read.

    >>> from assetgraph.model.sheets import QuickstormRow
    >>> read_cell("CompSci", QuickstormRow.columns()["content_areas"]).value
    ('computer_science',)
    """
    if raw == UNCALCULATED:
        cure = "save the file in a spreadsheet program once, or type the value"
        raise RefusedCell("the cell holds a formula whose result was never saved", cure)
    if isinstance(raw, str) and raw.strip() in BROKEN:
        raise RefusedCell(f"the cell shows {raw.strip()}, a formula that failed", "mend the formula, or type the value")
    if is_blank(raw):
        return None
    if isinstance(raw, str) and len(raw) > _LONGEST_TEXT:
        cure = "shorten it, and keep the long text in a file of its own"
        raise RefusedCell(f"the text has {len(raw):,} characters, more than {_LONGEST_TEXT:,}", cure)
    outcome = _READERS[column.cell](raw, column)
    if isinstance(raw, str) and not (raw.isascii() and raw.isprintable()) and (hidden := unseen(raw)):
        codes = " ".join(f"U+{ord(char):04X}" for char in hidden[:5])
        outcome = outcome._replace(changed=(*outcome.changed, f"left out what cannot be seen, or would steer a screen: {codes}"))
    return None if outcome.value in (None, ()) and not outcome.open_end else outcome


def _name(raw: Any, column: Column) -> Outcome:
    text = shown(raw)
    if len(text) > MAX_NAME:
        cure = "shorten it here and put the rest under Notes"
        raise RefusedCell(f"the name has {len(text):,} characters, more than {MAX_NAME}", cure)
    if not any(char.isalnum() for char in text):
        raise RefusedCell(f"{text[:20]!r} is no name", "write a name, or leave the cell empty")
    return Outcome(text)


def _names(raw: Any, column: Column) -> Outcome:
    # A line break parts names as a semicolon does; commas do not, since names hold commas.
    pieces = re.split(r"[;\n\r]", raw) if isinstance(raw, str) else [raw]
    return Outcome(tuple(dict.fromkeys(_name(piece, column).value for piece in pieces if not is_blank(piece))))


def _text(raw: Any, column: Column) -> Outcome:
    return Outcome(shown(raw) or None)


def _url(raw: Any, column: Column) -> Outcome:
    text = clean_text(str(raw))
    cure = "write an address that starts with https://, or leave the cell empty"
    bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", text)
    address = f"https://{text}" if bare and "://" not in text else text
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme not in ("http", "https") or "." not in host or re.search(r"[\s<>\"]", address):
        raise RefusedCell(f"{text[:80]!r} is not a web address", cure)
    return Outcome(address, (f"read {text!r} as {address}",) if bare and address != text else ())


def _day(last: bool) -> Callable[[Any, Column], Outcome]:
    def read(raw: Any, column: Column) -> Outcome:
        try:
            day = read_day(raw, last=last)
        except ValueError as problem:
            raise RefusedCell(str(problem), DAY_CURE) from problem
        return Outcome(day.day, (day.changed,) if day.changed else (), open_end=day.open_end)

    return read


def _duration(raw: Any, column: Column) -> Outcome:
    outcome = read_term("duration", shown(raw))
    return outcome._replace(value=Duration(outcome.value))


def _grades(raw: Any, column: Column) -> Outcome:
    text = shown(raw)
    spoiled = None
    if isinstance(raw, (datetime, date)):
        spoiled = f"{raw.month}-{raw.day}"
    elif match := re.fullmatch(r"(\d{1,2})-([A-Za-z]{3})", text):
        # Typed as 6-8, turned into June 8 by a spreadsheet and saved as text: "8-Jun".
        month = _MONTHS.get(match[2].casefold())
        spoiled = f"{month}-{match[1]}" if month else None
    span = parse_grades(spoiled or re.sub(r"^(grade|gr)s?\b\.?\s*", "", text, flags=re.IGNORECASE))
    if span is None:
        raise RefusedCell(f"{text[:60]!r} is not a span of grades", "write a span such as 6-8, TK-12 or high school")
    changed = (f"read the date {text!r} as grades {spoiled}, which a spreadsheet turned into a date",) if spoiled else ()
    return Outcome(tuple(span), changed)


_EVERYONE = re.compile(
    r"(all|every)( of)?( the| our)?( leas?| (school )?districts?| schools| them)?( in the county)?|county-?wide", re.IGNORECASE
)


def _leas(raw: Any, column: Column) -> Outcome:
    # No LEA has a comma in its name, so here commas part names too.
    outcome = _names(re.sub(r",(?![^(]*\))", ";", shown(raw)), column)
    everyone = [name for name in outcome.value if _EVERYONE.fullmatch(name)]
    if not everyone:
        return outcome
    return Outcome(("all",), () if everyone[0].casefold() == "all" else (f"read {everyone[0]!r} as all",))


def _level(raw: Any, column: Column) -> Outcome:
    text = shown(raw)
    word = _LEVELS.get(text.casefold())
    if word:
        return Outcome(word, (f"read {text!r} as {word}",))
    if text not in ("1", "2", "3"):
        raise RefusedCell(f"{text[:40]!r} is not 1, 2 or 3", "write 1 (low), 2 (middle) or 3 (high), or leave it empty")
    return Outcome(int(text))


def _number(raw: Any, column: Column) -> Outcome:
    text = shown(raw)
    plain = text.replace(",", "").rstrip("%").lstrip("$").strip()
    try:
        number = float(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else float(plain)
    except (ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number) or "_" in plain or isinstance(raw, (bool, date)):
        raise RefusedCell(f"{text[:40]!r} is not a number", "write digits, such as 12 or 12.5, or leave it empty")
    return Outcome(number)


def _count(raw: Any, column: Column) -> Outcome:
    number = _number(raw, column).value
    if number < 0 or number > _LARGEST_COUNT or not float(number).is_integer():
        raise RefusedCell(f"{shown(raw)[:40]!r} is not a whole number of things", "write a whole number, zero or more")
    return Outcome(int(number))


def _year(raw: Any, column: Column) -> Outcome:
    try:
        return Outcome(read_year(raw))
    except ValueError as problem:
        raise RefusedCell(str(problem), "write a year such as 2026, or a school year such as 2024-25") from problem


def _term(raw: Any, column: Column) -> Outcome:
    return read_term(column.vocabulary or "", _lines(raw))


def _terms(raw: Any, column: Column) -> Outcome:
    return read_terms(column.vocabulary or "", _lines(raw))


def _lines(raw: Any) -> str:
    """The text of a cell, its line breaks as semicolons; 1 and 0 from yes/no columns stay digits."""
    return shown(re.sub(r"[\n\r]+", ";", raw) if isinstance(raw, str) else raw)


_READERS: dict[Cell, Callable[[Any, Column], Outcome]] = {
    Cell.NAME: _name,
    Cell.NAMES: _names,
    Cell.TEXT: _text,
    Cell.URL: _url,
    Cell.FIRST_DAY: _day(last=False),
    Cell.LAST_DAY: _day(last=True),
    Cell.DURATION: _duration,
    Cell.GRADES: _grades,
    Cell.COUNTY: lambda raw, column: read_county(shown(raw)),
    Cell.COUNTIES: lambda raw, column: read_counties(_lines(raw)),
    Cell.TERM: _term,
    Cell.TERMS: _terms,
    Cell.LEAS: _leas,
    Cell.KIND_OR_FAMILY: lambda raw, column: read_kind_or_family(_lines(raw)),
    Cell.LEVEL: _level,
    Cell.NUMBER: _number,
    Cell.COUNT: _count,
    Cell.YEAR: _year,
    Cell.CDS: lambda raw, column: read_cds(raw),
}
