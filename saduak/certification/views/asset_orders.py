"""Production orders: placed, printed for the maker, received, cancelled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported
from saduak.certification.forms.assets import ArrivalForm, OrderForm, WhyForm
from saduak.certification.models import AssetOrder
from saduak.certification.models.assets import certificates_without
from saduak.certification.operations import assets
from saduak.certification.operations.certificates import verification_address
from saduak.certification.policies import Permission
from saduak.certification.presenters import assets as presenter
from saduak.certification.procedure.assets import AssetKind, AssetStage, OrderStage
from saduak.certification.queries.assets import orders, pieces_of
from saduak.design import spreadsheets
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

MOST = 500
"""Certificates offered in one order; what is left is ordered with the next."""


@needs(Permission.KEEP_ASSETS)
@require_safe
def list_asset_orders_view(request: HttpRequest) -> HttpResponse:
    """All orders, the latest first."""
    found = [(order, OrderStage(order.stage).label, presenter.TONES[order.stage]) for order in orders()]
    context = {"orders": found, "trail": presenter.trail_to_orders()}
    return render(request, "certification/assets/orders.html", context)


@needs(Permission.KEEP_ASSETS)
@require_http_methods(["GET", "HEAD", "POST"])
def place_asset_order_view(request: HttpRequest) -> HttpResponse:
    """An order for those valid certificates that lack a piece: `?kind=emblem`."""
    kind = AssetKind(request.GET["kind"]) if request.GET.get("kind") in AssetKind.values else AssetKind.PLAQUE
    today = timezone.localdate()
    lacking = list(certificates_without(kind, today).order_by("reference")[:MOST])
    initial = {"ordered_on": today, "certificates": [one.reference for one in lacking if not one.is_example]}
    form = OrderForm(request.POST or None, certificates=lacking, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("maker", "ordered_on", "due_on", "note")}
            try:
                order = assets.place_order(kind, form.chosen, by=request.user, **said)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The order %(number)s is placed.") % {"number": order.reference})
                return redirect(order)
    context = {
        "form": form,
        "kind": kind,
        "kinds": AssetKind.choices,
        "lacking": lacking,
        "trail": presenter.trail_to_orders(Crumb(_("Place an order"))),
    }
    return render(request, "certification/assets/place.html", context, status=status)


@needs(Permission.KEEP_ASSETS)
@require_http_methods(["GET", "HEAD", "POST"])
def show_asset_order_view(request: HttpRequest, reference: str) -> HttpResponse:
    """An order with its pieces; what has arrived is written down here."""
    order = get_object_or_404(AssetOrder, reference=reference)
    pieces = list(pieces_of(order))
    awaited = [one for one in pieces if one.stage == AssetStage.ORDERED]
    initial = {"on": timezone.localdate(), "serials": [one.reference for one in awaited]}
    form = ArrivalForm(request.POST or None, awaited=awaited, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                assets.arrived(order, form.cleaned_data["serials"], on=form.cleaned_data["on"], by=request.user)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("It is written down what has arrived."))
                return redirect(order)
    context = {
        "order": order,
        "pieces": [(one, AssetStage(one.stage).label, presenter.TONES[one.stage]) for one in pieces],
        "awaited": awaited,
        "form": form,
        "stage": OrderStage(order.stage).label,
        "tone": presenter.TONES[order.stage],
        "decisions": presenter.steps_of(order, request.user, at=timezone.now()),
        "moments": presenter.moments_of(order.history),
        "trail": presenter.trail_to_orders(Crumb(order.reference)),
    }
    return render(request, "certification/assets/order.html", context, status=status)


@needs(Permission.KEEP_ASSETS)
@require_safe
def export_asset_order_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What the maker needs, as a sheet."""
    order = get_object_or_404(AssetOrder, reference=reference)
    rows = presenter.rows_for_maker(pieces_of(order), verification_address)
    exported(
        request.user,
        kind=AssetOrder.case_kind,
        what=gettext_noop("production order"),
        request=request,
        detail={"rows": len(rows)},
    )
    content = spreadsheets.xlsx(presenter.ORDER_HEADINGS, rows, title=order.reference)
    return spreadsheets.respond(content, f"{order.reference}.xlsx")


@needs(Permission.KEEP_ASSETS)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_asset_order_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision to cancel what has not arrived."""
    order = get_object_or_404(AssetOrder, reference=reference)
    form = WhyForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                assets.cancel_order(order, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("What had not arrived is cancelled."))
                return redirect(order)
    decisions = {d.step.name: d for d in presenter.steps_of(order, request.user, at=timezone.now())}
    context = {
        "order": order,
        "form": form,
        "decision": decisions.get("cancel"),
        "awaited": order.assets.filter(stage=AssetStage.ORDERED).count(),
        "trail": presenter.trail_to_orders(Crumb(order.reference, order.get_absolute_url()), Crumb(_("Cancel"))),
    }
    return render(request, "certification/assets/cancel.html", context, status=status)
