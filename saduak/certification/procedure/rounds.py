"""A certification round from its preparation to its close (รอบการรับรอง)."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import Procedure, Step, condition


class RoundStage(TextChoices):
    """Stages of a round."""

    PREPARED = "prepared", _("In preparation")
    OPEN = "open", _("Running")
    CLOSED = "closed", _("Closed")


@condition(otherwise=_("The criteria are still a draft. Publish them first."))
def criteria_are_published(round_: Any, at: datetime) -> bool:
    return bool(round_.criteria.is_published)


@condition(otherwise=_("No sub-committee takes part in the round yet. Name at least one."))
def a_sub_committee_takes_part(round_: Any, at: datetime) -> bool:
    return bool(round_.has_panels)


@condition(otherwise=_("Some applications have no outcome yet."))
def every_application_has_an_outcome(round_: Any, at: datetime) -> bool:
    return not round_.has_undecided_applications


@condition(otherwise=_("Some requests to reconsider have no answer yet."))
def every_request_is_answered(round_: Any, at: datetime) -> bool:
    return not round_.has_open_requests


ROUND = Procedure(
    name="certification-round",
    title=_("Certification round"),
    starts_at=RoundStage.PREPARED,
    wordings=WORDINGS,
    steps=(
        Step(
            name="open",
            label=_("Open the round"),
            clause="1.1",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({RoundStage.PREPARED}),
            to=RoundStage.OPEN,
            provided=(criteria_are_published, a_sub_committee_takes_part),
        ),
        Step(
            name="change_terms",
            label=_("Change title, criteria and terms"),
            clause="1.0",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({RoundStage.PREPARED}),
            to=None,
        ),
        Step(
            name="change_calendar",
            label=_("Change the calendar"),
            clause="1.2",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({RoundStage.PREPARED, RoundStage.OPEN}),
            to=None,
        ),
        Step(
            name="close",
            label=_("Close the round"),
            clause="1.3",
            taken_by=Role.SECRETARIAT,
            moves=frozenset({RoundStage.OPEN}),
            to=RoundStage.CLOSED,
            provided=(every_application_has_an_outcome, every_request_is_answered),
        ),
    ),
)
