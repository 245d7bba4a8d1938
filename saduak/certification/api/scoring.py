"""An assessor's own score sheet, blind until it is handed in; then the sheets beside each other, and what is agreed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.api.cases import ApplicationInFullTold, in_full
from saduak.certification.api.fetching import application_for
from saduak.certification.forms.answering import written
from saduak.certification.models import ScoreSheet, Visit
from saduak.certification.operations import consensus, sheets
from saduak.certification.operations.consensus import AgreementOvertaken
from saduak.certification.operations.sheets import Said
from saduak.certification.policies import Permission
from saduak.certification.presenters.comparing import comparison_of
from saduak.certification.procedure.sheets import SHEET
from saduak.certification.queries.sheets import sheets_of
from saduak.machines.callers import person_of
from saduak.machines.cases import Cases, may
from saduak.machines.doors import needs
from saduak.machines.paging import Paging, page_of, paged
from saduak.machines.problems import Kind, Problem, wrong
from saduak.machines.scopes import Scope
from saduak.machines.steps import ReasonAsked, SeenAsked, StepTold, steps_of
from saduak.machines.words import gettext_lazy
from saduak.standards.criteria import Library
from saduak.standards.presenters import points
from saduak.standards.rules import Answer, Verdict

router = Router(tags=["Scores"])


class SheetTold(Schema):
    """The person's own score sheet of one visit; nobody else reads it."""

    reference: str
    application: str
    stage: str
    version: int
    submitted_at: datetime | None
    total: str
    url: str


class MarkTold(Schema):
    """What the assessor says of one item of the criteria."""

    code: str
    answer: str
    note: str
    is_disputed: bool = Field(..., description="Two devices of the assessor say different things of it.")


class SheetInFullTold(SheetTold):
    """A sheet with its marks, what is still unmarked, and what can be done next."""

    marks: list[MarkTold]
    unmarked: list[str]
    sha256: str = Field(..., description="The digest of what was handed in; empty before.")
    steps: list[StepTold]


class MarkAsked(Schema):
    """One mark; an empty answer takes it back."""

    code: str = Field(..., min_length=1, max_length=20)
    answer: str = Field(..., max_length=20, description="met, not_met, not_applicable, points as text, or empty")
    note: str = Field("", max_length=4000)


class MarksAsked(Schema):
    """Marks that are kept together, or not at all."""

    marks: list[MarkAsked] = Field(..., min_length=1, max_length=500)


class GivenTold(Schema):
    """What one assessor says of one item."""

    office: str
    answer: str
    note: str


class ComparedTold(Schema):
    """One item on every sheet, and what is agreed on it."""

    code: str
    given: list[GivenTold]
    proposal: str = Field(..., description="What the sheets suggest together.")
    are_equal: bool
    agreed: str
    reason: str
    is_settled: bool
    seen: str = Field(..., description="To be sent as `seen` when it is settled anew; empty while nothing is agreed.")


class AgreementTold(Schema):
    """The sheets of a unit beside each other, once all are in."""

    application: str
    version: int
    read: str = Field(..., description="The digest of every agreed value and reason; to be sent when it is signed.")
    rows: list[ComparedTold]


class AgreedAsked(Schema):
    """The agreed value of one item; `seen` says which value was read."""

    code: str = Field(..., min_length=1, max_length=20)
    answer: str = Field(..., max_length=20, description="As in a mark; empty takes the value back.")
    reason: str = Field("", max_length=2000, description="Needed where the sheets differ.")
    seen: str = Field(..., max_length=40)


class SignAsked(SeenAsked):
    """The chair's signature under the values that were read."""

    read: str = Field(
        ..., min_length=1, max_length=64, description="The member `read` of the agreement as it was read."
    )
    summary: str = Field("", max_length=4000)


@router.get(
    "/sheets",
    auth=needs(Scope.CASES_READ),
    summary=gettext_lazy("The person's own score sheets, the latest first."),
    response=page_of(SheetTold),
)
def list_sheets(request: HttpRequest, asked: Query[Paging]) -> Any:
    return paged(request, asked, sheets_of(may(request, Permission.SCORE)).order_by("-pk"), _sheet)


def _sheet_for(request: HttpRequest, reference: str) -> ScoreSheet:
    """The person's own sheet. Raises Http404 for anybody else's, whether there is one or not."""
    person = may(request, Permission.SCORE)
    sheet = get_object_or_404(sheets_of(person), reference=reference)
    if not policies.may_read_dossier(person, sheet.application):
        raise PermissionDenied
    return sheet


def _visit_for(request: HttpRequest, reference: str) -> Visit:
    """The current visit of the unit. Raises Http404."""
    visit = application_for(request, reference).current_visit
    if visit is None:
        raise Http404
    return visit


def _compared_for(request: HttpRequest, reference: str) -> Visit:
    """The visit whose sheets the person may see beside each other; before all are in nothing is told to anybody."""
    may(request, Permission.AGREE)
    visit = _visit_for(request, reference)
    if not policies.may_compare(person_of(request), visit.application):
        raise PermissionDenied
    return visit


def _sheet(sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "reference": sheet.reference,
        "application": sheet.application.reference,
        "stage": sheet.stage,
        "version": sheet.version,
        "submitted_at": sheet.submitted_at,
        "total": points(sheet.result.total),
        "url": f"{settings.PUBLIC_URL}{sheet.get_absolute_url()}",
    }


