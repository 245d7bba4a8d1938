"""The life of an appointment as a table (ขั้นตอนการนัดหมาย).

The steps are those of this platform; no regulation lays them down.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saduak.frontdesk.procedure import ANYBODY, STAFF, Role
from saduak.procedure.kit import Procedure, Refusal, Step


class AppointmentStage(TextChoices):
    """Where an appointment stands."""

    BOOKED = "booked", pgettext_lazy("appointment", "Booked")
    CHECKED_IN = "checked_in", pgettext_lazy("appointment", "Checked in")
    CANCELLED = "cancelled", pgettext_lazy("appointment", "Cancelled")
    MISSED = "missed", pgettext_lazy("appointment", "Slot lost")


HELD = frozenset({AppointmentStage.BOOKED, AppointmentStage.CHECKED_IN})
"""Stages in which an appointment takes a place of its slot, and its person's one booking of the day."""

APPOINTMENT = Procedure(
    name="frontdesk-appointment",
    title=_("Appointment"),
    starts_at=AppointmentStage.BOOKED,
    wordings={
        Refusal.WRONG_STAGE: _("This appointment has already been kept, cancelled or lost."),
        Refusal.WRONG_ROLE: _("This step belongs to somebody else."),
    },
    steps=(
        Step(
            name="move",
            label=pgettext_lazy("appointment", "Choose another time"),
            clause="A.1",
            taken_by=STAFF | {Role.VISITOR},
            moves=frozenset({AppointmentStage.BOOKED}),
            to=None,
        ),
        Step(
            name="cancel",
            label=pgettext_lazy("appointment", "Cancel the appointment"),
            clause="A.2",
            taken_by=STAFF | {Role.VISITOR},
            moves=frozenset({AppointmentStage.BOOKED}),
            to=AppointmentStage.CANCELLED,
        ),
        Step(
            name="check_in",
            label=pgettext_lazy("appointment", "Check in"),
            clause="A.3",
            taken_by=ANYBODY,
            moves=frozenset({AppointmentStage.BOOKED}),
            to=AppointmentStage.CHECKED_IN,
        ),
        Step(
            name="lose",
            label=pgettext_lazy("appointment", "Lose the slot"),
            clause="A.4",
            taken_by=ANYBODY | {Role.CLOCK},
            moves=frozenset({AppointmentStage.BOOKED}),
            to=AppointmentStage.MISSED,
        ),
        Step(
            name="take_ticket",
            label=pgettext_lazy("appointment", "Take a normal ticket"),
            clause="A.5",
            taken_by=ANYBODY,
            moves=frozenset({AppointmentStage.MISSED}),
            to=None,
        ),
    ),
)
