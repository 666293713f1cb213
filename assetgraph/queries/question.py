"""A question as its Cypher file states it: the header of the file is its interface.

A header is lines of ``// word rest``. Words: name, purpose, param, derived, column, order.

    // param area: content area, optional, e.g. math      kind of value, required | optional | default …, example
    // derived soon: as_of + 180 days                      a parameter that is worked out, never asked for
    // column ends_on: last day, a date; null when no end is recorded
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from assetgraph.errors import AssetGraphError

__all__ = ["ColumnOf", "Param", "Question", "read_question", "read_questions"]

PARAM_KINDS = ("county", "content area", "organization", "date", "number")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its kind says how it is read, ``default`` is in words, ``example`` returns rows on the sample."""

    name: str
    kind: str
    required: bool
    default: str | None = None
    example: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column of the answer; ``null_means`` is None when it is never null."""

    name: str
    about: str
    null_means: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name is the stem of its file, the command, and the function."""

    name: str
    subject: str
    purpose: str
    params: tuple[Param, ...]
    derived: dict[str, str] = field(hash=False)
    columns: tuple[ColumnOf, ...]
    order: str
    text: str
    """The Cypher, header included."""


def _folder() -> Traversable | Path:
    """The Cypher files: inside the installed package, else at the top of the source tree."""
    packed = files("assetgraph").joinpath("cypher")
    if packed.is_dir():
        return packed
    return Path(__file__).resolve().parents[2] / "cypher"


@lru_cache(maxsize=1)
def read_questions() -> dict[str, Question]:
    """Every question by name, in the order of names."""
    found = {}
    for subject in sorted(_folder().iterdir(), key=lambda entry: entry.name):
        if subject.is_dir():
            for entry in subject.iterdir():
                if entry.name.endswith(".cypher"):
                    one = read_question(entry.name.removesuffix(".cypher"), subject.name, entry.read_text(encoding="utf-8"))
                    found[one.name] = one
    return dict(sorted(found.items()))


def read_question(stem: str, subject: str, text: str) -> Question:
    """A question from the text of its file. Raises AssetGraphError when the header is not whole.

    >>> text = "// name: x\\n// purpose: Y.\\n// column a: A\\n// order: a\\nRETURN 1 AS a ORDER BY a\\n"
    >>> read_question("x", "s", text).columns[0].name
    'a'
    """
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = re.match(r"// (name|purpose|param|derived|column|order)(?: (\w+))?: (.+)$", line)
        if match is None:
            break
        word, name, rest = match.groups()
        header.setdefault(word, []).append(f"{name}: {rest}" if name else rest)
    if header.get("name") != [stem] or not {"purpose", "column", "order"} <= header.keys():
        raise AssetGraphError(f"{stem}.cypher: its header needs name, purpose, column and order", "complete the header")
    derived = dict(line.split(": ", 1) for line in header.get("derived", []))
    return Question(
        name=stem, subject=subject, purpose=header["purpose"][0], params=tuple(map(_param, header.get("param", []))),
        derived=derived, columns=tuple(map(_column, header["column"])), order=header["order"][0], text=text,
    )  # fmt: skip


def _param(line: str) -> Param:
    name, rest = line.split(": ", 1)
    rest, _, example = rest.partition(", e.g. ")
    kind, _, need = rest.partition(", ")
    if kind not in PARAM_KINDS:
        raise AssetGraphError(f"param {name}: '{kind}' is no kind of parameter", f"use one of {', '.join(PARAM_KINDS)}")
    default = need.removeprefix("default ") if need.startswith("default ") else None
    return Param(name, kind, need == "required", default, example or None)


def _column(line: str) -> ColumnOf:
    name, about = line.split(": ", 1)
    null = re.search(r"null (when|for|where) ([^;]+)", about)
    return ColumnOf(name, about, null.group(0).removeprefix("null ") if null else None)
