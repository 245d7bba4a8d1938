"""A meeting of the steering committee and its one resolution (การประชุมและมติ)."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import Procedure, Step, condition


class MeetingStage(TextChoices):
    """Stages of a meeting."""

    CALLED = "called", _("Called")
    IN_SESSION = "in_session", _("In session")
    RESOLVED = "resolved", _("Resolved")
    CANCELLED = "cancelled", _("Cancelled")


@condition(otherwise=_("The agenda is empty. Put at least one unit or certificate on it."))
def agenda_has_units(meeting: Any, at: datetime) -> bool:
    return bool(meeting.has_agenda)


@condition(otherwise=_("The day of the meeting has not come."))
def the_day_has_come(meeting: Any, at: datetime) -> bool:
    return bool(meeting.held_on <= timezone.localdate(at))


@condition(otherwise=_("The quorum is not present."))
def quorum_sits(meeting: Any, at: datetime) -> bool:
    return bool(meeting.has_quorum)


@condition(otherwise=_("Some items of the agenda have no decision."))
def every_unit_is_decided(meeting: Any, at: datetime) -> bool:
    return not meeting.has_undecided_items


@condition(otherwise=_("For some items too few members are left after those who step aside."))
def quorum_sits_for_every_unit(meeting: Any, at: datetime) -> bool:
    return bool(meeting.has_quorum_for_every_item)


MEETING = Procedure(
    name="certification-meeting",
    title=_("Meeting of the steering committee"),
    starts_at=MeetingStage.CALLED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="convene",
            label=_("Open the meeting"),
            clause="6.5",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({MeetingStage.CALLED}),
            to=MeetingStage.IN_SESSION,
            provided=(agenda_has_units, the_day_has_come),
        ),
        Step(
            name="resolve",
            label=_("Record the resolution"),
            clause="6.6",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({MeetingStage.IN_SESSION}),
            to=MeetingStage.RESOLVED,
            provided=(agenda_has_units, quorum_sits, quorum_sits_for_every_unit, every_unit_is_decided),
        ),
        Step(
            name="cancel",
            label=_("Cancel the meeting"),
            clause="6.7",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({MeetingStage.CALLED, MeetingStage.IN_SESSION}),
            to=MeetingStage.CANCELLED,
        ),
    ),
)
