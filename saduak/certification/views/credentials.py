"""The credential of a certificate, for whoever wants to keep it or verify it elsewhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.certification.models import Certificate
from saduak.certification.queries.credentials import credential_of
from saduak.credentials.answers import media_type, public_answer


@open_to_everyone
@require_safe
def certificate_credential_view(request: HttpRequest, number: str) -> HttpResponse:
    """The signed document as it was issued; its status stands in the lists that it names."""
    certificate = get_object_or_404(Certificate, reference=number)
    issued = credential_of(certificate)
    if issued is None:
        raise Http404("It is signed within the hour.")
    name = {"Content-Disposition": f'inline; filename="{certificate.reference}.json"'}
    return public_answer(request, issued.document.encode(), media_type(request), seconds=300, headers=name)
