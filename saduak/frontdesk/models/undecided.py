"""What was done without the server and could not be decided afterwards by a rule (เรื่องที่รอหัวหน้าจุดบริการตัดสิน)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.directory.models import Centre
from saduak.frontdesk.models.devices import Device
from saduak.frontdesk.models.tickets import Ticket, reference_of_a_ticket


class UndecidedKind(models.TextChoices):
    """What the matter is."""

    NOT_TAKEN_IN = "not_taken_in", _("A ticket on paper could not be taken in")
    TWO_NUMBERS = "two_numbers", _("A visitor holds another number than was called")
    ALREADY_CALLED = "already_called", _("Called at two counters while one had no connection")
    OTHER = "other", _("Something else that was done without connection")


class Undecided(models.Model):
    """One matter for the supervisor (เรื่องที่ยังตัดสินไม่ได้).

    Whatever merges what a kiosk, a console or a board did without the server writes one by `operations.undecided.note`;
    `facts` are what happened, nothing of the person: number, service, the reasons of a refusal. The same `reference` is
    noted once.
    """

    case_kind = "undecided"

    reference = models.CharField(_("reference"), max_length=60, unique=True, default=reference_of_a_ticket)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("matter"), max_length=20, choices=UndecidedKind)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    device = models.ForeignKey(  # Null: done on a person's own screen.
        Device, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("device")
    )
    ticket = models.ForeignKey(  # Null: there is none on the platform.
        Ticket, on_delete=models.PROTECT, null=True, related_name="undecided", verbose_name=_("ticket")
    )
    happened_at = models.DateTimeField(_("happened at"))
    noted_at = models.DateTimeField(_("noted at"))
    settled_at = models.DateTimeField(_("settled at"), null=True)  # Null: still waits for somebody.
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )
    settlement = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("undecided matter")
        verbose_name_plural = _("undecided matters")
        ordering = ["-noted_at", "-pk"]
        indexes = [
            models.Index(fields=["centre"], condition=Q(settled_at=None), name="undecided_of_centre"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UndecidedKind.values), name="an_undecided_matter_is_of_a_kind"),
            models.CheckConstraint(
                condition=Q(settled_at=None) | (Q(settled_by__isnull=False) & ~Q(settlement="")),
                name="a_settled_matter_says_by_whom_and_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.kind}"

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.centre_id
