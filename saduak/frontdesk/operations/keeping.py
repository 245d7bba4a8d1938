"""What every change of a desk's set-up does: ask who may, lock, compare what was seen, and write down."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from saduak.directory.operations.writing import save_valid
from saduak.frontdesk.models import Desk
from saduak.frontdesk.policies import supervises
from saduak.frontdesk.queries.setting_up import history_of
from saduak.journal.steps import StepOvertaken, record


def may_set_up(by: Any | None, desk: Desk) -> None:
    """Raise PermissionDenied for who does not supervise the desk; None is the operator's own command."""
    if by is not None and not supervises(by, desk.centre):
        raise PermissionDenied


def kept(desk: Desk, *, by: Any | None, seen: int | None = None) -> Desk:
    """The desk as the database has it now, locked until the transaction ends, for somebody who may change it."""
    found = Desk.objects.select_for_update(of=("self",)).with_places().get(pk=desk.pk)
    may_set_up(by, found)
    if seen is not None and seen != found.version:
        raise StepOvertaken(found, tuple(history_of(found).filter(facts__version__gt=seen)))  # type: ignore[arg-type]
    return found


def write(desk: Desk, step: str, *, by: Any | None, at: datetime | None, note: str = "", **facts: Any) -> None:
    """Save the desk with its next version, and one entry about it."""
    desk.version += 1
    save_valid(desk)
    record(desk, step=step, by=by, at=at or timezone.now(), note=note, facts={**facts, "version": desk.version})
