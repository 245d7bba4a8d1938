"""The employment office of Chiang Mai as it is loaded, and a day there as it is played, with fast clocks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from saduak.directory.tests.factories import ProvinceFactory
from saduak.frontdesk.demonstration import chiangmai
from saduak.frontdesk.demonstration.clocks import Live, Past
from saduak.frontdesk.demonstration.playing import Play
from saduak.frontdesk.models import (
    Appointment,
    Call,
    DaySummary,
    Desk,
    Rating,
    RatingComment,
    Sitting,
    SlotPlan,
    SpecialDay,
    Ticket,
    ToldWait,
)
from saduak.frontdesk.operations import figures
from saduak.frontdesk.presenters.slips import slip_of
from saduak.frontdesk.queries.figures import first_calls
from saduak.frontdesk.queries.recount import recount
from saduak.frontdesk.rules.fairness import fairness
from saduak.frontdesk.simulation import Plan
from saduak.journal.models import Entry
from saduak.people.models import User
from tests.support.remembering import remembered

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 10, 45))
SUNDAY = timezone.make_aware(datetime(2026, 11, 22, 20))

pytestmark = pytest.mark.django_db


class Loaded:
    """The desk as it stands after loading at a moment, with so many weeks behind it."""

    is_untouched = True

    def __init__(self, at, weeks=0):
        self.at, self.weeks = at, weeks
        self.key = (at, weeks)

    @remembered
    def accounts(self):
        ProvinceFactory(code="50", name_th="เชียงใหม่")
        return chiangmai.load(password="mali-champa-kulap-bua", at=self.at, weeks=self.weeks)

    @property
    def desk(self):
        return Desk.objects.with_places().get(is_example=True)


@pytest.fixture
def desk():
    """On a Monday morning, with a week behind it."""
    loaded = Loaded(MONDAY, weeks=1)
    loaded.accounts()
    return loaded.desk


class TestLoading:
    def test_today_has_happened_as_far_as_it_has_come(self, desk):
        today = Ticket.objects.filter(day__gte=MONDAY.date())

        assert today.filter(day=MONDAY.date()).count() == today.count() > 5
        assert today.filter(stage="finished").exists()
        assert not Entry.objects.filter(case_kind="ticket", at__gt=MONDAY).exists()
        assert Sitting.objects.going_on().count() == 5

    def test_on_a_closed_day_the_last_open_one_has_happened_whole(self):
        loaded = Loaded(SUNDAY)
        accounts, desk = loaded.accounts(), loaded.desk

        assert [account.username for account in accounts][:2] == ["employment-head", "employment-1"]
        assert set(Ticket.objects.values_list("day", flat=True)) == {(SUNDAY - timedelta(days=2)).date()}
        assert not Sitting.objects.going_on().exists()
        assert desk.is_open
        assert chiangmai.is_loaded()

    def test_every_visit_is_told_by_the_journal_and_its_slices_tile(self, desk):
        for ticket in Ticket.objects.filter(stage="finished", day=MONDAY.date()):
            spent = sum((one.ended_at - one.began_at for one in ticket.slices.all()), timedelta())
            assert spent == ticket.stage_since - ticket.slices.first().began_at
            assert Entry.objects.of(ticket).count() >= 4

    def test_it_is_marked_as_an_example_wherever_it_shows(self, desk, client):
        code = desk.centre.code

        for name in ("show_queue", "show_rule"):
            assert "ตัวอย่าง" in client.get(reverse(name, args=[code])).content.decode()
        ticket, board = Ticket.objects.last(), desk.boards.get()
        ticket.language = "th"
        assert "บัตรตัวอย่าง" in slip_of(ticket, at=MONDAY).foot[-1]
        for page in (
            reverse("show_ticket", args=[ticket.secret]) + "?in=th",
            reverse("show_board", args=[board.address]),
        ):
            assert "ตัวอย่าง" in client.get(page).content.decode()


class TestWeeksBefore:
    """They were written at once, and tell the same as days that people have worked."""

    @pytest.fixture
    def past(self, desk):
        return Ticket.objects.filter(day__lt=MONDAY.date())

    def test_its_working_days_have_happened(self, desk, past):
        days = [MONDAY.date() - timedelta(days=number) for number in (7, 6, 5, 4, 3)]

        assert sorted(set(past.values_list("day", flat=True))) == days
        assert list(DaySummary.objects.values_list("day", flat=True)) == days
        assert not past.exclude(stage__in=["finished", "no_show"]).exists()
        assert not Sitting.objects.going_on().filter(opened_at__lt=MONDAY - timedelta(days=1)).exists()

    def test_journal_slices_and_figures_agree(self, desk, past):
        counted = recount(past)

        assert (counted.tickets, counted.differing) == (past.count(), ())
        assert all(figures.agrees(desk, day) for day in DaySummary.objects.values_list("day", flat=True))
        assert figures.keep_due(MONDAY) == 0

    def test_entries_are_those_of_people(self, desk, past):
        def told(tickets):
            entries = Entry.objects.filter(case_reference__in=tickets.values("reference"), role="officer")
            steps = entries.filter(step__in=["call", "start", "finish"])
            return {(one.step, one.clause, one.from_stage, one.to_stage, *sorted(one.facts)) for one in steps}

        def born(tickets):
            issued = Entry.objects.filter(case_reference__in=tickets.values("reference"), step="issue")
            return {(one.clause, one.to_stage, *sorted(one.facts)) for one in issued if "entry" not in one.facts}

        lived = Ticket.objects.filter(day=MONDAY.date())
        assert told(past) == told(lived)
        assert born(past) == born(lived)

    def test_nobody_was_called_against_the_order_and_some_came_back(self, desk, past):
        reports = [fairness(first_calls(desk.pk, day).calls) for day in set(past.values_list("day", flat=True))]

        assert sum(report.visitors for report in reports) == past.count()
        assert not any(report.against for report in reports)
        assert past.filter(missed_calls=1, stage="finished").exists()

    def test_waits_were_told_and_visits_rated(self, desk, past):
        assert ToldWait.objects.filter(ticket__in=past).count() > 10
        assert Rating.objects.filter(is_mixed=True).count() > 10
        assert RatingComment.objects.count() == 4

    def test_the_week_ahead_and_the_reports_show_them(self, desk, past, client):
        code = desk.centre.code

        with time_machine.travel(MONDAY, tick=False):
            client.force_login(User.objects.get(username="employment-head"))
            shown = {
                name: client.get(reverse(name, args=[code])).content.decode()
                for name in ("show_load_report", "show_period_report", "show_waits_report", "show_ratings")
            }

        assert [name for name, page in shown.items() if "ตัวอย่าง" not in page] == []
        assert "ต้องใช้" in shown["show_load_report"]
        assert str(past.count()) in shown["show_period_report"]
        assert "chart-drawing" in shown["show_waits_report"]
        assert "(นาที)" in shown["show_period_report"]


class TestPlaying:
    """A quick clock: the wall's, with a sleep that only moves it."""

    @pytest.fixture
    def travelling(self):
        with time_machine.travel(MONDAY + timedelta(days=1), tick=False) as traveller:
            yield traveller

    def play(self, desk, traveller, *, hours=(14,), seed=3, booked=0, **how):
        clock = Live(60, sleep=lambda seconds: traveller.shift(timedelta(seconds=seconds)))
        plan = chiangmai.plan_of(desk)
        short = Plan(works=plan.works, posts=plan.posts, per_hour=hours, classes=plan.classes, absent=0.2)
        short = replace(short, booked_per_hour=booked)
        return Play(desk, short, chiangmai.officers_of(desk), clock, seed=seed, **how)

    def test_a_whole_day_leaves_nobody_behind(self, desk, travelling):
        lines = []
        game = self.play(desk, travelling, say=lines.append)

        told = game.day()
        game.stop()

        today = Ticket.objects.filter(day=travelling_day())
        assert told.came == today.count() > 5
        assert not today.filter(stage__in=["waiting", "called", "serving", "on_hold"]).exists()
        assert told.finished == today.filter(stage="finished").count()
        assert told.absent > 0
        assert any("→" in line for line in lines)
        assert not Sitting.objects.going_on().filter(opened_at__date=travelling_day()).exists()
        assert Call.objects.filter(day=travelling_day()).count() >= told.called

    def test_who_has_booked_checks_in_with_the_appointment(self, desk, travelling):
        game = self.play(desk, travelling, hours=(2, 2), booked=4)
        game.day()

        today = Appointment.objects.filter(day=travelling_day())
        assert {one.stage for one in today} <= {"checked_in", "missed"}
        assert all(timezone.localdate(one.booked_at) == MONDAY.date() for one in today)
        kept = today.filter(stage="checked_in")
        assert kept.exists()
        booked = Ticket.objects.filter(day=travelling_day(), booked_for__isnull=False)
        assert {ticket.pk for ticket in booked} == {one.ticket_id for one in kept}
        assert set(booked.values_list("channel", flat=True)) == {"appointment"}

    def test_where_no_time_is_left_they_come_without(self, desk, travelling):
        SlotPlan.objects.update(places=1)
        game = self.play(desk, travelling, hours=(0, 0), booked=9)
        told = game.day()

        assert Appointment.objects.filter(day=travelling_day()).count() < 18 == told.came

    def test_what_people_press_meanwhile_is_welcome(self, desk, travelling):
        from saduak.frontdesk.operations import issuing

        game = self.play(desk, travelling, hours=(4,))
        stranger = []

        def say(_line):
            if not stranger:
                service = next(iter(game.services.values()))
                stranger.append(issuing.issue(desk.centre, service, priority=game.classes["general"], channel="web"))

        game.say = say
        game.day()

        assert Ticket.objects.get(pk=stranger[0].pk).stage == "finished"

    def test_who_is_at_a_counter_already_is_served_to_the_end(self, desk):
        at_counters = list(Ticket.objects.filter(stage__in=["called", "serving"]))

        with time_machine.travel(MONDAY, tick=False) as traveller:
            self.play(desk, traveller, hours=(0,)).day()

        assert at_counters
        assert not Ticket.objects.filter(pk__in=[one.pk for one in at_counters]).exclude(stage="finished").exists()

    def test_stopping_lets_the_officers_finish_and_leave(self, desk, travelling):
        game = self.play(desk, travelling, hours=(30,))
        game.say = stops_after(8)

        with pytest.raises(KeyboardInterrupt):
            game.day()
        game.stop()

        today = Ticket.objects.filter(day=travelling_day())
        assert not today.filter(stage__in=["called", "serving"]).exists()
        assert not Sitting.objects.going_on().filter(opened_at__date=travelling_day()).exists()
        assert game.agenda == []


