"""Who gets what at the addresses of credentials."""

from saduak.credentials.issuers import Issuer
from saduak.credentials.models import StatusList
from tests.support.addresses import everybody


def a_list(world):
    return {"purpose": "revocation", "number": StatusList.objects.create(number=1, issuer=Issuer.PROGRAMME).number}


ADDRESSES = {
    "issuer_document": everybody(),
    "example_issuer_document": everybody(),
    "status_list": everybody(at=a_list),
}
