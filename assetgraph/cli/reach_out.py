"""``reach-out``: who a county could ask, and why them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assetgraph.cli.given import AS_OF, edition_option, format_option, opened, reading_options
from assetgraph.cli.output import say, warn, wrapped, write_csv, write_json, write_table
from assetgraph.cli.waiting import Waiting
from assetgraph.errors import UsageError
from assetgraph.queries.words import area_words, capital, day

if TYPE_CHECKING:
    from assetgraph.analysis.candidates import Reason
    from assetgraph.analysis.reach_out import ReachOut, Suggestion
    from assetgraph.analysis.sharing import Shared
    from assetgraph.queries.answer import Fact

__all__ = ["reach_out_command"]


@click.command(name="reach-out")
@reading_options
@click.option("--county", metavar="COUNTY", help="The county that asks.  [required, but for the map of one county]")
@click.option("--area", metavar="AREA", help="The content area: math, science, computer science or another.")
@click.option("--need", metavar="WORDS",
              help="A need of the county, by some of its words. Who could meet it comes before its like.")  # fmt: skip
@click.option("--kind", metavar="KIND", help="Only one kind of partner, or one family of kinds.")
@click.option("--top", type=click.IntRange(1), default=10, show_default=True, metavar="N", help="How many to show.")
@click.option("--explain", "named", metavar="NAME", help="Say why an organization is, or is not, on the list, and where.")
@click.option("--every-county", "everywhere", is_flag=True,
              help="The lists of all counties at once, nobody suggested to more than --cap of them.")  # fmt: skip
@click.option("--cap", type=click.IntRange(1), metavar="N",
              help="With --every-county: how many counties one organization is suggested to.  [default: 5]")  # fmt: skip
@AS_OF
@format_option
@edition_option
def reach_out_command(files: Sequence[Path], store: str | None, no_reference: bool, county: str | None, area: str | None,
                      need: str | None, kind: str | None, top: int, named: str | None, everywhere: bool, cap: int | None,
                      as_of: date | None, form: str, edition: str) -> int:  # fmt: skip
    """Who a county could reach out to on a content area, and why them.

    Eligible is who works on the area, serves the county, and is no partner of its office yet. First come those who are near,
    then providers, then those to whom somebody could introduce you, who meet a need or close a gap, and who work with counties
    like yours.

    \b
    Examples:
      assetgraph reach-out lake.xlsx --county Lake --area "computer science"
      assetgraph reach-out --store assetgraph.kgl --county Lake --area math --kind museum --top 5
      assetgraph reach-out lake.xlsx --county Lake --need "mathematics teachers"
      assetgraph reach-out lake.xlsx --county Lake --area CS --explain WestEd
      assetgraph reach-out --store assetgraph.kgl --every-county --area math --top 3 --cap 4 --format csv
    """
    if everywhere and (county or need or kind or named or area is None):
        raise UsageError("--every-county goes with --area, --top and --cap alone", "leave the others out, and name the area")
    if cap is not None and not everywhere:
        raise UsageError("--cap goes with --every-county", "leave it out: one county's list has no cap")
    if named and kind:
        raise UsageError("--explain and --kind were both given", "leave --kind out: a name is explained whatever its kind")
    with opened(files, store, no_reference=no_reference, county=county) as given:
        with Waiting("looking for whom to reach out to"):
            from assetgraph.analysis import questions
            from assetgraph.queries.answer import facts_with

            asked = {"area": area, "as_of": as_of, "edition": edition}
            if everywhere:
                capped = asked if cap is None else {**asked, "cap": cap}
                everywhere_at_once = questions.reach_out_everywhere(given.store, top=top, **capped)
                shown: Callable[[], None] = partial(_show_shared, everywhere_at_once, form)
            elif named is not None:
                why = questions.explain(given.store, named, county=given.county_for("reach-out", county), need=need, **asked)  # type: ignore[arg-type]
                shown = partial(_show_why, why, facts_with(given.store, (fact for one in why for fact in one.facts)), form)
            else:
                shown = partial(_show, questions.reach_out(
                    given.store, county=given.county_for("reach-out", county), need=need, kind=kind, top=top, **asked), form)  # type: ignore[arg-type]
        shown()
    return given.code


def _show_why(why: Sequence[Reason], facts: Sequence[Fact], form: str) -> None:
    from assetgraph.queries.answer import sources_in_words

    if form == "json":
        lines = {fact.id: fact.model_dump(mode="json") for fact in facts}
        write_json([{"reason": one.sentence, "facts": [lines[fact] for fact in one.facts if fact in lines]} for one in why])
        return
    if form == "csv":
        write_csv([{"reason": one.sentence, "facts": list(one.facts)} for one in why], ["reason", "facts"])
        return
    for one in why:
        wrapped(f"{capital(one.sentence)}.")
    if facts:
        wrapped(f"Sources: {sources_in_words(facts)}.")


def _show(found: ReachOut, form: str) -> None:
    from assetgraph.analysis.reach_out import COLUMNS

    tell = say if form == "table" else warn
    if form == "json":
        write_json(found.shown())
    elif form == "csv":
        write_csv([one.shown() for one in found], list(COLUMNS))
    else:
        about = f"{found.county} County, {area_words(found.area)}, {day(found.on)}"
        shown = f"the first {len(found)} of {found.total}" if len(found) < found.total else f"{found.total}"
        say(f"Who could be asked. {about}: {shown}.", strong=True)
        for one in found:
            say()
            _say_suggestion(one)
            wrapped(f"Sources: {found.sources_of(one)}.")
        say()
    for note in found.notes:
        tell(f"{capital(note)}.")


def _show_shared(shared: Shared, form: str) -> None:
    from assetgraph.analysis.reach_out import COLUMNS

    tell = say if form == "table" else warn
    if form == "json":
        write_json(shared.told())
    elif form == "csv":
        write_csv(shared.shown(), ["county", *COLUMNS])
    else:
        write_table([{"county": county, "place": one.place, "partner": one.partner,
                      "kind": one.kind_in_words,
                      "home county": one.home_county or "not recorded"}
                     for county, found in shared.lists.items() for one in found],
                    ["county", "place", "partner", "kind", "home county"], every_column=True)  # fmt: skip
        say("Why each of them: --format csv, or the list of one county.")
    fair = shared.fairness
    passed = sum(map(len, shared.passed_over.values()))
    tell(f"{fair.suggestions} suggestions of {fair.organizations} organizations, each to {fair.most_often} counties at most "
         f"(cap {shared.cap}); {passed} times the cap put the next best in place of somebody.")  # fmt: skip
    if fair.to_the_ten is not None:
        tell(f"{fair.to_the_ten:.0%} of them go to the ten organizations with most ties.")
    for kind, (named, total) in (("rural LEAs", fair.rural), ("small LEAs", fair.small), ("other LEAs", fair.others),
                                 ("LEAs whose place and size are not recorded", fair.unknown)):  # fmt: skip
        tell(f"Of {total} {kind}, {named} are named by a suggestion of their county: open to them, or led to through them.")
    unmapped = sum(any("holds no map" in note for note in found.notes) for found in shared.lists.values())
    if unmapped:
        tell(f"Of {unmapped} counties the graph holds no map: whom they work with already is not known.")


def _say_suggestion(one: Suggestion) -> None:
    say(f"{one.place}. {one.partner}", strong=True)
    known = ", known from public pages alone" if one.is_reference else ""
    fresh = f", as of {day(one.latest)}" if one.latest else ""
    wrapped(f"{one.kind_in_words}{known}{fresh}.")
    for reason in one.reasons:
        wrapped(f"{reason.sentence}.")
    if one.introduction:
        wrapped(f"Who could introduce you: {'; '.join(hop.sentence for hop in one.introduction)}.")
    if one.against:
        wrapped(f"Before you call: {'. '.join(said.sentence for said in one.against)}.")
