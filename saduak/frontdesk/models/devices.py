"""Kiosks, boards and tablets that belong to a desk (อุปกรณ์ประจำจุดบริการ)."""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.frontdesk.models.counters import Counter
from saduak.frontdesk.models.desks import Desk


def address_of_a_board() -> str:
    """A short name in a board's address that nobody guesses: 72 bits."""
    return secrets.token_urlsafe(9)


class DeviceKind(models.TextChoices):
    """What a device is for."""

    KIOSK = "kiosk", _("ticket kiosk")
    BOARD = "board", _("board")
    TABLET = "tablet", _("rating tablet")
    PRINTER = "printer", _("ticket printer")
    OTHER = "other", _("somebody else's system")


class DeviceScope(models.TextChoices):
    """One thing that a device may do through the interface for machines."""

    READ = "desk:read", _("read who waits, who serves and what is offered")
    TAKE = "tickets:take", _("take tickets for visitors, and cancel them")
    CHECK_IN = "appointments:check-in", _("check people in with their appointments")
    CALL = "tickets:call", _("press the buttons of its counter for the officer who sits there")


SCOPES: Mapping[str, frozenset[DeviceScope]] = {
    DeviceKind.KIOSK: frozenset({DeviceScope.READ, DeviceScope.TAKE, DeviceScope.CHECK_IN}),
    DeviceKind.BOARD: frozenset({DeviceScope.READ}),
    DeviceKind.TABLET: frozenset({DeviceScope.READ}),
    DeviceKind.PRINTER: frozenset(),
    DeviceKind.OTHER: frozenset(DeviceScope),
}
"""What a device may do by its kind; of somebody else's system, `options["scopes"]` may name fewer."""


class Device(models.Model):
    """A device that speaks for a desk, paired by a code that is used once (อุปกรณ์).

    Of code and token only digests (SHA-256) are kept. A code ends by `code_expires_at`, a token with `revoked_at`.
    """

    case_kind = "device"

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="devices", verbose_name=_("front desk"))
    kind = models.CharField(_("kind"), max_length=10, choices=DeviceKind)
    name = models.CharField(_("name"), max_length=80)
    counter = models.ForeignKey(  # Null: belongs to no counter.
        Counter, on_delete=models.PROTECT, null=True, blank=True, related_name="devices", verbose_name=_("counter")
    )
    options = models.JSONField(_("options"), default=dict, blank=True)
    code_digest = models.BinaryField(max_length=32, null=True, unique=True)  # Null: paired, or nothing to pair.
    code_expires_at = models.DateTimeField(_("the code ends at"), null=True)
    token_digest = models.BinaryField(max_length=32, null=True, unique=True)  # Null: not paired yet.
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    paired_at = models.DateTimeField(_("paired at"), null=True)  # Null: not yet.
    revoked_at = models.DateTimeField(_("ended at"), null=True)  # Null: in use.
    last_seen_at = models.DateTimeField(_("last heard of"), null=True)  # Null: never.
    clock_offset_ms = models.BigIntegerField(_("its clock is ahead by (ms)"), null=True)  # Null: never measured.

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        ordering = ["desk", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_device_has_a_name"),
            models.CheckConstraint(
                condition=Q(code_digest=None) | Q(code_expires_at__isnull=False), name="a_code_ends_some_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return str(self.pk)

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.desk_id

    @property
    def scopes(self) -> frozenset[DeviceScope]:
        """What it may do through the interface for machines."""
        held = SCOPES.get(self.kind, frozenset())
        named = self.options.get("scopes")
        return frozenset(one for one in held if one.value in named) if isinstance(named, list) else held


class Board(models.Model):
    """A public board: what it shows and how (จอแสดงคิว). Whoever has its address may look at it."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="boards", verbose_name=_("front desk"))
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=20, unique=True, default=address_of_a_board, editable=False)
    zones = ArrayField(models.CharField(max_length=40), verbose_name=_("zones"), default=list, blank=True)  # []: all.
    theme = models.CharField(_("colours"), max_length=20, default="light")
    orientation = models.CharField(_("orientation"), max_length=10, default="landscape")
    speaks = models.BooleanField(_("calls out aloud"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["desk", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_board_has_a_name"),
            models.CheckConstraint(
                condition=Q(theme__in=["light", "dark", "contrast"]), name="a_board_has_known_colours"
            ),
            models.CheckConstraint(
                condition=Q(orientation__in=["landscape", "portrait"]), name="a_board_stands_or_lies"
            ),
        ]

    def __str__(self) -> str:
        return self.name
