"""Whatever wrote the spreadsheet, its rows are read, or the file is refused in words."""

from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from saduak.design.spreadsheets import csv_text, xlsx
from saduak.directory import sheets
from saduak.directory.sheets import SheetRefused, read_sheet

HEADINGS = ("รหัส", "ชื่อ")


def _book(rows, *, merge=""):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _cells(content):
    return [row.cells for row in read_sheet(content).rows]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("รหัส,ชื่อ\n51,ลำพูน\n".encode(), id="UTF-8"),
        pytest.param("รหัส,ชื่อ\n51,ลำพูน\n".encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param("รหัส,ชื่อ\n51,ลำพูน\n".encode("utf-16"), id="UTF-16"),
        pytest.param("รหัส,ชื่อ\n51,ลำพูน\n".encode("cp874"), id="Windows-874"),
        pytest.param("รหัส,ชื่อ\n51,ลำพูน\n".encode("tis-620"), id="TIS-620"),
        pytest.param("รหัส;ชื่อ\r\n51;ลำพูน\r\n".encode(), id="semicolons"),
        pytest.param("รหัส\tชื่อ\n51\tลำพูน\n".encode(), id="tabs"),
        pytest.param("\n\nรหัส,ชื่อ\n,\n51,ลำพูน\n\n".encode(), id="empty rows between"),
        pytest.param(_book([HEADINGS, (51, "ลำพูน")]), id="XLSX with a number"),
        pytest.param(_book([(), HEADINGS, (None, None), (51.0, "ลำพูน")]), id="XLSX with empty rows"),
        pytest.param(xlsx(HEADINGS, [("51", "ลำพูน")]), id="our own XLSX"),
        pytest.param(csv_text(HEADINGS, [("51", "ลำพูน")]), id="our own CSV"),
    ],
)
def test_rows_are_read(content):
    sheet = read_sheet(content)

    assert sheet.headings == HEADINGS
    assert [row.cells for row in sheet.rows] == [("51", "ลำพูน")]


def test_rows_keep_the_numbers_that_the_program_shows():
    sheet = read_sheet("\nก,ข\n\n1,2\n\n3,4\n".encode())

    assert [row.number for row in sheet.rows] == [4, 6]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        pytest.param(datetime(2026, 1, 15), "15/1/2569", id="a moment"),
        pytest.param(date(2569, 1, 15), "15/1/2569", id="a Buddhist year in a date cell"),
        pytest.param(True, "ใช่", id="true"),
        pytest.param(18.5, "18.5", id="a fraction"),
        pytest.param("  ก ", "ก", id="spaces around"),
    ],
)
def test_a_cell_becomes_words(cell, words):
    assert _cells(_book([HEADINGS, (cell, "x")])) == [(words, "x")]


def test_merged_cells_are_named():
    assert read_sheet(_book([HEADINGS, (1, 2), (3, 4)], merge="A2:A3")).merged == ("A2:A3",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n ", "empty", id="only spaces"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 100, "old_excel", id="an old Excel file"),
        pytest.param(b"PK\x03\x04 broken", "not_a_sheet", id="a broken archive"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_sheet", id="a picture"),
        pytest.param(b"a,b\n\xfc\xfd\xfe\xff,1\n", "encoding", id="letters of no known encoding"),
        pytest.param("ก,ข\n".encode(), "no_rows", id="only headings"),
        pytest.param(b'a,b\n"never closed,1\n', "not_a_sheet", id="an open quotation mark"),
    ],
)
def test_a_file_is_refused(content, code):
    with pytest.raises(SheetRefused) as refused:
        read_sheet(content)

    assert refused.value.code == code


def test_another_office_file_is_refused():
    import zipfile

    held = BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("word/document.xml", "<x/>")

    with pytest.raises(SheetRefused, match="not_a_sheet"):
        read_sheet(held.getvalue())


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 10)

    with pytest.raises(SheetRefused, match="too_large"):
        read_sheet(_book([HEADINGS, (1, 2)]))


def test_too_large_and_too_long_files_are_refused(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(SheetRefused, match="too_many_rows"):
        read_sheet(b"a,b\n1,2\n1,2\n1,2\n")

    monkeypatch.setattr(sheets, "LARGEST_FILE", 10)
    with pytest.raises(SheetRefused, match="too_large"):
        read_sheet(b"a,b\n1,2\n1,2\n1,2\n")


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_what_an_export_writes_an_import_reads(rows):
    """Formulas are disarmed on the way out and read as the words they were on the way in."""
    rows = [row for row in rows if not any(cell.startswith("'") for cell in row)] or [("ก", "ข")]

    assert _cells(csv_text(HEADINGS, rows)) == rows
    assert _cells(xlsx(HEADINGS, rows)) == rows
