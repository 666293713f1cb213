"""The words and signs of a Cypher query, cut in a way that no store can read differently.

Where two parsers could disagree about where a string, a name or a comment ends, the query is refused rather
than interpreted: escaped quotes, doubled backticks, unicode escapes, lone carriage returns, odd characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assetgraph.errors import NotReadOnly

__all__ = ["STARTS", "WORDS", "Token", "at", "ends_a_value", "tokens", "without_blocks"]

STARTS = frozenset({"match", "optional", "with", "unwind", "return", "call"})
"""Words that a reading query may begin with."""

WORDS = STARTS | frozenset({
    "where", "order", "by", "skip", "offset", "limit", "union", "all", "exists", "count", "distinct", "as",
    "and", "or", "xor", "not", "in", "is", "null", "true", "false", "case", "when", "then", "else", "end",
    "starts", "ends", "contains", "asc", "ascending", "desc", "descending",
})  # fmt: skip
"""Words of reading clauses and expressions: the only ones that may stand beside names and values."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, name, text, number, parameter or sign; ``text`` is without its quotes."""

    kind: str
    """word, name (in backticks), text, number, parameter or sign"""
    text: str


_PARTS = re.compile(
    r"""
      (?P<space>[\ \t\n]+ | //[^\n]*)
    | (?P<block>/\*.*?\*/)
    | (?P<text>'(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*")
    | (?P<name>`[^`]*`)
    | (?P<parameter>\$[A-Za-z_][A-Za-z0-9_]*)
    | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![A-Za-z_0-9]))
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>\.\.|<>|<=|>=|=~|[-+*/%^=<>|.:,;()\[\]{}!&$])
    """,
    re.VERBOSE | re.DOTALL,
)
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def tokens(query: str) -> list[Token]:
    """The tokens of a query in order, comments left out.

    Raises NotReadOnly for text that stores could read in different ways.

    >>> [token.text for token in tokens("RETURN $x AS x // done")]
    ['RETURN', '$x', 'AS', 'x']
    """
    return [_checked(token) for token in _cut(query) if token.kind not in ("space", "block")]


def without_blocks(query: str) -> str:
    """The query with a space in place of each comment between /* and */, which not every store reads.

    Raises NotReadOnly as ``tokens`` does, to which both are one query.

    >>> without_blocks("RETURN /* the name */ '/* kept */' AS x // done")
    "RETURN   '/* kept */' AS x // done"
    """
    return "".join(" " if token.kind == "block" else token.text for token in _cut(query))


def _cut(query: str) -> Iterator[Token]:
    query = query.replace("\r\n", "\n")
    if _ODD.search(query) or re.search(r"\\u", query, re.IGNORECASE):
        raise NotReadOnly("the query holds a control character or a unicode escape", "write the character itself, or pass "
                          "the text as a parameter")  # fmt: skip
    place = 0
    while place < len(query):
        part = _PARTS.match(query, place)
        if part is None or part.lastgroup is None or (part.lastgroup == "sign" and query.startswith("/*", place)):
            raise NotReadOnly(f"the query cannot be read at {query[place:place + 12]!r}", "close every quote and comment; put "
                              "unusual names in backticks")  # fmt: skip
        place = part.end()
        yield Token(part.lastgroup, part[0])


def at(found: list[Token], place: int) -> Token:
    """The token at a place, or one of kind "nothing" before the first and after the last."""
    return found[place] if 0 <= place < len(found) else Token("nothing", "")


def ends_a_value(found: list[Token], place: int) -> bool:
    """Whether a name, value or closing bracket stands there, after which only a word of a clause may follow."""
    token = at(found, place)
    if token.kind == "word" and token.text.lower() in WORDS:
        return token.text.lower() in ("end", "null", "true", "false") or at(found, place - 1).text == "."
    return token.kind in ("word", "name", "text", "number", "parameter") or token.text in (")", "]", "}")


def _checked(token: Token) -> Token:
    if token.kind == "text":
        if re.search(r"\\['\"`]", token.text[1:-1]):
            raise NotReadOnly("the query holds an escaped quote", "use the other kind of quote, or a parameter")
        return Token("text", token.text[1:-1])
    if token.kind == "name":
        if "\\" in token.text:
            raise NotReadOnly("a name in backticks holds a backslash", "use a plain name")
        return Token("name", token.text[1:-1])
    return token
