"""The procedure, exhaustively: what is permitted stands here as sentences, all else is refused. No database."""

from datetime import date, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from saduak.certification.procedure.applications import (
    APPLICATION,
    EDITABLE,
    FINAL,
    ON_RECONSIDERATION,
    RESOLVED,
    TRACK,
    Stage,
)
from saduak.certification.procedure.certificates import ALIVE, BY_ACT, CERTIFICATE, ActKind, CertificateStage
from saduak.certification.procedure.draws import DRAW, DrawStage
from saduak.certification.procedure.meetings import MEETING, MeetingStage
from saduak.certification.procedure.reconsiderations import (
    ANSWERED,
    ENDED,
    NOT_ASKED,
    RECONSIDERATION,
    WAY,
    ReconsiderationStage,
)
from saduak.certification.procedure.roles import Role
from saduak.certification.procedure.rounds import ROUND, RoundStage
from saduak.certification.procedure.sheets import SHEET, SheetStage
from saduak.certification.procedure.surveillance import SURVEILLANCE, SurveillanceStage
from saduak.certification.rules import Phase, Window

NOON = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("Asia/Bangkok"))
TODAY = NOON.date()

CENTRE = "a centre officer or the head of the centre"
PEOPLE = {
    CENTRE: {Role.CENTRE_OFFICER, Role.CENTRE_HEAD},
    "the head of the centre": {Role.CENTRE_HEAD},
    "the secretariat": {Role.SECRETARIAT},
    "the chair or the secretary of the sub-committee": {Role.CHAIR, Role.SUB_COMMITTEE_SECRETARY},
    "the chair": {Role.CHAIR},
    "the secretariat, the chair or the secretary of the sub-committee": {
        Role.SECRETARIAT,
        Role.CHAIR,
        Role.SUB_COMMITTEE_SECRETARY,
    },
    "the steering secretary": {Role.STEERING_SECRETARY},
    "the steering secretary or the secretariat": {Role.STEERING_SECRETARY, Role.SECRETARIAT},
    "the steering secretary, the secretariat or the clock": {Role.STEERING_SECRETARY, Role.SECRETARIAT, Role.CLOCK},
    "the assessor": {Role.ASSESSOR},
    "the verifier": {Role.VERIFIER},
    "the clock": {Role.CLOCK},
}

