"""Roles follow from dated memberships, and from nothing else."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from saduak.directory import policies
from saduak.directory.models import BodyKind, HolidayScope, Membership, Office
from saduak.directory.queries import memberships_of, office_calendar
from saduak.directory.tests.factories import (
    BodyFactory,
    CentreFactory,
    HolidayFactory,
    MembershipFactory,
    ProvinceFactory,
    person_of,
)
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SENTENCES = {
    policies.is_secretariat: {Office.SECRETARIAT_OFFICER},
    policies.is_administrator: {Office.ADMINISTRATOR},
    policies.is_auditor: {Office.AUDITOR},
    policies.is_inspector: {Office.INSPECTOR},
    policies.heads_a_centre: {Office.CENTRE_HEAD},
    policies.works_in_a_centre: {Office.CENTRE_HEAD, Office.CENTRE_OFFICER},
    policies.coordinates_an_agency: {Office.AGENCY_COORDINATOR},
    policies.chairs_a_sub_committee: {Office.CHAIR},
    policies.sits_on_a_sub_committee: {
        Office.CHAIR,
        Office.QUALIFIED_MEMBER,
        Office.MEMBER,
        Office.MEMBER_AND_SECRETARY,
        Office.ASSISTANT_SECRETARY,
    },
    policies.sits_on_the_steering_committee: {Office.STEERING_SECRETARY},
    policies.is_steering_secretary: {Office.STEERING_SECRETARY},
    policies.is_officer: set(Office) - {Office.POSTED},
}


@pytest.mark.parametrize("office", [pytest.param(office, id=office) for office in Office])
def test_an_office_makes_these_sentences_true(office):
    person = person_of(office)

    assert {s.__name__ for s in SENTENCES if s(person)} == {s.__name__ for s, who in SENTENCES.items() if office in who}


def test_a_member_of_the_steering_committee_sits_on_no_sub_committee():
    person = person_of(Office.MEMBER, body=BodyFactory(kind=BodyKind.STEERING_COMMITTEE))

    assert policies.sits_on_the_steering_committee(person)
    assert not policies.sits_on_a_sub_committee(person)


@pytest.mark.parametrize(
    "days",
    [
        pytest.param({"ended": True}, id="it ended yesterday"),
        pytest.param({"from_day": timezone.localdate() + timedelta(days=1)}, id="it begins tomorrow"),
    ],
)
def test_an_office_outside_its_days_gives_nothing(days):
    assert not policies.is_officer(MembershipFactory(**days).person)


def test_what_a_person_holds_is_told_as_the_table_is_asked():
    first, last = date(2026, 3, 10), date(2026, 3, 20)
    body = BodyFactory(term_from=first + timedelta(days=2), term_until=last - timedelta(days=2))
    person = MembershipFactory(body=body, office=Office.MEMBER, from_day=first, until_day=last).person
    MembershipFactory(person=person, from_day=first, until_day=last - timedelta(days=1))

    for day in (first + timedelta(days=number) for number in range(-1, 13)):
        assert memberships_of(person, day) == tuple(Membership.objects.of(person).on(day))


def test_strangers_and_closed_accounts_hold_no_office():
    person = person_of(Office.CENTRE_HEAD)
    person.is_active = False

    assert memberships_of(AnonymousUser()) == memberships_of(person) == ()


def test_memberships_are_asked_once(django_assert_num_queries):
    centre = CentreFactory()
    person = person_of(Office.CENTRE_HEAD, centre=centre)

    with django_assert_num_queries(1):
        assert policies.heads_a_centre(person)
        assert not policies.is_secretariat(person)
        assert not policies.sits_on_a_sub_committee(person)
        assert policies.offices_in(person, centre) == {Office.CENTRE_HEAD}
        assert not policies.offices_in(person, BodyFactory.build(pk=centre.pk))


def test_a_head_edits_and_appoints_in_the_own_centre_only():
    own, other = CentreFactory(), CentreFactory()
    head, officer = person_of(Office.CENTRE_HEAD, centre=own), person_of(Office.CENTRE_OFFICER, centre=own)

    assert policies.may_edit_facts_of(head, own)
    assert policies.may_appoint_in(head, own)
    assert not policies.may_edit_facts_of(head, other)
    assert not policies.may_appoint_in(head, other)
    assert not policies.may_edit_facts_of(officer, own)
    assert not policies.may_appoint_in(head, BodyFactory())
    assert policies.may_appoint_in(person_of(Office.SECRETARIAT_OFFICER), BodyFactory())


def test_offices_over_a_centre_come_from_it_and_from_its_agency():
    centre = CentreFactory()
    stranger = UserFactory()

    assert policies.offices_over(person_of(Office.CENTRE_HEAD, centre=centre), centre) == {Office.CENTRE_HEAD}
    assert policies.offices_over(person_of(Office.AGENCY_COORDINATOR, agency=centre.agency), centre) == {
        Office.AGENCY_COORDINATOR
    }
    assert policies.offices_over(person_of(Office.SECRETARIAT_OFFICER), centre) == frozenset()
    assert policies.offices_over(stranger, centre) == frozenset()


def test_the_office_calendar_comes_from_the_table():
    day = date(2026, 4, 13)
    lamphun = ProvinceFactory()
    HolidayFactory(day=day, name="ก")
    HolidayFactory(day=day, name="ข", scope=HolidayScope.REGION, region_th="เหนือ")
    HolidayFactory(day=day, name="ค", scope=HolidayScope.PROVINCES).provinces.add(lamphun)
    HolidayFactory(day=day, name="เปิดทำการ", offices_close=False)

    assert [c.name for c in office_calendar().closed[day]] == ["ก"]
    assert [c.name for c in office_calendar(lamphun).closed[day]] == ["ก", "ข", "ค"]
