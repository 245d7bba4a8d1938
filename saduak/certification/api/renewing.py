"""A certificate is renewed: an application that names it, and what was said before confirmed as still true."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from saduak.certification.api.cases import ApplicationInFullTold, DossierTold, dossier_for, dossier_told, in_full
from saduak.certification.api.fetching import application_for, certificate_for, round_named
from saduak.certification.operations import renewals
from saduak.certification.policies import Permission
from saduak.certification.queries.renewals import Carried, carried_of, earlier_application
from saduak.machines.callers import person_of
from saduak.machines.cases import may
from saduak.machines.doors import needs
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import LARGEST
from saduak.machines.words import gettext_lazy
from saduak.standards.rules import AnswersRefused

router = Router(tags=["Applications"])


class RenewalAsked(Schema):
    """In which round a certificate is renewed."""

    round: str = Field(..., min_length=1, max_length=60, description="A round's reference.")


class CarriedTold(Schema):
    """One criterion of the round beside what the centre said before."""

    code: str
    kind: str = Field(..., description="same, changed, split, merged or new")
    can_be_confirmed: bool
    is_answered: bool
    before: list[dict[str, str]] = Field(..., description="The earlier answers by code.")
    evidence: list[int] = Field(..., description="The earlier files, by id.")


class ShownAsked(Schema):
    """A file of the earlier dossier that still shows it, with the period of which it tells now."""

    evidence: int = Field(..., ge=1, le=LARGEST)
    period_from: date | None = None
    period_until: date | None = None


class StillTrueAsked(Schema):
    """One criterion that is confirmed as it was."""

    code: str = Field(..., min_length=1, max_length=20)
    files: list[ShownAsked] = Field(default_factory=list, max_length=100)


class ConfirmAsked(Schema):
    """Criteria that are confirmed together, or not at all."""

    still_true: list[StillTrueAsked] = Field(..., min_length=1, max_length=200)


@router.post(
    "/certificates/{number}/renewal",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Begin the application that renews a certificate."),
    response={201: ApplicationInFullTold},
)
def start_renewal(request: HttpRequest, number: str, asked: RenewalAsked) -> Any:
    person = may(request, Permission.APPLY)
    certificate = certificate_for(request, number)
    round_ = round_named(person, asked.round)
    made = renewals.start(certificate, round_, by=person)
    return Status(201, in_full(request, application_for(request, made.reference)))


@router.get(
    "/applications/{reference}/carried",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("What the centre said before of each criterion, and what it can confirm as still true."),
    response=list[CarriedTold],
)
def list_carried(request: HttpRequest, reference: str) -> Any:
    application = dossier_for(request, reference)
    earlier = earlier_application(application)
    return [_carried(one) for one in carried_of(application, earlier)] if earlier is not None else []


@router.post(
    "/applications/{reference}/carried",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Confirm answers of the earlier application as still true: all of them or none."),
    response=DossierTold,
)
def confirm_carried(request: HttpRequest, reference: str, asked: ConfirmAsked) -> Any:
    application = dossier_for(request, reference)
    still_true = [
        renewals.StillTrue(
            one.code,
            tuple(renewals.Shown(file.evidence, file.period_from, file.period_until) for file in one.files),
        )
        for one in asked.still_true
    ]
    try:
        renewals.confirm(application, still_true, by=person_of(request))
    except AnswersRefused as refused:
        codes = ", ".join(problem.code for problem in refused.problems)
        raise wrong(codes, pointer="/still_true") from None
    return dossier_told(dossier_for(request, reference))


def _carried(one: Carried) -> dict[str, Any]:
    return {
        "code": one.criterion.code,
        "kind": one.kind.value,
        "can_be_confirmed": one.can_be_confirmed,
        "is_answered": one.is_answered,
        "before": [
            {"code": answer.code, "answer": answer.answer} for _criterion, answers in one.before for answer in answers
        ],
        "evidence": [file.pk for file in one.evidence],
    }
