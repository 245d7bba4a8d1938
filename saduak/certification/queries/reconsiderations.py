"""Which decisions may be reconsidered, when the centre was told of them, and who took part in them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from saduak.certification.models import Application, Panel, Reconsideration, ScoreSheet, ScreeningMark, VisitAssessor
from saduak.certification.models.reconsiderations import Subject
from saduak.certification.procedure.applications import RESOLVED, Stage
from saduak.certification.procedure.reconsiderations import NOT_ASKED
from saduak.certification.queries.conflicts import Standing, standings
from saduak.directory.models import Body, Membership
from saduak.directory.queries import office_calendar
from saduak.notices.models import Notice
from saduak.thai.calendar import Explained


def subject_of(application: Application) -> Subject | None:
    """Which decision of the application can be reconsidered; None while there is none, or nothing is left to gain."""
    if application.stage == Stage.SCREENED_OUT:
        return Subject.SCREENING
    if application.stage not in RESOLVED:
        return None
    best = application.library.levels[-1].code
    return None if application.level == best else Subject.RESULT


def request_on(application: Application, subject: Subject) -> Reconsideration | None:
    """The request that was made on that decision, unless it was withdrawn or lapsed."""
    return application.reconsiderations.filter(subject=subject).exclude(stage__in=NOT_ASKED).first()


def told_on(application: Application) -> date | None:
    """The day on which the centre was told of the decision; None while the letter waits in the outbox."""
    if application.stage == Stage.SCREENED_OUT:
        return timezone.localdate(application.stage_since)
    if application.resolution is None:
        return None
    letters = Notice.objects.filter(
        batch=application.resolution.batch, case_reference=application.reference, released_at__isnull=False
    )
    released = letters.order_by("released_at").values_list("released_at", flat=True).first()
    return None if released is None else timezone.localdate(released)


def term_to_ask(application: Application, told: date) -> Explained:
    """The last day to ask after the centre was told: days of the round, moved on where offices there are closed."""
    calendar = office_calendar(application.centre.province)
    return calendar.add_calendar_days(told, application.round.reconsideration_days)


def took_part(application: Application, people: Iterable[int]) -> set[int]:
    """Of these people, by their keys, those who screened, assessed, or sat in the sub-committee that did."""
    people = list(people)
    bodies = Panel.objects.filter(assignments__application=application).values("body")
    since = timezone.localdate(application.started_at)
    seats = Membership.objects.filter(Q(until_day__isnull=True) | Q(until_day__gte=since), body__in=bodies)
    return {
        *seats.filter(person__in=people).values_list("person", flat=True),
        *ScreeningMark.objects.filter(application=application, by__in=people).values_list("by", flat=True),
        *ScoreSheet.objects.filter(visit__application=application, assessor__in=people).values_list(
            "assessor", flat=True
        ),
        *VisitAssessor.objects.filter(visit__application=application, person__in=people).values_list(
            "person", flat=True
        ),
    }


def may_hear(application: Application) -> list[Body]:
    """The sub-committees of the round that may review: all but the one that has assessed."""
    panels = application.round.panels.exclude(assignments__application=application)
    return [panel.body for panel in panels.select_related("body").order_by("body__number")]


def able_to_review(application: Application, bodies: Iterable[Body], *, on: date) -> list[tuple[Body, int, int]]:
    """Of each sub-committee how many members could review, and how many it has: no hard conflict, no part before."""
    found = []
    for body in bodies:
        members = standings(application, body, on=on)
        before = took_part(application, [one.person.pk for one in members])
        able = sum(not one.is_barred and one.person.pk not in before for one in members)
        found.append((body, able, len(members)))
    return found


def reviewers_to_choose(request: Reconsideration, *, on: date) -> list[tuple[Standing, bool]]:
    """Every member of the reviewing sub-committee beside the unit, and whether the member took part in what is
    reviewed."""
    if request.body is None:
        return []
    members = standings(request.application, request.body, on=on)
    before = took_part(request.application, [one.person.pk for one in members])
    return [(one, one.person.pk in before) for one in members]


def own_review(request: Reconsideration, user: Any) -> Any | None:
    """The person's own seat among the reviewers; None for others."""
    return next((one for one in request.named_reviewers if one.person_id == user.pk), None)
