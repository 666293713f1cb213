"""What is refused before a file is read: pipes and folders, other kinds of file, locked ones, those made to swell."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, NoReturn
from xml.parsers import expat

from assetgraph.errors import InputError
from assetgraph.intake.tables import file_name

__all__ = ["OTHER_PROGRAMS", "SAVE_AGAIN", "WORKBOOKS", "is_workbook", "refuse_hostile", "refuse_what_is_no_file"]

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
OTHER_PROGRAMS = frozenset({".xls", ".xlsb", ".ods", ".numbers", ".pdf", ".doc", ".docx", ".odt", ".pages", ".rtf"})

SAVE_AGAIN = "open it in a spreadsheet program and save it as .xlsx"

_LARGEST_UNPACKED = 400_000_000
_LARGEST_PART = 250_000_000
_PACKS_WELL, _MOST_PACKED = 10_000_000, 150
"""A sheet packs to a tenth or a thirtieth of its size; a large part that packs to less than this holds no rows."""
_MOST_PARTS = 5_000
_PIECE = 1 << 16

_ZIP = b"PK\x03\x04"
_PDF = b"%PDF"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_COMPOUND_KINDS = (
    ("EncryptedPackage", "is protected with a password", "remove the password and save it again"),
    ("WordDocument", "is an old Word file", "put the rows into a workbook and save it as .xlsx"),
    ("Workbook", "is an old Excel file", "open it and save it as .xlsx"),
    ("Book", "is an old Excel file", "open it and save it as .xlsx"),
)
_BROKEN_OFF = "is cut off: its end is missing", "copy or download it again"


class _Began(Exception):
    """The first element of a part: nothing that comes after it can be an instruction."""


class _Instructions(Exception):
    """A document type, where entities are declared."""


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook or another program's file, and no text: by its ending, or by what it begins with."""
    if path.suffix.casefold() in WORKBOOKS | OTHER_PROGRAMS or not os.path.isfile(path):
        return path.suffix.casefold() in WORKBOOKS | OTHER_PROGRAMS
    try:
        with path.open("rb") as stream:
            return stream.read(8).startswith((_ZIP, _COMPOUND, _PDF))
    except OSError:
        return False


def refuse_what_is_no_file(path: Path) -> None:
    """None for a file that holds anything. Raises InputError for a folder, a pipe, a device or an empty file.

    Raises OSError when the file is not there or may not be looked at.
    """
    name = file_name(path)
    try:
        status = path.stat()
    except ValueError as problem:
        raise InputError(f"{name}: no file can have this name ({problem})", "check the name") from problem
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"the folder {name} holds no workbook and no text table", "name a folder with .xlsx or .csv files")
    if not stat.S_ISREG(status.st_mode):
        # A pipe may never begin and a device never end: neither is opened to find out.
        raise InputError(f"{name} is a pipe or a device and no file", "save what it gives as a file, and give that")
    if status.st_size == 0:
        raise InputError(f"{name} is empty", "save it again, or leave it out")


def refuse_hostile(path: Path) -> None:
    """None for a file that may be opened as a workbook.

    Raises InputError, with what the file is instead, for anything else; nothing is unpacked to find out. Raises
    OSError when the file cannot be opened.
    """
    _refuse_other_kinds(path)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_absurd(path, archive)
            _refuse_other_archives(path, archive)
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _refuse_instructions(path, archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, LookupError, ValueError, RuntimeError) as problem:
        raise InputError(f"{file_name(path)} is broken and cannot be read as a workbook", SAVE_AGAIN) from problem


def _refuse_other_kinds(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(8)
        if start.startswith(_COMPOUND):
            with mmap(stream.fileno(), 0, access=ACCESS_READ) as whole:
                found = (kind for kind in _COMPOUND_KINDS if whole.find(kind[0].encode("utf-16-le")) >= 0)
                _, what, cure = next(found, ("", "is an old Excel or Word file", "open it and save it as .xlsx"))
            raise InputError(f"{file_name(path)} {what}", cure)
    if start.startswith(_PDF):
        raise InputError(f"{file_name(path)} is a PDF", "put the rows into a workbook and save it as .xlsx")
    if not zipfile.is_zipfile(path):
        what, cure = _BROKEN_OFF if start.startswith(_ZIP) else (
            "is not a workbook", "save it as .xlsx, or as CSV with the ending .csv")  # fmt: skip
        raise InputError(f"{file_name(path)} {what}", cure)


def _refuse_other_archives(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    same = {name.replace("\\", "/").removeprefix("./").removeprefix("/").casefold() for name in archive.namelist()}
    if len(same) < len(archive.namelist()):  # programs differ in which of the two they read
        raise InputError(f"{file_name(path)} holds two parts of one name", SAVE_AGAIN)
    if any(part.flag_bits & 0x1 for part in archive.infolist()):
        raise InputError(f"{file_name(path)} is protected with a password", "remove the password and save it again")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        kind = _other_kind(names)
        raise InputError(f"{file_name(path)} is {kind}, not an .xlsx workbook", _CURES.get(kind, SAVE_AGAIN))
    if "xl/workbook.bin" in names:
        raise InputError(f"{file_name(path)} is a binary Excel file (.xlsb)", SAVE_AGAIN)


_INTO_A_SHEET = "put the rows into a workbook and save it as .xlsx"
_CURES = {"a Word file": _INTO_A_SHEET, "a PowerPoint file": _INTO_A_SHEET, "a zip archive": "unpack it, and give what is in it",
          "a Numbers file": "open it in Numbers and export it as .xlsx"}  # fmt: skip


def _other_kind(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        return "a Word file"
    if any(name.startswith("ppt/") for name in names):
        return "a PowerPoint file"
    if any(name.startswith("Index/") or name.endswith("Index.zip") for name in names):
        return "a Numbers file"
    return "an OpenDocument file" if "mimetype" in names else "a zip archive"


def _refuse_absurd(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    swells = any(part.file_size > _PACKS_WELL and part.file_size > _MOST_PACKED * part.compress_size for part in parts)
    is_large = sum(part.file_size for part in parts) > _LARGEST_UNPACKED or any(p.file_size > _LARGEST_PART for p in parts)
    if swells or is_large or len(parts) > _MOST_PARTS:
        raise InputError(f"{file_name(path)} unpacks to an absurd size", "copy its rows into a new workbook and save that")


def _refuse_instructions(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Entities can make a small file swell without end or read another file, and no spreadsheet program writes them."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _stop(_Instructions)
    parser.StartElementHandler = _stop(_Began)
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece)
    except _Began:
        return
    except (_Instructions, expat.ExpatError) as problem:
        what = "holds instructions that no workbook needs" if isinstance(problem, _Instructions) else (
            "is broken and cannot be read as a workbook")  # fmt: skip
        raise InputError(f"{file_name(path)} {what}", SAVE_AGAIN) from problem


def _stop(reason: type[Exception]) -> Callable[..., NoReturn]:
    def handler(*_: Any) -> NoReturn:
        raise reason

    return handler
