"""All commands under their one name."""

from __future__ import annotations

import click

import assetgraph
from assetgraph.cli.ask import ask_group, questions
from assetgraph.cli.build import build_command
from assetgraph.cli.cypher import cypher_command
from assetgraph.cli.demo import demo
from assetgraph.cli.map import map_command
from assetgraph.cli.program import Program
from assetgraph.cli.sheets import check, template
from assetgraph.cli.sources import sources_group
from assetgraph.cli.store import store_group

__all__ = ["main"]


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(assetgraph.__version__, prog_name="assetgraph")
def main() -> None:
    """Asset maps as one graph: who connects to whom, where a partner is missing, whom to reach out to, and why.

    \b
    Start here:
      assetgraph demo                                  the sample, to look at
      assetgraph template lake.xlsx --county Lake      your own county's workbook
      assetgraph map lake.xlsx                         from your sheet to a map
    """


for _command in (demo, template, check, build_command, ask_group, questions, map_command, sources_group, cypher_command,
                 store_group):  # fmt: skip
    main.add_command(_command)
