"""Names: how two spellings are compared, and how text from a sheet is made safe to carry.

Comparing names is folding: case, accents, punctuation, a leading "the" and legal suffixes do not
tell two organizations apart. Nothing here guesses: two different words stay two different names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["FORMULA_STARTS", "MAX_NAME", "clean_text", "fold", "guarded", "slug", "unguarded", "unseen"]

MAX_NAME = 300
"""Longest name kept, in characters; a longer one is refused at intake."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may run when a cell begins with it; some read the full-width signs like the narrow ones."""

_GUARDABLE = re.compile(rf"'*[{re.escape(''.join(FORMULA_STARTS))}]")

_LEGAL_SUFFIXES = frozenset({"inc", "incorporated", "llc", "llp", "ltd", "limited", "corp", "corporation", "co"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = "‌‍"


def clean_text(text: str) -> str:
    """Text that cannot steer a terminal, a page or a bidirectional layout.

    Control characters, surrogates, bidirectional overrides and other invisible characters go; a line
    break or tab becomes a space; runs of space become one. Zero-width joiners stay (emoji and several
    scripts need them). Empty text stays empty.

    >>> clean_text("  Lake\\tCOE\\x1b[31m ")
    'Lake COE[31m'
    """
    if text.isascii() and text.isprintable():  # nearly all text, and large directories hold much of it
        return re.sub(r" {2,}", " ", text).strip()
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            kept.append(" ")
        elif not _is_unseen(char):
            kept.append(char)
    return re.sub(r" {2,}", " ", "".join(kept)).strip()


def unseen(text: str) -> str:
    """The characters of a text that ``clean_text`` leaves out, each once, in their order.

    >>> unseen("Lake\\tCOE\\x1b[31m\\u202e"), unseen("Peña")
    ('\\x1b\\u202e', '')
    """
    return "".join(dict.fromkeys(char for char in text if not char.isspace() and _is_unseen(char)))


def _is_unseen(char: str) -> bool:
    return char not in _JOINERS and unicodedata.category(char) in _UNSEEN


def guarded(text: str) -> str:
    """The text of a CSV cell, behind an apostrophe where a spreadsheet would run it; ``unguarded`` gives the text back.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'Twas"), unguarded(guarded("'=1+1"))
    ("'=1+1", "''=1+1", "'Twas", "'=1+1")
    """
    return f"'{text}" if _GUARDABLE.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a CSV cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell[:1] == "'" and _GUARDABLE.match(cell) else cell


@lru_cache(maxsize=65_536)  # the same few thousand names are compared over and over
def fold(name: str) -> str:
    """The form in which two spellings of one name are equal; words joined by single spaces.

    >>> fold("The Lawrence Hall of Science, Inc.") == fold("LAWRENCE  HALL OF SCIENCE")
    True
    >>> fold("Peña & Sons")
    'pena and sons'
    """
    text = unicodedata.normalize("NFKD", clean_text(name)).casefold().replace("&", " and ")
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"[’'`´]", "", text)
    words = re.sub(r"[^\w]+|_", " ", text).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1] in _LEGAL_SUFFIXES:
        words = words[:-1]
    return " ".join(words)


def slug(name: str, separator: str = "-") -> str:
    """A folded name as one word, for ids and open vocabulary terms.

    >>> slug("Data science", "_")
    'data_science'
    """
    return fold(name).replace(" ", separator)
