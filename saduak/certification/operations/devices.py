"""Devices are made known, take dossiers along, and are turned away."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import FieldDevice, TakenAlong, Visit
from saduak.certification.operations.envelopes import FieldRefused, known_key

MOST_DEVICES = 10
"""Trusted devices of one person; our own choice."""


@transaction.atomic
def register(uuid: UUID, name: str, public_key: str, *, by: Any, at: datetime | None = None) -> FieldDevice:
    """Make a device known with its key; a second time it is the same device. Raises FieldRefused."""
    known = FieldDevice.objects.select_for_update().filter(uuid=uuid).first()
    if known is not None:
        if known.owner_id != by.pk or known.public_key != public_key:
            raise FieldRefused(_("This device is known with another person or key. Forget it and set it up again."))
        return trusted(known)
    if FieldDevice.objects.visible_to(by).trusted().count() >= MOST_DEVICES:
        raise FieldRefused(_("You have too many devices. Turn one away first."))
    return FieldDevice.objects.create(
        uuid=uuid,
        owner=by,
        name=name.strip()[:80] or str(uuid)[:8],
        public_key=known_key(public_key),
        registered_at=at or timezone.now(),
    )


def trusted(device: FieldDevice) -> FieldDevice:
    """The device, unless it was turned away. Raises FieldRefused."""
    if device.revoked_at is not None:
        raise FieldRefused(_("This device was turned away. What lies on it is not accepted any more."))
    return device


@transaction.atomic
def spoke(device: FieldDevice, clock: datetime, *, at: datetime | None = None) -> FieldDevice:
    """Note that the device is in touch, and by how much its clock differs from ours."""
    at = at or timezone.now()
    device.last_spoke_at = at
    device.skew_seconds = round(max(min((clock - at) / timedelta(seconds=1), 2**31 - 1), -(2**31)))
    device.save(update_fields=["last_spoke_at", "skew_seconds"])
    return device


@transaction.atomic
def take_along(visit: Visit, device: FieldDevice, *, by: Any, at: datetime | None = None) -> TakenAlong:
    """Note that the dossier goes onto the device. Raises FieldRefused unless the person may score the unit now."""
    trusted(device)
    application = visit.application
    if application.declared_by(by) is None:
        raise FieldRefused(_("Declare first whether you have a conflict of interest."))
    if not policies.may_score(by, application):
        raise FieldRefused(_("You do not assess this unit now."))
    taken, _is_new = TakenAlong.objects.update_or_create(
        device=device, visit=visit, defaults={"at": at or timezone.now()}
    )
    return taken


@transaction.atomic
def turn_away(device: FieldDevice, *, by: Any, at: datetime | None = None) -> FieldDevice:
    """Accept nothing from the device any more; it wipes itself when it speaks with us next. Raises FieldRefused."""
    if device.owner_id != by.pk:
        raise FieldRefused(_("This is somebody else’s device."))
    if device.revoked_at is None:
        device.revoked_at = at or timezone.now()
        device.save(update_fields=["revoked_at"])
    return device