PERMITTED = {
    "application": """
        submit: a centre officer or the head of the centre, from draft to submitted
        withdraw: the head of the centre, from draft to withdrawn
        withdraw: the head of the centre, from submitted to withdrawn
        withdraw: the head of the centre, from returned to withdrawn
        withdraw: the head of the centre, from screened to withdrawn
        withdraw: the head of the centre, from assigned to withdrawn
        withdraw: the head of the centre, from visit_planned to withdrawn
        return: the secretariat, from submitted to returned
        resubmit: a centre officer or the head of the centre, from returned to submitted
        pass_screening: the secretariat, from submitted to screened
        screen_out: the secretariat, from submitted to screened_out
        correct_screening: the secretariat, from screened to submitted
        assign: the secretariat, from screened to assigned
        reassign: the secretariat, from assigned to assigned
        plan_visit: the secretariat, the chair or the secretary of the sub-committee, from assigned to visit_planned
        cancel_visit: the secretariat, the chair or the secretary of the sub-committee, from visit_planned to assigned
        hold_visit: the chair or the secretary of the sub-committee, from visit_planned to visited
        correct_visit: the secretariat, from visited to visit_planned
        sign_consensus: the chair, from visited to assessed
        reopen_consensus: the chair, from assessed to visited
        propose: the chair or the secretary of the sub-committee, from assessed to proposed
        take_back_proposal: the chair or the secretary of the sub-committee, from proposed to assessed
        certify: the steering secretary, from proposed to certified
        decline: the steering secretary, from proposed to not_certified
        lapse: the clock, from draft to lapsed
        lapse: the clock, from returned to lapsed
        pass_by_default: the clock, from submitted to screened
        propose_by_default: the clock, from assessed to proposed
        stand_by_default: the clock, from proposed to proposed
        take_up_again: the steering secretary, from screened_out to screened
        certify_after_all: the steering secretary, from not_certified to certified
        raise_level: the steering secretary, from certified to certified
    """,
    "reconsideration": """
        ask: the head of the centre, from draft to asked
        withdraw: the head of the centre, from draft to withdrawn
        withdraw: the head of the centre, from asked to withdrawn
        withdraw: the head of the centre, from admitted to withdrawn
        withdraw: the head of the centre, from assigned to withdrawn
        admit: the secretariat, from asked to admitted
        refuse: the secretariat, from asked to refused
        admit_by_default: the clock, from asked to admitted
        assign: the secretariat, from admitted to assigned
        reassign: the secretariat, from assigned to assigned
        name_reviewers: the secretariat, the chair or the secretary of the sub-committee, from assigned to assigned
        sign: the chair, from assigned to reviewed
        reopen: the chair, from reviewed to assigned
        propose: the chair or the secretary of the sub-committee, from reviewed to proposed
        take_back_proposal: the chair or the secretary of the sub-committee, from proposed to reviewed
        stand_by_default: the clock, from proposed to proposed
        uphold: the steering secretary, from proposed to upheld
        change: the steering secretary, from proposed to changed
        lapse: the clock, from draft to lapsed
    """,
    "round": """
        open: the secretariat, from prepared to open
        change_terms: the secretariat, from prepared to prepared
        change_calendar: the secretariat, from prepared to prepared
        change_calendar: the secretariat, from open to open
        close: the secretariat, from open to closed
    """,
    "meeting": """
        convene: the steering secretary, from called to in_session
        resolve: the steering secretary, from in_session to resolved
        cancel: the steering secretary, from called to cancelled
        cancel: the steering secretary, from in_session to cancelled
    """,
    "certificate": """
        expire: the clock, from valid to expired
        expire: the clock, from suspended to expired
        renew: the steering secretary, from valid to renewed
        renew: the steering secretary, from suspended to renewed
        suspend: the steering secretary or the secretariat, from valid to suspended
        prolong: the steering secretary, from suspended to suspended
        restore: the steering secretary, the secretariat or the clock, from suspended to valid
        revoke: the steering secretary, from valid to revoked
        revoke: the steering secretary, from suspended to revoked
        return_voluntarily: the head of the centre, from valid to returned
        return_voluntarily: the head of the centre, from suspended to returned
    """,
    "surveillance": """
        send: the secretariat, from planned to planned
        send: the secretariat, from notified to notified
        declare_free: the assessor, from planned to planned
        declare_free: the assessor, from notified to notified
        stand_back: the assessor, from planned to planned
        stand_back: the assessor, from notified to notified
        notify: the secretariat, from planned to notified
        check: the assessor, from notified to checked
        close_clean: the assessor, from checked to closed
        hand_over: the assessor, from checked to awaiting
        answer: a centre officer or the head of the centre, from awaiting to answered
        close: the verifier, from answered to closed
        repeat: the verifier, from answered to awaiting
        bring_before_committee: the verifier, from answered to escalated
        escalate: the clock, from awaiting to escalated
        settle: the steering secretary, from escalated to closed
        call_off: the secretariat, from planned to cancelled
        call_off: the secretariat, from notified to cancelled
        stop: the clock, from planned to cancelled
        stop: the clock, from notified to cancelled
        stop: the clock, from checked to cancelled
        stop: the clock, from awaiting to cancelled
        stop: the clock, from answered to cancelled
        stop: the clock, from escalated to cancelled
    """,
    "draw": """
        draw: the secretariat, from announced to drawn
        call_off_draw: the secretariat, from announced to called_off
    """,
    "sheet": """
        submit: the assessor, from open to submitted
    """,
}
PROCEDURES = {
    "application": (APPLICATION, Stage),
    "round": (ROUND, RoundStage),
    "meeting": (MEETING, MeetingStage),
    "certificate": (CERTIFICATE, CertificateStage),
    "surveillance": (SURVEILLANCE, SurveillanceStage),
    "draw": (DRAW, DrawStage),
    "sheet": (SHEET, SheetStage),
    "reconsideration": (RECONSIDERATION, ReconsiderationStage),
}


