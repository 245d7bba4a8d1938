"""A centre asks for reconsideration: it begins, writes its grounds, and hands the request in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from saduak.access.doors import needs
from saduak.attachments.operations import FileRefused
from saduak.certification import policies
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.forms.reconsiderations import GroundsForm
from saduak.certification.models import GroundFile, Reconsideration
from saduak.certification.operations import reconsiderations
from saduak.certification.policies import Permission
from saduak.certification.presenters import contested
from saduak.certification.presenters import reconsiderations as presenter
from saduak.certification.presenters.terms_of_reconsiderations import clock_to_ask
from saduak.certification.procedure.reconsiderations import RECONSIDERATION
from saduak.certification.procedure.roles import CENTRE
from saduak.certification.queries.reconsiderations import request_on, subject_of
from saduak.certification.views.fetching import application_for, reconsideration_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def start_reconsideration_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What a request brings about and by when it is asked, and the button that begins it."""
    application = application_for(request, reference)
    if not policies.roles_of(request.user, application) & CENTRE:
        raise PermissionDenied
    subject = subject_of(application)
    if subject is not None and (known := request_on(application, subject)) is not None:
        return redirect("show_reconsideration", known.reference)
    reasons: list[object] = []
    if request.method == "POST":
        try:
            made = reconsiderations.start(application, by=request.user)
        except StepRefused as refused:
            reasons = list(refused.decision.reasons)
        else:
            return redirect("write_grounds", made.reference)
    today = timezone.localdate()
    return render(
        request,
        "certification/reconsiderations/start.html",
        {
            "application": application,
            "reasons": reasons,
            "may_start": rights.may_start(request.user, application, today),
            "clock": clock_to_ask(application, today),
            "trail": presenter.trail_above(application, _("Ask for reconsideration")),
        },
        status=422 if reasons else 200,
    )


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def write_grounds_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What was decided on every criterion, and beside it why it is wrong."""
    asked = _own_request(request, reference)
    if not asked.is_editable:
        return redirect("show_reconsideration", asked.reference)
    unit = asked.application
    criteria = list(asked.library.criteria())
    if asked.is_about_screening:
        criteria = [one for one in criteria if one.code in unit.failed_gates]
    known = {ground.code: ground for ground in asked.grounds.prefetch_related("files__attachment__content")}
    form = GroundsForm(request.POST or None, request.FILES or None, request=asked, criteria=criteria, known=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _saved(request, asked, form):
            messages.success(request, _("The grounds are saved."))
            then = "ask_reconsideration" if request.POST.get("then") == "ask" else "write_grounds"
            return redirect(then, asked.reference)
    lost = contested.lost_in(unit, criteria, screening=asked.is_about_screening)
    lines = [
        (
            criterion,
            contested.first_of(asked, criterion),
            *form.pair(criterion.code),
            contested.files_of(asked, known.get(criterion.code)),
            criterion.code in lost or criterion.code in known,
        )
        for criterion in criteria
    ]
    return render(
        request,
        "certification/reconsiderations/grounds.html",
        {
            "asked": asked,
            "form": form,
            "open_lines": [line for line in lines if line[-1]],
            "other_lines": [line for line in lines if not line[-1]],
            "clock": clock_to_ask(unit, timezone.localdate()),
            "trail": presenter.trail_of(asked, _("Write the grounds")),
        },
        status=status,
    )


@needs(Permission.APPLY)
@require_POST
def drop_ground_file_view(request: HttpRequest, reference: str, file: int) -> HttpResponse:
    """Takes a file away from its ground."""
    asked = _own_request(request, reference)
    found = get_object_or_404(GroundFile, pk=file, ground__reconsideration=asked)
    reconsiderations.drop_file(asked, found, by=request.user)
    messages.success(request, _("The file is taken away."))
    return redirect("write_grounds", asked.reference)


@needs(Permission.APPLY)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_reconsideration_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The grounds as they will be handed in, what happens then, and one button."""
    asked = _own_request(request, reference)
    now = timezone.now()
    status = 200
    decision = RECONSIDERATION.consider("ask", asked, roles=rights.roles_over(request.user, asked), at=now)
    if request.method == "POST":
        try:
            reconsiderations.ask(asked, by=request.user, seen=seen_version(request))
        except StepRefused as refused:
            decision, status = refused.decision, 422
        else:
            messages.success(request, _("The request is handed in. You have a notice with the days of the answer."))
            return redirect("show_reconsideration", asked.reference)
    return render(
        request,
        "certification/reconsiderations/ask.html",
        {
            "asked": asked,
            "decision": decision,
            "lines": contested.contested_of(asked, reads_review=False),
            "clock": clock_to_ask(asked.application, timezone.localdate(now)),
            "trail": presenter.trail_of(asked, _("Ask for reconsideration")),
        },
        status=status,
    )


def _own_request(request: HttpRequest, reference: str) -> Reconsideration:
    asked = reconsideration_for(request, reference)
    if not rights.roles_over(request.user, asked) & CENTRE:
        raise PermissionDenied
    return asked


def _saved(request: HttpRequest, asked: Reconsideration, form: GroundsForm) -> bool:
    """Everything that was typed and added, or nothing; what is wrong is said at its field."""
    code = ""
    try:
        with transaction.atomic():
            reconsiderations.write(
                asked,
                statement=form.cleaned_data["statement"],
                grounds=form.grounds(),
                by=request.user,
                seen=seen_version(request),
            )
            for code, file in form.added():
                reconsiderations.add_file(asked, code, file, by=request.user)
    except StepRefused as refused:
        form.refuse(refused.decision.reasons)
    except FileRefused as refused_file:
        form.add_error(f"file-{code}", str(refused_file))
    else:
        return True
    return False
