"""What deeds of the desk refuse, each with its code; a refusal changes nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.frontdesk.models import ServiceDay, Sitting, Ticket
from saduak.frontdesk.models.tickets import reference_of_a_ticket
from saduak.frontdesk.operations import calling, issuing, moving, presses, serving, sittings
from saduak.frontdesk.operations.refusals import Refused
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.tests.factories import CounterFactory, PriorityClassFactory
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = DeskWorld()
    world.stand()
    return world


@pytest.fixture
def other(world):
    other = DeskWorld(world.now)
    other.stand()
    return other


def codes(deed, *args, **how):
    """The codes with which the deed is refused; the journal stays as it was."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        deed(*args, **how)
    assert Entry.objects.count() == before
    return refused.value.codes


class TestTickets:
    """Giving them out and taking them back."""

    def test_what_a_desk_does_not_give(self, world, other):
        world.registration.is_offered = False
        world.registration.save()

        assert codes(world.issue) == ["service_not_offered"]
        assert codes(world.issue, other.advice) == ["service_not_offered"]
        assert codes(world.issue, world.advice, priority=other.ordinary) == ["class_of_another_desk"]

    def test_limits_of_desk_and_service_are_exact(self, world):
        world.desk.daily_limit = 3
        world.desk.save()
        world.advice.daily_limit = 1
        world.advice.save()
        world.issue(world.advice)

        assert codes(world.issue, world.advice) == ["limit_of_service"]
        world.issue()
        world.issue()
        assert codes(world.issue) == ["limit_of_desk"]
        assert world.issue(world.advice, booked_for=world.now).sequence == 4  # A place that was booked is kept.

    def test_no_ticket_after_somebody_stopped_or_when_the_turn_would_come_too_late(self, world):
        ticket = world.issue()
        ends = world.now + timedelta(days=2)

        assert codes(world.issue, expected_end=ends) == ["would_end_too_late"]
        ServiceDay.objects.filter(day=ticket.day).update(stopped_at=world.now, stop_reason="ไฟฟ้าดับ")
        assert codes(world.issue) == ["stopped"]
        assert world.issue(booked_for=world.now).number == 2

    def test_outside_the_hours(self, world):
        world.desk.hours = [{"days": [1, 2, 3, 4, 5, 6, 7], "opens": "00:00", "closes": "00:01"}]
        world.desk.save()

        assert codes(world.issue, at=world.now + timedelta(minutes=30)) == ["after_hours"]

    def test_strangers_do_not_give_tickets_as_officers(self, world):
        stranger = person_of(Office.CENTRE_OFFICER)

        assert codes(world.issue, channel="officer", by=stranger) == ["wrong_role"]
        assert codes(world.issue, channel="officer") == ["wrong_role"]
        assert world.issue(channel="officer", by=world.officers[0]).history.get().role == "officer"

    def test_devices_of_other_desks_and_those_taken_off_are_turned_away(self, world, other):
        assert codes(world.issue, device=other.kiosk) == ["device_ended"]
        world.kiosk.revoked_at = world.now
        world.kiosk.save()
        assert codes(world.issue, device=world.kiosk) == ["device_ended"]
        assert codes(issuing.reserve_block, world.kiosk, "A", 5) == ["device_ended"]

    def test_a_number_comes_only_from_the_devices_own_block(self, world):
        block = issuing.reserve_block(world.kiosk, "A", 2, world.minute())
        came = world.now

        assert codes(world.issue, device=world.kiosk, number=block.last + 1, came_at=came) == ["number_not_reserved"]
        assert codes(world.issue, number=block.first, came_at=came) == ["number_not_reserved"]
        world.desk.daily_limit = 0
        world.desk.save()
        ticket = world.issue(device=world.kiosk, number=block.first, came_at=came, at=world.now + timedelta(hours=1))
        assert (ticket.number, ticket.came_at, ticket.stage_since) == (block.first, came, came)

    def test_a_reference_is_one_ticket_of_one_centre(self, world, other):
        reference = reference_of_a_ticket()
        ticket = world.issue(reference=reference, device=world.kiosk)

        assert world.issue(reference=reference, device=world.kiosk) == ticket
        assert codes(other.issue, reference=reference, device=other.kiosk) == ["another_centre"]

    def test_a_key_is_one_button_of_one_centre(self, world, other):
        key = uuid4()
        ticket = world.issue(key=key)

        assert world.issue(key=key) == ticket
        assert codes(issuing.cancel, ticket, key=key) == ["another_button"]
        assert codes(presses.earlier, key, "issue", centre_id=other.centre.pk, at=world.now) == ["another_button"]

    def test_a_cancelled_ticket_says_by_whom(self, world):
        key = uuid4()
        by_visitor, by_device, by_head = world.issue(), world.issue(), world.issue()
        issuing.cancel(by_visitor, key=key, at=world.minute())
        assert issuing.cancel(by_visitor, key=key, at=world.minute()).stage == "cancelled"
        issuing.cancel(by_device, device=world.kiosk, at=world.minute())
        issuing.cancel(by_head, by=world.head, at=world.minute())

        roles = [ticket.history.last().role for ticket in (by_visitor, by_device, by_head)]
        assert roles == ["visitor", "device", "officer"]


