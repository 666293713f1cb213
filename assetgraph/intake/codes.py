"""CDS codes as files hold them: 14 digits, 7, a lost leading zero, or rounded by a spreadsheet."""

from __future__ import annotations

import re
from typing import Any

from assetgraph.intake.outcome import Outcome, RefusedCell
from assetgraph.intake.tables import shown

__all__ = ["is_rounded", "read_cds"]

_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?1[23]", re.IGNORECASE)
_CURE = "write the 14 digits of the CDS code as text, or leave the cell empty"


def is_rounded(code: str) -> bool:
    """Whether a code is what is left of one that a spreadsheet rounded.

    >>> is_rounded("5.47209E+13"), is_rounded("54720900000000")
    (True, False)
    """
    return _ROUNDED.fullmatch(code) is not None


def read_cds(raw: Any) -> Outcome:
    """The 14 digits of a code; a rounded code is given as it is printed, for a directory to settle.

    Seven digits (county and district) get seven zeros; 13 or 6 digits lost a leading zero and get it back.
    Raises RefusedCell for anything else, and for a county that is not 01 to 58.

    >>> read_cds("1611190000000").value, read_cds("0161119").value, read_cds("5.47209E+13").value
    ('01611190000000', '01611190000000', '5.47209E+13')
    """
    text = shown(raw).lstrip("'").replace(" ", "")
    text = re.sub(r"(?<=^\d{2})-(?=\d{5}(-|$))|(?<=^\d{2}-\d{5})-(?=\d{7}$)", "", text)
    if _ROUNDED.fullmatch(text):
        note = f"the code {text} was rounded by a spreadsheet: it joins only where one directory code prints so"
        return Outcome(text.upper(), notes=(note,))
    digits = text[:-2] if re.fullmatch(r"\d+\.0", text) else text
    if not re.fullmatch(r"\d{6,7}|\d{13,14}", digits):
        raise RefusedCell(f"{text[:40]!r} is not a CDS code", _CURE)
    padded = digits.zfill(7 if len(digits) < 8 else 14).ljust(14, "0")
    if not 1 <= int(padded[:2]) <= 58 and padded[:2] != "00":
        raise RefusedCell(f"{text[:40]!r} is not a CDS code: no county has the number {padded[:2]}", _CURE)
    lost = len(digits) in (6, 13)
    return Outcome(padded, (f"read {digits} as {padded}: its leading zero was lost",) if lost else ())
