"""The work lists of applications."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from saduak.access.doors import needs
from saduak.certification.forms.lists import ApplicationFilters
from saduak.certification.policies import Permission
from saduak.certification.presenters import lists
from saduak.certification.queries.lists import applications_found
from saduak.design.pages import render

PER_PAGE = 50


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def list_applications_view(request: HttpRequest) -> HttpResponse:
    """The applications that exist for the person, as the address filters them."""
    filters = ApplicationFilters(request.GET)
    found = applications_found(request.user, **filters.chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "certification/list_applications.html",
        {"filters": filters, "page": page, "lines": lists.lines_of(page, timezone.localdate())},
    )
