"""Pages of ministries and agencies."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.directory import policies, presenters
from saduak.directory.forms.others import AgencyForm, MinistryForm
from saduak.directory.models import Agency, Ministry
from saduak.directory.operations import agencies
from saduak.directory.queries import ministry_tree


@needs(policies.Permission.SEE_DIRECTORY)
def list_agencies_view(request: HttpRequest) -> HttpResponse:
    """Ministries with the agencies below them, and how many centres each has."""
    context = {
        "tree": ministry_tree(),
        "may_edit": policies.may(request.user, policies.Permission.EDIT_DIRECTORY),
    }
    return render(request, "directory/agencies.html", context)


@needs(policies.Permission.SEE_DIRECTORY)
def show_agency_view(request: HttpRequest, code: str) -> HttpResponse:
    """An agency: what it is part of, its parts, its centres by province, its coordinators."""
    agency = get_object_or_404(Agency.objects.select_related("ministry", "parent"), code=code)
    by_province = (
        agency.centres.in_service()
        .values("province__code", "province__name_th")
        .annotate(number=Count("pk"))
        .order_by("province__code")
    )
    context = {
        "agency": agency,
        "parts": agency.parts.annotate(number=Count("centres", filter=Q(centres__is_open=True))),
        "by_province": by_province,
        "people": agency.memberships.on(timezone.localdate()).with_people(),
        "may_edit": policies.may(request.user, policies.Permission.EDIT_DIRECTORY),
        "may_appoint": policies.may_appoint_in(request.user, agency),
        "history": presenters.timeline_of(agency.history, Agency),
    }
    return render(request, "directory/agency.html", context)


@needs(policies.Permission.EDIT_DIRECTORY)
def add_agency_view(request: HttpRequest) -> HttpResponse:
    """Enter an agency."""
    ministry = Ministry.objects.filter(code=request.GET.get("ministry", "")).first()
    form = AgencyForm(request.POST or None, initial={"ministry": ministry})
    return _edited(request, form, None, heading=_("New agency"))


@needs(policies.Permission.EDIT_DIRECTORY)
def correct_agency_view(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an agency."""
    agency = get_object_or_404(Agency, code=code)
    form = AgencyForm(request.POST or None, instance=agency)
    return _edited(request, form, agency, heading=_("Correct %(name)s") % {"name": agency.name_th})


@needs(policies.Permission.EDIT_DIRECTORY)
def add_ministry_view(request: HttpRequest) -> HttpResponse:
    """Enter a ministry."""
    form = MinistryForm(request.POST or None)
    return _edited(request, form, None, heading=_("New ministry"))


@needs(policies.Permission.EDIT_DIRECTORY)
def correct_ministry_view(request: HttpRequest, code: str) -> HttpResponse:
    """Correct a ministry."""
    ministry = get_object_or_404(Ministry, code=code)
    form = MinistryForm(request.POST or None, instance=ministry)
    return _edited(request, form, ministry, heading=_("Correct %(name)s") % {"name": ministry.name_th})


def _edited(
    request: HttpRequest, form: AgencyForm | MinistryForm, thing: Agency | Ministry | None, *, heading: str
) -> HttpResponse:
    is_agency = isinstance(form, AgencyForm)
    if request.method == "POST" and form.is_valid():
        try:
            if thing is None:
                deed = agencies.add_agency if is_agency else agencies.add_ministry
                saved = deed(by=request.user, **form.cleaned_data)
            elif isinstance(thing, Agency):
                saved = agencies.correct_agency(thing, by=request.user, **form.cleaned_data)
            else:
                saved = agencies.correct_ministry(thing, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
            return redirect(saved) if isinstance(saved, Agency) else redirect("list_agencies")
    context = {"form": form, "heading": heading, "save": _("Save"), "back": "list_agencies"}
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)
