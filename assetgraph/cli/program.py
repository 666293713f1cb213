"""The one error boundary: every error becomes one line on standard error and an exit code.

0 done; 1 something was refused or failed, and what could be done was done and said; 2 the command was not understood.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn

import click

from assetgraph.errors import AssetGraphError, OutputError
from assetgraph.files import cause
from assetgraph.model.names import clean_text
from assetgraph.stopping import STOPPED, check, drop_output, end

__all__ = ["Program"]

_OF_OUTPUT = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)
"""What the system says when a line cannot be printed; only that names no file."""


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
            with _refusals():
                sys.stdout.flush()
        except AssetGraphError as error:
            code = _said(str(error), error.exit_code)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = error.exit_code
        except click.ClickException as error:
            code = _said(_in_one_line(error), error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            code = _said(STOPPED, 1)
        except Exception as error:  # noqa: BLE001 - it is shown whole, and said to be a defect
            check()
            click.echo("\n".join(map(_without_escapes, traceback.format_exc().splitlines())), err=True)
            code = _said(f"{type(error).__name__} is a defect of assetgraph: please report it with the lines above", 1)
        sys.exit(code if isinstance(code, int) else 0)

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        """The command line, understood; help and version are printed here."""
        with _refusals():
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        """What the command returns."""
        with _refusals():
            return super().invoke(ctx)


def _said(line: str, code: int) -> int:
    end()
    try:
        click.echo(f"Error: {clean_text(line)}", err=True)
    except OSError:  # nobody reads it; the exit code says it still
        drop_output(sys.stderr)
    return code


def _without_escapes(line: str) -> str:
    """A line of a traceback, indented as it was; what it quotes may come from a sheet."""
    return " " * (len(line) - len(line.lstrip(" "))) + clean_text(line)


@contextmanager
def _refusals() -> Iterator[None]:
    """Nothing; what the system refuses inside, a file or what we print, is told as an error of ours.

    Left to themselves, click and rich end without a word when whoever read the output has gone. What came of a stop,
    an answer or an error, is told as a stop.
    """
    try:
        try:
            yield
        finally:
            check()
    except KeyboardInterrupt as error:  # the graph engine listens for Ctrl-C by itself; click would print an empty line
        raise click.Abort from error
    except OSError as error:
        raise _refused(error) from error
    except SystemExit as error:
        if not isinstance(error.__context__, BrokenPipeError):
            raise
        raise _refused(error.__context__) from error


def _refused(error: OSError) -> AssetGraphError:
    what, cure = cause(error)
    if error.filename is not None:
        return AssetGraphError(f"{error.filename}: {what}", cure)
    if error.errno not in _OF_OUTPUT:
        return AssetGraphError(f"the system refused to go on: {what}", cure)
    drop_output(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return AssetGraphError("the output was closed before it was whole")
    return OutputError(f"the output cannot be written: {what}", cure)


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


def _buffered(stream: Any) -> Any:
    """The stream; where Python was told to keep nothing back (PYTHONUNBUFFERED), one that keeps a line back.

    A disk with room for a part of a text takes that part, and a stream that keeps nothing back drops the rest without a word.
    """
    raw = getattr(stream, "buffer", None)
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.detach()
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, stream.errors, line_buffering=True)


def _steady_streams() -> None:
    """Text goes out as UTF-8 into files and pipes on every system, and never fails on a terminal that lacks a letter."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - it stays open to the end
        held = getattr(sys, name)
        stream = _buffered(held)
        if stream is not held:
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)  # the width of the terminal is asked of it
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(errors="backslashreplace") if stream.isatty() else change(encoding="utf-8", errors="backslashreplace")
