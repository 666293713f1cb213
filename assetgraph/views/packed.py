"""The views of many counties, packed so that one page holds them all: columns of numbers, each text once, compressed.

Nothing of them is lost but what pages show as tables alone (gaps, timeline, needs), and acronyms, which a page has once.
The page unpacks it (``state/packed.js`` is the other half of ``unpacked``).
"""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assetgraph.views.map_view import IN_TABLES, MapView

__all__ = ["packed", "unpacked"]

PLACES = 1_000
"""Places are whole numbers of this part of half the picture: as exact as they are laid out."""

ITEM = {"name": ("name",), "areas": ("areas",), "also": ("also_called",), "web": ("web",), "own": ("private", "needs"),
        "look": ("group", "kind", "ring", "shape", "color", "size", "is_drawn"),
        "span": ("scope", "duration", "starts_on", "ends_on", "grades")}  # fmt: skip
LINK = {"line": ("style", "areas")}
STATEMENT = {"told": ("forward", "backward", "relation", "relation_back", "turned"), "said": ("source", "place"),
             "held": ("lasts", "starts_on", "ends_on", "duration"), "besides": ("besides",), "more": ("web", "private"),
             }  # fmt: skip
"""Columns, and which fields of an item, a link or a statement are one value in each: those that mostly come together."""

NUMBERS = ("node", "x", "y", "headings", "from", "to", "many", "row")
"""The other columns that there always are: numbers of their own."""

A, B = "\x01", "\x02"
"""What stands in a sentence for the names of the two ends of its link: letters that are cleaned out of all text."""

Columns = dict[str, list[int]]
Tables = dict[str, list[Any]]


class _Packing:
    """Tables of values, each once, in the order in which they first came; and the columns of one county after the other."""

    def __init__(self) -> None:
        self.tables: Tables = defaultdict(list)
        self.columns: dict[str, list[list[int]]] = {}
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)
        self._nodes: dict[str, int] = {}
        self._counties = 0

    def number(self, table: str, value: Any) -> int:
        known, key = self._numbers[table], value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if key not in known:
            known[key] = len(known)
            self.tables[table].append(value)
        return known[key]

    def add(self, drawn: MapView) -> dict[str, Any]:
        """Pack one county: its items and links into columns; what is left of it is given back."""
        view = drawn.model_dump(mode="json", exclude=IN_TABLES)
        columns: Columns = defaultdict(list, {name: [] for name in (*ITEM, *LINK, *STATEMENT, *NUMBERS)})
        self._items(view["items"], columns)
        for item in drawn.items:  # who stands on the maps of several counties has one number in all
            columns["node"].append(self._nodes.setdefault(item.node, len(self._nodes)))
        self._links(view["links"], {item["id"]: item["name"] for item in view["items"]}, columns)
        for name, column in columns.items():
            self.columns.setdefault(name, [[] for _ in range(self._counties)]).append(column)
        self._counties += 1
        for others in self.columns.values():
            others.extend([] for _ in range(self._counties - len(others)))
        return {name: value for name, value in view.items() if name not in ("items", "links", "acronyms")}

    def _values(self, one: Mapping[str, Any], fields: Mapping[str, Sequence[str]], columns: Columns) -> None:
        for column, names in fields.items():
            columns[column].append(self.number(column, [one[name] for name in names]))

    def _items(self, items: Sequence[Mapping[str, Any]], columns: Columns) -> None:
        for item in items:
            self._values(item, ITEM, columns)
            for axis in "xy":
                columns[axis].append(round(item[axis] * PLACES))
            columns["headings"].append(self.number("headings", [line["name"] for line in item["details"]]))
            for line in item["details"]:
                columns[f"of {line['name']}"].append(self.number(f"of {line['name']}", line["text"]))

    def _links(self, links: Sequence[Mapping[str, Any]], names: Mapping[str, str], columns: Columns) -> None:
        before = (0, 0)
        for link in links:
            first, second = (int(link[end][1:]) for end in ("from_id", "to_id"))
            columns["from"].append(first - before[0])
            columns["to"].append(second - before[1] if first == before[0] else second)
            before = (first, second)
            self._values(link, LINK, columns)
            columns["many"].append(len(link["statements"]))
            ends = names[link["from_id"]], names[link["to_id"]]
            for one in link["statements"]:
                place, row = _apart(one["place"])
                lasts, mark, besides = one["lasts"].partition("; ")
                told = {name: _nameless(one[name], *ends) for name in STATEMENT["told"]}
                self._values({**one, **told, "place": place, "lasts": lasts, "besides": mark + besides}, STATEMENT, columns)
                columns["row"].append(row)

    def often_first(self) -> None:
        """Number the values of each table anew, what comes often first: short numbers take less room."""
        for name, table in self.tables.items():
            count = Counter(number for column in self.columns[name] for number in column)
            order = sorted(count, key=lambda number: (-count[number], number))
            new = {number: place for place, number in enumerate(order)}
            self.tables[name] = [table[number] for number in order]
            self.columns[name] = [[new[number] for number in column] for column in self.columns[name]]


