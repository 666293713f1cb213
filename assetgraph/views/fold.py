"""How much one picture holds: the size rules, in one place. What is folded is counted, said to the reader, and in the tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assetgraph.views.wording import listed

__all__ = ["ADVISE_BYTES", "CROWD_OF_LEAS", "MOST_LINES", "MOST_SHAPES", "folded_sentence", "unfolded"]

MOST_SHAPES, MOST_LINES = 600, 2_500
"""More than this nobody reads, and no page draws smoothly."""

CROWD_OF_LEAS = 60
"""Above this many LEAs only districts, and what something touches, stand on the outer ring."""

ADVISE_BYTES = 5_000_000
"""Above this a page hardly leaves by e-mail: one file for each county is advised."""

_FOLDED_FIRST = ("lea", "asset", "offering", "elsewhere", "network", "partner")
"""Groups in the order in which they give way; the office and the content areas always stay."""

_NAMES = {"lea": "districts and other LEAs", "asset": "other assets", "offering": "offerings", "elsewhere": "offices elsewhere",
          "network": "networks", "partner": "partners"}  # fmt: skip


def unfolded(groups: Mapping[str, str], lines: Collection[tuple[str, str]],
             crowd: Collection[str] = ()) -> tuple[list[str], dict[str, int]]:  # fmt: skip
    """The shapes that are drawn, in their order, and how many of each group are not.

    ``groups`` gives each shape its group, ``lines`` the pairs that a line joins; ``crowd`` is never drawn. Nothing else is folded
    while both fit; then those with the fewest lines go first, group by group, districts before offerings before partners.

    >>> unfolded({"coe": "office", "a": "partner"}, [("coe", "a")])
    (['coe', 'a'], {})
    """
    at: dict[str, set[int]] = {one: set() for one in groups}
    for number, pair in enumerate(lines):
        for end in pair:
            if end in at:
                at[end].add(number)
    ends = {one: len(some) for one, some in at.items()}
    gone = set(crowd)
    alive = set(range(len(lines))).difference(*(at[one] for one in gone))
    for group in _FOLDED_FIRST:
        for one in sorted((one for one, its in groups.items() if its == group), key=lambda one: (ends[one], one)):
            if len(groups) - len(gone) <= MOST_SHAPES and len(alive) <= MOST_LINES:
                break
            gone.add(one)
            alive -= at[one]
    folded = {group: sum(groups[one] == group for one in gone) for group in _FOLDED_FIRST}
    return [one for one in groups if one not in gone], {group: number for group, number in folded.items() if number}


def folded_sentence(folded: Mapping[str, int]) -> str:
    """What is not drawn, in a sentence; empty where everything is.

    >>> folded_sentence({"lea": 214})
    'Folded, so that the picture can be read: 214 districts and other LEAs. The list has them all.'
    """
    parts: Sequence[str] = [f"{number:,} {_NAMES[group]}" for group, number in folded.items()]
    return f"Folded, so that the picture can be read: {listed(list(parts))}. The list has them all." if parts else ""
