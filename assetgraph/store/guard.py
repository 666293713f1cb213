"""What a person's own query may do: read, nothing else, and in a public edition no private field.

The rule is an allow-list. A word that is not one of the words below must be a name (of a variable, label, type,
property, map key or listed function), so it cannot stand beside another name or value as a clause does. The
engines are asked to read only as well; this is what keeps files, procedures and private fields out of reach.
"""

from __future__ import annotations

from assetgraph.errors import NotReadOnly
from assetgraph.store.privacy import check_public
from assetgraph.store.tokens import STARTS, WORDS, Token, at, ends_a_value, tokens

__all__ = ["check_readable"]

REFUSED = frozenset({
    "create", "merge", "set", "delete", "detach", "nodetach", "remove", "foreach", "insert", "load", "csv",
    "drop", "alter", "rename", "grant", "deny", "revoke", "use", "show", "terminate", "explain", "profile",
    "cypher", "using", "transactions",
})  # fmt: skip
"""Words that the error names; they are no names of variables either, to be quite clear."""

FUNCTIONS = frozenset({
    "abs", "all", "allshortestpaths", "any", "avg", "ceil", "coalesce", "collect", "count", "date",
    "datetime", "duration", "exists", "exp", "floor", "head", "id", "isempty", "labels", "last", "left",
    "length", "localdatetime", "log", "log10", "ltrim", "max", "min", "none", "nodes", "nullif",
    "percentilecont", "percentiledisc", "range", "relationships", "replace", "reverse", "right",
    "round", "rtrim", "shortestpath", "sign", "single", "size", "split", "sqrt", "stdev", "stdevp",
    "substring", "sum", "tail", "time", "toboolean", "tobooleanornull", "tofloat", "tofloatornull",
    "tointeger", "tointegerornull", "tolower", "tostring", "tostringornull", "toupper", "trim", "type",
    "startnode", "endnode", "point",
})  # fmt: skip
STAFF_FUNCTIONS = frozenset({"keys", "properties"})
"""Functions that look at every property, private ones too."""

LONGEST_RANGE = 5
"""Digits of the largest number that range() may count to: a list made of nothing must not fill a server's memory."""

FAMILIES = frozenset({"date", "datetime", "duration", "localdatetime", "time", "point"})
"""Functions may have a dotted name only in these families, such as point.distance."""

_CURE = "ask with MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, LIMIT, UNION and CALL { } only; write with assetgraph build"


def check_readable(query: str, *, edition: str) -> None:
    """Nothing, when the query only reads and, unless ``edition`` is "staff", touches no private field.

    Raises NotReadOnly with the word that is not allowed, and PrivateField with the field.

    >>> check_readable("MATCH (p:Partner) RETURN p.name AS name ORDER BY name", edition="public")
    >>> check_readable("MATCH (p:Partner) RETURN p.power AS power", edition="public")
    Traceback (most recent call last):
    assetgraph.errors.PrivateField: the field power is private. To mend it: leave it out, or ask in the staff edition.
    """
    found = tokens(query)
    if found and found[-1] == Token("sign", ";"):
        found.pop()
    if not found or found[0].kind != "word" or found[0].text.lower() not in STARTS:
        raise NotReadOnly(f"a query cannot begin with {found[0].text if found else 'nothing'!r}", _CURE)
    for place, token in enumerate(found):
        if token.kind == "sign":
            _check_sign(found, place)
        else:
            _check_clause(found, place)
            _check_function(found, place, FUNCTIONS if edition != "staff" else FUNCTIONS | STAFF_FUNCTIONS)
    if edition != "staff":
        check_public(found)


def _check_clause(found: list[Token], place: int) -> None:
    """Refuse a word that does a clause's work without being one of ours."""
    token, before, after = found[place], at(found, place - 1), at(found, place + 1)
    word = token.text.lower() if token.kind == "word" else ""
    if word in WORDS:
        if word == "call" and not _is_subquery(found, place):
            raise NotReadOnly("procedures cannot be called here", _CURE)
        return
    is_plainly_a_name = before.text in (".", ":") or after.text == ":"
    if word in REFUSED and not is_plainly_a_name:
        raise NotReadOnly(f"a reading query cannot hold {word.upper()}", _CURE)
    if ends_a_value(found, place - 1):
        raise NotReadOnly(f"{before.text!r} cannot be followed by {token.text!r} in a reading query", _CURE)


def _is_subquery(found: list[Token], place: int) -> bool:
    """Whether CALL stands before { } or (names) { }."""
    place += 1
    if at(found, place).text == "(":
        while at(found, place).kind in ("word", "name") or at(found, place).text in ("(", ",", "*"):
            place += 1
        place += at(found, place).text == ")"
    return at(found, place) == Token("sign", "{")


def _check_function(found: list[Token], place: int, allowed: frozenset[str]) -> None:
    token, before = found[place], at(found, place - 1)
    if token.kind not in ("word", "name") or at(found, place + 1) != Token("sign", "("):
        return
    if before.text == ".":
        family, plain = at(found, place - 2).text.lower(), at(found, place - 3).text != "."
        good = plain and family in FAMILIES
    else:
        good = token.text.lower() in allowed or (token.kind == "word" and token.text.lower() in WORDS)
    if not good:
        raise NotReadOnly(f"the function {token.text} is not one that a query may use here", _CURE)
    if token.text.lower() == "range" and before.text != ".":
        _check_range(found, place + 2)


def _check_range(found: list[Token], place: int) -> None:
    while at(found, place).text != ")":
        token = at(found, place)
        if token.text not in (",", "-") and not (token.kind == "number" and len(token.text) <= LONGEST_RANGE):
            raise NotReadOnly("range() counts between small numbers that are written out", "write such as range(1, 12)")
        place += 1


def _check_sign(found: list[Token], place: int) -> None:
    token, after = found[place], at(found, place + 1)
    if token.text == ";":
        raise NotReadOnly("the query holds more than one statement", "ask one question at a time")
    if token.text == "$":
        raise NotReadOnly("a $ stands without the name of a parameter", "name it, such as $county")
    if after.kind == "parameter" and token.text in (":", ".", "&", "!", "|"):
        in_map = token.text == ":" and at(found, place - 2).text in ("{", ",")
        in_list = token.text == "|" and at(found, place - 2).text not in (":", "|", "&", "!")
        if not (in_map or in_list):
            raise NotReadOnly("a label, type or property cannot be a parameter", "write its name")
