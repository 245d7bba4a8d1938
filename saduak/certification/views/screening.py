"""The secretariat looks through a dossier, and decides how it goes on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.certification import policies
from saduak.certification.forms.screening import FindingForm, NoteForm
from saduak.certification.models import Application
from saduak.certification.operations import screening, telling
from saduak.certification.policies import Permission
from saduak.certification.presenters import actions, history, remarks
from saduak.certification.presenters import screening as shown
from saduak.certification.procedure.applications import APPLICATION
from saduak.certification.views.fetching import application_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused


@needs(Permission.SCREEN)
@require_safe
def screen_application_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole dossier, each criterion with its finding."""
    application = _dossier_for(request, reference)
    looked_at(
        request.user,
        kind=application.case_kind,
        reference=application.reference,
        what=gettext_noop("dossier under screening"),
        request=request,
    )
    return _page(request, application)


@needs(Permission.SCREEN)
@require_POST
def find_view(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Save the finding on one criterion."""
    application = _dossier_for(request, reference)
    if code not in {criterion.code for criterion in application.library.criteria()}:
        raise Http404
    form = FindingForm(request.POST, anchor=shown.anchor_of(code))
    typed = {code: form}
    if form.is_valid():
        try:
            screening.find(application, code, by=request.user, seen=seen_version(request), **form.cleaned_data)
        except StepRefused as refused:
            for reason in refused.decision.reasons:
                form.add_error("remark", str(reason))
        else:
            typed = {}
    if not request.headers.get("HX-Request"):
        if typed:
            return _page(request, application, typed=typed, status=422)
        here = reverse("screen_application", args=[reference])
        return redirect(f"{here}#{shown.anchor_of(code)}")
    page = shown.screening_of(application, request.user, at=timezone.now(), typed=typed)
    return render(
        request,
        "certification/screening/found.html",
        {"application": page.application, "screening": page, "item": page.item(code), "part": page.part_of(code)},
        status=422 if typed else 200,
    )


@needs(Permission.SCREEN)
@require_POST
def accept_the_rest_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Find in order whatever nobody has looked at."""
    application = _dossier_for(request, reference)
    number = screening.accept_the_rest(application, by=request.user, seen=seen_version(request))
    words = ngettext("%(number)s criterion was found in order.", "%(number)s criteria were found in order.", number)
    messages.success(request, words % {"number": number})
    return redirect(reverse("screen_application", args=[reference]) + "#decide")


@dataclass(frozen=True)
class _Ending:
    """The page of one decision: its words, and what it asks for."""

    step: str
    title: object
    happens: tuple[object, ...]
    button: object
    note_label: object
    note_help: object
    kind: str = "primary"
    needs_reason: bool = False


RETURN = _Ending(
    "return",
    _("Return the dossier for mending"),
    (
        _("The centre may change the items below, and nothing else, until the day to be mended by."),
        _("A dossier is returned once only. After that day it lapses by itself."),
        _("When the centre has handed it in again, only the mended items are looked at anew."),
    ),
    _("Return the dossier and tell the centre"),
    _("A word to the centre"),
    _("It stands in the notice, below the items."),
)
PASS = _Ending(
    "pass_screening",
    _("Pass the screening"),
    (
        _("The dossier stays closed, and the unit can be assigned to a sub-committee."),
        _("Until it is assigned, the screening can be taken up again."),
    ),
    _("Pass the screening and tell the centre"),
    _("A word to the centre"),
    _("It stands in the notice."),
)
OUT = _Ending(
    "screen_out",
    _("Screen the application out"),
    (
        _("The application ends here. It cannot be taken up again."),
        _("The dossier and its history are kept, with the reasons that you write."),
    ),
    _("Screen out for good and tell the centre"),
    _("The reasons of the decision"),
    _("The centre reads them in the notice."),
    kind="danger",
    needs_reason=True,
)


@needs(Permission.SCREEN)
@require_http_methods(["GET", "HEAD", "POST"])
def return_application_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The named items, the day to be mended by with how it is counted, and the notice."""
    application = _dossier_for(request, reference)
    clock = shown.mending_clock(application, timezone.localdate())
    notice = telling.returned(application, due=clock.due) if clock.due else None
    return _decide(request, application, RETURN, notice=notice, codes=application.named_items, clock=clock)


@needs(Permission.SCREEN)
@require_http_methods(["GET", "HEAD", "POST"])
def pass_screening_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The application goes on."""
    application = _dossier_for(request, reference)
    return _decide(request, application, PASS, notice=telling.passed(application))


@needs(Permission.SCREEN)
@require_http_methods(["GET", "HEAD", "POST"])
def screen_out_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The application ends, with reasons."""
    application = _dossier_for(request, reference)
    notice = telling.screened_out(application)
    return _decide(request, application, OUT, notice=notice, codes=application.failed_gates)


def _decide(
    request: HttpRequest, application: Application, ending: _Ending, *, codes: tuple[str, ...] = (), **facts: Any
) -> HttpResponse:
    roles = policies.roles_of(request.user, application)
    form = NoteForm(
        request.POST or None, label=ending.note_label, required=ending.needs_reason, help_text=ending.note_help
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _end(ending.step, application, request, form.cleaned_data["note"])
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed(ending.step))
                return redirect("show_application", application.reference)
    decision = APPLICATION.consider(ending.step, application, roles=roles, at=timezone.now())
    notice = facts.pop("notice")
    return render(
        request,
        "certification/screening/decide.html",
        {
            "application": application,
            "ending": ending,
            "decision": decision,
            "form": form,
            "items": [(application.library.criterion(code), application.screening_by_code[code]) for code in codes],
            "words": telling.preview(application, notice) if notice and decision.allowed else None,
            "clock": facts.get("clock"),
            "trail": actions.trail_of(application, ending.title),
        },
        status=status,
    )


def _end(step: str, application: Application, request: HttpRequest, note: str) -> None:
    seen = seen_version(request)
    if step == "return":
        screening.return_for_mending(application, by=request.user, note=note, seen=seen)
    elif step == "screen_out":
        screening.screen_out(application, by=request.user, reason=note, seen=seen)
    else:
        screening.pass_screening(application, by=request.user, note=note, seen=seen)


def _dossier_for(request: HttpRequest, reference: str) -> Application:
    application = application_for(request, reference)
    if not policies.may_read_dossier(request.user, application):
        raise PermissionDenied
    return application


def _page(
    request: HttpRequest, application: Application, *, typed: dict[str, FindingForm] | None = None, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "certification/screening/screen.html",
        {
            "application": application,
            "screening": shown.screening_of(application, request.user, at=timezone.now(), typed=typed),
            "remarks": remarks.for_reader(request.user, application),
            "trail": actions.trail_of(application, _("Screening")),
        },
        status=status,
    )