class TestClocksOfDevices:
    """A device with a wrong clock cannot reorder the queue."""

    def test_only_the_age_of_a_ticket_is_believed(self, world):
        now = world.minute(60)
        kiosk = world.kiosk
        kiosk.clock_offset_ms = 5 * 60 * 60 * 1000  # Five hours ahead.
        kiosk.last_seen_at = now - timedelta(minutes=20)
        kiosk.save()
        shown = now + timedelta(hours=5)

        def came(age):
            ticket = world.issue(device=kiosk, device_time=shown - timedelta(minutes=age), at=now)
            return round((now - ticket.came_at).total_seconds() / 60)

        assert [came(age) for age in (3, 19, 90, -400)] == [3, 19, 20, 0]

    def test_a_clock_that_was_never_measured_is_not_asked(self, world):
        ticket = world.issue(device=world.kiosk, device_time=world.now - timedelta(days=3), at=world.now)

        assert ticket.came_at == world.now


class TestSittings:
    """Sitting down, pausing, leaving."""

    def test_who_may_sit_where(self, world):
        closed = CounterFactory(desk=world.desk, is_active=False)
        stranger = person_of(Office.CENTRE_OFFICER)
        first = world.seated(1)

        assert codes(sittings.sit_down, world.counters[1], by=stranger) == ["wrong_role"]
        assert codes(sittings.sit_down, closed, by=world.officers[1]) == ["counter_not_in_use"]
        assert codes(sittings.sit_down, world.counters[0], by=world.officers[1]) == ["counter_taken"]
        assert codes(sittings.sit_down, world.counters[1], by=world.officers[0]) == ["sits_elsewhere"]
        assert sittings.sit_down(world.counters[0], by=world.officers[0]) == first

    def test_nobody_leaves_a_visitor_behind(self, world):
        ticket, sitting = world.called(), world.seated()

        assert codes(sittings.leave, sitting) == ["has_a_visitor"]
        serving.hold(sitting, ticket, at=world.minute())
        assert codes(sittings.leave, sitting, by=world.officers[1]) == ["wrong_role"]
        left = sittings.leave(sitting, by=world.head, at=world.minute())
        assert sittings.leave(sitting).closed_at == left.closed_at
        for deed in (sittings.resume, sittings.ask_for_help, calling.call_next, serving.undo):
            assert codes(deed, sitting) in (["has_left"], ["nothing_to_undo"])
        assert codes(sittings.pause, sitting, "พัก") == ["has_left"]

    def test_pausing_and_asking_twice_change_nothing_more(self, world):
        sitting = world.seated()
        assert codes(sittings.pause, sitting, "  ") == ["no_reason"]
        assert sittings.resume(sitting).version == 0
        sittings.pause(sitting, "ประชุม", at=world.minute())
        assert codes(calling.call_next, sitting) == ["paused"]
        sittings.resume(sitting, at=world.minute(5))
        for _ in range(2):
            sittings.ask_for_help(sitting, at=world.minute())
        assert codes(sittings.help_came, sitting, by=person_of(Office.CENTRE_OFFICER)) == ["wrong_role"]
        for _ in range(2):
            sittings.help_came(sitting, by=world.head, at=world.minute())

        assert Sitting.objects.get(pk=sitting.pk).version == 4
        assert [slice_.pause_reason for slice_ in sitting.slices.all()] == ["", "ประชุม"]


