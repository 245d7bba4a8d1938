"""What was done without the server and no rule could decide, for the supervisor (เรื่องที่รอหัวหน้าจุดบริการตัดสิน)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from saduak.access.doors import needs
from saduak.design.pages import render
from saduak.frontdesk.models import Desk, Undecided
from saduak.frontdesk.operations import undecided
from saduak.frontdesk.policies import Permission
from saduak.frontdesk.presenters.devices import trail_of
from saduak.frontdesk.presenters.undecided import matters
from saduak.frontdesk.queries.undecided import lately_settled, unsettled
from saduak.frontdesk.views.fetching import desk_to_set_up


@needs(Permission.SUPERVISE)
@require_safe
def list_undecided_view(request: HttpRequest, code: str) -> HttpResponse:
    """What waits for a decision, and what was decided last."""
    return _list(request, desk_to_set_up(request, code))


@needs(Permission.SUPERVISE)
@require_POST
def settle_undecided_view(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Write down what was done about a matter."""
    desk = desk_to_set_up(request, code)
    matter = get_object_or_404(Undecided, centre=desk.centre, reference=reference)
    words = request.POST.get("settlement", "").strip()[:300]
    if not words:
        return _list(request, desk, missing=matter.reference, status=422)
    undecided.settle(matter, words, by=request.user)
    messages.success(request, _("Written down."))
    return redirect("list_undecided", code)


def _list(request: HttpRequest, desk: Desk, *, missing: str = "", status: int = 200) -> HttpResponse:
    context = {
        "desk": desk,
        "centre": desk.centre,
        "trail": trail_of(desk, _("Undecided after a cut")),
        "waiting": matters(unsettled(desk)),
        "settled": matters(lately_settled(desk)),
        "missing": missing,
    }
    return render(request, "frontdesk/devices/undecided.html", context, status=status)
