"""A visit is planned, changed, cancelled, held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Application, ScoreSheet, Visit, VisitAssessor
from saduak.certification.models.visits import Mode, VisitState
from saduak.certification.operations import telling
from saduak.certification.operations.field import hand_in_if_asked
from saduak.certification.operations.taking import refuse, take
from saduak.certification.procedure.applications import APPLICATION, Stage
from saduak.certification.procedure.roles import PANEL, WORDINGS, Role
from saduak.certification.procedure.sheets import SheetStage
from saduak.certification.queries.conflicts import hard_conflicts_of
from saduak.certification.rules import Phase
from saduak.directory.models import Membership
from saduak.journal.steps import StepOvertaken, lock, record
from saduak.procedure.kit import Refusal


@dataclass(frozen=True)
class VisitPlan:
    """When, how and where a visit is made, and the people who assess."""

    mode: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    note: str = ""
    assessors: tuple[Any, ...] = ()


@transaction.atomic
def plan(
    application: Application, visit: VisitPlan, *, by: Any, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Fix the visit of an assigned unit, and tell the centre.

    Raises StepRefused when the days do not fit the round, an assessor is elsewhere at that time, has not declared to
    be free of conflict or has a hard conflict, or fewer than two assess.
    """
    at = at or timezone.now()
    locked = _may_plan(application, by=by, stage=Stage.ASSIGNED, step="plan_visit")
    _check(locked, visit, step="plan_visit")
    made = Visit.objects.create(
        application=locked,
        mode=visit.mode,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        place=visit.place,
        note=visit.note,
    )
    _seat(made, visit.assessors)
    planned = take("plan_visit", application, by=by, at=at, seen=seen, facts=_facts(visit))
    telling.tell_the_centre(planned, telling.visit_fixed(planned, made), by=by, at=at)
    return planned


@transaction.atomic
def change(
    application: Application,
    visit: VisitPlan,
    *,
    by: Any,
    reason: str,
    at: datetime | None = None,
    seen: int | None = None,
) -> Application:
    """Move a planned visit or change who assesses, with the reason, and tell the centre.

    Raises StepRefused as `plan` does, and StepOvertaken.
    """
    at = at or timezone.now()
    locked = _may_plan(application, by=by, stage=Stage.VISIT_PLANNED, step="cancel_visit")
    if not reason.strip():
        refuse(APPLICATION, "cancel_visit", "reason_is_given", _("Write the reason."))
    if seen is not None and seen != locked.version:
        raise StepOvertaken(locked, tuple(locked.history.filter(facts__version__gt=seen)))
    planned = locked.visits.planned().get()
    _check(locked, visit, step="cancel_visit", besides=planned)
    planned.mode, planned.starts_at, planned.ends_at = visit.mode, visit.starts_at, visit.ends_at
    planned.place, planned.note = visit.place, visit.note
    planned.save()
    planned.assessors.all().delete()
    _seat(planned, visit.assessors)
    locked.version += 1
    locked.save(update_fields=["version"])
    record(
        locked,
        step="change_visit",
        clause="5.1",
        by=by,
        at=at,
        role=next(iter(sorted(policies.roles_of(by, locked) & {Role.SECRETARIAT, *PANEL}))),
        from_stage=locked.stage,
        to_stage=locked.stage,
        note=reason,
        facts={**_facts(visit), "version": locked.version},
    )
    telling.tell_the_centre(locked, telling.visit_moved(locked, planned, reason=reason), by=by, at=at)
    return lock(locked)


