"""Sheets of numbers and words for people who count further (ตารางคำนวณ)."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import is_aware, localtime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEVER_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def xlsx(headings: Sequence[object], rows: Iterable[Sequence[Any]], *, title: str = "") -> bytes:
    """A workbook with one sheet: a frozen bold heading, numbers as numbers, days as days; text is never a formula."""
    from xlsxwriter import Workbook  # Takes long to load, and not every process needs it.

    held = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with Workbook(held, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        widths = [len(str(heading)) for heading in headings]
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, str(heading), bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                plain = _plain(value)
                sheet.write(number, column, plain, formats.get(type(plain)))
                widths[column] = max(widths[column], min(60, len(str(plain))))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width + 2)
        sheet.freeze_panes(1, 0)
    return held.getvalue()


def csv_text(headings: Sequence[object], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as comma-separated UTF-8, with the mark by which spreadsheets recognise Thai; formulas are disarmed."""
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow([str(heading) for heading in headings])
    writer.writerows([_disarmed(_plain(value)) for value in row] for row in rows)
    return held.getvalue().encode("utf-8-sig")


def respond(content: bytes, name: str) -> HttpResponse:
    """The file as a download; `name` ends in .xlsx or .csv."""
    kind = XLSX if name.endswith(".xlsx") else "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _plain(value: Any) -> Any:
    """A value that a sheet can hold: moments on Thai clocks, everything unusual as its words."""
    if isinstance(value, datetime):
        return (localtime(value) if is_aware(value) else value).replace(tzinfo=None)
    if value is None or isinstance(value, (int, float, Decimal, date, time)):
        return value
    return str(value)


def _disarmed(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(NEVER_FORMULAS) else value


def _sheet_name(title: str) -> str:
    """A name that spreadsheets accept: at most 31 letters, none of []:*?/\\."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'")[:31] or "saduak"
