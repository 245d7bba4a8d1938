"""What an officer did while the line was cut, taken in afterwards in its own time (งานช่วงขาดการเชื่อมต่อ)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Press, Sitting, Ticket, Undecided
from saduak.frontdesk.models.undecided import UndecidedKind
from saduak.frontdesk.operations import calling, presses, serving, sittings, undecided
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.procedure import AT_A_COUNTER
from saduak.frontdesk.queries.steps import last_step_at
from saduak.journal.steps import StepRefused
from saduak.procedure.kit import Reason

CALLS = frozenset({"call", "resume_held"})


def _bring_back(sitting: Sitting, ticket: Ticket, *, key: UUID, at: datetime) -> Ticket:
    return calling.bring_back(ticket, by=sitting.officer, key=key, at=at)


def _undo(sitting: Sitting, ticket: Ticket, *, undoes: str, key: UUID, at: datetime) -> Ticket:
    """Take back the step that was meant, not one before it that the platform did take in."""
    last = last_step_at(sitting)
    is_meant = last is not None and (last.case_reference, last.step) == (ticket.reference, undoes)
    if not is_meant and not Press.objects.filter(pk=key).exists():
        raise Refused("undo", Reason("nothing_to_undo", _("There is no step that could be taken back.")))
    return serving.undo(sitting, key=key, at=at)


@transaction.atomic
def _pause(sitting: Sitting, *, reason: str, key: UUID, at: datetime) -> None:
    if presses.earlier(key, "pause", centre_id=sitting.centre_id, at=at) is None:
        sittings.pause(sitting, reason, at=at)


@transaction.atomic
def _resume(sitting: Sitting, *, key: UUID, at: datetime) -> None:
    if presses.earlier(key, "resume", centre_id=sitting.centre_id, at=at) is None:
        sittings.resume(sitting, at=at)


STEPS: dict[str, Callable[..., Ticket]] = {
    "call": calling.call_known,
    "recall": calling.recall,
    "start": serving.start,
    "next_service": serving.next_service,
    "finish": serving.finish,
    "hold": serving.hold,
    "resume_held": serving.resume_held,
    "no_show": calling.no_show,
    "bring_back": _bring_back,
    "undo": _undo,
}
"""What can be done with a ticket without the server → how it is taken in."""

OF_THE_COUNTER: dict[str, Callable[..., None]] = {"pause": _pause, "resume": _resume}
"""What can be done at the counter without the server and without a ticket."""


def take_in(
    sitting: Sitting,
    ticket: Ticket | None,
    step: str,
    *,
    happened_at: datetime,
    key: UUID,
    by: Any | None = None,
    at: datetime | None = None,
    **how: Any,
) -> Ticket | Undecided | None:
    """Take one step in that was taken without the server; what the table does not allow any more is left to a person.

    `happened_at` is believed between the officer's sitting down and now. The same key is taken in once. `by` is who
    tells it: what another officer did at the same computer is left to a person, too. KeyError for a step that is not
    among `STEPS` and `OF_THE_COUNTER`.
    """
    at = at or timezone.now()
    believed = min(max(happened_at, sitting.opened_at), at)
    try:
        if by is not None and by.pk != sitting.officer_id:
            raise Refused(step, Reason("another_officer", _("Somebody else was signed in when this was told.")))
        with transaction.atomic():
            if ticket is None:
                return OF_THE_COUNTER[step](sitting, key=key, at=believed, **how)
            return STEPS[step](sitting, ticket, key=key, at=believed, **how)
    except StepRefused as refused:
        return _left_to_a_person(sitting, ticket, step, refused, happened_at=believed, key=key, at=at)


def _left_to_a_person(
    sitting: Sitting,
    ticket: Ticket | None,
    step: str,
    refused: StepRefused,
    *,
    happened_at: datetime,
    key: UUID,
    at: datetime,
) -> Undecided:
    if ticket is not None:
        ticket.refresh_from_db()
    elsewhere = ticket is not None and step in CALLS and ticket.stage in AT_A_COUNTER
    facts = {
        "number": ticket.shown if ticket else "",
        "step": step,
        "counter": sitting.counter.label,
        "stage": ticket.stage if ticket else "",
        "reasons": [reason.code for reason in refused.decision.reasons],
    }
    return undecided.note(
        sitting.centre,
        UndecidedKind.ALREADY_CALLED if elsewhere else UndecidedKind.OTHER,
        facts,
        happened_at=happened_at,
        at=at,
        ticket=ticket,
        reference=f"console {key}",
    )
