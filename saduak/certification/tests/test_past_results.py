"""Results of earlier years: brought in with their sources, matched by a person, settled where they contradict."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from saduak.certification.models import Holding, Match, Outcome, PastResult, PastSheet, PastStage
from saduak.certification.operations import past
from saduak.certification.queries.past import DISPUTED, agreed, by_year, disputes, gathered, suggestions_for
from saduak.certification.queries.work_of_records import work_of_records
from saduak.certification.tests.certificates import TODAY, certificate
from saduak.certification.tests.past_results import line
from saduak.directory.models import Centre, Office
from saduak.directory.operations import merging
from saduak.directory.operations.duplicates import look_for_duplicates
from saduak.directory.tests.factories import AgencyFactory, CentreFactory, ProvinceFactory, person_of
from saduak.journal.models import Entry
from saduak.journal.steps import StepOvertaken
from tests.support.together import together

HEAD = "ปี,ศูนย์,รหัสศูนย์,หน่วยงาน,จังหวัด,ผล,ที่มา,หน้า"
ROW = "2561,สำนักงานที่ดินจังหวัดลำพูน,,กรมที่ดิน,ลำพูน,ระดับก้าวหน้า,ประกาศผล 2561,3"


@given(st.sets(st.sampled_from(list(Outcome)), min_size=1))
def test_sources_agree_unless_they_contradict(outcomes):
    levels = outcomes - {Outcome.CERTIFIED}

    said = agreed(outcomes)

    if len(levels) > 1 or (Outcome.DECLINED in levels and len(outcomes) > 1):
        assert said == DISPUTED
    else:
        assert said == (levels.pop() if levels else Outcome.CERTIFIED)


@pytest.fixture
def officer():
    return person_of(Office.SECRETARIAT_OFFICER)


@pytest.fixture
def lamphun():
    return ProvinceFactory()


def sheet(*rows, head=HEAD):
    return "\n".join([head, *rows]).encode()


def taken(officer, *rows, **how):
    return past.take_in(sheet(*rows, **how), file_name="ผลปี 2561.csv", by=officer)


def written(officer, *rows):
    checked = taken(officer, *rows)
    return past.write(checked, by=officer, seen=checked.digest)


@pytest.mark.django_db
class TestBringingIn:
    """From the dry run to the writing."""

    def test_a_dry_run_shows_every_line_and_writes_nothing(self, officer, lamphun):
        CentreFactory(code="51-00007", name_th="สำนักงานที่ดินจังหวัดลำพูน", province=lamphun)

        checked = taken(officer, ROW, ROW.replace("ที่ดิน", "ขนส่ง"))

        assert checked.state == PastStage.CHECKED
        assert [match for _row, _words, match in checked.preview] == [
            "อาจเป็น 51-00007 รอการยืนยัน",
            "รอผู้จับคู่",
        ]
        assert not PastResult.objects.exists()

    def test_what_was_shown_is_written_with_its_source_and_journal(self, officer, lamphun):
        done = written(officer, ROW)

        made = PastResult.objects.get()
        assert (done.state, bytes(done.content)) == (PastStage.WRITTEN, b"")
        assert (made.cycle_be, made.outcome, made.source, made.page) == (2561, "advanced", "ประกาศผล 2561", "3")
        assert made.match == Match.OPEN
        assert Entry.objects.get(case_kind=PastResult.case_kind).facts["row"] == 2

    def test_a_code_matches_at_once(self, officer, lamphun):
        centre = CentreFactory(code="51-00007", province=lamphun)

        written(officer, ROW.replace(",,", ",51-00007,", 1))

        assert PastResult.objects.get().centre == centre

    @pytest.mark.parametrize(
        ("cell", "wrong", "column"),
        [
            ("2561", "๒๕๖๑x", "ปี"),
            ("2561", "2018", "ปี"),
            ("2561", "2600", "ปี"),
            ("ลำพูน,ร", "แอตแลนติส,ร", "จังหวัด"),
            ("ระดับก้าวหน้า", "ดีมาก", "ผล"),
            ("ประกาศผล 2561", "", "ที่มา"),
            ("3", "3" * 61, "หน้า"),
            (",,", ",99-99999,", "รหัสศูนย์"),
            ("สำนักงานที่ดินจังหวัดลำพูน", "ก" * 301, "ศูนย์"),
        ],
    )
    def test_every_problem_is_told_by_row_and_column(self, officer, lamphun, cell, wrong, column):
        refused = taken(officer, ROW.replace("ลำพูน,ระดับ", "ลำพูน,ระดับ"), ROW.replace(cell, wrong, 1))

        assert refused.state == PastStage.REFUSED
        assert {(row, name) for row, name, _value, _words in refused.problems} == {(3, column)}

    @pytest.mark.parametrize("outcome", ["เป็นเลิศ", "ระดับเป็นเลิศ", "Excellent", "ผ่าน", "ไม่ได้รับการรับรอง"])
    def test_results_are_read_as_papers_write_them(self, officer, lamphun, outcome):
        assert taken(officer, ROW.replace("ระดับก้าวหน้า", outcome)).state == PastStage.CHECKED

    def test_thai_digits_are_a_year(self, officer, lamphun):
        written(officer, ROW.replace("2561", "พ.ศ. ๒๕๖๑", 1))

        assert PastResult.objects.get().cycle_be == 2561

    def test_a_row_twice_and_a_line_that_is_there(self, officer, lamphun):
        assert taken(officer, ROW, ROW).state == PastStage.REFUSED
        written(officer, ROW)
        assert taken(officer, ROW).total == 0

    def test_a_code_of_another_province_is_refused(self, officer, lamphun):
        CentreFactory(code="50-00001", province=ProvinceFactory(code="50"))

        assert taken(officer, ROW.replace(",,", ",50-00001,", 1)).state == PastStage.REFUSED

    def test_what_somebody_else_wrote_meanwhile_stops_the_writing(self, officer, lamphun):
        first, second = taken(officer, ROW), taken(officer, ROW)
        past.write(first, by=officer, seen=first.digest)

        assert past.write(second, by=officer, seen=second.digest).state == PastStage.OVERTAKEN
        assert PastResult.objects.count() == 1

    def test_a_sheet_is_written_once_and_only_as_it_was_seen(self, officer, lamphun):
        checked = taken(officer, ROW)

        with pytest.raises(ValidationError):
            past.write(checked, by=officer, seen="anything")
        past.write(checked, by=officer, seen=checked.digest)
        with pytest.raises(ValidationError):
            past.write(checked, by=officer, seen=checked.digest)
        with pytest.raises(ValidationError):
            past.give_up(checked, by=officer)

    def test_a_sheet_is_given_up_unwritten(self, officer, lamphun):
        given_up = past.give_up(taken(officer, ROW), by=officer)

        assert (given_up.state, bytes(given_up.content)) == (PastStage.GIVEN_UP, b"")
        assert not PastResult.objects.exists()

    def test_a_sheet_of_too_many_rows_is_refused_whole(self, officer, lamphun, monkeypatch):
        monkeypatch.setattr(past, "MOST_ROWS", 1)

        checked = taken(officer, ROW, ROW)

        assert [problem[0] for problem in checked.problems] == [0]

    def test_only_the_secretariat_keeps_records(self, lamphun):
        with pytest.raises(PermissionDenied):
            taken(person_of(Office.AUDITOR), ROW)


@pytest.mark.django_db
class TestMatching:
    """Which centre a line is about."""

    def test_the_likeliest_centre_comes_first(self, lamphun):
        agency = AgencyFactory()
        CentreFactory(name_th="สำนักงานขนส่งจังหวัดลำพูน", agency=agency, province=lamphun)
        meant = CentreFactory(name_th="สนง.ที่ดิน จ.ลำพูน", agency=agency, province=lamphun)

        assert suggestions_for(line(agency=agency))[0].centre == meant

    def test_every_line_of_the_name_is_matched_together(self, officer, lamphun):
        first, second = line(), line(cycle_be=2562)
        centre = CentreFactory(province=lamphun)

        past.match(first, centre, by=officer)

        second.refresh_from_db()
        assert second.centre == centre
        assert [entry.step for entry in second.history] == ["matched"]
        assert second.history[0].centre_id == centre.pk

    def test_a_centre_of_another_province_is_refused(self, officer):
        with pytest.raises(ValidationError):
            past.match(line(), CentreFactory(province=ProvinceFactory(code="50")), by=officer)

    def test_a_centre_that_was_merged_is_refused(self, officer, lamphun):
        agency = AgencyFactory()
        gone, stays = (CentreFactory(agency=agency, province=lamphun) for _ in range(2))
        merging.merge(gone, into=stays, by=officer, reason="ซ้ำ")

        with pytest.raises(ValidationError):
            past.match(line(), Centre.objects.get(pk=gone.pk), by=officer)

    def test_no_second_result_of_a_year_holds(self, officer, lamphun):
        centre = CentreFactory(province=lamphun)
        line("ที่ดินลำพูน", centre=centre, holding=Holding.HOLDS, reason="ตรวจแล้ว")
        other = line("สนง.ที่ดินลำพูน", holding=Holding.HOLDS, reason="ตรวจแล้ว")

        with pytest.raises(ValidationError):
            past.match(other, centre, by=officer)

    def test_a_line_is_matched_once_and_taken_back_once_for_a_reason(self, officer, lamphun):
        one, centre = line(), CentreFactory(province=lamphun)
        with pytest.raises(ValidationError):
            past.unmatch(one, by=officer, reason="คนละแห่ง")

        (one,) = past.match(one, centre, by=officer)

        with pytest.raises(ValidationError):
            past.match(one, centre, by=officer)
        with pytest.raises(ValidationError, match="เหตุผล"):
            past.unmatch(one, by=officer, reason=" ")

    def test_a_centre_of_the_past_is_entered_as_closed(self, officer):
        made = past.open_historic_centre(line(), agency=AgencyFactory(), by=officer)

        assert not Centre.objects.get(pk=made.pk).is_open
        assert PastResult.objects.get().centre == made

    def test_a_match_is_taken_back_with_its_verdict(self, officer, lamphun):
        one = line(centre=CentreFactory(province=lamphun))
        past.settle(one, by=officer, reason="ตรวจแล้ว")

        back = past.unmatch(PastResult.objects.get(), by=officer, reason="คนละแห่ง")

        assert (back.match, back.centre, back.holding) == (Match.OPEN, None, Holding.OPEN)

    def test_two_people_match_at_once_and_one_is_told(self, officer, lamphun):
        one, centre = line(), CentreFactory(province=lamphun)
        past.leave_alone(one, by=officer, seen=0)

        with pytest.raises(StepOvertaken):
            past.match(one, centre, by=officer, seen=0)

    def test_lines_follow_a_merge_and_come_back(self, officer, lamphun):
        gone, kept = CentreFactory(province=lamphun), CentreFactory(province=lamphun)
        one = line(centre=gone)

        made = merging.merge(gone, into=kept, by=officer, reason="ซ้ำ")

        one.refresh_from_db()
        assert one.centre == kept
        merging.undo(made, by=officer, reason="คนละแห่ง")
        one.refresh_from_db()
        assert one.centre == gone


@pytest.mark.django_db
class TestSettling:
    """Sources that contradict each other."""

    @pytest.fixture
    def contradiction(self, lamphun):
        centre = CentreFactory(province=lamphun)
        return [
            line("ที่ดินลำพูน", outcome="basic", centre=centre),
            line("สนง.ที่ดิน", outcome="excellent", source="ข่าว 2561", centre=centre),
            line("ที่ดิน", outcome="certified", source="รายงานประจำปี", centre=centre),
        ]

    def test_a_contradiction_waits_for_a_person(self, contradiction):
        assert disputes().count() == 1

    def test_one_holds_and_what_contradicts_it_is_set_aside(self, officer, contradiction):
        past.settle(contradiction[1], by=officer, reason="ตรวจจากต้นฉบับ")

        assert [one.holding for one in PastResult.objects.order_by("pk")] == ["set_aside", "holds", "open"]
        assert not disputes().exists()
        assert Entry.objects.get(step="held").note == "ตรวจจากต้นฉบับ"

    def test_the_verdict_can_be_another_one_and_be_taken_back(self, officer, contradiction):
        past.settle(contradiction[1], by=officer, reason="หนึ่ง")
        past.settle(contradiction[0], by=officer, reason="สอง")
        assert [one.holding for one in PastResult.objects.order_by("pk")] == ["holds", "set_aside", "open"]

        past.reopen(contradiction[0], by=officer, reason="ยังไม่แน่")

        assert disputes().count() == 1

    def test_a_line_that_comes_later_reopens_the_question(self, officer, contradiction):
        past.settle(contradiction[1], by=officer, reason="ตรวจแล้ว")
        line("ใหม่", outcome="declined", source="อีกแหล่ง", centre=contradiction[0].centre)

        assert disputes().count() == 1

    def test_whoever_compared_fewer_lines_is_told(self, officer, contradiction):
        seen = past.versions_of(contradiction[:2])

        with pytest.raises(StepOvertaken):
            past.settle(contradiction[0], by=officer, reason="ตรวจแล้ว", seen=seen)

    def test_lines_that_are_not_matched_are_gathered_by_name(self, lamphun):
        line("สำนักงานที่ดิน ลำพูน", outcome="basic"), line("สํานักงานที่ดินลำพูน", outcome="excellent", source="ข่าว")

        assert [one.outcome for one in gathered()] == [DISPUTED]

    def test_figures_count_each_centre_and_year_once(self, contradiction):
        line("ที่อื่น", cycle_be=2560, outcome="certified")

        assert by_year(gathered()) == {2560: {"certified": 1}, 2561: {DISPUTED: 1}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_people_settle_differently_and_one_verdict_holds(officer, lamphun):
    lines = [line("ก", outcome="basic", centre=CentreFactory(province=lamphun))]
    lines.append(line("ข", outcome="excellent", source="ข่าว", centre=lines[0].centre))
    seen = past.versions_of(lines)

    results = together(*(lambda one=one: past.settle(one, by=officer, reason="ตรวจ", seen=seen) for one in lines))

    assert len([one for one in results if isinstance(one, StepOvertaken)]) == 1
    assert PastResult.objects.filter(holding=Holding.HOLDS).count() == 1


@pytest.mark.django_db
class TestPages:
    """What the secretariat and the public see."""

    @pytest.fixture(autouse=True)
    def signed_in(self, client, officer, request):
        client.force_login(officer)

    def test_from_the_file_to_the_match(self, client, officer, lamphun):
        centre = CentreFactory(name_th="สำนักงานที่ดินจังหวัดลำพูน", province=lamphun)
        upload = SimpleUploadedFile("ผล.csv", sheet(ROW), "text/csv")

        page = client.post(reverse("bring_in_past_results"), {"file": upload}, follow=True)
        assert "เขียน 1 รายการ" in page.text
        client.post(
            reverse("write_past_sheet", args=[PastSheet.objects.get().pk]), {"digest": PastSheet.objects.get().digest}
        )
        one = PastResult.objects.get()
        assert centre.name_th in client.get(one.get_absolute_url()).text
        client.post(reverse("match_past_result", args=[one.pk]), {"centre": centre.code, "seen": one.version})

        public = client.get(reverse("show_registered_centre", args=[centre.code])).text
        assert "ผลจากบันทึกเดิม" in public
        assert "ระดับก้าวหน้า" in public
        assert "ไม่มีใบรับรองของศูนย์นี้" in public

    @pytest.mark.parametrize(
        "content", [b"", b"\x00\x01", b"PK\x03\x04 broken", "ก,ข\n1,2".encode(), b"=cmd|' /C calc'!A0"]
    )
    def test_hostile_files_are_refused_in_words(self, client, content):
        upload = SimpleUploadedFile("x.xlsx", content)

        page = client.post(reverse("bring_in_past_results"), {"file": upload}, follow=True)

        assert page.status_code in (200, 422)
        assert not PastResult.objects.exists()

    def test_a_contradiction_is_settled_side_by_side(self, client, officer, lamphun):
        centre = certificate().centre
        lines = [line("ก", outcome="basic", centre=centre), line("ข", outcome="excellent", source="ข่าว", centre=centre)]
        assert "แหล่งที่มาขัดแย้งกัน" in client.get(reverse("show_registered_centre", args=[centre.code])).text

        seen = past.versions_of(lines)
        said = {"holds": lines[1].pk, "reason": "ดูต้นฉบับแล้ว", "seen": seen}
        client.post(reverse("settle_past_result", args=[lines[0].pk]), said)

        public = client.get(reverse("show_registered_centre", args=[centre.code])).text
        assert "แหล่งที่มาขัดแย้งกัน" not in public
        assert "ดูต้นฉบับแล้ว" in public
        assert client.post(reverse("settle_past_result", args=[lines[0].pk]), said).status_code == 409

    def test_what_is_missing_is_told_and_kept(self, client, lamphun):
        one = line()

        no_agency = client.post(reverse("match_past_result", args=[one.pk]), {"centre": "historic", "seen": 0})
        no_code = client.post(
            reverse("match_past_result", args=[one.pk]), {"centre": "other", "code": "99-<b>", "seen": 0}
        )

        assert (no_agency.status_code, no_code.status_code) == (422, 422)
        assert "99-&lt;b&gt;" in no_code.text

    def test_the_public_reads_the_records_by_year_and_takes_them_along(self, client, lamphun):
        line("สำนักงานขนส่ง"), line("ที่อื่น", cycle_be=2560)

        page = client.get(reverse("public_records"), {"year": "2561", "province": "51", "outcome": "basic"})
        table = client.get(reverse("public_records"), {"year": "2561", "export": "csv"})

        assert "สำนักงานขนส่ง" in page.text
        assert "ที่อื่น" not in page.text
        assert len(table.content.decode().splitlines()) == 2

    @pytest.mark.parametrize("name", ["list_past_results", "public_records"])
    def test_a_longer_list_asks_the_database_no_more(self, client, lamphun, name):
        def questions():
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(name))
            return len(asked)

        line("ก", centre=CentreFactory(province=lamphun))
        questions()
        few = questions()
        for number in range(12):
            line(f"ที่ {number}", centre=CentreFactory(province=lamphun))

        assert questions() == few

    def test_what_waits_is_in_the_work_list_of_the_secretariat(self, client, officer, lamphun):
        line("รอจับคู่"), line("ก", outcome="basic", source="ข่าว"), line("ก", outcome="excellent")

        duplicates_of = [
            CentreFactory(name_th="สำนักงานที่ดิน", province=lamphun, agency=agency) for agency in [AgencyFactory()] * 2
        ]
        look_for_duplicates()

        waiting = work_of_records(officer, TODAY)

        assert [item.who for item in waiting] == ["รอพิจารณา 1 รายการ", "รอพิจารณา 3 รายการ", "รอพิจารณา 1 รายการ"]
        assert duplicates_of[0].name in client.get(waiting[2].url).text
        assert "รอจับคู่" in client.get(waiting[1].url).text
        assert not any(item.is_example for item in waiting)
        assert work_of_records(person_of(Office.AUDITOR), TODAY) == []
