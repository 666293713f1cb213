"""Which LEA a name or a code means: by code where there is one, else by name within its county, never by guess."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from assetgraph.model.names import fold

__all__ = ["KnownLEA", "LEAIndex", "canonical_lea_name", "cds_code", "looks_like_lea"]

_ABBREVIATIONS = {
    "usd": "unified", "uhsd": "union high", "juhsd": "joint union high", "jusd": "joint unified", "esd": "elementary",
    "uesd": "union elementary", "jt": "joint", "jnt": "joint", "elem": "elementary", "el": "elementary", "un": "union",
    "unif": "unified", "hsd": "high", "dist": "district", "sd": "district", "hs": "high",
}  # fmt: skip
_TAIL = ("school district", "school districts", "schools", "school dist", "district", "public schools", "school")
_LONG_NAME = 12
"""Letters from which two wrong ones still tell a name."""

_GRADE_TYPES = frozenset({"unified", "elementary", "high"})
_TYPES = frozenset({"unified", "elementary", "high", "union", "joint", "city", "county", "community"})


@lru_cache(maxsize=65_536)  # the same names are compared row after row
def canonical_lea_name(name: str) -> str:
    """The folded name without the words that every district has, abbreviations written out.

    >>> canonical_lea_name("Kelseyville USD"), canonical_lea_name("Lake Elementary School District")
    ('kelseyville unified', 'lake elementary')
    """
    words = [_ABBREVIATIONS.get(word, word) for word in fold(_without_asides(name)).split()]
    text = " ".join(words)
    for tail in _TAIL:
        text = re.sub(rf"(?<=\w) {tail}$", "", text)
    return text


def cds_code(text: str) -> str | None:
    """The 14 digits of a code written in the place of a name; the 7 of a district get seven zeros. None for a name.

    >>> cds_code("49 70730 0000000"), cds_code("4970730"), cds_code("Kenwood")
    ('49707300000000', '49707300000000', None)
    """
    digits = re.sub(r"[\s-]", "", text)
    return digits.ljust(14, "0") if re.fullmatch(r"\d{14}|\d{7}", digits, re.ASCII) else None


_ABOUT_LEAS = re.compile(
    r"\b(friends|foundation|association|council|club|alliance|parents?|pta|ptsa|boosters?|partnership|for)\b"
)
"""Words of bodies that are named after districts and are none."""


def _without_asides(name: str) -> str:
    return re.sub(r"\([^)]*\)", " ", name)


def _stem(canonical: str) -> str:
    return " ".join(word for word in canonical.split() if word not in _TYPES) or canonical


@lru_cache(maxsize=65_536)
def looks_like_lea(name: str) -> bool:
    """Whether a name says by itself that it is a district or charter, with no directory at hand.

    >>> looks_like_lea("Upper Lake Unified School District"), looks_like_lea("School Garden Project")
    (True, False)
    """
    text = fold(_without_asides(name))
    if _ABOUT_LEAS.search(text):
        return False
    return bool(
        re.search(r"\b(school districts?|unified|usd|uhsd|juhsd|jusd|esd|union (high|elementary)|city schools)$", text)
        or re.search(r"\b(unified|elementary|high) (school )?district$", text)
        or re.search(r"\bcharter( school| academy)?$", text)
    )


@dataclass(frozen=True, slots=True, order=True)
class KnownLEA:
    """An LEA that a directory or a row names: its node id, county, name, and whether it is open today."""

    id: str
    county: str
    name: str
    cds: str | None
    is_district: bool
    is_active: bool
    also_called: tuple[str, ...] = ()


class LEAIndex:
    """Every LEA known, found by code or by name within a county."""

    def __init__(self, known: list[KnownLEA]) -> None:
        self.by_cds: dict[str, KnownLEA] = {}
        self.counties = frozenset(lea.county for lea in known)
        """Counties of which a directory names at least one LEA."""
        self._exact: dict[tuple[str, str], list[KnownLEA]] = defaultdict(list)
        self._names_in: dict[str, set[str]] = defaultdict(set)
        self._counties_with: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[tuple[str, str], list[KnownLEA]] = defaultdict(list)
        self._stems: dict[tuple[str, str], list[KnownLEA]] = defaultdict(list)
        self._rounded: dict[str, set[str]] = defaultdict(set)
        self._named: dict[tuple[str, str], list[KnownLEA]] = {}
        for lea in sorted(known, key=lambda one: one.id):
            if lea.cds:
                self.by_cds[lea.cds] = lea
                for digits in range(3, 8):
                    self._rounded[f"{int(lea.cds):.{digits - 1}E}"].add(lea.cds)
            canonical = canonical_lea_name(lea.name)
            self._exact[lea.county, canonical].append(lea)
            self._names_in[lea.county].add(canonical)
            self._counties_with[canonical].add(lea.county)
            for name in lea.also_called:
                self._aliases[lea.county, canonical_lea_name(name)].append(lea)
            if lea.is_district:
                self._stems[lea.county, _stem(canonical)].append(lea)

    def coded(self, text: str) -> KnownLEA | None:
        """The one LEA whose code stands where a name was expected, whole or as a spreadsheet rounds it; else None."""
        return self.by_cds.get(cds_code(text) or "") or self.by_rounded_code(text)

    def by_rounded_code(self, text: str) -> KnownLEA | None:
        """The one LEA whose code a spreadsheet would print so; None when none or several would."""
        try:
            mantissa, exponent = text.upper().replace(" ", "").split("E")
            printed = f"{mantissa}E{int(exponent):+03d}"
        except ValueError:
            return None
        found = self._rounded.get(printed, set())
        return self.by_cds[next(iter(found))] if len(found) == 1 else None

    def counties_with(self, name: str) -> list[str]:
        """The counties that have an LEA of this full name, in alphabetical order."""
        return sorted(self._counties_with.get(canonical_lea_name(name), ()))

    def named(self, name: str, county: str) -> list[KnownLEA]:
        """The LEAs of a county that a name may mean: one is an answer, several are a question, none is new.

        Open districts come first, by full name and then by name without its type ("Lakeport", "Santa Rosa
        City Schools"); other LEAs count only where no district fits. A name that says elementary never means
        a high school district.
        """
        found = self._named.get((name, county))
        if found is None:
            found = self._named[name, county] = self._fitting(canonical_lea_name(name), county)
        return found

    def _fitting(self, canonical: str, county: str) -> list[KnownLEA]:
        exact = self._exact.get((county, canonical), [])
        alike = [lea for lea in self._stems.get((county, _stem(canonical)), []) if _types_agree(canonical, lea.name)]
        alias = self._aliases.get((county, canonical), [])
        for wanted in (
            [lea for lea in exact if lea.is_active and lea.is_district],
            [lea for lea in (*alias, *alike) if lea.is_active and lea.is_district],
            [lea for lea in (*exact, *alias) if lea.is_active],
            [*exact, *alias, *alike],
        ):
            if wanted:
                return list({lea.id: lea for lea in wanted}.values())
        return []

    def misspelt(self, name: str, county: str) -> KnownLEA | None:
        """The one open LEA of a county whose name is a letter or two away; None when none or several are near."""
        canonical = canonical_lea_name(name)
        near = sorted(
            (OSA.distance(canonical, known), lea.id, lea)
            for known in self._names_in.get(county, ())
            for lea in self._exact[county, known]
            if lea.is_active
        )
        allowed = 2 if len(canonical) >= _LONG_NAME else 1
        if not near or near[0][0] > allowed or (len(near) > 1 and near[1][0] - near[0][0] < 2):
            return None
        return near[0][2]


def _types_agree(canonical: str, known_name: str) -> bool:
    said = _GRADE_TYPES & set(canonical.split())
    return said <= set(canonical_lea_name(known_name).split())
