"""Plaques and printed emblems: ordered, made, handed over, called back, lost and found; and the emblem drawn."""

from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from saduak.certification import oversight, policies
from saduak.certification.api.fetching import certificate_for
from saduak.certification.api.words import Day
from saduak.certification.models import Asset, AssetOrder, Certificate
from saduak.certification.models.assets import certificates_without
from saduak.certification.operations import assets, licences
from saduak.certification.operations.emblems import emblem_of
from saduak.certification.policies import Permission
from saduak.certification.presenters.assets import why_no_emblem
from saduak.certification.procedure.assets import ASSET, ASSET_ORDER, AssetStage
from saduak.certification.queries.assets import assets_found, orders, pieces_of
from saduak.documents.emblems import render_emblem
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import Kind, Problem, wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import ReasonAsked, Reference, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Plaques and emblems"])

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


class OrderTold(Schema):
    """A production order."""

    reference: str
    kind: str
    maker: str
    stage: str
    version: int
    ordered_on: date
    due_on: date
    is_example: bool


class OrderInFullTold(OrderTold):
    """An order with its pieces and what the person can do next."""

    note: str
    pieces: list[AssetTold]
    steps: list[StepTold]


class TermsTold(Schema):
    """The terms of use, and when they were accepted for the certificate."""

    edition: str
    sha256: str
    clauses: list[str]
    accepted_at: datetime | None


class AssetsAsked(Paging):
    """Which pieces are asked for."""

    q: str = Field("", max_length=100, description="Number, or words in the name of the centre.")
    kind: Literal["", "plaque", "emblem"] = ""
    stage: str = Field("", max_length=40)


class OrderAsked(Schema):
    """What is ordered, from whom, by when, and for which certificates."""

    kind: Literal["plaque", "emblem"]
    certificates: list[Reference] = Field(..., min_length=1, max_length=500, description="Numbers that lack a piece.")
    maker: str = Field(..., min_length=1, max_length=200)
    ordered_on: Day
    due_on: Day
    note: str = Field("", max_length=2000)


class ArrivedAsked(Schema):
    """Which pieces have arrived from the maker, and when."""

    on: Day
    serials: list[Reference] = Field(..., min_length=1, max_length=500)


class DeliverAsked(SeenAsked):
    """When and how a piece is handed to the centre."""

    on: Day
    how: str = Field(..., min_length=1, max_length=300)


class ReceivedAsked(SeenAsked):
    """Who received a piece, and when."""

    received_on: Day
    received_by: str = Field(..., min_length=1, max_length=200)
    note: str = Field("", max_length=2000)


class TakeBackAsked(SeenAsked):
    """When a piece came back, and in what condition."""

    on: Day
    note: str = Field(..., min_length=1, max_length=2000)


@router.get(
    "/assets",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The plaques and printed emblems that exist for the person."),
    response=page_of(AssetTold),
)
def list_assets(request: HttpRequest, asked: Query[AssetsAsked]) -> Any:
    found = assets_found(may(request, Permission.SEE_ASSETS), q=asked.q, kind=asked.kind, stage=asked.stage)
    return paged(request, asked, found, _asset)


@router.post(
    "/assets/{serial}/receipt",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Confirm that the centre has the piece, with the signed receipt as a file."),
    response=AssetInFullTold,
)
def acknowledge_with_receipt(
    request: HttpRequest, serial: str, asked: Form[ReceivedAsked], file: File[UploadedFile]
) -> Any:
    _acknowledge(_asset_for(request, serial), **asked.dict(), receipt=file, by=person_of(request))
    return _asset_in_full(request, _asset_for(request, serial))


@router.get(
    "/asset-orders",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The production orders, the latest first."),
    response=page_of(OrderTold),
)
def list_asset_orders(request: HttpRequest, asked: Query[Paging]) -> Any:
    may(request, Permission.KEEP_ASSETS)
    return paged(request, asked, orders(), _order)


@router.post(
    "/asset-orders",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Order one piece for each of these certificates."),
    response={201: OrderInFullTold},
)
def place_asset_order(request: HttpRequest, asked: OrderAsked) -> Any:
    person = may(request, Permission.KEEP_ASSETS)
    lacking = certificates_without(asked.kind, timezone.localdate()).filter(reference__in=asked.certificates)
    found = {one.reference: one for one in lacking}
    for position, number in enumerate(asked.certificates):
        if number not in found:
            raise wrong(_("This certificate needs no such piece."), pointer=f"/certificates/{position}")
    chosen = [found[number] for number in dict.fromkeys(asked.certificates)]
    placed = assets.place_order(asked.kind, chosen, **asked.dict(exclude={"kind", "certificates"}), by=person)
    return Status(201, _order_in_full(request, placed))


