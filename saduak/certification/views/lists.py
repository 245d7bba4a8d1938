"""The work lists of applications, and the overview of an agency's coordinator."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported
from saduak.certification.forms.lists import AgencyFilters, ApplicationFilters
from saduak.certification.models import Application
from saduak.certification.policies import Permission, works_in_a_centre
from saduak.certification.presenters import lists
from saduak.certification.queries import agencies
from saduak.certification.queries.lists import applications_found
from saduak.design.pages import render
from saduak.design.tables import Table


@needs(Permission.SEE_APPLICATIONS)
@require_safe
def list_applications_view(request: HttpRequest) -> HttpResponse:
    """The applications that exist for the person, as the address filters, sorts, pages and exports them."""
    filters = ApplicationFilters(request.GET)
    table = Table(
        request,
        applications_found(request.user, **filters.chosen),
        lists.columns(timezone.localdate()),
        label=lists.LABEL,
        sorted_by="reference",
    )
    if table.wants_export:
        exported(
            request.user,
            kind=Application.case_kind,
            what=gettext_noop("list of applications"),
            request=request,
            detail={"address": request.GET.urlencode(), "rows": table.page.paginator.count},
        )
        return table.export("applications")
    context = {"filters": filters, "table": table, "may_apply": works_in_a_centre(request.user)}
    return render(request, "certification/list_applications.html", context)


@needs(Permission.OVERSEE_AGENCY)
@require_safe
def agency_overview_view(request: HttpRequest) -> HttpResponse:
    """Every centre of the person's agencies in a round: who has applied, how far it is, and what it still lacks."""
    filters = AgencyFilters(request.GET)
    round_ = filters.chosen or agencies.latest_round()
    lines = lists.agency_lines(agencies.centres_overseen(request.user, round_), timezone.localdate()) if round_ else []
    table = Table(
        request,
        lines,
        lists.agency_columns(),
        label=lists.AGENCY_LABEL,
        sorted_by="left",
        per_page=100,
    )
    if table.wants_export:
        exported(
            request.user,
            kind=Application.case_kind,
            what=gettext_noop("overview of the agency"),
            request=request,
            detail={"round": round_.reference if round_ else "", "rows": len(lines)},
        )
        return table.export("agency")
    return render(
        request,
        "certification/agency_overview.html",
        {"round": round_, "filters": filters, "table": table, "summary": lists.summary_of(lines)},
    )
