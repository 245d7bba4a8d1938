"""An assessor's visits and own sheets; never anybody else's."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from saduak.certification.models import Application, Mark, ScoreSheet, Visit
from saduak.certification.procedure.applications import Stage

OF_THE_UNIT = (
    "application__centre__agency",
    "application__centre__province",
    "application__round__criteria",
    "application__assignment__panel__body",
)


def sheets_of(user: Any) -> QuerySet[ScoreSheet]:
    """The person's own sheets, with what their pages print."""
    unit = [f"visit__{path}" for path in OF_THE_UNIT]
    return ScoreSheet.objects.visible_to(user).select_related("assessor", *unit).prefetch_related("marks")


def disputed_sheets_of(user: Any) -> QuerySet[ScoreSheet]:
    """The person's own sheets of which two devices, or a device and a page, say different things."""
    return sheets_of(user).filter(pk__in=Mark.objects.filter(is_disputed=True).values("sheet"))


def visits_of(user: Any) -> QuerySet[Visit]:
    """The visits on which the person assesses, the next ones first; each has the own sheets as `own_sheets`."""
    own = Prefetch("sheets", ScoreSheet.objects.visible_to(user).prefetch_related("marks"), to_attr="own_sheets")
    return (
        Visit.objects.current()
        .filter(assessors__person=user, application__in=Application.objects.visible_to(user))
        .select_related(*OF_THE_UNIT)
        .prefetch_related(own)
        .order_by("starts_at", "pk")
    )


def own_sheet(visit: Visit) -> ScoreSheet | None:
    """The person's own sheet of a visit out of `visits_of`; it reads the unit from the visit, without asking again."""
    sheet = next(iter(visit.own_sheets), None)  # type: ignore[attr-defined]  # Prefetched above.
    if sheet is not None:
        sheet.visit = visit
    return sheet


def to_be_scored(user: Any, *, now: datetime | None = None) -> list[tuple[Visit, ScoreSheet | None]]:
    """The visits that have begun and whose own sheet is not handed in."""
    stages = (Stage.VISIT_PLANNED, Stage.VISITED)
    begun = visits_of(user).filter(starts_at__lte=now or timezone.now(), application__stage__in=stages)
    found = [(visit, own_sheet(visit)) for visit in begun]
    return [(visit, sheet) for visit, sheet in found if sheet is None or not sheet.is_submitted]
