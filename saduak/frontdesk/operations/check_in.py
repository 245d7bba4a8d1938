"""Checking in with an appointment: in time it counts from the booked time, later one takes a normal ticket."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Appointment, Desk, Device, PriorityClass, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations.issuing import issue
from saduak.frontdesk.operations.taking_appointments import refuse, take
from saduak.frontdesk.procedure_of_appointments import AppointmentStage
from saduak.frontdesk.rules.booking import Coming, coming
from saduak.journal.steps import lock

BATCH = 500
"""Slots that are lost in one transaction."""


@transaction.atomic
def check_in(
    appointment: Appointment,
    *,
    priority: PriorityClass | None = None,
    channel: str = Channel.APPOINTMENT,
    by: Any | None = None,
    device: Device | None = None,
    at: datetime | None = None,
) -> Ticket:
    """The ticket of somebody who has come; the same one however often it is asked for.

    `by=None` and `device=None` is the person, by the appointment's own address. Raises StepRefused on another day, too
    early, and for a cancelled appointment; IssueRefused when the desk gives out no tickets.
    """
    at = at or timezone.now()
    held = lock(appointment)
    if held.ticket is not None:
        return held.ticket
    how = how_it_comes(held, at=at)
    if held.day != timezone.localdate(at):
        refuse("check_in", "it_is_the_day", _("The appointment is for another day."))
    if how == Coming.EARLY and held.stage == AppointmentStage.BOOKED:
        refuse("check_in", "it_is_not_too_early", _("It is too early to check in. Please come again later."))
    who: dict[str, Any] = {"by": by, "device": device, "at": at}
    if how == Coming.LATE and held.stage == AppointmentStage.BOOKED:
        held = take("lose", held, **who)
        held.persons.all().delete()
    is_late = held.stage == AppointmentStage.MISSED
    # A grace that has been made longer since gives no lost slot back.
    booked_for = None if is_late and how != Coming.LATE else held.slot.begins_at
    ticket = issue(
        held.centre,
        held.service,
        priority=priority or normal_class_of(held.centre.desk),
        channel=channel,
        language=held.language,
        booked_for=booked_for,
        visitor_name=held.name,
        **who,
    )
    take("take_ticket" if is_late else "check_in", held, ticket=ticket, facts={"number": ticket.shown}, **who)
    return ticket


def lose_due(*, at: datetime | None = None) -> int:
    """Take the slots of those who did not come within the grace; gives their number."""
    at = at or timezone.now()
    lost = 0
    overdue = Appointment.objects.booked().filter(day__lte=timezone.localdate(at), slot__begins_at__lt=at)
    for one in overdue.select_related("slot", "centre__desk").order_by("pk")[:BATCH]:
        if how_it_comes(one, at=at) == Coming.LATE:
            with transaction.atomic():
                if lock(one).stage != AppointmentStage.BOOKED:  # Somebody has just come, or cancelled.
                    continue
                take("lose", one, by=None, by_clock=True, at=at).persons.all().delete()
            lost += 1
    return lost


def how_it_comes(appointment: Appointment, *, at: datetime) -> Coming:
    """Whether coming now is early, in time or too late for the appointment."""
    desk = appointment.centre.desk
    return coming(
        appointment.slot.begins_at, at, early_minutes=desk.come_early_minutes, grace_minutes=desk.grace_minutes
    )


def checks_in_between(appointment: Appointment) -> tuple[datetime, datetime]:
    """From when until when one can check in."""
    desk, begins_at = appointment.centre.desk, appointment.slot.begins_at
    return begins_at - timedelta(minutes=desk.come_early_minutes), begins_at + timedelta(minutes=desk.grace_minutes)


def normal_class_of(desk: Desk) -> PriorityClass:
    """The class of visitors who say nothing of themselves."""
    return PriorityClass.objects.filter(desk=desk, is_priority=False).order_by("position", "pk")[0]
