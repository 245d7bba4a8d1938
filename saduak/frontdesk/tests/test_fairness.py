"""The report of a day: who waited how long, who passed whom, and no call against the order goes unseen."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from saduak.frontdesk.rules.fairness import Called, OfClass, fairness
from saduak.frontdesk.rules.order import ONE_MINUTE, ORDINARY, Caller, Entry
from saduak.frontdesk.rules.reasons import Why
from saduak.frontdesk.simulation import Plan, Post, Work, play_day
from saduak.frontdesk.tests.tickets import ELDERLY, EVERYWHERE, at, ticket


def called(sequence, came, when, priority=ORDINARY, *, caller=EVERYWHERE, out_of_order="", **of_ticket):
    """A call, in minutes after nine."""
    one = ticket(sequence, of_ticket.pop("arrived", came), priority, **of_ticket)
    return Called(one, at(came), at(when), caller, out_of_order)


def keys(passings):
    return [(one.mine.ticket.sequence, one.other.ticket.sequence) for one in passings]


def test_a_day_without_visitors():
    report = fairness([])

    assert (report.visitors, report.classes, report.most, report.most_of_them) == (0, (), 0, 0)
    assert report.share("elderly") == 0


def test_waits_by_class():
    report = fairness([called(1, 0, 20), called(2, 0, 40), called(3, 20, 30, ELDERLY)])

    assert report.classes == (
        OfClass(ELDERLY, 1, 10.0 * ONE_MINUTE, 10 * ONE_MINUTE, 10 * ONE_MINUTE, 3.0),
        OfClass(ORDINARY, 2, 30.0 * ONE_MINUTE, 40 * ONE_MINUTE, 40 * ONE_MINUTE, 1.0),
    )
    assert report.share("elderly") == Fraction(1, 3)


def test_before_the_booked_time_nobody_waits():
    assert called(1, 0, 20, arrived=15, entry=Entry.BOOKED).waited == 5 * ONE_MINUTE
    assert called(1, 0, 10, arrived=15, entry=Entry.BOOKED).waited == 0
    assert fairness([called(1, 0, 0)]).classes[0].sooner is None


def test_who_passed_whom_and_why():
    report = fairness([called(1, 0, 40), called(2, 10, 30, ELDERLY), called(3, 20, 35, ELDERLY), called(4, 1, 41)])

    assert (report.most, report.most_of_them) == (2, 2)
    assert keys(report.passings) == [(1, 2), (1, 3)]
    assert report.passings[0].answer.reasons == (Why.HIGHER_B,)
    assert keys(report.against) == []


def test_nobody_is_passed_at_a_counter_that_could_not_have_called():
    jobs = Caller("1", frozenset({"jobs"}))

    assert fairness([called(1, 0, 40, service="permits"), called(2, 10, 30, caller=jobs)]).most == 0


def test_who_comes_after_the_call_was_not_passed():
    assert fairness([called(1, 31, 40), called(2, 10, 30)]).most == 0


def test_a_call_against_the_order_is_seen():
    report = fairness([called(1, 0, 40), called(2, 10, 30)])

    assert keys(report.against) == [(1, 2)]
    assert report.against[0].answer.reasons == (Why.AGAINST_THE_ORDER,)


def test_a_call_out_of_order_is_told_with_its_reason_and_is_not_against_it():
    report = fairness([called(1, 0, 40), called(2, 10, 30, out_of_order="ลืมเอกสาร")])

    assert [one.out_of_order for one in report.out_of_order] == ["ลืมเอกสาร"]
    assert report.against == ()
    assert report.passings[0].answer.reasons == (Why.OUT_OF_ORDER,)


def test_who_was_held_off_was_not_passed_against_the_order():
    assert fairness([called(1, 0, 40, not_before=35), called(2, 10, 30)]).against == ()


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_a_day_called_by_the_order_has_no_call_against_it(seed):
    works = (Work("A", 0.6, 8), Work("B", 0.4, 12))
    posts = (Post(Caller("1", frozenset("AB"))), Post(Caller("2", frozenset("A"))))
    plan = Plan(works, posts, (12.0, 10.0), classes=((ORDINARY, 0.8), (ELDERLY, 0.2)), booked_per_hour=2)
    visits = play_day(plan, seed)
    skills = {post.caller.key: post.caller for post in posts}

    report = fairness(Called(one.ticket, one.came, one.called, skills[one.counter]) for one in visits)

    assert report.against == ()
    assert report.visitors == len(visits)
    assert all(Why.AGAINST_THE_ORDER not in one.answer.reasons for one in report.passings)
