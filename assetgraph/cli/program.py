"""The one error boundary: every error becomes one line on standard error and an exit code.

0 done; 1 something was refused or failed, and what could be done was done and said; 2 the command was not understood.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from assetgraph.errors import AssetGraphError
from assetgraph.model.names import clean_text

__all__ = ["Program"]


class Program(click.Group):
    """The top command. A command returns its exit code, None for 0; no error leaves here as anything but a line.

    ``table`` gives, for each command, ``module:name`` and the first line of its help. A command is imported when it is
    called, so that help is there at once and no command pays for what another needs.
    """

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]] | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.table = table or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return sorted({*self.commands, *self.table})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now; None when there is none."""
        if cmd_name in self.table and cmd_name not in self.commands:
            module, _, name = self.table[cmd_name][0].partition(":")
            self.add_command(getattr(import_module(module), name), cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the first line of its help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.table[name][1]) for name in sorted(self.table)])

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run a command line and leave with its exit code."""
        extra.pop("standalone_mode", None)
        if args is None:
            _begin_in_utf8()
        _steady_streams()
        try:
            code = super().main(args, prog_name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except AssetGraphError as error:
            code = _said(str(error), error.exit_code)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = error.exit_code
        except click.ClickException as error:
            code = _said(_in_one_line(error), error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            code = _said("stopped; what was not finished was not written", 1)
        except BrokenPipeError:
            # Whoever read the output has gone; what is still buffered must not raise once more at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _said("the output was closed before it was whole", 1)
        except Exception as error:  # noqa: BLE001 - it is shown whole, and said to be a defect
            traceback.print_exc()
            code = _said(f"{type(error).__name__} is a defect of assetgraph: please report it with the lines above", 1)
        sys.exit(code if isinstance(code, int) else 0)


def _said(line: str, code: int) -> int:
    click.echo(f"Error: {clean_text(line)}", err=True)
    return code


def _in_one_line(error: click.ClickException) -> str:
    """What click says, and the help to look at."""
    line = error.format_message()
    line = line if line.endswith(("?", "!")) else f"{line.rstrip('.')}."
    context = getattr(error, "ctx", None)
    return f"{line} `{context.command_path} --help` shows how it is written." if context else line


def _begin_in_utf8() -> None:
    """Begin again where Python would take file names for ASCII (LC_ALL=C and PYTHONUTF8=0): sheets have names in UTF-8."""
    if sys.getfilesystemencoding() == "ascii":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - the same program, the same words


def _steady_streams() -> None:
    """Text goes out as UTF-8 into files and pipes on every system, and never fails on a terminal that lacks a letter."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(errors="backslashreplace") if stream.isatty() else change(encoding="utf-8", errors="backslashreplace")
