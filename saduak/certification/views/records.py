"""What older papers tell of earlier years, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.forms.past import PastFilter
from saduak.certification.presenters.past import PUBLIC_COLUMNS
from saduak.certification.presenters.register import trail_to
from saduak.certification.queries.past import chosen
from saduak.design.components import Crumb
from saduak.design.pages import light, render
from saduak.design.tables import Table


@open_to_everyone
@require_safe
@light
def public_records_view(request: HttpRequest) -> HttpResponse:
    """Every line of every source that nobody has set aside, by year, province and result."""
    form = PastFilter(request.GET)
    del form.fields["state"]
    lines = chosen(form.said).standing()
    table = Table(
        request, lines, PUBLIC_COLUMNS, label=_("Results from records"), empty=_("No line fits"), sorted_by="-cycle_be"
    )
    if table.wants_export:
        return table.export("saduak-past-results")
    context = {"form": form, "table": table, "trail": trail_to(Crumb(_("Results from records")))}
    return render(request, "certification/register/records.html", context)
