"""What a device asks and sends: JSON in, JSON out, refusals in words (ข้อมูลงานตรวจภาคสนาม)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.access.pace import is_too_often
from saduak.attachments import serving
from saduak.attachments.refusals import FileRefused
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.models import FieldDevice, FieldEvent, FieldPhoto, ScoreSheet
from saduak.certification.operations import devices, field
from saduak.certification.operations.envelopes import FieldRefused
from saduak.certification.operations.photographs import store_photograph
from saduak.certification.policies import Permission
from saduak.certification.presenters.field import device_line, dossier_of, sheet_state, visit_line
from saduak.certification.queries.field import kept_photographs, sheets_on, visits_to_take
from saduak.certification.queries.sheets import own_sheet, sheets_of, visits_of
from saduak.certification.sealing import public_point

OFTEN = 300
"""Requests of one address in a minute; a van full of assessors stands behind one."""

Answering = Callable[..., HttpResponse]


def in_words(view: Answering) -> Answering:
    """Answers refusals as `{"problem": …}`: 422 what cannot be done, 400 what nobody sends, 429 too often."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_too_often(request, "field", times=OFTEN, seconds=60):
            refusal = _problem(_("Too many requests. Wait a minute; nothing is lost."), 429)
            refusal["Retry-After"] = "60"
            return refusal
        try:
            return view(request, *args, **kwargs)
        except Unreadable:
            return _problem(_("What the device sent cannot be read."), 400)
        except FieldRefused as refused:
            return _problem(refused.reason, 422)
        except FileRefused as refused:
            return _problem(" ".join(str(reason) for reason in refused.reasons), 422)

    return answering


class Unreadable(Exception):
    """The request is not what a device sends."""


@needs(Permission.SCORE)
@require_safe
@in_words
def field_standing_view(request: HttpRequest) -> HttpResponse:
    """Who is signed in, which visits may be taken along, and where the sheets of this device's dossiers stand."""
    device = _device(request, request.GET.get("device", ""))
    on_device = set(device.taken.values_list("visit", flat=True)) if device else set()
    still_mine = set(visits_of(request.user).filter(pk__in=on_device).values_list("pk", flat=True))
    return JsonResponse(
        {
            "person": {"id": request.user.pk, "name": str(request.user)},
            "csrf": get_token(request),
            "now": timezone.now().isoformat(),
            "server_point": public_point(),
            "device": device_line(device),
            "visits": [visit_line(found) for found in visits_to_take(request.user)],
            "sheets": [sheet_state(sheet) for sheet in sheets_on(device, request.user)] if device else [],
            "gone": sorted(on_device - still_mine),
        }
    )


@needs(Permission.SCORE)
@require_POST
@in_words
def register_device_view(request: HttpRequest) -> HttpResponse:
    """Makes a device known with its public key."""
    sent = _sent(request)
    name, key = _text(sent, "name", 200), _text(sent, "public_key", 500)
    device = devices.register(_uuid(_text(sent, "device", 40)), name, key, by=request.user)
    return JsonResponse(device_line(devices.spoke(device, _clock(sent))))


@needs(Permission.SCORE)
@require_POST
@in_words
def take_along_view(request: HttpRequest, visit: int) -> HttpResponse:
    """The dossier of a visit, for a device that takes it along; told to the audit."""
    sent = _sent(request)
    device = _known_device(request, sent)
    found = get_object_or_404(visits_of(request.user), pk=visit)
    now = timezone.now()
    devices.spoke(device, _clock(sent), at=now)
    devices.take_along(found, device, by=request.user, at=now)
    application = found.application
    what = gettext_noop("dossier onto device") + f": {device}"
    looked_at(
        request.user, kind=application.case_kind, reference=application.reference, what=what[:300], request=request
    )
    return JsonResponse(dossier_of(found, sheet=own_sheet(found), at=now))


