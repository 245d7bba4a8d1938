"""Visits are planned, changed, held and travelled to."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification.models import Application, Visit
from saduak.certification.models.visits import Mode, VisitState
from saduak.certification.operations import assignments, screening
from saduak.certification.presenters.calendar_entries import entry_of
from saduak.certification.procedure.applications import Stage
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, person_of
from saduak.notices.models import Notice
from saduak.thai.dates import be_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def day_of(moment):
    day = timezone.localdate(moment)
    return f"{day.day}/{day.month}/{be_year(day)}"


def typed(world, application, **facts):
    return {
        "mode": Mode.ON_SPOT,
        "day": day_of(world.during(Phase.VISITS)),
        "begins": "09.00",
        "ends": "11.00",
        "place": "ที่ทำการ",
        "note": "",
        "assessors": [world.chair.pk, world.member.pk],
        "seen": application.version,
        **facts,
    }


def planned_elsewhere(world, **facts):
    """Another unit of the same sub-committee with a visit."""
    centre = CentreFactory()
    return world.visit_planned(centre, by=person_of(Office.CENTRE_HEAD, centre=centre), **facts)


class TestPlanning:
    """The page on which a visit is fixed or changed."""

    def test_a_visit_is_fixed_and_the_centre_told(self, client, world):
        application = world.declared(world.assigned())
        client.force_login(world.panel_secretary)

        answer = client.post(reverse("plan_visit", args=[application.reference]), typed(world, application))

        assert answer.status_code == 302
        assert Application.objects.get().stage == Stage.VISIT_PLANNED
        assert timezone.localtime(Visit.objects.get().starts_at).hour == 9
        assert Notice.objects.filter(template="certification/visit_fixed").exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            pytest.param({"ends": "08.00"}, id="ends before it begins"),
            pytest.param({"mode": "video", "place": ""}, id="video without a link"),
            pytest.param({"mode": "video", "place": "http://meet.example.org/x"}, id="link that is not safe"),
            pytest.param({"assessors": []}, id="nobody assesses"),
            pytest.param({"day": "31/2/2563"}, id="no such day"),
            pytest.param({"day": "1/1/2560"}, id="outside the phase"),
        ],
    )
    def test_what_does_not_fit_is_said_and_what_was_typed_stays(self, client, world, wrong):
        application = world.declared(world.assigned())
        client.force_login(world.panel_secretary)

        answer = client.post(
            reverse("plan_visit", args=[application.reference]), typed(world, application, note="นำกล้องไปด้วย", **wrong)
        )

        assert answer.status_code == 422
        assert "นำกล้องไปด้วย" in answer.content.decode()
        assert not Visit.objects.exists()

    def test_who_has_not_declared_cannot_be_chosen(self, client, world):
        application = world.assigned()
        assignments.declare(application, by=world.panel_secretary, has_conflict=False)
        client.force_login(world.panel_secretary)

        answer = client.post(reverse("plan_visit", args=[application.reference]), typed(world, application))

        assert answer.status_code == 422
        assert not Visit.objects.exists()

    def test_nobody_is_in_two_places_at_once(self, client, world):
        planned_elsewhere(world)
        application = world.declared(world.assigned())
        client.force_login(world.panel_secretary)

        answer = client.post(reverse("plan_visit", args=[application.reference]), typed(world, application))

        assert answer.status_code == 422
        assert Visit.objects.count() == 1

    def test_the_case_leads_to_the_plan(self, client, world):
        application = world.declared(world.assigned())
        client.force_login(world.panel_secretary)

        words = client.get(application.get_absolute_url()).content.decode()

        assert f'href="{reverse("plan_visit", args=[application.reference])}"' in words

    def test_other_visits_of_the_day_stand_beside(self, client, world):
        other = planned_elsewhere(world)
        application = world.declared(world.assigned())
        client.force_login(world.panel_secretary)

        part = client.get(
            reverse("plan_visit", args=[application.reference]),
            {"day": day_of(world.during(Phase.VISITS))},
            HTTP_HX_REQUEST="true",
        ).content.decode()

        assert other.get_absolute_url() in part
        assert "<html" not in part

    def test_a_visit_is_moved_with_its_reason(self, client, world):
        application = world.visit_planned()
        client.force_login(world.panel_secretary)
        address = reverse("change_visit", args=[application.reference])

        refused = client.post(address, typed(world, application, begins="13.00", ends="15.00", reason=""))
        taken = client.post(address, typed(world, application, begins="13.00", ends="15.00", reason="ศูนย์ขอเลื่อน"))
        again = client.post(address, typed(world, application, begins="14.00", ends="15.00", reason="ศูนย์ขอเลื่อน"))

        assert (refused.status_code, taken.status_code, again.status_code) == (422, 302, 409)
        assert timezone.localtime(Visit.objects.get().starts_at).hour == 13

    def test_the_page_to_change_begins_with_what_is_fixed(self, client, world):
        application = world.visit_planned()
        client.force_login(world.panel_secretary)

        words = client.get(reverse("change_visit", args=[application.reference])).content.decode()

        assert 'value="09.00"' in words
        assert words.count("checked") == 3

    def test_a_member_without_an_office_plans_nothing(self, client, world):
        application = world.declared(world.assigned())
        client.force_login(world.member)

        assert client.get(reverse("plan_visit", args=[application.reference])).status_code == 403

    def test_a_visit_that_is_fixed_is_not_fixed_again(self, client, world):
        application = world.visit_planned()
        client.force_login(world.panel_secretary)

        answer = client.get(reverse("plan_visit", args=[application.reference]))

        assert answer["Location"] == application.get_absolute_url()

    def test_it_is_cancelled_and_recorded_as_held_on_pages_of_their_own(self, client, world):
        application = world.visit_planned()
        client.force_login(world.panel_secretary)

        client.post(reverse("take_step", args=[application.reference, "hold_visit"]), {"seen": application.version})
        assert Visit.objects.get().state == VisitState.HELD

        application = Application.objects.get()
        client.force_login(world.secretariat)
        client.post(
            reverse("take_step", args=[application.reference, "correct_visit"]),
            {"reason": "เลื่อน", "seen": application.version},
        )
        application = Application.objects.get()
        client.post(
            reverse("take_step", args=[application.reference, "cancel_visit"]),
            {"reason": "น้ำท่วม", "seen": application.version},
        )
        assert Visit.objects.get().state == VisitState.CANCELLED


class TestItinerary:
    """The visits of a round by day, in the order of travel."""

    def test_it_goes_by_day_and_hour(self, client, world):
        first = world.visit_planned()
        second = planned_elsewhere(
            world, starts_at=world.during(Phase.VISITS, 13), ends_at=world.during(Phase.VISITS, 15)
        )
        client.force_login(world.secretariat)

        words = client.get(reverse("show_itinerary")).content.decode()

        assert words.index(first.get_absolute_url()) < words.index(second.get_absolute_url())
        assert words.count('class="itinerary-day"') == 1
        assert "09.00–11.00 น.<" in words
        assert "itinerary-between" in words

    def test_another_sub_committee_sees_none_of_it(self, client, world):
        application = world.visit_planned()
        client.force_login(person_of(Office.CHAIR, body=BodyFactory(number=6)))

        assert application.get_absolute_url() not in client.get(reverse("show_itinerary")).content.decode()

    def test_it_is_chosen_by_sub_committee_and_day(self, client, world):
        application = world.visit_planned()
        client.force_login(world.secretariat)
        day = timezone.localdate(world.during(Phase.VISITS))

        def shows(**query):
            page = client.get(reverse("show_itinerary"), query).content.decode()
            return application.get_absolute_url() in page

        assert shows(panel="5")
        assert shows(day=day.isoformat())
        assert not shows(day=(day + timedelta(days=1)).isoformat())
        assert shows(day="nonsense")

    def test_it_is_printed_and_that_is_written_down(self, client, world):
        world.visit_planned()
        client.force_login(world.chair)

        answer = client.get(reverse("print_itinerary"))

        assert answer.content.startswith(b"%PDF")
        assert Record.objects.filter(what="itinerary of visits").exists()

    def test_it_tells_nothing_of_score_sheets(self, client, world):
        application = world.visited()
        client.force_login(world.member)
        before = client.get(reverse("show_itinerary")).content.decode()

        world.score(application, world.chair)

        assert without_token(client.get(reverse("show_itinerary")).content.decode()) == without_token(before)

    def test_it_asks_the_database_no_more_for_more_visits(self, client, world):
        planned_elsewhere(world)
        client.force_login(world.secretariat)

        def questions():
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("show_itinerary"))
            return len(asked)

        questions()
        few = questions()
        for hour in (11, 13, 15):
            planned_elsewhere(
                world, starts_at=world.during(Phase.VISITS, hour), ends_at=world.during(Phase.VISITS, hour + 1)
            )

        assert questions() == few


def without_token(words):
    """A page without what differs from one opening to the next."""
    return [line for line in words.splitlines() if "csrf" not in line.casefold()]


class TestCalendarEntry:
    """A visit for a telephone's calendar."""

    def test_it_is_given_to_everybody_of_the_case(self, client, world):
        application = world.visit_planned()
        client.force_login(world.officer)

        answer = client.get(reverse("download_visit", args=[application.reference]))

        assert answer["Content-Type"].startswith("text/calendar")
        assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")

    def test_no_visit_has_no_entry(self, client, world):
        application = world.assigned()
        client.force_login(world.head)

        assert client.get(reverse("download_visit", args=[application.reference])).status_code == 404

    def test_lines_are_folded_without_tearing_a_letter_and_hours_are_of_the_world(self, world):
        application = world.visit_planned(place="อาคารศูนย์ราชการ ชั้น 2; ห้อง 201, " + "ก" * 60)
        visit = application.current_visit

        text = entry_of(application, visit, at=datetime.now(tz=timezone.get_default_timezone()))

        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        whole = text.replace("\r\n ", "")
        assert "ชั้น 2\\; ห้อง 201\\, " in whole
        assert "T020000Z" in whole  # Nine o'clock in Bangkok.


