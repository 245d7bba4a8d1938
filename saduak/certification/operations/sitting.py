"""The one door to what is written down at a meeting, whichever item of its agenda it is about."""

from typing import Any

from saduak.certification import policies
from saduak.certification.models import Meeting
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.meetings import MEETING, MeetingStage
from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.journal.steps import lock
from saduak.procedure.kit import Refusal


def open_meeting(meeting: Meeting, *, by: Any) -> Meeting:
    """The meeting, locked, when it has not ended and the person runs it. Raises StepRefused."""
    locked = lock(meeting)
    if Role.STEERING_SECRETARY not in policies.roles_at(by, locked):
        refuse(MEETING, "convene", Refusal.WRONG_ROLE, WORDINGS[Refusal.WRONG_ROLE])
    if locked.stage not in (MeetingStage.CALLED, MeetingStage.IN_SESSION):
        refuse(MEETING, "convene", Refusal.WRONG_STAGE, WORDINGS[Refusal.WRONG_STAGE])
    return locked
