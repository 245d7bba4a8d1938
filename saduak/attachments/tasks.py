"""What the night does with stored files."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.attachments import checks, operations, storage
from saduak.attachments.models import Content

GRACE = timedelta(days=1)
"""Bytes that nobody knows are left alone for so long: their transaction may still be running."""

log = logging.getLogger(__name__)


@app.periodic(cron="20 19 * * *")  # 02.20 in Bangkok.
@app.task(queueing_lock="attachments.sweep", name="attachments.sweep")
def sweep_task(timestamp: int) -> None:
    """Remove bytes that no row knows."""
    sweep()


@app.periodic(cron="50 19 * * 6")  # Sunday 02.50 in Bangkok.
@app.task(queueing_lock="attachments.check", name="attachments.check")
def check_task(timestamp: int) -> None:
    """Tell the operator's log of every file that was harmed."""
    for _, sentence in checks.harmed():
        log.error("Stored file: %s", sentence)


def sweep(*, at: datetime | None = None) -> list[str]:
    """Remove bytes older than `GRACE` that no row knows, left by transactions that failed; gives their addresses."""
    at = at or timezone.now()
    place = storage.place()
    swept: list[str] = []
    if not place.exists("sha256"):
        return swept
    for folder in place.listdir("sha256")[0]:
        for name in place.listdir(f"sha256/{folder}")[1]:
            path = f"sha256/{folder}/{name}"
            if place.get_modified_time(path) <= at - GRACE and _is_unknown_and_removed(name, path):
                swept.append(path)
    return swept


@transaction.atomic
def _is_unknown_and_removed(name: str, path: str) -> bool:
    """Remove one file unless a row knows it or somebody is storing it right now."""
    sha256 = name.partition(".")[0]  # What a failed write left is called <sha256>.<random>.part.
    if not operations.try_to_hold(sha256) or (name == sha256 and Content.objects.filter(pk=sha256).exists()):
        return False
    storage.place().delete(path)
    return True
