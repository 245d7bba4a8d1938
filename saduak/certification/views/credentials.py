"""The credential of a certificate: handed out to whoever wants to keep it, and verified when somebody brings one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from saduak.access.doors import open_to_everyone
from saduak.access.pace import is_too_often
from saduak.certification.forms.credentials import CredentialForm
from saduak.certification.models import Certificate
from saduak.certification.presenters.credentials import Finding
from saduak.certification.queries.credentials import certificate_behind, credential_of
from saduak.credentials.answers import media_type, public_answer
from saduak.credentials.operations.checking import verify_here
from saduak.design.pages import render

TIMES, IN_SECONDS = 60, 300
"""As many files may be verified from one address in so many seconds."""


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


@open_to_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def check_credential_view(request: HttpRequest) -> HttpResponse:
    """Where a file is brought, and what was found about it. Nothing of it is kept, nothing it says is believed."""
    form = CredentialForm(request.POST, request.FILES) if request.method == "POST" else CredentialForm()
    if not form.is_bound:
        return render(request, "certification/register/check_file.html", {"form": form})
    if is_too_often(request, "check_credential", times=TIMES, seconds=IN_SECONDS):
        return HttpResponse(status=429, headers={"Retry-After": str(IN_SECONDS)})
    if not form.is_valid():
        return render(request, "certification/register/check_file.html", {"form": form}, status=422)
    now = timezone.now()
    report = verify_here(form.document, pdf=form.pdf, at=now)
    found = Finding(report, form.document, certificate_behind(form.document, report))
    context = {"found": found, "checked_at": now, "form": CredentialForm()}
    return render(request, "certification/register/file_checked.html", context)
