"""What no rule decides is listed for the supervisor, and settled by a person (เรื่องที่รอหัวหน้าจุดบริการ)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from saduak.directory.models import Centre
from saduak.frontdesk.models import Device, Ticket, Undecided
from saduak.frontdesk.models.tickets import reference_of_a_ticket
from saduak.journal.steps import record


@transaction.atomic
def note(
    centre: Centre,
    kind: str,
    facts: dict[str, Any],
    *,
    happened_at: datetime,
    at: datetime | None = None,
    device: Device | None = None,
    ticket: Ticket | None = None,
    reference: str | None = None,
) -> Undecided:
    """List a matter, once for each `reference`. `facts` say what happened, nothing of the person."""
    at = at or timezone.now()
    matter, is_new = Undecided.objects.get_or_create(
        reference=reference or reference_of_a_ticket(),
        defaults={
            "centre": centre,
            "day": timezone.localdate(happened_at),
            "kind": kind,
            "facts": facts,
            "device": device,
            "ticket": ticket,
            "happened_at": happened_at,
            "noted_at": at,
        },
    )
    if is_new:
        record(matter, step="note", by=None, at=at, facts={"kind": kind, **facts})
    return matter


@transaction.atomic
def settle(matter: Undecided, settlement: str, *, by: Any, at: datetime | None = None) -> Undecided:
    """Write down what was done about it; the first who settles it has done so."""
    at = at or timezone.now()
    matter = Undecided.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if matter.settled_at is None:
        matter.settled_at, matter.settled_by, matter.settlement = at, by, settlement.strip()
        matter.save(update_fields=["settled_at", "settled_by", "settlement"])
        record(matter, step="settle", by=by, at=at, note=matter.settlement)
    return matter
