"""A device gives its code once and gets the token that speaks for it (การจับคู่อุปกรณ์)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.frontdesk.operations import devices
from saduak.frontdesk.views.speaking import problem, said

TRIES_IN_A_MINUTE = 10


@open_to_everyone
@csrf_exempt  # Nobody is signed in at a device; what is typed is a secret itself.
@require_POST
def pair_device_view(request: HttpRequest) -> HttpResponse:
    """Answer a code with `{token, name, kind, centre}`; `kind` in the question refuses codes of other devices."""
    if is_too_often(request, "pair_device", times=TRIES_IN_A_MINUTE, seconds=60):
        return problem(_("Too many tries. Wait a minute."), status=422)
    asked = said(request)
    kind = asked.get("kind")
    try:
        device, token = devices.pair(str(asked.get("code", ""))[:40], kinds=(kind,) if isinstance(kind, str) else ())
    except devices.DeviceRefused as refused:
        return problem(refused.reason)
    response = JsonResponse(
        {"token": token, "name": device.name, "kind": device.kind, "centre": device.desk.centre.code}
    )
    response["Cache-Control"] = "no-store"
    return response
