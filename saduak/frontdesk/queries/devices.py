"""Which device speaks, and how the devices of a desk are doing."""

from datetime import timedelta
from hashlib import sha256

from saduak.frontdesk.models import Desk, Device

SILENT_AFTER = timedelta(minutes=2)
"""A device in use asks every few seconds; one that was quiet for so long is cut off or switched off."""

ODD_CLOCK_MS = 5 * 60 * 1000
"""From five minutes on, somebody should set the device's clock."""


def digest_of(secret: str) -> bytes:
    """What is kept of a code or a token."""
    return sha256(secret.encode()).digest()


def device_with(token: str) -> Device | None:
    """The device that a token speaks for, with its desk and centre; None when it was taken off the desk or is none."""
    if not token:
        return None
    found = Device.objects.filter(token_digest=digest_of(token), revoked_at=None)
    return found.select_related("desk__centre", "counter").first()


def devices_of(desk: Desk) -> list[Device]:
    """Those in use or waiting to be paired, by name; then those that were taken off, the latest first."""
    devices = desk.devices.select_related("counter", "added_by")
    return [*devices.filter(revoked_at=None), *devices.filter(revoked_at__isnull=False).order_by("-revoked_at")]
