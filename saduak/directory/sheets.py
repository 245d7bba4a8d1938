"""Reads the rows of a spreadsheet that somebody uploads, whatever wrote it (อ่านตารางคำนวณ)."""

import csv
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
BE_IN_A_DATE_CELL = 2400
"""A date cell with so late a year holds a Buddhist year that somebody typed where the program expected another."""


class SheetRefused(Exception):
    """The file is no sheet that can be read; `code` says why, for the page that words it."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


@dataclass(frozen=True)
class Row:
    """A row with the number that the program shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The first row with words is the headings; empty rows are left out. `merged` names cells that were merged."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    merged: tuple[str, ...] = field(default=())


def look_at(content: bytes) -> None:
    """What can be told of a file before its rows are read.

    Pictures, PDF and web pages are known by their first bytes, whatever their name says; a package by its parts.
    Raises SheetRefused with a code: empty, too_large, old_excel, not_a_sheet.
    """
    if not content.strip():
        raise SheetRefused("empty")
    if len(content) > LARGEST_FILE:
        raise SheetRefused("too_large", megabytes=LARGEST_FILE // 1024 // 1024)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetRefused("old_excel")
    if re.match(rb"%PDF-|\x89PNG|\xff\xd8\xff|(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|script)", content, re.IGNORECASE):
        raise SheetRefused("not_a_sheet")
    if _is_package(content):
        _look_into(content)


def read_sheet(content: bytes) -> Sheet:
    """The rows of an XLSX file, or of a CSV file in UTF-8, UTF-16 or the Thai encodings TIS-620 and Windows-874.

    Raises SheetRefused as `look_at` does, and with the codes not_a_sheet, encoding, too_many_rows, no_rows.
    """
    look_at(content)
    numbered, merged = _read_xlsx(content) if _is_package(content) else (_read_csv(content), ())
    filled = [Row(number, cells) for number, cells in numbered if any(cells)]
    if len(filled) < 2:
        raise SheetRefused("no_rows")
    if len(filled) - 1 > MOST_ROWS:
        raise SheetRefused("too_many_rows", rows=len(filled) - 1, most=MOST_ROWS)
    return Sheet(filled[0].cells, tuple(filled[1:]), merged)


def _is_package(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def _look_into(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SheetRefused("not_a_sheet") from error
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise SheetRefused("too_large", megabytes=LARGEST_FILE // 1024 // 1024)
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise SheetRefused("not_a_sheet")


def _read_xlsx(content: bytes) -> tuple[list[tuple[int, tuple[str, ...]]], tuple[str, ...]]:
    from openpyxl import load_workbook  # Takes long to load, and not every process needs it.

    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            merged = _merged_cells(package)
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = [
                (number, tuple(_words(value) for value in row[:MOST_COLUMNS]))
                for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2), start=1)
            ]
        finally:
            book.close()
    except Exception as error:  # openpyxl meets a broken file with whatever its depths raise.
        raise SheetRefused("not_a_sheet") from error
    return rows, merged


def _merged_cells(package: zipfile.ZipFile) -> tuple[str, ...]:
    first = sorted(name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
    if not first:
        return ()
    found = re.findall(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z0-9:]+)"', package.read(first[0]))
    return tuple(ref.decode() for ref in found)


def _read_csv(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    text = _decoded(content)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SheetRefused("not_a_sheet") from error
    return [(number, tuple(_words(cell) for cell in row[:MOST_COLUMNS])) for number, row in enumerate(rows, start=1)]


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise SheetRefused("not_a_sheet")
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetRefused("encoding")


def _words(value: Any) -> str:
    """A cell as somebody would type it; a day as 15/1/2569."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        year = value.year if value.year >= BE_IN_A_DATE_CELL else value.year + 543
        return f"{value.day}/{value.month}/{year}"
    if isinstance(value, time):
        return value.strftime("%H.%M")
    words = str(value).replace("\u00a0", " ").strip()
    return words[1:] if re.match(r"'[=+\-@\t\r]", words) else words
