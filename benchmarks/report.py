"""What was measured, as Markdown."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

__all__ = ["put_into", "report"]

Found = dict[str, Any]
START, END = "<!-- measured -->", "<!-- /measured -->"


def report(startup: Found, sizes: list[Found], grown: list[Found]) -> str:
    """All tables."""
    parts = [_machine(), f"`assetgraph --help` takes {startup['help']:.2f} s; an empty Python {startup['python']:.2f} s."]
    parts += [_size(one) for one in sizes]
    parts += [_growth(one) for one in grown]
    return "\n\n".join(parts) + "\n"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    engines = f"Python {platform.python_version()}, kglite {version('kglite')}, Neo4j driver {version('neo4j')}"
    return f"Measured with `python -m benchmarks` on {os.cpu_count()} cores and {memory:.0f} GiB; {engines}."


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _size(one: Found) -> str:
    made = one["made"]
    parts = [
        f"### {one['size']}: {made.nodes:,} nodes, {made.ties:,} ties",
        (
            f"{made.good:,} good rows and {made.broken:,} broken ones in {made.files:,} files of {made.sources:,} sources; "
            f"kept {one['kept']:,}, refused {one['refused']:,}. Reading and validating takes {one['read']:.2f} s "
            f"(peak memory {one['read_peak']:.0f} MB)."
        ),
        _table(
            ["store", "bare engine", "ours, from files", "ratio", "of it reading", "1 % changed", "of a full build", "open",
             "bare open",
             "peak memory, build", "nodes, ties found"],
            [[store["kind"], f"{store['bare']:.2f} s", f"{store['build']:.2f} s", f"**{store['ratio']:.2f}**",
              f"{store['read']:.2f} s",
              f"{store['rebuild']:.2f} s", f"{store['rebuild'] / store['build']:.0%}", f"{store['open']:.2f} s",
              f"{store['open_bare']:.2f} s", f"{store['peak']:.0f} MB",
              f"{store['first']['nodes']:,}, {store['first']['ties']:,}"]
             for store in one["stores"]],
        ),
        *(_questions(store) for store in one["stores"]),
    ]  # fmt: skip
    if "profile" in one:
        rows = [[f"`{entry['function']}`", f"{entry['own']:.0%}", f"{entry['cumulative']:.0%}"] for entry in one["profile"]]
        parts += ["Where the time of a build goes (embedded store, in memory, under the profiler):",
                  _table(["function", "own time", "with what it calls"], rows)]  # fmt: skip
    return "\n\n".join(parts)


def _questions(store: Found) -> str:
    loops = "loop_median" in store["questions"][0]
    header = ["question", "ways asked", "rows", "median ms", "worst ms"]
    header += ["loop median", "loop worst", "over the aim"] if loops else []
    rows = []
    for one in store["questions"]:
        row = [one["question"], str(one["ways"]), f"{one['rows']:,}", f"{one['median']:.1f}", f"{one['worst']:.1f}"]
        if loops:
            row += [f"{one['loop_median']:.1f}", f"{one['loop_worst']:.1f}", f"{one['over']} of {one['ways']}"]
        rows.append(row)
    differ = sum(one["differ"] for one in store["questions"])
    equal = f" {differ} answers differ from the loop's." if differ else " All rows equal the loop's." if loops else ""
    return f"Questions on {store['kind']}, each county and area.{equal}\n\n{_table(header, rows)}"


def _growth(one: Found) -> str:
    rows = [[what, f"{slope:.2f}"] for what, slope in one["slopes"].items()]
    return f"### Growth from {one['from']} to {one['to']}\n\nSlope on a log-log scale; 1 means in proportion to the ties.\n\n" + \
        _table(["what", "slope"], rows)  # fmt: skip


def put_into(path: Path, text: str) -> None:
    """None; the page holds the tables between its two marks, which are added where they are missing."""
    page = path.read_text(encoding="utf-8") if path.exists() else f"# Performance\n\n{START}\n{END}\n"
    if START not in page:
        page += f"\n{START}\n{END}\n"
    made = f"{START}\n\n{text}\n{END}"
    path.write_text(re.sub(f"{re.escape(START)}.*?{re.escape(END)}", lambda _: made, page, flags=re.DOTALL), encoding="utf-8")

