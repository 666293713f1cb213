"""Several files of one map: the newest day holds, files of one day are read as one, and nothing is left out unsaid.

A map is known by owner, plan and step. What comes out depends on what the files say, never on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from assetgraph.intake.submission import Submission
from assetgraph.model.records import Record, Standing
from assetgraph.model.sheets import SHEETS

__all__ = ["settle"]

_MOST_NAMED = 3
_KEEP_BOTH = "to keep both, write another plan or step in one of the two Read me sheets"
_ONE_IS_OLDER = "if one of them is an older version, write the newer day beside As of in the other and build again"

Said = tuple[str, ...]


def settle(submissions: Iterable[Submission]) -> None:
    """Decide, where several submissions are of one map, which of them hold; the others are set aside and say why."""
    maps: dict[str, list[Submission]] = defaultdict(list)
    for one in submissions:
        if one.map_of is not None:
            maps[one.map_of].append(one)
    for several in maps.values():
        if len(several) > 1:
            _settle(sorted(several, key=lambda one: one.files))


def _settle(several: Sequence[Submission]) -> None:
    filled = [one for one in several if one.records] or [one for one in several if one.rows_in] or several[:1]
    newest = max(one.as_of for one in filled)
    said = {id(one): _said(one) for one in several}
    holding: list[Submission] = []
    # The fullest first: a file whose rows all stand in another adds nothing.
    for one in sorted((one for one in filled if one.as_of == newest), key=lambda one: (-len(said[id(one)]), one.files)):
        fuller = next((other for other in holding if said[id(one)] <= said[id(other)]), None)
        if fuller is None:
            holding.append(one)
        else:
            one.set_aside(Standing.COPY, f"a copy: all that it says stands in {fuller.name}, a file of the same map", _KEEP_BOTH)
    holding.sort(key=lambda one: one.files)
    everything = frozenset().union(*(said[id(one)] for one in holding))
    names = _listed([one.name for one in holding])
    for one in several:
        if one.standing is not Standing.READ or one in holding:
            continue
        if one not in filled:
            _pass_over(one, names)
            continue
        rows = {row for row in said[id(one)] if row[0] in SHEETS}
        missing = len(rows - everything)
        rest = f"{missing:,} of its {len(rows):,} rows {'do' if missing != 1 else 'does'} not stand there"
        rest = rest if missing else "all its rows stand there"
        what = f"an older version ({_day(one)}) of the map in {names} ({_day(holding[0])}); {rest}"
        one.set_aside(Standing.OLDER, what, _KEEP_BOTH)
    if len(holding) > 1:
        _tell_of_each_other(holding)


def _pass_over(one: Submission, names: str) -> None:
    """A file without a row that can be kept never holds, however new; its refused rows are still counted and said."""
    if one.rows_in:
        one.sources = {}
        one.remark(f"none of its rows can be read, so the map in {names} holds", "mend them and build again")
    else:
        one.set_aside(Standing.BLANK, f"no row is filled in; the same map is filled in in {names}", "")


def _tell_of_each_other(holding: Sequence[Submission]) -> None:
    """Files of one map and one day are parts of it; where two rows contradict each other, both stay and it is said.

    A row contradicts another file that has rows of its key and none that says the same.
    """
    rows = [[(_key(record), record.content()) for record in one.records] for one in holding]
    bearing = Counter(key for row in rows for key in {key for key, _ in row})
    saying = Counter(said for row in rows for said in set(row))
    for one, row in zip(holding, rows, strict=True):
        apart = sum(1 for said in row if saying[said] < bearing[said[0]])
        what = f"read as one with {_others(one, holding)}: the same map, {_day(one)}"
        if apart:
            what += f"; {apart} row{'s say' if apart != 1 else ' says'} otherwise than there, and both stay"
        one.remark(what, _ONE_IS_OLDER)


def _others(one: Submission, all_of_them: Sequence[Submission]) -> str:
    return _listed([other.name for other in islice((other for other in all_of_them if other is not one), _MOST_NAMED)],
                   len(all_of_them) - 1)  # fmt: skip


def _listed(names: Sequence[str], number: int | None = None) -> str:
    """Some names, three at most; ``number`` is how many there are in all."""
    shown = list(names[:_MOST_NAMED])
    more = (len(names) if number is None else number) - len(shown)
    *first, last = [*shown, f"{more:,} more"] if more else shown
    return f"{', '.join(first)} and {last}" if first else last


def _key(record: Record) -> Said:
    return record.kind, record.county or "", record.values.same_row_key()


def _said(one: Submission) -> frozenset[Said]:
    """What a submission says, wherever it stands in it: rows that are kept, and what is wrong with rows that are not."""
    kept = {(record.kind, record.county or "", record.content()) for record in one.records}
    return frozenset(kept | {("", p.sheet, str(p.column), p.what) for p in one.problems if p.level == "refused"})


def _day(one: Submission) -> str:
    return f"as of {one.as_of}" if one.as_of > date.min else "without a day"
