"""Files as they are written: whole or not at all. Everything that this package writes goes through here.

A file is made in a folder of its own beside its place, flushed to the disk and then put in place in one step, so a
reader, a full disk or a power cut meets the old file or the new one and never half of one. What is replaced keeps its
permissions and, where the system lets us, its owner. Writing to a link replaces what it points at; the link stays.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from assetgraph.errors import OutputError
from assetgraph.stopping import check

__all__ = ["cause", "check_ours", "check_replaceable", "make_folder", "replacing", "sweep", "write_whole"]

_PART = ".part"
_LONGEST_NAME = 200
"""Bytes of a file's name that the name of the folder beside it holds; systems allow 255 in all."""
_NO_ROOM = ("no room is left on the disk", "free some room, or name a file on another disk")
_NOT_ALLOWED = ("you may not write there", "name a file in a folder you may write to")
_CAUSES = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: ("the disk can only be read", "name a file on a disk you may write to"),
    errno.ENOENT: ("its folder does not exist", "make the folder, or name another one"),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "name a file in a folder"),
    errno.EISDIR: ("it is a folder", "give the name of a file"),
    errno.ENAMETOOLONG: ("its name is too long", "give it a shorter name"),
    errno.ELOOP: ("its links lead in a circle", "mend the links, or name another file"),
    errno.EIO: ("the disk reports a fault", "name a file on another disk"),
}


def cause(problem: OSError) -> tuple[str, str]:
    """Why the system refused to write a file, and what to do about it.

    >>> cause(OSError(errno.ENOSPC, ""))
    ('no room is left on the disk', 'free some room, or name a file on another disk')
    """
    other = (problem.strerror or "the system refused it").rstrip("."), "check the name, and that no program has it open"
    return _CAUSES.get(problem.errno or 0, other)


def write_whole(path: str | Path, content: bytes) -> None:
    """The file, now holding exactly these bytes, safe on the disk; on any failure nothing has changed.

    Raises OutputError, with what the system said, when it cannot be written.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_whole(Path(folder, "lake.txt"), b"Lake")
    ...     os.listdir(folder)
    ['lake.txt']
    """
    with replacing(path) as part:
        part.write_bytes(content)


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """The path of a file that is not there yet: what is written to it takes the place of ``path`` at the end.

    The file is put in place only when the block ends well; else, and when it is interrupted, nothing stays behind.
    Raises OutputError for what the system refuses, in the block too.
    """
    path = Path(path)
    with _refusals(path):
        old = check_replaceable(path)
        target = _target(path)
        home = Path(tempfile.mkdtemp(prefix=_beside(target), suffix=_PART, dir=target.parent))
        try:
            part = home / "file"
            yield part
            if old is not None:
                _dress(part, old)
            _flush(part)
            check()
            os.replace(part, target)
            _flush_folder(target.parent)
        finally:
            shutil.rmtree(home, ignore_errors=True)


def check_replaceable(path: str | Path) -> os.stat_result | None:
    """What is at the path now, None for nothing. Raises OutputError for what must not be replaced.

    That is a folder, a device, and a file that somebody made read-only; the last also for the superuser, who could.
    """
    path = Path(path)
    with _refusals(path):
        try:
            old = os.stat(path)
        except FileNotFoundError:
            return None
        if stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(old.st_mode):
            raise _refused(path, "it is a device or a pipe", "give the name of a file")
        if not old.st_mode & 0o222 or not os.access(path, os.W_OK):
            raise _refused(path, "it is read-only", "allow writing to it, or name another file")
        return old


def check_ours(path: Path, mark: bytes, own: Iterable[Path] = ()) -> None:
    """That a file which would be replaced was made by us: it holds a mark near its beginning, and is none of the user's own.

    Raises OutputError for anything else that is there already.
    """
    if not path.exists():
        return
    mine = not path.is_file() or any(file.exists() and path.samefile(file) for file in own)
    with path.open("rb") if path.is_file() else nullcontext() as stream:
        if mine or stream is None or mark not in stream.read(2000):
            raise OutputError(f"{path} is there already and was not made by assetgraph", "name another place with --out")


def make_folder(path: str | Path) -> None:
    """The folder, there now, with those above it. Raises OutputError when it cannot be made."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except FileExistsError as problem:
        raise OutputError(f"{path}: no folder can be made: a file is there already", "name another folder") from problem
    except OSError as problem:
        what, cure = cause(problem)
        raise OutputError(f"{path}: no folder can be made: {what}", cure.replace("a file", "a folder")) from problem


def sweep(path: str | Path) -> None:
    """Nothing; what killed processes left beside the file is taken away. Only for who alone may write the file."""
    target = _target(Path(path))
    with suppress(OSError):
        for left in os.listdir(target.parent):
            if re.fullmatch(rf"{re.escape(_beside(target))}[a-z0-9_]{{8}}{re.escape(_PART)}", left):
                shutil.rmtree(target.parent / left, ignore_errors=True)


def _target(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _beside(target: Path) -> str:
    """How the name of the folder begins in which the file is made."""
    name = os.fsencode(target.name)
    return f".{target.name if len(name) <= _LONGEST_NAME else hashlib.sha256(name).hexdigest()}."


def _refused(path: Path, what: str, cure: str) -> OutputError:
    return OutputError(f"{path}: cannot be written: {what}", cure)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise _refused(path, *cause(problem)) from problem


def _dress(part: Path, old: os.stat_result) -> None:
    """Give the new file the old one's permissions, and its owner where only an administrator could have asked us to."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(part, old.st_uid, old.st_gid)
    os.chmod(part, stat.S_IMODE(old.st_mode))


def _flush(part: Path) -> None:
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
