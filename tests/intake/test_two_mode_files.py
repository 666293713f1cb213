"""Two files in: every row is kept or refused, with its place and its cure; what is no such file is one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assetgraph.errors import InputError
from assetgraph.intake.two_mode import ReadNetwork, read_two_mode

ORGS = "id,name,type,place,size\na,Library,library,Lake,\nb,Museum,,NA,\nc,,,,\n"
TIES = "organization,project,starts_on,theme\na,p,2020-01-01,code|math\nb,p,2020-01-01,code\n"


def read(folder: Path, orgs: str | bytes = ORGS, ties: str | bytes = TIES) -> ReadNetwork:
    for name, text in (("orgs.csv", orgs), ("ties.csv", ties)):
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_two_mode(folder / "orgs.csv", folder / "ties.csv")


def test_a_network_is_read(tmp_path: Path) -> None:
    found = read(tmp_path)
    assert [one.id for one in found.network.organizations] == ["a", "b", "c"]
    assert found.network.organizations[1].place == "NA", "Namibia is a place"
    (project,) = found.network.projects
    assert project.members == (0, 1) and project.starts_on == date(2020, 1, 1) and project.themes == ("code", "math")
    assert found.problems == () and found.refused == 0


def test_columns_may_be_missing_in_another_order_and_parted_otherwise(tmp_path: Path) -> None:
    found = read(tmp_path, "\ufeffName;ID\nLibrary;a\nMuseum;b\n", "Project\tOrganization\np\ta\np\tb\n")
    assert found.network.organizations[0].name == "Library" and found.network.projects[0].starts_on is None


def test_rows_in_are_rows_kept_and_refused(tmp_path: Path) -> None:
    ties = TIES + "a,p,2019-01-01,art\nz,p,2020-01-01,\n,p,,\na,,,\nc,q,soon,\nc,q,,\nc,r,n/a,\ny,p,,\n"
    found = read(tmp_path, ORGS + "a,Other,,,\n,Nameless,,,\n", ties)
    orgs, rows = found.counts
    assert (orgs.rows_in, orgs.kept, orgs.refused) == (5, 3, 2)
    assert (rows.rows_in, rows.kept, rows.refused) == (10, 5, 5) and found.refused == 7
    said = {(one.level, one.file, one.row, one.what) for one in found.problems}
    assert said == {
        ("refused", "orgs.csv", 5, "the id is that of an earlier row"),
        ("refused", "orgs.csv", 6, "there is no id"),
        ("refused", "ties.csv", None, "ties.csv: in 2 rows (5, 11) the organization is not in orgs.csv"),
        ("refused", "ties.csv", None, "ties.csv: in 2 rows (6, 7) there is no organization or no project"),
        ("refused", "ties.csv", 8, "starts_on cannot be read: 'soon' is not a date"),
        ("note", "ties.csv", 4, "the membership is there already: it counts once, from its earliest day"),
    }
    assert all(one.cure for one in found.problems if one.level == "refused")
    assert found.network.organizations[0].name == "Library", "the first of an id is kept"
    project = found.network.projects[0]
    assert project.joined[0] == date(2019, 1, 1) and project.themes == ("code", "math", "art")
    assert [one.starts_on for one in found.network.projects[1:]] == [None, None], "a blank day and n/a are no day"


@pytest.mark.parametrize(
    ("orgs", "ties", "said"),
    [
        ("", TIES, "orgs.csv is empty"),
        ("\n\n", TIES, "orgs.csv is empty"),
        ("id,name\n", TIES, "orgs.csv: no row can be kept: it has a header and no rows"),
        (ORGS, "organization,project\n", "ties.csv: no row can be kept: it has a header and no rows"),
        ("name,type\nx,y\n", TIES, "orgs.csv has no column id; it has 'name', 'type'"),
        (ORGS, "org,proj\na,p\n", "ties.csv has no column organization and no column project; it has 'org', 'proj'"),
        ("id,id\na,b\n", TIES, "orgs.csv has more than one column id"),
        (ORGS, "organization,project\nz,p\n", "ties.csv: no row can be kept: the organization is not in orgs.csv"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07" * 40, TIES, "orgs.csv"),
        (b"PK\x03\x04 no workbook", TIES, "orgs.csv"),
    ],
)
def test_what_is_no_such_file_is_one_line(tmp_path: Path, orgs: str | bytes, ties: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, orgs, ties)
    assert said in str(error.value) and error.value.cure and "\n" not in str(error.value)


def test_rows_that_the_file_spoils_are_refused(tmp_path: Path) -> None:
    found = read(tmp_path, ties=TIES + 'c,"p\n')
    assert found.counts[1].rows_in == 3 and found.counts[1].kept + found.counts[1].refused == 3
