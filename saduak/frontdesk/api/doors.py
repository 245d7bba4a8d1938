"""What a paired device may do, and the door that asks for it (ประตูของอุปกรณ์)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models import Device, Sitting
from saduak.frontdesk.models.devices import DeviceScope
from saduak.frontdesk.queries import seated as queries
from saduak.frontdesk.queries.devices import device_with
from saduak.machines.callers import REALM, Caller
from saduak.machines.doors import Door
from saduak.machines.problems import Kind, Problem


@dataclass(frozen=True)
class DeviceDoor(Door):
    """Only devices whose token is good and which may do that."""

    scope: Any = None

    def __call__(self, request: HttpRequest) -> Caller:
        """Raises Problem: 401 without a device's token, 403 when it does not reach so far."""
        device = device_of(request)
        if self.scope not in device.scopes:
            raise Problem(Kind.FORBIDDEN, _("This device may not do that: %(scope)s.") % {"scope": self.scope.value})
        return request.caller  # type: ignore[attr-defined]


def may(scope: DeviceScope) -> DeviceDoor:
    """Only devices with the scope."""
    return DeviceDoor(scope)


def identify(request: HttpRequest) -> Device:
    """The device by the header `Authorization: Bearer …`. Raises Problem (401)."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    device = device_with(token.strip()) if scheme.lower() == "bearer" else None
    if device is None:
        raise Problem(
            Kind.UNAUTHENTICATED, _("This device is not paired with a desk."), headers={"WWW-Authenticate": REALM}
        )
    return device


def device_of(request: HttpRequest) -> Device:
    """The device that was identified for this request."""
    return request.device  # type: ignore[attr-defined]


def sitting_at(device: Device) -> Sitting:
    """The sitting of the officer at the device's counter, for whom its buttons act. Raises Problem (422)."""
    found = queries.sitting_at(device.counter_id)
    if found is None:
        raise Problem(Kind.REFUSED, _("Nobody sits at the counter of this device."))
    return found
