"""Reports of misuse: handed in by anybody, looked into and settled by the secretariat."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification import policies
from saduak.certification.models import Certificate, MisuseReport
from saduak.certification.operations.taking import refuse
from saduak.certification.procedure.misuse import MISUSE, MisuseStage, Settlement
from saduak.certification.procedure.roles import Role
from saduak.journal.steps import record, take_step
from saduak.thai.dates import be_year

LOCK = 12_4011
"""The number of the lock under which reports are numbered."""


@transaction.atomic
def report(
    *,
    where: str,
    what: str,
    seen_on: date,
    certificate: Certificate | None = None,
    contact: str = "",
    by: Any | None,
    at: datetime | None = None,
) -> MisuseReport:
    """Keep a report; `by=None` is somebody without an account. Raises StepRefused for what says nothing."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    if not where.strip() or not what.strip():
        refuse(MISUSE, "look_into", "says_where_and_what", _("Write where it was and what you saw."))
    if seen_on > today:
        refuse(MISUSE, "look_into", "day_is_not_ahead", _("This day lies ahead."))
    year = be_year(today)
    made = MisuseReport.objects.create(
        reference=f"MU-{year}-{_next(year):04d}",
        stage=MisuseStage.REPORTED,
        stage_since=at,
        certificate=certificate,
        where=where.strip(),
        what=what.strip(),
        seen_on=seen_on,
        reporter=by,
        contact=contact.strip(),
        reported_at=at,
    )
    record(made, step="report", clause="12.10", to_stage=made.stage, by=by, at=at)
    return made


@transaction.atomic
def look_into(one: MisuseReport, *, by: Any, at: datetime | None = None, seen: int | None = None) -> MisuseReport:
    """Take a report up. Raises StepRefused and StepOvertaken."""
    return _take("look_into", one, by=by, at=at, seen=seen)


@transaction.atomic
def settle(
    one: MisuseReport,
    *,
    settlement: str,
    finding: str,
    by: Any,
    at: datetime | None = None,
    seen: int | None = None,
) -> MisuseReport:
    """Say what came out. What goes before the committee must be proposed there first. Raises StepRefused and
    StepOvertaken.
    """
    if settlement not in Settlement.values or not finding.strip():
        refuse(MISUSE, "settle", "outcome_is_told", _("Choose the outcome and write what came out."))
    proposed = one.certificate is not None and one.certificate.proposals.open().exists()
    if settlement == Settlement.PROPOSED and not proposed:
        refuse(
            MISUSE,
            "settle",
            "proposal_is_made",
            _("Nothing is proposed to the committee about the certificate yet. Propose it first."),
        )
    changes = {"settlement": settlement, "finding": finding.strip()}
    return _take(
        "settle", one, by=by, at=at, seen=seen, note=finding.strip(), facts={"settlement": settlement}, **changes
    )


def _take(name: str, one: MisuseReport, *, by: Any, **how: Any) -> MisuseReport:
    return take_step(MISUSE, name, one, by=by, roles=partial(_roles, by), **how)


def _roles(by: Any, _report: MisuseReport) -> frozenset[Role]:
    return policies.roles_over_rounds(by)


def _next(year: int) -> int:
    """The next running number of the year; whoever else asks waits for the commit."""
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return MisuseReport.objects.filter(reference__startswith=f"MU-{year}-").count() + 1
