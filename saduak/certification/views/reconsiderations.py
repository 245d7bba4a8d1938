"""A request to reconsider: the list, the case page, its files, and the steps that ask for nothing but a reason."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.attachments import serving
from saduak.audit.operations import looked_at
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.forms.steps import ReasonForm
from saduak.certification.models import Application, GroundFile, Reconsideration
from saduak.certification.operations import reconsiderations, reviewing
from saduak.certification.policies import Permission
from saduak.certification.presenters import contested
from saduak.certification.presenters import reconsiderations as presenter
from saduak.certification.procedure.reconsiderations import RECONSIDERATION
from saduak.certification.views.fetching import reconsideration_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

A_PAGE = 50

DEEDS: dict[str, Callable[..., Reconsideration]] = {
    "withdraw": reconsiderations.withdraw,
    "admit": reconsiderations.admit,
    "refuse": reconsiderations.refuse_request,
    "reopen": reviewing.reopen,
    "propose": reviewing.propose,
    "take_back_proposal": reviewing.take_back,
}
"""Step → the operation that takes it, with `by`, `seen` and mostly a `reason`."""


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def list_reconsiderations_view(request: HttpRequest) -> HttpResponse:
    """The requests that exist for the person, the newest first."""
    found = Reconsideration.objects.visible_to(request.user).for_page().order_by("-started_at", "reference")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, presenter.S(one.stage).label, presenter.tone_of(one), one.due_on) for one in page]
    return render(request, "certification/reconsiderations/list.html", {"lines": lines, "page": page})


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_reconsideration_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the request stands, what can be done next, the grounds, and what the review found."""
    asked = reconsideration_for(request, reference)
    if rights.must_declare_first(request.user, asked):
        return redirect("declare_for_review", asked.reference)
    reads_grounds = rights.may_read_grounds(request.user, asked)
    reads_review = rights.may_read_review(request.user, asked)
    if reads_grounds:
        _tell_the_audit(request, asked, gettext_noop("grounds"))
    return render(
        request,
        "certification/reconsiderations/show.html",
        {
            "asked": asked,
            "page": presenter.page_of(asked, request.user, at=timezone.now()),
            "reads_grounds": reads_grounds,
            "reads_review": reads_review,
            "reviewers": asked.named_reviewers if rights.reads_who_reviews(request.user, asked) else [],
            "opens_application": Application.objects.visible_to(request.user).filter(pk=asked.application_id).exists(),
            "sees_progress": rights.sees_progress(request.user, asked),
            "lines": contested.contested_of(asked, reads_review=reads_review) if reads_grounds else [],
        },
    )


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def download_ground_file_view(request: HttpRequest, reference: str, file: int) -> HttpResponse:
    """A file that the centre handed in with a ground."""
    asked = _grounds_for(request, reference)
    found = get_object_or_404(
        GroundFile.objects.select_related("attachment__content"), pk=file, ground__reconsideration=asked
    )
    _tell_the_audit(request, asked, gettext_noop("evidence") + f": {found.attachment.name}")
    return serving.respond(found.attachment, request=request, as_download="download" in request.GET)


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def download_reviewed_evidence_view(request: HttpRequest, reference: str, evidence: int) -> HttpResponse:
    """A file of the first dossier that serves a disputed criterion; the rest of the dossier stays closed."""
    asked = _grounds_for(request, reference)
    found = contested.evidence_in(asked).get(evidence)
    if found is None:
        raise Http404
    _tell_the_audit(request, asked, gettext_noop("evidence") + f": {found.attachment.name}")
    return serving.respond(found.attachment, request=request, as_download="download" in request.GET)


@needs(Permission.SEE_APPLICATIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_reconsideration_step_view(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """What a step brings about, the reason, and one button that says it."""
    asked = reconsideration_for(request, reference)
    if step not in DEEDS:
        raise Http404
    consequence = presenter.CONSEQUENCES[step]
    form = ReasonForm(request.POST or None, label=consequence.reason_label)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                DEEDS[step](asked, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, str(presenter.DEEDS.get(step, "")) or step)
                return redirect("show_reconsideration", asked.reference)
    return render(
        request,
        "certification/reconsiderations/step.html",
        {
            "asked": asked,
            "consequence": consequence,
            "decision": RECONSIDERATION.consider(
                step, asked, roles=rights.roles_over(request.user, asked), at=timezone.now()
            ),
            "form": form,
            "trail": presenter.trail_of(asked, consequence.title),
        },
        status=status,
    )


def _grounds_for(request: HttpRequest, reference: str) -> Reconsideration:
    asked = reconsideration_for(request, reference)
    if not rights.may_read_grounds(request.user, asked):
        raise PermissionDenied
    return asked


def _tell_the_audit(request: HttpRequest, asked: Reconsideration, what: str) -> None:
    if rights.reads_from_outside(request.user, asked):
        looked_at(request.user, kind=asked.case_kind, reference=asked.reference, what=what, request=request)
