"""A draft is taken out as a spreadsheet and brought in again: problems by row, and nothing hostile."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saduak.design.spreadsheets import xlsx
from saduak.directory.sheets import read_sheet
from saduak.standards.drafting import table, tree
from saduak.standards.models import CriteriaSet
from saduak.standards.tests.editing import HERE, text_of, tree_now, value

pytestmark = pytest.mark.django_db


def sheet(rows, heads=None):
    return SimpleUploadedFile("criteria.xlsx", xlsx(heads or table.headings(), rows))


def test_a_draft_goes_out_as_a_sheet_and_comes_back_changed(client, draft):
    exported = client.get(f"{HERE}/table.xlsx")
    read_back = read_sheet(exported.content)
    rows = [list(row.cells) + [""] * (15 - len(row.cells)) for row in read_back.rows]
    rows = [row for row in rows if row[1] != "P5"]
    next(row for row in rows if row[1] == "P1")[2] = "เวลาให้บริการที่สะดวก"
    rows.insert(9, ["ข้อ", "P0", "ข้อแรก"])

    dry = client.post(f"{HERE}/sheet", {"file": sheet(rows)})
    found = dry.context["found"]
    assert [[deed.code for deed in deeds] for deeds in (found.added, found.changed, found.removed)] == [
        ["P0"],
        ["P", "P1"],
        ["P5"],
    ]
    assert value("P5", "th")

    client.post(f"{HERE}/sheet", dry.context["take"].initial)

    assert value("P1", "th") == "เวลาให้บริการที่สะดวก"
    assert [child.code for child in tree.find(tree_now(), "P").children][:2] == ["P0", "P1"]


def test_a_sheet_that_says_the_same_changes_nothing(client, draft):
    exported = client.get(f"{HERE}/table.xlsx").content

    dry = client.post(f"{HERE}/sheet", {"file": SimpleUploadedFile("c.xlsx", exported)})

    assert not dry.context["found"].changes_anything
    assert "ตารางตรงกับร่างทุกประการ" in text_of(dry)


def test_what_is_wrong_in_a_sheet_is_told_by_row(client, draft):
    heads = ["row", "code", "th", "kind", "points"]
    rows = [
        ["version", "gecc-2569", "เกณฑ์", "", "10"],
        ["strand", "A", "Strand", "scored", "9"],
        ["criterion", "A1", "ข้อ", "", "x"],
    ]

    dry = client.post(f"{HERE}/sheet", {"file": sheet(rows, heads)})

    assert [row for row, _field, _words in dry.context["found"].problems] == [2, 2, 2, 2, 3, 4]
    taken = client.post(f"{HERE}/sheet", dry.context["take"].initial, follow=True)
    assert "ใช้ตารางเป็นร่างแล้ว" in text_of(taken)
    assert not CriteriaSet.objects.get(reference="gecc-2569").is_sound


HOSTILE = {
    "nothing": b"",
    "no spreadsheet": b"PK\x03\x04 broken",
    "an old one": b"\xd0\xcf\x11\xe0" + b"\0" * 64,
    "binary": b"\x00\x01\x02" * 50,
    "one row": "แถว,รหัส\n".encode(),
    "other columns": b"a,b\n1,2\n",
    "rows that are no tree": b"row,code,th\npart,x,y\nstrand,,z\n",
    "another id": "row,code,th\nversion,other-2570,เกณฑ์\n".encode(),
    "a text too long": f"row,code,th\nversion,gecc-2569,{'ก' * 2001}\n".encode(),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_changes(client, draft, content):
    answer = client.post(f"{HERE}/sheet", {"file": SimpleUploadedFile("x.xlsx", content)})

    assert answer.status_code == 422
    assert CriteriaSet.objects.get(reference="gecc-2569").version == draft.version


def test_formulas_in_a_sheet_are_words(client, draft):
    exported = list(table.rows_of(tree_now()))
    exported[9][2] = '=HYPERLINK("http://x","ก")'

    dry = client.post(f"{HERE}/sheet", {"file": sheet(exported)})
    client.post(f"{HERE}/sheet", dry.context["take"].initial)
    again = client.get(f"{HERE}/table.xlsx").content

    from openpyxl import load_workbook

    cells = [cell for row in load_workbook(BytesIO(again)).active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


@pytest.mark.parametrize("source", ["", "[", "id: x", 'id: "gecc-2568"\n'])
def test_what_was_tampered_with_between_look_and_keep_is_refused(client, draft, source):
    answer = client.post(f"{HERE}/sheet", {"source": source, "seen": draft.version})

    assert answer.status_code == 422
    assert CriteriaSet.objects.get(reference="gecc-2569").version == draft.version


def test_no_file_is_told(client, draft):
    assert client.post(f"{HERE}/sheet", {}).status_code == 422
    assert client.get(f"{HERE}/sheet").status_code == 200
