"""The life of a ticket as a table (ขั้นตอนของบัตรคิว).

The clause numbers are those of the platform's own rule of the front desk; `docs/procedures/` prints them. Clause 1.1 is
the issue of the ticket, with which its life begins.
"""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.procedure.kit import CLOCK, Procedure, Refusal, Step, condition


class TicketStage(TextChoices):
    """Where a ticket stands."""

    WAITING = "waiting", pgettext_lazy("ticket", "Waiting")
    CALLED = "called", pgettext_lazy("ticket", "Called")
    SERVING = "serving", pgettext_lazy("ticket", "Being served")
    ON_HOLD = "on_hold", pgettext_lazy("ticket", "On hold")
    FINISHED = "finished", pgettext_lazy("ticket", "Finished")
    NO_SHOW = "no_show", pgettext_lazy("ticket", "Did not come")
    CANCELLED = "cancelled", pgettext_lazy("ticket", "Cancelled")


AT_A_COUNTER = frozenset({TicketStage.CALLED, TicketStage.SERVING})
"""A counter has at most one ticket in these stages."""

ENDED = frozenset({TicketStage.FINISHED, TicketStage.NO_SHOW, TicketStage.CANCELLED})

IN_THE_HOUSE = frozenset(TicketStage) - ENDED
"""Stages of a visit that goes on."""


class Outcome(TextChoices):
    """How a part of a visit ended; the last two only the platform records."""

    DONE = "done", pgettext_lazy("outcome", "Done")
    PAPERS_MISSING = "papers_missing", pgettext_lazy("outcome", "Papers are missing")
    ADVISED = "advised", pgettext_lazy("outcome", "Advised")
    COMES_AGAIN = "comes_again", pgettext_lazy("outcome", "Comes again another day")
    REFERRED = "referred", pgettext_lazy("outcome", "Referred to another office")
    NOT_ENTITLED = "not_entitled", pgettext_lazy("outcome", "Not entitled")
    WENT_AWAY = "went_away", pgettext_lazy("outcome", "Went away before the end")
    SENT_ON = "sent_on", pgettext_lazy("outcome", "Sent on to another centre")
    NOT_RECORDED = "not_recorded", pgettext_lazy("outcome", "Not recorded before closing")


CHOSEN_BY_OFFICERS = tuple(o for o in Outcome if o not in {Outcome.SENT_ON, Outcome.NOT_RECORDED})


class Role(TextChoices):
    """What somebody is to a ticket, or to a desk."""

    OFFICER = "officer", _("Officer at the desk")
    SUPERVISOR = "supervisor", _("Supervisor of the desk")
    VISITOR = "visitor", _("Visitor")
    DEVICE = "device", _("Device of the desk")
    SECRETARIAT = "desk_secretariat", _("Secretariat")
    AUDITOR = "desk_auditor", _("Auditor")
    CLOCK = CLOCK, _("The clock")


STAFF = frozenset({Role.OFFICER, Role.SUPERVISOR})
ANYBODY = STAFF | {Role.VISITOR, Role.DEVICE}


@condition(otherwise=_("The visitor has not been called often enough to count as absent."))
def called_often_enough(ticket: Any, at: datetime) -> bool:
    return bool(ticket.times_called >= ticket.centre.desk.calls_before_no_show)


@condition(otherwise=_("The day of this ticket is over."))
def the_day_goes_on(ticket: Any, at: datetime) -> bool:
    return bool(ticket.is_of_the_day_of(at))


@condition(otherwise=_("The day of this ticket is not over yet."))
def the_day_is_over(ticket: Any, at: datetime) -> bool:
    return not ticket.is_of_the_day_of(at)


