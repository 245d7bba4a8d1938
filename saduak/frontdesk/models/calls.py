"""Calls to a counter, as boards show and speak them (การเรียกคิว)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.directory.models import Centre
from saduak.frontdesk.models.counters import Counter


class CallKind(models.TextChoices):
    """How it came to a call."""

    NEXT = "next", _("next in the order")
    RECALL = "recall", _("called again")
    OUT_OF_ORDER = "out_of_order", _("called out of order")


class Call(models.Model):
    """A ticket was called to a counter (การเรียกคิว); out of order with a reason. An undone call stays, marked."""

    centre = models.ForeignKey(
        Centre, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre")
    )
    day = models.DateField(_("day"))
    ticket = models.ForeignKey("Ticket", on_delete=models.PROTECT, related_name="calls", verbose_name=_("ticket"))
    counter = models.ForeignKey(
        Counter, db_index=False, on_delete=models.PROTECT, related_name="calls", verbose_name=_("counter")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=CallKind, default=CallKind.NEXT)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    called_at = models.DateTimeField(_("called at"))
    undone_at = models.DateTimeField(_("undone at"), null=True)  # Null: it holds.

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["called_at", "pk"]
        indexes = [models.Index(fields=["centre", "day", "-called_at"], name="call_of_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=CallKind.OUT_OF_ORDER) | ~Q(reason=""), name="a_call_out_of_order_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.counter_id}"
