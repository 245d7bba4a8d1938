"""A kiosk as tests play it: paired, with a clock of its own, sending what it keeps."""

import json
import uuid
from datetime import timedelta

from django.urls import reverse

from saduak.frontdesk.models.devices import DeviceKind
from saduak.frontdesk.operations import devices
from saduak.frontdesk.operations.kiosks import Wanted


def paired(desk, *, by, at, kind=DeviceKind.KIOSK, name="ตู้กดบัตรคิว", **options):
    """A device of the desk and its token."""
    device = devices.add(desk, kind, name, by=by, at=at, options=options)
    return devices.pair(devices.new_code(device, by=by, at=at), at=at)


def wanted(world, **facts):
    """What a kiosk sends for one ticket."""
    said = {
        "reference": uuid.uuid4(),
        "secret": uuid.uuid4().hex[:16],
        "service": world.registration.pk,
        "priority": world.ordinary.code,
        "prefix": world.registration.prefix,
    }
    return Wanted(**said | facts)


def body_of(wanted):
    """The same as it goes over the line."""
    return {
        "reference": wanted.reference.hex,
        "secret": wanted.secret,
        "service": wanted.service,
        "priority": wanted.priority,
        "language": wanted.language,
        "prefix": wanted.prefix,
        "age_ms": wanted.age // timedelta(milliseconds=1),
        **({"number": wanted.number} if wanted.number else {}),
    }


def ask(client, token, name, body=None, *, query="", **headers):
    """What the platform answers a device that asks by that address."""
    address = reverse(name) + query
    headers = {"X-Device-Token": token, **headers}
    if body is None:
        return client.get(address, headers=headers)
    return client.post(address, json.dumps(body), content_type="application/json", headers=headers)
