"""Taking one step with one ticket: lock, ask the table, change, write down the slice that ended (ขั้นตอนของบัตรคิว)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from saduak.frontdesk.models import Slice, Ticket
from saduak.frontdesk.procedure import TICKET
from saduak.journal.steps import take_step_with_locked


def lock(ticket: Ticket) -> Ticket:
    """The ticket as the database has it now, with service, class and counter, locked until the transaction ends."""
    return (
        Ticket.objects.select_related("service", "priority", "counter", "centre")
        .select_for_update(of=("self",))
        .get(pk=ticket.pk)
    )


def move(
    name: str,
    locked: Ticket,
    *,
    by: Any | None,
    roles: Collection[str],
    at: datetime,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Ticket:
    """Take a step with a ticket that `lock` has read. A step with a new stage ends a slice.

    The entry's facts hold what a reader of the journal needs: what the ticket shows, what it has become, and under
    `before` what it was. `changes` are fields. Raises StepRefused and StepOvertaken. The day is to be touched after.
    """
    step = TICKET.step(name)
    was = Slice(
        centre_id=locked.centre_id,
        day=locked.day,
        ticket=locked,
        stage=locked.stage,
        began_at=locked.stage_since,
        ended_at=max(at, locked.stage_since),
        service_id=locked.service_id,
        priority_id=locked.priority_id,
        counter_id=locked.counter_id,
        officer_id=locked.officer_id,
        outcome=changes.get("outcome") or (facts or {}).get("outcome_of_part", ""),
    )
    before = {_column(field): stored(getattr(locked, _column(field))) for field in ("stage", "stage_since", *changes)}
    moved = take_step_with_locked(
        TICKET,
        name,
        locked,
        by=by,
        roles=roles,
        at=was.ended_at,
        seen=seen,
        note=note,
        facts={**facts_of(locked, **changes), "before": before, **(facts or {})},
        **changes,
    )
    if step.to is not None:
        was.save(force_insert=True)
    return moved


def facts_of(ticket: Ticket, **changes: Any) -> dict[str, Any]:
    """What every entry about a ticket says of it, with `changes` made; nothing of the person."""
    counter = changes.get("counter", ticket.counter)
    officer = changes["officer"].pk if changes.get("officer") else ticket.officer_id
    service = changes.get("service", ticket.service)
    return {
        "number": ticket.shown,
        "arrived": stored(ticket.arrived_at),
        "priority": ticket.priority.code,
        "service": service.pk,
        "counter": counter.label if counter else "",
        "at": counter.pk if counter else None,
        "officer": officer,
        **({"outcome": changes["outcome"]} if "outcome" in changes else {}),
    }


def stored(value: Any) -> Any:
    """A field's value as JSON has it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _column(field: str) -> str:
    return str(Ticket._meta.get_field(field).attname)  # type: ignore[union-attr]  # A ticket's own column.
