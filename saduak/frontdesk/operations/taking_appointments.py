"""How every deed with an appointment takes its step, or refuses it."""

from datetime import datetime
from functools import partial
from typing import Any, NoReturn

from saduak.frontdesk import policies
from saduak.frontdesk.models import Appointment, Device
from saduak.frontdesk.procedure import Role
from saduak.frontdesk.procedure_of_appointments import APPOINTMENT
from saduak.journal.steps import StepRefused, take_step
from saduak.procedure.kit import Decision, Reason


def take(
    name: str,
    appointment: Appointment,
    *,
    by: Any | None,
    device: Device | None = None,
    by_clock: bool = False,
    at: datetime | None = None,
    seen: int | None = None,
    note: str = "",
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Appointment:
    """Take one step; without a person, device or clock it is whoever has the appointment's own address.

    Raises StepRefused and StepOvertaken.
    """
    if device is not None:
        facts = {**(facts or {}), "device": device.pk}
    roles = partial(_roles, by, device, by_clock)
    return take_step(
        APPOINTMENT, name, appointment, by=by, roles=roles, at=at, seen=seen, note=note, facts=facts, **changes
    )


def refuse(name: str, code: str, sentence: object) -> NoReturn:
    """Refuse a step for a reason beside the table. Raises StepRefused."""
    raise StepRefused(Decision(APPOINTMENT.step(name), (Reason(code, sentence),)))


def _roles(by: Any | None, device: Device | None, by_clock: bool, appointment: Appointment) -> frozenset[str]:
    if by is not None:
        return frozenset(policies.desk_roles_of(by, appointment.centre))
    if device is not None:
        return frozenset({Role.DEVICE} if device.desk_id == appointment.centre_id else ())
    return frozenset({Role.CLOCK if by_clock else Role.VISITOR})