class TestCallsAndVisits:
    """Calling and serving."""

    def test_a_call_out_of_order_needs_a_reason_and_a_ticket_of_this_centre(self, world, other):
        sitting, ticket = world.seated(), world.issue()
        key = uuid4()

        assert codes(calling.call_out_of_order, sitting, ticket, reason=" ") == ["no_reason"]
        assert codes(calling.call_out_of_order, sitting, other.issue(), reason="ด่วน") == ["another_centre"]
        calling.call_out_of_order(sitting, ticket, reason="ด่วน", key=key, at=world.minute())
        assert calling.call_out_of_order(sitting, ticket, reason="ด่วน", key=key, at=world.minute()) == ticket
        assert codes(calling.call_out_of_order, sitting, world.issue(), reason="ด่วน") == ["has_a_visitor"]

    def test_visitors_of_other_counters_and_centres_are_left_alone(self, world, other):
        ticket, elsewhere = world.called(), other.called()
        second = world.seated(2)

        assert codes(calling.recall, second, ticket) == ["not_at_this_counter"]
        assert codes(calling.no_show, second, ticket) == ["not_at_this_counter"]
        assert codes(serving.start, second, ticket) == ["not_at_this_counter"]
        assert codes(serving.start, second, elsewhere) == ["another_centre"]
        assert codes(serving.resume_held, second, elsewhere) == ["another_centre"]

    @pytest.mark.parametrize(
        ("deed", "typed"),
        [
            pytest.param(calling.recall, {}, id="recall"),
            pytest.param(serving.start, {}, id="start"),
            pytest.param(serving.hold, {}, id="hold"),
            pytest.param(serving.write_note, {"note": "เอกสาร"}, id="note"),
        ],
    )
    def test_pressing_again_does_nothing_more(self, world, deed, typed):
        ticket, sitting, key = world.called(), world.seated(), uuid4()

        for _ in range(2):
            assert deed(sitting, ticket, key=key, at=world.minute(), **typed) == ticket
        assert ticket.history.count() == 3

    def test_the_last_presses_of_a_visit_too(self, world):
        ticket, sitting = world.called(), world.seated()
        for _ in range(2):
            calling.recall(sitting, ticket, at=world.minute())
        key, back = uuid4(), uuid4()
        for _ in range(2):
            calling.no_show(sitting, ticket, key=key, at=world.minute())
        for _ in range(2):
            calling.bring_back(ticket, device=world.kiosk, key=back, at=world.minute())
        world.call_later = world.minute(20)
        ticket = world.call()
        serving.hold(sitting, ticket, at=world.minute())
        for deed, how in ((serving.resume_held, {}), (serving.transfer, {"service": world.payment})):
            key = uuid4()
            for _ in range(2):
                deed(sitting, ticket, key=key, at=world.minute(), **how)
        key = uuid4()
        for _ in range(2):
            serving.undo(sitting, key=key, at=world.minute())
        assert world.fresh(ticket).stage == "called"

    def test_where_nobody_can_be_passed_on_to(self, world, other):
        ticket, sitting = world.serve(), world.seated()
        closed = CounterFactory(desk=world.desk, is_active=False)

        assert codes(serving.transfer, sitting, ticket) == ["no_goal"]
        assert codes(serving.transfer, sitting, ticket, desk=other.desk) == ["no_goal"]
        assert codes(serving.transfer, sitting, ticket, service=other.advice) == ["service_not_offered"]
        assert codes(serving.transfer, sitting, ticket, counter=closed) == ["counter_not_in_use"]
        assert codes(serving.finish, sitting, ticket, outcome="sent_on") == ["no_outcome"]
        other.desk.classes.all().delete()
        assert codes(serving.transfer, sitting, ticket, desk=other.desk, service=other.advice) == ["desk_not_open"]

    def test_whoever_has_no_such_class_there_is_an_ordinary_visitor(self, world, other):
        monk = PriorityClassFactory(desk=world.desk, code="monk", b=3, is_priority=True)
        ticket = world.serve(world.called(priority=monk))

        new = serving.transfer(world.seated(), ticket, desk=other.desk, service=other.advice, at=world.minute())

        assert new.priority == other.ordinary
        assert codes(serving.undo, world.seated()) == ["sent_on"]

    def test_a_ticket_cannot_come_back_too_late(self, world):
        ticket, sitting = world.called(), world.seated()
        for _ in range(2):
            calling.recall(sitting, ticket, at=world.minute())
        calling.no_show(sitting, ticket, at=world.minute())

        assert codes(calling.bring_back, ticket, by=world.head, at=world.now + timedelta(days=1)) == ["another_day"]

    def test_undo_stops_where_somebody_has_gone_on(self, world):
        ticket, first = world.serve(), world.seated(1)
        serving.transfer(first, ticket, service=world.payment, at=world.minute())
        world.call(3)

        assert codes(serving.undo, first) == ["gone_on"]
        assert codes(serving.undo, world.seated(2)) == ["nothing_to_undo"]

    def test_undo_does_not_put_two_visitors_at_one_counter(self, world):
        ticket, first, another = world.serve(), world.seated(1), world.called(2)
        serving.finish(first, ticket, outcome="done", at=world.minute())
        Ticket.objects.filter(pk=another.pk).update(counter=first.counter)

        assert codes(serving.undo, first) == ["has_a_visitor"]

    def test_a_recall_that_is_taken_back_did_not_count(self, world):
        ticket, sitting = world.called(), world.seated()
        serving.write_note(sitting, calling.recall(sitting, ticket, at=world.minute()), "เดินช้า", at=world.minute())

        assert serving.undo(sitting, at=world.minute()).times_called == 1
        assert recount(Ticket.objects.all()).differing == ()

    def test_next_passes_over_somebody_who_leaves_at_that_moment(self, world, monkeypatch):
        leaving, staying = world.issue(), world.issue()
        look = calling.look

        def looked_at(*where, **how):
            seen = look(*where, **how)
            issuing.cancel(leaving, at=world.now)
            return seen

        monkeypatch.setattr(calling, "look", looked_at)

        assert world.call() == staying

    def test_whoever_looked_at_an_older_state_is_told(self, world):
        ticket = world.called()
        serving.start(world.seated(), ticket, at=world.minute())

        with pytest.raises(StepOvertaken):
            serving.hold(world.seated(), ticket, seen=ticket.version, at=world.minute())

    def test_a_ticket_that_changed_unlocked_is_not_written_over(self, world):
        ticket = world.issue()
        moved_meanwhile = moving.lock(ticket)
        issuing.cancel(ticket, at=world.minute())

        with pytest.raises(StepOvertaken):
            moving.move("cancel", moved_meanwhile, by=world.head, roles={"supervisor"}, at=world.minute())
