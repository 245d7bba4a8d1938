"""Visits by day, for planning and for travelling (กำหนดการตรวจประเมิน)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from saduak.certification.models import Application, Panel, Round, Visit


@dataclass(frozen=True)
class Trip:
    """What one sub-committee does on one day, in the order of the hours."""

    day: date
    panel: Panel
    visits: tuple[Visit, ...]

    @property
    def provinces(self) -> tuple[str, ...]:
        """Where it leads, in the order of travel."""
        return tuple(dict.fromkeys(str(visit.application.centre.province) for visit in self.visits))


def visits_for(user: Any) -> QuerySet[Visit]:
    """The visits, planned or held, that exist for the person, with what an itinerary prints."""
    return (
        Visit.objects.current()
        .filter(application__in=Application.objects.visible_to(user).values("pk"))
        .select_related(
            "application__centre__province",
            "application__centre__agency",
            "application__round",
            "application__assignment__panel__body",
        )
        .prefetch_related("assessors__person")
        .order_by("starts_at", "pk")
    )


def visits_of_round(user: Any, round_: Round, *, panel: Panel | None = None, day: date | None = None) -> list[Trip]:
    """The trips of a round, of one sub-committee or of one day."""
    found = visits_for(user).filter(application__round=round_)
    if panel is not None:
        found = found.filter(application__assignment__panel=panel)
    if day is not None:
        found = found.filter(starts_at__range=_bounds(day))
    return trips(found)


def visits_found(
    user: Any, *, round_: str = "", panel: int | None = None, application: str = "", day: date | None = None
) -> QuerySet[Visit]:
    """The visits that exist for the person, of a day; of a sub-committee by number, of a round or unit by reference."""
    wanted = {
        "application__round__reference": round_,
        "application__assignment__panel__body__number": panel,
        "application__reference": application,
    }
    found = visits_for(user).filter(**{name: value for name, value in wanted.items() if value})
    return found.filter(starts_at__range=_bounds(day)) if day is not None else found


def visits_beside(user: Any, application: Application, day: date) -> list[Visit]:
    """The other visits of that day that exist for the person."""
    return list(visits_for(user).filter(starts_at__range=_bounds(day)).exclude(application=application))


def trips(visits: Iterable[Visit]) -> list[Trip]:
    """Visits by day and sub-committee."""
    found: dict[tuple[date, int], list[Visit]] = {}
    for visit in visits:
        panel = visit.application.assignment.panel
        found.setdefault((timezone.localdate(visit.starts_at), panel.pk), []).append(visit)
    return [Trip(day, those[0].application.assignment.panel, tuple(those)) for (day, _panel), those in found.items()]


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = datetime.combine(day, time(), timezone.get_current_timezone())
    return begins, begins + timedelta(days=1) - timedelta(microseconds=1)
