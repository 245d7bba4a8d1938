"""In whose name credentials are signed (ผู้ออกหนังสือรับรอง)."""

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.credentials.dids import web_did


class Issuer(TextChoices):
    """The programme itself; one for examples, whose word counts nowhere; one for what connected systems ask for.

    Only the programme's word makes a certificate: whoever finds the token of a system can forge none.
    """

    PROGRAMME = "programme", _("The programme")
    EXAMPLE = "example", _("Examples")
    SYSTEMS = "systems", _("Connected systems")


PATHS = {Issuer.PROGRAMME: "", Issuer.EXAMPLE: "example", Issuer.SYSTEMS: "systems"}


def did_of(issuer: Issuer) -> str:
    """The name of the issuer, from the platform's public address."""
    return web_did(settings.PUBLIC_URL, PATHS[issuer])
