"""All commands under their one name, each imported when it is called."""

from __future__ import annotations

import click

import assetgraph
from assetgraph.cli.program import Program

__all__ = ["main"]

_COMMANDS = {
    "demo": ("assetgraph.cli.demo:demo",
             "Build the sample of eight counties: a graph, a map of each, and their workbooks as examples to copy."),
    "template": ("assetgraph.cli.sheets:template",
                 "Write the workbook that a county fills in. Only its Quickstorm sheet is needed."),
    "check": ("assetgraph.cli.sheets:check",
              "Read files and say what would be kept, changed and refused, row by row. Nothing is stored."),
    "build": ("assetgraph.cli.build:build_command",
              "Build files, or folders of files, into a store. Building the same map again replaces all its facts."),
    "ask": ("assetgraph.cli.ask:ask_group", "Ask one question of your files, or of a store."),
    "questions": ("assetgraph.cli.ask:questions", "List every question: its purpose, its parameters and its columns."),
    "reach-out": ("assetgraph.cli.reach_out:reach_out_command",
                  "Who a county could reach out to on a content area, and why them."),
    "outreach": ("assetgraph.cli.outreach:outreach_group",
                 "Keep the log of whom a county asked and what came of it. It is private, and changes the next list."),
    "close-gaps": ("assetgraph.cli.structure:close_gaps_command",
                   "The fewest partners that close the most gaps of a county, what each one adds, and what stays open."),
    "without": ("assetgraph.cli.structure:without_command",
                "What counties and LEAs would lose if a partner left, who would have nobody, and who could stand in."),
    "path": ("assetgraph.cli.structure:path_command",
             "Who connects two organizations, or one with the nearest of a kind: the warmest paths of at most three hops."),
    "measures": ("assetgraph.cli.structure:measures_command",
                 "Network measures of a county or of all, each with its meaning in a sentence; none is a grade."),
    "evaluate": ("assetgraph.cli.evaluate:evaluate",
                 "Measure how well whom to reach out to is found: hide each member in turn, and ask who is missing."),
    "map": ("assetgraph.cli.map:map_command", "Draw one county's map as a page that opens in any browser, also from an email."),
    "picture": ("assetgraph.cli.pictures:picture_command",
                "One still picture for a report or a slide: map, gaps, timeline, needs, or state."),
    "state-map": ("assetgraph.cli.pictures:state_map_command",
                  "The map of all counties, of a region or of some, as one page with the rings of each to open."),
    "compare": ("assetgraph.cli.pictures:compare_command",
                "Before and after: which ties are new, lost or changed between two sets of files, or two stores."),
    "publish": ("assetgraph.cli.pictures:publish_command",
                "A folder for any web site or disk: an index, a page for each county, the state map and the data."),
    "sources": ("assetgraph.cli.sources:sources_group", "List the sources of a store, or of files; or retire one."),
    "cypher": ("assetgraph.cli.cypher:cypher_command", "Ask your own read-only Cypher, of your files or of either store."),
    "store": ("assetgraph.cli.store:store_group", "Look at a store."),
}  # fmt: skip
"""Name to where the command is, and the first line of its help: a list of commands needs no more, and is there at once."""


def _say_version(context: click.Context, option: click.Parameter, is_asked: bool) -> None:
    """Say the version; it is looked up only when it is asked for."""
    if is_asked:
        click.echo(f"assetgraph, version {assetgraph.__version__}")
        context.exit()


@click.group(cls=Program, table=_COMMANDS,
             context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})  # fmt: skip
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_say_version,
              help="Show the version and exit.")  # fmt: skip
def main() -> None:
    """Asset maps as one graph: who connects to whom, where a partner is missing, whom to reach out to, and why.

    \b
    Start here:
      assetgraph demo                                  the sample, to look at
      assetgraph template lake.xlsx --county Lake      your own county's workbook
      assetgraph map lake.xlsx                         from your sheet to a map
    """
