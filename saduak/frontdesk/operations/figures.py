"""The figures of a day that is over are kept; whoever doubts makes them anew (การเก็บสถิติรายวัน)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from saduak.frontdesk.models import Call, DayFigures, DaySummary, Desk, ServiceDay
from saduak.frontdesk.models.calls import CallKind
from saduak.frontdesk.queries.figures import lines_of, ready_of, told_outcomes
from saduak.frontdesk.queries.hours import opening
from saduak.frontdesk.rules.figures import Line

FIELDS = (
    "arrivals", "calls", "waited", "longest", "served", "serving", "missed", "came_back", "cancelled", "outcomes",
)  # fmt: skip
"""What a line and its kept figures have alike."""


@transaction.atomic
def keep_day(desk: Desk, day: date, *, at: datetime | None = None) -> DaySummary:
    """Keep a day's figures, made from its slices; those that were kept before are replaced."""
    at = at or timezone.now()
    DayFigures.objects.filter(centre=desk.pk, day=day).delete()
    DayFigures.objects.bulk_create(
        DayFigures(centre_id=desk.pk, day=day, service_id=service, priority_id=priority, **_kept(line))
        for (service, priority), line in lines_of(desk.pk, day).items()
    )
    told = told_outcomes(desk.pk, day, day).get(day, [])
    errors = [one.mean - one.true for one in told]
    against = Call.objects.filter(centre=desk.pk, day=day, undone_at=None, kind=CallKind.OUT_OF_ORDER)
    hours = opening(desk, day)
    summary, _is_new = DaySummary.objects.update_or_create(
        centre_id=desk.pk,
        day=day,
        defaults={
            "made_at": at,
            "open_minutes": hours.minutes_left(time.min),
            "out_of_order": against.count(),
            "ready_ms": ready_of(desk.pk, day, at),
            "told": len(told),
            "off_ms": sum(map(abs, errors)),
            "bias_ms": sum(errors),
            "within": sum(one.true <= one.slow for one in told),
        },
    )
    return summary


def keep_due(at: datetime | None = None) -> int:
    """Keep the figures of all days that are closed and not kept yet; how many."""
    at = at or timezone.now()
    kept = DaySummary.objects.filter(centre=OuterRef("centre"), day=OuterRef("day"))
    over = ServiceDay.objects.filter(~Exists(kept), closed_at__isnull=False, day__lt=timezone.localdate(at))
    due = list(over.order_by("day", "centre").values_list("centre", "day"))
    desks = Desk.objects.select_related("centre__province").in_bulk({centre for centre, _day in due})
    for centre, day in due:
        keep_day(desks[centre], day, at=at)
    return len(due)


def agrees(desk: Desk, day: date) -> bool:
    """Whether the kept figures of a day are what its slices say now; true where none are kept."""
    if not DaySummary.objects.filter(centre=desk.pk, day=day).exists():
        return True
    kept = DayFigures.objects.filter(centre=desk.pk, day=day)
    told = {key: _kept(line) for key, line in lines_of(desk.pk, day).items()}
    return told == {(one.service_id, one.priority_id): {name: getattr(one, name) for name in FIELDS} for one in kept}


def _kept(line: Line) -> Mapping[str, Any]:
    return {name: getattr(line, name) for name in FIELDS}
