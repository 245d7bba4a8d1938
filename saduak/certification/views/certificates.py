"""A certificate as a file, which is public as the register is; and as a case, for those who watch over it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from saduak.access.doors import needs, open_to_everyone
from saduak.attachments.serving import respond
from saduak.audit.operations import exported
from saduak.certification.forms.certificates import CertificateFilters
from saduak.certification.models import Certificate
from saduak.certification.operations.certificate_files import file_of
from saduak.certification.policies import Permission
from saduak.certification.presenters import certificates as presenter
from saduak.certification.procedure.certificates import BY_ACT
from saduak.certification.queries.certificates import certificates_found
from saduak.certification.views.fetching import certificate_for
from saduak.design.pages import render
from saduak.design.tables import Table


@open_to_everyone
@require_safe
def certificate_pdf_view(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as sealed PDF, made when it is first asked for; whoever holds it already gets 304.

    One that is suspended, revoked or given back is not handed out: its page says so instead.
    """
    certificate = get_object_or_404(Certificate.objects.for_sheet(), reference=number)
    if certificate.standing_on(timezone.localdate()) in BY_ACT:
        return redirect(certificate)
    response = respond(file_of(certificate).file, request=request)
    response["Cache-Control"] = "public, no-cache"  # Kept, but asked for anew: a centre's agency may be renamed.
    return response


@needs(Permission.SEE_CERTIFICATES)
@require_safe
def list_certificates_view(request: HttpRequest) -> HttpResponse:
    """The certificates whose case exists for the person."""
    filters = CertificateFilters(request.GET)
    table = Table(
        request,
        certificates_found(request.user, **filters.chosen),
        presenter.columns(timezone.localdate()),
        label=presenter.LABEL,
        sorted_by="-reference",
    )
    if table.wants_export:
        exported(
            request.user,
            kind=Certificate.case_kind,
            what=gettext_noop("list of certificates"),
            request=request,
            detail={"address": request.GET.urlencode(), "rows": table.page.paginator.count},
        )
        return table.export("certificates")
    return render(request, "certification/certificates/list.html", {"filters": filters, "table": table})


@needs(Permission.SEE_CERTIFICATES)
@require_safe
def show_certificate_view(request: HttpRequest, number: str) -> HttpResponse:
    """A certificate with what was done to it, what is proposed, and its whole history."""
    certificate = certificate_for(request, number)
    page = presenter.page_of(certificate, request.user, at=timezone.now())
    return render(request, "certification/certificates/show.html", {"certificate": certificate, "page": page})
