"""Real command lines that start at once: a process that has loaded the package gives birth to each.

What is killed is a process of its own in the very code of ``assetgraph``; only loading is done beforehand. The process
that gives birth never touches the engine, whose threads no child would have.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Self

__all__ = ["Ended", "Nursery"]


class Ended:
    """How a command line ended: its exit code (minus the signal that killed it), and what it said."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def __repr__(self) -> str:
        return f"Ended({self.code}, {self.out!r}, {self.err!r})"


class Nursery:
    """Starts command lines in a folder, one at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                         cwd=folder, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})  # fmt: skip

    def start(self, *words: str) -> int:
        """The process id of ``assetgraph words…``, which listens to signals already."""
        self._tell({"words": words})
        return int(self._answer())

    def ended(self) -> Ended:
        """How the one that was started ended; waits for it."""
        code = int(self._answer())
        return Ended(code, *(self._said(name) for name in ("out", "err")))

    def has_ended(self, within: float) -> bool:
        """Whether it ends within so many seconds."""
        return bool(select.select([self._process.stdout], [], [], within)[0])

    def run(self, *words: str) -> Ended:
        """A command line from its start to its end."""
        self.start(*words)
        return self.ended()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()
        for name in ("out", "err"):
            Path(self._folder, f".{name}").unlink(missing_ok=True)

    def _tell(self, what: dict[str, Sequence[str]]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def _said(self, name: str) -> str:
        return Path(self._folder, f".{name}").read_text(encoding="utf-8", errors="replace")


def _serve() -> None:
    import assetgraph.build.plan
    import assetgraph.build.project
    import assetgraph.build.reference
    import assetgraph.cli.build
    import assetgraph.intake.reading
    import assetgraph.store.embedded  # noqa: F401 - loaded, and not used here

    for line in sys.stdin:
        listens, tells = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(listens)
            _live(json.loads(line)["words"], tells)
        os.close(tells)
        os.read(listens, 1)
        os.close(listens)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _live(words: list[str], tells: int) -> None:
    from assetgraph import stopping
    from assetgraph.__main__ import run

    for number, name in ((1, ".out"), (2, ".err")):
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, number)
        os.close(handle)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = ["assetgraph", *words]
    code = 70
    try:
        stopping.listen()
        os.write(tells, b"x")
        run()
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
    except stopping.Stopped:  # between listening and running, which a process of its own does in one
        sys.stderr.write(f"Error: {stopping.STOPPED}\n")
        code = 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
