"""A visitor rates a visit, once, and nobody can tell who (การให้คะแนนความพึงพอใจ).

No entry is written in the journal: it would keep the moment for ever. `docs/decisions` says what is kept and why.
"""

import secrets
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Desk, RatedTicket, Rating, RatingComment, Ticket
from saduak.frontdesk.operations.keeping import may_set_up
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.rules.ratings import FACES
from saduak.journal.steps import record
from saduak.procedure.kit import Reason

NOT_FINISHED = Reason("not_finished", _("You can rate the service when your visit has ended."))
DAY_IS_OVER = Reason("day_is_over", _("Visits can be rated on their own day only."))
NOT_RATED = Reason("not_rated", _("Choose a face first."))

LONGEST_COMMENT = 500


class RatingRefused(Exception):
    """The rating is not taken; `reason` says why. Nothing was changed. Pages answer 422."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(str(reason))


def why_not(ticket: Ticket, at: datetime) -> Reason | None:
    """Why this ticket cannot be rated now, whether or not it was; None if it can."""
    if ticket.stage != TicketStage.FINISHED:
        return NOT_FINISHED
    return DAY_IS_OVER if ticket.day != timezone.localdate(at) else None


@transaction.atomic
def rate(ticket: Ticket, score: int, *, at: datetime | None = None) -> bool:
    """Take a rating from 1 to 5 of the visit's last service and counter. False when the ticket had been rated before.

    Of two taps at once the first counts; a rating cannot be changed, for nobody knows which one it was. Raises
    RatingRefused while the visit goes on and after its day.
    """
    if score not in range(1, FACES + 1):
        raise ValueError(f"a face from 1 to {FACES}, not {score}")
    counter = ticket.counter_id
    if (reason := why_not(ticket, at or timezone.now())) or counter is None:
        raise RatingRefused(reason or NOT_FINISHED)
    _mark, is_first = RatedTicket.objects.get_or_create(ticket=ticket)
    if not is_first:
        return False
    Rating.objects.create(
        centre_id=ticket.centre_id,
        day=ticket.day,
        service_id=ticket.service_id,
        counter_id=counter,
        score=score,
    )
    return True


@transaction.atomic
def comment(ticket: Ticket, words: str, *, at: datetime | None = None) -> bool:
    """Take what the visitor adds in words after rating; False when there is nothing, or was something before.

    Raises RatingRefused before the rating, and after the day.
    """
    if reason := why_not(ticket, at or timezone.now()):
        raise RatingRefused(reason)
    mark = RatedTicket.objects.select_for_update().filter(ticket=ticket).first()
    if mark is None:
        raise RatingRefused(NOT_RATED)
    words = words.strip()[:LONGEST_COMMENT]
    if not words or mark.has_comment:
        return False
    mark.has_comment = True
    mark.save(update_fields=["has_comment"])
    RatingComment.objects.create(centre_id=ticket.centre_id, day=ticket.day, service_id=ticket.service_id, words=words)
    return True


def mix_days_before(today: date) -> int:
    """Write the ratings of days that are over anew in a random order, and forget which tickets were rated; how many.

    Until then the database could tell by the order of its rows, and by the transaction, which rating came with which
    mark. Each day of each centre in a transaction of its own.
    """
    RatedTicket.objects.filter(ticket__day__lt=today).delete()
    mixed = 0
    for model in (Rating, RatingComment):
        unmixed = model._default_manager.filter(is_mixed=False, day__lt=today)
        for centre, day in unmixed.order_by().values_list("centre_id", "day").distinct():
            mixed += _mix(model, centre, day)
    return mixed


@transaction.atomic
def _mix(model: Any, centre: int, day: date) -> int:
    rows = list(model.objects.select_for_update().filter(centre=centre, day=day, is_mixed=False))
    model.objects.filter(pk__in=[row.pk for row in rows]).delete()
    secrets.SystemRandom().shuffle(rows)
    kept = [field.attname for field in model._meta.concrete_fields if field.name not in ("id", "is_mixed")]
    model.objects.bulk_create(model(is_mixed=True, **{name: getattr(row, name) for name in kept}) for row in rows)
    return len(rows)


@transaction.atomic
def remove_comment(desk: Desk, comment: RatingComment, *, by: Any, at: datetime | None = None) -> None:
    """Delete a comment that tells of a person. The entry does not say what stood there. Raises PermissionDenied."""
    may_set_up(by, desk)
    comment.delete()
    record(desk, step="comment_removed", by=by, at=at or timezone.now(), facts={"day": comment.day.isoformat()})
