"""A certified centre is followed up: checked, findings answered, verified by somebody else (การติดตามหลังการรับรอง).

The public papers of the programme do not say how centres are followed up. The steps and terms are those of this
platform, unchecked against the text of any order of the committee.
"""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import CENTRE, WORDINGS, Role
from saduak.procedure.kit import CLOCK, Procedure, Step, condition


class SurveillanceStage(TextChoices):
    """Stages of a surveillance."""

    PLANNED = "planned", _("Planned")
    NOTIFIED = "notified", _("Announced to the centre")
    CHECKED = "checked", _("Checked")
    AWAITING = "awaiting", _("Awaiting the centre's answer")
    ANSWERED = "answered", _("Answered")
    ESCALATED = "escalated", _("Before the steering committee")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


ENDED = frozenset({SurveillanceStage.CLOSED, SurveillanceStage.CANCELLED})
"""Stages from which nothing moves."""

OPEN = frozenset(SurveillanceStage) - ENDED
"""All others; a certificate has at most one surveillance that is open."""

BEFORE_CHECK = frozenset({SurveillanceStage.PLANNED, SurveillanceStage.NOTIFIED})
"""Stages in which somebody is sent to check."""

KNOWN_TO_THE_CENTRE = OPEN - BEFORE_CHECK - {SurveillanceStage.CHECKED} | {SurveillanceStage.CLOSED}
"""Stages in which the centre reads what was found."""

TRACK = (
    SurveillanceStage.PLANNED,
    SurveillanceStage.NOTIFIED,
    SurveillanceStage.CHECKED,
    SurveillanceStage.AWAITING,
    SurveillanceStage.ANSWERED,
    SurveillanceStage.CLOSED,
)
"""The straight way, as the case page draws it."""


class Origin(TextChoices):
    """What opened a surveillance (ที่มา)."""

    CALENDAR = "calendar", _("By the calendar of the term")
    DRAW = "draw", _("By a drawn sample")
    HAND = "hand", _("By the secretariat, with a reason")
    DATA = "data", _("By figures of the centre's own service")


class CheckMode(TextChoices):
    """How a centre is checked (วิธีตรวจ)."""

    VISIT = "visit", _("On the spot")
    DESK = "desk", _("By documents")


@condition(otherwise=_("The certificate is no longer in force or suspended."))
def the_certificate_lives(surveillance: Any, at: datetime) -> bool:
    return bool(surveillance.certificate.is_alive_on(timezone.localdate(at)))


@condition(otherwise=_("The certificate can still be moved, so the surveillance goes on."))
def the_certificate_has_ended(surveillance: Any, at: datetime) -> bool:
    return not surveillance.certificate.is_alive_on(timezone.localdate(at))


@condition(otherwise=_("Nobody is assigned to check the centre."))
def somebody_is_assigned(surveillance: Any, at: datetime) -> bool:
    return surveillance.assessor_id is not None


@condition(otherwise=_("Who is assigned has not declared to be free of conflict."))
def the_assessor_is_free(surveillance: Any, at: datetime) -> bool:
    return surveillance.declared_at is not None


@condition(otherwise=_("No finding is recorded. Close the surveillance instead."))
def findings_are_recorded(surveillance: Any, at: datetime) -> bool:
    return bool(surveillance.has_findings)


@condition(otherwise=_("Findings are recorded. Hand them over to the centre."))
def nothing_was_found(surveillance: Any, at: datetime) -> bool:
    return not surveillance.has_findings


@condition(otherwise=_("Some findings have no answer."))
def every_finding_is_answered(surveillance: Any, at: datetime) -> bool:
    return not surveillance.has_unanswered


@condition(otherwise=_("The time for the answer has run out."))
def the_answer_is_in_time(surveillance: Any, at: datetime) -> bool:
    return bool(surveillance.is_example) or timezone.localdate(at) <= surveillance.answer_due


@condition(otherwise=_("The time for the answer has not run out."))
def the_answer_is_overdue(surveillance: Any, at: datetime) -> bool:
    due = surveillance.answer_due
    return due is not None and not surveillance.is_example and timezone.localdate(at) > due


@condition(otherwise=_("Some answers have not been verified."))
def every_answer_is_verified(surveillance: Any, at: datetime) -> bool:
    return not surveillance.has_unverified


@condition(otherwise=_("A finding was verified by the person who recorded it."))
def somebody_else_has_verified(surveillance: Any, at: datetime) -> bool:
    return not surveillance.is_verified_by_its_recorder


@condition(otherwise=_("Some findings are not mended yet."))
def every_finding_is_mended(surveillance: Any, at: datetime) -> bool:
    return not surveillance.has_unmended


@condition(otherwise=_("Every finding is mended. Close the surveillance."))
def a_finding_is_left(surveillance: Any, at: datetime) -> bool:
    return bool(surveillance.has_unmended)


