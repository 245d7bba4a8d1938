"""A certificate as a file; it is public, as is the register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header, parse_etags
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.models import Certificate
from saduak.certification.operations.certificates import sheet_of
from saduak.certification.procedure.certificates import BY_ACT
from saduak.documents.certificates import fingerprint, render_certificate


@open_to_everyone
@require_safe
def certificate_pdf_view(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as PDF, made when it is asked for; whoever holds it already gets 304.

    One that is suspended, revoked or given back is not handed out: its page says so instead.
    """
    certificate = get_object_or_404(Certificate.objects.for_sheet(), reference=number)
    if certificate.standing_on(timezone.localdate()) in BY_ACT:
        return redirect(certificate)
    sheet = sheet_of(certificate)
    etag = f'"{fingerprint(sheet)}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(render_certificate(sheet), content_type="application/pdf")
        response["Content-Disposition"] = content_disposition_header(False, f"{number}.pdf") or "inline"
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"  # Kept, but asked for anew: a centre's agency may be renamed.
    return response
