"""Rounds, and how many applications stand where."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from saduak.certification.models import Application, Panel, Round
from saduak.certification.procedure.applications import Stage


def rounds_for(user: Any) -> QuerySet[Round]:
    """The rounds that exist for the person, the latest first, each with how many applications exist for them."""
    mine = Application.objects.visible_to(user).values("pk")
    return (
        Round.objects.visible_to(user)
        .select_related("criteria")
        .annotate(number=Count("applications", filter=Q(applications__in=mine)))
        .order_by("-cycle_be")
    )


def counts_by_stage(round_: Round, user: Any) -> dict[Stage, int]:
    """How many of the applications that exist for the person stand at each stage, in the order of the procedure."""
    counted = (
        Application.objects.visible_to(user)
        .filter(round=round_)
        .order_by()
        .values_list("stage")
        .annotate(number=Count("pk", distinct=True))
    )
    found = dict(counted)
    return {stage: found[stage] for stage in Stage if stage in found}


def panels_of(round_: Round) -> QuerySet[Panel]:
    """The sub-committees that take part, each with how many units it has."""
    return round_.panels.select_related("body").annotate(units=Count("assignments")).order_by("body__number")
