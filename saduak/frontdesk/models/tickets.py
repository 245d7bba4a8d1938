"""Queue tickets, and the dated stages that their lives consist of (บัตรคิว)."""

import secrets
import uuid
from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Centre
from saduak.frontdesk.models.counters import Counter
from saduak.frontdesk.models.desks import PriorityClass
from saduak.frontdesk.models.devices import Device
from saduak.frontdesk.procedure import AT_A_COUNTER, ENDED, IN_THE_HOUSE, Outcome, TicketStage
from saduak.journal.models import Case


def reference_of_a_ticket() -> str:
    """A name that even devices without a connection can give without two giving the same."""
    return uuid.uuid4().hex


def secret_of_a_ticket() -> str:
    """What only the ticket's holder has; the address of its page on the phone. 96 bits."""
    return secrets.token_urlsafe(12)


def shown(prefix: str, number: int, digits: int) -> str:
    """A ticket's number as people read it: a letter and so many digits, or as many as there are."""
    return f"{prefix}{number:0{digits}d}"


class Channel(models.TextChoices):
    """Where a ticket was taken."""

    OFFICER = "officer", _("from an officer")
    KIOSK = "kiosk", _("at the kiosk")
    DOOR = "door", _("by the QR code at the door")
    WEB = "web", _("on the web")
    APPOINTMENT = "appointment", _("with an appointment")
    DEVICE = "device", _("by another system")


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Ways of choosing tickets."""

    def on(self, centre: Centre, day: date) -> Self:
        """One centre's tickets of a day."""
        return self.filter(centre=centre, day=day)

    def waiting(self) -> Self:
        """Those that nobody has called yet, or that wait again."""
        return self.filter(stage=TicketStage.WAITING)

    def in_the_house(self) -> Self:
        """Those whose visit has not ended."""
        return self.filter(stage__in=sorted(IN_THE_HOUSE))


