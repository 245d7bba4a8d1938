"""Applications as lines of a work list (รายการคำขอ)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from saduak.certification.models import Application
from saduak.certification.presenters import clocks, stages


@dataclass(frozen=True)
class Line:
    """One case: where it stands, what is awaited, and by when."""

    application: Application
    stage: object
    tone: str
    awaited: object
    due: date | None
    due_tone: str
    left: str


def lines_of(applications: Iterable[Application], today: date) -> list[Line]:
    """The cases as lines."""
    return [line_of(application, today) for application in applications]


def line_of(application: Application, today: date) -> Line:
    """One case as a line."""
    due = clocks.due_of(application)
    return Line(
        application,
        stages.label_of(application),
        stages.tone_of(application.stage),
        stages.awaited_in(application.stage),
        due,
        clocks.tone_on(due, today) if due else "plain",
        clocks.days_left(due, today) if due else "",
    )
