"""Words of the vocabularies as people write them: known, misspelt, several in one cell, or new."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from assetgraph.intake.outcome import Outcome, RefusedCell
from assetgraph.intake.spelling import is_slip
from assetgraph.model.names import fold
from assetgraph.model.vocabulary import (
    FAMILIES,
    GRANT_AREAS,
    OPEN_VOCABULARIES,
    VOCABULARIES,
    look_up,
    named_in,
    open_term,
    term_name,
)

__all__ = ["read_kind_or_family", "read_term", "read_terms"]

_LONGEST_NEW_WORD = 60
_SLASHED_VOCABULARIES = frozenset({"format", "duration"})
"""Vocabularies in which a term or its spelling holds a slash, so that a slash does not part two words."""

_ALL_AREAS = frozenset({"all", "all three", "all areas", "all three areas", "all 3", "all content areas", "mscs", "mcs"})
"""How people write the grant's three areas at once."""


_TELLING_BEGINNING = 5
"""Letters from which the beginning of a term's name is as good as the name."""


class Word(NamedTuple):
    """One word read: the stored term, and what to tell of it (``changed`` and ``note`` are None for nothing)."""

    term: str
    changed: str | None = None
    note: str | None = None


def read_terms(vocabulary: str, text: str) -> Outcome:
    """The terms that a cell lists, in its order, each once.

    Raises RefusedCell for a word that a closed vocabulary does not hold.

    >>> read_terms("content_area", "M/S").value
    ('math', 'science')
    """
    if vocabulary == "content_area" and fold(text) in _ALL_AREAS:
        names = ", ".join(term_name(vocabulary, area) for area in GRANT_AREAS)
        return Outcome(GRANT_AREAS, (f"read {text!r} as {names}",))
    return _outcome([_word(vocabulary, piece) for piece in _pieces(vocabulary, text)])


def read_term(vocabulary: str, text: str) -> Outcome:
    """The one term that a cell means; of several, the first, and the rest is named.

    Raises RefusedCell for a word that a closed vocabulary does not hold.

    >>> read_term("partner_kind", "Musuem").value
    'museum_science_center'
    """
    pieces = _pieces(vocabulary, text)
    several = _outcome([_word(vocabulary, piece) for piece in pieces])
    first, rest = several.value[0], several.value[1:]
    if not rest:
        return several._replace(value=first)
    named = ", ".join(term_name(vocabulary, term) for term in rest)
    changed = f"this column takes one word: kept {term_name(vocabulary, first)!r} and left out {named}"
    return several._replace(value=first, changed=(*several.changed, changed))


def read_kind_or_family(text: str) -> Outcome:
    """A partner kind, a family of kinds, or "all".

    >>> read_kind_or_family("ALL").value, read_kind_or_family("Colleges and research").value
    ('all', 'colleges_and_research')
    """
    folded = fold(text)
    if folded in {"all", "all kinds", "any", "every kind"}:
        return Outcome("all")
    for family, name in FAMILIES.items():
        if folded in (fold(family.replace("_", " ")), fold(name)):
            return Outcome(family)
    return read_term("partner_kind", text)


def _outcome(words: list[Word]) -> Outcome:
    return Outcome(
        tuple(dict.fromkeys(word.term for word in words)),
        tuple(dict.fromkeys(word.changed for word in words if word.changed)),
        tuple(dict.fromkeys(word.note for word in words if word.note)),
    )


def _pieces(vocabulary: str, text: str) -> list[str]:
    """The words of a cell: parted at semicolons, then commas and slashes, then "and" where all parts are known."""
    if look_up(vocabulary, text):
        return [text]
    found = []
    for part in _split(r"[;\n\r|•]", text):
        if look_up(vocabulary, part):
            found.append(part)
            continue
        for piece in _split(r"," if vocabulary in _SLASHED_VOCABULARIES else r"[,/]", part):
            joined = _split(r"[&+]|\band\b|\bor\b", re.sub(r"^(and|or|&)\s+", "", piece))
            known = len(joined) > 1 and all(_known(vocabulary, word) for word in joined)
            found.extend(joined if known and not _known(vocabulary, piece) else [piece])
    return found or [text]


def _split(pattern: str, text: str) -> list[str]:
    return [piece.strip() for piece in re.split(pattern, text, flags=re.IGNORECASE) if piece.strip()]


def _known(vocabulary: str, text: str) -> bool:
    return look_up(vocabulary, text) is not None or _misspelt(vocabulary, fold(text)) is not None


def _word(vocabulary: str, text: str) -> Word:
    known = look_up(vocabulary, text)
    if known is None:
        # "temporary (4 days)", "Enduring!", "??": what stands in brackets or is doubled for emphasis adds nothing.
        known = look_up(vocabulary, re.sub(r"\([^)]*\)", " ", re.sub(r"([?!.])\1+", r"\1", text)))
    if known is not None:
        written, name = fold(text), fold(known.name)
        # "Outside" for "Outside the county office" is the word itself, and not worth a line.
        is_beginning = len(written) >= _TELLING_BEGINNING and name.startswith(written)
        plain = is_beginning or written in (name, fold(known.term.replace("_", " ")))
        return Word(known.term, None if plain else f"read {text!r} as {known.name}")
    meant = _misspelt(vocabulary, fold(text))
    if meant is not None:
        return Word(meant, f"read {text!r} as {term_name(vocabulary, meant)}")
    new = open_term(text)
    if vocabulary in OPEN_VOCABULARIES and new and len(text) <= _LONGEST_NEW_WORD:
        return Word(new, note=f"{text!r} is a new word here: it stands for itself")
    names = ", ".join(term.name for term in VOCABULARIES[vocabulary][:12])
    raise RefusedCell(f"{text[:_LONGEST_NEW_WORD]!r} is none of the words of this column", f"write one of: {names}")


@lru_cache(maxsize=10_000)
def _misspelt(vocabulary: str, folded: str) -> str | None:
    """The one term that a word with a slip means; None when it means none, or two."""
    near = {term for spelling, term in named_in(vocabulary).items() if is_slip(folded, spelling)}
    return next(iter(near)) if len(near) == 1 else None
