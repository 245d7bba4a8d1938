"""Taking the last step of an officer back (การย้อนขั้นตอนล่าสุด)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Call, Sitting, Slice, Ticket
from saduak.frontdesk.operations import presses, sittings
from saduak.frontdesk.operations.moving import lock, move
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.policies import roles_at_a_counter
from saduak.frontdesk.procedure import AT_A_COUNTER, TICKET
from saduak.frontdesk.queries.steps import last_step_at, last_step_with
from saduak.journal.models import Entry
from saduak.procedure.kit import Reason


@transaction.atomic
def undo(sitting: Sitting, *, key: UUID | None = None, at: datetime | None = None) -> Ticket:
    """Take back the last step that this officer took with a ticket since sitting down: one step, once.

    The ticket is again what it was, the slice that had ended goes on, and a call no longer counts; all stays in the
    journal. Raises Refused when there is nothing to take back, or somebody has gone on with the visitor.
    """
    at = at or timezone.now()
    if press := presses.earlier(key, "undo", centre_id=sitting.centre_id, at=at):
        return press.ticket  # type: ignore[return-value]
    last = last_step_at(sitting)
    if last is None or last.step == "undo":
        raise Refused("undo", Reason("nothing_to_undo", _("There is no step that could be taken back.")))
    if last.step == "send_on":
        raise Refused("undo", Reason("sent_on", _("The visitor has a ticket of the other centre already.")))
    locked = lock(Ticket.objects.get(reference=last.case_reference))
    if last_step_with(locked) != last:
        raise Refused("undo", Reason("gone_on", _("Somebody else has gone on with this visitor.")))
    changes = _as_before(last.facts["before"])
    if changes["stage"] in AT_A_COUNTER and _has_another(locked, changes.get("counter", locked.counter)):
        raise Refused("undo", Reason("has_a_visitor", _("There is another visitor at the counter now.")))
    here = sittings.present(sitting, "undo")
    _take_slice_back(locked, last)
    moved = move(
        "undo",
        locked,
        by=here.officer,
        roles=roles_at_a_counter(here.officer, here.centre),
        at=at,
        facts={"undoes": last.sequence, "undid": last.step},
        key=key,
        **changes,
    )
    Call.objects.filter(ticket=moved, called_at=last.at, undone_at=None).update(undone_at=at)
    return moved


def _take_slice_back(locked: Ticket, last: Entry) -> None:
    if TICKET.step(last.step).to is not None:
        ended = Slice.objects.filter(ticket=locked).order_by("-ended_at", "-pk").values("pk")[:1]
        Slice.objects.filter(pk__in=ended).delete()


def _has_another(locked: Ticket, counter: Any) -> bool:
    return Ticket.objects.filter(counter=counter, stage__in=AT_A_COUNTER).exclude(pk=locked.pk).exists()


def _as_before(before: dict[str, Any]) -> dict[str, Any]:
    """Fields as they were, from what an entry says: related things fetched, moments read."""
    fields = {}
    for column, value in before.items():
        field = Ticket._meta.get_field(column)
        if value is not None and field.is_relation:
            value = field.related_model._default_manager.get(pk=value)  # type: ignore[union-attr]
        elif value is not None and field.get_internal_type() == "DateTimeField":
            value = parse_datetime(value)
        fields[field.name] = value
    return fields
