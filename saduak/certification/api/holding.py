"""What a certified centre has and does: its plaques, its emblem, and the renewal of its certificate."""

from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from saduak.certification import oversight
from saduak.certification.api.cases import ApplicationInFullTold, DossierTold, dossier_for, dossier_told, in_full
from saduak.certification.api.fetching import (
    LARGEST,
    ReasonAsked,
    SeenAsked,
    StepTold,
    application_for,
    certificate_for,
    round_named,
    steps_of,
)
from saduak.certification.models import Asset
from saduak.certification.operations import assets, renewals
from saduak.certification.operations.emblems import emblem_of
from saduak.certification.policies import Permission
from saduak.certification.presenters.assets import why_no_emblem
from saduak.certification.procedure.assets import ASSET
from saduak.certification.queries.assets import assets_found
from saduak.certification.queries.renewals import Carried, carried_of, earlier_application
from saduak.documents.emblems import render_emblem
from saduak.machines.callers import person_of
from saduak.machines.cases import may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import Kind, Problem, wrong
from saduak.machines.scopes import Scope
from saduak.machines.words import gettext_lazy
from saduak.standards.rules import AnswersRefused

router = Router(tags=["After the decision"])

EMBLEM = {
    "responses": {
        200: {
            "description": "The drawing.",
            "content": {kind: {"schema": {"type": "string"}} for kind in ("image/svg+xml", "image/png")},
        },
        410: {"$ref": "#/components/responses/Problem410"},
    }
}


class AssetTold(Schema):
    """A plaque or a printed emblem, by its serial number."""

    serial: str
    kind: str
    certificate: str
    stage: str
    version: int
    delivered_on: date | None
    received_on: date | None
    due_back_on: date | None
    is_example: bool
    url: str


class AssetInFullTold(AssetTold):
    """A piece with what the person can do next."""

    steps: list[StepTold]


class ReceivedAsked(SeenAsked):
    """Who received a piece, and when."""

    received_on: date
    received_by: str = Field(..., min_length=1, max_length=200)


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


@router.get(
    "/assets",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The plaques and printed emblems that exist for the person."),
    response=page_of(AssetTold),
)
def list_assets(request: HttpRequest, asked: Query[Paging]) -> Any:
    return paged(request, asked, assets_found(may(request, Permission.SEE_ASSETS)), _asset)


@router.get(
    "/assets/{serial}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("One plaque or emblem with the steps that belong to the person now."),
    response=AssetInFullTold,
)
def show_asset(request: HttpRequest, serial: str) -> Any:
    return _asset_in_full(request, _asset_for(request, serial))


@router.post(
    "/assets/{serial}/received",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Confirm that the centre has the piece: who received it, and when."),
    response=AssetInFullTold,
)
def acknowledge_asset(request: HttpRequest, serial: str, asked: ReceivedAsked) -> Any:
    assets.acknowledge(
        _asset_for(request, serial),
        on=asked.received_on,
        received_by=asked.received_by,
        by=person_of(request),
        seen=asked.seen,
    )
    return _asset_in_full(request, _asset_for(request, serial))


@router.post(
    "/assets/{serial}/lost",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Report that a piece is lost."),
    response=AssetInFullTold,
)
def report_lost_asset(request: HttpRequest, serial: str, asked: ReasonAsked) -> Any:
    assets.report_lost(_asset_for(request, serial), reason=asked.reason, by=person_of(request), seen=asked.seen)
    return _asset_in_full(request, _asset_for(request, serial))


@router.get(
    "/certificates/{number}/emblem.{form}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The emblem with its QR code as SVG or PNG, only while the certificate is valid."),
    openapi_extra=EMBLEM,
)
def draw_emblem(request: HttpRequest, number: str, form: Literal["svg", "png"]) -> HttpResponse:
    """The head of the centre has to accept the terms of use on the page before."""
    certificate = certificate_for(request, number)
    if why := why_no_emblem(certificate, timezone.localdate()):
        raise Problem(Kind.GONE, why)
    if not certificate.terms_accepted.exists():
        raise Problem(Kind.REFUSED, _("The head of the centre accepts the terms of use first."))
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    return HttpResponse(render_emblem(emblem_of(certificate), form), content_type=kinds[form])


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


def _asset_for(request: HttpRequest, serial: str) -> Asset:
    person = may(request, Permission.SEE_ASSETS)
    return get_object_or_404(Asset.objects.visible_to(person).for_page(), reference=serial)


def _asset(asset: Asset) -> dict[str, Any]:
    return {
        "serial": asset.reference,
        "kind": asset.kind,
        "certificate": asset.certificate.reference,
        "stage": asset.stage,
        "version": asset.version,
        "delivered_on": asset.delivered_on,
        "received_on": asset.received_on,
        "due_back_on": asset.due_back_on,
        "is_example": asset.is_example,
        "url": f"{settings.PUBLIC_URL}{asset.get_absolute_url()}",
    }


def _asset_in_full(request: HttpRequest, asset: Asset) -> dict[str, Any]:
    roles = oversight.roles_over(person_of(request), asset.certificate)
    return {**_asset(asset), "steps": steps_of(ASSET, asset, roles)}


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
