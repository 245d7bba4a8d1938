"""Pages of people: their accounts and the offices they hold."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from saduak.access.doors import needs
from saduak.audit.operations import exported, searched_personal_data
from saduak.design.pages import render
from saduak.design.tables import Column, Table
from saduak.directory import policies, presenters
from saduak.directory.forms.others import PeopleFilter
from saduak.directory.queries import offices_in_words, people_with_offices
from saduak.people import operations as accounts
from saduak.people.forms import AccountForm
from saduak.people.models import User
from saduak.people.queries import has_second_factor

COLUMNS = (
    Column(
        "name", gettext_lazy("Name"), value=str, shown=lambda person: presenters.linked_person(person), sort=("name",)
    ),
    Column("username", gettext_lazy("User name"), sort=("username",)),
    Column("position", gettext_lazy("Position at work"), sort=("position",), aside=True),
    Column("offices", gettext_lazy("Offices today"), value=offices_in_words),
    Column("email", gettext_lazy("E-mail"), sort=("email",), aside=True),
    Column("last_login", gettext_lazy("Last sign-in"), shown=presenters.moment_of_last_sign_in, sort=("last_login",)),
    Column(
        "account",
        gettext_lazy("Account"),
        value=lambda person: pgettext("state", "Open") if person.is_active else _("Closed"),
    ),
)


@needs(policies.Permission.SEE_PEOPLE)
def list_people_view(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by words and office."""
    form = PeopleFilter(request.GET)
    form.is_valid()
    words, office = form.cleaned_data.get("q", ""), form.cleaned_data.get("office", "")
    people = people_with_offices(words=words, office=office, on=timezone.localdate())
    table = Table(request, people, COLUMNS, label=_("People"), sorted_by="name", empty=_("Nobody fits"))
    if words:
        searched_personal_data(request.user, kind="account", what=words, request=request)
    if table.wants_export:
        exported(
            request.user, kind="account", what=_("List of people"), request=request, detail=dict(request.GET.lists())
        )
        return table.export("people")
    context = {
        "form": form,
        "table": table,
        "may_open": policies.may(request.user, policies.Permission.APPOINT),
    }
    return render(request, "directory/people.html", context)


@needs(policies.Permission.SEE_PEOPLE)
def show_person_view(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's account, and every office held over time."""
    person = get_object_or_404(User, pk=pk)
    today = timezone.localdate()
    held = list(person.memberships.with_places().order_by("-from_day", "-pk"))
    in_force = set(person.memberships.on(today).values_list("pk", flat=True))
    context = {
        "person": person,
        "today": [one for one in held if one.pk in in_force],
        "other": [one for one in held if one.pk not in in_force],
        "has_second_factor": has_second_factor(person),
        "may_edit": policies.may(request.user, policies.Permission.APPOINT),
    }
    return render(request, "directory/person.html", context)


@needs(policies.Permission.APPOINT_IN_OWN_PLACE)
def open_account_view(request: HttpRequest) -> HttpResponse:
    """Make an account, and mail its owner the link to choose a password."""
    back = request.GET.get("back", "")
    back = back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else ""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                person = accounts.open_account(by=request.user, request=request, **form.cleaned_data)
                accounts.invite(person, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The account is made and the invitation is on its way."))
            return redirect(f"{back}?{urlencode({'who': person.username})}" if back else "list_people")
    context = {
        "form": form,
        "heading": _("New account"),
        "lead": _("The person receives an e-mail with a link to choose a password."),
        "save": _("Make the account and send the invitation"),
        "back_url": back,
        "back": "" if back else "list_people",
    }
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.APPOINT)
def correct_account_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the details of an account."""
    person = get_object_or_404(User, pk=pk)
    form = AccountForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        accounts.correct_details(person, **form.cleaned_data)
        messages.success(request, _("The account is corrected."))
        return redirect("show_person", pk=pk)
    context = {
        "form": form,
        "heading": _("Correct the account of %(name)s") % {"name": person},
        "save": _("Save the corrections"),
        "back_url": presenters.address_of(person),
    }
    return render(request, "directory/form.html", context, status=422 if form.errors else 200)


@needs(policies.Permission.APPOINT)
@require_POST
def turn_account_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite once more, close the account, or open it again."""
    person = get_object_or_404(User, pk=pk)
    deed = request.POST.get("deed")
    try:
        if deed == "invite":
            accounts.invite(person, by=request.user)
            messages.success(request, _("The invitation is on its way."))
        elif deed == "close":
            accounts.close_account(person, by=request.user, request=request)
            messages.success(request, _("The account is closed, and its owner is signed out everywhere."))
        elif deed == "reopen":
            accounts.reopen_account(person, by=request.user, request=request)
            messages.success(request, _("The account is open again."))
    except ValidationError as refused:
        for message in refused.messages:
            messages.error(request, message)
    return redirect("show_person", pk=pk)
