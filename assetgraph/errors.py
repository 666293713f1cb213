"""Everything that can go wrong, as one tree.

    AssetGraphError              every error this package raises on purpose
    ├── UsageError               the caller asked for something that does not exist (exit code 2)
    ├── InputError               a file, sheet or value that cannot be read
    ├── OutputError              a file or folder that cannot be written
    ├── StoreError               the store cannot be opened, read or written
    │   ├── StoreUnavailable     it is not there, refuses the password, or is locked by another process
    │   ├── ForeignGraph         it holds somebody else's graph under our labels
    │   └── NotReadOnly          a question tried to write
    └── PrivateField             a public answer was asked for a private field

Each carries two sentences: ``what`` went wrong (with where) and ``cure``, what to do next.
The command line prints both on one line of standard error.
"""

from __future__ import annotations

__all__ = [
    "AssetGraphError",
    "ForeignGraph",
    "InputError",
    "NotReadOnly",
    "OutputError",
    "PrivateField",
    "StoreError",
    "StoreUnavailable",
    "UsageError",
]


class AssetGraphError(Exception):
    """What went wrong and what to do about it.

    >>> str(AssetGraphError("lake.xlsx: no such file", "check the name"))
    'lake.xlsx: no such file. To mend it: check the name.'
    """

    exit_code = 1

    def __init__(self, what: str, cure: str = "") -> None:
        self.what = what.rstrip(".")
        self.cure = cure.rstrip(".")
        end = "" if self.cure.endswith("?") else "."
        super().__init__(f"{self.what}. To mend it: {self.cure}{end}" if cure else f"{self.what}.")


class UsageError(AssetGraphError):
    """The caller named a question, county, area or option that does not exist."""

    exit_code = 2


class InputError(AssetGraphError):
    """A file, sheet or value cannot be read."""


class OutputError(AssetGraphError):
    """A file or folder cannot be written; what was there before is as it was."""


class StoreError(AssetGraphError):
    """The store cannot be opened, read or written."""


class StoreUnavailable(StoreError):
    """The store is not there, refuses us, or is held by another process."""


class ForeignGraph(StoreError):
    """The database holds somebody else's graph under our labels."""


class NotReadOnly(StoreError):
    """A reading command was handed a query that could write."""


class PrivateField(AssetGraphError):
    """A public answer was asked for a private field."""
