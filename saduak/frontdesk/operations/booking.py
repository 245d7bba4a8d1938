"""Booking, moving and cancelling an appointment.

No two people get the last place: the slot's row is counted up in the statement that asks whether a place is left, the
row refuses more than its capacity, and the number of bookings of a person a day is a unique index. A change of the plan
waits for the bookings under way, and they for it.
"""

from datetime import datetime
from typing import Any, NoReturn

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.catalogue.models import LANGUAGES, Service
from saduak.frontdesk.models import Appointment, BookedPerson, BookingTerms, Slot
from saduak.frontdesk.models.appointments import code_of_an_appointment
from saduak.frontdesk.operations import telling_of_appointments as telling
from saduak.frontdesk.operations.contacts import Contact, ContactRefused, digests_of
from saduak.frontdesk.operations.taking_appointments import take
from saduak.frontdesk.procedure_of_appointments import AppointmentStage
from saduak.frontdesk.queries.booking import Offer, diary_of
from saduak.journal.steps import lock, record
from saduak.procedure.kit import Reason

PLAN_LOCK = 190
"""First key of the lock that a change of a desk's plan takes alone, and bookings share; the second is the centre."""

TRIES = 5
"""How often another code is tried: of a million a day, even a thousandth is never taken twice in a row."""

SENTENCES: dict[str, object] = {
    "not_offered": _("This desk gives no appointments for this service."),
    "no_such_slot": _("This time can no longer be booked. Please choose another one."),
    "full": _("Somebody else has just taken the last place at this time. Please choose another one."),
    "one_a_day": _("There is already an appointment with this telephone number or e-mail address on that day."),
    "no_name": _("Give a name by which you can be called."),
    "no_contact": _("Give a telephone number or an e-mail address."),
    "not_a_phone": _("Write the telephone number of a person, like 08 1234 5678."),
    "no_reason": _("Say why the appointment is cancelled; the person is told."),
    "not_an_email": _("Write the whole e-mail address, like name@example.com."),
}


class BookingRefused(Exception):
    """The booking was refused; `code` and `reasons` say why. Nothing was changed. Pages answer 422."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.reasons = (Reason(code, SENTENCES[code]),)
        super().__init__(str(SENTENCES[code]))


@transaction.atomic
def book(
    service: Service,
    begins_at: datetime,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    language: str = "th",
    by: Any | None = None,
    at: datetime | None = None,
) -> Appointment:
    """Take a place in the slot that begins then; `by=None` is the visitor, else an officer on somebody's behalf.

    Raises BookingRefused; nothing has changed then.
    """
    at = at or timezone.now()
    contact = _contact(name, phone, email)
    terms = _terms(service, by=by)
    slot = _taken(service, begins_at, terms, by=by, at=at)
    appointment = _written(
        Appointment(
            stage=AppointmentStage.BOOKED,
            stage_since=at,
            centre=service.centre,
            service=service,
            slot=slot,
            day=slot.day,
            name=contact.name,
            phone=contact.phone,
            email=contact.email,
            language=language if language in LANGUAGES else "th",
            booked_at=at,
            booked_by=by,
            **telling.already_told(slot.day, at=at),
        )
    )
    _expect(appointment)
    record(
        appointment,
        step="book",
        clause="A.0",
        to_stage=appointment.stage,
        by=by,
        at=at,
        facts={"service": service.pk, "begins": slot.begins_at.isoformat(), "version": appointment.version},
    )
    telling.tell(appointment, "booked", at=at)
    return appointment


@transaction.atomic
def move(
    appointment: Appointment,
    begins_at: datetime,
    *,
    by: Any | None,
    at: datetime | None = None,
    seen: int | None = None,
) -> Appointment:
    """Give the place back and take another one. Raises BookingRefused, StepRefused and StepOvertaken."""
    at = at or timezone.now()
    before = lock(appointment)
    moved = take("move", before, by=by, at=at, seen=seen, facts={"begins": begins_at.isoformat()})
    if begins_at == before.slot.begins_at:
        return moved
    terms = _terms(moved.service, by=by)
    _hold_plan(moved.centre_id)
    # In the order of their keys, so that two who change places never wait for each other.
    both = Slot.objects.filter(group=moved.service.group_id, begins_at__in=[begins_at, before.slot.begins_at])
    list(both.select_for_update().order_by("pk"))
    _give_back(before.slot_id)
    slot = _taken(moved.service, begins_at, terms, by=by, at=at)
    moved.persons.all().delete()
    if slot.day != moved.day:
        moved.code = _free_code(moved, slot)
    told = telling.already_told(slot.day, at=at)
    for field, value in {"slot": slot, "day": slot.day, **told}.items():
        setattr(moved, field, value)
    moved.save(update_fields=["slot", "day", "code", *told])
    _expect(moved)
    telling.tell(moved, "moved", at=at)
    return moved


@transaction.atomic
def cancel(
    appointment: Appointment, *, by: Any | None, reason: str = "", at: datetime | None = None, seen: int | None = None
) -> Appointment:
    """Give the place back, and tell the person. An officer says why. Raises the same as `move`."""
    at = at or timezone.now()
    if by is not None and not reason.strip():
        _refuse("no_reason")
    cancelled = take("cancel", appointment, by=by, at=at, seen=seen, note=reason, cancel_reason=reason[:200])
    _give_back(cancelled.slot_id)
    cancelled.persons.all().delete()
    telling.tell(cancelled, "cancelled", at=at)
    return cancelled


def _contact(name: str, phone: str, email: str) -> Contact:
    try:
        return Contact.read(name, phone, email)
    except ContactRefused as refused:
        raise BookingRefused(refused.code) from refused


def _terms(service: Service, *, by: Any | None) -> BookingTerms:
    """The terms of the service's desk, while its plan is held still. Raises BookingRefused."""
    _hold_plan(service.centre_id)
    terms = BookingTerms.objects.filter(desk=service.centre_id).select_related("desk__centre__province").first()
    is_open = terms is not None and service.is_offered and (by is not None or (terms.is_offered and terms.desk.is_open))
    if terms is None or not is_open:
        raise BookingRefused("not_offered")
    return terms