def read(sentences):
    """The permitted steps as {(step, stage, role): stage to}."""
    permitted = {}
    for line in filter(None, map(str.strip, sentences.splitlines())):
        step, rest = line.split(": ", 1)
        who, way = rest.rsplit(", from ", 1)
        came_from, goes_to = way.split(" to ")
        permitted |= {(step, came_from, role): goes_to for role in PEOPLE[who]}
    return permitted


def calendar():
    return SimpleNamespace(
        is_open=True, is_example=False, runs=lambda phase, day: Window(phase, TODAY, TODAY).covers(day)
    )


def ready(stage, **facts):
    """A case of which every condition of every procedure is true, but for the facts given."""
    return SimpleNamespace(
        **{
            "stage": stage,
            "round": calendar(),
            "unanswered": (),
            "unproven": (),
            "unmended": (),
            "mend_until": TODAY,
            "was_returned": False,
            "named_items": ("P1",),
            "unscreened": (),
            "failed_gates": (),
            "staffed_visit": True,
            "current_visit": SimpleNamespace(starts_at=NOON),
            "has_score_sheets": False,
            "sheets_are_in": True,
            "consensus_is_complete": True,
            "is_on_open_agenda": False,
            "has_resolution_in_hand": True,
            "lapses_after": TODAY - timedelta(days=1),
            "criteria": SimpleNamespace(is_published=True),
            "has_panels": True,
            "has_undecided_applications": False,
            "has_open_requests": False,
            "has_agenda": True,
            "held_on": TODAY,
            "has_quorum": True,
            "has_undecided_items": False,
            "has_quorum_for_every_item": True,
            "expires_on": TODAY - timedelta(days=1),
            "certificate": SimpleNamespace(is_alive_on=lambda _day: True),
            "assessor_id": 1,
            "declared_at": NOON,
            "has_findings": True,
            "has_unanswered": False,
            "answer_due": TODAY,
            "is_example": False,
            "has_unverified": False,
            "is_verified_by_its_recorder": False,
            "has_unmended": False,
            "has_turn_left": True,
            "is_resolved": True,
            "seed_day": TODAY,
            "visit_was_held": True,
            "unmarked": (),
            "disputed": (),
            "has_answer_in_hand": True,
            "last_day_to_ask": TODAY,
            "admitted_by_default_after": TODAY - timedelta(days=1),
            "contested": ("P1",),
            "undisputed_gates": (),
            "default_after": TODAY - timedelta(days=1),
            "stands_by_default_after": TODAY - timedelta(days=1),
            "has_opinions": False,
            "opinions_are_in": True,
            "unsettled": (),
            **facts,
        }
    )


# Some conditions exclude each other; each step gets the facts that fit it.
IN_ITS_TERM = {("certificate", kind.value): {"expires_on": TODAY, "act_in_hand": kind} for kind in ActKind}
TOO_LATE = {"last_day_to_ask": TODAY - timedelta(days=1)}
ENDED_CERTIFICATE = SimpleNamespace(is_alive_on=lambda _day: False)
UNMENDED = {"has_unmended": True}
FITTING = {
    ("surveillance", "close_clean"): {"has_findings": False},
    ("surveillance", "repeat"): UNMENDED,
    ("surveillance", "bring_before_committee"): UNMENDED,
    ("surveillance", "escalate"): {"answer_due": TODAY - timedelta(days=1)},
    ("surveillance", "stop"): {"certificate": ENDED_CERTIFICATE},
    ("application", "pass_screening"): {"named_items": ()},
    ("application", "screen_out"): {"failed_gates": ("P1",)},
    ("reconsideration", "lapse"): TOO_LATE,
    **IN_ITS_TERM,
}


@pytest.mark.parametrize("name", PROCEDURES)
def test_what_is_permitted_and_nothing_else(name):
    procedure, stages = PROCEDURES[name]
    permitted = read(PERMITTED[name])

    for step, stage, role in product(procedure.steps, stages, Role):
        case = ready(stage, **FITTING.get((name, step.name), {}))
        decision = procedure.consider(step.name, case, roles={role}, at=NOON)
        expected = permitted.get((step.name, stage, role))

        assert decision.allowed == (expected is not None), (step.name, stage, role)
        if expected is not None:
            assert (step.to or stage) == expected


