"""Webhooks, as systems keep them themselves; and what they can hear of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from saduak.machines import events
from saduak.machines.callers import client_of
from saduak.machines.doors import anyone, needs
from saduak.machines.models import Delivery, State, Webhook
from saduak.machines.operations import hooks
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import wrong
from saduak.machines.scopes import Scope
from saduak.machines.words import gettext_lazy

router = Router(tags=["Webhooks"])

LARGEST = 2**63 - 1


class EventTold(Schema):
    """An event that a webhook can hear of."""

    name: str
    about: str
    is_public: bool = Field(..., description="Told to every system; others only to those that act for a reader.")


class WebhookAsked(Schema):
    """Where a system wants to hear of what."""

    url: str = Field(..., min_length=8, max_length=500)
    events: list[str] = Field(
        ..., min_length=1, max_length=200, description="Names such as certificate.revoke, or certificate.* for all."
    )


class WebhookTold(Schema):
    """A webhook; its secret is shown once, when it is made."""

    id: UUID
    url: str
    events: list[str]
    made_at: datetime
    position: int = Field(..., description="The newest entry of the journal that was looked at for it.")
    failing_since: datetime | None
    stopped_at: datetime | None = Field(..., description="Nothing is sent any more until it is resumed.")


class SecretTold(Schema):
    """A secret with which everything sent is signed, as Standard Webhooks has it."""

    secret: str


class NewWebhookTold(WebhookTold, SecretTold):
    """A new webhook with its secret."""


class DeliveryTold(Schema):
    """One event on its way to one webhook."""

    sequence: int
    message_id: str
    event: str
    state: str
    attempts: int
    next_at: datetime
    ended_at: datetime | None
    status: int | None
    error: str


class DeliveriesAsked(Paging):
    """Which deliveries are asked for."""

    state: State | None = None


class ReplayAsked(Schema):
    """From where events are sent again: from an entry of the journal, or from a moment."""

    sequence: int | None = Field(None, ge=0, le=LARGEST)
    since: datetime | None = None


class ReplayTold(Schema):
    """How many events are on their way again."""

    events: int


@router.get(
    "/events", auth=anyone, summary=gettext_lazy("Every event that a webhook can hear of."), response=list[EventTold]
)
def list_events(request: HttpRequest) -> Any:
    return [
        {"name": f"{kind.name}.{step}", "about": str(kind.label), "is_public": step in kind.public}
        for kind in events.kinds()
        for step in kind.steps
    ]


@router.get(
    "/webhooks",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("The webhooks of the system that asks."),
    response=list[WebhookTold],
)
def list_webhooks(request: HttpRequest) -> Any:
    return list(client_of(request).webhooks.all())


@router.post(
    "/webhooks",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("A new webhook: it hears of what happens from now on. Its secret is shown this once."),
    response={201: NewWebhookTold},
)
def add_webhook(request: HttpRequest, asked: WebhookAsked) -> Any:
    webhook, secret = hooks.subscribe(client_of(request), url=asked.url, events=asked.events)
    return Status(201, {**_told(webhook), "secret": secret})


@router.get(
    "/webhooks/{webhook}", auth=needs(Scope.WEBHOOKS_MANAGE), summary=gettext_lazy("One webhook."), response=WebhookTold
)
def show_webhook(request: HttpRequest, webhook: UUID) -> Any:
    return _webhook(request, webhook)


@router.put(
    "/webhooks/{webhook}",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("Another address, or other events."),
    response=WebhookTold,
)
def change_webhook(request: HttpRequest, webhook: UUID, asked: WebhookAsked) -> Any:
    return hooks.change(_webhook(request, webhook), url=asked.url, events=asked.events)


@router.delete(
    "/webhooks/{webhook}",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("Take a webhook away, with what waits for it."),
    response={204: None},
)
def drop_webhook(request: HttpRequest, webhook: UUID) -> Any:
    hooks.drop(_webhook(request, webhook))
    return Status(204, None)


@router.post(
    "/webhooks/{webhook}/secret",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("Another secret, shown this once; the one before signs nothing more."),
    response=SecretTold,
)
def renew_secret(request: HttpRequest, webhook: UUID) -> Any:
    return {"secret": hooks.renew_secret(_webhook(request, webhook))}


@router.post(
    "/webhooks/{webhook}/resume",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("Send again to an address that was stopped, also what was given up since."),
    response=WebhookTold,
)
def resume_webhook(request: HttpRequest, webhook: UUID) -> Any:
    return hooks.resume(_webhook(request, webhook))


@router.post(
    "/webhooks/{webhook}/replay",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy(
        "Send every event from an entry of the journal, or from a moment, once more; ids stay the same."
    ),
    response={202: ReplayTold},
)
def replay_webhook(request: HttpRequest, webhook: UUID, asked: ReplayAsked) -> Any:
    found = _webhook(request, webhook)
    if (asked.sequence is None) == (asked.since is None):
        raise wrong(_("Say either from which entry, or from which moment."), pointer="/sequence")
    if asked.sequence is not None:
        return Status(202, {"events": hooks.replay(found, sequence=asked.sequence)})
    if asked.since is None or asked.since.tzinfo is None:
        raise wrong(_("A moment has its zone."), pointer="/since")
    return Status(202, {"events": hooks.replay_since(found, asked.since)})


@router.get(
    "/webhooks/{webhook}/deliveries",
    auth=needs(Scope.WEBHOOKS_MANAGE),
    summary=gettext_lazy("What was sent to a webhook, the newest event first; what ended is kept for thirty days."),
    response=page_of(DeliveryTold),
)
def list_deliveries(request: HttpRequest, webhook: UUID, asked: Query[DeliveriesAsked]) -> Any:
    found = Delivery.objects.filter(webhook=_webhook(request, webhook))
    return paged(request, asked, found.filter(state=asked.state) if asked.state else found, lambda one: one)


def _webhook(request: HttpRequest, key: UUID) -> Webhook:
    """The webhook, if it is of the system that asks. Raises Http404."""
    return get_object_or_404(client_of(request).webhooks, pk=key)


def _told(webhook: Webhook) -> dict[str, Any]:
    return {name: getattr(webhook, name) for name in WebhookTold.model_fields}
