"""Where a system wants to hear of what happens, and what was sent there (เว็บฮุกและการส่ง)."""

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.machines.models.clients import Client


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Ways of choosing webhooks."""

    def running(self) -> Self:
        """Those to which something is sent."""
        return self.filter(stopped_at=None, client__is_active=True)


class Webhook(models.Model):
    """An address of a system that is told of events, signed with a secret of its own (เว็บฮุก).

    `position` is the sequence number of the newest entry of the journal that was looked at for it. The secret lies
    encrypted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=120), verbose_name=_("events"))
    secret = models.BinaryField()
    made_at = models.DateTimeField(_("made at"))
    position = models.BigIntegerField()
    failing_since = models.DateTimeField(_("failing since"), null=True)  # Null: the last sending was taken.
    stopped_at = models.DateTimeField(_("stopped at"), null=True)  # Null: it runs.

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(events__len__gt=0), name="a_webhook_hears_of_something"),
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_webhook", args=[self.pk])

    @property
    def about(self) -> str:
        """What its secret is sealed for."""
        return f"webhook {self.pk}"

    def hears_of(self, name: str) -> bool:
        """Whether it wants events of that name; `certificate.*` wants all of one kind."""
        return name in self.events or f"{name.split('.')[0]}.*" in self.events


class State(models.TextChoices):
    """What became of one sending."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    GIVEN_UP = "given_up", _("No longer tried")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Ways of choosing deliveries."""

    def due(self, at: datetime) -> Self:
        """Those to be tried now, the oldest event first."""
        return self.filter(state=State.WAITING, next_at__lte=at).order_by("sequence")


class Delivery(models.Model):
    """One event on its way to one webhook (การส่งเหตุการณ์); `sequence` is the number of the journal's entry."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    sequence = models.BigIntegerField(_("entry"))
    event = models.CharField(_("event"), max_length=120)
    body = models.TextField(_("content"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(_("next attempt"))
    made_at = models.DateTimeField(_("made at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)  # Null: still waiting.
    status = models.PositiveSmallIntegerField(_("last answer"), null=True)  # Null: none came.
    error = models.CharField(_("last failure"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["webhook", "next_at"], name="delivery_that_waits", condition=Q(state=State.WAITING)),
            models.Index(fields=["made_at"], name="delivery_made_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "sequence"], name="an_event_goes_to_a_webhook_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_delivery_has_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.sequence}"

    @property
    def message_id(self) -> str:
        """The same for every attempt and every replay, so that who gets it twice knows."""
        return f"msg_{self.sequence}"
