"""Who a booking is for, in one spelling, and as a digest that tells nobody who it is."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac

from saduak.frontdesk.models import Appointment
from saduak.thai.phone import PhoneRefused, digits_of

SHORTEST = 9
"""Digits of a telephone number that can be a person's; shorter ones are services."""


class ContactRefused(ValueError):
    """The contact cannot be taken; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Contact:
    """A name and at least one way to reach the person, each in one spelling."""

    name: str
    phone: str = ""
    email: str = ""

    @classmethod
    def read(cls, name: str, phone: str, email: str) -> "Contact":
        """What was typed, in one spelling. Raises ContactRefused."""
        name, phone, email = " ".join(name.split())[:120], phone.strip(), email.strip()
        if not name:
            raise ContactRefused("no_name")
        if not phone and not email:
            raise ContactRefused("no_contact")
        return cls(name, _phone(phone) if phone else "", _email(email) if email else "")


def digests_of(appointment: Appointment) -> list[bytes]:
    """One keyed digest of each contact, for its centre and day; in order, so that two bookings lock them alike."""
    contacts = (("phone", appointment.phone), ("email", appointment.email))
    return sorted(
        salted_hmac(
            "saduak.frontdesk.booked_person",
            f"{appointment.centre_id} {appointment.day.isoformat()} {kind} {contact}",
            algorithm="sha256",
        ).digest()
        for kind, contact in contacts
        if contact
    )


def _phone(typed: str) -> str:
    try:
        digits = digits_of(typed)
    except PhoneRefused as refused:
        raise ContactRefused("not_a_phone") from refused
    if len(digits) < SHORTEST:
        raise ContactRefused("not_a_phone")
    return digits


def _email(typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError as refused:
        raise ContactRefused("not_an_email") from refused
    return typed.casefold()
