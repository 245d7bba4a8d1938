"""Procedures as tables of steps, in plain Python (ขั้นตอนการปฏิบัติงาน)."""

from saduak.procedure.kit import (
    CLOCK,
    Condition,
    Decision,
    Procedure,
    Reason,
    Refusal,
    Step,
    condition,
)

__all__ = ["CLOCK", "Condition", "Decision", "Procedure", "Reason", "Refusal", "Step", "condition"]
