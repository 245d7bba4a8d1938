"""Every deed changes what it says, leaves an entry, and changes nothing when it is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from saduak.audit.models import Act, Record
from saduak.directory.models import (
    Agency,
    Body,
    BodyKind,
    Centre,
    Holiday,
    HolidayScope,
    InspectionRegion,
    Membership,
    Ministry,
    Office,
    QuorumRule,
    RegionProvince,
)
from saduak.directory.operations import agencies, bodies, calendar, centres, memberships
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
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def secretary():
    return person_of(Office.SECRETARIAT_OFFICER)


class TestCentres:
    def test_a_centre_gets_the_next_code_of_its_province(self, secretary):
        facts = {"agency": AgencyFactory(), "province": ProvinceFactory(), "by": secretary}

        first = centres.open_centre(name_th="ศูนย์ ก", **facts)
        second = centres.open_centre(name_th="ศูนย์ ข", **facts)

        assert (first.code, second.code) == ("51-00001", "51-00002")
        assert first.history.get().step == "opened"
        assert first.history.get().centre_id == first.pk

    def test_a_stranger_opens_none(self):
        with pytest.raises(PermissionDenied):
            centres.open_centre(agency=AgencyFactory(), province=ProvinceFactory(), name_th="ก", by=UserFactory())

        assert not Centre.objects.exists()

    def test_what_is_wrong_is_refused_and_nothing_is_written(self, secretary):
        with pytest.raises(ValidationError) as refused:
            centres.open_centre(
                agency=AgencyFactory(), province=ProvinceFactory(), name_th="", postcode="051000", by=secretary
            )

        assert {"name_th", "postcode"} <= refused.value.message_dict.keys()
        assert not Entry.objects.exists()

    def test_a_head_corrects_what_visitors_need(self):
        centre = CentreFactory()
        head = person_of(Office.CENTRE_HEAD, centre=centre)

        after = centres.correct_centre(centre, by=head, seen=centre.version, phone="0 5351 1000")

        entry = after.history.get()
        assert after.phone == "0 5351 1000"
        assert entry.facts["changes"] == {"phone": ["", "0 5351 1000"]}

    @pytest.mark.parametrize(
        "facts",
        [pytest.param({"name_th": "ชื่อใหม่"}, id="the name"), pytest.param({"is_open": False}, id="whether it is open")],
    )
    def test_a_head_does_not_correct(self, facts):
        centre = CentreFactory()

        with pytest.raises(PermissionDenied):
            centres.correct_centre(centre, by=person_of(Office.CENTRE_HEAD, centre=centre), **facts)

    def test_a_head_of_another_centre_corrects_nothing(self):
        with pytest.raises(PermissionDenied):
            centres.correct_centre(CentreFactory(), by=person_of(Office.CENTRE_HEAD), phone="1111")

    def test_nothing_is_written_without_a_difference(self, secretary):
        centre = CentreFactory(phone="1111")

        centres.correct_centre(centre, by=secretary, phone="1111")

        assert not centre.history.exists()

    def test_whoever_comes_second_is_told_what_changed(self, secretary):
        centre = CentreFactory()
        centres.correct_centre(centre, by=secretary, seen=0, phone="1111")

        with pytest.raises(StepOvertaken) as overtaken:
            centres.correct_centre(centre, by=secretary, seen=0, phone="1567")

        assert [entry.step for entry in overtaken.value.since] == ["corrected"]

    def test_a_centre_is_closed_and_opened_again_with_reasons(self, secretary):
        centre = centres.close_centre(CentreFactory(), by=secretary, note="ยุบรวม")
        with pytest.raises(ValidationError):
            centres.close_centre(centre, by=secretary, note="ยุบรวม")
        with pytest.raises(ValidationError):
            centres.reopen_centre(centre, by=secretary, note=" ")

        centre = centres.reopen_centre(centre, by=secretary, note="เปิดใหม่")

        assert centre.is_open
        assert [entry.step for entry in centre.history] == ["closed", "reopened"]
        with pytest.raises(ValidationError):
            centres.reopen_centre(centre, by=secretary, note="อีก")

    def test_a_centre_that_was_merged_into_another_is_not_opened_again(self, secretary):
        merged = CentreFactory(closed=True, merged_into=CentreFactory())

        with pytest.raises(ValidationError):
            centres.reopen_centre(merged, by=secretary, note="เปิดใหม่")

        assert not merged.history.exists()


class TestAgencies:
    def test_the_tree_is_kept(self, secretary):
        ministry = agencies.add_ministry(by=secretary, code="X1", name_th="กระทรวงใหม่")
        ministry = agencies.correct_ministry(ministry, by=secretary, letter_code="กม")
        agency = agencies.add_agency(by=secretary, code="X1-01", name_th="กรมใหม่", ministry=ministry)
        part = agencies.add_agency(by=secretary, code="X1-02", name_th="กอง", ministry=ministry, parent=agency)
        agency = agencies.correct_agency(agency, by=secretary, name_en="New Department")

        assert [e.step for e in ministry.history] == [e.step for e in agency.history] == ["opened", "corrected"]
        assert list(Agency.objects.directly_below(ministry)) == [agency]
        assert list(agency.parts.all()) == [part]

    def test_nothing_changes_without_a_difference(self, secretary):
        agency, ministry = AgencyFactory(), MinistryFactory()

        agencies.correct_agency(agency, by=secretary, name_th=agency.name_th)
        agencies.correct_ministry(ministry, by=secretary, name_th=ministry.name_th)

        assert not Entry.objects.exists()

    def test_an_agency_is_not_below_itself(self, secretary):
        above = AgencyFactory()
        below = AgencyFactory(parent=above, ministry=above.ministry)

        with pytest.raises(ValidationError):
            agencies.correct_agency(above, by=secretary, parent=below)

    def test_an_agency_is_under_the_ministry_of_its_parent(self, secretary):
        with pytest.raises(ValidationError):
            agencies.add_agency(by=secretary, code="X", name_th="ก", ministry=MinistryFactory(), parent=AgencyFactory())

    @pytest.mark.parametrize("deed", [agencies.add_agency, agencies.add_ministry])
    def test_a_stranger_changes_nothing(self, deed):
        with pytest.raises(PermissionDenied):
            deed(by=UserFactory(), code="X", name_th="ก")

        assert not Ministry.objects.exists()


class TestBodies:
    FACTS = {
        "kind": BodyKind.SUB_COMMITTEE,
        "number": 5,
        "name_th": "คณะอนุกรรมการตรวจประเมิน คณะที่ 5",
        "order_no": "5/2563",
        "term_from": date(2020, 1, 1),
    }

    def test_a_sub_committee_is_established_with_its_provinces(self, secretary):
        body = bodies.establish(by=secretary, jurisdiction=[ProvinceFactory()], **self.FACTS)

        assert body.jurisdiction.get().code == "51"
        assert body.history.get().facts["order_no"] == "5/2563"
        assert body.quorum_among(7) == 4

    def test_a_body_is_corrected_and_told(self, secretary):
        body = bodies.establish(by=secretary, **self.FACTS)

        body = bodies.correct_body(
            body,
            by=secretary,
            seen=1,
            jurisdiction=[ProvinceFactory()],
            quorum_rule=QuorumRule.NUMBER,
            quorum_number=3,
        )

        assert body.quorum_among(7) == 3
        assert body.history.last().facts["changes"]["jurisdiction"] == [[], ["51"]]
        bodies.correct_body(body, by=secretary, jurisdiction=body.jurisdiction.all())
        assert body.history.count() == 2

    def test_a_body_keeps_its_provinces_when_its_order_is_corrected(self, secretary):
        body = bodies.establish(by=secretary, jurisdiction=[ProvinceFactory()], **self.FACTS)

        bodies.correct_body(body, by=secretary, order_no="2/2569")
        bodies.correct_body(body, by=secretary, jurisdiction=[ProvinceFactory()], term_until=date(2030, 12, 31))

        assert [province.code for province in body.jurisdiction.all()] == ["51"]
        changes = [entry.facts["changes"] for entry in body.history if entry.step == "corrected"]
        assert [list(one) for one in changes] == [["order_no"], ["term_until"]]
        assert changes[1]["term_until"] == [None, "2030-12-31"]

    def test_a_number_in_use_is_refused_in_words(self, secretary):
        bodies.establish(by=secretary, **self.FACTS)

        with pytest.raises(ValidationError, match=r"หมายเลข|number"):
            bodies.establish(by=secretary, **self.FACTS)

        assert Body.objects.count() == 2  # The secretariat itself, and sub-committee 5.

    def test_a_stranger_establishes_none(self):
        with pytest.raises(PermissionDenied):
            bodies.establish(by=UserFactory(), **self.FACTS)


class TestMemberships:
    def test_an_appointment_gives_the_role_and_is_audited(self, secretary):
        person, body = UserFactory(), BodyFactory()

        membership = memberships.appoint(person, office=Office.CHAIR, place=body, from_day=TODAY, by=secretary)

        assert Membership.objects.on(TODAY).of(person).get() == membership
        assert Record.objects.concerning(person).get().act == Act.GRANTED
        assert body.history.get().facts["office"] == "chair"

    def test_an_office_ends_after_its_last_day(self, secretary):
        membership = MembershipFactory(body=BodyFactory(), centre=None, office=Office.MEMBER)

        memberships.end(membership, last_day=YESTERDAY, by=secretary)

        assert not Membership.objects.on(TODAY).of(membership.person).exists()
        assert Membership.objects.on(YESTERDAY).of(membership.person).exists()
        assert Record.objects.concerning(membership.person).get().act == Act.REVOKED
        with pytest.raises(ValidationError):
            memberships.end(membership, last_day=TODAY, by=secretary)

    def test_the_operator_ends_an_office_without_the_audit(self):
        ended = memberships.end(MembershipFactory(), last_day=TODAY, by=None)

        assert ended.until_day == TODAY
        assert not Record.objects.exists()

    def test_it_does_not_end_before_it_began(self, secretary):
        membership = MembershipFactory(body=BodyFactory(), centre=None, office=Office.MEMBER, from_day=TODAY)

        with pytest.raises(ValidationError):
            memberships.end(membership, last_day=YESTERDAY, by=secretary)

    @pytest.mark.parametrize(
        ("place", "office", "days"),
        [
            pytest.param(lambda: BodyFactory(), Office.AUDITOR, {}, id="an auditor in a sub-committee"),
            pytest.param(lambda: CentreFactory(), Office.CHAIR, {}, id="a chair in a centre"),
            pytest.param(lambda: AgencyFactory(), Office.CENTRE_HEAD, {}, id="a head in an agency"),
            pytest.param(lambda: CentreFactory(closed=True), Office.CENTRE_OFFICER, {}, id="in a closed centre"),
            pytest.param(lambda: BodyFactory(term_until=YESTERDAY), Office.CHAIR, {}, id="after the term"),
            pytest.param(
                lambda: BodyFactory(term_until=TODAY),
                Office.CHAIR,
                {"until_day": TODAY + timedelta(days=1)},
                id="beyond the term",
            ),
            pytest.param(lambda: BodyFactory(), Office.CHAIR, {"until_day": YESTERDAY}, id="ending before it begins"),
        ],
    )
    def test_an_appointment_is_refused(self, secretary, place, office, days):
        place = place()
        before = Membership.objects.count()

        with pytest.raises(ValidationError):
            memberships.appoint(UserFactory(), office=office, place=place, from_day=TODAY, by=secretary, **days)

        assert Membership.objects.count() == before
        assert not Record.objects.exists()

    def test_an_overlap_is_refused(self, secretary):
        membership = MembershipFactory()

        with pytest.raises(ValidationError):
            memberships.appoint(
                membership.person,
                office=Office.CENTRE_OFFICER,
                place=membership.centre,
                from_day=TODAY,
                by=secretary,
            )

    def test_a_head_appoints_officers_of_the_own_centre_only(self):
        centre = CentreFactory()
        head = person_of(Office.CENTRE_HEAD, centre=centre)

        memberships.appoint(UserFactory(), office=Office.CENTRE_OFFICER, place=centre, from_day=TODAY, by=head)
        with pytest.raises(PermissionDenied):
            memberships.appoint(
                UserFactory(), office=Office.CENTRE_OFFICER, place=CentreFactory(), from_day=TODAY, by=head
            )
        with pytest.raises(PermissionDenied):
            memberships.end(MembershipFactory(), last_day=TODAY, by=head)

    def test_the_operator_appoints_the_first_people(self):
        memberships.appoint(
            UserFactory(),
            office=Office.ADMINISTRATOR,
            place=BodyFactory(kind=BodyKind.SECRETARIAT),
            from_day=TODAY,
            until_day=TODAY,
            by=None,
        )

        assert not Record.objects.exists()


class TestCalendar:
    def test_a_one_off_day_of_some_provinces_is_entered(self, secretary):
        holiday = calendar.add_holiday(
            by=secretary,
            day=date(2026, 5, 4),
            name="วันหยุดพิเศษ",
            scope=HolidayScope.PROVINCES,
            source="มติ ค.ร.ม.",
            provinces=[ProvinceFactory()],
        )

        assert holiday.history.get().step == "opened"
        assert Holiday.objects.observed_in(ProvinceFactory()).get() == holiday

    def test_provinces_are_chosen_exactly_for_their_days(self, secretary):
        with pytest.raises(ValidationError):
            calendar.add_holiday(
                by=secretary, day=TODAY, name="ก", scope=HolidayScope.PROVINCES, source="ก", provinces=[]
            )

        assert not Holiday.objects.exists()

    def test_a_day_that_was_called_off_stays_in_the_table(self, secretary):
        holiday = calendar.correct_holiday(HolidayFactory(), by=secretary, offices_close=False)
        calendar.correct_holiday(holiday, by=secretary, offices_close=False)

        assert not Holiday.objects.closing_offices().exists()
        assert holiday.history.count() == 1

    def test_the_provinces_of_a_day_are_corrected(self, secretary):
        holiday = HolidayFactory()

        holiday = calendar.correct_holiday(
            holiday, by=secretary, scope=HolidayScope.PROVINCES, provinces=[ProvinceFactory()]
        )

        assert holiday.history.get().facts["changes"]["provinces"] == [[], ["51"]]

    def test_a_province_moves_to_another_region(self, secretary):
        province, old, new = ProvinceFactory(), InspectionRegionFactory(number=15), InspectionRegionFactory(number=16)
        facts = {"source": "คำสั่ง", "by": secretary}
        calendar.move_province(province, to=old, from_day=date(2017, 1, 1), **facts)

        calendar.move_province(province, to=new, from_day=TODAY, **facts)

        assert InspectionRegion.objects.of(province, YESTERDAY).get() == old
        assert InspectionRegion.objects.of(province, TODAY).get() == new
        assert new.history.get().facts["province"] == "ลำพูน"
        with pytest.raises(ValidationError):
            calendar.move_province(province, to=new, from_day=TODAY + timedelta(days=9), **facts)
        with pytest.raises(ValidationError):
            calendar.move_province(province, to=old, from_day=TODAY, **facts)

    def test_a_province_comes_back_after_days_outside_every_region(self, secretary):
        province, old, new = ProvinceFactory(), InspectionRegionFactory(number=15), InspectionRegionFactory(number=16)
        before = RegionProvince.objects.create(
            region=old, province=province, from_day=date(2017, 1, 1), until_day=date(2019, 12, 31), source="คำสั่ง"
        )

        calendar.move_province(province, to=new, from_day=date(2021, 1, 1), source="คำสั่ง", by=secretary)

        before.refresh_from_db()
        assert before.until_day == date(2019, 12, 31)
        assert InspectionRegion.objects.of(province, date(2020, 6, 1)).first() is None
        assert InspectionRegion.objects.of(province, TODAY).get() == new

    def test_a_stranger_changes_no_calendar(self):
        with pytest.raises(PermissionDenied):
            calendar.add_holiday(by=UserFactory(), day=TODAY, name="ก", source="ก")


class TestWhoeverIsFaster:
    """Somebody else writes between the check and the write."""

    def test_what_was_taken_meanwhile_is_said_in_words(self, secretary, monkeypatch):
        ministry = MinistryFactory()
        _meanwhile(monkeypatch, Agency, lambda: AgencyFactory(code="X1-01", ministry=ministry))

        with pytest.raises(ValidationError) as refused:
            agencies.add_agency(by=secretary, code="X1-01", name_th="กรมใหม่", ministry=ministry)

        assert list(refused.value.message_dict) == ["code"]

    def test_what_is_free_again_is_written(self, secretary, monkeypatch):
        ministry = MinistryFactory()
        _meanwhile(
            monkeypatch,
            Agency,
            lambda: AgencyFactory(code="X1-01", ministry=ministry),
            lambda: Agency.objects.all().delete(),
        )

        agencies.add_agency(by=secretary, code="X1-01", name_th="กรมใหม่", ministry=ministry)

        assert Agency.objects.get().name_th == "กรมใหม่"


def _meanwhile(monkeypatch, model, after_the_first_check, before_the_second=lambda: None):
    """Let something happen around the checks of a thing of this kind."""
    check = model.full_clean
    deeds = iter([(lambda: None, after_the_first_check), (before_the_second, lambda: None)])

    def checked(thing, *args, **kwargs):
        before, after = next(deeds)
        before()
        check(thing, *args, **kwargs)
        after()

    monkeypatch.setattr(model, "full_clean", checked)
