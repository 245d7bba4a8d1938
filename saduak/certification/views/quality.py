"""How far the assessors of a round agree, who leans to one side, and how their work is shared out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from saduak.access.doors import needs
from saduak.audit.operations import exported, looked_at
from saduak.certification.agreement import MIN_VISITS
from saduak.certification.forms.quality import CasesForm
from saduak.certification.models import Round
from saduak.certification.policies import Permission
from saduak.certification.policies_of_quality import bodies_in_view
from saduak.certification.presenters.quality import Shown
from saduak.certification.presenters.quality_cases import Cases
from saduak.certification.presenters.workload import Workload
from saduak.certification.queries.quality import Quality
from saduak.certification.queries.rounds import rounds_for
from saduak.certification.views.assignments import chosen_round
from saduak.design.components import Crumb, Tab
from saduak.design.pages import render
from saduak.design.tables import Table

TABS = (
    ("show_agreement", _("Agreement")),
    ("show_leaning", _("Assessors")),
    ("show_rotation", _("Work and rotation")),
)


@needs(Permission.SEE_QUALITY)
@require_safe
def show_agreement_view(request: HttpRequest) -> HttpResponse:
    """How far the marks of a round agree, by criterion and by sub-committee."""
    return _page(request, "show_agreement", ("lines", "panels"))


@needs(Permission.SEE_QUALITY)
@require_safe
def show_leaning_view(request: HttpRequest) -> HttpResponse:
    """Who marks lower or higher than the others; that somebody looked is written down."""
    return _page(request, "show_leaning", ("assessors",), what=gettext_noop("figures of the assessors"))


@needs(Permission.SEE_QUALITY)
@require_safe
def show_rotation_view(request: HttpRequest) -> HttpResponse:
    """How the work is shared out, who assesses with whom, and who comes again; that somebody looked is written down."""
    names = ("loads", "visits", "pairs", "returns")
    return _page(request, "show_rotation", names, what=gettext_noop("work of the assessors"), drawn=Workload)


@needs(Permission.SEE_QUALITY)
@require_safe
def list_quality_cases_view(request: HttpRequest) -> HttpResponse:
    """The visits behind one figure."""
    round_, _rounds = _round(request)
    if round_ is None:
        raise Http404
    quality = Quality(round_, bodies=bodies_in_view(request.user))
    form = CasesForm(request.GET, quality=quality)
    if not form.is_valid():
        raise Http404
    cases = Cases(request, quality, **form.cleaned_data)
    _looked(request, round_, gettext_noop("marks behind a figure"))
    if cases.table.wants_export:
        return _export(request, round_, cases.table, "cases")
    trail = [Crumb(_("Quality of assessment"), f"{reverse('show_agreement')}?round={round_.reference}")]
    context = {"round": round_, "cases": cases, "table": cases.table, "trail": [*trail, Crumb(cases.title)]}
    return render(request, "certification/quality/cases.html", context)


def _page(
    request: HttpRequest, tab: str, names: tuple[str, ...], what: str = "", drawn: type[Shown | Workload] = Shown
) -> HttpResponse:
    round_, rounds = _round(request)
    if round_ is None:
        return render(request, f"certification/quality/{tab}.html", {"round": None, "rounds": rounds})
    page = drawn(request, Quality(round_, bodies=bodies_in_view(request.user)))
    if what:
        _looked(request, round_, what)
    tables: dict[str, Table] = {name: getattr(page, name) for name in names}
    for name, table in tables.items():
        if table.wants_export:
            return _export(request, round_, table, name)
    tabs = [Tab(words, f"{reverse(name)}?round={round_.reference}", name == tab) for name, words in TABS]
    context = {"round": round_, "rounds": rounds, "shown": page, "tabs": tabs, "least": MIN_VISITS, **tables}
    return render(request, f"certification/quality/{tab}.html", context)


def _round(request: HttpRequest) -> tuple[Round | None, list[Round]]:
    rounds = list(rounds_for(request.user))
    return chosen_round(request, rounds), rounds


def _looked(request: HttpRequest, round_: Round, what: str) -> None:
    looked_at(request.user, kind=round_.case_kind, reference=round_.reference, what=what, request=request)


def _export(request: HttpRequest, round_: Round, table: Table, name: str) -> HttpResponse:
    exported(
        request.user,
        kind=round_.case_kind,
        reference=round_.reference,
        what=gettext_noop("quality of assessment") + f": {name}",
        request=request,
        detail={"address": request.GET.urlencode(), "rows": len(table.all_rows)},
    )
    return table.export(f"quality-{name}-{round_.reference}")
