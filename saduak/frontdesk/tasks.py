"""What the clock does at front desks (งานตามเวลา)."""

from django.utils import timezone
from procrastinate.contrib.django import app

from saduak.frontdesk.models import Printout
from saduak.frontdesk.operations import (
    check_in,
    closing,
    estimating,
    figures,
    following,
    forgetting,
    printing,
    ratings,
    telling_of_appointments,
)
from saduak.frontdesk.presenters.slips import picture_of
from saduak.frontdesk.presenters.turns import turn_in_words


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
    """Forget whose appointments and tickets those were that lie longer back than names are kept."""
    forgetting.erase_due()
    forgetting.erase_words_of_tickets()
    forgetting.forget_presses()


@app.periodic(cron="20 17 * * *")  # 00.20 in Bangkok.
@app.task(queueing_lock="frontdesk.mix_ratings", pass_context=False)
def mix_ratings(timestamp: int) -> None:
    """Let nobody tell from the database which visit a rating of an earlier day was of."""
    ratings.mix_days_before(timezone.localdate())


@app.task(name="frontdesk.print_ticket")
def print_ticket(printout: int) -> None:
    """Put a ticket on paper; a printer's fault is written down, not raised."""
    printing.carry_out(Printout.objects.get(pk=printout), picture_of)


@app.task(name="frontdesk.tell_followers")
def tell_followers(centre: int) -> None:
    """Tell those whose turn comes near, or who were called, at one centre."""
    following.tell(turn_in_words, centre=centre)


# A turn also comes near when others go away or the order changes; once a minute that is noticed too.
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="frontdesk.tell_all_followers", pass_context=False)
def tell_all_followers(timestamp: int) -> None:
    """Tell whoever was not told by an event; one question where nobody follows anything."""
    following.tell(turn_in_words)


# Whoever looks has a desk's waits estimated; once a minute the worker sees to desks that nobody looks at.
@app.periodic(cron="* * * * *")
@app.task(queueing_lock="frontdesk.estimate_waits", pass_context=False)
def estimate_waits(timestamp: int) -> None:
    """Estimate the waits of every desk at which somebody waits."""
    estimating.refresh_all()


@app.periodic(cron="25 * * * *")  # After the hour's closing of days.
@app.task(queueing_lock="frontdesk.keep_figures", pass_context=False)
def keep_figures(timestamp: int) -> None:
    """Keep the figures of days that are over."""
    figures.keep_due()


@app.periodic(cron="15 1 * * *")
@app.task(queueing_lock="frontdesk.forget_followers", pass_context=False)
def forget_followers(timestamp: int) -> None:
    """Forget the addresses of those who followed yesterday's tickets."""
    following.forget()
