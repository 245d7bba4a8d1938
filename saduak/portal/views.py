"""The pages at the front door."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.access.doors import open_to_everyone, open_to_signed_in
from saduak.design.pages import render
from saduak.portal import queries

ROAD = (
    _("The centre assesses itself against the criteria and sends its evidence."),
    _("The secretariat checks that everything needed is there."),
    _("A sub-committee visits, on the spot or by video; each assessor scores alone before they agree."),
    _("The steering committee resolves on the level."),
    _("The centre receives its certificate, and the public register shows it for three years."),
)


@open_to_everyone
def home_view(request: HttpRequest) -> HttpResponse:
    """What a visitor can do here."""
    return render(request, "portal/home.html", {"steps": ROAD})


@open_to_signed_in
def my_work_view(request: HttpRequest) -> HttpResponse:
    """What waits for the person, by when, and the next action."""
    today = timezone.localdate()
    lines = [(item, item.days_left(today), item.tone(today)) for item in queries.work_for(request.user)]
    return render(request, "portal/my_work.html", {"lines": lines})


@open_to_everyone
def about_view(request: HttpRequest) -> HttpResponse:
    """What the programme is."""
    return render(request, "portal/about.html", {"steps": ROAD})


@open_to_everyone
def contact_view(request: HttpRequest) -> HttpResponse:
    """Whom to ask."""
    return render(request, "portal/contact.html")


@open_to_everyone
def privacy_view(request: HttpRequest) -> HttpResponse:
    """What is kept about a visitor."""
    return render(request, "portal/privacy.html")


@open_to_everyone
def accessibility_view(request: HttpRequest) -> HttpResponse:
    """For whom the pages work, and what to do when they do not."""
    return render(request, "portal/accessibility.html")
