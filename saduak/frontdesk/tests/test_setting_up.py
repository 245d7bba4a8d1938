"""A desk is begun, set up, opened and closed; every change stands in the journal, and a refused one changes nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from saduak.catalogue.library import beginnings
from saduak.catalogue.models import QueueGroup, Service
from saduak.catalogue.tests.factories import ServiceFactory
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, person_of
from saduak.frontdesk.models import Counter, Desk, PriorityClass, SpecialDay
from saduak.frontdesk.operations import furnishing, setting_up
from saduak.frontdesk.queries.setting_up import history_of, people_of, progress_of, what_is_missing
from saduak.frontdesk.tests.world import DeskWorld
from saduak.journal.steps import StepOvertaken

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return CentreFactory()


@pytest.fixture
def head(centre):
    return person_of(Office.CENTRE_HEAD, centre=centre)


@pytest.fixture
def desk(centre, head):
    return setting_up.begin(centre, by=head)


@pytest.fixture
def furnished(desk, head):
    furnishing.write_counters(desk, 2, by=head)
    furnishing.begin_with(desk, beginnings()["other"], by=head)
    return Desk.objects.get(pk=desk.pk)


def steps_of(desk):
    return list(history_of(desk).values_list("step", flat=True))


class TestBeginning:
    def test_a_desk_begins_closed_with_classes_and_texts(self, desk):
        assert not desk.is_open
        assert desk.classes.filter(is_priority=True, b=3).count() == 5
        assert desk.classes.get(is_priority=False).b == 1
        assert desk.text("welcome", "zh") == "欢迎，请选择所需服务。"
        assert steps_of(desk) == ["begun"]

    def test_beginning_twice_is_beginning_once(self, desk, centre, head):
        assert setting_up.begin(centre, by=head) == desk
        assert steps_of(desk) == ["begun"]

    def test_only_who_supervises_it_begins_it(self, centre):
        with pytest.raises(PermissionDenied):
            setting_up.begin(centre, by=person_of(Office.CENTRE_OFFICER, centre=centre))

        assert not Desk.objects.exists()

    def test_the_operator_may(self, centre):
        assert setting_up.begin(centre, by=None).version == 1


class TestSettings:
    def test_what_differs_is_saved_and_written_down(self, desk, head):
        setting_up.write_settings(desk, by=head, seen=1, alarm_minutes=45, grace_minutes=15)

        entry = history_of(desk).last()
        assert (entry.step, entry.facts) == ("corrected", {"changes": {"alarm_minutes": [60, 45]}, "version": 2})

    def test_without_a_difference_nothing_is_written(self, desk, head):
        setting_up.write_settings(desk, by=head, alarm_minutes=60)

        assert steps_of(desk) == ["begun"]

    def test_who_was_slower_is_told_what_changed(self, desk, head):
        setting_up.write_settings(desk, by=head, seen=1, alarm_minutes=45)

        with pytest.raises(StepOvertaken) as overtaken:
            setting_up.write_settings(desk, by=head, seen=1, alarm_minutes=30)

        assert [entry.step for entry in overtaken.value.since] == ["corrected"]
        desk.refresh_from_db()
        assert desk.alarm_minutes == 45

    def test_a_desk_without_thai_is_refused(self, desk, head):
        with pytest.raises(ValidationError):
            setting_up.write_settings(desk, by=head, languages=["en"])

    def test_opening_is_no_setting(self, desk, head):
        with pytest.raises(TypeError, match="is_open"):
            setting_up.write_settings(desk, by=head, is_open=True)

    def test_an_answer_is_noted_once(self, desk, head):
        setting_up.answer(desk, "hours", by=head)
        setting_up.answer(desk, "hours", by=head)

        desk.refresh_from_db()
        assert desk.answered == ["hours"]


class TestServices:
    def test_a_new_service_is_done_at_every_counter(self, furnished, head):
        group = QueueGroup.objects.first()

        service = furnishing.write_service(furnished, by=head, group=group, name_th="งานใหม่")

        assert service.counters.count() == 2
        assert steps_of(furnished)[-1] == "service_entered"

    def test_a_service_is_done_where_it_is_said(self, furnished, head):
        service, first = Service.objects.first(), furnished.counters.first()

        furnishing.write_service(furnished, service, by=head, counters=[first], name_th="ชื่อใหม่")

        assert [counter.label for counter in service.counters.all()] == ["1"]
        assert steps_of(furnished)[-1] == "service_corrected"

    def test_a_group_is_written(self, furnished, head):
        group = furnishing.write_group(furnished, by=head, name_th="กลุ่มใหม่")
        furnishing.write_group(furnished, group, by=head, name_th="กลุ่มที่เปลี่ยนชื่อ")

        assert steps_of(furnished)[-2:] == ["group_entered", "group_corrected"]

    def test_a_beginning_that_adds_nothing_is_not_written_down(self, furnished, head):
        furnishing.begin_with(furnished, beginnings()["other"], by=head, only=[])

        assert steps_of(furnished).count("begun_with") == 1


class TestCounters:
    def test_a_new_counter_does_everything_that_is_offered(self, furnished, head):
        counter = furnishing.write_counter(furnished, by=head, label="3")

        assert counter.skills.count() == Service.objects.offered().count()

    def test_counters_that_are_there_are_not_entered_again(self, furnished, head):
        new = furnishing.write_counters(furnished, 3, by=head)

        assert [counter.label for counter in new] == ["3"]

    def test_what_a_counter_can_do_changes(self, furnished, head):
        counter = furnished.counters.first()
        before = sorted(counter.skills.values_list("pk", flat=True))

        furnishing.write_counter(furnished, counter, by=head, skills=[], label=counter.label)

        assert history_of(furnished).last().facts["changes"] == {"skills": [before, []]}

    def test_nothing_new_is_not_written_down(self, furnished, head):
        counter = furnished.counters.first()

        furnishing.write_counter(furnished, counter, by=head, skills=list(counter.skills.all()), zone="")

        assert steps_of(furnished)[-1] != "counter_corrected"

    def test_a_service_of_another_centre_is_no_skill(self, furnished, head):
        with pytest.raises(ValidationError, match="ศูนย์อื่น"):
            furnishing.write_counter(furnished, by=head, label="9", skills=[ServiceFactory()])

        assert not furnished.counters.filter(label="9").exists()

    def test_a_counter_where_somebody_sits_stays_in_use(self):
        world = DeskWorld().stand()
        world.sit(1)

        with pytest.raises(ValidationError, match="มีเจ้าหน้าที่ประจำช่องนี้อยู่"):
            furnishing.write_counter(world.desk, world.counters[0], by=world.head, is_active=False)


class TestClasses:
    def test_a_centre_thinks_of_a_class_of_its_own(self, desk, head):
        first = furnishing.write_class(desk, by=head, name_th="ทหารผ่านศึก", b=2, is_priority=True)
        second = furnishing.write_class(desk, by=head, name_th="อาสาสมัคร")

        assert (first.code, second.code) == ("own-1", "own-2")

    def test_its_factor_changes_and_the_former_one_stays_written(self, desk, head):
        furnishing.write_class(desk, desk.classes.get(code="elderly"), by=head, b=2)
        furnishing.write_class(desk, desk.classes.get(code="elderly"), by=head, b=2)

        assert history_of(desk).last().facts["changes"] == {"b": ["3.00", 2]}
        assert steps_of(desk).count("class_corrected") == 1

    @pytest.mark.parametrize("facts", [{"is_offered": False}, {"is_priority": True}])
    def test_everybody_elses_class_stays_as_it_is(self, desk, head, facts):
        with pytest.raises(ValidationError, match="กลุ่มอื่น"):
            furnishing.write_class(desk, desk.classes.get(code="general"), by=head, **facts)


class TestSpecialDays:
    def test_a_day_is_written_twice_and_is_one_day(self, desk, head):
        day = date(2026, 12, 4)
        furnishing.write_special_day(desk, day, by=head, reason="ทำความสะอาด")
        furnishing.write_special_day(
            desk, day, by=head, reason="เปิดครึ่งวัน", spans=[{"opens": "08:30", "closes": "12:00"}]
        )

        assert SpecialDay.objects.get().reason == "เปิดครึ่งวัน"

    def test_it_can_be_taken_back(self, desk, head):
        special = furnishing.write_special_day(desk, date(2026, 12, 4), by=head, reason="ปิด")

        furnishing.remove(desk, special, by=head)

        assert not SpecialDay.objects.exists()
        assert history_of(desk).last().facts["kind"] == "specialday"


class TestRemoving:
    def test_what_nobody_used_goes(self, furnished, head):
        furnishing.remove(furnished, Counter.objects.last(), by=head)
        furnishing.remove(furnished, Service.objects.get(), by=head)
        furnishing.remove(furnished, QueueGroup.objects.get(), by=head)
        furnishing.remove(furnished, furnished.classes.get(code="monk"), by=head)

        assert (Counter.objects.count(), Service.objects.count(), PriorityClass.objects.count()) == (1, 0, 5)

    def test_what_was_used_stays(self):
        world = DeskWorld().stand()
        world.issue(priority=world.elderly)

        for thing in (world.elderly, world.registration):
            with pytest.raises(ValidationError, match="มีการใช้งานแล้ว"):
                furnishing.remove(world.desk, thing, by=world.head)

    def test_everybody_elses_class_stays(self, desk, head):
        with pytest.raises(ValidationError, match="กลุ่มอื่น"):
            furnishing.remove(desk, desk.classes.get(code="general"), by=head)


class TestOrderOfThings:
    def test_a_thing_changes_its_place_with_its_neighbour(self, furnished, head):
        first, second = furnished.counters.all()

        furnishing.move(furnished, second, up=True, by=head)
        assert list(furnished.counters.all()) == [second, first]

        furnishing.move(furnished, second, up=False, by=head)
        assert list(furnished.counters.all()) == [first, second]

    def test_the_first_goes_no_further_up(self, furnished, head):
        furnishing.move(furnished, Service.objects.first(), up=True, by=head)

        assert "moved" not in steps_of(furnished)


class TestSupervisors:
    def test_who_works_here_may_be_named(self, desk, head, centre):
        officer = person_of(Office.CENTRE_OFFICER, centre=centre)

        setting_up.name_supervisors(desk, [officer], by=head)
        setting_up.name_supervisors(desk, [officer], by=head)

        assert list(desk.supervisors.all()) == [officer]
        assert steps_of(desk).count("supervisors_named") == 1
        assert set(people_of(desk)) == {head, officer}

    def test_a_stranger_may_not(self, desk, head):
        with pytest.raises(ValidationError, match="ทำงานในศูนย์นี้"):
            setting_up.name_supervisors(desk, [person_of(Office.CENTRE_OFFICER)], by=head)


class TestOpening:
    def test_a_desk_without_services_and_counters_says_what_is_missing(self, desk, head):
        with pytest.raises(ValidationError) as refused:
            setting_up.open_desk(desk, by=head)

        assert refused.value.messages == ["ยังไม่มีงานที่เปิดให้บริการ", "ยังไม่มีช่องบริการ"]

    def test_a_service_that_no_counter_does_is_named(self, furnished, head):
        for counter in furnished.counters.all():
            counter.skills.clear()

        assert what_is_missing(furnished) == [f"ยังไม่มีช่องบริการใดทำงานนี้: {Service.objects.get().name}"]

    def test_it_opens_and_closes_with_a_reason(self, furnished, head):
        setting_up.open_desk(furnished, by=head)
        setting_up.open_desk(furnished, by=head)
        desk = setting_up.close_desk(furnished, by=head, reason="ย้ายสำนักงาน")

        assert not desk.is_open
        assert steps_of(furnished)[-2:] == ["opened", "closed"]
        assert history_of(furnished).last().note == "ย้ายสำนักงาน"

    def test_closing_wants_a_reason(self, furnished, head):
        with pytest.raises(ValidationError, match="เหตุผล"):
            setting_up.close_desk(furnished, by=head, reason=" ")


class TestProgress:
    def test_what_is_there_counts_as_answered(self, desk, furnished, head):
        assert progress_of(None).next == "kind"
        assert progress_of(furnished).next == "hours"

        furnished = setting_up.answer(furnished, "hours", by=head)
        furnished = setting_up.answer(furnished, "languages", by=head)
        furnished = setting_up.open_desk(furnished, by=head)

        assert (progress_of(furnished).next, progress_of(furnished).number_done) == ("ready", 6)

    def test_hours_of_its_own_are_an_answer(self, desk, head):
        desk = setting_up.write_settings(desk, by=head, hours=[{"days": [1], "opens": "08:30", "closes": "12:00"}])

        assert "hours" in progress_of(desk).done
