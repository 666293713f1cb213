"""What became of each file: one line for each, then what was refused in them, as much of it as can be taken in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from assetgraph.cli.output import quoted, say
from assetgraph.cli.tell import changed_rows, counted_rows, say_problem, sentence
from assetgraph.model.records import Basis, FileRead, Problem, Reading, SourceInfo, Standing

__all__ = ["say_files", "say_refused"]

MOST_REFUSED, FEWEST_REFUSED = 30, 3
"""How many refused rows are shown in all, and of each file however many files there are."""

MOST_NOTES = 10

_FIGURES = "figures about LEAs, schools or counties"
_DIRECTORIES = {"Directory": "a directory of LEAs or schools", "Partners": "a directory of partners", "Indicators": _FIGURES}


_STANDINGS = {
    Standing.READ: ("read", "read"), Standing.BLANK: ("not filled in", "not filled in"),
    Standing.OLDER: ("older version", "older versions"), Standing.COPY: ("copy", "copies"),
    Standing.LEFT_OUT: ("left out", "left out"), Standing.REFUSED: ("refused", "refused"),
}  # fmt: skip
"""Each standing in words, of one file and of several."""


def say_files(reading: Reading) -> None:
    """One line for each file: what it is, and its rows; or why it was left out and what to do."""
    sources = {source.id: source for source in reading.sources}
    for file in reading.files:
        said = [f"{file.path}: {_what(file, sources.get(file.source or ''))}"]
        if file.standing is Standing.READ and file.kinds:
            said.append(f"{counted_rows(file.rows_in, file.kept, file.refused)}{changed_rows(file.changed)}")
        if file.what and file.standing is Standing.READ:
            said.append(file.what)
        say("; ".join(said) + (f". {sentence(file.cure)}" if file.cure else "."))
    if len(reading.files) > 1:
        total = [sum(getattr(file, name) for file in reading.files) for name in ("rows_in", "kept", "refused")]
        say(f"In all: {_standings(reading.files)}; {counted_rows(*total)}.")


def _what(file: FileRead, source: SourceInfo | None) -> str:
    """What a file is, in a few words."""
    name = Path(file.path).name
    if file.standing is Standing.REFUSED:
        return f"refused: {f'it{file.what.removeprefix(name)}' if file.what.startswith(name) else file.what}"
    if file.standing in (Standing.OLDER, Standing.COPY, Standing.LEFT_OUT):
        return f"left out: {file.what}"
    is_map = source is not None and source.basis is Basis.MAP
    what = f"the map of {source.name}" if source is not None and is_map else _table(file, source)
    if file.standing is Standing.BLANK:
        return f"{what}: {file.what}"
    if source is not None and is_map:
        what += _step(source) + ("" if file.kinds else ": the Read me that says so")
    return what


def _table(file: FileRead, source: SourceInfo | None) -> str:
    kinds = list(dict.fromkeys(file.kinds))
    if source is not None and source.basis is Basis.DIRECTORY:
        return " and ".join(dict.fromkeys(_DIRECTORIES.get(kind, kind) for kind in kinds)) or "a directory"
    return f"a table of {' and '.join(kinds)}" if kinds else "a table"


def _step(source: SourceInfo) -> str:
    parts = [f"plan {source.plan}" if source.plan else "", f"step {source.step}" if source.step else "",
             f"as of {source.as_of}" if source.as_of else "without a day"]  # fmt: skip
    return "".join(f", {part}" for part in parts if part)


def _standings(files: Sequence[FileRead]) -> str:
    """How many files of each standing, such as ``58 files: 55 read, 2 older versions, 1 refused``."""
    counted = {one: sum(1 for file in files if file.standing is one) for one in _STANDINGS}
    parts = [f"{count:,} {words[count != 1]}" for one, words in _STANDINGS.items() if (count := counted[one])]
    return f"{len(files):,} files: {', '.join(parts)}"


def say_refused(reading: Reading) -> None:
    """Rows and sheets that were refused, file by file; of a long list the first few, and the command that shows all."""
    paths = defaultdict(list)
    for file in reading.files:
        paths[Path(file.path).name].append(file.path)
    whole = {Path(file.path).name for file in reading.files if file.standing is Standing.REFUSED}  # their line says it
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in reading.problems:
        if problem.level == "refused" and not (problem.row is None and problem.file in whole):
            by_file[problem.file].append(problem)
    if by_file:
        say()
        say(f"Refused rows and sheets: {sum(map(len, by_file.values())):,}", strong=True)
    room = max(FEWEST_REFUSED, MOST_REFUSED // max(1, len(by_file)))
    for name, problems in by_file.items():
        for problem in problems[:room]:
            say_problem(problem)
        if len(problems) > room:
            see = f"assetgraph check {' '.join(map(quoted, paths[name])) or name}"
            say(f"  … and {len(problems) - room:,} more: {see}")
    _say_of_whole_files(reading)
    others = sum(1 for problem in reading.problems if problem.level != "refused" and problem.row is not None)
    if others:
        say()
        say(f"{others:,} remark{'s' * (others != 1)} on what was kept: `assetgraph check FILE` lists them.")


def _say_of_whole_files(reading: Reading) -> None:
    """What is worth knowing of a file or sheet as a whole, where the file's own line does not say it."""
    said = {(Path(file.path).name, file.what) for file in reading.files}
    read = {Path(file.path).name for file in reading.files if file.standing is Standing.READ}
    notes = [problem for problem in reading.problems if problem.level == "note" and problem.row is None
             and problem.column is None and problem.file in read and (problem.file, problem.what) not in said]  # fmt: skip
    if notes:
        say()
        say(f"Worth knowing: {len(notes):,}", strong=True)
    for problem in notes[:MOST_NOTES]:
        say_problem(problem)
    if len(notes) > MOST_NOTES:
        say(f"  … and {len(notes) - MOST_NOTES:,} more: `assetgraph check FILE` lists them.")
