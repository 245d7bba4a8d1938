"""The worker's part: delivering, and finding what got lost on the way."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.notices import operations

OVERDUE = timedelta(minutes=30)
"""A notice so long past its time has no job any more: its worker died."""


@app.task(name="notices.deliver")
def deliver_task(number: str) -> None:
    """Try once to deliver one notice."""
    operations.deliver(number)


@app.periodic(cron="*/10 * * * *")
@app.task(name="notices.catch_up", queueing_lock="notices.catch_up")
def catch_up_task(timestamp: int) -> None:
    """Put notices that a dead worker left behind on their way again."""
    operations.catch_up(overdue=timezone.now() - OVERDUE)
