"""The life of a ticket, exhaustively: what is permitted stands here as sentences, all else is refused. No database."""

from datetime import UTC, datetime
from itertools import product
from types import SimpleNamespace

import pytest

from saduak.frontdesk.procedure import STAFF, TICKET, Role, TicketStage

NOON = datetime(2026, 6, 15, 5, tzinfo=UTC)
PEOPLE = {
    "staff": STAFF,
    "staff, a device or the visitor": STAFF | {Role.DEVICE, Role.VISITOR},
    "the clock": {Role.CLOCK},
}

PERMITTED = """
    cancel: staff, a device or the visitor, from waiting to cancelled
    cancel: staff, a device or the visitor, from on_hold to cancelled
    call: staff, from waiting to called
    call_out_of_order: staff, from waiting to called
    recall: staff, from called to called
    no_show: staff, from called to no_show
    bring_back: staff, a device or the visitor, from no_show to waiting
    start: staff, from called to serving
    hold: staff, from called to on_hold
    hold: staff, from serving to on_hold
    resume_held: staff, from on_hold to called
    transfer: staff, from waiting to waiting
    transfer: staff, from called to waiting
    transfer: staff, from serving to waiting
    transfer: staff, from on_hold to waiting
    send_on: staff, from called to finished
    send_on: staff, from serving to finished
    next_service: staff, from serving to serving
    finish: staff, from serving to finished
    write_note: staff, from called to called
    write_note: staff, from serving to serving
    write_note: staff, from on_hold to on_hold
    undo: staff, from waiting to waiting
    undo: staff, from called to called
    undo: staff, from serving to serving
    undo: staff, from on_hold to on_hold
    undo: staff, from finished to finished
    undo: staff, from no_show to no_show
    undo: staff, from cancelled to cancelled
    lapse: the clock, from waiting to cancelled
    lapse: the clock, from called to cancelled
    lapse: the clock, from on_hold to cancelled
    close: the clock, from serving to finished
"""


def permitted():
    for line in filter(None, map(str.strip, PERMITTED.splitlines())):
        name, rest = line.split(": ")
        who, way = rest.rsplit(", from ", 1)
        came_from, to = way.split(" to ")
        for role in PEOPLE[who]:
            yield name, role, came_from, to


def ticket(stage, *, called=3, of_today=True, demanded=3):
    desk = SimpleNamespace(calls_before_no_show=demanded)
    return SimpleNamespace(
        stage=stage, times_called=called, centre=SimpleNamespace(desk=desk), is_of_the_day_of=lambda at: of_today
    )


def fitting(step, stage, **facts):
    """A ticket of which every condition of the step holds."""
    return ticket(stage, of_today=step.name not in {"lapse", "close"}, **facts)


def test_what_is_permitted_and_nothing_else():
    allowed = {
        (step.name, role, stage.value, (step.to or stage).value)
        for step, role, stage in product(TICKET.steps, Role, TicketStage)
        if TICKET.consider(step.name, fitting(step, stage), roles={role}, at=NOON).allowed
    }

    assert allowed == {(name, role, came_from, to) for name, role, came_from, to in permitted()}


@pytest.mark.parametrize(
    ("step", "stage", "facts", "reason"),
    [
        pytest.param("no_show", "called", {"called": 2}, "called_often_enough", id="called too seldom"),
        pytest.param("call", "waiting", {"of_today": False}, "the_day_goes_on", id="yesterday's ticket is called"),
        pytest.param("bring_back", "no_show", {"of_today": False}, "the_day_goes_on", id="comes back tomorrow"),
        pytest.param("transfer", "serving", {"of_today": False}, "the_day_goes_on", id="passed on tomorrow"),
        pytest.param("undo", "finished", {"of_today": False}, "the_day_goes_on", id="taken back tomorrow"),
    ],
)
def test_conditions_refuse_with_their_reason(step, stage, facts, reason):
    decision = TICKET.consider(step, ticket(stage, **facts), roles=STAFF, at=NOON)

    assert [each.code for each in decision.reasons] == [reason]


@pytest.mark.parametrize("step", ["lapse", "close"])
def test_the_clock_waits_for_the_end_of_the_day(step):
    stage = "waiting" if step == "lapse" else "serving"

    decision = TICKET.consider(step, ticket(stage), roles={Role.CLOCK}, at=NOON)

    assert [each.code for each in decision.reasons] == ["the_day_is_over"]
