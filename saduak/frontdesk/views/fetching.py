"""The one door through which views come to a desk: one that does not exist for the person is a 404."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from saduak.directory.models import Centre
from saduak.frontdesk.models import Desk
from saduak.frontdesk.policies import supervises


def desk_for(request: HttpRequest, code: str) -> Desk:
    """The desk of the centre of that code, if the person works there, supervises it, or looks on."""
    return get_object_or_404(Desk.objects.visible_to(request.user).with_places(), centre__code=code)


def desk_to_set_up(request: HttpRequest, code: str) -> Desk:
    """The desk, for somebody who may change it. Raises PermissionDenied for who only looks on or serves."""
    desk = desk_for(request, code)
    if not supervises(request.user, desk.centre):
        raise PermissionDenied
    return desk


def centre_to_set_up(request: HttpRequest, code: str) -> Centre:
    """The centre, which may have no desk yet, for somebody who may begin one."""
    centre = get_object_or_404(Centre.objects.visible_to(request.user).with_names(), code=code, is_open=True)
    if not supervises(request.user, centre):
        raise Http404
    return centre
