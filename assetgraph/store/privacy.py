"""What a public edition may not ask for, and what is taken out of what it gets."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from assetgraph.errors import PrivateField
from assetgraph.model.schema import LEDGER_LABELS, PRIVATE_PROPERTIES
from assetgraph.store.tokens import Token, at, ends_a_value

__all__ = ["PRIVATE_NAMES", "check_public", "strip_private", "tells_private"]

PRIVATE_NAMES = PRIVATE_PROPERTIES | {"digest"}
"""A digest is made from private fields too, so it stays inside."""

_LEDGER = frozenset(label.casefold() for label in LEDGER_LABELS)
_STAFF = "leave it out, or ask in the staff edition"

_LISTS_AFTER = frozenset({"in", "return", "with", "unwind", "where", "and", "or", "xor", "when", "then", "else", "distinct"})
"""Words after which a bracket begins a list; after any other word it looks something up."""


def check_public(found: list[Token]) -> None:
    """Nothing, when no private field is named, looked up by a computed name, or taken with all the others.

    Raises PrivateField.
    """
    for place, token in enumerate(found):
        if token.kind in ("word", "name"):
            name = unicodedata.normalize("NFKC", token.text).strip().casefold()
            if name in PRIVATE_NAMES:
                raise PrivateField(f"the field {name} is private", _STAFF)
            if name in _LEDGER:
                raise PrivateField(f"the label {token.text} holds private rows", _STAFF)
        elif token.text == "." and at(found, place + 1).text == "*":
            raise PrivateField("all properties at once may hold private ones", "name the properties you want")
        elif token.text == "[" and not _begins_a_list(found, place) and not _only_places(found, place):
            raise PrivateField("a property looked up by a computed name may be private", "write the property's name after a dot")


def tells_private(text: str) -> bool:
    """Whether an engine's own words name a private field: some of its errors show whole nodes.

    >>> tells_private("date() got Node { name: 'X', contact: 'Ann' }"), tells_private("date() got a node")
    (True, False)
    """
    return not PRIVATE_NAMES.isdisjoint(re.findall(r"\w+", text.casefold()))


def strip_private(value: Any) -> Any:
    """The same value without private fields and digests, in lists and maps of any depth.

    >>> strip_private([{"name": "X", "power": 3}])
    [{'name': 'X'}]
    """
    if isinstance(value, dict):
        return {name: strip_private(item) for name, item in value.items() if name not in PRIVATE_NAMES}
    if isinstance(value, list | tuple):
        return [strip_private(item) for item in value]
    return value


def _begins_a_list(found: list[Token], place: int) -> bool:
    before = at(found, place - 1)
    if not ends_a_value(found, place - 1) and before.kind != "word":
        return True
    word = before.text.lower()
    if before.kind != "word" or word not in _LISTS_AFTER:
        return False
    # A variable may bear such a word as its name, but then it cannot stand where the word itself does.
    earlier = at(found, place - 2)
    if word == "distinct":
        return earlier.text.lower() in ("return", "with", "(")
    starts_a_part = earlier.kind == "nothing" or earlier.text == "{" or earlier.text.lower() in ("desc", "asc", "case", "all")
    return starts_a_part or ends_a_value(found, place - 2)


def _only_places(found: list[Token], place: int) -> bool:
    """Whether a bracket holds only whole numbers, as in [0], [-1] or [..3]."""
    place += 1
    while at(found, place).text not in ("]", ""):
        token = found[place]
        if not (token.text in ("-", "..") or (token.kind == "number" and token.text.isdigit())):
            return False
        place += 1
    return True
