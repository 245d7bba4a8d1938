"""Sitting down at a counter, pausing, asking for help and leaving (การนั่งประจำช่อง)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Counter, Sitting, SittingSlice, Ticket
from saduak.frontdesk.operations import days, supervising
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.policies import desk_roles_of, roles_at_a_counter
from saduak.frontdesk.procedure import AT_A_COUNTER, Role
from saduak.frontdesk.queries.lines import hold_lines
from saduak.journal.steps import record
from saduak.procedure.kit import Reason

NOT_HERE = Reason("wrong_role", _("Only people of this front desk do that."))
PAUSED = Reason("paused", _("Your counter is paused. Resume first."))
LEFT = Reason("has_left", _("You no longer sit at this counter. Sit down again."))


@transaction.atomic
def sit_down(counter: Counter, *, by: Any, at: datetime | None = None) -> Sitting:
    """Sit down at a free counter. Whoever sits there already goes on. Raises Refused."""
    at = at or timezone.now()
    counter = Counter.objects.select_related("desk__centre").select_for_update(of=("self",)).get(pk=counter.pk)
    roles = roles_at_a_counter(by, counter.desk.centre)
    if not roles:
        raise Refused("sit_down", NOT_HERE)
    if not counter.is_active:
        raise Refused("sit_down", Reason("counter_not_in_use", _("This counter is not in use.")))
    for sitting in Sitting.objects.going_on().filter(counter=counter).select_related("officer"):
        if sitting.officer_id == by.pk:
            return sitting
        raise Refused("sit_down", Reason("counter_taken", _("Somebody else sits at this counter.")))
    if Sitting.objects.going_on().of(by).exists():
        raise Refused("sit_down", Reason("sits_elsewhere", _("You already sit at another counter.")))
    sitting = Sitting.objects.create(centre_id=counter.desk_id, counter=counter, officer=by, opened_at=at)
    supervising.opened(counter, at=at)
    _written(sitting, "sit_down", by=by, role=min(roles), at=at)
    return sitting


@transaction.atomic
def leave(sitting: Sitting, *, by: Any | None = None, at: datetime | None = None) -> Sitting:
    """End the sitting: its officer, or a supervisor for one who forgot. Raises Refused while a visitor is there."""
    at = at or timezone.now()
    by = by or sitting.officer
    # Nobody may be called to the counter from now on.
    hold_lines(sitting.counter.skills.values_list("group", flat=True))
    locked = lock(sitting)
    roles = desk_roles_of(by, locked.centre)
    if by.pk != locked.officer_id and Role.SUPERVISOR not in roles:
        raise Refused("leave", NOT_HERE)
    if locked.closed_at is not None:
        return locked
    if Ticket.objects.filter(counter=locked.counter_id, stage__in=AT_A_COUNTER).exists():
        reason = _("There is still a visitor at this counter. Finish, hold or pass on first.")
        raise Refused("leave", Reason("has_a_visitor", reason))
    return end(locked, by=by, role=min(roles, default=Role.OFFICER), at=at)


def end(locked: Sitting, *, by: Any | None, role: Role, at: datetime) -> Sitting:
    """Close a locked sitting with its last slice; also the clock does, when the day is over."""
    _end_slice(locked, at)
    locked.closed_at = max(at, locked.opened_at)
    locked.paused_since, locked.pause_reason, locked.needs_help_since = None, "", None
    return _changed(locked, "leave", by=by, role=role, at=at)


@transaction.atomic
def pause(sitting: Sitting, reason: str, *, at: datetime | None = None) -> Sitting:
    """Pause the counter for a reason; its present visitor stays. Raises Refused without a reason."""
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("pause", Reason("no_reason", _("Say why, so that others know.")))
    locked = present(sitting, "pause")
    _end_slice(locked, at)
    locked.paused_since = at
    locked.pause_reason = reason.strip()[:200]
    return _changed(locked, "pause", by=locked.officer, role=Role.OFFICER, at=at, note=locked.pause_reason)


@transaction.atomic
def resume(sitting: Sitting, *, at: datetime | None = None) -> Sitting:
    """Be ready again after a pause."""
    at = at or timezone.now()
    locked = present(sitting, "resume")
    if locked.paused_since is None:
        return locked
    _end_slice(locked, at)
    locked.paused_since, locked.pause_reason = None, ""
    supervising.opened(locked.counter, at=at)
    return _changed(locked, "resume", by=locked.officer, role=Role.OFFICER, at=at)


@transaction.atomic
def ask_for_help(sitting: Sitting, *, at: datetime | None = None) -> Sitting:
    """Ask the supervisor to come to the counter; once is enough."""
    at = at or timezone.now()
    locked = present(sitting, "ask_for_help")
    if locked.needs_help_since is not None:
        return locked
    locked.needs_help_since = at
    return _changed(locked, "ask_for_help", by=locked.officer, role=Role.OFFICER, at=at)


@transaction.atomic
def help_came(sitting: Sitting, *, by: Any | None = None, at: datetime | None = None) -> Sitting:
    """Help has come: says the officer, or whoever of the desk came. Raises Refused."""
    at = at or timezone.now()
    by = by or sitting.officer
    locked = lock(sitting)
    roles = desk_roles_of(by, locked.centre) & {Role.OFFICER, Role.SUPERVISOR}
    if not roles:
        raise Refused("help_came", NOT_HERE)
    if locked.needs_help_since is None:
        return locked
    locked.needs_help_since = None
    return _changed(locked, "help_came", by=by, role=min(roles), at=at)


def lock(sitting: Sitting) -> Sitting:
    """The sitting as the database has it now, with its counter and officer, locked until the transaction ends."""
    return (
        Sitting.objects.select_related("counter", "centre", "officer")
        .select_for_update(of=("self",))
        .get(pk=sitting.pk)
    )


def present(sitting: Sitting, deed: str) -> Sitting:
    """The locked sitting of an officer who still sits there. Raises Refused."""
    locked = lock(sitting)
    if locked.closed_at is not None:
        raise Refused(deed, LEFT)
    return locked


def ready(sitting: Sitting, deed: str) -> Sitting:
    """The sitting as it is now, not locked, when its officer sits there and is not paused. Raises Refused."""
    here = Sitting.objects.select_related("counter", "centre").get(pk=sitting.pk)
    if here.closed_at is not None:
        raise Refused(deed, LEFT)
    if here.paused_since is not None:
        raise Refused(deed, PAUSED)
    here.officer = sitting.officer
    return here


def _end_slice(locked: Sitting, at: datetime) -> None:
    last = SittingSlice.objects.filter(sitting=locked).order_by("-ended_at", "-pk").first()
    began = last.ended_at if last else locked.opened_at
    SittingSlice.objects.create(
        centre_id=locked.centre_id,
        sitting=locked,
        began_at=began,
        ended_at=max(at, began),
        pause_reason=locked.pause_reason,
    )


def _changed(locked: Sitting, step: str, *, by: Any | None, role: Role, at: datetime, note: str = "") -> Sitting:
    locked.version += 1
    locked.save()
    _written(locked, step, by=by, role=role, at=at, note=note)
    return locked


def _written(sitting: Sitting, step: str, *, by: Any | None, role: Role, at: datetime, note: str = "") -> None:
    facts = {"counter": sitting.counter.label, "at": sitting.counter_id, "version": sitting.version}
    record(sitting, step=step, by=by, role=role, at=at, note=note, facts=facts)
    days.touch(sitting.centre_id, timezone.localdate(sitting.opened_at))
