"""What was found, what the centre answers with its evidence, and what somebody else says of the answer."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.attachments import serving
from saduak.attachments.operations import store
from saduak.attachments.refusals import FileRefused
from saduak.audit.operations import looked_at
from saduak.certification import oversight
from saduak.certification.forms.surveillance import AnswerForm, FindingForm, VerdictForm
from saduak.certification.models import FindingTurn
from saduak.certification.operations import findings, surveillance
from saduak.certification.policies import Permission
from saduak.certification.presenters import surveillance as presenter
from saduak.certification.views.fetching import surveillance_for, turn_for
from saduak.design.pages import render
from saduak.design.seen import seen_state
from saduak.journal.steps import StepRefused


@needs(Permission.CHECK_CENTRES)
@require_http_methods(["GET", "HEAD", "POST"])
def record_finding_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What is written down so far, and one more finding."""
    one = surveillance_for(request, reference)
    if not oversight.may_record_findings(request.user, one):
        raise PermissionDenied
    form = FindingForm(request.POST or None, criteria=presenter.criteria_of(one), weights=presenter.weights())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                surveillance.find(one, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The finding is written down."))
                return redirect("record_finding", reference)
    context = {
        "surveillance": one,
        "form": form,
        "findings": presenter.findings_for(one, request.user),
        "trail": presenter.trail_of(one, _("Findings")),
    }
    return render(request, "certification/surveillance/findings.html", context, status=status)


@needs(Permission.CHECK_CENTRES)
@require_POST
def strike_finding_view(request: HttpRequest, reference: str, finding: int) -> HttpResponse:
    """A finding is taken back before it is handed over."""
    one = surveillance_for(request, reference)
    surveillance.strike(get_object_or_404(one.findings.all(), pk=finding), by=request.user)
    messages.success(request, _("The finding is struck out."))
    return redirect("record_finding", reference)


@needs(Permission.ANSWER_FINDINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_finding_view(request: HttpRequest, reference: str, turn: int) -> HttpResponse:
    """The centre's answer to one finding, with its evidence."""
    one = surveillance_for(request, reference)
    asked = turn_for(one, turn)
    if not oversight.may_answer(request.user, one):
        raise PermissionDenied
    form = AnswerForm(request.POST or None, request.FILES or None, initial={"answer": asked.answer})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                kept = [store(upload, by=request.user) for upload in form.cleaned_data["files"]]
                findings.write_answer(
                    asked, form.cleaned_data["answer"], files=kept, by=request.user, seen=seen_state(request)
                )
            except FileRefused as refused:
                for reason in refused.reasons:
                    form.add_error("files", str(reason))
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The answer is kept. It leaves when all answers are sent."))
                return redirect(one)
    return _turn_page(request, asked, form, "answer", status)


@needs(Permission.ANSWER_FINDINGS)
@require_POST
def drop_answer_file_view(request: HttpRequest, reference: str, turn: int, file: UUID) -> HttpResponse:
    """A file is taken out of an answer that is not sent yet."""
    asked = turn_for(surveillance_for(request, reference), turn)
    findings.drop_file(asked, get_object_or_404(asked.files.all(), pk=file), by=request.user)
    return redirect("answer_finding", reference, turn)


@needs(Permission.RUN_SURVEILLANCE)
@require_http_methods(["GET", "HEAD", "POST"])
def verify_finding_view(request: HttpRequest, reference: str, turn: int) -> HttpResponse:
    """Whether an answer mends the finding, said by somebody else than who recorded it."""
    one = surveillance_for(request, reference)
    asked = turn_for(one, turn)
    if not oversight.may_verify(request.user, one):
        raise PermissionDenied
    form = VerdictForm(request.POST or None, initial={"verdict": asked.verdict, "remark": asked.remark})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                findings.verify(asked, by=request.user, **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The verification is written down."))
                return redirect(one)
    return _turn_page(request, asked, form, "verify", status)


@needs(Permission.SEE_SURVEILLANCE)
@require_safe
def open_answer_file_view(request: HttpRequest, reference: str, turn: int, file: UUID) -> HttpResponse:
    """A file of an answer, for whoever may read what was found."""
    one = surveillance_for(request, reference)
    if not oversight.may_read_findings(request.user, one):
        raise PermissionDenied
    asked = get_object_or_404(FindingTurn, pk=turn, finding__surveillance=one)
    found = get_object_or_404(asked.files.select_related("content"), pk=file)
    if oversight.reads_from_outside(request.user, one):
        looked_at(
            request.user,
            kind=one.case_kind,
            reference=one.reference,
            what=gettext_noop("answer") + f": {found.name}",
            request=request,
        )
    return serving.respond(found, request=request)


def _turn_page(
    request: HttpRequest, asked: FindingTurn, form: AnswerForm | VerdictForm, what: str, status: int
) -> HttpResponse:
    one = asked.finding.surveillance
    context = {
        "surveillance": one,
        "line": presenter.TurnLine(asked, "", ""),
        "criterion": presenter.criterion_of(one, asked.finding.code),
        "form": form,
        "trail": presenter.trail_of(one, _("Finding %(code)s") % {"code": asked.finding.code}),
    }
    return render(request, f"certification/surveillance/{what}.html", context, status=status)