def _taken(service: Service, begins_at: datetime, terms: BookingTerms, *, by: Any | None, at: datetime) -> Slot:
    """The slot that begins then, one more place of it taken. Raises BookingRefused."""
    offer = diary_of(service.group_id, terms, at=at, is_staff=by is not None).offer_at(begins_at)
    if offer is None:
        _refuse("no_such_slot")
    slot = _made(service, offer)
    if not Slot.objects.filter(pk=slot.pk, taken__lt=F("capacity")).update(taken=F("taken") + 1):
        _refuse("full")
    return slot


def _made(service: Service, offer: Offer) -> Slot:
    """The slot's row; whoever is second finds that of the first."""
    Slot.objects.bulk_create(
        [
            Slot(
                centre_id=service.centre_id,
                group_id=service.group_id,
                day=timezone.localdate(offer.begins_at),
                begins_at=offer.begins_at,
                ends_at=offer.ends_at,
                capacity=offer.places,
            )
        ],
        ignore_conflicts=True,
    )
    return Slot.objects.get(group=service.group_id, begins_at=offer.begins_at)


def _give_back(slot: int) -> None:
    Slot.objects.filter(pk=slot).update(taken=F("taken") - 1)


def _written(appointment: Appointment) -> Appointment:
    """The appointment saved, under a code that nobody else has on its day."""
    appointment.code = _free_code(appointment, appointment.slot)
    appointment.save(force_insert=True)
    return appointment


def _free_code(appointment: Appointment, slot: Slot) -> str:
    """A code that is free on the slot's day; two who draw the same at the same moment are refused by the index."""
    for _try in range(TRIES):
        code = code_of_an_appointment()
        if not Appointment.objects.filter(centre=appointment.centre_id, day=slot.day, code=code).exists():
            return code
    raise RuntimeError("No code is free.")


def _expect(appointment: Appointment) -> None:
    """Keep the person to one booking of the day. Raises BookingRefused."""
    persons = [
        BookedPerson(appointment=appointment, centre_id=appointment.centre_id, day=appointment.day, digest=digest)
        for digest in digests_of(appointment)
    ]
    try:
        with transaction.atomic():
            BookedPerson.objects.bulk_create(persons)
    except IntegrityError as error:
        raise BookingRefused("one_a_day") from error


def _hold_plan(centre: int) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [PLAN_LOCK, centre])


def _refuse(code: str) -> NoReturn:
    raise BookingRefused(code)
