"""The register in numbers."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.presenters import figures as presenters
from saduak.certification.presenters.register import trail_to
from saduak.certification.queries.figures import figures_on, standing_on
from saduak.design.components import Crumb
from saduak.design.pages import light, render


@open_to_everyone
@require_safe
@light
def register_figures_view(request: HttpRequest) -> HttpResponse:
    """How many centres are certified: by level, by round and by province."""
    today = timezone.localdate()
    figures = figures_on(today)
    provinces = presenters.table_of_provinces(request, figures)
    if provinces.wants_export:
        return provinces.export(f"saduak-provinces-{today:%Y-%m-%d}")
    context = {
        "standing": standing_on(today),
        "today": today,
        "levels": presenters.chart_of_levels(figures) if figures.valid else None,
        "rounds": presenters.chart_of_rounds(figures) if figures.issued else None,
        "provinces": provinces,
        "trail": trail_to(Crumb(_("Figures"))),
    }
    return render(request, "certification/register/figures.html", context)
