"""What an officer did while the line was cut, taken in afterwards in its own time (งานช่วงขาดการเชื่อมต่อ)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from saduak.frontdesk.models import Sitting, Ticket, Undecided
from saduak.frontdesk.models.undecided import UndecidedKind
from saduak.frontdesk.operations import calling, serving, undecided
from saduak.frontdesk.procedure import AT_A_COUNTER
from saduak.journal.steps import StepRefused

STEPS: dict[str, Callable[..., Ticket]] = {
    "call": calling.call_known,
    "recall": calling.recall,
    "start": serving.start,
    "finish": serving.finish,
    "no_show": calling.no_show,
}
"""What can be done without the server → how it is taken in."""


def take_in(
    sitting: Sitting,
    ticket: Ticket,
    step: str,
    *,
    happened_at: datetime,
    key: UUID,
    at: datetime | None = None,
    **how: Any,
) -> Ticket | Undecided:
    """Take one step in that was taken without the server; what the table does not allow any more is left to a person.

    `happened_at` is believed between the officer's sitting down and now. The same key is taken in once. KeyError for
    a step that is not among `STEPS`.
    """
    at = at or timezone.now()
    believed = min(max(happened_at, sitting.opened_at), at)
    try:
        with transaction.atomic():
            return STEPS[step](sitting, ticket, key=key, at=believed, **how)
    except StepRefused as refused:
        ticket.refresh_from_db()
        elsewhere = step == "call" and ticket.stage in AT_A_COUNTER
        facts = {
            "number": ticket.shown,
            "step": step,
            "counter": sitting.counter.label,
            "stage": ticket.stage,
            "reasons": [reason.code for reason in refused.decision.reasons],
        }
        return undecided.note(
            sitting.centre,
            UndecidedKind.ALREADY_CALLED if elsewhere else UndecidedKind.OTHER,
            facts,
            happened_at=believed,
            at=at,
            ticket=ticket,
            reference=f"console {key}",
        )
