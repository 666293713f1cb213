"""``python -m assetgraph`` is the command line."""

from __future__ import annotations

from assetgraph.cli import main

if __name__ == "__main__":
    main(prog_name="python -m assetgraph")
