"""Pages of connected systems: for whoever lets them in, and for their owners; and the page about the interface."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs, open_to_everyone, open_to_signed_in
from saduak.design.pages import light, render
from saduak.machines import policies, presenters, queries, telling
from saduak.machines.forms import ClientForm, ReplayForm, TokenForm
from saduak.machines.models import Client, Token, Webhook
from saduak.machines.operations import clients, hooks
from saduak.machines.policies import Permission

A_PAGE = 50


@open_to_everyone
@require_safe
@light
def show_interface_view(request: HttpRequest) -> HttpResponse:
    """What machines may ask, for the people who write them."""
    own = queries.clients_of(request.user) if request.user.is_authenticated else ()
    context = {"groups": telling.groups(), "kinds": telling.problems(), "scopes": telling.scopes(), "own": own}
    return render(request, "machines/interface.html", context)


@open_to_everyone
@require_safe
def show_description_view(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    return HttpResponse(telling.text(), content_type="application/json", headers=headers)


@open_to_signed_in
@require_safe
def list_clients_view(request: HttpRequest) -> HttpResponse:
    """The systems that the person may see."""
    today = timezone.localdate()
    context = {
        "lines": [(client, presenters.standing_of(client, today)) for client in queries.clients_of(request.user)],
        "may_keep": policies.may_keep(request.user),
    }
    return render(request, "machines/clients.html", context)


@needs(Permission.KEEP_CLIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_client_view(request: HttpRequest) -> HttpResponse:
    """Let a system in."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client = clients.add(by=request.user, request=request, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(name)s is saved. Give it a token next.") % {"name": client})
            return redirect(client)
    return _form(request, form, _("Connect a system"), _("Save"), back=reverse("list_clients"))


@open_to_signed_in
@require_safe
def show_client_view(request: HttpRequest, pk: int) -> HttpResponse:
    """A system with its tokens and webhooks."""
    return _client_page(request, _client(request, pk))


@needs(Permission.KEEP_CLIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_client_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known of a system."""
    client = get_object_or_404(Client, pk=pk)
    form = ClientForm.of(client, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            clients.correct(client, by=request.user, request=request, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
            return redirect(client)
    heading = _("Correct %(name)s") % {"name": client}
    return _form(request, form, heading, _("Save the corrections"), back=client.get_absolute_url())


@needs(Permission.KEEP_CLIENTS)
@require_POST
def turn_client_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch a system on or off."""
    client = get_object_or_404(Client, pk=pk)
    clients.turn(client, on="on" in request.POST, by=request.user, request=request)
    return redirect(client)


@needs(Permission.KEEP_CLIENTS)
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_token_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a token, which is shown once; who does so has just shown who they are."""
    client = get_object_or_404(Client, pk=pk)
    form = TokenForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            _token, minted = clients.give_token(
                client,
                scopes=form.cleaned_data["scopes"],
                label=form.cleaned_data["label"],
                expires_at=form.expires_at,
                by=request.user,
                request=request,
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return _client_page(request, client, words=minted.words)
    heading = _("New token for %(name)s") % {"name": client}
    return _form(request, form, heading, _("Make the token"), back=client.get_absolute_url())


@open_to_signed_in
@require_POST
def revoke_token_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear a token no more."""
    seen = queries.clients_of(request.user).values("pk")
    token = get_object_or_404(Token.objects.select_related("client").filter(client__in=seen), pk=pk)
    _may_tend(request, token.client)
    clients.revoke(token, by=request.user, request=request)
    messages.success(request, _("The token %(token)s opens nothing any more.") % {"token": token})
    return redirect(token.client)


@open_to_signed_in
@require_safe
def show_webhook_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """A webhook with what was sent to it."""
    return _webhook_page(request, _webhook(request, key), ReplayForm())


@open_to_signed_in
@require_POST
def resume_webhook_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send again to an address that was stopped."""
    webhook = _webhook(request, key)
    _may_tend(request, webhook.client)
    hooks.resume(webhook)
    messages.success(request, _("Events are on their way again, also those that were not delivered."))
    return redirect(webhook)


@open_to_signed_in
@require_POST
def replay_webhook_view(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send events once more from a day on."""
    webhook = _webhook(request, key)
    _may_tend(request, webhook.client)
    form = ReplayForm(request.POST)
    if not form.is_valid():
        return _webhook_page(request, webhook, form)
    number = hooks.replay_since(webhook, form.moment)
    words = ngettext("%(count)d event is on its way again.", "%(count)d events are on their way again.", number)
    messages.success(request, words % {"count": number})
    return redirect(webhook)


def _client(request: HttpRequest, pk: int) -> Client:
    return get_object_or_404(queries.clients_of(request.user), pk=pk)


def _webhook(request: HttpRequest, key: UUID) -> Webhook:
    return get_object_or_404(queries.webhooks_of(request.user), pk=key)


def _may_tend(request: HttpRequest, client: Client) -> None:
    if not policies.may_tend(request.user, client):
        raise PermissionDenied


def _client_page(request: HttpRequest, client: Client, *, words: str = "") -> HttpResponse:
    """The page; `words` are those of a token that was just made, and of which no browser keeps a copy."""
    now = timezone.now()
    webhooks = [(webhook, presenters.standing_of_webhook(webhook)) for webhook in client.webhooks.all()]
    context = {
        "client": client,
        "standing": presenters.standing_of(client, timezone.localdate(now)),
        "tokens": presenters.token_lines(client, now),
        "webhooks": webhooks,
        "words": words,
        "may_keep": policies.may_keep(request.user),
        "may_tend": policies.may_tend(request.user, client),
    }
    return render(request, "machines/client.html", context, status=201 if words else 200)


def _webhook_page(request: HttpRequest, webhook: Webhook, form: ReplayForm) -> HttpResponse:
    page = Paginator(webhook.deliveries.all(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "webhook": webhook,
        "standing": presenters.standing_of_webhook(webhook),
        "page": page,
        "lines": presenters.delivery_lines(page),
        "form": form,
        "may_tend": policies.may_tend(request.user, webhook.client),
    }
    return render(request, "machines/webhook.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, form: Any, heading: str, save: str, *, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "save": save, "back": back}
    return render(request, "machines/form.html", context, status=422 if form.errors else 200)
