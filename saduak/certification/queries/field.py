"""Devices of an assessor, and what they have sent (งานตรวจภาคสนาม)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from saduak.certification.merging import Merged, merged
from saduak.certification.models import (
    Declaration,
    EvidenceUse,
    FieldDevice,
    FieldEvent,
    FieldPhoto,
    ScoreSheet,
    TakenAlong,
    Visit,
)
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.sheets import disputed_sheets_of, sheets_of, visits_of

OPEN_STAGES = (Stage.VISIT_PLANNED, Stage.VISITED)
"""Stages in which an assessor works on a sheet."""


def lines_of(sheet: ScoreSheet, codes: Collection[str] | None = None) -> dict[str, Merged]:
    """What all changes together say, by line; lines that were never changed since a device knows them are left out."""
    events: dict[str, list[FieldEvent]] = {}
    for event in changes_of(sheet, FieldEvent.Kind.MARK):
        if codes is None or event.code in codes:
            events.setdefault(event.code, []).append(event)
    return {code: line for code, of in events.items() if (line := merged(event.change for event in of))}


def changes_of(sheet: ScoreSheet, kind: FieldEvent.Kind) -> list[FieldEvent]:
    """The changes of that kind that came in time; without a query when the sheet's events are at hand."""
    if "events" in getattr(sheet, "_prefetched_objects_cache", {}):
        return [event for event in sheet.events.all() if event.kind == kind and not event.received_late]
    return list(sheet.events.filter(kind=kind, received_late=False))


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


@dataclass(frozen=True)
class ToTake:
    """A visit whose dossier may go along once its assessor `is_free`; `sizes` are those of its files, in bytes."""

    visit: Visit
    is_free: bool
    sizes: tuple[int, ...]


def visits_to_take(user: Any) -> list[ToTake]:
    """The visits that the person works on now; four queries, however many they are."""
    visits = list(visits_of(user).filter(application__stage__in=OPEN_STAGES))
    units = [visit.application_id for visit in visits]
    free = set(
        Declaration.objects.filter(person=user, has_conflict=False, application__in=units).values_list(
            "application", flat=True
        )
    )
    files = EvidenceUse.objects.filter(application__in=free).values_list(
        "application", "evidence", "evidence__attachment__content__size"
    )
    sizes: dict[int, list[int]] = {}
    for unit, _evidence, size in files.order_by().distinct():  # An order would count a file for each criterion.
        sizes.setdefault(unit, []).append(size)
    return [ToTake(visit, visit.application_id in free, tuple(sizes.get(visit.application_id, ()))) for visit in visits]


def sheets_on(device: FieldDevice, user: Any) -> list[ScoreSheet]:
    """The person's own sheets of the dossiers on a device, with all their changes and photographs."""
    taken = device.taken.values("visit")
    return list(sheets_of(user).filter(visit__in=taken).prefetch_related("events__device", "photos"))


def photographs_of(sheet: ScoreSheet, code: str | None = None) -> QuerySet[FieldPhoto]:
    """The photographs of a sheet that were not taken away, of one criterion or of all."""
    kept = sheet.photos.filter(is_dropped=False)
    return kept if code is None else kept.filter(code=code)


def kept_photographs(uuid: UUID) -> QuerySet[FieldPhoto]:
    """The photographs of that identifier whose bytes have arrived, with the unit that they show."""
    return FieldPhoto.objects.filter(uuid=uuid, is_dropped=False, attachment__isnull=False).select_related(
        "attachment__content", "sheet__assessor", "sheet__visit__application__assignment__panel"
    )


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
