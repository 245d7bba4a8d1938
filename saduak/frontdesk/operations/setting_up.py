"""A centre's front desk is begun, set up, opened for tickets and closed again (การตั้งค่าจุดบริการ).

Every change locks the desk, compares the version that the person has seen, and writes one entry under the desk. With
`by=None` the operator's own command speaks. All raise PermissionDenied for who does not supervise the desk,
ValidationError with what is wrong, and StepOvertaken when somebody was faster; nothing changes then.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.directory.models import Centre
from saduak.directory.operations.writing import changed, save_valid
from saduak.directory.queries import memberships_of
from saduak.frontdesk.beginnings import CLASSES, TEXTS
from saduak.frontdesk.models import Desk, PriorityClass
from saduak.frontdesk.operations.keeping import kept, may_set_up, write
from saduak.frontdesk.queries.setting_up import what_is_missing
from saduak.journal.steps import record

SETTINGS = frozenset(
    {
        "alarm_minutes",
        "answered",
        "board_seconds",
        "calls_before_no_show",
        "come_early_minutes",
        "daily_limit",
        "grace_minutes",
        "hold_off_minutes",
        "hours",
        "keeps_holidays",
        "languages",
        "least_ratings",
        "number_digits",
        "stops_by_estimate",
        "texts",
    }
)
"""What `write_settings` changes; opening and supervisors have deeds of their own."""


@transaction.atomic
def begin(centre: Centre, *, by: Any | None, at: datetime | None = None) -> Desk:
    """Give a centre a desk with the classes of visitors and the texts that every desk begins with; not open yet.

    A desk that is there already is returned as it is.
    """
    Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    existing = Desk.objects.filter(centre=centre).with_places().first()
    if existing is not None:
        may_set_up(by, existing)
        return existing
    desk = Desk(centre=centre, texts=TEXTS, version=1)
    may_set_up(by, desk)
    save_valid(desk)
    PriorityClass.objects.bulk_create(
        PriorityClass(desk=desk, position=position, **facts) for position, facts in enumerate(CLASSES, start=1)
    )
    record(desk, step="begun", by=by, at=at or timezone.now(), facts={"version": desk.version})
    return desk


@transaction.atomic
def write_settings(
    desk: Desk, *, by: Any | None, seen: int | None = None, at: datetime | None = None, **facts: Any
) -> Desk:
    """Change any of SETTINGS. Without a difference nothing is written."""
    if unknown := facts.keys() - SETTINGS:
        raise TypeError(f"These are no settings of a desk: {', '.join(sorted(unknown))}.")
    desk = kept(desk, by=by, seen=seen)
    if differences := changed(desk, facts):
        write(desk, "corrected", by=by, at=at, changes=differences)
    return desk


@transaction.atomic
def answer(desk: Desk, question: str, *, by: Any | None, at: datetime | None = None) -> Desk:
    """Note that a question of the set-up has been answered, so that it is not asked again."""
    desk = kept(desk, by=by)
    if question not in desk.answered:
        desk.answered = [*desk.answered, question]
        desk.save(update_fields=["answered"])
    return desk


@transaction.atomic
def name_supervisors(
    desk: Desk, people: Collection[Any], *, by: Any | None, seen: int | None = None, at: datetime | None = None
) -> Desk:
    """Say who supervises the desk beside the head of the centre: people who work there."""
    desk = kept(desk, by=by, seen=seen)
    if any(desk.centre_id not in {held.centre_id for held in memberships_of(person)} for person in people):
        raise ValidationError(_("Only people who work in this centre can supervise its desk."))
    before = sorted(desk.supervisors.values_list("pk", flat=True))
    after = sorted(person.pk for person in people)
    if before != after:
        desk.supervisors.set(people)
        write(desk, "supervisors_named", by=by, at=at, before=before, after=after)
    return desk


@transaction.atomic
def open_desk(desk: Desk, *, by: Any | None, seen: int | None = None, at: datetime | None = None) -> Desk:
    """Let the desk give out tickets. Raises ValidationError with each thing that is missing."""
    desk = kept(desk, by=by, seen=seen)
    if missing := what_is_missing(desk):
        raise ValidationError([str(sentence) for sentence in missing])
    return _turn(desk, is_open=True, step="opened", by=by, at=at)


@transaction.atomic
def close_desk(desk: Desk, *, by: Any | None, reason: str, seen: int | None = None, at: datetime | None = None) -> Desk:
    """Stop giving out tickets until the desk is opened again; who waits is still served."""
    desk = kept(desk, by=by, seen=seen)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    return _turn(desk, is_open=False, step="closed", by=by, at=at, note=reason)


def _turn(desk: Desk, *, is_open: bool, step: str, by: Any | None, at: datetime | None, note: str = "") -> Desk:
    if desk.is_open != is_open:
        desk.is_open = is_open
        write(desk, step, by=by, at=at, note=note)
    return desk
