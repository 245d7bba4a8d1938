"""How tickets, calls and the floor are told to devices: plain facts, no secrets, nobody's name."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema


class NamesTold(Schema):
    """A name in the languages of visitors; where one is not translated, in English, else in Thai."""

    th: str
    en: str
    my: str
    zh: str


class DeviceTold(Schema):
    """The device that asks, and where the stream of its desk is."""

    name: str
    kind: str
    centre: str = Field(..., description="The centre's code.")
    counter: str = Field(..., description="The counter's name; empty when it belongs to none.")
    scopes: list[str]
    stream: str = Field(..., description="Server-sent events that say when something happened; read the rest here.")
    now: datetime


class ServiceTold(Schema):
    """A service that tickets are taken for."""

    id: int
    name: NamesTold
    group: int
    prefix: str
    expected_minutes: int


class ClassTold(Schema):
    """A class of visitors; a minute of waiting counts `b` times."""

    code: str
    name: NamesTold
    b: float
    is_priority: bool


class OffersTold(Schema):
    """What a ticket can be taken for, and as whom."""

    services: list[ServiceTold]
    classes: list[ClassTold]


class DeskTicketTold(Schema):
    """A ticket as every device of the desk may know it; `counter` is that of the last call."""

    reference: str
    number: str
    service: int
    priority: str
    stage: str
    stage_since: datetime
    version: int
    counter: str
    times_called: int


class DeskTicketState(DeskTicketTold):
    """A ticket with its place in line: how many would be called before it; null when it does not wait."""

    ahead: int | None


class TicketTaken(DeskTicketTold):
    """A new ticket, with what only its visitor may get: the address of its page."""

    address: str


class TicketAsked(Schema):
    """A ticket that somebody wants. The same `reference` gets the same ticket."""

    service: int = Field(..., ge=1, le=2**63 - 1)
    priority: str = Field("", max_length=30, description="A class's code; empty: as those who say nothing.")
    language: str = Field("th", pattern="^(th|en|my|zh)$")
    reference: UUID | None = None
    device_time: datetime | None = Field(None, description="When it was taken, by the device's own clock.")


class TicketNamed(Schema):
    """A ticket that a counter's button is about."""

    ticket: str = Field(..., max_length=60, description="Its reference.")
    seen: int | None = Field(None, ge=0, le=2**31 - 1, description="The version that the device showed.")


class TicketFinished(TicketNamed):
    """The visit is over."""

    outcome: str = Field("done", max_length=30)


class TicketPassedOn(TicketNamed):
    """The visitor goes on to another service or counter of the desk."""

    service: int | None = Field(None, ge=1, le=2**63 - 1)
    counter: int | None = Field(None, ge=1, le=2**63 - 1)
    reason: str = Field("", max_length=300)


class CalledTold(Schema):
    """Who was called; null when nobody waits whom this counter could serve."""

    ticket: DeskTicketTold | None


class CallTold(Schema):
    """A call, as boards show and speak it."""

    id: int
    number: str
    counter: str
    zone: str
    kind: str
    called_at: datetime
    is_undone: bool


class CallsTold(Schema):
    """Calls of today, the oldest first, and the version of the day that they belong to."""

    version: int
    calls: list[CallTold]


class InLineTold(DeskTicketTold):
    """A waiting ticket: its place in the line of its group from 1, its score, and whole minutes waited."""

    group: int
    place: int
    score: float
    waited: int


class AtCounterTold(Schema):
    """A counter that is open, and who is at it."""

    counter: str
    is_paused: bool
    needs_help: bool
    ticket: DeskTicketTold | None


class FloorTold(Schema):
    """The desk now."""

    version: int
    at: datetime
    waiting: list[InLineTold]
    held: list[DeskTicketTold]
    counters: list[AtCounterTold]


class CheckInAsked(Schema):
    """Somebody with an appointment has come."""

    priority: str = Field("", max_length=30)


class CheckedInTold(TicketTaken):
    """The ticket of somebody who has come; who came too late has a normal one."""

    is_late: bool
