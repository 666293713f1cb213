"""Write the documents that are made from the code: docs/questions.md, docs/formats.md and the README's schema picture.

Run it as ``python scripts/make_docs.py``. With ``--check`` it writes nothing: exit 1 and the names of those that would change.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from assetgraph.cli.commands import main as program
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.nodes import NODE_KINDS, NODE_SUBTYPES
from assetgraph.model.schema import is_private, mermaid
from assetgraph.model.sheets import SHEETS, SheetRow
from assetgraph.model.vocabulary import FAMILIES, OPEN_VOCABULARIES, PARTNER_KINDS, VOCABULARIES, named_in
from assetgraph.queries import QUESTIONS, Question

ROOT = Path(__file__).resolve().parents[1]
FORMATS = Path(__file__).with_name("formats.template.md")
FROM_PUBLIC_FILES = ("Directory", "Indicators")


def cell(text: str) -> str:
    """Text that a Markdown table can hold."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(headers)
    lines = [head, ["---"] * len(head), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(cell(one) for one in line) + " |" for line in lines)


def questions() -> str:
    """docs/questions.md."""
    lines = [
        "# Questions", "",
        "Made by `scripts/make_docs.py` from the headers of `cypher/<subject>/<name>.cypher`; change those.", "",
        'Ask one with `assetgraph ask NAME`, with `-` for `_`, or in Python with `ask(store, "name", …)`. Each row has `reason`,',
        "the row in a sentence, and `facts`, the ids of the facts that it rests on: `--facts` and `facts_of(store, rows)` list",
        "them with their sources. A column without a word on null is never null; a list is empty where nothing is recorded.", "",
        table(("question", "what it tells"), ((f"[{one.name}](#{one.name})", one.purpose) for one in QUESTIONS.values())),
    ]  # fmt: skip
    for one in QUESTIONS.values():
        lines += [
            "",
            f"## {one.name}",
            "",
            one.purpose,
            "",
            f"[cypher/{one.subject}/{one.name}.cypher](../cypher/{one.subject}/{one.name}.cypher)",
            "",
        ]
        lines += [table(("parameter", "type", "needed", "example"), map(_param, one.params)), ""]
        lines += [table(("column", "what it is"), ((column.name, column.about) for column in one.columns)), ""]
        lines += [f"Order: {one.order}."]
        if one.derived:
            lines += ["", f"Worked out: {_derived(one)}."]
    return "\n".join(lines) + "\n"


def _param(param: Any) -> tuple[str, ...]:
    needed = "required" if param.required else f"default {param.default}" if param.default else "optional"
    return f"`--{param.name.replace('_', '-')}`", param.kind, needed, param.example or ""


def _derived(one: Question) -> str:
    return "; ".join(f"`${name}` is {about.partition('; ')[0]}" for name, about in one.derived.items())


def sheets(wanted: Callable[[str], bool]) -> str:
    """The columns of some sheets."""
    return "\n\n".join(_sheet(row) for name, row in SHEETS.items() if wanted(name))


def _sheet(row: type[SheetRow]) -> str:
    columns = row.columns().values()
    rows = [
        (f"`{one.header}`" + (" \\*" if one.required else ""), one.cell.value, one.help + _private(one.private, one.help),
         ", ".join(one.also))
        for one in columns
    ]  # fmt: skip
    lines = [f"### {row.sheet}", "", row.about, ""]
    if row.sheet == "Reach":
        lines += ["Each content area may also be a column: yes, no or not asked.", ""]
    return "\n".join(lines) + "\n" + table(("column", "holds", "", "also read"), rows).replace("\\\\*", "\\*")


def _private(is_so: bool, said: str) -> str:
    return " **Private.**" if is_so and "rivate" not in said else ""


