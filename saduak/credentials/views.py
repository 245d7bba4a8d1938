"""Issuers and status lists, for whoever verifies a credential without knowing us."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from saduak.access.doors import open_to_everyone
from saduak.credentials.answers import media_type, public_answer
from saduak.credentials.issuers import Issuer, did_of
from saduak.credentials.models import StatusList
from saduak.credentials.operations import listing
from saduak.credentials.queries import issuer_document
from saduak.credentials.status_lists import StatusPurpose


@open_to_everyone
@require_safe
def issuer_view(request: HttpRequest, issuer: str) -> HttpResponse:
    """The document of an issuer: every key it ever had."""
    document = issuer_document(did_of(Issuer(issuer)))
    body = json.dumps(document, ensure_ascii=False, indent=2).encode()
    return public_answer(request, body, "application/did+json", seconds=300)


@open_to_everyone
@require_safe
def status_list_view(request: HttpRequest, purpose: StatusPurpose, number: int) -> HttpResponse:
    """One status list as it stands now, signed."""
    list_ = get_object_or_404(StatusList, number=number)
    return public_answer(request, listing.published(list_, purpose), media_type(request), seconds=60)
