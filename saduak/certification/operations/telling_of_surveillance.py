"""The centre is told what happens in its surveillance, in the transaction in which it happens (การแจ้งศูนย์)."""

from datetime import datetime
from typing import Any

from django.conf import settings

from saduak.certification.models import Surveillance
from saduak.certification.operations.telling import draft_for_all
from saduak.notices.models import Notice
from saduak.notices.operations import release


def tell_the_centre(
    surveillance: Surveillance, event: str, *, by: Any | None, at: datetime, note: str = ""
) -> list[Notice]:
    """Draft and release the notice of an event to the head of the centre and its contact person.

    `event` is `notified`, `findings`, `repeated`, `closed`, `escalated` or `called_off`. An address that is none holds
    nothing up. What the clock did waits in the outbox, since somebody answers for every release.
    """
    certificate = surveillance.certificate
    asked = list(surveillance.current.select_related("finding").order_by("finding")) if surveillance.turns else []
    facts = {
        "event": event,
        "surveillance": surveillance,
        "certificate": certificate,
        "centre": certificate.centre,
        "asked": asked,
        "note": note,
        "address": settings.PUBLIC_URL + surveillance.get_absolute_url(),
    }
    notices = draft_for_all(certificate.application, "certification/surveillance", facts, about=surveillance, at=at)
    return release(notices, by=by, at=at) if notices and by is not None else notices
