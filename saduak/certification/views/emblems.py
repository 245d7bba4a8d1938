"""The emblem of a certificate: its terms, their acceptance, and the drawing, only while the certificate is valid."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import needs
from saduak.certification import oversight
from saduak.certification.forms.assets import AcceptForm
from saduak.certification.models import Certificate
from saduak.certification.operations import licences
from saduak.certification.operations.emblems import emblem_of
from saduak.certification.policies import Permission
from saduak.certification.presenters import assets as presenter
from saduak.certification.presenters import certificates as of_certificates
from saduak.certification.procedure.roles import Role
from saduak.certification.queries.assets import assets_of
from saduak.certification.views.fetching import certificate_for
from saduak.design.pages import render
from saduak.documents.emblems import render_emblem
from saduak.journal.steps import StepRefused

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@needs(Permission.SEE_CERTIFICATES)
@require_safe
def show_emblem_view(request: HttpRequest, number: str) -> HttpResponse:
    """Plaque and emblem of a certificate: the terms, who accepted them, the drawing, and what the centre has."""
    return _page(request, certificate_for(request, number), AcceptForm())


@needs(Permission.ACCEPT_TERMS)
@require_http_methods(["POST"])
def accept_terms_view(request: HttpRequest, number: str) -> HttpResponse:
    """The head of the centre accepts the terms."""
    certificate = certificate_for(request, number)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            licences.accept(certificate, by=request.user)
        except StepRefused as refused:
            form.refuse(refused.decision.reasons)
        else:
            messages.success(request, _("The terms are accepted."))
            return redirect("show_emblem", certificate.reference)
    return _page(request, certificate, form, status=422)


@needs(Permission.SEE_CERTIFICATES)
@require_safe
def download_emblem_view(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The drawing as SVG or PNG, made now. One that may not be used is refused with the reason (410)."""
    certificate = certificate_for(request, number)
    if form not in MEDIA_TYPES:
        raise Http404
    if why := presenter.why_no_emblem(certificate, timezone.localdate()):
        trail = of_certificates.trail_of(certificate, _("Plaque and emblem"))
        context = {"certificate": certificate, "why": why, "trail": trail}
        return render(request, "certification/assets/no_emblem.html", context, status=410)
    if not certificate.terms_accepted.exists():
        messages.warning(request, _("The head of the centre accepts the terms of use first."))
        return redirect("show_emblem", certificate.reference)
    drawn = render_emblem(emblem_of(certificate), form)  # type: ignore[arg-type]  # One of the two, as asked above.
    response = HttpResponse(drawn, content_type=MEDIA_TYPES[form])
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{certificate.reference}.{form}") or "attachment"
    )
    response["Cache-Control"] = "no-store"  # Tomorrow it may no longer be given out.
    return response


def _page(request: HttpRequest, certificate: Certificate, form: AcceptForm, *, status: int = 200) -> HttpResponse:
    accepted = certificate.terms_accepted.select_related("accepted_by").first()
    edition = accepted.edition if accepted else licences.EDITION
    why = presenter.why_no_emblem(certificate, timezone.localdate())
    is_head = Role.CENTRE_HEAD in oversight.roles_over(request.user, certificate)
    context = {
        "certificate": certificate,
        "accepted": accepted,
        "edition": edition,
        "terms": licences.terms(get_language() or "th", edition),
        "why": why,
        "may_accept": is_head and not accepted and not why,
        "form": form,
        "assets": [
            (one, presenter.page_of(one, request.user, at=timezone.now()))
            for one in assets_of(certificate, request.user)
        ],
        "trail": of_certificates.trail_of(certificate, _("Plaque and emblem")),
    }
    return render(request, "certification/assets/emblem.html", context, status=status)
