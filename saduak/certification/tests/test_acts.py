"""What is done to a certificate between its issue and its end: by whom, on which ground, with what effect."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from saduak.certification.models import Certificate, CertificateAct
from saduak.certification.operations import acts, certificates
from saduak.certification.procedure.certificates import CERTIFICATE, ActKind, CertificateStage, Ground, Rule
from saduak.certification.procedure.roles import Role
from saduak.certification.queries import register
from saduak.certification.rules import PROVISIONAL_DAYS
from saduak.certification.tasks import turn_the_day
from saduak.certification.tests.certificates import TODAY, acted, certificate, resolution_of
from saduak.directory.models import BodyKind, Office
from saduak.directory.tests.factories import BodyFactory, person_of
from saduak.journal.steps import StepOvertaken, StepRefused
from tests.support.remembering import made_once

NOON = datetime.combine(TODAY, time(12), tzinfo=timezone.get_default_timezone())


def standing(stage, until=None, expires_on=TODAY):
    return Certificate(stage=stage, suspended_until=until, expires_on=expires_on).standing_on(TODAY)


@pytest.mark.parametrize(
    ("stage", "until", "expires_on", "expected"),
    [
        pytest.param("valid", None, TODAY, "valid", id="on its last day"),
        pytest.param("valid", None, TODAY - timedelta(days=1), "expired", id="after its last day"),
        pytest.param("suspended", None, TODAY, "suspended", id="suspended until somebody decides"),
        pytest.param("suspended", TODAY, TODAY, "suspended", id="on the last day of its suspension"),
        pytest.param("suspended", TODAY - timedelta(days=1), TODAY, "valid", id="after its suspension"),
        pytest.param("suspended", None, TODAY - timedelta(days=1), "expired", id="suspended and over"),
        pytest.param("revoked", None, TODAY - timedelta(days=1), "revoked", id="revoked, and its term over"),
        pytest.param("returned", None, TODAY, "returned", id="given back"),
        pytest.param("renewed", None, TODAY, "renewed", id="replaced"),
    ],
)
def test_the_days_count_before_the_clock_has_come_by(stage, until, expires_on, expected):
    assert standing(stage, until, expires_on) == expected


STEPS = [step.name for step in CERTIFICATE.steps]


@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from([*Role]), st.sampled_from(["", *ActKind])), max_size=30)
)
def test_whoever_tries_whatever_a_side_exit_is_reached_only_by_its_act(tries):
    case = SimpleNamespace(stage=CertificateStage.VALID, expires_on=TODAY, is_on_open_agenda=False, act_in_hand="")
    moved_by = ""
    for name, role, in_hand in tries:
        case.act_in_hand = in_hand
        if CERTIFICATE.consider(name, case, roles={role}, at=NOON).allowed:
            case.stage, moved_by = CERTIFICATE.step(name).to or case.stage, in_hand
        assert case.stage not in LED_TO_BY or moved_by in LED_TO_BY[case.stage]


LED_TO_BY = {
    CertificateStage.SUSPENDED: {ActKind.SUSPEND, ActKind.PROLONG},
    CertificateStage.REVOKED: {ActKind.REVOKE},
    CertificateStage.RETURNED: {ActKind.RETURN},
}


@pytest.fixture
@made_once
def people(db):
    committee = BodyFactory(kind=BodyKind.STEERING_COMMITTEE)
    one = certificate()
    return SimpleNamespace(
        certificate=one,
        secretariat=person_of(Office.SECRETARIAT_OFFICER),
        secretary=person_of(Office.STEERING_SECRETARY, body=committee),
        head=person_of(Office.CENTRE_HEAD, centre=one.centre),
        officer=person_of(Office.CENTRE_OFFICER, centre=one.centre),
        resolution=resolution_of(one.round, date(2026, 11, 18)),
    )


def ordered(people, **given):
    return acts.order_suspension(
        people.certificate,
        **{"ground": Ground.PUBLIC_HARM, "reason": "อาคารทรุด", "by": people.secretariat, "at": NOON, **given},
    )


def resolved(people, kind, **given):
    ground = Ground.MENDED if kind == ActKind.RESTORE else Ground.NOT_MET
    return acts.by_resolution(
        kind,
        people.certificate,
        people.resolution,
        **{"ground": ground, "reason": "ตามรายงาน", "by": people.secretary, "at": NOON, **given},
    )


def test_an_order_suspends_at_once_and_for_a_time(people):
    suspended = ordered(people)

    assert suspended.stage == CertificateStage.SUSPENDED
    assert suspended.suspended_until == TODAY + timedelta(days=PROVISIONAL_DAYS)
    entry = suspended.history.last()
    assert (entry.step, entry.role, entry.note) == ("suspend", "secretariat", "อาคารทรุด")
    assert entry.facts["rule"] == Rule.PROVISIONAL_ORDER
    assert entry.facts["ground"] == Ground.PUBLIC_HARM
    assert entry.facts["reason"] == "อาคารทรุด"
    assert entry.facts["effective_on"] == TODAY.isoformat()
    assert entry.facts["until_day"] == suspended.suspended_until.isoformat()


def test_the_secretariat_lifts_its_own_order_only(people):
    ordered(people)
    restored = acts.lift_order(
        people.certificate, ground=Ground.UNFOUNDED, reason="ตรวจแล้วปลอดภัย", by=people.secretariat, at=NOON
    )

    assert (restored.stage, restored.suspended_until) == (CertificateStage.VALID, None)

    resolved(people, ActKind.SUSPEND)
    with pytest.raises(StepRefused) as refused:
        acts.lift_order(people.certificate, ground=Ground.MENDED, reason="แก้แล้ว", by=people.secretariat, at=NOON)
    assert refused.value.decision.reasons[0].code == "own_order"


def test_the_committee_suspends_upholds_restores_and_revokes(people):
    assert resolved(people, ActKind.SUSPEND, until=TODAY).suspended_until == TODAY
    assert resolved(people, ActKind.PROLONG).suspended_until is None
    assert resolved(people, ActKind.RESTORE).stage == CertificateStage.VALID
    revoked = resolved(people, ActKind.REVOKE)

    assert revoked.stage == CertificateStage.REVOKED
    assert revoked.history.last().facts["resolution"] == people.resolution.number
    assert revoked.act.from_day == people.resolution.resolved_on
    assert [act.kind for act in revoked.acts.all()] == ["suspend", "prolong", "restore", "revoke"]
    assert revoked.act == revoked.acts.last()
    assert revoked.act.authority == people.resolution.number


def test_the_head_of_the_centre_gives_it_back(people):
    returned = acts.give_back(people.certificate, reason="ปิดสาขา", by=people.head, at=NOON)

    assert returned.stage == CertificateStage.RETURNED
    assert returned.history.last().role == "centre_head"
    assert returned.act.authority


def refused_codes(deed, *args, **given):
    with pytest.raises(StepRefused) as refused:
        deed(*args, **given)
    return [reason.code for reason in refused.value.decision.reasons]


REFUSED = {
    "an order on a ground that can wait": lambda p: (
        refused_codes(ordered, p, ground=Ground.NOT_MET) == ["ground_is_urgent"]
    ),
    "an order for too long": lambda p: (
        refused_codes(ordered, p, until=TODAY + timedelta(days=PROVISIONAL_DAYS + 1)) == ["order_is_provisional"]
    ),
    "an order until yesterday": lambda p: (
        refused_codes(ordered, p, until=TODAY - timedelta(days=1)) == ["last_day_is_ahead"]
    ),
    "an order without a reason": lambda p: refused_codes(ordered, p, reason=" ") == ["reason_is_given"],
    "an order of the centre": lambda p: refused_codes(ordered, p, by=p.head) == ["wrong_role"],
    "an order of the committee's secretary": lambda p: refused_codes(ordered, p, by=p.secretary) == ["wrong_role"],
    "a revocation by the secretariat": lambda p: (
        refused_codes(resolved, p, "revoke", by=p.secretariat) == ["wrong_role"]
    ),
    "a suspension on a ground in favour": lambda p: (
        refused_codes(resolved, p, "suspend", ground=Ground.MENDED) == ["ground_fits"]
    ),
    "a restoration of what is in force": lambda p: refused_codes(resolved, p, "restore") == ["wrong_stage"],
    "lifting on a ground against": lambda p: (
        refused_codes(acts.lift_order, p.certificate, ground=Ground.NOT_MET, reason="ก", by=p.secretariat, at=NOON)
        == ["ground_fits"]
    ),
    "lifting what is in force": lambda p: (
        refused_codes(acts.lift_order, p.certificate, ground=Ground.MENDED, reason="ก", by=p.secretariat, at=NOON)
        == ["wrong_stage"]
    ),
    "an officer giving it back": lambda p: (
        refused_codes(acts.give_back, p.certificate, reason="ก", by=p.officer, at=NOON) == ["wrong_role"]
    ),
    "giving back what is over": lambda p: (
        refused_codes(acts.give_back, p.certificate, reason="ก", by=p.head, at=NOON + timedelta(days=2000))
        == ["the_term_runs"]
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_changes_nothing(people, case):
    assert REFUSED[case](people)

    people.certificate.refresh_from_db()
    assert people.certificate.stage == CertificateStage.VALID
    assert not CertificateAct.objects.exists()
    assert people.certificate.history.get().step == "issue"


def test_whoever_read_an_older_page_is_told_so(people):
    seen = people.certificate.version
    ordered(people, seen=seen)

    with pytest.raises(StepOvertaken):
        resolved(people, ActKind.REVOKE, seen=seen)


def test_a_suspension_ends_by_itself_after_its_last_day(people):
    until = ordered(people, until=TODAY + timedelta(days=3)).suspended_until

    assert acts.restore_due(at=NOON + timedelta(days=3)) == []
    (restored,) = acts.restore_due(at=NOON + timedelta(days=4))

    assert until == TODAY + timedelta(days=3)
    assert restored.stage == CertificateStage.VALID
    assert restored.history.last().by is None
    assert restored.act.rule == Rule.TIME_IS_OVER
    assert restored.act.from_day == until + timedelta(days=1)


def test_a_suspended_certificate_expires(people):
    resolved(people, ActKind.SUSPEND)

    (expired,) = certificates.expire_due(at=NOON + timedelta(days=2000))

    assert expired.stage == CertificateStage.EXPIRED
    assert expired.history.last().facts["expires_on"] == expired.expires_on.isoformat()


def test_turning_the_day_ends_suspensions(people):
    acted(people.certificate, "suspended", until=people.certificate.issued_on + timedelta(days=40))

    turn_the_day(0)

    people.certificate.refresh_from_db()
    assert people.certificate.stage == CertificateStage.VALID


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "is_in_force"),
    [("valid", True), ("suspended", False), ("revoked", False), ("returned", False), ("expired", False)],
)
def test_the_register_counts_what_is_in_force(stage, is_in_force):
    one = certificate(stage=stage)

    assert (one in Certificate.objects.valid_on(TODAY)) == is_in_force
    assert (one in Certificate.objects.ended_on(TODAY)) != is_in_force
    assert register.find(register.Wish(is_valid=is_in_force), on=TODAY).certificates == (one,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "verdict"),
    [
        ("suspended", "ใบรับรองฉบับนี้ถูกพักใช้"),
        ("revoked", "ใบรับรองฉบับนี้ถูกเพิกถอนแล้ว"),
        ("returned", "ศูนย์ส่งคืนใบรับรองฉบับนี้แล้ว"),
    ],
)
def test_its_page_says_what_was_done_and_its_file_is_not_handed_out(client, stage, verdict):
    one = certificate(stage=stage)

    page = client.get(one.get_absolute_url()).content.decode()
    pdf = client.get(reverse("certificate_pdf", args=[one.reference]))
    of_centre = client.get(reverse("show_registered_centre", args=[one.centre.code])).content.decode()

    assert verdict in page
    assert str(one.act.get_ground_display()) in page
    assert str(one.act.get_ground_display()) in of_centre
    assert one.act.reason not in page + of_centre
    assert pdf.status_code == 302
    assert pdf.url == one.get_absolute_url()
    assert reverse("certificate_pdf", args=[one.reference]) not in of_centre


def database_refuses(statement, *params):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
    except IntegrityError:
        return True
    return False


@pytest.mark.django_db
def test_the_database_lets_no_certificate_end_without_its_act():
    one = certificate()

    for stage in ("suspended", "revoked", "returned"):
        assert database_refuses("UPDATE certification_certificate SET stage = %s", stage)
    act = acted(one, "suspended")
    assert database_refuses("UPDATE certification_certificate SET stage = 'revoked'")
    assert database_refuses("UPDATE certification_certificateact SET reason = 'x'")
    assert database_refuses("DELETE FROM certification_certificateact")
    assert CertificateAct.objects.get() == act


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"reason": ""}, id="without a reason"),
        pytest.param({"resolution_id": None}, id="without authority"),
        pytest.param({"rule": "holders_wish"}, id="with two authorities"),
        pytest.param({"kind": "revoke", "resolution_id": None, "rule": "order_lifted"}, id="revoked by a rule"),
        pytest.param({"until_day": date(2000, 1, 1)}, id="that ends before it begins"),
        pytest.param({"kind": "restore", "until_day": date(2030, 1, 1)}, id="restored for a time"),
        pytest.param({"resolution_id": None, "rule": "provisional_order"}, id="ordered without an end"),
        pytest.param({"kind": "x"}, id="of no kind"),
        pytest.param({"ground": "x"}, id="of no ground"),
    ],
)
def test_the_database_writes_down_no_act(facts):
    one = certificate()
    known = {
        "certificate_id": one.pk,
        "kind": "suspend",
        "ground": "not_met",
        "reason": "ก",
        "from_day": TODAY,
        "resolution_id": one.resolution_id,
        "taken_at": NOON,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateAct.objects.create(**{**known, **facts})
    CertificateAct.objects.create(**known)
