"""The command line: parse, one call into the library, render."""

from __future__ import annotations

from assetgraph.cli.commands import main

__all__ = ["main"]
