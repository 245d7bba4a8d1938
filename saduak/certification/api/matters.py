"""Certificates on the agenda of a meeting: put on it, decided, and who steps aside."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from saduak.certification.api.acting import GroundCode, MatterTold, matter_told
from saduak.certification.api.agendas import AsideAsked, AsideTold, BackAsked, aside_told, seat_of
from saduak.certification.api.fetching import meeting_for
from saduak.certification.api.meeting import MEETINGS
from saduak.certification.api.words import Day
from saduak.certification.models import Meeting, Proposal
from saduak.certification.operations import proposals
from saduak.certification.policies import Permission
from saduak.certification.queries.certificates import matters_of, waiting_proposals
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import Reference
from saduak.machines.words import gettext_lazy

router = Router(tags=["Meetings"])


class MatterOnAgendaTold(MatterTold):
    """One certificate on the agenda."""

    position: int
    seen: str = Field(..., description="To be sent when it is decided.")
    aside: list[AsideTold]


class DecideOnCertificateAsked(Schema):
    """What the committee decides on a certificate."""

    decision: str = Field(..., max_length=20, description="suspend, prolong, restore, revoke or nothing")
    ground: GroundCode = ""
    until: Day | None = None
    reason: str = Field("", max_length=4000, description="Needed when it departs from the proposal.")
    seen: str = Field(..., max_length=6000)


class CertificatesPutOnAsked(Schema):
    """Certificates about which something is proposed, in this order."""

    certificates: list[Reference] = Field(..., min_length=1, max_length=500, description="Their numbers.")


@router.get(
    "/proposals",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("What is proposed about certificates and waits for the agenda of a meeting."),
    response=page_of(MatterTold),
)
def list_waiting_proposals(request: HttpRequest, asked: Query[Paging]) -> Any:
    may(request, Permission.RUN_MEETINGS)
    return paged(request, asked, waiting_proposals().select_related("meeting"), matter_told)


@router.get(
    "/meetings/{reference}/agenda/certificates",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The certificates on the agenda of a meeting."),
    response=page_of(MatterOnAgendaTold),
)
def list_certificates_on_agenda(request: HttpRequest, reference: str, asked: Query[Paging]) -> Any:
    may(request, Permission.SEE_MEETINGS)
    return paged(request, asked, matters_of(meeting_for(request, reference)).select_related("meeting"), _matter)


def _matter_for(request: HttpRequest, reference: str, certificate: str) -> Proposal:
    may(request, Permission.SEE_MEETINGS)
    meeting = meeting_for(request, reference)
    found = get_object_or_404(matters_of(meeting), certificate__reference=certificate)
    found.meeting = meeting
    return found


def _matter(matter: Proposal) -> dict[str, Any]:
    aside = aside_told(matter.recusals.all())
    return {**matter_told(matter), "position": matter.position, "seen": matter.sight, "aside": aside}


def _put_on(meeting: Meeting, *, certificates: list[str], by: Any) -> None:
    found = {
        one.certificate.reference: one for one in waiting_proposals().filter(certificate__reference__in=certificates)
    }
    for position, number in enumerate(certificates):
        if number not in found:
            raise wrong(_("Nothing of this reference waits for a meeting."), pointer=f"/certificates/{position}")
    proposals.put_on_agenda(meeting, [found[number] for number in dict.fromkeys(certificates)], by=by)


def _step_aside(matter: Proposal, *, person: int, **said: Any) -> None:
    if matter.meeting is not None:
        proposals.step_aside(matter, seat_of(matter.meeting, person), **said)


def _come_back(matter: Proposal, *, person: int, by: Any) -> None:
    proposals.come_back(get_object_or_404(matter.recusals, seat__person=person), by=by)


MATTERS = Cases(
    router,
    "/meetings/{reference}/agenda/certificates/{certificate}",
    _matter_for,
    lambda _request, matter: _matter(matter),
    MatterOnAgendaTold,
)
PUT_ON = Cases(router, "/meetings/{reference}/agenda/certificates", MEETINGS.find, MEETINGS.tell, MEETINGS.shape)

PUT_ON.step(
    "put_certificates_on_agenda",
    "",
    _put_on,
    CertificatesPutOnAsked,
    gettext_lazy("Put certificates on the agenda about which something is proposed."),
    permission=Permission.RUN_MEETINGS,
)
MATTERS.shows("show_certificate_on_agenda", "", gettext_lazy("One certificate on the agenda."))
MATTERS.step(
    "decide_on_certificate",
    "",
    proposals.decide,
    DecideOnCertificateAsked,
    gettext_lazy("Write down what the committee decides on a certificate; it takes effect with the resolution."),
    permission=Permission.RUN_MEETINGS,
    method="PUT",
)
MATTERS.step(
    "take_certificate_off_agenda",
    "",
    proposals.take_off_agenda,
    None,
    gettext_lazy("Take a certificate off the agenda; the proposal waits for another meeting."),
    permission=Permission.RUN_MEETINGS,
    method="DELETE",
    told=False,
)
MATTERS.step(
    "step_aside_from_certificate",
    "aside",
    _step_aside,
    AsideAsked,
    gettext_lazy("A member does not take part in one certificate."),
    permission=Permission.RUN_MEETINGS,
)
MATTERS.step(
    "come_back_to_certificate",
    "aside/back",
    _come_back,
    BackAsked,
    gettext_lazy("Take back that a member steps aside, when it was written down by mistake."),
    permission=Permission.RUN_MEETINGS,
)
