"""The secretary's way through a meeting, page by page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.attachments.tests.factories import document, pdf_in_disguise
from saduak.attachments.tests.factories import picture as picture_file
from saduak.certification.models import Application, Meeting, Recusal, Resolution, Round
from saduak.certification.operations import letters, meetings
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.tests.agendas import proposed_units
from saduak.certification.tests.world import World
from saduak.directory.models import Office
from saduak.directory.tests.factories import CentreFactory, MembershipFactory, ProvinceFactory
from saduak.documents.papers import Paper, render_paper
from saduak.notices.models import Notice
from tests.support.pdf import text_of
from tests.support.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def secretary(client, world):
    client.force_login(world.steering_secretary)
    return client


@pytest.fixture
def practice(world):
    """A round for practice, in which the calendar does not bind."""
    made_practice(world)
    return world


@remembered
def made_practice(world):
    Round.objects.filter(pk=world.round.pk).update(is_example=True)
    world.__dict__["round"] = Round.objects.get(pk=world.round.pk)


def page(client, name, *arguments, **query):
    return client.get(reverse(name, args=arguments), query)


def words(client, name, *arguments, **query):
    return page(client, name, *arguments, **query).content.decode()


def send(client, name, *arguments, headers=None, **said):
    return client.post(reverse(name, args=arguments), said, headers=headers)


def in_session(world, *units):
    return Meeting.objects.get(pk=world.in_session(*units).pk)


def resolution_said(meeting, **different):
    return {
        "seen": meeting.version,
        "sight": meeting.sight,
        "number": "มติที่ 1/2563",
        "text": "เห็นชอบ\r\nตามที่เสนอ",
        "votes_for": 4,
        "votes_against": 0,
        "abstentions": 0,
        **different,
    }


class TestCalling:
    """A meeting is called."""

    def said(self, world, **different):
        return {"round": world.round.reference, "number": "2/2563", "held_on": "15/8/2563", "place": "", **different}

    def test_a_meeting_is_called_for_a_day_of_the_buddhist_era(self, secretary, world):
        assert world.steering_members

        answer = send(secretary, "call_meeting", **self.said(world))

        meeting = Meeting.objects.get()
        assert answer.url == reverse("choose_units", args=[meeting.reference])
        assert meeting.held_on.isoformat() == "2020-08-15"
        assert meeting.attendance.count() == 5

    def test_a_number_that_is_taken_keeps_what_was_typed(self, secretary, world):
        world.meeting()

        answer = send(secretary, "call_meeting", **self.said(world, number="1/2563", place="ทำเนียบรัฐบาล"))

        assert answer.status_code == 422
        assert "ทำเนียบรัฐบาล" in answer.content.decode()

    def test_the_list_tells_how_many_units_wait(self, secretary, world):
        proposed_units(world, 3)

        assert "3 " in words(secretary, "list_meetings")


class TestAgenda:
    """Units on the agenda."""

    def test_ticked_units_are_put_on(self, secretary, world):
        _first, second = proposed_units(world, 2)
        meeting = world.meeting()

        answer = send(secretary, "choose_units", meeting.reference, which="ticked", unit=[second.reference])

        assert answer.url == meeting.get_absolute_url()
        assert [item.application for item in meeting.items.all()] == [second]

    def test_all_that_fit_the_filters_are_put_on_in_the_order_asked_for(self, secretary, world):
        elsewhere = ProvinceFactory(code="50")
        proposed_units(world, 2)
        first, second = proposed_units(world, 2, province=elsewhere)
        Application.objects.filter(pk=second.pk).update(total=99)
        meeting = world.meeting()

        address = reverse("choose_units", args=[meeting.reference]) + "?province=50&order=total"
        secretary.post(address, {"which": "all"})

        assert [item.application for item in meeting.items.order_by("position")] == [second, first]

    def test_ticking_nothing_says_so(self, secretary, world):
        meeting = world.meeting()

        send(secretary, "choose_units", meeting.reference, which="ticked")

        assert not meeting.items.exists()

    def test_a_unit_that_stands_on_an_agenda_is_not_offered(self, secretary, world):
        (unit,) = proposed_units(world)
        meeting = world.meeting(unit)

        assert unit.reference not in words(secretary, "choose_units", meeting.reference)

    def test_it_is_numbered_anew_by_total(self, secretary, world):
        low, high = proposed_units(world, 2)
        Application.objects.filter(pk=high.pk).update(total=99)
        meeting = world.meeting(low, high)

        send(secretary, "arrange_agenda", meeting.reference, order="total")

        assert [item.application for item in meeting.items.order_by("position")] == [high, low]

    def test_a_unit_is_taken_off(self, secretary, world):
        meeting = world.meeting(*proposed_units(world, 2))

        send(secretary, "take_off_agenda", meeting.reference, meeting.items.first().pk)

        assert meeting.items.count() == 1

    def test_it_is_filtered(self, secretary, world):
        first, second = proposed_units(world, 2)
        meeting = in_session(world, first, second)
        meetings.decide(meeting.items.get(application=second), "decline", by=world.steering_secretary, reason="ไม่ครบ")

        for decision, found in (("departs", second), ("decline", second), ("certify", first)):
            shown = words(secretary, "show_meeting", meeting.reference, decision=decision)
            assert str(found.centre) in shown
        assert str(first.centre) not in words(secretary, "show_meeting", meeting.reference, decision="departs")
        assert str(first.centre) not in words(secretary, "show_meeting", meeting.reference, decision="open")
        assert str(second.centre) not in words(secretary, "show_meeting", meeting.reference, q=first.reference)

    @pytest.mark.parametrize("name", ["show_meeting", "choose_units", "list_meetings", "decide_unit"])
    def test_pages_ask_the_database_no_more_for_more_units(self, secretary, world, name):
        meeting = world.meeting(*proposed_units(world, 2))
        proposed_units(world, 2)
        arguments = {"list_meetings": [], "decide_unit": [meeting.reference, meeting.items.first().pk]}.get(
            name, [meeting.reference]
        )

        def questions():
            with CaptureQueriesContext(connection) as asked:
                assert page(secretary, name, *arguments).status_code == 200
            return len(asked)

        assert questions()  # The first page also fills caches.
        few = questions()
        meetings.put_on_agenda(meeting, proposed_units(world, 12), by=world.steering_secretary)
        proposed_units(world, 6)

        assert questions() == few

    def test_a_member_reads_it_and_changes_nothing(self, client, world):
        meeting = world.meeting(*proposed_units(world))
        client.force_login(world.steering_members[0])

        shown = words(client, "show_meeting", meeting.reference)

        assert '<form method="post"' not in shown.split("</header>")[-1]
        assert page(client, "choose_units", meeting.reference).status_code == 403


class TestAttendance:
    """Who sits."""

    def test_the_quorum_is_counted_as_one_looks(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        seats = [
            str(pk) for pk in meeting.attendance.exclude(office=Office.STEERING_SECRETARY).values_list("pk", flat=True)
        ]

        answer = send(
            secretary,
            "show_attendance",
            meeting.reference,
            headers={"HX-Request": "true", "HX-Target": "meeting-state"},
            present=seats[:3],
        )

        part = answer.content.decode()
        assert part.lstrip().startswith('<div id="meeting-state"')
        assert 'data-tone="success"' in part
        assert meeting.attendance.filter(is_present=True).count() == 3

    def test_without_javascript_the_page_comes_back(self, secretary, world):
        meeting = world.meeting()

        answer = send(secretary, "show_attendance", meeting.reference, present=[])

        assert answer.status_code == 302
        assert 'data-tone="warning"' in words(secretary, "show_attendance", meeting.reference)

    def test_others_cannot_write_it(self, client, world):
        meeting = world.meeting()
        client.force_login(world.secretariat)

        answer = send(client, "show_attendance", meeting.reference, present=[])

        assert answer.status_code == 422
        assert not meeting.attendance.filter(is_present=True).exists()


class TestUnit:
    """One unit on the agenda."""

    def test_a_member_of_the_same_agency_is_pointed_out(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        member = world.steering_members[0]
        MembershipFactory(person=member, office=Office.POSTED, centre=None, agency=world.centre.agency)

        for name, arguments in (("decide_unit", [meeting.items.get().pk]), ("show_meeting", [])):
            shown = words(secretary, name, meeting.reference, *arguments)
            assert str(member) in shown
            assert "สังกัด" in shown

    def test_who_has_stepped_aside_is_not_pointed_out_again(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        member = world.steering_members[0]
        MembershipFactory(person=member, office=Office.POSTED, centre=None, agency=world.centre.agency)
        seat = meeting.attendance.get(person=member)
        item = meeting.items.get()

        send(secretary, "step_aside", meeting.reference, item.pk, seat=seat.pk, reason="สังกัดกรมเดียวกัน")

        assert Recusal.objects.get().reason == "สังกัดกรมเดียวกัน"
        shown = words(secretary, "decide_unit", meeting.reference, item.pk)
        assert 'data-tone="warning"' not in shown

        send(secretary, "come_back", meeting.reference, item.pk, Recusal.objects.get().pk)
        assert not Recusal.objects.exists()

    def test_stepping_aside_needs_a_reason(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        seat = meeting.attendance.first()

        answer = send(secretary, "step_aside", meeting.reference, meeting.items.get().pk, seat=seat.pk, reason="")

        assert answer.status_code == 422
        assert not Recusal.objects.exists()

    @pytest.mark.parametrize(
        ("said", "decision", "level"),
        [
            pytest.param({"decision": "follow"}, "certify", "excellent", id="as proposed"),
            pytest.param({"decision": "advanced", "reason": "ผลลัพธ์"}, "certify", "advanced", id="another level"),
            pytest.param({"decision": "decline", "reason": "หลักฐาน"}, "decline", "", id="declined"),
        ],
    )
    def test_the_committee_decides(self, secretary, world, said, decision, level):
        meeting = world.meeting(*proposed_units(world))
        item = meeting.items.get()

        answer = send(secretary, "decide_unit", meeting.reference, item.pk, seen=item.sight, **said)

        item.refresh_from_db()
        assert answer.url == meeting.get_absolute_url()
        assert (item.decision, item.level) == (decision, level)

    def test_what_departs_from_the_proposal_needs_a_reason(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        item = meeting.items.get()

        answer = send(secretary, "decide_unit", meeting.reference, item.pk, seen="", decision="decline", reason="")

        assert answer.status_code == 422
        assert "checked" in answer.content.decode()

    def test_a_colleague_who_was_faster_is_not_overwritten(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        item = meeting.items.get()
        meetings.decide(item, "decline", by=world.steering_secretary, reason="หลักฐาน")

        answer = send(secretary, "decide_unit", meeting.reference, item.pk, seen="", decision="follow")

        assert answer.status_code == 409

    def test_one_goes_on_to_the_next_undecided_unit(self, secretary, world):
        meeting = world.meeting(*proposed_units(world, 3))
        first, second, third = meeting.items.order_by("position")
        meetings.decide(second, "certify", level="excellent", by=world.steering_secretary)

        answer = send(secretary, "decide_unit", meeting.reference, first.pk, seen="", decision="follow", then="next")

        assert answer.url == reverse("decide_unit", args=[meeting.reference, third.pk])

    def test_all_others_follow_their_proposals(self, secretary, world):
        meeting = world.meeting(*proposed_units(world, 3))
        meetings.decide(meeting.items.first(), "decline", by=world.steering_secretary, reason="หลักฐาน")

        send(secretary, "follow_proposals", meeting.reference)

        assert sorted(meeting.items.values_list("decision", flat=True)) == ["certify", "certify", "decline"]


class TestSteps:
    """Opened and cancelled."""

    def test_a_meeting_is_opened_on_its_day(self, secretary, practice):
        meeting = practice.meeting(*proposed_units(practice))

        answer = send(secretary, "convene_meeting", meeting.reference, seen=meeting.version)

        assert answer.url == meeting.get_absolute_url()
        assert Meeting.objects.get().stage == MeetingStage.IN_SESSION

    def test_before_its_day_it_says_why_not(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))
        Meeting.objects.update(held_on=timezone.localdate() + timedelta(days=3))

        assert 'data-tone="warning"' in words(secretary, "convene_meeting", meeting.reference)
        assert send(secretary, "convene_meeting", meeting.reference, seen=meeting.version).status_code == 422

    def test_a_meeting_is_cancelled_with_a_reason(self, secretary, world):
        meeting = world.meeting(*proposed_units(world))

        assert send(secretary, "cancel_meeting", meeting.reference, seen=meeting.version).status_code == 422
        send(secretary, "cancel_meeting", meeting.reference, seen=meeting.version, reason="องค์ประชุมไม่ครบ")

        assert Meeting.objects.get().stage == MeetingStage.CANCELLED
        assert "องค์ประชุมไม่ครบ" in words(secretary, "show_meeting_history", meeting.reference)


class TestResolution:
    """Read, recorded by one button, and shown."""

    @pytest.fixture
    def meeting(self, practice):
        return in_session(practice, *proposed_units(practice, 2))

    def test_the_button_says_what_it_brings_about(self, secretary, meeting, world):
        meetings.decide(meeting.items.first(), "decline", by=world.steering_secretary, reason="หลักฐาน")

        shown = words(secretary, "resolve_meeting", meeting.reference)

        assert "รับรอง 1" in shown
        assert "ระดับเป็นเลิศ จำนวน 1 หน่วย" in shown
        assert "ไม่รับรองในรอบนี้ จำนวน 1 หน่วย" in shown

    def test_it_moves_the_whole_agenda(self, secretary, meeting):
        answer = send(secretary, "resolve_meeting", meeting.reference, **resolution_said(meeting))

        assert answer.url == reverse("show_resolution", args=[meeting.reference])
        assert set(Application.objects.values_list("stage", flat=True)) == {Stage.CERTIFIED}
        assert Resolution.objects.get().text == "เห็นชอบ\nตามที่เสนอ"

    def test_the_minutes_are_kept_beside_it(self, secretary, meeting):
        paper = render_paper(Paper(title="รายงานการประชุม", blocks=(), at=timezone.now()))
        minutes = SimpleUploadedFile("รายงาน.pdf", paper, "application/pdf")

        send(secretary, "resolve_meeting", meeting.reference, **resolution_said(meeting), minutes=minutes)

        assert Resolution.objects.get().minutes.name == "รายงาน.pdf"
        assert page(secretary, "open_minutes", meeting.reference)["Content-Type"] == "application/pdf"

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            pytest.param(b"words", "ไฟล์ PDF", id="another kind"),
            pytest.param(b"<html><script>alert(1)</script>", "ไฟล์ PDF", id="a web page"),
            pytest.param(picture_file(), "ไฟล์ PDF", id="a picture"),
            pytest.param(document(), "ไฟล์ PDF", id="an office file"),
            pytest.param(b"%PDF-1.7 and nothing more", "PDF", id="a broken PDF"),
            pytest.param(pdf_in_disguise(), "", id="a PDF that is a web page too"),
            pytest.param(b"%PDF-" + bytes(21 * 1024 * 1024), "20 MB", id="too large"),
            pytest.param(b"", "ว่าง", id="empty"),
        ],
    )
    def test_what_is_no_pdf_is_refused_and_nothing_typed_is_lost(self, secretary, meeting, content, told):
        minutes = SimpleUploadedFile("<b>รายงาน</b>.pdf", content, "application/pdf")

        answer = send(secretary, "resolve_meeting", meeting.reference, **resolution_said(meeting), minutes=minutes)

        assert answer.status_code == 422
        assert told in answer.text.partition('role="alert"')[2]
        assert "ตามที่เสนอ" in answer.text
        assert "<b>รายงาน" not in answer.text
        assert not Resolution.objects.exists()

    def test_too_many_votes_are_refused_and_nothing_typed_is_lost(self, secretary, meeting):
        answer = send(secretary, "resolve_meeting", meeting.reference, **resolution_said(meeting, votes_for=40))

        assert answer.status_code == 422
        assert "ตามที่เสนอ" in answer.content.decode()
        assert not Resolution.objects.exists()

    def test_pressing_twice_shows_the_resolution(self, secretary, meeting):
        said = resolution_said(meeting)

        for _ in range(2):
            answer = send(secretary, "resolve_meeting", meeting.reference, **said)
            assert answer.url == reverse("show_resolution", args=[meeting.reference])

        assert Resolution.objects.count() == 1

    def test_a_second_secretary_is_told_who_was_faster(self, secretary, meeting):
        said = resolution_said(meeting)
        send(secretary, "resolve_meeting", meeting.reference, **said)

        answer = send(secretary, "resolve_meeting", meeting.reference, **{**said, "text": "อื่น"})

        assert answer.status_code == 409

    def test_what_changed_since_it_was_read_is_not_resolved(self, secretary, meeting, world):
        said = resolution_said(meeting)
        meetings.decide(meeting.items.first(), "decline", by=world.steering_secretary, reason="หลักฐาน")

        answer = send(secretary, "resolve_meeting", meeting.reference, **said)

        assert answer.status_code == 409
        assert not Resolution.objects.exists()

    def test_while_something_is_missing_it_says_what(self, secretary, practice):
        meeting = practice.meeting(*proposed_units(practice))

        shown = words(secretary, "resolve_meeting", meeting.reference)

        assert "<textarea" not in shown
        assert 'data-tone="warning"' in shown

    def test_the_digest_is_that_of_the_file_that_is_offered(self, secretary, meeting):
        import hashlib

        send(secretary, "resolve_meeting", meeting.reference, **resolution_said(meeting))

        file = page(secretary, "download_resolution", meeting.reference).content

        assert hashlib.sha256(file).hexdigest() == Resolution.objects.get().sha256

    def test_before_the_resolution_there_is_none_to_show(self, secretary, meeting):
        for name in ("show_resolution", "print_resolution", "print_minutes", "download_resolution", "open_minutes"):
            assert page(secretary, name, meeting.reference).status_code == 404


class TestAfterwards:
    """What follows from a resolution."""

    @pytest.fixture
    def resolution(self, practice):
        return practice.resolved(*proposed_units(practice, 2))

    def test_the_letters_are_watched_and_released(self, secretary, resolution, world):
        reference = resolution.meeting.reference
        asked = {"HX-Request": "true", "HX-Target": "letters"}
        waiting = secretary.get(reverse("show_letters", args=[reference]), headers=asked)
        assert 'data-state="waiting"' in waiting.content.decode()
        assert "HX-Refresh" not in waiting

        letters.draft_letters(resolution)

        assert secretary.get(reverse("show_letters", args=[reference]), headers=asked)["HX-Refresh"] == "true"
        assert page(secretary, "show_letters", reference).url == reverse("show_resolution", args=[reference])

        shown = words(secretary, "show_resolution", reference)
        assert 'data-state="finished"' in shown
        assert "GECC-2563-0002" in shown
        assert Notice.objects.filter(batch=letters.batch_of(resolution)).first().get_absolute_url() in shown

    @pytest.mark.parametrize("office", ["secretariat", "steering_secretary"])
    def test_secretariat_and_secretary_release_them_together(self, client, resolution, world, office):
        letters.draft_letters(resolution)
        client.force_login(getattr(world, office))
        batch = letters.batch_of(resolution)

        client.post(reverse("release_batch"), {"batch": batch, "seen": Notice.objects.filter(batch=batch).count()})

        assert set(Notice.objects.filter(batch=batch).values_list("state", flat=True)) == {"released"}
        assert 'data-state="finished"' in words(client, "show_resolution", resolution.meeting.reference)

    def test_letters_that_a_job_left_out_are_asked_for_again(self, secretary, resolution):
        from procrastinate.contrib.django.models import ProcrastinateJob

        jobs = ProcrastinateJob.objects.filter(task_name="certification.draft_letters")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        assert reverse("draft_letters", args=[resolution.meeting.reference]) in words(
            secretary, "show_resolution", resolution.meeting.reference
        )

        send(secretary, "draft_letters", resolution.meeting.reference)

        assert jobs.filter(status="todo").count() == 1

    def test_a_member_of_the_committee_does_not_read_the_outbox(self, client, resolution, world):
        letters.draft_letters(resolution)
        client.force_login(world.steering_members[0])

        shown = words(client, "show_resolution", resolution.meeting.reference)

        assert reverse("show_outbox") not in shown

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("print_agenda", "ระเบียบวาระการประชุม"),
            ("print_minutes", "ผู้มาประชุม"),
            ("print_resolution", "เห็นชอบผลการตรวจประเมิน"),
        ],
    )
    def test_the_papers_are_printed(self, secretary, resolution, name, said):
        answer = page(secretary, name, resolution.meeting.reference)

        assert answer["Content-Type"] == "application/pdf"
        assert said in text_of(answer.content)

    def test_the_papers_of_practice_say_so(self, secretary, resolution):
        Meeting.objects.update(is_example=True)

        assert "ตัวอย่าง" in text_of(page(secretary, "print_agenda", resolution.meeting.reference).content)

    def test_the_minutes_tell_who_was_absent_and_who_stepped_aside(self, secretary, practice):
        meeting = in_session(practice, *proposed_units(practice))
        absent = practice.steering_members[3]
        meetings.seat(meeting, practice.steering_members[:3], by=practice.steering_secretary)
        seat = meeting.attendance.get(person=practice.steering_secretary)
        meetings.step_aside(meeting.items.get(), seat, by=practice.steering_secretary, reason="คู่สมรสทำงานในศูนย์")
        send(secretary, "resolve_meeting", meeting.reference, **resolution_said(Meeting.objects.get(), votes_for=3))

        text = text_of(page(secretary, "print_minutes", meeting.reference).content)

        assert "ผู้ไม่มาประชุม" in text
        assert str(absent) in text
        assert "คู่สมรสทำงานในศูนย์" in text


def test_an_unknown_centre_of_another_agency_is_no_tie(secretary, world):
    meeting = world.meeting(*proposed_units(world, centres=[CentreFactory()]))

    assert 'class="tie"' not in words(secretary, "show_meeting", meeting.reference)
