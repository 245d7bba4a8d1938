"""Plaques and printed emblems: listed, shown, and every step with one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.access.grants import holds
from saduak.attachments.refusals import FileRefused
from saduak.attachments.serving import respond
from saduak.audit.operations import exported
from saduak.certification import oversight
from saduak.certification.forms.assets import (
    AcknowledgeForm,
    AssetFilters,
    DeliverForm,
    TakeBackForm,
    WhyForm,
)
from saduak.certification.models import Asset
from saduak.certification.operations import assets
from saduak.certification.policies import Permission
from saduak.certification.presenters import assets as presenter
from saduak.certification.procedure.assets import ASSET
from saduak.certification.queries.assets import assets_found
from saduak.design.components import Crumb
from saduak.design.forms import Form
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.design.tables import Table
from saduak.journal.steps import StepRefused


@dataclass(frozen=True)
class _Deed:
    """What a step asks, and the operation that takes it; `today` fills in the day of a field."""

    form: type[Form]
    take: Callable[..., Asset]
    happens: object
    today: str = ""


DEEDS: Mapping[str, _Deed] = {
    "deliver": _Deed(DeliverForm, assets.deliver, _("The centre is told, and confirms when it has it."), "on"),
    "acknowledge": _Deed(AcknowledgeForm, assets.acknowledge, _("Who received it and when is kept for good."), "on"),
    "call_back": _Deed(Form, assets.call_back, _("The centre is told to send it back within 30 days.")),
    "take_back": _Deed(TakeBackForm, assets.take_back, _("The centre owes nothing more."), "on"),
    "report_lost": _Deed(WhyForm, assets.report_lost, _("Another one can be ordered in its place.")),
    "find_again": _Deed(WhyForm, assets.find_again, _("It counts as being with the centre again.")),
    "write_off": _Deed(WhyForm, assets.write_off, _("Nothing more is expected of it. The reason is kept.")),
}
"""Step → what it asks. That a piece has arrived is written down with its order."""


@needs(Permission.SEE_ASSETS)
@require_safe
def list_assets_view(request: HttpRequest) -> HttpResponse:
    """The plaques and emblems that exist for the person."""
    filters = AssetFilters(request.GET)
    table = Table(
        request,
        assets_found(request.user, **filters.chosen),
        presenter.columns(),
        label=presenter.LABEL,
        sorted_by="reference",
    )
    if table.wants_export:
        exported(
            request.user,
            kind=Asset.case_kind,
            what=gettext_noop("list of plaques and emblems"),
            request=request,
            detail={"address": request.GET.urlencode(), "rows": table.page.paginator.count},
        )
        return table.export("assets")
    context = {"filters": filters, "table": table, "may_keep": holds(request.user, Permission.KEEP_ASSETS)}
    return render(request, "certification/assets/list.html", context)


@needs(Permission.SEE_ASSETS)
@require_safe
def show_asset_view(request: HttpRequest, serial: str) -> HttpResponse:
    """One piece: where it is, what can be done, and its history."""
    asset = _asset_for(request, serial)
    page = presenter.page_of(asset, request.user, at=timezone.now())
    return render(request, "certification/assets/show.html", {"asset": asset, "page": page})


@needs(Permission.SEE_ASSETS)
@require_safe
def show_receipt_of_asset_view(request: HttpRequest, serial: str) -> HttpResponse:
    """The signed receipt."""
    asset = _asset_for(request, serial)
    if asset.receipt is None:
        raise Http404
    return respond(asset.receipt, request=request)


@needs(Permission.SEE_ASSETS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_asset_step_view(request: HttpRequest, serial: str, step: str) -> HttpResponse:
    """One step: what it brings about, what it asks, and its button."""
    asset = _asset_for(request, serial)
    if step not in DEEDS:
        raise Http404
    deed = DEEDS[step]
    initial = {deed.today: timezone.localdate()} if deed.today else {}
    form = deed.form(request.POST or None, request.FILES or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed.take(asset, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            except FileRefused as refused:
                form.add_error("receipt", str(refused))
            else:
                messages.success(request, str(presenter.DEEDS[step]))
                return redirect(asset)
    roles = oversight.roles_over(request.user, asset.certificate)
    context = {
        "asset": asset,
        "form": form,
        "deed": deed,
        "decision": ASSET.consider(step, asset, roles=roles, at=timezone.now()),
        "trail": presenter.trail_of(asset, Crumb(ASSET.step(step).label)),
    }
    return render(request, "certification/assets/step.html", context, status=status)


def _asset_for(request: HttpRequest, serial: str) -> Asset:
    return get_object_or_404(Asset.objects.visible_to(request.user).for_page(), reference=serial)
