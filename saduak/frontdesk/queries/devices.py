"""Which device speaks, and how the devices of a desk are doing."""

from datetime import timedelta
from hashlib import sha256

from saduak.frontdesk.models import Desk, Device
from saduak.postgres.standing import Standing

SILENT_AFTER = timedelta(minutes=2)
"""A device in use asks every few seconds; one that was quiet for so long is cut off or switched off."""

ODD_CLOCK_MS = 5 * 60 * 1000
"""From five minutes on, somebody should set the device's clock."""


_OF_A_TOKEN = Standing(
    lambda digest: (
        Device.objects.filter(token_digest=digest, revoked_at=None)
        .select_related("desk__centre", "desk__waits", "counter")
        .defer("desk__waits__tickets", "desk__waits__advice")  # Much to read, and nothing that a device is told.
        .order_by()
    ),
    digest=b"an example",
)


def digest_of(secret: str) -> bytes:
    """What is kept of a code or a token."""
    return sha256(secret.encode()).digest()


def device_with(token: str) -> Device | None:
    """The device that a token speaks for, with its desk, the centre and what is known of its waits.

    None when it was taken off the desk or is none. Asked anew for each request: a token ends at once.
    """
    return _OF_A_TOKEN.first(digest=digest_of(token)) if token else None


def devices_of(desk: Desk) -> list[Device]:
    """Those in use or waiting to be paired, by name; then those that were taken off, the latest first."""
    devices = desk.devices.select_related("counter", "added_by")
    return [*devices.filter(revoked_at=None), *devices.filter(revoked_at__isnull=False).order_by("-revoked_at")]
