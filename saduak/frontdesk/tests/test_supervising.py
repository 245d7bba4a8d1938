"""The supervisor's floor: what it shows, to whom, what it costs, and what can be done there."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.frontdesk.models import DayFigures, DaySummary, DeskWaits, ServiceDay, Sitting, WantedCounter
from saduak.frontdesk.operations import closing, estimating, figures, sittings, supervising
from saduak.frontdesk.operations.refusals import IssueRefused, Refused
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A desk whose last deeds were just now, so that its pages show them; the clock stands still."""
    with time_machine.travel(timezone.localtime().replace(hour=11, minute=0, second=0, microsecond=0), tick=False):
        yield DeskWorld(timezone.now() - timedelta(minutes=1)).stand()


@pytest.fixture
def head(world):
    client = Client()
    client.force_login(world.head)
    return client


def today():
    return timezone.localdate()


def page(client, world):
    return client.get(reverse("show_floor", args=[world.centre.code])).content.decode()


def does(client, world, deed, **typed):
    return client.post(reverse("do_on_the_floor", args=[world.centre.code, deed]), typed, follow=True)


def said(answer):
    return answer.content.decode()


def test_it_shows_who_waits_and_who_serves(world, head):
    world.serve(number=1, ticket=world.called(1))
    sittings.pause(world.seated(2), "พักกลางวัน")
    world.issue(priority=world.elderly)

    shown = page(head, world)

    assert "A001" in shown
    assert "A002" in shown
    assert "พักกลางวัน" in shown
    assert world.elderly.name in shown
    assert "ขอให้เปิด" in shown


def test_who_waits_too_long_is_marked(world, head):
    world.desk.alarm_minutes = 10
    world.desk.save(update_fields=["alarm_minutes"])
    world.issue(at=world.now - timedelta(minutes=15))

    assert "data-alarm" in page(head, world)


def test_an_officer_looks_on_without_buttons(world):
    client = Client()
    client.force_login(world.officers[0])
    world.seated(1)

    shown = page(client, world)

    assert 'name="counter"' not in shown
    assert does(client, world, "want", counter=world.counters[1].pk).status_code == 403


def test_unchanged_it_answers_304_and_costs_little(world, head, django_assert_max_num_queries):
    for _ in range(3):
        world.issue()
    address = reverse("floor_state", args=[world.centre.code])
    first = head.get(address)

    with django_assert_max_num_queries(12):
        again = head.get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert head.get(address, {"since": first.json()["version"]}).status_code == 304
    world.issue(at=timezone.now())
    assert head.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_more_people_cost_no_more_questions(world, head):
    def questions():
        page(head, world)
        with CaptureQueriesContext(connection) as asked:
            page(head, world)
        return len(asked)

    world.issue()
    world.serve(number=1)
    few = questions()
    for _ in range(10):
        world.issue()
    world.serve(number=2)

    assert questions() == few


def test_a_counter_is_asked_for_and_opened(world, head):
    assert "ขอให้เปิดช่อง" in said(does(head, world, "want", counter=world.counters[1].pk))
    does(head, world, "want", counter=world.counters[1].pk)
    wanted = WantedCounter.objects.get()

    world.sit(2)

    wanted.refresh_from_db()
    assert wanted.was_opened
    assert wanted.ended_at
    assert Entry.objects.filter(case_kind="wanted_counter", step="want_open").count() == 1


def test_a_request_is_taken_back_or_ends_with_the_day(world, head):
    first, second = (supervising.want_open(counter, by=world.head) for counter in world.counters[:2])
    does(head, world, "want-no-more", wanted=first.pk)
    does(head, world, "want-no-more", wanted=first.pk)
    closing.close_days(timezone.now() + timedelta(days=1))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.was_opened, second.was_opened) == (False, False)
    assert None not in (first.ended_at, second.ended_at)


