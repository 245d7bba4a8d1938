"""A file from a device is brought in by the web, whoever of the panel carries it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.attachments.refusals import FileRefused
from saduak.certification.models import FieldEvent, FieldPhoto, ScoreSheet
from saduak.certification.operations.envelopes import FieldRefused
from saduak.certification.operations.field import MOST_EVENTS, Receipt, Reception, receive
from saduak.certification.operations.photographs import store_photograph
from saduak.certification.sealing import SealBroken, from_base64, unsealed

MOST_IN_A_FILE = 20_000
"""Events in one file; our own choice, ten times what a long day of scoring gives."""


@dataclass(frozen=True)
class Brought:
    """What a file held: how many of its events were new, known, too late; those refused; photographs; the sheets."""

    accepted: int
    known: int
    late: int
    refused: tuple[Receipt, ...]
    photographs: int
    sheets: tuple[ScoreSheet, ...]


def bring_in(content: bytes, *, by: Any, at: datetime | None = None) -> Brought:
    """Take in a file that a device has made. Bringing it in again changes nothing. Raises FieldRefused."""
    at = at or timezone.now()
    try:
        found = unsealed(json.loads(content))
        events, photographs = list(found["events"]), list(found.get("photos", []))
    except (SealBroken, ValueError, KeyError, TypeError, RecursionError):
        raise FieldRefused(_("This is no file from a device, it is damaged, or its seal cannot be opened.")) from None
    if len(events) > MOST_IN_A_FILE:
        raise FieldRefused(_("The file is too large."))
    receipts: list[Receipt] = []
    for start in range(0, len(events), MOST_EVENTS):
        receipts += receive(events[start : start + MOST_EVENTS], by=by, at=at)
    taken = [receipt for receipt in receipts if receipt.reception != Reception.REFUSED]
    numbers = [receipt.reception for receipt in receipts]
    uuids = [receipt.uuid for receipt in taken]
    of_these = FieldEvent.objects.filter(uuid__in=uuids).values("sheet")
    sheets = ScoreSheet.objects.filter(pk__in=of_these).select_related(
        "assessor", "visit__application__centre", "visit__application__round__criteria"
    )
    return Brought(
        accepted=numbers.count(Reception.ACCEPTED),
        known=numbers.count(Reception.KNOWN),
        late=numbers.count(Reception.LATE),
        refused=tuple(receipt for receipt in receipts if receipt.reception == Reception.REFUSED),
        photographs=sum(_keep(item, uuids, by=by, at=at) for item in photographs),
        sheets=tuple(sheets.order_by("pk")),
    )


def _keep(item: Any, uuids: list[str], *, by: Any, at: datetime) -> bool:
    """Keep the bytes of one photograph that an event of the same file announced; whether they were new."""
    try:
        named, content = str(item["photo"]), from_base64(item["content"])
        announced = FieldEvent.objects.filter(
            uuid__in=uuids, kind=FieldEvent.Kind.PHOTO, payload__photo=named, received_late=False
        ).values("sheet")
        photo = FieldPhoto.objects.filter(uuid=UUID(named), sheet__in=announced, attachment=None).first()
        if photo is not None:
            store_photograph(photo, content, by=by, at=at)
    except (KeyError, TypeError, ValueError, FieldRefused, FileRefused):
        return False
    return photo is not None
