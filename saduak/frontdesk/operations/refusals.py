"""How deeds of the front desk are refused beyond the table of steps: with a code, and a sentence for people."""

from collections.abc import Iterable

from saduak.frontdesk.procedure import STAFF, TICKET, TicketStage
from saduak.journal.steps import StepRefused
from saduak.procedure.kit import Decision, Reason, Step

_STEPS = {step.name: step for step in TICKET.steps}


class Refused(StepRefused):
    """A deed is not possible now; nothing was changed. Pages answer 422 with the reasons."""

    def __init__(self, deed: str, *reasons: Reason) -> None:
        step = _STEPS.get(deed) or Step(deed, "1.1", STAFF, frozenset({TicketStage.WAITING}), None)
        super().__init__(Decision(step, reasons))

    @property
    def codes(self) -> list[str]:
        """The codes of the reasons, for devices and tests."""
        return [reason.code for reason in self.decision.reasons]


class IssueRefused(Refused):
    """No ticket is given now; `decision.reasons` say why."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        super().__init__("issue", *reasons)
