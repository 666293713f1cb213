"""The phrases that reasons share: lists, days, areas and kinds in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assetgraph.model.vocabulary import FAMILIES, term_name

__all__ = ["area_words", "capital", "day", "family_words", "listed", "plural", "relation_words"]

_RELATIONS = {
    "partners_with": "partnership", "member_of": "membership", "leads": "lead", "funded_by": "funding", "serves": "service",
    "supports": "support", "offers": "offering",
}  # fmt: skip


def listed(names: Sequence[str], most: int = 4) -> str:
    """Some names as a phrase; the rest are counted.

    >>> listed(["A", "B", "C"]), listed(["A", "B", "C"], most=2)
    ('A, B and C', 'A, B and 1 more')
    """
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + (f" and {shown[-1]}" if shown else "")


def capital(text: str) -> str:
    """The same with a capital letter first.

    >>> capital("two ties"), capital("")
    ('Two ties', '')
    """
    return text[:1].upper() + text[1:]


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> plural(1, "tie"), plural(0, "county", "counties")
    ('1 tie', '0 counties')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def day(value: date) -> str:
    """A day as people write it.

    >>> day(date(2027, 6, 30))
    'June 30, 2027'
    """
    return f"{value:%B} {value.day}, {value.year}"


def area_words(term: str) -> str:
    """A content area within a sentence.

    >>> area_words("computer_science")
    'computer science'
    """
    name = term_name("content_area", term)
    return name[0].lower() + name[1:]


def family_words(family: str | None) -> str:
    """A family of partner kinds within a sentence."""
    if family == "not_recorded" or family is None:
        return "partners whose kind is not recorded"
    name = FAMILIES.get(family, family.replace("_", " "))
    return name[0].lower() + name[1:]


def relation_words(relation: str) -> str:
    """How two organizations are tied, as a noun.

    >>> relation_words("partners_with")
    'partnership'
    """
    return _RELATIONS.get(relation, relation.replace("_", " "))