def test_a_paused_counter_is_asked_for_and_resumed(world):
    sitting = world.seated(1)
    with pytest.raises(Refused, match="เปิดอยู่แล้ว"):
        supervising.want_open(world.counters[0], by=world.head)
    sittings.pause(sitting, "พัก")
    wanted = supervising.want_open(world.counters[0], by=world.head)

    sittings.resume(sitting)

    wanted.refresh_from_db()
    assert wanted.was_opened


def test_a_counter_out_of_use_is_not_asked_for(world):
    world.counters[0].is_active = False
    world.counters[0].save()

    with pytest.raises(Refused) as refused:
        supervising.want_open(world.counters[0], by=world.head)

    assert refused.value.codes == ["counter_not_in_use"]


def test_tickets_are_stopped_with_a_reason_and_given_again(world, head):
    refused = does(head, world, "stop", reason=" ")
    assert refused.status_code == 422
    assert "ไม่ได้ดำเนินการ" in said(refused) or "เหตุ" in said(refused)
    does(head, world, "stop", reason="ระบบขัดข้อง")
    does(head, world, "stop", reason="อีกครั้ง")

    with pytest.raises(IssueRefused):
        world.issue(at=timezone.now())
    assert ServiceDay.objects.get().stop_reason == "ระบบขัดข้อง"
    assert "ระบบขัดข้อง" in page(head, world)

    does(head, world, "go-on")
    does(head, world, "go-on")
    assert world.issue(at=timezone.now())
    steps = Entry.objects.filter(case_kind="desk", step__startswith="tickets_").values_list("step", flat=True)
    assert list(steps) == ["tickets_stopped", "tickets_again"]


def test_help_comes_and_a_forgotten_counter_is_closed(world, head):
    sitting = sittings.ask_for_help(world.seated(1))
    assert "ขอให้ท่านไปช่วย" in page(head, world)

    does(head, world, "help-came", sitting=sitting.pk)
    does(head, world, "end-sitting", sitting=sitting.pk)

    sitting.refresh_from_db()
    assert sitting.needs_help_since is None
    assert sitting.closed_at
    assert not Sitting.objects.going_on().exists()


def test_a_waiting_ticket_is_moved_and_keeps_its_arrival(world, head):
    ticket = world.issue()
    key = str(uuid4())
    typed = {"number": "a1", "service": world.payment.pk, "counter": "", "reason": "เลือกงานผิด", "key": key}

    assert does(head, world, "move", **typed).status_code == 200
    does(head, world, "move", **typed)

    moved = world.fresh(ticket)
    assert (moved.service, moved.group, moved.arrived_at) == (world.payment, world.groups[1], ticket.arrived_at)
    assert moved.version == ticket.version + 1
    assert moved.history.last().note == "เลือกงานผิด"


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        pytest.param({"reason": ""}, ["no_reason"], id="without a reason"),
        pytest.param({"service": None}, ["no_goal"], id="to nowhere"),
    ],
)
def test_a_ticket_is_not_moved(world, typed, codes):
    with pytest.raises(Refused) as refused:
        supervising.move_ticket(world.issue(), by=world.head, **{"reason": "ผิด", "service": world.payment, **typed})
    assert refused.value.codes == codes


def test_nor_one_that_does_not_wait_nor_elsewhere_nor_by_an_officer(world):
    other = DeskWorld().stand()
    served = world.serve()
    goal = {"service": other.payment, "counter": other.counters[0], "reason": "ผิด"}

    with pytest.raises(Refused) as refused:
        supervising.move_ticket(served, by=world.head, **goal)
    assert refused.value.codes == ["does_not_wait", "service_not_offered", "counter_not_in_use"]
    with pytest.raises(Refused) as refused:
        supervising.move_ticket(world.issue(), by=world.officers[0], reason="ผิด", counter=world.counters[1])
    assert refused.value.codes == ["wrong_role"]
    assert supervising.move_ticket(world.issue(), by=world.head, reason="ผิด", counter=world.counters[1]).asks_for


