"""``ask`` and ``questions``: one command for each question of the catalogue, made from its header."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assetgraph.cli.given import FILES, ROWS_OF, STORE, edition_option, format_option, opened
from assetgraph.cli.output import emit, say, write_table
from assetgraph.errors import UsageError
from assetgraph.model.places import COUNTIES
from assetgraph.queries import QUESTIONS, Answer, Fact, Param, Question, ask, facts_of, question
from assetgraph.queries.ask import read_county

__all__ = ["ask_group", "example_of", "questions"]

SAMPLE_DAY = "2025-01-15"
"""The day on which the sample shows what it can show."""

_DAYS = {"as_of": SAMPLE_DAY, "from": SAMPLE_DAY, "to": "2026-01-15"}
_NOTHING = "nothing is recorded that answers this; that does not mean that there is none."
_NO_LEA = "every district on record is reached, or no district is on record: the state's directory has them all."


def _nothing(answer: Answer) -> str:
    """What an answer without rows means; a county whose one district is its office is said to be so."""
    if answer.question.name != "unreached_leas":
        return _NOTHING
    place = COUNTIES[answer.params["county"]]
    return f"{'the district and the county office are one body; ' if place.single_district else ''}{_NO_LEA}"


def option_of(name: str) -> str:
    """The option of a parameter.

    >>> option_of("as_of")
    '--as-of'
    """
    return "--" + name.replace("_", "-")


def example_of(param: Param) -> str | None:
    """A value that returns rows on the sample; None for a parameter that is best left out."""
    return param.example or _DAYS.get(param.name) or ("3" if param.kind == "number" else None)


class Questions(click.Group):
    """One subcommand for each question; ``gap_grid`` and ``gap-grid`` are the same."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names as they are typed."""
        return [name.replace("_", "-") for name in QUESTIONS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The command of a question; raises UsageError with the closest name."""
        return _command(question(cmd_name))


@click.group(cls=Questions, name="ask", epilog="`assetgraph questions` lists all parameters with examples.")
def ask_group() -> None:
    """Ask one question of your files, or of a store.

    \b
    Examples:
      assetgraph ask gap-grid lake.xlsx --county Lake --area math
      assetgraph ask missing-partner-kinds lake.xlsx --county Lake --area "computer science"
      assetgraph ask ending-between --store assetgraph.kgl --county Lake --format csv
    """


def _command(asked: Question) -> click.Command:
    parameters: list[click.Parameter] = [_option(param) for param in asked.params]

    @click.option("--facts", is_flag=True, help="List the facts that the rows rest on, each with its source.")
    @edition_option
    @format_option
    @click.option("--no-reference", is_flag=True, help="With files: leave out the reference facts from public pages.")
    @STORE
    @FILES
    def run(**values: Any) -> int:
        return _ask(asked, {param.name: values.pop(f"param_{param.name}") for param in asked.params}, **values)

    made = click.command(name=asked.name.replace("_", "-"), help=_help(asked), short_help=asked.purpose)(run)
    if "county" not in {param.name for param in asked.params}:
        made = ROWS_OF(made)
    made.params = [*[one for one in made.params if isinstance(one, click.Argument)], *parameters,
                   *[one for one in made.params if isinstance(one, click.Option)]]  # fmt: skip
    return made


def _option(param: Param) -> click.Option:
    kind = "a county office, LEA or partner" if param.kind == "organization" else f"a {param.kind}"
    need = "required" if param.required else f"default {param.default}" if param.default else "optional"
    example = example_of(param)
    words = f"{kind}; {need}; e.g. {example}" if example else f"{kind}; {need}"
    return click.Option([option_of(param.name), f"param_{param.name}"], metavar=param.kind.split()[-1].upper(),
                        help=f"{words[0].upper()}{words[1:]}.")  # fmt: skip


def _help(asked: Question) -> str:
    words = [f"{option_of(param.name)} {_typed(example_of(param) or '')}" for param in asked.params
             if param.required or param.example or param.name in ("as_of", "from")]  # fmt: skip
    name = asked.name.replace("_", "-")
    columns = "\n".join(f"  {column.name}: {column.about}" for column in asked.columns)
    return (
        f"{asked.purpose}\n\nReads your files, or without any the store. Rows are ordered by {asked.order}.\n\n"
        f"\b\nExample, on the sample of `assetgraph demo`:\n"
        f"  assetgraph ask {name} --store assetgraph-demo/sample.kgl {' '.join(words)}\n\n\b\nColumns:\n{columns}"
    )


def _typed(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _ask(asked: Question, params: dict[str, Any], *, files: Sequence[Path], store: str | None, no_reference: bool,
         rows_of: str | None = None, form: str, edition: str, facts: bool) -> int:  # fmt: skip
    del edition  # no answer holds a private field in either edition; the option is there because every reader has it
    _check_required(asked, params, files)
    county = read_county(params["county"]) if params.get("county") else rows_of
    with opened(files, store, no_reference=no_reference, county=county) as given:
        if "county" in params and not county and _is_required(asked, "county"):
            if len(given.counties) != 1:
                raise UsageError(f"the files name {len(given.counties)} counties", 'add --county, for example --county "Lake"')
            params["county"] = given.counties[0]
        answer = ask(given.store, asked.name, **{name: value for name, value in params.items() if value is not None})
        behind = facts_of(given.store, answer.rows) if facts else []
    _show(answer, behind, form, facts)
    return given.code


def _is_required(asked: Question, name: str) -> bool:
    return any(param.required for param in asked.params if param.name == name)


def _check_required(asked: Question, params: dict[str, Any], files: Sequence[Path]) -> None:
    """Say what is missing before anything is read; a county can also come from the files."""
    for param in asked.params:
        if param.required and not params[param.name] and not (param.kind == "county" and files):
            name = option_of(param.name)
            raise UsageError(f"{asked.name} needs {name} ({param.kind})", f'add it, for example {name} "{example_of(param)}"')


def _show(answer: Answer, behind: Sequence[Fact], form: str, facts: bool) -> None:
    rows = [row.shown() for row in answer]
    said = [fact.model_dump(mode="json") for fact in behind]
    if form != "table":
        if facts:
            emit(said, list(Fact.model_fields), form)
        else:
            emit(rows, answer.columns, form)
        return
    asked = [f"{name.replace('_', ' ')} {value}" for name, value in answer.params.items() if value is not None]
    say(answer.question.purpose, strong=True)
    say(", ".join(asked))
    say()
    write_table(rows, [name for name in answer.columns if name != "facts"], last_is_sentence=True)
    say(f"{len(rows)} row{'s' * (len(rows) != 1)}." if rows else f"0 rows: {_nothing(answer)}")
    if facts:
        say()
        say("The facts behind these rows", strong=True)
        write_table([{**fact, "place": _place(fact)} for fact in said], ["source", "place", "as_of", "web", "sentence"],
                    last_is_sentence=True)  # fmt: skip
        say(f"{len(said)} fact{'s' * (len(said) != 1)}.")


def _place(fact: dict[str, Any]) -> str:
    """Where a fact stands: file, sheet and row; empty for what is built in."""
    row = f"row {fact['row']}" if fact["row"] is not None else None
    sheet = fact["sheet"] if fact["sheet"] != str(fact["file"]).rpartition(".")[0] else None
    return ", ".join(part for part in (fact["file"], sheet, row) if part)


@click.command()
@format_option
def questions(form: str) -> None:
    """List every question: its purpose, its parameters and its columns.

    \b
    Examples:
      assetgraph questions
      assetgraph questions --format json
    """
    if form == "table":
        for one in QUESTIONS.values():
            say(one.name.replace("_", "-"), strong=True)
            say(f"    {one.purpose}")
            for param in one.params:
                need = "required" if param.required else "optional"
                example = f", e.g. {example_of(param)}" if example_of(param) else ""
                say(f"    {option_of(param.name)}  {param.kind}, {need}{example}")
        say(f"{len(QUESTIONS)} questions. `assetgraph ask NAME --help` says what each column means.")
        return
    emit([_described(one) for one in QUESTIONS.values()], ["name", "purpose", "columns", "params"], form)


def _described(one: Question) -> dict[str, Any]:
    return {
        "name": one.name,
        "purpose": one.purpose,
        "columns": [
            {"name": column.name, "unit": column.about.partition(";")[0], "null_means": column.null_means}
            for column in one.columns
        ],
        "params": [
            {"name": param.name, "type": param.kind, "required": param.required, "default": param.default,
             "example": example_of(param)} for param in one.params
        ],
    }  # fmt: skip
