"""The pages that set a desk up: they keep what was typed, tell who was faster, and need no JavaScript."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from saduak.catalogue.models import QueueGroup, Service
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, HolidayFactory, person_of
from saduak.frontdesk.models import Desk, Ticket
from saduak.frontdesk.operations import furnishing, setting_up
from saduak.frontdesk.tests.factories import DeskFactory
from saduak.frontdesk.tests.world import DeskWorld

pytestmark = pytest.mark.django_db

MONDAY_MORNING = "2026-11-23T03:00:00Z"


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def world():
    return DeskWorld().stand()


@pytest.fixture
def head(client, world):
    client.force_login(world.head)
    return client


def at(world, name, **also):
    return reverse(name, kwargs={"code": world.centre.code, **also})


def said(response):
    return response.content.decode()


class TestOverview:
    def test_it_shows_what_there_is_and_what_is_missing(self, head, world):
        world.desk.counters.update(is_active=False)

        shown = said(head.get(at(world, "show_desk_settings")))

        assert "3 งาน" in shown
        assert "จุดบริการเปิดออกบัตรคิวอยู่" in shown

    def test_a_desk_with_something_missing_stays_closed(self, head, world):
        world.desk.counters.update(is_active=False)
        setting_up.close_desk(world.desk, by=world.head, reason="ปรับปรุง")

        answer = head.post(at(world, "open_desk"), {"seen": "1"})

        assert answer.status_code == 422
        assert "ยังไม่มีช่องบริการ" in said(answer)

    def test_a_desk_closes_with_a_reason_and_opens_again(self, head, world):
        assert head.post(at(world, "close_desk"), {"seen": "0", "reason": "ย้าย"}).status_code == 302
        assert "หยุดออกบัตรคิว" in said(head.get(at(world, "show_desk_settings")))

        head.post(at(world, "open_desk"), {"seen": "1"})

        world.desk.refresh_from_db()
        assert world.desk.is_open

    def test_the_list_shows_what_can_be_opened(self, head, world):
        shown = said(head.get(reverse("list_desks")))

        assert world.centre.name_th in shown
        assert at(world, "show_desk_settings") in shown

    def test_the_list_tells_the_day_and_leads_to_it_first(self, head, world):
        world.issue()
        world.finish()

        shown = said(head.get(reverse("list_desks")))

        assert "วันนี้: รออยู่ 1 คน กำลังรับบริการ 0 คน เสร็จสิ้นแล้ว 1 คน มีเจ้าหน้าที่ประจำ 1 ช่อง" in shown
        doors = ("show_console", "show_floor", "show_day_report", "show_desk_settings")
        places = [shown.index(f'"{at(world, name)}"') for name in doors]
        assert places == sorted(places)

    def test_many_desks_cost_no_more_questions_and_come_in_pages(self, client, django_assert_max_num_queries):
        client.force_login(person_of(Office.SECRETARIAT_OFFICER))

        def asked():
            with django_assert_max_num_queries(60) as questions:
                shown = said(client.get(reverse("list_desks")))
            assert "หน้าช่องบริการ" not in shown
            return len(questions)

        DeskFactory()
        asked()  # The first page of a session asks more.
        before = asked()
        DeskFactory.create_batch(31)

        assert asked() == before
        assert "page=2" in said(client.get(reverse("list_desks")))

    def test_an_officer_sees_no_settings(self, client, world):
        client.force_login(world.officers[0])

        assert at(world, "show_desk_settings") not in said(client.get(reverse("list_desks")))


class TestServices:
    def test_a_service_is_entered(self, head, world):
        facts = {
            "seen": "0",
            "name_th": "งานใหม่",
            "group": world.groups[0].pk,
            "prefix": "d",
            "expected_minutes": "7",
            "is_offered": "on",
            "counters": [world.counters[0].pk],
        }

        answer = head.post(at(world, "enter_desk_service"), facts)

        assert answer.status_code == 302
        service = Service.objects.get(name_th="งานใหม่")
        assert (service.prefix, service.expected_minutes, service.counters.get()) == ("D", 7, world.counters[0])

    def test_what_was_typed_stays_when_it_is_refused(self, head, world):
        answer = head.post(at(world, "enter_desk_service"), {"seen": "0", "name_th": "งานใหม่", "expected_minutes": "0"})

        assert answer.status_code == 422
        assert 'value="งานใหม่"' in said(answer)
        assert not Service.objects.filter(name_th="งานใหม่").exists()

    def test_a_name_that_is_there_is_refused_in_words(self, head, world):
        taken = world.groups[1].name_th

        answer = head.post(at(world, "enter_queue_group"), {"seen": "0", "name_th": taken})

        assert answer.status_code == 422
        assert "ศูนย์มีกลุ่มคิวชื่อนี้แล้ว" in said(answer)
        assert QueueGroup.objects.count() == 2

    def test_who_was_slower_reads_what_changed_and_keeps_the_words(self, head, world):
        furnishing.write_counter(world.desk, world.counters[1], by=world.head, label="เร็วกว่า")
        there = at(world, "correct_desk_service", pk=world.registration.pk)
        facts = {"name_th": "ชื่อที่พิมพ์", "group": world.groups[0].pk, "prefix": "A", "expected_minutes": "5"}

        slow = head.post(there, {**facts, "seen": "0"})

        assert slow.status_code == 409
        assert "แก้ไขช่องบริการ: เร็วกว่า" in said(slow)
        assert 'value="ชื่อที่พิมพ์"' in said(slow)
        assert 'name="seen" value="1"' in said(slow)
        assert head.post(there, {**facts, "seen": "1"}).status_code == 302

    def test_another_centres_service_does_not_exist_here(self, head, world):
        other = DeskWorld().stand()

        assert head.get(at(world, "correct_desk_service", pk=other.registration.pk)).status_code == 404
        assert head.post(at(world, "remove_thing", kind="nonsense", pk=1), {"seen": "0"}).status_code == 404
        assert head.post(at(world, "move_thing", kind="day", pk=1), {"seen": "0"}).status_code == 404

    def test_things_move_and_go_without_javascript(self, head, world):
        head.post(at(world, "move_thing", kind="service", pk=world.advice.pk), {"seen": "0", "to": "up"})
        gone = head.post(at(world, "remove_thing", kind="service", pk=world.payment.pk), {"seen": "1"}, follow=True)

        assert list(Service.objects.of(world.centre)) == [world.advice, world.registration]
        assert "ลบแล้ว" in said(gone)

    def test_moving_what_somebody_else_has_changed_is_told(self, head, world):
        furnishing.write_counter(world.desk, world.counters[1], by=world.head, label="เร็วกว่า")

        answer = head.post(at(world, "move_thing", kind="counter", pk=world.counters[2].pk), {"seen": "0", "to": "up"})

        assert answer.status_code == 409
        assert "แก้ไขช่องบริการ: เร็วกว่า" in said(answer)

    def test_letters_are_shown_as_they_will_stand_on_tickets(self, head, world):
        shown = said(head.get(at(world, "list_desk_services")))
        assert "A012" in shown
        assert "ใช้ร่วมกันหลายกลุ่มคิว" not in shown

        furnishing.write_service(world.desk, world.payment, by=world.head, prefix="A")

        assert "ใช้ร่วมกันหลายกลุ่มคิว" in said(head.get(at(world, "list_desk_services")))

    def test_what_was_used_stays_and_the_list_says_so(self, head, world):
        world.issue()

        kept = head.post(
            at(world, "remove_thing", kind="service", pk=world.registration.pk), {"seen": "0"}, follow=True
        )

        assert "มีการใช้งานแล้ว" in said(kept)

    def test_many_services_and_counters_cost_no_more_questions(self, head, world, django_assert_max_num_queries):
        def questions(name):
            with django_assert_max_num_queries(100) as asked:
                head.get(at(world, name))
            return len(asked)

        head.get(reverse("list_desks"))  # The first page of a session asks more.
        before = [questions("list_desk_services"), questions("list_counters")]
        for number in range(10):
            furnishing.write_service(world.desk, by=None, group=world.groups[0], name_th=f"งานเพิ่ม {number}")
            furnishing.write_counter(world.desk, by=None, label=f"เพิ่ม {number}")

        assert [questions("list_desk_services"), questions("list_counters")] == before


class TestCountersAndVisitors:
    def test_a_counter_is_entered(self, head, world):
        facts = {"seen": "0", "label": "9", "zone": "ชั้น 2", "skills": [world.advice.pk], "is_active": "on"}

        head.post(at(world, "enter_counter"), facts)

        assert world.desk.counters.get(label="9").zone == "ชั้น 2"
        assert "ชั้น 2" in said(head.get(at(world, "enter_desk_service")))

    def test_a_factor_changes_and_the_page_tells_what_it_means(self, head, world):
        facts = {"seen": "0", "name_th": "ผู้สูงอายุ", "b": "2", "credit_minutes": "0", "is_priority": "on"}

        answer = head.post(
            at(world, "correct_visitor_class", pk=world.elderly.pk), {**facts, "is_offered": "on"}, follow=True
        )

        assert "09.21" in said(answer)

    def test_everybody_elses_class_cannot_be_taken_away(self, client):
        centre = CentreFactory()
        chief = person_of(Office.CENTRE_HEAD, centre=centre)
        desk = setting_up.begin(centre, by=chief)
        client.force_login(chief)
        general = desk.classes.get(code="general")

        form = said(client.get(reverse("correct_visitor_class", args=[centre.code, general.pk])))

        assert 'name="is_offered"' not in form


class TestHours:
    def test_hours_are_typed_in_words(self, head, world):
        typed = "จ.-ศ. 08.30-12.00\nจ.-ศ. 13.00-16.30"

        head.post(at(world, "set_desk_hours"), {"seen": "0", "hours": typed, "keeps_holidays": "on"})

        world.desk.refresh_from_db()
        assert [part["opens"] for part in world.desk.hours] == ["08:30", "13:00"]

    def test_hours_that_nobody_understands_stay_as_typed(self, head, world):
        answer = head.post(at(world, "set_desk_hours"), {"seen": "0", "hours": "บ่าย ๆ"})

        assert answer.status_code == 422
        assert "บ่าย ๆ" in said(answer)

    def test_the_coming_weeks_tell_why_a_day_is_unusual(self, head, world):
        HolidayFactory(day=date(2026, 12, 10), name="วันรัฐธรรมนูญ")
        setting_up.write_settings(world.desk, by=None, keeps_holidays=True)
        special = {"seen": "1", "day": "4/12/2569", "spans": "08.30-12.00, 13.00-15.00", "reason": "ทำความสะอาด"}

        head.post(at(world, "write_special_day"), special)
        shown = said(head.get(at(world, "set_desk_hours")))

        assert "วันหยุด: วันรัฐธรรมนูญ" in shown
        assert "08.30–12.00, 13.00–15.00 น." in shown
        assert "วันพิเศษ: ทำความสะอาด" in shown

    def test_the_history_names_a_special_day_as_people_do(self, head, world):
        furnishing.write_special_day(world.desk, date(2026, 12, 4), by=world.head, reason="อบรม")

        assert "วันพิเศษ: 4 ธ.ค. 2569" in said(head.get(at(world, "show_desk_settings")))

    def test_hours_of_a_special_day_are_checked(self, head, world):
        typed = {"seen": "0", "day": "4/12/2569", "spans": "12.00-08.30", "reason": "x"}

        answer = head.post(at(world, "write_special_day"), typed)

        assert answer.status_code == 422
        assert "12.00-08.30" in said(answer)


class TestTheRest:
    def test_limits_are_saved(self, head, world):
        numbers = {
            "alarm_minutes": "40",
            "calls_before_no_show": "2",
            "hold_off_minutes": "5",
            "come_early_minutes": "15",
            "grace_minutes": "15",
            "number_digits": "2",
            "board_seconds": "12",
            "least_ratings": "10",
        }

        head.post(at(world, "set_desk_limits"), {**numbers, "daily_limit": "300", "seen": "0"})

        world.desk.refresh_from_db()
        assert (world.desk.alarm_minutes, world.desk.daily_limit, world.desk.number_digits) == (40, 300, 2)

    def test_texts_are_kept_by_language_and_shown_on_a_ticket(self, head, world):
        typed = {"seen": "0", "languages": ["zh"], "ticket_th": "โปรดรอสักครู่", "ticket_zh": "请稍候"}

        shown = said(head.post(at(world, "set_desk_texts"), typed, follow=True))

        world.desk.refresh_from_db()
        assert world.desk.languages == ["th", "zh"]
        assert world.desk.texts["ticket"] == {"th": "โปรดรอสักครู่", "zh": "请稍候"}
        assert shown.count("请稍候") == 2

    def test_supervisors_are_named(self, head, world):
        head.post(at(world, "name_supervisors"), {"seen": "0", "people": [world.officers[0].pk]})

        assert list(world.desk.supervisors.all()) == [world.officers[0]]


class TestWizard:
    """From nothing to the first ticket."""

    @pytest.fixture
    def centre(self):
        return CentreFactory()

    @pytest.fixture
    def chief(self, client, centre):
        client.force_login(person_of(Office.CENTRE_HEAD, centre=centre))
        return client

    def answer(self, client, centre, question, **typed):
        return client.post(reverse("answer_wizard", args=[centre.code, question]), typed)

    def asked(self, client, centre):
        return client.get(reverse("continue_wizard", args=[centre.code])).url.rsplit("/", 1)[1]

    def keep_all(self, centre):
        services = Service.objects.of(centre)
        return {f"keep-{one.pk}": "on" for one in services} | {f"minutes-{one.pk}": "9" for one in services}

    def test_six_answers_lead_to_the_first_ticket(self, chief, centre):
        assert "ตั้งจุดบริการ" in said(chief.get(reverse("list_desks")))
        assert self.asked(chief, centre) == "kind"

        self.answer(chief, centre, "kind", kind="employment")
        self.answer(chief, centre, "services", **self.keep_all(centre))
        self.answer(chief, centre, "counters", number="4")
        assert self.asked(chief, centre) == "hours"
        week = {"days": "weekdays", "opens": "08.30", "closes": "16.30", "midday": "on", "keeps_holidays": "on"}
        self.answer(chief, centre, "hours", **week)
        self.answer(chief, centre, "languages", languages=["en", "my"], welcome="สวัสดี")
        self.answer(chief, centre, "ready", do="try")

        desk = Desk.objects.get()
        ticket = Ticket.objects.get()
        assert desk.is_open
        assert (desk.languages, desk.counters.count(), ticket.shown) == (["th", "en", "my"], 4, "A001")
        assert {one.expected_minutes for one in Service.objects.all()} == {9}
        ready = said(chief.get(reverse("answer_wizard", args=[centre.code, "ready"])))
        assert "A001" in ready
        assert reverse("show_desk_settings", args=[centre.code]) in ready

        self.answer(chief, centre, "ready", do="try")
        assert Ticket.objects.count() == 1

        self.answer(chief, centre, "ready", do="take_back")
        self.answer(chief, centre, "ready", do="take_back")
        assert Ticket.objects.get().stage == "cancelled"
        assert self.asked(chief, centre) == "ready"

    def test_another_kind_takes_the_place_of_the_first(self, chief, centre):
        self.answer(chief, centre, "kind", kind="employment")
        self.answer(chief, centre, "kind", kind="land")
        self.answer(chief, centre, "kind", kind="land")

        assert not Service.objects.filter(name_th="ขึ้นทะเบียนผู้ว่างงาน").exists()
        assert Service.objects.filter(name_th="มรดก").exists()

    def test_what_is_not_offered_goes(self, chief, centre):
        self.answer(chief, centre, "kind", kind="land")
        kept = self.keep_all(centre)
        del kept[f"keep-{Service.objects.get(name_th='มรดก').pk}"]

        self.answer(chief, centre, "services", **kept)

        assert not Service.objects.filter(name_th="มรดก").exists()

    def test_one_service_must_stay(self, chief, centre):
        self.answer(chief, centre, "kind", kind="other")

        answer = self.answer(chief, centre, "services", **{f"minutes-{Service.objects.get().pk}": "5"})

        assert answer.status_code == 422
        assert "อย่างน้อยหนึ่งงาน" in said(answer)

    @pytest.mark.parametrize(
        ("typed", "reason"),
        [
            pytest.param({"opens": "16.30", "closes": "08.30"}, "เวลาปิดอยู่ก่อนเวลาเปิด", id="backwards"),
            pytest.param({"opens": "12.30", "closes": "16.30", "midday": "on"}, "ช่วงพักเที่ยง", id="no midday"),
            pytest.param({"opens": "", "closes": "16.30"}, "id_opens_error", id="no opening"),
        ],
    )
    def test_hours_that_cannot_be_are_refused(self, chief, centre, typed, reason):
        self.answer(chief, centre, "kind", kind="other")

        answer = self.answer(chief, centre, "hours", days="weekdays", **typed)

        assert answer.status_code == 422
        assert reason in said(answer)

    def test_on_a_closed_day_the_first_ticket_is_given_all_the_same(self, chief, centre):
        self.answer(chief, centre, "kind", kind="other")
        self.answer(chief, centre, "counters", number="1")
        furnishing.write_special_day(Desk.objects.get(), date(2026, 11, 23), by=None, reason="อบรม")

        self.answer(chief, centre, "ready", do="try")

        assert Ticket.objects.get().shown == "A001"

    def test_a_desk_that_lacks_something_gives_no_first_ticket(self, chief, centre):
        self.answer(chief, centre, "kind", kind="other")

        answer = self.answer(chief, centre, "ready", do="try")

        assert answer.status_code == 422
        assert "ยังไม่มีช่องบริการ" in said(answer)
        assert not Ticket.objects.exists()

    def test_nothing_but_the_first_question_is_asked_without_a_desk(self, chief, centre):
        assert chief.get(reverse("answer_wizard", args=[centre.code, "hours"])).status_code == 302
        assert chief.get(reverse("answer_wizard", args=[centre.code, "nonsense"])).status_code == 404

    def test_every_question_can_be_looked_at_again(self, chief, centre):
        self.answer(chief, centre, "kind", kind="district")

        for question in ("kind", "services", "counters", "hours", "languages", "ready"):
            assert chief.get(reverse("answer_wizard", args=[centre.code, question])).status_code == 200

    def test_a_used_service_is_taken_out_of_the_offer_instead(self, head, world):
        world.issue()
        kept = self.keep_all(world.centre)
        del kept[f"keep-{world.registration.pk}"]

        self.answer(head, world.centre, "services", **kept)

        world.registration.refresh_from_db()
        assert not world.registration.is_offered

    def test_strangers_find_nothing(self, client, centre):
        client.force_login(person_of(Office.CENTRE_HEAD))

        assert client.get(reverse("continue_wizard", args=[centre.code])).status_code == 404
