"""The register in numbers."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.forms.register import DayForm
from saduak.certification.presenters.figures import Numbers
from saduak.certification.presenters.register import trail_to
from saduak.certification.queries.figures import figures_on, standing_on
from saduak.design.components import Crumb
from saduak.design.pages import light, render


@open_to_everyone
@require_safe
@light
def register_figures_view(request: HttpRequest) -> HttpResponse:
    """How many centres are certified: by level, year, province and agency; of today, or of an earlier day."""
    form = DayForm(request.GET if request.GET.get("on") else None)
    day = form.day or timezone.localdate()
    figures = figures_on(day)
    numbers = Numbers(request, figures, asked=form.day is not None)
    tables = {"years": numbers.years, "provinces": numbers.provinces, "agencies": numbers.agencies}
    for name, table in tables.items():
        if table.wants_export:
            return table.export(f"saduak-{name}-{day:%Y-%m-%d}")
    context = {
        "form": form,
        "standing": standing_on(day),
        "day": day,
        "asked": form.day is not None,
        "numbers": numbers,
        "issued": bool(figures.issued),
        "valid": figures.valid,
        "told": any(one.told for one in figures.years),
        "example_records": figures.example_records,
        **tables,
        "trail": trail_to(Crumb(_("Figures"))),
    }
    return render(request, "certification/register/figures.html", context, status=422 if form.errors else 200)