class Ticket(Case):
    """One visitor's place in a queue (บัตรคิว).

    `reference` is public within the platform, `secret` opens the visitor's own page. Nothing is keyed on the number
    that is shown; it has the `digits` that the desk gave when the ticket was taken. `arrived_at` is what the order
    counts from: the arrival as the server believes it, or the booked time (`booked_for`); `came_at` is when the person
    was really there. `not_before` holds a returning no-show off. Counter and officer are those of the current or last
    call.
    """

    case_kind = "ticket"

    reference = models.CharField(_("reference"), max_length=60, unique=True, default=reference_of_a_ticket)
    secret = models.CharField(max_length=20, unique=True, default=secret_of_a_ticket, editable=False)
    centre = models.ForeignKey(
        Centre, db_index=False, on_delete=models.PROTECT, related_name="tickets", verbose_name=_("centre")
    )
    day = models.DateField(_("day"))
    prefix = models.CharField(_("letter"), max_length=1)
    number = models.PositiveIntegerField(_("number"))
    digits = models.PositiveSmallIntegerField(_("digits of a number"), default=3)
    sequence = models.PositiveIntegerField(_("place in the day"))
    service = models.ForeignKey(
        Service, db_index=False, on_delete=models.PROTECT, related_name="tickets", verbose_name=_("service")
    )
    group = models.ForeignKey(
        QueueGroup, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("queue group")
    )
    priority = models.ForeignKey(
        PriorityClass, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("class of visitors")
    )
    channel = models.CharField(_("taken where"), max_length=12, choices=Channel)
    language = models.CharField(_("language"), max_length=2, default="th")
    came_at = models.DateTimeField(_("came at"))
    arrived_at = models.DateTimeField(_("waits since"))
    booked_for = models.DateTimeField(_("booked for"), null=True)  # Null: no appointment, or too late for it.
    not_before = models.DateTimeField(_("not called before"), null=True)  # Null: any time.
    asks_for = models.ForeignKey(  # Null: any counter that can.
        Counter,
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("only at counter"),
    )
    counter = models.ForeignKey(  # Null: never called.
        Counter, db_index=False, on_delete=models.PROTECT, null=True, related_name="tickets", verbose_name=_("counter")
    )
    officer = models.ForeignKey(  # Null: never called.
        settings.AUTH_USER_MODEL,
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    times_called = models.PositiveSmallIntegerField(_("times called"), default=0)
    missed_calls = models.PositiveSmallIntegerField(_("times absent"), default=0)
    outcome = models.CharField(_("outcome"), max_length=30, blank=True)
    note = models.TextField(_("private note"), max_length=1000, blank=True)
    visitor_name = models.CharField(_("name"), max_length=120, blank=True)  # Hidden until the ticket is called.
    device = models.ForeignKey(  # Null: taken in the browser of a person.
        Device, db_index=False, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("device")
    )
    device_time = models.DateTimeField(_("time on the device"), null=True)  # Null: issued by the server itself.

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["centre", "day", "sequence"]
        indexes = [
            models.Index(
                fields=["centre", "day"], condition=Q(stage__in=sorted(IN_THE_HOUSE)), name="ticket_in_the_house"
            ),
            models.Index(fields=["day"], condition=~Q(visitor_name="", note=""), name="ticket_with_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["centre", "day", "prefix", "number"], name="no_number_twice_a_day"),
            models.UniqueConstraint(fields=["centre", "day", "sequence"], name="no_place_in_the_day_twice"),
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(stage__in=sorted(AT_A_COUNTER)),
                name="one_visitor_at_a_counter_at_a_time",
                violation_error_message=_("This counter still has a visitor."),
            ),
            models.CheckConstraint(condition=Q(stage__in=sorted(TicketStage)), name="a_ticket_is_in_a_known_stage"),
            models.CheckConstraint(
                condition=~Q(stage__in=sorted(AT_A_COUNTER)) | Q(counter__isnull=False, officer__isnull=False),
                name="who_was_called_was_called_to_a_counter",
            ),
            models.CheckConstraint(
                condition=~Q(stage="finished") | ~Q(outcome=""), name="a_finished_visit_has_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """What stands on the ticket and the board, as A012."""
        return shown(self.prefix, self.number, self.digits)

    @property
    def stage_name(self) -> str:
        """Where it stands, in words."""
        return str(TicketStage(self.stage).label)

    @property
    def outcome_name(self) -> str:
        """How the visit ended, in words; empty while it goes on."""
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def has_ended(self) -> bool:
        """Whether the visit is over."""
        return self.stage in ENDED

    def is_of_the_day_of(self, at: datetime) -> bool:
        """Whether that moment is on the ticket's own day."""
        return timezone.localdate(at) == self.day


class Slice(models.Model):
    """A stage that a ticket has left, with its two moments (ช่วงเวลา). Every statistic is a sum over these.

    Written when the stage ends; the present stage is the ticket's own, since `stage_since`. All can be made anew from
    the journal. An undone step takes its slice back.
    """

    centre = models.ForeignKey(
        Centre, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre")
    )
    day = models.DateField(_("day"))
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="slices", verbose_name=_("ticket"))
    stage = models.CharField(_("stage"), max_length=40)
    began_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"))
    service = models.ForeignKey(
        Service, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("service")
    )
    priority = models.ForeignKey(
        PriorityClass, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("class of visitors")
    )
    counter = models.ForeignKey(  # Null: never called.
        Counter, db_index=False, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("counter")
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    outcome = models.CharField(_("outcome"), max_length=30, blank=True)  # Of the part that ended, when serving.

    class Meta:
        verbose_name = _("slice")
        verbose_name_plural = _("slices")
        ordering = ["ticket", "began_at", "pk"]
        indexes = [
            models.Index(fields=["centre", "day"], name="slice_of_day"),
            models.Index(fields=["service", "-ended_at"], condition=Q(stage="serving"), name="slice_of_service"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("began_at")), name="a_slice_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.stage}"
