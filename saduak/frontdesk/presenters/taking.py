"""What can be had now, and why something cannot, for whoever takes a ticket by himself (รายการงานที่รับบัตรคิวได้)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import override

from saduak.catalogue.models import Service
from saduak.frontdesk.models import Desk, ServiceDay, Ticket
from saduak.frontdesk.operations.admission import SENTENCES, hours_of
from saduak.frontdesk.presenters.visitor_words import say
from saduak.frontdesk.presenters.waits import in_words
from saduak.frontdesk.procedure import TicketStage
from saduak.frontdesk.queries.waits import Wait, ordinary_of, waits_now
from saduak.frontdesk.rules.issuing import Limit, Refusal, may_issue

OF_ONE_SERVICE = frozenset({Refusal.LIMIT_OF_SERVICE, Refusal.WOULD_END_TOO_LATE})


@dataclass(frozen=True)
class Choice:
    """One service: how many wait for it, about how long, and why no ticket is given for it; empty if one is."""

    service: Service
    waiting: int
    wait: Wait | None
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Offer:
    """What a desk gives tickets for at a moment; `refusals` are those that hold for all of it."""

    choices: Sequence[Choice]
    refusals: tuple[Refusal, ...]


def offer_of(desk: Desk, at: datetime) -> Offer:
    """Every service on offer, by the same rule that issues tickets, in eight questions to the database."""
    today = timezone.localdate(at)
    day = ServiceDay.objects.filter(centre=desk.pk, day=today).first()
    hours = hours_of(desk, today)
    if day and day.stopped_at:
        hours = replace(hours, stopped="stopped")
    of_desk = Limit(day.sequence if day else 0, desk.daily_limit)
    counted = {
        one["service_id"]: one
        for one in Ticket.objects.filter(centre=desk.pk, day=today)
        .values("service_id")
        .order_by("service_id")
        .annotate(given=Count("pk"), waiting=Count("pk", filter=Q(stage=TicketStage.WAITING)))
    }
    waits, ordinary = waits_now(desk.pk, at), ordinary_of(desk.pk)
    choices = []
    for service in Service.objects.offered().of(desk.centre):
        wait = waits.if_now(service.pk, ordinary) if ordinary else None
        of_today = counted.get(service.pk, {"given": 0, "waiting": 0})
        found = may_issue(
            at,
            hours,
            of_desk=of_desk,
            of_service=Limit(of_today["given"], service.daily_limit),
            expected_end=wait.expected_end if wait and desk.stops_by_estimate else None,
        )
        choices.append(Choice(service, of_today["waiting"], wait, tuple(one.refusal for one in found)))
    of_all = may_issue(at, hours, of_desk=of_desk)
    return Offer(choices, tuple(one.refusal for one in of_all) if desk.is_open else (Refusal.STOPPED,))


@dataclass(frozen=True)
class Line:
    """One thing to choose, in a visitor's language; `closed` ones are shown and cannot be chosen."""

    value: str
    name: str
    detail: str = ""
    is_closed: bool = False
    is_chosen: bool = False


def service_lines(offer: Offer, language: str, chosen: object) -> list[Line]:
    """The services, each with how many wait, or why it cannot be chosen."""
    return [
        Line(
            value=str(one.service.pk),
            name=one.service.name_in(language),
            detail=refusal_in(language, one.refusals) or _detail(one, language),
            is_closed=bool(one.refusals),
            is_chosen=str(one.service.pk) == str(chosen),
        )
        for one in offer.choices
    ]


def _detail(one: Choice, language: str) -> str:
    waiting = waiting_in_words(one.waiting, language)
    return f"{waiting} · {in_words(one.wait, language)}" if one.wait and one.wait.is_known else waiting


def class_lines(desk: Desk, language: str, chosen: object) -> list[Line]:
    """The classes of visitors that somebody may say of himself."""
    classes = [one for one in desk.classes.all() if one.is_offered]
    return [Line(one.code, one.name_in(language), is_chosen=one.code == chosen) for one in classes]


def waiting_in_words(number: int, language: str) -> str:
    """How many wait."""
    if number == 0:
        return say("nobody_waits", language)
    return say("one_waits", language) if number == 1 else say("many_wait", language, number=number)


def refusal_in(language: str, refusals: Sequence[Refusal]) -> str:
    """Why there is no ticket, in a visitor's language; where nobody has translated the reason, that there is none."""
    if not refusals:
        return ""
    if language not in ("th", "en"):
        return say("closed_now", language)
    with override(language):
        return str(SENTENCES[refusals[0]])
