"""In whose name credentials are signed (ผู้ออกหนังสือรับรอง)."""

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from saduak.credentials.dids import web_did


class Issuer(TextChoices):
    """The programme itself, and one for examples, whose word counts nowhere."""

    PROGRAMME = "programme", _("The programme")
    EXAMPLE = "example", _("Examples")


PATHS = {Issuer.PROGRAMME: "", Issuer.EXAMPLE: "example"}


def did_of(issuer: Issuer) -> str:
    """The name of the issuer, from the platform's public address."""
    return web_did(settings.PUBLIC_URL, PATHS[issuer])
