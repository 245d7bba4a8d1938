"""A certificate before the committee: proposed, put on an agenda, decided, and moved by the resolution."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from saduak.attachments.storage import read
from saduak.certification.models import Proposal
from saduak.certification.models.proposals import NOTHING
from saduak.certification.operations import acts, letters_of_acts, meetings, proposals
from saduak.certification.operations.meetings import Act
from saduak.certification.procedure.certificates import ActKind, CertificateStage, Ground
from saduak.certification.queries.meetings import letters_of
from saduak.certification.tasks import draft_act_letter, draft_letters
from saduak.certification.tests.certificates import certificate, round_of
from saduak.certification.tests.world import moment
from saduak.directory.models import BodyKind, Office
from saduak.directory.tests.factories import BodyFactory, person_of
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice
from tests.support.pdf import text_of
from tests.support.remembering import made_once

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 20)
NOON = moment(DAY, 12)


@pytest.fixture
@made_once
def people():
    committee = BodyFactory(kind=BodyKind.STEERING_COMMITTEE)
    one = certificate()
    found = SimpleNamespace(
        certificate=one,
        secretariat=person_of(Office.SECRETARIAT_OFFICER),
        secretary=person_of(Office.STEERING_SECRETARY, body=committee),
        members=[person_of(Office.MEMBER, body=committee) for _ in range(3)],
        head=person_of(Office.CENTRE_HEAD, centre=one.centre),
    )
    found.meeting = meetings.call(round_of(2568), committee, number="3/2569", held_on=DAY, by=found.secretary, at=NOON)
    return found


def proposed(people, kind=ActKind.SUSPEND, **given):
    facts = {"ground": Ground.NOT_MET, "reason": "พบข้อบกพร่อง", "by": people.secretariat, "at": NOON, **given}
    return proposals.propose(people.certificate, kind, **facts)


def on_agenda(people, **given):
    one = proposed(people, **given)
    proposals.put_on_agenda(people.meeting, [one], by=people.secretary)
    return Proposal.objects.get(pk=one.pk)


def in_session(people, **given):
    one = on_agenda(people, **given)
    meetings.convene(people.meeting, by=people.secretary, at=NOON)
    meetings.seat(people.meeting, [people.secretary, *people.members], by=people.secretary)
    return one


def resolve(people):
    act = Act(number="มติที่ 3/2569", text="เห็นชอบ", votes_for=3)
    return meetings.resolve(people.meeting, act, by=people.secretary, at=NOON)


def refused_codes(deed, *args, **given):
    with pytest.raises(StepRefused) as refused:
        deed(*args, **given)
    return [reason.code for reason in refused.value.decision.reasons]


def test_a_meeting_only_about_a_certificate_resolves_on_it(people):
    one = in_session(people, until=DAY + timedelta(days=90))
    proposals.decide(one, ActKind.SUSPEND, ground=one.ground, until=one.until_day, by=people.secretary)

    resolution = resolve(people)

    people.certificate.refresh_from_db()
    assert people.certificate.stage == CertificateStage.SUSPENDED
    assert people.certificate.suspended_until == DAY + timedelta(days=90)
    assert people.certificate.act.reason == "พบข้อบกพร่อง"
    assert resolution.content["certificates"][0]["decision"] == ["suspend", "not_met", "2027-02-18"]
    one.refresh_from_db()
    assert one.settled_at
    assert not one.departs
    assert [entry.step for entry in people.certificate.history][-2:] == ["propose_act", "suspend"]


def test_that_nothing_is_done_is_written_down_with_its_reason(people):
    one = in_session(people)
    assert refused_codes(proposals.decide, one, NOTHING, by=people.secretary) == ["departure_has_a_reason"]
    decided = proposals.decide(one, NOTHING, reason="ศูนย์แก้ไขแล้ว", by=people.secretary)

    resolution = resolve(people)

    people.certificate.refresh_from_db()
    entry = people.certificate.history.last()
    assert decided.departs
    assert people.certificate.stage == CertificateStage.VALID
    assert (entry.step, entry.note) == ("leave", "ศูนย์แก้ไขแล้ว")
    assert entry.facts["resolution"] == resolution.number


def test_what_the_committee_decides_otherwise_needs_a_reason(people):
    one = in_session(people)

    assert refused_codes(proposals.decide, one, ActKind.REVOKE, ground=Ground.FALSE_EVIDENCE, by=people.secretary) == [
        "departure_has_a_reason"
    ]
    proposals.decide(one, ActKind.REVOKE, ground=Ground.FALSE_EVIDENCE, reason="ร้ายแรง", by=people.secretary)
    resolve(people)

    people.certificate.refresh_from_db()
    assert people.certificate.stage == CertificateStage.REVOKED


def test_an_undecided_certificate_holds_the_resolution_up(people):
    in_session(people)

    assert refused_codes(resolve, people) == ["every_unit_is_decided"]


def test_a_certificate_that_has_ended_meanwhile_is_named(people):
    one = in_session(people)
    proposals.decide(one, ActKind.SUSPEND, ground=one.ground, by=people.secretary)
    type(one.certificate).objects.update(expires_on=DAY - timedelta(days=1))

    with pytest.raises(StepRefused, match=people.certificate.reference):
        resolve(people)
    assert not people.certificate.acts.exists()


def test_a_member_steps_aside_and_the_quorum_is_counted_without(people):
    one = in_session(people)
    proposals.decide(one, ActKind.SUSPEND, ground=one.ground, by=people.secretary)
    seats = people.meeting.attendance.filter(person__in=people.members)
    assert refused_codes(proposals.step_aside, one, seats[0], by=people.secretary, reason=" ") == ["reason_is_given"]
    aside = [proposals.step_aside(one, seat, by=people.secretary, reason="ญาติ") for seat in seats]

    assert refused_codes(resolve, people) == ["quorum_sits_for_every_unit"]
    proposals.come_back(aside[0], by=people.secretary)
    proposals.come_back(aside[1], by=people.secretary)
    resolution = resolve(people)

    assert resolution.content["certificates"][0]["aside"] == [[aside[2].seat.person_id, "ญาติ"]]


def test_a_seat_of_another_meeting_does_not_step_aside(people):
    one = in_session(people)
    other = meetings.call(
        round_of(2568), people.meeting.body, number="4/2569", held_on=DAY, by=people.secretary, at=NOON
    )

    assert refused_codes(proposals.step_aside, one, other.attendance.first(), by=people.secretary, reason="ญาติ") == [
        "seat_is_of_this_meeting"
    ]


def test_a_cancelled_meeting_lets_the_proposal_wait_for_another(people):
    one = in_session(people)
    proposals.decide(one, ActKind.SUSPEND, ground=one.ground, by=people.secretary)
    proposals.step_aside(one, people.meeting.attendance.first(), by=people.secretary, reason="ญาติ")

    meetings.cancel(people.meeting, by=people.secretary, reason="ไม่ครบองค์ประชุม", at=NOON)

    one.refresh_from_db()
    assert (one.meeting, one.position, one.decision) == (None, None, "")
    assert list(Proposal.objects.waiting()) == [one]
    assert not one.recusals.exists()
    assert refused_codes(proposals.decide, one, NOTHING, reason="ก", by=people.secretary) == ["stands_on_the_agenda"]


def test_it_can_be_taken_off_the_agenda_and_taken_back(people):
    one = on_agenda(people)
    assert refused_codes(proposals.take_back, one, by=people.secretariat, reason="ก") == ["proposal_waits"]

    proposals.take_off_agenda(one, by=people.secretary)
    assert refused_codes(proposals.take_back, one, by=people.secretariat, reason="") == ["reason_is_given"]
    assert refused_codes(proposals.take_back, one, by=people.head, reason="ก") == ["wrong_role"]
    proposals.take_back(one, by=people.secretariat, reason="เสนอผิดฉบับ", at=NOON)

    assert not Proposal.objects.open().exists()
    assert people.certificate.history.last().step == "take_back_act"
    assert proposed(people)


def test_a_certificate_on_an_agenda_is_not_given_back_meanwhile(people):
    on_agenda(people)

    assert refused_codes(acts.give_back, people.certificate, reason="ก", by=people.head, at=NOON) == [
        "no_meeting_is_about_it"
    ]


def test_the_centre_is_told_and_heard_before_the_committee_resolves(people):
    one = in_session(people)
    assert "มีสิทธิชี้แจง" in Notice.objects.get(template="certification/proposed").body
    assert refused_codes(proposals.state, one, "แก้แล้ว", by=people.secretariat) == ["wrong_role"]
    assert refused_codes(proposals.state, one, " ", by=people.head) == ["statement_is_given"]
    proposals.state(one, "แก้ไขแล้ว\r\nดูภาพ", by=people.head, seen="", at=NOON)
    with pytest.raises(StepOvertaken):
        proposals.state(one, "อีกครั้ง", by=people.head, seen="")
    proposals.decide(one, NOTHING, reason="ฟังศูนย์แล้ว", by=people.secretary)

    resolution = resolve(people)

    assert resolution.content["certificates"][0]["statement"] == "แก้ไขแล้ว\nดูภาพ"
    assert "state" in [entry.step for entry in people.certificate.history]
    assert refused_codes(proposals.state, one, "ช้าไป", by=people.head) == ["proposal_is_open"]


REFUSED = {
    "by the centre": ({"by": "head"}, "wrong_role"),
    "without a reason": ({"reason": " "}, "reason_is_given"),
    "on a ground in favour": ({"ground": Ground.MENDED}, "ground_fits"),
    "a return": ({"kind": ActKind.RETURN}, "ground_fits"),
    "a restoration of what is in force": ({"kind": ActKind.RESTORE, "ground": Ground.MENDED}, "wrong_stage"),
    "a revocation for a time": ({"kind": ActKind.REVOKE, "until": DAY}, "only_suspensions_end"),
    "after the term": ({"at": moment(date(2040, 1, 1))}, "wrong_stage"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_proposed(people, case):
    given, code = REFUSED[case]
    by = getattr(people, given["by"]) if "by" in given else people.secretariat

    assert refused_codes(proposed, people, **{**given, "by": by}) == [code]
    assert not Proposal.objects.exists()


def test_one_proposal_is_open_at_a_time(people):
    proposed(people)

    assert refused_codes(proposed, people) == ["no_proposal_is_open"]


def test_the_clock_proposes_too(people):
    one = proposed(people, by=None)

    assert people.certificate.history.last().role == "clock"
    assert one.proposed_by is None


def test_whoever_read_something_else_is_told_so(people):
    seen = people.certificate.version
    acts.order_suspension(people.certificate, ground=Ground.PUBLIC_HARM, reason="ก", by=people.secretariat, at=NOON)

    with pytest.raises(StepOvertaken):
        proposed(people, seen=seen)
    one = on_agenda(people, kind=ActKind.PROLONG)
    with pytest.raises(StepOvertaken):
        proposals.decide(one, NOTHING, reason="ก", by=people.secretary, seen="something else")


def refused_by_database(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError:
        return True
    return False


def test_what_was_resolved_stays(people):
    one = in_session(people)
    proposals.decide(one, ActKind.SUSPEND, ground=one.ground, by=people.secretary)
    resolve(people)

    assert refused_by_database("UPDATE certification_proposal SET decided_reason = 'x'")
    assert refused_by_database("DELETE FROM certification_proposal")


class TestLetters:
    """The centre is told, whatever was decided."""

    def test_the_resolution_is_followed_by_a_letter_for_each_certificate(self, people):
        one = in_session(people, until=DAY + timedelta(days=90))
        proposals.decide(one, ActKind.SUSPEND, ground=one.ground, until=one.until_day, by=people.secretary)
        resolution = resolve(people)

        draft_letters(resolution.pk)
        assert letters_of_acts.draft_letters(resolution) == 0

        notice = Notice.objects.get(template="certification/act")
        text = text_of(read(notice.attachments.get().sha256))
        assert notice.to_user == people.head
        assert notice.state == "draft"
        assert "พบข้อบกพร่อง" in notice.body
        assert "มติพักใช้ใบรับรอง" in text
        assert letters_of(resolution, notice.batch).is_complete

    def test_that_nothing_is_done_is_told_too(self, people):
        one = in_session(people)
        proposals.decide(one, NOTHING, reason="แก้ไขแล้ว", by=people.secretary)

        letters_of_acts.draft_letters(resolve(people))

        notice = Notice.objects.get(template="certification/act")
        assert "ไม่ดำเนินการ" in notice.body
        assert "แก้ไขแล้ว" in text_of(read(notice.attachments.get().sha256))

    def test_an_order_is_told_by_a_job_and_only_once(self, people):
        suspended = acts.order_suspension(
            people.certificate, ground=Ground.PUBLIC_HARM, reason="อาคารทรุด", by=people.secretariat, at=NOON
        )

        draft_act_letter(suspended.act_id)
        assert not letters_of_acts.draft_letter(suspended.act)

        assert "คำสั่งชั่วคราว" in text_of(read(Notice.objects.get(template="certification/act").attachments.get().sha256))

    @pytest.mark.parametrize("rule", ["lifted", "returned", "over"])
    def test_every_rule_has_its_words(self, people, rule):
        given = {"reason": "เหตุผล", "at": NOON}
        if rule != "returned":
            acts.order_suspension(
                people.certificate, ground=Ground.PUBLIC_HARM, until=DAY, by=people.secretariat, **given
            )
        if rule == "lifted":
            one = acts.lift_order(people.certificate, ground=Ground.MENDED, by=people.secretariat, **given)
        elif rule == "returned":
            one = acts.give_back(people.certificate, by=people.head, **given)
        else:
            (one,) = acts.restore_due(at=NOON + timedelta(days=1))

        letter = letters_of_acts.letter_about(one.act, number="1", at=NOON)

        words = {"lifted": "ยกเลิกคำสั่งชั่วคราว", "returned": "ตามความประสงค์ของท่าน", "over": "พ้นกำหนดเวลาพักใช้"}
        assert words[rule] in letter.paragraphs[1]
        assert bool(letter.signatory_name) == (rule == "lifted")
