"""A person's own notices, and the outbox of those who release them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs, open_to_signed_in
from saduak.access.grants import holds
from saduak.attachments.serving import respond
from saduak.audit.operations import looked_at
from saduak.design.components import Tab
from saduak.design.pages import render
from saduak.design.seen import seen_version
from saduak.notices import operations, presenters, queries
from saduak.notices.models import Notice, State
from saduak.notices.operations import NoticeRefused
from saduak.notices.policies import Permission, visible_to

A_PAGE = 50


@open_to_signed_in
@require_safe
def show_own_notices_view(request: HttpRequest) -> HttpResponse:
    """Every notice that reached the person, the latest first."""
    received = Notice.objects.received_by(request.user).order_by("-sent_at", "id")
    page = Paginator(received, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/own.html", {"page": page, "unread": queries.unread_count(request.user)})


@open_to_signed_in
@require_safe
def show_notice_view(request: HttpRequest, number: UUID) -> HttpResponse:
    """One notice with its text, files and way."""
    notice = get_object_or_404(visible_to(request.user).select_related("released_by", "cancelled_by"), pk=number)
    if notice.to_user_id == request.user.pk and notice.state == State.SENT:
        operations.mark_read(notice)
        notice.refresh_from_db(fields=["read_at"])
    else:
        _tell_audit(request, notice)
    return _notice_page(request, notice)


@open_to_signed_in
@require_safe
def open_notice_file_view(request: HttpRequest, number: UUID, file: UUID) -> HttpResponse:
    """One file of a notice."""
    notice = get_object_or_404(visible_to(request.user), pk=number)
    attachment = get_object_or_404(notice.attachments.select_related("content"), pk=file)
    if notice.to_user_id != request.user.pk:
        _tell_audit(request, notice, attachment.name)
    return respond(attachment, request=request)


@needs(Permission.OUTBOX)
@require_safe
def show_outbox_view(request: HttpRequest) -> HttpResponse:
    """What was written, what waits to be released, and what became of the rest."""
    return _outbox_page(request)


@needs(Permission.OUTBOX)
@require_POST
def release_batch_view(request: HttpRequest) -> HttpResponse:
    """Release the drafts of a batch that the person has seen."""
    seen = seen_version(request)
    try:
        released = operations.release(request.POST.get("batch", ""), by=request.user, seen=seen)
    except NoticeRefused as refused:
        return _outbox_page(request, refused=refused)
    _say_released(request, len(released))
    return redirect(f"{reverse('show_outbox')}?{urlencode({'batch': released[0].batch})}")


@needs(Permission.OUTBOX)
@require_POST
def release_notice_view(request: HttpRequest, number: UUID) -> HttpResponse:
    """Release one draft."""
    notice = get_object_or_404(Notice, pk=number)
    try:
        operations.release([notice], by=request.user)
    except NoticeRefused as refused:
        return _notice_page(request, notice, refused=refused)
    _say_released(request, 1)
    return redirect(notice)


@needs(Permission.OUTBOX)
@require_POST
def cancel_notice_view(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take one draft back."""
    notice = get_object_or_404(Notice, pk=number)
    try:
        operations.cancel(notice, by=request.user)
    except NoticeRefused as refused:
        return _notice_page(request, notice, refused=refused)
    messages.success(request, _("The draft is cancelled and will not be sent."))
    return redirect(notice)


@needs(Permission.OUTBOX)
@require_POST
def retry_notice_view(request: HttpRequest, number: UUID) -> HttpResponse:
    """Try one notice that was not delivered once more."""
    notice = get_object_or_404(Notice, pk=number)
    try:
        operations.retry(notice, by=request.user)
    except NoticeRefused as refused:
        return _notice_page(request, notice, refused=refused)
    messages.success(request, _("The notice is on its way again."))
    return redirect(notice)


def _notice_page(request: HttpRequest, notice: Notice, *, refused: NoticeRefused | None = None) -> HttpResponse:
    if refused:
        notice.refresh_from_db()
    works_the_outbox = holds(request.user, Permission.OUTBOX)
    context = {
        "notice": notice,
        "tone": presenters.tone_of(notice),
        "channel": presenters.channel_of(notice),
        "files": presenters.files_of(notice),
        "way": presenters.way_of(notice) if works_the_outbox else [],
        "works_the_outbox": works_the_outbox,
        "can_be_released": works_the_outbox and notice.state == State.DRAFT,
        "can_be_tried_again": works_the_outbox and notice.state == State.FAILED,
        "reasons": refused.reasons if refused else (),
    }
    return render(request, "notices/notice.html", context, status=409 if refused else 200)


def _outbox_page(request: HttpRequest, *, refused: NoticeRefused | None = None) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    batch, state = asked.get("batch", ""), asked.get("state", "")
    chosen = Notice.objects.order_by("-drafted_at", "id")
    chosen = chosen.filter(batch=batch) if batch else chosen
    drafts = chosen.drafts().count() if batch else 0
    chosen = chosen.filter(state=state) if state in State.values else chosen
    page = Paginator(chosen, A_PAGE).get_page(asked.get("page"))
    context = {
        "page": page,
        "lines": [(notice, presenters.tone_of(notice), presenters.channel_of(notice)) for notice in page],
        "tabs": _tabs(batch, state),
        "batch": batch,
        "drafts": drafts,
        "batches": [] if batch else queries.batches_awaiting_release(),
        "reasons": refused.reasons if refused else (),
    }
    return render(request, "notices/outbox.html", context, status=409 if refused else 200)


def _tabs(batch: str, state: str) -> list[Tab]:
    """One view for each state, of all notices or of one batch."""
    counts = {} if batch else queries.counts_by_state()
    kept = {"batch": batch} if batch else {}
    tabs = [Tab(_("All"), f"?{urlencode(kept)}", current=state not in State.values)]
    for each in State:
        url = f"?{urlencode(kept | {'state': each.value})}"
        tabs.append(Tab(each.label, url, current=state == each, count=counts.get(each.value)))
    return tabs


def _say_released(request: HttpRequest, number: int) -> None:
    words = ngettext("%(count)d notice is on its way.", "%(count)d notices are on their way.", number)
    messages.success(request, words % {"count": number})


def _tell_audit(request: HttpRequest, notice: Notice, what: str = "") -> None:
    """Somebody looks at a notice to another person."""
    looked_at(request.user, kind="notice", reference=str(notice.pk), what=what or notice.subject, request=request)
