"""Certificates as cases: those of a list, and what is proposed about one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from saduak.certification.models import Certificate, Meeting, Proposal
from saduak.certification.procedure.certificates import ALIVE
from saduak.certification.queries.conflicts import conflicts_between
from saduak.certification.queries.meetings import Ties
from saduak.certification.rules import read_certificate_number
from saduak.directory.models import Centre
from saduak.directory.rules import words_sought


def certificates_found(user: Any, *, q: str = "", stage: str = "") -> QuerySet[Certificate]:
    """The certificates whose case exists for the person and that fit every filter that is given."""
    found = Certificate.objects.visible_to(user)
    if stage:
        found = found.filter(stage=stage)
    if words := q.strip():
        centres = Centre.objects.with_words(words_sought(words))
        number = read_certificate_number(words) or words
        found = found.filter(Q(reference__icontains=number) | Q(centre__in=centres))
    return found.for_page()


def proposals_about(certificate: Certificate) -> QuerySet[Proposal]:
    """Everything that was proposed about a certificate, the newest first."""
    return certificate.proposals.select_related("proposed_by", "meeting__body").order_by("-pk")


def acts_on(certificate: Certificate) -> QuerySet[Any]:
    """Everything that was done to a certificate, the newest first."""
    return certificate.acts.select_related("resolution__meeting", "taken_by").order_by("-pk")


def waiting_proposals() -> QuerySet[Proposal]:
    """What waits for the agenda of a meeting, the longest waiting first."""
    return Proposal.objects.waiting().for_line().order_by("proposed_at", "pk")


def proposals_on(centres: Iterable[int]) -> QuerySet[Proposal]:
    """What is proposed about the certificates of these centres and not resolved yet."""
    open_ones = Proposal.objects.open().filter(certificate__centre__in=list(centres), certificate__stage__in=ALIVE)
    return open_ones.select_related("certificate__centre", "meeting")


def matters_of(meeting: Meeting) -> QuerySet[Proposal]:
    """The certificates on an agenda, with who steps aside."""
    return meeting.proposals.for_line().prefetch_related("recusals__seat__person").order_by("position")


def ties_to(meeting: Meeting, proposal: Proposal) -> Ties:
    """Members with a tie to the centre of the certificate who have not stepped aside from it yet."""
    seats = list(meeting.attendance.select_related("person"))
    unit = proposal.certificate.application
    unit.centre = proposal.certificate.centre
    found = conflicts_between([unit], [seat.person for seat in seats], on=meeting.held_on)
    gone = {recusal.seat_id for recusal in proposal.recusals.all()}
    return [(seat, ties) for seat in seats if (ties := found[unit.pk, seat.person_id]) and seat.pk not in gone]
