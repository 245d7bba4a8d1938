"""A dry run tells everything; a confirmed spreadsheet writes exactly that, or nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saduak.audit.models import Act, Record
from saduak.design.spreadsheets import csv_text, xlsx
from saduak.directory.models import Agency, BodyKind, Centre, Import, ImportStage, Membership, Office, SheetKind
from saduak.directory.operations.exchange import writing
from saduak.directory.operations.exchange.columns import export_rows, headings
from saduak.directory.operations.exchange.planning import make_plan
from saduak.directory.sheets import read_sheet
from saduak.directory.tests.factories import (
    AgencyFactory,
    BodyFactory,
    CentreFactory,
    MembershipFactory,
    MinistryFactory,
    ProvinceFactory,
    person_of,
)
from saduak.journal.models import Entry
from saduak.people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CENTRES = "รหัสศูนย์,ชื่อภาษาไทย,รหัสหน่วยงาน,จังหวัด,รหัสไปรษณีย์,เวลาทำการ,โทรศัพท์,ละติจูด,ลองจิจูด\n"


@pytest.fixture
def secretary():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def place():
    """An agency with the code ขบ and the province of Lamphun."""
    ProvinceFactory()
    return AgencyFactory(code="ขบ", name_th="กรมการขนส่งทางบก")


def _checked(text, by, kind=SheetKind.CENTRES):
    content = text if isinstance(text, bytes) else text.encode()
    return writing.check(writing.take_in(content, kind=kind, file_name="ศูนย์.csv", by=by))


def _written(sheet, by):
    return writing.write(writing.confirm(sheet, by=by, seen=sheet.digest))


class TestTheDryRun:
    def test_it_counts_and_writes_nothing(self, secretary, place):
        known = CentreFactory(agency=place, name_th="ศูนย์เดิม")

        sheet = _checked(
            f"{CENTRES},ศูนย์ใหม่,ขบ,ลำพูน,51000,จ.-ศ. 08.30-16.30,053511000,,\n{known.code},ศูนย์เดิม,ขบ,51,,,,,\n", secretary
        )

        assert sheet.state == ImportStage.CHECKED
        assert sheet.summary == {"rows": 2, "create": 1, "change": 0, "same": 1}
        assert sheet.preview == [[2, "create", "ศูนย์ใหม่"]]
        assert Centre.objects.count() == 1

    def test_every_problem_is_told_by_row_and_column(self, secretary, place):
        CentreFactory(agency=place, name_th="ศูนย์เดิม", code="51-00009")
        rows = [
            ",,ขบ,ลำพูน,,,,,",
            ",ก,ไม่มี,ลำพูน,,,,,",
            ",ข,ขบ,นคร,,,,,",
            ",ค,ขบ,ลำพูน,๕๑๐,,,,",
            ",ง,ขบ,ลำพูน,,ตามสะดวก,,,",
            ",จ,ขบ,ลำพูน,,,53511,,",
            ",ฉ,ขบ,ลำพูน,,,,สิบแปด,",
            ",ช,ขบ,ลำพูน,,,,18.5,",
            ",ซ,ขบ,ลำพูน,,,,1.5,99",
            "99-99999,ฌ,ขบ,ลำพูน,,,,,",
            ",ศูนย์เดิม,ขบ,ลำพูน,,,,,",
            ",ญ,ขบ,ลำพูน,,,,,",
            ",ญ,ขบ,จังหวัดลำพูน,,,,,",
            ",#REF!,ขบ,ลำพูน,,,,,",
            f",{'ก' * 301},ขบ,ลำพูน,,,,,",
        ]

        sheet = _checked(CENTRES + "\n".join(rows), secretary)

        assert sheet.state == ImportStage.REFUSED
        assert [(row, column) for row, column, _, _ in sheet.problems] == [
            (2, "ชื่อภาษาไทย"),
            (3, "รหัสหน่วยงาน"),
            (4, "จังหวัด"),
            (5, "รหัสไปรษณีย์"),
            (6, "เวลาทำการ"),
            (7, "โทรศัพท์"),
            (8, "ละติจูด"),
            (9, "ละติจูด"),
            (10, "ละติจูด"),
            (11, "รหัสศูนย์"),
            (12, "รหัสศูนย์"),
            (14, "รหัสศูนย์"),
            (15, "ชื่อภาษาไทย"),
            (16, "ชื่อภาษาไทย"),
        ]
        assert all(words for *_, words in sheet.problems)

    @pytest.mark.parametrize(
        ("text", "column"),
        [
            pytest.param("ชื่อภาษาไทย,รหัสหน่วยงาน\nก,ข\n", "จังหวัด", id="a column is missing"),
            pytest.param(CENTRES.strip() + ",สีทาผนัง\n,ก,ข,ค\n", "สีทาผนัง", id="a column is unknown"),
            pytest.param(CENTRES.strip() + ",จังหวัด\n,ก,ข,ค\n", "จังหวัด", id="a column is there twice"),
        ],
    )
    def test_the_headings_are_looked_at_first(self, secretary, text, column):
        assert _checked(text, secretary).problems[0][:2] == [1, column]

    def test_a_cell_outside_the_headings_is_a_problem(self, secretary, place):
        sheet = _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,,เกิน\n".replace("ลองจิจูด\n", "ลองจิจูด,\n"), secretary)

        assert sheet.problems[0][2] == "เกิน"

    def test_a_centre_that_was_merged_into_another_takes_no_row(self, secretary, place):
        CentreFactory(agency=place, code="51-00009", name_th="ศูนย์เดิม", closed=True, merged_into=CentreFactory())

        sheet = _checked(f"{CENTRES}51-00009,ศูนย์เดิม,ขบ,ลำพูน,,,,,\n", secretary)

        assert sheet.state == ImportStage.REFUSED
        assert sheet.problems[0][:3] == [2, "รหัสศูนย์", "51-00009"]

    def test_an_empty_column_without_a_name_is_no_problem(self, secretary, place):
        sheet = _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,,\n".replace("ลองจิจูด\n", "ลองจิจูด,\n"), secretary)

        assert (sheet.problems, sheet.summary["create"]) == ([], 1)

    def test_merged_cells_are_a_problem(self, secretary):
        from saduak.directory.tests.test_sheets import _book

        sheet = _checked(_book([("ชื่อภาษาไทย *",), ("ก",), ("ข",)], merge="A2:A3"), secretary)

        assert any(column == "A2:A3" for _, column, _, _ in sheet.problems)

    def test_a_wrong_file_is_told_in_words(self, secretary):
        sheet = _checked(b"\xd0\xcf\x11\xe0 old", secretary)

        assert sheet.state == ImportStage.REFUSED
        assert ".xlsx" in sheet.problems[0][3]
        assert not sheet.content

    def test_english_headings_are_understood(self, secretary, place):
        sheet = _checked("Name in Thai,Agency code,Province\nก,กรมการขนส่งทางบก,Lamphun\n", secretary)

        assert sheet.summary["create"] == 1

    def test_a_checked_sheet_is_not_checked_again(self, secretary, place):
        sheet = _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n", secretary)

        assert writing.check(sheet).digest == sheet.digest

    def test_only_the_secretariat_and_administrators_bring_in(self):
        with pytest.raises(PermissionDenied):
            _checked(CENTRES, person_of(Office.CENTRE_HEAD))


class TestWriting:
    def test_it_writes_what_was_shown_with_an_entry_for_each(self, secretary, place):
        known = CentreFactory(agency=place, name_th="ศูนย์เดิม", code="51-00003")
        text = f"{CENTRES},ศูนย์ใหม่,ขบ,ลำพูน,51000,จ.-ศ. 08.30-16.30,053511000,18.5,99\n51-00003,ศูนย์เดิม,ขบ,51,51000,,,,\n"

        sheet = _written(_checked(text, secretary), secretary)

        new = Centre.objects.get(name_th="ศูนย์ใหม่")
        known.refresh_from_db()
        assert sheet.state == ImportStage.WRITTEN
        assert (new.code, new.phone, new.postcode) == ("51-00004", "0 5351 1000", "51000")
        assert new.search_text
        assert known.postcode == "51000"
        assert [e.step for e in new.history] == ["imported"]
        assert known.history.get().facts["changes"] == {"postcode": ["", "51000"]}
        assert not sheet.content

    def test_an_address_typed_without_its_beginning_becomes_one(self, secretary, place):
        text = "ชื่อภาษาไทย,รหัสหน่วยงาน,จังหวัด,เว็บไซต์\nก,ขบ,ลำพูน,dlt.go.th\nข,ขบ,ลำพูน,http://old.go.th\n"

        _written(_checked(text, secretary), secretary)

        assert set(Centre.objects.values_list("website", flat=True)) == {"https://dlt.go.th", "http://old.go.th"}

    def test_a_second_time_it_does_nothing(self, secretary, place):
        _written(_checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n", secretary), secretary)
        exported = csv_text(headings(SheetKind.CENTRES), export_rows(SheetKind.CENTRES))

        sheet = _checked(exported, secretary)

        assert sheet.summary == {"rows": 1, "create": 0, "change": 0, "same": 1}

    def test_a_directory_that_changed_in_the_meantime_stops_it(self, secretary, place):
        sheet = _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n,ข,ขบ,ลำพูน,,,,,\n", secretary)
        CentreFactory(agency=place, name_th="ก")
        entries = Entry.objects.count()

        sheet = _written(sheet, secretary)

        assert sheet.state == ImportStage.OVERTAKEN
        assert Centre.objects.count() == 1
        assert Entry.objects.count() == entries

    def test_it_is_confirmed_once_and_as_it_was_seen(self, secretary, place):
        sheet = _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n", secretary)
        with pytest.raises(ValidationError):
            writing.confirm(sheet, by=secretary, seen="something else")
        _written(sheet, secretary)

        with pytest.raises(ValidationError):
            writing.confirm(sheet, by=secretary, seen=sheet.digest)
        assert writing.write(sheet).state == ImportStage.WRITTEN
        assert Centre.objects.count() == 1

    def test_a_mistake_leaves_nothing_half_done(self, secretary, place, monkeypatch):
        sheet = writing.confirm(s := _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n", secretary), by=secretary, seen=s.digest)
        monkeypatch.setattr(Entry.objects, "bulk_create", lambda *a, **k: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            writing.write(sheet)

        sheet.refresh_from_db()
        assert sheet.state == ImportStage.FAILED
        assert not Centre.objects.exists()

    def test_a_person_stops_it(self, secretary, place):
        sheet = _checked(f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n", secretary)

        sheet = writing.stop(sheet, by=secretary)

        assert sheet.state == ImportStage.CANCELLED
        assert writing.write(sheet).state == ImportStage.CANCELLED

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            pytest.param(SheetKind.CENTRES, f"{CENTRES},ก,ขบ,ลำพูน,,,,,\n", id="centres"),
            pytest.param(SheetKind.AGENCIES, "รหัสหน่วยงาน,ชื่อภาษาไทย\nA1,กรม\nA2,กอง\n", id="agencies"),
        ],
    )
    def test_a_wish_to_stop_reaches_the_writing(self, secretary, place, monkeypatch, kind, text):
        monkeypatch.setattr(writing, "TOLD_EVERY", 2)
        sheet = writing.confirm(s := _checked(text, secretary, kind=kind), by=secretary, seen=s.digest)
        Import.objects.filter(pk=sheet.pk).update(stop_wanted=True)

        assert writing.write(sheet).state == ImportStage.CANCELLED
        assert not Centre.objects.exists()
        assert Agency.objects.get() == place

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.text("กขคงจ", min_size=1, max_size=3),
                st.sampled_from(["", "51000", "5100", "๕๑๐๐๐"]),
                st.sampled_from(["", "053511000", "1111", "99"]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_any_sheet_is_refused_whole_or_written_whole(self, secretary, place, rows):
        Import.objects.all().delete()
        before = Centre.objects.count()
        text = CENTRES + "\n".join(f",{name},ขบ,ลำพูน,{postcode},,{phone},," for name, postcode, phone in rows)

        sheet = _checked(text, secretary)

        if sheet.problems:
            assert Centre.objects.count() == before
        else:
            assert _written(sheet, secretary).state == ImportStage.WRITTEN
            assert Centre.objects.count() == before + len(rows)
            again = csv_text(headings(SheetKind.CENTRES), export_rows(SheetKind.CENTRES))
            assert make_plan(SheetKind.CENTRES, read_sheet(again)).summary["same"] == before + len(rows)


class TestAgencies:
    HEAD = "รหัสหน่วยงาน,ชื่อภาษาไทย,ประเภท,รหัสกระทรวง,รหัสหน่วยงานต้นสังกัด,ยังคงมีอยู่\n"

    def test_agencies_and_their_parts_come_in_together(self, secretary):
        MinistryFactory(code="คค")

        sheet = _written(
            _checked(f"{self.HEAD}A1,กรม,,คค,,\nA2,กอง,กรมหรือเทียบเท่า,คค,A1,ใช่\n", secretary, kind=SheetKind.AGENCIES),
            secretary,
        )

        assert sheet.state == ImportStage.WRITTEN
        assert Agency.objects.get(code="A2").parent.code == "A1"
        again = xlsx(headings(SheetKind.AGENCIES), export_rows(SheetKind.AGENCIES))
        assert _checked(again, secretary, kind=SheetKind.AGENCIES).summary["same"] == 2

    def test_an_agency_is_changed(self, secretary):
        agency, above = AgencyFactory(code="A1"), AgencyFactory(code="A0")
        Agency.objects.update(ministry=agency.ministry)
        text = f"รหัสหน่วยงาน,ชื่อภาษาไทย,รหัสหน่วยงานต้นสังกัด,ยังคงมีอยู่\nA1,{agency.name_th},A0,ไม่ใช่\n"

        _written(_checked(text, secretary, kind=SheetKind.AGENCIES), secretary)

        agency.refresh_from_db()
        assert agency.parent == above
        assert not agency.is_active

    def test_problems_are_told(self, secretary):
        AgencyFactory(code="A0")
        MinistryFactory(code="คค")
        rows = ["A1,กรม,แปลก,,,", "A2,กรม,,ไม่มี,,", "A3,กรม,,,A9,", "A4,กรม,,,A4,", "A5,กรม,,คค,A0,", "A6,กรม,,,,อาจจะ"]

        sheet = _checked(self.HEAD + "\n".join(rows), secretary, kind=SheetKind.AGENCIES)

        assert [row for row, *_ in sheet.problems] == [2, 3, 4, 5, 6, 7]


class TestMemberships:
    HEAD = "ชื่อผู้ใช้,ชื่อ,ตำแหน่ง,รหัสสถานที่,ตั้งแต่วันที่,ถึงวันที่\n"

    def test_offices_come_in_and_end(self, secretary):
        UserFactory(username="somchai")
        held = MembershipFactory(centre=CentreFactory(code="51-00001"), from_day=date(2020, 1, 1))
        body = BodyFactory()
        rows = [
            f"somchai,สมชาย,ประธาน,{body.reference},๑/๒/๒๕๖๓,",
            f"{held.person.username},,เจ้าหน้าที่ศูนย์,51-00001,1/1/2563,31 ธ.ค. 2565",
        ]

        sheet = _written(_checked(self.HEAD + "\n".join(rows), secretary, kind=SheetKind.MEMBERSHIPS), secretary)

        held.refresh_from_db()
        assert sheet.state == ImportStage.WRITTEN
        assert body.memberships.get().office == Office.CHAIR
        assert held.until_day == date(2022, 12, 31)
        assert set(Record.objects.values_list("act", flat=True)) == {Act.GRANTED, Act.REVOKED}
        again = csv_text(headings(SheetKind.MEMBERSHIPS), export_rows(SheetKind.MEMBERSHIPS))
        plan = _checked(again, secretary, kind=SheetKind.MEMBERSHIPS)
        assert plan.summary["same"] == Membership.objects.count()

    def test_days_one_after_the_other_are_no_overlap(self, secretary):
        body = BodyFactory()
        before = MembershipFactory(body=body, office=Office.CHAIR, until_day=date(2019, 12, 31))
        UserFactory(username="somchai")
        rows = [
            f"{before.person.username},,กรรมการ,{body.reference},1/1/2563,",
            f"somchai,,ประธาน,{body.reference},1/1/2563,",
        ]

        sheet = _written(_checked(self.HEAD + "\n".join(rows), secretary, kind=SheetKind.MEMBERSHIPS), secretary)

        assert sheet.state == ImportStage.WRITTEN
        assert body.memberships.count() == 3

    def test_problems_are_told(self, secretary):
        UserFactory(username="somchai")
        UserFactory(username="somying")
        body = BodyFactory(term_from=date(2020, 1, 1), term_until=date(2021, 12, 31))
        held = MembershipFactory(centre=CentreFactory(code="51-00001"), until_day=date(2025, 1, 1))
        B = body.reference
        rows = [
            f"nobody,,ประธาน,{B},1/2/2563,",
            "somchai,,ประธาน,B99999,1/2/2563,",
            f"somchai,,ผู้วิเศษ,{B},1/2/2563,",
            f"somchai,,ประธาน,{B},15/1/69,",
            f"somchai,,ผู้ตรวจสอบ,{B},1/2/2563,",
            f"somchai,,ประธาน,{B},1/2/2563,1/1/2563",
            f"somchai,,ประธาน,{B},1/2/2562,",
            f"somchai,,ประธาน,{B},1/2/2563,1/2/2570",
            f"somchai,,ประธาน,{B},1/2/2563,31/12/2563",
            f"somchai,,กรรมการ,{B},1/3/2563,",
            f"somying,,ประธาน,{B},1/3/2563,",
            f"{held.person.username},,เจ้าหน้าที่ศูนย์,51-00001,1/1/2560,1/1/2570",
        ]

        sheet = _checked(self.HEAD + "\n".join(rows), secretary, kind=SheetKind.MEMBERSHIPS)

        assert [row for row, *_ in sheet.problems] == [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13]


def test_an_english_reader_gets_english_headings():
    with translation.override("en"):
        assert headings(SheetKind.CENTRES)[0] == "Centre code"


def test_a_body_of_each_kind_has_a_code_that_is_understood(secretary):
    UserFactory(username="somchai")
    audit = BodyFactory(kind=BodyKind.AUDIT)

    sheet = _checked(
        f"User name,Office,Code of the place,From\nsomchai,auditor,{audit.reference},1/1/2563\n",
        secretary,
        kind=SheetKind.MEMBERSHIPS,
    )

    assert sheet.summary["create"] == 1
