"""Who sees which page, what it answers, and how often it asks the database."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from saduak.audit.models import Act, Record
from saduak.directory.forms.others import BodyForm
from saduak.directory.models import Body, BodyKind, Centre, Holiday, Membership, Office
from saduak.directory.operations.reference import load_reference
from saduak.directory.tests.factories import (
    AgencyFactory,
    BodyFactory,
    CentreFactory,
    HolidayFactory,
    InspectionRegionFactory,
    MembershipFactory,
    MinistryFactory,
    ProvinceFactory,
    person_of,
)
from saduak.people.models import User
from saduak.people.tasks import send_mail_task
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN = 302


@pytest.fixture
def world():
    """A centre with its agency, a committee, a holiday, a region and an office, each once."""
    centre = CentreFactory()
    return {
        "centre": centre,
        "agency": centre.agency,
        "ministry": centre.agency.ministry,
        "body": BodyFactory(number=5),
        "holiday": HolidayFactory(),
        "region": InspectionRegionFactory(),
        "membership": MembershipFactory(centre=centre),
        "person": UserFactory(),
    }


@pytest.fixture
def secretary():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def signed_in(client, secretary):
    client.force_login(secretary)
    return client


PAGES = {
    "list_centres": lambda w: [],
    "open_centre": lambda w: [],
    "show_centre": lambda w: [w["centre"].code],
    "correct_centre": lambda w: [w["centre"].code],
    "turn_centre": lambda w: [w["centre"].code],
    "list_agencies": lambda w: [],
    "add_agency": lambda w: [],
    "show_agency": lambda w: [w["agency"].code],
    "correct_agency": lambda w: [w["agency"].code],
    "add_ministry": lambda w: [],
    "correct_ministry": lambda w: [w["ministry"].code],
    "list_bodies": lambda w: [],
    "establish_body": lambda w: [],
    "show_body": lambda w: [w["body"].pk],
    "correct_body": lambda w: [w["body"].pk],
    "appoint": lambda w: ["centre", w["centre"].pk],
    "end_membership": lambda w: [w["membership"].pk],
    "list_people": lambda w: [],
    "open_account": lambda w: [],
    "show_person": lambda w: [w["person"].pk],
    "correct_account": lambda w: [w["person"].pk],
    "turn_account": lambda w: [w["person"].pk],
    "list_provinces": lambda w: [],
    "list_regions": lambda w: [],
    "show_region": lambda w: [w["region"].number],
    "move_province": lambda w: [w["region"].number],
    "list_holidays": lambda w: [],
    "add_holiday": lambda w: [],
    "correct_holiday": lambda w: [w["holiday"].pk],
}
READ = {
    "list_centres",
    "show_centre",
    "list_agencies",
    "show_agency",
    "list_bodies",
    "show_body",
    "list_provinces",
    "list_regions",
    "show_region",
    "list_holidays",
}
OF_A_HEAD = {"correct_centre", "appoint", "end_membership", "open_account"}
OF_PEOPLE = {"list_people", "show_person"}
ONLY_POST = {"turn_account"}
KINDS = {
    "a stranger": (lambda w: None, {"show_centre"}),
    "somebody without an office": (lambda w: UserFactory(), {"show_centre"}),
    "an officer of another centre": (lambda w: person_of(Office.CENTRE_OFFICER), READ),
    "the head of the centre": (lambda w: person_of(Office.CENTRE_HEAD, centre=w["centre"]), READ | OF_A_HEAD),
    "the head of another centre": (lambda w: person_of(Office.CENTRE_HEAD), READ | {"open_account"}),
    "a member of a sub-committee": (lambda w: person_of(Office.MEMBER), READ),
    "an auditor": (lambda w: person_of(Office.AUDITOR), READ | OF_PEOPLE),
    "the secretariat": (lambda w: person_of(Office.SECRETARIAT_OFFICER), set(PAGES)),
    "an administrator": (lambda w: person_of(Office.ADMINISTRATOR), set(PAGES)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_person_opens_exactly_these_pages(client, world, kind):
    who, open_to = KINDS[kind]
    person = who(world)
    if person is not None:
        client.force_login(person)
    refused = SIGN_IN if person is None else 403

    answers = {name: client.get(reverse(name, args=args(world))).status_code for name, args in PAGES.items()}

    expected = {name: (405 if name in ONLY_POST else 200) if name in open_to else refused for name in PAGES}
    assert answers == expected


def test_a_closed_centre_is_not_there_for_strangers(client):
    closed = CentreFactory(closed=True)

    assert client.get(closed.get_absolute_url()).status_code == 404


def test_a_place_of_no_kind_is_not_there(signed_in):
    assert signed_in.get(reverse("appoint", args=["palace", 1])).status_code == 404


def test_a_list_of_many_centres_asks_no_more_than_one_of_few(signed_in, django_assert_max_num_queries):
    CentreFactory.create_batch(30)

    with django_assert_max_num_queries(14):
        page = signed_in.get(reverse("list_centres"))

    assert page.content.decode().count("51-0") >= 30


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param({"q": "ขนส่ง"}, {"ขนส่งลำพูน"}, id="by words"),
        pytest.param({"service": "closed"}, {"ปิดแล้ว"}, id="closed ones"),
        pytest.param({"service": "open"}, {"ขนส่งลำพูน", "ที่ดินภูเก็ต"}, id="open ones"),
    ],
)
def test_centres_are_chosen(signed_in, query, found):
    CentreFactory(name_th="ขนส่งลำพูน")
    CentreFactory(name_th="ที่ดินภูเก็ต", province=ProvinceFactory(code="83"))
    CentreFactory(name_th="ปิดแล้ว", closed=True)

    page = signed_in.get(reverse("list_centres"), query).content.decode()

    names = {"ขนส่งลำพูน", "ที่ดินภูเก็ต", "ปิดแล้ว"}
    assert {name for name in names if f">{name}</a>" in page} == found


def test_centres_are_chosen_by_province_and_agency(signed_in):
    centre, other = (
        CentreFactory(name_th="ศูนย์หนึ่ง"),
        CentreFactory(name_th="ศูนย์สอง", province=ProvinceFactory(code="83")),
    )

    for query in ({"province": centre.province.pk}, {"agency": centre.agency.pk}):
        page = signed_in.get(reverse("list_centres"), query).content.decode()
        assert "ศูนย์หนึ่ง</a>" in page
        assert f">{other.name_th}</a>" not in page


def test_an_export_is_audited(signed_in):
    CentreFactory()

    answer = signed_in.get(reverse("list_centres"), {"export": "csv"})

    assert answer["Content-Type"].startswith("text/csv")
    assert Record.objects.get(act=Act.EXPORTED).kind == "centre"


def test_a_search_for_people_is_audited(signed_in):
    signed_in.get(reverse("list_people"), {"q": "สมชาย"})

    assert Record.objects.get(act=Act.SEARCHED_PERSONAL_DATA).what == "สมชาย"


def test_the_secretariat_opens_a_centre(signed_in):
    agency, province = AgencyFactory(), ProvinceFactory()
    data = {"name_th": "สำนักงานขนส่งจังหวัดลำพูน", "agency": agency.pk, "province": province.pk}

    answer = signed_in.post(reverse("open_centre"), data | {"opening_hours": "จ.-ศ. 08.30-16.30", "phone": "053511000"})

    centre = Centre.objects.get()
    assert answer.url == centre.get_absolute_url()
    assert centre.opening_hours == [{"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "16:30"}]
    page = signed_in.get(answer.url).content.decode()
    assert "จ.–ศ. 08.30–16.30 น." in page
    assert "0 5351 1000" in page


def test_what_is_wrong_stays_typed(signed_in):
    answer = signed_in.post(reverse("open_centre"), {"name_th": "ก", "opening_hours": "เมื่อไรก็ได้"})

    assert answer.status_code == 422
    assert "เมื่อไรก็ได้" in answer.content.decode()


def test_a_head_corrects_the_own_centre_in_the_page(client):
    centre = CentreFactory()
    client.force_login(person_of(Office.CENTRE_HEAD, centre=centre))

    answer = client.post(
        reverse("correct_centre", args=[centre.code]), {"seen": centre.version, "phone": "1111", "name_th": "ชื่ออื่น"}
    )

    centre.refresh_from_db()
    assert answer.status_code == 302
    assert centre.phone == "1111"
    assert centre.name_th != "ชื่ออื่น"


def test_the_second_of_two_corrections_is_told_what_changed(signed_in):
    centre = CentreFactory()
    data = {
        "seen": centre.version,
        "name_th": centre.name_th,
        "agency": centre.agency.pk,
        "province": centre.province.pk,
    }
    signed_in.post(reverse("correct_centre", args=[centre.code]), data | {"phone": "1111"})

    answer = signed_in.post(reverse("correct_centre", args=[centre.code]), data | {"phone": "1567"})

    centre.refresh_from_db()
    assert answer.status_code == 409
    assert centre.phone == "1111"


def test_a_centre_is_closed_with_a_reason(signed_in):
    centre = CentreFactory()

    refused = signed_in.post(reverse("turn_centre", args=[centre.code]), {"note": ""})
    signed_in.post(reverse("turn_centre", args=[centre.code]), {"note": "ยุบรวม"})

    centre.refresh_from_db()
    assert refused.status_code == 422
    assert not centre.is_open
    assert "ยุบรวม" in signed_in.get(centre.get_absolute_url()).content.decode()


def test_an_agency_and_a_ministry_are_entered_and_corrected(signed_in):
    ministry = MinistryFactory()
    agency = {"code": "Z-1", "name_th": "กรมใหม่", "kind": "department", "ministry": ministry.pk, "is_active": "on"}

    signed_in.post(reverse("add_agency"), agency)
    signed_in.post(reverse("correct_agency", args=["Z-1"]), agency | {"name_th": "กรมเก่า"})
    signed_in.post(reverse("add_ministry"), {"code": "Z", "name_th": "กระทรวงใหม่"})
    signed_in.post(reverse("correct_ministry", args=["Z"]), {"code": "Z", "name_th": "กระทรวงเก่า"})

    tree = signed_in.get(reverse("list_agencies")).content.decode()
    assert "กรมเก่า" in tree
    assert "กระทรวงเก่า" in tree
    assert signed_in.post(reverse("add_agency"), agency).status_code == 422


def test_a_body_is_established_corrected_and_manned(signed_in):
    body = {
        "kind": BodyKind.SUB_COMMITTEE,
        "number": 5,
        "name_th": "คณะอนุกรรมการ คณะที่ 5",
        "term_from": "1/1/2563",
        "quorum_rule": "more_than_half",
        "quorum_source": "คำสั่ง",
        "jurisdiction": [ProvinceFactory().pk],
    }
    person = UserFactory(username="chair")

    offered = signed_in.get(reverse("establish_body")).content.decode()
    assert 'value="ยังไม่ได้ตรวจกับตัวบท' in offered
    signed_in.post(reverse("establish_body"), body)
    made = Body.objects.get(number=5)
    signed_in.post(reverse("correct_body", args=[made.pk]), body | {"seen": 1, "order_no": "5/2563"})
    assert signed_in.post(reverse("correct_body", args=[made.pk]), body | {"seen": 1}).status_code == 409
    appointment = {"who": "chair", "office": "chair", "from_day": "1/2/2563", "represents": "สำนักงาน ก.พ.ร."}
    signed_in.post(reverse("appoint", args=["body", made.pk]), appointment)

    page = signed_in.get(made.get_absolute_url()).content.decode()
    assert "5/2563" in page
    assert str(person) in page
    assert "สำนักงาน ก.พ.ร." in page
    assert f'<a href="{reverse("list_bodies")}">คณะกรรมการและหน่วยงานกลาง</a>' in page


def test_what_nobody_has_checked_is_offered_in_thai_and_kept_as_the_same_mark():
    with override("th"):
        form = BodyForm({"quorum_source": "ยังไม่ได้ตรวจกับตัวบท"})
        form.is_valid()

    assert form.cleaned_data["quorum_source"] == "unchecked against the text"


def test_an_appointment_of_nobody_known_is_refused(signed_in):
    place = CentreFactory()

    answer = signed_in.post(
        reverse("appoint", args=["centre", place.pk]),
        {"who": "nobody", "office": "centre_head", "from_day": "1/2/2563"},
    )

    assert answer.status_code == 422
    assert not place.memberships.exists()


def test_an_overlap_is_refused_in_words(signed_in):
    membership = MembershipFactory()
    data = {"who": membership.person.username, "office": "centre_officer", "from_day": "1/2/2563"}

    answer = signed_in.post(reverse("appoint", args=["centre", membership.centre.pk]), data)

    assert answer.status_code == 422
    assert Membership.objects.filter(person=membership.person).count() == 1


def test_an_office_is_ended_in_the_page(signed_in):
    membership = MembershipFactory()
    yesterday = timezone.localdate() - timedelta(days=1)

    signed_in.post(
        reverse("end_membership", args=[membership.pk]),
        {"last_day": f"{yesterday.day}/{yesterday.month}/{yesterday.year + 543}"},
    )

    membership.refresh_from_db()
    assert membership.until_day == yesterday
    assert signed_in.post(reverse("end_membership", args=[membership.pk]), {"last_day": "1/1/2559"}).status_code == 422


def test_an_invited_person_receives_the_link(signed_in):
    place = CentreFactory()
    back = reverse("appoint", args=["centre", place.pk])
    data = {"username": "somchai", "email": "Somchai@example.go.th", "name": "สมชาย ใจดี"}

    answer = signed_in.post(f"{reverse('open_account')}?back={back}", data)
    send_mail_task(**ProcrastinateJob.objects.get(task_name="people.send_mail").args)

    person = User.objects.get(username="somchai")
    assert answer.url == f"{back}?who=somchai"
    assert mail.outbox[0].to == ["somchai@example.go.th"]
    assert "/people/password/new/" in mail.outbox[0].body
    assert not person.has_usable_password()


def test_nobody_is_sent_elsewhere_after_making_an_account(signed_in):
    answer = signed_in.post(
        f"{reverse('open_account')}?back=https://evil.example/",
        {"username": "somchai", "email": "s@example.go.th", "name": "สมชาย"},
    )

    assert answer.url == reverse("list_people")


def test_an_address_in_use_is_refused(signed_in):
    UserFactory(username="taken")

    answer = signed_in.post(
        reverse("open_account"), {"username": "new", "email": "taken@example.go.th", "name": "สมชาย"}
    )

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("deed", "is_active", "after"),
    [
        pytest.param("close", True, False, id="closed"),
        pytest.param("reopen", False, True, id="opened again"),
        pytest.param("invite", True, True, id="invited"),
        pytest.param("invite", False, False, id="not invited while closed"),
        pytest.param("something else", True, True, id="nothing"),
    ],
)
def test_an_account_is(signed_in, deed, is_active, after):
    person = UserFactory(is_active=is_active)

    signed_in.post(reverse("turn_account", args=[person.pk]), {"deed": deed})

    person.refresh_from_db()
    assert person.is_active == after


def test_nobody_closes_the_own_account(signed_in, secretary):
    signed_in.post(reverse("turn_account", args=[secretary.pk]), {"deed": "close"})

    secretary.refresh_from_db()
    assert secretary.is_active


def test_details_of_an_account_are_corrected(signed_in):
    person = UserFactory()
    data = {"username": person.username, "email": person.email, "name": "ชื่อใหม่"}

    signed_in.post(reverse("correct_account", args=[person.pk]), data)

    person.refresh_from_db()
    assert person.name == "ชื่อใหม่"


def test_a_persons_offices_over_time_are_shown(signed_in):
    person = MembershipFactory(ended=True).person
    MembershipFactory(person=person, office=Office.CENTRE_HEAD)

    page = signed_in.get(reverse("show_person", args=[person.pk])).content.decode()

    assert page.count("/directory/centres/") >= 2


def test_holidays_are_listed_by_year_entered_and_corrected(signed_in):
    load_reference()

    page = signed_in.get(reverse("list_holidays"), {"year": "2569"}).content.decode()
    assert "วันสงกรานต์" in page
    data = {
        "day": "4/5/2569",
        "name": "วันหยุดพิเศษของลำพูน",
        "kind": "special",
        "scope": "provinces",
        "provinces": [ProvinceFactory().pk],
        "offices_close": "on",
        "confidence": "entered",
        "source": "มติคณะรัฐมนตรี",
    }
    assert signed_in.post(reverse("add_holiday"), data | {"provinces": []}).status_code == 422
    signed_in.post(reverse("add_holiday"), data)
    holiday = Holiday.objects.get(name="วันหยุดพิเศษของลำพูน")
    signed_in.post(
        reverse("correct_holiday", args=[holiday.pk]), {k: v for k, v in data.items() if k != "offices_close"}
    )

    holiday.refresh_from_db()
    assert not holiday.offices_close
    assert signed_in.get(reverse("list_holidays"), {"export": "csv"}).status_code == 200


def test_a_province_joins_a_region_in_the_page(signed_in):
    region, province = InspectionRegionFactory(number=15), ProvinceFactory()
    data = {"province": province.pk, "from_day": "1/1/2560", "source": "คำสั่ง 1/2560"}

    signed_in.post(reverse("move_province", args=[15]), data)

    assert "ลำพูน" in signed_in.get(reverse("show_region", args=[15])).content.decode()
    assert signed_in.post(reverse("move_province", args=[15]), data).status_code == 422
    assert region.belongings.count() == 1


def test_provinces_are_listed_and_exported(signed_in, django_assert_max_num_queries):
    load_reference()

    with django_assert_max_num_queries(10):
        page = signed_in.get(reverse("list_provinces")).content.decode()

    assert "เขตตรวจราชการที่ 15" in page
    assert signed_in.get(reverse("list_provinces"), {"export": "xlsx"}).status_code == 200


def test_the_search_box_finds_centres(signed_in):
    CentreFactory(name_th="สำนักงานขนส่งจังหวัดลำพูน")

    from saduak.directory.navigation import SOURCES

    found = SOURCES[0].search(UserFactory(), "ขนส่ง ลำพูน")

    assert [str(one.label) for one in found] == ["สำนักงานขนส่งจังหวัดลำพูน"]
