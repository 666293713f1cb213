"""The words that sheets may use, how people really write them, and the families of partner kinds.

Every vocabulary is a table in ``data/terms.csv`` (vocabulary, term, name, other spellings) except partner
kinds, whose table ``data/partner_kinds.csv`` also gives each kind's family and role. Content areas and
partner kinds are open lists: a word that is not in them becomes a term of its own, and the reader is told.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from assetgraph.model.names import fold, slug

__all__ = [
    "FAMILIES", "GRANT_AREAS", "GRANT_GRADES", "LEARNING_KINDS", "OPEN_VOCABULARIES", "PARTNER_KINDS", "VOCABULARIES",
    "PartnerKind", "Term", "family_of", "kind_name", "look_up", "named_in", "role_of", "term_name",
]  # fmt: skip

OPEN_VOCABULARIES = frozenset({"content_area", "partner_kind", "format", "audience", "asset_kind", "need_kind", "seat"})
"""Vocabularies in which an unknown word becomes a term of its own."""

GRANT_AREAS = ("math", "science", "computer_science")
"""The content areas of the grant: always asked about and shown, so that a blank one can be seen."""

GRANT_GRADES = (4, 12)
"""The span of grades that the mathematics, science and computer-science grant is for."""

LEARNING_KINDS = frozenset({"professional_learning", "curriculum_training", "coaching", "network"})
"""Kinds of asset that are professional learning in one of its forms."""

OTHER_FAMILY = "other"


class Term(NamedTuple):
    """One word of a vocabulary: ``term`` is stored, ``name`` is shown."""

    vocabulary: str
    term: str
    name: str


class PartnerKind(NamedTuple):
    """A kind of partner, the family it is counted in, and its role: provider, network, advocacy or funder."""

    term: str
    name: str
    family: str
    role: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files("assetgraph.model").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _kinds() -> dict[str, PartnerKind]:
    rows = _rows("partner_kinds.csv")
    return {r["kind"]: PartnerKind(r["kind"], r["name"], r["family"], r["role"]) for r in rows}


PARTNER_KINDS: dict[str, PartnerKind] = _kinds()
FAMILIES: dict[str, str] = {r["family"]: r["family_name"] for r in _rows("partner_kinds.csv")}
"""Family term to the name that is shown, in the order in which grids list them."""


@lru_cache(maxsize=1)
def _spellings() -> dict[str, dict[str, Term]]:
    table: dict[str, dict[str, Term]] = defaultdict(dict)
    for row in _rows("terms.csv"):
        term = Term(row["vocabulary"], row["term"], row["name"])
        for spelling in [row["term"], row["name"], *row["also"].split(";")]:
            table[row["vocabulary"]].setdefault(_key(spelling), term)
    for row in _rows("partner_kinds.csv"):
        term = Term("partner_kind", row["kind"], row["name"])
        for spelling in [row["kind"], row["name"], *row["also"].split(";")]:
            table["partner_kind"].setdefault(_key(spelling), term)
    return table


@lru_cache(maxsize=65_536)
def _key(text: str) -> str:
    return fold(text.replace("_", " ")) or text.strip()


VOCABULARIES: dict[str, tuple[Term, ...]] = {
    name: tuple(dict.fromkeys(terms.values())) for name, terms in _spellings().items()
}


def look_up(vocabulary: str, text: str) -> Term | None:
    """The term that a written word means, or None when the vocabulary does not hold it.

    >>> look_up("content_area", "CompSci").term
    'computer_science'
    >>> look_up("content_area", "basket weaving") is None
    True
    """
    return _spellings()[vocabulary].get(_key(text))


def named_in(vocabulary: str) -> dict[str, str]:
    """Every spelling that a vocabulary understands, folded, with the term it stands for."""
    return {spelling: term.term for spelling, term in _spellings()[vocabulary].items()}


def term_name(vocabulary: str, term: str) -> str:
    """What to show for a stored term; an open term that nobody listed is shown as it was written.

    >>> term_name("content_area", "computer_science"), term_name("content_area", "data_science")
    ('Computer science', 'Data science')
    """
    known = look_up(vocabulary, term)
    return known.name if known else term.replace("_", " ").capitalize()


def kind_name(kind: str | None) -> str:
    """A partner kind in words; None is "kind not recorded"."""
    return term_name("partner_kind", kind) if kind else "kind not recorded"


def family_of(kind: str | None) -> str | None:
    """The family a partner kind is counted in: "other" for a kind nobody listed, None when not recorded.

    >>> family_of("library"), family_of("makerspace"), family_of(None)
    ('museums_libraries_arts', 'other', None)
    """
    if kind is None:
        return None
    return PARTNER_KINDS[kind].family if kind in PARTNER_KINDS else OTHER_FAMILY


def role_of(kind: str | None) -> str | None:
    """Whether a kind provides, connects, advocates or funds; None when nothing says."""
    return PARTNER_KINDS[kind].role if kind in PARTNER_KINDS else None


def open_term(text: str) -> str:
    """The stored form of a word that no vocabulary holds yet.

    >>> open_term("Data science")
    'data_science'
    """
    return slug(text, "_")
