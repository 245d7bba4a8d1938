"""What everybody may know of a centre's queue: its hours, its services, and who is served first."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from saduak.access.doors import open_to_everyone
from saduak.catalogue.models import QueueGroup, Service
from saduak.design.pages import light, render
from saduak.frontdesk.hours import days_from
from saduak.frontdesk.models import Desk
from saduak.frontdesk.operations import estimating
from saduak.frontdesk.presenters.hours import day_in_words, days_in_words, week_in_words
from saduak.frontdesk.presenters.rule import rule_of
from saduak.frontdesk.presenters.waits import people_and_minutes
from saduak.frontdesk.queries.booking import terms_of
from saduak.frontdesk.queries.hours import openings, opens_next
from saduak.frontdesk.queries.waits import ordinary_of, waits_now

AHEAD = 14
"""Days that the page looks ahead for unusual ones."""


@open_to_everyone
@light
def show_queue_view(request: HttpRequest, code: str) -> HttpResponse:
    """A centre's queue page: open or not, the hours today, the services, the days ahead that are unlike others."""
    desk = _desk(code)
    now = timezone.localtime()
    today, *ahead = openings(desk, days_from(now.date(), AHEAD))
    services = Service.objects.offered().of(desk.centre) if desk.is_open else Service.objects.none()
    context = {
        "desk": desk,
        "centre": desk.centre,
        "today": day_in_words(today),
        "is_open_now": desk.is_open and today.is_open_at(now.time()),
        "is_midday": desk.is_open and today.is_midday_at(now.time()),
        "opens_next": opens_next(desk, now) if desk.is_open and not today.is_open_at(now.time()) else None,
        "week": week_in_words(desk),
        "unusual": [day for day in days_in_words(ahead) if day.is_unusual],
        "groups": _in_groups(services, _told(desk, now) if desk.is_open else {}),
        "can_book": terms_of(code) is not None,
    }
    return render(request, "frontdesk/queue/show.html", context)


@open_to_everyone
@light
def show_rule_view(request: HttpRequest, code: str) -> HttpResponse:
    """Who is served first at this centre, in a language of its visitors (`?in=my`), with an example in minutes."""
    desk = _desk(code)
    classes = list(desk.classes.filter(is_offered=True))
    context = {"desk": desk, "centre": desk.centre, "rule": rule_of(desk, classes, request.GET.get("in", ""))}
    return render(request, "frontdesk/queue/rule.html", context)


def _desk(code: str) -> Desk:
    desk = get_object_or_404(Desk.objects.select_related("centre__province", "centre__agency"), centre__code=code)
    if not desk.centre.is_open:
        raise Http404
    return desk


def _told(desk: Desk, now: datetime) -> dict[int, str]:
    """Service → what an ordinary visitor is told who takes a ticket now; of those of which something is known."""
    estimating.refresh(desk, now)
    waits, ordinary = waits_now(desk.pk, now), ordinary_of(desk.pk)
    if ordinary is None or waits.kept is None:
        return {}
    found = {pk: waits.if_now(pk, ordinary) for pk in Service.objects.of(desk.centre).values_list("pk", flat=True)}
    language = "en" if get_language() == "en" else "th"
    return {pk: people_and_minutes(wait, language) for pk, wait in found.items() if wait}


def _in_groups(
    services: Iterable[Service], told: Mapping[int, str]
) -> list[tuple[QueueGroup, list[tuple[Service, str]]]]:
    groups: dict[int, tuple[QueueGroup, list[tuple[Service, str]]]] = {}
    for service in services:
        groups.setdefault(service.group_id, (service.group, []))[1].append((service, told.get(service.pk, "")))
    return list(groups.values())
