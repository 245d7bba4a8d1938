"""What waits for the chair and the secretary of a sub-committee: agreeing, signing and proposing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.certification.models import Application, Declaration, ScoreSheet, VisitAssessor
from saduak.certification.models.visits import VisitState
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.sheets import SheetStage
from saduak.certification.rules import Phase
from saduak.design.work import WorkItem
from saduak.directory.models import Office
from saduak.directory.queries import memberships_of

KIND = _("Agreed scores")
LEADS = frozenset({Office.CHAIR, Office.MEMBER_AND_SECRETARY, Office.ASSISTANT_SECRETARY})


def work_for_consensus(user: Any, today: date) -> list[WorkItem]:
    """The units of the person's sub-committees that wait to be agreed, signed or proposed."""
    bodies = [m.body_id for m in memberships_of(user) if m.body_id and m.office in LEADS]
    return list(_items(_units(bodies, user))) if bodies else []


def _units(bodies: list[int], user: Any) -> QuerySet[Application]:
    """Signed units, and visited ones whose sheets are all in; before that nothing is said, for whoever has to score."""
    seats = VisitAssessor.objects.filter(visit__application=OuterRef("pk")).exclude(visit__state=VisitState.CANCELLED)
    submitted = ScoreSheet.objects.filter(
        visit=OuterRef("visit"), assessor=OuterRef("person"), stage=SheetStage.SUBMITTED
    )
    all_in = Q(Exists(seats), ~Exists(seats.exclude(Exists(submitted))), stage=Stage.VISITED)
    free = Declaration.objects.filter(application=OuterRef("pk"), person=user, has_conflict=False)
    units = Application.objects.visible_to(user).filter(Exists(free), assignment__panel__body__in=bodies)
    return units.filter(Q(stage=Stage.ASSESSED) | all_in).for_page()


def _items(units: QuerySet[Application]) -> Iterator[WorkItem]:
    for unit in units:
        if unit.stage == Stage.ASSESSED:
            address = reverse("take_step", args=[unit.reference, "propose"])
            awaited = (
                _("The scores are signed; after the visits they count as proposed.")
                if unit.default_after is not None
                else _("The scores are signed.")
            )
            yield _item(unit, Phase.RESOLUTION, awaited, address, _("Propose"))
        else:
            address = reverse("compare_sheets", args=[unit.reference])
            yield _item(unit, Phase.VISITS, _("All score sheets are in."), address, _("Compare and agree"))


def _item(unit: Application, phase: Phase, awaited: object, address: str, action: object) -> WorkItem:
    due = None if unit.is_example else unit.round.window(phase).closes_on
    return WorkItem(unit.reference, str(unit.centre), awaited, due, address, action, KIND, unit.is_example)
