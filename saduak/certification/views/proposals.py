"""Certificates on the agenda of a meeting: put on it, decided, and who steps aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from saduak.access.doors import needs
from saduak.certification.forms.certificates import MatterForm
from saduak.certification.forms.meetings import RecusalForm
from saduak.certification.models import Meeting, Proposal
from saduak.certification.operations import proposals
from saduak.certification.policies import Permission
from saduak.certification.presenters import certificates as presenter
from saduak.certification.presenters import meetings as of_meetings
from saduak.certification.queries.certificates import ties_to, waiting_proposals
from saduak.certification.views.fetching import meeting_for, proposal_for
from saduak.design.pages import render
from saduak.journal.steps import StepRefused

ASIDE = "aside_%s"
"""How the fields of a recusal are marked, since the decision beside them has a reason as well."""


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def choose_proposals_view(request: HttpRequest, reference: str) -> HttpResponse:
    """What waits for an agenda about certificates; what is ticked is put on this one."""
    meeting = meeting_for(request, reference)
    if request.method == "POST":
        ticked = [int(key) for key in request.POST.getlist("proposal") if key.isdecimal() and len(key) < 18]
        added = proposals.put_on_agenda(meeting, waiting_proposals().filter(pk__in=ticked), by=request.user)
        if added:
            words = ngettext(
                "%(count)d certificate is on the agenda.", "%(count)d certificates are on the agenda.", added
            )
            messages.success(request, words % {"count": added})
            return redirect(meeting)
        messages.warning(request, _("No certificate was ticked."))
        return redirect("choose_proposals", reference)
    context = {
        "meeting": meeting,
        "lines": presenter.matters_in_lines(waiting_proposals()),
        "trail": of_meetings.trail_of(meeting, _("Put certificates on the agenda")),
    }
    return render(request, "certification/meetings/choose_proposals.html", context)


@needs(Permission.RUN_MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def decide_proposal_view(request: HttpRequest, reference: str, proposal: int) -> HttpResponse:
    """One certificate: what is proposed and why, who steps aside, and what the committee decides."""
    meeting = meeting_for(request, reference)
    matter = proposal_for(meeting, proposal)
    form = _form(matter, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proposals.decide(matter, by=request.user, seen=request.POST.get("seen"), **form.decided())
            except StepRefused as refused:
                form.refuse(refused.decision.reasons)
            else:
                messages.success(request, _("The decision on %(unit)s is written down.") % {"unit": matter.certificate})
                return redirect(meeting)
    return _page(request, meeting, matter, form=form, status=status)


@needs(Permission.RUN_MEETINGS)
@require_POST
def take_off_proposal_view(request: HttpRequest, reference: str, proposal: int) -> HttpResponse:
    """A certificate is taken off the agenda; the proposal waits for another meeting."""
    meeting = meeting_for(request, reference)
    matter = proposal_for(meeting, proposal)
    proposals.take_off_agenda(matter, by=request.user)
    words = _("%(unit)s is off the agenda and waits for another meeting.")
    messages.success(request, words % {"unit": matter.certificate})
    return redirect(meeting)


@needs(Permission.RUN_MEETINGS)
@require_POST
def step_aside_from_view(request: HttpRequest, reference: str, proposal: int) -> HttpResponse:
    """A member steps aside from a certificate."""
    meeting = meeting_for(request, reference)
    matter = proposal_for(meeting, proposal)
    form = RecusalForm(request.POST, seats=meeting.attendance.select_related("person"), auto_id=ASIDE)
    if form.is_valid():
        try:
            proposals.step_aside(matter, form.cleaned_data["seat"], by=request.user, reason=form.cleaned_data["reason"])
        except StepRefused as refused:
            form.refuse(refused.decision.reasons)
        else:
            return redirect("decide_proposal", reference, proposal)
    return _page(request, meeting, matter, aside=form, status=422)


@needs(Permission.RUN_MEETINGS)
@require_POST
def come_back_to_view(request: HttpRequest, reference: str, proposal: int, recusal: int) -> HttpResponse:
    """A recusal that was written down by mistake is taken back."""
    matter = proposal_for(meeting_for(request, reference), proposal)
    proposals.come_back(get_object_or_404(matter.recusals.all(), pk=recusal), by=request.user)
    return redirect("decide_proposal", reference, proposal)


def _form(matter: Proposal, said: object = None) -> MatterForm:
    stands = {
        "decision": matter.decision or matter.kind,
        "ground": matter.decided_ground or matter.ground,
        "until": matter.decided_until if matter.decision else matter.until_day,
        "reason": matter.decided_reason,
    }
    return MatterForm(said, kinds=presenter.kinds_to_decide(matter), initial=stands)


def _page(
    request: HttpRequest,
    meeting: Meeting,
    matter: Proposal,
    *,
    form: MatterForm | None = None,
    aside: RecusalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    gone = {recusal.seat_id for recusal in matter.recusals.all()}
    context = {
        "meeting": meeting,
        "line": presenter.ProposalLine(matter),
        "form": form or _form(matter),
        "aside": aside
        or RecusalForm(seats=meeting.attendance.exclude(pk__in=gone).select_related("person"), auto_id=ASIDE),
        "can_step_aside": len(gone) < len(meeting.seats),
        "suggestions": of_meetings.suggestions_of(ties_to(meeting, matter)),
        "trail": of_meetings.trail_of(meeting, _("Certificate %(number)s") % {"number": matter.certificate}),
    }
    return render(request, "certification/meetings/matter.html", context, status=status)
