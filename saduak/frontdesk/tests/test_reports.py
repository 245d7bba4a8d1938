"""A desk's reports: what they count, that it can be counted again, who reads them, and what is taken away."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Act, Record
from saduak.directory.models import Office
from saduak.directory.tests.factories import person_of
from saduak.frontdesk.estimation.measuring import Outcome
from saduak.frontdesk.models import DayFigures, DaySummary, Slice, Ticket, ToldWait
from saduak.frontdesk.operations import calling, closing, estimating, figures, serving, sittings, supervising
from saduak.frontdesk.queries.figures import (
    accuracies,
    accuracy_of,
    first_calls,
    lines_of,
    lives,
    lives_from_the_journal,
    ready_of,
    together,
    told_outcomes,
)
from saduak.frontdesk.queries.loads import loads
from saduak.frontdesk.rules.fairness import fairness
from saduak.frontdesk.rules.reasons import Why
from saduak.frontdesk.tests.world import DeskWorld
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db

REPORTS = ["show_period_report", "show_day_report", "show_fairness_report", "show_waits_report", "show_load_report"]


class Day(DeskWorld):
    """A day at a desk at which everything has happened once."""

    @remembered
    def passes(self):
        self.finish()
        self.finish(self.serve(number=1), outcome="papers_missing", at=self.minute(8))
        missed = self.called(number=2)
        for _ in range(2):
            calling.recall(self.seated(2), missed, at=self.minute())
        missed = calling.no_show(self.seated(2), self.fresh(missed), at=self.minute())
        calling.bring_back(missed, by=self.officers[1], at=self.minute())
        first, _second, elderly = self.issue(), self.issue(), self.issue(priority=self.elderly)
        self.minute(20)
        assert self.call(1).pk == elderly.pk
        calling.call_out_of_order(self.seated(3), self.issue(), reason="รถเข็น", at=self.minute())
        supervising.move_ticket(first, by=self.head, reason="ผิดงาน", service=self.payment, at=self.minute())
        sittings.pause(self.seated(2), "พัก", at=self.minute())


@pytest.fixture
def world():
    world = Day().stand()
    world.passes()
    return world


@pytest.fixture
def head(world):
    client = Client()
    client.force_login(world.head)
    return client


def day_of(world):
    return timezone.localdate(world.now)


def opened(client, world, name, **query):
    return client.get(reverse(name, args=[world.centre.code]), query)


def said(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_its_page(head, world, name):
    answer = opened(head, world, name)

    assert answer.status_code == 200
    assert world.centre.name in said(answer)


def test_an_officer_does_not_read_them_and_an_auditor_does(world):
    officer, auditor = Client(), Client()
    officer.force_login(world.officers[0])
    auditor.force_login(person_of(Office.AUDITOR))

    assert opened(officer, world, "show_day_report").status_code == 403
    assert opened(auditor, world, "show_day_report").status_code == 200


def test_the_journal_tells_the_same_lives_as_the_slices(world):
    serving.undo(world.seated(1), at=world.minute())

    day = day_of(world)

    assert lives(world.centre.pk, day) == lives_from_the_journal(Ticket.objects.on(world.centre, day))


def test_the_day_counts_people_by_service_and_class(head, world):
    lines = lines_of(world.centre.pk, day_of(world))
    elderly = lines[world.registration.pk, world.elderly.pk]

    assert sum(line.issued for line in lines.values()) == Ticket.objects.count()
    assert elderly.called == 1
    assert lines[world.registration.pk, world.ordinary.pk].missed == 1
    shown = said(opened(head, world, "show_day_report"))
    assert "เอกสารไม่ครบ" in shown
    assert str(world.elderly) in shown


def test_the_journal_is_counted_again_on_the_page(head, world):
    assert "ตรงกับบันทึก" in said(opened(head, world, "show_day_report", check="1"))
    changed = Slice.objects.filter(stage="called").first()
    Slice.objects.filter(pk=changed.pk).update(ended_at=changed.ended_at + timedelta(minutes=5))

    shown = said(opened(head, world, "show_day_report", check="1"))

    assert "ไม่ตรงกับบันทึก" in shown
    assert changed.ticket.shown in shown


def test_exports_are_what_is_shown_and_are_written_down(head, world):
    answer = opened(head, world, "show_day_report", **{"s-export": "csv"})

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("ขึ้นทะเบียนว่างงาน,")
    record = Record.objects.get(act=Act.EXPORTED)
    assert (record.kind, record.reference) == ("desk_report", world.centre.code)
    assert opened(head, world, "show_fairness_report", **{"c-export": "xlsx"}).content[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "table"), [("show_waits_report", "d"), ("show_load_report", "d"), ("show_period_report", "d")]
)
def test_empty_tables_can_be_taken_too(head, world, name, table):
    assert opened(head, world, name, **{f"{table}-export": "csv"}).status_code == 200


def test_a_day_that_makes_no_sense_is_today(head, world):
    for query in ({"day": "32/13/2569"}, {"day": (day_of(world) + timedelta(days=3)).isoformat()}):
        assert opened(head, world, "show_day_report", **query).context["day"] == day_of(world)
    backwards = opened(head, world, "show_period_report", since="2/1/2569", until="1/1/2569")
    assert "ช่วงเวลามาก่อนวันเริ่มต้น" in said(backwards)


def test_who_passed_whom_is_told_with_the_reasons(head, world):
    first = first_calls(world.centre.pk, day_of(world))
    report = fairness(first.calls)

    assert [one.out_of_order for one in report.out_of_order] == ["รถเข็น"]
    assert not report.against
    shown = said(opened(head, world, "show_fairness_report"))
    assert "รถเข็น" in shown
    assert "P11, 1.4, 2.4" in shown


def test_passing_by_the_rule_is_explained(head, world):
    for number in (2, 3):
        sitting = world.seated(number)
        sittings.resume(sitting, at=world.minute())
        while calling.call_next(sitting, at=world.minute()):
            ticket = Ticket.objects.filter(counter=sitting.counter_id, stage="called").get()
            serving.start(sitting, ticket, at=world.minute())
            serving.finish(sitting, world.fresh(ticket), outcome="done", at=world.minute())
        if number == 2:
            held = Ticket.objects.get(counter=world.counters[2], stage="called")
            serving.hold(world.seated(3), held, at=world.minute())
    report = fairness(first_calls(world.centre.pk, day_of(world)).calls)

    reasons = {why for one in report.passings for why in one.answer.reasons}
    assert reasons & {Why.HIGHER_B, Why.OUT_OF_ORDER}
    assert "ถูกแซง" in said(opened(head, world, "show_fairness_report"))


def test_a_day_without_calls_is_fair(head):
    world = DeskWorld().stand()
    client = Client()
    client.force_login(world.head)

    assert "ไม่มีการเรียกคิวในวันนี้" in said(opened(client, world, "show_fairness_report"))


def test_reports_cost_no_more_with_more_people(head, world, django_assert_max_num_queries):
    for _ in range(15):
        world.issue()
    for name, most in [("show_day_report", 22), ("show_fairness_report", 22), ("show_waits_report", 16)]:
        with django_assert_max_num_queries(most):
            opened(head, world, name)


def test_what_was_told_is_held_against_the_truth(head, world):
    told = Ticket.objects.filter(stage="waiting", missed_calls=0, service=world.registration).first()
    ToldWait.objects.create(
        ticket=told, centre=world.centre, day=told.day, told_at=world.now, mean=600_000, slow=900_000
    )
    serving.finish(
        world.seated(1),
        serving.start(world.seated(1), Ticket.objects.get(counter=world.counters[0], stage="called"), at=world.now),
        outcome="done",
        at=world.now,
    )
    while (called := world.call(1, at=world.now + timedelta(minutes=12))) != told:
        serving.hold(world.seated(1), called, at=world.now)

    outcomes = told_outcomes(world.centre.pk, told.day, told.day)

    assert outcomes == {told.day: [Outcome(600_000, 900_000, 720_000)]}
    measured = accuracy_of(world.centre.pk, told.day)
    assert (measured.error, measured.bias, measured.within) == (120_000, -120_000, 1)
    assert "2.0" in said(opened(head, world, "show_waits_report"))
    assert accuracies(world.centre.pk, told.day, told.day) == {told.day: measured}
    figures.keep_day(world.desk, told.day)
    assert accuracies(world.centre.pk, told.day, told.day) == {told.day: measured}, "and from what is kept"
    assert together([measured, measured]).told == 2


def test_counters_that_are_ready_are_counted_until_now(world):
    before = sum(ready_of(world.centre.pk, day_of(world), world.now))
    after = sum(ready_of(world.centre.pk, day_of(world), world.now + timedelta(minutes=10)))

    assert after - before == 2 * 10 * 60_000, "two of three are ready"


def kept(world, weeks=3):
    """The same day some weeks ago, kept as it would have been."""
    day = day_of(world)
    for week in range(1, weeks + 1):
        figures.keep_day(world.desk, day)
        before = day - timedelta(weeks=week)
        DaySummary.objects.filter(day=day).update(day=before)
        DayFigures.objects.filter(day=day).update(day=before)


def test_a_day_is_kept_as_it_is_counted_and_again(world):
    day = day_of(world)
    figures.keep_day(world.desk, day)
    assert figures.agrees(world.desk, day)
    DayFigures.objects.filter(served__gt=0).update(served=99)
    assert not figures.agrees(world.desk, day)

    figures.keep_day(world.desk, day)

    assert figures.agrees(world.desk, day)
    assert DaySummary.objects.get().out_of_order == 1


def test_days_that_are_closed_are_kept_once(head, world):
    tomorrow = world.now + timedelta(days=1)
    closing.close_days(tomorrow)

    assert figures.keep_due(tomorrow) == 1
    assert figures.keep_due(tomorrow) == 0
    shown = said(opened(head, world, "show_period_report"))
    assert str(Ticket.objects.count()) in shown


def test_the_week_ahead_is_expected_from_the_weeks_before(head, world):
    assert loads(world.desk, [day_of(world)], before=day_of(world))[0].slots == ()
    kept(world)

    load = loads(world.desk, [day_of(world)], before=day_of(world))[0]

    assert (load.days, round(load.expected)) == (3, Ticket.objects.count())
    assert "ต้องใช้" in said(opened(head, world, "show_load_report"))
    assert "chart-drawing" in said(opened(head, world, "show_period_report"))


def test_who_usually_comes_is_in_the_estimates(world):
    from saduak.frontdesk.queries.scenes import scene_of

    kept(world)

    scene = scene_of(world.desk, world.now)

    assert {stream.service for stream in scene.streams} >= {str(world.registration.pk)}
    assert 0 < scene.absent < 1
    assert estimating.refresh(world.desk, world.now)
