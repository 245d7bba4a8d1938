"""Certificates for tests of the register, written past the deeds: the register only reads."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from saduak.certification.models import Application, Certificate, CertificateAct, Meeting, Resolution, Round
from saduak.certification.procedure.applications import Stage
from saduak.certification.procedure.certificates import BY_ACT, ActKind, CertificateStage, Ground, Rule
from saduak.certification.procedure.meetings import MeetingStage
from saduak.certification.procedure.rounds import RoundStage
from saduak.certification.rules import certificate_number
from saduak.certification.tests.criteria import SOURCE
from saduak.directory.models import Body, BodyKind, Centre
from saduak.directory.tests.factories import BodyFactory, CentreFactory
from saduak.journal.models import Entry
from saduak.journal.steps import record
from saduak.people.tests.factories import UserFactory
from saduak.standards.models import CriteriaSet
from saduak.standards.tests.factories import CriteriaSetFactory

TODAY = date(2026, 11, 20)


def round_of(cycle_be: int) -> Round:
    """The round of that Buddhist year."""
    first = date(cycle_be - 543, 1, 5)
    windows = [
        f"{phase}_{end}_on"
        for phase, verb in (("application", "s"), ("screening", "s"), ("visits", ""), ("resolution", "s"))
        for end in (f"open{verb}", f"close{verb}")
    ]
    return Round.objects.filter(cycle_be=cycle_be).first() or Round.objects.create(
        cycle_be=cycle_be,
        reference=f"R{cycle_be}",
        stage=RoundStage.OPEN,
        title_th=f"รอบปี {cycle_be}",
        title_en=f"Round of {cycle_be}",
        criteria=CriteriaSet.objects.first() or CriteriaSetFactory(published=True, source=SOURCE),
        **{name: first + timedelta(days=30 * place) for place, name in enumerate(windows)},
    )


def resolution_of(round_: Round, day: date) -> Resolution:
    """The resolution of a round on that day."""
    known = Resolution.objects.filter(meeting__round=round_, resolved_on=day).first()
    if known is not None:
        return known
    number = f"{Meeting.objects.count() + 1}/{round_.cycle_be}"
    meeting = Meeting.objects.create(
        reference=f"M{number.replace('/', '-')}",
        stage=MeetingStage.RESOLVED,
        round=round_,
        body=Body.objects.filter(kind=BodyKind.STEERING_COMMITTEE).first()
        or BodyFactory(kind=BodyKind.STEERING_COMMITTEE),
        number=number,
        held_on=day,
    )
    return Resolution.objects.create(
        meeting=meeting,
        number=number,
        resolved_on=day,
        text="เห็นชอบ",
        present=5,
        votes_for=5,
        content={},
        sha256="0" * 64,
        recorded_at=datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_default_timezone()),
        recorded_by=UserFactory(),
    )


def certificate(
    centre: Centre | None = None,
    *,
    cycle_be: int = 2568,
    level: str = "advanced",
    issued_on: date | None = None,
    expires_on: date | None = None,
    stage: str = CertificateStage.VALID,
    taken: Sequence[tuple[str, date, bool, date | None]] = (),
    **facts,
) -> Certificate:
    """A certificate of a centre; issued in its year and valid for three years when nothing else is said.

    The journal tells its issue, and the acts `taken` since: each a stage, a day, whether that day stands in the facts
    of the entry rather than being its own, and the last day of a suspension.
    """
    centre = centre or CentreFactory()
    round_ = round_of(cycle_be)
    issued_on = issued_on or date(cycle_be - 543, 9, 1)
    running = Certificate.objects.filter(round=round_).count() + 1
    now = timezone.now()
    application = Application.objects.create(
        reference=f"{cycle_be}-{running:04d}",
        stage=Stage.CERTIFIED,
        stage_since=now,
        round=round_,
        centre=centre,
        contact_name="ผู้ประสานงานลับ",
        started_by=UserFactory(),
        started_at=now,
        submitted_at=now,
        total="88.80",
        level=level,
        resolution=resolution_of(round_, issued_on),
    )
    made = Certificate.objects.create(
        reference=certificate_number(cycle_be, running),
        stage=CertificateStage.VALID if stage in BY_ACT else stage,
        stage_since=now,
        application=application,
        centre=centre,
        round=round_,
        resolution=application.resolution,
        centre_name_th=centre.name_th,
        centre_name_en=centre.name_en,
        level=level,
        issued_on=issued_on,
        expires_on=expires_on or issued_on.replace(year=issued_on.year + 3) - timedelta(days=1),
        **facts,
    )
    act(made, "issue", CertificateStage.VALID, issued_on)
    for led_to, day, is_stated, until_day in taken:
        act(made, "change", led_to, day, effective_on=day if is_stated else None, until_day=until_day)
    if stage in BY_ACT:
        acted(made, stage)
    return made


def act(
    certificate: Certificate,
    step: str,
    led_to: str,
    day: date,
    *,
    effective_on: date | None = None,
    until_day: date | None = None,
    **told: Any,
) -> Entry:
    """An entry of the journal at noon of the day."""
    return record(
        certificate,
        step=step,
        by=None,
        at=datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone()),
        to_stage=led_to,
        facts={
            **({"effective_on": effective_on.isoformat()} if effective_on else {}),
            **({"until_day": until_day.isoformat()} if until_day else {}),
        },
        **told,
    )


KINDS = {
    CertificateStage.SUSPENDED: ActKind.SUSPEND,
    CertificateStage.REVOKED: ActKind.REVOKE,
    CertificateStage.RETURNED: ActKind.RETURN,
}


def acted(certificate: Certificate, stage: str, *, on: date | None = None, until: date | None = None) -> CertificateAct:
    """Let an act bring the certificate to that stage, past the deeds."""
    day = on or certificate.issued_on + timedelta(days=30)
    own_wish = stage == CertificateStage.RETURNED
    made = CertificateAct.objects.create(
        certificate=certificate,
        kind=KINDS[CertificateStage(stage)],
        ground=Ground.OWN_WISH if own_wish else Ground.NOT_MET,
        reason="เหตุผลในชั้นความลับ",
        from_day=day,
        until_day=until,
        resolution=None if own_wish else certificate.resolution,
        rule=Rule.HOLDERS_WISH if own_wish else "",
        taken_at=datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_default_timezone()),
        taken_by=UserFactory(),
    )
    certificate.stage, certificate.act, certificate.suspended_until = stage, made, until
    certificate.save(update_fields=["stage", "act", "suspended_until"])
    act(certificate, made.kind, stage, day, effective_on=day)
    return made
