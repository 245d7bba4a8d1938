"""Tickets on paper: asked for, printed or failed (การพิมพ์บัตรคิว)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.directory.models import Centre
from saduak.frontdesk.models.devices import Device
from saduak.frontdesk.models.tickets import Ticket


class PrintState(models.TextChoices):
    """How far a printout is."""

    WAITING = "waiting", pgettext_lazy("printout", "waits for the printer")
    PRINTED = "printed", pgettext_lazy("printout", "printed")
    FAILED = "failed", pgettext_lazy("printout", "not printed")


class Printout(models.Model):
    """One try to put a ticket on paper (บัตรคิวที่พิมพ์). The ticket holds whatever becomes of it.

    `asked_at` is when somebody asked, `ended_at` when the printer had taken it or was given up; a reprint is another
    printout. `trouble` is the printer's own word, for whoever mends it.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="printouts", verbose_name=_("ticket"))
    printer = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="printouts", verbose_name=_("printer"))
    state = models.CharField(_("state"), max_length=10, choices=PrintState, default=PrintState.WAITING)
    asked_at = models.DateTimeField(_("asked at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)  # Null: still waiting.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    trouble = models.CharField(_("trouble"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("printout")
        verbose_name_plural = _("printouts")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["printer", "-asked_at"], name="printout_of_printer")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PrintState.values), name="a_printout_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=PrintState.WAITING) | Q(ended_at__isnull=False),
                name="what_was_printed_ended_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.state}"