@transaction.atomic
def cancel(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Cancel a planned visit, and tell the centre; the unit waits for another."""
    at = at or timezone.now()
    if not reason.strip():
        refuse(APPLICATION, "cancel_visit", "reason_is_given", _("Write the reason."))
    cancelled = take("cancel_visit", application, by=by, at=at, seen=seen, note=reason)
    visit = cancelled.visits.planned().get()
    cancelled.visits.planned().update(state=VisitState.CANCELLED)
    telling.tell_the_centre(cancelled, telling.visit_cancelled(cancelled, visit, reason=reason), by=by, at=at)
    return cancelled


@transaction.atomic
def hold(
    application: Application, *, by: Any, note: str = "", at: datetime | None = None, seen: int | None = None
) -> Application:
    """Record that the visit was held; sheets that were handed in on a device before are handed in now."""
    at = at or timezone.now()
    held = take("hold_visit", application, by=by, at=at, seen=seen, note=note)
    held.visits.planned().update(state=VisitState.HELD)
    for sheet in ScoreSheet.objects.filter(
        visit__application=held, stage=SheetStage.OPEN, events__kind="submit"
    ).distinct():
        hand_in_if_asked(lock(sheet), by=by, at=at)
    return held


@transaction.atomic
def correct(
    application: Application, *, by: Any, reason: str, at: datetime | None = None, seen: int | None = None
) -> Application:
    """Take back the record that the visit was held, while no score is lost by it."""
    if not reason.strip():
        refuse(APPLICATION, "correct_visit", "reason_is_given", _("Write the reason."))
    corrected = take("correct_visit", application, by=by, at=at, seen=seen, note=reason)
    corrected.visits.filter(state=VisitState.HELD).update(state=VisitState.PLANNED)
    return corrected


def _may_plan(application: Application, *, by: Any, stage: Stage, step: str) -> Application:
    locked = lock(application)
    if not policies.roles_of(by, locked) & {Role.SECRETARIAT, *PANEL}:
        refuse(APPLICATION, step, Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.stage != stage:
        refuse(APPLICATION, step, Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    return locked


def _check(application: Application, visit: VisitPlan, *, step: str, besides: Visit | None = None) -> None:
    days = {timezone.localdate(visit.starts_at), timezone.localdate(visit.ends_at)}
    if not all(application.round.runs(Phase.VISITS, day) for day in days):
        refuse(APPLICATION, step, "within_the_phase", _("The visit lies outside the visiting phase of the round."))
    if visit.ends_at <= visit.starts_at:
        refuse(APPLICATION, step, "ends_after_it_begins", _("The visit must end after it begins."))
    if visit.mode == Mode.VIDEO and not visit.place:
        refuse(APPLICATION, step, "link_is_given", _("Give the link of the video meeting."))
    if len(set(visit.assessors)) < 2:
        refuse(APPLICATION, step, "two_assess", _("At least two members assess a unit."))
    for person in visit.assessors:
        if application.declared_by(person) is not True:
            refuse(
                APPLICATION,
                step,
                "free_of_conflict_is_declared",
                _("%(person)s has not declared to be free of conflict.") % {"person": person},
            )
    if bound := hard_conflicts_of(application, visit.assessors):
        refuse(
            APPLICATION,
            step,
            "no_hard_conflict",
            _("%(people)s cannot assess this unit: conflict of interest.") % {"people": ", ".join(map(str, bound))},
        )
    if elsewhere := _elsewhere(visit, besides):
        refuse(
            APPLICATION,
            step,
            "nobody_is_elsewhere",
            _("%(people)s are on another visit at that time.") % {"people": ", ".join(elsewhere)},
        )


def _elsewhere(visit: VisitPlan, besides: Visit | None) -> list[str]:
    """Names of assessors who sit on another visit that overlaps in time."""
    busy = VisitAssessor.objects.filter(
        person__in=visit.assessors,
        visit__state=VisitState.PLANNED,
        visit__starts_at__lt=visit.ends_at,
        visit__ends_at__gt=visit.starts_at,
    ).select_related("person")
    if besides is not None:
        busy = busy.exclude(visit=besides)
    return sorted({str(seat.person) for seat in busy})


def _seat(visit: Visit, people: Iterable[Any]) -> None:
    body = visit.application.assignment.panel.body
    offices = dict(
        Membership.objects.on(timezone.localdate(visit.starts_at)).filter(body=body).values_list("person", "office")
    )
    for person in dict.fromkeys(people):
        if person.pk not in offices:
            refuse(
                APPLICATION,
                "plan_visit",
                "sits_on_the_sub_committee",
                _("%(person)s does not sit on the sub-committee on that day.") % {"person": person},
            )
        VisitAssessor.objects.create(visit=visit, person=person, office=offices[person.pk])


def _facts(visit: VisitPlan) -> dict[str, Any]:
    return {
        "mode": visit.mode,
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "assessors": [person.pk for person in visit.assessors],
    }
