"""Why somebody was called before me: the real reasons, and a call that nothing explains is not explained away."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from saduak.frontdesk.rules.order import Caller, Entry, next_of
from saduak.frontdesk.rules.reasons import Facts, Why, why_before
from saduak.frontdesk.tests.tickets import CREDITED, ELDERLY, EVERYWHERE, at, moments, queues, ticket


@pytest.mark.parametrize(
    ("mine", "other", "reasons"),
    [
        pytest.param(ticket(2, 5), ticket(1, 0), [Why.WAITED_LONGER], id="came earlier"),
        pytest.param(ticket(1, 0), ticket(2, 19, ELDERLY), [Why.HIGHER_B], id="a priority class"),
        pytest.param(ticket(1, 5), ticket(2, 0, ELDERLY), [Why.WAITED_LONGER, Why.HIGHER_B], id="both"),
        pytest.param(ticket(1, 11), ticket(2, 30, CREDITED), [Why.CREDIT], id="a credit, at the very beginning"),
        pytest.param(ticket(1, 0), ticket(2, 20, CREDITED), [Why.HIGHER_B, Why.CREDIT], id="a greater b and a credit"),
        pytest.param(
            ticket(1, 5), ticket(2, 0, entry=Entry.BOOKED), [Why.WAITED_LONGER, Why.BOOKED], id="an appointment"
        ),
        pytest.param(
            ticket(1, 5, entry=Entry.LATE), ticket(2, 0), [Why.WAITED_LONGER, Why.MY_LATENESS], id="I came too late"
        ),
        pytest.param(
            ticket(1, 5), ticket(2, 0, transferred=True), [Why.WAITED_LONGER, Why.TRANSFERRED], id="transferred"
        ),
        pytest.param(ticket(1, 5), ticket(2, 0, returned=True), [Why.WAITED_LONGER, Why.RETURNED], id="came back"),
        pytest.param(ticket(2, 0), ticket(1, 0), [Why.EARLIER_TICKET], id="the same score"),
        pytest.param(ticket(1, 0), ticket(2, 5), [Why.AGAINST_THE_ORDER], id="mine should have been called"),
        pytest.param(ticket(2, 0, not_before=31), ticket(1, 5), [Why.MY_HOLD_OFF], id="I was held off"),
        pytest.param(ticket(2, 40, entry=Entry.BOOKED), ticket(1, 5), [Why.MY_TIME_TO_COME], id="not my time yet"),
        pytest.param(ticket(1, 0, service="permits"), ticket(2, 5), [Why.OTHER_SERVICE], id="another service"),
        pytest.param(ticket(1, 0, counter="9"), ticket(2, 5), [Why.OTHER_COUNTER], id="sent to another counter"),
    ],
)
def test_the_reasons_at_half_past_nine(mine, other, reasons):
    answer = why_before(mine, other, at(30), caller=Caller("1", frozenset({"jobs"})))

    assert answer.reasons == tuple(reasons)


def test_the_numbers_are_those_of_the_call():
    answer = why_before(ticket(1, 0), ticket(2, 20, CREDITED), at(30))

    assert answer.mine == Facts(at(0), Decimal("30.0"), Decimal(1), 0, Decimal("30.0"))
    assert answer.other == Facts(at(20), Decimal("10.0"), Decimal("1.5"), 20, Decimal("35.0"))


def test_a_call_out_of_order_tells_the_officers_reason_alone():
    answer = why_before(ticket(1, 0), ticket(2, 5), at(30), out_of_order="ลืมเอกสาร กลับมายื่น")

    assert (answer.reasons, answer.note) == ((Why.OUT_OF_ORDER,), "ลืมเอกสาร กลับมายื่น")


def test_who_was_not_there_yet_is_told_so_even_with_an_earlier_booking():
    mine = ticket(1, 10, entry=Entry.BOOKED)

    assert why_before(mine, ticket(2, 20), at(30), came=at(31)).reasons == (Why.NOT_YET_HERE,)
    assert why_before(ticket(1, 31), ticket(2, 20), at(30)).reasons == (Why.NOT_YET_HERE,)


@given(queues(), moments)
def test_whenever_the_order_was_kept_there_is_a_reason(waiting, now):
    called = next_of(waiting, now, EVERYWHERE)
    for mine in waiting:
        if called and mine != called:
            reasons = why_before(mine, called, now, caller=EVERYWHERE).reasons
            assert reasons
            assert Why.AGAINST_THE_ORDER not in reasons


@given(queues(), moments)
def test_whenever_it_was_not_no_reason_is_made_up(waiting, now):
    ready = [replace(one, not_before=0, counter="") for one in waiting if one.arrived <= now]
    first = next_of(ready, now, EVERYWHERE)
    for other in ready:
        if other != first:
            assert why_before(first, other, now, caller=EVERYWHERE).reasons == (Why.AGAINST_THE_ORDER,)
