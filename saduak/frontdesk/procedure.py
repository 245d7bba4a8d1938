"""The life of a ticket as a table (ขั้นตอนของบัตรคิว)."""

from enum import StrEnum


class TicketStage(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


AT_A_COUNTER = frozenset({TicketStage.CALLED, TicketStage.SERVING})
"""A counter has at most one ticket in these stages."""

ENDED = frozenset({TicketStage.FINISHED, TicketStage.NO_SHOW, TicketStage.CANCELLED})