A = "application"
R = "reconsideration"
NOT_OPEN = SimpleNamespace(is_open=False, runs=lambda *_: True)
OUT_OF_PHASE = SimpleNamespace(is_open=True, runs=lambda *_: False)
LATER = SimpleNamespace(starts_at=NOON + timedelta(minutes=1))
DRAFT = SimpleNamespace(is_published=False)

ACTS = {
    ActKind.SUSPEND: "an_act_suspends_it",
    ActKind.PROLONG: "an_act_prolongs_it",
    ActKind.RESTORE: "an_act_restores_it",
    ActKind.REVOKE: "an_act_revokes_it",
    ActKind.RETURN: "an_act_returns_it",
}

IN_HAND = IN_ITS_TERM["certificate", ActKind.RETURN]
WITHOUT_ITS_ACT = [
    ("certificate", kind.value, max(CERTIFICATE.step(kind).moves), facts, reason)
    for kind, its_act in ACTS.items()
    for facts, reason in (
        ({"expires_on": TODAY - timedelta(days=1), "act_in_hand": kind}, "the_term_runs"),
        ({"expires_on": TODAY, "act_in_hand": ""}, its_act),
        ({"expires_on": TODAY, "act_in_hand": next(other for other in ActKind if other != kind)}, its_act),
    )
] + [
    ("certificate", ActKind.RETURN, "valid", {**IN_HAND, "is_on_open_agenda": True}, "no_meeting_is_about_it"),
]

S = "surveillance"
GONE = {"certificate": ENDED_CERTIFICATE}
OVERDUE = {"answer_due": TODAY - timedelta(days=1)}
VERIFICATIONS = [("close", {}), ("repeat", UNMENDED), ("bring_before_committee", UNMENDED)]
OF_SURVEILLANCE = [
    (S, "send", "planned", GONE, "the_certificate_lives"),
    (S, "notify", "planned", GONE, "the_certificate_lives"),
    (S, "notify", "planned", {"assessor_id": None}, "somebody_is_assigned"),
    (S, "notify", "planned", {"declared_at": None}, "the_assessor_is_free"),
    (S, "check", "notified", GONE, "the_certificate_lives"),
    (S, "check", "notified", {"declared_at": None}, "the_assessor_is_free"),
    (S, "close_clean", "checked", {"has_findings": True}, "nothing_was_found"),
    (S, "hand_over", "checked", GONE, "the_certificate_lives"),
    (S, "hand_over", "checked", {"has_findings": False}, "findings_are_recorded"),
    (S, "answer", "awaiting", {"has_unanswered": True}, "every_finding_is_answered"),
    (S, "answer", "awaiting", OVERDUE, "the_answer_is_in_time"),
    *((S, step, "answered", {**so, "has_unverified": True}, "every_answer_is_verified") for step, so in VERIFICATIONS),
    *(
        (S, step, "answered", {**so, "is_verified_by_its_recorder": True}, "somebody_else_has_verified")
        for step, so in VERIFICATIONS
    ),
    (S, "close", "answered", UNMENDED, "every_finding_is_mended"),
    (S, "repeat", "answered", {**UNMENDED, **GONE}, "the_certificate_lives"),
    (S, "repeat", "answered", {}, "a_finding_is_left"),
    (S, "repeat", "answered", {**UNMENDED, "has_turn_left": False}, "another_turn_is_left"),
    (S, "bring_before_committee", "answered", {**UNMENDED, **GONE}, "the_certificate_lives"),
    (S, "bring_before_committee", "answered", {}, "a_finding_is_left"),
    (S, "escalate", "awaiting", {**OVERDUE, **GONE}, "the_certificate_lives"),
    (S, "escalate", "awaiting", {}, "the_answer_is_overdue"),
    (S, "escalate", "awaiting", {"answer_due": None}, "the_answer_is_overdue"),
    (S, "escalate", "awaiting", {**OVERDUE, "is_example": True}, "the_answer_is_overdue"),
    (S, "settle", "escalated", {"is_resolved": False}, "the_committee_has_resolved"),
    (S, "stop", "awaiting", {}, "the_certificate_has_ended"),
]

