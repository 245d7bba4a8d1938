"""What the database refuses to hold."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from saduak.directory.models import BodyKind, Centre, Holiday, HolidayScope, Membership, Office, RegionProvince
from saduak.directory.tests.factories import (
    AgencyFactory,
    BodyFactory,
    CentreFactory,
    HolidayFactory,
    InspectionRegionFactory,
    MembershipFactory,
    ProvinceFactory,
    person_of,
)
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MAY_1, MAY_31, JUNE_1 = date(2020, 5, 1), date(2020, 5, 31), date(2020, 6, 1)


def _refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_an_office_is_held_in_exactly_one_place():
    body, centre = BodyFactory(), CentreFactory()

    with _refused("exactly_one_place"), transaction.atomic():
        Membership.objects.create(person=UserFactory(), body=body, centre=centre, office=Office.MEMBER, from_day=MAY_1)


@pytest.mark.parametrize("office", [pytest.param(office, id=office) for office in Office])
def test_each_place_has_its_own_offices(office):
    places = {"body": BodyFactory(), "centre": CentreFactory(), "agency": AgencyFactory()}
    accepted = []

    for name, place in places.items():
        try:
            with transaction.atomic():
                Membership.objects.create(person=UserFactory(), office=office, from_day=MAY_1, **{name: place})
            accepted.append(name)
        except IntegrityError:
            pass

    assert len(accepted) == (2 if office == Office.POSTED else 1)


def test_a_membership_ends_after_it_began():
    with _refused("begins_before_it_ends"), transaction.atomic():
        MembershipFactory(from_day=JUNE_1, until_day=MAY_31)


def test_the_next_membership_begins_the_day_after():
    first = MembershipFactory(from_day=MAY_1, until_day=MAY_31)

    MembershipFactory(person=first.person, centre=first.centre, from_day=JUNE_1)

    with _refused("one_office_per_person_and_centre"), transaction.atomic():
        MembershipFactory(person=first.person, centre=first.centre, office=Office.CENTRE_HEAD, from_day=MAY_31)


@pytest.mark.parametrize(
    ("office", "made"),
    [
        pytest.param(Office.CHAIR, lambda: {"body": BodyFactory()}, id="a chair"),
        pytest.param(Office.CENTRE_HEAD, lambda: {"centre": CentreFactory()}, id="a head"),
    ],
)
def test_there_is_one_at_a_time(office, made):
    place = made()
    MembershipFactory(office=office, **place)

    with _refused("at_a_time"), transaction.atomic():
        MembershipFactory(office=office, **place)


def test_a_sub_committee_number_is_used_once_on_a_day():
    BodyFactory(number=5, term_from=MAY_1, term_until=MAY_31)
    BodyFactory(number=5, term_from=JUNE_1)

    with _refused("one_sub_committee_per_number"), transaction.atomic():
        BodyFactory(number=5, term_from=MAY_31, term_until=MAY_31)


def test_a_sub_committee_has_a_number():
    with _refused("a_sub_committee_has_a_number"), transaction.atomic():
        BodyFactory(number=None)


def test_there_is_one_steering_committee_at_a_time():
    BodyFactory(kind=BodyKind.STEERING_COMMITTEE)

    with _refused("one_steering_committee"), transaction.atomic():
        BodyFactory(kind=BodyKind.STEERING_COMMITTEE)


def test_a_province_is_in_one_region_at_a_time():
    province = ProvinceFactory()
    RegionProvince.objects.create(
        region=InspectionRegionFactory(number=15), province=province, from_day=MAY_1, until_day=MAY_31
    )
    RegionProvince.objects.create(region=InspectionRegionFactory(number=16), province=province, from_day=JUNE_1)

    assert InspectionRegionFactory._meta.model.objects.of(province, MAY_31).get().number == 15
    assert InspectionRegionFactory._meta.model.objects.of(province, JUNE_1).get().number == 16
    with _refused("one_region_at_a_time"), transaction.atomic():
        RegionProvince.objects.create(region=InspectionRegionFactory(number=17), province=province, from_day=MAY_31)


def test_a_membership_counts_while_it_and_its_body_last():
    body = BodyFactory(term_from=MAY_1, term_until=MAY_31)
    MembershipFactory(body=body, office=Office.CHAIR, from_day=MAY_1)

    assert Membership.objects.on(MAY_1).exists()
    assert Membership.objects.on(MAY_31).exists()
    assert not Membership.objects.on(JUNE_1).exists()


def test_a_closed_centre_is_seen_only_by_those_concerned():
    closed = CentreFactory(closed=True)

    def sees(user):
        return Centre.objects.visible_to(user).filter(pk=closed.pk).exists()

    assert not sees(AnonymousUser())
    assert not sees(person_of(Office.CENTRE_HEAD))
    assert sees(person_of(Office.CENTRE_OFFICER, centre=closed))
    assert sees(person_of(Office.AGENCY_COORDINATOR, agency=closed.agency))
    assert sees(person_of(Office.SECRETARIAT_OFFICER))
    assert sees(person_of(Office.AUDITOR))


def test_a_holiday_counts_where_it_was_given():
    lamphun, phuket = ProvinceFactory(), ProvinceFactory(code="83", region_th="ใต้")
    HolidayFactory(name="ก")
    HolidayFactory(name="ข", scope=HolidayScope.REGION, region_th="เหนือ")
    HolidayFactory(name="ค", scope=HolidayScope.PROVINCES).provinces.add(phuket)

    def names(province):
        return "".join(Holiday.objects.observed_in(province).order_by("name").values_list("name", flat=True))

    assert (names(None), names(lamphun), names(phuket)) == ("ก", "กข", "กค")
