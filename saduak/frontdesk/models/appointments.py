"""Appointments, the slots that they take places of, and the plan by which slots are made (การนัดหมาย)."""

import secrets
import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Centre
from saduak.frontdesk.models.desks import Desk
from saduak.frontdesk.procedure_of_appointments import HELD, AppointmentStage
from saduak.journal.models import Case

WEEKDAYS = tuple(range(1, 8))
"""Monday is 1."""


def secret_of_an_appointment() -> str:
    """What only the person who booked has; the address of the appointment's page. 96 bits."""
    return secrets.token_urlsafe(12)


def reference_of_an_appointment() -> str:
    """How the journal names it."""
    return uuid.uuid4().hex


def code_of_an_appointment() -> str:
    """Six digits that can be read out at the counter or typed at the kiosk, on their own day only."""
    return f"{secrets.randbelow(10**6):06d}"


def address_of_a_feed() -> str:
    """What nobody guesses of a calendar feed's address: 144 bits."""
    return secrets.token_urlsafe(18)


class BookingTerms(models.Model):
    """On what terms a desk gives appointments (เงื่อนไขการนัดหมาย).

    `keep_days` after its day, an appointment forgets whose it was.
    """

    case_kind = "booking_terms"

    desk = models.OneToOneField(
        Desk, on_delete=models.PROTECT, primary_key=True, related_name="booking", verbose_name=_("front desk")
    )
    is_offered = models.BooleanField(_("visitors can book"), default=False)
    days_ahead = models.PositiveSmallIntegerField(
        _("days ahead that can be booked"), default=30, validators=[MinValueValidator(1), MaxValueValidator(180)]
    )
    notice_minutes = models.PositiveSmallIntegerField(
        _("minutes before a slot until which it can be booked"), default=60, validators=[MaxValueValidator(2880)]
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days after which names and contacts are erased"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    feed = models.CharField(max_length=30, unique=True, default=address_of_a_feed, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("terms of booking")
        verbose_name_plural = _("terms of booking")
        constraints = [
            models.CheckConstraint(
                condition=Q(days_ahead__gte=1, days_ahead__lte=180), name="bookings_reach_from_a_day_to_half_a_year"
            ),
            models.CheckConstraint(
                condition=Q(keep_days__gte=1, keep_days__lte=365), name="names_are_kept_from_a_day_to_a_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.desk)

    @property
    def reference(self) -> str:
        """How the journal names it: the centre's code."""
        return self.desk.reference

    @property
    def journal_centre_id(self) -> int:
        """The centre under which its entries are filed."""
        return self.desk_id


class SlotPlan(models.Model):
    """One line of a desk's plan: how many may come with an appointment to a group, and when (แผนช่วงเวลานัดหมาย)."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="slot_plans", verbose_name=_("front desk"))
    group = models.ForeignKey(
        QueueGroup, on_delete=models.PROTECT, related_name="slot_plans", verbose_name=_("queue group")
    )
    weekdays = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("weekdays"))
    opens = models.TimeField(_("first slot begins"))
    closes = models.TimeField(_("last slot ends"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes of a slot"), default=30, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    places = models.PositiveSmallIntegerField(
        _("people in a slot"), default=2, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )

    class Meta:
        verbose_name = _("line of the plan")
        verbose_name_plural = _("plan of slots")
        ordering = ["desk", "group", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")),
                name="a_plan_opens_before_it_closes",
                violation_error_message=_("The last slot must end after the first begins."),
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=240), name="a_slot_is_of_some_minutes"),
            models.CheckConstraint(condition=Q(places__gte=1), name="a_plan_has_places"),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(WEEKDAYS), weekdays__len__gt=0), name="a_plan_is_for_weekdays"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.opens:%H:%M}–{self.closes:%H:%M}"


class Slot(models.Model):
    """A span for which appointments were made (ช่วงเวลานัดหมาย). It comes into being with its first booking.

    `taken` is counted up in the statement that asks whether there is a place left; no two people can get the last one.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+", verbose_name=_("centre"))
    group = models.ForeignKey(QueueGroup, on_delete=models.PROTECT, related_name="slots", verbose_name=_("queue group"))
    day = models.DateField(_("day"))
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["begins_at", "pk"]
        indexes = [models.Index(fields=["centre", "day"], name="slot_of_day")]
        constraints = [
            models.UniqueConstraint(fields=["group", "begins_at"], name="one_slot_of_a_group_at_a_time"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="no_place_is_booked_twice"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_booked_slot_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.begins_at:%Y-%m-%d %H:%M}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Ways of choosing appointments."""

    def on(self, centre: Centre, day: date) -> Self:
        """One centre's appointments of a day."""
        return self.filter(centre=centre, day=day)

    def held(self) -> Self:
        """Those that take a place."""
        return self.filter(stage__in=HELD)

    def booked(self) -> Self:
        """Those whose person has not come yet."""
        return self.filter(stage=AppointmentStage.BOOKED)

    def for_page(self) -> Self:
        """With what a page prints of them."""
        return self.select_related("centre__desk", "service__group", "slot", "ticket")


class Appointment(Case):
    """One person's place in a slot (นัดหมาย).

    `secret` opens the person's own page, `code` is what can be read out at the desk on that day. Name and contacts are
    blank once they are erased, at `erased_at`. `ticket` is what was given at check-in, or to somebody who came late.
    """

    case_kind = "appointment"

    reference = models.CharField(_("reference"), max_length=60, unique=True, default=reference_of_an_appointment)
    secret = models.CharField(max_length=20, unique=True, default=secret_of_an_appointment, editable=False)
    code = models.CharField(_("code"), max_length=6, default=code_of_an_appointment)
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("centre"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+", verbose_name=_("service"))
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("slot"))
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="th")
    booked_at = models.DateTimeField(_("booked at"))
    booked_by = models.ForeignKey(  # Null: by the person.
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("booked by")
    )
    cancel_reason = models.CharField(_("why cancelled"), max_length=200, blank=True)
    told_the_day_before_at = models.DateTimeField(null=True)  # Null: not reminded, or no address to write to.
    told_in_the_morning_at = models.DateTimeField(null=True)  # Null: as above.
    erased_at = models.DateTimeField(_("erased at"), null=True)  # Null: the name is still kept.
    ticket = models.OneToOneField(  # Null: nobody came yet.
        "Ticket", on_delete=models.PROTECT, null=True, related_name="appointment", verbose_name=_("ticket")
    )

    objects = AppointmentQuerySet.as_manager()

    if TYPE_CHECKING:
        ticket_id: int | None

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["day", "slot", "pk"]
        indexes = [
            models.Index(fields=["centre", "day"], name="appointment_of_day"),
            models.Index(fields=["day"], condition=Q(stage="booked"), name="appointment_to_come"),
            models.Index(fields=["day"], condition=Q(erased_at=None), name="appointment_to_erase"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["centre", "day", "code"], name="no_code_twice_a_day"),
            models.CheckConstraint(
                condition=Q(stage__in=AppointmentStage.values), name="an_appointment_is_in_a_known_stage"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, name__gt="") & (~Q(phone="") | ~Q(email=""))
                | Q(erased_at__isnull=False, name="", phone="", email=""),
                name="an_appointment_knows_its_person_until_it_is_erased",
            ),
            models.CheckConstraint(
                condition=~Q(stage="checked_in") | Q(ticket__isnull=False), name="who_checked_in_has_a_ticket"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The person's own page."""
        return reverse("show_appointment", args=[self.secret])


class BookedPerson(models.Model):
    """Whom a desk expects on a day, as a digest of one contact (การจองของบุคคลในวัน).

    Keyed (HMAC-SHA-256) over centre, day and contact: it tells nobody who it is, nor that two days are of one person.
    It is gone when the appointment is cancelled, lost or erased, so that the person may book again.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="persons")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "day", "digest"], name="one_booking_of_a_person_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.day}"
