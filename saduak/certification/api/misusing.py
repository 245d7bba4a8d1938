"""Reports that plaque, emblem or name are misused: handed in, looked into and settled."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.api.words import Day
from saduak.certification.models import Certificate, MisuseReport
from saduak.certification.operations import misuse
from saduak.certification.policies import Permission
from saduak.certification.procedure.misuse import MISUSE
from saduak.certification.queries.assets import reports_found
from saduak.certification.rules import read_certificate_number
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.scopes import Scope
from saduak.machines.steps import SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy

router = Router(tags=["Plaques and emblems"])


class MisuseTold(Schema):
    """A report of misuse."""

    reference: str
    stage: str
    version: int
    certificate: str
    seen_on: date
    reported_at: datetime


class MisuseInFullTold(MisuseTold):
    """A report with what was seen, what came out, and what the person can do next."""

    where: str
    what: str
    contact: str
    settlement: str
    finding: str
    steps: list[StepTold]


class ReportsAsked(Paging):
    """Which reports are asked for."""

    stage: str = Field("", max_length=40)


class ReportAsked(Schema):
    """What was seen, where and when."""

    where: str = Field(..., min_length=1, max_length=500)
    what: str = Field(..., min_length=1, max_length=4000)
    seen_on: Day
    number: str = Field("", max_length=60, description="The certificate's, if it stands there.")
    contact: str = Field("", max_length=200)


class SettleAsked(SeenAsked):
    """What came out."""

    settlement: Literal["no_misuse", "corrected", "warned", "proposed"]
    finding: str = Field(..., min_length=1, max_length=4000)


@router.post(
    "/misuse-reports",
    auth=needs(Scope.CASES_WRITE),
    summary=gettext_lazy("Report that plaque, emblem or name are misused."),
    response={201: MisuseTold},
)
def report_misuse(request: HttpRequest, asked: ReportAsked) -> Any:
    number = read_certificate_number(asked.number)
    certificate = Certificate.objects.filter(reference=number).first() if number else None
    made = misuse.report(certificate=certificate, by=person_of(request), **asked.dict(exclude={"number"}))
    return Status(201, _report(made))


@router.get(
    "/misuse-reports",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The reports of misuse, the latest first."),
    response=page_of(MisuseTold),
)
def list_misuse_reports(request: HttpRequest, asked: Query[ReportsAsked]) -> Any:
    may(request, Permission.KEEP_ASSETS)
    return paged(request, asked, reports_found(stage=asked.stage), _report)


def _report_for(request: HttpRequest, reference: str) -> MisuseReport:
    may(request, Permission.KEEP_ASSETS)
    return get_object_or_404(reports_found(), reference=reference)


def _report(report: MisuseReport) -> dict[str, Any]:
    names = ("reference", "stage", "version", "seen_on", "reported_at")
    certificate = report.certificate.reference if report.certificate else ""
    return {**{name: getattr(report, name) for name in names}, "certificate": certificate}


def _in_full(request: HttpRequest, report: MisuseReport) -> dict[str, Any]:
    """A report in full. Who reported is personal data, so the audit is told who read it."""
    person = person_of(request)
    looked_at(person, kind=report.case_kind, reference=report.reference, request=request)
    return {
        **_report(report),
        **{name: getattr(report, name) for name in ("where", "what", "contact", "settlement", "finding")},
        "steps": steps_of(MISUSE, report, policies.roles_over_rounds(person)),
    }


REPORTS = Cases(router, "/misuse-reports/{reference}", _report_for, _in_full, MisuseInFullTold)

REPORTS.shows("show_misuse_report", "", gettext_lazy("One report of misuse."))
REPORTS.step("look_into_misuse", "look-into", misuse.look_into, SeenAsked, gettext_lazy("Take a report up."))
REPORTS.step("settle_misuse", "settle", misuse.settle, SettleAsked, gettext_lazy("Say what came out of a report."))
