"""Certificates as cases: what was done to them, what is ordered, given back, and proposed to the committee."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from saduak.certification import oversight
from saduak.certification.api.fetching import certificate_for
from saduak.certification.api.words import Day
from saduak.certification.models import Certificate, Proposal
from saduak.certification.operations import acts, proposals
from saduak.certification.policies import Permission
from saduak.certification.procedure.certificates import CERTIFICATE
from saduak.certification.queries.certificates import acts_on, certificates_found, proposals_about
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import ReasonAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Certificates"])

GroundCode = Annotated[str, Field(max_length=20, description="Such as not_met, no_answer, mended or other.")]


class CertificateActTold(Schema):
    """What was done to a certificate, on which ground and by which authority."""

    kind: str
    ground: str
    reason: str
    from_day: date
    until_day: date | None
    authority: str
    taken_at: datetime


class MatterTold(Schema):
    """What is proposed to the committee about a certificate, what the centre says of it, and what is decided."""

    id: int
    certificate: str
    kind: str = Field(..., description="suspend, prolong, restore or revoke")
    ground: str
    reason: str
    until: date | None
    proposed_at: datetime
    statement: str
    meeting: str = Field(..., description="The meeting on whose agenda it stands; empty while it waits.")
    decision: str = Field(..., description="As `kind`, or nothing; empty before.")
    decided_ground: str
    decided_until: date | None
    decided_reason: str
    is_settled: bool


class CertificateOfCaseTold(Schema):
    """A certificate as a case in a list."""

    number: str
    centre: str
    stage: str
    version: int
    issued_on: date
    expires_on: date
    suspended_until: date | None
    is_example: bool


class CertificateCaseTold(CertificateOfCaseTold):
    """A certificate with the acts on it, what is proposed about it, and what the person can do next."""

    acts: list[CertificateActTold]
    proposals: list[MatterTold]
    steps: list[StepTold]


class CertificatesAsked(Paging):
    """Which certificates are asked for."""

    q: str = Field("", max_length=100, description="Number, or words in the name of the centre.")
    stage: str = Field("", max_length=40)


class ActAsked(ReasonAsked):
    """Why something is done; the centre reads the reason in its letter."""

    ground: GroundCode


class ActForATimeAsked(ActAsked):
    """Why something is done, and until when."""

    until: Day | None = Field(None, description="The last day, where the act can have one.")


class ProposeAsked(ActForATimeAsked):
    """What the committee is asked to do."""

    kind: str = Field(..., max_length=20, description="suspend, prolong, restore or revoke")


class WhyAsked(Schema):
    """A reason."""

    reason: str = Field(..., min_length=1, max_length=4000)


class StatementAsked(Schema):
    """What the centre has to say; `seen` is the statement as it was read."""

    statement: str = Field(..., min_length=1, max_length=8000)
    seen: str = Field(..., max_length=8000)


@router.get(
    "/certificates",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The certificates whose case exists for the person, the newest first."),
    response=page_of(CertificateOfCaseTold),
)
def list_certificate_cases(request: HttpRequest, asked: Query[CertificatesAsked]) -> Any:
    found = certificates_found(may(request, Permission.SEE_CERTIFICATES), q=asked.q, stage=asked.stage)
    return paged(request, asked, found.select_related("centre").order_by("-issued_on", "-pk"), _certificate)


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "number": certificate.reference,
        "centre": certificate.centre.code,
        "stage": certificate.stage,
        "version": certificate.version,
        "issued_on": certificate.issued_on,
        "expires_on": certificate.expires_on,
        "suspended_until": certificate.suspended_until,
        "is_example": certificate.is_example,
    }


def _case(request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    return {
        **_certificate(certificate),
        "acts": [
            {name: getattr(act, name) for name in CertificateActTold.model_fields} for act in acts_on(certificate)
        ],
        "proposals": [matter_told(one) for one in proposals_about(certificate)],
        "steps": steps_of(CERTIFICATE, certificate, oversight.roles_over(person_of(request), certificate)),
    }


def matter_told(matter: Proposal) -> dict[str, Any]:
    """What is proposed and decided about a certificate."""
    same = ("kind", "ground", "reason", "proposed_at", "statement", "decision")
    return {
        **{name: getattr(matter, name) for name in (*same, "decided_ground", "decided_until", "decided_reason")},
        "id": matter.pk,
        "certificate": matter.certificate.reference,
        "until": matter.until_day,
        "meeting": matter.meeting.reference if matter.meeting else "",
        "is_settled": matter.settled_at is not None,
    }


def _propose(certificate: Certificate, *, kind: str, **said: Any) -> None:
    if kind not in acts.GROUNDS:
        raise wrong(_("This cannot be proposed."), pointer="/kind")
    proposals.propose(certificate, kind, **said)


def _take_back(certificate: Certificate, **said: Any) -> None:
    proposals.take_back(get_object_or_404(Proposal.objects.waiting(), certificate=certificate), **said)


def _state(certificate: Certificate, **said: Any) -> None:
    proposals.state(get_object_or_404(Proposal.objects.open().for_line(), certificate=certificate), **said)


CERTIFICATES = Cases(router, "/certificates/{number}", certificate_for, _case, CertificateCaseTold)

CERTIFICATES.shows(
    "show_certificate_case",
    "case",
    gettext_lazy("A certificate as a case: every act with its reason, and the steps that belong to the person now."),
)
CERTIFICATES.step(
    "give_certificate_back",
    "give-back",
    acts.give_back,
    ReasonAsked,
    gettext_lazy("The head of the centre gives the certificate back for good."),
    permission=Permission.GIVE_BACK,
)
CERTIFICATES.step(
    "order_suspension",
    "suspend",
    acts.order_suspension,
    ActForATimeAsked,
    gettext_lazy("Suspend at once by order of the secretariat, on an urgent ground, until the committee has met."),
    permission=Permission.ORDER,
)
CERTIFICATES.step(
    "lift_order",
    "restore",
    acts.lift_order,
    ActAsked,
    gettext_lazy("Restore what the secretariat itself has suspended."),
    permission=Permission.ORDER,
)
CERTIFICATES.step(
    "propose_act",
    "proposal",
    _propose,
    ProposeAsked,
    gettext_lazy("Propose to the committee that a certificate is suspended, kept so, restored or revoked."),
    permission=Permission.PROPOSE_ACTS,
)
CERTIFICATES.step(
    "take_back_act",
    "proposal/take-back",
    _take_back,
    WhyAsked,
    gettext_lazy("Take back what is proposed about a certificate and stands on no agenda."),
    permission=Permission.PROPOSE_ACTS,
)
CERTIFICATES.step(
    "state_before_the_committee",
    "proposal/statement",
    _state,
    StatementAsked,
    gettext_lazy("The centre says what speaks for it, before the committee resolves."),
    permission=Permission.ANSWER_FINDINGS,
    method="PUT",
)
