"""What lies in a folder: which files are read, which of them as one, and what to say of all the others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assetgraph.errors import InputError
from assetgraph.intake.hostile import OTHER_PROGRAMS, WORKBOOKS, is_workbook
from assetgraph.intake.tables import file_name
from assetgraph.model.names import fold

__all__ = ["Bundle", "bundles_of", "refuse_containers"]

_TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt", ".psv"})
_MAILS = frozenset({".eml", ".msg", ".mbox"})
_ARCHIVES = frozenset({".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz"})
_LINKS = frozenset({".gsheet", ".gdoc", ".url", ".webloc", ".lnk", ".desktop"})
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".heic", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".svg"})
_PACKAGES = frozenset({".numbers", ".pages", ".key"})
"""What is one file to the person who made it may be a folder here."""

_LITTER = frozenset({"thumbs.db", "desktop.ini", "icon", "__macosx"})
_READ_ME = "read me"
_INSTRUCTIONS = frozenset({"readme", "read me", "license", "licence"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are read as one: a workbook, a text table, or a folder of text tables with a Read me."""

    name: str
    files: tuple[Path, ...]
    left_out: tuple[str, str] | None = None
    """Why it is not read, and what to do; None for what is."""

    @property
    def is_workbook(self) -> bool:
        """Whether it is one workbook."""
        return len(self.files) == 1 and is_workbook(self.files[0])


def bundles_of(paths: Iterable[Path]) -> list[Bundle]:
    """Everything that the paths name, folders looked through, each file once, in the order given.

    >>> [bundle.name for bundle in bundles_of([Path("lake.xlsx"), Path("lake.xlsx")])]
    ['lake.xlsx']
    """
    found: dict[tuple[str, ...], Bundle] = {}
    for path in paths:
        is_folder = os.path.isdir(path) and path.suffix.casefold() not in _PACKAGES
        for bundle in _folder(path) if is_folder else [Bundle(file_name(path), (path,))]:
            # The same file given twice is read once.
            found.setdefault(tuple(_real(file) for file in bundle.files), bundle)
    return list(found.values())


def refuse_containers(path: Path) -> None:
    """None for a file that may itself be a table. Raises InputError for what only holds, or leads to, such files."""
    name, ending = file_name(path), path.suffix.casefold()
    if ending in _MAILS:
        raise InputError(f"{name} is an e-mail", "save the sheet that is attached to it, and give that")
    if ending in _ARCHIVES:
        raise InputError(f"{name} is an archive", "unpack it, and give the files that are in it")
    if ending in _LINKS:
        raise InputError(f"{name} is a link to something elsewhere", "download the sheet as .xlsx, and give that")
    if ending in _PACKAGES and path.is_dir():
        raise InputError(f"{name} is a file of another program", "open it there and export it as .xlsx")


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)


def _folder(folder: Path) -> list[Bundle]:
    met = sorted(_walk(folder), key=lambda bundle: bundle.files)
    tables = [bundle.files[0] for bundle in met if bundle.left_out is None and bundle.files[0].suffix.casefold() in _TEXTS]
    homes = {path.parent for path in tables if fold(path.stem) == _READ_ME}
    maps: dict[Path, list[Path]] = {home: [] for home in homes}
    for path in tables:
        if path.parent in homes and not is_workbook(path):
            maps[path.parent].append(path)
    taken = {path for files in maps.values() for path in files}
    made = [Bundle(file_name(home), tuple(files)) for home, files in maps.items()]
    made += [bundle for bundle in met if bundle.files[0] not in taken]
    return sorted(made, key=lambda bundle: bundle.files) or [Bundle(file_name(folder), (folder,))]


def _walk(folder: Path) -> Iterator[Bundle]:
    """Every file in a folder and below, and every folder that is not looked into."""
    unread: list[OSError] = []
    for home, folders, files in os.walk(folder, onerror=unread.append):
        for name in sorted(folders):
            path = Path(home, name)
            left_out = _folder_left_out(path)
            if left_out is not None or path.suffix.casefold() in _PACKAGES:
                folders.remove(name)
                yield Bundle(file_name(path), (path,), left_out)
        for name in files:
            path = Path(home, name)
            yield Bundle(file_name(path), (path,), _left_out(path))
    for problem in unread:
        path = Path(os.fsdecode(problem.filename))
        yield Bundle(file_name(path), (path,))


def _folder_left_out(path: Path) -> tuple[str, str] | None:
    if path.name.startswith(".") or path.name.casefold() in _LITTER:
        return "it is a folder that the system or a program keeps for itself", ""
    return ("it is a link to another folder, which is not followed", "give that folder too") if path.is_symlink() else None


def _left_out(path: Path) -> tuple[str, str] | None:
    """Why a file in a folder is not read, and what to do; None when it is, or when it is to be refused by name."""
    name, ending = path.name, path.suffix.casefold()
    if name.startswith("~$"):
        what = f"it is a lock: {name[2:]} is open in Excel, or was when it was copied"
        return what, "close it there, and its last changes are in it"
    if name.startswith(".") or name.casefold().rstrip("\r") in _LITTER:
        return "the system or a program wrote it for itself", ""
    if ending == ".txt" and fold(path.stem) in _INSTRUCTIONS:
        return "it holds instructions and no table", ""
    if ending in _PICTURES:
        return "it is a picture, from which nothing is read", "type the rows that it shows into a sheet"
    if ending in WORKBOOKS | _TEXTS | OTHER_PROGRAMS | _MAILS | _ARCHIVES | _LINKS or os.path.islink(path):
        return None
    return "it is no kind of file that holds a table", "if it holds one, save it as .xlsx or as .csv"
