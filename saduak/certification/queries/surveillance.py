"""Surveillances: those of a list, who can be sent, and whom a conflict of interest bars (การติดตาม)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from saduak.certification.models import Certificate, Round, Surveillance
from saduak.certification.procedure.certificates import CertificateStage
from saduak.certification.procedure.surveillance import ENDED
from saduak.certification.queries.conflicts import conflicts_between
from saduak.certification.rules import Conflict, issues_to_plan
from saduak.directory.models import BodyKind, Centre, Membership, Office
from saduak.directory.rules import words_sought

RUNNING = "running"


def surveillances_found(user: Any, *, q: str = "", stage: str = "", origin: str = "") -> QuerySet[Surveillance]:
    """The surveillances that exist for the person and fit every filter; `stage` may be `running`."""
    found = Surveillance.objects.visible_to(user)
    if stage == RUNNING:
        found = found.exclude(stage__in=ENDED)
    elif stage:
        found = found.filter(stage=stage)
    if origin:
        found = found.filter(origin=origin)
    if words := q.strip():
        centres = Centre.objects.with_words(words_sought(words))
        found = found.filter(Q(reference__icontains=words) | Q(certificate__centre__in=centres))
    return found.for_page()


def certificates_to_follow(today: date) -> Iterator[Certificate]:
    """Certificates in force whose calendar may ask for a turn now that is not planned yet; no examples.

    One question for each length of time between turns, and one for what is known of those found; by their issue they
    are few, however many certificates there are.
    """
    running = Certificate.objects.filter(stage=CertificateStage.VALID, expires_on__gt=today, is_example=False)
    lengths = Round.objects.filter(surveillance_months__gt=0).order_by().values_list("surveillance_months", flat=True)
    for months in lengths.distinct():
        asked = Q()
        for turn, first, last in issues_to_plan(months, today):
            planned = Surveillance.objects.filter(certificate=OuterRef("pk"), turn=turn)
            asked |= Q(~Exists(planned), issued_on__range=(first, last))
        found = running.filter(asked, round__surveillance_months=months)
        found = found.exclude(Exists(Surveillance.objects.open().filter(certificate=OuterRef("pk"))))
        yield from found.select_related("round").prefetch_related("surveillances")


def conflicts_with(certificate: Certificate, people: Iterable[Any], *, on: date) -> dict[int, tuple[Conflict, ...]]:
    """Every conflict of each person with the certified centre, by the person's key."""
    unit = certificate.application
    unit.centre = certificate.centre
    return {person: found for (_unit, person), found in conflicts_between([unit], people, on=on).items()}


def barred_from(certificate: Certificate, people: Iterable[Any], *, on: date) -> set[int]:
    """The keys of those whom a hard conflict bars from the centre."""
    found = conflicts_with(certificate, people, on=on)
    return {person for person, ties in found.items() if any(tie.is_hard for tie in ties)}


def who_can_be_sent(on: date) -> list[Membership]:
    """Members of the sub-committees, inspectors and the secretariat, each once with one office, by name."""
    held = (
        Membership.objects.on(on)
        .filter(
            Q(body__kind=BodyKind.SUB_COMMITTEE) | Q(office__in=[Office.INSPECTOR, Office.SECRETARIAT_OFFICER]),
        )
        .with_people()
        .order_by("pk")
    )
    found: dict[int, Membership] = {}
    for membership in held:
        found.setdefault(membership.person_id, membership)
    return sorted(found.values(), key=lambda one: str(one.person))