class TestWork:
    """What waits for whom before the scores."""

    def test_the_secretariat_screens_and_assigns(self, world):
        application = world.submitted()

        assert [item.url for item in work_for(world.secretariat)] == [
            reverse("screen_application", args=[application.reference])
        ]
        screening.accept_the_rest(application, by=world.secretariat)
        screening.pass_screening(application, by=world.secretariat)
        assert [item.url for item in work_for(world.secretariat)] == [
            reverse("assign_application", args=[application.reference])
        ]

    def test_a_returned_dossier_past_its_day_is_shown(self, world):
        application = world.returned()

        (item,) = work_for(world.secretariat)

        assert item.due == application.mend_until

    def test_a_member_declares_and_the_secretary_plans_and_records(self, world):
        application = world.assigned()

        def waits(person):
            return [item.url for item in work_for(person)]

        declare = reverse("declare_interest", args=[application.reference])
        plan = reverse("plan_visit", args=[application.reference])
        assert waits(world.member) == [declare]
        assert waits(world.panel_secretary) == [declare, plan]

        world.declared(application)
        assert waits(world.member) == []
        assert waits(world.panel_secretary) == [plan]

    def test_a_visit_that_has_begun_is_recorded(self, world):
        application = world.visit_planned()

        urls = [item.url for item in work_for(world.panel_secretary)]

        assert urls == [reverse("take_step", args=[application.reference, "hold_visit"])]

    def test_who_has_a_conflict_is_asked_for_nothing(self, world):
        application = world.assigned()
        assignments.declare(application, by=world.panel_secretary, has_conflict=True, statement="ญาติ")

        assert work_for(world.panel_secretary) == []

    def test_other_people_get_nothing(self, world):
        world.visit_planned()

        assert work_for(world.inspector) == []
