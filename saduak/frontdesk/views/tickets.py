"""Tickets for the people of a desk: the lines in full, one ticket with its history, giving one out (บัตรคิว)."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.design.components import Crumb
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.frontdesk.forms.console import GiveForm, SendOnForm, StepForm
from saduak.frontdesk.models import Desk, Slice, Ticket
from saduak.frontdesk.models.tickets import Channel
from saduak.frontdesk.operations import calling, issuing, printing, serving
from saduak.frontdesk.policies import Permission, desk_roles_of, may_serve_at
from saduak.frontdesk.presenters.desk_tickets import history_in_words, spans_of
from saduak.frontdesk.presenters.explaining import in_words
from saduak.frontdesk.procedure import STAFF, TICKET, TicketStage
from saduak.frontdesk.queries.console import lines
from saduak.frontdesk.queries.explaining import explain
from saduak.frontdesk.queries.once import made_once
from saduak.frontdesk.queries.seated import sitting_of
from saduak.frontdesk.queries.tickets import history, of_number, sent_on_to, with_words
from saduak.frontdesk.views.fetching import desk_for
from saduak.frontdesk.views.versions import Asked, asked_of
from saduak.journal.steps import StepRefused


@needs(Permission.SEE)
@never_cache
@require_safe
def list_desk_tickets_view(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who waits, in the order of the rule; `?number=` leads to the ticket of that number."""
    desk, now = desk_for(request, code), timezone.now()
    wanted = request.GET.get("number", "")
    if wanted and (found := of_number(desk, wanted)):
        return redirect("show_desk_ticket", code=code, reference=found.reference)
    context = {
        "desk": desk,
        "centre": desk.centre,
        "trail": _trail(desk, request.user),
        "wanted": wanted,
        "lines": _lines(asked_of(desk, now)),
        "may_give": may_serve_at(request.user, desk.centre),
    }
    return render(request, "frontdesk/tickets/list.html", context, status=404 if wanted else 200)


@needs(Permission.SEE)
@never_cache
@require_safe
def show_desk_ticket_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """One ticket: where it stands, its life in slices, its history; `?other=` asks why that number came before."""
    desk = desk_for(request, code)
    return _ticket_page(request, desk, _ticket(desk, reference))


@needs(Permission.SERVE)
@require_POST
def step_ticket_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Cancel a waiting ticket, or let one wait again that missed its call; 422 with the reasons."""
    desk = desk_for(request, code)
    ticket = _ticket(desk, reference)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _ticket_page(request, desk, ticket, reasons=[_("Choose one.")], status=422)
    seen, key = seen_version(request), form.cleaned_data["key"]
    try:
        if form.cleaned_data["step"] == "cancel":
            issuing.cancel(ticket, by=request.user, seen=seen, reason=form.cleaned_data["reason"], key=key)
        else:
            calling.bring_back(ticket, by=request.user, seen=seen, key=key)
    except StepRefused as refused:
        return _ticket_page(request, desk, ticket, reasons=refused.decision.reasons, status=422)
    return redirect("show_desk_ticket", code=code, reference=reference)


@needs(Permission.SERVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_ticket_view(request: HttpRequest, code: str) -> HttpResponse:
    """Give out a ticket at the counter; afterwards the page of the new ticket."""
    desk = _desk_to_serve_at(request, code)
    form = GiveForm(request.POST or None, desk=desk)
    reasons: Any = ()
    if request.method == "POST" and form.is_valid():
        try:
            ticket = issuing.issue(
                desk.centre,
                channel=Channel.OFFICER,
                by=request.user,
                **form.facts,  # Its words are the operation's.
            )
        except StepRefused as refused:
            reasons = refused.decision.reasons
        else:
            messages.success(request, _("Ticket %(number)s was given.") % {"number": ticket.shown})
            return redirect("show_desk_ticket", code=code, reference=ticket.reference)
    context = {
        "desk": desk,
        "centre": desk.centre,
        "trail": _trail(desk, request.user, _("Give out a ticket")),
        "form": form,
        "key": form.cleaned_data.get("key") if reasons else uuid4(),
        "reasons": reasons,
    }
    status = 422 if reasons or (request.method == "POST" and not form.is_valid()) else 200
    return render(request, "frontdesk/tickets/give.html", context, status=status)


@needs(Permission.SERVE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_on_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Send the visitor at the own counter on to another centre of the province, with the first arrival."""
    desk = _desk_to_serve_at(request, code)
    ticket, sitting = _ticket(desk, reference), sitting_of(request.user)
    form = SendOnForm(request.POST or None, desk=desk)
    reasons: Any = ()
    if sitting is None:
        reasons = [_("You no longer sit at this counter. Sit down again.")]
    elif request.method == "POST" and form.is_valid():
        service = form.cleaned_data["service"]
        to = Desk.objects.with_places().get(pk=service.centre_id)
        try:
            new = serving.transfer(
                sitting,
                ticket,
                service=service,
                desk=to,
                reason=form.cleaned_data["reason"],
                seen=seen_version(request),
                key=form.cleaned_data["key"],
            )
        except StepRefused as refused:
            reasons = refused.decision.reasons
        else:
            said = {"number": new.shown, "centre": to.centre.name}
            messages.success(request, _("The visitor has ticket %(number)s of %(centre)s now.") % said)
            return redirect("show_desk_ticket", code=code, reference=reference)
    context = {
        "desk": desk,
        "centre": desk.centre,
        "ticket": ticket,
        "trail": _trail(desk, request.user, ticket.shown),
        "form": form,
        "key": form.cleaned_data.get("key") if request.method == "POST" and form.is_valid() else uuid4(),
        "reasons": reasons,
    }
    status = 422 if reasons or (request.method == "POST" and not form.is_valid()) else 200
    return render(request, "frontdesk/tickets/send_on.html", context, status=status)


