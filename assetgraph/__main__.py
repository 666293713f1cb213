"""``python -m assetgraph``, and ``assetgraph``: the command line as a process, which a signal stops with one line."""

from __future__ import annotations

import sys
from contextlib import suppress

from assetgraph.stopping import STOPPED, Stopped, drop_output, end, listen

__all__ = ["run"]


def run(prog_name: str | None = None) -> None:
    """Leaves with the exit code of the command line; with 1 and one line when it was stopped, loading included."""
    try:
        listen()
        from assetgraph.cli import main

        main(prog_name=prog_name)
    except Stopped:
        drop_output(sys.stdout)
        with suppress(OSError, AttributeError):  # nobody may be there to read it
            sys.stderr.write("\n" * sys.stderr.isatty() + f"Error: {STOPPED}\n")
        sys.exit(1)
    finally:
        end()


if __name__ == "__main__":
    run("python -m assetgraph")