TICKET: Procedure[Any] = Procedure(
    name="frontdesk-ticket",
    title=_("Queue ticket"),
    starts_at=TicketStage.WAITING,
    wordings={
        Refusal.WRONG_STAGE: _("The ticket is no longer where this would be possible."),
        Refusal.WRONG_ROLE: _("Only people of this front desk do that."),
    },
    steps=(
        Step(
            name="cancel",
            label=_("Cancel the ticket"),
            clause="1.2",
            taken_by=ANYBODY,
            moves=frozenset({TicketStage.WAITING, TicketStage.ON_HOLD}),
            to=TicketStage.CANCELLED,
        ),
        Step(
            name="call",
            label=_("Call the next visitor"),
            clause="2.1",
            taken_by=STAFF,
            moves=frozenset({TicketStage.WAITING}),
            to=TicketStage.CALLED,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="call_out_of_order",
            label=_("Call out of order, with a reason"),
            clause="2.2",
            taken_by=STAFF,
            moves=frozenset({TicketStage.WAITING}),
            to=TicketStage.CALLED,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="recall",
            label=_("Call again"),
            clause="2.3",
            taken_by=STAFF,
            moves=frozenset({TicketStage.CALLED}),
            to=None,
        ),
        Step(
            name="no_show",
            label=_("Did not come"),
            clause="2.4",
            taken_by=STAFF,
            moves=frozenset({TicketStage.CALLED}),
            to=TicketStage.NO_SHOW,
            provided=(called_often_enough,),
        ),
        Step(
            name="bring_back",
            label=_("Came after all: let wait again"),
            clause="2.5",
            taken_by=ANYBODY,
            moves=frozenset({TicketStage.NO_SHOW}),
            to=TicketStage.WAITING,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="start",
            label=_("Begin to serve"),
            clause="3.1",
            taken_by=STAFF,
            moves=frozenset({TicketStage.CALLED}),
            to=TicketStage.SERVING,
        ),
        Step(
            name="hold",
            label=_("Put on hold"),
            clause="3.2",
            taken_by=STAFF,
            moves=AT_A_COUNTER,
            to=TicketStage.ON_HOLD,
        ),
        Step(
            name="resume_held",
            label=_("Call from hold"),
            clause="3.3",
            taken_by=STAFF,
            moves=frozenset({TicketStage.ON_HOLD}),
            to=TicketStage.CALLED,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="transfer",
            label=_("Pass on within the centre"),
            clause="3.4",
            taken_by=STAFF,
            moves=frozenset({TicketStage.WAITING, TicketStage.CALLED, TicketStage.SERVING, TicketStage.ON_HOLD}),
            to=TicketStage.WAITING,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="send_on",
            label=_("Send on to another centre"),
            clause="3.5",
            taken_by=STAFF,
            moves=AT_A_COUNTER,
            to=TicketStage.FINISHED,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="next_service",
            label=_("Go on with another service"),
            clause="3.6",
            taken_by=STAFF,
            moves=frozenset({TicketStage.SERVING}),
            to=TicketStage.SERVING,
        ),
        Step(
            name="finish",
            label=_("Finish"),
            clause="3.7",
            taken_by=STAFF,
            moves=frozenset({TicketStage.SERVING}),
            to=TicketStage.FINISHED,
        ),
        Step(
            name="write_note",
            label=_("Keep a private note"),
            clause="3.8",
            taken_by=STAFF,
            moves=frozenset({TicketStage.CALLED, TicketStage.SERVING, TicketStage.ON_HOLD}),
            to=None,
        ),
        Step(
            name="undo",
            label=_("Take the last step back"),
            clause="4.1",
            taken_by=STAFF,
            moves=frozenset(TicketStage),
            to=None,
            provided=(the_day_goes_on,),
        ),
        Step(
            name="lapse",
            label=_("Not served before the day ended"),
            clause="5.1",
            taken_by=CLOCK,
            moves=frozenset({TicketStage.WAITING, TicketStage.CALLED, TicketStage.ON_HOLD}),
            to=TicketStage.CANCELLED,
            provided=(the_day_is_over,),
        ),
        Step(
            name="close",
            label=_("Closed with the day"),
            clause="5.2",
            taken_by=CLOCK,
            moves=frozenset({TicketStage.SERVING}),
            to=TicketStage.FINISHED,
            provided=(the_day_is_over,),
        ),
    ),
)
