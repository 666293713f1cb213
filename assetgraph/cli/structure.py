"""``close-gaps``, ``without``, ``path`` and ``measures``: questions that are answered from the structure of the network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assetgraph.cli.given import AS_OF, format_option, opened, reading_options
from assetgraph.cli.output import emit, say, warn, wrapped, write_csv, write_json, write_table
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import UsageError
from assetgraph.queries.answer import sources_in_words
from assetgraph.queries.words import area_words, capital, family_words, listed, plural

if TYPE_CHECKING:
    from assetgraph.analysis.closing import Closing
    from assetgraph.analysis.questions import Leaving

__all__ = ["close_gaps_command", "measures_command", "path_command", "without_command"]

MOST_SHOWN = 30


@click.command(name="close-gaps")
@reading_options
@click.option("--county", metavar="COUNTY", help="The county.  [required, but for the map of one county]")
@click.option("--most", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="How many partners at most.")
@click.option("--area", "areas", multiple=True, metavar="AREA", help="Only this content area; may be given more than once.")
@AS_OF
@format_option
def close_gaps_command(files: Sequence[Path], store: str | None, no_reference: bool, county: str | None, most: int,
                       areas: Sequence[str], as_of: date | None, form: str) -> int:  # fmt: skip
    """The fewest partners that close the most gaps of a county, what each one adds, and what stays open.

    A gap is a content area and family of partners where somebody asked and found nobody, where service is on paper only, or
    where all rests on one tie. To close one is to bring it a tie that lasts; where that is the first, it is said.

    \b
    Examples:
      assetgraph close-gaps lake.xlsx --county Lake
      assetgraph close-gaps --store assetgraph.kgl --county Lake --most 3 --area math --area science
    """
    with opened(files, store, no_reference=no_reference, county=county) as given:
        name = given.county_for("close-gaps", county)
        with Waiting("looking for the fewest partners"):
            from assetgraph.analysis.closing import COLUMNS as CLOSING_COLUMNS
            from assetgraph.analysis.questions import close_gaps

            found = close_gaps(given.store, county=name, most=most, areas=areas, as_of=as_of)
    if form == "json":
        write_json(found.told())
    elif form == "csv":
        write_csv(found.shown(), CLOSING_COLUMNS)
    else:
        _say_closing(found)
    tell = say if form == "table" else warn
    for note in found.notes:
        tell(f"{capital(note)}.")
    return given.code


def _say_closing(found: Closing) -> None:
    closed = f"{plural(len(found.steps), 'partner')} could bring a tie to {found.closes}"
    if found.stay_fragile:
        closed += f", {found.stay_fragile} of them the first tie: fragile until there is a second"
    if not found.gaps:
        say(f"{found.county} County: no gap is recorded; where nobody asked, none can be known.", strong=True)
    else:
        nobody = "nobody on record could bring one a tie"
        say(f"{found.county} County: {plural(found.gaps, 'gap')}; {closed if found.steps else nobody}.", strong=True)
    for place, step in enumerate(found.steps, start=1):
        say()
        say(f"{place}. {step.suggestion.partner}", strong=True)
        wrapped(f"{step.reason}.")
        wrapped(step.suggestion.reason)
        wrapped(f"Sources: {sources_in_words(found.facts[key] for key in step.suggestion.facts if key in found.facts)}.")
    if found.best:
        say()
        together = listed(found.best, most=9)
        say(f"Chosen together, {plural(len(found.best), 'partner')} would close {found.best_closes}: {together}.")
    elif found.steps:
        say()
        say("No other choice of as many closes more." if found.is_exact else
            "Whether another choice closes more was not found in ten seconds.")  # fmt: skip
    if found.left:
        say()
        say(f"Still open: {len(found.left)}", strong=True)
        for why in list(found.left.values())[:MOST_SHOWN]:
            wrapped(f"{capital(why)}.")
    if found.not_asked:
        say()
        say(f"Not asked about, so no gaps that are known: {plural(len(found.not_asked), 'cell')}.")


@click.command(name="without")
@click.argument("name", metavar="NAME", required=False)
@reading_options
@click.option("--rank", is_flag=True, help="Instead of one partner: all, by what would be lost without them.")
@click.option("--county", metavar="COUNTY", help="With --rank: only what one county would lose.")
@AS_OF
@format_option
def without_command(name: str | None, files: Sequence[Path], store: str | None, no_reference: bool, rank: bool,
                    county: str | None, as_of: date | None, form: str) -> int:  # fmt: skip
    """What counties and LEAs would lose if a partner left, who would have nobody, and who could stand in.

    \b
    Examples:
      assetgraph without "North State STEM" --store assetgraph.kgl
      assetgraph without --rank --county Lake lake.xlsx
    """
    if rank and name is not None:
        files, name = (Path(name), *files), None  # no partner is named, so the first word is a file
    if name is not None and not rank and not files and Path(name).is_file():
        files, name = (Path(name),), None
    if name is None and not rank:
        raise UsageError("without needs to know the partner", "name it, or ask for all with --rank")
    if county and not rank:
        raise UsageError("--county goes with --rank", "leave it out: every county's loss is shown")
    with opened(files, store, no_reference=no_reference) as given, Waiting("taking the partner away"):
        from assetgraph.analysis.questions import ranking, without

        if rank:
            ranks = ranking(given.store, county=county, as_of=as_of)
        elif name is not None:
            left = without(given.store, name, as_of=as_of)
    if rank:
        rows: list[dict[str, Any]] = [one.shown() for one in ranks]
        if form == "table":
            write_table(rows[:MOST_SHOWN], ["partner", "reason"], last_is_sentence=True)
            say(f"{plural(len(rows), 'partner')} without whom something would be lost" + (
                f"; the first {MOST_SHOWN} are shown." if len(rows) > MOST_SHOWN else "."))  # fmt: skip
        else:
            emit(rows, list(ranks.columns), form)
        return given.code
    _show_leaving(left, form)
    return given.code


def _show_leaving(left: Leaving, form: str) -> None:
    from assetgraph.analysis.questions import LEAVING_COLUMNS

    tell = say if form == "table" else warn
    if form == "json":
        write_json(left.told())
    elif form == "csv":
        write_csv(left.shown(), LEAVING_COLUMNS)
    else:
        _say_leaving(left)
    if left.unmapped:
        named = listed(left.unmapped, most=9)
        tell(f"It is named for {named} too. The graph holds no map of them: what they would lose is not known.")
    if left.facts and form == "table":
        say()
        wrapped(f"Sources: {sources_in_words(left.facts.values())}.")


def _say_leaving(left: Leaving) -> None:
    say(f"Without {left.partner}:", strong=True)
    if not left.losses and not left.stranded:
        say("Nothing that is recorded falls back, and nobody is left with nobody.")
    from assetgraph.analysis.leaving import STATE_WORDS

    cells = [{"county": loss.county, "area": area_words(loss.area), "family": family_words(loss.family),
              "now": STATE_WORDS[loss.before], "without it": STATE_WORDS[loss.after]} for loss in left.losses]  # fmt: skip
    if cells:
        say(f"{plural(len(cells), 'cell')} of the gap grid would fall back (fragile: one tie, or all end soon).")
        write_table(cells, list(cells[0]), every_column=True)
    if left.stranded:
        say()
        say(f"Left with no other partner that is recorded: {len(left.stranded)}", strong=True)
        alone = [{"county": one.county, "who": one.name, "area": area_words(one.area)} for one in left.stranded]
        write_table(alone, list(alone[0]), every_column=True)
    stand_in = [{"county": county, "area": area_words(area), "partners already": listed(names) if names else "",
                 "could be asked": "; ".join(one.partner for one in left.instead.get((county, area), ()))}
                for (county, area), names in left.at_hand.items()]  # fmt: skip
    if stand_in:
        say()
        say("Who could stand in (blank: nobody recorded):", strong=True)
        write_table(stand_in, list(stand_in[0]), every_column=True)


@click.command(name="path")
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO", required=False)
@reading_options
@click.option("--to-kind", metavar="KIND", help="In place of TO: the nearest of a kind of partner, or family.")
@click.option("--k", "most", type=click.IntRange(1), default=5, show_default=True, metavar="N", help="How many paths.")
@AS_OF
@format_option
def path_command(start: str, end: str | None, files: Sequence[Path], store: str | None, no_reference: bool,
                 to_kind: str | None, most: int, as_of: date | None, form: str) -> int:  # fmt: skip
    """Who connects two organizations, or one with the nearest of a kind: the warmest paths of at most three hops.

    A path is the warmer, the stronger its ties are and the more freshly they are confirmed. From a county office it may begin at
    one of its LEAs, as the introductions of reach-out do.

    \b
    Examples:
      assetgraph path "Lake COE" "Butte COE" lake.xlsx butte.xlsx
      assetgraph path "Lake COE" --to-kind museum --k 3 --store assetgraph.kgl
    """
    if to_kind is not None and end is not None:
        files, end = (Path(end), *files), None  # a kind stands for where it leads, so this word is a file
    with opened(files, store, no_reference=no_reference) as given, Waiting("looking for paths"):
        from assetgraph.analysis.questions import paths

        found = paths(given.store, start, end, to_kind=to_kind, most=most, as_of=as_of)
    if form != "table":
        emit([path.shown() for path in found], list(found.columns), form)
        return given.code
    for place, path in enumerate(found, start=1):
        say(f"{place}. {' → '.join(path.ends)}" + ("" if path.is_live else "  (over ties that have ended)"), strong=True)
        for hop, fact in zip(path.hops, path.facts, strict=True):
            wrapped(f"{hop.sentence}; {sources_in_words([fact])}.")
    if not found:
        warn("No path of at most three hops is recorded; that does not mean that nobody could introduce you.")
    return given.code


@click.command(name="measures")
@reading_options
@click.option("--county", metavar="COUNTY", help="Of one county.  [default: that of the files, else all that have a map]")
@AS_OF
@format_option
def measures_command(files: Sequence[Path], store: str | None, no_reference: bool, county: str | None, as_of: date | None,
                     form: str) -> int:  # fmt: skip
    """Network measures of a county or of all, each with its meaning in a sentence; none is a grade.

    In CSV and JSON a blank value means that nothing is recorded from which it could be worked out. The formulas and their
    sources stand in assetgraph/analysis/measures.py.

    \b
    Examples:
      assetgraph measures lake.xlsx --county Lake
      assetgraph measures --store assetgraph.kgl --format json
    """
    with opened(files, store, no_reference=no_reference, county=county) as given, Waiting("measuring"):
        from assetgraph.analysis.questions import measures

        of = given.counties[0] if county is None and len(given.counties) == 1 else county
        found = measures(given.store, county=of, as_of=as_of)
    rows = [one.shown() for one in found]
    if form == "table":
        write_table([{**row, "value": "not recorded"} if row["value"] is None else row for row in rows],
                    ["measure", "value", "meaning"], every_column=True)  # fmt: skip
        say()
        for note in found.notes:
            wrapped(f"{note}.")
    else:
        emit(rows, list(found.columns), form)
        for note in found.notes:
            warn(f"{note}.")
    return given.code