@needs(Permission.SCORE)
@require_POST
@in_words
def send_field_work_view(request: HttpRequest) -> HttpResponse:
    """Takes in events of a device, and tells what became of each and where the sheets stand then."""
    sent = _sent(request)
    device = _known_device(request, sent)
    events = sent.get("events")
    if not isinstance(events, list) or len(events) > field.MOST_EVENTS:
        raise Unreadable
    devices.spoke(devices.trusted(device), _clock(sent))
    receipts = field.receive(events, by=request.user, skews={device.uuid: device.skew_seconds})
    visits = {item["event"]["visit"] for item, receipt in zip(events, receipts, strict=True) if _is_taken(receipt)}
    return JsonResponse(
        {
            "device": device_line(device),
            "receipts": [{"uuid": one.uuid, "reception": one.reception, "reason": str(one.reason)} for one in receipts],
            "sheets": [sheet_state(sheet) for sheet in sheets_of(request.user).filter(visit__in=visits)],
        }
    )


@needs(Permission.SCORE)
@require_POST
@in_words
def send_photograph_view(request: HttpRequest, photo: UUID) -> HttpResponse:
    """Takes in the bytes of a photograph that an event has announced; 410 when it came too late or was taken away."""
    own = ScoreSheet.objects.visible_to(request.user)
    found = FieldPhoto.objects.filter(sheet__in=own, uuid=photo).first()
    announced = FieldEvent.objects.filter(sheet__in=own, payload__photo=str(photo))
    if (found is None and announced.filter(received_late=True).exists()) or (found is not None and found.is_dropped):
        return _problem(_("The photograph came too late, or was taken away."), 410)
    if found is None:
        return _problem(_("The photograph was not announced yet. It is sent again later."), 404)
    store_photograph(found, request.body, by=request.user)
    return JsonResponse({"photo": str(found.uuid)})


@needs(Permission.AGREE)
@require_safe
def show_photograph_view(request: HttpRequest, photo: UUID) -> HttpResponse:
    """One's own photograph; that of a colleague once all sheets lie beside each other, told to the audit."""
    found = _photograph(request, photo)
    application, attachment = found.sheet.application, found.attachment
    if attachment is None:
        raise Http404
    if found.sheet.assessor_id != request.user.pk:
        what = gettext_noop("photograph") + f": {found.code}, {found.sheet.assessor}"
        looked_at(
            request.user, kind=application.case_kind, reference=application.reference, what=what[:300], request=request
        )
    if "small" in request.GET:
        return serving.respond_small(attachment, request=request)
    return serving.respond(attachment, request=request)


def _photograph(request: HttpRequest, uuid: UUID) -> FieldPhoto:
    """A photograph that has arrived and that the person may see, or a 404."""
    for found in kept_photographs(uuid):
        sheet = found.sheet
        is_own = sheet.assessor_id == request.user.pk
        if is_own or (sheet.is_submitted and policies.may_compare_sheets(request.user, sheet.visit)):
            return found
    raise Http404


def _is_taken(receipt: field.Receipt) -> bool:
    return receipt.reception != field.Reception.REFUSED


def _sent(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON. Raises Unreadable."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(sent, dict):
        raise Unreadable
    return sent


def _text(sent: dict[str, Any], name: str, longest: int) -> str:
    value = sent.get(name)
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise Unreadable
    return value


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unreadable from None


def _clock(sent: dict[str, Any]) -> datetime:
    """The device's own time."""
    try:
        clock = datetime.fromisoformat(_text(sent, "clock", 40))
        return clock.astimezone(UTC) if clock.tzinfo else clock.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Unreadable from None


def _device(request: HttpRequest, named: str) -> FieldDevice | None:
    """The person's own device of that identifier, if it is one."""
    try:
        return FieldDevice.objects.visible_to(request.user).filter(uuid=UUID(named)).first()
    except ValueError:
        return None


def _known_device(request: HttpRequest, sent: dict[str, Any]) -> FieldDevice:
    """The person's own device, as the request names it. Raises FieldRefused."""
    device = _device(request, _text(sent, "device", 40))
    if device is None:
        raise FieldRefused(_("The device is not known here."))
    return device


def _problem(words: object, status: int) -> JsonResponse:
    return JsonResponse({"problem": str(words)}, status=status)