ONE_THING_MISSING = [
    (A, "submit", Stage.DRAFT, {"round": NOT_OPEN}, "round_accepts_applications"),
    (A, "submit", Stage.DRAFT, {"round": OUT_OF_PHASE}, "round_accepts_applications"),
    (A, "submit", Stage.DRAFT, {"unanswered": ("P1",)}, "self_assessment_is_complete"),
    (A, "submit", Stage.DRAFT, {"unproven": ("P1",)}, "every_claim_has_evidence"),
    (A, "return", Stage.SUBMITTED, {"was_returned": True}, "not_returned_before"),
    (A, "return", Stage.SUBMITTED, {"named_items": ()}, "items_to_mend_are_named"),
    (A, "resubmit", Stage.RETURNED, {"mend_until": TODAY - timedelta(days=1)}, "mending_is_in_time"),
    (A, "resubmit", Stage.RETURNED, {"mend_until": None}, "mending_is_in_time"),
    (A, "resubmit", Stage.RETURNED, {"unmended": ("P1",)}, "every_named_item_is_mended"),
    (A, "resubmit", Stage.RETURNED, {"unanswered": ("P1",)}, "self_assessment_is_complete"),
    (A, "resubmit", Stage.RETURNED, {"unproven": ("P1",)}, "every_claim_has_evidence"),
    (A, "pass_screening", Stage.SUBMITTED, {"unscreened": ("P1",), "named_items": ()}, "every_item_is_screened"),
    (A, "pass_screening", Stage.SUBMITTED, {"failed_gates": ("P1",), "named_items": ()}, "every_gate_is_passed"),
    (A, "pass_screening", Stage.SUBMITTED, {"named_items": ("P1",)}, "nothing_is_left_to_mend"),
    (A, "screen_out", Stage.SUBMITTED, {"failed_gates": ()}, "a_gate_has_failed"),
    (A, "screen_out", Stage.SUBMITTED, {"failed_gates": ("P1",), "unscreened": ("P2",)}, "every_item_is_screened"),
    (A, "plan_visit", Stage.ASSIGNED, {"staffed_visit": False}, "a_visit_is_staffed"),
    (A, "hold_visit", Stage.VISIT_PLANNED, {"current_visit": None}, "the_visit_has_begun"),
    (A, "hold_visit", Stage.VISIT_PLANNED, {"current_visit": LATER}, "the_visit_has_begun"),
    (A, "correct_visit", Stage.VISITED, {"has_score_sheets": True}, "no_score_is_lost"),
    (A, "sign_consensus", Stage.VISITED, {"sheets_are_in": False}, "every_sheet_is_submitted"),
    (A, "sign_consensus", Stage.VISITED, {"consensus_is_complete": False}, "every_value_is_agreed"),
    (A, "take_back_proposal", Stage.PROPOSED, {"is_on_open_agenda": True}, "not_on_an_agenda"),
    (A, "certify", Stage.PROPOSED, {"has_resolution_in_hand": False}, "a_resolution_is_recorded"),
    (A, "decline", Stage.PROPOSED, {"has_resolution_in_hand": False}, "a_resolution_is_recorded"),
    (A, "take_up_again", Stage.SCREENED_OUT, {"has_answer_in_hand": False}, "a_request_is_answered"),
    (A, "certify_after_all", Stage.NOT_CERTIFIED, {"has_answer_in_hand": False}, "a_request_is_answered"),
    (A, "raise_level", Stage.CERTIFIED, {"has_answer_in_hand": False}, "a_request_is_answered"),
    (A, "pass_by_default", Stage.SUBMITTED, {"default_after": TODAY}, "a_default_is_due"),
    (A, "pass_by_default", Stage.SUBMITTED, {"default_after": None}, "a_default_is_due"),
    (A, "pass_by_default", Stage.SUBMITTED, {"failed_gates": ("P1",)}, "every_gate_is_passed"),
    (A, "propose_by_default", Stage.ASSESSED, {"default_after": TODAY}, "a_default_is_due"),
    (A, "stand_by_default", Stage.PROPOSED, {"default_after": None}, "a_default_is_due"),
    (R, "stand_by_default", ReconsiderationStage.PROPOSED, {"stands_by_default_after": TODAY}, "the_answer_is_overdue"),
    (R, "stand_by_default", ReconsiderationStage.PROPOSED, {"stands_by_default_after": None}, "the_answer_is_overdue"),
    (R, "ask", ReconsiderationStage.DRAFT, TOO_LATE, "it_is_asked_in_time"),
    (R, "ask", ReconsiderationStage.DRAFT, {"contested": ()}, "a_ground_is_given"),
    (R, "ask", ReconsiderationStage.DRAFT, {"undisputed_gates": ("P2",)}, "every_failed_gate_is_disputed"),
    (R, "admit_by_default", ReconsiderationStage.ASKED, {"admitted_by_default_after": TODAY}, "admission_is_overdue"),
    (R, "admit_by_default", ReconsiderationStage.ASKED, {"admitted_by_default_after": None}, "admission_is_overdue"),
    (R, "reassign", ReconsiderationStage.ASSIGNED, {"has_opinions": True}, "no_opinion_is_lost"),
    (R, "name_reviewers", ReconsiderationStage.ASSIGNED, {"has_opinions": True}, "no_opinion_is_lost"),
    (R, "sign", ReconsiderationStage.ASSIGNED, {"opinions_are_in": False}, "every_opinion_is_in"),
    (R, "sign", ReconsiderationStage.ASSIGNED, {"unsettled": ("2.1",)}, "every_disputed_item_is_settled"),
    (R, "take_back_proposal", ReconsiderationStage.PROPOSED, {"is_on_open_agenda": True}, "the_request_is_on_no_agenda"),  # noqa: E501
    (R, "uphold", ReconsiderationStage.PROPOSED, {"has_resolution_in_hand": False}, "the_committee_has_resolved"),
    (R, "change", ReconsiderationStage.PROPOSED, {"has_resolution_in_hand": False}, "the_committee_has_resolved"),
    (R, "lapse", ReconsiderationStage.DRAFT, {"last_day_to_ask": TODAY}, "the_term_is_over"),
    (R, "lapse", ReconsiderationStage.DRAFT, {"last_day_to_ask": None}, "the_term_is_over"),
    (A, "lapse", Stage.DRAFT, {"lapses_after": TODAY}, "the_time_has_run_out"),
    (A, "lapse", Stage.DRAFT, {"lapses_after": None}, "the_time_has_run_out"),
    ("round", "open", RoundStage.PREPARED, {"criteria": DRAFT}, "criteria_are_published"),
    ("round", "open", RoundStage.PREPARED, {"has_panels": False}, "a_sub_committee_takes_part"),
    ("round", "close", RoundStage.OPEN, {"has_undecided_applications": True}, "every_application_has_an_outcome"),
    ("round", "close", RoundStage.OPEN, {"has_open_requests": True}, "every_request_is_answered"),
    ("meeting", "convene", MeetingStage.CALLED, {"has_agenda": False}, "agenda_has_units"),
    ("meeting", "convene", MeetingStage.CALLED, {"held_on": TODAY + timedelta(days=1)}, "the_day_has_come"),
    ("meeting", "resolve", MeetingStage.IN_SESSION, {"has_agenda": False}, "agenda_has_units"),
    ("meeting", "resolve", MeetingStage.IN_SESSION, {"has_quorum": False}, "quorum_sits"),
    ("meeting", "resolve", MeetingStage.IN_SESSION, {"has_quorum_for_every_item": False}, "quorum_sits_for_every_unit"),
    ("meeting", "resolve", MeetingStage.IN_SESSION, {"has_undecided_items": True}, "every_unit_is_decided"),
    ("certificate", "expire", CertificateStage.VALID, {"expires_on": TODAY}, "the_term_is_over"),
    *WITHOUT_ITS_ACT,
    *OF_SURVEILLANCE,
    ("draw", "draw", "announced", {"seed_day": TODAY + timedelta(days=1)}, "the_day_of_the_seed_has_come"),
    ("sheet", "submit", SheetStage.OPEN, {"visit_was_held": False}, "the_visit_was_held"),
    ("sheet", "submit", SheetStage.OPEN, {"unmarked": ("P1",)}, "every_criterion_is_marked"),
    ("sheet", "submit", SheetStage.OPEN, {"disputed": ("P1",)}, "the_devices_agree"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "step", "stage", "facts", "reason"),
    [pytest.param(*row, id=f"{row[1]} but not {row[4]}") for row in ONE_THING_MISSING],
)
def test_one_thing_missing_is_the_one_reason(name, step, stage, facts, reason):
    procedure, _stages = PROCEDURES[name]
    role = next(iter(procedure.step(step).roles))

    decision = procedure.consider(step, ready(stage, **facts), roles={role}, at=NOON)

    assert [r.code for r in decision.reasons] == [reason]
    assert str(decision.reasons[0])


