"""Another sub-committee gets the request, its members declare their interests, and the reviewers are named."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from saduak.access.doors import needs
from saduak.certification import policies_of_reconsiderations as rights
from saduak.certification.forms.assignments import DeclarationForm
from saduak.certification.forms.reconsiderations import HearingForm, ReviewersForm
from saduak.certification.operations import reconsiderations, reviewing
from saduak.certification.policies import Permission
from saduak.certification.presenters import reconsiderations as presenter
from saduak.certification.presenters.conflicts import worded
from saduak.certification.procedure.reconsiderations import RECONSIDERATION, ReconsiderationStage
from saduak.certification.procedure.roles import PANEL, Role
from saduak.certification.queries.conflicts import conflicts_of
from saduak.certification.queries.reconsiderations import able_to_review, may_hear, reviewers_to_choose
from saduak.certification.views.fetching import reconsideration_for
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.directory.models import Office
from saduak.journal.steps import StepRefused


@needs(Permission.ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def assign_reconsideration_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The sub-committees that have not assessed the unit, with how many of their members could review."""
    asked = reconsideration_for(request, reference)
    moves = asked.stage == ReconsiderationStage.ASSIGNED
    bodies = may_hear(asked.application)
    form = HearingForm(request.POST or None, bodies=bodies, needs_reason=moves)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                reconsiderations.assign(
                    asked, said["body"], by=request.user, reason=said["reason"], seen=seen_version(request)
                )
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The request is with %(body)s.") % {"body": said["body"]})
                return redirect("show_reconsideration", asked.reference)
    now = timezone.now()
    step = "reassign" if moves else "assign"
    return render(
        request,
        "certification/reconsiderations/assign.html",
        {
            "asked": asked,
            "form": form,
            "moves": moves,
            "decision": RECONSIDERATION.consider(step, asked, roles=rights.roles_over(request.user, asked), at=now),
            "beside": able_to_review(asked.application, bodies, on=timezone.localdate(now)),
            "trail": presenter.trail_of(asked, RECONSIDERATION.step(step).label),
        },
        status=status,
    )


@needs(Permission.DECLARE)
@require_http_methods(["GET", "HEAD", "POST"])
def declare_for_review_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The public facts of the unit, and the declaration of a member of the reviewing sub-committee."""
    asked = reconsideration_for(request, reference)
    if Role.PANEL_MEMBER not in rights.roles_over(request.user, asked):
        raise PermissionDenied
    is_free = asked.application.declared_by(request.user)
    form = DeclarationForm(request.POST or None, only_conflict=is_free is True)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            conflict = form.has_conflict
            statement = form.cleaned_data["statement"] if conflict else ""
            try:
                reviewing.declare(asked, by=request.user, has_conflict=conflict, statement=statement)
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                return _declared(request, asked.reference, has_conflict=conflict)
    (known,) = conflicts_of(asked.application, [request.user], on=timezone.localdate()).values()
    return render(
        request,
        "certification/reconsiderations/declare.html",
        {
            "asked": asked,
            "centre": asked.application.centre,
            "form": form,
            "is_free": is_free,
            "conflicts": worded(known),
            "trail": presenter.trail_of(asked, _("Declare interests")),
        },
        status=status,
    )


@needs(Permission.PLAN_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def name_reviewers_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Every member of the reviewing sub-committee, and who of them reviews."""
    asked = reconsideration_for(request, reference)
    if not rights.roles_over(request.user, asked) & {Role.SECRETARIAT, *PANEL}:
        raise PermissionDenied
    now = timezone.now()
    members = reviewers_to_choose(asked, on=timezone.localdate(now))
    able = [one.person for one, before in members if one.may_assess and not before]
    chosen = [one.person_id for one in asked.named_reviewers]
    form = ReviewersForm(request.POST or None, people=able, chosen=chosen)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            named = [person for person in able if str(person.pk) in form.cleaned_data["people"]]
            try:
                reviewing.name_reviewers(asked, named, by=request.user, seen=seen_version(request))
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The reviewers are named."))
                return redirect("show_reconsideration", asked.reference)
    roles = rights.roles_over(request.user, asked)
    return render(
        request,
        "certification/reconsiderations/reviewers.html",
        {
            "asked": asked,
            "form": form,
            "able": {person.pk for person in able},
            "chosen": {str(key) for key in form["people"].value() or ()},
            "decision": RECONSIDERATION.consider("name_reviewers", asked, roles=roles, at=now),
            "members": [
                (one, Office(one.office).label, worded(one.conflicts), before, str(one.person.pk))
                for one, before in members
            ],
            "trail": presenter.trail_of(asked, _("Name the reviewers")),
        },
        status=status,
    )


def _declared(request: HttpRequest, reference: str, *, has_conflict: bool) -> HttpResponse:
    if has_conflict:
        messages.success(request, _("Your conflict of interest is on record. The unit no longer opens for you."))
        return redirect("list_reconsiderations")
    messages.success(request, _("You have declared to be free of conflict. The request opens for you now."))
    return redirect("show_reconsideration", reference)
