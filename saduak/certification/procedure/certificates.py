"""The life of a certificate as far as the register knows it (ใบรับรอง)."""

from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saduak.certification.procedure.roles import WORDINGS, Role
from saduak.procedure.kit import CLOCK, Procedure, Step, condition


class CertificateStage(TextChoices):
    """Stages of a certificate."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("Expired")
    RENEWED = "renewed", _("Replaced by a newer one")


@condition(otherwise=_("The certificate is still within its term."))
def the_term_is_over(certificate: Any, at: datetime) -> bool:
    return bool(certificate.expires_on < timezone.localdate(at))


CERTIFICATE = Procedure(
    name="certification-certificate",
    title=_("Certificate"),
    starts_at=CertificateStage.VALID,
    wordings=WORDINGS,
    steps=(
        Step(
            name="expire",
            label=_("Expire"),
            clause="8.1",
            taken_by=CLOCK,
            moves=frozenset({CertificateStage.VALID}),
            to=CertificateStage.EXPIRED,
            provided=(the_term_is_over,),
        ),
        Step(
            name="renew",
            label=_("Replace by a newer certificate"),
            clause="8.2",
            taken_by=Role.STEERING_SECRETARY,
            moves=frozenset({CertificateStage.VALID}),
            to=CertificateStage.RENEWED,
        ),
    ),
)
