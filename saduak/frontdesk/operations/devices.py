"""Devices are added to a desk, paired by a code, heard of, and taken off (การจับคู่อุปกรณ์).

An officer adds a device and reads its code to it; the device gives the code once and gets a token that speaks for it
from then on. Only digests of both are kept.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Counter, Desk, Device
from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.queries.devices import digest_of
from saduak.journal.steps import record

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without those that look like others on a screen across the room."""

CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=10)
HEARD_AGAIN = timedelta(seconds=10)
"""So often at most it is written down that a device was heard of."""

SAME_CLOCK_MS = 250
"""Less than this is the way of the request, not the clock."""

LONGEST_OFFSET_MS = 100 * 365 * 24 * 60 * 60 * 1000


class DeviceRefused(Exception):
    """The deed was refused; `reason` says why. Nothing was changed. Pages answer 422."""

    def __init__(self, reason: object) -> None:
        self.reason = reason
        super().__init__(str(reason))


@transaction.atomic
def add(
    desk: Desk,
    kind: str,
    name: str,
    *,
    by: Any,
    at: datetime | None = None,
    counter: Counter | None = None,
    options: dict[str, Any] | None = None,
) -> Device:
    """Add a device to the desk; a printer needs no pairing, others get their code from `new_code`."""
    at = at or timezone.now()
    device = Device.objects.create(
        desk=desk, kind=kind, name=name.strip(), counter=counter, options=options or {}, added_at=at, added_by=by
    )
    record(device, step="add", by=by, at=at, facts={"kind": kind, "name": device.name})
    return device


@transaction.atomic
def change(
    device: Device,
    name: str,
    *,
    by: Any,
    at: datetime | None = None,
    counter: Counter | None = None,
    options: dict[str, Any] | None = None,
) -> Device:
    """Give a device another name, counter or options; it learns of them when it asks next."""
    at = at or timezone.now()
    device = _locked(device)
    if device.revoked_at is not None:
        raise DeviceRefused(_("This device was taken off the desk."))
    device.name, device.counter, device.options = name.strip(), counter, options or {}
    device.save(update_fields=["name", "counter", "options"])
    record(device, step="change", by=by, at=at, facts={"name": device.name})
    return device


@transaction.atomic
def new_code(device: Device, *, by: Any, at: datetime | None = None) -> str:
    """A code of 8 characters by which a device is paired within ten minutes; one that was given before ends.

    The device that is paired now goes on until the code is used. Raises DeviceRefused for one that was taken off.
    """
    at = at or timezone.now()
    device = _locked(device)
    if device.revoked_at is not None or device.kind == DeviceKind.PRINTER:
        raise DeviceRefused(_("This device cannot be paired."))
    code = "".join(secrets.choice(LETTERS) for _place in range(CODE_LENGTH))
    device.code_digest = digest_of(code)
    device.code_expires_at = at + CODE_LASTS
    device.save(update_fields=["code_digest", "code_expires_at"])
    record(device, step="give_code", by=by, at=at)
    return code


@transaction.atomic
def pair(code: str, *, kinds: tuple[str, ...] = (), at: datetime | None = None) -> tuple[Device, str]:
    """The device that has this code, and the token that speaks for it from now on; the code is used up.

    `kinds` are those that may use the page it was typed into. Raises DeviceRefused.
    """
    at = at or timezone.now()
    typed = "".join(letter for letter in code.upper() if letter in LETTERS)
    found = Device.objects.filter(code_digest=digest_of(typed), code_expires_at__gt=at, revoked_at=None)
    device = found.select_for_update(of=("self",)).select_related("desk__centre").first()
    if device is None:
        raise DeviceRefused(_("This code does not hold. Codes last ten minutes; ask an officer for a new one."))
    if kinds and device.kind not in kinds:
        raise DeviceRefused(_("This code belongs to a device of another kind."))
    token = secrets.token_urlsafe(32)
    device.token_digest = digest_of(token)
    device.code_digest = device.code_expires_at = None
    device.paired_at = device.last_seen_at = at
    device.save(update_fields=["token_digest", "code_digest", "code_expires_at", "paired_at", "last_seen_at"])
    record(device, step="pair", by=None, at=at)
    return device, token


@transaction.atomic
def revoke(device: Device, *, by: Any, at: datetime | None = None) -> Device:
    """Take a device off the desk: its token and code end at once. A second time nothing happens."""
    at = at or timezone.now()
    device = _locked(device)
    if device.revoked_at is None:
        device.revoked_at = at
        device.token_digest = device.code_digest = device.code_expires_at = None
        device.save(update_fields=["revoked_at", "token_digest", "code_digest", "code_expires_at"])
        record(device, step="revoke", by=by, at=at)
    return device


def heard(
    device: Device, *, at: datetime | None = None, clock: datetime | None = None, is_merging: bool = False
) -> None:
    """Note that the device spoke with us, and by how much its clock is ahead of ours where it told.

    A device that `is_merging` still has to send what it did alone: its last word stays the last until that is done.
    """
    at = at or timezone.now()
    changes: dict[str, Any] = {}
    if not is_merging and (device.last_seen_at is None or at - device.last_seen_at >= HEARD_AGAIN):
        changes["last_seen_at"] = at
    if clock is not None:
        ahead = min(max(round((clock - at) / timedelta(milliseconds=1)), -LONGEST_OFFSET_MS), LONGEST_OFFSET_MS)
        if device.clock_offset_ms is None or abs(ahead - device.clock_offset_ms) > SAME_CLOCK_MS:
            changes["clock_offset_ms"] = ahead
    if changes:
        Device.objects.filter(pk=device.pk).update(**changes)
        for name, value in changes.items():
            setattr(device, name, value)


def _locked(device: Device) -> Device:
    return Device.objects.select_for_update(of=("self",)).select_related("desk__centre").get(pk=device.pk)
