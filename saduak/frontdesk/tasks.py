"""What the clock does at front desks (งานตามเวลา)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.frontdesk.operations import check_in, closing, forgetting, ratings, telling_of_appointments


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="frontdesk.close_days", pass_context=False)
def close_days(timestamp: int) -> None:
    """End the tickets and sittings that an earlier day has left open."""
    closing.close_days()


# Slots are lost a quarter of an hour after their beginning, and reminders are due at hours of the day.
@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="frontdesk.turn_appointments", pass_context=False)
def turn_appointments(timestamp: int) -> None:
    """Take the slots of those who did not come, and remind those who are to come."""
    check_in.lose_due()
    telling_of_appointments.remind_due()


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="frontdesk.erase_names", pass_context=False)
def erase_names(timestamp: int) -> None:
    """Forget whose appointments those were that lie longer back than their desks keep names."""
    forgetting.erase_due()


@app.periodic(cron="20 17 * * *")  # 00.20 in Bangkok.
@app.task(queueing_lock="frontdesk.mix_ratings", pass_context=False)
def mix_ratings(timestamp: int) -> None:
    """Let nobody tell from the database which visit a rating of an earlier day was of."""
    ratings.mix_days_before(timezone.localdate())
