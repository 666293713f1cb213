"""From lines to rows of cells, where quotation marks may be wrong: a stray one costs its own row and no other."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache

__all__ = ["separated_rows"]

_LARGEST_CELL = 10_000_000
csv.field_size_limit(_LARGEST_CELL)  # Python has one limit for all readers of a process
_MOST_LINES = 1_000
"""Lines that one row may hold: more than any spreadsheet lets a person type into its cells."""
_MOST_AGAIN, _FEW_LINES = 100_000_000, 20
"""Letters that are read again after marks that were left open; in a file of so many such marks a row may hold few lines."""

_UNCLOSED = "a quotation mark in this row is never closed"
_MANY_UNCLOSED = (f"a quotation mark in this row is not closed within {_FEW_LINES} lines; so many are never closed in this "
                  "file that longer cells are not read")  # fmt: skip
_TOO_LONG = f"a cell of this row is longer than {_LARGEST_CELL // 1_000_000} million characters"


def separated_rows(lines: Iterator[str], separator: str, width: int) -> Iterator[list[str] | str]:
    """The cells of each row in turn; in place of a row that cannot be parted, what is wrong with it.

    ``lines`` keep their line ends; ``width`` is the number of cells that most rows have. A quoted cell may go on
    over several lines. Where a mark is left open, a plain reader would take all rows up to the next mark for one cell:
    here only the row with the mark is lost.

    >>> list(separated_rows(iter(['a,"b,c\\n', 'd,e,f\\n', 'g,"h\\n', 'i",j\\n']), ",", 3))
    ['a quotation mark in this row is never closed', ['d', 'e', 'f'], ['g', 'h\\ni', 'j']]
    """
    feed = _Feed(lines)
    while feed.goes_on():
        try:
            for cells in csv.reader(feed, delimiter=separator):
                if feed.ended or (len(feed.held) > 1 and not _is_one_row(feed.held, separator, width)):
                    yield feed.give_back()
                    break
                feed.held.clear()
                yield cells
        except csv.Error:
            yield feed.give_back()


class _Feed:
    """Hands lines to a reader, and takes back those that it should not have taken."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: deque[str] = deque()
        self.held: list[str] = []
        """The lines of the row that is being read."""
        self.ended = False
        """Whether a row asked for more lines than there are, or than one row may hold."""
        self._again = 0

    def goes_on(self) -> bool:
        """Whether there is another line."""
        self.ended = False
        if not self._waiting:
            self._waiting.extend(line for line in (next(self._lines, None),) if line is not None)
        return bool(self._waiting)

    def __iter__(self) -> Iterator[str]:
        most = _MOST_LINES if self._again < _MOST_AGAIN else _FEW_LINES
        while len(self.held) < most:
            line = self._waiting.popleft() if self._waiting else next(self._lines, None)
            if line is None:
                break
            self.held.append(line)
            yield line
        self.ended = True

    def give_back(self) -> str:
        """What is wrong with the first line of the row; the others are read again."""
        is_alone = len(self.held) == 1 and not self.ended
        self._waiting.extendleft(reversed(self.held[1:]))
        is_tired = self._again >= _MOST_AGAIN
        self._again += sum(map(len, self.held[1:]))
        self.held.clear()
        return _TOO_LONG if is_alone else _MANY_UNCLOSED if is_tired else _UNCLOSED


def _is_one_row(lines: Sequence[str], separator: str, width: int) -> bool:
    """Whether lines that a quotation mark holds together are one row, and not several with a stray mark in two."""
    try:
        next(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return False
    if width < 3:
        return True
    # A line of a note seldom has just as many separators as a row of the table; a row that was swallowed has, or nearly.
    first, *rest = (abs(len(_cells(separator).findall(line.rstrip("\r\n"))) - width) for line in lines)
    full, nearly = rest.count(0), sum(off <= width // 6 for off in rest)
    return nearly < len(rest) / 2 if first == 0 else full < max(2, len(rest) / 2)


@lru_cache(maxsize=16)
def _cells(separator: str) -> re.Pattern[str]:
    """The cells of one line by itself, a quotation mark that is not closed in it being a letter like others."""
    sign = re.escape(separator)
    return re.compile(rf'(?:^|(?<={sign}))(?:"(?:[^"]|"")*"(?={sign}|$)|[^{sign}]*)')