def test_every_condition_is_seen_to_fail():
    tried = {(name, step, reason) for name, step, _stage, _facts, reason in ONE_THING_MISSING}
    stated = {
        (name, step.name, condition.name)
        for name, (procedure, _stages) in PROCEDURES.items()
        for step in procedure.steps
        for condition in step.provided
    }

    assert stated == tried


def test_the_day_turns_at_midnight_in_bangkok():
    # 23.30 in Bangkok is 16.30 UTC of the same day; half an hour after midnight is still the eve in UTC.
    eve = datetime(2026, 6, 15, 23, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
    window = Window(Phase.APPLICATION, date(2026, 6, 1), date(2026, 6, 15))
    case = ready(
        Stage.DRAFT, round=SimpleNamespace(is_open=True, is_example=False, runs=lambda _phase, day: window.covers(day))
    )

    assert APPLICATION.consider("submit", case, roles={Role.CENTRE_HEAD}, at=eve).allowed
    assert not APPLICATION.consider("submit", case, roles={Role.CENTRE_HEAD}, at=eve + timedelta(hours=1)).allowed


def test_a_round_for_practice_does_not_hold_anybody_to_its_days():
    practice = SimpleNamespace(is_open=True, is_example=True, runs=lambda *_: True)
    case = ready(Stage.RETURNED, round=practice, mend_until=TODAY - timedelta(days=900))

    assert APPLICATION.consider("resubmit", case, roles={Role.CENTRE_HEAD}, at=NOON).allowed


def test_final_stages_are_those_from_which_nothing_moves():
    moving = {stage for step in APPLICATION.steps if step.name not in ON_RECONSIDERATION for stage in step.moves}

    assert set(Stage) - moving == FINAL
    assert {APPLICATION.step(name).moves <= FINAL for name in ON_RECONSIDERATION} == {True}
    assert RESOLVED < FINAL
    assert not EDITABLE & FINAL
    assert TRACK[0] == APPLICATION.starts_at


def test_only_a_resolution_leads_to_an_outcome_of_the_committee():
    leading = {step.name for step in APPLICATION.steps if step.to in RESOLVED}

    assert leading == {"certify", "decline", "certify_after_all"}


def test_a_side_exit_of_a_certificate_is_reached_only_by_its_act():
    leading = {stage: {step.name for step in CERTIFICATE.steps if step.to == stage} for stage in BY_ACT}

    assert leading == {
        CertificateStage.SUSPENDED: {ActKind.SUSPEND},
        CertificateStage.REVOKED: {ActKind.REVOKE},
        CertificateStage.RETURNED: {ActKind.RETURN},
    }
    assert {stage for step in CERTIFICATE.steps for stage in step.moves} == ALIVE


def test_a_request_ends_where_nothing_moves_and_only_a_resolution_answers_it():
    moving = {stage for step in RECONSIDERATION.steps for stage in step.moves}
    answering = {step.name for step in RECONSIDERATION.steps if step.to in ANSWERED}

    assert set(ReconsiderationStage) - moving == ENDED
    assert answering == {"uphold", "change"}
    assert ANSWERED < ENDED
    assert NOT_ASKED < ENDED
    assert WAY[0] == RECONSIDERATION.starts_at


def test_a_practice_holds_no_centre_to_the_days_of_its_answer():
    case = ready(SurveillanceStage.AWAITING, is_example=True, **OVERDUE)

    assert SURVEILLANCE.consider("answer", case, roles={Role.CENTRE_HEAD}, at=NOON).allowed
