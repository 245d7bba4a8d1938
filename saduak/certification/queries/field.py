"""Devices of an assessor, and what they have sent (งานตรวจภาคสนาม)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from saduak.certification.merging import Merged, merged
from saduak.certification.models import FieldDevice, FieldEvent, FieldPhoto, ScoreSheet, TakenAlong, Visit
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.sheets import disputed_sheets_of, visits_of

OPEN_STAGES = (Stage.VISIT_PLANNED, Stage.VISITED)
"""Stages in which an assessor works on a sheet."""


def lines_of(sheet: ScoreSheet, codes: Collection[str] | None = None) -> dict[str, Merged]:
    """What all changes together say, by line; lines that were never changed since a device knows them are left out."""
    found = sheet.events.filter(kind=FieldEvent.Kind.MARK, received_late=False).select_related("device")
    events: dict[str, list[FieldEvent]] = {}
    for event in found if codes is None else found.filter(code__in=codes):
        events.setdefault(event.code, []).append(event)
    return {code: line for code, of in events.items() if (line := merged(event.change for event in of))}


def is_taken_along(sheet: ScoreSheet) -> bool:
    """Whether the dossier lies on a device of the sheet's assessor, so that changes need a version."""
    return TakenAlong.objects.filter(visit=sheet.visit_id, device__owner=sheet.assessor_id).exists()


def devices_of(user: Any) -> QuerySet[FieldDevice]:
    """The person's devices, the newest first, with what lies on them as `taken` and the number of changes as `sent`."""
    taken = TakenAlong.objects.select_related("visit__application__centre")
    return (
        FieldDevice.objects.visible_to(user)
        .annotate(sent=Count("events"), last_sent_at=Max("events__received_at"))
        .prefetch_related(Prefetch("taken", taken))
    )


def visits_to_take(user: Any, *, now: datetime) -> list[Visit]:
    """The visits whose dossiers the person may take along, once no conflict of interest was declared."""
    return list(visits_of(user).filter(application__stage__in=OPEN_STAGES))


def photographs_of(sheet: ScoreSheet, code: str | None = None) -> QuerySet[FieldPhoto]:
    """The photographs of a sheet that were not taken away, of one criterion or of all."""
    kept = sheet.photos.filter(is_dropped=False)
    return kept if code is None else kept.filter(code=code)


@dataclass(frozen=True)
class Dispute:
    """One line of one sheet of which two devices, or a device and a page, say different things."""

    sheet: ScoreSheet
    code: str
    heads: tuple[FieldEvent, ...]


def disputes_of(user: Any) -> list[Dispute]:
    """What the person's own devices disagree on, sheet by sheet."""
    found = []
    for sheet in disputed_sheets_of(user):
        lines = lines_of(sheet, sheet.disputed)
        versions = {change.version for line in lines.values() for change in line.heads}
        events = {event.sha256: event for event in sheet.events.filter(sha256__in=versions).select_related("device")}
        found += [
            Dispute(sheet, code, tuple(events[change.version] for change in lines[code].heads))
            for code in sorted(lines)
        ]
    return found


def late_changes_of(user: Any) -> QuerySet[FieldEvent]:
    """Changes that came after their sheet was handed in and that the person has not noted."""
    return (
        FieldEvent.objects.filter(sheet__assessor=user.pk, received_late=True, noted_at__isnull=True)
        .filter(~Q(kind=FieldEvent.Kind.SUBMIT))
        .select_related("device", "sheet__visit__application__centre", "sheet__visit__application__round__criteria")
        .order_by("sheet", "code", "pk")
    )
