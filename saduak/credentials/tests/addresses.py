"""Who gets what at the addresses of credentials."""

from saduak.credentials.issuers import Issuer
from saduak.credentials.models import StatusList
from tests.support.addresses import everybody


def a_list(world):
    return {"purpose": "revocation", "number": StatusList.objects.create(number=1, issuer=Issuer.PROGRAMME).number}


ADDRESSES = {
    "issuer_document": everybody(),
    "example_issuer_document": everybody(),
    "systems_issuer_document": everybody(),
    "status_list": everybody(at=a_list),
    # Nobody's session opens these; a program's token does (test_vc_api.py).
    "issue_credential": everybody(post={}, answer=401),
    "verify_credential": everybody(post={}, answer=401),
    "verify_presentation": everybody(post={}, answer=401),
}