@condition(otherwise=_("The centre has answered as often as it may. The committee decides next."))
def another_turn_is_left(surveillance: Any, at: datetime) -> bool:
    return bool(surveillance.has_turn_left)


@condition(otherwise=_("The steering committee has not resolved on the certificate."))
def the_committee_has_resolved(surveillance: Any, at: datetime) -> bool:
    return bool(surveillance.is_resolved)


VERIFIED = (every_answer_is_verified, somebody_else_has_verified)

SURVEILLANCE = Procedure(
    name="certification-surveillance",
    title=_("Surveillance of a certified centre"),
    starts_at=SurveillanceStage.PLANNED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="send",
            label=_("Assign who checks"),
            clause="9.2",
            taken_by=Role.SECRETARIAT,
            moves=BEFORE_CHECK,
            to=None,
            provided=(the_certificate_lives,),
        ),
        Step(
            name="declare_free",
            label=_("Declare to be free of conflict"),
            clause="9.3",
            taken_by=Role.ASSESSOR,
            moves=BEFORE_CHECK,
            to=None,
        ),
        Step(
            name="stand_back",
            label=_("Declare a conflict of interest"),
            clause="9.4",
            taken_by=Role.ASSESSOR,
            moves=BEFORE_CHECK,
            to=None,
        ),
        Step(
            name="notify",
            label=_("Announce it to the centre"),
            clause="9.5",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({SurveillanceStage.PLANNED}),
            to=SurveillanceStage.NOTIFIED,
            provided=(the_certificate_lives, somebody_is_assigned, the_assessor_is_free),
        ),
        Step(
            name="check",
            label=_("Record that the centre was checked"),
            clause="9.6",
            taken_by=Role.ASSESSOR,
            moves=frozenset({SurveillanceStage.NOTIFIED}),
            to=SurveillanceStage.CHECKED,
            provided=(the_certificate_lives, the_assessor_is_free),
        ),
        Step(
            name="close_clean",
            label=_("Close without findings"),
            clause="9.7",
            taken_by=Role.ASSESSOR,
            moves=frozenset({SurveillanceStage.CHECKED}),
            to=SurveillanceStage.CLOSED,
            provided=(nothing_was_found,),
        ),
        Step(
            name="hand_over",
            label=_("Hand the findings over to the centre"),
            clause="9.8",
            taken_by=Role.ASSESSOR,
            moves=frozenset({SurveillanceStage.CHECKED}),
            to=SurveillanceStage.AWAITING,
            provided=(the_certificate_lives, findings_are_recorded),
        ),
        Step(
            name="answer",
            label=_("Send the answers"),
            clause="9.9",
            taken_by=CENTRE,
            moves=frozenset({SurveillanceStage.AWAITING}),
            to=SurveillanceStage.ANSWERED,
            provided=(every_finding_is_answered, the_answer_is_in_time),
        ),
        Step(
            name="close",
            label=_("Close the surveillance"),
            clause="9.10",
            taken_by=Role.VERIFIER,
            moves=frozenset({SurveillanceStage.ANSWERED}),
            to=SurveillanceStage.CLOSED,
            provided=(*VERIFIED, every_finding_is_mended),
        ),
        Step(
            name="repeat",
            label=_("Ask the centre once more"),
            clause="9.11",
            taken_by=Role.VERIFIER,
            moves=frozenset({SurveillanceStage.ANSWERED}),
            to=SurveillanceStage.AWAITING,
            provided=(the_certificate_lives, *VERIFIED, a_finding_is_left, another_turn_is_left),
        ),
        Step(
            name="bring_before_committee",
            label=_("Bring it before the steering committee"),
            clause="9.12",
            taken_by=Role.VERIFIER,
            moves=frozenset({SurveillanceStage.ANSWERED}),
            to=SurveillanceStage.ESCALATED,
            provided=(the_certificate_lives, *VERIFIED, a_finding_is_left),
        ),
        Step(
            name="escalate",
            label=_("The time for the answer has run out"),
            clause="9.13",
            taken_by=CLOCK,
            moves=frozenset({SurveillanceStage.AWAITING}),
            to=SurveillanceStage.ESCALATED,
            provided=(the_certificate_lives, the_answer_is_overdue),
        ),
        Step(
            name="settle",
            label=_("The committee has resolved"),
            clause="9.14",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({SurveillanceStage.ESCALATED}),
            to=SurveillanceStage.CLOSED,
            provided=(the_committee_has_resolved,),
        ),
        Step(
            name="call_off",
            label=_("Cancel the surveillance"),
            clause="9.15",
            taken_by=Role.SECRETARIAT,
            moves=BEFORE_CHECK,
            to=SurveillanceStage.CANCELLED,
        ),
        Step(
            name="stop",
            label=_("The certificate has ended"),
            clause="9.16",
            taken_by=CLOCK,
            moves=OPEN,
            to=SurveillanceStage.CANCELLED,
            provided=(the_certificate_has_ended,),
        ),
    ),
)