def packed(views: Sequence[MapView]) -> str:
    """Views as text (JSON, gzip, base64), which ``unpacked`` reads; equal views give equal text.

    Raises ValueError for a view that is not public: what many counties share leaves the office.
    """
    if any(view.edition != "public" for view in views):
        raise ValueError("only public views are packed")
    packing = _Packing()
    counties = [packing.add(view) for view in views]
    packing.often_first()
    data = {"tables": packing.tables, "columns": packing.columns, "counties": counties, "places": PLACES, "first": A,
            "second": B, "fields": {"item": ITEM, "link": LINK, "statement": STATEMENT}}  # fmt: skip
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(made.encode(), compresslevel=9, mtime=0)).decode()


def _nameless(said: Any, first: str, second: str) -> Any:
    """A sentence with A and B for the names in it, the longer name first; what is no text stays as it is."""
    if isinstance(said, str):
        for name, letter in sorted(((first, A), (second, B)), key=lambda one: -len(one[0])):
            said = said.replace(name, letter)
    return said


def _apart(place: str) -> tuple[str, int]:
    """A place without the number of its row, and that; 0 where it ends in none.

    >>> _apart("lake.xlsx, sheet Ties, row 12"), _apart("lake.xlsx")
    (('lake.xlsx, sheet Ties, row ', 12), ('lake.xlsx', 0))
    """
    before, said, row = place.rpartition("row ")
    is_number = said and re.fullmatch("[1-9][0-9]{0,8}", row)
    return (before + said, int(row)) if is_number else (place, 0)


def unpacked(text: str) -> list[dict[str, Any]]:
    """What was packed: for each county its view as plain data.

    >>> unpacked(packed([]))
    []
    """
    data = json.loads(gzip.decompress(base64.b64decode(text)))
    return [_unpack(place, data) for place in range(len(data["counties"]))]


def _unpack(place: int, data: Mapping[str, Any]) -> dict[str, Any]:
    tables: Tables = data["tables"]
    read = {name: iter(columns[place]) for name, columns in data["columns"].items()}
    items = [_item(number, headings, read, tables) for number, headings in enumerate(read["headings"])]
    links: list[dict[str, Any]] = []
    first = second = 0
    for step in read["from"]:
        first, second = first + step, next(read["to"]) + (second if not step and links else 0)
        one, other = items[first], items[second]
        ends = {"id": f"e{len(links)}", "from_id": one["id"], "to_id": other["id"]}
        said = [_statement(one["name"], other["name"], read, tables) for _ in range(next(read["many"]))]
        links.append({**ends, **_values(LINK, read, tables), "statements": said})
    return {**data["counties"][place], "items": items, "links": links}


def _values(fields: Mapping[str, Sequence[str]], read: Mapping[str, Iterator[int]], tables: Tables) -> dict[str, Any]:
    return {name: value for column, names in fields.items()
            for name, value in zip(names, tables[column][next(read[column])], strict=True)}  # fmt: skip


def _item(number: int, headings: int, read: Mapping[str, Iterator[int]], tables: Tables) -> dict[str, Any]:
    item = {"id": f"n{number}", **_values(ITEM, read, tables), **{axis: next(read[axis]) / PLACES for axis in "xy"}}
    lines = ((name, f"of {name}") for name in tables["headings"][headings])
    return {**item, "details": [{"name": name, "text": tables[column][next(read[column])]} for name, column in lines]}


def _statement(first: str, second: str, read: Mapping[str, Iterator[int]], tables: Tables) -> dict[str, Any]:
    said = _values(STATEMENT, read, tables)
    for name in STATEMENT["told"]:
        if isinstance(said[name], str):
            said[name] = said[name].replace(A, first).replace(B, second)
    lasts = said["lasts"] + said.pop("besides")
    return {**said, "lasts": lasts, "place": f"{said['place']}{next(read['row']) or ''}"}