def _ticket_page(
    request: HttpRequest, desk: Desk, ticket: Ticket, *, reasons: Any = (), status: int = 200
) -> HttpResponse:
    now, roles = timezone.now(), desk_roles_of(request.user, desk.centre)
    serves = bool(roles & STAFF)
    ticket.centre = desk.centre
    # Names are hidden until the call, so that nobody chooses whom to serve.
    shows_person = serves and (ticket.times_called > 0 or ticket.stage != TicketStage.WAITING)
    if shows_person and (ticket.visitor_name or ticket.note):
        looked_at(request.user, kind="ticket", reference=ticket.reference, what=ticket.shown, request=request)
    asked = request.GET.get("other", "")
    other = of_number(desk, asked, at=None) if asked else None
    slices = Slice.objects.filter(ticket=ticket).select_related("counter").order_by("pk")
    decisions = {one.step.name: one for one in TICKET.decisions(ticket, roles=roles, at=now)}
    context = {
        "desk": desk,
        "centre": desk.centre,
        "ticket": ticket,
        "at": now,
        "trail": _trail(desk, request.user, ticket.shown),
        "spans": spans_of(ticket, list(slices), now),
        "moments": history_in_words(history(ticket)),
        "shows_person": shows_person,
        "cancel": decisions.get("cancel"),
        "bring_back": decisions.get("bring_back"),
        "call": decisions.get("call_out_of_order") if sitting_of(request.user) else None,
        "serves": serves,
        "printers": printing.printers_of(desk) if serves else [],
        "printouts": ticket.printouts.select_related("printer") if serves else [],
        "key": uuid4(),
        "reasons": reasons,
        "asked": asked,
        "other": other,
        "explained": in_words(ticket, other, explain(ticket, other)) if other else None,
        "sent_on_to": sent_on_to(ticket),
    }
    return render(request, "frontdesk/tickets/show.html", context, status=status)


def _ticket(desk: Desk, reference: str) -> Ticket:
    return get_object_or_404(with_words(Ticket.objects.filter(centre=desk.pk)), reference=reference)


def _desk_to_serve_at(request: HttpRequest, code: str) -> Desk:
    desk = desk_for(request, code)
    if not may_serve_at(request.user, desk.centre):
        raise PermissionDenied
    return desk


def _trail(desk: Desk, user: Any, *more: str) -> list[Crumb]:
    code = desk.centre.code
    found = [Crumb(_("Front desks"), reverse("list_desks"))]
    if may_serve_at(user, desk.centre):
        found.append(Crumb(_("Console"), reverse("show_console", args=[code])))
    if more:
        found.append(Crumb(_("All tickets"), reverse("list_desk_tickets", args=[code])))
    return [*found, *(Crumb(words) for words in more)]


@made_once(most=64)
def _lines(asked: Asked) -> str:
    """The lines in full, drawn once for everybody who looks; no person stands in them."""
    found = lines(asked.desk, asked.day, asked.now)
    return render_to_string("frontdesk/tickets/lines.html", {"lines": found, "centre": asked.desk.centre})
