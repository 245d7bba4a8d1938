"""Connected systems, their tokens and their webhooks, in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from saduak.machines.models import Client, Delivery, State, Token, Webhook
from saduak.machines.scopes import Scope

TONES: dict[str, str] = {State.WAITING: "info", State.DELIVERED: "success", State.GIVEN_UP: "danger"}
"""State of a delivery → tone of its badge."""


@dataclass(frozen=True)
class Standing:
    """Whether something is heard, as a badge."""

    words: str
    tone: str


def standing_of(client: Client, day: date) -> Standing:
    """Whether a system is heard on a day."""
    if not client.is_active:
        return Standing(_("Switched off"), "danger")
    if not client.works_on(day):
        return Standing(_("Its time is over"), "attention")
    return Standing(_("In use"), "success")


@dataclass(frozen=True)
class TokenLine:
    """One token with its scopes in words."""

    token: Token
    standing: Standing

    @property
    def scopes(self) -> list[Any]:
        """What it may do."""
        return [Scope(scope).label for scope in self.token.scopes if scope in Scope.values]

    @property
    def last_day(self) -> date | None:
        """The last day on which it is heard; None without an end."""
        end = self.token.expires_at
        return timezone.localdate(end - timedelta(seconds=1)) if end else None

    @property
    def is_in_use(self) -> bool:
        """Whether it can still be revoked."""
        return self.token.revoked_at is None


def token_lines(client: Client, at: datetime) -> list[TokenLine]:
    """The tokens of a system, the newest first."""
    return [TokenLine(token, _standing_of_token(token, at)) for token in client.tokens.select_related("made_by")]


def _standing_of_token(token: Token, at: datetime) -> Standing:
    if token.revoked_at is not None:
        return Standing(_("Revoked"), "danger")
    if not token.is_in_use(at):
        return Standing(_("Expired"), "attention")
    return Standing(_("In use"), "success")


def standing_of_webhook(webhook: Webhook) -> Standing:
    """Whether events arrive."""
    if webhook.stopped_at is not None:
        return Standing(_("Stopped"), "danger")
    if webhook.failing_since is not None:
        return Standing(_("Failing"), "attention")
    return Standing(_("In use"), "success")


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery with the tone of its state, and what the address said."""

    delivery: Delivery

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return TONES[self.delivery.state]

    @property
    def said(self) -> str:
        """The last answer, or why there was none."""
        return str(self.delivery.status or self.delivery.error)


def delivery_lines(deliveries: Any) -> list[DeliveryLine]:
    """Deliveries as lines of a table."""
    return [DeliveryLine(delivery) for delivery in deliveries]
