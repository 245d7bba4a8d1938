"""The latest estimate of a desk's waits, what each visitor was told, and counters that are wanted open (เวลารอ)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saduak.directory.models import Centre
from saduak.frontdesk.models.counters import Counter
from saduak.frontdesk.models.desks import Desk
from saduak.frontdesk.models.tickets import Ticket


class DeskWaits(models.Model):
    """The latest estimate of all waits at a desk (เวลารอล่าสุดของจุดบริการ); can be lost without harm.

    `tickets` is by reference, `asking` by "service:class", each `[ahead, mean, low, high, fast, slow, at, why]`: mean,
    fast and slow in milliseconds from `made_at`, low and high the minutes that are told, `at` when those were told
    first, in milliseconds since 1970, `why` the reason where nothing is known, else empty.
    `advice` is what `estimation.advising` said last: action, counter, and the outlook without and with it.
    """

    desk = models.OneToOneField(Desk, on_delete=models.CASCADE, primary_key=True, related_name="waits")
    day = models.DateField(_("day"))
    version = models.PositiveBigIntegerField(_("version"), default=0)
    made_at = models.DateTimeField(_("made at"))
    took_ms = models.PositiveIntegerField(_("took so many milliseconds"), default=0)
    tickets = models.JSONField(_("tickets"), default=dict)
    asking = models.JSONField(_("who would take one now"), default=dict)
    advice = models.JSONField(_("advice"), default=dict)
    advised_at = models.DateTimeField(_("advised at"), null=True)  # Null: never.

    class Meta:
        verbose_name = _("estimated waits")
        verbose_name_plural = _("estimated waits")

    def __str__(self) -> str:
        return f"{self.desk_id} {self.made_at:%H:%M:%S}"


class ToldWait(models.Model):
    """The first wait that a ticket's holder was told, kept to be held against the truth (เวลารอที่บอกไว้).

    Milliseconds from `told_at` to the call: the mean, and what four in five stay below.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="told_wait")
    centre = models.ForeignKey(
        Centre, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre")
    )
    day = models.DateField(_("day"))
    told_at = models.DateTimeField(_("told at"))
    mean = models.PositiveIntegerField(_("mean wait"))
    slow = models.PositiveIntegerField(_("four in five wait less"))

    class Meta:
        verbose_name = _("told wait")
        verbose_name_plural = _("told waits")
        indexes = [models.Index(fields=["centre", "day"], name="told_wait_of_day")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.mean}"


class WantedCounter(models.Model):
    """A supervisor wants a counter open, and says so to who could sit there (การขอให้เปิดช่องบริการ).

    It ends when somebody sits down there, when the supervisor takes it back, or with the day.
    """

    case_kind = "wanted_counter"

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="wanted", verbose_name=_("counter"))
    day = models.DateField(_("day"))
    wanted_at = models.DateTimeField(_("wanted since"))
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("wanted by")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)  # Null: still wanted.
    was_opened = models.BooleanField(_("was opened"), default=False)

    class Meta:
        verbose_name = _("wanted counter")
        verbose_name_plural = _("wanted counters")
        ordering = ["wanted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["counter"], condition=Q(ended_at=None), name="a_counter_is_wanted_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(was_opened=False) | Q(ended_at__isnull=False), name="what_was_opened_is_wanted_no_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter_id}"

    @property
    def reference(self) -> str:
        """How the journal names it."""
        return str(self.pk)

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.centre_id
