"""Pages of centres."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saduak.access.doors import needs, open_to_everyone
from saduak.audit.operations import exported
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.design.tables import Column, Table
from saduak.directory import policies, presenters
from saduak.directory.forms.centres import CentreFactsForm, CentreFilter, CentreForm, ReasonForm
from saduak.directory.models import Agency, Centre, Merge
from saduak.directory.operations import centres
from saduak.directory.queries import search_centres, surviving_centre
from saduak.journal.steps import StepOvertaken

COLUMNS = (
    Column("code", gettext_lazy("Code"), shown=presenters.unbroken, sort=("code",)),
    Column("name", gettext_lazy("Centre"), shown=presenters.linked, value="name", sort=("sort_key",)),
    Column("agency", gettext_lazy("Agency"), value=lambda centre: centre.agency.name, sort=("agency__name_th",)),
    Column(
        "province", gettext_lazy("Province"), value=lambda centre: centre.province.name, sort=("province__name_th",)
    ),
    Column("district", gettext_lazy("District"), aside=True),
    Column("phone", gettext_lazy("Telephone"), aside=True),
    Column("service", gettext_lazy("Service"), value=lambda centre: _("In service") if centre.is_open else _("Closed")),
)


@needs(policies.Permission.SEE_DIRECTORY)
def list_centres_view(request: HttpRequest) -> HttpResponse:
    """Every centre that the person may see, by words, province, agency and service."""
    form = CentreFilter(request.GET)
    form.is_valid()
    table = Table(
        request,
        _chosen(request, form.cleaned_data),
        COLUMNS,
        label=_("Centres"),
        empty=_("No centre fits"),
        sorted_by="" if form.cleaned_data.get("q") else "code",
    )
    if table.wants_export:
        exported(
            request.user, kind="centre", what=_("List of centres"), request=request, detail=dict(request.GET.lists())
        )
        return table.export("centres")
    may_open = policies.may(request.user, policies.Permission.EDIT_DIRECTORY)
    context = {"form": form, "table": table, "may_open": may_open}
    return render(request, "directory/centres.html", context)


@open_to_everyone
def show_centre_view(request: HttpRequest, code: str) -> HttpResponse:
    """What everybody may know of a centre; officers see its people and history as well.

    A record that was merged leads to the surviving one, for as long as the merge stands.
    """
    if (surviving := surviving_centre(code)) is not None:
        return redirect(surviving)
    return _centre_page(request, _centre(request, code))


@needs(policies.Permission.EDIT_DIRECTORY)
def open_centre_view(request: HttpRequest) -> HttpResponse:
    """Enter a centre."""
    form = CentreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            centre = centres.open_centre(by=request.user, **form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The centre is in the directory."))
            return redirect(centre)
    context = {"form": form, "heading": _("New centre"), "save": _("Enter the centre"), "back": "list_centres"}
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.EDIT_OWN_CENTRE)
def correct_centre_view(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a centre: everything for the secretariat, what visitors need for its head."""
    centre = _centre(request, code)
    if not policies.may_edit_facts_of(request.user, centre):
        raise PermissionDenied
    kind = CentreForm if policies.may(request.user, policies.Permission.EDIT_DIRECTORY) else CentreFactsForm
    form = kind(request.POST or None, instance=centre)
    overtaken: StepOvertaken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            centres.correct_centre(centre, by=request.user, seen=seen_version(request), **form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        except StepOvertaken as error:
            overtaken = error
        else:
            messages.success(request, _("The centre is corrected."))
            return redirect("show_centre", code=code)
    context = {
        "form": form,
        "heading": _("Correct %(name)s") % {"name": centre.name},
        "save": _("Save the corrections"),
        "back_url": centre.get_absolute_url(),
        "overtaken": presenters.timeline_of(overtaken.since, Centre) if overtaken else None,
    }
    return render(request, "directory/form.html", context, status=409 if overtaken else 422 if form.errors else 200)


@needs(policies.Permission.EDIT_DIRECTORY)
def turn_centre_view(request: HttpRequest, code: str) -> HttpResponse:
    """Close a centre for good, or open a closed one again, with the reason."""
    centre = _centre(request, code)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        turn = centres.close_centre if centre.is_open else centres.reopen_centre
        try:
            turn(centre, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect(centre)
    closing = centre.is_open
    context = {
        "form": form,
        "heading": _("Close %(name)s") % {"name": centre} if closing else _("Open %(name)s again") % {"name": centre},
        "lead": _("It leaves the public lists; its past stays.") if closing else "",
        "save": _("Close the centre") if closing else _("Open the centre again"),
        "kind": "danger" if closing else "primary",
        "back_url": centre.get_absolute_url(),
    }
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


def _centre(request: HttpRequest, code: str) -> Centre:
    return get_object_or_404(Centre.objects.visible_to(request.user).with_names(), code=code)


def _chosen(request: HttpRequest, wishes: dict[str, Any]) -> QuerySet[Centre] | list[Centre]:
    chosen = Centre.objects.visible_to(request.user).with_names()
    if wishes.get("service"):
        chosen = chosen.filter(is_open=wishes["service"] == "open")
    words, province, agency = (wishes.get(name) for name in ("q", "province", "agency"))
    if words:
        found = search_centres(words, among=chosen, province=province, agency=agency, number=500)
        return list(found.centres)
    if province:
        chosen = chosen.filter(province=province)
    return chosen.filter(agency__in=_with_parts(agency)) if agency else chosen


def _with_parts(agency: Agency) -> QuerySet[Agency]:
    return Agency.objects.with_parts_of(agency)


def _centre_page(request: HttpRequest, centre: Centre) -> HttpResponse:
    user = request.user
    is_officer = policies.is_officer(user)
    position = format_html("{}, {}", centre.latitude, centre.longitude) if centre.latitude is not None else ""
    context = {
        "frame": "frames/work.html" if is_officer else "frames/public.html",
        "centre": centre,
        "hours": presenters.hours_of(centre),
        "doors": presenters.doors_of(centre),
        "position": position,
        "may_correct": policies.may_edit_facts_of(user, centre),
        "may_turn": is_officer and policies.may(user, policies.Permission.EDIT_DIRECTORY),
        "may_appoint": is_officer and policies.may_appoint_in(user, centre),
        "merges": Merge.objects.filter(surviving=centre, undone_at=None).select_related("merged"),
        "may_see_merges": policies.may(user, policies.Permission.SEE_MERGES),
        "people": centre.memberships.on(timezone.localdate()).with_people() if is_officer else None,
        "history": presenters.timeline_of(centre.history, Centre) if is_officer else None,
    }
    return render(request, "directory/centre.html", context)
