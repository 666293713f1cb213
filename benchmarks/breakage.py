"""Rows as people write them: read with a remark, broken so that they are refused, or changed since last year."""

from __future__ import annotations

from random import Random

__all__ = ["broken", "changed", "sloppy"]

Row = dict[str, str]

_NEEDED = {
    "Quickstorm": ("Who", "What", "Content area"), "Partners": ("Name",), "Ties": ("From", "To", "How"),
    "Offerings": ("Title", "Provider", "Content areas"), "Needs": ("Whose", "Need"), "Coordinators": ("Office or LEA", "Role"),
    "Reach": ("LEA",), "Asked about": ("Content area", "Asked"), "Actions": ("Action",), "Team": ("Organization",),
}  # fmt: skip
_DAYS = ("Starts", "Ends", "Since", "Until", "As of", "When", "By when", "Funded until")
_SPOILED = {
    "How": ("e-mails", "?"), "Status": ("maybe",), "Asked": ("perhaps",), "Modality": ("by car",),
    "Home county": ("Narnia", "Lake; Glenn"),
    "Hours": ("about twelve",), "FTE": ("half time",), "Headcount": ("-3", "7.5", "a few"), "Power": ("very", "9"),
    "Strength": ("huge",),
    "Web address": ("see our page", "n/a yet"), "Seen at": ("ask at the desk",), "Grades": ("big kids",), "Math": ("sort of",),
    "Year": ("last year",), "County": ("Narnia",), "Inside or outside": ("both sides of the fence",),
}  # fmt: skip
_NO_DAY = ("31/02/2025", "2026-13-45", "soon", "0025-06-30", "when funded", "#REF!")
_NO_NAME = ("", "  ", "#REF!", "???", "#N/A")
_LOOSE = {"Math": "maths", "Science": "sci", "Computer science": "CompSci", "Enduring": "ongoing", "Time-limited": "time limited"}


def broken(sheet: str, row: Row, columns: list[str], random: Random) -> Row:
    """The row with one cell broken in a way that has it refused; the row itself stays as it is.

    >>> broken("Ties", {"From": "A", "To": "B", "How": "leads"}, ["From", "To", "How"], Random(1)) != {"From": "A"}
    True
    """
    ways = [*_NEEDED[sheet], *(name for name in columns if name in _SPOILED or name in _DAYS)]
    column = random.choice(ways)
    if column in _DAYS:
        if column in ("Ends", "Until") and random.random() < 0.5:
            start = "Starts" if column == "Ends" else "Since"
            return {**row, start: "2025-09-01", column: "2024-06-30"}
        return {**row, column: random.choice(_NO_DAY)}
    if column in _SPOILED and random.random() < 0.7:
        return {**row, column: random.choice(_SPOILED[column])}
    if column not in _NEEDED[sheet]:
        return {**row, column: random.choice(_SPOILED[column])}
    if random.random() < 0.01:
        return {**row, column: "a very long story " * 600}
    return {**row, column: random.choice(_NO_NAME)}


def sloppy(row: Row, random: Random) -> Row:
    """The same row in other words: other names of terms, days as Americans write them, spaces around."""
    found = dict(row)
    for column, value in row.items():
        if column in _DAYS and len(value) == 10 and value[4] == "-":
            found[column] = f"{int(value[5:7])}/{int(value[8:])}/{value[:4]}"
        elif column in ("Content area", "Content areas", "Temporary or enduring"):
            found[column] = "; ".join(_LOOSE.get(word, word) for word in value.split("; "))
        elif value and random.random() < 0.2:
            found[column] = f" {value} "
    return found


_DETAIL = {"Partners": "Notes", "Ties": "Strength", "Offerings": "Cost", "Quickstorm": "Notes", "Needs": "Status",
           "Coordinators": "FTE", "Actions": "Status", "Asked about": "When"}  # fmt: skip


def changed(sheet: str, row: Row, random: Random) -> Row | None:
    """The row as somebody wrote it a year later, one detail different; None for sheets whose rows are never changed."""
    column = _DETAIL.get(sheet)
    if column is None:
        return None
    new = {"Notes": f"spoke in {random.choice(('May', 'June', 'July'))}", "Strength": random.choice("123"),
           "Cost": f"${random.randrange(20, 900)}", "Status": "In progress", "FTE": random.choice(("0.5", "1", "0.2")),
           "When": f"2025-0{random.randrange(1, 10)}-15"}[column]  # fmt: skip
    return {**row, column: new if new != row.get(column) else ""}
