"""The hours of a desk as the database has them."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from saduak.directory.tests.factories import CentreFactory, HolidayFactory, ProvinceFactory
from saduak.frontdesk.hours import Why, days_from
from saduak.frontdesk.models import Desk, SpecialDay
from saduak.frontdesk.queries import hours

MONDAY = date(2026, 11, 23)
AFTERNOONS = [{"days": [1], "opens": "13:00", "closes": "16:00"}]

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk.objects.create(centre=CentreFactory())


def test_a_desk_keeps_its_own_hours_else_its_centres_else_those_of_offices(desk):
    assert hours.weekly_hours(desk)[0]["opens"] == "08:30"

    desk.centre.opening_hours = [{"days": [1], "opens": "10:00", "closes": "20:00"}]
    assert hours.weekly_hours(desk)[0]["opens"] == "10:00"

    desk.hours = AFTERNOONS
    assert hours.weekly_hours(desk)[0]["opens"] == "13:00"


def test_a_holiday_of_its_province_closes_it_and_of_others_does_not(desk):
    here = HolidayFactory(day=MONDAY, scope="provinces", name="งานประจำจังหวัด")
    here.provinces.add(desk.centre.province)
    elsewhere = HolidayFactory(day=date(2026, 11, 24), scope="provinces", name="งานจังหวัดอื่น")
    elsewhere.provinces.add(ProvinceFactory(code="50"))

    monday, tuesday = hours.openings(desk, days_from(MONDAY, 2))

    assert (monday.why, monday.names, tuesday.is_closed) == (Why.HOLIDAY, ("งานประจำจังหวัด",), False)


def test_a_desk_that_keeps_no_holidays_is_open_on_them(desk):
    HolidayFactory(day=MONDAY)
    desk.keeps_holidays = False

    assert not hours.opening(desk, MONDAY).is_closed


def test_days_cost_the_same_however_many(desk, django_assert_num_queries):
    HolidayFactory(day=MONDAY)
    SpecialDay.objects.create(desk=desk, day=date(2026, 11, 24), reason="อบรมเจ้าหน้าที่")

    with django_assert_num_queries(2):
        days = hours.openings(desk, days_from(MONDAY, 60))

    assert [day.why for day in days[:3]] == [Why.HOLIDAY, Why.SPECIAL, Why.WEEKLY]


def test_opening_and_closing_of_a_day_are_moments(desk):
    at = timezone.make_aware(datetime(2026, 11, 23, 7))

    assert hours.opens_next(desk, at) == timezone.make_aware(datetime(2026, 11, 23, 8, 30))
    assert hours.closes_at(desk, at) == timezone.make_aware(datetime(2026, 11, 23, 16, 30))


def test_a_closed_day_has_no_end(desk):
    assert hours.closes_at(desk, timezone.make_aware(datetime(2026, 11, 22, 7))) is None