def travelling_day():
    return (MONDAY + timedelta(days=1)).date()


def stops_after(lines):
    said = []

    def say(line):
        said.append(line)
        if len(said) == lines:
            raise KeyboardInterrupt

    return say


class TestTheCommand:
    def test_there_must_be_something_to_play(self):
        with pytest.raises(CommandError, match="not loaded"):
            call_command("demo", play=True)
        with pytest.raises(CommandError, match="above zero"):
            call_command("demo", play=True, speed=0)

    def test_at_night_the_desk_is_opened_for_the_play_and_ctrl_c_ends_it(self, desk, monkeypatch, capsys):
        monkeypatch.setattr(Play, "day", stops_after(1))

        with time_machine.travel(MONDAY + timedelta(hours=10), tick=False):
            call_command("demo", play=True, speed=100)
            call_command("demo", play=True, speed=100)

        assert SpecialDay.objects.get().reason == "เปิดเพื่อสาธิต"
        assert "0 came" in capsys.readouterr().out

    def test_a_desk_that_was_closed_opens_again_for_the_play(self, desk, monkeypatch):
        from saduak.frontdesk.operations import setting_up

        setting_up.close_desk(desk, by=None, reason="ทดสอบ")
        monkeypatch.setattr(Play, "day", lambda game: game.told)

        with time_machine.travel(MONDAY, tick=False):
            chiangmai.play(speed=100)

        desk.refresh_from_db()
        assert desk.is_open


class TestClocks:
    def test_the_past_ends_where_it_is_told(self):
        clock = Past(MONDAY, MONDAY + timedelta(minutes=1))

        assert [clock.wait_until(ms) for ms in (0, 60_000, 60_001)] == [True, True, False]
        assert clock.at(60_000) == MONDAY + timedelta(minutes=1)
        assert clock.ms_at(MONDAY + timedelta(minutes=1)) == 60_000

    def test_the_wall_clock_sleeps_as_long_as_the_speed_says(self):
        slept = []
        clock = Live(60, now=lambda: MONDAY, sleep=slept.append)

        assert clock.wait_until(0)
        assert clock.wait_until(120_000)
        assert slept == [2.0]
        assert clock.ms_at(MONDAY + timedelta(seconds=2)) == 120_000
