"""The worker's part: checking and writing spreadsheets that are too long to wait for."""

from procrastinate.contrib.django import app

from saduak.directory.models import Import, Merge
from saduak.directory.operations import duplicates, merging
from saduak.directory.operations.exchange import writing


@app.task(name="directory.check_import")
def check_import_task(pk: int) -> None:
    """Check one spreadsheet."""
    writing.check(Import.objects.get(pk=pk))


@app.task(name="directory.write_import")
def write_import_task(pk: int) -> None:
    """Write one spreadsheet."""
    writing.write(Import.objects.get(pk=pk))


@app.periodic(cron="40 19 * * *")  # 02.40 in Bangkok.
@app.task(name="directory.look_for_duplicates")
def look_for_duplicates_task(timestamp: int) -> None:
    """Find centres that may stand there twice, and let what came late to a merged one follow."""
    for made in Merge.objects.filter(undone_at=None):
        merging.follow(made)
    duplicates.look_for_duplicates()
