"""The centre is told what happens to its plaque or emblem, in the transaction in which it happens (การแจ้งศูนย์)."""

from datetime import datetime
from typing import Any

from django.conf import settings

from saduak.certification.models import Asset
from saduak.certification.operations.telling import draft_for_all
from saduak.notices.models import Notice
from saduak.notices.operations import release


def tell_the_centre(asset: Asset, event: str, *, by: Any | None, at: datetime) -> list[Notice]:
    """Draft and release the notice of an event, `delivered` or `called_back`, to the head and the contact person.

    An address that is none holds nothing up. What the clock did waits in the outbox, since somebody answers for every
    release.
    """
    certificate = asset.certificate
    facts = {
        "event": event,
        "asset": asset,
        "certificate": certificate,
        "centre": certificate.centre,
        "address": settings.PUBLIC_URL + asset.get_absolute_url(),
    }
    notices = draft_for_all(certificate.application, "certification/asset", facts, about=asset, at=at)
    return release(notices, by=by, at=at) if notices and by is not None else notices
