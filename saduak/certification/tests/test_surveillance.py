"""A certified centre is followed up, from what opened it to its end; each deed by the person whose deed it is."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from saduak.attachments.operations import store
from saduak.certification.models import (
    Certificate,
    FindingTurn,
    Proposal,
    Round,
    Surveillance,
    SurveillanceFinding,
)
from saduak.certification.models.proposals import NOTHING
from saduak.certification.operations import acts, findings, meetings, proposals, surveillance
from saduak.certification.operations.meetings import Act
from saduak.certification.operations.surveillance import Check
from saduak.certification.procedure.certificates import ActKind, Ground
from saduak.certification.rules import issues_to_plan, surveillance_days, turn_to_plan
from saduak.certification.tasks import turn_the_day
from saduak.certification.tests.certificates import certificate, round_of
from saduak.certification.tests.world import moment, picture
from saduak.directory.models import BodyKind, Office
from saduak.directory.tests.factories import BodyFactory, person_of
from saduak.journal.steps import StepOvertaken, StepRefused
from saduak.notices.models import Notice
from tests.support.remembering import made_once

DAY = date(2026, 11, 20)
NOON = moment(DAY, 12)


class TestCalendar:
    """By the calendar of the term."""

    def test_every_so_many_months_and_never_on_the_last_day(self):
        assert surveillance_days(date(2025, 9, 1), date(2028, 8, 31), 12) == [date(2026, 9, 1), date(2027, 9, 1)]
        assert surveillance_days(date(2024, 8, 31), date(2025, 8, 30), 6) == [date(2025, 2, 28)]
        assert surveillance_days(date(2024, 8, 31), date(2027, 8, 30), 0) == []

    @pytest.mark.parametrize(
        ("today", "turn"),
        [
            (date(2026, 7, 2), None),
            (date(2026, 7, 3), 1),
            (date(2026, 9, 1), 1),
            (date(2026, 9, 2), None),
            (date(2027, 8, 1), 2),
        ],
    )
    def test_it_is_planned_from_its_lead_to_its_day(self, today, turn):
        assert turn_to_plan([date(2026, 9, 1), date(2027, 9, 1)], today) == turn

    @given(
        st.dates(date(2015, 1, 1), date(2030, 1, 1)),
        st.integers(0, 5 * 366),
        st.integers(1, 40),
    )
    def test_whoever_has_a_turn_to_plan_was_issued_where_one_looks(self, issued_on, later, months):
        today = issued_on + timedelta(days=later)
        turn = turn_to_plan(surveillance_days(issued_on, issued_on + timedelta(days=5 * 365), months), today)

        looked_at = [t for t, first, last in issues_to_plan(months, today) if first <= issued_on <= last]
        assert turn is None or turn in looked_at


@pytest.fixture
@made_once
def people(db):
    committee, panel = BodyFactory(kind=BodyKind.STEERING_COMMITTEE), BodyFactory(number=5)
    one = certificate()
    return SimpleNamespace(
        certificate=one,
        committee=committee,
        secretariat=person_of(Office.SECRETARIAT_OFFICER),
        colleague=person_of(Office.SECRETARIAT_OFFICER),
        secretary=person_of(Office.STEERING_SECRETARY, body=committee),
        members=[person_of(Office.MEMBER, body=committee) for _ in range(3)],
        assessor=person_of(Office.QUALIFIED_MEMBER, body=panel),
        head=person_of(Office.CENTRE_HEAD, centre=one.centre),
        officer=person_of(Office.CENTRE_OFFICER, centre=one.centre),
    )


def opened(people, **different):
    given = {"reason": "มีเรื่องร้องเรียน", "due_on": DAY + timedelta(days=30), "by": people.secretariat, "at": NOON}
    return surveillance.open_by_hand(people.certificate, **{**given, **different})


def announced(people):
    one = surveillance.send(opened(people), people.assessor, by=people.secretariat, at=NOON)
    surveillance.declare_free(one, by=people.assessor, at=NOON)
    return surveillance.notify(one, by=people.secretariat, at=NOON)


def checked(people, **different):
    done = Check(**{"mode": "visit", "checked_on": DAY, "summary": "ตรวจครบทุกจุด", **different})
    return surveillance.check(announced(people), done, by=people.assessor, at=NOON)


def code_of(people, place=0):
    return [criterion.code for criterion in people.certificate.round.criteria.library.criteria()][place]


def found(people, one, severity="major", place=0):
    return surveillance.find(
        one, code=code_of(people, place), severity=severity, text="ทางลาดชำรุด", by=people.assessor, at=NOON
    )


def awaiting(people, *severities):
    one = checked(people)
    for place, severity in enumerate(severities or ["major"]):
        found(people, one, severity, place)
    return surveillance.hand_over(one, by=people.assessor, at=NOON)


def answered(people, *severities):
    one = awaiting(people, *severities)
    return answer(people, one)


def answer(people, one):
    for turn in one.current:
        findings.write_answer(turn, "ซ่อมแล้ว", by=people.officer, at=NOON)
    return findings.send_answers(Surveillance.objects.get(pk=one.pk), by=people.head, at=NOON)


def verified(people, one, verdict, by=None):
    for turn in one.current:
        findings.verify(turn, verdict, remark="ภาพไม่ชัด", by=by or people.secretariat, at=NOON)
    return Surveillance.objects.get(pk=one.pk)


def refused_codes(deed, *args, **given):
    with pytest.raises(StepRefused) as refused:
        deed(*args, **given)
    return [reason.code for reason in refused.value.decision.reasons]


def test_the_straight_way_to_its_end(people):
    one = answered(people, "minor", "critical")
    closed = findings.close(verified(people, one, "mended"), by=people.secretariat, at=NOON)

    assert closed.stage == "closed"
    assert [entry.step for entry in closed.history] == [
        "open_surveillance",
        "send",
        "declare_free",
        "notify",
        "check",
        "hand_over",
        "answer",
        "close",
    ]
    assert closed.history.last().facts["verdicts"] == [[code_of(people), "mended"], [code_of(people, 1), "mended"]]
    assert closed.history.first().centre_id == people.certificate.centre_id
    told = [notice.body for notice in Notice.objects.filter(case_reference=one.reference, to_user=people.head)]
    assert len(told) == 3
    assert sum("ทางลาดชำรุด" in body for body in told) == 1


def test_each_finding_is_answered_by_a_day_of_its_own_and_the_case_shows_the_first(people):
    one = awaiting(people, "minor", "critical")

    minor, critical = one.current.order_by("finding")
    assert one.answer_due == critical.due_on < minor.due_on
    findings.write_answer(critical, "แก้แล้ว", by=people.officer, at=NOON)
    assert Surveillance.objects.get(pk=one.pk).answer_due == minor.due_on
    findings.write_answer(minor, "แก้แล้ว", by=people.officer, at=NOON)
    assert Surveillance.objects.get(pk=one.pk).answer_due == minor.due_on


def test_without_findings_it_is_closed_at_once(people):
    closed = surveillance.close_clean(checked(people), by=people.assessor, at=NOON)

    assert closed.stage == "closed"
    assert closed.history.last().note == "ตรวจครบทุกจุด"


def test_what_is_not_mended_is_asked_once_more_and_then_goes_to_the_committee(people):
    one = answered(people, "major", "minor")
    first, second = one.current.order_by("finding")
    findings.verify(first, "mended", by=people.secretariat, at=NOON)
    findings.verify(second, "not_mended", remark="ภาพไม่ชัด", by=people.secretariat, at=NOON)
    again = findings.repeat(one, by=people.secretariat, at=NOON + timedelta(days=20))

    assert again.stage == "awaiting"
    assert [turn.finding for turn in again.current] == [second.finding]
    one = verified(people, answer(people, again), "not_mended")
    assert refused_codes(findings.repeat, one, by=people.secretariat, at=NOON) == ["another_turn_is_left"]
    moved = findings.bring_before_committee(one, by=people.secretariat, at=NOON)

    assert moved.stage == "escalated"
    assert moved.proposal.kind == ActKind.SUSPEND
    assert moved.proposal.ground == Ground.NOT_MET
    assert "ภาพไม่ชัด" in moved.proposal.reason


def test_silence_becomes_a_proposal_and_the_resolution_closes_the_case(people):
    one = awaiting(people)
    assert findings.escalate_due(at=moment(one.answer_due, 23)) == []

    (moved,) = findings.escalate_due(at=moment(one.answer_due + timedelta(days=1), 0))

    assert moved.proposal.ground == Ground.NO_ANSWER
    assert moved.proposal.proposed_by is None
    held_on = one.answer_due + timedelta(days=2)
    meeting = meetings.call(
        round_of(2568), people.committee, number="3/2569", held_on=held_on, by=people.secretary, at=NOON
    )
    proposals.put_on_agenda(meeting, [moved.proposal], by=people.secretary)
    meetings.convene(meeting, by=people.secretary, at=moment(held_on))
    meetings.seat(meeting, [people.secretary, *people.members], by=people.secretary)
    proposals.decide(Proposal.objects.get(), NOTHING, reason="ศูนย์ประสบอุทกภัย", by=people.secretary)
    meetings.resolve(
        meeting, Act(number="มติที่ 3/2569", text="เห็นชอบ", votes_for=3), by=people.secretary, at=moment(held_on)
    )
    moved.refresh_from_db()
    assert moved.stage == "closed"
    assert moved.history.last().note == "ศูนย์ประสบอุทกภัย"


def test_a_suspended_certificate_is_proposed_to_stay_so_and_an_open_proposal_is_joined(people):
    one = awaiting(people)
    acts.order_suspension(people.certificate, ground=Ground.PUBLIC_HARM, reason="ก", by=people.secretariat, at=NOON)
    later = moment(one.answer_due + timedelta(days=1))
    (moved,) = findings.escalate_due(at=later)
    assert moved.proposal.kind == ActKind.PROLONG

    other = certificate()
    by_hand = proposals.propose(
        other, ActKind.SUSPEND, ground=Ground.NOT_MET, reason="ก", by=people.secretariat, at=NOON
    )
    people.certificate = other
    people.officer = person_of(Office.CENTRE_OFFICER, centre=other.centre)
    people.head = person_of(Office.CENTRE_HEAD, centre=other.centre)
    one = verified(people, answered(people), "not_mended")
    assert findings.bring_before_committee(one, by=people.secretariat, at=NOON).proposal == by_hand


def test_the_word_of_the_finder_is_not_its_verification(people):
    """Who was sent, and who recorded, verify nothing, whatever office they hold; the database refuses it too."""
    people.assessor = people.secretariat
    one = answered(people)

    assert refused_codes(findings.verify, one.current.get(), "mended", by=people.secretariat) == ["wrong_role"]
    with pytest.raises(IntegrityError), transaction.atomic():
        FindingTurn.objects.update(verdict="mended", verified_by=people.secretariat)
    findings.verify(one.current.get(), "mended", by=people.colleague)
    assert refused_codes(findings.close, one, by=people.secretariat) == ["wrong_role"]
    assert findings.close(one, by=people.colleague).stage == "closed"


def test_whom_a_conflict_bars_is_not_sent(people):
    one = opened(people)

    assert refused_codes(surveillance.send, one, people.head, by=people.secretariat) == ["is_not_barred"]
    sent = surveillance.send(one, people.assessor, by=people.secretariat)
    assert refused_codes(surveillance.notify, sent, by=people.secretariat) == ["the_assessor_is_free"]
    assert refused_codes(surveillance.stand_back, sent, by=people.assessor, reason=" ") == ["reason_is_given"]
    back = surveillance.stand_back(sent, by=people.assessor, reason="ญาติทำงานที่ศูนย์")
    assert back.assessor is None
    assert refused_codes(surveillance.declare_free, back, by=people.assessor) == ["wrong_role"]


def test_whoever_joins_the_centre_afterwards_cannot_declare_to_be_free(people):
    one = surveillance.send(opened(people), people.assessor, by=people.secretariat, at=NOON)
    people.assessor.memberships.create(
        centre=people.certificate.centre, office=Office.CENTRE_OFFICER, from_day=date(2020, 1, 1)
    )

    assert refused_codes(surveillance.declare_free, one, by=people.assessor) == ["is_not_barred"]


REFUSED = {
    "opening by the centre": lambda p: refused_codes(opened, p, by=p.head) == ["wrong_role"],
    "opening without a reason": lambda p: refused_codes(opened, p, reason=" ") == ["reason_is_given"],
    "opening for yesterday": lambda p: refused_codes(opened, p, due_on=DAY - timedelta(days=1)) == ["day_is_ahead"],
    "opening of what has ended": lambda p: (
        refused_codes(opened, p, at=moment(date(2040, 1, 1))) == ["the_certificate_lives"]
    ),
    "a check tomorrow": lambda p: refused_codes(checked, p, checked_on=DAY + timedelta(days=1)) == ["day_is_not_ahead"],
    "a check by telepathy": lambda p: refused_codes(checked, p, mode="telepathy") == ["mode_is_known"],
    "a check without words": lambda p: refused_codes(checked, p, summary=" ") == ["summary_is_given"],
    "a cancellation without a reason": lambda p: (
        refused_codes(surveillance.call_off, announced(p), by=p.secretariat, reason="") == ["reason_is_given"]
    ),
    "handing nothing over": lambda p: (
        refused_codes(surveillance.hand_over, checked(p), by=p.assessor) == ["findings_are_recorded"]
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(people, case):
    assert REFUSED[case](people)


def test_one_surveillance_runs_at_a_time(people):
    opened(people)

    assert refused_codes(opened, people) == ["none_is_open"]


@pytest.mark.parametrize(
    ("different", "code"),
    [
        ({"code": "XYZ"}, "criterion_is_known"),
        ({"severity": "awful"}, "severity_is_known"),
        ({"text": " "}, "finding_is_worded"),
    ],
)
def test_a_finding_names_its_criterion_its_weight_and_what_was_found(people, different, code):
    one = checked(people)
    given = {"code": code_of(people), "severity": "major", "text": "ทางลาดชำรุด", "by": people.assessor}

    assert refused_codes(surveillance.find, one, **{**given, **different}) == [code]


def test_findings_are_struck_until_they_are_handed_over(people):
    one = checked(people)
    surveillance.strike(found(people, one), by=people.assessor)
    assert not one.findings.exists()
    kept = found(people, one)
    surveillance.hand_over(one, by=people.assessor, at=NOON)

    assert refused_codes(surveillance.strike, kept, by=people.assessor) == ["wrong_stage"]
    for statement in (
        "UPDATE certification_surveillancefinding SET text = 'x'",
        "DELETE FROM certification_findingturn; DELETE FROM certification_surveillancefinding",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert SurveillanceFinding.objects.get() == kept


def test_answers_and_their_files_are_the_centres_until_they_are_sent(people):
    one = awaiting(people)
    turn = one.current.get()
    file = store(picture(), by=people.officer)
    assert refused_codes(findings.write_answer, turn, " ", by=people.officer) == ["answer_is_given"]
    assert refused_codes(findings.write_answer, turn, "ก", by=people.secretariat) == ["wrong_stage"]
    findings.write_answer(turn, "ซ่อมแล้ว\r\nดูภาพ", files=[file], by=people.officer, seen="", at=NOON)
    with pytest.raises(StepOvertaken):
        findings.write_answer(turn, "อีกคน", by=people.head, seen="")
    findings.drop_file(turn, file, by=people.head)
    findings.write_answer(turn, "ซ่อมแล้ว", files=[file], by=people.head, seen="ซ่อมแล้ว\r\nดูภาพ", at=NOON)

    sent = findings.send_answers(Surveillance.objects.get(pk=one.pk), by=people.head, at=NOON)

    assert sent.history.last().facts["files"] == [[code_of(people), file.sha256]]
    assert refused_codes(findings.drop_file, turn, file, by=people.head) == ["wrong_stage"]
    assert refused_codes(findings.verify, turn, "perhaps", by=people.secretariat) == ["verdict_is_known"]
    assert refused_codes(findings.verify, turn, "not_mended", by=people.secretariat) == ["remark_is_given"]


def test_it_is_called_off_before_the_check_and_the_centre_is_told_what_it_knew(people):
    quiet = opened(people)
    surveillance.call_off(quiet, by=people.secretariat, reason="ซ้ำกับการสุ่ม", at=NOON)
    assert not Notice.objects.exists()

    loud = announced(people)
    surveillance.call_off(loud, by=people.secretariat, reason="ซ้ำกับการสุ่ม", at=NOON)
    told = [notice.body for notice in Notice.objects.filter(case_reference=loud.reference)]
    assert any("ซ้ำกับการสุ่ม" in body for body in told)


def test_an_address_that_is_none_holds_nothing_up(people):
    application = people.certificate.application
    application.contact_email = "ไม่มีอีเมล"
    application.save(update_fields=["contact_email"])

    announced(people)

    assert Notice.objects.get().to_user == people.head


def test_it_stops_when_the_certificate_ends(people):
    one = awaiting(people)
    acts.give_back(people.certificate, reason="ปิดสาขา", by=people.head, at=NOON)

    assert findings.escalate_due(at=moment(one.answer_due + timedelta(days=1))) == []
    (stopped,) = surveillance.stop_ended(at=NOON)

    assert stopped.stage == "cancelled"
    assert stopped.history.last().by is None


def test_the_calendar_plans_each_turn_once(people):
    first = people.certificate.issued_on.replace(year=people.certificate.issued_on.year + 1)
    at = moment(first - timedelta(days=10))

    (planned,) = surveillance.plan_due(at=at)

    assert (planned.origin, planned.turn, planned.due_on) == ("calendar", 1, first)
    assert surveillance.plan_due(at=at) == []
    surveillance.call_off(planned, by=people.secretariat, reason="ก", at=at)
    assert surveillance.plan_due(at=at) == []


def test_a_turn_whose_day_is_over_or_far_is_not_planned(people):
    first = people.certificate.issued_on.replace(year=people.certificate.issued_on.year + 1)

    for day in (first + timedelta(days=1), first - timedelta(days=61)):
        assert surveillance.plan_due(at=moment(day)) == []


def test_a_round_may_ask_for_none_and_a_practice_is_left_alone(people):
    at = moment(people.certificate.issued_on + timedelta(days=340))
    Certificate.objects.update(is_example=True)
    assert surveillance.plan_due(at=at) == []
    Certificate.objects.update(is_example=False)
    Round.objects.update(surveillance_months=0)

    assert surveillance.plan_due(at=at) == []


def test_figures_of_the_centre_open_one_too(people):
    one = surveillance.open_by_data(people.certificate, reason="ความพึงพอใจต่ำกว่าร้อยละ 80 สองไตรมาส", at=NOON)

    assert one.origin == "data"
    assert one.history.first().by is None
    assert one.due_on == DAY + timedelta(days=60)


def test_turning_the_day_does_all_of_it(people):
    opened(people)
    acts.give_back(people.certificate, reason="ปิดสาขา", by=people.head)

    turn_the_day(0)

    assert Surveillance.objects.get().stage == "cancelled"


def test_any_number_of_certificates_is_planned_with_the_same_questions(people, django_assert_max_num_queries):
    at = moment(date(2030, 1, 1))
    for _ in range(3):
        certificate()

    with django_assert_max_num_queries(3):
        surveillance.plan_due(at=at)


def test_whom_somebody_was_faster_with_is_passed_over(people, monkeypatch):
    """The clock reads its list, and the centre answers before it comes to the line."""
    one = awaiting(people)
    late = moment(one.answer_due + timedelta(days=1))
    overdue = list(Surveillance.objects.due_to_escalate(late.date()))
    answer(people, one)
    monkeypatch.setattr(type(Surveillance.objects.all()), "due_to_escalate", lambda _all, _day: overdue)

    assert findings.escalate_due(at=late) == []
    assert Surveillance.objects.get(pk=one.pk).stage == "answered"
