"""The worker's part: checking and writing spreadsheets that are too long to wait for."""

from procrastinate.contrib.django import app

from saduak.directory.models import Import
from saduak.directory.operations.exchange import writing


@app.task(name="directory.check_import")
def check_import_task(pk: int) -> None:
    """Check one spreadsheet."""
    writing.check(Import.objects.get(pk=pk))


@app.task(name="directory.write_import")
def write_import_task(pk: int) -> None:
    """Write one spreadsheet."""
    writing.write(Import.objects.get(pk=pk))
