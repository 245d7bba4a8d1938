"""The one door through which views come to a case: somebody else's is a 404."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from saduak.certification.models import (
    AgendaItem,
    Application,
    Certificate,
    FindingTurn,
    Meeting,
    Proposal,
    Reconsideration,
    Surveillance,
)
from saduak.certification.queries.meetings import with_units
from saduak.postgres.standing import Standing


def application_for(request: HttpRequest, reference: str) -> Application:
    """The application of that reference, if it exists for the person; a form that is sent prints little of it."""
    visible = Application.objects.visible_to(request.user)
    if request.method != "POST":
        return get_object_or_404(visible.for_page(), reference=reference)
    if visible.query.has_filters():
        return get_object_or_404(visible.for_step(), reference=reference)
    found = _ANY_APPLICATION.first(reference=reference)
    if found is None:
        raise Http404
    return found


_ANY_APPLICATION = Standing(
    lambda reference: Application.objects.for_step().filter(reference=reference).order_by(), reference="an example"
)
"""For those who see them all."""


def reconsideration_for(request: HttpRequest, reference: str) -> Reconsideration:
    """The request to reconsider of that reference, if it exists for the person."""
    return get_object_or_404(Reconsideration.objects.visible_to(request.user).for_page(), reference=reference)


def meeting_for(request: HttpRequest, reference: str) -> Meeting:
    """The meeting of that reference, if it exists for the person."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).for_page(), reference=reference)


def certificate_for(request: HttpRequest, number: str) -> Certificate:
    """The certificate of that number, if its case exists for the person."""
    return get_object_or_404(Certificate.objects.visible_to(request.user).for_page(), reference=number)


def surveillance_for(request: HttpRequest, reference: str) -> Surveillance:
    """The surveillance of that reference, if it exists for the person."""
    return get_object_or_404(Surveillance.objects.visible_to(request.user).for_page(), reference=reference)


def turn_for(surveillance: Surveillance, key: int) -> FindingTurn:
    """What is asked of the centre now about one finding."""
    turn = get_object_or_404(surveillance.current.select_related("finding").prefetch_related("files"), pk=key)
    turn.finding.surveillance = surveillance
    return turn


def proposal_for(meeting: Meeting, key: int) -> Proposal:
    """One certificate on the meeting's agenda."""
    proposal = get_object_or_404(meeting.proposals.for_line().prefetch_related("recusals__seat__person"), pk=key)
    proposal.meeting = meeting
    return proposal


def item_for(meeting: Meeting, key: int) -> AgendaItem:
    """One item of the meeting's agenda."""
    item = get_object_or_404(with_units(meeting.items.all()), pk=key)
    item.meeting = meeting
    return item
