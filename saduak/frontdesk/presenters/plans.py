"""A plan of slots in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from saduak.directory.rules import hours_in_words
from saduak.frontdesk.models import SlotPlan


@dataclass(frozen=True)
class PlanLine:
    """One line: for whom, when, how long and how many."""

    plan: SlotPlan
    hours: str


def plan_in_words(plans: Iterable[SlotPlan]) -> list[PlanLine]:
    """Each line with its weekdays and times."""
    language = get_language() or "th"
    return [PlanLine(plan, hours_in_words([_stored(plan)], language)) for plan in plans]


def _stored(plan: SlotPlan) -> dict[str, object]:
    return {"days": list(plan.weekdays), "opens": f"{plan.opens:%H:%M}", "closes": f"{plan.closes:%H:%M}"}
