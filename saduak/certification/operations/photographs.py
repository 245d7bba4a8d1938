"""Photographs of a visit: announced by an event, their bytes brought afterwards."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from saduak.attachments.operations import store
from saduak.certification.models import FieldEvent, FieldPhoto, ScoreSheet
from saduak.certification.operations.envelopes import FieldRefused

MOST_PHOTOS = 200
"""Photographs of one sheet; our own choice."""

SIXTH = Decimal("0.000001")


def follow_photographs(sheet: ScoreSheet, events: Iterable[FieldEvent]) -> None:
    """Let a sheet have the photographs that all its events speak of, in whatever order they came."""
    named = {str(event.payload["photo"]) for event in events if "photo" in event.payload}
    if not named:
        return
    said = sheet.events.filter(received_late=False, payload__photo__in=named).order_by("sha256")
    dropped = {str(event.payload["photo"]) for event in said if event.kind == FieldEvent.Kind.DROP_PHOTO}
    for event in said:
        if event.kind != FieldEvent.Kind.PHOTO:
            continue
        facts = event.payload
        if sheet.photos.count() >= MOST_PHOTOS and not sheet.photos.filter(uuid=facts["photo"]).exists():
            continue
        FieldPhoto.objects.get_or_create(
            sheet=sheet,
            uuid=facts["photo"],
            defaults={
                "code": facts["code"],
                "sha256": facts["sha256"],
                "taken_at": datetime.fromisoformat(facts["taken_at"]),
                "latitude": _degrees(facts["latitude"]),
                "longitude": _degrees(facts["longitude"]),
                "accuracy": facts["accuracy"],
            },
        )
    sheet.photos.filter(uuid__in=dropped).update(is_dropped=True)


@transaction.atomic
def store_photograph(photo: FieldPhoto, content: bytes, *, by: Any, at: datetime | None = None) -> FieldPhoto:
    """Keep the bytes of a photograph that was announced; a second time nothing happens.

    Raises FieldRefused when they are not those that were announced, and FileRefused.
    """
    if sha256(content).hexdigest() != photo.sha256:
        raise FieldRefused(_("The photograph was damaged on the way. Send it again."))
    if photo.attachment_id is None:
        photo.attachment = store(ContentFile(content, name=f"{photo.code}.jpg"), by=by, at=at)
        photo.save(update_fields=["attachment"])
    return photo


def _degrees(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text).quantize(SIXTH)