def _sheet_in_full(request: HttpRequest, sheet: ScoreSheet) -> dict[str, Any]:
    return {
        **_sheet(sheet),
        "marks": [
            {"code": mark.code, "answer": mark.answer, "note": mark.note, "is_disputed": mark.is_disputed}
            for _code, mark in sorted(sheet.marks_by_code.items())
        ],
        "unmarked": list(sheet.unmarked),
        "sha256": sheet.sha256,
        "steps": steps_of(SHEET, sheet, policies.roles_on(person_of(request), sheet)),
    }


def _agreement(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    application = visit.application
    looked_at(
        person_of(request),
        kind=application.case_kind,
        reference=application.reference,
        what=gettext_noop("score sheets beside each other"),
        request=request,
    )
    return {
        "application": application.reference,
        "version": application.version,
        "read": consensus.wording_of(visit),
        "rows": [
            {
                "code": row.leaf.code,
                "given": [
                    {"office": one.office, "answer": _text(answer), "note": one.note}
                    for one, answer in zip(row.given, row.line.answers, strict=True)
                ],
                "proposal": _text(row.line.proposal),
                "are_equal": row.line.equal,
                "agreed": row.said,
                "reason": row.agreed.reason if row.agreed else "",
                "is_settled": row.is_settled,
                "seen": row.stamp,
            }
            for row in comparison_of(visit).rows
        ],
    }


def _text(answer: Answer | None) -> str:
    """An answer as it is asked for."""
    if answer is None:
        return ""
    return answer.value if isinstance(answer, Verdict) else points(answer)


def _mark(sheet: ScoreSheet, *, marks: list[MarkAsked], by: Any) -> None:
    library = sheet.application.library
    said = [
        Said(one.code, _written(library, one.code, one.answer, f"/marks/{position}/answer"), one.note)
        for position, one in enumerate(marks)
    ]
    sheets.mark_together(sheet, said, by=by)


def _settle(visit: Visit, *, code: str, answer: str, **said: Any) -> None:
    answer = _written(visit.application.library, code, answer, "/answer")
    try:
        consensus.settle(visit, code, answer, **said)
    except AgreementOvertaken as overtaken:
        now = overtaken.current
        told = _("Somebody has settled %(code)s otherwise in the meantime.") % {"code": code}
        raise Problem(Kind.OVERTAKEN, told, more={"seen": now.stamp if now else ""}) from None


def _sign(visit: Visit, **said: Any) -> None:
    consensus.sign(visit.application, **said)


def _written(library: Library, code: str, typed: str, pointer: str) -> str:
    """An answer as it is kept. Raises Problem, which points to it."""
    try:
        return written(library, code, typed)
    except ValidationError as refused:
        raise wrong(refused.messages[0], pointer=pointer) from None


def _result(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    return in_full(request, visit.application)


UNITS = Cases(router, "/applications/{reference}", application_for, in_full, ApplicationInFullTold)
VISITS = Cases(router, "/applications/{reference}", _visit_for, _result, ApplicationInFullTold)
SHEETS = Cases(router, "/sheets/{reference}", _sheet_for, _sheet_in_full, SheetInFullTold)
AGREEMENTS = Cases(router, "/applications/{reference}/agreement", _compared_for, _agreement, AgreementTold)

VISITS.makes(
    "open_sheet",
    "sheet",
    sheets.open_sheet,
    None,
    gettext_lazy("Begin the own score sheet of a visit that has begun, or go on with it."),
    SHEETS,
    permission=Permission.SCORE,
)
SHEETS.shows("show_sheet", "", gettext_lazy("The person's own score sheet."))
SHEETS.step(
    "mark_sheet",
    "marks",
    _mark,
    MarksAsked,
    gettext_lazy("Put marks on the own sheet: all of them or none."),
    method="PUT",
)
SHEETS.step(
    "submit_sheet",
    "submit",
    sheets.submit,
    SeenAsked,
    gettext_lazy("Hand the own sheet in; it cannot be changed afterwards."),
)
AGREEMENTS.shows(
    "compare_sheets", "", gettext_lazy("The sheets of a unit beside each other with what is agreed, once all are in.")
)
AGREEMENTS.step(
    "settle_score",
    "",
    _settle,
    AgreedAsked,
    gettext_lazy("Write down the agreed value of one item, with the reason where the sheets differ."),
    method="PUT",
)
AGREEMENTS.step(
    "adopt_what_is_equal",
    "equal",
    consensus.adopt_what_is_equal,
    None,
    gettext_lazy("Take over the value of every item on which all sheets agree and that has none yet."),
)
AGREEMENTS.step(
    "sign_scores",
    "sign",
    _sign,
    SignAsked,
    gettext_lazy("The chair signs the agreed scores; total and level follow from them."),
    then=UNITS,
)
UNITS.step(
    "reopen_scores",
    "agreement/reopen",
    consensus.reopen,
    ReasonAsked,
    gettext_lazy("The chair opens the agreed scores again before they were proposed."),
    permission=Permission.AGREE,
)
UNITS.step(
    "propose_application",
    "propose",
    consensus.propose,
    SeenAsked,
    gettext_lazy("The sub-committee proposes the unit to the steering committee."),
)
UNITS.step(
    "take_back_proposal",
    "take-back",
    consensus.take_back,
    ReasonAsked,
    gettext_lazy("Take a proposal back that stands on no agenda yet."),
)
