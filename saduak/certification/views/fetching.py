"""The one door through which views come to a case: somebody else's is a 404."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from saduak.certification.models import Application


def application_for(request: HttpRequest, reference: str) -> Application:
    """The application of that reference, if it exists for the person."""
    return get_object_or_404(Application.objects.visible_to(request.user).for_page(), reference=reference)


def seen_version(request: HttpRequest) -> int | None:
    """The version of the case that the person was looking at, as the form says; None when it says nothing usable."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() else None