def words() -> str:
    """Every vocabulary but partner kinds, with the spellings that are understood."""
    parts = []
    for name, terms in VOCABULARIES.items():
        if name == "partner_kind":
            continue
        spellings: dict[str, list[str]] = {}
        for spelling, term in named_in(name).items():
            spellings.setdefault(term, []).append(spelling)
        rows = [(one.name, f"`{one.term}`", _others(spellings[one.term], one.name, one.term)) for one in terms]
        is_open = (
            "an open list: a new word stands for itself"
            if name in OPEN_VOCABULARIES
            else "a closed list: another word is refused"
        )
        parts.append(
            f"### {name.replace('_', ' ').capitalize()}\n\nThis is {is_open}.\n\n"
            + table(("word", "stored as", "also read"), rows)
        )
    return "\n\n".join(parts)


def _others(spellings: list[str], *known: str) -> str:
    return ", ".join(one for one in spellings if one not in {text.casefold().replace("_", " ") for text in known})


def families() -> str:
    """The families of partner kinds."""
    rows = [
        (name, f"`{family}`", "; ".join(f"{kind.name} ({kind.role})" for kind in PARTNER_KINDS.values() if kind.family == family))
        for family, name in FAMILIES.items()
    ]  # fmt: skip
    return table(("family", "stored as", "kinds, and what each does"), rows)


def graph() -> str:
    """Labels and kinds of fact, with their properties."""
    nodes = [(f"`{label}`", kind.about, _properties(kind)) for label, kind in NODE_KINDS.items()]
    nodes += [(f"`{kind.__name__}`, a `{kind.label}`", kind.about, "") for kind in NODE_SUBTYPES]
    facts = [
        (f"`{name}`", kind.sentence("A", "B"), _ends(kind.from_labels), _ends(kind.to_labels), kind.absence, _properties(kind))
        for name, kind in FACT_KINDS.items()
    ]
    return "\n".join([
        table(("label", "what it is", "properties besides `id` and `name`"), nodes), "",
        "Every fact also has `id`, `source`, `basis`, `file`, `sheet`, `row`, `county`, `as_of` and `web`.", "",
        table(("fact", "reads", "from", "to", "where there is none", "its own properties"), facts),
    ])  # fmt: skip


COMMON = frozenset({"id", "name", "source", "basis", "file", "sheet", "row", "county", "as_of", "web"})


def _properties(kind: Any) -> str:
    shared = COMMON if "source" in kind.model_fields else {"id", "name"}
    return ", ".join(
        f"`{name}`" + (" (private)" if is_private(kind, name) else "") for name in kind.model_fields if name not in shared
    )


def _ends(labels: tuple[str, ...]) -> str:
    return "anything" if labels == ("*",) else ", ".join(labels)


def commands() -> str:
    """Every command of the program with its first line of help."""
    rows = [(f"`assetgraph {name}`", line) for name, (_, line) in sorted(program.table.items())]
    return table(("command", "what it does"), rows)


def formats() -> str:
    """docs/formats.md: the template beside this script, with the tables filled in."""
    made = {
        "sheets": lambda: sheets(lambda name: name not in FROM_PUBLIC_FILES),
        "public files": lambda: sheets(lambda name: name in FROM_PUBLIC_FILES),
        "families": families, "words": words, "graph": graph, "commands": commands,
    }  # fmt: skip
    return re.sub(r"<!-- made: (.+?) -->", lambda match: made[match.group(1)](), FORMATS.read_text(encoding="utf-8"))


def readme() -> str:
    """The README with the schema picture of today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    picture = f"<!-- schema -->\n```mermaid\n{mermaid()}\n```\n<!-- /schema -->"
    return re.sub(r"<!-- schema -->.*?<!-- /schema -->", lambda _: picture, text, count=1, flags=re.DOTALL)


DOCUMENTS: dict[str, Callable[[], str]] = {"docs/questions.md": questions, "docs/formats.md": formats, "README.md": readme}


def main(arguments: list[str]) -> int:
    """Exit code: 0 when the documents are (now) those that the code makes."""
    stale = []
    for name, make in DOCUMENTS.items():
        path, text = ROOT / name, make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"{'not what the code makes' if '--check' in arguments else 'written'}: {', '.join(stale)}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
