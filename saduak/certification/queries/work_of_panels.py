"""What waits for the members of a sub-committee before they score: to declare, to fix a visit, to record it as held."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application, Declaration, Visit
from saduak.certification.procedure.applications import Stage
from saduak.certification.rules import Phase
from saduak.design.work import WorkItem
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of

KIND = _("Sub-committee")
RUNS_A_PANEL = (Office.CHAIR, Office.MEMBER_AND_SECRETARY, Office.ASSISTANT_SECRETARY)


def work_for_panel(user: Any, today: date) -> list[WorkItem]:
    """What the person's sub-committees wait for; at most three queries."""
    seats = [held for held in memberships_of(user) if held.body_id is not None]
    if not seats:
        return []
    said = Declaration.objects.filter(application=OuterRef("pk"), person=user)
    units = Application.objects.for_page().alias(said=Exists(said)).order_by("reference")
    mine = units.filter(assignment__panel__body__in=[seat.body_id for seat in seats])
    before_scoring = [Stage.ASSIGNED, Stage.VISIT_PLANNED, Stage.VISITED]
    items = [_to_declare(one) for one in mine.filter(stage__in=before_scoring, said=False)]
    runs = [seat.body_id for seat in seats if seat.office in RUNS_A_PANEL]
    if not runs:
        return items
    bound = Declaration.objects.filter(application=OuterRef("pk"), person=user, has_conflict=True)
    run = units.filter(assignment__panel__body__in=runs).exclude(Exists(bound))
    planned = Prefetch("visits", Visit.objects.planned(), to_attr="planned_visits")
    now = timezone.now()
    items += [_to_plan(one) for one in run.filter(stage=Stage.ASSIGNED)]
    for one in run.filter(stage=Stage.VISIT_PLANNED).prefetch_related(planned):
        items += [_to_hold(one, visit) for visit in one.planned_visits if visit.starts_at <= now]
    return items


def _to_declare(one: Application) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_("Declare whether you have an interest in this unit"),
        due=_end_of_visits(one),
        url=reverse("declare_interest", args=[one.reference]),
        action=_("Declare"),
        kind=KIND,
        is_example=one.is_example,
    )


def _to_plan(one: Application) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_("Fix the visit"),
        due=_end_of_visits(one),
        url=reverse("plan_visit", args=[one.reference]),
        action=_("Plan"),
        kind=KIND,
        is_example=one.is_example,
    )


def _to_hold(one: Application, visit: Visit) -> WorkItem:
    return WorkItem(
        reference=one.reference,
        who=str(one.centre),
        awaited=_("Record that the visit was held, so that the assessors can score"),
        due=None if one.round.is_example else timezone.localdate(visit.starts_at),
        url=reverse("take_step", args=[one.reference, "hold_visit"]),
        action=_("Record"),
        kind=KIND,
        is_example=one.is_example,
    )


def _end_of_visits(one: Application) -> date | None:
    return None if one.round.is_example else one.round.window(Phase.VISITS).closes_on
