"""Rounds: their calendars, their sub-committees, and their opening and closing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.access.grants import holds
from saduak.certification import policies
from saduak.certification.forms.rounds import ChangeCalendarForm, PanelForm, RoundForm, TermsForm
from saduak.certification.models import Round
from saduak.certification.operations import rounds
from saduak.certification.policies import Permission
from saduak.certification.presenters import history
from saduak.certification.presenters import rounds as presenter
from saduak.certification.presenters.defaults import defaults_of
from saduak.certification.presenters.stages import label_of, tone_of
from saduak.certification.procedure.rounds import ROUND
from saduak.certification.queries.rounds import counts_by_stage, panels_of, rounds_for
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.journal.steps import StepRefused

DEEDS = {"open": rounds.open_round, "close": rounds.close}


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def list_rounds_view(request: HttpRequest) -> HttpResponse:
    """Every round with its calendar."""
    today = timezone.localdate()
    lines = [
        (round_, label_of(round_), tone_of(round_.stage), presenter.calendar_of(round_, today))
        for round_ in rounds_for(request.user)
    ]
    may_run = holds(request.user, Permission.RUN_ROUNDS)
    return render(request, "certification/list_rounds.html", {"lines": lines, "may_run": may_run})


@needs(Permission.RUN_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_round_view(request: HttpRequest) -> HttpResponse:
    """A new round."""
    form = RoundForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = rounds.prepare(calendar=form.calendar, by=request.user, **form.terms)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return redirect("show_round", made.reference)
    trail = [Crumb(_("Rounds"), reverse("list_rounds")), Crumb(_("A new round"))]
    return render(request, "certification/prepare_round.html", {"form": form, "trail": trail}, status=status)


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def show_round_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The calendar, the sub-committees, the criteria, the applications in numbers, and the history."""
    return _show(request, _round_for(request, reference))


@needs(Permission.RUN_ROUNDS)
@require_POST
def bring_in_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Lets a sub-committee take part."""
    round_ = _round_for(request, reference)
    form = PanelForm(request.POST, round_=round_, day=timezone.localdate())
    if not form.is_valid():
        return _show(request, round_, form=form, status=422)
    rounds.bring_in(round_, by=request.user, **form.cleaned_data)
    messages.success(request, _("The sub-committee takes part in the round."))
    return redirect("show_round", round_.reference)


@needs(Permission.RUN_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_round_terms_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Changes what a round in preparation is called, which criteria it takes, and its terms."""
    round_ = _round_for(request, reference)
    known = {name: getattr(round_, name) for name in TermsForm.base_fields}
    form = TermsForm(request.POST or None, initial={**known, "criteria": round_.criteria.reference})
    decision = ROUND.consider("change_terms", round_, roles=policies.roles_over_rounds(request.user), at=timezone.now())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                rounds.change_terms(round_, by=request.user, seen=seen_version(request), **form.cleaned_data)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed("change_terms"))
                return redirect("show_round", round_.reference)
    context = {
        "round": round_,
        "form": form,
        "decision": decision,
        "trail": _trail(round_, _("Change title, criteria and terms")),
    }
    return render(request, "certification/change_round_terms.html", context, status=status)


@needs(Permission.RUN_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def change_round_calendar_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Moves the phases, with the reason."""
    round_ = _round_for(request, reference)
    known = {name: getattr(round_, name) for name in ChangeCalendarForm.base_fields if name != "reason"}
    form = ChangeCalendarForm(request.POST or None, initial=known)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            try:
                rounds.change_calendar(
                    round_, form.calendar, by=request.user, reason=reason, seen=seen_version(request)
                )
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, history.deed("change_calendar"))
                return redirect("show_round", round_.reference)
    context = {
        "round": round_,
        "form": form,
        "calendar": presenter.calendar_of(round_, timezone.localdate()),
        "trail": _trail(round_, _("Change the calendar")),
    }
    return render(request, "certification/change_round_calendar.html", context, status=status)


@needs(Permission.RUN_ROUNDS)
@require_http_methods(["GET", "HEAD", "POST"])
def take_round_step_view(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """What opening or closing brings about, and one button that says it."""
    round_ = _round_for(request, reference)
    if step not in DEEDS:
        raise Http404
    decision = ROUND.consider(step, round_, roles=policies.roles_over_rounds(request.user), at=timezone.now())
    status = 200
    if request.method == "POST":
        try:
            DEEDS[step](round_, by=request.user, seen=seen_version(request))
        except StepRefused as refused:
            decision, status = refused.decision, 422
        else:
            messages.success(request, history.deed(step))
            return redirect("show_round", round_.reference)
    consequence = presenter.CONSEQUENCES[step]
    context = {
        "round": round_,
        "decision": decision,
        "consequence": consequence,
        "trail": _trail(round_, consequence.title),
    }
    return render(request, "certification/take_round_step.html", context, status=status)


def _round_for(request: HttpRequest, reference: str) -> Round:
    rounds_visible = Round.objects.visible_to(request.user).select_related("criteria")
    return get_object_or_404(rounds_visible, reference=reference)


def _trail(round_: Round, *below: object) -> list[Crumb]:
    trail = [Crumb(_("Rounds"), reverse("list_rounds"))]
    if not below:
        return [*trail, Crumb(round_)]
    return [*trail, Crumb(round_, round_.get_absolute_url()), *(Crumb(words) for words in below)]


def _show(request: HttpRequest, round_: Round, *, form: PanelForm | None = None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    may_run = holds(request.user, Permission.RUN_ROUNDS)
    counts = counts_by_stage(round_, request.user)
    context = {
        "round": round_,
        "stage": label_of(round_),
        "tone": tone_of(round_.stage),
        "calendar": presenter.calendar_of(round_, today),
        "actions": presenter.actions_for(request.user, round_, timezone.now()),
        "panels": panels_of(round_),
        "counts": [(stage, stage.label, number) for stage, number in counts.items()],
        "chart": presenter.chart_of(counts),
        "panel_form": (form or PanelForm(round_=round_, day=today)) if may_run and not round_.is_closed else None,
        "defaults": defaults_of(round_),
        "moments": [history.moment_of(entry) for entry in reversed(round_.history)],
        "trail": _trail(round_),
    }
    return render(request, "certification/show_round.html", context, status=status)
