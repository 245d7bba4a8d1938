"""Other people's systems, and the tokens they show (ระบบภายนอกและโทเคน)."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.machines.scopes import Scope

PER_MINUTE = 600


class Client(models.Model):
    """A system that asks through the API (ระบบที่เชื่อมต่อ). Its owner answers for what it does.

    It may act for one person: with the scopes for that it sees the cases that the person sees, on the day it asks.
    """

    name = models.CharField(_("name of the system"), max_length=120, unique=True)
    purpose = models.TextField(_("what it is for"), max_length=2000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="clients", verbose_name=_("owner")
    )
    contact = models.EmailField(_("e-mail in case of trouble"))
    acts_for = models.ForeignKey(  # Null: it does only what needs no person.
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acts for"),
    )
    per_minute = models.PositiveIntegerField(
        _("requests a minute"),
        default=PER_MINUTE,
        validators=[MinValueValidator(1), MaxValueValidator(60_000)],
    )
    is_active = models.BooleanField(_("active"), default=True)
    expires_on = models.DateField(_("until"), null=True, blank=True)  # Null: until somebody ends it.
    added_at = models.DateTimeField(_("added at"))
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("connected system")
        verbose_name_plural = _("connected systems")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_client_has_a_name"),
            models.CheckConstraint(condition=Q(per_minute__gte=1), name="a_client_may_ask_at_all"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_client", args=[self.pk])

    def works_on(self, day: date) -> bool:
        """Whether its tokens are heard on the day."""
        return self.is_active and (self.expires_on is None or day <= self.expires_on)


class TokenQuerySet(models.QuerySet["Token"]):
    """Ways of choosing tokens."""

    def with_client(self) -> Self:
        """With what every request asks for."""
        return self.select_related("client__acts_for")

    def in_use(self, at: datetime) -> Self:
        """Those neither revoked nor expired."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), revoked_at=None)


class Token(models.Model):
    """What a client shows to be let in (โทเคน); only its digest is kept, and its beginning to recognise it by."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(_("what it is used for"), max_length=120, blank=True)
    prefix = models.CharField(_("begins with"), max_length=20)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=pgettext_lazy("token", "may"), default=list)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    expires_at = models.DateTimeField(_("until"), null=True)  # Null: as long as its client.
    revoked_at = models.DateTimeField(_("revoked at"), null=True)  # Null: not.
    last_used_on = models.DateField(_("last used"), null=True)  # Null: never.

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=sorted(Scope.values)), name="a_token_has_known_scopes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}…"

    def is_in_use(self, at: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
