"""Taking one step with one ticket: lock, ask the table, change, write down the slice that ended (ขั้นตอนของบัตรคิว)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from saduak.frontdesk.models import Slice, Ticket
from saduak.frontdesk.operations.writing import Sql, at_once, change, insertion, touching
from saduak.frontdesk.procedure import TICKET
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken, prepare_step

ALWAYS: Sql = ("true", [])

TOLD = ("asks_for", "not_before")
"""Fields of which an entry says what they have become, so that the order of any moment can be told again."""


def lock(ticket: Ticket) -> Ticket:
    """The ticket as the database has it now, with service, class and counter, locked until the transaction ends."""
    return (
        Ticket.objects.select_related("service", "priority", "counter", "centre")
        .select_for_update(of=("self",))
        .get(pk=ticket.pk)
    )


def move(name: str, locked: Ticket, **how: Any) -> Ticket:
    """Take a step with a ticket that `lock` has read; as `move_if`, with nothing to wait for."""
    moved = move_if(ALWAYS, name, locked, **how)
    if moved is None:
        raise StepOvertaken(locked, ())
    return moved


def move_if(
    condition: Sql,
    name: str,
    ticket: Ticket,
    *,
    by: Any | None,
    roles: Collection[str],
    at: datetime,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    rows: Collection[models.Model] = (),
    key: UUID | None = None,
    **changes: Any,
) -> Ticket | None:
    """Take a step with a ticket that is still as it was read, if `condition` holds in the database; else None.

    The ticket, its entry, the slice that a new stage ends, other `rows`, what the press `key` did, and the day's new
    version are written in one statement. The entry's facts hold what a reader of the journal needs: what the ticket
    shows, what it has become, and under `before` what it was. `changes` are fields. Raises StepRefused and
    StepOvertaken.
    """
    entry, ended = prepare_move(name, ticket, by=by, roles=roles, at=at, seen=seen, note=note, facts=facts, **changes)
    text, values = condition
    unchanged = ("version = %s AND " + text, [ticket.version - 1, *values])
    saved, parameters = change(ticket, ["stage", "stage_since", "version", *changes], condition=unchanged)
    parts: dict[str, Sql] = {"moved": (f"{saved} RETURNING 1", parameters)}
    for number, row in enumerate([entry, *ended, *rows]):
        parts[f"row_{number}"] = insertion(row, source="moved")
    if key is not None:
        pressed = "UPDATE frontdesk_press SET ticket_id = %s FROM moved WHERE key = %s"
        parts["pressed"] = (pressed, [ticket.pk, key])
    parts["today"] = touching(ticket.centre_id, ticket.day, source="moved")
    return ticket if at_once(parts, "SELECT version FROM today") else None


def prepare_move(
    name: str,
    ticket: Ticket,
    *,
    by: Any | None,
    roles: Collection[str],
    at: datetime,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> tuple[Entry, list[Slice]]:
    """The entry of a step and the slice that it ends, if any, with the ticket changed in memory and nothing written.

    Raises StepRefused and StepOvertaken.
    """
    was = Slice(
        centre_id=ticket.centre_id,
        day=ticket.day,
        ticket=ticket,
        stage=ticket.stage,
        began_at=ticket.stage_since,
        ended_at=max(at, ticket.stage_since),
        service_id=ticket.service_id,
        priority_id=ticket.priority_id,
        counter_id=ticket.counter_id,
        officer_id=ticket.officer_id,
        outcome=changes.get("outcome") or (facts or {}).get("outcome_of_part", ""),
    )
    before = {_column(field): stored(getattr(ticket, _column(field))) for field in ("stage", "stage_since", *changes)}
    after = {field: stored(getattr(changes[field], "pk", changes[field])) for field in TOLD if field in changes}
    entry = prepare_step(
        TICKET,
        name,
        ticket,
        by=by,
        roles=roles,
        at=was.ended_at,
        seen=seen,
        note=note,
        facts={**facts_of(ticket, **changes), **after, "before": before, **(facts or {})},
        **changes,
    )
    return entry, [was] if TICKET.step(name).to is not None else []


def facts_of(ticket: Ticket, **changes: Any) -> dict[str, Any]:
    """What every entry about a ticket says of it, with `changes` made; nothing of the person."""
    counter = changes.get("counter", ticket.counter)
    officer = changes["officer"].pk if changes.get("officer") else None if "officer" in changes else ticket.officer_id
    return {
        "number": ticket.shown,
        "arrived": stored(ticket.arrived_at),
        "priority": ticket.priority.code,
        "service": changes["service"].pk if "service" in changes else ticket.service_id,
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
