"""A centre asks on its pages, and everybody else answers on theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saduak.audit.models import Record
from saduak.certification.models import Application, Ground, GroundFile, Meeting, Reconsideration
from saduak.certification.operations import reconsiderations, reviewing, rounds
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.reconsiderations import ReconsiderationStage
from saduak.certification.queries.work import work_for
from saduak.certification.rules import Phase
from saduak.certification.tests.reviews import ReviewWorld, Said, now
from saduak.certification.tests.world import picture
from saduak.directory.models import Office
from saduak.directory.tests.factories import BodyFactory, CentreFactory, person_of
from saduak.thai import dates

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld.while_running(Phase.RESOLUTION)


def get(client, user, name, *arguments, **query):
    client.force_login(user)
    return client.get(reverse(name, args=arguments), query)


def post(client, user, name, *arguments, **data):
    client.force_login(user)
    return client.post(reverse(name, args=arguments), data)


def awaited(user):
    return [str(item.awaited) for item in work_for(user)]


def test_a_request_goes_all_its_way_through_the_pages(world, client):
    unit = world.not_certified(release_letters=True)
    assert world.second_panel

    # The centre asks.
    assert "ขอทบทวนผล" in get(client, world.head, "show_application", unit.reference).content.decode()
    shown = get(client, world.head, "start_reconsideration", unit.reference).content.decode()
    assert "ขอทบทวนผลได้ภายใน" in shown
    post(client, world.head, "start_reconsideration", unit.reference)
    request = Reconsideration.objects.get()
    assert "เขียนคำขอทบทวนผลให้เสร็จ" in awaited(world.head)
    answer = post(
        client, world.head, "write_grounds", request.reference,
        **{"seen": 0, "statement": "ขอให้ทบทวน", "ground-P1": "เปิดตามเวลาจริง", "file-P1": picture(), "then": "ask"},
    )  # fmt: skip
    assert answer.url == reverse("ask_reconsideration", args=[request.reference])
    assert "เปิดตามเวลาจริง" in client.get(answer.url).content.decode()
    post(client, world.head, "ask_reconsideration", request.reference, seen=now(request).version)

    # The secretariat admits and assigns.
    assert "แจ้งว่ารับคำขอไว้พิจารณาหรือไม่" in awaited(world.secretariat)
    post(client, world.secretariat, "take_reconsideration_step", request.reference, "admit", seen=now(request).version)
    assert get(client, world.secretariat, "assign_reconsideration", request.reference).status_code == 200
    post(
        client, world.secretariat, "assign_reconsideration", request.reference,
        body=world.three.pk, seen=now(request).version,
    )  # fmt: skip

    # The other sub-committee declares, reviews, agrees, signs and proposes.
    for person in (world.other_chair, world.other_member):
        asked = get(client, person, "show_reconsideration", request.reference)
        assert asked.url == reverse("declare_for_review", args=[request.reference])
        assert client.get(asked.url).status_code == 200
        post(client, person, "declare_for_review", request.reference, interest="free")
    assert "กำหนดผู้ทบทวน" in awaited(world.other_chair)
    assert get(client, world.other_chair, "name_reviewers", request.reference).status_code == 200
    people = [world.other_chair.pk, world.other_member.pk]
    post(client, world.other_chair, "name_reviewers", request.reference, people=people, seen=now(request).version)
    for person, said in ((world.other_chair, "met"), (world.other_member, "not_met")):
        assert get(client, person, "write_opinion", request.reference).status_code == 200
        post(
            client, person, "write_opinion", request.reference,
            **{"said-P1": said, "words-P1": "ดูจากภาพ", "then": "hand_in"},
        )  # fmt: skip
    shown = get(client, world.other_chair, "compare_opinions", request.reference).content.decode()
    assert "ความเห็นต่างกัน" in shown
    post(
        client, world.other_chair, "compare_opinions", request.reference,
        **{"said-P1": "met", "words-P1": "ภาพถ่ายลงวันที่", "seen": now(request).version},
    )  # fmt: skip
    assert get(client, world.other_chair, "sign_review", request.reference).status_code == 200
    post(client, world.other_chair, "sign_review", request.reference, summary="ผ่านเกณฑ์", seen=now(request).version)
    post(
        client, world.other_chair, "take_reconsideration_step", request.reference, "propose",
        seen=now(request).version,
    )  # fmt: skip
    assert now(request).stage == ReconsiderationStage.PROPOSED

    # The steering committee puts it on an agenda and answers.
    assert "บรรจุคำขอไว้ในวาระการประชุม" in awaited(world.steering_secretary)
    secretary = world.steering_secretary
    assert world.steering_members
    post(
        client, secretary, "call_meeting",
        round=world.round.reference, number="2/2563", held_on=dates.short(timezone.localdate(), "th"),
    )  # fmt: skip
    meeting = Meeting.objects.get(number="2/2563")
    assert request.reference in get(client, secretary, "choose_units", meeting.reference).content.decode()
    post(client, secretary, "choose_requests", meeting.reference, request=[request.reference])
    assert request.reference in get(client, secretary, "show_meeting", meeting.reference).content.decode()
    item = meeting.items.get()
    shown = get(client, secretary, "decide_unit", meeting.reference, item.pk).content.decode()
    assert "เห็นชอบตามที่เสนอ" in shown
    post(client, secretary, "decide_unit", meeting.reference, item.pk, decision="follow", reason="", seen=item.sight)
    item.refresh_from_db()
    assert item.decision == "certify"
    assert get(client, secretary, "print_agenda", meeting.reference).status_code == 200


class TestTheCentre:
    def test_only_the_own_centre_writes(self, world, client):
        request = world.draft_request(world.not_certified())

        for name in ("write_grounds", "ask_reconsideration"):
            assert get(client, world.officer, name, request.reference).status_code == 200
            assert get(client, person_of(Office.CENTRE_HEAD), name, request.reference).status_code == 404

    def test_what_is_typed_stays_when_a_file_is_refused(self, world, client):
        request = world.draft_request(world.not_certified())
        wrong = picture()
        wrong.name = "a.exe"

        answer = post(
            client, world.head, "write_grounds", request.reference,
            **{"seen": request.version, "ground-P1": "คำที่พิมพ์", "file-P1": wrong},
        )  # fmt: skip

        assert answer.status_code in (302, 422)
        if answer.status_code == 422:
            assert "คำที่พิมพ์" in answer.content.decode()

    def test_a_second_writer_is_told(self, world, client):
        request = world.draft_request(world.not_certified())

        answer = post(client, world.head, "write_grounds", request.reference, **{"seen": 0, "ground-P1": "ใหม่"})

        assert answer.status_code == 409

    def test_a_file_is_taken_away(self, world, client):
        request = world.draft_request(world.not_certified())
        file = reconsiderations.add_file(request, "P1", picture(), by=world.head)
        assert "นำ" in get(client, world.head, "write_grounds", request.reference).content.decode()

        post(client, world.head, "drop_ground_file", request.reference, file.pk)

        assert not GroundFile.objects.exists()
        assert Ground.objects.exists()

    def test_without_a_ground_the_page_says_why(self, world, client):
        request = world.draft_request(world.not_certified(), P1=" ")

        answer = post(client, world.head, "ask_reconsideration", request.reference, seen=request.version)

        assert answer.status_code == 422
        assert "โปรดให้เหตุผลอย่างน้อยหนึ่งข้อ" in answer.content.decode()

    def test_an_officer_prepares_but_the_head_asks(self, world, client):
        request = world.draft_request(world.not_certified())

        answer = post(client, world.officer, "ask_reconsideration", request.reference, seen=request.version)

        assert answer.status_code == 422
        assert now(request).is_editable

    def test_a_double_click_begins_one_request(self, world, client):
        unit = world.not_certified()

        for _ in range(2):
            assert post(client, world.head, "start_reconsideration", unit.reference).status_code == 302

        assert Reconsideration.objects.count() == 1

    def test_there_is_no_button_where_nothing_can_be_gained(self, world, client):
        unit = world.certified()

        shown = get(client, world.head, "show_application", unit.reference).content.decode()
        assert reverse("start_reconsideration", args=[unit.reference]) not in shown
        assert "พ้นกำหนดเวลาขอทบทวน" in get(client, world.head, "start_reconsideration", unit.reference).content.decode()
        assert post(client, world.head, "start_reconsideration", unit.reference).status_code == 422

    def test_once_handed_in_the_grounds_are_read_not_written(self, world, client):
        request = world.asked(world.not_certified())

        assert get(client, world.head, "write_grounds", request.reference).status_code == 302
        assert get(client, world.head, "start_reconsideration", request.application.reference).status_code == 302

    def test_of_an_application_screened_out_only_the_failed_gates_are_asked_about(self, world, client):
        request = world.draft_request(world.screened_out(), at=world.during(Phase.SCREENING, days=6))

        shown = get(client, world.head, "write_grounds", request.reference).content.decode()

        assert 'name="ground-P1"' in shown
        assert 'name="ground-P2"' not in shown


class TestTheSecretariat:
    def test_a_refusal_needs_its_reasons(self, world, client):
        request = world.asked(world.not_certified())

        answer = post(
            client, world.secretariat, "take_reconsideration_step", request.reference, "refuse", seen=request.version
        )
        assert answer.status_code == 422
        answer = post(
            client, world.secretariat, "take_reconsideration_step", request.reference, "refuse",
            seen=request.version, reason="ไม่มีเหตุผลรายข้อ",
        )  # fmt: skip

        assert answer.status_code == 302
        assert now(request).stage == ReconsiderationStage.REFUSED

    def test_a_second_officer_is_told_what_the_first_did(self, world, client):
        request = world.asked(world.not_certified())
        reconsiderations.admit(request, by=world.secretariat)

        answer = post(
            client, world.secretariat, "take_reconsideration_step", request.reference, "admit", seen=request.version
        )

        assert answer.status_code == 409

    def test_what_cannot_be_done_says_why(self, world, client):
        request = world.admitted(world.not_certified())

        shown = get(client, world.secretariat, "take_reconsideration_step", request.reference, "admit")
        refused = post(
            client, world.secretariat, "take_reconsideration_step", request.reference, "admit", seen=request.version
        )

        assert "ยังทำขั้นนี้ไม่ได้" in shown.content.decode()
        assert refused.status_code == 422
        assert get(client, world.secretariat, "take_reconsideration_step", request.reference, "ask").status_code == 404

    def test_the_first_sub_committee_is_not_offered(self, world, client):
        request = world.admitted(world.not_certified())
        assert (
            "ไม่มีคณะอนุกรรมการอื่น"
            in get(client, world.secretariat, "assign_reconsideration", request.reference).content.decode()
        )
        assert world.second_panel

        shown = get(client, world.secretariat, "assign_reconsideration", request.reference).content.decode()
        answer = post(
            client, world.secretariat, "assign_reconsideration", request.reference,
            body=world.five.pk, seen=request.version,
        )  # fmt: skip

        assert str(world.three) in shown
        assert f'value="{world.five.pk}"' not in shown
        assert answer.status_code == 422

    def test_it_moves_to_a_different_one_with_a_reason(self, world, client):
        request = world.under_review(world.not_certified())
        other = BodyFactory(number=14)
        rounds.bring_in(world.round, other, by=world.secretariat)

        refused = post(
            client, world.secretariat, "assign_reconsideration", request.reference, body=other.pk, seen=request.version
        )
        moved = post(
            client, world.secretariat, "assign_reconsideration", request.reference,
            body=other.pk, reason="ติดภารกิจ", seen=request.version,
        )  # fmt: skip

        assert (refused.status_code, moved.status_code) == (422, 302)
        assert now(request).body == other

    def test_who_opens_the_grounds_is_written_down(self, world, client):
        request = world.draft_request(world.not_certified())
        file = reconsiderations.add_file(request, "P1", picture(), by=world.head)
        request = reconsiderations.ask(now(request), by=world.head, at=world.after)

        assert get(client, world.secretariat, "show_reconsideration", request.reference).status_code == 200
        answer = get(client, world.secretariat, "download_ground_file", request.reference, file.pk)

        assert answer["Content-Type"] == "image/jpeg"
        looked = set(Record.objects.filter(reference=request.reference).values_list("what", flat=True))
        assert looked == {"grounds", f"evidence: {file.attachment.name}"}


class TestTheReviewers:
    def test_evidence_opens_only_for_what_is_disputed(self, world, client):
        request = world.under_review(world.not_certified(), P1="เหตุผล")
        evidence = request.application.evidence.get()

        assert (
            get(client, world.other_chair, "download_reviewed_evidence", request.reference, evidence.pk).status_code
            == 200
        )
        assert (
            get(client, world.other_chair, "download_reviewed_evidence", request.reference, 999_999).status_code == 404
        )
        assert get(client, world.other_chair, "show_dossier", request.application.reference).status_code == 404

    def test_nothing_opens_before_the_declaration(self, world, client):
        request = world.under_review(world.not_certified())
        evidence = request.application.evidence.get()

        for name, *arguments in (("write_opinion",), ("compare_opinions",), ("sign_review",)):
            assert get(client, world.other_secretary, name, request.reference, *arguments).status_code in (302, 403)
        answer = get(client, world.other_secretary, "download_reviewed_evidence", request.reference, evidence.pk)
        assert answer.status_code == 403

    def test_a_declared_conflict_closes_the_request(self, world, client):
        request = world.under_review(world.not_certified())
        refused = post(client, world.other_member, "declare_for_review", request.reference, statement="")
        assert refused.status_code == 422

        answer = post(client, world.other_member, "declare_for_review", request.reference, statement="ญาติ")

        assert answer.url == reverse("list_reconsiderations")
        assert get(client, world.other_member, "show_reconsideration", request.reference).status_code == 404

    def test_an_opinion_is_saved_before_it_is_handed_in_and_stays_unread(self, world, client):
        request = world.under_review(world.not_certified(), P1="หนึ่ง", P2="สอง")
        data = {"said-P1": "met", "words-P1": "เห็นจากภาพ"}

        assert post(client, world.other_chair, "write_opinion", request.reference, **data).status_code == 302
        shown = get(client, world.other_chair, "write_opinion", request.reference).content.decode()
        refused = post(client, world.other_chair, "write_opinion", request.reference, **data, then="hand_in")

        assert "เห็นจากภาพ" in shown
        assert refused.status_code == 422
        assert "P2" in refused.content.decode()
        assert get(client, world.other_member, "compare_opinions", request.reference).status_code == 403
        assert "เห็นจากภาพ" not in get(client, world.other_member, "write_opinion", request.reference).content.decode()

    def test_points_that_do_not_fit_are_refused_at_their_field(self, world, client):
        request = world.under_review(world.basic(), R1="เหตุผล")

        answer = post(
            client, world.other_chair, "write_opinion", request.reference, **{"said-R1.1": "99", "said-R1.2": "๒๐"}
        )

        assert answer.status_code == 422
        assert "ไม่เกินคะแนนเต็มของข้อ" in answer.content.decode()

    def test_whoever_has_handed_in_waits(self, world, client):
        request = world.under_review(world.not_certified())
        world.opinion(request, world.other_chair)

        assert get(client, world.other_chair, "write_opinion", request.reference).status_code == 302
        assert get(client, world.secretariat, "write_opinion", request.reference).status_code == 403

    def test_two_who_settle_at_once_do_not_overwrite_each_other(self, world, client):
        request = world.under_review(world.not_certified())
        for person in (world.other_chair, world.other_member):
            world.opinion(request, person)
        reviewing.settle(now(request), [Said("P1", "met")], by=world.other_chair)

        answer = post(
            client, world.other_member, "compare_opinions", request.reference,
            **{"said-P1": "not_met", "words-P1": "", "seen": request.version},
        )  # fmt: skip

        assert answer.status_code == 409

    def test_the_signature_waits_for_a_reason_where_opinions_differ(self, world, client):
        request = world.under_review(world.not_certified())
        world.opinion(request, world.other_chair)
        world.opinion(request, world.other_member, P1="not_met")

        answer = post(
            client, world.other_chair, "sign_review", request.reference, summary="สรุป", seen=now(request).version
        )

        assert answer.status_code == 422
        assert get(client, world.other_member, "sign_review", request.reference).status_code == 403

    def test_too_few_reviewers_are_refused(self, world, client):
        request = world.under_review(world.not_certified())

        for people in ([], [world.other_chair.pk], [world.other_chair.pk, world.other_secretary.pk]):
            answer = post(
                client, world.other_chair, "name_reviewers", request.reference, people=people, seen=request.version
            )
            assert answer.status_code == 422


class TestTheAnswer:
    def test_the_committee_reads_the_finding_and_the_centre_only_the_answer(self, world, client):
        request = world.request_proposed(world.not_certified())
        finding = "หลักฐานแสดงว่าผ่าน"

        assert (
            finding in get(client, world.steering_secretary, "show_reconsideration", request.reference).content.decode()
        )
        assert finding not in get(client, world.head, "show_reconsideration", request.reference).content.decode()
        world.answered(request)
        shown = get(client, world.head, "show_reconsideration", request.reference).content.decode()

        assert finding in shown
        assert "เปลี่ยนผลเดิม" in shown
        assert Application.objects.get().stage == Stage.CERTIFIED

    @pytest.mark.parametrize("decision", ["continue", "decline"])
    def test_what_was_screened_out_is_decided_in_its_own_words(self, world, client, decision):
        request = world.request_proposed(world.screened_out(), P1="met" if decision == "continue" else "not_met")
        meeting = world.second_meeting(request)
        item = meeting.items.get()

        shown = get(client, world.steering_secretary, "decide_unit", meeting.reference, item.pk).content.decode()
        assert ("ให้คำขอดำเนินการต่อ" if decision == "continue" else "คงผลเดิม") in shown
        post(
            client, world.steering_secretary, "decide_unit", meeting.reference, item.pk,
            decision="follow", reason="", seen=item.sight,
        )  # fmt: skip
        item.refresh_from_db()

        assert item.decision == decision
        text = get(client, world.steering_secretary, "resolve_meeting", meeting.reference).content.decode()
        assert request.reference in text
        assert get(client, world.steering_secretary, "show_meeting", meeting.reference).status_code == 200

    def test_a_level_below_the_first_is_not_offered(self, world, client):
        request = world.request_proposed(world.basic(), {"R1": "เหตุผล"}, R1_1="10", R1_2="0")
        meeting = world.second_meeting(request)
        item = meeting.items.get()

        shown = get(client, world.steering_secretary, "decide_unit", meeting.reference, item.pk).content.decode()

        assert 'value="excellent"' in shown
        assert 'value="basic"' not in shown
        assert 'value="decline"' not in shown

    def test_the_papers_of_the_meeting_name_the_request(self, world, client):
        request = world.answered(world.request_proposed(world.not_certified()))
        meeting = request.resolution.meeting

        for name in ("print_resolution", "print_minutes", "show_resolution"):
            assert get(client, world.steering_secretary, name, meeting.reference).status_code == 200

    def test_nothing_ticked_is_said(self, world, client):
        meeting = world.second_meeting(world.request_proposed(world.not_certified()))

        answer = post(client, world.steering_secretary, "choose_requests", meeting.reference, request=["nothing"])

        assert answer.url == reverse("choose_units", args=[meeting.reference])


def test_the_list_asks_as_often_for_two_as_for_many(world, client):
    client.force_login(world.secretariat)

    def questions():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("list_reconsiderations")).status_code == 200
        return len(captured)

    first = world.draft_request(world.not_certified())
    questions()
    before = questions()
    facts = {f.attname: getattr(first, f.attname) for f in Reconsideration._meta.fields if f.name != "id"}
    for number in range(5):
        centre = CentreFactory()
        facts |= {"reference": f"x{number}", "centre_id": centre.pk, "stage": "withdrawn"}
        Reconsideration.objects.create(**facts)

    assert questions() == before
