"""Pages of committees and offices, and of the people appointed anywhere."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.directory import policies, presenters
from saduak.directory.forms.others import AppointForm, BodyForm, EndForm
from saduak.directory.models import Body, Membership
from saduak.directory.operations import bodies, memberships
from saduak.directory.queries import bodies_by_kind
from saduak.journal.steps import StepOvertaken


@needs(policies.Permission.SEE_DIRECTORY)
def list_bodies_view(request: HttpRequest) -> HttpResponse:
    """Every body, by kind; those in office first."""
    today = timezone.localdate()
    context = {
        "kinds": bodies_by_kind(today),
        "may_edit": policies.may(request.user, policies.Permission.EDIT_DIRECTORY),
    }
    return render(request, "directory/bodies.html", context)


@needs(policies.Permission.SEE_DIRECTORY)
def show_body_view(request: HttpRequest, pk: int) -> HttpResponse:
    """A body: its order, term, quorum, provinces, members and history."""
    body = get_object_or_404(Body.objects.prefetch_related("jurisdiction"), pk=pk)
    today = timezone.localdate()
    everybody = list(body.memberships.with_people())
    members = [one for one in everybody if one.holds_on(today)] if body.is_in_office(today) else []
    context = {
        "body": body,
        "in_office": body.is_in_office(today),
        "members": members,
        "earlier": [one for one in everybody if one not in members],
        "quorum": body.quorum_among(len([one for one in members if one.office in policies.VOTES])),
        "voting": len([one for one in members if one.office in policies.VOTES]),
        "may_edit": policies.may(request.user, policies.Permission.EDIT_DIRECTORY),
        "history": presenters.timeline_of(body.history, Body),
    }
    return render(request, "directory/body.html", context)


@needs(policies.Permission.EDIT_DIRECTORY)
def establish_body_view(request: HttpRequest) -> HttpResponse:
    """Enter a body."""
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            body = bodies.establish(by=request.user, **form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": body.name})
            return redirect(body)
    context = {"form": form, "heading": _("New body"), "save": _("Establish"), "back": "list_bodies"}
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.EDIT_DIRECTORY)
def correct_body_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a body, or end its term."""
    body = get_object_or_404(Body, pk=pk)
    form = BodyForm(request.POST or None, instance=body)
    overtaken: StepOvertaken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            bodies.correct_body(body, by=request.user, seen=seen_version(request), **form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        except StepOvertaken as error:
            overtaken = error
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": body.name})
            return redirect(body)
    context = {
        "form": form,
        "heading": _("Correct %(name)s") % {"name": body.name},
        "save": _("Save the corrections"),
        "back_url": body.get_absolute_url(),
        "overtaken": presenters.timeline_of(overtaken.since, Body) if overtaken else None,
    }
    return render(request, "directory/form.html", context, status=409 if overtaken else 422 if form.errors else 200)


@needs(policies.Permission.APPOINT_IN_OWN_PLACE)
def appoint_view(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Appoint a person in a body, centre or agency."""
    place = _place(request, kind, pk)
    form = AppointForm(request.POST or None, place=place, initial={"who": request.GET.get("who", "")})
    if request.method == "POST" and form.is_valid():
        wishes = dict(form.cleaned_data)
        try:
            memberships.appoint(wishes.pop("who"), place=place, by=request.user, request=request, **wishes)
        except ValidationError as refused:
            form.add_error(None, refused if not hasattr(refused, "error_dict") else refused.messages)
        else:
            messages.success(request, _("The appointment is made."))
            return redirect(place)
    account = f"{reverse('open_account')}?{urlencode({'back': request.path})}"
    context = {
        "form": form,
        "heading": _("Appoint somebody in %(place)s") % {"place": place},
        "save": _("Appoint"),
        "back_url": place.get_absolute_url(),
        "aside_url": account,
        "aside": _("The person has no account yet"),
    }
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.APPOINT_IN_OWN_PLACE)
def end_membership_view(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's time in an office."""
    membership = get_object_or_404(Membership.objects.with_places().with_people(), pk=pk)
    if not policies.may_appoint_in(request.user, membership.place):
        raise PermissionDenied
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            memberships.end(membership, last_day=form.cleaned_data["last_day"], by=request.user, request=request)
        except ValidationError as refused:
            form.add_error(None, refused if not hasattr(refused, "error_dict") else refused.messages)
        else:
            messages.success(request, _("The end is noted."))
            return redirect(membership.place)
    context = {
        "form": form,
        "heading": _("End: %(membership)s") % {"membership": membership},
        "lead": _("What was done in the office stays done."),
        "save": _("End it after this day"),
        "kind": "danger",
        "back_url": membership.place.get_absolute_url(),
    }
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


def _place(request: HttpRequest, kind: str, pk: int) -> Any:
    model = memberships.PLACES.get(kind)
    if model is None:
        raise Http404
    place = get_object_or_404(model, pk=pk)
    if not policies.may_appoint_in(request.user, place):
        raise PermissionDenied
    return place
