"""``template`` and ``check``: the sheets before they become a graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from assetgraph.cli.given import county_of, format_option, read_given
from assetgraph.cli.output import emit, quoted, say, warn, write_json
from assetgraph.cli.tell import say_counts, say_problems, told_together
from assetgraph.cli.verdicts import say_files
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import InputError, UsageError
from assetgraph.intake.mark import write_marked
from assetgraph.intake.template import write_all_templates, write_template
from assetgraph.model.names import slug
from assetgraph.model.places import COUNTIES
from assetgraph.model.records import Problem
from assetgraph.model.sheets import DirectoryRow

__all__ = ["check", "template"]


@click.command()
@click.argument("out", required=False, type=click.Path(path_type=Path), metavar="[OUT.xlsx]")
@click.option("--county", metavar="COUNTY", help="The county whose workbook it is.")
@click.option("--all", "every", is_flag=True, help="One workbook for each of the counties, into the folder --out.")
@click.option("--directory", type=click.Path(path_type=Path), metavar="FILE",
              help="The state's directory of districts: the county's LEAs are filled in from it.")  # fmt: skip
@click.option("--out", "folder", type=click.Path(path_type=Path), metavar="DIR", help="With --all: the folder.")
@click.option("--no-example", is_flag=True, help="Leave out the example row of each sheet.")
def template(out: Path | None, county: str | None, every: bool, directory: Path | None, folder: Path | None,
             no_example: bool) -> None:  # fmt: skip
    """Write the workbook that a county fills in. Only its Quickstorm sheet is needed.

    \b
    Examples:
      assetgraph template lake.xlsx --county Lake
      assetgraph template lake.xlsx --county Lake --directory pubdistricts.txt
      assetgraph template --all --directory pubdistricts.txt --out templates
    """
    if every == bool(county):
        raise UsageError("template makes one county's workbook, or with --all those of all", "give either --county or --all")
    if every and (out or not folder):
        raise UsageError("--all writes into a folder", "name it with --out, for example --out templates")
    if county and folder:
        raise UsageError("--out DIR goes with --all", "for one county write: assetgraph template lake.xlsx --county Lake")
    with Waiting("reading the directory") as waiting:
        districts = _districts(directory)
        if every and folder:
            paths = []
            for path in write_all_templates(folder, districts, examples=not no_example):
                paths.append(path)
                waiting.say(f"writing {path}: {len(paths)} of {len(COUNTIES)}")
            say(f"{len(paths)} workbooks in {folder}.")
        elif county:
            path = write_template(out or Path(f"{slug(county)}.xlsx"), county, districts=districts, examples=not no_example)
            say(f"{path}: fill in the sheet Quickstorm, then: assetgraph check {quoted(path)}")


def _districts(directory: Path | None) -> list[DirectoryRow]:
    if directory is None:
        return []
    reading = read_given([directory])
    rows = [one.values for one in reading.records if isinstance(one.values, DirectoryRow)]
    if not rows:
        raise InputError(f"{directory}: holds no directory of districts", "give the state's public-district text file or export")
    if reading.refused:
        warn(f"{reading.refused} of its rows cannot be read and are left out; `assetgraph check {quoted(directory)}` says which.")
    return rows


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--source", metavar="NAME", help="The name of tables that are no map.  [default: their file's name]")
@click.option("--county", callback=county_of, metavar="COUNTY", help="The county of rows that do not say theirs.")
@click.option("--mark", type=click.Path(path_type=Path), metavar="OUT.xlsx",
              help="Write a copy of the one workbook (or one file) among them, with the cells in question "
                   "colored and the cure as a comment.")  # fmt: skip
@format_option
def check(files: Sequence[Path], source: str | None, county: str | None, mark: Path | None, form: str) -> int:
    """Read files and say what would be kept, changed and refused, row by row. Nothing is stored.

    Leaves with 1 when something was refused.

    \b
    Examples:
      assetgraph check lake.xlsx
      assetgraph check lake.xlsx pubdistricts.txt
      assetgraph check lake.xlsx pubdistricts.txt --mark lake-marked.xlsx
      assetgraph check lake.xlsx --format json
    """
    to_mark = _to_mark(files) if mark is not None else None
    from assetgraph.build.project import project
    from assetgraph.intake import read_files

    with Waiting("reading your files") as waiting:
        reading = read_files(files, source=source, county=county, progress=waiting.say)
        waiting.say("looking at what the rows mean together")
        problems = [*reading.problems, *told_together(project(reading.sources, reading.records), reading)]
        marked = write_marked(to_mark, problems, mark) if to_mark is not None and mark is not None else None
    columns = list(Problem.model_fields)
    rows: list[dict[str, Any]] = [problem.model_dump() for problem in problems]
    if form == "json":
        write_json({"files": [count.model_dump() for count in reading.counts], "problems": rows})
    elif form == "csv":
        emit(rows, columns, form)
    else:
        say_files(reading)
        if len(reading.counts) > len(reading.files):
            say()
            say_counts(reading.counts)
        say_problems(problems)
        if marked is not None:
            say(f"{marked}: {to_mark} with these cells colored, and what to do as comments.")
        elif not problems:
            say("Nothing to mend.")
    return 1 if reading.refused else 0


def _to_mark(files: Sequence[Path]) -> Path:
    """The one workbook among the files, or the one file. Raises UsageError when neither is there."""
    workbooks = [path for path in files if path.suffix.casefold() in (".xlsx", ".xlsm")]
    for found in (workbooks, files):
        if len(found) == 1 and not found[0].is_dir():
            return found[0]
    raise UsageError("--mark marks one workbook, or one file", "give the workbook to mark, and beside it no other workbook")