def test_what_makes_no_sense_is_answered_so(world, head):
    assert does(head, world, "dance").status_code == 404
    assert does(head, world, "want").status_code == 404
    assert does(head, world, "want", counter="999999").status_code == 422
    assert does(head, world, "move", number="A999", reason="ผิด", service=world.payment.pk).status_code == 422


def busy(world):
    """Many wait at one open counter that has measured its visits."""
    world.now -= timedelta(hours=2)
    for _ in range(4):
        world.finish(world.serve(number=1), at=world.minute(9))
    for _ in range(20):
        world.issue(at=world.now)
    world.now = timezone.now()
    world.desk.alarm_minutes = 30
    world.desk.save(update_fields=["alarm_minutes"])


def test_it_advises_to_open_a_counter_with_numbers(world, head):
    busy(world)

    shown = page(head, world)

    advice = DeskWaits.objects.get().advice
    assert advice["action"] == "open"
    assert advice["then"]["mean"] < advice["now"]["mean"]
    assert "ควรเปิดช่อง" in shown
    assert "ขอให้เจ้าหน้าที่เปิด" in shown


def test_advice_holds_for_half_a_minute(world):
    world.issue()
    estimating.refresh(world.desk, world.now)
    estimating.advise(world.desk, world.now)
    estimating.advise(world.desk, world.now + timedelta(seconds=10))
    assert DeskWaits.objects.get().advised_at == world.now

    estimating.advise(world.desk, world.now + timedelta(seconds=31))
    assert DeskWaits.objects.get().advised_at == world.now + timedelta(seconds=31)


@pytest.fixture
def quiet(world):
    """Three officers sit in an empty hall, and it is known from a week ago that hardly anybody comes at that time."""
    for number in (1, 2, 3):
        world.finish(world.serve(number=number), number=number, at=world.minute(2))
    figures.keep_day(world.desk, today())
    for kept in (DaySummary, DayFigures):
        kept.objects.update(day=today() - timedelta(weeks=1))
    DayFigures.objects.update(arrivals=[0] * 16 + [1] + [0] * 31)
    world.now = timezone.now()
    return world


def test_a_quiet_desk_could_close_a_counter(quiet, head):
    assert "ปิดได้" in page(head, quiet)


def test_what_nobody_knows_about_closes_nothing(quiet, head):
    DaySummary.objects.all().delete()
    DayFigures.objects.all().delete()

    shown = page(head, quiet)

    assert "ปิดได้" not in shown
    assert "จำเป็นทุกช่อง" in shown


def test_counters_that_somebody_may_need_stay(quiet, head):
    for counter in quiet.counters:
        counter.skills.remove(quiet.payment)
    quiet.counters[0].skills.add(quiet.payment)
    sittings.leave(quiet.seated(2))

    assert "ช่อง 3 ปิดได้" in page(head, quiet)
    sittings.leave(quiet.seated(3))
    DeskWaits.objects.update(advised_at=None)
    assert "จำเป็นทุกช่อง" in page(head, quiet)


def test_once_nobody_more_comes_the_day_is_over(quiet, head):
    supervising.stop_tickets(quiet.desk, "ไฟฟ้าดับ", by=quiet.head)

    assert "วันนี้ไม่มีผู้มารับบริการเพิ่มแล้ว" in page(head, quiet)


def test_as_long_as_a_limit_leaves_a_ticket_it_is_not(quiet, head):
    quiet.desk.daily_limit = 4
    quiet.desk.save(update_fields=["daily_limit"])
    assert "วันนี้ไม่มีผู้มารับบริการเพิ่มแล้ว" not in page(head, quiet)

    quiet.finish(quiet.serve(at=timezone.now()), at=timezone.now())
    DeskWaits.objects.update(advised_at=None)

    assert "วันนี้ไม่มีผู้มารับบริการเพิ่มแล้ว" in page(head, quiet)
