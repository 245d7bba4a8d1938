"""Steps as machines are told of them, and what a step asks: the version that was read, a reason (ขั้นตอน)."""

from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Schema

from saduak.journal.models import Case
from saduak.procedure.kit import Procedure

LARGEST = 2**31 - 1


class SeenAsked(Schema):
    """The version of the case that the asker has read; whoever has read an older one changes nothing."""

    seen: int = Field(..., ge=0, le=LARGEST, description="The member `version` of the case as it was read.")


class ReasonAsked(SeenAsked):
    """A step with its reason, which the others read."""

    reason: str = Field(..., min_length=1, max_length=4000)


class NoteAsked(SeenAsked):
    """A step with a note that the centre will read."""

    note: str = Field("", max_length=4000)


Reference = Annotated[str, Field(min_length=1, max_length=60)]
"""The reference of a case or a body."""

PersonKey = Annotated[int, Field(ge=1, le=LARGEST)]
"""A person, by the id under which people are told."""


class StepTold(Schema):
    """A step that belongs to the person at this stage: open, or shut for the reasons that are named."""

    name: str
    label: str
    clause: str
    is_open: bool
    reasons: list[str]


def steps_of(procedure: Procedure[Any], case: Case, roles: Any) -> list[dict[str, Any]]:
    """The steps that belong to these roles at this stage, in the order of the regulation."""
    return [
        {
            "name": decision.step.name,
            "label": str(decision.step.label),
            "clause": decision.step.clause,
            "is_open": decision.allowed,
            "reasons": [str(reason) for reason in decision.reasons],
        }
        for decision in procedure.decisions(case, roles=roles, at=timezone.now())
    ]
