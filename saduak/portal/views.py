"""The pages at the front door."""

from collections import Counter

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone, open_to_signed_in
from saduak.certification.queries import register
from saduak.certification.queries.figures import standing_on
from saduak.design.components import Tab
from saduak.design.pages import light, render
from saduak.portal import queries

IN_A_SITEMAP = 20_000
"""Addresses in one part of the site map; search engines take up to 50,000."""

PUBLIC_PAGES = (
    "home",
    "find_centres",
    "check_certificate",
    "register_figures",
    "public_records",
    "open_data",
    "list_criteria",
    "about",
    "contact",
    "privacy",
    "accessibility",
)

ROAD = (
    _("The centre assesses itself against the criteria and sends its evidence."),
    _("The secretariat checks that everything needed is there."),
    _("A sub-committee visits, on the spot or by video; each assessor scores alone before they agree."),
    _("The steering committee resolves on the level."),
    _("The centre receives its certificate, and the public register shows it for three years."),
)


@open_to_everyone
@require_safe
@light
def home_view(request: HttpRequest) -> HttpResponse:
    """What a visitor can do here, and how far the programme has come."""
    today = timezone.localdate()
    return render(request, "portal/home.html", {"steps": ROAD, "today": today, "standing": standing_on(today)})


@open_to_everyone
@require_safe
def robots_view(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all that is public."""
    closed = ["/certification/", "/directory/", "/people/", "/audit/", "/notices/", "/design/", "/my-work"]
    context = {"closed": closed, "home": settings.PUBLIC_URL}
    return render_template(request, "portal/robots.txt", context, content_type="text/plain; charset=utf-8")


@open_to_everyone
@require_safe
def sitemap_index_view(request: HttpRequest) -> HttpResponse:
    """Where the parts of the site map are."""
    pages = Paginator(register.registered_codes(), IN_A_SITEMAP)
    context = {"parts": pages.page_range, "home": settings.PUBLIC_URL}
    return render_template(request, "portal/sitemap_index.xml", context, content_type="application/xml")


@open_to_everyone
@require_safe
def sitemap_view(request: HttpRequest, part: int) -> HttpResponse:
    """The addresses of public pages, those of the centres in the register part by part."""
    try:
        codes = Paginator(register.registered_codes(), IN_A_SITEMAP).page(part)
    except InvalidPage:
        raise Http404 from None
    pages = PUBLIC_PAGES if part == 1 else ()
    context = {"pages": pages, "codes": codes, "home": settings.PUBLIC_URL}
    return render_template(request, "portal/sitemap.xml", context, content_type="application/xml")


@open_to_signed_in
def my_work_view(request: HttpRequest) -> HttpResponse:
    """What waits for the person, by when, and the next action."""
    today = timezone.localdate()
    work = queries.work_for(request.user)
    kinds = Counter(str(item.kind) for item in work if item.kind)
    chosen = request.GET.get("kind", "") if request.GET.get("kind", "") in kinds else ""
    shown = [item for item in work if chosen in ("", str(item.kind))]
    left = [item.days_left(today) for item in work]
    page = {
        "lines": [(item, days := item.days_left(today), abs(days or 0), item.tone(today)) for item in shown],
        "kinds": _tabs(kinds, chosen, len(work)) if len(kinds) > 1 else [],
        "late": sum(days is not None and days < 0 for days in left),
        "soon": sum(days is not None and 0 <= days <= 3 for days in left),
    }
    return render(request, "portal/my_work.html", page)


def _tabs(kinds: Counter[str], chosen: str, total: int) -> list[Tab]:
    """All work, then each kind with its number."""
    everything = Tab(_("All"), reverse("my_work"), current=not chosen, count=total)
    return [everything, *(Tab(kind, f"?{urlencode({'kind': kind})}", kind == chosen, n) for kind, n in kinds.items())]


@open_to_everyone
def about_view(request: HttpRequest) -> HttpResponse:
    """What the programme is."""
    return render(request, "portal/about.html", {"steps": ROAD})


@open_to_everyone
def contact_view(request: HttpRequest) -> HttpResponse:
    """Whom to ask."""
    return render(request, "portal/contact.html")


@open_to_everyone
def privacy_view(request: HttpRequest) -> HttpResponse:
    """What is kept about a visitor."""
    return render(request, "portal/privacy.html")


@open_to_everyone
def accessibility_view(request: HttpRequest) -> HttpResponse:
    """For whom the pages work, and what to do when they do not."""
    return render(request, "portal/accessibility.html")
