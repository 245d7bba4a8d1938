"""Verifies certificates on the visitor's own device: as a page of the site, and as a file to keep (ตัวตรวจสอบ)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.presenters import verifier_file
from saduak.certification.presenters.verifier import verifier_facts
from saduak.design.pages import render


@open_to_everyone
@require_safe
def verifier_view(request: HttpRequest) -> HttpResponse:
    """The page. What is checked on it is never sent here."""
    facts = verifier_facts(at=timezone.now(), language=get_language() or "th")
    return render(request, "certification/register/verifier.html", {"facts": facts})


@open_to_everyone
@require_safe
def download_verifier_view(request: HttpRequest) -> HttpResponse:
    """The same as one file, with the public keys of this day inside."""
    context = {
        "facts": verifier_facts(at=timezone.now(), language=get_language() or "th"),
        "styles": verifier_file.style_element(),
        "scripts": verifier_file.script_elements(),
        "digests": verifier_file.digests(),
        "site": settings.PUBLIC_URL,
    }
    page = render_to_string("certification/register/verifier_file.html", context)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="gecc-verifier-{localdate():%Y-%m-%d}.html"'
    return response
