"""A graph stuffed with canaries: no private value is in any byte of any public output, and the staff edition has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from maps_of_rows import AS_OF
from openpyxl import Workbook

import assetgraph
from assetgraph.model.facts import FACT_KINDS
from assetgraph.model.nodes import NODE_KINDS
from assetgraph.model.schema import is_private
from assetgraph.model.sheets import SHEETS
from assetgraph.store import Store, open_store
from assetgraph.views.packed import unpacked
from assetgraph.views.still import draw_picture

CANARY = "Canary"


def stuffed(path: Path) -> Path:
    """A workbook with a canary in every private column of every sheet, and one column that no sheet knows."""
    book = Workbook()
    book.remove(book.active)
    read_me = book.create_sheet("Read me")
    for row in (["Map of", "Lake COE"], ["Counties", "Lake"], ["As of", "2025-01-15"], ["Filled in by", f"{CANARY} filler"], ["Contact", f"{CANARY} contact"]):
        read_me.append(row)
    rows = {
        "Quickstorm": {"Who": "Hall", "What": "Week", "Content area": "Mathematics", "Notes": 1, "Contributor": 1, "Temporary or enduring": "enduring"},
        "Partners": {"Name": "Hall", "Kind of partner": "Museum", "Home county": "Lake", "Power": 3, "Interest": 2, "Contact": 1, "Notes": 1},
        "Ties": {"From": "Hall", "To": "Lake COE", "How": "partners with", "Content areas": "Mathematics", "Until": "2025-06-01", "Notes": 1},
        "Offerings": {"Title": "Course", "Provider": "Hall", "Content areas": "Mathematics", "Grades": "4-8", "Notes": 1},
        "Needs": {"Whose": "Lake COE", "Need": "Algebra help", "Content areas": "Mathematics", "How we know": "interview", "Evidence": 1, "Notes": 1},
        "Coordinators": {"Office or LEA": "Lake COE", "Role": "Math Coordinator", "Content areas": "Mathematics", "Name": 1},
        "Asked about": {"Content area": "Mathematics", "Kind of partner": "all", "Asked": "yes", "Of whom": 1},
        "Team": {"Organization": "Hall", "Seat": "Partner", "Name": 1},
    }  # fmt: skip
    for name, cells in rows.items():
        sheet = book.create_sheet(name)
        sheet.append([*cells, "A column of our own"])
        sheet.append([f"{CANARY} {name} {header}" if value == 1 else value for header, value in cells.items()] + [f"{CANARY} {name} extra"])
    book.save(path)
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("canaries")
    log = folder / "outreach.csv"
    log.write_text(f"County,Organization,Content areas,Outcome,Date,Reason,Place on the list\nLake,Hall,Mathematics,declined,2025-01-02,{CANARY} reason,1\n", encoding="utf-8")
    with open_store(":memory:", write=True) as made:
        reading = assetgraph.read_files([stuffed(folder / "lake.xlsx")])
        assert reading.refused == 0, reading.problems
        assetgraph.build(made, reading, assetgraph.read_files([log]), reference=False)
        yield made


def test_the_graph_is_stuffed(store: Store) -> None:
    held = str([node.model_dump() for node in store.graph().nodes.values()]) + str([edge.properties for edge in store.graph().edges.values()])
    assert held.count(CANARY) >= 12
    private = {name for kind in (*NODE_KINDS.values(), *FACT_KINDS.values(), *SHEETS.values()) for name in kind.model_fields if is_private(kind, name)}
    assert {"notes", "contact", "power", "interest", "extra"} <= private


def outputs(store: Store, edition: str, folder: Path) -> dict[str, str]:
    """Every output that is made of a graph, by name."""
    page = assetgraph.draw_map(store, "Lake", as_of=AS_OF, edition=edition)
    state = assetgraph.draw_state_map(store, as_of=AS_OF)
    made: dict[str, str] = {"map": page.html, "map in a notebook": page._repr_html_(), "state": state.html, "state csv": state.csv}
    made |= {f"picture {kind}": draw_picture(store, kind, county="Lake", as_of=AS_OF, edition=edition).svg for kind in ("map", "gaps", "timeline", "needs")}
    made["picture state"] = draw_picture(store, "state", as_of=AS_OF).svg
    published = assetgraph.publish(store, folder, as_of=AS_OF, edition=edition, licence="CC BY 4.0")
    made |= {f"published {path.name}": path.read_bytes().decode("utf-8", "replace") for path in (published.index, *published.files)}
    compared = assetgraph.compare(open_store(":memory:"), store)
    made["compare"] = compared._repr_html_() + str([one.shown() for one in compared])
    with_list = assetgraph.reach_out(store, county="Lake", area="math", as_of=AS_OF, edition=edition)
    made["reach-out"] = json.dumps(with_list.shown()) + with_list._repr_html_()
    blocks = {name: re.search(r'id="packed">([^<]+)<', html) for name, html in made.items()}
    return made | {f"{name}, unpacked": str(unpacked(block[1])) for name, block in blocks.items() if block}


def test_no_canary_is_in_any_public_byte(store: Store, tmp_path: Path) -> None:
    made = outputs(store, "public", tmp_path / "public")
    assert len(made) > 15 and all(made.values()) and "Hall" in made["state, unpacked"] and "Hall" in made["published state.html, unpacked"]
    assert {name for name, text in made.items() if CANARY.casefold() in text.casefold()} == set()
    assert all("Public edition" in made[name] for name in ("map", "state", "published index.html", "picture map"))
    assert "Licence of the data: CC BY 4.0" in made["published lake.html"] and "Licence of the data: not stated" in made["map"]


def test_the_staff_edition_has_them_and_says_so(store: Store, tmp_path: Path) -> None:
    made = outputs(store, "staff", tmp_path / "staff")
    for held in ("filler", "contact", "Coordinators Name", "Team Name", "Partners Notes", "Quickstorm Contributor"):
        assert f"{CANARY} {held}" in made["map"], held
    assert "Staff edition: holds private notes" in made["map"] and "Staff edition" in made["published index.html"]
    assert {name for name, text in made.items() if CANARY in text} <= {"map", "map in a notebook", "published lake.html", "picture map", "reach-out"}
    assert "Staff edition" in made["picture map"]


def test_small_counts_of_students_are_never_shown(tmp_path: Path) -> None:
    from maps_of_rows import a_directory

    from assetgraph.model.sheets import DirectoryRow

    few = [DirectoryRow(name=f"Tiny {number}", county="Lake", kind="elementary", enrollment=number, cds=f"1700001000000{number}") for number in (3, 7)]
    with open_store(":memory:", write=True) as store:
        assetgraph.build(store, a_directory(*few), reference=False)
        for edition in ("public", "staff"):
            page = assetgraph.draw_map(store, "Lake", as_of=date(2025, 1, 15), edition=edition).html
            assert page.count("fewer than 11") >= 2 and "Students:</span> 3" not in page and "Students:</span> 7" not in page