@router.get(
    "/certificates/{number}/emblem.{form}",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The emblem with its QR code as SVG or PNG, only while the certificate is valid."),
    openapi_extra=EMBLEM,
)
def draw_emblem(request: HttpRequest, number: str, form: Literal["svg", "png"]) -> HttpResponse:
    """The head of the centre has to accept the terms of use before."""
    certificate = certificate_for(request, number)
    if why := why_no_emblem(certificate, timezone.localdate()):
        raise Problem(Kind.GONE, why)
    if not certificate.terms_accepted.exists():
        raise Problem(Kind.REFUSED, _("The head of the centre accepts the terms of use first."))
    kinds = {"svg": "image/svg+xml", "png": "image/png"}
    return HttpResponse(render_emblem(emblem_of(certificate), form), content_type=kinds[form])


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


def _order_for(request: HttpRequest, reference: str) -> AssetOrder:
    may(request, Permission.KEEP_ASSETS)
    return get_object_or_404(AssetOrder, reference=reference)


def _order(order: AssetOrder) -> dict[str, Any]:
    return {name: getattr(order, name) for name in OrderTold.model_fields}


def _order_in_full(request: HttpRequest, order: AssetOrder) -> dict[str, Any]:
    roles = policies.roles_over_rounds(person_of(request))
    return {
        **_order(order),
        "note": order.note,
        "pieces": [_asset(piece) for piece in pieces_of(order)],
        "steps": steps_of(ASSET_ORDER, order, roles),
    }


def _terms(_request: HttpRequest, certificate: Certificate) -> dict[str, Any]:
    accepted = certificate.terms_accepted.filter(edition=licences.EDITION).first()
    return {
        "edition": licences.EDITION,
        "sha256": licences.digest(),
        "clauses": list(licences.terms(get_language() or "th")),
        "accepted_at": accepted.accepted_at if accepted else None,
    }


def _arrived(order: AssetOrder, *, serials: list[str], **said: Any) -> None:
    awaited = set(order.assets.filter(stage=AssetStage.ORDERED).values_list("reference", flat=True))
    for position, serial in enumerate(serials):
        if serial not in awaited:
            raise wrong(_("No piece of this number is awaited."), pointer=f"/serials/{position}")
    assets.arrived(order, serials, **said)


def _acknowledge(asset: Asset, *, received_on: date, **said: Any) -> None:
    assets.acknowledge(asset, on=received_on, **said)


ASSETS = Cases(router, "/assets/{serial}", _asset_for, _asset_in_full, AssetInFullTold)
ORDERS = Cases(router, "/asset-orders/{reference}", _order_for, _order_in_full, OrderInFullTold)
TERMS = Cases(router, "/certificates/{number}/emblem-terms", certificate_for, _terms, TermsTold)

ASSETS.shows("show_asset", "", gettext_lazy("One plaque or emblem with the steps that belong to the person now."))
ASSETS.step(
    "deliver_asset",
    "deliver",
    assets.deliver,
    DeliverAsked,
    gettext_lazy("Hand a piece to the centre, which is told."),
)
ASSETS.step(
    "acknowledge_asset",
    "received",
    _acknowledge,
    ReceivedAsked,
    gettext_lazy("Confirm that the centre has the piece: who received it, and when."),
)
ASSETS.step(
    "call_asset_back",
    "call-back",
    assets.call_back,
    SeenAsked,
    gettext_lazy("Call a piece back, because the certificate has ended."),
)
ASSETS.step(
    "take_asset_back",
    "returned",
    assets.take_back,
    TakeBackAsked,
    gettext_lazy("Write down that a piece came back, and in what condition."),
)
ASSETS.step("report_lost_asset", "lost", assets.report_lost, ReasonAsked, gettext_lazy("Report that a piece is lost."))
ASSETS.step("find_asset_again", "found", assets.find_again, ReasonAsked, gettext_lazy("A lost piece is there again."))
ASSETS.step(
    "write_asset_off", "write-off", assets.write_off, ReasonAsked, gettext_lazy("Expect nothing more of a piece.")
)
ORDERS.shows("show_asset_order", "", gettext_lazy("One production order with its pieces."))
ORDERS.step(
    "receive_pieces",
    "arrived",
    _arrived,
    ArrivedAsked,
    gettext_lazy("Write down which pieces have arrived from the maker."),
)
ORDERS.step(
    "cancel_asset_order",
    "cancel",
    assets.cancel_order,
    ReasonAsked,
    gettext_lazy("Cancel what has not arrived of an order."),
)
TERMS.shows(
    "show_emblem_terms", "", gettext_lazy("The terms of use of plaque and emblem, and whether they are accepted.")
)
TERMS.step(
    "accept_emblem_terms",
    "accept",
    licences.accept,
    None,
    gettext_lazy("The head of the centre accepts the terms of use in force."),
    permission=Permission.ACCEPT_TERMS,
)
