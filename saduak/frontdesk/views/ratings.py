"""Ratings of a desk, as far as nobody can be told by them; comments for its supervisors (ผลความพึงพอใจ)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.audit.operations import looked_at
from saduak.design.components import Crumb, Tab
from saduak.design.pages import render
from saduak.frontdesk.models import Desk, RatingComment
from saduak.frontdesk.operations.ratings import remove_comment
from saduak.frontdesk.policies import Permission, supervises
from saduak.frontdesk.presenters import ratings as wording
from saduak.frontdesk.queries.ratings import comments_of, months_with_ratings, ratings_of
from saduak.frontdesk.views.fetching import desk_for
from saduak.thai.dates import month_and_year

MONTHS = 12
"""Months that the page offers."""


@dataclass(frozen=True)
class Month:
    """One month of a desk's ratings."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-11."""
        return f"{self.first:%Y-%m}"


@needs(Permission.SEE)
@require_safe
def show_ratings_view(request: HttpRequest, code: str) -> HttpResponse:
    """One month by service and by counter; what is too little stays away and is said to."""
    desk = desk_for(request, code)
    today = timezone.localdate()
    month = _month(request, desk, today)
    found = ratings_of(desk, month.first, month.last, today=today)
    language = "en" if get_language() == "en" else "th"
    context = {
        **_frame(desk, month),
        "finding": wording.finding(found),
        "ratings": found,
        "services": wording.lines(found.services),
        "counters": wording.lines(found.counters),
        "chart": wording.drawn(found, language),
        "faces": [face(language) for face in wording.FACES],
        "may_read_comments": supervises(request.user, desk.centre),
    }
    return render(request, "frontdesk/ratings/show.html", context)


@needs(Permission.SUPERVISE)
@require_safe
def list_comments_view(request: HttpRequest, code: str) -> HttpResponse:
    """What visitors wrote, for the desk's supervisors; that somebody read it is noted."""
    desk = _supervised(request, code)
    today = timezone.localdate()
    month = _month(request, desk, today)
    comments = list(comments_of(desk, month.first, month.last, today=today))
    if comments:
        looked_at(request.user, kind="desk", reference=code, what=_("Comments of visitors"), request=request)
    context = {**_frame(desk, month), "comments": comments}
    return render(request, "frontdesk/ratings/comments.html", context)


@needs(Permission.SUPERVISE)
@require_POST
def remove_comment_view(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Delete a comment that tells of a person."""
    desk = _supervised(request, code)
    comment = get_object_or_404(RatingComment, pk=pk, centre=desk.centre_id, day__lt=timezone.localdate())
    remove_comment(desk, comment, by=request.user)
    messages.success(request, _("The comment is deleted."))
    return redirect("list_comments", code=code)


def _supervised(request: HttpRequest, code: str) -> Desk:
    desk = desk_for(request, code)
    if not supervises(request.user, desk.centre):
        raise PermissionDenied
    return desk


def _month(request: HttpRequest, desk: Desk, today: date) -> Month:
    """The month of the address, else the latest with ratings, else this one."""
    offered = months_with_ratings(desk)[:MONTHS]
    wished = request.GET.get("month", "")
    first = next((one for one in offered if Month(one).code == wished), offered[0] if offered else today.replace(day=1))
    return Month(first)


def _frame(desk: Desk, month: Month) -> dict[str, Any]:
    language = get_language() or "th"
    tabs = [
        Tab(month_and_year(one, language), f"?month={Month(one).code}", one == month.first)
        for one in months_with_ratings(desk)[:MONTHS]
    ]
    return {
        "desk": desk,
        "centre": desk.centre,
        "month": month,
        "tabs": tabs,
        "trail": [Crumb(_("Front desks"), reverse("list_desks")), Crumb(desk.centre.name)],
    }
